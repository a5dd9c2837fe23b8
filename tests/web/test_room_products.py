"""What happens to a product reaches every room that sells it: sold out, back, dearer, gone."""

import json
from typing import Any

from bofen.kit.ids import new_id
from bofen.live.rules import apply
from bofen.worker.jobs import JOBS
from tests.web.conftest import Headers, Shop
from tests.web.test_rooms import Heard, Room, a_plan, opened

TELLING = ("tell_rooms_of_sku", "tell_rooms_of_product")


async def run_jobs(shop: Shop) -> None:
    """What the outbox holds for rooms, as the worker would run it."""
    async with shop.services.db.transaction() as tx:
        jobs = await tx.fetch(
            "DELETE FROM pgqueuer WHERE entrypoint = ANY($1::text[])"
            " RETURNING id, entrypoint, payload",
            list(TELLING),
        )
    for job in sorted(jobs, key=lambda row: int(row["id"])):
        await JOBS[job["entrypoint"]](shop.services, json.loads(job["payload"]))


async def stocked(shop: Shop, staff: Headers, way: str, **body: Any) -> None:
    asked = {"id": str(new_id()), **body}
    answer = await shop.client.post(f"/api/merchant/stock/{way}", json=asked, headers=staff)
    assert answer.status_code == 200, answer.text


async def sells(room: Room, staff: Headers, *product_ids: str) -> None:
    """The room has these on its shelf, and the host speaks of the first."""
    await a_plan(room.shop, room.id)
    url = f"/api/host/rooms/{room.id}"
    for path, body in (
        ("shelf", {"product_ids": list(product_ids)}),
        ("pin", {"product_id": product_ids[0]}),
    ):
        answer = await room.shop.client.put(f"{url}/{path}", json=body, headers=staff)
        assert answer.status_code == 200, answer.text


async def follow(heard: Heard, view: dict[str, Any], seq: int) -> dict[str, Any]:
    """The view of a viewer who has heard everything up to `seq`."""
    while view["seq"] < seq:
        view = apply(view, await heard.until(lambda frame: frame["type"] == "tick"))
    return view


async def test_sold_out_back_and_dearer_are_seen_in_the_room(shop: Shop) -> None:
    async with opened(shop) as room:
        staff = await shop.staff()
        product, other = await shop.product(), await shop.product()
        await run_jobs(shop)
        await sells(room, staff, product["id"], other["id"])
        view = await room.snapshot()
        viewer = await room.viewer()
        await viewer.frames.get()  # The room knows of the viewer.
        counted = [{"sku_id": sku["id"], "quantity": 0} for sku in product["skus"]]
        some = [{"sku_id": product["skus"][0]["id"], "quantity": 3}]
        cheaper = await shop.product_body(category_id=product["category_id"])
        cheaper["skus"][0]["price_fen"] = 5000

        await stocked(shop, staff, "takes", lines=counted)
        await run_jobs(shop)
        gone = await follow(viewer, view, (await room.snapshot())["seq"])
        await stocked(shop, staff, "takes", lines=some)
        await run_jobs(shop)
        back = await follow(viewer, gone, (await room.snapshot())["seq"])
        url = f"/api/merchant/products/{product['id']}"
        edited = await shop.client.put(
            url, json=cheaper | {"version": product["version"]}, headers=staff
        )
        assert edited.status_code == 200, edited.text
        await run_jobs(shop)
        now = await follow(viewer, back, (await room.snapshot())["seq"])

        for seen, is_sold_out, price_fen in (
            (gone, True, 9990),
            (back, False, 9990),
            (now, False, 5000),
        ):
            for card in (seen["pin"]["product"], seen["shelf"][0]):
                assert (card["is_sold_out"], card["price_fen"]) == (is_sold_out, price_fen)
            assert seen["shelf"][1] == view["shelf"][1]
        expected = await room.snapshot()
        assert {k: now[k] for k in ("pin", "shelf")} == {k: expected[k] for k in ("pin", "shelf")}


async def test_a_delisted_product_leaves_shelf_and_pin(shop: Shop) -> None:
    async with opened(shop) as room:
        staff = await shop.staff()
        product, other = await shop.product(), await shop.product()
        await run_jobs(shop)
        await sells(room, staff, product["id"], other["id"])
        view = await room.snapshot()
        viewer = await room.viewer()
        await viewer.frames.get()  # The room knows of the viewer.

        gone = await shop.client.post(
            f"/api/merchant/products/{product['id']}/delist", headers=staff
        )
        assert gone.status_code == 200, gone.text
        desk = await shop.client.get(f"/api/host/rooms/{room.id}", headers=staff)
        await run_jobs(shop)
        seen = await follow(viewer, view, (await room.snapshot())["seq"])

        assert [card["id"] for card in desk.json()["shelf"]] == [other["id"]], "no job was needed"
        assert desk.json()["pin"] is None
        assert seen["pin"] is None
        assert [card["id"] for card in seen["shelf"]] == [other["id"]]
        again = await shop.client.put(
            f"/api/host/rooms/{room.id}/pin", json={"product_id": product["id"]}, headers=staff
        )
        assert again.json()["code"] == "not_on_shelf"


async def test_a_pin_ends_when_its_product_is_arranged_away(shop: Shop) -> None:
    async with opened(shop) as room:
        staff = await shop.staff()
        product, other = await shop.product(), await shop.product()
        await run_jobs(shop)
        await sells(room, staff, product["id"], other["id"])
        view = await room.snapshot()
        viewer = await room.viewer()
        await viewer.frames.get()  # The room knows of the viewer.

        answer = await shop.client.put(
            f"/api/host/rooms/{room.id}/shelf", json={"product_ids": [other["id"]]}, headers=staff
        )
        assert answer.status_code == 200, answer.text
        now = await room.snapshot()
        seen = await follow(viewer, view, now["seq"])

        assert view["pin"]["product"]["id"] == product["id"]
        assert seen["pin"] is None
        assert now["pin"] is None


async def test_a_new_title_is_seen_at_once_and_another_host_is_not(shop: Shop) -> None:
    async with opened(shop) as room:
        staff = await shop.staff()
        view = await room.snapshot()
        viewer = await room.viewer()
        await viewer.frames.get()  # The room knows of the viewer.
        body = {"title": "夜场", "host_name": "小满", "slow_mode_s": 5}

        for _ in range(2):
            changed = await shop.client.put(
                f"/api/merchant/rooms/{room.id}", json=body, headers=staff
            )
            assert changed.status_code == 200, changed.text
        now = await room.snapshot()
        seen = await follow(viewer, view, now["seq"])

        assert now["seq"] == view["seq"] + 1, "what viewers cannot see is not told"
        assert seen["room"] == now["room"] == view["room"] | {"title": "夜场"}

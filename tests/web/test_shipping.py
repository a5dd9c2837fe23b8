"""From the parcel to the signature: partial, repeated, forged, out of order, told and asked."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest

from bofen.flows.ship import subscribe_shipment
from bofen.flows.track import poll_tracks
from bofen.gateways.couriers.protocol import Trace, Track, TrackStatus
from bofen.identity.rules import Role
from bofen.kit import clock
from bofen.kit.ids import new_id, short_token
from bofen.shipping import service as shipping
from tests.web.conftest import Headers, Shop

T0 = datetime(2026, 6, 2, 1, tzinfo=UTC)


def trace(hours: int, status: TrackStatus) -> Trace:
    return Trace(T0 + timedelta(hours=hours), status.value, status, "上海")


MOVED = [trace(1, TrackStatus.collected)]
SIGNED = [trace(9, TrackStatus.signed), *MOVED]
MOVED_AFTER = [trace(12, TrackStatus.exception), *SIGNED]


async def paid_order(shop: Shop, quantity: int = 2) -> tuple[str, Headers]:
    buyer = await shop.buyer()
    address = await shop.client.post(
        "/api/buyer/addresses",
        json={
            "name": "张小米",
            "phone": "13812345678",
            "province": "上海市",
            "city": "上海市",
            "district": "浦东新区",
            "detail": "世纪大道 1 号",
        },
        headers=buyer,
    )
    sku = (await shop.product())["skus"][0]
    order_id = str(new_id())
    lines = [{"sku_id": sku["id"], "quantity": quantity}]
    quote = await shop.client.post("/api/buyer/quotes", json={"lines": lines}, headers=buyer)
    placed = await shop.client.put(
        f"/api/buyer/orders/{order_id}",
        json={
            "lines": lines,
            "address_id": address.json()["id"],
            "total_fen": quote.json()["total_fen"],
        },
        headers=buyer,
    )
    assert placed.status_code == 201, placed.text
    async with shop.services.db.transaction() as tx:
        await tx.fetch(
            "UPDATE orders_order SET status = 'paid', paid_at = $2 WHERE id = $1",
            UUID(order_id),
            clock.now(),
        )
    return order_id, buyer


async def send(shop: Shop, order_id: str, **parcel: Any) -> Any:
    body = {"carrier": "yuantong", "tracking_no": f"YT{short_token(12)}"} | parcel
    return await shop.client.post(
        f"/api/merchant/orders/{order_id}/shipments",
        json=body,
        headers=await shop.staff(Role.warehouse),
    )


async def push(shop: Shop, shipment_id: str, traces: list[Trace], sign: str | None = None) -> Any:
    async with shop.services.db.transaction() as tx:
        salt = (await shipping.get(tx, UUID(shipment_id))).salt
    key = short_token()
    shop.courier.tracks[key] = Track(traces[0].status, traces)
    return await shop.client.post(
        f"/api/callbacks/couriers/{shipment_id}",
        data={"param": key, "sign": sign or f"signed {salt}"},
    )


async def order_of(shop: Shop, order_id: str, buyer: Headers) -> dict[str, Any]:
    answer = await shop.client.get(f"/api/buyer/orders/{order_id}", headers=buyer)
    found: dict[str, Any] = answer.json()
    return found


async def test_a_parcel_is_followed_to_its_signature(shop: Shop) -> None:
    order_id, buyer = await paid_order(shop)
    sent = (await send(shop, order_id)).json()
    assert (await order_of(shop, order_id, buyer))["shown"] == "shipped"

    moved = await push(shop, sent["id"], MOVED)
    assert (await order_of(shop, order_id, buyer))["shown"] == "in_transit"
    await push(shop, sent["id"], SIGNED)
    assert (await order_of(shop, order_id, buyer))["shown"] == "signed"

    assert moved.json() == {"result": True, "returnCode": "200", "message": "成功"}
    seen = await shop.client.get(f"/api/buyer/orders/{order_id}/tracking", headers=buyer)
    parcel = seen.json()["shipments"][0]
    assert (parcel["carrier_name"], parcel["status"]) == ("圆通速递", "signed")
    assert [each["text"] for each in parcel["traces"]] == ["signed", "collected"]


async def test_signed_with_a_later_trace_is_not_signed(shop: Shop) -> None:
    order_id, buyer = await paid_order(shop)
    sent = (await send(shop, order_id)).json()
    await push(shop, sent["id"], SIGNED)

    await push(shop, sent["id"], MOVED_AFTER)

    assert (await order_of(shop, order_id, buyer))["signed_at"] is None


async def test_pushes_out_of_order_and_repeated_end_alike(shop: Shop) -> None:
    order_id, buyer = await paid_order(shop)
    sent = (await send(shop, order_id)).json()

    for traces in (SIGNED, MOVED, SIGNED, MOVED):
        assert (await push(shop, sent["id"], traces)).status_code == 200

    assert (await order_of(shop, order_id, buyer))["shown"] == "signed"


async def test_a_push_with_another_salt_is_forged(shop: Shop) -> None:
    order_id, buyer = await paid_order(shop)
    sent = (await send(shop, order_id)).json()

    answer = await push(shop, sent["id"], SIGNED, sign="signed ")
    unknown = await shop.client.post(
        f"/api/callbacks/couriers/{new_id()}", data={"param": "x", "sign": "y"}
    )

    assert (answer.status_code, answer.json()["code"]) == (401, "forged_push")
    assert unknown.status_code == 404
    assert (await order_of(shop, order_id, buyer))["shown"] == "shipped"


async def test_an_order_leaves_in_parts_and_never_twice(shop: Shop) -> None:
    order_id, buyer = await paid_order(shop, quantity=3)

    first = await send(shop, order_id, lines=[{"no": 1, "quantity": 2}])
    too_many = await send(shop, order_id, lines=[{"no": 1, "quantity": 2}])
    await push(shop, first.json()["id"], SIGNED)
    after_first = await order_of(shop, order_id, buyer)
    rest = await send(shop, order_id)
    nothing = await send(shop, order_id)
    await push(shop, rest.json()["id"], SIGNED)

    assert too_many.json()["code"] == "too_many_in_parcel"
    assert after_first["signed_at"] is None
    assert rest.json()["lines"] == [{"no": 1, "quantity": 1}]
    assert nothing.json()["code"] == "nothing_to_ship"
    assert (await order_of(shop, order_id, buyer))["shown"] == "signed"


async def test_the_same_parcel_told_at_once_is_one_parcel(shop: Shop) -> None:
    order_id, _ = await paid_order(shop)

    answers = await asyncio.gather(
        *(send(shop, order_id, tracking_no="YT12345678") for _ in range(5))
    )

    assert {answer.status_code for answer in answers} == {201}
    assert len({answer.json()["id"] for answer in answers}) == 1


async def test_an_unpaid_order_does_not_leave(shop: Shop) -> None:
    order_id, _ = await paid_order(shop)
    async with shop.services.db.transaction() as tx:
        await tx.fetch(
            "UPDATE orders_order SET status = 'placed', paid_at = NULL WHERE id = $1",
            UUID(order_id),
        )

    answer = await send(shop, order_id)

    assert (answer.status_code, answer.json()["code"]) == (409, "order_impossible_transition")


@pytest.mark.parametrize(
    ("parcel", "code"),
    [
        ({"carrier": "pigeon"}, "carrier_unknown"),
        ({"tracking_no": "x"}, "invalid_request"),
        ({"tracking_no": "YT1234<script>"}, "invalid_request"),
        ({"lines": []}, "invalid_request"),
        ({"lines": [{"no": 1, "quantity": 0}]}, "invalid_request"),
        ({"lines": [{"no": 9, "quantity": 1}]}, "too_many_in_parcel"),
    ],
)
async def test_a_parcel_that_does_not_fit_is_refused(
    shop: Shop, parcel: dict[str, Any], code: str
) -> None:
    order_id, _ = await paid_order(shop)

    assert (await send(shop, order_id, **parcel)).json()["code"] == code


async def test_the_courier_is_asked_to_push_to_this_parcel_s_address_once(shop: Shop) -> None:
    order_id, _ = await paid_order(shop)
    sent = (await send(shop, order_id, carrier="shunfeng")).json()

    for _ in range(2):
        await subscribe_shipment(shop.services, {"shipment_id": sent["id"]})

    ((carrier, tracking_no, address, salt),) = shop.courier.subscribed
    assert (carrier, tracking_no) == ("shunfeng", sent["tracking_no"])
    assert address == f"http://shop.test/api/callbacks/couriers/{sent['id']}"
    assert len(salt) == 32


async def test_when_pushes_are_lost_asking_finds_out(shop: Shop) -> None:
    order_id, buyer = await paid_order(shop)
    sent = (await send(shop, order_id)).json()
    shop.courier.tracks[sent["tracking_no"]] = Track(TrackStatus.signed, SIGNED)

    await poll_tracks(shop.services, clock.now())
    too_early = (await order_of(shop, order_id, buyer))["shown"]
    await poll_tracks(shop.services, clock.now() + timedelta(hours=5))

    assert too_early == "shipped"
    assert (await order_of(shop, order_id, buyer))["shown"] == "signed"


async def test_a_stranger_s_parcels_are_not_found(shop: Shop) -> None:
    order_id, _ = await paid_order(shop)

    answer = await shop.client.get(
        f"/api/buyer/orders/{order_id}/tracking", headers=await shop.buyer()
    )

    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_a_mistyped_number_is_put_right_and_what_was_heard_under_it_is_forgotten(
    shop: Shop,
) -> None:
    order_id, buyer = await paid_order(shop)
    sent = (await send(shop, order_id, tracking_no="YT1111111111")).json()
    old_salt = await salt_of(shop, sent["id"])
    await push(shop, sent["id"], SIGNED)
    clerk = await shop.staff(Role.warehouse)
    url = f"/api/merchant/orders/{order_id}/shipments/{sent['id']}/label"
    label = {"carrier": "zhongtong", "tracking_no": " zt 2222 2222 22 "}

    answers = [await shop.client.put(url, json=label, headers=clerk) for _ in range(2)]
    late = await push(shop, sent["id"], SIGNED, sign=f"signed {old_salt}")

    assert [answer.json()["tracking_no"] for answer in answers] == ["ZT2222222222"] * 2
    assert late.json()["code"] == "forged_push"
    assert (await order_of(shop, order_id, buyer))["shown"] == "shipped"
    owner = await shop.staff()
    audit = await shop.client.get(
        "/api/merchant/audit", params={"subject": f"order:{order_id}"}, headers=owner
    )
    corrected = [one for one in audit.json()["items"] if one["deed"] == "tracking_corrected"]
    assert [{part["name"]: part["value"] for part in one["facts"]} for one in corrected] == [
        {"was": "yuantong YT1111111111", "is": "zhongtong ZT2222222222"}
    ]


async def test_two_parcels_of_an_order_never_share_a_number(shop: Shop) -> None:
    order_id, _ = await paid_order(shop, quantity=2)
    first = (await send(shop, order_id, lines=[{"no": 1, "quantity": 1}])).json()
    second = (await send(shop, order_id)).json()

    answer = await shop.client.put(
        f"/api/merchant/orders/{order_id}/shipments/{second['id']}/label",
        json={"carrier": "yuantong", "tracking_no": first["tracking_no"]},
        headers=await shop.staff(Role.warehouse),
    )

    assert (answer.status_code, answer.json()["code"]) == (409, "parcel_known")


async def test_a_label_that_was_only_printed_does_not_set_the_order_moving(shop: Shop) -> None:
    order_id, buyer = await paid_order(shop)
    sent = (await send(shop, order_id)).json()

    await push(shop, sent["id"], [trace(1, TrackStatus.ordered)])

    assert (await order_of(shop, order_id, buyer))["shown"] == "shipped"


async def salt_of(shop: Shop, shipment_id: str) -> str:
    async with shop.services.db.transaction() as tx:
        return (await shipping.get(tx, UUID(shipment_id))).salt

"""A basket remembers for each line in which broadcast it was chosen; its order keeps that."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from bofen.flows.live_sessions import end_session
from bofen.flows.place_orders import PlacedOrder
from bofen.gateways.streams.protocol import PublishStarted, RecordReady
from bofen.kit import clock
from bofen.kit.ids import new_id, short_token
from bofen.kit.money import Fen
from bofen.orders.queries import sold_in
from bofen.reports import days
from bofen.reports.verify import verify
from tests.flows.affiliates_given import an_affiliate
from tests.flows.trade_given import pay, with_attempt
from tests.web.conftest import Headers, Shop
from tests.web.test_order_door import ADDRESS
from tests.web.test_replays import Show, a_show

NOWHERE = {"room_id": None, "session_id": None, "pin_id": None, "media_time_ms": None}


async def on_air(shop: Shop, product: dict[str, Any]) -> Show:
    """A broadcast that began an hour ago, this product pinned."""
    show = await a_show(shop, product["id"])
    await show.told(PublishStarted, 0, new_id().hex)
    await show.pins(product["id"], 5)
    return show


async def over(show: Show) -> str:
    """The same, ended and recorded: its id."""
    await end_session(show.broadcast.services, UUID(show.broadcast.id), show.by, show.at(3_600))
    recorded = {"duration_ms": 3_600_000, "size_bytes": 1, "started_at": show.at(0)}
    await show.told(RecordReady, 3_601, "p1", **recorded)
    return show.broadcast.id


async def puts(
    shop: Shop, buyer: Headers, product: dict[str, Any], quantity: int = 1, **source: Any
) -> None:
    sku_id = product["skus"][0]["id"]
    body = {"quantity": quantity, "source": source} if source else {"quantity": quantity}
    put = await shop.client.put(f"/api/buyer/cart/{sku_id}", json=body, headers=buyer)
    assert put.status_code == 200, put.text


async def buys(shop: Shop, buyer: Headers, *, is_from_cart: bool = True) -> list[dict[str, Any]]:
    """Orders the whole cart; the lines as they are kept, in the order of the cart."""
    cart = (await shop.client.get("/api/buyer/cart", headers=buyer)).json()["items"]
    lines = [{"sku_id": item["sku_id"], "quantity": item["quantity"]} for item in cart]
    made = await shop.client.post("/api/buyer/addresses", json=ADDRESS, headers=buyer)
    quote = await shop.client.post("/api/buyer/quotes", json={"lines": lines}, headers=buyer)
    body = {
        "lines": lines,
        "address_id": made.json()["id"],
        "total_fen": quote.json()["total_fen"],
        "source": {"is_from_cart": is_from_cart},
    }
    order_id = new_id()
    placed = await shop.client.put(f"/api/buyer/orders/{order_id}", json=body, headers=buyer)
    assert placed.status_code == 201, placed.text
    async with shop.services.db.transaction() as tx:
        return await tx.fetch(
            "SELECT line.sku_id, line.source, line.room_id, line.session_id, line.pin_id,"
            " line.media_time_ms, orders.source AS order_source,"
            " orders.session_id AS order_session_id, orders.id AS order_id, line.paid_fen,"
            " orders.freight_fen"
            " FROM orders_line line JOIN orders_order orders ON orders.id = line.order_id"
            " WHERE orders.id = $1 ORDER BY line.no",
            order_id,
        )


def where(line: dict[str, Any]) -> dict[str, Any]:
    return {name: line[name] for name in NOWHERE}


async def pin_of(shop: Shop, show: Show) -> UUID:
    async with shop.services.db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT id FROM live_pin WHERE session_id = $1", UUID(show.broadcast.id)
        )
    pin_id: UUID = rows[0]["id"]
    return pin_id


async def in_room(shop: Shop, show: Show, media_time_ms: int) -> dict[str, Any]:
    return {
        "room_id": UUID(show.broadcast.room_id),
        "session_id": UUID(show.broadcast.id),
        "pin_id": await pin_of(shop, show),
        "media_time_ms": media_time_ms,
    }


async def test_each_line_keeps_the_place_it_was_put_in_from(shop: Shop) -> None:
    live, again, plain = [await shop.product() for _ in range(3)]
    show, other = await on_air(shop, live), await on_air(shop, again)
    replay_id, buyer = await over(other), await shop.buyer()
    chapter = str(await pin_of(shop, other))
    await puts(shop, buyer, plain)
    await puts(shop, buyer, again, replay_session_id=replay_id, media_time_ms=9_000, pin_id=chapter)
    await puts(shop, buyer, live, room_id=show.broadcast.room_id, media_time_ms=780_000)

    first, second, third = await buys(shop, buyer)

    assert (first["source"], where(first)) == ("live", await in_room(shop, show, 780_000))
    assert (second["source"], where(second)) == ("replay", await in_room(shop, other, 9_000))
    assert (third["source"], where(third)) == ("shop", NOWHERE)
    assert first["order_source"] == "live", "as a whole it comes from what was on air"
    assert first["order_session_id"] == UUID(show.broadcast.id)


async def test_another_quantity_and_more_from_the_shop_change_nothing_of_it(shop: Shop) -> None:
    product = await shop.product()
    show, buyer = await on_air(shop, product), await shop.buyer()
    await puts(shop, buyer, product, room_id=show.broadcast.room_id, media_time_ms=60_000)

    await puts(shop, buyer, product, quantity=3)

    (line,) = await buys(shop, buyer)
    assert (line["source"], where(line)) == ("live", await in_room(shop, show, 60_000))


async def test_the_same_goods_from_two_broadcasts_belong_to_the_last(shop: Shop) -> None:
    product = await shop.product()
    first, last = await on_air(shop, product), await on_air(shop, product)
    buyer = await shop.buyer()
    await puts(shop, buyer, product, room_id=first.broadcast.room_id, media_time_ms=60_000)

    await puts(shop, buyer, product, 2, room_id=last.broadcast.room_id, media_time_ms=61_000)

    (line,) = await buys(shop, buyer)
    assert where(line) == await in_room(shop, last, 61_000)


async def test_a_broadcast_that_is_over_is_kept_but_cannot_be_claimed(shop: Shop) -> None:
    product, late = await shop.product(), await shop.product()
    show, buyer = await on_air(shop, product), await shop.buyer()
    await puts(shop, buyer, product, room_id=show.broadcast.room_id, media_time_ms=60_000)
    await over(show)

    await puts(shop, buyer, late, room_id=show.broadcast.room_id, media_time_ms=60_000)

    claimed, kept = await buys(shop, buyer)
    assert (claimed["source"], where(claimed)) == ("shop", NOWHERE)
    assert (kept["source"], where(kept)) == ("live", await in_room(shop, show, 60_000))


async def test_what_lay_in_the_cart_longer_than_a_share_link_counts_is_of_the_shop(
    shop: Shop,
) -> None:
    product = await shop.product()
    show, buyer = await on_air(shop, product), await shop.buyer()
    await puts(shop, buyer, product, room_id=show.broadcast.room_id)
    async with shop.services.db.transaction() as tx:
        await tx.fetch(
            "UPDATE catalog_cart_line SET chosen_at = $1 WHERE sku_id = $2",
            clock.now() - timedelta(days=7, minutes=1),
            UUID(product["skus"][0]["id"]),
        )

    (line,) = await buys(shop, buyer)

    assert (line["source"], where(line)) == ("shop", NOWHERE)


async def test_who_buys_at_once_does_not_speak_of_his_cart(shop: Shop) -> None:
    product = await shop.product()
    show, buyer = await on_air(shop, product), await shop.buyer()
    await puts(shop, buyer, product, room_id=show.broadcast.room_id)

    (line,) = await buys(shop, buyer, is_from_cart=False)

    assert (line["source"], where(line)) == ("shop", NOWHERE)


async def test_the_host_earns_on_a_basket_that_was_filled_in_his_room(shop: Shop) -> None:
    product, plain = await shop.product(), await shop.product()
    show, buyer = await on_air(shop, product), await shop.buyer()
    affiliate_id = await an_affiliate(shop.services.db)
    async with shop.services.db.transaction() as tx:
        await tx.fetch(
            "UPDATE live_room SET host_affiliate_id = $1 WHERE id = $2",
            affiliate_id,
            UUID(show.broadcast.room_id),
        )
    await puts(shop, buyer, product, room_id=show.broadcast.room_id)
    await puts(shop, buyer, plain)
    await over(show)

    lines = await buys(shop, buyer)

    async with shop.services.db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT affiliate_id, attribution->>'kind' AS kind FROM orders_order WHERE id = $1",
            lines[0]["order_id"],
        )
    assert rows == [{"affiliate_id": affiliate_id, "kind": "host"}]
    assert [line["source"] for line in lines] == ["affiliate", "live"]


async def test_reports_count_the_order_once_and_the_money_where_it_was_chosen(
    own_shop: Shop,
) -> None:
    shop = own_shop
    product, plain = await shop.product(), await shop.product()
    show, buyer = await on_air(shop, product), await shop.buyer()
    await puts(shop, buyer, product, room_id=show.broadcast.room_id)
    await puts(shop, buyer, plain)
    of_shop, of_room = await buys(shop, buyer)
    at, db = clock.now(), shop.services.db
    total_fen = Fen(of_shop["paid_fen"] + of_room["paid_fen"] + of_room["freight_fen"])
    order = PlacedOrder(of_room["order_id"], short_token(16), total_fen, is_new=True)
    await pay(db, await with_attempt(db, order, at), at=at)
    async with db.transaction() as tx:
        rows = await tx.fetch(
            f"SELECT source, orders, sales_fen FROM ({days.SALES}) AS day ORDER BY source",  # noqa: S608
            at - timedelta(days=1),
            at + timedelta(days=1),
        )
        sold = await sold_in(tx, UUID(show.broadcast.id))
        assert await verify(tx) == []

    freight = of_room["freight_fen"]
    assert rows == [
        {"source": "live", "orders": 1, "sales_fen": of_room["paid_fen"] + freight},
        {"source": "shop", "orders": 0, "sales_fen": of_shop["paid_fen"]},
    ]
    assert (sold.orders, sold.sales_fen) == (1, of_room["paid_fen"] + freight)

import asyncio
from datetime import timedelta
from uuid import UUID

import pytest

from bofen.flows import refunds
from bofen.flows import ship as shipping
from bofen.flows.receipt import confirm_receipt
from bofen.flows.ship import ShipAsked
from bofen.kit.db import Database, Tx
from bofen.kit.errors import IdReused, NotFound
from bofen.kit.ids import new_id, short_token
from bofen.kit.once import Request, fingerprint
from bofen.orders import queries
from bofen.orders import service as orders
from bofen.orders.after_sales import ApplyAfterSale
from bofen.orders.errors import AfterSaleImpossible, AfterSaleOpen, NotRefundable
from bofen.orders.models import AfterSale
from bofen.orders.rules import AfterSaleKind, Shown
from bofen.payments.rules import Number
from bofen.shipping.models import Shipment
from bofen.shipping.rules import ParcelLine
from bofen.web.order_shapes import order_out
from tests.conftest import NOON
from tests.flows.affiliates_given import an_affiliate
from tests.flows.trade_given import (
    PROVIDER,
    VAULT,
    Buyer,
    Sku,
    a_buyer,
    a_sku,
    pay,
    placed,
    share_link,
    staff,
    status,
    stock,
    wish,
    with_attempt,
)

DAY = timedelta(days=1)


async def a_paid_order(
    db: Database, *lines: tuple[Sku, int], buyer: Buyer, share: str | None = None
) -> UUID:
    order = await placed(db, wish(buyer, *lines, share=share))
    await pay(db, await with_attempt(db, order))
    return order.order_id


async def apply(
    db: Database,
    buyer: Buyer,
    order_id: UUID,
    *lines: tuple[int, int],
    after_sale_id: UUID | None = None,
    kind: AfterSaleKind = AfterSaleKind.refund,
) -> AfterSale:
    asked = ApplyAfterSale(
        after_sale_id or new_id(),
        order_id,
        kind,
        "不喜欢",
        lines,
        Request(buyer.id, fingerprint(lines)),
    )
    return await db.run(lambda tx: refunds.apply_after_sale(tx, asked, NOON))


async def refund(db: Database, after_sale: AfterSale) -> AfterSale:
    """Approved by staff, and paid back by the provider."""
    by = await staff(db)
    approved = await db.run(lambda tx: refunds.approve(tx, after_sale.id, by, NOON))
    number = number_of(after_sale)
    await db.run(lambda tx: refunds.refund_succeeded(tx, number, NOON))
    return approved


def number_of(after_sale: AfterSale) -> Number:
    return Number(PROVIDER, f"R{after_sale.id.hex}")


async def ship(db: Database, order_id: UUID) -> None:
    """Everything that is left, in one parcel."""
    await parcel(db, order_id)


async def parcel(db: Database, order_id: UUID, *lines: ParcelLine) -> Shipment:
    asked = ShipAsked(order_id, "yuantong", f"YT{short_token(12)}", lines or None)
    by = await staff(db)
    return await db.run(lambda tx: shipping.ship(tx, VAULT, asked, by, NOON))


async def commission(db: Database, order_id: UUID, line_no: int = 1) -> tuple[int, int]:
    """Promised, and taken back so far."""
    async with db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT amount_fen, reversed_fen FROM affiliates_commission"
            " WHERE order_id = $1 AND line_no = $2",
            order_id,
            line_no,
        )
    return rows[0]["amount_fen"], rows[0]["reversed_fen"]


@pytest.mark.parametrize("parts", [(1, 1, 1), (1, 2), (2, 1), (3,)])
async def test_any_way_of_refunding_takes_back_exactly_what_was_promised(
    db: Database, parts: tuple[int, ...]
) -> None:
    sku, buyer = await a_sku(db, price_fen=9_990), await a_buyer(db)
    link = await share_link(db, await an_affiliate(db), buyer)
    order_id = await a_paid_order(db, (sku, 3), buyer=buyer, share=link)
    assert await commission(db, order_id) == (2_997, 0)

    for part in parts:
        await refund(db, await apply(db, buyer, order_id, (1, part)))

    assert await commission(db, order_id) == (2_997, 2_997)
    assert await status(db, order_id) == "refunded"


async def test_each_refund_reverses_its_own_part(db: Database) -> None:
    sku, buyer = await a_sku(db, price_fen=9_990), await a_buyer(db)
    link = await share_link(db, await an_affiliate(db), buyer)
    order_id = await a_paid_order(db, (sku, 3), buyer=buyer, share=link)

    await refund(db, await apply(db, buyer, order_id, (1, 1)))

    assert await commission(db, order_id) == (2_997, 999)


async def test_goods_that_never_left_are_on_the_shelf_again_with_the_freight(
    db: Database,
) -> None:
    sku, buyer = await a_sku(db, price_fen=5_000), await a_buyer(db)
    order_id = await a_paid_order(db, (sku, 1), buyer=buyer)
    assert await stock(db, sku) == (99, 0)

    asked = await apply(db, buyer, order_id, (1, 1))
    assert (asked.amount_fen, asked.freight_fen) == (5_000, 0)
    paid_back = await refund(db, asked)
    assert (paid_back.amount_fen, paid_back.freight_fen) == (5_800, 800)

    assert await stock(db, sku) == (100, 0)


async def test_shipped_goods_come_back_only_by_a_decision(db: Database) -> None:
    sku, buyer = await a_sku(db, price_fen=5_000), await a_buyer(db)
    order_id = await a_paid_order(db, (sku, 2), buyer=buyer)
    await ship(db, order_id)
    kind, by = AfterSaleKind.return_and_refund, await staff(db)
    kept, restocked = [await apply(db, buyer, order_id, (1, 1), kind=kind) for _ in range(2)]

    for after_sale, is_restocked in ((kept, False), (restocked, True)):

        async def story(tx: Tx, one: AfterSale = after_sale, back: bool = is_restocked) -> None:
            await refunds.approve(tx, one.id, by, NOON)
            await refunds.goods_sent_back(tx, buyer.id, one.id, "shunfeng", "SF1234567890")
            await refunds.goods_inspected(tx, one.id, by, NOON, is_restocked=back)

        await db.run(story)

    assert await stock(db, sku) == (99, 0)
    assert kept.freight_fen == restocked.freight_fen == 0


async def test_nobody_gets_back_more_than_he_paid_for(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    order_id = await a_paid_order(db, (sku, 2), buyer=buyer)
    await apply(db, buyer, order_id, (1, 2))

    with pytest.raises(NotRefundable):
        await apply(db, buyer, order_id, (1, 1))
    with pytest.raises(NotRefundable):
        await apply(db, buyer, order_id, (2, 1))


async def test_eight_requests_for_the_last_piece_have_one_winner(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    order_id = await a_paid_order(db, (sku, 1), buyer=buyer)

    answers = await asyncio.gather(
        *(apply(db, buyer, order_id, (1, 1)) for _ in range(8)), return_exceptions=True
    )

    assert sum(isinstance(answer, AfterSale) for answer in answers) == 1
    assert sum(isinstance(answer, NotRefundable) for answer in answers) == 7


async def test_a_repeated_request_is_one_and_another_content_is_refused(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    order_id, after_sale_id = await a_paid_order(db, (sku, 3), buyer=buyer), new_id()

    first = await apply(db, buyer, order_id, (1, 1), after_sale_id=after_sale_id)
    again = await apply(db, buyer, order_id, (1, 1), after_sale_id=after_sale_id)
    with pytest.raises(IdReused):
        await apply(db, buyer, order_id, (1, 2), after_sale_id=after_sale_id)

    assert first.id == again.id


async def test_a_refund_heard_of_twenty_times_happened_once(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    order_id = await a_paid_order(db, (sku, 2), buyer=buyer)
    asked = await apply(db, buyer, order_id, (1, 1))
    by = await staff(db)
    await db.run(lambda tx: refunds.approve(tx, asked.id, by, NOON))

    number = number_of(asked)
    await asyncio.gather(
        *(db.run(lambda tx: refunds.refund_succeeded(tx, number, NOON)) for _ in range(20))
    )

    async with db.transaction() as tx:
        order = await orders.lock(tx, order_id)
        assert order.lines[0].refunded_quantity == 1
        assert order.lines[0].refunded_fen == 9_990


async def test_a_stranger_finds_no_order_and_no_after_sale(db: Database) -> None:
    sku, buyer, stranger = await a_sku(db), await a_buyer(db), await a_buyer(db)
    order_id = await a_paid_order(db, (sku, 1), buyer=buyer)
    asked = await apply(db, buyer, order_id, (1, 1))

    with pytest.raises(NotFound):
        await apply(db, stranger, order_id, (1, 1))
    with pytest.raises(NotFound):
        await db.run(lambda tx: refunds.withdraw_after_sale(tx, stranger.id, asked.id, NOON))


async def test_after_the_window_nothing_is_refunded(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    order_id = await a_paid_order(db, (sku, 1), buyer=buyer)
    await ship(db, order_id)
    await db.run(lambda tx: confirm_receipt(tx, buyer.id, order_id, NOON - 9 * DAY))

    with pytest.raises(NotRefundable):
        await apply(db, buyer, order_id, (1, 1))


async def test_receipt_waits_for_the_open_after_sale(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    order_id = await a_paid_order(db, (sku, 1), buyer=buyer)
    await ship(db, order_id)
    asked = await apply(db, buyer, order_id, (1, 1))

    by = await staff(db)
    with pytest.raises(AfterSaleOpen):
        await db.run(lambda tx: confirm_receipt(tx, buyer.id, order_id, NOON))
    await db.run(lambda tx: refunds.refuse(tx, asked.id, "商品完好", by, NOON))
    await db.run(lambda tx: confirm_receipt(tx, buyer.id, order_id, NOON))

    assert await status(db, order_id) == "received"


async def test_a_decision_is_made_once(db: Database) -> None:
    sku, buyer = await a_sku(db), await a_buyer(db)
    asked = await apply(db, buyer, await a_paid_order(db, (sku, 1), buyer=buyer), (1, 1))
    by = await staff(db)
    await db.run(lambda tx: refunds.refuse(tx, asked.id, "商品完好", by, NOON))

    with pytest.raises(AfterSaleImpossible):
        await db.run(lambda tx: refunds.approve(tx, asked.id, by, NOON))


async def test_what_was_given_back_is_told_with_its_freight(db: Database) -> None:
    sku, buyer = await a_sku(db, price_fen=1_000), await a_buyer(db)
    order_id = await a_paid_order(db, (sku, 2), buyer=buyer)
    await refund(db, await apply(db, buyer, order_id, (1, 1)))
    await refund(db, await apply(db, buyer, order_id, (1, 1)))

    async with db.transaction() as tx:
        order = await queries.with_lines(tx, order_id)
        assert order is not None
        told = order_out(await queries.view(tx, order), VAULT, NOON)

    assert told.freight_fen > 0
    assert (told.shown, told.refunded_fen) == (Shown.refunded, told.total_fen)

"""Reports add up to what was sold, whether a day is read from orders or from its roll-up."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from bofen.catalog import sold as catalog_sold
from bofen.kit import db as db_module
from bofen.kit.db import Database
from bofen.kit.errors import TookTooLong
from bofen.kit.ids import new_id, short_token
from bofen.kit.money import Fen
from bofen.reports import days, earnings, export, overview, rolling, sales
from bofen.reports.days import Range
from bofen.reports.sales import ProductSales, TotalSales
from bofen.reports.verify import verify, verify_side_by_side
from tests.flows.affiliates_given import VAULT, a_sale, accrued, an_affiliate, services

LATE = datetime(2026, 6, 1, 15, 59, tzinfo=UTC)
"""One minute before midnight in Shanghai."""
ON = date(2026, 6, 1)


@dataclass
class Sold:
    """A paid order of one line: `quantity` pieces at `unit_fen`, and freight."""

    paid_at: datetime
    source: str = "shop"
    quantity: int = 2
    unit_fen: int = 5_000
    freight_fen: int = 800
    affiliate_id: UUID | None = None
    product_id: UUID = field(default_factory=uuid4)
    id: UUID = field(default_factory=new_id)


async def sold(db: Database, order: Sold) -> Sold:
    goods = order.quantity * order.unit_fen
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO orders_order (id, order_no, buyer_id, asked, status, goods_fen,"
            " discount_fen, freight_fen, total_fen, remark, province, city, district,"
            " name_sealed, phone_sealed, detail_sealed, source, source_tags, attribution,"
            " placed_at, pay_by, affiliate_id, paid_at, unsent) VALUES ($1, $2, $3, '', 'paid',"
            " $4, 0, $5, $4::bigint + $5::bigint, '', '', '', '', $9, $9, $9, $6, '[]', '{}',"
            " $7, $7, $8, $7, $10)",
            order.id,
            short_token(16),
            uuid4(),
            goods,
            order.freight_fen,
            order.source,
            order.paid_at,
            order.affiliate_id,
            VAULT.seal("13812345678"),
            order.quantity,
        )
        await tx.fetch(
            "INSERT INTO orders_line (order_id, no, sku_id, product_id, title, spec, unit_fen,"
            " quantity, goods_fen, discount_fen, paid_fen, source) VALUES ($1, 1, $2, $3, '棉T恤',"
            " '', $4, $5, $6, 0, $6, $7)",
            *(order.id, uuid4(), order.product_id, order.unit_fen, order.quantity, goods),
            order.source,
        )
        await catalog_sold.note(tx, [(order.product_id, order.quantity)])
        await tx.fetch(
            "INSERT INTO payments_attempt (provider, out_trade_no, order_id, payer_ref, amount_fen,"
            " created_at, expires_at, status, transaction_id, paid_at)"
            " VALUES ('wechat_pay', $1, $2, 'o', $3, $4, $4, 'succeeded', $1, $4)",
            order.id.hex,
            order.id,
            goods + order.freight_fen,
            order.paid_at,
        )
    return order


async def gone_back(db: Database, order: Sold, quantity: int, at: datetime) -> None:
    amount = quantity * order.unit_fen
    lines = [{"no": 1, "quantity": quantity, "amount_fen": amount}]
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO orders_after_sale (id, order_id, buyer_id, asked, kind, reason, lines,"
            " amount_fen, freight_fen, status, applied_at, refunded_at, is_restocked)"
            " VALUES ($1, $2, $3, '', 'refund', '', $4::jsonb, $5, 0, 'done', $6, $6, false)",
            *(uuid4(), order.id, uuid4(), json.dumps(lines), amount, at),
        )
        await tx.fetch(
            "UPDATE orders_line SET refunded_quantity = refunded_quantity + $2,"
            " refunded_fen = refunded_fen + $3 WHERE order_id = $1",
            *(order.id, quantity, amount),
        )
        await catalog_sold.note(tx, [(order.product_id, -quantity)])


async def reports(db: Database, first: date, last: date) -> dict[str, Any]:
    asked = Range(first, last)
    async with db.reading() as tx:
        return {
            "daily": await sales.daily(tx, asked),
            "sources": await sales.sources(tx, asked),
            "products": await sales.products(tx, asked),
        }


async def test_a_day_ends_at_midnight_in_shanghai_and_refunds_count_on_their_own_day(
    own: Database,
) -> None:
    order = await sold(own, Sold(LATE, "live"))
    await sold(own, Sold(LATE + timedelta(minutes=1)))
    await gone_back(own, order, 1, LATE + timedelta(hours=5))

    found = await reports(own, ON - timedelta(days=1), ON + timedelta(days=1))

    assert [(day.on, day.orders, day.sales_fen, day.refunds_fen) for day in found["daily"]] == [
        ("2026-05-31", 0, 0, 0),
        ("2026-06-01", 1, 10_800, 0),
        ("2026-06-02", 1, 10_800, 5_000),
    ]
    assert [day.net_fen for day in found["daily"]] == [0, 10_800, 5_800]
    assert sales.total(found["daily"]) == TotalSales(2, Fen(21_600), 1, Fen(5_000), Fen(16_600))


async def test_sources_exclude_each_other_and_tags_stand_beside(own: Database) -> None:
    affiliate_id = uuid4()
    await sold(own, Sold(LATE, "live", affiliate_id=affiliate_id))
    await sold(own, Sold(LATE, "live"))
    await sold(own, Sold(LATE, "affiliate", affiliate_id=affiliate_id))
    await sold(own, Sold(LATE, "shop"))

    found = await reports(own, ON, ON)

    by_source = {one.source: one for one in found["sources"]}
    assert {name: one.orders for name, one in by_source.items()} == {
        "live": 2,
        "affiliate": 1,
        "replay": 0,
        "shop": 1,
    }
    assert by_source["live"].tags["affiliate"]["orders"] == 1
    assert sum(one.sales_fen for one in by_source.values()) == found["daily"][0].sales_fen


async def test_a_rolled_day_says_what_its_orders_said(own: Database) -> None:
    product_id = uuid4()
    for i in range(6):
        order = await sold(own, Sold(LATE - timedelta(days=i % 3), "live", product_id=product_id))
        if i % 2:
            await gone_back(own, order, 1, LATE - timedelta(days=i % 2))
    await sold(own, Sold(LATE, quantity=1))
    asked = (ON - timedelta(days=4), ON + timedelta(days=1))
    before = await reports(own, *asked)

    async with own.transaction() as tx:
        waiting = await days.unfinished(tx, LATE + timedelta(minutes=30))
    rolled = await rolling.roll_up(services(own), LATE + timedelta(hours=2))
    again = await rolling.roll_up(services(own), LATE + timedelta(hours=2))
    after = await reports(own, *asked)

    assert waiting == [ON - timedelta(days=2), ON - timedelta(days=1)]
    assert (rolled, again) == (3, 0)
    assert after == before
    async with own.reading() as tx:
        found = await verify(tx)
    assert [one for one in found if "rolled" in one.promise] == []


async def test_verify_finds_a_rolled_day_that_lies(own: Database) -> None:
    await sold(own, Sold(LATE))
    await rolling.roll_up(services(own), LATE + timedelta(days=5))
    async with own.transaction() as tx:
        await tx.fetch("UPDATE reports_day SET sales_fen = sales_fen + 1")

    async with own.reading() as tx:
        found = await verify(tx)

    assert any("rolled" in one.promise for one in found)


async def test_a_paid_order_with_its_commission_breaks_no_promise(own: Database) -> None:
    affiliate_id = await an_affiliate(own)
    order = await sold(own, Sold(LATE, affiliate_id=affiliate_id))
    sale = a_sale(affiliate_id, 10_000)
    sale = replace(sale, order_id=order.id)
    await accrued(own, sale)

    async with own.reading() as tx:
        assert [str(one) for one in await verify(tx)] == []


BROKEN = {
    "UPDATE affiliates_commission SET status = 'released'": "pending",
    "UPDATE affiliates_commission SET amount_fen = amount_fen + 1": "rate of its base",
    "UPDATE affiliates_commission SET refunded_base_fen = 1": "refunds of its line",
    "UPDATE affiliates_commission SET blocks = 1": "after-sales that are open",
    "UPDATE orders_order SET paid_at = NULL": "another order has none",
    "UPDATE orders_line SET goods_fen = 9999, paid_fen = 9999": "lines and its freight",
    "UPDATE orders_line SET refunded_fen = 5": "finished after-sales",
    "INSERT INTO orders_broadcast_sales VALUES (gen_random_uuid(), 1, 5)": "broadcast sold",
    "DELETE FROM payments_attempt": "one payment",
    "UPDATE orders_order SET paid_at = NULL, status = 'cancelled'": "goes back",
    "INSERT INTO inventory_stock (sku_id, on_hand, held)"
    " VALUES (gen_random_uuid(), 5, 0)": "journal",
    "INSERT INTO inventory_stock (sku_id, on_hand, held)"
    " VALUES (gen_random_uuid(), 5, 1)": "wait for payment",
    "ALTER TABLE payments_refund DISABLE TRIGGER payments_refund_within_payment;"
    "INSERT INTO payments_refund (provider, out_refund_no, out_trade_no, amount_fen, reason,"
    " asked_at, status) SELECT provider, 'R', out_trade_no, amount_fen + 1, '', created_at, 'asked'"
    " FROM payments_attempt": "more than he paid",
    "INSERT INTO affiliates_withdrawal (id, affiliate_id, amount_fen, out_bill_no, payee_ref,"
    " provider, status, asked, created_at, needs_approval)"
    " SELECT gen_random_uuid(), id, 5, 'x', '', 'p', 'paid', '', now(), false"
    " FROM affiliates_affiliate": "are the withdrawals",
}


@pytest.mark.parametrize(("harm", "promise"), BROKEN.items(), ids=BROKEN.values())
async def test_verify_finds_what_is_broken(own: Database, harm: str, promise: str) -> None:
    affiliate_id = await an_affiliate(own)
    order = await sold(own, Sold(LATE, affiliate_id=affiliate_id))
    sale = a_sale(affiliate_id, 10_000)
    await accrued(own, replace(sale, order_id=order.id))
    async with own.transaction() as tx:
        for statement in harm.split(";"):
            await tx.fetch(statement)

    async with own.reading() as tx:
        found = await verify(tx)

    assert any(promise in str(one) for one in found), [str(one) for one in found]


async def test_an_affiliate_s_money_tells_where_it_is_and_why(own: Database) -> None:
    affiliate_id = await an_affiliate(own)
    order = await sold(own, Sold(LATE, affiliate_id=affiliate_id))
    sale = a_sale(affiliate_id, 10_000)
    await accrued(own, replace(sale, order_id=order.id))

    async with own.reading() as tx:
        wallet = await earnings.wallet(tx, affiliate_id)
        page = await earnings.statement(tx, affiliate_id, 10, None)
        listed = await earnings.orders(tx, affiliate_id, 10, None)
        first = page.items[0]
        assert first.commission_id
        why = await earnings.why(tx, affiliate_id, first.commission_id)

    assert (wallet.expected_fen, wallet.available_fen) == (1_000, 0)
    assert (first.kind, first.amount_fen, first.expected_after_fen) == ("accrued", 1_000, 1_000)
    assert first.title == "棉T恤"
    assert "100.00 元" in why.sentence.zh
    assert (why.winner, why.losers) == ("share", [])
    assert [(one.commission_fen, one.commission_status) for one in listed.items] == [
        (1_000, "pending")
    ]


async def test_the_first_page_counts_today_from_midnight(own: Database) -> None:
    await sold(own, Sold(LATE))
    order = await sold(own, Sold(LATE + timedelta(hours=9)))
    await gone_back(own, order, 1, LATE + timedelta(hours=10))

    async with own.reading() as tx:
        today = await overview.today(tx, LATE + timedelta(hours=11))
        waiting = await overview.to_do(tx)

    assert (today.orders, today.sales_fen, today.refunds_fen) == (1, 10_800, 5_000)
    assert waiting.ship == 2


@pytest.mark.parametrize(("status", "viewers"), [("live", 12), ("interrupted", 0)])
async def test_the_first_page_counts_who_watches_while_the_picture_runs(
    own: Database, status: str, viewers: int
) -> None:
    room_id = uuid4()
    async with own.transaction() as tx:
        await tx.fetch(
            "INSERT INTO live_room (id, title, host_name, created_at, epoch, seq, likes,"
            " viewers, slow_mode_s) VALUES ($1, '好物间', '阿沅', $2, 1, 0, 0, 12, 0)",
            room_id,
            LATE,
        )
        await tx.fetch(
            "INSERT INTO live_session (id, room_id, title, scheduled_at, stream_name, status,"
            " started_at) VALUES ($1, $2, '初夏专场', $3, 'a', $4, $3)",
            uuid4(),
            room_id,
            LATE,
            status,
        )

    async with own.reading() as tx:
        assert await overview.viewers(tx) == viewers


@pytest.mark.parametrize("title", ["=cmd()", "+1", "-1", "@x", "\tx", "＝1"])
def test_no_cell_of_an_export_is_a_formula(title: str) -> None:
    row = ProductSales(UUID(int=1), title, 1, 0, Fen(9_990), Fen(0), Fen(-5))

    text = (export.heading(ProductSales) + export.lines([row], ProductSales)).decode()

    assert text.startswith("\ufeff商品编号,商品,")
    assert f"'{title}" in text
    assert "99.90,0.00,-0.05" in text


async def test_a_file_of_products_is_whole_and_in_the_order_of_the_page(own: Database) -> None:
    """More products than a page shows and a batch holds, some days rolled up, some not."""
    count = 1_100
    async with own.transaction() as tx:
        await tx.fetch(
            'INSERT INTO reports_product_day ("on", product_id, quantity, sales_fen,'
            " refunded_quantity, refunds_fen)"
            " SELECT $1, gen_random_uuid(), 1, 100 + n % 7, 0, 0"
            " FROM generate_series(1, $2::int) AS n",
            ON - timedelta(days=1),
            count,
        )
        await tx.fetch(
            'INSERT INTO reports_rolled ("on", rolled_at) VALUES ($1, $2)',
            *(ON - timedelta(days=1), LATE),
        )
    live = await sold(own, Sold(LATE))
    asked = Range(ON - timedelta(days=1), ON)

    async with own.reporting() as tx:
        page = await sales.products(tx, asked)
        whole = [row async for batch in sales.all_products(tx, asked) for row in batch]

    assert len(page) == sales.RANKED_MAX
    assert whole[: len(page)] == page
    assert len({row.product_id for row in whole}) == count + 1
    assert whole[0].product_id == live.product_id
    assert whole == sorted(whole, key=lambda row: (-row.net_fen, row.product_id))


async def test_a_report_that_takes_too_long_is_ended_and_holds_up_nobody_else(
    own: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(db_module, "REPORT_MAX", timedelta(milliseconds=50))
    short = Database(own.url, {}, connections_max=1)

    async def slow() -> None:
        async with short.reporting() as tx:
            await tx.fetch("SELECT pg_sleep(20)")

    async def slow_batches() -> None:
        async with short.reporting() as tx:
            async for _ in tx.batches(Side, "SELECT 1 AS n, pg_sleep(20)::text AS text"):
                pass

    async with short.transaction() as tx:
        for report in (slow, slow_batches):
            with pytest.raises(TookTooLong):
                await report()
        assert await tx.fetch("SELECT 1 AS n") == [{"n": 1}]
    await short.close()


@dataclass(frozen=True)
class Side:
    n: int
    text: str


async def test_promises_asked_side_by_side_find_the_same_in_one_snapshot(own: Database) -> None:
    """What is broken after the first connection has looked is not seen by the others."""
    await sold(own, Sold(LATE))
    await rolling.roll_up(services(own), LATE + timedelta(days=5))
    async with own.transaction() as tx:
        await tx.fetch("UPDATE reports_day SET sales_fen = sales_fen + 1")
    async with own.reading() as tx:
        alone = await verify(tx)

    together, promises, places = [], [], []
    async for asked in verify_side_by_side(own, LATE, side_by_side=1):
        if not promises:
            async with own.transaction() as tx:
                await tx.fetch("DELETE FROM payments_attempt")
        together += asked.breaches
        promises.append(asked.promise)
        places.append((asked.done, asked.of))

    assert together == alone != []
    assert places == [(n, len(promises)) for n in range(1, len(promises) + 1)]
    assert len(set(promises)) == len(promises)
    assert [str(one) for one in alone] != [
        str(one) async for asked in verify_side_by_side(own, LATE) for one in asked.breaches
    ]

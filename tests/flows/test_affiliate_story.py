"""One sale by a share link, from the click to the wallet and back again; every promise holds."""

import asyncio
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from bofen.flows import refunds, withdraw
from bofen.flows.receipt import confirm_receipt
from bofen.flows.settle import settle
from bofen.flows.withdraw import Wish
from bofen.kit.db import Database
from bofen.kit.ids import new_id
from bofen.kit.money import Fen
from bofen.kit.once import Request
from bofen.ledger.rules import Balances
from bofen.orders.after_sales import ApplyAfterSale
from bofen.orders.rules import AfterSaleKind
from bofen.payments.rules import Number
from bofen.reports import earnings
from bofen.reports.verify import verify
from tests.conftest import NOON
from tests.flows.affiliates_given import (
    Wallets,
    an_affiliate,
    balances,
    person_of,
    services,
)
from tests.flows.test_refunds import parcel
from tests.flows.trade_given import (
    PROVIDER,
    Buyer,
    Sku,
    a_buyer,
    a_sku,
    pay,
    placed,
    share_link,
    staff,
    wish,
    with_attempt,
)

DAY = timedelta(days=1)


async def bought(db: Database, affiliate_id: UUID, sku: Sku, buyer: Buyer, quantity: int) -> UUID:
    token = await share_link(db, affiliate_id, buyer)
    order = await placed(db, wish(buyer, (sku, quantity), share=token))
    await pay(db, await with_attempt(db, order))
    return order.order_id


async def gave_back(db: Database, buyer: Buyer, order_id: UUID, at: datetime) -> None:
    """One piece, refunded."""
    asked = ApplyAfterSale(
        new_id(), order_id, AfterSaleKind.refund, "不喜欢", ((1, 1),), Request(buyer.id, "a")
    )
    made = await db.run(lambda tx: refunds.apply_after_sale(tx, asked, at))
    await settle(services(db), at + 30 * DAY)
    by, number = await staff(db), Number(PROVIDER, f"R{made.id.hex}")
    await db.run(lambda tx: refunds.approve(tx, made.id, by, at))
    await db.run(lambda tx: refunds.refund_succeeded(tx, number, at))


async def kept(db: Database, buyer: Buyer, order_id: UUID) -> None:
    await parcel(db, order_id)
    await db.run(lambda tx: confirm_receipt(tx, buyer.id, order_id, NOON + DAY))


async def breaches(db: Database) -> list[str]:
    async with db.reading() as tx:
        return [str(one) for one in await verify(tx)]


async def test_from_the_click_to_the_wallet_and_back(own: Database) -> None:
    affiliate_id, wallets = await an_affiliate(own), Wallets()
    shop = services(own, wallets)
    sku, buyer = await a_sku(own, price_fen=9_990), await a_buyer(own)
    order_id = await bought(own, affiliate_id, sku, buyer, 3)
    promised = await balances(own, affiliate_id)
    await kept(own, buyer, order_id)

    await gave_back(own, buyer, order_id, NOON + 2 * DAY)
    await settle(shop, NOON + 8 * DAY)
    settled = await balances(own, affiliate_id)
    person_id = await person_of(own, affiliate_id)
    async with own.transaction() as tx:
        wish = Wish(uuid4(), affiliate_id, person_id, settled.payable_fen)
        asked = await withdraw.ask(tx, shop.transfers, wish, NOON + 8 * DAY)
    await withdraw.send(shop, asked.id, NOON + 8 * DAY)
    wallets.end(asked.out_bill_no, "SUCCESS")
    await withdraw.check(shop, asked.id, NOON + 8 * DAY)
    await gave_back(own, buyer, order_id, NOON + 8 * DAY)
    after = await balances(own, affiliate_id)
    async with own.reading() as tx:
        wallet = await earnings.wallet(tx, affiliate_id)
        page = await earnings.statement(tx, affiliate_id, 20, None)

    assert promised == Balances(pending_fen=Fen(2_997))
    assert settled == Balances(payable_fen=Fen(1_998))
    assert after == Balances(payable_fen=Fen(-999), paid_out_fen=Fen(1_998))
    assert (wallet.debt_fen, wallet.clawed_back_fen) == (999, 1_998)
    assert [(one.kind, one.amount_fen, one.balance_after_fen) for one in page.items] == [
        ("reversed", -999, -999),
        ("withdrawal_paid", 1_998, 0),
        ("withdrawal_held", -1_998, 0),
        ("released", 1_998, 1_998),
        ("reversed", -999, 0),
        ("accrued", 2_997, 0),
    ]
    assert await breaches(own) == []


async def test_a_crowd_that_buys_refunds_and_settles_at_once_breaks_no_promise(
    own: Database,
) -> None:
    affiliates = [await an_affiliate(own) for _ in range(3)]
    sku = await a_sku(own, on_hand=200)
    people = [await a_buyer(own) for _ in range(12)]

    async def story(i: int, buyer: Buyer) -> None:
        order_id = await bought(own, affiliates[i % 3], sku, buyer, 2)
        await kept(own, buyer, order_id)
        if i % 2:
            await gave_back(own, buyer, order_id, NOON + 2 * DAY)

    await asyncio.gather(*(story(i, buyer) for i, buyer in enumerate(people)))
    await settle(services(own), NOON + 30 * DAY)

    found = [await balances(own, one) for one in affiliates]
    assert sum(one.payable_fen for one in found) == 6 * 1_998 + 6 * 999
    assert all(one.pending_fen == 0 for one in found)
    assert await breaches(own) == []

"""A shelf, buyers and orders for the tests of trade."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from bofen.affiliates import bindings
from bofen.affiliates.bindings import Click
from bofen.catalog import service as catalog
from bofen.catalog.rules import ProductDraft, SkuDraft
from bofen.catalog.service import CategoryDraft
from bofen.flows.orders_paid import orders_paid
from bofen.flows.place_orders import AskedSource, PlacedOrder, PlaceOrder, place_orders
from bofen.identity.rules import Role, StaffMember
from bofen.inventory import service as inventory
from bofen.inventory.service import Paper
from bofen.kit.crypto import Vault
from bofen.kit.db import Database
from bofen.kit.errors import Refusal
from bofen.kit.ids import new_id, short_token
from bofen.kit.money import Fen
from bofen.kit.once import Request, fingerprint
from bofen.payments.models import Attempt
from bofen.payments.service import PaidNotice
from bofen.pricing.rules import FreightRule, PricedLine, quote
from bofen.settings.rules import Binding, Trade
from tests.conftest import NOON
from tests.given import a_clerk

PROVIDER = "wechat_pay"
VAULT = Vault(b"k" * 32)
FREIGHT = FreightRule(Trade().freight_fen, Trade().freight_free_from_fen)


async def staff(db: Database, role: Role = Role.operator) -> StaffMember:
    """Somebody who works here."""
    async with db.transaction() as tx:
        return await a_clerk(tx, role)


@dataclass(frozen=True)
class Sku:
    id: UUID
    product_id: UUID
    price_fen: Fen


@dataclass(frozen=True)
class Buyer:
    id: UUID
    address_id: UUID


async def a_sku(
    db: Database, on_hand: int = 100, price_fen: int = 9_990, *, is_listed: bool = True
) -> Sku:
    """A product with one SKU, written by the catalog's own verbs."""
    category_id = new_id()
    async with db.transaction() as tx:
        by = await a_clerk(tx)
        await catalog.write_category(tx, category_id, CategoryDraft(short_token()), by, NOON)
        draft = ProductDraft(
            title=f"茶 {short_token(6)}",
            subtitle="",
            category_id=category_id,
            brand="",
            tags=(),
            pictures=("pictures/0123456789abcdef0123456789abcdef.webp",),
            detail_html="",
            options=(),
            skus=(SkuDraft({}, Fen(price_fen)),),
        )
        product_id, sku_ids = await catalog.create(tx, draft, by, NOON)
        if is_listed:
            await catalog.list_product(tx, product_id, by, NOON)
        await inventory.open_skus(tx, [sku_ids[0]])
        if on_hand:
            await inventory.receive(tx, [(sku_ids[0], on_hand)], Paper(new_id()), by, NOON)
    return Sku(sku_ids[0], product_id, Fen(price_fen))


async def a_buyer(db: Database) -> Buyer:
    person, address = uuid4(), uuid4()
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO identity_person (id, nickname, created_at) VALUES ($1, '小王', $2)",
            person,
            NOON,
        )
        await tx.fetch(
            "INSERT INTO identity_address (id, person_id, name_sealed, phone_sealed,"
            " detail_sealed, province, city, district, created_at, is_default)"
            " VALUES ($1, $2, $4, $5, $4, '浙江省', '杭州市', '西湖区', $3, true)",
            address,
            person,
            NOON,
            VAULT.seal("小王"),
            VAULT.seal("13812345678"),
        )
    return Buyer(person, address)


def wish(
    buyer: Buyer,
    *lines: tuple[Sku, int],
    order_id: UUID | None = None,
    share: str | None = None,
    total_fen: int | None = None,
) -> PlaceOrder:
    """What the buyer asks for, at today's price unless `total_fen` says otherwise."""
    priced = quote([PricedLine(sku.id, sku.price_fen, n) for sku, n in lines], FREIGHT)
    total = priced.total_fen if total_fen is None else total_fen
    asked = tuple((sku.id, n) for sku, n in lines)
    return PlaceOrder(
        order_id=order_id or new_id(),
        request=Request(
            buyer.id, fingerprint([str(part) for part in (*asked, buyer.address_id, total)])
        ),
        lines=asked,
        address_id=buyer.address_id,
        remark="",
        total_fen=Fen(total),
        source=AskedSource(share_token=share),
    )


async def place(
    db: Database, *wishes: PlaceOrder, at: datetime = NOON
) -> list[PlacedOrder | Refusal]:
    return await db.run(lambda tx: place_orders(tx, wishes, at))


async def placed(db: Database, one: PlaceOrder, at: datetime = NOON) -> PlacedOrder:
    answer = (await place(db, one, at=at))[0]
    assert isinstance(answer, PlacedOrder), answer
    return answer


async def with_attempt(db: Database, order: PlacedOrder, at: datetime = NOON) -> PaidNotice:
    """A payment number for the order, and the notice that will pay it."""
    async with db.transaction() as tx:
        tx.add(
            Attempt(
                provider=PROVIDER,
                out_trade_no=order.order_no,
                order_id=order.order_id,
                payer_ref="o",
                amount_fen=order.total_fen,
                created_at=at,
                expires_at=at + timedelta(minutes=15),
                cashier_ref="wx",
            )
        )
    return PaidNotice(PROVIDER, order.order_no, f"42{new_id().int}", order.total_fen, at)


async def pay(db: Database, *notices: PaidNotice, at: datetime = NOON) -> list[UUID | Refusal]:
    return await db.run(lambda tx: orders_paid(tx, notices, at))


async def stock(db: Database, sku: Sku) -> tuple[int, int]:
    """On hand and held."""
    async with db.transaction() as tx:
        rows = await tx.fetch("SELECT on_hand, held FROM inventory_stock WHERE sku_id = $1", sku.id)
    return rows[0]["on_hand"], rows[0]["held"]


async def status(db: Database, order_id: UUID) -> str:
    async with db.transaction() as tx:
        rows = await tx.fetch("SELECT status FROM orders_order WHERE id = $1", order_id)
    return str(rows[0]["status"])


async def share_link(db: Database, affiliate_id: UUID, buyer: Buyer) -> str:
    """A link of the affiliate that the buyer has opened."""
    token = short_token()
    async with db.transaction() as tx:
        await tx.fetch(
            "INSERT INTO affiliates_link (token, affiliate_id, target_kind, target_id, campaign,"
            " created_at) VALUES ($1, $2, 'shop', $3, '', $4)",
            token,
            affiliate_id,
            str(new_id()),
            NOON,
        )
        await bindings.bind(tx, Click(buyer.id, token, NOON), Binding())
    return token

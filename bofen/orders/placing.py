"""Placing orders in batches: what is known of them already, and writing them in one statement."""

import json
import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any
from uuid import UUID

from bofen.kit.days import day_of
from bofen.kit.db import Tx
from bofen.kit.money import Fen
from bofen.kit.once import Request
from bofen.orders.rules import DraftLine, DraftOrder, LineSource, OrderStatus

_CROCKFORD = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_CHARACTER_OF = bytes(_CROCKFORD[byte % len(_CROCKFORD)] for byte in range(256))
_RANDOM_CHARACTERS = 10


def new_order_no(at: datetime) -> str:
    """`260601` + ten random characters (50 bits): short enough to read out, not to be guessed."""
    return _day_text(at) + os.urandom(_RANDOM_CHARACTERS).translate(_CHARACTER_OF).decode()


@lru_cache(maxsize=16)
def _day_text(at: datetime) -> str:
    """A batch has one moment."""
    return day_of(at).strftime("%y%m%d")


@dataclass(frozen=True)
class EarlierOrder:
    """An order that stands under an id already, and what was asked when it was made."""

    made: Request
    order_no: str
    total_fen: Fen


async def earlier(tx: Tx, order_ids: Collection[UUID]) -> dict[UUID, EarlierOrder]:
    """Which of these orders exist. Of two that place the same id at once, one waits here."""
    await tx.fetch(
        "SELECT pg_advisory_xact_lock(k) FROM unnest($1::bigint[]) AS k",
        sorted({order_id.int % 2**63 for order_id in order_ids}),
    )
    rows = await tx.fetch(
        "SELECT id, buyer_id, asked, order_no, total_fen FROM orders_order"
        " WHERE id = ANY($1::uuid[])",
        list(order_ids),
    )
    return {
        row["id"]: EarlierOrder(
            Request(row["buyer_id"], row["asked"]), row["order_no"], row["total_fen"]
        )
        for row in rows
    }


async def open_counts(tx: Tx, buyer_ids: Collection[UUID]) -> dict[UUID, int]:
    """Unpaid orders of each buyer.

    Buyer by buyer: as one condition the planner may walk every unpaid order of a flash sale.
    """
    rows = await tx.fetch(
        "SELECT b AS buyer_id, (SELECT count(*) FROM orders_order"
        " WHERE buyer_id = b AND status = 'placed') AS n FROM unnest($1::uuid[]) AS b",
        list(buyer_ids),
    )
    return {row["buyer_id"]: row["n"] for row in rows}


_ORDER: tuple[tuple[str, Callable[[DraftOrder], Any]], ...] = (
    ("id", lambda o: o.id),
    ("order_no", lambda o: o.order_no),
    ("buyer_id", lambda o: o.buyer_id),
    ("asked", lambda o: o.asked),
    ("goods_fen", lambda o: o.goods_fen),
    ("discount_fen", lambda o: o.discount_fen),
    ("freight_fen", lambda o: o.freight_fen),
    ("total_fen", lambda o: o.total_fen),
    ("remark", lambda o: o.remark),
    ("province", lambda o: o.recipient.province),
    ("city", lambda o: o.recipient.city),
    ("district", lambda o: o.recipient.district),
    ("name_sealed", lambda o: o.recipient.name_sealed),
    ("phone_sealed", lambda o: o.recipient.phone_sealed),
    ("detail_sealed", lambda o: o.recipient.detail_sealed),
    ("pay_by", lambda o: o.terms.pay_by),
    ("after_sale_days", lambda o: o.terms.after_sale_days),
    ("confirm_after_shipped_days", lambda o: o.terms.confirm_after_shipped_days),
    ("confirm_after_signed_days", lambda o: o.terms.confirm_after_signed_days),
    ("source", lambda o: o.source.value),
    ("source_tags", lambda o: json.dumps(o.source_tags)),
    ("attribution", lambda o: json.dumps(o.attribution, default=str)),
    ("affiliate_id", lambda o: o.affiliate_id),
    ("room_id", lambda o: o.moment.room_id),
    ("session_id", lambda o: o.moment.session_id),
    ("pin_id", lambda o: o.moment.pin_id),
    ("media_time_ms", lambda o: o.moment.media_time_ms),
    ("unsent", lambda o: sum(line.quantity for line in o.lines)),
)
_LINE: tuple[tuple[str, Callable[[DraftLine], Any]], ...] = (
    ("sku_id", lambda x: x.sku_id),
    ("product_id", lambda x: x.product_id),
    ("category_id", lambda x: x.category_id),
    ("title", lambda x: x.title),
    ("spec", lambda x: x.spec),
    ("picture_key", lambda x: x.picture_key),
    ("unit_fen", lambda x: x.unit_fen),
    ("quantity", lambda x: x.quantity),
    ("goods_fen", lambda x: x.goods_fen),
    ("discount_fen", lambda x: x.discount_fen),
    ("paid_fen", lambda x: x.paid_fen),
    ("cost_fen", lambda x: x.cost_fen),
)
_LINE_SOURCE: tuple[tuple[str, Callable[[LineSource], Any]], ...] = (
    ("source", lambda x: x.source.value),
    ("room_id", lambda x: x.moment.room_id),
    ("session_id", lambda x: x.moment.session_id),
    ("pin_id", lambda x: x.moment.pin_id),
    ("media_time_ms", lambda x: x.moment.media_time_ms),
)


_ORDER_COLUMNS = [*(name for name, _ in _ORDER), "status", "placed_at"]
_LINE_COLUMNS = [
    "order_id",
    "no",
    *(name for name, _ in _LINE),
    *(name for name, _ in _LINE_SOURCE),
]


async def write(tx: Tx, drafts: Sequence[DraftOrder], at: datetime) -> None:
    """The orders and their lines, unpaid."""
    if not drafts:
        return
    status = OrderStatus.placed.value
    orders = [(*(read(draft) for _, read in _ORDER), status, at) for draft in drafts]
    await tx.copy("orders_order", _ORDER_COLUMNS, orders)
    lines = [
        (
            draft.id,
            no,
            *(read(line) for _, read in _LINE),
            *(read(source) for _, read in _LINE_SOURCE),
        )
        for draft in drafts
        for no, (line, source) in enumerate(zip(draft.lines, draft.line_sources, strict=True), 1)
    ]
    await tx.copy("orders_line", _LINE_COLUMNS, lines)

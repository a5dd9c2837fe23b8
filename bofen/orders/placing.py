"""Placing orders in batches: what is known of them already, and writing them in one statement."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.kit.days import day_of
from bofen.kit.db import Tx
from bofen.kit.ids import random_text
from bofen.kit.money import Fen
from bofen.kit.once import Request
from bofen.orders.rules import DraftLine, DraftOrder

_CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_RANDOM_CHARACTERS = 10


def new_order_no(at: datetime) -> str:
    """`260601` + ten random characters (50 bits): short enough to read out, not to be guessed."""
    return day_of(at).strftime("%y%m%d") + random_text(_CROCKFORD, _RANDOM_CHARACTERS)


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
    """Unpaid orders of each buyer; who has none is not in the answer."""
    rows = await tx.fetch(
        "SELECT buyer_id, count(*) AS n FROM orders_order"
        " WHERE buyer_id = ANY($1::uuid[]) AND status = 'placed' GROUP BY buyer_id",
        list(buyer_ids),
    )
    return {row["buyer_id"]: row["n"] for row in rows}


_Order = tuple[str, str, Callable[[DraftOrder], Any]]
_Line = tuple[str, str, Callable[[DraftLine], Any]]

_ORDER: tuple[_Order, ...] = (
    ("id", "uuid", lambda o: o.id),
    ("order_no", "text", lambda o: o.order_no),
    ("buyer_id", "uuid", lambda o: o.buyer_id),
    ("asked", "text", lambda o: o.asked),
    ("goods_fen", "bigint", lambda o: o.goods_fen),
    ("discount_fen", "bigint", lambda o: o.discount_fen),
    ("freight_fen", "bigint", lambda o: o.freight_fen),
    ("total_fen", "bigint", lambda o: o.total_fen),
    ("remark", "text", lambda o: o.remark),
    ("province", "text", lambda o: o.recipient.province),
    ("city", "text", lambda o: o.recipient.city),
    ("district", "text", lambda o: o.recipient.district),
    ("name_sealed", "bytea", lambda o: o.recipient.name_sealed),
    ("phone_sealed", "bytea", lambda o: o.recipient.phone_sealed),
    ("detail_sealed", "bytea", lambda o: o.recipient.detail_sealed),
    ("pay_by", "timestamptz", lambda o: o.terms.pay_by),
    ("after_sale_days", "int", lambda o: o.terms.after_sale_days),
    ("confirm_after_shipped_days", "int", lambda o: o.terms.confirm_after_shipped_days),
    ("confirm_after_signed_days", "int", lambda o: o.terms.confirm_after_signed_days),
    ("source", "text", lambda o: o.source.value),
    ("source_tags", "jsonb", lambda o: json.dumps(o.source_tags)),
    ("attribution", "jsonb", lambda o: json.dumps(o.attribution, default=str)),
    ("affiliate_id", "uuid", lambda o: o.affiliate_id),
    ("room_id", "uuid", lambda o: o.room_id),
    ("session_id", "uuid", lambda o: o.session_id),
    ("pin_id", "uuid", lambda o: o.pin_id),
    ("media_time_ms", "int", lambda o: o.media_time_ms),
)
_LINE: tuple[_Line, ...] = (
    ("sku_id", "uuid", lambda x: x.sku_id),
    ("product_id", "uuid", lambda x: x.product_id),
    ("category_id", "uuid", lambda x: x.category_id),
    ("title", "text", lambda x: x.title),
    ("spec", "text", lambda x: x.spec),
    ("picture_key", "text", lambda x: x.picture_key),
    ("unit_fen", "bigint", lambda x: x.unit_fen),
    ("quantity", "int", lambda x: x.quantity),
    ("goods_fen", "bigint", lambda x: x.goods_fen),
    ("discount_fen", "bigint", lambda x: x.discount_fen),
    ("paid_fen", "bigint", lambda x: x.paid_fen),
    ("cost_fen", "bigint", lambda x: x.cost_fen),
)


def _statement() -> str:
    """`unnest` of one array for each column; built once from the two tables above."""
    order_columns = ", ".join(name for name, _, _ in _ORDER)
    line_columns = ", ".join(["order_id", "no", *(name for name, _, _ in _LINE)])
    # jsonb travels as text: an array of jsonb has no text form that every driver agrees on.
    sent = ["text" if kind == "jsonb" else kind for _, kind, _ in _ORDER]
    sent += ["uuid", "int", *(kind for _, kind, _ in _LINE)]
    arrays = [f"${i}::{kind}[]" for i, kind in enumerate(sent, 1)]
    read = ", ".join(f"{name}::{kind}" for name, kind, _ in _ORDER)
    split = len(_ORDER)
    return f"""
        WITH placed AS (
          INSERT INTO orders_order ({order_columns}, status, placed_at)
          SELECT {read}, 'placed', ${len(sent) + 1}::timestamptz
          FROM unnest({", ".join(arrays[:split])}) AS o ({order_columns})
        )
        INSERT INTO orders_line ({line_columns})
        SELECT * FROM unnest({", ".join(arrays[split:])}) AS l ({line_columns})
    """  # noqa: S608 - names and types are the constants above


_STATEMENT = _statement()


async def write(tx: Tx, drafts: Sequence[DraftOrder], at: datetime) -> None:
    """The orders and their lines, unpaid."""
    if not drafts:
        return
    lines = [(draft.id, no, line) for draft in drafts for no, line in enumerate(draft.lines, 1)]
    await tx.fetch(
        _STATEMENT,
        *([read(draft) for draft in drafts] for _, _, read in _ORDER),
        [order_id for order_id, _, _ in lines],
        [no for _, no, _ in lines],
        *([read(line) for _, _, line in lines] for _, _, read in _LINE),
        at,
    )

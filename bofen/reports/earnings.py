"""What an affiliate sees of his own money: where it stands, line by line, and why."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from bofen.affiliates.wording import Earned, Taken, sentences
from bofen.kit.clock import SHOP_ZONE
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.money import Fen
from bofen.kit.paging import Page, page_of, read_cursor, read_id, read_time
from bofen.ledger import queries as ledger
from bofen.orders.rules import OPEN_AFTER_SALES, OrderStatus, shown


@dataclass(frozen=True)
class Wallet:
    """All of an affiliate's money, each fen in exactly one place (debt is a negative available)."""

    expected_fen: Fen
    frozen_fen: Fen
    available_fen: Fen
    withdrawing_fen: Fen
    withdrawn_fen: Fen
    clawed_back_fen: Fen
    debt_fen: Fen


async def wallet(tx: Tx, affiliate_id: UUID) -> Wallet:
    """Expected and frozen together are what is pending; frozen waits for an open after-sale, or
    because the affiliate is frozen.
    """
    balances = (await ledger.balances(tx, [affiliate_id]))[affiliate_id]
    rows = await tx.fetch(
        "SELECT coalesce(sum(amount_fen - reversed_fen) FILTER (WHERE status = 'pending'"
        "   AND (blocks > 0 OR is_frozen)), 0)::bigint AS frozen_fen,"
        "  coalesce(sum(reversed_fen), 0)::bigint AS clawed_back_fen"
        " FROM affiliates_commission, (SELECT status = 'frozen' AS is_frozen"
        "  FROM affiliates_affiliate WHERE id = $1) AS affiliate"
        " WHERE affiliate_id = $1",
        affiliate_id,
    )
    frozen_fen = Fen(rows[0]["frozen_fen"])
    return Wallet(
        Fen(balances.pending_fen - frozen_fen),
        frozen_fen,
        balances.payable_fen,
        balances.in_transit_fen,
        balances.paid_out_fen,
        Fen(rows[0]["clawed_back_fen"]),
        balances.debt_fen,
    )


@dataclass(frozen=True)
class Today:
    orders: int
    sales_fen: Fen
    commission_fen: Fen


async def today(tx: Tx, affiliate_id: UUID, at: datetime) -> Today:
    """What was paid through this affiliate since midnight in Shanghai, less what went back."""
    midnight = at.astimezone(SHOP_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    rows = await tx.fetch(
        "SELECT count(DISTINCT order_id) AS orders,"
        "  coalesce(sum(base_fen - refunded_base_fen), 0)::bigint AS sales_fen,"
        "  coalesce(sum(amount_fen - reversed_fen), 0)::bigint AS commission_fen"
        " FROM affiliates_commission WHERE affiliate_id = $1 AND paid_at >= $2",
        affiliate_id,
        midnight,
    )
    return Today(**rows[0])


@dataclass(frozen=True)
class StatementItem:
    """One movement of money; `commission_id` leads to the reason why."""

    id: str
    kind: str
    amount_fen: Fen
    at: datetime
    order_no: str | None
    title: str | None
    status: str | None
    release_at: datetime | None
    balance_after_fen: Fen
    expected_after_fen: Fen
    commission_id: UUID | None
    lines: int | None
    """How many commissions a settlement released."""


_SUBJECTS = """
SELECT commission.id, orders.order_no, line.title, commission.status, commission.release_at,
  commission.id AS commission_id, NULL::int AS lines
FROM affiliates_commission commission
LEFT JOIN orders_order orders ON orders.id = commission.order_id
LEFT JOIN orders_line line ON line.order_id = commission.order_id AND line.no = commission.line_no
WHERE commission.id = ANY($1::uuid[])
UNION ALL
SELECT id, NULL, NULL, NULL, NULL, NULL, lines FROM affiliates_settlement
WHERE id = ANY($1::uuid[])
UNION ALL
SELECT id, NULL, NULL, status, NULL, NULL, NULL FROM affiliates_withdrawal
WHERE id = ANY($1::uuid[])
"""


async def statement(
    tx: Tx, affiliate_id: UUID, limit: int, cursor: str | None
) -> Page[StatementItem]:
    """Every movement, newest first, with what was available and expected after it."""
    page = await ledger.statement(tx, affiliate_id, limit, cursor)
    rows = await tx.fetch(_SUBJECTS, [line.subject_id for line in page.items])
    subjects = {row.pop("id"): row for row in rows}
    empty = dict.fromkeys(
        ("order_no", "title", "status", "release_at", "commission_id", "lines"), None
    )
    items = [
        StatementItem(
            id=str(line.id),
            kind=line.reason,
            amount_fen=line.amount_fen,
            at=line.at,
            balance_after_fen=line.available_after_fen,
            expected_after_fen=line.expected_after_fen,
            **subjects.get(line.subject_id, empty),
        )
        for line in page.items
    ]
    return Page(items, page.next)


_COMMISSION = """
SELECT commission.*, orders.order_no, line.title, affiliate.status = 'frozen' AS is_frozen
FROM affiliates_commission commission
JOIN affiliates_affiliate affiliate ON affiliate.id = commission.affiliate_id
LEFT JOIN orders_order orders ON orders.id = commission.order_id
LEFT JOIN orders_line line ON line.order_id = commission.order_id AND line.no = commission.line_no
WHERE commission.id = $1 AND commission.affiliate_id = $2
"""


async def why(tx: Tx, affiliate_id: UUID, commission_id: UUID) -> dict[str, Any]:
    """Why this number: everything from the line's own snapshot, and a sentence that tells it."""
    rows = await tx.fetch(_COMMISSION, commission_id, affiliate_id)
    if not rows:
        raise NotFound("commission")
    row = rows[0]
    reversals = await tx.fetch(
        "SELECT amount_fen, refunded_base_fen, at FROM affiliates_reversal"
        " WHERE commission_id = $1 ORDER BY refunded_base_fen",
        commission_id,
    )
    snapshot = row["snapshot"]
    earned = Earned(
        row["amount_fen"],
        row["reversed_fen"],
        snapshot,
        row["accrued_at"],
        row["release_at"],
        row["status"],
        row["blocks"] > 0 or row["is_frozen"],
        [Taken(**reversal) for reversal in reversals],
    )
    names = ("id", "order_no", "title", "base_fen", "rate_bp", "plan_version", "amount_fen")
    return {name: row[name] for name in names} | {
        "reversed_fen": row["reversed_fen"],
        "status": row["status"],
        "rate_source": snapshot["rate_source"],
        "limited_by": snapshot["limited_by"],
        "attribution": _without_names(snapshot["attribution"], affiliate_id),
        "refunds": reversals,
        "dates": {"accrued_at": row["accrued_at"], "release_at": row["release_at"]},
        "sentence": sentences(earned),
    }


def _without_names(attribution: dict[str, Any], affiliate_id: UUID) -> dict[str, Any]:
    """Other affiliates are counted, not named."""
    losers = [
        {"kind": one["kind"], "why": one["why"], "is_you": one["affiliate_id"] == str(affiliate_id)}
        for one in attribution.get("losers", ())
    ]
    return {"winner": attribution.get("kind"), "losers": losers}


@dataclass(frozen=True)
class AffiliateOrder:
    """An order as its affiliate may see it: no name, no phone, no address."""

    order_no: str
    shown: str
    paid_at: datetime
    title: str
    sales_fen: Fen
    commission_fen: Fen
    commission_status: str


_ORDERS = """
SELECT orders.id, orders.order_no, orders.status, orders.paid_at,
  orders.in_transit_at IS NOT NULL AS is_in_transit, orders.signed_at IS NOT NULL AS is_signed,
  EXISTS (SELECT FROM orders_after_sale after_sale
    WHERE after_sale.order_id = orders.id AND after_sale.status = ANY($5::text[])) AS is_refunding,
  (SELECT min(line.title) || CASE WHEN count(*) > 1 THEN ' 等' || count(*) || '件' ELSE '' END
    FROM orders_line line WHERE line.order_id = orders.id) AS title,
  earned.*
FROM orders_order orders, LATERAL (
  SELECT coalesce(sum(base_fen), 0)::bigint AS sales_fen,
    coalesce(sum(amount_fen - reversed_fen), 0)::bigint AS commission_fen,
    CASE WHEN bool_or(status = 'pending' AND blocks > 0) THEN 'blocked'
      WHEN bool_or(status = 'pending') THEN 'pending'
      WHEN bool_or(status = 'released') THEN 'released' ELSE 'reversed' END AS commission_status
  FROM affiliates_commission commission
  WHERE commission.order_id = orders.id AND commission.affiliate_id = $1
) AS earned
WHERE orders.affiliate_id = $1 AND orders.paid_at IS NOT NULL
  AND ($2::timestamptz IS NULL OR (orders.paid_at, orders.id) < ($2::timestamptz, $3::uuid))
ORDER BY orders.paid_at DESC, orders.id DESC LIMIT $4
"""


async def orders(
    tx: Tx, affiliate_id: UUID, limit: int, cursor: str | None
) -> Page[AffiliateOrder]:
    before_at, before_id = read_cursor(cursor, read_time, read_id) if cursor else (None, None)
    rows = await tx.fetch(
        _ORDERS,
        affiliate_id,
        before_at,
        before_id,
        limit + 1,
        [status.value for status in OPEN_AFTER_SALES],
    )
    page = page_of(rows, limit, lambda row: (row["paid_at"], row["id"]))
    return Page([_order(row) for row in page.items], page.next)


def _order(row: dict[str, Any]) -> AffiliateOrder:
    names = ("order_no", "paid_at", "title", "sales_fen", "commission_fen", "commission_status")
    flags = {name: row[name] for name in ("is_refunding", "is_in_transit", "is_signed")}
    status = shown(OrderStatus(row["status"]), **flags)
    return AffiliateOrder(shown=status.value, **{name: row[name] for name in names})

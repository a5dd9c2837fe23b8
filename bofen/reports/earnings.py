"""What an affiliate sees of his own money: where it stands, line by line, and why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from bofen.affiliates.rates import RateLimit, RateSource
from bofen.affiliates.rules import (
    Attribution,
    AttributionKind,
    CommissionStatus,
    LossReason,
    available_at,
)
from bofen.affiliates.wording import Earned, Taken, sentences
from bofen.kit.days import day_of, midnight
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.money import BasisPoints, Fen
from bofen.kit.paging import Page, page_of, read_cursor, read_id, read_time
from bofen.ledger import queries as ledger
from bofen.ledger.queries import Side, StatementLine
from bofen.ledger.rules import Reason
from bofen.orders.rules import OPEN_AFTER_SALES, OrderStatus, Shown, shown


@dataclass(frozen=True)
class Wallet:
    """All of an affiliate's money, each fen in exactly one place (debt is a negative available)."""

    expected_fen: Fen
    frozen_fen: Fen
    """Waits for an open after-sale."""
    suspended_fen: Fen
    """Waits because the affiliate is frozen: then all that is pending."""
    available_fen: Fen
    withdrawing_fen: Fen
    withdrawn_fen: Fen
    clawed_back_fen: Fen
    debt_fen: Fen


async def wallet(tx: Tx, affiliate_id: UUID) -> Wallet:
    """Where each fen of the affiliate stands now."""
    balances = (await ledger.balances(tx, [affiliate_id]))[affiliate_id]
    rows = await tx.fetch(
        "SELECT (SELECT coalesce(sum(amount_fen - reversed_fen), 0)::bigint"
        "   FROM affiliates_commission"
        "   WHERE affiliate_id = $1 AND status = 'pending' AND blocks > 0) AS blocked_fen,"
        "  (SELECT coalesce(sum(reversed_fen), 0)::bigint FROM affiliates_commission"
        "   WHERE affiliate_id = $1 AND reversed_fen > 0) AS clawed_back_fen,"
        "  (SELECT status = 'frozen' FROM affiliates_affiliate WHERE id = $1) AS is_frozen",
        affiliate_id,
    )
    is_frozen, none = bool(rows[0]["is_frozen"]), Fen(0)
    blocked_fen = none if is_frozen else Fen(rows[0]["blocked_fen"])
    suspended_fen = balances.pending_fen if is_frozen else none
    return Wallet(
        Fen(balances.pending_fen - blocked_fen - suspended_fen),
        blocked_fen,
        suspended_fen,
        balances.payable_fen,
        balances.in_transit_fen,
        balances.paid_out_fen,
        Fen(rows[0]["clawed_back_fen"]),
        balances.debt_fen,
    )


@dataclass(frozen=True)
class Today:
    """What was sold through an affiliate since midnight in Shanghai."""

    orders: int
    sales_fen: Fen
    commission_fen: Fen


async def today(tx: Tx, affiliate_id: UUID, at: datetime) -> Today:
    """What was paid through this affiliate since midnight in Shanghai, less what went back."""
    today = midnight(day_of(at))
    rows = await tx.fetch(
        "SELECT count(DISTINCT order_id) AS orders,"
        "  coalesce(sum(base_fen - refunded_base_fen), 0)::bigint AS sales_fen,"
        "  coalesce(sum(amount_fen - reversed_fen), 0)::bigint AS commission_fen"
        " FROM affiliates_commission WHERE affiliate_id = $1 AND paid_at >= $2",
        affiliate_id,
        today,
    )
    return Today(**rows[0])


@dataclass(frozen=True)
class StatementItem:
    """One movement of money; `commission_id` leads to the reason why."""

    id: str
    kind: Reason
    side: Side
    """Whether it changed what is expected or what is available."""
    amount_fen: Fen
    at: datetime
    order_no: str | None
    title: str | None
    available_at: datetime | None
    """When a commission that still waits becomes available; null where that is not known yet."""
    balance_after_fen: Fen
    expected_after_fen: Fen
    commission_id: UUID | None
    lines: int | None
    """How many commissions a settlement released."""


_SUBJECTS = """
SELECT commission.id, orders.order_no, line.title, commission.id AS commission_id,
  NULL::int AS lines, CASE WHEN commission.status = 'pending' AND commission.blocks = 0
    AND affiliate.status <> 'frozen' THEN commission.release_at END AS release_at
FROM affiliates_commission commission
JOIN affiliates_affiliate affiliate ON affiliate.id = commission.affiliate_id
LEFT JOIN orders_order orders ON orders.id = commission.order_id
LEFT JOIN orders_line line ON line.order_id = commission.order_id AND line.no = commission.line_no
WHERE commission.id = ANY($1::uuid[])
UNION ALL
SELECT id, NULL, NULL, NULL, lines, NULL FROM affiliates_settlement WHERE id = ANY($1::uuid[])
"""


async def statement(
    tx: Tx, affiliate_id: UUID, limit: int, cursor: str | None
) -> Page[StatementItem]:
    """Every movement, newest first, with what was available and expected after it."""
    page = await ledger.statement(tx, affiliate_id, limit, cursor)
    rows = await tx.fetch(_SUBJECTS, [line.subject_id for line in page.items])
    subjects = {row["id"]: row for row in rows}
    items = [_item(line, subjects.get(line.subject_id, {})) for line in page.items]
    return Page(items, page.next)


def _item(line: StatementLine, subject: Mapping[str, Any]) -> StatementItem:
    release_at = subject.get("release_at")
    return StatementItem(
        id=str(line.id),
        kind=line.reason,
        side=line.side,
        amount_fen=line.amount_fen,
        at=line.at,
        order_no=subject.get("order_no"),
        title=subject.get("title"),
        available_at=available_at(release_at) if release_at else None,
        balance_after_fen=line.available_after_fen,
        expected_after_fen=line.expected_after_fen,
        commission_id=subject.get("commission_id"),
        lines=subject.get("lines"),
    )


@dataclass(frozen=True)
class LostClaim:
    """Somebody else, or the affiliate by another way, who might have earned. Nobody is named."""

    kind: AttributionKind
    why: LossReason
    is_you: bool


@dataclass(frozen=True)
class Sentence:
    """The same in two languages."""

    zh: str
    en: str


@dataclass(frozen=True)
class Why:
    """Why this number: everything from the line's own snapshot, and a sentence that tells it."""

    id: UUID
    order_no: str | None
    title: str | None
    base_fen: Fen
    rate_bp: BasisPoints
    rate_source: RateSource
    limited_by: RateLimit | None
    plan_version: int
    amount_fen: Fen
    reversed_fen: Fen
    status: CommissionStatus
    winner: AttributionKind
    losers: list[LostClaim]
    refunds: list[Taken]
    paid_at: datetime
    release_at: datetime | None
    sentence: Sentence


_COMMISSION = """
SELECT commission.*, orders.order_no, line.title, affiliate.status = 'frozen' AS is_frozen
FROM affiliates_commission commission
JOIN affiliates_affiliate affiliate ON affiliate.id = commission.affiliate_id
LEFT JOIN orders_order orders ON orders.id = commission.order_id
LEFT JOIN orders_line line ON line.order_id = commission.order_id AND line.no = commission.line_no
WHERE commission.id = $1 AND commission.affiliate_id = $2
"""


async def why(tx: Tx, affiliate_id: UUID, commission_id: UUID) -> Why:
    """Raises `NotFound` for a commission that is not this affiliate's."""
    rows = await tx.fetch(_COMMISSION, commission_id, affiliate_id)
    if not rows:
        raise NotFound("commission")
    row = rows[0]
    taken = await tx.rows(
        Taken,
        "SELECT amount_fen, refunded_base_fen, at, was_released FROM affiliates_reversal"
        " WHERE commission_id = $1 ORDER BY refunded_base_fen",
        commission_id,
    )
    debt_fen = (await ledger.balances(tx, [affiliate_id]))[affiliate_id].debt_fen
    return _why(row, taken, debt_fen)


def _why(row: Mapping[str, Any], taken: list[Taken], debt_fen: Fen) -> Why:
    snapshot, status = row["snapshot"], CommissionStatus(row["status"])
    attribution = Attribution.from_json(snapshot["attribution"])
    limited_by = snapshot["limited_by"]
    earned = Earned(
        row["amount_fen"],
        row["reversed_fen"],
        snapshot,
        row["paid_at"],
        row["release_at"],
        status,
        row["blocks"] > 0,
        row["is_frozen"],
        debt_fen,
        taken,
    )
    kept = (
        *("id", "order_no", "title", "base_fen", "rate_bp", "plan_version", "amount_fen"),
        *("reversed_fen", "paid_at", "release_at"),
    )
    return Why(
        **{name: row[name] for name in kept},
        rate_source=RateSource(snapshot["rate_source"]),
        limited_by=RateLimit(limited_by) if limited_by else None,
        status=status,
        winner=attribution.kind,
        losers=[
            LostClaim(lost.kind, lost.why, lost.affiliate_id == row["affiliate_id"])
            for lost in attribution.losers
        ],
        refunds=taken,
        sentence=Sentence(**sentences(earned)),
    )


class Earning(StrEnum):
    """How the commission of a whole order stands; the first of its lines' states that applies."""

    suspended = "suspended"
    """The affiliate is frozen."""
    blocked = "blocked"
    pending = "pending"
    released = "released"
    reversed = "reversed"


@dataclass(frozen=True)
class AffiliateOrder:
    """An order as its affiliate may see it: no name, no phone, no address."""

    order_no: str
    shown: Shown
    paid_at: datetime
    title: str
    sales_fen: Fen
    """Paid for the goods, less what was refunded: as the overview counts."""
    commission_fen: Fen
    commission_status: Earning


_ORDERS = """
SELECT orders.id, orders.order_no, orders.status, orders.paid_at,
  orders.in_transit_at IS NOT NULL AS is_in_transit, orders.signed_at IS NOT NULL AS is_signed,
  EXISTS (SELECT FROM orders_after_sale after_sale
    WHERE after_sale.order_id = orders.id AND after_sale.status = ANY($5::text[])) AS is_refunding,
  (SELECT min(line.title) || CASE WHEN count(*) > 1 THEN ' 等' || count(*) || '件' ELSE '' END
    FROM orders_line line WHERE line.order_id = orders.id) AS title,
  earned.*
FROM orders_order orders, LATERAL (
  SELECT coalesce(sum(base_fen - refunded_base_fen), 0)::bigint AS sales_fen,
    coalesce(sum(amount_fen - reversed_fen), 0)::bigint AS commission_fen,
    CASE WHEN bool_or(status = 'pending') AND (SELECT status = 'frozen'
        FROM affiliates_affiliate WHERE id = $1) THEN 'suspended'
      WHEN bool_or(status = 'pending' AND blocks > 0) THEN 'blocked'
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
    """Paid orders through this affiliate, newest first, without a word about buyers."""
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
    names = ("order_no", "paid_at", "title", "sales_fen", "commission_fen")
    flags = {name: row[name] for name in ("is_refunding", "is_in_transit", "is_signed")}
    status = shown(OrderStatus(row["status"]), **flags)
    facts = {name: row[name] for name in names}
    earning = Earning(row["commission_status"])
    return AffiliateOrder(shown=status, commission_status=earning, **facts)

"""What affiliates earn and lose while people click, buy, pay and send goods back."""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bofen.affiliates import rules
from bofen.affiliates.queries import newest_terms
from bofen.affiliates.rules import (
    AffiliateStatus,
    Attribution,
    AttributionKind,
    Bound,
    Candidate,
    Earner,
    Terms,
    Touch,
)
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.kit.ids import new_id
from bofen.kit.money import Fen
from bofen.ledger import service as ledger
from bofen.ledger.rules import Account, Reason, Transfer


@dataclass(frozen=True)
class AttributionAsked:
    """An order that is being placed. `key` is the caller's own name for it."""

    key: UUID
    buyer_id: UUID
    share_token: str | None
    host_affiliate_id: UUID | None
    at: datetime


_CANDIDATES = """
SELECT asked.key, one.kind, one.affiliate_id, one.since_at, one.expires_at,
  affiliate.person_id, affiliate.status
FROM unnest($1::uuid[], $2::uuid[], $3::text[], $4::uuid[])
  AS asked(key, buyer_id, share_token, host_affiliate_id),
LATERAL (
  SELECT 'share' AS kind, link.affiliate_id, NULL::timestamptz AS expires_at, (
      SELECT max(click.at) FROM affiliates_click click
      WHERE click.buyer_id = asked.buyer_id AND click.token = link.token
    ) AS since_at
  FROM affiliates_link link WHERE link.token = asked.share_token
  UNION ALL
  SELECT 'host', asked.host_affiliate_id, NULL, NULL WHERE asked.host_affiliate_id IS NOT NULL
  UNION ALL
  SELECT 'binding', binding.affiliate_id, binding.expires_at, binding.bound_at
  FROM affiliates_binding binding
  WHERE binding.buyer_id = asked.buyer_id AND binding.ended_at IS NULL
) AS one
JOIN affiliates_affiliate affiliate ON affiliate.id = one.affiliate_id
"""


async def attribute(tx: Tx, asked: Sequence[AttributionAsked]) -> dict[UUID, Attribution]:
    """Who earns on each order, by key. Two statements, however many orders."""
    terms = await newest_terms(tx)
    rows = await tx.fetch(
        _CANDIDATES,
        [one.key for one in asked],
        [one.buyer_id for one in asked],
        [one.share_token for one in asked],
        [one.host_affiliate_id for one in asked],
    )
    found: dict[UUID, list[Candidate]] = {one.key: [] for one in asked}
    for row in rows:
        found[row["key"]].append(
            Candidate(
                AttributionKind(row["kind"]),
                row["affiliate_id"],
                row["person_id"],
                AffiliateStatus(row["status"]),
                row["since_at"],
                row["expires_at"],
            )
        )
    return {one.key: rules.attribute(one.buyer_id, found[one.key], terms, one.at) for one in asked}


@dataclass(frozen=True)
class SaleLine:
    """A paid order line. The base is what was paid for the goods; freight is never part of it."""

    order_id: UUID
    line_no: int
    product_id: UUID
    category_id: UUID | None
    base_fen: Fen
    cost_fen: Fen | None
    """Of the whole line, not of a piece."""
    affiliate_id: UUID | None
    attribution: dict[str, Any]


async def accrue(tx: Tx, sales: Sequence[SaleLine], at: datetime) -> None:
    """Promise each line's commission, at the rate of this moment. A repeat changes nothing."""
    earning = [sale for sale in sales if sale.affiliate_id]
    if not earning:
        return
    terms = await newest_terms(tx)
    earners = await _earners(tx, {sale.affiliate_id for sale in earning if sale.affiliate_id})
    made = [
        _commission(sale, terms, earners[sale.affiliate_id])
        for sale in earning
        if sale.affiliate_id in earners
    ]
    rows = await tx.fetch(
        "INSERT INTO affiliates_commission (id, order_id, line_no, level, affiliate_id,"
        " product_id, base_fen, rate_bp, plan_version, amount_fen, snapshot, accrued_at,"
        " status, refunded_base_fen, reversed_fen, blocks)"
        " SELECT made.id, made.order_id, made.line_no, 1, made.affiliate_id, made.product_id,"
        "  made.base_fen, made.rate_bp, $2, made.amount_fen, made.snapshot, $3,"
        "  'pending', 0, 0, 0"
        " FROM jsonb_to_recordset($1::jsonb) AS made(id uuid, order_id uuid, line_no smallint,"
        "  affiliate_id uuid, product_id uuid, base_fen bigint, rate_bp bigint,"
        "  amount_fen bigint, snapshot jsonb)"
        " ON CONFLICT (order_id, line_no, level) DO NOTHING"
        " RETURNING id, affiliate_id, amount_fen",
        json.dumps(made, default=str),
        terms.version,
        at,
    )
    await ledger.post(
        tx,
        [
            Transfer(
                Reason.accrued,
                str(row["id"]),
                row["id"],
                row["affiliate_id"],
                Account.commission_expense,
                Account.commission_pending,
                row["amount_fen"],
            )
            for row in rows
        ],
        at,
    )


async def _earners(tx: Tx, affiliate_ids: Collection[UUID]) -> dict[UUID, Earner]:
    rows = await tx.fetch(
        "SELECT id, tier, rate_bp FROM affiliates_affiliate WHERE id = ANY($1::uuid[])",
        list(affiliate_ids),
    )
    return {row["id"]: Earner(row["tier"], row["rate_bp"]) for row in rows}


def _commission(sale: SaleLine, terms: Terms, earner: Earner) -> dict[str, Any]:
    source, asked_bp = rules.rate_of(terms, sale.product_id, sale.category_id, earner)
    rate = rules.limited_rate(terms, source, asked_bp, sale.base_fen, sale.cost_fen)
    return {
        "id": new_id(),
        "order_id": sale.order_id,
        "line_no": sale.line_no,
        "affiliate_id": sale.affiliate_id,
        "product_id": sale.product_id,
        "base_fen": sale.base_fen,
        "rate_bp": rate.rate_bp,
        "amount_fen": rules.target_fen(rate.rate_bp, sale.base_fen, Fen(0)),
        "snapshot": {
            "plan_version": terms.version,
            "rate_bp": rate.rate_bp,
            "base_fen": sale.base_fen,
            "rate_source": rate.source,
            "asked_bp": rate.asked_bp,
            "limited_by": rate.limited_by,
            "tier": earner.tier,
            "attribution": sale.attribution,
        },
    }


@dataclass(frozen=True)
class RefundedLine:
    """A line of a finished refund, with all that was ever refunded of its base."""

    order_id: UUID
    line_no: int
    refund_id: UUID
    refunded_base_fen_total: Fen


async def reverse(tx: Tx, refunds: Sequence[RefundedLine], at: datetime) -> None:
    """Take back what the refunded part had earned: target less posted, from where it stands now.

    Released commission is taken from what is payable, below zero if it was paid out.
    """
    asked = {
        (one.order_id, one.line_no): one
        for one in sorted(refunds, key=lambda one: one.refunded_base_fen_total)
    }
    rows = await tx.fetch(
        "SELECT commission.id, commission.order_id, line_no, affiliate_id, base_fen, rate_bp,"
        "  amount_fen, reversed_fen, refunded_base_fen, status"
        " FROM affiliates_commission commission"
        " JOIN unnest($1::uuid[], $2::int[]) AS asked(order_id, line_no)"
        "  USING (order_id, line_no) ORDER BY commission.id FOR UPDATE OF commission",
        [order_id for order_id, _ in asked],
        [line_no for _, line_no in asked],
    )
    changed = [
        _reversal(row, asked[row["order_id"], row["line_no"]])
        for row in rows
        if asked[row["order_id"], row["line_no"]].refunded_base_fen_total > row["refunded_base_fen"]
    ]
    if not changed:
        return
    await _keep_reversals(tx, changed, at)
    await ledger.post(
        tx,
        [
            Transfer(
                Reason.reversed,
                f"{one['commission_id']}/{one['refunded_base_fen']}",
                one["commission_id"],
                one["affiliate_id"],
                Account.commission_payable if one["was_released"] else Account.commission_pending,
                Account.commission_expense,
                one["amount_fen"],
            )
            for one in changed
        ],
        at,
    )


def _reversal(row: dict[str, Any], refund: RefundedLine) -> dict[str, Any]:
    total = min(refund.refunded_base_fen_total, row["base_fen"])
    stands = row["amount_fen"] - row["reversed_fen"]
    return {
        "id": new_id(),
        "commission_id": row["id"],
        "affiliate_id": row["affiliate_id"],
        "refund_id": refund.refund_id,
        "refunded_base_fen": total,
        "amount_fen": stands - rules.target_fen(row["rate_bp"], row["base_fen"], total),
        "was_released": row["status"] == "released",
    }


async def _keep_reversals(tx: Tx, changed: Sequence[dict[str, Any]], at: datetime) -> None:
    await tx.fetch(
        "WITH kept AS ("
        " INSERT INTO affiliates_reversal (id, commission_id, refund_id, refunded_base_fen,"
        "  amount_fen, was_released, at)"
        " SELECT id, commission_id, refund_id, refunded_base_fen, amount_fen, was_released, $2"
        " FROM jsonb_to_recordset($1::jsonb) AS made(id uuid, commission_id uuid,"
        "  refund_id uuid, refunded_base_fen bigint, amount_fen bigint, was_released boolean)"
        " RETURNING commission_id, refunded_base_fen, amount_fen)"
        " UPDATE affiliates_commission commission"
        " SET refunded_base_fen = kept.refunded_base_fen,"
        "  reversed_fen = commission.reversed_fen + kept.amount_fen,"
        "  status = CASE WHEN status = 'pending' AND kept.refunded_base_fen >= base_fen"
        "   THEN 'reversed' ELSE status END"
        " FROM kept WHERE commission.id = kept.commission_id",
        json.dumps(changed, default=str),
        at,
    )


async def receipt_confirmed(tx: Tx, order_ids: Sequence[UUID], at: datetime) -> None:
    """The holding time begins: what these orders earned is released when it has passed."""
    terms = await newest_terms(tx)
    await tx.fetch(
        "UPDATE affiliates_commission SET release_at = $2"
        " WHERE order_id = ANY($1::uuid[]) AND release_at IS NULL",
        list(order_ids),
        at + timedelta(days=terms.holding_days),
    )


async def block(tx: Tx, order_id: UUID) -> None:
    """An after-sale was opened on the order: nothing of it is released meanwhile."""
    await tx.fetch(
        "UPDATE affiliates_commission SET blocks = blocks + 1 WHERE order_id = $1", order_id
    )


async def unblock(tx: Tx, order_id: UUID) -> None:
    """One after-sale of the order has ended; another may still be open."""
    await tx.fetch(
        "UPDATE affiliates_commission SET blocks = greatest(blocks - 1, 0) WHERE order_id = $1",
        order_id,
    )


async def bind(tx: Tx, buyer_id: UUID, share_token: str, at: datetime) -> Touch:
    """A signed-in person opened a share link. The last valid click wins; every click is kept."""
    terms = await newest_terms(tx)
    await tx.fetch(
        "SELECT pg_advisory_xact_lock(hashtextextended('binding ' || $1::text, 0))", str(buyer_id)
    )
    rows = await tx.fetch(
        "SELECT link.affiliate_id, affiliate.person_id, affiliate.status,"
        "  binding.affiliate_id AS bound_to, binding.bound_at, binding.expires_at"
        " FROM affiliates_link link"
        " JOIN affiliates_affiliate affiliate ON affiliate.id = link.affiliate_id"
        " LEFT JOIN affiliates_binding binding"
        "  ON binding.buyer_id = $2 AND binding.ended_at IS NULL"
        " WHERE link.token = $1",
        share_token,
        buyer_id,
    )
    if not rows:
        raise NotFound("share link")
    row = rows[0]
    clicked = Candidate(
        AttributionKind.share,
        row["affiliate_id"],
        row["person_id"],
        AffiliateStatus(row["status"]),
    )
    current = (
        Bound(row["bound_to"], row["bound_at"], row["expires_at"]) if row["bound_to"] else None
    )
    outcome = rules.touch(terms, buyer_id, clicked, current, at)
    await tx.fetch(
        "INSERT INTO affiliates_click (buyer_id, token, affiliate_id, outcome, at)"
        " VALUES ($1, $2, $3, $4, $5)",
        buyer_id,
        share_token,
        clicked.affiliate_id,
        outcome.value,
        at,
    )
    if outcome in {Touch.bound, Touch.renewed}:
        expires_at = at + timedelta(days=terms.binding_days)
        await _rebind(tx, buyer_id, clicked.affiliate_id, outcome, (at, expires_at))
    return outcome


async def _rebind(
    tx: Tx, buyer_id: UUID, affiliate_id: UUID, outcome: Touch, validity: tuple[datetime, datetime]
) -> None:
    at, expires_at = validity
    await tx.fetch(
        "UPDATE affiliates_binding SET ended_at = $2, ended_reason = CASE"
        "  WHEN expires_at <= $2 THEN 'expired' WHEN affiliate_id = $3 THEN 'renewed'"
        "  ELSE 'replaced' END"
        " WHERE buyer_id = $1 AND ended_at IS NULL",
        buyer_id,
        at,
        affiliate_id,
    )
    await tx.fetch(
        "INSERT INTO affiliates_binding (buyer_id, affiliate_id, bound_at, expires_at, reason)"
        " VALUES ($1, $2, $3, $4, $5)",
        buyer_id,
        affiliate_id,
        at,
        expires_at,
        outcome.value,
    )


async def write_terms(tx: Tx, terms: Terms, staff_id: UUID, at: datetime) -> Terms:
    """The next version of the commission plan; what was promised before keeps its own version."""
    await tx.fetch("LOCK TABLE affiliates_terms IN SHARE ROW EXCLUSIVE MODE")
    rows = await tx.fetch(
        "INSERT INTO affiliates_terms (version, terms, made_at, made_by)"
        " SELECT coalesce(max(version), 0) + 1, $1::jsonb, $2, $3 FROM affiliates_terms"
        " RETURNING version",
        json.dumps(terms.to_json()),
        at,
        staff_id,
    )
    return Terms.from_json(rows[0]["version"], terms.to_json())

"""What affiliates earn when a buyer pays, keep after the holding days, and lose to refunds."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from bofen.affiliates import plan, rates
from bofen.affiliates.plan import Sold
from bofen.affiliates.rates import Offers
from bofen.kit.db import Tx
from bofen.kit.ids import new_id
from bofen.kit.money import Fen
from bofen.ledger import service as ledger
from bofen.ledger.rules import Account, Reason, Transfer


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
    affiliate_id: UUID
    attribution: dict[str, Any]
    paid_at: datetime
    """When the buyer paid, however late that was learned: it decides rate and day."""


_KEEP = """
INSERT INTO affiliates_commission (id, order_id, line_no, level, affiliate_id, product_id,
  base_fen, rate_bp, plan_version, amount_fen, snapshot, paid_at, accrued_at, status,
  refunded_base_fen, reversed_fen, blocks)
SELECT made.id, made.order_id, made.line_no, 1, made.affiliate_id, made.product_id,
  made.base_fen, made.rate_bp, made.plan_version, made.amount_fen, made.snapshot, made.paid_at,
  $2, 'pending', 0, 0, 0
FROM jsonb_to_recordset($1::jsonb) AS made(id uuid, order_id uuid, line_no smallint,
  affiliate_id uuid, product_id uuid, base_fen bigint, rate_bp bigint, plan_version int,
  amount_fen bigint, snapshot jsonb, paid_at timestamptz)
ON CONFLICT (order_id, line_no, level) DO NOTHING
RETURNING id, affiliate_id, amount_fen
"""


async def accrue(tx: Tx, sales: Sequence[SaleLine], at: datetime) -> None:
    """Promise each line's commission, at the rate of its payment. A repeat changes nothing."""
    if not sales:
        return
    sold = [
        Sold(sale.affiliate_id, sale.product_id, sale.category_id, sale.paid_at) for sale in sales
    ]
    found = await plan.offers(tx, sold)
    made = [_commission(sale, offers) for sale, offers in zip(sales, found, strict=True)]
    rows = await tx.fetch(_KEEP, json.dumps(made, default=str), at)
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


def _commission(sale: SaleLine, offers: Offers) -> dict[str, Any]:
    rate = rates.rate_of(offers, sale.base_fen, sale.cost_fen)
    return {
        "id": new_id(),
        "order_id": sale.order_id,
        "line_no": sale.line_no,
        "affiliate_id": sale.affiliate_id,
        "product_id": sale.product_id,
        "base_fen": sale.base_fen,
        "rate_bp": rate.rate_bp,
        "plan_version": offers.plan_version,
        "amount_fen": rates.target_fen(rate.rate_bp, sale.base_fen, Fen(0)),
        "paid_at": sale.paid_at,
        "snapshot": {
            "plan_version": offers.plan_version,
            "rate_bp": rate.rate_bp,
            "base_fen": sale.base_fen,
            "rate_source": rate.source,
            "asked_bp": rate.asked_bp,
            "limited_by": rate.limited_by,
            "tier": offers.tier,
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
        (refund.order_id, refund.line_no): refund
        for refund in sorted(refunds, key=lambda refund: refund.refunded_base_fen_total)
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
                f"{line['commission_id']}/{line['refunded_base_fen']}",
                line["commission_id"],
                line["affiliate_id"],
                Account.commission_payable if line["was_released"] else Account.commission_pending,
                Account.commission_expense,
                line["amount_fen"],
            )
            for line in changed
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
        "amount_fen": stands - rates.target_fen(row["rate_bp"], row["base_fen"], total),
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


async def receipt_confirmed(
    tx: Tx, order_ids: Sequence[UUID], holding_days: int, at: datetime
) -> None:
    """The holding time begins: what these orders earned is released when it has passed."""
    await tx.fetch(
        "UPDATE affiliates_commission SET release_at = $2"
        " WHERE order_id = ANY($1::uuid[]) AND release_at IS NULL",
        list(order_ids),
        at + timedelta(days=holding_days),
    )


async def block(tx: Tx, order_id: UUID) -> None:
    """An after-sale was opened on the order: nothing of it is released meanwhile."""
    await tx.fetch(
        "UPDATE affiliates_commission SET blocks = blocks + 1 WHERE order_id = $1", order_id
    )


async def unblock(tx: Tx, order_id: UUID, at: datetime) -> None:
    """One after-sale of the order has ended; another may still be open.

    What waited for it is released by the first settlement after `at`, and dated so.
    """
    await tx.fetch(
        "UPDATE affiliates_commission SET blocks = blocks - 1, release_at = CASE"
        "  WHEN status = 'pending' AND release_at < $2 THEN $2 ELSE release_at END"
        " WHERE order_id = $1",
        order_id,
        at,
    )


async def thaw(tx: Tx, affiliate_id: UUID, at: datetime) -> None:
    """The affiliate is free again: what waited is released by the first settlement after `at`."""
    await tx.fetch(
        "UPDATE affiliates_commission SET release_at = $2"
        " WHERE affiliate_id = $1 AND status = 'pending' AND release_at < $2",
        affiliate_id,
        at,
    )

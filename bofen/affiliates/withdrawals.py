"""Withdrawals: money leaves what is available when asked for, and comes back whole if it fails."""

from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

from bofen.affiliates.errors import (
    AffiliateFrozen,
    BalanceTooSmall,
    WithdrawalDecided,
    WithdrawalPending,
    WithdrawalTooSmall,
)
from bofen.affiliates.rules import AffiliateStatus
from bofen.kit.db import Tx
from bofen.kit.errors import IdReused, NotFound
from bofen.kit.money import Fen
from bofen.kit.once import fingerprint
from bofen.kit.paging import Page, page_of, read_cursor, read_id, read_time
from bofen.ledger import queries as balances
from bofen.ledger import service as ledger
from bofen.ledger.rules import Account, Reason, Transfer
from bofen.settings.rules import Payout

_A = Account


@dataclass(frozen=True)
class Withdrawal:
    id: UUID
    affiliate_id: UUID
    amount_fen: Fen
    out_bill_no: str
    openid: str
    status: str
    created_at: datetime
    needs_approval: bool
    package_info: str | None
    fail_reason: str | None
    finished_at: datetime | None


@dataclass(frozen=True)
class WithdrawalAsked:
    id: UUID
    affiliate_id: UUID
    amount_fen: Fen
    openid: str


_COLUMNS = ", ".join(field.name for field in fields(Withdrawal))
OPEN = ("requested", "approved", "waiting_user")


async def ask(tx: Tx, asked: WithdrawalAsked, payout: Payout, at: datetime) -> Withdrawal:
    """Hold the amount for a withdrawal. The affiliate's row is the queue: one asks at a time."""
    status = await _queue_up(tx, asked.affiliate_id)
    rows = await tx.fetch(
        f"SELECT asked, {_COLUMNS} FROM affiliates_withdrawal WHERE id = $1",  # noqa: S608
        asked.id,
    )
    if rows:
        if rows[0].pop("asked") != fingerprint(asked):
            raise IdReused(str(asked.id))
        return Withdrawal(**rows[0])
    await _check(tx, asked, status)
    if asked.amount_fen < payout.withdrawal_min_fen:
        raise WithdrawalTooSmall(payout.withdrawal_min_fen)
    needs_approval = asked.amount_fen > payout.automatic_max_fen
    made = await tx.fetch(
        "INSERT INTO affiliates_withdrawal (id, affiliate_id, amount_fen, out_bill_no, openid,"  # noqa: S608
        " status, asked, created_at, needs_approval) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
        " RETURNING " + _COLUMNS,
        asked.id,
        asked.affiliate_id,
        asked.amount_fen,
        asked.id.hex,
        asked.openid,
        "requested" if needs_approval else "approved",
        fingerprint(asked),
        at,
        needs_approval,
    )
    withdrawal = Withdrawal(**made[0])
    await _move(tx, withdrawal, Reason.withdrawal_held, at)
    return withdrawal


async def _queue_up(tx: Tx, affiliate_id: UUID) -> AffiliateStatus:
    rows = await tx.fetch(
        "SELECT status FROM affiliates_affiliate WHERE id = $1 FOR UPDATE", affiliate_id
    )
    if not rows:
        raise NotFound("affiliate")
    return AffiliateStatus(rows[0]["status"])


async def _check(tx: Tx, asked: WithdrawalAsked, status: AffiliateStatus) -> None:
    if status == AffiliateStatus.frozen:
        raise AffiliateFrozen
    pending = await tx.fetch(
        "SELECT created_at FROM affiliates_withdrawal"
        " WHERE affiliate_id = $1 AND status = ANY($2::text[])",
        asked.affiliate_id,
        list(OPEN),
    )
    if pending:
        raise WithdrawalPending(pending[0]["created_at"])
    available_fen = (await balances.balances(tx, [asked.affiliate_id]))[
        asked.affiliate_id
    ].payable_fen
    if asked.amount_fen > available_fen:
        raise BalanceTooSmall(available_fen)


_MOVES = {
    Reason.withdrawal_held: (_A.commission_payable, _A.withdrawal_in_transit),
    Reason.withdrawal_paid: (_A.withdrawal_in_transit, _A.paid_out),
    Reason.withdrawal_returned: (_A.withdrawal_in_transit, _A.commission_payable),
}


async def _move(tx: Tx, withdrawal: Withdrawal, reason: Reason, at: datetime) -> None:
    leaves, enters = _MOVES[reason]
    await ledger.post(
        tx,
        [
            Transfer(
                reason,
                str(withdrawal.id),
                withdrawal.id,
                withdrawal.affiliate_id,
                leaves,
                enters,
                withdrawal.amount_fen,
            )
        ],
        at,
    )


async def decide(
    tx: Tx, withdrawal_id: UUID, staff_id: UUID, refused_reason: str | None, at: datetime
) -> Withdrawal:
    """A member of staff approves, or refuses with a reason: then the whole amount comes back."""
    withdrawal = await lock(tx, withdrawal_id)
    if withdrawal.status != "requested":
        raise WithdrawalDecided(withdrawal.status)
    status = "refused" if refused_reason else "approved"
    await tx.fetch(
        "UPDATE affiliates_withdrawal SET status = $2, approved_by = $3, approved_at = $4,"
        " fail_reason = $5, finished_at = $6 WHERE id = $1",
        withdrawal_id,
        status,
        staff_id,
        at,
        refused_reason,
        at if refused_reason else None,
    )
    if refused_reason:
        await _move(tx, withdrawal, Reason.withdrawal_returned, at)
    return await one(tx, withdrawal_id)


async def wait_for_user(
    tx: Tx, withdrawal: Withdrawal, state: str, package_info: str | None, at: datetime
) -> None:
    """The transfer exists at the provider; with a package the affiliate may confirm it."""
    await tx.fetch(
        "UPDATE affiliates_withdrawal SET provider_state = $2, polled_at = $4,"
        " package_info = coalesce($3, package_info),"
        " status = CASE WHEN $2 = 'WAIT_USER_CONFIRM' THEN 'waiting_user' ELSE status END"
        " WHERE id = $1 AND status IN ('approved', 'waiting_user')",
        withdrawal.id,
        state,
        package_info,
        at,
    )


async def paid(tx: Tx, withdrawal: Withdrawal, at: datetime) -> None:
    await tx.fetch(
        "UPDATE affiliates_withdrawal SET status = 'paid', provider_state = 'SUCCESS',"
        " finished_at = $2, package_info = NULL WHERE id = $1",
        withdrawal.id,
        at,
    )
    await _move(tx, withdrawal, Reason.withdrawal_paid, at)


async def failed(tx: Tx, withdrawal: Withdrawal, state: str, reason: str, at: datetime) -> None:
    """The provider says for certain that no money left: the whole amount is available again."""
    await tx.fetch(
        "UPDATE affiliates_withdrawal SET status = 'failed', provider_state = $2,"
        " fail_reason = $3, finished_at = $4, package_info = NULL WHERE id = $1",
        withdrawal.id,
        state,
        reason,
        at,
    )
    await _move(tx, withdrawal, Reason.withdrawal_returned, at)


async def lock(tx: Tx, withdrawal_id: UUID) -> Withdrawal:
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM affiliates_withdrawal"  # noqa: S608
        " WHERE id = $1 FOR UPDATE",
        withdrawal_id,
    )
    if not rows:
        raise NotFound("withdrawal")
    return Withdrawal(**rows[0])


async def lock_bill(tx: Tx, out_bill_no: str) -> Withdrawal:
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM affiliates_withdrawal"  # noqa: S608
        " WHERE out_bill_no = $1 FOR UPDATE",
        out_bill_no,
    )
    if not rows:
        raise NotFound("withdrawal")
    return Withdrawal(**rows[0])


async def one(tx: Tx, withdrawal_id: UUID) -> Withdrawal:
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM affiliates_withdrawal WHERE id = $1",  # noqa: S608
        withdrawal_id,
    )
    if not rows:
        raise NotFound("withdrawal")
    return Withdrawal(**rows[0])


async def sealed_name(tx: Tx, affiliate_id: UUID) -> bytes:
    rows = await tx.fetch(
        "SELECT real_name_sealed FROM affiliates_affiliate WHERE id = $1", affiliate_id
    )
    return bytes(rows[0]["real_name_sealed"])


async def unfinished(tx: Tx, told_before: datetime, limit: int) -> list[UUID]:
    """Withdrawals whose provider has not been heard of since `told_before`."""
    rows = await tx.fetch(
        "SELECT id FROM affiliates_withdrawal WHERE status IN ('approved', 'waiting_user')"
        " AND coalesce(polled_at, created_at) < $1"
        " ORDER BY coalesce(polled_at, created_at) LIMIT $2",
        told_before,
        limit,
    )
    return [row["id"] for row in rows]


async def of_affiliate(
    tx: Tx, affiliate_id: UUID, limit: int, cursor: str | None
) -> Page[Withdrawal]:
    return await _listed(tx, affiliate_id, None, limit, cursor)


async def of_status(tx: Tx, status: str | None, limit: int, cursor: str | None) -> Page[Withdrawal]:
    return await _listed(tx, None, status, limit, cursor)


async def _listed(
    tx: Tx, affiliate_id: UUID | None, status: str | None, limit: int, cursor: str | None
) -> Page[Withdrawal]:
    before_at, before_id = read_cursor(cursor, read_time, read_id) if cursor else (None, None)
    rows = await tx.fetch(
        f"SELECT {_COLUMNS} FROM affiliates_withdrawal"  # noqa: S608
        " WHERE ($1::uuid IS NULL OR affiliate_id = $1) AND ($2::text IS NULL OR status = $2)"
        " AND ($3::timestamptz IS NULL OR (created_at, id) < ($3::timestamptz, $4::uuid))"
        " ORDER BY created_at DESC, id DESC LIMIT $5",
        affiliate_id,
        status,
        before_at,
        before_id,
        limit + 1,
    )
    found = [Withdrawal(**row) for row in rows]
    return page_of(found, limit, lambda one: (one.created_at, one.id))

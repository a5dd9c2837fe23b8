"""Approving withdrawals above the automatic limit, by two persons."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from bofen.affiliates import queries, withdrawals
from bofen.affiliates.models import Withdrawal
from bofen.affiliates.rules import APPROVALS_NEEDED, WithdrawalStatus
from bofen.flows import withdraw
from bofen.identity import queries as identity
from bofen.kit.clock import now
from bofen.kit.db import Tx
from bofen.web.deps import StaffMayApproveWithdrawals, Svc
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed, Shape

router = APIRouter(prefix="/withdrawals", tags=["withdrawals"])


class StaffWithdrawal(Shape):
    """A withdrawal as staff see it, without what only the payee's own wallet needs."""

    id: UUID
    affiliate_id: UUID
    nickname: str
    real_name: str
    """Masked: the provider compares the whole one."""
    amount_fen: int
    status: WithdrawalStatus
    needs_approval: bool
    approved_by: Sequence[str]
    """The names of those who have said yes."""
    approvals_needed: int
    created_at: datetime
    finished_at: datetime | None
    fail_reason: str | None


async def _out(tx: Tx, found: Sequence[Withdrawal]) -> list[StaffWithdrawal]:
    payees = await queries.payees(tx, [row.affiliate_id for row in found])
    approvers = await withdrawals.approvers(tx, [row.id for row in found])
    staff_ids = {staff_id for given in approvers.values() for staff_id in given}
    staff = await identity.staff_names(tx, list(staff_ids))
    nicknames = await identity.nicknames(tx, [payee.person_id for payee in payees.values()])
    return [
        StaffWithdrawal(
            id=row.id,
            affiliate_id=row.affiliate_id,
            nickname=nicknames.get(payees[row.affiliate_id].person_id, ""),
            real_name=payees[row.affiliate_id].real_name_masked,
            amount_fen=row.amount_fen,
            status=WithdrawalStatus(row.status),
            needs_approval=row.needs_approval,
            approved_by=[staff.get(staff_id, "") for staff_id in approvers.get(row.id, ())],
            approvals_needed=APPROVALS_NEEDED if row.needs_approval else 0,
            created_at=row.created_at,
            finished_at=row.finished_at,
            fail_reason=row.fail_reason,
        )
        for row in found
    ]


@router.get("")
async def listed(
    _: StaffMayApproveWithdrawals,
    svc: Svc,
    status: Annotated[WithdrawalStatus | None, Query()] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[StaffWithdrawal]:
    """Newest first."""
    async with svc.db.transaction() as tx:
        page = await withdrawals.of_status(tx, status, limit, cursor)
        return Listed(items=await _out(tx, page.items), next=page.next)


@router.post("/{withdrawal_id}/approve")
async def approve(
    withdrawal_id: UUID, staff: StaffMayApproveWithdrawals, svc: Svc
) -> StaffWithdrawal:
    """With the second person's yes the transfer follows at once, by its own job."""
    async with svc.db.transaction() as tx:
        approved = await withdraw.approve(tx, svc.vault, withdrawal_id, staff, now())
        return (await _out(tx, [approved]))[0]


class WithdrawalRefusalIn(Body):
    """Why; the affiliate reads it."""

    reason: Annotated[Line, Field(min_length=1, max_length=200)]
    """The affiliate reads it."""


@router.post("/{withdrawal_id}/refuse")
async def refuse(
    withdrawal_id: UUID, asked: WithdrawalRefusalIn, staff: StaffMayApproveWithdrawals, svc: Svc
) -> StaffWithdrawal:
    """The whole amount is available to the affiliate again."""
    async with svc.db.transaction() as tx:
        refused = await withdrawals.refuse(tx, withdrawal_id, asked.reason, staff, now())
        return (await _out(tx, [refused]))[0]

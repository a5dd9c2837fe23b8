"""Approving withdrawals above the automatic limit."""

from dataclasses import asdict
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from bofen.affiliates import queries, withdrawals
from bofen.affiliates.withdrawals import Withdrawal
from bofen.flows import withdraw
from bofen.kit.clock import now
from bofen.web.deps import StaffMayApproveWithdrawals, Svc
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed

router = APIRouter(prefix="/withdrawals", tags=["withdrawals"])

Status = Literal["requested", "approved", "waiting_user", "paid", "failed", "refused"]


def _item(withdrawal: Withdrawal, real_name: str = "") -> dict[str, Any]:
    """Without what only the affiliate's own wallet needs."""
    hidden = {"openid", "package_info"}
    plain = {name: value for name, value in asdict(withdrawal).items() if name not in hidden}
    return plain | {"real_name": real_name}


@router.get("")
async def listed(
    _: StaffMayApproveWithdrawals,
    svc: Svc,
    status: Annotated[Status | None, Query()] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[dict[str, Any]]:
    async with svc.db.transaction() as tx:
        page = await withdrawals.of_status(tx, status, limit, cursor)
        names = await queries.masked_names(tx, [one.affiliate_id for one in page.items])
    items = [_item(one, names.get(one.affiliate_id, "")) for one in page.items]
    return Listed(items=items, next=page.next)


@router.post("/{withdrawal_id}/approve")
async def approve(
    withdrawal_id: UUID, staff: StaffMayApproveWithdrawals, svc: Svc
) -> dict[str, Any]:
    """The transfer follows at once, by its own job."""
    async with svc.db.transaction() as tx:
        approved = await withdraw.approve(tx, svc.vault, withdrawal_id, staff, now())
    return _item(approved)


class RefusalIn(Body):
    reason: Annotated[Line, Field(min_length=1, max_length=200)]


@router.post("/{withdrawal_id}/refuse")
async def refuse(
    withdrawal_id: UUID, asked: RefusalIn, staff: StaffMayApproveWithdrawals, svc: Svc
) -> dict[str, Any]:
    """The whole amount is available to the affiliate again."""
    async with svc.db.transaction() as tx:
        refused = await withdraw.refuse(tx, withdrawal_id, staff, asked.reason, now())
    return _item(refused)

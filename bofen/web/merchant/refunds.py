"""The desk of refunds that a provider will not finish by itself."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import Field

from bofen.flows.refunds import settle_by_hand
from bofen.identity import queries as identity
from bofen.kit import clock
from bofen.kit.db import Tx
from bofen.orders import queries as orders
from bofen.payments import desk
from bofen.payments.desk import RefundInDoubt
from bofen.payments.rules import Number, RefundStatus
from bofen.web.deps import Db, StaffMayReadOrders, StaffMayRefund, Svc
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed, Shape

router = APIRouter(prefix="/refunds", tags=["refunds"])

Provider = Annotated[str, Path(max_length=40, pattern=r"^[a-z_0-9]+$")]
RefundNo = Annotated[str, Path(max_length=64, pattern=r"^[0-9A-Za-z_*@|-]+$")]


class SettlementOut(Shape):
    """Who says that the money went back another way, and how. A second person confirms."""

    reason: str
    asked_by: str
    asked_by_id: UUID
    asked_at: datetime


class RefundOut(Shape):
    """A refund that waits for a person; `after_sale_id` null: money that came too late."""

    provider: str
    out_refund_no: str
    order_id: UUID
    order_no: str
    after_sale_id: UUID | None
    amount_fen: int
    reason: str
    status: RefundStatus
    asked_at: datetime
    called_at: datetime | None
    settlement: SettlementOut | None


class SettleIn(Body):
    """How the money went back, such as a bank transfer with its number."""

    reason: Annotated[Line, Field(min_length=2, max_length=200)]


async def _out(tx: Tx, found: Sequence[RefundInDoubt]) -> list[RefundOut]:
    names = await identity.staff_names(
        tx, {each.settle_asked_by for each in found if each.settle_asked_by}
    )
    numbers = await orders.order_numbers(tx, {each.order_id for each in found})
    return [
        RefundOut(
            **{name: getattr(each, name) for name in _SAME},
            order_no=numbers.get(each.order_id, ""),
            settlement=_settlement(each, names),
        )
        for each in found
    ]


_SAME = RefundOut.model_fields.keys() - {"order_no", "settlement"}


def _settlement(found: RefundInDoubt, names: dict[UUID, str]) -> SettlementOut | None:
    if not found.settle_reason or not found.settle_asked_by or not found.settle_asked_at:
        return None
    return SettlementOut(
        reason=found.settle_reason,
        asked_by=names.get(found.settle_asked_by, ""),
        asked_by_id=found.settle_asked_by,
        asked_at=found.settle_asked_at,
    )


@router.get("")
async def refunds_in_doubt(
    _: StaffMayReadOrders, db: Db, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Listed[RefundOut]:
    """Those that wait for a person, longest first."""
    async with db.transaction() as tx:
        page = await desk.in_doubt(tx, cursor, limit)
        return Listed(items=await _out(tx, page.items), next=page.next)


@router.post("/{provider}/{out_refund_no}/send", status_code=204)
async def send_again(
    provider: Provider, out_refund_no: RefundNo, staff: StaffMayRefund, db: Db
) -> None:
    """Under the same number, or under the next one when the provider has closed this."""
    number = Number(provider, out_refund_no)
    await db.run(lambda tx: desk.send_again(tx, number, staff, clock.now()))


@router.post("/{provider}/{out_refund_no}/settlement", status_code=204)
async def ask_settlement(
    provider: Provider, out_refund_no: RefundNo, asked: SettleIn, staff: StaffMayRefund, db: Db
) -> None:
    """The money went back another way; somebody else confirms it."""
    number = Number(provider, out_refund_no)
    await db.run(lambda tx: desk.ask_settlement(tx, number, asked.reason, staff, clock.now()))


@router.post("/{provider}/{out_refund_no}/settlement/confirm", status_code=204)
async def confirm_settlement(
    provider: Provider, out_refund_no: RefundNo, staff: StaffMayRefund, svc: Svc
) -> None:
    """The second person: the after-sale ends as if the provider had paid."""
    number = Number(provider, out_refund_no)
    await svc.db.run(lambda tx: settle_by_hand(tx, svc.vault, number, staff, clock.now()))

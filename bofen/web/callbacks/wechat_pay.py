"""WeChat Pay's door: its notices are verified, opened, and handed to the story they belong to."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from fastapi import APIRouter, Request, Response

from bofen.flows.orders_paid import orders_paid
from bofen.flows.send_refund import refund_told
from bofen.flows.services import Services
from bofen.flows.withdraw import transfer_told
from bofen.gateways.payments.protocol import (
    Notice,
    PaymentState,
    RefundState,
    TransferState,
)
from bofen.gateways.wechat_pay.client import DOOR
from bofen.gateways.wechat_pay.words import NAME
from bofen.kit import clock, log
from bofen.kit.batch import Batcher
from bofen.kit.errors import Refusal
from bofen.payments.service import PaidNotice, paid_notice
from bofen.web.deps import Svc

router = APIRouter(prefix=DOOR, tags=["wechat-pay"])
_log = log.get(__name__)

TakingMoney = Batcher[PaidNotice, UUID]


def taking_money_of(services: Services) -> TakingMoney:
    """The one place of this process where notices of payment are gathered into batches."""

    async def run(notices: Sequence[PaidNotice]) -> Sequence[UUID | Refusal]:
        return await services.db.run(lambda tx: orders_paid(tx, notices, clock.now()))

    return Batcher(run)


@router.post("", status_code=204)
async def notice(request: Request, svc: Svc) -> Response:
    """204 when it is written down (again); any refusal makes WeChat Pay try again later."""
    at = clock.now()
    told = svc.payments[NAME].open_notice(request.headers, await request.body(), at)
    await _act(svc, request.app.state.taking_money, told, at)
    return Response(status_code=204)


async def _act(svc: Services, taking_money: TakingMoney, told: Notice, at: datetime) -> None:
    match told.about:
        case PaymentState():
            paid = paid_notice(NAME, told.about, told.id)
            if paid:
                await taking_money.ask(paid)
        case RefundState():
            await refund_told(svc, NAME, told.about, at)
        case TransferState():
            await transfer_told(svc, told.about, at)
        case None:
            _log.warning("notice_ignored", kind=told.kind)

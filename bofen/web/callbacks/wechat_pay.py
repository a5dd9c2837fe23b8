"""What WeChat Pay tells us: verified, opened, acted on once, whatever it is about."""

from datetime import datetime
from typing import Any

from fastapi import APIRouter, Request, Response

from bofen.flows.orders_paid import orders_paid
from bofen.flows.send_refund import refund_notice
from bofen.flows.services import Services
from bofen.flows.withdraw import transfer_finished
from bofen.gateways.wechat_pay.protocol import Notice
from bofen.kit import clock, log
from bofen.kit.db import Tx
from bofen.kit.errors import Refusal
from bofen.kit.money import Fen
from bofen.payments import service as payments
from bofen.payments.errors import ForeignNotice
from bofen.payments.service import PaidNotice
from bofen.web.deps import Svc

router = APIRouter(prefix="/wechat-pay", tags=["wechat-pay"])
_log = log.get(__name__)


@router.post("", status_code=204)
async def notice(request: Request, svc: Svc) -> Response:
    """204 when it is written down (again); any refusal makes WeChat Pay try again later."""
    at = clock.now()
    opened = svc.wechat_pay.open_notice(request.headers, await request.body(), at)
    kind = opened.event_type.split(".", 1)[0]
    if kind == "TRANSACTION":
        await _paid(svc, opened, at)
    elif kind == "REFUND":
        await refund_notice(svc, opened.resource, at)
    elif kind == "MCHTRANSFER":
        await svc.db.run(lambda tx: transfer_finished(tx, opened.resource, at))
    else:
        _log.warning("notice_ignored", event_type=opened.event_type)
    return Response(status_code=204)


async def _paid(svc: Services, opened: Notice, at: datetime) -> None:
    paid = _paid_notice(svc, opened.resource)

    async def story(tx: Tx) -> None:
        if await payments.is_new_notice(tx, opened.id, opened.event_type, at):
            answer = (await orders_paid(tx, [paid], at))[0]
            if isinstance(answer, Refusal):
                raise answer

    await svc.db.run(story)


def _paid_notice(svc: Services, resource: dict[str, Any]) -> PaidNotice:
    """Refuses money that was paid to somebody else, in another currency, or not at all."""
    settings = svc.settings
    try:
        amount = resource["amount"]
        is_ours = (
            resource["appid"] == settings.wechat_appid
            and resource["mchid"] == settings.wechat_pay_mchid
            and resource["trade_state"] == "SUCCESS"
            and amount["currency"] == "CNY"
            and type(amount["total"]) is int
        )
        notice = PaidNotice(
            resource["out_trade_no"],
            resource["transaction_id"],
            Fen(amount["total"]),
            datetime.fromisoformat(resource["success_time"]),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise ForeignNotice(str(resource.get("out_trade_no", ""))) from error
    if not is_ours:
        raise ForeignNotice(notice.out_trade_no)
    return notice

"""Tells the sandbox what was paid in the demo's past, so that a newcomer can pay it back."""

from datetime import datetime

import httpx

from bofen.flows.services import Services
from bofen.gateways.wechat_pay.words import NAME as WECHAT_PAY
from bofen.kit import log

_log = log.get(__name__)
_TIMEOUT_S = 10.0


async def tell_provider(services: Services, until: datetime) -> None:
    """Told again, nothing changes. Without a sandbox nobody is told."""
    page = services.settings.sandbox_page_url
    if services.settings.production or not page:
        return
    async with services.db.transaction() as tx:
        rows = await tx.fetch(
            "SELECT out_trade_no, transaction_id, amount_fen, payer_ref AS openid, paid_at"
            " FROM payments_attempt WHERE provider = $1 AND status = 'succeeded'"
            " AND paid_at <= $2",
            WECHAT_PAY,
            until,
        )
    payments = [{**row, "paid_at": row["paid_at"].isoformat()} for row in rows]
    async with httpx.AsyncClient(timeout=_TIMEOUT_S, trust_env=False) as http:
        try:
            answer = await http.post(f"{page}/past", json={"payments": payments})
            answer.raise_for_status()
        except httpx.HTTPError as error:
            _log.warning("sandbox_not_told", error=str(error) or type(error).__name__)

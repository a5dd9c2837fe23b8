"""Commission, statement and withdrawals."""

from dataclasses import asdict
from datetime import datetime
from typing import Any, Self
from uuid import UUID

from fastapi import APIRouter

from bofen.affiliates import links, queries, withdrawals
from bofen.affiliates.rules import AffiliateStatus
from bofen.affiliates.withdrawals import Withdrawal
from bofen.flows import withdraw
from bofen.flows.services import Services
from bofen.kit import log
from bofen.kit.clock import SHOP_ZONE, now
from bofen.kit.errors import NotFound, ProviderError
from bofen.kit.limits import Limit as RateLimit
from bofen.kit.money import Fen
from bofen.reports import earnings
from bofen.reports.earnings import StatementItem, Wallet
from bofen.web.deps import CurrentAffiliate, Svc
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Listed, Price, Shape

router = APIRouter(tags=["money"])

_WITHDRAWALS = RateLimit("withdrawal", 30, 60)
_log = log.get(__name__)


class TodayOut(Shape):
    clicks: int
    orders: int
    sales_fen: int
    commission_fen: int


class OverviewOut(Shape):
    status: AffiliateStatus
    tier: str
    tier_name: str
    rate_bp: int
    """Of a product that has no rate of its own."""
    today: TodayOut
    balance: Wallet


@router.get("/overview")
async def overview(affiliate: CurrentAffiliate, svc: Svc) -> OverviewOut:
    at = now()
    async with svc.db.transaction() as tx:
        row = await queries.one(tx, affiliate.id)
        rate_bp = await queries.usual_rate_bp(tx, affiliate.id, at)
        clicks = await links.clicks_on(tx, affiliate.id, at.astimezone(SHOP_ZONE).date())
        sold = await earnings.today(tx, affiliate.id, at)
        wallet = await earnings.wallet(tx, affiliate.id)
    today = TodayOut(clicks=clicks, **asdict(sold))
    return OverviewOut(
        status=row.status,
        tier=row.tier,
        tier_name=row.tier_name,
        rate_bp=rate_bp,
        today=today,
        balance=wallet,
    )


@router.get("/statement")
async def statement(
    affiliate: CurrentAffiliate, svc: Svc, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[StatementItem]:
    async with svc.db.transaction() as tx:
        return Listed.of(await earnings.statement(tx, affiliate.id, limit, cursor))


@router.get("/commissions/{commission_id}")
async def why(commission_id: UUID, affiliate: CurrentAffiliate, svc: Svc) -> dict[str, Any]:
    """Why this number: base, plan version, rate, attribution, refunds, dates, and a sentence."""
    async with svc.db.transaction() as tx:
        return await earnings.why(tx, affiliate.id, commission_id)


class WithdrawalIn(Body):
    amount_fen: Price


class WithdrawalOut(Shape):
    id: UUID
    amount_fen: int
    status: str
    package_info: str | None
    created_at: datetime
    finished_at: datetime | None
    fail_reason: str | None
    sandbox_confirm_url: str | None

    @classmethod
    def of(cls, svc: Services, withdrawal: Withdrawal) -> Self:
        return cls(
            id=withdrawal.id,
            amount_fen=withdrawal.amount_fen,
            status=_SHOWN.get(withdrawal.status, withdrawal.status),
            package_info=withdrawal.package_info,
            created_at=withdrawal.created_at,
            finished_at=withdrawal.finished_at,
            fail_reason=withdrawal.fail_reason,
            sandbox_confirm_url=_sandbox_url(svc, withdrawal),
        )


_SHOWN = {"approved": "requested", "refused": "failed"}


def _sandbox_url(svc: Services, withdrawal: Withdrawal) -> str | None:
    """Where to confirm a transfer when WeChat Pay is the local sandbox."""
    settings = svc.settings
    port = settings.sandbox_port
    is_local = f":{port + 1}" in settings.wechat_pay_url and not settings.production
    if not is_local or withdrawal.status != "waiting_user":
        return None
    page = settings.wechat_pay_url.rstrip("/").replace(f":{port + 1}", f":{port + 3}")
    return f"{page}/transfers/{withdrawal.out_bill_no}/confirm"


@router.put("/withdrawals/{withdrawal_id}", status_code=201)
async def ask(
    withdrawal_id: UUID, asked: WithdrawalIn, affiliate: CurrentAffiliate, svc: Svc
) -> WithdrawalOut:
    """The amount is held at once. When WeChat Pay is slow, the transfer follows by itself."""
    await svc.limiter.take(_WITHDRAWALS, str(affiliate.id))
    at = now()
    async with svc.db.transaction() as tx:
        made = await withdraw.ask(
            tx,
            svc.settings.wechat_appid,
            (withdrawal_id, Fen(asked.amount_fen)),
            (affiliate.id, affiliate.person_id),
            at,
        )
    try:
        made = await withdraw.send(svc, made.id, at)
    except ProviderError as error:
        _log.warning("transfer_unclear", withdrawal=str(made.id), code=error.code)
    return WithdrawalOut.of(svc, made)


@router.get("/withdrawals")
async def listed(
    affiliate: CurrentAffiliate, svc: Svc, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[WithdrawalOut]:
    async with svc.db.transaction() as tx:
        page = await withdrawals.of_affiliate(tx, affiliate.id, limit, cursor)
    return Listed(items=[WithdrawalOut.of(svc, one) for one in page.items], next=page.next)


@router.post("/withdrawals/{withdrawal_id}/check")
async def check(withdrawal_id: UUID, affiliate: CurrentAffiliate, svc: Svc) -> WithdrawalOut:
    """Asks WeChat Pay how the transfer stands, for whoever has just confirmed it."""
    await svc.limiter.take(_WITHDRAWALS, str(affiliate.id))
    async with svc.db.transaction() as tx:
        if (await withdrawals.one(tx, withdrawal_id)).affiliate_id != affiliate.id:
            raise NotFound("withdrawal")
    return WithdrawalOut.of(svc, await withdraw.check(svc, withdrawal_id, now()))

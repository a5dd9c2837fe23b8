"""Commission, statement and withdrawals."""

from dataclasses import asdict
from datetime import datetime
from typing import Self
from uuid import UUID

from fastapi import APIRouter

from bofen.affiliates import links, queries, withdrawals
from bofen.affiliates.models import Withdrawal
from bofen.affiliates.rules import AffiliateStatus, WithdrawalStatus, available_at
from bofen.flows import withdraw
from bofen.flows.services import Services
from bofen.flows.withdraw import Wish
from bofen.identity import service as identity
from bofen.kit import log
from bofen.kit.clock import now
from bofen.kit.days import day_of
from bofen.kit.errors import NotFound, ProviderError
from bofen.kit.limits import Limit as RateLimit
from bofen.kit.money import Fen
from bofen.reports import earnings
from bofen.reports.earnings import StatementItem, Wallet, Why
from bofen.settings import service as settings
from bofen.web.deps import CurrentAffiliate, Svc
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Listed, Price, Shape

router = APIRouter(tags=["money"])

_WITHDRAWALS = RateLimit("withdrawal", 30, 60)
_log = log.get(__name__)


class TodayOut(Shape):
    """Since midnight in Shanghai, in fen."""

    clicks: int
    orders: int
    sales_fen: int
    commission_fen: int


class PayoutTerms(Shape):
    """What the withdrawal page says before anybody asks."""

    withdrawal_min_fen: int
    automatic_max_fen: int
    """Above it two members of staff have to agree."""
    holding_days: int
    """Days between the buyer's receipt and release."""
    next_settlement_at: datetime
    """When what is due becomes available."""


class OverviewOut(Shape):
    """How an affiliate stands: his money, his rate, his day."""

    status: AffiliateStatus
    status_reason: str | None
    """Why he is frozen or closed."""
    tier: str
    tier_name: str
    rate_bp: int
    """Of a product that has no rate of its own."""
    today: TodayOut
    balance: Wallet
    unsettled_fen: int
    """What waits for receipts, holding days and after-sales, all together."""
    payout: PayoutTerms
    phone_masked: str | None
    """The phone he proved; without one nothing above `automatic_max_fen` is withdrawn."""


@router.get("/overview")
async def overview(affiliate: CurrentAffiliate, svc: Svc) -> OverviewOut:
    """The distributor centre's first page."""
    at = now()
    async with svc.db.transaction() as tx:
        row = await queries.affiliate(tx, affiliate.id)
        rate_bp = await queries.usual_rate_bp(tx, affiliate.id, at)
        clicks = await links.clicks_on(tx, affiliate.id, day_of(at))
        sold = await earnings.today(tx, affiliate.id, at)
        wallet = await earnings.wallet(tx, affiliate.id)
        payout = (await settings.in_force(tx, at)).payout
        person = await identity.person(tx, svc.vault, affiliate.person_id)
    is_free = row.status == AffiliateStatus.approved
    return OverviewOut(
        status=row.status,
        status_reason=None if is_free else row.decision_reason,
        tier=row.tier,
        tier_name=row.tier_name,
        rate_bp=rate_bp,
        today=TodayOut(clicks=clicks, **asdict(sold)),
        balance=wallet,
        unsettled_fen=wallet.expected_fen + wallet.frozen_fen,
        payout=PayoutTerms(**asdict(payout), next_settlement_at=available_at(at)),
        phone_masked=person.phone_masked,
    )


@router.get("/statement")
async def statement(
    affiliate: CurrentAffiliate, svc: Svc, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[StatementItem]:
    """Every movement of one's money, newest first."""
    async with svc.db.reading() as tx:
        return Listed.of(await earnings.statement(tx, affiliate.id, limit, cursor))


@router.get("/commissions/{commission_id}")
async def why(commission_id: UUID, affiliate: CurrentAffiliate, svc: Svc) -> Why:
    """Why this number: base, plan version, rate, attribution, refunds, dates, and a sentence."""
    async with svc.db.transaction() as tx:
        return await earnings.why(tx, affiliate.id, commission_id)


class WithdrawalIn(Body):
    """How much shall be paid out, in fen."""

    amount_fen: Price


class WithdrawalOut(Shape):
    """One's own withdrawal and how far it came."""

    id: UUID
    amount_fen: int
    status: WithdrawalStatus
    confirm_token: str | None
    """Opens the confirmation in WeChat, while the status is `waiting_user`."""
    created_at: datetime
    finished_at: datetime | None
    fail_reason: str | None
    sandbox_confirm_url: str | None

    @classmethod
    def of(cls, svc: Services, withdrawal: Withdrawal) -> Self:
        """With what the affiliate's own wallet needs to confirm it."""
        return cls(
            id=withdrawal.id,
            amount_fen=withdrawal.amount_fen,
            status=WithdrawalStatus(withdrawal.status),
            confirm_token=withdrawal.confirm_token,
            created_at=withdrawal.created_at,
            finished_at=withdrawal.finished_at,
            fail_reason=withdrawal.fail_reason,
            sandbox_confirm_url=_sandbox_url(svc, withdrawal),
        )


def _sandbox_url(svc: Services, withdrawal: Withdrawal) -> str | None:
    """Where to confirm a transfer when WeChat Pay is the local sandbox."""
    page = svc.settings.sandbox_cashier_url
    if page is None or withdrawal.status != WithdrawalStatus.waiting_user:
        return None
    return f"{page}/transfers/{withdrawal.out_bill_no}/confirm"


@router.put("/withdrawals/{withdrawal_id}", status_code=201)
async def ask(
    withdrawal_id: UUID, asked: WithdrawalIn, affiliate: CurrentAffiliate, svc: Svc
) -> WithdrawalOut:
    """The amount is held at once. When WeChat Pay is slow, the transfer follows by itself."""
    await svc.limiter.take(_WITHDRAWALS, str(affiliate.id))
    at = now()
    wish = Wish(withdrawal_id, affiliate.id, affiliate.person_id, Fen(asked.amount_fen))
    async with svc.db.transaction() as tx:
        made = await withdraw.ask(tx, svc.transfers, wish, at)
    try:
        made = await withdraw.send(svc, made.id, at)
    except ProviderError as error:
        _log.warning("transfer_unclear", withdrawal=str(made.id), code=error.code)
    return WithdrawalOut.of(svc, made)


@router.get("/withdrawals")
async def listed(
    affiliate: CurrentAffiliate, svc: Svc, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[WithdrawalOut]:
    """One's own withdrawals, newest first."""
    async with svc.db.transaction() as tx:
        page = await withdrawals.of_affiliate(tx, affiliate.id, limit, cursor)
    return Listed(items=[WithdrawalOut.of(svc, one) for one in page.items], next=page.next)


@router.post("/withdrawals/{withdrawal_id}/check")
async def check(withdrawal_id: UUID, affiliate: CurrentAffiliate, svc: Svc) -> WithdrawalOut:
    """Asks WeChat Pay how the transfer stands, for whoever has just confirmed it."""
    await svc.limiter.take(_WITHDRAWALS, str(affiliate.id))
    async with svc.db.transaction() as tx:
        if (await withdrawals.read(tx, withdrawal_id)).affiliate_id != affiliate.id:
            raise NotFound("withdrawal")
    return WithdrawalOut.of(svc, await withdraw.check(svc, withdrawal_id, now()))

"""Reviewing affiliates: who they are, what they may do, at which tier."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from bofen.affiliates import queries
from bofen.affiliates.applications import Decision, Standing
from bofen.affiliates.debts import WriteOffAsked
from bofen.affiliates.queries import AffiliateRow
from bofen.affiliates.rules import MAY_BECOME, AffiliateStatus
from bofen.flows import review_affiliates
from bofen.flows.services import Services
from bofen.gateways.storage.addresses import picture_url
from bofen.identity import profiles
from bofen.identity.profiles import Face
from bofen.identity.rules import StaffMember
from bofen.kit.clock import now
from bofen.kit.db import Tx
from bofen.kit.money import BasisPoints, Fen
from bofen.ledger import queries as ledger
from bofen.web.deps import (
    StaffMayReviewAffiliates,
    StaffMayWriteOffDebts,
    StaffMayWriteSettings,
    Svc,
)
from bofen.web.merchant.plan import RateBp, TierCode
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed, Price, Shape

router = APIRouter(prefix="/affiliates", tags=["affiliates"])


class AffiliateOut(Shape):
    """An affiliate as staff see one: the real name is masked."""

    id: UUID
    status: AffiliateStatus
    may_become: Sequence[AffiliateStatus]
    """What staff may decide now."""
    nickname: str
    avatar: str | None
    real_name: str
    introduction: str
    tier: str
    tier_name: str
    rate_bp: int | None
    """His own rate, which comes before the tier's; null: he has none."""
    agreement_version: str
    agreed_at: datetime
    applied_at: datetime
    decided_at: datetime | None
    decision_reason: str | None
    expected_fen: int
    available_fen: int
    """Below zero: a debt."""


async def _out(tx: Tx, rows: Sequence[AffiliateRow]) -> list[AffiliateOut]:
    known = await profiles.faces(tx, [row.person_id for row in rows])
    nobody = Face("", None)
    balances = await ledger.balances(tx, [row.id for row in rows])
    return [
        AffiliateOut(
            id=row.id,
            status=row.status,
            may_become=sorted(MAY_BECOME[row.status] - {AffiliateStatus.pending}),
            nickname=(person := known.get(row.person_id, nobody)).nickname,
            avatar=picture_url(person.avatar_key),
            real_name=row.real_name_masked,
            introduction=row.introduction,
            tier=row.tier,
            tier_name=row.tier_name,
            rate_bp=row.rate_bp,
            agreement_version=row.agreement_version,
            agreed_at=row.agreed_at,
            applied_at=row.applied_at,
            decided_at=row.decided_at,
            decision_reason=row.decision_reason,
            expected_fen=balances[row.id].pending_fen,
            available_fen=balances[row.id].payable_fen,
        )
        for row in rows
    ]


@router.get("")
async def listed(
    _: StaffMayReviewAffiliates,
    svc: Svc,
    status: Annotated[AffiliateStatus | None, Query()] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[AffiliateOut]:
    """Newest applications first."""
    async with svc.db.transaction() as tx:
        page = await queries.listed(tx, status, limit, cursor)
        return Listed(items=await _out(tx, page.items), next=page.next)


class DecisionIn(Body):
    """Why; the affiliate reads it."""

    reason: Annotated[Line, Field(min_length=1, max_length=200)]
    """The affiliate reads it."""


async def _decide(
    svc: Services, affiliate_id: UUID, decision: Decision, staff: StaffMember
) -> AffiliateOut:
    async with svc.db.transaction() as tx:
        row = await review_affiliates.decide(tx, svc.vault, affiliate_id, decision, staff, now())
        return (await _out(tx, [row]))[0]


@router.post("/{affiliate_id}/approve")
async def approve(affiliate_id: UUID, staff: StaffMayReviewAffiliates, svc: Svc) -> AffiliateOut:
    """Also ends a freeze."""
    return await _decide(svc, affiliate_id, Decision(AffiliateStatus.approved), staff)


@router.post("/{affiliate_id}/refuse")
async def refuse(
    affiliate_id: UUID, asked: DecisionIn, staff: StaffMayReviewAffiliates, svc: Svc
) -> AffiliateOut:
    """Say no to an application, with the reason."""
    decision = Decision(AffiliateStatus.refused, asked.reason)
    return await _decide(svc, affiliate_id, decision, staff)


@router.post("/{affiliate_id}/freeze")
async def freeze(
    affiliate_id: UUID, asked: DecisionIn, staff: StaffMayReviewAffiliates, svc: Svc
) -> AffiliateOut:
    """Nothing is released or paid out until somebody approves him again."""
    decision = Decision(AffiliateStatus.frozen, asked.reason)
    return await _decide(svc, affiliate_id, decision, staff)


@router.post("/{affiliate_id}/close")
async def close(
    affiliate_id: UUID, asked: DecisionIn, staff: StaffMayReviewAffiliates, svc: Svc
) -> AffiliateOut:
    """For good. What was sold before is still settled and can be paid out."""
    decision = Decision(AffiliateStatus.closed, asked.reason)
    return await _decide(svc, affiliate_id, decision, staff)


class StandingIn(Body):
    """A tier, and a rate of one's own that comes before the tier's."""

    tier: TierCode
    rate_bp: RateBp | None = None
    """A rate of his own; null: the tier's applies."""


@router.put("/{affiliate_id}/standing")
async def promote(
    affiliate_id: UUID, asked: StandingIn, staff: StaffMayWriteSettings, svc: Svc
) -> AffiliateOut:
    """Counts for what is paid from now on."""
    rate_bp = None if asked.rate_bp is None else BasisPoints(asked.rate_bp)
    standing = Standing(asked.tier, rate_bp)
    async with svc.db.transaction() as tx:
        row = await review_affiliates.promote(tx, svc.vault, affiliate_id, standing, staff, now())
        return (await _out(tx, [row]))[0]


class WriteOffIn(Body):
    """`amount_fen` is the whole debt as it was shown."""

    amount_fen: Price
    reason: Annotated[Line, Field(min_length=1, max_length=200)]


@router.put("/{affiliate_id}/write-offs/{write_off_id}")
async def write_off(
    affiliate_id: UUID,
    write_off_id: UUID,
    asked: WriteOffIn,
    staff: StaffMayWriteOffDebts,
    svc: Svc,
) -> AffiliateOut:
    """The shop bears what the affiliate owes; `write_off_id` is the client's, once for all."""
    debt = WriteOffAsked(write_off_id, affiliate_id, Fen(asked.amount_fen), asked.reason)
    async with svc.db.transaction() as tx:
        await review_affiliates.write_off(tx, svc.vault, debt, staff, now())
        return (await _out(tx, [await queries.affiliate(tx, affiliate_id)]))[0]

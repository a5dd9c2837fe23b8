"""Reviewing affiliates, and the commission plan."""

import re
from collections.abc import Mapping
from dataclasses import asdict
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from bofen.affiliates import queries, service
from bofen.affiliates.errors import TermsRefused
from bofen.affiliates.queries import AffiliateRow
from bofen.affiliates.rules import PRODUCT_RATES_MAX, AffiliateStatus, Terms, Tier
from bofen.flows import apply_affiliate
from bofen.flows.apply_affiliate import Decision, Standing
from bofen.flows.services import Services
from bofen.identity import queries as identity
from bofen.identity import service as staff_record
from bofen.kit.clock import now
from bofen.kit.money import BasisPoints
from bofen.ledger import queries as ledger
from bofen.web.deps import StaffMayReviewAffiliates, StaffMayWriteSettings, Svc
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed, Price

router = APIRouter(tags=["affiliates"])

_UUID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@router.get("/affiliates")
async def listed(
    _: StaffMayReviewAffiliates,
    svc: Svc,
    status: Annotated[AffiliateStatus | None, Query()] = None,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[dict[str, Any]]:
    """Newest applications first, names masked."""
    async with svc.db.transaction() as tx:
        page = await queries.listed(tx, status.value if status else None, limit, cursor)
        names = await identity.nicknames(tx, [row.person_id for row in page.items])
        balances = await ledger.balances(tx, [row.id for row in page.items])
    items = [
        _item(row, names)
        | {
            "expected_fen": balances[row.id].pending_fen,
            "available_fen": balances[row.id].payable_fen,
        }
        for row in page.items
    ]
    return Listed(items=items, next=page.next)


def _item(row: AffiliateRow, names: Mapping[UUID, str]) -> dict[str, Any]:
    return asdict(row) | {"nickname": names.get(row.person_id, "")}


class ReasonIn(Body):
    reason: Annotated[Line, Field(min_length=1, max_length=200)]


async def _decide(svc: Services, affiliate_id: UUID, decision: Decision) -> dict[str, Any]:
    async with svc.db.transaction() as tx:
        row = await apply_affiliate.decide(tx, affiliate_id, decision, now())
        return _item(row, await identity.nicknames(tx, [row.person_id]))


@router.post("/affiliates/{affiliate_id}/approve")
async def approve(affiliate_id: UUID, staff: StaffMayReviewAffiliates, svc: Svc) -> dict[str, Any]:
    """Also ends a freeze."""
    return await _decide(svc, affiliate_id, Decision(staff.id, AffiliateStatus.approved))


@router.post("/affiliates/{affiliate_id}/refuse")
async def refuse(
    affiliate_id: UUID, asked: ReasonIn, staff: StaffMayReviewAffiliates, svc: Svc
) -> dict[str, Any]:
    decision = Decision(staff.id, AffiliateStatus.refused, asked.reason)
    return await _decide(svc, affiliate_id, decision)


@router.post("/affiliates/{affiliate_id}/freeze")
async def freeze(
    affiliate_id: UUID, asked: ReasonIn, staff: StaffMayReviewAffiliates, svc: Svc
) -> dict[str, Any]:
    decision = Decision(staff.id, AffiliateStatus.frozen, asked.reason)
    return await _decide(svc, affiliate_id, decision)


@router.post("/affiliates/{affiliate_id}/close")
async def close(
    affiliate_id: UUID, asked: ReasonIn, staff: StaffMayReviewAffiliates, svc: Svc
) -> dict[str, Any]:
    decision = Decision(staff.id, AffiliateStatus.closed, asked.reason)
    return await _decide(svc, affiliate_id, decision)


Rate = Annotated[int, Field(ge=0, le=5_000)]


class StandingIn(Body):
    tier: Tier
    rate_bp: Rate | None = None


@router.put("/affiliates/{affiliate_id}/standing")
async def promote(
    affiliate_id: UUID, asked: StandingIn, staff: StaffMayWriteSettings, svc: Svc
) -> dict[str, Any]:
    rate_bp = None if asked.rate_bp is None else BasisPoints(asked.rate_bp)
    async with svc.db.transaction() as tx:
        row = await apply_affiliate.promote(
            tx, affiliate_id, Standing(asked.tier, rate_bp), staff.id, now()
        )
        return _item(row, await identity.nicknames(tx, [row.person_id]))


class TermsIn(Body):
    shop_bp: Rate
    tiers_bp: dict[str, Rate] = Field(default_factory=dict, max_length=len(Tier))
    categories_bp: dict[str, Rate] = Field(default_factory=dict, max_length=PRODUCT_RATES_MAX)
    products_bp: dict[str, Rate] = Field(default_factory=dict, max_length=PRODUCT_RATES_MAX)
    cap_bp: Rate = 5_000
    holding_days: Annotated[int, Field(ge=0, le=60)] = 7
    binding_days: Annotated[int, Field(ge=1, le=365)] = 30
    protection_days: Annotated[int, Field(ge=0, le=90)] = 7
    share_days: Annotated[int, Field(ge=1, le=30)] = 7
    withdrawal_min_fen: Price = 10_00
    automatic_max_fen: Annotated[int, Field(ge=0, le=20_000_00)] = 2_000_00


@router.get("/settings/commission")
async def read_terms(_: StaffMayReviewAffiliates, svc: Svc) -> Terms:
    async with svc.db.transaction() as tx:
        return await queries.newest_terms(tx)


@router.put("/settings/commission")
async def write_terms(asked: TermsIn, staff: StaffMayWriteSettings, svc: Svc) -> Terms:
    """A new version of the plan: it counts for what is paid from now on."""
    terms = _terms(asked)
    at = now()
    async with svc.db.transaction() as tx:
        written = await service.write_terms(tx, terms, staff.id, at)
        facts = {"version": written.version}
        await staff_record.audit(tx, staff.id, "commission.changed", "commission", facts, at)
    return written


def _terms(asked: TermsIn) -> Terms:
    if unknown := set(asked.tiers_bp) - set(Tier):
        raise TermsRefused(f"tiers_bp.{min(unknown)}")
    for name in ("categories_bp", "products_bp"):
        wrong = [key for key in getattr(asked, name) if not _UUID.fullmatch(key)]
        if wrong:
            raise TermsRefused(f"{name}.{wrong[0][:40]}")
    if asked.protection_days > asked.binding_days:
        raise TermsRefused("protection_days")
    return Terms(**asked.model_dump())

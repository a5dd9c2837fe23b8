"""The commission plan and the affiliates' tiers: read, written as a next version, compared."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Path
from pydantic import AwareDatetime, Field

from bofen.affiliates import plan
from bofen.affiliates.errors import PlanRefused
from bofen.affiliates.plan import PlanChange, PlanVersion, Tier
from bofen.affiliates.rates import (
    CAP_BP_MAX,
    PLAN_RATES_MAX,
    PlanDraft,
    PlanRate,
    PlanStage,
    RateKind,
    plan_stages,
)
from bofen.identity import queries as identity
from bofen.kit.clock import now
from bofen.kit.db import Tx
from bofen.kit.money import BasisPoints
from bofen.reports import plans
from bofen.reports.plans import NamedRate
from bofen.web.deps import StaffMayReviewAffiliates, StaffMayWriteSettings, Svc
from bofen.web.shapes import Body, FormVersion, Line, Listed, Shape

router = APIRouter(tags=["plan"])

_VERSIONS_MAX = 50
RateBp = Annotated[int, Field(ge=0, le=CAP_BP_MAX)]
"""Basis points of what was paid for the goods: 1000 is 10 %."""
TierCode = Annotated[str, Field(pattern="^[0-9a-z_]{1,20}$")]


class TierOut(Shape):
    """A step of the ladder; lower `position` first."""

    code: str
    name: str
    position: int

    @classmethod
    def of(cls, tier: Tier) -> Self:
        """Of a tier as the domain knows it."""
        return cls(code=tier.code, name=tier.name, position=tier.position)


class TierIn(Body):
    """A step of the ladder; lower `position` first."""

    name: Annotated[Line, Field(min_length=1, max_length=10)]
    position: Annotated[int, Field(ge=0, le=100)]


class PlanRateIn(Body):
    """`subject_id` is a tier's code, or the id of a category or a product."""

    kind: RateKind
    subject_id: Annotated[str, Field(min_length=1, max_length=36)]
    rate_bp: RateBp

    def rate(self) -> PlanRate:
        """Raises `PlanRefused` where an id is none."""
        subject_id = self.subject_id
        if self.kind != RateKind.tier:
            try:
                subject_id = str(UUID(subject_id))
            except ValueError as error:
                raise PlanRefused(f"rates.{self.kind.value}") from error
        return PlanRate(self.kind, subject_id, BasisPoints(self.rate_bp))


class PlanIn(Body):
    """The next version of the plan. `version` is the one that the form was filled from."""

    version: FormVersion
    shop_bp: RateBp
    cap_bp: RateBp
    rates: Annotated[tuple[PlanRateIn, ...], Field(max_length=PLAN_RATES_MAX)] = ()
    from_at: AwareDatetime | None = None
    """When it begins; null: at once."""


class PlanVersionOut(Shape):
    """One version without its rates. `made_at` and `by_name` are empty where nobody wrote it."""

    version: int
    stage: PlanStage
    from_at: datetime
    shop_bp: int
    cap_bp: int
    rates_count: int
    made_at: datetime | None
    by_name: str


class PlanOut(PlanVersionOut):
    """One version with all its rates."""

    rates: Sequence[NamedRate]


async def _versions(
    tx: Tx, newest: Sequence[PlanVersion], found: Sequence[PlanVersion]
) -> list[PlanVersionOut]:
    """`found` as staff see them; `newest` tell which of all is in force."""
    stages = plan_stages([(row.version, row.from_at) for row in newest], now())
    names = await identity.staff_names(tx, [row.made_by for row in found if row.made_by])
    return [
        PlanVersionOut(
            version=row.version,
            stage=stages.get(row.version, PlanStage.past),
            from_at=row.from_at,
            shop_bp=row.shop_bp,
            cap_bp=row.cap_bp,
            rates_count=row.rates,
            made_at=row.made_at if row.made_by else None,
            by_name=names.get(row.made_by, "") if row.made_by else "",
        )
        for row in found
    ]


async def _whole(tx: Tx, newest: Sequence[PlanVersion], found: PlanVersion) -> PlanOut:
    shown = (await _versions(tx, newest, [found]))[0]
    return PlanOut(**shown.model_dump(), rates=await plans.rates(tx, found.version))


@router.get("/plan")
async def read_plan(_: StaffMayReviewAffiliates, svc: Svc) -> PlanOut:
    """The version written last, which the next one is made from; it may still be coming."""
    async with svc.db.transaction() as tx:
        newest = await plan.versions(tx, _VERSIONS_MAX)
        return await _whole(tx, newest, newest[0])


@router.put("/plan")
async def write_plan(asked: PlanIn, staff: StaffMayWriteSettings, svc: Svc) -> PlanOut:
    """A new version of the plan: it counts for what is paid from its time on."""
    at = now()
    draft = PlanDraft(
        BasisPoints(asked.shop_bp),
        BasisPoints(asked.cap_bp),
        tuple(rate.rate() for rate in asked.rates),
    )
    async with svc.db.transaction() as tx:
        number = await plan.write(
            tx, PlanChange(draft, asked.version, asked.from_at or at), staff, at
        )
        newest = await plan.versions(tx, _VERSIONS_MAX)
        return await _whole(tx, newest, await plan.version(tx, number))


@router.get("/plan/versions")
async def list_plan_versions(_: StaffMayReviewAffiliates, svc: Svc) -> Listed[PlanVersionOut]:
    """The newest versions first."""
    async with svc.db.transaction() as tx:
        newest = await plan.versions(tx, _VERSIONS_MAX)
        return Listed(items=await _versions(tx, newest, newest))


@router.get("/plan/versions/{version}")
async def read_plan_version(
    version: Annotated[int, Path(ge=0, le=2**31 - 1)], _: StaffMayReviewAffiliates, svc: Svc
) -> PlanOut:
    """One version with all its rates."""
    async with svc.db.transaction() as tx:
        newest = await plan.versions(tx, _VERSIONS_MAX)
        return await _whole(tx, newest, await plan.version(tx, version))


@router.get("/tiers")
async def list_tiers(_: StaffMayReviewAffiliates, svc: Svc) -> Listed[TierOut]:
    """Lowest first."""
    async with svc.db.transaction() as tx:
        return Listed(items=[TierOut.of(tier) for tier in await plan.tiers(tx)])


@router.put("/tiers/{code}")
async def write_tier(
    code: TierCode, asked: TierIn, staff: StaffMayWriteSettings, svc: Svc
) -> TierOut:
    """Adds a tier, or renames or moves one. Its rate is part of the plan."""
    tier = Tier(code, asked.name.strip(), asked.position)
    async with svc.db.transaction() as tx:
        await plan.write_tier(tx, tier, staff, now())
    return TierOut.of(tier)


@router.delete("/tiers/{code}", status_code=204)
async def remove_tier(code: TierCode, staff: StaffMayWriteSettings, svc: Svc) -> None:
    """Refused while an affiliate stands on it or a plan names it."""
    async with svc.db.transaction() as tx:
        await plan.remove_tier(tx, code, staff, now())

"""Becoming an affiliate: the agreement, the application, and what became of it."""

from datetime import datetime
from typing import Annotated, Self

from fastapi import APIRouter
from pydantic import Field

from bofen.affiliates import agreement, applications, plan, queries
from bofen.affiliates.applications import Application
from bofen.affiliates.queries import AffiliateRow
from bofen.affiliates.rules import AffiliateStatus
from bofen.gateways.words.check import check_text
from bofen.kit.clock import now
from bofen.kit.errors import NotFound
from bofen.settings import service as settings
from bofen.web.deps import CurrentBuyer, Svc
from bofen.web.shapes import Body, Line, Lines, Shape

router = APIRouter(tags=["application"])


class AgreementOut(Shape):
    """The text that an applicant agrees to, with its version."""

    version: str
    title: str
    text: str


class ApplicationIn(Body):
    """What a person writes to become an affiliate."""

    real_name: Annotated[Line, Field(min_length=2, max_length=40)]
    agreement_version: Annotated[str, Field(max_length=20)]
    introduction: Annotated[Lines, Field(max_length=500)] = ""


class ApplicationOut(Shape):
    """One's own application, and what became of it."""

    status: AffiliateStatus
    applied_at: datetime
    decided_at: datetime | None
    decision_reason: str | None
    """Why it was refused, or why he is frozen or closed."""
    real_name: str
    introduction: str
    agreement_version: str
    agreed_at: datetime

    @classmethod
    def of(cls, row: AffiliateRow) -> Self:
        """Of a row without anything sealed."""
        return cls(
            status=row.status,
            applied_at=row.applied_at,
            decided_at=row.decided_at,
            decision_reason=row.decision_reason,
            real_name=row.real_name_masked,
            introduction=row.introduction,
            agreement_version=row.agreement_version,
            agreed_at=row.agreed_at,
        )


@router.get("/agreement")
async def read_agreement(_: CurrentBuyer, svc: Svc) -> AgreementOut:
    """The text in force, with today's days and limits in it."""
    at = now()
    async with svc.db.transaction() as tx:
        rules = await settings.in_force(tx, at)
        cap_bp = (await plan.in_force(tx, at)).cap_bp
    text = agreement.text(rules.binding, rules.payout, cap_bp)
    return AgreementOut(version=agreement.VERSION, title=agreement.TITLE, text=text)


@router.post("/application", status_code=201)
async def apply(asked: ApplicationIn, buyer: CurrentBuyer, svc: Svc) -> ApplicationOut:
    """Ask to be an affiliate; a refused person may ask again."""
    check_text(svc.words, "introduction", asked.introduction, is_decided_later=True)
    application = Application(asked.real_name, asked.introduction, asked.agreement_version)
    async with svc.db.transaction() as tx:
        row = await applications.apply(tx, svc.vault, buyer.id, application, now())
    return ApplicationOut.of(row)


@router.get("/application")
async def read_application(buyer: CurrentBuyer, svc: Svc) -> ApplicationOut:
    """One's own application; not found where there is none."""
    async with svc.db.transaction() as tx:
        row = await queries.of_person(tx, buyer.id)
    if row is None:
        raise NotFound("application")
    return ApplicationOut.of(row)

"""Share links and posters."""

from datetime import datetime
from typing import Annotated, Self
from uuid import UUID

from fastapi import APIRouter, Query, Response
from pydantic import Field, model_validator

from bofen.affiliates import links
from bofen.affiliates.links import Link, Target
from bofen.affiliates.rules import TargetKind
from bofen.flows import posters, share
from bofen.flows.services import Services
from bofen.kit.clock import now
from bofen.kit.errors import NotFound
from bofen.kit.limits import Limit as RateLimit
from bofen.web.deps import CurrentAffiliate, MaybeBuyer, Svc
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, Limit, Line, Listed, Shape

router = APIRouter(prefix="/links", tags=["links"])

_POSTERS = RateLimit("poster", 60, 60)


class TargetIn(Body):
    """What shall be shared; only the shop has no id."""

    kind: TargetKind
    id: UUID | None = None

    @model_validator(mode="after")
    def _has_what_it_needs(self) -> Self:
        if (self.id is None) != (self.kind == TargetKind.shop):
            message = "a product or a room has an id, the shop has none"
            raise ValueError(message)
        return self


class LinkIn(Body):
    """A link that an affiliate wants; the same wish answers the same link."""

    target: TargetIn
    campaign: Annotated[Line, Field(max_length=40)] = ""


class TargetOut(Shape):
    """Where a link leads; `id` is null for the shop."""

    kind: TargetKind
    id: str | None


class LinkOut(Shape):
    """A share link with its poster and its openings."""

    token: str
    url: str
    poster_url: str
    target: TargetOut
    campaign: str
    clicks: int
    created_at: datetime


def _out(svc: Services, link: Link) -> LinkOut:
    sign = svc.vault.sign(_signed(link.token))
    return LinkOut(
        token=link.token,
        url=f"{svc.settings.shop_url}/s/{link.token}",
        poster_url=f"/api/affiliate/links/{link.token}/poster.png?sign={sign}",
        target=TargetOut(kind=link.target.kind, id=link.target.id or None),
        campaign=link.campaign,
        clicks=link.clicks,
        created_at=link.created_at,
    )


def _signed(token: str) -> str:
    return f"poster {token}"


@router.post("", status_code=201)
async def make(asked: LinkIn, affiliate: CurrentAffiliate, svc: Svc) -> LinkOut:
    """A link to a product, a room or the shop."""
    target = Target(asked.target.kind, str(asked.target.id or ""))
    async with svc.db.transaction() as tx:
        link = await share.make_link(tx, affiliate.id, target, asked.campaign, now())
    return _out(svc, link)


@router.get("")
async def listed(
    affiliate: CurrentAffiliate, svc: Svc, limit: Limit = DEFAULT_LIMIT, cursor: Cursor = None
) -> Listed[LinkOut]:
    """One's own links, newest first."""
    async with svc.db.transaction() as tx:
        page = await links.of_affiliate(tx, affiliate.id, limit, cursor)
    return Listed(items=[_out(svc, link) for link in page.items], next=page.next)


@router.get("/{token}/poster.png", response_class=Response)
async def poster(
    token: str,
    svc: Svc,
    buyer: MaybeBuyer,
    sign: Annotated[str | None, Query(max_length=64)] = None,
) -> Response:
    """Shown to the affiliate, or to whoever holds the signed `poster_url` of his link."""
    is_signed = sign is not None and svc.vault.is_signed(_signed(token), sign)
    if not is_signed:
        await _check_own(svc, token, buyer.id if buyer else None)
    await svc.limiter.take(_POSTERS, token)
    drawn = await posters.poster_of(svc, token, now())
    return Response(drawn, media_type="image/png", headers={"Cache-Control": "private, max-age=60"})


async def _check_own(svc: Services, token: str, person_id: UUID | None) -> None:
    async with svc.db.transaction() as tx:
        found = await links.of_token(tx, token)
    if found is None or found[1] != person_id:
        raise NotFound("share link")

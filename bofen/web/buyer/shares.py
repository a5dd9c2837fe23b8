"""Arriving by a share link: where it leads, and whom the buyer is bound to."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response
from pydantic import Field

from bofen.affiliates.bindings import Click
from bofen.affiliates.rules import TargetKind
from bofen.flows import share
from bofen.kit.clock import now
from bofen.kit.days import day_of
from bofen.kit.errors import NotFound
from bofen.kit.limits import Limit as RateLimit
from bofen.web.deps import CurrentBuyer, MaybeBuyer, Svc, client_address
from bofen.web.shapes import Body, Shape

router = APIRouter(tags=["shares"])

Token = Annotated[str, Path(pattern="^[0-9A-Za-z]{1,12}$")]
_OPENINGS = RateLimit("share_opening", 120, 60)
_VISITORS = RateLimit("share_visitor", 1, 86_400)
_BINDINGS = RateLimit("binding", 60, 60)


class ShareTarget(Shape):
    """Where a share link leads; the shop itself has no id."""

    kind: TargetKind
    id: str | None


class ShareOut(Shape):
    """Where a share link leads, and by whose masked name."""

    target: ShareTarget
    affiliate_name: str


@router.get("/shares/{token}")
async def open_share(token: Token, buyer: MaybeBuyer, svc: Svc, request: Request) -> ShareOut:
    """Where the link leads. A person, or an address without one, is counted once a day."""
    at, place = now(), client_address(request)
    await svc.limiter.take(_OPENINGS, place)
    visitor = f"{token}:{day_of(at)}:{buyer.id if buyer else place}"
    is_first = await svc.limiter.count(_VISITORS, visitor) == 1
    async with svc.db.transaction() as tx:
        opened = await share.open_share(tx, token, at, is_first=is_first)
    target = ShareTarget(kind=opened.target.kind, id=opened.target.id or None)
    return ShareOut(target=target, affiliate_name=opened.affiliate_name)


class BindingIn(Body):
    """The token of the link that was opened."""

    share: Annotated[str, Field(pattern="^[0-9A-Za-z]{1,12}$")]


@router.post("/bindings", status_code=204)
async def bind(asked: BindingIn, buyer: CurrentBuyer, svc: Svc) -> Response:
    """Tells that a signed-in person opened a share link. A stale link is not the buyer's fault."""
    await svc.limiter.take(_BINDINGS, str(buyer.id))
    try:
        async with svc.db.transaction() as tx:
            await share.bind(tx, Click(buyer.id, asked.share, now()))
    except NotFound:
        return Response(status_code=204)
    return Response(status_code=204)

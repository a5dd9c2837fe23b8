"""What an endpoint may ask for: the services, and who is asking. The parameter type is the right.

`CurrentBuyer`, `CurrentAffiliate` and the `StaffMay…` types refuse everybody else.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from bofen.affiliates import queries as affiliates
from bofen.affiliates.rules import AffiliateStatus
from bofen.flows.services import Services
from bofen.identity import queries as identity
from bofen.identity.rules import Permission, StaffMember
from bofen.kit.addresses import place_of
from bofen.kit.clock import now
from bofen.kit.crypto import token_hash
from bofen.kit.db import Database
from bofen.kit.errors import NotPermitted, NotSignedIn, Refusal
from bofen.web.actors import Actor, Actors, Buyer

TOKEN_MAX = 200
_bearer = HTTPBearer(auto_error=False, description="The token that POST /sessions answered.")
_Bearer = Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)]
"""Only so that the OpenAPI document says which endpoints need a token."""


def _services(request: Request) -> Services:
    return request.app.state.services  # type: ignore[no-any-return]


async def services(request: Request) -> Services:
    """Everything a story may need from outside."""
    return _services(request)


async def database(request: Request) -> Database:
    """The merchant's database."""
    return _services(request).db


async def actors(request: Request) -> Actors:
    """Who is behind a token."""
    return request.app.state.actors  # type: ignore[no-any-return]


Svc = Annotated[Services, Depends(services)]
Db = Annotated[Database, Depends(database)]
KnownActors = Annotated[Actors, Depends(actors)]


def bearer_token(request: Request) -> str | None:
    """The token of this request; never taken from the address, where it would be logged."""
    return token_in(request.headers.get("authorization", ""))


def token_in(authorization: str) -> str | None:
    """The token in the value of an `Authorization` header."""
    scheme, _, token = authorization.partition(" ")
    is_token = scheme.lower() == "bearer" and 0 < len(token) <= TOKEN_MAX
    return token if is_token else None


async def _actor(request: Request) -> Actor:
    token = bearer_token(request)
    return await request.app.state.actors.of_token(token) if token else None


async def maybe_buyer(request: Request, _: _Bearer = None) -> Buyer | None:
    """The signed-in person, or None: for what anybody may ask."""
    actor = await _actor(request)
    return actor if isinstance(actor, Buyer) else None


async def current_buyer(request: Request, _: _Bearer = None) -> Buyer:
    """The signed-in person. Raises `NotSignedIn`."""
    actor = await _actor(request)
    if not isinstance(actor, Buyer):
        raise NotSignedIn
    return actor


MaybeBuyer = Annotated[Buyer | None, Depends(maybe_buyer)]
CurrentBuyer = Annotated[Buyer, Depends(current_buyer)]


@dataclass(frozen=True)
class Affiliate:
    """An affiliate who was approved once; a frozen or closed one may still look."""

    id: UUID
    person_id: UUID
    status: AffiliateStatus


_MAY_LOOK = frozenset({AffiliateStatus.approved, AffiliateStatus.frozen, AffiliateStatus.closed})


async def current_affiliate(request: Request, _: _Bearer = None) -> Affiliate:
    """The signed-in affiliate; raises `NotPermitted` for one who was never approved."""
    buyer = await current_buyer(request)
    async with _services(request).db.transaction() as tx:
        found = await affiliates.of_person(tx, buyer.id)
    if found is None or found.status not in _MAY_LOOK:
        raise NotPermitted
    return Affiliate(found.id, buyer.id, found.status)


CurrentAffiliate = Annotated[Affiliate, Depends(current_affiliate)]


async def current_staff(request: Request, _: _Bearer = None) -> StaffMember:
    """The signed-in member of staff. Raises `NotSignedIn`, or why he is it no more."""
    actor = await _actor(request)
    if not isinstance(actor, StaffMember):
        raise await _why_nobody(request) or NotSignedIn()
    return actor


async def _why_nobody(request: Request) -> Refusal | None:
    token = bearer_token(request)
    if token is None:
        return None
    async with _services(request).db.transaction() as tx:
        return await identity.why_ended(tx, token_hash(token), now())


def requires(permission: Permission) -> Callable[..., Awaitable[StaffMember]]:
    """A dependency that answers staff with this right and refuses everybody else."""

    async def staff_who_may(request: Request, _: _Bearer = None) -> StaffMember:
        staff = await current_staff(request)
        if permission not in staff.permissions:
            raise NotPermitted
        return staff

    staff_who_may.__name__ = f"staff_who_may_{permission}"
    return staff_who_may


CurrentStaff = Annotated[StaffMember, Depends(current_staff)]


def _may(permission: Permission) -> Any:
    return Depends(requires(permission))


StaffMayWriteProducts = Annotated[StaffMember, _may(Permission.products_write)]
StaffMayWriteStock = Annotated[StaffMember, _may(Permission.stock_write)]
StaffMayReadOrders = Annotated[StaffMember, _may(Permission.orders_read)]
StaffMayShip = Annotated[StaffMember, _may(Permission.orders_ship)]
StaffMayRefund = Annotated[StaffMember, _may(Permission.orders_refund)]
StaffMayReviewAffiliates = Annotated[StaffMember, _may(Permission.affiliates_review)]
StaffMayApproveWithdrawals = Annotated[StaffMember, _may(Permission.withdrawals_approve)]
StaffMayWriteOffDebts = Annotated[StaffMember, _may(Permission.debts_write_off)]
StaffMayManageRooms = Annotated[StaffMember, _may(Permission.rooms_manage)]
StaffMaySeeRooms = Annotated[StaffMember, _may(Permission.rooms_read)]
StaffMayHost = Annotated[StaffMember, _may(Permission.rooms_host)]
StaffMayModerate = Annotated[StaffMember, _may(Permission.rooms_moderate)]
StaffMayReadReports = Annotated[StaffMember, _may(Permission.reports_read)]
StaffMayManageStaff = Annotated[StaffMember, _may(Permission.staff_manage)]
StaffMayWriteSettings = Annotated[StaffMember, _may(Permission.settings_write)]


def client_address(request: Request) -> str:
    """Where the request came from, as limits count it: an IPv4 address, or an IPv6 line's /64.

    A proxy's word counts only when the proxy is trusted.
    """
    return place_of(request.client.host) if request.client else "unknown"

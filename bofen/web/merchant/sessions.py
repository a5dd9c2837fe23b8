"""Signing in and out as staff."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field

from bofen.identity import queries
from bofen.identity import service as identity
from bofen.identity.errors import WrongPassword
from bofen.identity.rules import (
    PERMISSIONS,
    STAFF_SESSION_LIFE,
    Permission,
    Role,
    StaffMember,
)
from bofen.kit import clock
from bofen.kit.crypto import hash_password, is_password
from bofen.kit.limits import Limit
from bofen.web.deps import CurrentStaff, KnownActors, Svc, bearer_token, client_address
from bofen.web.shapes import Body, Shape

router = APIRouter(tags=["sessions"])

TRIES_FROM_AN_ADDRESS = Limit("staff_address", times=30, seconds=300)
TRIES_OF_A_LOGIN = Limit("staff_login", times=10, seconds=300)


class StaffSignIn(Body):
    """Login and password."""

    login: str = Field(min_length=1, max_length=60)
    password: str = Field(min_length=1, max_length=200)


class StaffOut(Shape):
    """Who is signed in, and what this role may do."""

    id: UUID
    name: str
    role: Role
    permissions: Sequence[Permission]


class StaffSignedIn(Shape):
    """A new session: the token is shown this once."""

    token: str
    expires_at: datetime
    staff: StaffOut


@cache
def _nobody_s_password() -> str:
    """Checked for unknown logins, so that they take as long as known ones."""
    return hash_password("nobody")


def staff_of(staff: StaffMember) -> StaffOut:
    """A member of staff as the console knows him."""
    return StaffOut(
        id=staff.id,
        name=staff.name,
        role=staff.role,
        permissions=sorted(PERMISSIONS[staff.role]),
    )


@router.post("/sessions", status_code=201)
async def sign_in(asked: StaffSignIn, request: Request, svc: Svc) -> StaffSignedIn:
    """Unknown login and wrong password are one answer and take one time."""
    await svc.limiter.take(TRIES_FROM_AN_ADDRESS, client_address(request))
    await svc.limiter.take(TRIES_OF_A_LOGIN, asked.login.casefold())
    async with svc.db.transaction() as tx:
        found = await queries.staff_of_login(tx, asked.login)
    hashed = found["password_hash"] if found else await asyncio.to_thread(_nobody_s_password)
    is_right = await asyncio.to_thread(is_password, asked.password, hashed)
    if found is None or not is_right:
        raise WrongPassword
    at, staff = clock.now(), StaffMember(found["id"], found["name"], Role(found["role"]))
    async with svc.db.transaction() as tx:
        token = await identity.sign_in_staff(tx, staff, at)
    return StaffSignedIn(token=token, expires_at=at + STAFF_SESSION_LIFE, staff=staff_of(staff))


@router.delete("/sessions/current", status_code=204)
async def sign_out(request: Request, svc: Svc, actors: KnownActors) -> None:
    """Signing out twice is fine."""
    token = bearer_token(request)
    if token:
        async with svc.db.transaction() as tx:
            await identity.close_session(tx, token, clock.now())
        await actors.tell_revoked(token)


@router.get("/me")
async def who_am_i(staff: CurrentStaff) -> StaffOut:
    """The signed-in member of staff."""
    return staff_of(staff)

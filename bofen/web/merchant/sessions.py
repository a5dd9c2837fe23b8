"""Signing in and out as staff."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request
from pydantic import Field

from bofen.flows.services import Services
from bofen.identity import passwords, queries
from bofen.identity import service as identity
from bofen.identity.errors import OldPasswordWrong, StaffInactive, WrongPassword
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
TRIES_OF_A_LOGIN_FROM_AN_ADDRESS = Limit("staff_login_address", times=10, seconds=300)
TRIES_OF_A_LOGIN = Limit("staff_login", times=10, seconds=3600)
"""From wherever: beyond it answers come late, so that no stranger can lock anybody out."""


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
    """Whoever guesses is refused at his own address; the login itself only becomes slower."""
    found = await _proved(svc, asked.login, asked.password, client_address(request))
    at, staff = clock.now(), StaffMember(found["id"], found["name"], Role(found["role"]))
    async with svc.db.transaction() as tx:
        token = await identity.sign_in_staff(tx, staff, at)
    return StaffSignedIn(token=token, expires_at=at + STAFF_SESSION_LIFE, staff=staff_of(staff))


async def _proved(svc: Services, login: str, password: str, address: str) -> dict[str, Any]:
    """The member of staff with this login and password.

    Raises `TooMany`, `WrongPassword`, and `StaffInactive` for a right password of one who left.
    """
    known, here = login.casefold(), f"{login.casefold()} {address}"
    await svc.limiter.take(TRIES_FROM_AN_ADDRESS, address)
    await svc.limiter.take(TRIES_OF_A_LOGIN_FROM_AN_ADDRESS, here)
    await asyncio.sleep(delay_s(await svc.limiter.count(TRIES_OF_A_LOGIN, known)))
    async with svc.db.transaction() as tx:
        found = await queries.staff_of_login(tx, login)
    hashed = found["password_hash"] if found else await asyncio.to_thread(_nobody_s_password)
    is_right = await asyncio.to_thread(is_password, password, hashed)
    if found is None or not is_right:
        raise WrongPassword
    for limit, key in ((TRIES_OF_A_LOGIN_FROM_AN_ADDRESS, here), (TRIES_OF_A_LOGIN, known)):
        await svc.limiter.forget(limit, key)
    if not found["is_active"]:
        raise StaffInactive
    return found


def delay_s(tries: int) -> float:
    """Nothing for a person who mistypes, then a tenth more each time, two seconds at most."""
    return min(2.0, max(0, tries - TRIES_OF_A_LOGIN.times) * 0.1)


@router.delete("/sessions/current", status_code=204)
async def sign_out(request: Request, svc: Svc, actors: KnownActors) -> None:
    """Signing out twice is fine."""
    token = bearer_token(request)
    if token:
        async with svc.db.transaction() as tx:
            await identity.close_session(tx, token, clock.now())
        await actors.tell_revoked(token)


class PasswordChanged(Body):
    """A new password of one's own; the old one proves who asks."""

    old: str = Field(min_length=1, max_length=passwords.LENGTH_MAX)
    new: str = Field(min_length=passwords.LENGTH_MIN, max_length=passwords.LENGTH_MAX)


@router.put("/me/password", status_code=204)
async def change_my_password(
    asked: PasswordChanged, staff: CurrentStaff, request: Request, svc: Svc, actors: KnownActors
) -> None:
    """Every session ends, this one too: sign in again with the new password."""
    async with svc.db.transaction() as tx:
        login = await queries.login_of(tx, staff.id)
    try:
        await _proved(svc, login, asked.old, client_address(request))
    except WrongPassword as error:  # 401 would say that nobody is signed in
        raise OldPasswordWrong from error
    passwords.check(asked.new, login)
    hashed = await asyncio.to_thread(hash_password, asked.new)
    async with svc.db.transaction() as tx:
        await identity.change_own_password(tx, staff, hashed, clock.now())
    await actors.tell_all_revoked()


@router.get("/me")
async def who_am_i(staff: CurrentStaff) -> StaffOut:
    """The signed-in member of staff."""
    return staff_of(staff)

"""Who works here and may do what."""

import asyncio
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from bofen.identity import passwords, queries
from bofen.identity import service as identity
from bofen.identity.rules import Role
from bofen.identity.service import StaffChange, StaffDraft
from bofen.kit import clock
from bofen.kit.crypto import hash_password
from bofen.web.deps import Db, KnownActors, StaffMayManageStaff
from bofen.web.shapes import Body, Line, Listed, Shape

router = APIRouter(prefix="/staff", tags=["staff"])

Password = Annotated[str, Field(min_length=passwords.LENGTH_MIN, max_length=passwords.LENGTH_MAX)]


class StaffIn(Body):
    """A member of staff as the owner writes it."""

    login: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9_.-]{2,39}$")]
    name: Annotated[Line, Field(min_length=1, max_length=40)]
    role: Role

    def draft(self) -> StaffDraft:
        """The same in identity's words."""
        return StaffDraft(self.login, self.name, self.role)


class StaffHired(StaffIn):
    """A new member of staff with a first password."""

    password: Password


class StaffChanged(StaffIn):
    """A member of staff as it shall be; without a password the old one stays."""

    is_active: bool
    password: Password | None = None


class StaffRow(Shape):
    """Somebody who works or worked here."""

    id: UUID
    login: str
    name: str
    role: Role
    is_active: bool
    created_at: datetime


class StaffId(Shape):
    """The id of who was just hired."""

    id: UUID


async def _hashed(password: str, login: str) -> str:
    passwords.check(password, login)
    return await asyncio.to_thread(hash_password, password)


@router.get("")
async def staff_list(_: StaffMayManageStaff, db: Db) -> Listed[StaffRow]:
    """Everybody, those who work here first."""
    async with db.transaction() as tx:
        rows = await queries.all_staff(tx)
    return Listed(items=[StaffRow(**row) for row in rows])


@router.post("", status_code=201)
async def hire(asked: StaffHired, staff: StaffMayManageStaff, db: Db) -> StaffId:
    """A new member of staff."""
    at = clock.now()
    hashed = await _hashed(asked.password, asked.login)
    async with db.transaction() as tx:
        staff_id = await identity.hire(tx, asked.draft(), hashed, at, staff)
    return StaffId(id=staff_id)


@router.put("/{staff_id}", status_code=204)
async def change_staff(
    staff_id: UUID, asked: StaffChanged, staff: StaffMayManageStaff, db: Db, actors: KnownActors
) -> None:
    """Another name, role, state or password; signs out whoever that changes."""
    at = clock.now()
    hashed = await _hashed(asked.password, asked.login) if asked.password else None
    async with db.transaction() as tx:
        change = StaffChange(asked.draft(), asked.is_active, hashed)
        await identity.change_staff(tx, staff_id, change, staff, at)
    await actors.tell_all_revoked()

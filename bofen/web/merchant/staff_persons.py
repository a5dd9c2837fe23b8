"""Which person a login is: whoever works here proves it by his phone, or the owner says it."""

from uuid import UUID

from fastapi import APIRouter, Request

from bofen.flows.services import Services
from bofen.identity import links
from bofen.identity import service as identity
from bofen.kit.clock import now
from bofen.kit.db import Tx
from bofen.kit.errors import NotPermitted
from bofen.web import phone_codes
from bofen.web.deps import CurrentStaff, StaffMayManageStaff, Svc, client_address
from bofen.web.phone_codes import CodeAsked, CodeSent, PhoneProved
from bofen.web.shapes import Body, Phone, Shape

router = APIRouter(prefix="/staff", tags=["staff-persons"])


class StaffPerson(Shape):
    """Who a login is; all null: nobody has proved or said it yet."""

    person_id: UUID | None
    nickname: str | None
    phone_masked: str | None


async def _of(tx: Tx, svc: Services, staff_id: UUID) -> StaffPerson:
    person_id = await links.person_of_staff(tx, staff_id)
    if person_id is None:
        return StaffPerson(person_id=None, nickname=None, phone_masked=None)
    person = await identity.person(tx, svc.vault, person_id)
    return StaffPerson(
        person_id=person_id, nickname=person.nickname, phone_masked=person.phone_masked
    )


@router.get("/me/person")
async def my_person(staff: CurrentStaff, svc: Svc) -> StaffPerson:
    """Which person one is: approvals are by persons, not by logins."""
    async with svc.db.transaction() as tx:
        return await _of(tx, svc, staff.id)


@router.post("/me/phone-codes", status_code=202)
async def send_code(asked: CodeAsked, _: CurrentStaff, request: Request, svc: Svc) -> CodeSent:
    """A code to one's own phone, to prove whose login this is."""
    return await phone_codes.send(svc, asked, client_address(request))


@router.put("/me/person")
async def prove_person(asked: PhoneProved, staff: CurrentStaff, svc: Svc) -> StaffPerson:
    """Proved by the code: this login is the person with this phone."""
    at = now()
    await phone_codes.check(svc, asked.phone, asked.code, at)
    async with svc.db.transaction() as tx:
        person = await identity.person_of_phone(tx, svc.vault, asked.phone, at)
        await links.link_staff(tx, staff.id, person.id, staff, at)
        return await _of(tx, svc, staff.id)


@router.get("/{staff_id}/person")
async def whose_login(staff_id: UUID, _: StaffMayManageStaff, svc: Svc) -> StaffPerson:
    async with svc.db.transaction() as tx:
        return await _of(tx, svc, staff_id)


class PersonSaid(Body):
    """The owner says whose login this is, by phone number."""

    phone: Phone


@router.put("/{staff_id}/person")
async def say_person(
    staff_id: UUID, asked: PersonSaid, staff: StaffMayManageStaff, svc: Svc
) -> StaffPerson:
    """The owner says whose login this is, by the phone that person signs in with.

    Not of himself: whoever pays out has to prove who he is.
    """
    if staff_id == staff.id:
        raise NotPermitted
    at = now()
    async with svc.db.transaction() as tx:
        person = await identity.person_of_phone(tx, svc.vault, asked.phone, at)
        await links.link_staff(tx, staff_id, person.id, staff, at)
        return await _of(tx, svc, staff_id)

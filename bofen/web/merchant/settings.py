"""What the merchant decides: the groups of settings, their versions, and what staff did."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Generic, TypeVar
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from bofen.gateways.words.check import check_text
from bofen.identity import audit, queries
from bofen.identity.audit import Deed
from bofen.identity.rules import StaffMember
from bofen.kit import clock
from bofen.kit.errors import InvalidRequest
from bofen.settings import rules
from bofen.settings import service as settings
from bofen.settings.rules import (
    Binding,
    Group,
    Live,
    Payout,
    Policies,
    Settings,
    Shop,
    Trade,
)
from bofen.settings.service import Change, Version
from bofen.web.deps import StaffMayWriteSettings, Svc
from bofen.web.shapes import (
    DEFAULT_LIMIT,
    Body,
    Cursor,
    FactOut,
    FormVersion,
    Limit,
    Listed,
    Moment,
    Shape,
    facts_out,
)
from bofen.web.wrong_fields import wrong_fields

router = APIRouter(tags=["settings"])

_HISTORY_MAX = 50
_AHEAD_MAX = timedelta(days=366)
AnyGroup = TypeVar("AnyGroup", Shop, Trade, Live, Binding, Payout, Policies)


class GroupOut(Shape, Generic[AnyGroup]):
    """A group as it was written last. `from_at` may still lie ahead; null: the defaults."""

    version: int
    value: AnyGroup
    from_at: datetime | None


class SettingsOut(Shape):
    """All groups as written last, and beside them what is in force now."""

    shop: GroupOut[Shop]
    trade: GroupOut[Trade]
    live: GroupOut[Live]
    binding: GroupOut[Binding]
    payout: GroupOut[Payout]
    policies: GroupOut[Policies]
    in_force: Settings


class GroupIn(Body, Generic[AnyGroup]):
    """The next version of a group. `version` is the one that the form was filled from."""

    version: FormVersion
    value: AnyGroup
    from_at: Moment | None = None
    """When it begins; null: at once."""


class VersionOut(Shape):
    """One version of a group: who wrote it, when, and what it says."""

    version: int
    value: dict[str, bool | str | int]
    from_at: datetime
    by_name: str
    written_at: datetime


@router.get("/settings")
async def read_settings(_: StaffMayWriteSettings, svc: Svc) -> SettingsOut:
    """All groups as written last, and what is in force now."""
    async with svc.db.transaction() as tx:
        newest = await settings.newest(tx)
        in_force = await settings.in_force(tx, clock.now())

    def group(kind: type[AnyGroup]) -> GroupOut[AnyGroup]:
        found: Version = newest[kind.key]
        value = rules.read(kind, found.value)
        return GroupOut(version=found.version, value=value, from_at=found.from_at)

    return SettingsOut(
        shop=group(Shop),
        trade=group(Trade),
        live=group(Live),
        binding=group(Binding),
        payout=group(Payout),
        policies=group(Policies),
        in_force=in_force,
    )


@router.put("/settings/shop")
async def write_shop(asked: GroupIn[Shop], staff: StaffMayWriteSettings, svc: Svc) -> SettingsOut:
    """The next version of who sells. Every buyer reads the name and the notice at once."""
    for field in ("name", "notice"):
        check_text(svc.words, field, getattr(asked.value, field))
    return await _write(svc, asked.value, asked.version, asked.from_at, staff)


@router.put("/settings/trade")
async def write_trade(asked: GroupIn[Trade], staff: StaffMayWriteSettings, svc: Svc) -> SettingsOut:
    """The next version of the terms of sale."""
    return await _write(svc, asked.value, asked.version, asked.from_at, staff)


@router.put("/settings/live")
async def write_live(asked: GroupIn[Live], staff: StaffMayWriteSettings, svc: Svc) -> SettingsOut:
    """The next version of what holds for rooms."""
    return await _write(svc, asked.value, asked.version, asked.from_at, staff)


@router.put("/settings/binding")
async def write_binding(
    asked: GroupIn[Binding], staff: StaffMayWriteSettings, svc: Svc
) -> SettingsOut:
    """The next version of who earns on a buyer."""
    return await _write(svc, asked.value, asked.version, asked.from_at, staff)


@router.put("/settings/payout")
async def write_payout(
    asked: GroupIn[Payout], staff: StaffMayWriteSettings, svc: Svc
) -> SettingsOut:
    """The next version of when and how commission is paid out."""
    return await _write(svc, asked.value, asked.version, asked.from_at, staff)


@router.put("/settings/policies")
async def write_policies(
    asked: GroupIn[Policies], staff: StaffMayWriteSettings, svc: Svc
) -> SettingsOut:
    """The next version of what buyers agree to."""
    return await _write(svc, asked.value, asked.version, asked.from_at, staff)


async def _write(
    svc: Svc, group: Group, version: int, from_at: datetime | None, staff: StaffMember
) -> SettingsOut:
    at = clock.now()
    if from_at is not None and not (from_at.tzinfo and at <= from_at <= at + _AHEAD_MAX):
        raise InvalidRequest(wrong_fields([{"loc": ("body", "from_at"), "type": "ahead"}]))
    async with svc.db.transaction() as tx:
        await settings.write(tx, Change(group, version, from_at or at), staff, at)
    return await read_settings(staff, svc)


@router.get("/settings/{key}/history")
async def history(
    key: Annotated[str, Field(pattern="^(shop|trade|live|binding|payout|policies)$")],
    _: StaffMayWriteSettings,
    svc: Svc,
) -> Listed[VersionOut]:
    """The newest versions of a group first, to be read beside each other."""
    async with svc.db.transaction() as tx:
        found = await settings.history(tx, key, _HISTORY_MAX)
        names = await queries.staff_names(tx, [row.by_staff_id for row in found if row.by_staff_id])
    return Listed(items=[_version_out(row, names) for row in found])


def _version_out(row: Version, names: dict[UUID, str]) -> VersionOut:
    assert row.from_at is not None
    assert row.written_at is not None
    by_name = names.get(row.by_staff_id, "") if row.by_staff_id else ""
    return VersionOut(
        version=row.version,
        value=dict(row.value),
        from_at=row.from_at,
        by_name=by_name,
        written_at=row.written_at,
    )


class RecordedOut(Shape):
    """Something that staff did. `subject` names the thing, as `order:<id>`."""

    id: UUID
    by_name: str
    deed: Deed
    subject: str
    facts: Sequence[FactOut]
    at: datetime


@router.get("/audit")
async def audit_log(
    _: StaffMayWriteSettings,
    svc: Svc,
    *,
    subject: Annotated[str | None, Query(max_length=80)] = None,
    staff_id: UUID | None = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Listed[RecordedOut]:
    """What staff did, newest first; of one thing or one person where that is asked."""
    async with svc.db.reading() as tx:
        page = await audit.page(tx, subject=subject, staff_id=staff_id, limit=limit, cursor=cursor)
    items = [
        RecordedOut(
            id=row.id,
            by_name=row.by_name,
            deed=row.deed,
            subject=row.subject,
            facts=facts_out(row.facts),
            at=row.at,
        )
        for row in page.items
    ]
    return Listed(items=items, next=page.next)

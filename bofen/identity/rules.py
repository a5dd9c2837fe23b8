"""Who may do what, and what a name, a phone number and a return address may look like."""

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum
from uuid import UUID

from bofen.kit.text import is_clean

NICKNAME_MAX = 24
ADDRESSES_MAX = 20
SESSION_LIFE = timedelta(days=30)
STAFF_SESSION_LIFE = timedelta(hours=12)
CODE_LIFE = timedelta(minutes=5)
CODE_TRIES_MAX = 5
STATE_LIFE = timedelta(minutes=10)

_PHONE = re.compile(r"1[3-9][0-9]{9}")
_MADE_UP = re.compile(r"用户[1-9][0-9]{5}")


class Permission(StrEnum):
    """One right. What each route asks for is listed in `tests/web/rights.py`."""

    products_write = "products_write"
    stock_write = "stock_write"
    orders_read = "orders_read"
    orders_ship = "orders_ship"
    orders_refund = "orders_refund"
    affiliates_review = "affiliates_review"
    withdrawals_approve = "withdrawals_approve"
    debts_write_off = "debts_write_off"
    rooms_manage = "rooms_manage"
    rooms_read = "rooms_read"
    rooms_host = "rooms_host"
    rooms_moderate = "rooms_moderate"
    reports_read = "reports_read"
    staff_manage = "staff_manage"
    settings_write = "settings_write"


class Role(StrEnum):
    """What somebody is hired for; `PERMISSIONS` says what that allows."""

    owner = "owner"
    operator = "operator"
    warehouse = "warehouse"
    finance = "finance"
    reviewer = "reviewer"
    moderator = "moderator"
    host = "host"


_P = Permission
PERMISSIONS: Mapping[Role, frozenset[Permission]] = {
    Role.owner: frozenset(Permission),
    Role.operator: frozenset(
        {
            _P.products_write,
            _P.stock_write,
            _P.orders_read,
            _P.orders_ship,
            _P.orders_refund,
            _P.affiliates_review,
            _P.rooms_manage,
            _P.rooms_read,
            _P.rooms_host,
            _P.rooms_moderate,
            _P.reports_read,
        }
    ),
    Role.warehouse: frozenset({_P.stock_write, _P.orders_read, _P.orders_ship}),
    Role.finance: frozenset(
        {_P.orders_read, _P.orders_refund, _P.withdrawals_approve, _P.reports_read}
    ),
    Role.reviewer: frozenset({_P.affiliates_review}),
    Role.moderator: frozenset({_P.rooms_read, _P.rooms_moderate}),
    Role.host: frozenset({_P.rooms_read, _P.rooms_host, _P.rooms_moderate}),
}


def may(role: Role, permission: Permission) -> bool:
    """Whether everybody of this role has this right."""
    return permission in PERMISSIONS[role]


@dataclass(frozen=True)
class StaffMember:
    """Who works here, as every verb that staff may use is told: its `by`."""

    id: UUID
    name: str
    role: Role

    @property
    def permissions(self) -> frozenset[Permission]:
        """What the role may do."""
        return PERMISSIONS[self.role]

    def may(self, permission: Permission) -> bool:
        """Whether this member of staff has this right."""
        return permission in self.permissions


@dataclass(frozen=True)
class Recipient:
    """Whom a parcel goes to: region plain, the rest sealed."""

    province: str
    city: str
    district: str
    name_sealed: bytes
    phone_sealed: bytes
    detail_sealed: bytes


def is_phone(text: str) -> bool:
    """A mobile number of mainland China, in plain digits."""
    return _PHONE.fullmatch(text) is not None


def is_printable(text: str) -> bool:
    """One line without anything hidden: what `kit.text.clean_line` leaves as it is."""
    return is_clean(text)


def is_nickname(text: str) -> bool:
    """A cleaned line of a length that a list can show."""
    return 0 < len(text) <= NICKNAME_MAX and is_printable(text)


def made_up_nickname() -> str:
    """For whoever has not said how he wants to be called."""
    return f"用户{secrets.randbelow(900_000) + 100_000}"


def is_made_up(nickname: str) -> bool:
    """Whether it is we who called him so."""
    return _MADE_UP.fullmatch(nickname) is not None


def is_local_path(text: str) -> bool:
    """`/#/pages/hall`: leads back into the shop and to no other host."""
    return (
        text.startswith("/")
        and not text.startswith("//")
        and "\\" not in text
        and len(text) <= 300
        and is_printable(text)
        and " " not in text
    )

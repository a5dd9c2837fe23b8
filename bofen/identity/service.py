"""The verbs of identity: who signs in, who works here, what staff did."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.gateways.wechat.protocol import WeChatIdentity
from bofen.identity import audit
from bofen.identity.audit import Deed
from bofen.identity.errors import LastOwner, LoginTaken, NicknameRefused, WrongCode
from bofen.identity.queries import nicknames
from bofen.identity.rules import (
    CODE_LIFE,
    CODE_TRIES_MAX,
    SESSION_LIFE,
    STAFF_SESSION_LIFE,
    Role,
    StaffMember,
    is_nickname,
    made_up_nickname,
)
from bofen.kit.crypto import Vault, mask_phone, new_token, token_hash
from bofen.kit.db import ConstraintViolated, Tx
from bofen.kit.errors import NotFound
from bofen.kit.ids import new_id

__all__ = ["nicknames"]


@dataclass(frozen=True)
class Person:
    """A person as he is shown himself; the phone masked, None where it was not asked."""

    id: UUID
    nickname: str
    avatar_key: str | None = None
    phone_masked: str | None = None


async def person_of_wechat(tx: Tx, account: WeChatIdentity, at: datetime) -> Person:
    """The person with this WeChat account; a new one the first time.

    The same person in another app of the merchant is known by `unionid`.
    """
    person_id = await owner_of_wechat(tx, account) or await _new_person(tx, at)
    await _keep_wechat(tx, person_id, account)
    return await person(tx, None, person_id)


async def owner_of_wechat(tx: Tx, account: WeChatIdentity) -> UUID | None:
    """Whose account this is, held until the transaction ends; None: nobody has it yet."""
    await tx.queue_up(f"wechat:{account.unionid or account.appid + account.openid}")
    rows = await tx.fetch(
        "SELECT person_id FROM identity_wechat WHERE (appid = $1 AND openid = $2)"
        " OR unionid = $3 ORDER BY (appid = $1 AND openid = $2) DESC LIMIT 1",
        account.appid,
        account.openid,
        account.unionid,
    )
    return rows[0]["person_id"] if rows else None


async def _keep_wechat(tx: Tx, person_id: UUID, account: WeChatIdentity) -> None:
    await tx.fetch(
        "INSERT INTO identity_wechat (appid, openid, unionid, person_id) VALUES ($1, $2, $3, $4)"
        " ON CONFLICT (appid, openid) DO UPDATE"
        " SET unionid = coalesce(excluded.unionid, identity_wechat.unionid)",
        account.appid,
        account.openid,
        account.unionid,
        person_id,
    )


async def link_wechat(
    tx: Tx, person_id: UUID, account: WeChatIdentity, former_id: UUID | None, at: datetime
) -> None:
    """The account is this person's from now on.

    `former_id` is who it made by signing in before: his accounts, addresses and proofs come along,
    and whoever is signed in as him signs in again, as the one person.
    """
    if former_id:
        for moved in _MOVED:
            await tx.fetch(moved, former_id, person_id)
        await tx.fetch(
            "UPDATE identity_session SET revoked_at = $2"
            " WHERE person_id = $1 AND revoked_at IS NULL",
            former_id,
            at,
        )
    await _keep_wechat(tx, person_id, account)


_MOVED = (
    "UPDATE identity_wechat SET person_id = $2 WHERE person_id = $1",
    "UPDATE identity_address SET person_id = $2, is_default = false WHERE person_id = $1",
    (
        "INSERT INTO identity_phone (person_id, phone_index, phone_sealed, proved_at)"
        " SELECT $2::uuid, phone_index, phone_sealed, proved_at FROM identity_phone"
        " WHERE person_id = $1 ON CONFLICT DO NOTHING"
    ),
    (
        "INSERT INTO identity_phone (person_id, phone_index, phone_sealed, proved_at)"
        " SELECT $2::uuid, phone_index, phone_sealed, created_at FROM identity_person"
        " WHERE id = $1 AND phone_index IS NOT NULL ON CONFLICT DO NOTHING"
    ),
    (
        "INSERT INTO identity_staff_person (staff_id, person_id, at)"
        " SELECT staff_id, $2::uuid, at FROM identity_staff_person WHERE person_id = $1"
        " ON CONFLICT DO NOTHING"
    ),
    "UPDATE identity_staff SET person_id = $2 WHERE person_id = $1",
)
"""What comes along from a person (1) to the one that he is as well (2)."""


async def person_of_phone(tx: Tx, vault: Vault, phone: str, at: datetime) -> Person:
    """The person with this phone number; a new one the first time."""
    index = vault.blind_index(phone)
    await tx.queue_up(f"phone:{index.hex()}")
    rows = await tx.fetch("SELECT id FROM identity_person WHERE phone_index = $1", index)
    person_id = rows[0]["id"] if rows else await _new_person(tx, at)
    if not rows:
        await tx.fetch(
            "UPDATE identity_person SET phone_sealed = $2, phone_index = $3 WHERE id = $1",
            person_id,
            vault.seal(phone),
            index,
        )
    return await person(tx, vault, person_id)


async def _new_person(tx: Tx, at: datetime) -> UUID:
    person_id = new_id()
    await tx.fetch(
        "INSERT INTO identity_person (id, nickname, created_at) VALUES ($1, $2, $3)",
        person_id,
        made_up_nickname(),
        at,
    )
    return person_id


async def person(tx: Tx, vault: Vault | None, person_id: UUID) -> Person:
    """With a vault also the masked phone number."""
    rows = await tx.fetch(
        "SELECT id, nickname, avatar_key, coalesce(phone_sealed, (SELECT phone_sealed"
        " FROM identity_phone WHERE person_id = $1 ORDER BY proved_at DESC LIMIT 1))"
        " AS phone_sealed FROM identity_person WHERE id = $1",
        person_id,
    )
    if not rows:
        raise NotFound("person")
    row = rows[0]
    sealed = row["phone_sealed"]
    phone = mask_phone(vault.open(sealed)) if vault and sealed else None
    return Person(row["id"], row["nickname"], row["avatar_key"], phone)


async def rename(tx: Tx, person_id: UUID, nickname: str) -> None:
    """`nickname` is a cleaned line. Raises `NicknameRefused` when it is empty or too long."""
    if not is_nickname(nickname):
        raise NicknameRefused
    await tx.fetch("UPDATE identity_person SET nickname = $2 WHERE id = $1", person_id, nickname)


async def openid_of(tx: Tx, person_id: UUID, appid: str) -> str | None:
    """How this app of WeChat names the person: needed to ask him for money, or to pay him."""
    rows = await tx.fetch(
        "SELECT openid FROM identity_wechat WHERE person_id = $1 AND appid = $2"
        " ORDER BY openid LIMIT 1",
        person_id,
        appid,
    )
    return rows[0]["openid"] if rows else None


async def open_session(
    tx: Tx, *, person_id: UUID | None = None, staff_id: UUID | None = None, at: datetime
) -> str:
    """A new token; only its hash is kept."""
    token = new_token()
    await tx.fetch(
        "INSERT INTO identity_session (token_hash, person_id, staff_id, created_at, expires_at)"
        " VALUES ($1, $2, $3, $4, $5)",
        token_hash(token),
        person_id,
        staff_id,
        at,
        at + (STAFF_SESSION_LIFE if staff_id else SESSION_LIFE),
    )
    return token


async def close_session(tx: Tx, token: str, at: datetime) -> None:
    """Sign out. Unknown tokens and repeats change nothing."""
    await tx.fetch(
        "UPDATE identity_session SET revoked_at = $2 WHERE token_hash = $1 AND revoked_at IS NULL",
        token_hash(token),
        at,
    )


async def new_phone_code(tx: Tx, vault: Vault, phone: str, at: datetime) -> str:
    """Six digits to send to the phone; the codes before are good no more."""
    code = f"{secrets.randbelow(1_000_000):06d}"
    index = vault.blind_index(phone)
    await tx.fetch(
        "INSERT INTO identity_phone_code (phone_index, code_hash, sent_at, expires_at, tries)"
        " VALUES ($1, $2, $3, $4, 0) ON CONFLICT (phone_index) DO UPDATE"
        " SET code_hash = $2, sent_at = $3, expires_at = $4, tries = 0",
        index,
        _code_hash(vault, phone, code),
        at,
        at + CODE_LIFE,
    )
    return code


async def try_phone_code(
    tx: Tx, vault: Vault, phone: str, code: str, at: datetime
) -> WrongCode | None:
    """Use up one try, and the code when it is right. Commit either way, then raise."""
    index = vault.blind_index(phone)
    rows = await tx.fetch(
        "UPDATE identity_phone_code SET tries = tries + 1"
        " WHERE phone_index = $1 AND expires_at > $2 AND tries < $3 RETURNING code_hash",
        index,
        at,
        CODE_TRIES_MAX,
    )
    given = _code_hash(vault, phone, code)
    if not rows or not secrets.compare_digest(rows[0]["code_hash"], given):
        return WrongCode()
    await tx.fetch("DELETE FROM identity_phone_code WHERE phone_index = $1", index)
    return None


def _code_hash(vault: Vault, phone: str, code: str) -> bytes:
    """Keyed: six digits would be found at once by trying all."""
    return vault.blind_index(f"code {phone} {code}")


@dataclass(frozen=True)
class StaffDraft:
    """A member of staff as the owner wrote it."""

    login: str
    name: str
    role: Role


async def hire(
    tx: Tx, draft: StaffDraft, password_hash: str, at: datetime, by: StaffMember | None = None
) -> UUID:
    """A new member of staff; the id. Raises `LoginTaken`.

    `by` None: whoever runs the machine, for the first of all.
    """
    staff_id = new_id()
    rows = await tx.fetch(
        "INSERT INTO identity_staff (id, login, name, password_hash, role, created_at, is_active)"
        " VALUES ($1, $2, $3, $4, $5, $6, true) ON CONFLICT (login) DO NOTHING RETURNING id",
        staff_id,
        draft.login,
        draft.name,
        password_hash,
        draft.role.value,
        at,
    )
    if not rows:
        raise LoginTaken
    if by:
        subject, facts = f"staff:{staff_id}", {"login": draft.login, "role": draft.role}
        await audit.record(tx, by, Deed.staff_hired, subject, at, **facts)
    return staff_id


@dataclass(frozen=True)
class StaffChange:
    """What becomes of a member of staff; `password_hash` None: the password stays."""

    draft: StaffDraft
    is_active: bool
    password_hash: str | None = None


async def change_staff(
    tx: Tx, staff_id: UUID, change: StaffChange, by: StaffMember, at: datetime
) -> None:
    """Another name, role, state or password.

    Whoever is signed in with what was true before is signed out. Raises `LoginTaken`, and
    `LastOwner` where nobody would be left who can give rights.
    """
    await tx.queue_up("staff")
    before = await _staff_of(tx, staff_id)
    draft = change.draft
    try:
        await tx.fetch(
            "UPDATE identity_staff SET login = $2, name = $3, role = $4, is_active = $5,"
            " password_hash = coalesce($6, password_hash) WHERE id = $1",
            staff_id,
            draft.login,
            draft.name,
            draft.role.value,
            change.is_active,
            change.password_hash,
        )
    except ConstraintViolated as error:
        raise LoginTaken from error
    owners = await tx.fetch(
        "SELECT 1 FROM identity_staff WHERE role = 'owner' AND is_active LIMIT 1"
    )
    if not owners:
        raise LastOwner
    if change.password_hash or (before.role, True) != (draft.role, change.is_active):
        await _end_sessions(tx, staff_id, at)
    facts = {"role": draft.role, "is_active": change.is_active}
    facts["new_password"] = change.password_hash is not None
    await audit.record(tx, by, Deed.staff_changed, f"staff:{staff_id}", at, **facts)


async def change_own_password(
    tx: Tx, member: StaffMember, password_hash: str, at: datetime
) -> None:
    """A new password of one's own; every session ends, also the one that asked."""
    await tx.fetch(
        "UPDATE identity_staff SET password_hash = $2 WHERE id = $1", member.id, password_hash
    )
    await _end_sessions(tx, member.id, at)
    await audit.record(tx, member, Deed.password_changed, f"staff:{member.id}", at)


async def _staff_of(tx: Tx, staff_id: UUID) -> StaffMember:
    rows = await tx.rows(
        StaffMember, "SELECT id, name, role FROM identity_staff WHERE id = $1", staff_id
    )
    if not rows:
        raise NotFound("staff")
    return rows[0]


async def _end_sessions(tx: Tx, staff_id: UUID, at: datetime) -> None:
    await tx.fetch(
        "UPDATE identity_session SET revoked_at = $2 WHERE staff_id = $1 AND revoked_at IS NULL",
        staff_id,
        at,
    )


async def sign_in_staff(tx: Tx, member: StaffMember, at: datetime) -> str:
    """A session of somebody whose password was right: its token."""
    token = await open_session(tx, staff_id=member.id, at=at)
    await audit.record(tx, member, Deed.signed_in, f"staff:{member.id}", at)
    return token

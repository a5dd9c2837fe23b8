"""What a provider found wrong with a push, kept for the host until he has mended it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from bofen.kit.db import Tx
from bofen.kit.ids import new_id


@dataclass(frozen=True)
class Finding:
    """`code` is the provider's word; `value` what was measured, in the unit of the code."""

    push_id: str
    code: str
    value: int = 0


@dataclass(frozen=True)
class NoticeRow:
    """One finding, and when it was made."""

    code: str
    value: int
    at: datetime


async def note(tx: Tx, session_id: UUID, finding: Finding, at: datetime) -> None:
    """The newest of each code is kept; the same push and code again changes nothing.

    So a stranger who is refused at the door for ever pushes no other finding out. The session is
    locked by the caller.
    """
    await tx.fetch(
        "DELETE FROM live_notice WHERE session_id = $1 AND code = $2 AND push_id <> $3",
        session_id,
        finding.code,
        finding.push_id,
    )
    await tx.fetch(
        "INSERT INTO live_notice (id, session_id, push_id, code, value, at)"
        " VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        new_id(),
        session_id,
        finding.push_id,
        finding.code,
        finding.value,
        at,
    )


async def settle_refusals(tx: Tx, session_id: UUID, push_id: str, refusals: Sequence[str]) -> None:
    """A push was taken: why others were turned away before it is no more the host's trouble."""
    await tx.fetch(
        "DELETE FROM live_notice"
        " WHERE session_id = $1 AND push_id <> $2 AND code = ANY($3::text[])",
        session_id,
        push_id,
        list(refusals),
    )


async def newest(tx: Tx, session_id: UUID | None) -> list[NoticeRow]:
    """The last of each code, the newest first; nothing without a broadcast."""
    return await tx.rows(
        NoticeRow,
        "SELECT code, value, at FROM live_notice WHERE session_id = $1 ORDER BY id DESC",
        session_id,
    )

"""Many viewers say something at once: judged, numbered and kept in one transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from bofen.flows.rooms import RoomChanges, message_json
from bofen.identity import queries as identity
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound, Refusal
from bofen.kit.ids import new_id
from bofen.live import service as live
from bofen.live.errors import Muted, NotAllowed, TooFast
from bofen.live.rules import MessageStatus, masked_nickname


@dataclass(frozen=True)
class Say:
    """`client_id` is the client's own: saying it twice is saying it once."""

    room_id: UUID
    person_id: UUID
    client_id: UUID
    text: str
    verdict: Literal["pass", "review", "block"]


@dataclass(frozen=True)
class Said:
    """`seq` is None for a message that waits for a moderator: only its writer sees it."""

    seq: int | None
    status: MessageStatus


async def say(
    tx: Tx, asked: Sequence[Say], at: datetime
) -> tuple[list[Said | Refusal], list[RoomChanges]]:
    """Each one's answer, in order, and what the rooms are to be told after the commit."""
    earlier = await _earlier(tx, asked)
    rooms = await _rooms(tx, asked)
    names = await identity.nicknames(tx, {one.person_id for one in asked})
    answers: list[Said | Refusal | None] = []
    taken: dict[tuple[UUID, UUID], int] = {}
    for i, one in enumerate(asked):
        key = (one.person_id, one.client_id)
        answer: Said | Refusal | None = earlier.get(key)
        if answer is None and key not in taken:
            answer = _refusal(one, rooms, at)
            if answer is None:
                taken[key] = i
        answers.append(answer)
    written, changes = await _write(tx, [asked[i] for i in taken.values()], names, at)
    said = [
        answer or written[one.person_id, one.client_id]
        for answer, one in zip(answers, asked, strict=True)
    ]
    return said, changes


async def _earlier(tx: Tx, asked: Sequence[Say]) -> dict[tuple[UUID, UUID], Said | Refusal]:
    rows = await tx.fetch(
        "SELECT person_id, client_id, seq, status FROM live_message"
        " JOIN unnest($1::uuid[], $2::uuid[]) AS a (person_id, client_id)"
        " USING (person_id, client_id)",
        [one.person_id for one in asked],
        [one.client_id for one in asked],
    )
    return {
        (row["person_id"], row["client_id"]): Said(row["seq"], MessageStatus(row["status"]))
        for row in rows
    }


async def _rooms(tx: Tx, asked: Sequence[Say]) -> dict[tuple[UUID, UUID], dict[str, Any]]:
    """For each speaker in each room: slow mode, whether he is muted, when he last spoke."""
    rows = await tx.fetch(
        "SELECT r.id AS room_id, a.person_id, r.slow_mode_s, m.person_id IS NOT NULL AS is_muted,"
        " (SELECT max(at) FROM live_message x WHERE x.room_id = r.id"
        "  AND x.person_id = a.person_id AND r.slow_mode_s > 0) AS last_at"
        " FROM unnest($1::uuid[], $2::uuid[]) AS a (room_id, person_id)"
        " JOIN live_room r ON r.id = a.room_id"
        " LEFT JOIN live_mute m ON m.room_id = r.id AND m.person_id = a.person_id",
        [one.room_id for one in asked],
        [one.person_id for one in asked],
    )
    return {(row["room_id"], row["person_id"]): row for row in rows}


def _refusal(
    one: Say, rooms: Mapping[tuple[UUID, UUID], dict[str, Any]], at: datetime
) -> Refusal | None:
    room = rooms.get((one.room_id, one.person_id))
    if room is None:
        return NotFound("room")
    if room["is_muted"]:
        return Muted()
    if one.verdict == "block":
        return NotAllowed()
    if room["last_at"]:
        wait = room["slow_mode_s"] - (at - room["last_at"]).total_seconds()
        if wait > 0:
            return TooFast(int(wait) + 1)
    return None


async def _write(
    tx: Tx, new: Sequence[Say], names: Mapping[UUID, str], at: datetime
) -> tuple[dict[tuple[UUID, UUID], Said], list[RoomChanges]]:
    if not new:
        return {}, []
    shown = [one for one in new if one.verdict == "pass"]
    following = await live.number(tx, Counter(one.room_id for one in shown))
    written: dict[tuple[UUID, UUID], Said] = {}
    changes: dict[UUID, list[Mapping[str, Any]]] = {}
    nicknames = [masked_nickname(names.get(one.person_id, "")) for one in new]
    for one, nickname in zip(new, nicknames, strict=True):
        if one.verdict != "pass":
            written[one.person_id, one.client_id] = Said(None, MessageStatus.held)
            continue
        seq = following[one.room_id]
        following[one.room_id] = seq + 1
        written[one.person_id, one.client_id] = Said(seq, MessageStatus.shown)
        message = message_json(
            seq=seq, person_id=one.person_id, nickname=nickname, text=one.text, at=at
        )
        change = {"seq": seq, "kind": "message", "message": message}
        changes.setdefault(one.room_id, []).append(change)
    saids = [written[one.person_id, one.client_id] for one in new]
    await tx.fetch(
        "INSERT INTO live_message"
        " (id, room_id, person_id, client_id, nickname, text, seq, status, at)"
        " SELECT m.*, $9::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[],"
        " $5::text[], $6::text[], $7::bigint[], $8::text[]) AS m",
        [new_id() for _ in new],
        [one.room_id for one in new],
        [one.person_id for one in new],
        [one.client_id for one in new],
        nicknames,
        [one.text for one in new],
        [said.seq for said in saids],
        [said.status.value for said in saids],
        at,
    )
    return written, list(changes.items())

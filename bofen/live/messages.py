"""Danmaku: many viewers say something at once, judged, numbered and kept in one transaction."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from bofen.identity import queries as identity
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound, Refusal
from bofen.kit.ids import new_id
from bofen.live import service
from bofen.live.changes import Change, MessageOut, MessageShown, RoomChanges
from bofen.live.errors import Muted, NotAllowed, TooFast
from bofen.live.rules import (
    MESSAGES_KEPT,
    MessageStatus,
    claimed_media_time_ms,
    masked_nickname,
)

Key = tuple[UUID, UUID]


@dataclass(frozen=True)
class NewMessage:
    """`client_id` is the client's own: sending it twice is saying it once."""

    room_id: UUID
    person_id: UUID
    client_id: UUID
    text: str
    verdict: Literal["pass", "review", "block"]
    media_time_ms: int | None = None
    """How far the broadcast had come on the writer's screen, as his client says."""

    @property
    def key(self) -> Key:
        """By whom, and which of his."""
        return self.person_id, self.client_id


@dataclass(frozen=True)
class Sent:
    """`seq` is None for a message that waits for a moderator: only its writer sees it."""

    seq: int | None
    status: MessageStatus


@dataclass(frozen=True)
class Speaker:
    """Who says a message in a room, and what there is against it."""

    room_id: UUID | None
    """None: there is no such room."""
    sent_seq: int | None
    sent_status: MessageStatus | None
    """Of this very message, where it was sent earlier."""
    slow_mode_s: int
    is_muted: bool
    last_at: datetime | None
    """When he last spoke there; read in slow mode only."""
    session_id: UUID | None
    """The broadcast on air there."""
    started_at: datetime | None


async def send(
    tx: Tx, messages: Sequence[NewMessage], at: datetime
) -> tuple[list[Sent | Refusal], list[RoomChanges]]:
    """Each one's answer, in order, and what the rooms are to be told after the commit.

    Answers `NotFound`, `Muted`, `NotAllowed` or `TooFast` for what is not taken.
    """
    answers: dict[Key, Sent | Refusal] = {}
    new: dict[Key, Spoken] = {}
    spoke: set[tuple[UUID, UUID]] = set()
    for message, speaker in zip(messages, await _speakers(tx, messages), strict=True):
        if message.key in answers or message.key in new:
            continue
        if speaker.sent_status:
            answers[message.key] = Sent(speaker.sent_seq, speaker.sent_status)
            continue
        place = (message.room_id, message.person_id)
        refusal = _refusal(message, speaker, at)
        if refusal is None and place in spoke and speaker.slow_mode_s > 0:
            refusal = TooFast(speaker.slow_mode_s)
        if refusal is None:
            new[message.key] = Spoken(message, speaker)
            spoke.add(place)
        else:
            answers[message.key] = refusal
    kept, changes = await _keep_messages(tx, list(new.values()), at)
    answers |= kept
    return [answers[message.key] for message in messages], changes


_SPEAKERS = """
SELECT r.id AS room_id, sent.seq AS sent_seq, sent.status AS sent_status,
  coalesce(r.slow_mode_s, 0) AS slow_mode_s, m.person_id IS NOT NULL AS is_muted,
  (SELECT max(at) FROM live_message x
   WHERE x.room_id = r.id AND x.person_id = a.person_id AND r.slow_mode_s > 0) AS last_at,
  s.id AS session_id, s.started_at
FROM unnest($1::uuid[], $2::uuid[], $3::uuid[]) WITH ORDINALITY
  AS a (room_id, person_id, client_id, nth)
LEFT JOIN live_message sent ON sent.person_id = a.person_id AND sent.client_id = a.client_id
LEFT JOIN live_room r ON r.id = a.room_id
LEFT JOIN live_session s ON s.room_id = r.id AND s.status IN ('live', 'interrupted')
LEFT JOIN live_mute m ON m.room_id = r.id AND m.person_id = a.person_id
ORDER BY a.nth
"""


async def _speakers(tx: Tx, messages: Sequence[NewMessage]) -> list[Speaker]:
    """One for each message, in order."""
    return await tx.rows(
        Speaker,
        _SPEAKERS,
        [message.room_id for message in messages],
        [message.person_id for message in messages],
        [message.client_id for message in messages],
    )


def _refusal(message: NewMessage, speaker: Speaker, at: datetime) -> Refusal | None:
    if speaker.room_id is None:
        return NotFound("room")
    if speaker.is_muted:
        return Muted()
    if message.verdict == "block":
        return NotAllowed()
    if speaker.last_at:
        wait_s = speaker.slow_mode_s - (at - speaker.last_at).total_seconds()
        if wait_s > 0:
            return TooFast(int(wait_s) + 1)
    return None


@dataclass(frozen=True)
class Spoken:
    """A message that is taken, and who said it."""

    message: NewMessage
    speaker: Speaker


async def _keep_messages(
    tx: Tx, spoken: Sequence[Spoken], at: datetime
) -> tuple[dict[Key, Sent], list[RoomChanges]]:
    """Written, numbered unless a moderator is to look first."""
    if not spoken:
        return {}, []
    new = [each.message for each in spoken]
    names = await identity.nicknames(tx, {message.person_id for message in new})
    masked = {person_id: masked_nickname(name) for person_id, name in names.items()}
    sent = await _numbered(tx, new)
    await _insert(tx, spoken, sent, masked, at)
    changes: dict[UUID, list[Change]] = {}
    for message in new:
        seq = sent[message.key].seq
        if seq is not None:
            shown = MessageOut(
                seq=seq,
                person_id=message.person_id,
                nickname=masked.get(message.person_id, "*"),
                text=message.text,
                at=at,
            )
            change = MessageShown(seq=seq, message=shown)
            changes.setdefault(message.room_id, []).append(change)
    return sent, list(changes.items())


async def _numbered(tx: Tx, new: Sequence[NewMessage]) -> dict[Key, Sent]:
    passed = Counter(message.room_id for message in new if message.verdict == "pass")
    following = await service.take_numbers(tx, passed) if passed else {}
    sent = {}
    for message in new:
        if message.verdict != "pass":
            sent[message.key] = Sent(None, MessageStatus.held)
            continue
        sent[message.key] = Sent(following[message.room_id], MessageStatus.shown)
        following[message.room_id] += 1
    return sent


async def _insert(
    tx: Tx,
    spoken: Sequence[Spoken],
    sent: Mapping[Key, Sent],
    masked: Mapping[UUID, str],
    at: datetime,
) -> None:
    new = [each.message for each in spoken]
    await tx.fetch(
        "INSERT INTO live_message (id, room_id, person_id, client_id, nickname, text, seq, status,"
        " session_id, media_time_ms, at)"
        " SELECT m.*, $11::timestamptz FROM unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::uuid[],"
        " $5::text[], $6::text[], $7::bigint[], $8::text[], $9::uuid[], $10::bigint[]) AS m",
        [new_id() for _ in new],
        [message.room_id for message in new],
        [message.person_id for message in new],
        [message.client_id for message in new],
        [masked.get(message.person_id, "*") for message in new],
        [message.text for message in new],
        [sent[message.key].seq for message in new],
        [sent[message.key].status.value for message in new],
        [each.speaker.session_id for each in spoken],
        [
            claimed_media_time_ms(each.message.media_time_ms, each.speaker.started_at, at)
            for each in spoken
        ],
        at,
    )


async def newest_shown(tx: Tx, room_id: UUID, last_seq: int) -> list[MessageOut]:
    """What a viewer who enters begins with: the last of the talk up to this number, oldest first.

    Only what was said since the room's newest broadcast began: on the air that is the talk of this
    broadcast, and between two of them the last one's with what was said after it. Whoever was there
    before keeps what he has seen. One that came after `last_seq` is a change that follows, and
    would stand there twice.
    """
    rows = await tx.fetch(
        "SELECT * FROM (SELECT seq, person_id, nickname, text, at FROM live_message"
        "  WHERE room_id = $1 AND status = 'shown' AND seq <= $3 ORDER BY seq DESC LIMIT $2)"
        " AS newest WHERE at >= coalesce((SELECT max(started_at) FROM live_session"
        "  WHERE room_id = $1), '-infinity') ORDER BY seq",
        room_id,
        MESSAGES_KEPT,
        last_seq,
    )
    return [MessageOut(**row) for row in rows]

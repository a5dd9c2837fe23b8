"""What the shop asks of whoever carries its live pictures, and what it hears back."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar, Literal, Protocol
from uuid import UUID


class PlayKind(StrEnum):
    """How a stream can be watched; each kind needs its own player."""

    llhls = "llhls"
    hls = "hls"
    flv = "flv"
    wsflv = "wsflv"


StopReason = Literal[
    "left", "kicked", "silent", "protocol", "replaced", "shutdown", "restart", "fault"
]
"""`protocol`: the push sent what cannot be played; `fault`: the engine failed over it."""

RefusalCode = Literal[
    "wrong_key",
    "already_live",
    "too_many_tries",
    "shop_unreachable",
    "wrong_application",
    "not_publishing",
    "unsupported_video",
    "unsupported_sound",
    "no_picture",
    "malformed",
    "ended_by_shop",
    "engine_fault",
]
NoticeCode = Literal[
    "gop_too_long", "bitrate_too_high", "audio_only", "no_sound", "chroma_not_420", "depth_not_8"
]


@dataclass(frozen=True)
class StreamRef:
    """A stream's public name (fresh for each session) and the session it belongs to."""

    name: str
    session_id: UUID


@dataclass(frozen=True)
class PushEndpoint:
    """What a streamer types into OBS: the server address and the stream key."""

    url: str
    key: str


@dataclass(frozen=True)
class PlayEndpoint:
    """One way to watch: a signed address, and what a player finds there."""

    kind: PlayKind
    url: str


@dataclass(frozen=True)
class StreamState:
    """One stream that is live now. `session` is what the shop answered when it allowed the push."""

    name: str
    session: str
    push_id: str
    started_at: datetime
    width: int
    height: int
    viewers: int


@dataclass(frozen=True)
class PublishRequested:
    """Needs a decision: answer 200 `{"allow": true, "session": "…"}`, or 403."""

    push_id: str
    name: str
    key: str
    address: str
    at: datetime


@dataclass(frozen=True)
class PublishStarted:
    """Media flows. `push_id` names this one connection; `session` is what the shop answered."""

    push_id: str
    name: str
    session: str
    at: datetime


@dataclass(frozen=True)
class PublishStopped:
    """A stop whose `push_id` is not the current one is old news: ignore it."""

    push_id: str
    name: str
    session: str
    reason: StopReason
    at: datetime


@dataclass(frozen=True)
class RecordReady:
    """The replay of a stream so far; told again, and longer, after each further push."""

    push_id: str
    name: str
    session: str
    duration_ms: int
    size_bytes: int
    started_at: datetime
    at: datetime


@dataclass(frozen=True)
class PushRefused:
    """An encoder was sent away. `session` is empty where it was never admitted.

    The encoder was told the same in English, `why`; the code is what a page has words for.
    """

    push_id: str
    name: str
    session: str
    code: RefusalCode
    why: str
    at: datetime


@dataclass(frozen=True)
class StreamNotice:
    """Something about a running push that the host had better know; once per push and code.

    `value` is what was measured: `gop_too_long` milliseconds between key frames,
    `bitrate_too_high` kbit/s, `chroma_not_420` the `chroma_format_idc`, `depth_not_8` bits; else 0.
    """

    push_id: str
    name: str
    session: str
    code: NoticeCode
    value: int
    at: datetime


@dataclass(frozen=True)
class EngineStarted:
    """The engine is up, perhaps again, and its doors are open; what was live before is not.

    A grace for encoders that were cut off counts from `at`. Concerns every stream, so `name` is
    empty. `engine_id` is new with each start.
    """

    engine_id: str
    at: datetime
    name: ClassVar[str] = ""


StreamEvent = (
    PublishRequested
    | PublishStarted
    | PublishStopped
    | RecordReady
    | PushRefused
    | StreamNotice
    | EngineStarted
)


class StreamProvider(Protocol):
    """One live engine or cloud, as the shop sees it."""

    def push_endpoint(self, stream: StreamRef, key: str, expires_at: datetime) -> PushEndpoint:
        """`key` is random and the shop's own: it keeps only a hash and decides when asked."""

    def play_endpoints(self, name: str, at: datetime, ttl_s: int) -> list[PlayEndpoint]:
        """Signed addresses of a live stream, good for `ttl_s` seconds: a whole session, please."""

    def replay_endpoint(self, name: str, at: datetime, ttl_s: int) -> PlayEndpoint:
        """The signed address of a recording, playable once `RecordReady` was heard."""

    async def kick(self, name: str) -> bool:
        """End the push that is live under `name`; False when there is none."""

    async def list_live(self) -> list[StreamState]:
        """What is live now: callbacks get lost, so compare from time to time."""

    def open_callback(self, headers: Mapping[str, str], body: bytes, at: datetime) -> StreamEvent:
        """The event in a callback. Raises `ForgedStreamCallback` on anything not signed by us."""

    def allow(self, session_id: UUID) -> bytes:
        """The JSON by which this provider understands that a push may begin."""

    def noted(self) -> bytes:
        """The JSON by which it understands that it was heard."""

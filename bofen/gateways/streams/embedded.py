"""Our own live engine, seen from the shop: signed addresses, its callbacks, its control calls."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, get_args
from uuid import UUID

import httpx

from bofen.gateways.streams import signing
from bofen.gateways.streams.errors import ForgedStreamCallback
from bofen.gateways.streams.protocol import (
    EngineStarted,
    NoticeCode,
    PlayEndpoint,
    PlayKind,
    PublishRequested,
    PublishStarted,
    PublishStopped,
    PushEndpoint,
    PushRefused,
    RecordReady,
    RefusalCode,
    StopReason,
    StreamEvent,
    StreamNotice,
    StreamRef,
    StreamState,
)
from bofen.kit import clock
from bofen.kit.addresses import url_of
from bofen.kit.errors import ProviderError
from bofen.kit.settings import Settings

_TIMEOUT_S = 5.0
NAME = "embedded"
"""By this name sessions remember their provider, and its callbacks find their door."""
_PROVIDER = "embedded_streams"
_FILES: Mapping[PlayKind, tuple[str, str]] = {
    PlayKind.llhls: ("http", "live/{name}/master.m3u8"),
    PlayKind.flv: ("http", "live/{name}.flv"),
    PlayKind.wsflv: ("ws", "live/{name}/ws.flv"),
    PlayKind.hls: ("http", "live/{name}/plain.m3u8"),
}
_REASONS: Mapping[str, StopReason] = {reason: reason for reason in get_args(StopReason)}
_REFUSALS: Mapping[str, RefusalCode] = {code: code for code in get_args(RefusalCode)}
_NOTICES: Mapping[str, NoticeCode] = {code: code for code in get_args(NoticeCode)}


class EmbeddedStreams:
    """Implements `StreamProvider` for `bofen media`."""

    def __init__(
        self, secret: str, media_url: str, rtmp_url: str, control_url: str, http: httpx.AsyncClient
    ) -> None:
        self._secret = secret
        self._media_url = media_url.rstrip("/")
        self._rtmp_url = rtmp_url.rstrip("/")
        self._control_url = control_url.rstrip("/")
        self._http = http

    @classmethod
    def of(cls, settings: Settings, http: httpx.AsyncClient) -> "EmbeddedStreams":
        """The engine that `settings` describe; its control calls take the internal address."""
        own = url_of("http", settings.host, settings.media_port)
        return cls(
            settings.media_secret.get_secret_value(),
            settings.media_url or own,
            settings.rtmp_url or url_of("rtmp", settings.host, settings.rtmp_port, "/live"),
            settings.internal_media_url or own,
            http,
        )

    def push_endpoint(self, stream: StreamRef, key: str, expires_at: datetime) -> PushEndpoint:
        """The RTMP address of our engine, and the stream's name with its key."""
        expires = int(expires_at.timestamp())
        return PushEndpoint(self._rtmp_url, f"{stream.name}?key={key}&expires={expires}")

    def play_endpoints(self, name: str, at: datetime, ttl_s: int) -> list[PlayEndpoint]:
        """LL-HLS, FLV and WebSocket-FLV of one stream, each signed."""
        query = signing.play_query(self._secret, f"live/{name}", at, ttl_s)
        return [
            PlayEndpoint(kind, f"{self._base(scheme)}/{path.format(name=name)}?{query}")
            for kind, (scheme, path) in _FILES.items()
        ]

    def replay_endpoint(self, name: str, at: datetime, ttl_s: int) -> PlayEndpoint:
        """The recording's HLS list, signed."""
        query = signing.play_query(self._secret, f"replay/{name}", at, ttl_s)
        return PlayEndpoint(PlayKind.hls, f"{self._media_url}/replay/{name}/index.m3u8?{query}")

    async def kick(self, name: str) -> bool:
        """Asks the engine to end a push; raises ProviderError when it is away."""
        answer = await self._control("POST", f"/control/live/{name}/kick")
        return bool(answer["was_live"])

    async def list_live(self) -> list[StreamState]:
        """What the engine says is live; raises ProviderError when it is away."""
        answer = await self._control("GET", "/control/live")
        return [_state(item) for item in answer["items"]]

    def open_callback(self, headers: Mapping[str, str], body: bytes, at: datetime) -> StreamEvent:
        """The event in a callback that our engine signed."""
        if not signing.is_message_signed(self._secret, headers, body, at):
            raise ForgedStreamCallback
        try:
            return _event(json.loads(body))
        except (ValueError, KeyError, TypeError) as error:
            raise ForgedStreamCallback from error

    def allow(self, session_id: UUID) -> bytes:
        """The engine's "yes", with the session it will name from now on."""
        return json.dumps({"allow": True, "session": str(session_id)}).encode()

    def noted(self) -> bytes:
        """The engine's "heard": nothing is asked of it."""
        return b'{"ok":true}'

    def _base(self, scheme: str) -> str:
        """`media_url`, with ws for http and wss for https when a socket is wanted."""
        return "ws" + self._media_url.removeprefix("http") if scheme == "ws" else self._media_url

    async def _control(self, method: str, path: str) -> dict[str, Any]:
        headers = signing.signed_headers(
            self._secret, signing.control_body(method, path), clock.now()
        )
        try:
            answer = await self._http.request(
                method, self._control_url + path, headers=headers, timeout=_TIMEOUT_S
            )
        except httpx.HTTPError as error:
            raise ProviderError(_PROVIDER, "unreachable", str(error), is_final=False) from error
        if answer.status_code != 200:
            raise ProviderError(_PROVIDER, str(answer.status_code), is_final=True)
        return dict(answer.json())


def _event(facts: dict[str, Any]) -> StreamEvent:
    """Raises ValueError, KeyError or TypeError for what is no event of ours."""
    at = _time(facts["at"])
    if facts["event"] == "engine_started":
        return EngineStarted(str(facts["engine_id"]), at)
    push_id, name = str(facts["push_id"]), str(facts["name"])
    if facts["event"] == "publish_requested":
        return PublishRequested(push_id, name, str(facts["key"]), str(facts["address"]), at)
    return _of_push(facts, push_id, name, at)


def _of_push(facts: dict[str, Any], push_id: str, name: str, at: datetime) -> StreamEvent:
    session = str(facts["session"])
    match facts["event"]:
        case "publish_started":
            return PublishStarted(push_id, name, session, at)
        case "publish_stopped":
            return PublishStopped(push_id, name, session, _REASONS[facts["reason"]], at)
        case "push_refused":
            code, why = _REFUSALS[facts["code"]], str(facts["why"])
            return PushRefused(push_id, name, session, code, why, at)
        case "stream_notice":
            value = int(facts["value"])
            return StreamNotice(push_id, name, session, _NOTICES[facts["code"]], value, at)
        case "record_ready":
            return RecordReady(
                push_id=push_id,
                name=name,
                session=session,
                duration_ms=int(facts["duration_ms"]),
                size_bytes=int(facts["size_bytes"]),
                started_at=_time(facts["started_at"]),
                at=at,
            )
    message = "unknown event"
    raise ValueError(message)


def _state(item: dict[str, Any]) -> StreamState:
    return StreamState(
        name=item["name"],
        session=item["session"],
        push_id=item["push_id"],
        started_at=_time(item["started_at"]),
        width=item["width"],
        height=item["height"],
        viewers=item["viewers"],
    )


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)

"""The shop's side of the live engine: addresses that expire, callbacks that cannot be forged."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qsl, urlsplit
from uuid import uuid4

import httpx
import pytest

from bofen.gateways.streams import signing
from bofen.gateways.streams.embedded import EmbeddedStreams
from bofen.gateways.streams.errors import ForgedStreamCallback
from bofen.gateways.streams.protocol import (
    EngineStarted,
    PublishRequested,
    PublishStarted,
    PublishStopped,
    PushRefused,
    RecordReady,
    StreamNotice,
    StreamProvider,
    StreamRef,
)
from bofen.kit.errors import ProviderError

SECRET = "a secret of engine and shop, long enough"
NOON = datetime(2026, 6, 1, 4, tzinfo=UTC)


def streams(answer: httpx.Response | None = None) -> EmbeddedStreams:
    def transport(request: httpx.Request) -> httpx.Response:
        if answer is None:
            raise httpx.ConnectError("nobody", request=request)
        return answer

    http = httpx.AsyncClient(transport=httpx.MockTransport(transport))
    return EmbeddedStreams(
        SECRET, "https://media.shop.cn/", "rtmp://push.shop.cn/live", "http://127.0.0.1:1", http
    )


def callback(event: str, **facts: Any) -> bytes:
    common = {"push_id": "p1", "name": "room", "at": NOON.isoformat(), "session": "s1"}
    return json.dumps({"event": event, **common, **facts}).encode()


def opened(body: bytes, at: datetime = NOON, **changed: str) -> object:
    headers = signing.signed_headers(SECRET, body, NOON) | changed
    return streams().open_callback({k.lower(): v for k, v in headers.items()}, body, at)


def test_it_is_a_stream_provider() -> None:
    provider: StreamProvider = streams()
    assert provider


def test_a_streamer_gets_a_server_and_a_key() -> None:
    endpoint = streams().push_endpoint(StreamRef("r1", uuid4()), "secret", NOON)

    assert endpoint.url == "rtmp://push.shop.cn/live"
    assert endpoint.key == "r1?key=secret&expires=1780286400"


def test_each_kind_has_an_address_signed_for_its_stream_only() -> None:
    points = {p.kind: urlsplit(p.url) for p in streams().play_endpoints("r1", NOON, 60)}

    assert set(points) == {"llhls", "hls", "flv", "wsflv"}
    assert points["llhls"].geturl().startswith("https://media.shop.cn/live/r1/master.m3u8?")
    assert points["wsflv"].geturl().startswith("wss://media.shop.cn/live/r1/ws.flv?")
    query = dict(parse_qsl(points["flv"].query))
    late = NOON + timedelta(seconds=60)
    assert signing.is_play_signed(SECRET, "live/r1", query, NOON)
    assert not signing.is_play_signed(SECRET, "live/r2", query, NOON)
    assert not signing.is_play_signed(SECRET, "replay/r1", query, NOON)
    assert not signing.is_play_signed(SECRET, "live/r1", query, late)
    assert not signing.is_play_signed("another secret", "live/r1", query, NOON)


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"expires": "99999999999"},
        {"expires": "x", "sign": "y"},
        {"expires": "99999999999", "sign": "é"},
        {"expires": "²", "sign": ""},
    ],
)
def test_an_address_without_a_right_signature_is_worth_nothing(query: dict[str, str]) -> None:
    assert not signing.is_play_signed(SECRET, "live/r1", query, NOON)


def test_a_later_expiry_cannot_be_written_in() -> None:
    query = dict(parse_qsl(signing.play_query(SECRET, "live/r1", NOON, 60)))
    query["expires"] = str(int(query["expires"]) + 9)

    assert not signing.is_play_signed(SECRET, "live/r1", query, NOON)


def test_each_event_is_understood() -> None:
    asked = callback("publish_requested", key="k", address="1.2.3.4")
    stopped = callback("publish_stopped", reason="kicked")
    ready = callback(
        "record_ready", duration_ms=5_000, size_bytes=9, started_at="2026-06-01T12:00:00+08:00"
    )

    refused = callback("push_refused", code="unsupported_video", why="only H.264")
    notice = callback("stream_notice", code="gop_too_long", value=8_320)
    body = {"event": "engine_started", "engine_id": "e1", "at": NOON.isoformat()}
    started = json.dumps(body).encode()

    assert opened(refused) == PushRefused(
        "p1", "room", "s1", "unsupported_video", "only H.264", NOON
    )
    assert opened(notice) == StreamNotice("p1", "room", "s1", "gop_too_long", 8_320, NOON)
    assert opened(started) == EngineStarted("e1", NOON)
    assert EngineStarted("e1", NOON).name == "", "it belongs to no session"
    assert opened(asked) == PublishRequested("p1", "room", "k", "1.2.3.4", NOON)
    assert opened(callback("publish_started")) == PublishStarted("p1", "room", "s1", NOON)
    assert opened(stopped) == PublishStopped("p1", "room", "s1", "kicked", NOON)
    assert opened(ready) == RecordReady("p1", "room", "s1", 5_000, 9, NOON, NOON)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{}",
        callback("unheard_of"),
        callback("publish_stopped", reason="boredom"),
        callback("push_refused", code="boredom", why=""),
        callback("stream_notice", code="gop_too_long", value="x"),
        callback("publish_started", at="yesterday"),
        callback("record_ready", duration_ms="x", size_bytes=1, started_at=NOON.isoformat()),
    ],
)
def test_what_is_no_event_is_refused_even_when_signed(body: bytes) -> None:
    with pytest.raises(ForgedStreamCallback):
        opened(body)


@pytest.mark.parametrize(
    "changed",
    [
        {signing.SIGNATURE: "0" * 64},
        {signing.SIGNATURE: ""},
        {signing.SIGNATURE: "é"},
        {signing.SIGNATURE: "\udcff"},
        {signing.TIMESTAMP: "\udcff"},
        {signing.TIMESTAMP: "1780286401"},
        {signing.TIMESTAMP: "soon"},
    ],
)
def test_a_forged_callback_is_refused(changed: dict[str, str]) -> None:
    with pytest.raises(ForgedStreamCallback):
        opened(callback("publish_started"), **changed)


@pytest.mark.parametrize("minutes", [-6, 6])
def test_an_old_callback_is_refused(minutes: int) -> None:
    with pytest.raises(ForgedStreamCallback):
        opened(callback("publish_started"), at=NOON + timedelta(minutes=minutes))


async def test_an_engine_that_does_not_answer_is_a_provider_error() -> None:
    with pytest.raises(ProviderError) as away:
        await streams().list_live()
    with pytest.raises(ProviderError) as refused:
        await streams(httpx.Response(403)).kick("r1")

    assert not away.value.is_final
    assert refused.value.is_final

# ruff: noqa: ARG002 - they keep to the protocols
"""Those outside the house, in memory: WeChat, phones, couriers, a store of files.

They stand in for other people's servers where a test is not about the wire; the wire itself is
tested against the sandbox.
"""

from dataclasses import dataclass, field
from typing import Any, ClassVar, cast

from bofen.gateways.couriers.errors import ForgedPush
from bofen.gateways.couriers.protocol import Track, TrackStatus
from bofen.gateways.streams.embedded import EmbeddedStreams
from bofen.gateways.streams.protocol import StreamState
from bofen.gateways.wechat.errors import WeChatCodeRefused
from bofen.gateways.wechat.protocol import WeChatIdentity
from bofen.gateways.words.protocol import Verdict
from bofen.kit import clock
from bofen.kit.errors import NotFound, ProviderError
from bofen.sandbox.faces import face

APPID = "wx0000000000000001"
FORBIDDEN_WORD = "包治百病"
DOUBTFUL_WORD = "加微信"
RESTRICTED_WORD = "国家级"


class MemoryStorage:
    def __init__(self) -> None:
        self.files: dict[str, bytes] = {}

    async def put(self, key: str, data: bytes, content_type: str) -> None:
        self.files[key] = data

    async def get(self, key: str) -> bytes:
        if key not in self.files:
            raise NotFound("file")
        return self.files[key]

    async def exists(self, key: str) -> bool:
        return key in self.files


class MemoryWeChat:
    """A code `code-<openid>` is good once; `visitor` is a snapshot of nobody."""

    def __init__(self) -> None:
        self._used: set[str] = set()
        self.names: dict[str, str] = {}
        """By openid: how people are called there."""

    async def login(self, js_code: str) -> WeChatIdentity:
        if js_code in self._used or not js_code.startswith("code-"):
            raise WeChatCodeRefused
        self._used.add(js_code)
        return WeChatIdentity(APPID, js_code.removeprefix("code-").split("#")[0])

    async def oauth(self, code: str) -> WeChatIdentity:
        known = await self.login(code)
        return WeChatIdentity(
            known.appid,
            known.openid,
            is_snapshot=known.openid.startswith("visitor"),
            nickname=self.names.get(known.openid),
            avatar_url=self.names.get(known.openid),
        )

    def authorize_url(self, redirect_uri: str, state: str) -> str:
        return f"https://wechat.test/authorize?redirect_uri={redirect_uri}&state={state}"

    async def avatar(self, url: str) -> bytes:
        return face(url)

    async def phone_number(self, code: str) -> str:
        return code.removeprefix("phone-")

    async def mini_program_code(self, scene: str, page: str, width: int = 430) -> bytes:
        return b""


class MemorySms:
    def __init__(self) -> None:
        self.sent: dict[str, str] = {}

    async def send_code(self, phone: str, code: str) -> None:
        self.sent[phone] = code


@dataclass
class MemoryCourier:
    """Knows the tracks that a test tells it; pushes are signed with the salt itself."""

    subscribed: list[tuple[str, str, str, str]] = field(default_factory=list)
    tracks: dict[str, Track] = field(default_factory=dict)

    async def subscribe(
        self,
        carrier: str,
        tracking_no: str,
        phone_tail: str | None,
        callback_url: str,
        salt: str,
    ) -> None:
        self.subscribed.append((carrier, tracking_no, callback_url, salt))

    async def query(self, carrier: str, tracking_no: str, phone: str | None = None) -> Track:
        return self.tracks.get(tracking_no, Track(TrackStatus.no_trace))

    def open_push(self, param: str, sign: str, salt: str) -> Track:
        if sign != f"signed {salt}":
            raise ForgedPush
        return self.tracks[param]


class WordList:
    def judge(self, text: str) -> Verdict:
        if FORBIDDEN_WORD in text:
            return Verdict("block", (FORBIDDEN_WORD,))
        hits = tuple(word for word in (DOUBTFUL_WORD, RESTRICTED_WORD) if word in text)
        return Verdict("review", hits) if hits else Verdict("pass")


class MemoryEngine(EmbeddedStreams):
    """The real addresses and signatures; what an engine would answer is told by the test."""

    SECRET: ClassVar[str] = "s" * 40

    def __init__(self) -> None:
        super().__init__(self.SECRET, "http://m.test", "rtmp://p.test/live", "", cast("Any", None))
        self.live: list[str] = []
        self.kicked: list[str] = []
        self.is_away = False

    async def kick(self, name: str) -> bool:
        self.kicked.append(name)
        return True

    async def list_live(self) -> list[StreamState]:
        if self.is_away:
            raise ProviderError("embedded", "NO_ANSWER", is_final=False)
        at = clock.now()
        return [StreamState(name, "s", "found", at, 1280, 720, 0) for name in self.live]

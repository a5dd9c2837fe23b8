"""How the engine speaks to the shop: asks before a push, tells what happened, keeps trying."""

import asyncio
import json
from collections import deque
from dataclasses import dataclass
from typing import Any

import aiohttp

from bofen.gateways.streams import signing
from bofen.kit import clock, log
from bofen.media.errors import PushRefused

_PATH = "/api/callbacks/streams/embedded"
_TIMEOUT = aiohttp.ClientTimeout(total=5)
_TRIES = 40
_PAUSE_MAX_S = 15.0
_WAITING_MAX = 1_000
_UNREACHABLE = "the shop cannot be asked now: try again"
_log = log.get(__name__)


@dataclass(frozen=True)
class PushAsked:
    """A pusher at the door."""

    push_id: str
    name: str
    key: str
    address: str


class Shop:
    """The web process, reached by signed HTTP. Tells of one stream arrive in order."""

    def __init__(self, shop_url: str, secret: str, pause_s: float = 0.5) -> None:
        self._url = shop_url.rstrip("/") + _PATH
        self._secret = secret
        self._pause_s = pause_s
        self._http: aiohttp.ClientSession | None = None
        self._waiting: dict[str, deque[dict[str, Any]]] = {}
        self._tellers: dict[str, asyncio.Task[None]] = {}

    async def allows(self, asked: PushAsked) -> str:
        """The session that this push belongs to. Raises PushRefused, also when nobody answers."""
        facts = {
            "event": "publish_requested",
            "push_id": asked.push_id,
            "name": asked.name,
            "key": asked.key,
            "address": asked.address,
            "at": clock.now().isoformat(),
        }
        try:
            status, answer = await self._post(facts)
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            _log.warning("shop_unreachable", error=type(error).__name__, stream=asked.name)
            raise PushRefused(_UNREACHABLE, "shop_unreachable") from error
        if status >= 500:
            raise PushRefused(_UNREACHABLE, "shop_unreachable")
        if status == 409:
            raise PushRefused("another broadcast of this room is on air: end it", "already_live")
        if status != 200 or not isinstance(answer, dict) or answer.get("allow") is not True:
            raise PushRefused("the stream key is wrong or has expired", "wrong_key")
        return str(answer.get("session", ""))

    def tell(self, event: str, name: str, **facts: object) -> None:
        """Have the shop hear of `event`; returns at once, tries again until it is heard."""
        waiting = self._waiting.setdefault(name, deque(maxlen=_WAITING_MAX))
        waiting.append({"event": event, "name": name, "at": clock.now().isoformat(), **facts})
        if name not in self._tellers:
            self._tellers[name] = asyncio.create_task(self._tell_all(name))

    async def close(self, patience_s: float = 2.0) -> None:
        """Give what is still untold a moment, then go."""
        tellers = list(self._tellers.values())
        if tellers:
            await asyncio.wait(tellers, timeout=patience_s)
        for teller in tellers:
            teller.cancel()
        await asyncio.gather(*tellers, return_exceptions=True)
        if self._http is not None:
            await self._http.close()

    async def _tell_all(self, name: str) -> None:
        waiting = self._waiting[name]
        try:
            while waiting:
                await self._tell(waiting[0])
                waiting.popleft()
        finally:
            del self._tellers[name]
            if not waiting:
                del self._waiting[name]

    async def _tell(self, facts: dict[str, Any]) -> None:
        pause = self._pause_s
        for _ in range(_TRIES):
            try:
                status, _ = await self._post(facts)
            except (aiohttp.ClientError, TimeoutError, ValueError):
                status = 503
            if status < 500:
                if status >= 300:
                    _log.error("callback_refused", told=facts["event"], status=status)
                return
            await asyncio.sleep(pause)
            pause = min(pause * 2, _PAUSE_MAX_S)
        _log.error("callback_lost", told=facts["event"], stream=facts["name"])

    async def _post(self, facts: dict[str, Any]) -> tuple[int, Any]:
        if self._http is None:
            self._http = aiohttp.ClientSession(timeout=_TIMEOUT)
        body = json.dumps(facts).encode()
        headers = signing.signed_headers(self._secret, body, clock.now())
        headers["Content-Type"] = "application/json"
        async with self._http.post(self._url, data=body, headers=headers) as answer:
            text = await answer.text()
            return answer.status, json.loads(text) if text.startswith("{") else None

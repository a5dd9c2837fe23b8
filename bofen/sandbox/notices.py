"""Callbacks of the sandbox's WeChat Pay: encrypted, signed, repeated; with the faults asked for."""

import asyncio
import json
import secrets
from datetime import timedelta
from typing import Any

import aiohttp

from bofen.gateways.wechat_pay.signing import SCHEME, answer_message, private_key, seal, sign
from bofen.kit import clock
from bofen.sandbox.world import World, rfc3339

_RETRIES_S = (15, 15, 30, 180, 600, 1200, 1800, 1800, 1800, 3600, 10800, 10800, 10800, 21600, 21600)
"""Protocols 3.3: after each failed try, how long WeChat Pay waits."""
_TICK_S = 0.5
_DUPLICATES = 10
_FAULTS = (
    "no_notice",
    "duplicate_notice",
    "tamper_notice",
    "old_notice",
    "unknown_serial",
    "probe_notice",
    "wrong_amount",
)


class Notices:
    """Delivers in the background, on the clock that the whole system follows."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._key = private_key(world.keys.provider_private)

    def send(self, url: str, event_type: str, original_type: str, resource: dict[str, Any]) -> None:
        """Tell the shop, again and again until it answers 2xx, as WeChat Pay does."""
        fault = self._world.fault("notice", *_FAULTS)
        if fault == "no_notice":
            self._world.note("pay", f"notice {event_type}", "not sent: fault")
            return
        if fault == "wrong_amount" and "amount" in resource:
            amount = resource["amount"]
            resource = resource | {"amount": amount | {"total": amount["total"] + 1}}
        envelope = self._envelope(event_type, original_type, resource)
        self._world.later(asyncio.create_task(self._deliver(url, envelope, fault)))

    def _envelope(
        self, event_type: str, original_type: str, resource: dict[str, Any]
    ) -> dict[str, Any]:
        nonce = secrets.token_hex(6)
        plain = json.dumps(resource, ensure_ascii=False)
        sealed = seal(self._world.keys.v3_key.encode(), nonce, original_type, plain)
        return {
            "id": secrets.token_hex(16),
            "create_time": rfc3339(clock.now()),
            "event_type": event_type,
            "resource_type": "encrypt-resource",
            "summary": event_type,
            "resource": {
                "algorithm": "AEAD_AES_256_GCM",
                "ciphertext": sealed,
                "associated_data": original_type,
                "nonce": nonce,
                "original_type": original_type,
            },
        }

    async def _deliver(self, url: str, envelope: dict[str, Any], fault: str | None) -> None:
        async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=5)) as http:
            times = _DUPLICATES if fault == "duplicate_notice" else 1
            first = await asyncio.gather(
                *(self._post(http, url, envelope, fault) for _ in range(times))
            )
            if all(first):
                return
            # A real provider's own notice is sound: only the first delivery was spoilt.
            for wait in _RETRIES_S:
                due = clock.now() + timedelta(seconds=wait)
                while clock.now() < due:  # noqa: ASYNC110 - nobody tells when a clock is moved
                    await asyncio.sleep(_TICK_S)
                if await self._post(http, url, envelope, None):
                    return

    async def _post(
        self, http: aiohttp.ClientSession, url: str, envelope: dict[str, Any], fault: str | None
    ) -> bool:
        body = json.dumps(envelope, ensure_ascii=False)
        headers = self.headers(body, fault)
        if fault == "tamper_notice":
            body = body.replace(envelope["summary"], envelope["summary"].lower(), 1)
        try:
            async with http.post(url, data=body.encode(), headers=headers) as answer:
                self._world.note("pay", f"notice {envelope['event_type']}", str(answer.status))
                return answer.status in (200, 204)
        except (aiohttp.ClientError, TimeoutError) as error:
            self._world.note("pay", f"notice {envelope['event_type']}", type(error).__name__)
            return False

    def headers(self, body: str, fault: str | None = None) -> dict[str, str]:
        """What signs an answer or a notice."""
        at = clock.now() - timedelta(minutes=6 if fault == "old_notice" else 0)
        timestamp, nonce = str(int(at.timestamp())), secrets.token_hex(16)
        signature = sign(self._key, answer_message(timestamp, nonce, body))
        if fault == "probe_notice":
            signature = f"WECHATPAY/SIGNTEST/{signature}"
        serial = self._world.keys.provider_key_id
        return {
            "Content-Type": "application/json",
            "Wechatpay-Timestamp": timestamp,
            "Wechatpay-Nonce": nonce,
            "Wechatpay-Signature": signature,
            "Wechatpay-Signature-Type": SCHEME,
            "Wechatpay-Serial": "PUB_KEY_ID_0" if fault == "unknown_serial" else serial,
        }

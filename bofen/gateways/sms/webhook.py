"""Sending codes through a generic SMS webhook: one signed JSON POST for each message."""

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime

import httpx

from bofen.kit.errors import ProviderError


def sms_signature(secret: str, timestamp: str, body: str) -> str:
    """HMAC-SHA256 over timestamp and body, as our own webhook documents it."""
    return hmac.new(secret.encode(), f"{timestamp}\n{body}".encode(), hashlib.sha256).hexdigest()


class SmsWebhook:
    """POST {url} with X-Sms-Timestamp and X-Sms-Signature; 2xx means it was taken."""

    def __init__(
        self, url: str, secret: str, http: httpx.AsyncClient, now: Callable[[], datetime]
    ) -> None:
        self._url = url
        self._secret = secret
        self._http = http
        self._now = now

    async def send_code(self, phone: str, code: str) -> None:
        """Post the code to the merchant's sender, signed; it answers 2xx when it took it."""
        body = json.dumps({"phone": phone, "template": "sign_in", "params": {"code": code}})
        timestamp = str(int(self._now().timestamp()))
        headers = {
            "Content-Type": "application/json",
            "X-Sms-Timestamp": timestamp,
            "X-Sms-Signature": sms_signature(self._secret, timestamp, body),
        }
        try:
            answer = await self._http.post(self._url, content=body, headers=headers)
            answer.raise_for_status()
        except httpx.HTTPError as error:
            raise ProviderError("sms", type(error).__name__, is_final=False) from error

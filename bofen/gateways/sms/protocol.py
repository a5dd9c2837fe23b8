"""Sending a sign-in code to a phone."""

from typing import Protocol


class Sms(Protocol):
    async def send_code(self, phone: str, code: str) -> None: ...

"""Sending a sign-in code to a phone."""

from typing import Protocol


class Sms(Protocol):
    """Whoever sends short messages for the merchant."""

    async def send_code(self, phone: str, code: str) -> None:
        """Send a sign-in code to a phone of eleven digits; raises ProviderError."""

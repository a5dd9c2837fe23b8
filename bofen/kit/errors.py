"""Every refusal the system makes on purpose is a `Refusal`; anything else is a bug.

Its sentence, in Chinese and English, is found by `code` in `bofen/web/messages/*.json`.
"""

from dataclasses import dataclass, fields
from typing import Any, ClassVar


@dataclass(eq=False)
class Refusal(Exception):  # noqa: N818 - a refusal is an answer, not an error
    """Subclass as a dataclass: the class attributes say what happened, the fields say to what."""

    code: ClassVar[str]
    status: ClassVar[int] = 409

    def facts(self) -> dict[str, Any]:
        """The fields by name: what a client needs to explain or to try again."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


@dataclass(eq=False)
class NotFound(Refusal):
    """No such thing, or not yours: a stranger cannot tell which."""

    code = "not_found"
    status = 404
    what: str


@dataclass(eq=False)
class IdReused(Refusal):
    """The id names something made earlier with other content."""

    code = "id_reused"
    id: str


@dataclass(eq=False)
class NotPermitted(Refusal):
    """Signed in, but without this right."""

    code = "not_permitted"
    status = 403


@dataclass(eq=False)
class NotSignedIn(Refusal):
    """Nobody is signed in, or not as who is asked for here."""

    code = "not_signed_in"
    status = 401


@dataclass(eq=False)
class TooMany(Refusal):
    """A rate limit: try again after `retry_after_s` seconds."""

    code = "too_many_requests"
    status = 429
    retry_after_s: int


@dataclass(eq=False)
class Unavailable(Refusal):
    """A part of ours, such as the database, is away for a moment: try again soon.

    What was asked may have been done or not; the same id again finds out.
    """

    code = "unavailable"
    status = 503
    what: str
    retry_after_s: int = 2


@dataclass(eq=False)
class TookTooLong(Refusal):
    """A report was ended after `seconds`: ask for less at once."""

    code = "took_too_long"
    status = 503
    seconds: int


@dataclass(eq=False)
class InvalidRequest(Refusal):
    """The request itself is malformed; `fields` says what and why, in sentences (one at least)."""

    code = "invalid_request"
    status = 422
    fields: list[dict[str, Any]]


class ProviderError(Exception):
    """An outside party failed. Not a refusal: nothing the asking person did is wrong.

    `is_final` is False when the outcome is unknown: ask again with the same number.
    """

    def __init__(self, provider: str, code: str, message: str = "", *, is_final: bool) -> None:
        super().__init__(f"{provider}: {code} {message}".strip())
        self.provider, self.code, self.message, self.is_final = provider, code, message, is_final

"""How every "no" leaves the house: one shape, a stable code, a sentence in two languages."""

import json
from pathlib import Path
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from typing_extensions import override

from bofen.kit import log
from bofen.kit.db import plain
from bofen.kit.errors import InvalidRequest, ProviderError, Refusal, TooMany, Unavailable
from bofen.kit.money import Fen, yuan
from bofen.web.shapes import Shape
from bofen.web.wrong_fields import NAMES, wrong_fields

_log = log.get(__name__)
_COMMAS = {"zh": "、", "en": ", "}
_CODES = {404: "not_found", 405: "method_not_allowed", 413: "body_too_large"}


class SentenceOut(Shape):
    """A sentence in both languages."""

    zh: str
    en: str


class RefusalOut(Shape):
    """Every "no": what happened (`code` is stable), how to say it, and to what."""

    code: str
    message: SentenceOut
    facts: dict[str, Any]


REFUSED: dict[int | str, dict[str, Any]] = {
    "4XX": {"model": RefusalOut, "description": "Refused; the code says why"}
}


def _sentences() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for file in sorted((Path(__file__).parent / "messages").glob("*.json")):
        found |= json.loads(file.read_text(encoding="utf-8"))
    return found


_SENTENCES = _sentences()


class _Facts(dict[str, Any]):
    """A sentence may name a fact that this answer does not have. People read yuan, not fen."""

    def __missing__(self, key: str) -> str:
        return "…"

    @override
    def __getitem__(self, key: str) -> Any:
        value = super().__getitem__(key)
        is_money = key.endswith("_fen") and isinstance(value, int)
        return yuan(Fen(value)) if is_money else value


def message_of(code: str, facts: dict[str, Any]) -> dict[str, str]:
    """The sentence of a code in both languages: fields by name, lists as people write them."""
    both = _SENTENCES.get(code) or _SENTENCES["internal_error"]
    return {
        language: text.format_map(_Facts(_in_words(facts, language)))
        for language, text in both.items()
    }


def sentence_of(code: str, facts: dict[str, Any]) -> SentenceOut:
    """As `message_of`, for an answer that tells of several refusals."""
    return SentenceOut(**message_of(code, facts))


def _in_words(facts: dict[str, Any], language: str) -> dict[str, Any]:
    shown = dict(facts)
    if name := NAMES.get(str(facts.get("field"))):
        shown["field"] = name[language]
    for key, value in facts.items():
        if isinstance(value, list) and all(isinstance(each, str) for each in value):
            shown[key] = _COMMAS[language].join(value)
    return shown


def refused(
    code: str,
    status: int,
    facts: dict[str, Any] | None = None,
    message: dict[str, str] | None = None,
) -> JSONResponse:
    """The answer to a refusal. Without a `message` it is the sentence of the code."""
    given = json.loads(json.dumps(facts or {}, default=plain))
    body = {"code": code, "message": message or message_of(code, given), "facts": given}
    return JSONResponse(body, status_code=status)


async def _on_refusal(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, Refusal)
    return _refusal(error)


def _refusal(error: Refusal) -> JSONResponse:
    answer = refused(error.code, error.status, error.facts())
    if isinstance(error, InvalidRequest):
        # The sentence is that of the first field: a page that shows one line shows what to mend.
        answer = refused(error.code, error.status, error.facts(), error.fields[0]["why"])
    if isinstance(error, TooMany | Unavailable):
        answer.headers["Retry-After"] = str(error.retry_after_s)
    return answer


async def _on_invalid(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    return _invalid(error, request.url.path)


def _invalid(error: RequestValidationError, path: str) -> JSONResponse:
    return _refusal(InvalidRequest(wrong_fields(error.errors(), path)))


async def _on_provider(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, ProviderError)
    _log.warning("provider_failed", provider=error.provider, code=error.code, text=error.message)
    return refused("provider_unavailable", 502, {"provider": error.provider})


async def _on_http(_: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    return _http(error)


def _http(error: HTTPException) -> JSONResponse:
    answer = refused(_CODES.get(error.status_code, "invalid_request"), error.status_code)
    answer.headers.update(error.headers or {})
    return answer


async def _on_bug(_: Request, __: Exception) -> JSONResponse:
    """The failure goes on to `Edge`, which writes it down."""
    return refused("internal_error", 500)


def answer_to(error: Exception, path: str) -> JSONResponse | None:
    """For code outside of FastAPI: the same answer as within, or None for a bug."""
    match error:
        case Refusal():
            return _refusal(error)
        case RequestValidationError():
            return _invalid(error, path)
        case HTTPException():
            return _http(error)
        case _:
            return None


def install(app: FastAPI) -> None:
    """Make `app` answer refusals, malformed requests, silent providers and bugs in one shape."""
    app.add_exception_handler(Refusal, _on_refusal)
    app.add_exception_handler(RequestValidationError, _on_invalid)
    app.add_exception_handler(ProviderError, _on_provider)
    app.add_exception_handler(HTTPException, _on_http)
    app.add_exception_handler(Exception, _on_bug)

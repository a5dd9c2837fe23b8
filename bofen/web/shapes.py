"""The shapes that requests and answers share: strict bodies, plain lists, addresses of pictures."""

import json
from collections.abc import Sequence
from typing import Annotated, Any, Generic, Self, TypeVar

from fastapi import Query
from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
)
from pydantic_core import core_schema
from typing_extensions import override

from bofen.identity.rules import is_printable
from bofen.kit.money import FEN_MAX
from bofen.kit.paging import LIMIT_DEFAULT, LIMIT_MAX, Page
from bofen.orders.rules import QUANTITY_MAX

Item = TypeVar("Item")

NO_TEXT = "holds a character that no text may hold"


def _as_json(data: Any) -> str:
    if isinstance(data, bytes):
        message = "must be JSON, sent as application/json"
        raise ValueError(message)  # noqa: TRY004 - pydantic hears ValueErrors only
    text = json.dumps(data)
    if "\\u0000" in text:
        raise ValueError(NO_TEXT)
    return text


class Body(BaseModel):
    """A request: no field we do not know, and no number that is a word or a truth value.

    FastAPI hands over parsed JSON; reading it as JSON again lets ids and times be strings while
    everything else stays strict. A union of bodies needs no discriminator: the literal decides.
    """

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)

    @classmethod
    @override
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: GetCoreSchemaHandler
    ) -> core_schema.CoreSchema:
        model = handler(source)
        if model["type"] == "json-or-python":
            return model
        as_json = core_schema.no_info_before_validator_function(
            _as_json, core_schema.json_schema(model)
        )
        return core_schema.json_or_python_schema(json_schema=model, python_schema=as_json)


class Shape(BaseModel):
    """An answer."""

    model_config = ConfigDict(frozen=True)


class Listed(Shape, Generic[Item]):
    """One page of a list; `next` is the `cursor` of the page after it."""

    items: Sequence[Item]
    next: str | None = None

    @classmethod
    def of(cls, page: Page[Item]) -> Self:
        return cls(items=page.items, next=page.next)


def is_printable_text(text: str) -> bool:
    """Whether a text of several lines holds nothing that cannot be shown."""
    return is_printable(text.replace("\n", "").replace("\r", "").replace("\t", ""))


def _printable(text: str) -> str:
    if not is_printable(text):
        message = "holds characters that cannot be shown"
        raise ValueError(message)
    return text


def _printable_lines(text: str) -> str:
    _printable(text.replace("\n", "").replace("\r", "").replace("\t", ""))
    return text


Quantity = Annotated[int, Field(ge=1, le=QUANTITY_MAX)]
Money = Annotated[int, Field(ge=0, le=FEN_MAX)]
Price = Annotated[int, Field(ge=1, le=FEN_MAX)]
Line = Annotated[str, AfterValidator(_printable)]
"""One line of text that a person typed. Give it a length."""
Lines = Annotated[str, AfterValidator(_printable_lines)]

Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX)]
Cursor = Annotated[str | None, Query(max_length=500)]
DEFAULT_LIMIT = LIMIT_DEFAULT

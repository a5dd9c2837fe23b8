"""The shapes that requests and answers share: strict bodies, plain lists, addresses of pictures."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Generic, Self, TypeVar

from fastapi import Path, Query
from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    ValidationError,
)
from pydantic_core import InitErrorDetails, PydanticCustomError, core_schema
from typing_extensions import override

from bofen.identity.rules import is_phone
from bofen.kit import text
from bofen.kit.money import FEN_MAX
from bofen.kit.paging import LIMIT_DEFAULT, LIMIT_MAX, Page
from bofen.orders.rules import QUANTITY_MAX

Item = TypeVar("Item")

_FIRST_AT, _LAST_AT = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


def _as_json(data: Any) -> str:
    if isinstance(data, bytes):
        raise PydanticCustomError("not_json", "must be JSON, sent as application/json")
    try:
        as_json = json.dumps(data, ensure_ascii=False)
        may_hold_one = "\\u0000" in as_json or _UNSTORABLE.search(as_json)
        place = _unstorable(data, ()) if may_hold_one else None
    except RecursionError as error:
        raise PydanticCustomError("form", "nested too deeply") from error
    if place is not None:
        wrong = PydanticCustomError("text_broken", "a character that cannot be stored")
        line = InitErrorDetails(type=wrong, loc=place, input=None)
        raise ValidationError.from_exception_data("body", [line])
    return as_json


def _unstorable(data: Any, place: tuple[str | int, ...]) -> tuple[str | int, ...] | None:
    """Where in `data` the first text stands that PostgreSQL or UTF-8 could not hold."""
    if isinstance(data, str):
        return place if _UNSTORABLE.search(data) else None
    inside: Iterable[tuple[str | int, Any]] = ()
    if isinstance(data, dict):
        if any(_UNSTORABLE.search(key) for key in data):
            return place
        inside = data.items()
    elif isinstance(data, list):
        inside = enumerate(data)
    found = (_unstorable(value, (*place, key)) for key, value in inside)
    return next((place for place in found if place is not None), None)


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
        """Of a page as domains answer it."""
        return cls(items=page.items, next=page.next)


def _a_phone(typed: str) -> str:
    phone = text.plain_phone(typed)
    if not is_phone(phone):
        raise PydanticCustomError("phone", "not a mobile number of mainland China")
    return phone


def _within_reach(at: datetime) -> datetime:
    if not _FIRST_AT <= at <= _LAST_AT:
        raise PydanticCustomError("moment_odd", "not between the years 2020 and 2100")
    return at


Moment = Annotated[AwareDatetime, AfterValidator(_within_reach)]
"""A moment that a person may mean, with its zone: nothing that arithmetic could run over."""
PathNumber = Annotated[int, Path(ge=1, le=2**62)]
"""A number in an address, small enough for the database."""
FormVersion = Annotated[int, Field(ge=0, le=2**31 - 1)]
"""Of a form that was filled from something which others may change too."""
Quantity = Annotated[int, Field(ge=1, le=QUANTITY_MAX)]
Money = Annotated[int, Field(ge=0, le=FEN_MAX)]
Price = Annotated[int, Field(ge=1, le=FEN_MAX)]
Line = text.Line
Lines = text.Lines
Phone = Annotated[str, Field(max_length=40), AfterValidator(_a_phone)]
"""A mobile number however it was typed; what arrives is its 11 digits."""
Digits = Annotated[str, Field(max_length=40), AfterValidator(text.plain_digits)]
"""A code of digits, typed full-width or in groups. Give it a pattern."""
TrackingNo = Annotated[
    str, AfterValidator(text.plain_code), Field(pattern=r"^[A-Z0-9-]{6,32}$", max_length=64)
]
"""A courier's number however it was typed or pasted."""

Limit = Annotated[int, Query(ge=1, le=LIMIT_MAX)]
Cursor = Annotated[str | None, Query(max_length=500)]
DEFAULT_LIMIT = LIMIT_DEFAULT


class FactOut(Shape):
    """One thing by its name, as it was written down."""

    name: str
    value: str


def facts_out(facts: Mapping[str, Any]) -> list[FactOut]:
    """What was written down as JSON, for a list of lines."""
    return [FactOut(name=name, value=_plain(value)) for name, value in facts.items()]


def _plain(value: Any) -> str:
    if value is None:
        return "—"
    return str(value).lower() if isinstance(value, bool) else str(value)

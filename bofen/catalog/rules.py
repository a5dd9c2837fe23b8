"""What a product must be: its options and SKUs fit, its text is clean."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from html import unescape
from html.parser import HTMLParser
from uuid import UUID

import nh3
from typing_extensions import override

from bofen.catalog.errors import (
    DetailPicturesForeign,
    OptionsMismatch,
    OptionsRefused,
    StrikeTooLow,
)
from bofen.kit.money import FEN_MAX, Fen

TITLE_MAX = 60
OPTIONS_MAX = 3
VALUES_MAX = 40
SKUS_MAX = 300
COPY_MARK = " 副本"
CART_LINES_MAX = 120
CATEGORY_DEPTH_MAX = 3
_NAMED_MAX = 3
_NAME_MAX = 80

_TAGS = {
    *("p", "br", "hr", "div", "span", "blockquote", "h2", "h3", "h4", "ul", "ol", "li"),
    *("b", "strong", "i", "em", "u", "s", "sub", "sup", "img"),
    *("table", "thead", "tbody", "tr", "th", "td"),
}
_ALIGNED = ("p", "div", "h2", "h3", "h4", "li")
_ATTRIBUTES = {
    **{tag: {"style"} for tag in _ALIGNED},
    "img": {"src", "alt"},
    "td": {"colspan", "rowspan", "style"},
    "th": {"colspan", "rowspan", "style"},
}


class ProductStatus(StrEnum):
    """A draft was never listed; a delisted product was, and may be again."""

    draft = "draft"
    listed = "listed"
    delisted = "delisted"


@dataclass(frozen=True)
class Option:
    """What a buyer chooses, and from what: 颜色 of 红, 蓝."""

    name: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class ChosenIn:
    """The broadcast in which a line was put in the cart, or the replay of one, and when."""

    room_id: UUID
    session_id: UUID
    pin_id: UUID | None
    media_time_ms: int | None
    is_replay: bool
    chosen_at: datetime

    def counts(self, days: int, at: datetime) -> bool:
        """Whether it was this broadcast, not so long ago, that made somebody buy."""
        return at - self.chosen_at <= timedelta(days=days)


@dataclass(frozen=True)
class SkuDraft:
    """One combination as staff wrote it; money in fen, None: not set."""

    options: Mapping[str, str]
    price_fen: Fen
    strike_fen: Fen | None = None
    cost_fen: Fen | None = None
    picture_key: str | None = None


@dataclass(frozen=True)
class ProductDraft:
    """A product as staff wrote it."""

    title: str
    subtitle: str
    category_id: UUID
    brand: str
    tags: tuple[str, ...]
    pictures: tuple[str, ...]
    detail_html: str
    options: tuple[Option, ...]
    skus: tuple[SkuDraft, ...]


@dataclass(frozen=True)
class Content:
    """A product as it stands. `sku_ids` are those of the draft's SKUs, in its order."""

    id: UUID
    draft: ProductDraft
    sku_ids: Sequence[UUID]
    status: ProductStatus
    version: int
    updated_at: datetime


@dataclass(frozen=True)
class Sellable:
    """A SKU as an order takes it: everything the order must remember."""

    sku_id: UUID
    product_id: UUID
    product_version: int
    category_id: UUID
    title: str
    spec: str
    picture_key: str | None
    price_fen: Fen
    cost_fen: Fen | None
    is_listed: bool


def check(draft: ProductDraft) -> None:
    """Raises the first thing that is wrong with options, SKUs, prices or detail."""
    if foreign := foreign_pictures(draft.detail_html):
        raise DetailPicturesForeign(len(foreign), foreign[:_NAMED_MAX])
    _check_options(draft.options)
    if not 1 <= len(draft.skus) <= SKUS_MAX:
        raise OptionsMismatch(len(draft.skus), "count")
    seen: set[tuple[str, ...]] = set()
    for number, sku in enumerate(draft.skus, start=1):
        _check_choice(number, sku, draft.options)
        chosen = choice_of(sku.options, draft.options)
        if chosen in seen:
            raise OptionsMismatch(number, "repeated")
        seen.add(chosen)
        assert 1 <= sku.price_fen <= FEN_MAX
        if sku.strike_fen is not None and sku.strike_fen <= sku.price_fen:
            raise StrikeTooLow(number)


def _check_options(options: Sequence[Option]) -> None:
    names = [option.name for option in options]
    if len(options) > OPTIONS_MAX or len(set(names)) != len(names):
        raise OptionsRefused(names[-1])
    for option in options:
        is_named = bool(option.name.strip()) and all(value.strip() for value in option.values)
        is_once_each = len(set(option.values)) == len(option.values)
        if not is_named or not is_once_each or not 1 <= len(option.values) <= VALUES_MAX:
            raise OptionsRefused(option.name)


def _check_choice(number: int, sku: SkuDraft, options: Sequence[Option]) -> None:
    if sku.options.keys() != {option.name for option in options}:
        raise OptionsMismatch(number, "names")
    if any(sku.options[option.name] not in option.values for option in options):
        raise OptionsMismatch(number, "values")


def choice_of(chosen: Mapping[str, str], options: Sequence[Option]) -> tuple[str, ...]:
    """The chosen values in the order of the options."""
    return tuple(chosen[option.name] for option in options)


def spec_of(chosen: Mapping[str, str], options: Sequence[Option]) -> str:
    """`红 / M`: what the order line shows."""
    return " / ".join(choice_of(chosen, options))


def clean_html(html: str) -> str:
    """`html` without anything that runs, leads away or loads from elsewhere.

    Of its styles the alignment of text stays: centred lines are what staff paste.
    """
    return nh3.clean(
        html,
        tags=_TAGS,
        attributes=_ATTRIBUTES,
        attribute_filter=_own_picture,
        filter_style_properties={"text-align"},
        url_schemes=set(),
        link_rel=None,
    )


_BLOCK = re.compile(
    r"</?(?:p|br|hr|div|h[1-6]|li|ul|ol|tr|t[dh]|table|blockquote)\b[^>]*>", re.IGNORECASE
)


def text_of(html: str) -> str:
    """What a reader sees of `html`: a line for each block, and no tags."""
    return unescape(nh3.clean(_BLOCK.sub("\n", html), tags=set()))


def _own_picture(tag: str, attribute: str, value: str) -> str | None:
    if attribute != "src":
        return value
    return value if tag == "img" and _is_own(value) else None


def _is_own(address: str) -> bool:
    return address.startswith("/files/") and ".." not in address


class _Pictures(HTMLParser):
    """Gathers where the pictures of a detail text are."""

    def __init__(self) -> None:
        super().__init__()
        self.addresses: list[str] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "img":
            given = dict(attrs)
            # Pages that load late keep the true address aside, and a grey dot in its place.
            late = given.get("data-src") or given.get("data-original")
            self.addresses.append(late or given.get("src") or "")


def pictures_in(html: str) -> list[str]:
    """Where the pictures of `html` are, in their order."""
    found = _Pictures()
    found.feed(html)
    found.close()
    return [address.strip() for address in found.addresses]


def foreign_pictures(html: str) -> list[str]:
    """Pictures of `html` that are not ours, shortened to be read: they would be shown broken."""
    foreign = [address for address in pictures_in(html) if not _is_own(address)]
    return [_named(address) for address in dict.fromkeys(foreign)]


def _named(address: str) -> str:
    if address.startswith("data:"):
        return f"{address.partition(';')[0][:30]}…"
    return address if len(address) <= _NAME_MAX else f"{address[: _NAME_MAX - 1]}…"


def copied_title(title: str) -> str:
    """The title of a copy: what was copied, cut so that both fit, and that it is a copy."""
    return f"{title[: TITLE_MAX - len(COPY_MARK)].rstrip()}{COPY_MARK}"


def depth_of(category_id: UUID, parents: Mapping[UUID, UUID | None]) -> int:
    """1 for a top category; more than `CATEGORY_DEPTH_MAX` also when the parents form a circle."""
    depth, at = 1, parents.get(category_id)
    while at is not None and depth <= CATEGORY_DEPTH_MAX:
        depth, at = depth + 1, parents.get(at)
    return depth

"""Finding products, with what is left of them: a question over the catalog and the inventory."""

import json
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from bofen.catalog import words
from bofen.catalog.rules import ProductStatus
from bofen.gateways.storage.addresses import picture_url
from bofen.kit.db import Tx
from bofen.kit.money import FEN_MAX
from bofen.kit.paging import Page, cursor_length, page_of, read_cursor, read_id, read_number
from bofen.live.changes import ProductCard

Sort = Literal["relevance", "sales", "price_asc", "price_desc", "new"]
_LOOKED_AT = 3
"""Hits whose stock is looked up for each that a page shows, before it is asked for of all."""
RANKED_MAX = 300
"""Hits that are still ranked by where the text stands: it is read from each of them."""


@dataclass(frozen=True)
class Card:
    """A product in a list. Its price is that of its cheapest SKU."""

    id: UUID
    title: str
    subtitle: str
    picture_key: str | None
    price_fen: int
    strike_fen: int | None
    sold_count: int
    is_sold_out: bool
    tags: Sequence[str]
    status: str
    in_title: int
    """1: what was searched for stands in the title as it is; asked in ranked lists only."""


@dataclass(frozen=True)
class Wanted:
    """What a list of products should hold. None: everything."""

    text: str = ""
    category_id: UUID | None = None
    price_min_fen: int | None = None
    price_max_fen: int | None = None
    tag: str | None = None
    is_in_stock: bool = False
    status: ProductStatus | None = ProductStatus.listed
    sort: Sort = "relevance"


# Asked row by row: as EXISTS the planner would read the whole stock for one page.
_HAS_SOME = """
coalesce((
  SELECT bool_or(i.on_hand > i.held) FROM inventory_stock i JOIN catalog_sku s ON s.id = i.sku_id
  WHERE s.product_id = p.id AND s.is_active
), false)"""
# Most of a shop is in stock, so the first of what was found fill a page. Asked for all at once, the
# planner would look up the stock of everything that was found.
_FIRST = """
p.id = ANY(ARRAY(
  SELECT p.id FROM catalog_product p WHERE {conditions} ORDER BY {sorted_by} LIMIT {looked_at}
))"""
_STRIKE = """
(
  SELECT min(s.strike_fen) FROM catalog_sku s
  WHERE s.product_id = p.id AND s.is_active AND s.price_fen = p.price_min_fen
)"""
_CARDS = f"""
SELECT p.id, p.title, p.subtitle, p.pictures->>0 AS picture_key, p.price_min_fen AS price_fen,
  {_STRIKE} AS strike_fen, p.sold_count, NOT {_HAS_SOME} AS is_sold_out, p.tags, p.status,
  %s AS in_title
FROM catalog_product p"""  # noqa: S608
_LISTED = f"{_CARDS % 0} WHERE p.id = ANY($1::uuid[]) AND p.status = 'listed'"
_FEATURED = (
    f"{_CARDS % 0} WHERE p.status = 'listed' AND {_HAS_SOME}"
    " ORDER BY p.sold_count DESC, p.id DESC LIMIT $1"
)
_CATEGORY_AND_BELOW = """
p.category_id IN (
  WITH RECURSIVE tree AS (
    SELECT id FROM catalog_category WHERE id = {}
    UNION ALL SELECT c.id FROM catalog_category c JOIN tree ON c.parent_id = tree.id
  ) SELECT id FROM tree
)"""


async def listed_cards(tx: Tx, product_ids: Collection[UUID]) -> dict[UUID, ProductCard]:
    """Of these products those that are for sale, as viewers see them."""
    if not product_ids:
        return {}
    found = await tx.rows(Card, _LISTED, list(product_ids))
    return {card.id: product_card(card) for card in found}


def product_card(card: Card) -> ProductCard:
    """How a product is shown: in lists, in the hall and in rooms."""
    return ProductCard(
        id=card.id,
        title=card.title,
        subtitle=card.subtitle,
        picture=picture_url(card.picture_key),
        price_fen=card.price_fen,
        strike_fen=card.strike_fen,
        sold_count=card.sold_count,
        is_sold_out=card.is_sold_out,
        tags=card.tags,
    )


async def featured(tx: Tx, limit: int) -> list[Card]:
    """What sells best and can still be bought."""
    return await tx.rows(Card, _FEATURED, limit)


async def find(tx: Tx, wanted: Wanted, limit: int, cursor: str | None) -> Page[Card]:
    """A page of products in the order asked for; text is matched as `catalog.words` folds it."""
    found = words.search_for(wanted.text) if wanted.text else None
    asked = _asked(wanted, found)
    text = words.fold(wanted.text).strip() if found else ""
    order = _ORDERS[wanted.sort] if wanted.sort != "relevance" or text else _ORDERS["sales"]
    if order.is_ranked and not await _is_ranked(tx, asked, cursor):
        order = _ORDERS["sales"]
    columns = dict(_COLUMNS)
    if order.is_ranked:
        columns["in_title"] = _IN_TITLE.format(asked.value(text))
    keys = [columns[name] for name in order.names]
    if cursor:
        edge = read_cursor(cursor, *order.readers)
        asked.where(f"({', '.join(keys)}) {'<' if order.is_down else '>'} {order.edge}", *edge)
    way = "DESC" if order.is_down else "ASC"
    sorted_by = ", ".join(f"{key} {way}" for key in keys)
    sql = f"{_CARDS % columns['in_title']} WHERE %s ORDER BY {sorted_by} LIMIT {limit + 1:d}"
    cards: list[Card] = []
    first = _FIRST.format(
        conditions=asked.conditions, sorted_by=sorted_by, looked_at=_LOOKED_AT * (limit + 1)
    )
    for condition in _conditions(wanted, asked.conditions, first if found else None):
        cards = await tx.rows(Card, sql % condition, *asked.values)
        if len(cards) > limit:
            break
    return page_of(cards, limit, lambda card: tuple(getattr(card, name) for name in order.names))


def _conditions(wanted: Wanted, conditions: str, first: str | None) -> list[str]:
    """What to ask, and what to ask again while the page is not full."""
    if not wanted.is_in_stock:
        return [conditions]
    all_in_stock = f"{conditions} AND {_HAS_SOME}"
    return [f"{first} AND {_HAS_SOME}", all_in_stock] if first else [all_in_stock]


async def _is_ranked(tx: Tx, asked: "_Asked", cursor: str | None) -> bool:
    """Whether so few are found that each can be looked at; else what sells best comes first.

    Later pages go on as the first began, whatever was listed meanwhile: their cursor tells.
    """
    if cursor:
        return cursor_length(cursor) == len(_ORDERS["relevance"].names)
    few = f"SELECT FROM catalog_product p WHERE {asked.conditions} LIMIT {RANKED_MAX + 1:d}"
    rows = await tx.fetch(f"SELECT count(*) AS hits FROM ({few}) AS few", *asked.values)  # noqa: S608
    return bool(rows[0]["hits"] <= RANKED_MAX)


_IN_TITLE = "CASE WHEN strpos(split_part(p.text, E'\\n', 1), {}) > 0 THEN 1 ELSE 0 END"
_COLUMNS = {
    "in_title": "0",
    "sold_count": "p.sold_count",
    "price_fen": "p.price_min_fen",
    "id": "p.id",
}


@dataclass(frozen=True)
class _Order:
    """The sort key, made unique by the id, and whether it goes down.

    All columns go the same way, so that an index can be entered at a cursor.
    """

    names: tuple[str, ...]
    is_down: bool = True

    @property
    def is_ranked(self) -> bool:
        return "in_title" in self.names

    @property
    def edge(self) -> str:
        """The key of a cursor, for `_Asked.where`."""
        numbers = ["{}::bigint"] * (len(self.names) - 1)
        return f"({', '.join([*numbers, '{}::uuid'])})"

    @property
    def readers(self) -> list[Callable[[Any], Any]]:
        """How the parts of a cursor are read."""
        numbers: list[Callable[[Any], Any]] = [_number] * (len(self.names) - 1)
        return [*numbers, read_id]


_ORDERS: dict[Sort, _Order] = {
    "relevance": _Order(("in_title", "sold_count", "id")),
    "sales": _Order(("sold_count", "id")),
    "price_asc": _Order(("price_fen", "id"), is_down=False),
    "price_desc": _Order(("price_fen", "id")),
    "new": _Order(("id",)),
}


def _number(part: Any) -> int:
    number = read_number(part)
    if abs(number) > FEN_MAX:
        message = "no price and no count is that large"
        raise ValueError(message)
    return number


class _Asked:
    """The conditions of a question, and the values that they name by their numbers."""

    def __init__(self) -> None:
        self._conditions = ["true"]
        self.values: list[Any] = []

    @property
    def conditions(self) -> str:
        return " AND ".join(self._conditions)

    def value(self, value: Any) -> str:
        """How the statement names this value: `$1` and so on."""
        self.values.append(value)
        return f"${len(self.values)}"

    def where(self, condition: str, *values: Any) -> None:
        """Each `{}` of the condition is one of the values."""
        self._conditions.append(condition.format(*map(self.value, values)))


def _asked(wanted: Wanted, found: words.Search | None) -> _Asked:
    asked = _Asked()
    filters = {
        "p.status = {}": wanted.status,
        _CATEGORY_AND_BELOW: wanted.category_id,
        "p.price_max_fen >= {}": wanted.price_min_fen,
        "p.price_min_fen <= {}": wanted.price_max_fen,
        "p.tags @> {}::jsonb": None if wanted.tag is None else json.dumps([wanted.tag]),
        "p.terms @@ {}::text::tsquery": found and found.query,
    }
    for condition, value in filters.items():
        if value is not None:
            asked.where(condition, value)
    for run in found.runs if found else ():
        asked.where("p.text LIKE {}", f"%{_escaped(run)}%")
    if wanted.text and not found:
        asked.where("false")
    return asked


def _escaped(run: str) -> str:
    """As LIKE finds it letter by letter."""
    return run.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")

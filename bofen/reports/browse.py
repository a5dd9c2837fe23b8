"""Finding products, with what is left of them: a question over the catalog and the inventory."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    case,
    cast,
    false,
    func,
    literal,
    select,
    tuple_,
)
from sqlalchemy.dialects.postgresql import TSQUERY

from bofen.catalog import words
from bofen.catalog.models import Category, Product, Sku
from bofen.catalog.rules import ProductStatus
from bofen.gateways.storage.addresses import picture_url
from bofen.inventory.models import Stock
from bofen.kit.db import Tx
from bofen.kit.money import FEN_MAX, Fen
from bofen.kit.paging import Page, cursor_length, page_of, read_cursor, read_id, read_number
from bofen.live.changes import ProductCard

Sort = Literal["relevance", "sales", "price_asc", "price_desc", "new"]
RANKED_MAX = 300
"""Hits that are still ranked by where the text stands: it is read from each of them."""
_RANKED = 3
"""Parts of the key of a ranked list: in the title, pieces sold, id."""


@dataclass(frozen=True)
class Card:
    """A product in a list. Its price is that of its cheapest SKU."""

    id: UUID
    title: str
    subtitle: str
    picture_key: str | None
    price_fen: Fen
    strike_fen: Fen | None
    sold_count: int
    is_sold_out: bool
    tags: Sequence[str]
    status: str
    key: tuple[Any, ...] = ()


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


def _sold_out() -> ColumnElement[bool]:
    """Asked row by row: as `EXISTS` the planner would read the whole stock for one page."""
    left = (
        select(func.bool_or(Stock.on_hand > Stock.held))
        .join(Sku, Sku.id == Stock.sku_id)
        .where(Sku.product_id == Product.id, Sku.is_active)
        .scalar_subquery()
    )
    return ~func.coalesce(left, false())


def _strike() -> Any:
    return (
        select(func.min(Sku.strike_fen))
        .where(Sku.product_id == Product.id, Sku.is_active, Sku.price_fen == Product.price_min_fen)
        .scalar_subquery()
    )


def _cards(*more: Any) -> Select[Any]:
    return select(
        Product.id,
        Product.title,
        Product.subtitle,
        Product.pictures,
        Product.price_min_fen,
        _strike().label("strike_fen"),
        Product.sold_count,
        _sold_out().label("is_sold_out"),
        Product.tags,
        Product.status,
        *more,
    )


def _card(row: Any, key: tuple[Any, ...] = ()) -> Card:
    return Card(
        id=row.id,
        title=row.title,
        subtitle=row.subtitle,
        picture_key=next(iter(row.pictures), None),
        price_fen=row.price_min_fen,
        strike_fen=row.strike_fen,
        sold_count=row.sold_count,
        is_sold_out=row.is_sold_out,
        tags=row.tags,
        status=row.status,
        key=key,
    )


async def cards(tx: Tx, product_ids: Collection[UUID]) -> dict[UUID, Card]:
    """These products as cards, whatever their status."""
    rows = await tx.execute(_cards().where(Product.id.in_(product_ids)))
    return {row.id: _card(row) for row in rows}


async def listed_cards(tx: Tx, product_ids: Collection[UUID]) -> dict[UUID, ProductCard]:
    """Of these products those that are for sale, as viewers see them."""
    found = await cards(tx, product_ids)
    return {
        card.id: product_card(card)
        for card in found.values()
        if card.status == ProductStatus.listed
    }


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
    rows = await tx.execute(
        _cards()
        .where(Product.status == ProductStatus.listed, ~_sold_out())
        .order_by(Product.sold_count.desc(), Product.id.desc())
        .limit(limit)
    )
    return [_card(row) for row in rows]


async def find(tx: Tx, wanted: Wanted, limit: int, cursor: str | None) -> Page[Card]:
    """A page of products in the order asked for; text is matched as `catalog.words` folds it."""
    found = words.search_for(wanted.text) if wanted.text else None
    asked = _filters(wanted)
    if wanted.text:
        asked += _matches(found) if found else [false()]
    order = _order(wanted.sort, words.fold(wanted.text).strip() if found else "")
    if len(order.columns) == _RANKED and not await _is_ranked(tx, asked, cursor):
        order = _order("sales", "")
    query = _cards(*(column.label(f"key_{i}") for i, column in enumerate(order.columns)))
    query = query.where(*asked)
    if cursor:
        query = query.where(_after(order, read_cursor(cursor, *order.readers)))
    ordered = [column.desc() if order.is_down else column.asc() for column in order.columns]
    rows = await tx.execute(query.order_by(*ordered).limit(limit + 1))
    names = [f"key_{i}" for i in range(len(order.columns))]
    found_cards = [_card(row, tuple(getattr(row, name) for name in names)) for row in rows]
    return page_of(found_cards, limit, lambda card: card.key)


async def _is_ranked(tx: Tx, asked: list[ColumnElement[bool]], cursor: str | None) -> bool:
    """Whether so few are found that each can be looked at; else what sells best comes first.

    Later pages go on as the first began, whatever was listed meanwhile: their cursor tells.
    """
    if cursor:
        return cursor_length(cursor) == _RANKED
    some = select(Product.id).where(*asked).limit(RANKED_MAX + 1).subquery()
    return (await tx.scalar(select(func.count()).select_from(some)) or 0) <= RANKED_MAX


@dataclass(frozen=True)
class _Order:
    """The sort key, made unique by the id, and whether it goes down.

    All columns go the same way, so that an index can be entered at a cursor.
    """

    columns: tuple[ColumnElement[Any], ...]
    is_down: bool

    @property
    def readers(self) -> list[Callable[[Any], Any]]:
        """How the parts of a cursor are read."""
        numbers: list[Callable[[Any], Any]] = [_number] * (len(self.columns) - 1)
        return [*numbers, read_id]


def _number(part: Any) -> int:
    number = read_number(part)
    if abs(number) > FEN_MAX:
        message = "no price and no count is that large"
        raise ValueError(message)
    return number


def _order(sort: Sort, text: str) -> _Order:
    by_id: ColumnElement[Any] = Product.id.expression
    sold: ColumnElement[Any] = Product.sold_count.expression
    price: ColumnElement[Any] = Product.price_min_fen.expression
    if sort == "price_asc":
        return _Order((price, by_id), is_down=False)
    if sort == "price_desc":
        return _Order((price, by_id), is_down=True)
    if sort == "new":
        return _Order((by_id,), is_down=True)
    if sort == "relevance" and text:
        place = func.strpos(func.split_part(Product.text, "\n", 1), text)
        in_title = case((place > 0, 1), else_=0)
        return _Order((in_title, sold, by_id), is_down=True)
    return _Order((sold, by_id), is_down=True)


def _after(order: _Order, key: list[Any]) -> ColumnElement[bool]:
    """Rows that come after `key`."""
    row, edge = tuple_(*order.columns), tuple_(*key)
    return row < edge if order.is_down else row > edge


def _matches(found: words.Search) -> list[ColumnElement[bool]]:
    query = cast(literal(found.query, String), TSQUERY)
    terms: list[ColumnElement[bool]] = [Product.terms.op("@@")(query)]
    return terms + [Product.text.contains(run, autoescape=True) for run in found.runs]


def _filters(wanted: Wanted) -> list[ColumnElement[bool]]:
    filters: list[ColumnElement[bool]] = []
    if wanted.status is not None:
        filters.append(Product.status == wanted.status)
    if wanted.category_id is not None:
        filters.append(Product.category_id.in_(_category_and_below(wanted.category_id)))
    if wanted.price_min_fen is not None:
        filters.append(Product.price_max_fen >= wanted.price_min_fen)
    if wanted.price_max_fen is not None:
        filters.append(Product.price_min_fen <= wanted.price_max_fen)
    if wanted.tag is not None:
        filters.append(Product.tags.contains([wanted.tag]))
    if wanted.is_in_stock:
        filters.append(~_sold_out())
    return filters


def _category_and_below(category_id: UUID) -> Any:
    tree = select(Category.id).where(Category.id == category_id).cte("tree", recursive=True)
    below = select(Category.id).join(tree, Category.parent_id == tree.c.id)
    return select(tree.union_all(below).c.id)

"""Finding and looking at products."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query

from bofen.catalog import queries
from bofen.catalog.rules import ProductStatus
from bofen.inventory import service as inventory
from bofen.kit.errors import NotFound
from bofen.kit.money import FEN_MAX
from bofen.reports import browse
from bofen.web.deps import Db
from bofen.web.shapes import (
    DEFAULT_LIMIT,
    Cursor,
    Limit,
    Listed,
    Shape,
    picture_url,
    picture_urls,
)

router = APIRouter(prefix="/products", tags=["products"])

SearchText = Annotated[str, Query(max_length=60)]
PriceLimit = Annotated[int | None, Query(ge=0, le=FEN_MAX)]


class ProductCard(Shape):
    """A product in a list; the price is that of its cheapest SKU."""

    id: UUID
    title: str
    subtitle: str
    picture: str | None
    price_fen: int
    strike_fen: int | None
    sold_count: int
    is_sold_out: bool
    tags: Sequence[str]


class OptionOut(Shape):
    name: str
    values: Sequence[str]


class SkuOut(Shape):
    id: UUID
    options: dict[str, str]
    price_fen: int
    strike_fen: int | None
    picture: str | None
    available: int


class ProductOut(Shape):
    id: UUID
    title: str
    subtitle: str
    pictures: Sequence[str]
    detail_html: str
    category_id: UUID
    category: str
    brand: str
    tags: Sequence[str]
    status: str
    price_min_fen: int
    price_max_fen: int
    sold_count: int
    options: Sequence[OptionOut]
    skus: Sequence[SkuOut]


def card_of(card: browse.Card) -> ProductCard:
    """Also what rooms and the hall show."""
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


def sku_of(row: dict[str, Any], available: int) -> SkuOut:
    return SkuOut(
        id=row["id"],
        options=row["options"],
        price_fen=row["price_fen"],
        strike_fen=row["strike_fen"],
        picture=picture_url(row["picture_key"]),
        available=available,
    )


@router.get("")
async def find_products(  # noqa: PLR0913 - each is one filter of the list
    db: Db,
    *,
    q: SearchText = "",
    category_id: UUID | None = None,
    sort: browse.Sort = "relevance",
    price_min_fen: PriceLimit = None,
    price_max_fen: PriceLimit = None,
    tag: Annotated[str | None, Query(max_length=20)] = None,
    in_stock: bool = False,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[ProductCard]:
    wanted = browse.Wanted(
        text=q.strip(),
        category_id=category_id,
        price_min_fen=price_min_fen,
        price_max_fen=price_max_fen,
        tag=tag,
        is_in_stock=in_stock,
        sort=sort,
    )
    async with db.reading() as tx:
        page = await browse.find(tx, wanted, limit, cursor)
    return Listed(items=[card_of(card) for card in page.items], next=page.next)


@router.get("/{product_id}")
async def see_product(product_id: UUID, db: Db) -> ProductOut:
    async with db.reading() as tx:
        row = await queries.product(tx, product_id)
        if row is None or row["status"] != ProductStatus.listed:
            raise NotFound("product")
        skus = await queries.skus(tx, product_id)
        available = await inventory.available(tx, [sku["id"] for sku in skus])
    return ProductOut(
        **{name: row[name] for name in ProductOut.model_fields.keys() & row.keys() - {"pictures"}},
        pictures=picture_urls(row["pictures"]),
        skus=[sku_of(sku, available[sku["id"]]) for sku in skus],
    )

"""Finding and looking at products."""

from collections.abc import Sequence
from dataclasses import fields, replace
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from starlette.responses import Response

from bofen.catalog import queries
from bofen.catalog.queries import ProductRow, SkuRow
from bofen.catalog.rules import ProductStatus
from bofen.flows.services import Services
from bofen.gateways.storage.addresses import picture_url, picture_urls
from bofen.inventory import service as inventory
from bofen.kit import clock
from bofen.kit.errors import NotFound
from bofen.kit.money import FEN_MAX
from bofen.live.changes import ProductCard
from bofen.reports import browse
from bofen.reports.browse import product_card
from bofen.settings import service as settings
from bofen.web.pages import KeptPages, Pages
from bofen.web.shapes import DEFAULT_LIMIT, Cursor, Limit, Line, Listed, Shape

router = APIRouter(prefix="/products", tags=["products"])

SearchText = Annotated[Line, Query(max_length=60)]
PriceLimit = Annotated[int | None, Query(ge=0, le=FEN_MAX)]


class OptionOut(Shape):
    """What a buyer chooses, and from what."""

    name: str
    values: Sequence[str]


class SkuOut(Shape):
    """One buyable combination; `options` maps each option's name to its value."""

    id: UUID
    options: dict[str, str]
    price_fen: int
    strike_fen: int | None
    picture: str | None
    available: int


class ProductOut(Shape):
    """A listed product with everything a buyer decides by."""

    id: UUID
    title: str
    subtitle: str
    pictures: Sequence[str]
    detail_html: str
    category_id: UUID
    category: str
    brand: str
    tags: Sequence[str]
    status: ProductStatus
    price_min_fen: int
    price_max_fen: int
    sold_count: int
    options: Sequence[OptionOut]
    skus: Sequence[SkuOut]


def sku_of(row: SkuRow, available: int) -> SkuOut:
    """A SKU as buyers choose it; `available` pieces can still be promised."""
    return SkuOut(
        id=row.id,
        options=dict(row.options),
        price_fen=row.price_fen,
        strike_fen=row.strike_fen,
        picture=picture_url(row.picture_key),
        available=available,
    )


def options_of(row: ProductRow) -> list[OptionOut]:
    """What a buyer chooses, in the order staff arranged."""
    return [OptionOut.model_validate(option) for option in row.options]


@router.get("", response_model=Listed[ProductCard])
async def find_products(  # noqa: PLR0913 - each is one filter of the list
    pages: KeptPages,
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
) -> Response:
    """Listed products that match; a page and the cursor of the next.

    What is sold out is not among them unless the settings say so: its link stays good.
    """
    wanted = browse.Wanted(
        text=q.strip(),
        category_id=category_id,
        price_min_fen=price_min_fen,
        price_max_fen=price_max_fen,
        tag=tag,
        is_in_stock=in_stock,
        sort=sort,
    )

    async def read(services: Services) -> Listed[ProductCard]:
        async with services.db.reading() as tx:
            now = await settings.in_force(tx, clock.now())
            is_in_stock = in_stock or now.trade.is_sold_out_hidden
            page = await browse.find(tx, replace(wanted, is_in_stock=is_in_stock), limit, cursor)
        return Listed(items=[product_card(card) for card in page.items], next=page.next)

    if wanted.text:
        return await pages.fresh(read)
    return await pages.overview((wanted, limit, cursor), read)


async def product_page(pages: Pages, product_id: UUID) -> Response:
    """A listed product as JSON. Raises `NotFound`."""
    return await pages.detail("product", product_id, partial(_read, product_id))


@router.get("/{product_id}", response_model=ProductOut)
async def see_product(product_id: UUID, pages: KeptPages) -> Response:
    """One listed product with its SKUs and what can still be promised of each."""
    return await product_page(pages, product_id)


async def _read(product_id: UUID, services: Services) -> ProductOut:
    async with services.db.reading() as tx:
        row = await queries.product(tx, product_id)
        if row is None or row.status != ProductStatus.listed:
            raise NotFound("product")
        skus = await queries.skus(tx, product_id)
        available = await inventory.available(tx, [sku.id for sku in skus])
    given = {name: getattr(row, name) for name in ProductOut.model_fields.keys() & _SAME}
    return ProductOut(
        **given,
        pictures=picture_urls(row.pictures),
        options=options_of(row),
        skus=[sku_of(sku, available[sku.id]) for sku in skus],
    )


_SAME = {field.name for field in fields(ProductRow)} - {"pictures", "options"}

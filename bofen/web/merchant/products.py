"""Keeping products."""

import asyncio
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from bofen.catalog import queries
from bofen.catalog import service as catalog
from bofen.catalog.errors import PictureUnknown
from bofen.catalog.queries import ProductRow, SkuRow
from bofen.catalog.rules import SKUS_MAX, TITLE_MAX, Option, ProductDraft, ProductStatus, SkuDraft
from bofen.flows import edit_products
from bofen.flows.services import Services
from bofen.gateways.storage.addresses import picture_urls
from bofen.inventory import queries as stock
from bofen.inventory.queries import Level
from bofen.kit import clock
from bofen.kit.db import Database
from bofen.kit.errors import NotFound
from bofen.kit.money import Fen
from bofen.live.changes import ProductCard
from bofen.reports import browse
from bofen.reports.browse import product_card
from bofen.web.buyer.products import OptionOut, SearchText, SkuOut, options_of, sku_of
from bofen.web.deps import CurrentStaff, Db, StaffMayWriteProducts, Svc
from bofen.web.merchant.pictures import PictureKey
from bofen.web.shapes import (
    DEFAULT_LIMIT,
    Body,
    Cursor,
    FormVersion,
    Limit,
    Line,
    Lines,
    Listed,
    Money,
    Price,
    Shape,
)

router = APIRouter(prefix="/products", tags=["products"])

Word = Annotated[Line, Field(min_length=1, max_length=30)]


class OptionIn(Body):
    """One option and the values to choose from."""

    name: Word
    values: Annotated[tuple[Word, ...], Field(min_length=1, max_length=40)]


class SkuIn(Body):
    """One buyable combination; `picture` replaces the product's first one for it."""

    options: dict[Word, Word]
    price_fen: Price
    strike_fen: Price | None = None
    cost_fen: Money | None = None
    picture: PictureKey | None = None
    stock: Annotated[int, Field(ge=0, le=1_000_000)] = 0
    """Pieces of a new SKU; what is there already changes by receipts."""


class ProductIn(Body):
    """A product as staff write it. Limits are declared here and nowhere else."""

    title: Annotated[Line, Field(min_length=1, max_length=TITLE_MAX)]
    subtitle: Annotated[Line, Field(max_length=120)] = ""
    category_id: UUID
    brand: Annotated[Line, Field(max_length=30)] = ""
    tags: Annotated[tuple[Word, ...], Field(max_length=10)] = ()
    pictures: Annotated[tuple[PictureKey, ...], Field(max_length=12)] = ()
    detail_html: Annotated[Lines, Field(max_length=50_000)] = ""
    options: Annotated[tuple[OptionIn, ...], Field(max_length=3)] = ()
    skus: Annotated[tuple[SkuIn, ...], Field(min_length=1, max_length=SKUS_MAX)]
    version: FormVersion | None = None
    """The version this edit started from; another version by now refuses it."""

    def draft(self) -> ProductDraft:
        """The same in the catalog's words, without spaces at the ends."""
        return ProductDraft(
            title=self.title,
            subtitle=self.subtitle,
            category_id=self.category_id,
            brand=self.brand,
            tags=self.tags,
            pictures=self.pictures,
            detail_html=self.detail_html,
            options=tuple(Option(each.name, each.values) for each in self.options),
            skus=tuple(
                SkuDraft(
                    sku.options,
                    Fen(sku.price_fen),
                    None if sku.strike_fen is None else Fen(sku.strike_fen),
                    None if sku.cost_fen is None else Fen(sku.cost_fen),
                    sku.picture,
                )
                for sku in self.skus
            ),
        )

    def opening(self) -> list[int]:
        """Pieces of each SKU, in the draft's order."""
        return [sku.stock for sku in self.skus]


class KeptCard(ProductCard):
    """A product in the console's list."""

    status: ProductStatus


class KeptSku(SkuOut):
    """A SKU as staff edit it: with its cost and what lies in the warehouse."""

    cost_fen: int | None
    picture_key: str | None
    on_hand: int
    held: int


class KeptProduct(Shape):
    """A product as staff edit it: pictures both as addresses and as keys."""

    id: UUID
    title: str
    subtitle: str
    category_id: UUID
    category: str
    brand: str
    tags: Sequence[str]
    pictures: Sequence[str]
    picture_keys: Sequence[str]
    detail_html: str
    options: Sequence[OptionOut]
    skus: Sequence[KeptSku]
    status: ProductStatus
    version: int
    sold_count: int
    created_at: datetime
    updated_at: datetime


@router.get("")
async def find_products(  # noqa: PLR0913 - each is one filter of the list
    _: CurrentStaff,
    db: Db,
    *,
    q: SearchText = "",
    status: ProductStatus | None = None,
    category_id: UUID | None = None,
    sort: Annotated[browse.Sort, Query()] = "new",
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[KeptCard]:
    """Products of every status, newest first unless asked otherwise."""
    wanted = browse.Wanted(text=q.strip(), category_id=category_id, status=status, sort=sort)
    async with db.reading() as tx:
        page = await browse.find(tx, wanted, limit, cursor)
    items = [
        KeptCard(**vars(product_card(card)), status=ProductStatus(card.status))
        for card in page.items
    ]
    return Listed(items=items, next=page.next)


@router.get("/{product_id}")
async def see_product(product_id: UUID, _: StaffMayWriteProducts, db: Db) -> KeptProduct:
    """A product as staff edit it."""
    return await kept(db, product_id)


async def kept(db: Database, product_id: UUID) -> KeptProduct:
    """The product as staff edit it now. Raises `NotFound`."""
    async with db.transaction() as tx:
        row = await queries.product(tx, product_id)
        if row is None:
            raise NotFound("product")
        skus = await queries.skus(tx, product_id)
        levels = await stock.levels(tx, [sku.id for sku in skus])
    given = {name: getattr(row, name) for name in KeptProduct.model_fields.keys() & _SAME}
    return KeptProduct(
        **given,
        pictures=picture_urls(row.pictures),
        picture_keys=row.pictures,
        options=options_of(row),
        skus=[_kept_sku(sku, levels.get(sku.id)) for sku in skus],
    )


_SAME = {field.name for field in fields(ProductRow)} - {"pictures", "options"}


def _kept_sku(sku: SkuRow, level: Level | None) -> KeptSku:
    return KeptSku(
        **vars(sku_of(sku, level.available if level else 0)),
        cost_fen=sku.cost_fen,
        picture_key=sku.picture_key,
        on_hand=level.on_hand if level else 0,
        held=level.held if level else 0,
    )


async def check_draft(svc: Services, draft: ProductDraft) -> None:
    """Words that may be shown, pictures that exist; asked before the transaction.

    Raises `ProductWordsRefused` or `PictureUnknown`.
    """
    edit_products.check_words(svc.words, draft)
    own = (sku.picture_key for sku in draft.skus if sku.picture_key)
    keys = {*draft.pictures, *own}
    are_kept = await asyncio.gather(*(svc.storage.exists(key) for key in keys))
    for key, is_kept in zip(keys, are_kept, strict=True):
        if not is_kept:
            raise PictureUnknown(key)


@router.post("", status_code=201)
async def add_product(asked: ProductIn, staff: StaffMayWriteProducts, svc: Svc) -> KeptProduct:
    """A new draft; it is listed by itself, later."""
    draft, at = asked.draft(), clock.now()
    await check_draft(svc, draft)
    async with svc.db.transaction() as tx:
        product_id = await edit_products.create_product(tx, draft, asked.opening(), staff, at)
    return await kept(svc.db, product_id)


@router.post("/{product_id}/copy", status_code=201)
async def copy_product(product_id: UUID, staff: StaffMayWriteProducts, svc: Svc) -> KeptProduct:
    """A new draft with everything of this product but its stock and sales."""
    at = clock.now()
    async with svc.db.transaction() as tx:
        copied = await edit_products.copy_product(tx, svc.words, product_id, staff, at)
    return await kept(svc.db, copied)


@router.put("/{product_id}")
async def change_product(
    product_id: UUID, asked: ProductIn, staff: StaffMayWriteProducts, svc: Svc
) -> KeptProduct:
    """A new version; refused when somebody else was quicker (`version`)."""
    draft, at = asked.draft(), clock.now()
    await check_draft(svc, draft)
    async with svc.db.transaction() as tx:
        await edit_products.edit_product(
            tx,
            svc.words,
            product_id,
            draft,
            asked.opening(),
            by=staff,
            at=at,
            version=asked.version,
        )
    return await kept(svc.db, product_id)


@router.post("/{product_id}/list")
async def list_product(product_id: UUID, staff: StaffMayWriteProducts, svc: Svc) -> KeptProduct:
    """Buyers see it from now on."""
    at = clock.now()
    async with svc.db.transaction() as tx:
        await edit_products.list_product(tx, svc.words, product_id, staff, at)
    return await kept(svc.db, product_id)


@router.post("/{product_id}/delist")
async def delist_product(product_id: UUID, staff: StaffMayWriteProducts, svc: Svc) -> KeptProduct:
    """Buyers see it no more; orders that stand are not touched."""
    at = clock.now()
    async with svc.db.transaction() as tx:
        await catalog.delist_product(tx, product_id, staff, at)
    return await kept(svc.db, product_id)

"""Changing many products at once: looking first, doing it once, putting it back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Discriminator, Field, Tag

from bofen.catalog import queries as catalog
from bofen.catalog.bulk import queries
from bofen.catalog.bulk.queries import BulkRow
from bofen.catalog.bulk.rules import (
    CHANGE_BP_MAX,
    CHANGE_BP_MIN,
    PRODUCTS_MAX,
    BulkKind,
    ChangeAsked,
    ProductState,
    is_below_cost,
    read_state,
)
from bofen.catalog.rules import ProductStatus
from bofen.flows import bulk_products
from bofen.gateways.storage.addresses import picture_url
from bofen.identity import queries as identity
from bofen.kit import clock
from bofen.kit.db import Database, Tx
from bofen.kit.money import FEN_MAX
from bofen.reports.browse import Wanted
from bofen.web.answers import SentenceOut, sentence_of
from bofen.web.deps import Db, StaffMayWriteProducts, Svc
from bofen.web.shapes import Body, FormVersion, Line, Listed, Price, Shape

router = APIRouter(prefix="/bulk-changes", tags=["products"])

_SHOWN_MAX = 20


class StatusChangeIn(Body):
    """Buyers see them from now on, or no more."""

    kind: Literal["listing", "delisting"]

    def asked(self) -> ChangeAsked:
        """The same in the catalog's words."""
        return ChangeAsked(BulkKind(self.kind))


class CategoryChangeIn(Body):
    """They stand under this category."""

    kind: Literal["category"]
    category_id: UUID

    def asked(self) -> ChangeAsked:
        """The same in the catalog's words."""
        return ChangeAsked(BulkKind.category, category_id=self.category_id)


class PriceSetIn(Body):
    """Every SKU costs this."""

    kind: Literal["price_set"]
    amount_fen: Price

    def asked(self) -> ChangeAsked:
        """The same in the catalog's words."""
        return ChangeAsked(BulkKind.price_set, amount_fen=self.amount_fen)


class PriceAddedIn(Body):
    """Every SKU costs so much more; negative: less."""

    kind: Literal["price_added"]
    amount_fen: Annotated[int, Field(ge=-FEN_MAX, le=FEN_MAX)]

    def asked(self) -> ChangeAsked:
        """The same in the catalog's words."""
        return ChangeAsked(BulkKind.price_added, amount_fen=self.amount_fen)


class PriceScaledIn(Body):
    """Every SKU costs this part more (500: 5 %), half a fen rounded up; negative: less."""

    kind: Literal["price_scaled"]
    change_bp: Annotated[int, Field(ge=CHANGE_BP_MIN, le=CHANGE_BP_MAX)]

    def asked(self) -> ChangeAsked:
        """The same in the catalog's words."""
        return ChangeAsked(BulkKind.price_scaled, change_bp=self.change_bp)


_STATUS = "status"


def _tag_of(change: Any) -> str | None:
    """Which of the bodies it is; `Body` cannot be told apart by a named field."""
    kind = change.get("kind") if isinstance(change, dict) else getattr(change, "kind", None)
    return _STATUS if kind in ("listing", "delisting") else str(kind)


ChangeIn = Annotated[
    Annotated[StatusChangeIn, Tag(_STATUS)]
    | Annotated[CategoryChangeIn, Tag("category")]
    | Annotated[PriceSetIn, Tag("price_set")]
    | Annotated[PriceAddedIn, Tag("price_added")]
    | Annotated[PriceScaledIn, Tag("price_scaled")],
    Discriminator(_tag_of),
]


class MatchingIn(Body):
    """The filters of the product list, as `GET /products` reads them."""

    q: Annotated[Line, Field(max_length=60)] = ""
    status: ProductStatus | None = None
    category_id: UUID | None = None


class BulkPreviewIn(Body):
    """What would be done to which products; without `product_ids` to all that match."""

    change: ChangeIn
    product_ids: Annotated[tuple[UUID, ...], Field(max_length=PRODUCTS_MAX)] = ()
    matching: MatchingIn = MatchingIn()

    def chosen(self) -> Sequence[UUID] | Wanted:
        """Ids, or what to look for."""
        asked = self.matching
        found = Wanted(text=asked.q.strip(), category_id=asked.category_id, status=asked.status)
        return self.product_ids or found


class SeenProduct(Body):
    """A product, and its version when staff saw what would become of it."""

    product_id: UUID
    version: FormVersion


class BulkChangeIn(Body):
    """What is to be done to which products, as the preview showed them."""

    change: ChangeIn
    products: Annotated[tuple[SeenProduct, ...], Field(min_length=1, max_length=PRODUCTS_MAX)]


class ProductStateOut(Shape):
    """How a product stands, as far as a bulk change may touch it."""

    status: ProductStatus
    category: str
    """Its name; empty for one that is no more."""
    price_min_fen: int
    price_max_fen: int


class BulkLineOut(Shape):
    """A product of a bulk change. `after` is null where nothing is written: see `refusal`."""

    product_id: UUID
    title: str
    picture: str | None
    before: ProductStateOut
    after: ProductStateOut | None
    refusal: SentenceOut | None
    """Why not; null with `after` null: nothing would be different."""


class PreviewLineOut(BulkLineOut):
    """What would become of a product."""

    version: int
    is_below_cost: bool
    """Some SKU would be sold for less than it cost."""


class BulkPreviewOut(Shape):
    """What would become of each product, and whether more match than one change may touch."""

    lines: Sequence[PreviewLineOut]
    has_more: bool


class DoneLineOut(BulkLineOut):
    """What became of a product, and of undoing that."""

    is_put_back: bool
    undo_refusal: SentenceOut | None


class BulkChangeOut(Shape):
    """A bulk change. Counts are products; `put_back` of those that were changed."""

    id: UUID
    kind: BulkKind
    amount_fen: int
    change_bp: int
    category: str
    at: datetime
    by_name: str
    undone_at: datetime | None
    undone_by_name: str
    changed: int
    unchanged: int
    refused: int
    put_back: int


class BulkResultOut(BulkChangeOut):
    """A bulk change with every product that was chosen."""

    lines: Sequence[DoneLineOut]


@dataclass(frozen=True)
class _Names:
    """The names of categories and of members of staff, by id."""

    categories: Mapping[UUID, str]
    staff: Mapping[UUID, str]

    def state(self, state: ProductState) -> ProductStateOut:
        lowest, highest = state.range_fen
        return ProductStateOut(
            status=state.status,
            category=self.categories.get(state.category_id, ""),
            price_min_fen=lowest,
            price_max_fen=highest,
        )

    def change(self, row: BulkRow) -> BulkChangeOut:
        same = BulkChangeOut.model_fields.keys() & vars(row).keys()
        undone_by, category_id = row.undone_by_staff_id, row.category_id
        return BulkChangeOut(
            **{name: getattr(row, name) for name in same},
            category=self.categories.get(category_id, "") if category_id else "",
            by_name=self.staff.get(row.by_staff_id, ""),
            undone_by_name=self.staff.get(undone_by, "") if undone_by else "",
        )


async def _names(tx: Tx, rows: Iterable[BulkRow] = ()) -> _Names:
    staff = {
        staff_id
        for row in rows
        for staff_id in (row.by_staff_id, row.undone_by_staff_id)
        if staff_id
    }
    return _Names(
        {category.id: category.name for category in await catalog.categories(tx)},
        await identity.staff_names(tx, staff) if staff else {},
    )


@router.post("/preview")
async def preview_bulk_change(
    asked: BulkPreviewIn, _: StaffMayWriteProducts, svc: Svc
) -> BulkPreviewOut:
    """What a change would do to each product. Nothing is written."""
    seen = await bulk_products.preview(svc.db, svc.words, asked.chosen(), asked.change.asked())
    async with svc.db.reading() as tx:
        names = await _names(tx)
    lines = [
        PreviewLineOut(
            product_id=each.product_id,
            title=content.draft.title,
            picture=picture_url(next(iter(content.draft.pictures), None)),
            before=names.state(each.before),
            after=names.state(each.after) if each.after else None,
            refusal=sentence_of(each.refusal.code, each.refusal.facts()) if each.refusal else None,
            version=content.version,
            is_below_cost=each.after is not None and is_below_cost(content, each.after),
        )
        for each in seen.decided
        for content in (seen.contents[each.product_id],)
    ]
    return BulkPreviewOut(lines=lines, has_more=seen.has_more)


@router.get("")
async def list_bulk_changes(_: StaffMayWriteProducts, db: Db) -> Listed[BulkChangeOut]:
    """The last bulk changes, newest first."""
    async with db.reading() as tx:
        rows = await queries.newest(tx, _SHOWN_MAX)
        names = await _names(tx, rows)
    return Listed(items=[names.change(row) for row in rows])


@router.get("/{bulk_change_id}")
async def see_bulk_change(bulk_change_id: UUID, _: StaffMayWriteProducts, db: Db) -> BulkResultOut:
    """A bulk change and what became of each product."""
    return await _result(db, bulk_change_id)


async def _result(db: Database, bulk_change_id: UUID) -> BulkResultOut:
    async with db.transaction() as tx:
        row = await queries.change(tx, bulk_change_id)
        lines = await queries.lines(tx, bulk_change_id)
        names = await _names(tx, [row])
    return BulkResultOut(
        **vars(names.change(row)),
        lines=[
            DoneLineOut(
                product_id=line.product_id,
                title=line.title,
                picture=picture_url(line.picture_key),
                before=names.state(read_state(line.before)),
                after=names.state(read_state(line.after)) if line.after else None,
                refusal=_kept_sentence(line.refusal),
                is_put_back=line.is_put_back,
                undo_refusal=_kept_sentence(line.undo_refusal),
            )
            for line in lines
        ],
    )


def _kept_sentence(refusal: Mapping[str, Any] | None) -> SentenceOut | None:
    return sentence_of(refusal["code"], refusal["facts"]) if refusal else None


@router.put("/{bulk_change_id}")
async def make_bulk_change(
    bulk_change_id: UUID, asked: BulkChangeIn, staff: StaffMayWriteProducts, svc: Svc
) -> BulkResultOut:
    """Do what was previewed. The client makes the id: sent twice, it is done once."""
    versions = {each.product_id: each.version for each in asked.products}
    await bulk_products.change(
        svc.db,
        svc.words,
        bulk_change_id,
        asked.change.asked(),
        versions,
        by=staff,
        at=clock.now(),
    )
    return await _result(svc.db, bulk_change_id)


@router.post("/{bulk_change_id}/undo")
async def undo_bulk_change(
    bulk_change_id: UUID, staff: StaffMayWriteProducts, svc: Svc
) -> BulkResultOut:
    """Put back what nobody has changed since; each line says whether it was, or why not."""
    await bulk_products.undo(svc.db, svc.words, bulk_change_id, staff, clock.now())
    return await _result(svc.db, bulk_change_id)

"""What a product said before: its versions, what each changed, and bringing one back."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path

from bofen.catalog import contents
from bofen.catalog import queries as catalog
from bofen.catalog.versions import queries
from bofen.catalog.versions.rules import Difference, ProductPart, differences
from bofen.flows import edit_products
from bofen.gateways.storage.addresses import picture_url, picture_urls
from bofen.identity import queries as identity
from bofen.kit import clock
from bofen.kit.errors import NotFound
from bofen.web.deps import Db, StaffMayWriteProducts, Svc
from bofen.web.merchant.products import KeptProduct, check_draft, kept
from bofen.web.shapes import DEFAULT_LIMIT, Body, Cursor, FormVersion, Limit, Listed, Shape

router = APIRouter(prefix="/products/{product_id}/versions", tags=["products"])

PathVersion = Annotated[int, Path(ge=1, le=2**31 - 1)]


class ProductVersionOut(Shape):
    """A version of a product, and who wrote it when."""

    version: int
    by_name: str
    at: datetime


class DifferenceOut(Shape):
    """One thing that is otherwise: see `field` for what of the rest is told.

    Texts, the category (by name) and a SKU's picture (its address) have `before` and `after`,
    money the same in fen; null: not set. Lists, pictures and the lines of the detail have what was
    `added` and `removed`; neither: the same ones in another order or form. `spec` names the SKU.
    """

    field: ProductPart
    spec: str
    before: str | None
    after: str | None
    before_fen: int | None
    after_fen: int | None
    added: Sequence[str]
    removed: Sequence[str]


class ComparedVersionOut(Shape):
    """What a version changed, and what restoring it would change now."""

    version: int
    changed: Sequence[DifferenceOut]
    """Against the version before it; empty for the first."""
    restored: Sequence[DifferenceOut]
    """Against the product as it is now."""


class RestoreIn(Body):
    """Which version the comparison was made with; another one by now refuses it."""

    version: FormVersion


@router.get("")
async def list_product_versions(
    product_id: UUID,
    _: StaffMayWriteProducts,
    db: Db,
    limit: Limit = DEFAULT_LIMIT,
    cursor: Cursor = None,
) -> Listed[ProductVersionOut]:
    """Newest first."""
    async with db.reading() as tx:
        page = await queries.page(tx, product_id, limit, cursor)
        names = await identity.staff_names(tx, {row.staff_id for row in page.items})
    items = [
        ProductVersionOut(version=row.version, by_name=names.get(row.staff_id, ""), at=row.at)
        for row in page.items
    ]
    return Listed(items=items, next=page.next)


@router.get("/{version}")
async def compare_product_version(
    product_id: UUID, version: PathVersion, _: StaffMayWriteProducts, db: Db
) -> ComparedVersionOut:
    """What this version changed, and what restoring it would change now."""
    async with db.reading() as tx:
        drafts = await queries.drafts(tx, product_id, [version - 1, version])
        now = await contents.read(tx, [product_id])
        categories = {str(row.id): row.name for row in await catalog.categories(tx)}
    if version not in drafts or product_id not in now:
        raise NotFound("version")
    draft, before = drafts[version], drafts.get(version - 1)
    changed = differences(before, draft) if before else []
    restored = differences(now[product_id].draft, draft)
    return ComparedVersionOut(
        version=version,
        changed=[_difference_out(each, categories) for each in changed],
        restored=[_difference_out(each, categories) for each in restored],
    )


def _difference_out(difference: Difference, categories: Mapping[str, str]) -> DifferenceOut:
    """Ids and keys become what staff can read or look at."""
    shown = dict(vars(difference))
    match difference.field:
        case ProductPart.category:
            shown |= {name: categories.get(shown[name], "") for name in ("before", "after")}
        case ProductPart.sku_picture:
            shown |= {name: picture_url(shown[name]) for name in ("before", "after")}
        case ProductPart.pictures:
            shown |= {name: picture_urls(shown[name]) for name in ("added", "removed")}
    return DifferenceOut(**shown)


@router.post("/{version}/restore")
async def restore_product_version(
    product_id: UUID,
    version: PathVersion,
    asked: RestoreIn,
    staff: StaffMayWriteProducts,
    svc: Svc,
) -> KeptProduct:
    """The product says again what it said then, as a new version; SKUs keep their stock."""
    at = clock.now()
    async with svc.db.transaction() as tx:
        draft = await queries.draft(tx, product_id, version)
    await check_draft(svc, draft)
    async with svc.db.transaction() as tx:
        await edit_products.edit_product(
            tx,
            svc.words,
            product_id,
            draft,
            [0] * len(draft.skus),
            by=staff,
            at=at,
            version=asked.version,
        )
    return await kept(svc.db, product_id)

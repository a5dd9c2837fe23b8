"""Writing products: what buyers will read goes to the catalog, opening stock to the inventory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Self
from uuid import UUID

from bofen.catalog import contents, queries
from bofen.catalog import service as catalog
from bofen.catalog.errors import ProductWordsHeld, ProductWordsRefused
from bofen.catalog.queries import ProductRow
from bofen.catalog.rules import Option, ProductDraft, ProductStatus, copied_title, text_of
from bofen.gateways.words.protocol import WordGuard
from bofen.identity.rules import StaffMember
from bofen.inventory import service as inventory
from bofen.inventory.service import Paper
from bofen.kit.db import Tx
from bofen.kit.errors import NotFound
from bofen.settings import service as settings


@dataclass(frozen=True)
class _Written:
    """Every text of a product that buyers read, by the name of its field."""

    texts: Mapping[str, str]

    @classmethod
    def of(cls, product: ProductDraft | ProductRow) -> Self:
        options = [
            each if isinstance(each, Option) else Option(each["name"], each["values"])  # type: ignore[arg-type]
            for each in product.options
        ]
        return cls(
            {
                "title": product.title,
                "subtitle": product.subtitle,
                "brand": product.brand,
                "tags": "\n".join(product.tags),
                "detail_html": text_of(product.detail_html),
                "options": "\n".join(
                    text for each in options for text in (each.name, *each.values)
                ),
            }
        )


def check_words(guard: WordGuard, draft: ProductDraft) -> None:
    """Raises `ProductWordsRefused` on words that no buyer may be shown."""
    for field, text in _Written.of(draft).texts.items():
        verdict = guard.judge(text)
        if verdict.kind == "block":
            raise ProductWordsRefused(field, list(verdict.hits))


async def list_product(
    tx: Tx, guard: WordGuard, product_id: UUID, by: StaffMember, at: datetime
) -> None:
    """Buyers see it from now on. Raises `ProductWordsHeld` as `edit_product` does."""
    await catalog.list_product(tx, product_id, by, at)
    await _check_if_shown(tx, guard, product_id)


async def _check_if_shown(tx: Tx, guard: WordGuard, product_id: UUID) -> None:
    """Nobody decides on words between a listed product and its buyers: it may hold none."""
    product = await queries.product(tx, product_id)
    if product is None or product.status != ProductStatus.listed:
        return
    if refusal := held_words(guard, product):
        raise refusal


def held_words(guard: WordGuard, product: ProductDraft | ProductRow) -> ProductWordsHeld | None:
    """The first field whose words keep a product from being listed."""
    for field, text in _Written.of(product).texts.items():
        if hits := guard.judge(text).hits:
            return ProductWordsHeld(field, list(hits))
    return None


async def create_product(
    tx: Tx, draft: ProductDraft, opening: Sequence[int], by: StaffMember, at: datetime
) -> UUID:
    """A new product. `opening` is how many pieces of each SKU there are, in the draft's order."""
    product_id, sku_ids = await catalog.create(tx, draft, by, at)
    await _open_stock(tx, product_id, sku_ids, opening, by, at)
    return product_id


async def edit_product(  # noqa: PLR0913 - who wrote what over which version, and when
    tx: Tx,
    guard: WordGuard,
    product_id: UUID,
    draft: ProductDraft,
    opening: Sequence[int],
    *,
    by: StaffMember,
    at: datetime,
    version: int | None,
) -> None:
    """A new version. Only SKUs that did not exist before take their opening stock.

    Raises `ProductWordsHeld` when it is listed and holds words that a person must decide on.
    """
    before = await queries.sku_ids(tx, product_id)
    sku_ids = await catalog.edit(tx, product_id, draft, by, at, version)
    new = {place: sku_id for place, sku_id in sku_ids.items() if sku_id not in before}
    await _open_stock(tx, product_id, new, opening, by, at)
    await _check_if_shown(tx, guard, product_id)


async def copy_product(
    tx: Tx, guard: WordGuard, product_id: UUID, by: StaffMember, at: datetime
) -> UUID:
    """A new draft that says the same and offers the same SKUs, without stock or sales.

    Raises `ProductWordsRefused` when its words may be shown no more.
    """
    found = await contents.read(tx, [product_id])
    if product_id not in found:
        raise NotFound("product")
    draft = found[product_id].draft
    copied = replace(draft, title=copied_title(draft.title))
    check_words(guard, copied)
    return await create_product(tx, copied, [0] * len(copied.skus), by, at)


async def _open_stock(
    tx: Tx,
    product_id: UUID,
    sku_ids: dict[int, UUID],
    opening: Sequence[int],
    by: StaffMember,
    at: datetime,
) -> None:
    now = await settings.in_force(tx, at)
    await inventory.open_skus(tx, sku_ids.values(), now.trade.low_stock_below)
    lines = [(sku_id, opening[place]) for place, sku_id in sku_ids.items() if opening[place] > 0]
    if lines:
        await inventory.receive(tx, lines, Paper(product_id), by, at)

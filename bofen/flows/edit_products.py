"""Writing products: what buyers will read goes to the catalog, opening stock to the inventory."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from bofen.catalog import queries
from bofen.catalog import service as catalog
from bofen.catalog.errors import ProductWordsRefused
from bofen.catalog.rules import ProductDraft
from bofen.gateways.words.protocol import WordGuard
from bofen.identity.rules import StaffMember
from bofen.inventory import service as inventory
from bofen.inventory.service import Paper
from bofen.kit.db import Tx
from bofen.settings import service as settings


def check_words(guard: WordGuard, draft: ProductDraft) -> None:
    """Raises `ProductWordsRefused` on words that no buyer may be shown."""
    verdict = guard.judge("\n".join((draft.title, draft.subtitle, *draft.tags, draft.detail_html)))
    if verdict.kind == "block":
        raise ProductWordsRefused(list(verdict.hits))


async def create_product(
    tx: Tx, draft: ProductDraft, opening: Sequence[int], by: StaffMember, at: datetime
) -> UUID:
    """A new product. `opening` is how many pieces of each SKU there are, in the draft's order."""
    product_id, sku_ids = await catalog.create(tx, draft, by, at)
    await _open_stock(tx, product_id, sku_ids, opening, by, at)
    return product_id


async def edit_product(  # noqa: PLR0913 - who wrote what over which version, and when
    tx: Tx,
    product_id: UUID,
    draft: ProductDraft,
    opening: Sequence[int],
    by: StaffMember,
    at: datetime,
    *,
    version: int | None,
) -> None:
    """A new version. Only SKUs that did not exist before take their opening stock."""
    before = await queries.sku_ids(tx, product_id)
    sku_ids = await catalog.edit(tx, product_id, draft, by, at, version)
    new = {place: sku_id for place, sku_id in sku_ids.items() if sku_id not in before}
    await _open_stock(tx, product_id, new, opening, by, at)


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

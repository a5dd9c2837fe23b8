"""What a bulk change makes of each product, and what undoing it does: decided before writing."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from bofen.catalog.errors import (
    PriceOutOfRange,
    ProductChanged,
    ProductIncomplete,
    StrikeTooLow,
)
from bofen.catalog.rules import Content, ProductDraft, ProductStatus
from bofen.kit.errors import NotFound, Refusal
from bofen.kit.money import FEN_MAX, WHOLE, Fen

PRODUCTS_MAX = 500
"""Products of one bulk change: one transaction, and one page that a person can still read."""
CHANGE_BP_MIN, CHANGE_BP_MAX = -9_900, 100_000
"""A price falls by at most 99 % and becomes at most eleven times what it was."""


class BulkKind(StrEnum):
    """What a bulk change does to every product that was chosen."""

    listing = "listing"
    delisting = "delisting"
    category = "category"
    price_set = "price_set"
    price_added = "price_added"
    price_scaled = "price_scaled"


@dataclass(frozen=True)
class ChangeAsked:
    """What is asked of every product; each kind reads the one field that it is about.

    `amount_fen` is the new price, or what is added to it (negative: taken off). `change_bp` is the
    part of the price that is added: 500 makes it 5 % dearer, -500 cheaper.
    """

    kind: BulkKind
    amount_fen: int = 0
    change_bp: int = 0
    category_id: UUID | None = None

    def price(self, price_fen: Fen) -> Fen:
        """What a price becomes; half a fen is rounded up. It may be none that we can charge."""
        if self.kind == BulkKind.price_set:
            return Fen(self.amount_fen)
        if self.kind == BulkKind.price_added:
            return Fen(price_fen + self.amount_fen)
        if self.kind == BulkKind.price_scaled:
            return Fen((price_fen * (WHOLE + self.change_bp) + WHOLE // 2) // WHOLE)
        return price_fen

    def category(self, category_id: UUID) -> UUID:
        """Where a product stands afterwards."""
        return category_id if self.category_id is None else self.category_id

    def status(self, status: ProductStatus) -> ProductStatus:
        """What a product becomes; a draft that is delisted stays a draft."""
        if self.kind == BulkKind.listing:
            return ProductStatus.listed
        is_taken_off = self.kind == BulkKind.delisting and status == ProductStatus.listed
        return ProductStatus.delisted if is_taken_off else status


@dataclass(frozen=True)
class ProductState:
    """Everything of a product that a bulk change may touch; `prices` by the ids of its SKUs."""

    status: ProductStatus
    category_id: UUID
    prices: Mapping[UUID, Fen]

    @property
    def range_fen(self) -> tuple[Fen, Fen]:
        """The lowest and the highest price."""
        return min(self.prices.values()), max(self.prices.values())


def state_of(content: Content) -> ProductState:
    """How a product stands."""
    skus = zip(content.sku_ids, content.draft.skus, strict=True)
    prices = {sku_id: sku.price_fen for sku_id, sku in skus}
    return ProductState(content.status, content.draft.category_id, prices)


def read_state(value: Mapping[str, Any]) -> ProductState:
    """A state as it was kept: JSON, ids as text."""
    prices = {UUID(sku_id): Fen(price_fen) for sku_id, price_fen in value["prices"].items()}
    return ProductState(ProductStatus(value["status"]), UUID(value["category_id"]), prices)


def state_as_json(state: ProductState) -> dict[str, Any]:
    """A state to be kept; `read_state` reads it."""
    return {
        "status": state.status.value,
        "category_id": str(state.category_id),
        "prices": {str(sku_id): price_fen for sku_id, price_fen in state.prices.items()},
    }


@dataclass(frozen=True)
class Decided:
    """What becomes of one product. `after` is None where nothing is written.

    Without a refusal that means that nothing would be different.
    """

    product_id: UUID
    before: ProductState
    after: ProductState | None = None
    refusal: Refusal | None = None


def decide(
    content: Content, asked: ChangeAsked, version: int | None, objection: Refusal | None
) -> Decided:
    """What the change makes of a product.

    `version` is the one that staff saw when they confirmed; None: they are only looking.
    `objection` says why its words may not be shown to buyers.
    """
    before = state_of(content)
    if version is not None and version != content.version:
        changed = ProductChanged(content.id, content.version)
        return Decided(content.id, before, refusal=changed)
    after = ProductState(
        asked.status(before.status),
        asked.category(before.category_id),
        {sku_id: asked.price(price_fen) for sku_id, price_fen in before.prices.items()},
    )
    return _judged(content, after, objection)


def undo(
    content: Content,
    before: ProductState,
    made: tuple[int, datetime],
    categories: Collection[UUID],
    objection: Refusal | None,
) -> Decided:
    """Put a product back as it stood before; refused when anybody has written it since.

    `made` is the version and the time that the bulk change left it with.
    """
    if (content.version, content.updated_at) != made:
        changed = ProductChanged(content.id, content.version)
        return Decided(content.id, state_of(content), refusal=changed)
    if before.category_id not in categories:
        return Decided(content.id, state_of(content), refusal=NotFound("category"))
    return _judged(content, before, objection)


def _judged(content: Content, after: ProductState, objection: Refusal | None) -> Decided:
    before = state_of(content)
    if before == after:
        return Decided(content.id, before)
    refusal = _price_refusal(content, after)
    if after.status == ProductStatus.listed != before.status:
        refusal = refusal or (None if content.draft.pictures else ProductIncomplete()) or objection
    return Decided(content.id, before, None if refusal else after, refusal)


def _price_refusal(content: Content, after: ProductState) -> Refusal | None:
    if after.prices == state_of(content).prices:
        return None
    skus = zip(content.sku_ids, content.draft.skus, strict=True)
    for number, (sku_id, sku) in enumerate(skus, start=1):
        price_fen = after.prices[sku_id]
        if not 1 <= price_fen <= FEN_MAX:
            return PriceOutOfRange(price_fen)
        if sku.strike_fen is not None and sku.strike_fen <= price_fen:
            return StrikeTooLow(number)
    return None


def is_below_cost(content: Content, after: ProductState) -> bool:
    """Whether some SKU would be sold for less than it cost: allowed, but staff are told."""
    skus = zip(content.sku_ids, content.draft.skus, strict=True)
    return any(sku.cost_fen and after.prices[sku_id] < sku.cost_fen for sku_id, sku in skus)


def draft_after(content: Content, after: ProductState) -> ProductDraft:
    """The product's next version, as its history keeps it."""
    skus = zip(content.sku_ids, content.draft.skus, strict=True)
    priced = tuple(replace(sku, price_fen=after.prices[sku_id]) for sku_id, sku in skus)
    return replace(content.draft, category_id=after.category_id, skus=priced)

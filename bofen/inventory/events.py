from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class SoldOut:
    """Nothing of this SKU can be promised any more."""

    topic: ClassVar[str] = "inventory.sold_out"
    sku_id: UUID


@dataclass(frozen=True)
class BackInStock:
    """Nothing was available, and now something is."""

    topic: ClassVar[str] = "inventory.back_in_stock"
    sku_id: UUID


@dataclass(frozen=True)
class LowStock:
    """Told once when the available stock falls below its limit, again only after it recovered."""

    topic: ClassVar[str] = "inventory.low_stock"
    sku_id: UUID
    available: int

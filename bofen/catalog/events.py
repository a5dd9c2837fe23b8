from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID


@dataclass(frozen=True)
class ProductUpdated:
    """Another price, title or picture, or it was listed or delisted: where it is shown, look."""

    topic: ClassVar[str] = "catalog.product_updated"
    product_id: UUID

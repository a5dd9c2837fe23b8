"""Who hears what: each event's topic, and the jobs that are enqueued when it is emitted."""

from collections.abc import Mapping, Sequence

from bofen.catalog.events import ProductUpdated
from bofen.inventory.events import BackInStock, SoldOut

SUBSCRIBERS: Mapping[str, Sequence[str]] = {
    SoldOut.topic: ("tell_rooms_of_sku",),
    BackInStock.topic: ("tell_rooms_of_sku",),
    ProductUpdated.topic: ("tell_rooms_of_product",),
}

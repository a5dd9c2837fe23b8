"""Who hears what: each event's topic, and the jobs that are enqueued when it is emitted."""

from collections.abc import Mapping, Sequence

from bofen.catalog.events import ProductUpdated
from bofen.inventory.events import BackInStock, LowStock, SoldOut
from bofen.orders.events import OrderPaid, OrderRefunded

SUBSCRIBERS: Mapping[str, Sequence[str]] = {
    SoldOut.topic: ("tell_rooms_of_sku",),
    BackInStock.topic: ("tell_rooms_of_sku",),
    ProductUpdated.topic: ("tell_rooms_of_product",),
}

UNHEARD: Mapping[str, str] = {
    OrderPaid.topic: "stock, commission and ledger are calls in the flow: they may not come late",
    OrderRefunded.topic: "likewise; what is shown of refunds is read from the orders",
    LowStock.topic: "staff see what is low when they open the console; nobody is called for it",
}
"""Facts that are told and that nobody follows, each with the reason."""

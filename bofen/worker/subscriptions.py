"""Who hears what: each event's topic, and the jobs that are enqueued when it is emitted."""

from collections.abc import Mapping, Sequence

from bofen.inventory.events import SoldOut

SUBSCRIBERS: Mapping[str, Sequence[str]] = {
    SoldOut.topic: ("tell_rooms_sold_out",),
}

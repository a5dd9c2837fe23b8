"""How many of each product were sold: counted from what was paid and refunded, never typed."""

from datetime import datetime

from bofen.catalog import sold
from bofen.flows.services import Services

_NOTES_MAX = 5_000


async def count_sold(services: Services, _: datetime) -> None:
    """Sweep: what was noted of sales and refunds is added to the counts, all of it."""
    notes = _NOTES_MAX
    while notes == _NOTES_MAX:
        async with services.db.transaction() as tx:
            notes = await sold.count(tx, _NOTES_MAX)

"""How many of each product were sold: counted from orders, never typed by anyone."""

from datetime import datetime, timedelta

from bofen.catalog import service as catalog
from bofen.flows.services import Services
from bofen.orders import service as orders

LOOKED_BACK = timedelta(minutes=15)


async def recount_sold(services: Services, at: datetime) -> None:
    """Count again what was paid or refunded lately; refunded pieces are not sold."""
    async with services.db.transaction() as tx:
        counts = await orders.sold_counts(tx, at - LOOKED_BACK)
        await catalog.set_sold_counts(tx, counts)

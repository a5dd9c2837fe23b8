"""After an upgrade that folds text by other rules, what is stored is folded again."""

from datetime import datetime

from bofen.catalog import refolding
from bofen.flows.services import Services


async def refold(services: Services, _at: datetime) -> None:
    """Every product that is stale, batch after batch, each in a transaction of its own."""
    count = 1
    while count:
        async with services.db.transaction() as tx:
            count = await refolding.refold(tx)

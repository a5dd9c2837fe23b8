"""Sweep: the ledger is added up, so that balances are read from few entries, however many are."""

from datetime import datetime

from bofen.flows.services import Services
from bofen.kit.db import LockTimedOut
from bofen.ledger import closing


async def close_ledger(services: Services, at: datetime) -> bool:
    """False when somebody wrote all the while: it comes again."""
    try:
        async with services.db.transaction() as tx:
            until_id = await closing.whole_until(tx)
    except LockTimedOut:
        return False
    async with services.db.transaction() as tx:
        await closing.close(tx, until_id, at)
    return True

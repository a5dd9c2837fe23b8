"""Sweep: the ledger is added up, so that balances are read from few entries, however many are."""

from datetime import datetime

from sqlalchemy.exc import DBAPIError

from bofen.flows.services import Services
from bofen.ledger import closing

_SOMEBODY_WRITES = "55P03"


async def close_ledger(services: Services, at: datetime) -> bool:
    """False when somebody wrote all the while: it comes again."""
    try:
        async with services.db.transaction() as tx:
            until_id = await closing.whole_until(tx)
    except DBAPIError as error:
        if getattr(error.orig, "sqlstate", "") == _SOMEBODY_WRITES:
            return False
        raise
    async with services.db.transaction() as tx:
        await closing.close(tx, until_id, at)
    return True

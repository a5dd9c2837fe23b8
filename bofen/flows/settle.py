"""Settlement: commission that was held long enough becomes available."""

from datetime import datetime

from bofen.affiliates import settlements
from bofen.affiliates.rules import last_settlement_at
from bofen.affiliates.settlements import Run
from bofen.flows.services import Services
from bofen.kit.days import day_of

LINES_MAX = 20_000
"""Of one transaction, unless one affiliate has more: few enough that nobody waits long for one."""


async def settle(services: Services, at: datetime) -> int:
    """Release everything due at `at`; the number of transactions it took.

    Safe to stop anywhere and to run again: what was released is not due any more.
    """
    run = Run(day_of(at), at)
    async with services.db.transaction() as tx:
        groups = await settlements.due(tx, run, LINES_MAX)
    for affiliate_ids in groups:
        async with services.db.transaction() as tx:
            await settlements.release(tx, run, affiliate_ids)
    return len(groups)


async def settle_daily(services: Services, at: datetime) -> int:
    """Release what was due at the last two o'clock in the morning, Shanghai time."""
    return await settle(services, last_settlement_at(at))

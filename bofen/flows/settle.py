"""Settlement: commission that was held long enough becomes available."""

from datetime import datetime

from bofen.affiliates import settlements
from bofen.affiliates.rules import last_settlement_at
from bofen.affiliates.settlements import Run
from bofen.flows.services import Services
from bofen.kit.days import day_of

LINES_MAX = 20_000
"""Of one transaction: enough to be fast, few enough that nobody waits long for a locked line."""


async def settle(services: Services, at: datetime) -> int:
    """Release everything due at `at`; the number of transactions it took.

    Safe to stop anywhere and to run again: what was released is not due any more.
    """
    run = Run(day_of(at), at, LINES_MAX)
    place, times = None, 0
    while True:
        async with services.db.transaction() as tx:
            place = await settlements.release(tx, run, place)
        if place is None:
            return times
        times += 1


async def settle_daily(services: Services, at: datetime) -> int:
    """Release what was due at the last two o'clock in the morning, Shanghai time."""
    return await settle(services, last_settlement_at(at))

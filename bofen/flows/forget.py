"""Sweep: what is kept for a time only goes when its time is over, a little at a time."""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from bofen.affiliates import retention as affiliates
from bofen.flows.services import Services
from bofen.identity import retention as identity
from bofen.kit import jobs
from bofen.kit.db import Tx
from bofen.live import retention as live
from bofen.payments import retention as payments
from bofen.settings import service as settings
from bofen.settings.rules import Settings
from bofen.shipping import retention as shipping

Forget = Callable[[Tx, datetime, int], Awaitable[int]]

BATCH = 1_000
"""Rows of one transaction: none is held for long, and a replica keeps up."""
BATCHES_MAX = 200
"""Of one kind in one sweep: a first one over years of rows goes on the next time."""

SESSIONS_KEPT = timedelta(days=30)
CODES_KEPT = timedelta(days=1)
DEEDS_KEPT = timedelta(days=5 * 366)
"""Longer than the three years that trade must be kept for (电子商务法 §31)."""
PUSH_NOTICES_KEPT = timedelta(days=90)
PAYMENT_NOTICES_KEPT = timedelta(days=180)
"""Providers repeat a notice for a day and a half."""
JOB_HISTORY_KEPT = timedelta(days=30)


def terms(decided: Settings) -> list[tuple[Forget, timedelta]]:
    """What is deleted, and how long it is kept; the merchant decides some of it."""
    return [
        (identity.forget_sessions, SESSIONS_KEPT),
        (identity.forget_phone_codes, CODES_KEPT),
        (identity.forget_deeds, DEEDS_KEPT),
        (shipping.forget_traces, timedelta(days=decided.trade.traces_kept_days)),
        (affiliates.forget_clicks, timedelta(days=decided.binding.clicks_kept_days)),
        (live.forget_messages, timedelta(days=decided.live.messages_kept_days)),
        (live.forget_notices, PUSH_NOTICES_KEPT),
        (payments.forget_notices, PAYMENT_NOTICES_KEPT),
        (jobs.forget_history, JOB_HISTORY_KEPT),
    ]


async def forget(services: Services, at: datetime) -> int:
    """How many rows went. Ledger, orders, payments and the stock journal stay for ever."""
    async with services.db.transaction() as tx:
        decided = await settings.in_force(tx, at)
    gone = 0
    for forget_some, kept in terms(decided):
        for _ in range(BATCHES_MAX):
            async with services.db.transaction() as tx:
                found = await forget_some(tx, at - kept, BATCH)
            gone += found
            if found < BATCH:
                break
    return gone

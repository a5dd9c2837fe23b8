"""What payments keep for a time only: that a notice was acted on. Payments stay for ever."""

from datetime import datetime

from bofen.kit.db import Tx


async def forget_notices(tx: Tx, before: datetime, limit: int) -> int:
    """Notices acted on before that, at most `limit`; how many there were.

    One that came again would change nothing: the payment itself knows that it succeeded.
    """
    return await tx.changed(
        "DELETE FROM payments_notice WHERE (provider, id) IN (SELECT provider, id"
        " FROM payments_notice WHERE at < $1 ORDER BY at LIMIT $2)",
        *(before, limit),
    )

"""What affiliates keep for a time only: who opened which link. What it earned stays for ever."""

from datetime import datetime

from bofen.kit.db import Tx


async def forget_clicks(tx: Tx, before: datetime, limit: int) -> int:
    """Clicks before that, at most `limit`; how many there were. Their count by day stays."""
    return await tx.changed(
        "DELETE FROM affiliates_click WHERE id IN (SELECT id FROM (SELECT id, at"
        " FROM affiliates_click ORDER BY id LIMIT $2) AS oldest WHERE at < $1)",
        *(before, limit),
    )

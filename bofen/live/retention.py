"""What rooms keep for a time only: danmaku, and what was wrong with a push."""

from datetime import datetime

from bofen.kit.db import Tx


async def forget_messages(tx: Tx, before: datetime, limit: int) -> int:
    """Danmaku written before that, at most `limit`; how many there were."""
    return await tx.changed(
        "DELETE FROM live_message WHERE id IN (SELECT id FROM (SELECT id, at"
        " FROM live_message ORDER BY id LIMIT $2) AS oldest WHERE at < $1)",
        *(before, limit),
    )


async def forget_notices(tx: Tx, before: datetime, limit: int) -> int:
    """Findings about pushes before that, at most `limit`; how many there were."""
    return await tx.changed(
        "DELETE FROM live_notice WHERE id IN (SELECT id FROM (SELECT id, at"
        " FROM live_notice ORDER BY id LIMIT $2) AS oldest WHERE at < $1)",
        *(before, limit),
    )

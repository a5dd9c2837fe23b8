"""What identity keeps for a time only: sign-ins that are over, codes, and deeds of long ago."""

from datetime import datetime

from bofen.kit.db import Tx


async def forget_sessions(tx: Tx, before: datetime, limit: int) -> int:
    """Sign-ins that ended before that, at most `limit`; how many there were."""
    return await tx.changed(
        "DELETE FROM identity_session WHERE token_hash IN (SELECT token_hash"
        " FROM identity_session WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)",
        *(before, limit),
    )


async def forget_phone_codes(tx: Tx, before: datetime, limit: int) -> int:
    """Codes that were good until before that, at most `limit`; how many there were."""
    return await tx.changed(
        "DELETE FROM identity_phone_code WHERE phone_index IN (SELECT phone_index"
        " FROM identity_phone_code WHERE expires_at < $1 ORDER BY expires_at LIMIT $2)",
        *(before, limit),
    )


async def forget_deeds(tx: Tx, before: datetime, limit: int) -> int:
    """What staff did before that, at most `limit`; how many deeds there were."""
    return await tx.changed(
        "DELETE FROM identity_audit WHERE id IN (SELECT id FROM (SELECT id, at"
        " FROM identity_audit ORDER BY id LIMIT $2) AS oldest WHERE at < $1)",
        *(before, limit),
    )

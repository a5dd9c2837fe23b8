"""Writing to the ledger: balanced transfers, each of them once."""

from collections.abc import Sequence
from datetime import datetime

from bofen.kit.db import Tx
from bofen.ledger.rules import Transfer


async def post(tx: Tx, transfers: Sequence[Transfer], at: datetime) -> None:
    """Write both sides of every transfer; one that was written before changes nothing."""
    moving = [transfer for transfer in transfers if transfer.amount_fen]
    if not moving:
        return
    await tx.fetch(
        "INSERT INTO ledger_entry"
        " (reason, source, subject_id, owner_id, account, amount_fen, at)"
        " SELECT moved.reason, moved.source, moved.subject_id, moved.owner_id,"
        "  side.account, side.amount_fen, $8"
        " FROM unnest($1::text[], $2::text[], $3::uuid[], $4::uuid[], $5::text[], $6::text[],"
        "  $7::bigint[])"
        "  AS moved(reason, source, subject_id, owner_id, leaves, enters, amount_fen),"
        " LATERAL (VALUES (moved.leaves, -moved.amount_fen), (moved.enters, moved.amount_fen))"
        "  AS side(account, amount_fen)"
        " ON CONFLICT DO NOTHING",
        [transfer.reason.value for transfer in moving],
        [transfer.source for transfer in moving],
        [transfer.subject_id for transfer in moving],
        [transfer.owner_id for transfer in moving],
        [transfer.leaves.value for transfer in moving],
        [transfer.enters.value for transfer in moving],
        [transfer.amount_fen for transfer in moving],
        at,
    )

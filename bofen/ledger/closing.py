"""Adding the ledger up from time to time, so that a balance need not be added up from its birth."""

from datetime import datetime

from bofen.kit.db import Tx

_CLOSE = """
WITH closed AS (
  SELECT coalesce(max(until_id), 0) AS until_id FROM ledger_closed
), added AS (
  INSERT INTO ledger_closing AS kept (owner_id, account, amount_fen)
  SELECT owner_id, account, sum(amount_fen) FROM ledger_entry
  WHERE id > (SELECT until_id FROM closed) AND id <= $1
  GROUP BY owner_id, account
  ON CONFLICT (owner_id, account) DO UPDATE SET amount_fen = kept.amount_fen + excluded.amount_fen
)
INSERT INTO ledger_closed (until_id, at) SELECT $1, $2 FROM closed WHERE until_id < $1
"""


async def whole_until(tx: Tx) -> int:
    """The newest entry before which none is still being written.

    Numbers are given before the commit, so a smaller one may appear later. The lock waits for
    whoever writes, and nobody is given a number before it ends: end this transaction at once.
    Raises what the database raises when somebody writes for longer than it waits.
    """
    await tx.fetch("SET LOCAL lock_timeout = '200ms'")
    await tx.fetch("LOCK TABLE ledger_entry IN SHARE MODE")
    rows = await tx.fetch("SELECT coalesce(max(id), 0) AS id FROM ledger_entry")
    return int(rows[0]["id"])


async def close(tx: Tx, until_id: int, at: datetime) -> None:
    """Add up what was written since the last closing until `until_id`; a repeat adds nothing."""
    await tx.queue_up("ledger closing")
    await tx.fetch(_CLOSE, until_id, at)

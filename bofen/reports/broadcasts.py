"""What broadcasts brought: a question over live rooms and orders."""

from dataclasses import dataclass
from uuid import UUID

from bofen.kit.db import Tx
from bofen.kit.money import Fen


@dataclass(frozen=True)
class SoldIn:
    """Paid orders that were placed while it was on air, refunds not taken off."""

    orders: int
    gmv_fen: Fen


async def sold_in(tx: Tx, session_id: UUID | None) -> SoldIn:
    """Of one broadcast; nothing without one."""
    rows = await tx.rows(
        SoldIn,
        "SELECT count(*) AS orders, coalesce(sum(total_fen), 0)::bigint AS gmv_fen"
        " FROM orders_order WHERE session_id = $1 AND source = 'live' AND paid_at IS NOT NULL",
        session_id,
    )
    return rows[0]

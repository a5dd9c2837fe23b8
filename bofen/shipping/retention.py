"""What shipping keeps for a time only: where a parcel was on its way. That it arrived stays."""

from datetime import datetime

from bofen.kit.db import Tx


async def forget_traces(tx: Tx, before: datetime, limit: int) -> int:
    """Of parcels signed before that, at most `limit`, all traces but the last; how many parcels.

    Whoever asks for a parcel afterwards still reads when it was signed, and by whom.
    """
    return await tx.changed(
        "UPDATE shipping_shipment SET traces = jsonb_build_array(traces -> 0) WHERE id IN ("
        " SELECT id FROM shipping_shipment WHERE signed_at < $1 AND jsonb_array_length(traces) > 1"
        " ORDER BY signed_at LIMIT $2)",
        *(before, limit),
    )

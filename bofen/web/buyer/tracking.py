"""Where the parcels of an order are."""

from uuid import UUID

from fastapi import APIRouter

from bofen.orders import service as orders
from bofen.shipping import service as shipping
from bofen.web.deps import CurrentBuyer, Db
from bofen.web.tracking_shapes import TrackingOut, tracking_out

router = APIRouter(prefix="/orders", tags=["orders"])


@router.get("/{order_id}/tracking")
async def tracking(order_id: UUID, buyer: CurrentBuyer, db: Db) -> TrackingOut:
    """The parcels of one's own order, with every trace."""
    async with db.transaction() as tx:
        await orders.of_buyer(tx, buyer.id, order_id)
        return tracking_out(await shipping.of_order(tx, order_id))

"""Where the parcels of an order are, and what parcels may go by."""

from uuid import UUID

from fastapi import APIRouter

from bofen.orders import service as orders
from bofen.shipping import service as shipping
from bofen.web.deps import CurrentBuyer, Db
from bofen.web.shapes import Listed
from bofen.web.tracking_shapes import CarrierOut, TrackingOut, every_carrier, tracking_out

router = APIRouter(tags=["parcels"])


@router.get("/carriers")
async def carriers() -> Listed[CarrierOut]:
    """Every carrier that goods may be sent back with."""
    return every_carrier()


@router.get("/orders/{order_id}/tracking")
async def tracking(order_id: UUID, buyer: CurrentBuyer, db: Db) -> TrackingOut:
    """The parcels of one's own order, with every trace."""
    async with db.transaction() as tx:
        await orders.of_buyer(tx, buyer.id, order_id)
        return tracking_out(await shipping.of_order(tx, order_id))

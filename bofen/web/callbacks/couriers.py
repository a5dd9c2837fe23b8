"""What couriers tell us, signed with the salt of the parcel it is about."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form

from bofen.flows.track import track_told
from bofen.kit import clock
from bofen.shipping import service as shipping
from bofen.web.deps import Svc

router = APIRouter(prefix="/couriers", tags=["callbacks"])


@router.post("/{shipment_id}")
async def parcel_moved(
    shipment_id: UUID,
    svc: Svc,
    param: Annotated[str, Form(max_length=500_000)],
    sign: Annotated[str, Form(max_length=64)] = "",
) -> dict[str, object]:
    """快递100 repeats a push until it reads this answer."""
    async with svc.db.transaction() as tx:
        shipment = await shipping.get(tx, shipment_id)
    told = svc.courier.open_push(param, sign, shipment.salt)
    async with svc.db.transaction() as tx:
        await track_told(tx, shipment_id, told, clock.now())
    return {"result": True, "returnCode": "200", "message": "成功"}

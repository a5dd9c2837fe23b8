"""Where the parcels of an order are."""

from fastapi import APIRouter

router = APIRouter(prefix="/orders", tags=["orders"])

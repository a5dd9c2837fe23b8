"""What couriers tell us."""

from fastapi import APIRouter

router = APIRouter(prefix="/couriers", tags=["callbacks"])

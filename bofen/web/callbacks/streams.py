"""What live engines tell us."""

from fastapi import APIRouter

router = APIRouter(prefix="/streams", tags=["callbacks"])

"""Who works here and may do what."""

from fastapi import APIRouter

router = APIRouter(prefix="/staff", tags=["staff"])

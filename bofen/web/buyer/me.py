"""The signed-in person."""

from fastapi import APIRouter

router = APIRouter(prefix="/me", tags=["me"])

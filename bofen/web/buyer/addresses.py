"""A buyer's addresses."""

from fastapi import APIRouter

router = APIRouter(prefix="/addresses", tags=["addresses"])

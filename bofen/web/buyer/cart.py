"""A buyer's cart."""

from fastapi import APIRouter

router = APIRouter(prefix="/cart", tags=["cart"])

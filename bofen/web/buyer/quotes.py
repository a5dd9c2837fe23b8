"""What an order would cost now."""

from fastapi import APIRouter

router = APIRouter(prefix="/quotes", tags=["orders"])

"""Finding and looking at products."""

from fastapi import APIRouter

router = APIRouter(prefix="/products", tags=["products"])

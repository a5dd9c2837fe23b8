"""Stock and its journal."""

from fastapi import APIRouter

router = APIRouter(prefix="/stock", tags=["stock"])

"""Keeping the category tree."""

from fastapi import APIRouter

router = APIRouter(prefix="/categories", tags=["products"])

"""Placing, paying and following orders."""

from fastapi import APIRouter

router = APIRouter(prefix="/orders", tags=["orders"])

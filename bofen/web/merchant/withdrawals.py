"""Approving withdrawals."""

from fastapi import APIRouter

router = APIRouter(prefix="/withdrawals", tags=["withdrawals"])

"""Commission, statement and withdrawals."""

from fastapi import APIRouter

router = APIRouter(tags=["money"])

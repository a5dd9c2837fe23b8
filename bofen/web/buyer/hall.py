"""What is live now."""

from fastapi import APIRouter

router = APIRouter(prefix="/hall", tags=["rooms"])

"""What waits for the merchant."""

from fastapi import APIRouter

router = APIRouter(tags=["overview"])

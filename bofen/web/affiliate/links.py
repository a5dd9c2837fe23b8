"""Share links and posters."""

from fastapi import APIRouter

router = APIRouter(prefix="/links", tags=["links"])

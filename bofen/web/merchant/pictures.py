"""Uploading pictures."""

from fastapi import APIRouter

router = APIRouter(prefix="/pictures", tags=["products"])

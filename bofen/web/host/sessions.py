"""Preparing and ending broadcasts."""

from fastapi import APIRouter

router = APIRouter(tags=["sessions"])

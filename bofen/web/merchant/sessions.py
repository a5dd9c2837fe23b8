"""Signing in and out as staff."""

from fastapi import APIRouter

router = APIRouter(tags=["sessions"])

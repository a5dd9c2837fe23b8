"""Watching a live room."""

from fastapi import APIRouter

router = APIRouter(prefix="/rooms", tags=["rooms"])

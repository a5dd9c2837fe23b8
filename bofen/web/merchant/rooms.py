"""Keeping live rooms."""

from fastapi import APIRouter

router = APIRouter(prefix="/rooms", tags=["rooms"])

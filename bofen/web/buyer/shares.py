"""Arriving by a share link."""

from fastapi import APIRouter

router = APIRouter(tags=["shares"])

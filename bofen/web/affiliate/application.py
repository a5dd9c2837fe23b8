"""Becoming an affiliate."""

from fastapi import APIRouter

router = APIRouter(tags=["application"])

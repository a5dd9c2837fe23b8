"""Reviewing affiliates."""

from fastapi import APIRouter

router = APIRouter(tags=["affiliates"])

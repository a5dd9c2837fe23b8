"""Sending parcels."""

from fastapi import APIRouter

router = APIRouter(tags=["shipments"])

"""The live control room."""

from fastapi import APIRouter

router = APIRouter(tags=["control"])

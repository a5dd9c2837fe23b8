"""Signing in and out as a buyer."""

from fastapi import APIRouter

router = APIRouter()

"""A view's rows as files: CSV, JSON and Excel."""

from __future__ import annotations

from fastapi import APIRouter

router = APIRouter()

"""The pages."""

from __future__ import annotations

from html import escape

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from extractor.web.problems import Problem

router = APIRouter(include_in_schema=False)


def problem_page(request: Request, problem: Problem) -> Response:
    """An error for people."""
    return HTMLResponse(f"<!doctype html><title>{escape(problem.title)}</title><h1>{escape(problem.title)}</h1><p>{escape(problem.detail)}", problem.status)

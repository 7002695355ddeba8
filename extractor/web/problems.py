"""What went wrong, as an answer: problem+json (RFC 9457) for programs, a page for people. Never a traceback, never a path of the server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException

from extractor.dataset.sources import QueryError

_log = logging.getLogger(__name__)
_LONGEST_VALUE = 80


@dataclass
class Problem(Exception):
    """A request that can't be answered: raise it anywhere below a route."""

    status: int
    detail: str
    """What is wrong and what to do, for the reader."""
    errors: tuple[dict[str, str], ...] = ()
    """Which parameters: `{"parameter": "period", "detail": "…"}`."""
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def title(self) -> str:
        return HTTPStatus(self.status).phrase

    def to_dict(self) -> dict[str, Any]:
        body: dict[str, Any] = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail}
        return {**body, "errors": list(self.errors)} if self.errors else body


class NotFound(Problem):
    """No such place, document, article or indicator in the dataset."""

    def __init__(self, what: str) -> None:
        super().__init__(404, f"The dataset has no {what}.")


ProblemPage = Callable[[Request, Problem], Response]


def problem_response(request: Request, problem: Problem) -> Response:
    """JSON for the API and for who asks for it, a page for everyone else."""
    page: ProblemPage | None = getattr(request.app.state, "problem_page", None)
    path = request.url.path
    if page is None or path.startswith(("/api/", "/openapi")) or path.endswith(".json"):
        return JSONResponse(problem.to_dict(), problem.status, problem.headers, media_type="application/problem+json")
    response = page(request, problem)
    response.headers.update(problem.headers)
    return response


def add_problems(app: FastAPI, page: ProblemPage) -> None:
    """Answer every exception of the app's routes."""
    app.state.problem_page = page
    handlers: dict[type[Exception], Callable[[Any], Problem]] = {
        Problem: lambda error: error,
        RequestValidationError: _of_parameters,
        QueryError: _of_query,
        HTTPException: _of_framework,
        Exception: _of_defect,
    }
    for kind, to_problem in handlers.items():
        app.add_exception_handler(kind, _handler(to_problem))


def _handler(to_problem: Callable[[Any], Problem]) -> Callable[[Request, Exception], Response]:
    def handle(request: Request, error: Exception) -> Response:
        return problem_response(request, to_problem(error))

    return handle


def _of_parameters(error: RequestValidationError) -> Problem:
    wrong = tuple(
        {"parameter": ".".join(str(part) for part in found["loc"][1:]) or str(found["loc"][0]), "detail": _told(found)}
        for found in error.errors()[:20]
    )
    return Problem(422, "; ".join(f"{one['parameter']}: {one['detail']}" for one in wrong), wrong)


def _told(found: dict[str, Any]) -> str:
    if found["type"] == "extra_forbidden":
        return "there is no such parameter"
    message = str(found["msg"]).removeprefix("Value error, ")
    value = found.get("input")
    return f"{message} (not {value[:_LONGEST_VALUE]!r})" if isinstance(value, str) else message


def _of_query(error: QueryError) -> Problem:
    """The database's own words may name files: they go to the log alone."""
    if "takes too long" in str(error):
        return Problem(503, "This question takes too long: ask for less, with an indicator, a place or a period.", headers={"Retry-After": "5"})
    _log.error("the dataset can't be read: %s", error)
    return Problem(
        503, "The dataset can't be read at the moment. Whoever runs this server finds the reason in its log.", headers={"Retry-After": "5"}
    )


def _of_framework(error: HTTPException) -> Problem:
    detail = "There is nothing at this address." if error.status_code == HTTPStatus.NOT_FOUND else str(error.detail)
    return Problem(error.status_code, detail, headers=dict(error.headers or {}))


def _of_defect(error: Exception) -> Problem:
    return Problem(500, "This is a defect of the program. Whoever runs this server finds it in its log.")

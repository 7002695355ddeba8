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
_MOST_WRONG = 20
"""Wrong parameters that are told."""


Values = dict[str, str | int | float]
"""What goes into the braces of a message; numbers are written as the reader writes them."""


@dataclass(frozen=True)
class Wrong:
    """What is wrong with a parameter."""

    parameter: str
    message: str
    values: Values = field(default_factory=dict)

    @property
    def detail(self) -> str:
        return told(self.message, self.values)


@dataclass
class Problem(Exception):
    """A request that can't be answered: raise it anywhere below a route."""

    status: int
    message: str
    """What is wrong and what to do, for the reader, in English: pages say it in their language."""
    errors: tuple[Wrong, ...] = ()
    """Which parameters."""
    headers: dict[str, str] = field(default_factory=dict)
    values: Values = field(default_factory=dict)
    """Of the message."""

    @property
    def title(self) -> str:
        return HTTPStatus(self.status).phrase

    @property
    def detail(self) -> str:
        """The message in English."""
        if self.errors:
            return "; ".join(f"{one.parameter}: {one.detail}" for one in self.errors)
        return told(self.message, self.values)

    def to_dict(self) -> dict[str, Any]:
        body: dict[str, Any] = {"type": "about:blank", "title": self.title, "status": self.status, "detail": self.detail}
        return {**body, "errors": [{"parameter": one.parameter, "detail": one.detail} for one in self.errors]} if self.errors else body


def told(message: str, values: Values) -> str:
    """A message in English with its values.

    >>> told("This is too large: {most} bytes at most.", {"most": 200_000})
    'This is too large: 200,000 bytes at most.'
    """
    return message.format(**{name: value if isinstance(value, str) else f"{value:,}" for name, value in values.items()})


MISSING = {
    "article": "The dataset has no article {name}.",
    "chart": "There is no such chart of {name} with these filters.",
    "document": "The dataset has no document {name}.",
    "fact": "The dataset has no fact {name}.",
    "indicator": "The dataset has no indicator {name}.",
    "measured": "{name} is not measured in this way.",
    "observation": "The dataset has no figure {name}.",
    "place": "The dataset has no place {name}.",
    "translation": "This article has no translation {name}.",
}


class NotFound(Problem):
    """No such place, document, article or indicator in the dataset: a kind of `MISSING`, and its name."""

    def __init__(self, kind: str, name: str) -> None:
        super().__init__(404, MISSING[kind], values={"name": name[:_LONGEST_VALUE]})


NOTHING_HERE = "There is nothing at this address."
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


WRONG = {
    "unknown": "there is no such parameter",
    "missing": "has to be given",
    "written": "{value} is not written as it has to be, such as {examples}",
    "other": "{value} can't be used here",
    "choice": "{value} is none of {choices}",
    "day": "there is no day {value}",
    "number": "{value} is no number",
    "least": "{least} at least, not {value}",
    "most": "{most} at most, not {value}",
    "long": "{most} characters at most",
    "short": "{least} characters at least",
}
_WRITTEN = {
    "period": "2025, 2025-06, 2025-06-30",
    "since": "2025, 2025-06, 2025-06-30",
    "place": "VN, VN-02",
    "indicator": "hospital_beds",
    "language": "vi",
    "identity": "0a1b2c3d4e5f6071",
}
"""What is written in one way only → how."""
_TYPES = {
    "extra_forbidden": "unknown",
    "missing": "missing",
    "enum": "choice",
    "literal_error": "choice",
    "value_error": "day",
    "int_parsing": "number",
    "int_from_float": "number",
    "float_parsing": "number",
    "finite_number": "number",
    "greater_than_equal": "least",
    "less_than_equal": "most",
    "string_too_long": "long",
    "string_too_short": "short",
}
"""Errors of pydantic → those of `WRONG`."""


def _of_parameters(error: RequestValidationError) -> Problem:
    return Problem(422, "There is no answer to this question as it is asked.", tuple(_wrong(found) for found in error.errors()[:_MOST_WRONG]))


def _wrong(found: dict[str, Any]) -> Wrong:
    parameter = ".".join(str(part) for part in found["loc"][1:]) or str(found["loc"][0])
    kind = _TYPES.get(found["type"], "written" if parameter in _WRITTEN else "other")
    if kind != "unknown" and (found["loc"][0] == "body" or parameter == "fields"):
        # A program's mistake, in the words of the library that found it.
        return Wrong(parameter, "{reason}", {"reason": str(found["msg"]).removeprefix("Value error, ")})
    context = found.get("ctx", {})
    given = str(found.get("input"))
    values: Values = {
        "value": given if len(given) <= _LONGEST_VALUE else f"{given[:_LONGEST_VALUE]}…",
        "examples": _WRITTEN.get(parameter, ""),
        "choices": str(context.get("expected", "")).replace("'", "").replace(" or ", ", "),
        "least": context.get("min_length", context.get("ge", 0)),
        "most": context.get("max_length", context.get("le", 0)),
    }
    return Wrong(parameter, WRONG[kind], {name: value for name, value in values.items() if f"{{{name}}}" in WRONG[kind]})


def _of_query(error: QueryError) -> Problem:
    """The database's own words may name files: they go to the log alone."""
    if "takes too long" in str(error):
        return Problem(503, "This question takes too long: ask for less, with an indicator, a place or a period.", headers={"Retry-After": "5"})
    _log.error("the dataset can't be read: %s", error)
    return Problem(
        503, "The dataset can't be read at the moment. Whoever runs this server finds the reason in its log.", headers={"Retry-After": "5"}
    )


def _of_framework(error: HTTPException) -> Problem:
    detail = NOTHING_HERE if error.status_code == HTTPStatus.NOT_FOUND else str(error.detail)
    return Problem(error.status_code, detail.replace("{", "{{").replace("}", "}}"), headers=dict(error.headers or {}))


def _of_defect(error: Exception) -> Problem:
    return Problem(500, "This is a defect of the program. Whoever runs this server finds it in its log.")

"""Lists as one part with a cursor, or as a stream of all rows; records with the fields that were asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from fastapi import Request
from fastapi.responses import JSONResponse, Response, StreamingResponse
from pydantic import BaseModel

from extractor.dataset.sources import Rows
from extractor.web.api.records import Page, ProblemBody

NDJSON = "application/x-ndjson"
BATCH = 1_000
"""Rows of a stream that are read at once."""


class Part(NamedTuple):
    """Rows of a list, and the cursor after them."""

    rows: Rows
    next: str | None


Fetch = Callable[[str | None, int], Part]
"""(cursor, limit) → a part."""


def answer_list(request: Request, fetch: Fetch, asked: Any, model: type[BaseModel]) -> Response:
    """One part; or where NDJSON is asked for, all rows, or so many as an explicit `limit`."""
    names = chosen(asked.fields, model)
    if NDJSON in request.headers.get("accept", ""):
        most = asked.limit if "limit" in asked.model_fields_set else None
        return StreamingResponse(_lines(fetch, asked.cursor, most, names), media_type=NDJSON)
    part = fetch(asked.cursor, asked.limit)
    return JSONResponse({"data": [only(row, names) for row in part.rows], "next": part.next})


def answer_one(record: dict[str, Any], asked: Any, model: type[BaseModel]) -> Response:
    """A single record."""
    return JSONResponse(only(record, chosen(asked.fields, model)))


def chosen(fields: str | None, model: type[BaseModel]) -> tuple[str, ...]:
    """Names that `fields` has, all where it has none."""
    return tuple(dict.fromkeys(fields.split(","))) if fields else tuple(model.model_fields)


def only(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """The named fields of a row, in that order."""
    return {name: row[name] for name in names}


def _lines(fetch: Fetch, cursor: str | None, most: int | None, names: tuple[str, ...]) -> Iterator[str]:
    """A failure breaks the stream off, which the reader is told by its missing end."""
    left = most
    while True:
        part = fetch(cursor, BATCH if left is None else min(BATCH, left))
        yield "".join(json.dumps(only(row, names), ensure_ascii=False) + "\n" for row in part.rows)
        left = None if left is None else left - len(part.rows)
        cursor = part.next
        if cursor is None or left == 0:
            return


_WRONG = {
    400: "A cursor of another list, or an address that is no UTF-8",
    404: "There is no such record",
    413: "Too large",
    422: "An unknown parameter, or a value that can't be",
    503: "Too busy, or a question that takes too long: try again",
}


def problems(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Errors of a route, for the description."""
    schema = {"schema": {"$ref": "#/components/schemas/ProblemBody"}}
    return {
        status: {"description": _WRONG[status], "model": ProblemBody, "content": {"application/problem+json": schema}}
        for status in (*statuses, 400, 422, 503)
    }


def of_list(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """Answers of a list's route."""
    listed: Any = Page[model]  # type: ignore[valid-type]
    stream = {NDJSON: {"schema": {"type": "string", "description": "One JSON object a line."}}}
    return {200: {"model": listed, "description": "A part of the list; all of it as NDJSON.", "content": stream}, **problems()}


def of_one(model: type[BaseModel]) -> dict[int | str, dict[str, Any]]:
    """Answers of a single record's route."""
    return {200: {"model": model, "description": "The record."}, **problems(404)}

"""JSON and JSON Lines, one record at a time; the errors of an earlier run are records too."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any, BinaryIO

from extractor.article import Article
from extractor.readers.pages import WebPage
from extractor.readers.problem import LONGEST_LINE, LONGEST_RAW, TOO_LONG, Problem
from extractor.readers.records import Fields, problem_of, to_article
from extractor.readers.values import Value, ValueFault, Values

_ERROR_FIELDS = frozenset(("source", "line", "reason", "raw"))


def read_lines(stream: BinaryIO, source: str, fields: Fields) -> Iterator[Article | WebPage | Problem]:
    """Each line's article, `source#line`, or what is wrong with it. Holds one line at a time."""
    yield from _read_each(bounded_lines(stream), source, fields)


def read_json(stream: BinaryIO, source: str, fields: Fields) -> Iterator[Article | WebPage | Problem]:
    """One object, a list of objects, or objects one after another, whichever is there: crawlers give JSON Lines the name of JSON too."""
    begun = stream.readline(LONGEST_LINE + 1)
    record = _parse(begun)
    if not isinstance(record, dict):
        yield from _read_values(_values(begun, stream), source, fields)
        return
    lines = bounded_lines(stream)
    second = next((line for line in lines if line is None or line.strip()), b"")
    if second == b"":
        yield _article(record, source, None, _short(begun), fields)
    else:
        yield from _read_each(chain((begun, second), lines), source, fields)


def _read_each(lines: Iterable[bytes | None], source: str, fields: Fields) -> Iterator[Article | WebPage | Problem]:
    for number, line in enumerate(lines, 1):
        if line is None:
            yield Problem(source, TOO_LONG, number)
        elif line.strip():
            record = _parse(line)
            raw = _short(line)
            yield problem_of(record, source, number, raw) if isinstance(record, str) else _article(record, source, number, raw, fields)


def _read_values(values: Iterator[Value | ValueFault], source: str, fields: Fields) -> Iterator[Article | WebPage | Problem]:
    """Numbered from 1, but for an object that is alone and in no list."""
    first, ahead = next(values, None), next(values, None)
    alone = isinstance(first, Value) and not first.in_list and ahead is None
    for number, value in enumerate(chain((value for value in (first, ahead) if value), values), 1):
        if isinstance(value, ValueFault):
            yield Problem(source, str(value), number if number > 1 else None)
        else:
            raw = value.words if len(value.words) <= LONGEST_RAW else None
            yield _article(value.content, source, None if alone else number, raw, fields)


def _values(begun: bytes, stream: BinaryIO) -> Iterator[Value | ValueFault]:
    """The values, and behind them the fault at which they end."""
    try:
        yield from Values(begun, stream)
    except ValueFault as fault:
        yield fault


def bounded_lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Line by line; None for one that is too long, of which no more than a piece is ever held."""
    while line := stream.readline(LONGEST_LINE + 1):
        yield line if len(line) <= LONGEST_LINE else None
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)


def _parse(data: bytes) -> Any:
    """The JSON value, or a string that says why there is none."""
    try:
        value = json.loads(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return "is not UTF-8, as JSON must be"
    except RecursionError:
        return "is JSON nested too deep to read"
    except ValueError as error:
        return f"is no JSON: {error}"
    return value if isinstance(value, (dict, list)) else _no_object(value)


def _article(record: Any, source: str, number: int | None, raw: str | None, fields: Fields) -> Article | WebPage | Problem:
    if not isinstance(record, dict):
        return problem_of(_no_object(record), source, number, raw)
    if record.keys() == _ERROR_FIELDS:
        return _again(record, source, number, raw, fields)
    article = to_article(record, source, number, fields)
    return problem_of(article, source, number, raw) if isinstance(article, str) else article


def _again(error: dict[str, Any], source: str, number: int | None, raw: str | None, fields: Fields) -> Article | WebPage | Problem:
    """The record or page that an earlier run could not read, under its own name."""
    kept, line = error["raw"], error["line"]
    if not isinstance(kept, str) or not isinstance(error["source"], str) or not isinstance(line, int | None):
        return Problem(source, f"keeps no record: read {error['source']} itself again", number, raw)
    record = _parse(kept.encode("utf-8", "surrogatepass"))
    if not isinstance(record, dict) or record.keys() == _ERROR_FIELDS:
        return Problem(error["source"], record if isinstance(record, str) else _no_object(record), line, kept)
    page = WebPage.of_record(record, error["source"], line)
    return page or _article(record, error["source"], line, kept, fields)


def _no_object(value: Any) -> str:
    return f"is a JSON {type(value).__name__}, not an object with a text field"


def _short(line: bytes) -> str | None:
    return line.decode("utf-8", "replace").strip() if len(line) <= LONGEST_RAW else None

"""JSON and JSON Lines, one record at a time; the errors of an earlier run are records too."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, BinaryIO

from extractor.article import Article
from extractor.readers.problem import LARGEST_FILE, LONGEST_LINE, LONGEST_RAW, TOO_LONG, Problem
from extractor.readers.records import Fields, problem_of, to_article

_ERROR_FIELDS = frozenset(("source", "line", "reason", "raw"))
_LARGEST_JSON = 16 * LARGEST_FILE


def read_lines(stream: BinaryIO, source: str, fields: Fields) -> Iterator[Article | Problem]:
    """Each line's article, `source#line`, or what is wrong with it. Holds one line at a time."""
    for number, line in enumerate(bounded_lines(stream), 1):
        if line is None:
            yield Problem(source, TOO_LONG, number)
        elif line.strip():
            raw = line[:LONGEST_RAW].decode("utf-8", "replace").rstrip("\r\n") if len(line) <= LONGEST_RAW else None
            record = _parse(line)
            yield problem_of(record, source, number, raw) if isinstance(record, str) else _article(record, source, number, raw, fields)


def read_json(stream: BinaryIO, source: str, fields: Fields) -> Iterator[Article | Problem]:
    """The article of a file that is one JSON object, or those of a list of objects."""
    data = stream.read(_LARGEST_JSON + 1)
    if len(data) > _LARGEST_JSON:
        yield Problem(source, f"is JSON of more than {_LARGEST_JSON >> 20} MB, which is held whole: save it as JSON Lines")
        return
    content = _parse(data)
    if isinstance(content, str):
        yield Problem(source, content)
    elif isinstance(content, list):
        for number, record in enumerate(content, 1):
            yield _article(record, source, number, _raw(record), fields)
    else:
        yield _article(content, source, None, _raw(content), fields)


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


def _article(record: Any, source: str, number: int | None, raw: str | None, fields: Fields) -> Article | Problem:
    if not isinstance(record, dict):
        return problem_of(_no_object(record), source, number, raw)
    if record.keys() == _ERROR_FIELDS:
        return _again(record, source, number, raw, fields)
    article = to_article(record, source, number, fields)
    return problem_of(article, source, number, raw) if isinstance(article, str) else article


def _again(error: dict[str, Any], source: str, number: int | None, raw: str | None, fields: Fields) -> Article | Problem:
    """The record that an earlier run could not read, under its own name."""
    kept, line = error["raw"], error["line"]
    if not isinstance(kept, str) or not isinstance(error["source"], str) or not isinstance(line, int | None):
        return Problem(source, f"keeps no record: read {error['source']} itself again", number, raw)
    record = _parse(kept.encode("utf-8", "surrogatepass"))
    if not isinstance(record, dict) or record.keys() == _ERROR_FIELDS:
        return Problem(error["source"], record if isinstance(record, str) else _no_object(record), line, kept)
    return _article(record, error["source"], line, kept, fields)


def _no_object(value: Any) -> str:
    return f"is a JSON {type(value).__name__}, not an object with a text field"


def _raw(record: Any) -> str | None:
    raw = json.dumps(record, ensure_ascii=False)
    return raw if len(raw) <= LONGEST_RAW else None

"""Text files, folders, JSON Lines and standard input as articles."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.article import Article
from extractor.readers.decoding import DecodingError, decode

_TEXT_SUFFIXES = frozenset((".txt", ".text"))
"""Of files found in a folder; a file that is named itself may be called anything."""
_LINES_SUFFIXES = frozenset((".jsonl", ".ndjson"))
_TEXT_FIELDS = ("text", "maintext", "body", "content", "article", "raw_content")
_URL_FIELDS = ("url", "link", "source_url")
_DATE_FIELDS = ("published", "date_publish", "publishing_date", "date", "timestamp", "published_at")
_ISO_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[T ].*)?$")
_LONGEST_RAW = 10_000


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that could not be read: where, why, and the record itself where it is short."""

    source: str
    reason: str
    line: int | None = None
    raw: str | None = None

    def __str__(self) -> str:
        where = f"{self.source}:{self.line}" if self.line else self.source
        return f"{where}: {self.reason}"


def read_paths(paths: Iterable[str]) -> Iterator[Article | Problem]:
    """Articles of files, folders (recursively, in the order of their names) and `-` for standard input."""
    for path in paths:
        if path == "-":
            yield from _read_lines(sys.stdin.buffer, "-")
        elif Path(path).is_dir():
            yield from _read_folder(Path(path))
        else:
            yield from _read_file(Path(path))


def _read_folder(folder: Path) -> Iterator[Article | Problem]:
    wanted = _TEXT_SUFFIXES | _LINES_SUFFIXES
    files = sorted(file for file in folder.rglob("*") if file.suffix.lower() in wanted and file.is_file())
    if not files:
        yield Problem(str(folder), "holds no .txt or .jsonl file")
    for file in files:
        yield from _read_file(file)


def _read_file(file: Path) -> Iterator[Article | Problem]:
    try:
        if file.suffix.lower() in _LINES_SUFFIXES:
            with file.open("rb") as lines:
                yield from _read_lines(lines, str(file))
        else:
            yield _text_article(file.read_bytes(), str(file))
    except FileNotFoundError:
        yield Problem(str(file), "no such file or folder")
    except OSError as error:
        yield Problem(str(file), f"can't be read: {error.strerror or error}")


def _text_article(data: bytes, source: str) -> Article | Problem:
    try:
        text = decode(data)
    except DecodingError as error:
        return Problem(source, str(error))
    if not _has_ink(text):
        return Problem(source, "is empty")
    return Article(text, source=source)


def _has_ink(text: str) -> bool:
    """Whether there is anything besides white space and control characters."""
    return any(character.isprintable() and not character.isspace() for character in text)


def _read_lines(lines: Iterable[bytes], source: str) -> Iterator[Article | Problem]:
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield _record(line, source, number)


def _record(line: bytes, source: str, number: int) -> Article | Problem:
    raw = line[:_LONGEST_RAW].decode("utf-8", "replace").rstrip("\r\n") if len(line) <= _LONGEST_RAW else None
    try:
        record = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return Problem(source, "is not UTF-8, as JSON Lines must be", number, raw)
    except RecursionError:
        return Problem(source, "is JSON nested too deep to read", number, raw)
    except ValueError as error:
        return Problem(source, f"is no JSON: {error}", number, raw)
    if not isinstance(record, dict):
        return Problem(source, f"is a JSON {type(record).__name__}, not an object with a text field", number, raw)
    text = _first(record, _TEXT_FIELDS)
    if text is None:
        return Problem(source, f"has none of the text fields {', '.join(_TEXT_FIELDS)}", number, raw)
    if not _has_ink(text):
        return Problem(source, "has an empty text field", number, raw)
    return Article(
        _without_surrogates(text),
        source=f"{source}#{number}",
        title=_first(record, ("title", "headline")),
        url=_first(record, _URL_FIELDS),
        published=_date(record),
    )


def _first(record: dict[str, Any], fields: Iterable[str]) -> str | None:
    """The first of some fields that is a string with something in it."""
    found = next((record[field] for field in fields if isinstance(record.get(field), str) and record[field]), None)
    return _without_surrogates(found) if found is not None else None


def _without_surrogates(text: str) -> str:
    """Lone surrogates, which JSON can smuggle in, become U+FFFD one for one: offsets stay."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _date(record: dict[str, Any]) -> str | None:
    """Day of publication, only where it is written as ISO 8601."""
    text = _first(record, _DATE_FIELDS)
    match = _ISO_DATE.match(text) if text else None
    return f"{match[1]}-{match[2]}-{match[3]}" if match else None

"""Text files, folders, JSON Lines and standard input as articles."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

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
LONGEST_TEXT = 1_000_000
"""Characters that an article may have: a thousand pages, read in minutes and 400 MB."""
_LARGEST_FILE = 4 * LONGEST_TEXT + 4
"""Bytes of so many characters in UTF-32 with its mark: more are not even read."""
_LONGEST_LINE = 16 * LONGEST_TEXT
"""Bytes of so many characters as JSON escapes them (`\\ud83d\\ude00`), and of the record's other fields."""
_TOO_LONG = f"is too long: an article may have {LONGEST_TEXT:,} characters"


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
        try:
            yield from _read_path(path)
        except FileNotFoundError:
            yield Problem(path, "no such file or folder")
        except OSError as error:
            yield Problem(path, f"can't be read: {error.strerror or error}")


def _read_path(path: str) -> Iterator[Article | Problem]:
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
    yield from read_paths(map(str, files))


def _read_file(file: Path) -> Iterator[Article | Problem]:
    with file.open("rb") as stream:
        if file.suffix.lower() in _LINES_SUFFIXES:
            yield from _read_lines(stream, str(file))
        else:
            yield _text_article(stream.read(_LARGEST_FILE + 1), str(file))


def _text_article(data: bytes, source: str) -> Article | Problem:
    if len(data) > _LARGEST_FILE:
        return Problem(source, _TOO_LONG)
    try:
        text = decode(data)
    except DecodingError as error:
        return Problem(source, str(error))
    if len(text) > LONGEST_TEXT:
        return Problem(source, _TOO_LONG)
    if not _has_ink(text):
        return Problem(source, "is empty")
    return Article(text, source=source)


def _has_ink(text: str) -> bool:
    """Whether there is anything besides white space and control characters."""
    return any(character.isprintable() and not character.isspace() for character in text)


def _read_lines(stream: BinaryIO, source: str) -> Iterator[Article | Problem]:
    for number, line in enumerate(_lines(stream), 1):
        if line is None:
            yield Problem(source, _TOO_LONG, number)
        elif line.strip():
            yield _record(line, source, number)


def _lines(stream: BinaryIO) -> Iterator[bytes | None]:
    """Line by line; None for one that is too long, of which no more than a piece is ever held."""
    while line := stream.readline(_LONGEST_LINE + 1):
        yield line if len(line) <= _LONGEST_LINE else None
        while len(line) > _LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(_LONGEST_LINE + 1)


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
    if len(text) > LONGEST_TEXT:
        return Problem(source, _TOO_LONG, number)
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

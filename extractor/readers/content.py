"""What is inside a stream: told by its content, then by its name, and unpacked as often as it is packed."""

from __future__ import annotations

import io
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import PurePath
from typing import Any, TypeAlias

from extractor.article import Article
from extractor.readers import archives
from extractor.readers.compression import SUFFIXES as PACKED
from extractor.readers.compression import Counted, Growth, Unpacked, unpack
from extractor.readers.crawls import read_warc
from extractor.readers.documents import read_text
from extractor.readers.lines import read_json, read_lines
from extractor.readers.meter import Meter
from extractor.readers.pages import WebPage, read_page
from extractor.readers.problem import MissingPackageError, Problem
from extractor.readers.records import Fields
from extractor.readers.tables import is_table, read_csv, read_parquet

Found = Iterator[Article | WebPage | Problem]
Reader = Callable[[Any, str, Fields], Found]
Stream: TypeAlias = "io.BufferedReader[Any]"

_READERS: dict[str, Reader] = {
    ".txt": read_text, ".text": read_text, ".md": read_text, ".markdown": read_text,
    ".html": read_page, ".htm": read_page, ".xhtml": read_page,
    ".json": read_json, ".jsonl": read_lines, ".ndjson": read_lines,
    ".csv": read_csv, ".tsv": read_csv, ".parquet": read_parquet,
    ".warc": read_warc, ".wet": read_warc,
}  # fmt: skip
SUFFIXES = (*_READERS, *archives.SUFFIXES)
_NOT_ARTICLES = ".gold.json"
"""Annotations that stand beside articles."""
_STARTS: tuple[tuple[bytes, Reader], ...] = ((b"PAR1", read_parquet), (b"WARC/1.", read_warc))
_WHOLE_JSON = re.compile(rb"\[|\{\s*\n")
"""A list, or an object over several lines."""
_JSON_LINE = re.compile(rb"^\{", re.MULTILINE)
_START = 4096
_DEEPEST = 4
_IN_MEMORY = 16 << 20


@dataclass(frozen=True, slots=True)
class _Inside:
    """Where a stream stands: how its records are read, what it comes out of, and how deep in it."""

    fields: Fields
    growth: Growth
    depth: int = 0


def is_wanted(name: str) -> bool:
    """Whether a file found in a folder or archive is read, by its name."""
    return _suffix(name) in SUFFIXES and not name.endswith(_NOT_ARTICLES)


def read_content(stream: Any, source: str, fields: Fields, meter: Meter) -> Found:
    """The articles of a binary stream. Raises OSError where it can't be read."""
    counted = Counted(stream)
    growth = Growth(counted)
    with meter.follow(counted):
        yield from _read(io.BufferedReader(counted), source, _Inside(fields, growth))
    if growth.is_endless:
        yield Problem(source, str(growth))


def _read(stream: Stream, source: str, inside: _Inside) -> Found:
    """One level of what may be packed more than once."""
    if inside.depth > _DEEPEST:
        yield Problem(source, f"is packed more than {_DEEPEST} times: unpack it first")
        return
    deeper = replace(inside, depth=inside.depth + 1)
    unpacked = unpack(stream, inside.growth)
    start = stream.peek(_START)[:_START]
    kind = archives.kind_of(start, _suffix(source))
    if unpacked:
        yield from _read_unpacked(unpacked, source, deeper)
    elif kind:
        yield from _read_archive(kind, stream, source, deeper)
    else:
        yield from _read_plain(_reader(_suffix(source), start, inside.fields), stream, source, inside.fields)


def _read_plain(reader: Reader, stream: Stream, source: str, fields: Fields) -> Found:
    try:
        yield from reader(_seekable(stream) if reader is read_parquet else stream, source, fields)
    except MissingPackageError as error:
        yield Problem(source, str(error))


def _read_archive(kind: str, stream: Stream, source: str, deeper: _Inside) -> Found:
    for member in archives.members(kind, _seekable(stream) if kind == archives.ZIP else stream, source, is_wanted):
        if isinstance(member, Problem):
            yield member
            continue
        name, content = member
        yield from _read_unpacked(Unpacked(content, deeper.growth), name, deeper)
        content.close()
        if deeper.growth.is_endless:
            return


def _read_unpacked(unpacked: Unpacked, source: str, deeper: _Inside) -> Found:
    stream = io.BufferedReader(unpacked)
    if stream.peek(1) or not unpacked.fault:
        yield from _read(stream, source, deeper)
    if unpacked.fault:
        yield Problem(source, unpacked.fault)


def _reader(suffix: str, start: bytes, fields: Fields) -> Reader:
    """By the first bytes, then the suffix, then the first letters or words."""
    by_content = next((reader for magic, reader in _STARTS if start.startswith(magic)), None)
    by_name = _READERS.get(suffix)
    known = by_content or (None if by_name is read_lines else by_name)
    if known:
        return known
    shown = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if _WHOLE_JSON.match(shown):
        return read_json
    if by_name or _JSON_LINE.search(shown):
        return read_lines
    if shown.lower().startswith((b"<!doctype html", b"<html")):
        return read_page
    return read_csv if is_table(shown, fields) else read_text


def _seekable(stream: Stream) -> Any:
    """Parquet and zip are read from their end: where they come out of something else, they are laid aside, in a file without name when large."""
    if stream.seekable():
        return stream
    aside = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  (closed with the last that reads it)
    shutil.copyfileobj(stream, aside)
    aside.seek(0)
    return aside


def _suffix(name: str) -> str:
    """`.jsonl` of `a.jsonl.gz` and of `https://a.example/a.jsonl?signature=x`."""
    if "://" in name:
        name = name.partition("?")[0]
    stem, suffix = os.path.splitext(name)
    return PurePath(stem if suffix.lower() in PACKED else name).suffix.lower()

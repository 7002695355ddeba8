"""Files, folders, patterns, remote addresses and standard input: where articles are found."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.article import Article
from extractor.readers.content import SUFFIXES, Found, is_wanted, read_content
from extractor.readers.meter import Meter
from extractor.readers.pages import WebPage
from extractor.readers.problem import MissingPackageError, Problem
from extractor.readers.records import Fields
from extractor.readers.remote import open_remote


def read_paths(paths: Iterable[str], fields: Fields | None = None, meter: Meter | None = None) -> Found:
    """Articles and web pages of files, folders (recursively, by name), patterns (`dump/*.gz`), addresses (`s3://…`), and `-` for standard input."""
    way = _Way(fields or Fields(), meter or Meter())
    for path in paths:
        yield from _read_or_tell(path, way)


def read_articles(paths: Iterable[str], fields: Fields | None = None) -> Iterator[Article | Problem]:
    """The same with the main text of web pages found at once, in this process, however long that takes."""
    for item in read_paths(paths, fields):
        yield item.article() if isinstance(item, WebPage) else item


def total_size(paths: Iterable[str]) -> int | None:
    """Bytes of all files that `read_paths` would read; None where that can't be known."""
    if any(path == "-" or "://" in path for path in paths):
        return None
    return sum(_size(file) for path in paths for file in _files(path))


@dataclass(frozen=True, slots=True)
class _Way:
    """How everything is read."""

    fields: Fields
    meter: Meter


def _read_or_tell(path: str, way: _Way) -> Found:
    try:
        yield from _read_path(path, way)
    except FileNotFoundError:
        yield Problem(path, "no such file or folder")
    except MissingPackageError as error:
        yield Problem(path, str(error))
    except OSError as error:
        yield Problem(path, f"can't be read: {error.strerror or error}")


def _read_path(path: str, way: _Way) -> Found:
    if path == "-":
        yield from read_content(sys.stdin.buffer, "-", way.fields, way.meter)
    elif "://" in path:
        yield from _read_remote(path, way)
    elif os.path.isdir(path):
        yield from _read_each(_files(path), path, f"holds no file that can be read ({' '.join(SUFFIXES)})", way)
    elif _is_pattern(path):
        yield from _read_each(_files(path), path, "no file fits this pattern", way)
    else:
        with open(path, "rb", buffering=0) as stream:
            yield from read_content(stream, path, way.fields, way.meter)


def _files(path: str) -> Iterator[str]:
    """The files of a folder that have a known suffix, those of a pattern and its folders, or the file itself.

    Links to folders are not followed, so that none leads in a circle.
    """
    if os.path.isdir(path):
        for at, folders, names in os.walk(path):
            folders.sort()
            yield from (os.path.join(at, name) for name in sorted(names) if is_wanted(name))
    elif _is_pattern(path):
        anchor = Path(path).anchor
        for found in sorted(map(str, Path(anchor).glob(path[len(anchor) :]))):
            yield from _files(found)
    else:
        yield path


def _is_pattern(path: str) -> bool:
    return glob.has_magic(path) and not os.path.lexists(path)


def _size(file: str) -> int:
    try:
        return os.stat(file).st_size
    except OSError:
        return 0


def _read_each(files: Iterable[str], where: str, nothing: str, way: _Way) -> Found:
    empty = True
    for file in files:
        empty = False
        yield from _read_or_tell(file, way)
    if empty:
        yield Problem(where, nothing)


def _read_remote(address: str, way: _Way) -> Found:
    try:
        with open_remote(address) as found:
            if isinstance(found, list):
                yield from _read_each(filter(is_wanted, found), address, "no file that can be read is there", way)
            else:
                yield from read_content(found, address, way.fields, way.meter)
    except (ImportError, ValueError) as error:
        yield Problem(address, f"can't be reached: {error}")
    except (OSError, MissingPackageError):
        raise
    except Exception as error:  # stores have exceptions of their own
        yield Problem(address, f"can't be reached: {type(error).__name__}: {error}")

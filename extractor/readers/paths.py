"""Files, folders, patterns, remote addresses and standard input: where articles are found."""

from __future__ import annotations

import glob
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from extractor.readers.content import SUFFIXES, Found, is_wanted, read_content
from extractor.readers.problem import MissingPackageError, Problem
from extractor.readers.records import Fields
from extractor.readers.remote import open_remote


def read_paths(paths: Iterable[str], fields: Fields | None = None) -> Found:
    """Articles of files, folders (recursively, by name), patterns (`dump/*.gz`), addresses (`s3://…`), and `-` for standard input."""
    for path in paths:
        try:
            yield from _read_path(path, fields or Fields())
        except FileNotFoundError:
            yield Problem(path, "no such file or folder")
        except MissingPackageError as error:
            yield Problem(path, str(error))
        except OSError as error:
            yield Problem(path, f"can't be read: {error.strerror or error}")


def _read_path(path: str, fields: Fields) -> Found:
    if path == "-":
        yield from read_content(sys.stdin.buffer, "-", fields)
    elif "://" in path:
        yield from _read_remote(path, fields)
    elif os.path.isdir(path):
        yield from _read_folder(path, fields)
    elif glob.has_magic(path) and not os.path.lexists(path):
        anchor = Path(path).anchor
        yield from _read_each(sorted(map(str, Path(anchor).glob(path[len(anchor) :]))), fields, path, "no file fits this pattern")
    else:
        with open(path, "rb", buffering=0) as stream:
            yield from read_content(stream, path, fields)


def _read_folder(folder: str, fields: Fields) -> Found:
    """All files with a known suffix. Links to folders are not followed, so that none leads in a circle."""
    files = (os.path.join(at, name) for at, folders, names in _walk(folder) for name in sorted(names) if is_wanted(name))
    yield from _read_each(files, fields, folder, f"holds no file that can be read ({' '.join(SUFFIXES)})")


def _walk(folder: str) -> Iterator[tuple[str, list[str], list[str]]]:
    for at, folders, names in os.walk(folder):
        folders.sort()
        yield at, folders, names


def _read_each(files: Iterable[str], fields: Fields, where: str, nothing: str) -> Found:
    empty = True
    for file in files:
        empty = False
        yield from read_paths([file], fields)
    if empty:
        yield Problem(where, nothing)


def _read_remote(address: str, fields: Fields) -> Found:
    try:
        with open_remote(address) as found:
            if isinstance(found, list):
                yield from _read_each(filter(is_wanted, found), fields, address, "no file that can be read is there")
            else:
                yield from read_content(found, address, fields)
    except (ImportError, ValueError) as error:
        yield Problem(address, f"can't be reached: {error}")
    except (OSError, MissingPackageError):
        raise
    except Exception as error:  # stores have exceptions of their own
        yield Problem(address, f"can't be reached: {type(error).__name__}: {error}")

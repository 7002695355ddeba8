"""Files, folders, patterns, archives, remote addresses and standard input: where articles are found."""

from __future__ import annotations

import glob
import io
import os
import sys
import tarfile
import zipfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath
from typing import IO, Any, BinaryIO

from extractor.article import Article
from extractor.readers.compression import SUFFIXES as PACKED
from extractor.readers.compression import Unpacked, unpack
from extractor.readers.crawls import read_warc
from extractor.readers.documents import read_page, read_text
from extractor.readers.lines import read_json, read_lines
from extractor.readers.problem import MissingPackageError, Problem
from extractor.readers.records import Fields
from extractor.readers.tables import read_csv, read_parquet

Found = Iterator[Article | Problem]
Reader = Callable[[Any, str, Fields], Found]

_READERS: dict[str, Reader] = {
    ".txt": read_text, ".text": read_text, ".md": read_text, ".markdown": read_text,
    ".html": read_page, ".htm": read_page, ".xhtml": read_page,
    ".json": read_json, ".jsonl": read_lines, ".ndjson": read_lines,
    ".csv": read_csv, ".tsv": read_csv, ".parquet": read_parquet,
    ".warc": read_warc, ".wet": read_warc,
}  # fmt: skip
_ARCHIVES = (".zip", ".tar", ".tgz", ".tbz2", ".txz")
_NOT_ARTICLES = ".gold.json"
"""Annotations that stand beside articles."""
_STARTS: tuple[tuple[bytes, Reader], ...] = ((b"PAR1", read_parquet), (b"WARC/1.", read_warc))
_ZIP = b"PK\x03\x04"
_TAR = (257, b"ustar")


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
        yield from _read_stream(sys.stdin.buffer, "-", fields, otherwise=read_lines)
    elif "://" in path:
        yield from _read_remote(path, fields)
    elif os.path.isdir(path):
        yield from _read_folder(path, fields)
    elif glob.has_magic(path) and not os.path.lexists(path):
        anchor = Path(path).anchor
        yield from _read_each(sorted(map(str, Path(anchor).glob(path[len(anchor) :]))), fields, path, "no file fits this pattern")
    else:
        with open(path, "rb") as stream:
            yield from _read_stream(stream, path, fields)


def _read_folder(folder: str, fields: Fields) -> Found:
    """All files with a known suffix. Links to folders are not followed, so that none leads in a circle."""
    files = (os.path.join(at, name) for at, folders, names in _walk(folder) for name in sorted(names) if _is_wanted(name))
    yield from _read_each(files, fields, folder, f"holds no file that can be read ({' '.join((*_READERS, *_ARCHIVES))})")


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
    """Whatever fsspec reaches: `https://`, `s3://`, `gs://` … A folder or pattern where the store can list."""
    try:
        import fsspec
    except ImportError as error:
        raise MissingPackageError("remote addresses need fsspec: pip install 'health-news-extractor[web]'") from error
    try:
        store, path = fsspec.core.url_to_fs(address)
        if glob.has_magic(address) or (not _is_web(store.protocol) and store.isdir(path)):
            found = store.glob(path) if glob.has_magic(address) else store.find(path)
            files = [store.unstrip_protocol(name) for name in sorted(found) if _is_wanted(name)]
            yield from _read_each(files, fields, address, "no file that can be read is there")
        else:
            with store.open(path, "rb") as stream:
                yield from _read_stream(stream, address, fields)
    except (ImportError, ValueError) as error:
        yield Problem(address, f"can't be reached: {error}")
    except (OSError, MissingPackageError):
        raise
    except Exception as error:  # stores have exceptions of their own
        yield Problem(address, f"can't be reached: {type(error).__name__}: {error}")


def _is_web(protocol: str | Iterable[str]) -> bool:
    """Whether a store is the web, where an address is no folder."""
    return "http" in ((protocol,) if isinstance(protocol, str) else protocol)


def _read_stream(stream: Any, source: str, fields: Fields, otherwise: Reader | None = None) -> Found:
    """A file by its content where that is plain, else by its name; `otherwise` where neither tells."""
    buffered: io.BufferedReader[Any] = stream if isinstance(stream, io.BufferedReader) else io.BufferedReader(stream)
    unpacked = unpack(buffered)
    inner = io.BufferedReader(unpacked) if unpacked else buffered
    name = _unpacked_name(source)
    start = inner.peek(512)[:512]
    if start.startswith(_ZIP):
        yield from _read_zip(inner, source, fields)
    elif start[_TAR[0] :].startswith(_TAR[1]):
        yield from _read_tar(inner, source, fields)
    else:
        yield from _reader(name, start, otherwise)(inner, source, fields)
    if unpacked and unpacked.fault:
        yield Problem(source, unpacked.fault)


def _reader(name: str, start: bytes, otherwise: Reader | None) -> Reader:
    """By the first bytes, then the suffix, then the first letter."""
    by_content = next((reader for magic, reader in _STARTS if start.startswith(magic)), None)
    known = by_content or _READERS.get(PurePosixPath(name).suffix.lower()) or otherwise
    if known:
        return known
    shown = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if shown.startswith(b"{"):
        return read_lines
    return read_page if shown.startswith((b"<!doctype html", b"<html")) else read_text


def _read_zip(stream: BinaryIO, source: str, fields: Fields) -> Found:
    if not stream.seekable():
        yield Problem(source, "is a zip archive, which can't be read from a stream: save it as a file")
        return
    try:
        with zipfile.ZipFile(stream) as archive:
            for member in archive.infolist():
                if member.is_dir() or not _is_wanted(member.filename):
                    continue
                name = f"{source}/{member.filename}"
                if member.flag_bits & 1:
                    yield Problem(name, "is encrypted")
                    continue
                with archive.open(member) as content:
                    yield from _read_member(content, name, fields, member.compress_size)
    except (zipfile.BadZipFile, NotImplementedError, EOFError) as error:
        yield Problem(source, f"is a damaged zip archive: {error}")


def _read_tar(stream: BinaryIO, source: str, fields: Fields) -> Found:
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                content = archive.extractfile(member) if member.isfile() and not member.issparse() else None
                if content is not None and _is_wanted(member.name):
                    yield from _read_member(content, f"{source}/{member.name}", fields, member.size)
    except (tarfile.TarError, EOFError) as error:
        yield Problem(source, f"is cut off or damaged; what stands before that was read ({error})")


def _read_member(content: IO[bytes], name: str, fields: Fields, packed_size: int) -> Found:
    """A file in an archive. It is never written anywhere, so its name may be what it likes."""
    whole = Unpacked(content, lambda: packed_size)
    stream = io.BufferedReader(whole)
    start = stream.peek(512)
    if start.startswith((_ZIP, b"PAR1")) or start[_TAR[0] :].startswith(_TAR[1]):
        yield Problem(name, "is an archive or Parquet file inside an archive: unpack it first")
    else:
        try:
            yield from _read_stream(stream, name, fields)
        except MissingPackageError as error:
            yield Problem(name, str(error))
    if whole.fault:
        yield Problem(name, whole.fault)


def _is_wanted(name: str) -> bool:
    suffix = Path(_unpacked_name(name)).suffix.lower()
    return (suffix in _READERS or suffix in _ARCHIVES) and not name.endswith(_NOT_ARTICLES)


def _unpacked_name(name: str) -> str:
    stem, suffix = os.path.splitext(name)
    return stem if suffix.lower() in PACKED else name

"""Files in zip and tar archives, one by one. None is ever written under its name, which may be what it likes."""

from __future__ import annotations

import tarfile
import zipfile
from collections.abc import Callable, Iterator
from typing import IO, Any, BinaryIO

from extractor.readers.problem import Problem

ZIP, TAR = ".zip", ".tar"
_ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
_TAR_MARK = (257, b"ustar")
_SHORT_TAR = (".tgz", ".tbz2", ".txz")
SUFFIXES = (ZIP, TAR, *_SHORT_TAR)
_EXTENSIONS = frozenset((tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE))
_LONGEST_EXTENSION = 1 << 20
"""Bytes of a member's name and attributes, which tarfile holds whole."""

Member = tuple[str, IO[bytes]]


def kind_of(start: bytes, suffix: str) -> str | None:
    """ZIP or TAR by the first bytes, or by the suffix where these tell nothing; None for what is no archive."""
    if start.startswith(_ZIP_STARTS):
        return ZIP
    if start[_TAR_MARK[0] :].startswith(_TAR_MARK[1]) or suffix in _SHORT_TAR:
        return TAR
    return suffix if suffix in (ZIP, TAR) else None


def members(kind: str, stream: BinaryIO, source: str, is_wanted: Callable[[str], bool]) -> Iterator[Member | Problem]:
    """Name and content of each file that is wanted, to be read before the next is asked for."""
    empty = True
    for member in (_in_zip if kind == ZIP else _in_tar)(stream, source, is_wanted):
        empty = False
        yield member
    if empty:
        yield Problem(source, "is an archive without any file that can be read")


def _in_zip(stream: BinaryIO, source: str, is_wanted: Callable[[str], bool]) -> Iterator[Member | Problem]:
    try:
        archive = zipfile.ZipFile(stream)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        yield Problem(source, f"is a damaged zip archive: {error}")
        return
    for member in archive.infolist():
        if not member.is_dir() and is_wanted(member.filename):
            yield _opened(archive, member, f"{source}/{member.filename}")


def _opened(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str) -> Member | Problem:
    if member.flag_bits & 1:
        return Problem(name, "is encrypted")
    try:
        return name, archive.open(member)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError, RuntimeError) as error:
        return Problem(name, f"can't be unpacked: {error}")


def _in_tar(stream: BinaryIO, source: str, is_wanted: Callable[[str], bool]) -> Iterator[Member | Problem]:
    ending: Any = _Ending(stream)
    archive: Any
    try:
        with tarfile.open(fileobj=ending, mode="r|", tarinfo=_Head) as archive:
            for member in archive:
                archive.members.clear()  # else it remembers each
                content = archive.extractfile(member) if member.isfile() and not member.issparse() and is_wanted(member.name) else None
                if content:
                    yield f"{source}/{member.name}", content
    except (tarfile.TarError, EOFError, OSError, ValueError) as error:
        yield Problem(source, f"is cut off or damaged; what stands before that was read ({error})")


class _Ending:
    """A stream that says once that it is at its end, then fails: tarfile would go on over a terabyte that a head claims and nobody sent."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream, self._ended = stream, False

    def read(self, size: int) -> bytes:
        data = self._stream.read(size)
        if not data and self._ended:
            raise tarfile.ReadError("unexpected end of data")
        self._ended = not data
        return data


class _Head(tarfile.TarInfo):
    """A member's head. One that is damaged is told, where tarfile takes it for the archive's end; one that claims too much room is refused."""

    @classmethod
    def frombuf(cls, buf: Any, encoding: str, errors: str) -> _Head:
        try:
            head = super().frombuf(buf, encoding, errors)
        except (tarfile.InvalidHeaderError, tarfile.TruncatedHeaderError) as error:  # type: ignore[attr-defined]
            raise tarfile.ReadError(str(error)) from error
        if head.type in _EXTENSIONS and head.size > _LONGEST_EXTENSION:
            raise tarfile.ReadError("a name or attribute is too long")
        return head

"""Compressed streams, told by their first bytes: whatever can be unpacked is read, and the fault comes after it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile
import zlib
from collections.abc import Callable
from typing import Any, BinaryIO

import pyarrow as pa

_STREAMS: tuple[tuple[bytes, Callable[[BinaryIO], Any]], ...] = (
    (b"\x1f\x8b", lambda stream: gzip.GzipFile(fileobj=stream)),
    (b"BZh", bz2.BZ2File),
    (b"\xfd7zXZ\x00", lzma.LZMAFile),
    (b"\x28\xb5\x2f\xfd", lambda stream: pa.CompressedInputStream(pa.PythonFile(stream, "r"), "zstd")),
)
SUFFIXES = (".gz", ".bz2", ".xz", ".zst")
_FAULTS = (EOFError, OSError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, tarfile.TarError, pa.ArrowException)
_FREE = 256 << 20
_MOST_TIMES = 300


class Counted(io.RawIOBase):
    """A stream that knows how many bytes were read of it: of one that is read in circles, no more than it has."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._count = stream, 0
        self._read = getattr(stream, "read1", stream.read)
        self.size = _size(stream)

    @property
    def count(self) -> int:
        return self._count if self.size is None else min(self._count, self.size)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return self.size is not None

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        return int(self._stream.seek(offset, whence))

    def readinto(self, buffer: Any) -> int:
        data = self._read(len(buffer))
        buffer[: len(data)] = data
        self._count += len(data)
        return len(data)


def _size(stream: Any) -> int | None:
    """None for a stream that only goes forward, even where it says otherwise."""
    try:
        return int(stream.seek(0, io.SEEK_END) - stream.seek(0)) if stream.seekable() else None
    except (OSError, ValueError):
        return None


class Growth:
    """What comes out of a file, with all that is packed in it, against what was read of it.

    Growth is no news until `_FREE` bytes are out: prose shrinks to a quarter, repeated pages to a hundredth.
    """

    def __init__(self, packed: Counted) -> None:
        self._packed, self._out = packed, 0
        self.is_endless = False

    def add(self, count: int) -> None:
        """Count what was unpacked, on every level of a file that is packed more than once."""
        self._out += count
        self.is_endless = self._out > _FREE and self._out > _MOST_TIMES * self._packed.count

    def __str__(self) -> str:
        return f"unpacks to more than {_MOST_TIMES} times its size: the rest is not read"


class Unpacked(io.RawIOBase):
    """The bytes inside a compressed stream up to its end, to its first fault, which `fault` then names, or to where it grows without end."""

    def __init__(self, packed: Any, growth: Growth) -> None:
        self.fault: str | None = None
        self._read, self._growth = getattr(packed, "read1", packed.read), growth

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.fault or self._growth.is_endless:
            return 0
        try:
            data = self._read(len(buffer))
        except _FAULTS as error:
            self.fault = f"is cut off or damaged; what stands before that was read ({error})"
            return 0
        self._growth.add(len(data))
        buffer[: len(data)] = data
        return len(data)


def unpack(stream: io.BufferedReader[Any], growth: Growth) -> Unpacked | None:
    """What is inside a compressed stream; None where it is not compressed."""
    start = stream.peek(8)[:8]
    open_packed = next((opener for magic, opener in _STREAMS if start.startswith(magic)), None)
    return Unpacked(open_packed(stream), growth) if open_packed else None

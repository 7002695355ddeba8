"""Compressed streams, told by their first bytes: whatever can be unpacked is read, and the fault comes after it."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
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
_FAULTS = (EOFError, OSError, zlib.error, lzma.LZMAError, pa.ArrowException)
_FREE = 256 << 20
_MOST_TIMES = 300
"""Growth that is no news any more, counted once `_FREE` bytes are out: prose shrinks to a quarter, repeated pages to a hundredth."""


class Unpacked(io.RawIOBase):
    """The bytes inside a compressed stream up to its end or its first fault, which `fault` then names."""

    def __init__(self, packed: Any, read_in: Callable[[], int]) -> None:
        self.fault: str | None = None
        self._packed, self._read_in, self._out = packed, read_in, 0

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        if self.fault:
            return 0
        try:
            data = self._packed.read1(len(buffer)) if hasattr(self._packed, "read1") else self._packed.read(len(buffer))
        except _FAULTS as error:
            self.fault = f"is cut off or damaged; what stands before that was read ({error})"
            return 0
        self._out += len(data)
        if self._out > _FREE and self._out > _MOST_TIMES * self._read_in():
            self.fault = f"unpacks to more than {_MOST_TIMES} times its size: the rest is not read"
            return 0
        buffer[: len(data)] = data
        return len(data)


class _Counted(io.RawIOBase):
    """A stream that knows how much of it was read."""

    def __init__(self, stream: BinaryIO) -> None:
        self.count = 0
        self._stream = stream

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        data = self._stream.read(len(buffer))
        buffer[: len(data)] = data
        self.count += len(data)
        return len(data)


def unpack(stream: io.BufferedReader[Any]) -> Unpacked | None:
    """What is inside a compressed stream; None where it is not compressed."""
    start = stream.peek(8)[:8]
    open_packed = next((opener for magic, opener in _STREAMS if start.startswith(magic)), None)
    if open_packed is None:
        return None
    counted = _Counted(stream)
    return Unpacked(open_packed(io.BufferedReader(counted)), lambda: counted.count)

"""Files of the dataset before, copied to where the next one is built; large ones in parts, so that both processes have some of them."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from extractor.dataset.second import Second

_PART = 1 << 28
"""Bytes."""
_AT_ONCE = 1 << 20


def begin_copy(source: Path, target: Path, second: Second) -> Callable[[], None]:
    """Have a file copied, and get what to call before it is used: what the other process has not come to by then is copied here. Raises OSError."""
    size = source.stat().st_size
    with target.open("wb") as stream:
        stream.truncate(size)
    parts = [second.begin(_copy_part, source, target, first) for first in range(0, size, _PART)]

    def finish() -> None:
        for part in reversed(parts):
            part()

    return finish


def _copy_part(source: Path, target: Path, first: int) -> None:
    with source.open("rb") as there, target.open("r+b") as here:
        try:
            _share_part(there.fileno(), here.fileno(), first)
        except (AttributeError, OSError):  # of other systems, and of some file systems of Linux
            there.seek(first)
            here.seek(first)
            for _ in range(0, _PART, _AT_ONCE):
                here.write(there.read(_AT_ONCE))


def _share_part(there: int, here: int, first: int) -> None:
    """In the kernel. Where files can share blocks (Btrfs, XFS), nothing is copied until it is written to."""
    place, end = first, first + _PART
    while place < end and (copied := os.copy_file_range(there, here, end - place, place, place)):
        place += copied

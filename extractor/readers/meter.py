"""How far the reading has come, in bytes as they lie on the disk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from extractor.readers.compression import Counted


class Meter:
    """Follows the files that are read; their size altogether is found out meanwhile, where it can be."""

    def __init__(self) -> None:
        self.total: int | None = None
        self._before = 0
        self._file: Counted | None = None

    @property
    def read(self) -> int:
        """Bytes that were read so far, of all files."""
        return self._before + (self._file.count if self._file else 0)

    @contextmanager
    def follow(self, file: Counted) -> Iterator[None]:
        """Count a file while it is read."""
        self._file = file
        yield
        self._before, self._file = self._before + (file.size or file.count), None

    def measure(self, size: Callable[[], int | None]) -> None:
        """Find out the size in the background: a million files take seconds."""

        def find_out() -> None:
            self.total = size()

        threading.Thread(target=find_out, daemon=True).start()

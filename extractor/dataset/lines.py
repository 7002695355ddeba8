"""The lines that a dataset is made of, by their digests: which of those that are given now are new, and which are gone."""

from __future__ import annotations

import hashlib
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

_DIGEST_BYTES = 16
_READ_AT_ONCE = 1 << 20
"""Bytes. By the 8 KiB that Python reads else, less than a line often, it takes a quarter more time to hash 862 MB: 0.5 s."""


@dataclass(frozen=True)
class Line:
    """A line of a run's output, and where it stands."""

    digest: bytes
    file: Path
    number: int
    """From 1."""
    offset: int
    """In bytes."""

    @property
    def where(self) -> str:
        return f"{self.file}:{self.number}"

    def read(self) -> bytes:
        """Its bytes. Raises OSError."""
        with self.file.open("rb") as stream:
            stream.seek(self.offset)
            return stream.readline()


class GivenLines:
    """All lines of some files, in a temporary database. The same line twice is one."""

    def __init__(self, files: Sequence[Path], state: Path | None) -> None:
        """`state` is that of the dataset before, where there is one. Raises OSError where a file can't be read, sqlite3.DatabaseError."""
        self._database, self._files = sqlite3.connect("", uri=True), files
        self._database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA cache_size = -65536;")
        if state is None:
            self._database.execute("CREATE TABLE lines (digest BLOB PRIMARY KEY) WITHOUT ROWID")
        else:
            self._database.execute("ATTACH ? AS state", (f"{state.resolve().as_uri()}?mode=ro",))
        self._database.execute("CREATE TABLE given (digest BLOB PRIMARY KEY, file INTEGER, number INTEGER, place INTEGER) WITHOUT ROWID")
        for index, file in enumerate(files):
            with file.open("rb", _READ_AT_ONCE) as stream:
                self._database.executemany("INSERT OR IGNORE INTO given VALUES (?, ?, ?, ?)", _lines(index, stream))

    def __enter__(self) -> GivenLines:
        return self

    def __exit__(self, *_: object) -> None:
        self._database.close()

    def are_the_same(self) -> bool:
        """Whether they are just those that the dataset is made of."""
        return not self.gone() and next(self.new(), None) is None

    def new(self) -> Iterator[Line]:
        """Those that the dataset is not made of, in the order of the files."""
        yield from self._select("NOT EXISTS (SELECT 1 FROM lines l WHERE l.digest = g.digest)")

    def gone(self) -> list[bytes]:
        """Digests of lines that the dataset is made of and that are no longer given."""
        rows = self._database.execute("SELECT digest FROM lines l WHERE NOT EXISTS (SELECT 1 FROM given g WHERE g.digest = l.digest)")
        return [digest for (digest,) in rows]

    def line(self, digest: bytes) -> Line:
        """One that is given."""
        (line,) = self._select("g.digest = ?", digest)
        return line

    def _select(self, condition: str, *values: bytes) -> Iterator[Line]:
        rows = self._database.execute(f"SELECT digest, file, number, place FROM given g WHERE {condition} ORDER BY file, place", values)
        for digest, file, number, place in rows.fetchall():
            yield Line(digest, self._files[file], number, place)


def _lines(index: int, stream: Iterator[bytes]) -> Iterator[tuple[bytes, int, int, int]]:
    place = 0
    for number, line in enumerate(stream, 1):
        yield hashlib.blake2b(line.rstrip(b"\r\n"), digest_size=_DIGEST_BYTES).digest(), index, number, place
        place += len(line)

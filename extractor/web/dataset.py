"""The dataset that is served: connections that can only read, shared by requests, on the newest build."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Lock
from typing import Annotated, Any

from fastapi import Depends, Request

from extractor.dataset.sources import QueryError, Rows, Source, is_store, open_source
from extractor.dataset.tables import DATABASE, TABLES
from extractor.web.problems import Problem

_LOOKS_EVERY = 0.5
"""Seconds between two looks whether there is a newer build."""
_SWAP_SECONDS = 2.0
"""That a build may take to put its folder in the place of the old one."""
_WAITS = 4.0
"""Seconds that a request waits for a connection."""


class Dataset:
    """A dataset's folder or PostgreSQL database, for many threads at once.

    Raises QueryError at once where there is none, it is half built, or of another format.
    """

    def __init__(self, place: str | Path, *, most_seconds: float = 5.0, connections: int = 8) -> None:
        self.place = place
        self._most_seconds = most_seconds
        self._free: LifoQueue[_Connection | None] = LifoQueue()
        for _ in range(connections):
            self._free.put(None)
        self._lock = Lock()
        self._looked = 0.0
        self._version = ""
        with self.reading() as source:
            self.columns = {table: tuple(source.columns(table)) for table in TABLES}

    def rows(self, sql: str, values: Sequence[Any] = ()) -> Rows:
        """Rows of a SELECT with `?` for values. Raises QueryError."""
        with self.reading() as source:
            return source.rows(sql, values)

    @contextmanager
    def reading(self) -> Iterator[Source]:
        """One connection for several questions that have to agree: they see the same build. Raises QueryError, Problem (503) where all are busy."""
        version = self.version
        try:
            connection = self._free.get(timeout=_WAITS)
        except Empty:
            raise Problem(503, "Too many questions at once: try again in a few seconds.", headers={"Retry-After": "5"}) from None
        try:
            if connection is None or connection.version != version:
                if connection is not None:
                    connection.close()
                    connection = None
                connection = self._open(version)
            yield connection.source
            connection.done()
        except BaseException:
            # Whatever state it is in: PostgreSQL's may be broken off, a generator may have been left.
            if connection is not None:
                connection.close()
            connection = None
            raise
        finally:
            self._free.put(connection)

    @property
    def version(self) -> str:
        """Another after each build that changed anything. Raises QueryError."""
        with self._lock:
            if not self._version or time.monotonic() - self._looked > _LOOKS_EVERY:
                self._version = self._look()
                self._looked = time.monotonic()
            return self._version

    @property
    def version_at_hand(self) -> str | None:
        """The version, where it was looked at a moment ago: takes no time."""
        return self._version if time.monotonic() - self._looked <= _LOOKS_EVERY else None

    def close(self) -> None:
        """Close what is open; the dataset can be asked no more."""
        while not self._free.empty():
            if (connection := self._free.get()) is not None:
                connection.close()

    def _open(self, version: str) -> _Connection:
        return _Connection(self.place, self._most_seconds, version)

    def _look(self) -> str:
        return _version_of_store(str(self.place), self._most_seconds) if is_store(self.place) else _version_of_folder(Path(self.place))


class _Connection:
    """An open source, and the build that it reads."""

    def __init__(self, place: str | Path, most_seconds: float, version: str) -> None:
        self.version = version
        self._stack = ExitStack()
        self.source = self._stack.enter_context(open_source(place, most_seconds))

    def done(self) -> None:
        """End PostgreSQL's transaction: the next question sees what was written since."""
        self.source.rollback()

    def close(self) -> None:
        self._stack.close()


def _version_of_folder(folder: Path) -> str:
    """Told by the file itself. While a build swaps folders there is none for a moment."""
    end = time.monotonic() + _SWAP_SECONDS
    while True:
        for name in (DATABASE, "observations.parquet"):
            try:
                stat = (folder / name).stat()
            except OSError:
                continue
            return hashlib.sha256(f"{stat.st_ino} {stat.st_size} {stat.st_mtime_ns}".encode()).hexdigest()[:16]
        if time.monotonic() > end or not folder.parent.is_dir():
            raise QueryError(f"{folder}: holds no {DATABASE}: make one with `extractor build RUN -o {folder}`")
        time.sleep(0.05)


def _version_of_store(url: str, most_seconds: float) -> str:
    """Rows ever written, by the server's own count: it lags behind what was committed, so a new version is never told of old rows."""
    names = ", ".join(f"'{name}'" for name in TABLES)
    with open_source(url, most_seconds) as source:
        rows = source.rows(
            "SELECT relid, n_tup_ins, n_tup_upd, n_tup_del FROM pg_stat_user_tables"
            f" WHERE relid IN (SELECT to_regclass(name) FROM unnest(ARRAY[{names}]) name) ORDER BY relid"
        )
    return hashlib.sha256(repr([tuple(row.values()) for row in rows]).encode()).hexdigest()[:16]


def dataset_of(request: Request) -> Dataset:
    """The app's dataset."""
    dataset: Dataset = request.app.state.dataset
    return dataset


TheDataset = Annotated[Dataset, Depends(dataset_of)]
"""A route's parameter: `def route(dataset: TheDataset) -> …`."""

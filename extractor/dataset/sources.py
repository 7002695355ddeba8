"""Where a dataset can be asked: its SQLite database, its Parquet files by DuckDB, or a PostgreSQL database. All can only be read."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Timer
from time import monotonic
from typing import Any, NamedTuple, Protocol

from extractor.dataset.tables import DATABASE, FORMAT, TABLES

MOST_SECONDS = 300.0
"""That one query may take, unless said."""
_STEP = 100_000
"""SQLite's virtual machine instructions between two looks at the clock, a millisecond or two."""
_CACHE = 16_000
"""Kilobytes of pages that a connection keeps; SQLite's own 2,000 are read anew for each count of a facet."""
_CLEARS_WORDS = str.maketrans({"\\": "\\\\", "%": "\\%", "_": "\\_"})
_SEARCHED = ("f.exact", "f.sentence", "f.label", "a.title")

Rows = list[dict[str, Any]]
Counts = dict[str, list[tuple[str | None, int]]]
"""Column → its values as text, and how many rows have them."""


class QueryError(ValueError):
    """The question can't be answered; says why."""


class Finding(NamedTuple):
    """Parts of a SELECT of hits that have some words."""

    tables: str
    condition: str
    values: list[Any]
    key: str
    """The column that is `hits.id`, by which the database gives them in order without sorting."""


class Source(Protocol):
    """Something that answers SQL with `?` for values."""

    def columns(self, table: str) -> list[str]: ...

    def rows(self, sql: str, values: Sequence[Any] = (), limit: int | None = None) -> Rows:
        """Raises QueryError."""

    def finding(self, words: Sequence[str], marks: Sequence[str]) -> Finding:
        """The hits that have all of the words, which `hits.searched` made.

        Marks are a help that may be left unused: whoever asks has to ask for what they stand for as well.
        """

    def counts(self, found: str, values: Sequence[Any], columns: Sequence[str]) -> Counts:
        """How many rows of a SELECT have each value of its columns. Raises QueryError."""

    def rollback(self) -> None:
        """Let go of the state that the questions since the last one saw."""

    def having(self, words: str) -> tuple[str, list[Any]]:
        """A SELECT of the ids of facts whose evidence, label or title has some words, as `id`, `observation_id`, `document_id`, `article_id`."""


def is_store(place: str | Path) -> bool:
    """Whether a place is the address of a PostgreSQL database.

    >>> is_store("postgresql://localhost/health"), is_store("dataset/")
    (True, False)
    """
    return re.match(r"postgres(ql)?(\+\w+)?:/", str(place)) is not None


@contextmanager
def open_source(place: str | Path, most_seconds: float | None = None) -> Iterator[Source]:
    """A dataset's folder, or the address of a PostgreSQL database that `build --store` filled. Raises QueryError.

    A query that takes longer than `most_seconds` is given up with a QueryError. A source may go from thread to thread, one using it at a time.
    """
    most_seconds = MOST_SECONDS if most_seconds is None else most_seconds
    if is_store(place):
        from extractor.dataset.store import open_store

        with open_store(str(place), most_seconds) as connection:
            yield _Postgres(connection)
        return
    if "://" in str(place):
        raise QueryError(f"{place}: is no address of a PostgreSQL database: write postgresql://user:password@host/name")
    folder = Path(place)
    if not (folder / DATABASE).is_file() and (folder / "observations.parquet").is_file():
        with _open_parquet(folder, most_seconds) as parquet:
            yield parquet
        return
    with closing(_open_sqlite(folder)) as database:
        yield _Sqlite(database, most_seconds)


class _Sqlite:
    def __init__(self, database: sqlite3.Connection, most_seconds: float) -> None:
        self._database = database
        self._most_seconds = most_seconds

    def columns(self, table: str) -> list[str]:
        return [row[1] for row in self._database.execute(f"PRAGMA table_info({table})")]

    def rows(self, sql: str, values: Sequence[Any] = (), limit: int | None = None) -> Rows:
        end = monotonic() + self._most_seconds
        self._database.set_progress_handler(lambda: monotonic() > end, _STEP)
        try:
            cursor = self._database.execute(sql, values)
            if cursor.description is None:
                raise QueryError("only queries that give rows: SELECT …")
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in (cursor.fetchall() if limit is None else cursor.fetchmany(limit))]
        except sqlite3.Error as error:
            told = "takes too long: ask for less" if str(error) == "interrupted" else str(error)
            raise QueryError(told) from error
        except sqlite3.Warning as error:
            raise QueryError(str(error)) from error

    def finding(self, words: Sequence[str], marks: Sequence[str]) -> Finding:
        if not (words or marks):
            return _finding(())
        quoted = " AND ".join('"' + word.replace('"', '""') + '"' for word in (*words, *marks))
        return Finding("hit_search CROSS JOIN hits ON hits.id = hit_search.rowid", "hit_search MATCH ?", [quoted], "hit_search.rowid")

    def counts(self, found: str, values: Sequence[Any], columns: Sequence[str]) -> Counts:
        """As one row of JSON: after each row that SQLite gives, Python waits for its turn among the other threads."""
        groups = ", ".join(
            f"(SELECT json_group_array(json_array(value, count)) FROM"
            f" (SELECT CAST({name} AS TEXT) AS value, count(*) AS count FROM found GROUP BY {name})) AS {name}"
            for name in columns
        )
        (row,) = self.rows(f"WITH found AS MATERIALIZED ({found}) SELECT {groups}", values)
        return {name: [(value, count) for value, count in json.loads(row[name])] for name in columns}

    def rollback(self) -> None:
        self._database.rollback()

    def having(self, words: str) -> tuple[str, list[Any]]:
        quoted = '"' + words.replace('"', '""') + '"'
        return "SELECT f.* FROM search s JOIN facts f ON f.id = s.fact_id WHERE search MATCH ?", [quoted]


class _Postgres:
    """Rows by psycopg. Each query is prepared, so that it is one statement; the connection is a read-only one."""

    def __init__(self, connection: Any) -> None:
        self._connection = connection

    def columns(self, table: str) -> list[str]:
        with self._connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {table} LIMIT 0")
            return [column.name for column in cursor.description]

    def rows(self, sql: str, values: Sequence[Any] = (), limit: int | None = None) -> Rows:
        import psycopg

        try:
            with self._connection.cursor() as cursor:
                cursor.execute(sql.replace("%", "%%").replace("?", "%s") if values else sql, values or None, prepare=True)
                if cursor.description is None:
                    raise QueryError("only queries that give rows: SELECT …")
                names = [column.name for column in cursor.description]
                return [dict(zip(names, row, strict=True)) for row in (cursor.fetchall() if limit is None else cursor.fetchmany(limit))]
        except psycopg.errors.QueryCanceled as error:
            raise QueryError("takes too long: ask for less") from error
        except psycopg.Error as error:
            raise QueryError(str(error).partition("\n")[0]) from error

    def finding(self, words: Sequence[str], marks: Sequence[str]) -> Finding:
        return _finding(words)

    def counts(self, found: str, values: Sequence[Any], columns: Sequence[str]) -> Counts:
        return _counts(self, found, values, columns)

    def rollback(self) -> None:
        self._connection.rollback()

    def having(self, words: str) -> tuple[str, list[Any]]:
        return _containing(words)


class _Parquet:
    def __init__(self, connection: Any, most_seconds: float) -> None:
        self._connection = connection
        self._most_seconds = most_seconds

    def columns(self, table: str) -> list[str]:
        return [column[0] for column in self._connection.execute(f"SELECT * FROM {table} LIMIT 0").description]

    def rows(self, sql: str, values: Sequence[Any] = (), limit: int | None = None) -> Rows:
        import duckdb

        clock = Timer(self._most_seconds, self._connection.interrupt)
        clock.daemon = True
        clock.start()
        try:
            cursor = self._connection.execute(sql, list(values))
            names = [column[0] for column in cursor.description]
            return [dict(zip(names, row, strict=True)) for row in (cursor.fetchall() if limit is None else cursor.fetchmany(limit))]
        except duckdb.InterruptException as error:
            raise QueryError("takes too long: ask for less") from error
        except duckdb.Error as error:
            raise QueryError(str(error).partition("\n")[0]) from error
        finally:
            clock.cancel()

    def finding(self, words: Sequence[str], marks: Sequence[str]) -> Finding:
        return _finding(words)

    def counts(self, found: str, values: Sequence[Any], columns: Sequence[str]) -> Counts:
        return _counts(self, found, values, columns)

    def rollback(self) -> None:
        """Parquet files do not change under a reader."""

    def having(self, words: str) -> tuple[str, list[Any]]:
        return _containing(words)


def _containing(words: str) -> tuple[str, list[Any]]:
    """What FTS5's trigrams find, without an index: the words anywhere, whatever their case."""
    pattern = f"%{words.translate(_CLEARS_WORDS)}%"
    anywhere = " OR ".join(f"{column} ILIKE ? ESCAPE '\\'" for column in _SEARCHED)
    return f"SELECT f.* FROM facts f JOIN articles a ON a.id = f.article_id WHERE {anywhere}", [pattern] * len(_SEARCHED)


def _counts(source: Source, found: str, values: Sequence[Any], columns: Sequence[str]) -> Counts:
    groups = " UNION ALL ".join(
        f"SELECT '{name}' AS name, CAST({name} AS TEXT) AS value, count(*) AS count FROM found GROUP BY {name}" for name in columns
    )
    counts: Counts = {name: [] for name in columns}
    for row in source.rows(f"WITH found AS MATERIALIZED ({found}) {groups}", values):
        counts[row["name"]].append((row["value"], row["count"]))
    return counts


def _finding(words: Sequence[str]) -> Finding:
    if not words:
        return Finding("hits", "", [], "hits.id")
    conditions = " AND ".join("hit_words.words LIKE ? ESCAPE '\\'" for _ in words)
    return Finding("hits JOIN hit_words ON hit_words.id = hits.id", conditions, [f"%{word.translate(_CLEARS_WORDS)}%" for word in words], "hits.id")


def _open_sqlite(folder: Path) -> sqlite3.Connection:
    file = folder / DATABASE
    if not file.is_file():
        raise QueryError(f"{folder}: holds no {DATABASE}: make one with `extractor build RUN -o {folder}`")
    database = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True, check_same_thread=False)
    try:
        stored = dict(database.execute("SELECT key, value FROM about"))
    except sqlite3.DatabaseError as error:
        database.close()
        raise QueryError(f"{file}: is no dataset: {error}") from error
    if stored.get("format") != FORMAT:
        database.close()
        raise QueryError(f"{file}: is of format {stored.get('format')}, this version reads {FORMAT}: build it again")
    database.execute("PRAGMA query_only = ON")
    database.execute(f"PRAGMA cache_size = -{_CACHE}")
    # ATTACH would open, or make, any file there is.
    database.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
    return database


@contextmanager
def _open_parquet(folder: Path, most_seconds: float) -> Iterator[Source]:
    try:
        import duckdb
    except ImportError as error:
        raise QueryError(f"{folder}: holds Parquet only; DuckDB reads it: pip install 'health-news-extractor[duckdb]'") from error
    with closing(duckdb.connect()) as connection:
        try:
            for table in TABLES:
                file = str(folder / f"{table}.parquet").replace("'", "''")
                connection.execute(f"CREATE VIEW {table} AS SELECT * FROM read_parquet('{file}')")
        except duckdb.Error as error:
            raise QueryError(f"{folder}: is no dataset: {error}") from error
        connection.execute(f"SET allowed_directories = [{str(folder.resolve())!r}]")
        connection.execute("SET enable_external_access = false")
        yield _Parquet(connection, most_seconds)

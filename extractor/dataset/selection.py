"""Questions to a dataset: filters over its tables, or SQL that can only read."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.dataset.tables import DATABASE, FORMAT, TABLES

_MOST_STEPS = 2_000_000_000
"""SQLite's virtual machine instructions for one query, minutes of them."""
_STEP = 1_000_000


class QueryError(ValueError):
    """The question can't be answered; says why."""


@dataclass(frozen=True)
class Filters:
    """What rows to give; None for any."""

    kind: str | None = None
    indicator: str | None = None
    place: str | None = None
    """A place and all that lies in it: `VN` has `VN-02`."""
    period: str | None = None
    """A period and all that begins like it: `2025` has `2025-06`."""
    min_confidence: float | None = None
    min_sources: int | None = None
    search: str | None = None
    """Words in evidence, label or title, of three letters at least."""
    limit: int = 100


def query(folder: Path, table: str, filters: Filters) -> list[dict[str, Any]]:
    """Rows of a table, surest first where it has a confidence. Raises QueryError for a filter that the table has no column for."""
    with closing(_open(folder)) as database:
        if table not in TABLES:
            raise QueryError(f"no table {table!r}: there are {', '.join(TABLES)}")
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        where, values = _conditions(table, columns, filters)
        order = "confidence DESC, id" if "confidence" in columns else "rowid" if "id" in columns else "1"
        sql = f"SELECT * FROM {table}{' WHERE ' if where else ''}{' AND '.join(where)} ORDER BY {order} LIMIT ?"
        return _rows(database, sql, (*values, filters.limit))


def query_sql(folder: Path, sql: str, limit: int = 100) -> list[dict[str, Any]]:
    """Rows of one SELECT. The database is opened for reading only. Raises QueryError."""
    with closing(_open(folder)) as database:
        return _rows(database, sql, (), limit)


def _open(folder: Path) -> sqlite3.Connection:
    file = folder / DATABASE
    if not file.is_file():
        raise QueryError(f"{folder}: holds no {DATABASE}: make one with `extractor build RUN -o {folder}`")
    database = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    try:
        stored = dict(database.execute("SELECT key, value FROM about"))
    except sqlite3.DatabaseError as error:
        database.close()
        raise QueryError(f"{file}: is no dataset: {error}") from error
    if stored.get("format") != FORMAT:
        database.close()
        raise QueryError(f"{file}: is of format {stored.get('format')}, this version reads {FORMAT}: build it again")
    steps = iter(range(_MOST_STEPS // _STEP))
    database.set_progress_handler(lambda: next(steps, None) is None, _STEP)
    database.execute("PRAGMA query_only = ON")
    return database


def _conditions(table: str, columns: list[str], filters: Filters) -> tuple[list[str], list[Any]]:
    asked = (
        ("kind", "kind = ?", (filters.kind,)),
        ("indicator", "indicator = ?", (filters.indicator,)),
        ("place", "(place = ? OR substr(place, 1, ?) = ?)", _within(filters.place, "-")),
        ("period", "substr(period, 1, ?) = ?", _within(filters.period, "")[1:]),
        ("confidence", "confidence >= ?", (filters.min_confidence,)),
        ("sources", "sources >= ?", (filters.min_sources,)),
    )
    where: list[str] = []
    values: list[Any] = []
    for column, condition, parameters in asked:
        if parameters and parameters[-1] is not None:
            if column not in columns:
                raise QueryError(f"{table} have no {column}")
            where.append(condition)
            values += parameters
    if filters.search is not None:
        if len(filters.search.strip()) < 3:
            raise QueryError("search for three letters at least")
        key = {"facts": "id", "observations": "observation_id", "documents": "document_id", "articles": "article_id"}.get(table)
        if key is None:
            raise QueryError(f"{table} can't be searched: facts, observations, documents and articles can")
        where.append(f"id IN (SELECT f.{key} FROM search s JOIN facts f ON f.id = s.fact_id WHERE search MATCH ?)")
        values.append('"' + filters.search.strip().replace('"', '""') + '"')
    return where, values


def _within(value: str | None, separator: str) -> tuple[Any, ...]:
    return (value, len(value) + len(separator), value + separator) if value is not None else ()


def _rows(database: sqlite3.Connection, sql: str, values: tuple[Any, ...], limit: int | None = None) -> list[dict[str, Any]]:
    try:
        cursor = database.execute(sql, values)
        if cursor.description is None:
            raise QueryError("only queries that give rows: SELECT …")
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in (cursor.fetchall() if limit is None else cursor.fetchmany(limit))]
    except sqlite3.Error as error:
        told = "takes too long: ask for less" if str(error) == "interrupted" else str(error)
        raise QueryError(told) from error
    except sqlite3.Warning as error:
        raise QueryError(str(error)) from error

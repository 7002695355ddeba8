"""Questions to a dataset: filters over its tables, or SQL that can only read. The same rows from SQLite, PostgreSQL and Parquet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.dataset.sources import QueryError, Rows, Source, open_source
from extractor.dataset.tables import TABLES

ALL_ROWS = 2**31 - 1
"""A limit that every database takes, and that no table comes near."""
_SEARCHED = {"facts": "id", "observations": "observation_id", "documents": "document_id", "articles": "article_id"}
"""Table → the column of a fact that is its key."""

_PLACE = "({predecessors}place = ? OR area = ? OR substr(place, 1, {:d}) = ?)"
_PREDECESSORS = "area IN (SELECT p.id FROM places p JOIN places s ON s.id = p.successor WHERE s.id = ? OR s.code = ?) OR "


@dataclass(frozen=True)
class Filters:
    """What rows to give; None for any."""

    kind: str | None = None
    indicator: str | None = None
    place: str | None = None
    """A place and all that lies in it: `VN` has `VN-02`; or an area of `places`: `VN-02@2025` is the province since it was merged with others."""
    period: str | None = None
    """A period and all that begins like it: `2025` has `2025-06`."""
    min_confidence: float | None = None
    min_sources: int | None = None
    search: str | None = None
    """Words in evidence, label or title, of three letters at least."""
    limit: int = 100
    with_predecessors: bool = False
    """Also the areas that were merged into the place: with `VN-02` those of Yên Bái, `VN-06`."""


def query(place: str | Path, table: str, filters: Filters) -> Rows:
    """Rows of a table of a dataset's folder or PostgreSQL database, surest first where it has a confidence, else by key.

    Raises QueryError for a filter that the table has no column for.
    """
    if table not in TABLES:
        raise QueryError(f"no table {table!r}: there are {', '.join(TABLES)}")
    with open_source(place) as source:
        columns = source.columns(table)
        where, values = _conditions(source, table, columns, filters)
        order = "confidence DESC, id" if "confidence" in columns else ", ".join(TABLES[table])
        sql = f"SELECT * FROM {table}{' WHERE ' if where else ''}{' AND '.join(where)} ORDER BY {order} LIMIT {min(filters.limit, ALL_ROWS):d}"
        return source.rows(sql, values)


def query_sql(place: str | Path, sql: str, limit: int | None = 100) -> Rows:
    """Rows of one SELECT, all of them where there is no limit. The database is opened for reading only. Raises QueryError."""
    with open_source(place) as source:
        return source.rows(sql, (), None if limit is None else min(limit, ALL_ROWS))


def _conditions(source: Source, table: str, columns: list[str], filters: Filters) -> tuple[list[str], list[Any]]:
    asked = (
        ("kind", "kind = ?", (filters.kind,)),
        ("indicator", "indicator = ?", (filters.indicator,)),
        ("area", _PLACE, _places(filters)),
        ("period", "substr(period, 1, {:d}) = ?", _within(filters.period, "")[1:]),
        ("confidence", "confidence >= ?", (filters.min_confidence,)),
        ("sources", "sources >= ?", (filters.min_sources,)),
    )
    where: list[str] = []
    values: list[Any] = []
    for column, condition, parameters in asked:
        if parameters and parameters[-1] is not None:
            if column not in columns:
                raise QueryError(f"{table} have no {column}")
            where.append(condition.format(len(str(parameters[-1])), predecessors=_PREDECESSORS if filters.with_predecessors else ""))
            values += parameters
    if filters.search is not None:
        if len(filters.search.strip()) < 3:
            raise QueryError("search for three letters at least")
        key = _SEARCHED.get(table)
        if key is None:
            raise QueryError(f"{table} can't be searched: facts, observations, documents and articles can")
        matching, words = source.having(filters.search.strip())
        where.append(f"id IN (SELECT matching.{key} FROM ({matching}) matching)")
        values += words
    return where, values


def _places(filters: Filters) -> tuple[Any, ...]:
    if filters.with_predecessors and filters.place is None:
        raise QueryError("predecessors of which place? Give one: VN-02")
    if filters.place is None:
        return ()
    asked = (filters.place, filters.place)
    return (*(asked if filters.with_predecessors else ()), *asked, f"{filters.place}-")


def _within(value: str | None, separator: str) -> tuple[Any, ...]:
    """The value itself, and what all that lies in it begins with."""
    return (value, value + separator) if value is not None else ()

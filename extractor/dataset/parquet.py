"""Tables as Parquet and CSV, sorted, so that the same rows give the same bytes; from the files of before where only some rows are other."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from extractor.dataset.tables import SORTED
from extractor.writers.files import FORMULA_SIGNS

_TYPES = {"TEXT": pa.string(), "REAL": pa.float64(), "INTEGER": pa.int64()}
_ROWS = 10_000
"""Of a row group."""
_MOST_VALUES = 500
"""In one question."""


def columns(database: sqlite3.Connection, table: str) -> dict[str, str]:
    """Names and SQL types of a table's columns."""
    return {row[1]: row[2] for row in database.execute(f"PRAGMA table_info({table})")}


def write_parquet(database: sqlite3.Connection, table: str, file: Path) -> None:
    """All rows of a table. Raises OSError."""
    schema = _schema(database, table)
    rows = database.execute(f"SELECT * FROM {table} ORDER BY {', '.join(SORTED[table])}")
    with pq.ParquetWriter(file, schema) as writer:
        while batch := rows.fetchmany(_ROWS):
            writer.write_table(_arrow(batch, schema))


def update_parquet(database: sqlite3.Connection, table: str, file: Path, before: Path, units: Sequence[str | int]) -> None:
    """The same bytes as `write_parquet`, from the file of before and the rows that have one of some units. Raises OSError, pyarrow.ArrowException."""
    schema = _schema(database, table)
    unit = SORTED[table][0]
    changed = pa.array(units, schema.field(unit).type)
    rows = _Ahead(_rows_of(database, table, units), schema, schema.get_field_index(unit))
    with pq.ParquetWriter(file, schema) as writer, pq.ParquetFile(before) as old:
        groups = _Groups(writer, schema)
        for batch in old.iter_batches(_ROWS):
            kept = pa.Table.from_batches([batch], schema)
            last = kept[unit][-1].as_py()
            other = pc.is_in(kept[unit], changed)
            if pc.any(other).as_py():
                kept = kept.filter(pc.invert(other))
            new = rows.up_to(last)
            if new.num_rows:
                kept = pa.concat_tables([kept, new])
                kept = kept.take(pc.sort_indices(kept[unit]))
            groups.add(kept)
        for new in rows.rest():
            groups.add(new)
        groups.close()


def write_csv(parquet: Path, file: Path) -> None:
    """The rows of a Parquet file; text that a spreadsheet would run has an apostrophe before it. Raises OSError."""
    with pq.ParquetFile(parquet) as source, file.open("wb") as stream:
        schema = source.schema_arrow
        stream.write(",".join(schema.names).encode() + b"\n")
        with pa_csv.CSVWriter(stream, schema, write_options=pa_csv.WriteOptions(include_header=False)) as writer:
            for batch in source.iter_batches(_ROWS):
                writer.write_batch(pa.RecordBatch.from_arrays([_safe(column) for column in batch.columns], schema=schema))


def _rows_of(database: sqlite3.Connection, table: str, units: Sequence[str | int]) -> Iterator[Sequence[Any]]:
    """Those that have one of some units, which are sorted."""
    unit, *order = SORTED[table]
    for first in range(0, len(units), _MOST_VALUES):
        some = units[first : first + _MOST_VALUES]
        slots = ", ".join("?" * len(some))
        yield from database.execute(f"SELECT * FROM {table} WHERE {unit} IN ({slots}) ORDER BY {', '.join((unit, *order))}", some).fetchall()


class _Ahead:
    """Sorted rows, taken as far as a unit."""

    def __init__(self, rows: Iterator[Sequence[Any]], schema: pa.Schema, unit: int) -> None:
        self._rows, self._schema, self._unit = rows, schema, unit
        self._next = next(rows, None)

    def up_to(self, last: str | int) -> pa.Table:
        """All rows up to those of a unit, with it."""
        taken = []
        while self._next is not None and self._next[self._unit] <= last:
            taken.append(self._next)
            self._next = next(self._rows, None)
        return _arrow(taken, self._schema)

    def rest(self) -> Iterator[pa.Table]:
        """What is left, some at a time."""
        while self._next is not None:
            taken = [self._next, *islice(self._rows, _ROWS - 1)]
            self._next = next(self._rows, None)
            yield _arrow(taken, self._schema)


class _Groups:
    """Writes rows that come in any portions in row groups of one size, each in one piece: how they came leaves no trace in the bytes."""

    def __init__(self, writer: pq.ParquetWriter, schema: pa.Schema) -> None:
        self._writer = writer
        self._waiting = schema.empty_table()

    def add(self, table: pa.Table) -> None:
        self._waiting = pa.concat_tables([self._waiting, table])
        while self._waiting.num_rows >= _ROWS:
            self._write(self._waiting.slice(0, _ROWS))
            self._waiting = self._waiting.slice(_ROWS)

    def close(self) -> None:
        if self._waiting.num_rows:
            self._write(self._waiting)

    def _write(self, table: pa.Table) -> None:
        self._writer.write_table(table.combine_chunks())


def _schema(database: sqlite3.Connection, table: str) -> pa.Schema:
    return pa.schema([(name, _TYPES[kind]) for name, kind in columns(database, table).items()])


def _arrow(rows: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.Table:
    if not rows:
        return schema.empty_table()
    return pa.Table.from_arrays([pa.array(column, type_) for column, type_ in zip(zip(*rows, strict=True), schema.types, strict=True)], schema=schema)


def _safe(column: pa.Array) -> pa.Array:
    """As `safe_cell` does it, for a column."""
    if not pa.types.is_string(column.type):
        return column
    formula = pc.and_(pc.match_substring_regex(column, f"^[{''.join(FORMULA_SIGNS)}]".replace("-", r"\-")), pc.not_equal(column, "="))
    return pc.if_else(formula, pc.binary_join_element_wise("'", column, ""), column)

"""A table's Parquet file from the one of before and from the rows that are other, which are put beside: no database is needed for it."""

from __future__ import annotations

import sqlite3
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extractor.dataset.parquet import ROWS, arrow_of, open_table, schema_of
from extractor.dataset.tables import SORTED

_MOST_VALUES = 500
"""In one question."""


@dataclass(frozen=True)
class Changed:
    """What is other in a table."""

    unit: str
    """The column that tells which rows are written anew together."""
    units: pa.Array
    """Its values in rows that came, went or were written, sorted."""
    rows: Path
    """All rows that have one of them now, sorted, as a stream of Arrow's."""


def put_beside(database: sqlite3.Connection, table: str, units: Sequence[str | int], file: Path) -> Changed:
    """Write the rows that have one of some units, which are sorted, to a file. Raises OSError."""
    unit, *order = SORTED[table]
    schema = schema_of(database, table)
    rows = _rows_of(database, table, (unit, *order), units)
    with pa.OSFile(str(file), "wb") as sink, pa.ipc.new_stream(sink, schema) as writer:
        while some := list(islice(rows, ROWS)):
            writer.write_table(arrow_of(some, schema))
    return Changed(unit, pa.array(units, schema.field(unit).type), file)


def _rows_of(database: sqlite3.Connection, table: str, order: Sequence[str], units: Sequence[str | int]) -> Iterator[Sequence[Any]]:
    for first in range(0, len(units), _MOST_VALUES):
        some = units[first : first + _MOST_VALUES]
        slots = ", ".join("?" * len(some))
        yield from database.execute(f"SELECT * FROM {table} WHERE {order[0]} IN ({slots}) ORDER BY {', '.join(order)}", some).fetchall()


def merge_table(before: Path, changed: Changed, file: Path, *, text: bool) -> None:
    """The same bytes as `write_table` would write. Raises OSError, pyarrow.ArrowException."""
    unit = changed.unit
    with pa.OSFile(str(changed.rows)) as source, pa.ipc.open_stream(source) as rows, pq.ParquetFile(before) as old:
        ahead = _Ahead(rows, unit)
        with open_table(file, rows.schema, text=text) as write:
            groups = _Groups(write, rows.schema)
            for batch in old.iter_batches(ROWS):
                kept = pa.Table.from_batches([batch], rows.schema)
                last = kept[unit][-1].as_py()
                other = pc.is_in(kept[unit], changed.units)
                if pc.any(other).as_py():
                    kept = kept.filter(pc.invert(other))
                new = ahead.up_to(last)
                if new.num_rows:
                    kept = pa.concat_tables([kept, new])
                    kept = kept.take(pc.sort_indices(kept[unit]))
                groups.add(kept)
            for batch in ahead.rest():
                groups.add(pa.Table.from_batches([batch]))
            groups.close()


class _Ahead:
    """Sorted rows, taken as far as a unit."""

    def __init__(self, rows: pa.RecordBatchReader, unit: str) -> None:
        self._rows, self._unit = rows, unit
        self._next: pa.RecordBatch | None = None
        self._units: Sequence[str | int] = ()
        self._advance()

    def _advance(self) -> None:
        self._next = next(self._rows, None)
        self._units = self._next.column(self._unit).to_pylist() if self._next is not None else ()

    def up_to(self, last: str | int) -> pa.Table:
        """All rows up to those of a unit, with it."""
        taken = []
        while self._next is not None:
            count = bisect_right(self._units, last)
            taken.append(self._next.slice(0, count))
            if count < len(self._units):
                self._next, self._units = self._next.slice(count), self._units[count:]
                break
            self._advance()
        return pa.Table.from_batches(taken, self._rows.schema)

    def rest(self) -> Iterator[pa.RecordBatch]:
        """What is left, some at a time."""
        while self._next is not None:
            yield self._next
            self._advance()


class _Groups:
    """Writes rows that come in any portions in row groups of one size, each in one piece: how they came leaves no trace in the bytes."""

    def __init__(self, write: Callable[[pa.Table], None], schema: pa.Schema) -> None:
        self._write = write
        self._waiting = schema.empty_table()

    def add(self, table: pa.Table) -> None:
        self._waiting = pa.concat_tables([self._waiting, table])
        while self._waiting.num_rows >= ROWS:
            self._write(self._waiting.slice(0, ROWS).combine_chunks())
            self._waiting = self._waiting.slice(ROWS)

    def close(self) -> None:
        if self._waiting.num_rows:
            self._write(self._waiting.combine_chunks())

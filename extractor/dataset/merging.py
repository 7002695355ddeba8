"""A table's Parquet file from the one of before and from the rows that are other, which are put beside: no database is needed for it."""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from extractor.dataset.parquet import ROWS, arrow_of, open_table, schema_of
from extractor.dataset.tables import SORTED

_MOST_VALUES = 500
"""In one question."""
_MOST_PIECES = 32
"""Of a row group; where there are more, to copy its rows one by one takes less time than to put pieces together."""


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
        ahead, units = _Ahead(rows, unit), changed.units.to_pylist()
        with open_table(file, rows.schema, text=text) as write:
            groups = _Groups(write, rows.schema)
            for batch in old.iter_batches(ROWS):
                first, last = batch.column(unit)[0].as_py(), batch.column(unit)[-1].as_py()
                begin = bisect_left(units, first)
                other = changed.units.slice(begin, bisect_right(units, last) - begin)
                for piece in _merged(pa.Table.from_batches([batch], rows.schema), ahead.up_to(last), unit, other):
                    groups.add(piece)
            for batch in ahead.rest():
                groups.add(pa.Table.from_batches([batch]))
            groups.close()


def _merged(old: pa.Table, new: pa.Table, unit: str, changed: pa.Array) -> Iterator[pa.Table]:
    """Old rows but those of units that changed, and new ones, in the order of their units; as pieces of both, which costs no copy."""
    stays = np.flatnonzero(~np.asarray(pc.is_in(old[unit], changed)))
    if len(stays) == old.num_rows and not new.num_rows:
        yield old
        return
    both = pa.concat_tables([old, new])
    order = np.concatenate([stays, np.arange(old.num_rows, both.num_rows)])
    order = order[np.asarray(pc.sort_indices(both[unit].take(order)))]
    ends = np.flatnonzero(np.diff(order) != 1) + 1
    if len(ends) > _MOST_PIECES:
        yield both.take(order)
        return
    for first, end in zip([0, *ends], [*ends, len(order)], strict=True):
        if first < end:
            yield both.slice(order[first], end - first)


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
        self._waiting, self._rows = [schema.empty_table()], 0

    def add(self, table: pa.Table) -> None:
        self._waiting.append(table)
        self._rows += table.num_rows
        if self._rows >= ROWS:
            waiting = pa.concat_tables(self._waiting)
            whole = waiting.num_rows // ROWS * ROWS
            for first in range(0, whole, ROWS):
                self._write(waiting.slice(first, ROWS).combine_chunks())
            self._waiting, self._rows = [waiting.slice(whole)], waiting.num_rows - whole

    def close(self) -> None:
        if self._rows:
            self._write(pa.concat_tables(self._waiting).combine_chunks())

"""Tables as Parquet and CSV, sorted, so that the same rows give the same bytes."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from extractor.dataset.tables import SORTED
from extractor.writers.files import FORMULA_SIGNS

_TYPES = {"TEXT": pa.string(), "REAL": pa.float64(), "INTEGER": pa.int64()}
ROWS = 10_000
"""Of a row group."""
_BEGINS_FORMULA = np.isin(np.arange(256), [ord(sign) for sign in FORMULA_SIGNS])
_UNIQUE = frozenset(("id", "observation_id", "series", "detail", "facts", "text", "words"))
"""Columns whose values are seldom the same. A dictionary of them would take time, and a tenth more room."""
_FORMULA = f"^[{''.join(FORMULA_SIGNS)}]".replace("-", r"\-")


def columns(database: sqlite3.Connection, table: str) -> dict[str, str]:
    """Names and SQL types of a table's columns."""
    return {row[1]: row[2] for row in database.execute(f"PRAGMA table_info({table})")}


def write_table(database: sqlite3.Connection, table: str, file: Path, *, text: bool) -> None:
    """All rows of a table. Raises OSError."""
    schema = schema_of(database, table)
    rows = database.execute(f"SELECT * FROM {table} ORDER BY {', '.join(SORTED[table])}")
    with open_table(file, schema, text=text) as write:
        while batch := rows.fetchmany(ROWS):
            write(arrow_of(batch, schema))


@contextmanager
def open_table(file: Path, schema: pa.Schema, *, text: bool) -> Iterator[Callable[[pa.Table], None]]:
    """What writes row groups to a Parquet file, and as `text` to a CSV file beside it. Raises OSError."""
    repeated = [name for name in schema.names if name not in _UNIQUE]
    csv_file = _open_csv(file.with_suffix(".csv"), schema) if text else nullcontext()
    with pq.ParquetWriter(file, schema, use_dictionary=repeated) as parquet, csv_file as csv:

        def write(group: pa.Table) -> None:
            parquet.write_table(group)
            if csv is not None:
                csv.write_table(pa.Table.from_arrays([_safe(column) for column in group.columns], schema=schema))

        yield write


@contextmanager
def _open_csv(file: Path, schema: pa.Schema) -> Iterator[pa_csv.CSVWriter]:
    with file.open("wb") as stream:
        stream.write(",".join(schema.names).encode() + b"\n")
        with pa_csv.CSVWriter(stream, schema, write_options=pa_csv.WriteOptions(include_header=False)) as writer:
            yield writer


def schema_of(database: sqlite3.Connection, table: str) -> pa.Schema:
    """Of a table's file."""
    return pa.schema([(name, _TYPES[kind]) for name, kind in columns(database, table).items()])


def arrow_of(rows: Sequence[Sequence[Any]], schema: pa.Schema) -> pa.Table:
    """Rows of SQLite's, one at least."""
    return pa.Table.from_arrays([pa.array(column, type_) for column, type_ in zip(zip(*rows, strict=True), schema.types, strict=True)], schema=schema)


def _safe(column: pa.ChunkedArray) -> pa.ChunkedArray:
    """As `safe_cell` does it, for a column: text that a spreadsheet would run has an apostrophe before it."""
    if not pa.types.is_string(column.type) or not any(map(_may_have_formulas, column.chunks)):
        return column
    formula = pc.and_(pc.match_substring_regex(column, _FORMULA), pc.not_equal(column, "="))
    return pc.if_else(formula, pc.binary_join_element_wise("'", column, ""), column)


def _may_have_formulas(column: pa.StringArray) -> bool:
    """Whether a text begins with one of their signs. By its first byte: to look at each by the pattern took a fifth of the time of a CSV file."""
    _, offsets, texts = column.buffers()
    if texts is None or not texts.size:
        return False
    places = np.frombuffer(offsets, np.int32)[column.offset : column.offset + len(column) + 1]
    starts = places[:-1][places[1:] > places[:-1]]
    return bool(_BEGINS_FORMULA[np.frombuffer(texts, np.uint8)[starts]].any())

"""Files that appear whole: written beside their place under another name, then moved into it."""

from __future__ import annotations

import csv
import errno
import json
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Protocol

from extractor.schema import Extraction
from extractor.tables import COLUMNS, INTEGER, NUMERIC, rows

if TYPE_CHECKING:
    import pyarrow as pa

_BATCH_ROWS = 10_000
FORMULA_SIGNS = ("=", "+", "-", "@", "\t", "\r")


class UnknownFormatError(ValueError):
    """The output's name ends in nothing that can be written."""


class Writer(Protocol):
    """Takes extractions one by one."""

    def write(self, extraction: Extraction) -> None: ...


@contextmanager
def open_writer(output: str) -> Iterator[Writer]:
    """A writer for a path by its suffix (.jsonl, .csv, .parquet), or JSON Lines to standard output for `-`.

    The file appears only when all went well. Raises UnknownFormatError for another suffix, OSError where it can't be written.
    """
    if output == "-":
        yield _JsonLines(sys.stdout)
        return
    path = Path(output)
    kinds = {".jsonl": _open_lines, ".ndjson": _open_lines, ".csv": _open_csv, ".parquet": _open_parquet}
    kind = kinds.get(path.suffix.lower())
    if kind is None:
        raise UnknownFormatError(f"{output}: can write .jsonl, .csv and .parquet, not {path.suffix or 'a name without suffix'}")
    with whole_file(path) as unfinished, kind(unfinished) as writer:
        yield writer


@contextmanager
def whole_file(path: Path) -> Iterator[str]:
    """Name of a file to write, which takes the path's place when all went well. Raises OSError at once where it can't."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, unfinished = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    os.close(handle)
    try:
        yield unfinished
        os.chmod(unfinished, 0o666 & ~_umask())
        os.replace(unfinished, path)
    except BaseException:
        Path(unfinished).unlink(missing_ok=True)
        raise


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


class _JsonLines:
    def __init__(self, stream: IO[str]) -> None:
        self._stream = stream

    def write(self, extraction: Extraction) -> None:
        self._stream.write(json.dumps(extraction.to_dict(), ensure_ascii=False) + "\n")


@contextmanager
def _open_lines(path: str) -> Iterator[Writer]:
    with open(path, "w", encoding="utf-8", newline="\n") as stream:
        yield _JsonLines(stream)


class _Csv:
    def __init__(self, stream: IO[str]) -> None:
        self._writer = csv.DictWriter(stream, COLUMNS)
        self._writer.writeheader()

    def write(self, extraction: Extraction) -> None:
        for row in rows(extraction):
            self._writer.writerow({name: safe_cell(value) for name, value in row.items()})


def safe_cell(value: Any) -> Any:
    """Text that a spreadsheet would run as a formula gets an apostrophe before it; the comparator `=` alone is none."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA_SIGNS) and value != "=" else value


@contextmanager
def _open_csv(path: str) -> Iterator[Writer]:
    with open(path, "w", encoding="utf-8", newline="") as stream:
        yield _Csv(stream)


class _Parquet:
    """Collects rows and writes them in batches, so that memory stays flat."""

    def __init__(self, path: str) -> None:
        import pyarrow.parquet as pq

        self._schema = _arrow_schema()
        self._writer = pq.ParquetWriter(path, self._schema)
        self._rows: list[dict[str, Any]] = []

    def write(self, extraction: Extraction) -> None:
        self._rows.extend(rows(extraction))
        if len(self._rows) >= _BATCH_ROWS:
            self._flush()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        import pyarrow as pa

        self._writer.write_table(pa.Table.from_pylist(self._rows, schema=self._schema))
        self._rows = []


def _arrow_schema() -> pa.Schema:
    import pyarrow as pa

    return pa.schema([(name, pa.float64() if name in NUMERIC else pa.int64() if name in INTEGER else pa.string()) for name in COLUMNS])


@contextmanager
def _open_parquet(path: str) -> Iterator[Writer]:
    writer = _Parquet(path)
    try:
        yield writer
    finally:
        writer.close()

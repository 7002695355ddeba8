"""Tables with an article in each row: CSV, TSV and Parquet, in batches."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, BinaryIO

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.article import Article
from extractor.readers.decoding import DecodingError, encoding_of
from extractor.readers.problem import LONGEST_LINE, LONGEST_RAW, LONGEST_TEXT, Problem
from extractor.readers.records import Fields, problem_of, to_article

_SAMPLE = 1 << 16
_DELIMITERS = ",;\t|"
_LINE_END = re.compile(rb"[\r\n]")
_BATCH_ROWS = 64


def is_table(start: bytes, fields: Fields) -> bool:
    """Whether a file without a telling name begins with a table's header: several columns, one of them the text's."""
    line = _LINE_END.split(start, 1)[0].decode("utf-8", "replace")
    header = next(csv.reader([line], delimiter=_delimiter(line)), [])
    return len(header) > 1 and any(name in fields.text for name in header)


def read_csv(stream: io.BufferedReader[Any], source: str, fields: Fields) -> Iterator[Article | Problem]:
    """Rows under a header; comma, semicolon, tab or bar, whichever the header has most of."""
    try:
        encoding = encoding_of(stream.peek(_SAMPLE)[:_SAMPLE])
    except DecodingError as error:
        yield Problem(source, str(error))
        return
    text = io.TextIOWrapper(stream, encoding=encoding, errors="replace", newline="")
    header_line = text.readline(LONGEST_LINE)
    delimiter = _delimiter(header_line)
    header = next(csv.reader([header_line], delimiter=delimiter), [])
    csv.field_size_limit(LONGEST_TEXT + 1)
    rows = csv.reader(iter(lambda: text.readline(LONGEST_LINE), ""), delimiter=delimiter)
    number = 0
    while True:
        number += 1
        try:
            row = next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield Problem(source, f"is no row of the table: {error}", number)
            continue
        if any(row):
            yield _row_article(dict(zip(header, row, strict=False)), source, number, fields)


def _delimiter(header: str) -> str:
    return max(_DELIMITERS, key=header.count)


def read_parquet(stream: BinaryIO, source: str, fields: Fields) -> Iterator[Article | Problem]:
    """Rows of the columns that are an article's, some at a time."""
    try:
        table = pq.ParquetFile(stream)
        columns = [name for name in table.schema_arrow.names if name in fields.names]
        number = 0
        for batch in table.iter_batches(batch_size=_BATCH_ROWS, columns=columns):
            for row in _rows(batch):
                number += 1
                if isinstance(row, str):
                    yield Problem(source, row, number)
                else:
                    yield _row_article(row, source, number, fields)
    except (pa.ArrowException, OSError) as error:
        yield Problem(source, f"is no Parquet that can be read: {str(error).splitlines()[0]}")


def _rows(batch: pa.RecordBatch) -> Iterator[dict[str, Any] | str]:
    """The rows of a batch; of one that has no such value as its column says, what is wrong."""
    try:
        yield from batch.to_pylist()
    except (ValueError, OverflowError):  # found before the first row is given
        for at in range(batch.num_rows):
            try:
                yield from batch.slice(at, 1).to_pylist()
            except (ValueError, OverflowError) as error:
                yield f"can't be read: {error}"


def _row_article(row: Mapping[str, Any], source: str, number: int, fields: Fields) -> Article | Problem:
    article = to_article(row, source, number, fields)
    return problem_of(article, source, number, _raw(row)) if isinstance(article, str) else article


def _raw(row: Mapping[str, Any]) -> str | None:
    raw = json.dumps(row, ensure_ascii=False, default=str)
    return raw if len(raw) <= LONGEST_RAW else None

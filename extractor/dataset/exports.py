"""The dataset's tables as files for other tools: Parquet, CSV with a data package, and what Datasette shows of the database."""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from importlib import resources
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from extractor.dataset.tables import TABLES
from extractor.writers.files import safe_cell

CSV = ("observations", "documents", "clusters", "pairs", "checks")
_ARROW = {"TEXT": pa.string(), "REAL": pa.float64(), "INTEGER": pa.int64()}
_FRICTIONLESS = {"TEXT": "string", "REAL": "number", "INTEGER": "integer"}
_BATCH = 10_000
_FACETS = {
    "observations": ["indicator", "place", "kind", "unit"],
    "facts": ["kind", "indicator", "place"],
    "documents": ["type", "issuer", "jurisdiction"],
    "articles": ["language", "publisher"],
    "pairs": ["reached"],
    "checks": ["kind", "holds"],
}


def export(database: sqlite3.Connection, folder: Path) -> None:
    """Write all of it beside the database. Raises OSError."""
    for table in TABLES:
        _write_parquet(database, table, folder / f"{table}.parquet")
    for table in CSV:
        _write_csv(database, table, folder / f"{table}.csv")
    _write_json(folder / "datapackage.json", _data_package(database))
    _write_json(folder / "metadata.json", _datasette_metadata(database))


def _columns(database: sqlite3.Connection, table: str) -> dict[str, str]:
    """Names and SQL types of a table's columns."""
    return {row[1]: row[2] for row in database.execute(f"PRAGMA table_info({table})")}


def _write_parquet(database: sqlite3.Connection, table: str, file: Path) -> None:
    schema = pa.schema([(name, _ARROW[kind]) for name, kind in _columns(database, table).items()])
    rows = database.execute(f"SELECT * FROM {table}")
    with pq.ParquetWriter(file, schema) as writer:
        while batch := rows.fetchmany(_BATCH):
            columns = list(zip(*batch, strict=True))
            writer.write_table(
                pa.Table.from_arrays([pa.array(column, type_) for column, type_ in zip(columns, schema.types, strict=True)], schema=schema)
            )


def _write_csv(database: sqlite3.Connection, table: str, file: Path) -> None:
    with file.open("w", encoding="utf-8", newline="", errors="replace") as stream:
        writer = csv.writer(stream)
        writer.writerow(_columns(database, table))
        writer.writerows([safe_cell(value) for value in row] for row in database.execute(f"SELECT * FROM {table}"))


def _data_package(database: sqlite3.Connection) -> dict[str, Any]:
    """A Frictionless data package: https://specs.frictionlessdata.io/data-package/."""
    return {
        "name": "health-news",
        "profile": "tabular-data-package",
        "resources": [
            {
                "name": table,
                "path": f"{table}.csv",
                "profile": "tabular-data-resource",
                "encoding": "utf-8",
                "schema": {
                    "fields": [{"name": name, "type": _FRICTIONLESS[kind]} for name, kind in _columns(database, table).items()],
                    "missingValues": [""],
                },
            }
            for table in CSV
        ],
    }


def _datasette_metadata(database: sqlite3.Connection) -> dict[str, Any]:
    """Descriptions from the comments of schema.sql, and facets: https://docs.datasette.io/en/stable/metadata.html."""
    tables = {
        table: {
            "description": _comment(rf"CREATE TABLE {table} \(\s*-- (.*)"),
            "columns": {name: comment for name in _columns(database, table) if (comment := _comment(rf"\n  {name} [^\n]*?-- (.*)"))},
            "facets": _FACETS.get(table, []),
        }
        for table in TABLES
    }
    return {"title": "Health figures in the news", "databases": {"dataset": {"tables": tables}}}


def _comment(pattern: str) -> str:
    found = re.search(pattern, resources.files("extractor.dataset").joinpath("schema.sql").read_text(encoding="utf-8"))
    return found[1].strip() if found else ""


def _write_json(file: Path, content: dict[str, Any]) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

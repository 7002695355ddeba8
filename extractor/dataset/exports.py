"""The dataset's tables as files for other tools: Parquet, CSV with a data package, and what Datasette shows of the database."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

from extractor.dataset.parquet import columns, update_parquet, write_csv, write_parquet
from extractor.dataset.second import Second
from extractor.dataset.tables import DATABASE, TABLES

CSV = ("observations", "documents", "clusters", "pairs", "checks", "places")
_FRICTIONLESS = {"TEXT": "string", "REAL": "number", "INTEGER": "integer"}
_TITLE = "Health figures in the news"
_CSVW = {"TEXT": "string", "REAL": "double", "INTEGER": "integer"}
_FACETS = {
    "observations": ["indicator", "place", "kind", "unit"],
    "facts": ["kind", "indicator", "place"],
    "documents": ["type", "issuer", "jurisdiction"],
    "articles": ["language", "publisher"],
    "pairs": ["reached"],
    "checks": ["kind", "holds"],
}


@dataclass(frozen=True)
class Before:
    """The folder of a dataset that was brought up to date, and what is other in each of its tables by now."""

    folder: Path
    changed: Mapping[str, Sequence[str | int]]


def export(folder: Path, before: Before | None, second: Second) -> None:
    """Write all of it beside the database; from the files of the dataset before, where there was one. Raises OSError, pyarrow.ArrowException.

    Facts take half of the time, so that the other process has all other tables.
    """
    others = [second.begin(_export_table, table, folder, before) for table in TABLES if table != "facts"]
    _export_table("facts", folder, before)
    for finish in others:
        finish()
    with closing(_read_only(folder)) as database:
        _write_json(folder / "datapackage.json", _data_package(database))
        _write_json(folder / "csv-metadata.json", _csvw(database))
        _write_json(folder / "metadata.json", _datasette_metadata(database))


def _export_table(table: str, folder: Path, before: Before | None) -> None:
    file, text = folder / f"{table}.parquet", folder / f"{table}.csv"
    if before is not None and not before.changed[table]:
        for same in (file, text) if table in CSV else (file,):
            shutil.copyfile(before.folder / same.name, same)
        return
    with closing(_read_only(folder)) as database:
        if before is None:
            write_parquet(database, table, file)
        else:
            update_parquet(database, table, file, before.folder / file.name, before.changed[table])
    if table in CSV:
        write_csv(file, text)


def _read_only(folder: Path) -> sqlite3.Connection:
    database = sqlite3.connect(f"{(folder / DATABASE).resolve().as_uri()}?mode=ro", uri=True)
    database.execute("PRAGMA cache_size = -131072")
    return database


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
                    "fields": [{"name": name, "type": _FRICTIONLESS[kind]} for name, kind in columns(database, table).items()],
                    "missingValues": [""],
                },
            }
            for table in CSV
        ],
    }


def _csvw(database: sqlite3.Connection) -> dict[str, Any]:
    """What the CSV files are, by W3C's CSV on the Web: https://www.w3.org/TR/tabular-metadata/."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "dc:title": _TITLE,
        "dialect": {"header": True, "encoding": "utf-8"},
        "tables": [
            {
                "url": f"{table}.csv",
                "dc:description": _comment(rf"CREATE TABLE {table} \(\s*-- ([^\n]*)"),
                "tableSchema": {
                    "columns": [_csvw_column(table, *column[1:4]) for column in database.execute(f"PRAGMA table_info({table})")],
                    "primaryKey": list(TABLES[table]),
                    "foreignKeys": _foreign_keys(database, table),
                },
            }
            for table in CSV
        ],
    }


def _csvw_column(table: str, name: str, kind: str, required: int) -> dict[str, Any]:
    described = _column_comment(table, name)
    key = name in TABLES[table]
    return {
        "name": name,
        "titles": name,
        "datatype": _CSVW[kind],
        **({"required": True} if required or key else {}),
        **({"dc:description": described} if described else {}),
    }


def _foreign_keys(database: sqlite3.Connection, table: str) -> list[dict[str, Any]]:
    """Those to tables that are in a CSV file too."""
    rows = database.execute(f"PRAGMA foreign_key_list({table})").fetchall()
    return [
        {"columnReference": [here], "reference": {"resource": f"{other}.csv", "columnReference": [there]}}
        for _, _, other, here, there, *_ in sorted(rows, key=lambda row: str(row[3]))
        if other in CSV
    ]


def _datasette_metadata(database: sqlite3.Connection) -> dict[str, Any]:
    """Descriptions from the comments of schema.sql, and facets: https://docs.datasette.io/en/stable/metadata.html."""
    tables = {
        table: {
            "description": _comment(rf"CREATE TABLE {table} \(\s*-- ([^\n]*)"),
            "columns": {name: comment for name in columns(database, table) if (comment := _column_comment(table, name))},
            "facets": _FACETS.get(table, []),
        }
        for table in TABLES
    }
    return {"title": _TITLE, "databases": {"dataset": {"tables": tables}}}


def _column_comment(table: str, name: str) -> str:
    return _comment(rf"CREATE TABLE {table} \((?:(?!\n\)).)*?\n  {name} [^\n]*?-- ([^\n]*)")


def _comment(pattern: str) -> str:
    found = re.search(pattern, resources.files("extractor.dataset").joinpath("schema.sql").read_text(encoding="utf-8"), re.DOTALL)
    return found[1].strip() if found else ""


def _write_json(file: Path, content: dict[str, Any]) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

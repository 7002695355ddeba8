"""The dataset's tables as files for other tools: Parquet, CSV with a data package, and what Datasette shows of the database."""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from importlib import resources
from pathlib import Path
from typing import Any

from extractor.dataset.changes import changed_units
from extractor.dataset.merging import Changed, merge_table, put_beside
from extractor.dataset.parquet import columns, write_table
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


class Files:
    """Those of a dataset that are made beside its database; from the files of the dataset before, where there was one."""

    def __init__(self, folder: Path, before: Path | None, second: Second) -> None:
        self._folder, self._before, self._second = folder, before, second
        self._begun: dict[str, Callable[[], None]] = {}

    def begin(self, database: sqlite3.Connection, *tables: str) -> None:
        """Of tables that nothing will change any more. Raises OSError.

        From the files of before the second process makes the new ones while the database is written further; what is other is put beside for it.
        Where there are none, they wait for the database.
        """
        if self._before is None:
            return
        for table in tables:
            if units := changed_units(database, table):
                changed = put_beside(database, table, units, self._folder / f"{table}.changed")
                self._begun[table] = self._second.begin(_bring_table, table, self._folder, self._before, changed)

    def finish(self) -> None:
        """All, once the database is whole. Raises OSError, pyarrow.ArrowException."""
        # Facts last, which take half of the time: this process begins at the other end.
        for table in sorted(TABLES.keys() - self._begun.keys(), key=lambda table: (table == "facts", table)):
            if self._before is None:
                self._begun[table] = self._second.begin(_write_table, table, self._folder)
            else:
                _copy_table(table, self._folder, self._before)
        for finish in reversed(self._begun.values()):
            finish()
        for changed in self._folder.glob("*.changed"):
            changed.unlink()
        with closing(_read_only(self._folder)) as database:
            _write_json(self._folder / "datapackage.json", _data_package(database))
            _write_json(self._folder / "csv-metadata.json", _csvw(database))
            _write_json(self._folder / "metadata.json", _datasette_metadata(database))


def _write_table(table: str, folder: Path) -> None:
    with closing(_read_only(folder)) as database:
        write_table(database, table, folder / f"{table}.parquet", text=table in CSV)


def _bring_table(table: str, folder: Path, before: Path, changed: Changed) -> None:
    merge_table(before / f"{table}.parquet", changed, folder / f"{table}.parquet", text=table in CSV)


def _copy_table(table: str, folder: Path, before: Path) -> None:
    for suffix in ("parquet", "csv") if table in CSV else ("parquet",):
        shutil.copyfile(before / f"{table}.{suffix}", folder / f"{table}.{suffix}")


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

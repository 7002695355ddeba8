"""Which rows of a dataset's files have to be written anew: noted by triggers while the tables change."""

from __future__ import annotations

import sqlite3

from extractor.dataset.tables import SORTED


def note_changes(database: sqlite3.Connection) -> None:
    """From now on, note for each table the first column of `SORTED` of every row that is written or removed, in `changed_TABLE (unit)`."""
    for table, (unit, *_) in SORTED.items():
        ((type_,),) = database.execute("SELECT type FROM pragma_table_info(?) WHERE name = ?", (table, unit)).fetchall()
        database.execute(f"CREATE TEMP TABLE changed_{table} (unit {type_} PRIMARY KEY) WITHOUT ROWID")
        for event, rows in (("INSERT", ("new",)), ("DELETE", ("old",)), ("UPDATE", ("old", "new"))):
            noted = " ".join(f"INSERT OR IGNORE INTO changed_{table} VALUES ({row}.{unit});" for row in rows)
            database.execute(f"CREATE TEMP TRIGGER note_{table}_{event} AFTER {event} ON main.{table} BEGIN {noted} END")


def changed_units(database: sqlite3.Connection, table: str) -> list[str | int]:
    """What was noted, sorted."""
    return [unit for (unit,) in database.execute(f"SELECT unit FROM changed_{table} ORDER BY unit")]

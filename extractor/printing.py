"""What every command prints: rows of a table on standard output, for people and for other programs; and why it can't go on."""

from __future__ import annotations

import csv
import json
import sys
from typing import Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

EXIT_USAGE = 2
"""Exit status of wrong usage, and of input or output that can't be read or written."""
stderr = Console(stderr=True, soft_wrap=True, highlight=False)
_LONGEST_CELL = 60


def fail(message: str) -> NoReturn:
    """End the command with one line that says why."""
    stderr.print(f"error: {escape(message)}")
    raise typer.Exit(EXIT_USAGE)


def print_rows(rows: list[dict[str, Any]]) -> None:
    """Columns that hold anything, long cells cut short."""
    columns = [name for name in (rows[0] if rows else ()) if any(row[name] is not None for row in rows)]
    table = Table(*columns)
    for row in rows:
        table.add_row(*(escape(_cell(row[name])) for name in columns))
    Console(soft_wrap=True, highlight=False).print(table if columns else "no rows")


def _cell(value: object) -> str:
    text = "" if value is None else f"{value:.9g}" if isinstance(value, float) else str(value)
    return text if len(text) <= _LONGEST_CELL else text[: _LONGEST_CELL - 1] + "…"


def _print_csv(rows: list[dict[str, Any]]) -> None:
    from extractor.writers.files import safe_cell

    writer = csv.writer(sys.stdout)
    writer.writerow(rows[0] if rows else ())
    writer.writerows([safe_cell(value) for value in row.values()] for row in rows)


def _print_json(rows: list[dict[str, Any]]) -> None:
    print(json.dumps(rows, ensure_ascii=False, indent=1))


def _print_lines(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        print(json.dumps(row, ensure_ascii=False))


FORMS = {"table": print_rows, "csv": _print_csv, "json": _print_json, "jsonl": _print_lines}
"""Name of a form → what prints rows in it."""

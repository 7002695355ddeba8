"""Exports by name: each is written whole beside its place and then moved there."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from extractor.dataset.publishing import dashboards, datacommons, excel, geography, sdmx
from extractor.dataset.publishing.errors import ExportError
from extractor.dataset.selection import ALL_ROWS, Filters, query
from extractor.dataset.sources import Rows


@dataclass(frozen=True)
class Tables:
    """What an export may draw from: observations that were asked for, and the whole of the small tables."""

    observations: Rows
    pairs: Rows
    documents: Rows
    checks: Rows


@dataclass(frozen=True)
class Published:
    """Observations that were written, and those that the format has no place for."""

    written: int
    left_out: int = 0


Writer = Callable[[Tables, Path], Published]
FORMATS: Mapping[str, Writer] = {
    "sdmx": lambda tables, folder: Published(sdmx.write(tables.observations, folder)),
    "datacommons": lambda tables, folder: Published(*datacommons.write(tables.observations, folder)),
    "geo": lambda tables, folder: Published(geography.write(tables.observations, folder)),
    "excel": lambda tables, folder: Published(excel.write(vars(tables), folder)),
    "json": lambda tables, folder: Published(dashboards.write(tables.observations, folder)),
}
"""Name → what writes its files into a folder."""


def publish(place: str | Path, form: str, folder: Path, filters: Filters | None = None) -> Published:
    """Write an export of a dataset into a folder that is new or empty. Raises ExportError and QueryError; the folder is then as it was."""
    write = FORMATS.get(form)
    if write is None:
        raise ExportError(f"no format {form!r}: there are {', '.join(FORMATS)}")
    wanted = replace(filters or Filters(), limit=ALL_ROWS)
    everything = Filters(limit=ALL_ROWS)
    tables = Tables(query(place, "observations", wanted), *(query(place, name, everything) for name in ("pairs", "documents", "checks")))
    try:
        if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
            raise ExportError(f"{folder}: is there already: choose a new or an empty folder")
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
        try:
            published = write(tables, unfinished)
            unfinished.chmod(0o755)
            os.replace(unfinished, folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except OSError as error:
        raise ExportError(f"{folder}: can't be written: {error.strerror or error}") from error
    return published

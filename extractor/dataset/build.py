"""A dataset out of runs: built whole beside its place, then put there, so that readers see the old one or the new one."""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from importlib import resources
from pathlib import Path

from extractor import __version__
from extractor.dataset.checks import find_checks
from extractor.dataset.clusters import find_clusters
from extractor.dataset.documents import find_documents
from extractor.dataset.exports import export
from extractor.dataset.hits import find_hits
from extractor.dataset.load import LoadError, add_extractions, read_extractions
from extractor.dataset.observations import find_observations
from extractor.dataset.pairs import find_pairs
from extractor.dataset.store import Changes, StoreError, store
from extractor.dataset.tables import DATABASE, FORMAT, TABLES
from extractor.engine.folder import FolderError, read_run

_FILL_SEARCH = """
INSERT INTO search SELECT f.id, f.exact, f.sentence, f.label, a.title FROM facts f JOIN articles a ON a.id = f.article_id ORDER BY f.rowid
"""


class BuildError(Exception):
    """A dataset can't be built from this, or there; says what is wrong and where."""


@dataclass(frozen=True)
class Built:
    """Rows of each table, and what that changed in a PostgreSQL database."""

    rows: dict[str, int]
    changes: Changes | None = None


def build(runs: Sequence[Path], folder: Path | None, store_url: str | None = None) -> Built:
    """Build a dataset from run folders and JSON Lines files, in a folder, in a PostgreSQL database, or both.

    Raises BuildError; what was there stays until all of the new one is whole.
    """
    files = [file for run in runs for file in _files(run)]
    unfinished = _begin(folder)
    try:
        built = _build(files, unfinished)
        if store_url is not None:
            built = replace(built, changes=_store(unfinished / DATABASE, store_url))
        if folder is not None:
            _replace(folder, unfinished)
    except (LoadError, StoreError) as error:
        raise BuildError(str(error)) from error
    except (OSError, sqlite3.OperationalError) as error:
        raise BuildError(f"{folder or unfinished}: can't be written: {error}; the dataset there is as it was") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return built


def _begin(folder: Path | None) -> Path:
    """Where the dataset is built: beside its place, so that it can be moved there at once."""
    if folder is None:
        return Path(tempfile.mkdtemp(prefix="dataset."))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        if folder.exists() and any(folder.iterdir()) and not (folder / DATABASE).is_file():
            raise BuildError(f"{folder}: is not empty and holds no {DATABASE}: choose another folder")
        return Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise BuildError(f"{folder}: can't be written: {error.strerror or error}") from error


def _store(file: Path, url: str) -> Changes:
    with closing(sqlite3.connect(file)) as database:
        return store(database, url)


def _files(run: Path) -> Iterator[Path]:
    if run.is_file():
        yield run
        return
    try:
        yield from read_run(run)
    except FolderError as error:
        raise BuildError(str(error)) from error


def _build(files: Sequence[Path], folder: Path) -> Built:
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE;")
        database.executescript(resources.files("extractor.dataset").joinpath("schema.sql").read_text(encoding="utf-8"))
        database.executemany("INSERT INTO about VALUES (?, ?)", (("format", FORMAT), ("version", __version__)))
        for file in files:
            add_extractions(database, read_extractions(file))
        find_clusters(database)
        find_observations(database)
        find_documents(database)
        find_pairs(database)
        find_checks(database)
        find_hits(database)
        database.execute(_FILL_SEARCH)
        database.commit()
        database.executescript("ANALYZE; VACUUM;")
        export(database, folder)
        return Built({table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in TABLES})


def _replace(folder: Path, unfinished: Path) -> None:
    """The old folder makes way for the new one."""
    unfinished.chmod(0o755)
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
    try:
        if folder.exists():
            os.replace(folder, old / "dataset")
        os.replace(unfinished, folder)
    except OSError:
        if (old / "dataset").exists() and not folder.exists():
            os.replace(old / "dataset", folder)
        raise
    finally:
        shutil.rmtree(old, ignore_errors=True)

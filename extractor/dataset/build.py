"""A dataset out of runs: brought up to date beside its place, then put there, so that readers see the old one or the new one."""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cache
from importlib import resources
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from extractor import __version__
from extractor.dataset.areas import fill_places
from extractor.dataset.changes import note_changes
from extractor.dataset.copying import begin_copy
from extractor.dataset.exports import CSV, Files
from extractor.dataset.lines import GivenLines
from extractor.dataset.rows import LoadError
from extractor.dataset.second import Second
from extractor.dataset.sources import is_store
from extractor.dataset.store import Changes, StoreError, store
from extractor.dataset.tables import DATABASE, FORMAT, STATE, TABLES
from extractor.dataset.update import complete, create, update
from extractor.engine.folder import FolderError, read_run

_KNOWLEDGE = ("directions.csv", "indicators.csv", "ranges.csv", "places/vn-provinces.csv")
_PRAGMAS = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE; PRAGMA temp_store = FILE;
PRAGMA main.cache_size = -524288; PRAGMA state.cache_size = -65536; PRAGMA temp.cache_size = -65536; PRAGMA analysis_limit = 1000;
PRAGMA main.secure_delete = OFF; PRAGMA temp.secure_delete = OFF;
"""
"""For a copy that nobody reads and that a failed build throws away."""
_MUCH = 50_000_000
"""Bytes of runs from which on a second process is worth its start."""


class BuildError(Exception):
    """A dataset can't be built from this, or there; says what is wrong and where."""


@dataclass(frozen=True)
class Built:
    """Rows of each table, whether that is other than what was in the folder, and what it changed in a PostgreSQL database."""

    rows: dict[str, int]
    changed: bool = True
    changes: Changes | None = None


def build(runs: Sequence[Path], folder: Path | None, store_url: str | None = None, *, fresh: bool = False) -> Built:
    """Bring a dataset to run folders and JSON Lines files, in a folder, in a PostgreSQL database, or both.

    A folder's dataset by this version is gone on with: only what is new, other or no longer given costs work, and the rows are those of a `fresh`
    build. Raises BuildError; what was there stays until all of the new one is whole.
    """
    if store_url is not None and not is_store(store_url):
        raise BuildError(f"{store_url}: is no address of a PostgreSQL database: write postgresql://user:password@host/name")
    files = [file for run in runs for file in _files(run)]
    before = folder if folder is not None and not fresh and _can_go_on(folder) else None
    unfinished = _begin(folder)
    try:
        with Second(worth=sum(file.stat().st_size for file in files) >= _MUCH) as second:
            built = _build(files, unfinished, before, second)
        if store_url is not None:
            whole = unfinished if built.changed or before is None else before
            built = replace(built, changes=_store(whole / DATABASE, store_url))
        if folder is not None and built.changed:
            _replace(folder, unfinished)
    except (LoadError, StoreError) as error:
        raise BuildError(str(error)) from error
    except (sqlite3.DatabaseError, pa.ArrowInvalid) as error:
        if before is None or isinstance(error, sqlite3.OperationalError):
            raise BuildError(f"{folder or unfinished}: can't be written: {error}; the dataset there is as it was") from error
        raise BuildError(f"{folder}: the dataset there is damaged: {error}; build it with --fresh") from error
    except OSError as error:
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


def _can_go_on(folder: Path) -> bool:
    """Whether a dataset was made by just this program, so that what it has is what would be made of the same lines again."""
    names = (DATABASE, STATE, *(f"{table}.parquet" for table in TABLES), *(f"{table}.csv" for table in CSV))
    if not all((folder / name).is_file() for name in names):
        return False
    try:
        with closing(_read_only(folder / DATABASE)) as database, closing(_read_only(folder / STATE)) as state:
            about = dict(database.execute("SELECT key, value FROM about"))
            return about == _about() and state.execute("SELECT writes FROM seal").fetchall() == [(_writes(folder / DATABASE),)]
    except sqlite3.DatabaseError:
        return False


def _read_only(file: Path) -> sqlite3.Connection:
    return sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)


def _writes(file: Path) -> int:
    """The change counter of a SQLite database, https://www.sqlite.org/fileformat.html: another one after each transaction that wrote."""
    with file.open("rb") as stream:
        stream.seek(24)
        return int.from_bytes(stream.read(4), "big")


@cache
def _about() -> dict[str, str]:
    """What a dataset depends on besides the lines of runs."""
    digest = hashlib.sha256()
    package = resources.files("extractor")
    program = sorted(file.name for file in (package / "dataset").iterdir() if file.name.endswith((".py", ".sql")))
    for file in (*((package / "dataset").joinpath(name) for name in program), *((package / "knowledge").joinpath(name) for name in _KNOWLEDGE)):
        digest.update(file.read_bytes())
    return {"format": FORMAT, "version": __version__, "program": digest.hexdigest()[:16]}


def _build(files: Sequence[Path], folder: Path, before: Path | None, second: Second) -> Built:
    """The dataset in a folder that is empty, from one before it where there is one."""
    copies = [begin_copy(before / name, folder / name, second) for name in (STATE, DATABASE)] if before is not None else []
    with GivenLines(files, before / STATE if before is not None else None) as given:
        if before is not None and given.are_the_same():
            return Built(_rows(before), changed=False)
        for finish in copies[::-1]:
            finish()
        exported = Files(folder, before, second)
        with closing(_open(folder, new=before is None)) as database:
            update(database, given, exported, second)
            if before is None:
                complete(database)
            database.commit()
            # Each by its name: in the tables of the word indexes, which are a third of the database, there is nothing to tell.
            database.executescript("".join(f"ANALYZE main.{table};" for table in TABLES))
    exported.finish()
    with closing(sqlite3.connect(folder / STATE)) as state, state:
        state.execute("REPLACE INTO seal VALUES (1, ?)", (_writes(folder / DATABASE),))
    return Built(_rows(folder))


def _open(folder: Path, *, new: bool) -> sqlite3.Connection:
    """The database that is written, with its state."""
    database = sqlite3.connect(folder / DATABASE)
    database.execute("ATTACH ? AS state", (str(folder / STATE),))
    database.executescript(_PRAGMAS)
    if new:
        create(database)
        fill_places(database)
        database.executemany("INSERT INTO about VALUES (?, ?)", sorted(_about().items()))
    else:
        # As in a new dataset: by the figures of ANALYZE, SQLite would read whole tables for the few rows that are touched.
        database.executescript("DELETE FROM main.sqlite_stat1; ANALYZE main.sqlite_schema;")
        note_changes(database)
    return database


def _rows(folder: Path) -> dict[str, int]:
    """As the Parquet files say, which need not be counted."""
    return {table: pq.read_metadata(folder / f"{table}.parquet").num_rows for table in TABLES}


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

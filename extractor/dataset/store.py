"""The same tables in PostgreSQL, for many readers: only what changed is written, in one transaction."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from extractor.dataset.sources import QueryError
from extractor.dataset.tables import FORMAT, TABLES

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine, Table

_LOCK = 7_203_417_001
"""Key of the advisory lock that lets one build write at a time."""
_BATCH = 10_000
_NEEDS = "needs SQLAlchemy and psycopg: pip install 'health-news-extractor[postgres]'"


class StoreError(Exception):
    """The database can't be reached or written, or holds something else; says what to do."""


@dataclass
class Changes:
    """Rows that were written, by table; rows that were right already are not counted."""

    removed: dict[str, int] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)


def store(database: sqlite3.Connection, url: str) -> Changes:
    """Bring a PostgreSQL database to the tables of a dataset that was built. Raises StoreError; then it is as it was.

    `url` is `postgresql://user:password@host/name`. Another build that writes there is waited for. Texts lose their NUL characters, which
    PostgreSQL can't hold, to U+FFFD, so that offsets stay.
    """
    with _errors(url), _opened_engine(url) as engine, engine.begin() as connection:
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")
        tables = {name: _table(database, name) for name in ("about", *TABLES)}
        _refuse_others(connection, set(tables), url)
        for table in tables.values():
            table.create(connection, checkfirst=True)
        changes = Changes()
        for name, table in tables.items():
            removed, written = _bring(database, connection, table)
            if name in TABLES:
                changes.removed[name], changes.written[name] = removed, written
        return changes


@contextmanager
def open_store(url: str, most_seconds: float) -> Iterator[Any]:
    """A psycopg connection that can only read, and sees one state until it is rolled back. Raises QueryError."""
    options = (
        f"-c default_transaction_read_only=on -c default_transaction_isolation=repeatable\\ read -c statement_timeout={round(most_seconds * 1000)}"
    )
    try:
        with _errors(url), _opened_engine(url, options) as engine, closing(engine.raw_connection()) as connection:
            driver: Any = connection.driver_connection
            with driver.cursor() as cursor:
                _refuse_others_than_datasets(cursor, url)
            driver.rollback()
            yield driver
    except StoreError as error:
        raise QueryError(str(error)) from error


def _refuse_others_than_datasets(cursor: Any, url: str) -> None:
    cursor.execute("SELECT to_regclass('about') IS NOT NULL")
    if cursor.fetchone() != (True,):
        raise StoreError(f"{_shown(url)}: holds no dataset: make one with `extractor build RUN --store {_shown(url)}`")
    cursor.execute("SELECT value FROM about WHERE key = 'format'")
    if cursor.fetchone() != (FORMAT,):
        raise StoreError(f"{_shown(url)}: is of another format, this version reads {FORMAT}: build it again")


@contextmanager
def _opened_engine(url: str, options: str = "") -> Iterator[Engine]:
    """An engine on psycopg, without a pool. Raises StoreError where the packages are missing or the address is none."""
    try:
        from sqlalchemy import create_engine
        from sqlalchemy.engine import make_url
        from sqlalchemy.exc import ArgumentError
        from sqlalchemy.pool import NullPool
    except ImportError as error:
        raise StoreError(f"a PostgreSQL database {_NEEDS}") from error
    try:
        address = make_url(url).set(drivername="postgresql+psycopg")
        engine = create_engine(address, poolclass=NullPool, connect_args={"options": options} if options else {})
    except ArgumentError as error:
        raise StoreError("is no address of a database: write postgresql://user:password@host/name") from error
    except ImportError as error:
        raise StoreError(f"a PostgreSQL database {_NEEDS}") from error
    try:
        yield engine
    finally:
        engine.dispose()


@contextmanager
def _errors(url: str) -> Iterator[None]:
    """Errors of the database as StoreError, without the password."""
    try:
        from sqlalchemy.exc import SQLAlchemyError
    except ImportError as error:
        raise StoreError(f"a PostgreSQL database {_NEEDS}") from error
    import psycopg

    try:
        yield
    except (SQLAlchemyError, psycopg.Error) as error:
        cause = getattr(error, "orig", None) or error
        raise StoreError(f"{_shown(url)}: {str(cause).strip().partition(chr(10))[0]}; what was there is as it was") from error


def _shown(url: str) -> str:
    from sqlalchemy.engine import make_url

    return make_url(url).render_as_string(hide_password=True)


def _table(database: sqlite3.Connection, name: str) -> Table:
    """A table of `schema.sql`, with its columns, key and indexes; texts sort by code point, as in SQLite."""
    from sqlalchemy import BigInteger, Column, Double, Index, MetaData, Table, Text

    types: dict[str, Any] = {"TEXT": Text(collation="C"), "REAL": Double(), "INTEGER": BigInteger()}
    columns = [
        Column(column, types[type_], nullable=not (required or key), primary_key=bool(key), autoincrement=False)
        for _, column, type_, required, _, key in database.execute(f"PRAGMA table_info({name})")
    ]
    table = Table(name, MetaData(), *columns)
    for _, index, _, origin, _ in database.execute(f"PRAGMA index_list({name})").fetchall():
        if origin == "c":
            Index(index, *(table.c[row[2]] for row in database.execute(f"PRAGMA index_info({index})")))
    return table


def _refuse_others(connection: Connection, names: set[str], url: str) -> None:
    """A database with tables of these names that are no dataset's, or one's of another format, is left alone."""
    from sqlalchemy import inspect

    there = names & set(inspect(connection).get_table_names())
    if not there:
        return
    if "about" not in there:
        raise StoreError(f"{_shown(url)}: has a table {min(there)!r} that is no dataset's: choose another database or schema")
    stored = connection.exec_driver_sql("SELECT value FROM about WHERE key = 'format'").scalar()
    if stored != FORMAT:
        raise StoreError(f"{_shown(url)}: is of format {stored}, this version writes {FORMAT}: choose another database, or drop its tables")


def _bring(database: sqlite3.Connection, connection: Connection, table: Table) -> tuple[int, int]:
    """Remove what is no longer there and write what is new or other; how many rows of each."""
    names = [f'"{column.name}"' for column in table.columns]
    keys = [f'"{column.name}"' for column in table.primary_key]
    incoming = f"incoming_{table.name}"
    connection.exec_driver_sql(f"CREATE TEMP TABLE {incoming} (LIKE {table.name}) ON COMMIT DROP")
    _copy(database, connection, table.name, incoming)
    connection.exec_driver_sql(f"ALTER TABLE {incoming} ADD PRIMARY KEY ({', '.join(keys)})")
    connection.exec_driver_sql(f"ANALYZE {incoming}")
    same = " AND ".join(f"i.{key} = t.{key}" for key in keys)
    removed = connection.exec_driver_sql(f"DELETE FROM {table.name} t WHERE NOT EXISTS (SELECT 1 FROM {incoming} i WHERE {same})")
    listed = ", ".join(names)
    others = [name for name in names if name not in keys]
    update = f"({', '.join(others)}) = ROW ({', '.join(f'excluded.{name}' for name in others)})" if others else ""
    changed = f"ROW ({', '.join(f't.{name}' for name in others)}) IS DISTINCT FROM ROW ({', '.join(f'excluded.{name}' for name in others)})"
    conflict = f"DO UPDATE SET {update} WHERE {changed}" if others else "DO NOTHING"
    written = connection.exec_driver_sql(
        f"INSERT INTO {table.name} AS t ({listed}) SELECT {listed} FROM {incoming} ON CONFLICT ({', '.join(keys)}) {conflict}"
    )
    return removed.rowcount, written.rowcount


def _copy(database: sqlite3.Connection, connection: Connection, name: str, incoming: str) -> None:
    driver: Any = connection.connection.driver_connection
    rows = database.execute(f"SELECT * FROM {name}")
    with driver.cursor() as cursor, cursor.copy(f"COPY {incoming} FROM STDIN") as copy:
        while batch := rows.fetchmany(_BATCH):
            for row in batch:
                copy.write_row([value.replace("\0", "\ufffd") if isinstance(value, str) else value for value in row])

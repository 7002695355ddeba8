"""Rows of articles into the tables of articles, sources and facts, and out of them again."""

from __future__ import annotations

import sqlite3

from extractor.dataset.lines import Line
from extractor.dataset.rows import DATE_COLUMNS, DOCUMENT_COLUMNS, QUANTITY_COLUMNS, ArticleRows, LoadError

_SEARCH_BITS = 20
"""An article has fewer than 2^20 facts, so that its rows of `search` have numbers of its own."""


def add_article(database: sqlite3.Connection, rows: ArticleRows, line: Line) -> None:
    """An article that is not there, with its facts. Raises LoadError where another article has a fact of the same id."""
    try:
        database.execute("INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", rows.article)
        for columns, facts in ((QUANTITY_COLUMNS, rows.quantities), (DATE_COLUMNS, rows.dates), (DOCUMENT_COLUMNS, rows.documents)):
            names = ", ".join(f'"{name}"' for name in columns)
            database.executemany(f"INSERT INTO facts ({names}) VALUES ({', '.join('?' * len(columns))})", facts)
    except sqlite3.IntegrityError as error:
        raise LoadError(f"{line.where}: article {rows.id} has a fact with the id of another article's: {error}") from error
    except UnicodeEncodeError as error:
        raise LoadError(f"{line.where}: article {rows.id} is no Unicode text: {error}; run the extractor again") from error
    number = database.execute(
        "INSERT INTO state.read (article_id, line, figures, wording, numbers) VALUES (?, ?, ?, ?, ?)",
        (rows.id, line.digest, rows.figures, rows.wording, rows.numbers),
    ).lastrowid
    assert number is not None
    database.executemany(
        "INSERT INTO search (rowid, fact_id, exact, sentence, label, title) VALUES (?, ?, ?, ?, ?, ?)",
        ((place, *searched) for place, searched in enumerate(rows.searched, number << _SEARCH_BITS)),
    )
    database.executemany("INSERT INTO state.mentions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL)", rows.mentions)
    database.execute("INSERT OR IGNORE INTO touched_articles VALUES (?)", (rows.id,))


def take_out(database: sqlite3.Connection, article_id: str) -> None:
    """An article that is there, and all that is its own alone."""
    database.execute("INSERT OR IGNORE INTO touched_articles VALUES (?)", (article_id,))
    touch(database, "(SELECT ? AS id)", (article_id,), shaken=True)
    ((number,),) = database.execute("SELECT number FROM state.read WHERE article_id = ?", (article_id,)).fetchall()
    database.execute("DELETE FROM search WHERE rowid BETWEEN ? AND ?", (number << _SEARCH_BITS, ((number + 1) << _SEARCH_BITS) - 1))
    for table in ("facts", "checks", "state.mentions", "state.read"):
        database.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
    database.execute("DELETE FROM articles WHERE id = ?", (article_id,))


def touch(database: sqlite3.Connection, articles: str, values: tuple[str, ...] = (), *, shaken: bool = False) -> None:
    """The observations and documents that some articles have now are worked out anew; `articles` is a table of their ids."""
    how = "REPLACE" if shaken else "IGNORE"
    database.execute(
        f"INSERT OR {how} INTO touched_observations SELECT DISTINCT f.observation_id, {shaken:d} FROM {articles} t"
        " CROSS JOIN facts f ON f.article_id = t.id WHERE f.observation_id IS NOT NULL ORDER BY 1",
        values,
    )
    database.execute(
        f"INSERT OR IGNORE INTO touched_documents SELECT n.key FROM {articles} t CROSS JOIN state.mentions n ON n.article_id = t.id", values
    )

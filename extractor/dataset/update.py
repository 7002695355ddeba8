"""From the lines that a dataset was made of to those that are given now: only what hangs on other lines is worked out anew.

The tables are a function of the set of lines, whatever their order and whatever was there before: an article is read of its first line by source
and digest; clusters are found anew in all articles, in arrays; observations, documents, pairs, checks and hits are each a function of the
facts and clusters of the articles that they are of, and are made anew where one of these was touched.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from importlib import resources

from extractor.dataset.checks import find_checks
from extractor.dataset.clusters import find_clusters
from extractor.dataset.documents import find_documents, point_to_documents
from extractor.dataset.exports import Files
from extractor.dataset.hits import find_hits
from extractor.dataset.lines import GivenLines, Line
from extractor.dataset.load import add_article, take_out, touch
from extractor.dataset.observations import find_observations
from extractor.dataset.pairs import find_pairs
from extractor.dataset.rows import read_rows
from extractor.dataset.second import Second

_WORD_INDEXES = ("search", "hit_search")
_PORTION = 100
"""Lines that the second process reads at a time."""
_TOUCHED = """
CREATE TEMP TABLE touched_articles (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE moved_articles (id TEXT PRIMARY KEY) WITHOUT ROWID;
CREATE TEMP TABLE touched_observations (id TEXT PRIMARY KEY, shaken INTEGER NOT NULL) WITHOUT ROWID;
CREATE TEMP TABLE touched_series (series TEXT, period TEXT, PRIMARY KEY (series, period)) WITHOUT ROWID;
CREATE TEMP TABLE disputed_series (series TEXT, period TEXT, PRIMARY KEY (series, period)) WITHOUT ROWID;
CREATE TEMP TABLE touched_documents (key TEXT PRIMARY KEY) WITHOUT ROWID;
"""
"""Articles that came, went or were read of another line, or that are in another cluster now, and what hangs on them.

Observations are `shaken` where an article that says them went or moved; of the others it is known what was said before: it still is.
Series are `disputed` where a check of them came or went.
"""


def create(database: sqlite3.Connection) -> None:
    """The tables of an empty dataset, and of its state, which is attached."""
    _run(database, "schema.sql")
    _run(database, "state.sql")
    for index in _WORD_INDEXES:
        database.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('automerge', 0), ('crisismerge', 1999)")


def complete(database: sqlite3.Connection) -> None:
    """The indexes of words of a new dataset in one piece: they are merged once, which takes less time than again and again as they grow."""
    for index in _WORD_INDEXES:
        database.execute(f"INSERT INTO {index} ({index}) VALUES ('optimize')")
        database.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('automerge', 4), ('crisismerge', 16)")


def _run(database: sqlite3.Connection, script: str) -> None:
    database.executescript(resources.files("extractor.dataset").joinpath(script).read_text(encoding="utf-8"))


def update(database: sqlite3.Connection, given: GivenLines, files: Files, second: Second) -> None:
    """Bring a dataset to the lines that are given, and begin its files, those that take longest first. Raises LoadError, OSError."""
    database.executescript(_TOUCHED)
    _remove(database, given.gone())
    _add(database, given, second)
    _run(database, "indexes.sql")
    _read_again(database, given)
    touch(database, "touched_articles")
    point_to_documents(database)
    files.begin(database, "facts", "sources")
    find_clusters(database)
    # What counts sources by clusters.
    touch(database, "(SELECT id FROM moved_articles EXCEPT SELECT id FROM touched_articles)", shaken=True)
    find_documents(database)
    files.begin(database, "articles", "clusters", "documents")
    find_observations(database)
    files.begin(database, "observations")
    find_pairs(database)
    find_checks(database)
    files.begin(database, "pairs", "checks")
    find_hits(database, second)
    _run(database, "hit_indexes.sql")
    files.begin(database, "hits", "hit_words")


def _remove(database: sqlite3.Connection, gone: Sequence[bytes]) -> None:
    """Lines, their sources, and the articles that were read of them."""
    for digest in gone:
        ((article,),) = database.execute("SELECT article_id FROM state.lines WHERE digest = ?", (digest,)).fetchall()
        if database.execute("SELECT 1 FROM state.read WHERE article_id = ? AND line = ?", (article, digest)).fetchone():
            take_out(database, article)
        database.execute("DELETE FROM state.lines WHERE digest = ?", (digest,))
        _list_sources(database, article)


def _add(database: sqlite3.Connection, given: GivenLines, second: Second) -> None:
    """Lines that are new, with the articles that are to be read of them."""
    lines = list(given.new())
    for line, rows in zip(lines, second.map(read_rows, lines, _PORTION), strict=True):
        database.execute("INSERT INTO state.lines VALUES (?, ?, ?, ?, ?)", (line.digest, rows.id, rows.source, rows.url, rows.published))
        _list_sources(database, rows.id)
        if _first_line(database, rows.id) == line.digest:
            if database.execute("SELECT 1 FROM state.read WHERE article_id = ?", (rows.id,)).fetchone():
                take_out(database, rows.id)
            add_article(database, rows, line)


def _read_again(database: sqlite3.Connection, given: GivenLines) -> None:
    """Articles whose line is gone, of another line that has them."""
    rows = database.execute("SELECT DISTINCT article_id FROM state.lines WHERE article_id NOT IN (SELECT article_id FROM state.read) ORDER BY 1")
    for (article,) in rows.fetchall():
        line: Line = given.line(_first_line(database, article))
        add_article(database, read_rows(line), line)


def _first_line(database: sqlite3.Connection, article: str) -> bytes:
    ((digest,),) = database.execute("SELECT digest FROM state.lines WHERE article_id = ? ORDER BY source, digest LIMIT 1", (article,)).fetchall()
    assert isinstance(digest, bytes)
    return digest


def _list_sources(database: sqlite3.Connection, article: str) -> None:
    database.execute("DELETE FROM sources WHERE article_id = ?", (article,))
    database.execute(
        "INSERT OR IGNORE INTO sources SELECT article_id, source, url, published FROM state.lines WHERE article_id = ? ORDER BY source, digest",
        (article,),
    )

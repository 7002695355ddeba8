"""What a reader searches: observations and documents with all words that they can be found by, in the order in which they are shown."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import chain, groupby, islice
from operator import itemgetter

from extractor.dataset.hit_rows import COLUMNS, MANY, Row, Said, hit_of, remember_told, telling
from extractor.dataset.second import Second

_MOST_SOURCES = 999
_HASH_BITS = 40
_PLACE_BITS = 6
"""Hits of the same standing whose ids begin alike have so many numbers beside each other, by their ids: no order of building shows in them."""
_PORTION = 1_000
"""Hits that are worked out at a time."""
_MENTION = """
SELECT n.id, f.id, a.language, a.publisher, a.published, f.confidence, a.title, f.label, f.exact, f.sentence FROM hit_numbers n
"""
_MENTIONS = f"""
{_MENTION} CROSS JOIN facts f {{0}} ON f.{{1}} = n.owner CROSS JOIN articles a ON a.id = f.article_id
WHERE NOT EXISTS (SELECT 1 FROM state.told WHERE owner = n.owner)
UNION ALL
{_MENTION} CROSS JOIN state.told t ON t.owner = n.owner CROSS JOIN facts f ON f.id = t.fact_id AND +f.{{1}} = n.owner
CROSS JOIN articles a ON a.id = f.article_id ORDER BY 1
"""
_SUREST = """
coalesce((SELECT max(f.confidence) FROM state.told t CROSS JOIN facts f ON f.id = t.fact_id WHERE t.owner = d.id),
         (SELECT max(f.confidence) FROM facts f INDEXED BY facts_document WHERE f.document_id = d.id))
"""
"""Of a document's facts."""
_BEFORE = """
SELECT h.id FROM hit_owners o CROSS JOIN hits h ON h.observation_id = o.id
UNION SELECT h.id FROM hit_owners o CROSS JOIN hits h ON h.document_id = o.id
"""
_BESIDE = f"""
SELECT coalesce(h.observation_id, h.document_id), h.id >> {_PLACE_BITS} << {_PLACE_BITS}
FROM (SELECT first FROM hit_owners WHERE first IS NOT NULL UNION SELECT id >> {_PLACE_BITS} << {_PLACE_BITS} FROM ({_BEFORE})) begins
CROSS JOIN hits h ON h.id BETWEEN begins.first AND begins.first + {(1 << _PLACE_BITS) - 1}
"""
"""Owners of the hits that begin as one does that comes or goes: their numbers may be others then."""
_OTHERWISE = """
SELECT h.id FROM disputed_series CROSS JOIN observations o USING (series, period) CROSS JOIN hits h ON h.observation_id = o.id
WHERE NOT EXISTS (SELECT 1 FROM hit_owners w WHERE w.id = o.id) AND h.flagged <> EXISTS (SELECT 1 FROM state.doubts d WHERE d.observation_id = o.id)
"""


def id_after(sources: int) -> int:
    """A number that is above those of all hits of at least so many sources.

    >>> id_after(2) < id_after(1)
    True
    """
    return (_MOST_SOURCES + 1 - min(sources, _MOST_SOURCES)) * 101 << _HASH_BITS + _PLACE_BITS


def find_hits(database: sqlite3.Connection, second: Second) -> None:
    """Bring `hits`, `hit_words` and their index to the touched observations and documents, and to the checks that do not hold.

    All that are touched are taken out, then all that should be there are put in, both in the order of their numbers: the index writes what it has in
    memory whenever a number is lower than the one before.
    """
    _number(database)
    _take_out(database)
    told: dict[str, list[str]] = {}
    _put_in(database, second.map(hit_of, chain(_observations(database, told), _documents(database, told)), _PORTION))
    remember_told(database, told)
    _flag(database)
    database.executescript("DROP TABLE hit_owners; DROP TABLE hit_numbers;")


def _number(database: sqlite3.Connection) -> None:
    """`hit_owners`, all whose hit is worked out anew, with the first number it may have, null where they are gone; `hit_numbers`, that of each."""
    database.create_function("first_number", 3, _first_number, deterministic=True)
    database.execute("CREATE TEMP TABLE hit_owners (id TEXT PRIMARY KEY, first INTEGER) WITHOUT ROWID")
    database.execute(
        "INSERT INTO hit_owners SELECT t.id, first_number(o.id, o.sources, o.confidence)"
        " FROM touched_observations t LEFT JOIN observations o ON o.id = t.id"
    )
    database.execute(
        "INSERT INTO hit_owners SELECT document_id, NULL FROM hits WHERE document_id IS NOT NULL AND document_id NOT IN (SELECT id FROM documents)"
    )
    database.execute(
        f"INSERT INTO hit_owners SELECT d.id, first_number(d.id, d.sources, {_SUREST})"
        " FROM touched_documents t CROSS JOIN documents d ON d.key = t.key"
    )
    database.execute(f"INSERT OR IGNORE INTO hit_owners {_BESIDE}")
    database.execute("CREATE TEMP TABLE hit_numbers (id INTEGER PRIMARY KEY, owner TEXT)")
    database.execute(
        "INSERT INTO hit_numbers SELECT first + row_number() OVER (PARTITION BY first ORDER BY id) - 1, id FROM hit_owners WHERE first IS NOT NULL"
    )


def _first_number(owner: str | None, sources: int, confidence: float) -> int | None:
    """The first number that a hit may have; hits are ordered by them: most sources first, then the surest; the rest is of the id, a hash, so that it
    stays when others come.
    """
    if owner is None:
        return None
    standing = (_MOST_SOURCES - min(sources, _MOST_SOURCES)) * 101 + round(100 * (1 - confidence))
    return (standing << _HASH_BITS | int(owner[:16], 16) >> (64 - _HASH_BITS)) << _PLACE_BITS


def _take_out(database: sqlite3.Connection) -> None:
    """The hits of all owners. The index has to be told what it has of them: https://www.sqlite.org/fts5.html#the_delete_command."""
    database.execute(f"CREATE TEMP TABLE hits_before AS {_BEFORE}")
    database.execute(
        "INSERT INTO hit_search (hit_search, rowid, words)"
        " SELECT 'delete', w.id, w.words FROM hits_before b CROSS JOIN hit_words w ON w.id = b.id ORDER BY b.id"
    )
    for table in ("hits", "hit_words"):
        database.execute(f"DELETE FROM {table} WHERE id IN (SELECT id FROM hits_before)")
    database.execute("DROP TABLE hits_before")


def _put_in(database: sqlite3.Connection, hits: Iterator[Row]) -> None:
    """Rows of `COLUMNS`."""
    *columns, _words = COLUMNS
    observation = columns.index("observation_id")
    flagged = "EXISTS (SELECT 1 FROM state.doubts WHERE observation_id = ?)"
    insert = f"INSERT INTO hits ({', '.join(columns)}, flagged) VALUES ({', '.join('?' * len(columns))}, {flagged})"
    while some := list(islice(hits, _PORTION)):
        database.executemany(insert, ((*hit[:-1], hit[observation]) for hit in some))
        database.executemany("INSERT INTO hit_words VALUES (?, ?)", ((hit[0], hit[-1]) for hit in some))
    database.execute(
        "INSERT INTO hit_search (rowid, words) SELECT w.id, w.words FROM hit_numbers n CROSS JOIN hit_words w ON w.id = n.id ORDER BY n.id"
    )


def _flag(database: sqlite3.Connection) -> None:
    """`flagged`, of hits that are as they were, but for a check of their series that has come or gone."""
    database.execute(f"UPDATE hits SET flagged = NOT flagged WHERE id IN ({_OTHERWISE})")


def _observations(database: sqlite3.Connection, told: dict[str, list[str]]) -> Iterator[Said]:
    """Those that have a number, with what is said of them, in the order of their numbers."""
    owners = database.execute(
        "SELECT n.id, o.id, o.kind, o.indicator, o.place, o.facility, o.period, o.sources, o.confidence, NULL"
        " FROM hit_numbers n CROSS JOIN observations o ON o.id = n.owner ORDER BY n.id"
    )
    return _with_mentions(owners, database.execute(_MENTIONS.format("", "observation_id")), told)


def _documents(database: sqlite3.Connection, told: dict[str, list[str]]) -> Iterator[Said]:
    """Likewise."""
    rows = database.execute(
        f"SELECT n.id, d.id, d.jurisdiction, coalesce(d.date, d.year), d.sources, d.number, d.names, {_SUREST}"
        " FROM hit_numbers n CROSS JOIN documents d ON d.id = n.owner ORDER BY n.id"
    )
    owners = (
        (number, identity, "document", None, place, None, period, sources, surest, _called(called, names))
        for number, identity, place, period, sources, called, names, surest in rows
    )
    # By its index: half of all articles cite one resolution, so that SQLite would rather make another one of all facts.
    return _with_mentions(owners, database.execute(_MENTIONS.format("INDEXED BY facts_document", "document_id")), told)


def _with_mentions(owners: Iterable[Row], mentions: Iterable[Row], told: dict[str, list[str]]) -> Iterator[Said]:
    """Both in one order. What tells something of many mentions is noted in `told`."""
    said = groupby(mentions, key=itemgetter(0))
    for owner, (number, found) in zip(owners, said, strict=True):
        assert owner[0] == number
        rows = [row[1:] for row in found]
        telling_rows = telling(rows)
        if len(rows) > MANY:
            told[owner[1]] = [fact for fact, *_ in telling_rows]
        yield owner, telling_rows


def _called(number: str | None, names: str) -> str:
    """A document's number and all names it goes by."""
    return " ".join((number or "", *(name for named in json.loads(names).values() for name in named)))

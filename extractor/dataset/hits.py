"""What a reader searches: observations and documents with all words that they can be found by, in the order in which they are shown.

Words are folded (`giường bệnh` → `giuong benh`) and indexed by pieces of three letters. So that two letters find something too, each pair of
Chinese or Japanese characters and each word of two letters stands there once more, after a mark that makes it three.

What hits can be narrowed to stands behind the words, each value as three letters of its own: one index tells `benh vien` of one province and one
publisher, however many hits each of them has alone.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import chain, groupby
from operator import attrgetter
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError

from extractor.dataset.areas import is_area
from extractor.knowledge_base import knowledge_folder
from extractor.reading import read

PAIR = "\x1f"
"""Stands before two letters that are indexed of their own."""
_MARK = "\x1e"
"""Stands before the two characters of a mark."""
_MARK_BITS = 15
"""Of either character; private ones of plane 15, which no text should have."""
_PRIVATE = 0xF0000
_PAIRS = re.compile(r"(?=([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2}))|(?<!\w)(\w{2})(?!\w)")
_MENTIONS_PER_LANGUAGE = 3
_LONGEST_SENTENCE = 600
_LONGEST_WORDS = 8_000
_MOST_SOURCES = 999
_HASH_BITS = 40
_PLACE_BITS = 6
"""Hits of the same standing whose ids begin alike have so many numbers beside each other, by their ids: no order of building shows in them."""
_YEAR = re.compile(r"[12]\d{3}")
_SAID = "a.language, a.publisher, a.published, f.confidence, a.title, f.label, f.exact, f.sentence"
"""Columns of a `_Mention`, but for its owner."""


class _Mention(NamedTuple):
    owner: str
    language: str
    publisher: str | None
    published: str | None
    confidence: float
    title: str | None
    label: str | None
    exact: str
    sentence: str


class _Owner(NamedTuple):
    """An observation or a document."""

    id: str
    kind: str
    indicator: str | None
    place: str | None
    facility: str | None
    period: str | None
    sources: int
    confidence: float
    name: str | None


class _Hit(NamedTuple):
    """A row of `hits`, but for its number and `flagged`, with its `hit_words`."""

    kind: str
    observation_id: str | None
    document_id: str | None
    indicator: str | None
    place: str | None
    country: str | None
    period: str | None
    year: str | None
    languages: str
    publishers: str
    confidence: float
    sources: int
    first_published: str | None
    last_published: str | None
    words: str

    @property
    def owner(self) -> str:
        return self.observation_id or self.document_id or ""


_COLUMNS = ", ".join(_Hit._fields[:-1])
_PlaceNames = Mapping[str, str]


def folded(text: str) -> str:
    """A text as words are compared: without case, marks and invisible characters, spaces and line ends as one space.

    >>> folded("Giường  BỆNH\\u200b")
    'giuong benh'
    """
    return " ".join(read(text, fold_marks=True).folded.split())


def searched(terms: Iterable[str]) -> list[str]:
    """What to look for in `hit_words` for what a reader wrote: all of them have to be there. A single letter finds nothing and is left out.

    >>> searched(["床位", "Bệnh", "a"])
    ['\\x1f床位', 'benh']
    """
    words = [folded(term) for term in terms]
    return [word if len(word) > 2 else PAIR + word for word in words if len(word) > 1]


@lru_cache(maxsize=1 << 14)
def mark(facet: str, value: str) -> str:
    """Three characters that stand in the words of all hits of a value, and, so rarely that it has to be looked at, in those of another.

    >>> len(mark("publisher", "baolaocai.vn")), mark("country", "VN") == mark("place", "VN")
    (3, False)
    """
    number = int.from_bytes(hashlib.sha256(f"{facet} {value}".encode("utf-8", "surrogatepass")).digest()[:4], "big")
    first, second = number >> _MARK_BITS & (1 << _MARK_BITS) - 1, number & (1 << _MARK_BITS) - 1
    return f"{_MARK}{chr(_PRIVATE + first)}{chr(_PRIVATE + second)}"


def id_after(sources: int) -> int:
    """A number that is above those of all hits of at least so many sources.

    >>> id_after(2) < id_after(1)
    True
    """
    return (_MOST_SOURCES + 1 - min(sources, _MOST_SOURCES)) * 101 << _HASH_BITS + _PLACE_BITS


def find_hits(database: sqlite3.Connection) -> None:
    """Bring `hits`, `hit_words` and their index to the touched observations and documents, and to the checks that do not hold."""
    place_names = _place_names(database)
    for number in _gone(database):
        _take_out(database, number)
    _find(database, ((_rank(owner), _hit(owner, mentions, place_names)) for owner, mentions in chain(_observations(database), _documents(database))))
    if database.execute("SELECT 1 FROM hits").fetchone() is None:
        _fill(database)
    else:
        _bring(database)
    database.execute("DROP TABLE found")
    _flag(database)


def _find(database: sqlite3.Connection, found: Iterable[tuple[int, _Hit]]) -> None:
    """Hits as they should be, with the first number that each may have."""
    database.execute(f"CREATE TEMP TABLE found (first INTEGER, owner TEXT, {_COLUMNS}, words TEXT)")
    slots = ", ".join("?" * (2 + len(_Hit._fields)))
    database.executemany(f"INSERT INTO found VALUES ({slots})", ((first, hit.owner, *hit) for first, hit in found))


def _fill(database: sqlite3.Connection) -> None:
    """All hits of a new dataset, in the order of their numbers: several times as fast as bringing each to its place."""
    database.execute(
        f"CREATE TEMP TABLE numbered AS SELECT first + row_number() OVER (PARTITION BY first ORDER BY owner) - 1 AS id, {_COLUMNS}, words FROM found"
    )
    database.execute(f"INSERT INTO hits (id, {_COLUMNS}, flagged) SELECT id, {_COLUMNS}, 0 FROM numbered ORDER BY id")
    database.execute("INSERT INTO hit_words SELECT id, words FROM numbered ORDER BY id")
    database.execute("DROP TABLE numbered")
    database.execute("INSERT INTO hit_search (rowid, words) SELECT id, words FROM hit_words ORDER BY id")


def _bring(database: sqlite3.Connection) -> None:
    """Hits to their places, where they are not there already just so. First all that are other are taken out, then all are put in, both in the
    order of their numbers: the index writes what it has in memory whenever a number is lower than the one before.
    """
    were = f"SELECT f.rowid, h.id, f.first, {', '.join(f'h.{name} IS f.{name}' for name in _Hit._fields[:-1])}, w.words = f.words"
    known = f"{were} FROM found f CROSS JOIN hits h ON h.{{}} = f.owner CROSS JOIN hit_words w ON w.id = h.id WHERE f.{{}} IS NOT NULL"
    rows = [row for owner in ("observation_id", "document_id") for row in database.execute(known.format(owner, owner))]
    stay = {row for row, number, first, *same in rows if number >> _PLACE_BITS == first >> _PLACE_BITS and all(same)}
    for number in sorted((number for row, number, *_ in rows if row not in stay), key=_apart):
        _take_out(database, number)
    for row, first, *hit in database.execute(f"SELECT rowid, first, {_COLUMNS}, words FROM found ORDER BY first, owner"):
        if row not in stay:
            _put_in(database, first, _Hit(*hit))


def _gone(database: sqlite3.Connection) -> list[int]:
    """Hits of observations and documents that are there no longer, the last first."""
    rows = database.execute(
        "SELECT h.id FROM touched_observations t CROSS JOIN hits h ON h.observation_id = t.id WHERE t.id NOT IN (SELECT id FROM observations)"
        " UNION SELECT id FROM hits WHERE document_id IS NOT NULL AND document_id NOT IN (SELECT id FROM documents) ORDER BY 1 DESC"
    )
    return [number for (number,) in rows]


def _rank(owner: _Owner) -> int:
    """The first number that a hit may have; hits are ordered by them: most sources first, then the surest; the rest is made of the id, so that it
    stays when others come.
    """
    standing = (_MOST_SOURCES - min(owner.sources, _MOST_SOURCES)) * 101 + round(100 * (1 - owner.confidence))
    begins = int.from_bytes(hashlib.sha256(owner.id.encode()).digest()[:8], "big") >> (64 - _HASH_BITS)
    return (standing << _HASH_BITS | begins) << _PLACE_BITS


def _apart(number: int) -> tuple[int, int]:
    """In order, but the last first of those that begin alike: taking one out moves those behind it up."""
    return number >> _PLACE_BITS, -number


def _put_in(database: sqlite3.Connection, first: int, hit: _Hit) -> None:
    """A hit that is not there; those that begin alike and stand behind it move down."""
    beside = _beside(database, first)
    number = first + sum(owner < hit.owner for _, owner in beside)
    for other, _ in reversed([row for row in beside if row[0] >= number]):
        _move(database, other, other + 1)
    *columns, words = hit
    database.execute(f"INSERT INTO hits (id, {_COLUMNS}, flagged) VALUES (?{', ?' * len(columns)}, 0)", (number, *columns))
    database.execute("INSERT INTO hit_words VALUES (?, ?)", (number, words))
    database.execute("INSERT INTO hit_search (rowid, words) VALUES (?, ?)", (number, words))


def _take_out(database: sqlite3.Connection, number: int) -> None:
    """A hit that is there; those behind it that begin alike move up."""
    _forget_words(database, number)
    database.execute("DELETE FROM hits WHERE id = ?", (number,))
    database.execute("DELETE FROM hit_words WHERE id = ?", (number,))
    for other, _ in _beside(database, number):
        if other > number:
            _move(database, other, other - 1)


def _move(database: sqlite3.Connection, number: int, to: int) -> None:
    _forget_words(database, number)
    database.execute("UPDATE hits SET id = ? WHERE id = ?", (to, number))
    database.execute("UPDATE hit_words SET id = ? WHERE id = ?", (to, number))
    database.execute("INSERT INTO hit_search (rowid, words) SELECT id, words FROM hit_words WHERE id = ?", (to,))


def _forget_words(database: sqlite3.Connection, number: int) -> None:
    """Out of the index, which has to be told what it has of them: https://www.sqlite.org/fts5.html#the_delete_command."""
    database.execute("INSERT INTO hit_search (hit_search, rowid, words) SELECT 'delete', id, words FROM hit_words WHERE id = ?", (number,))


def _beside(database: sqlite3.Connection, number: int) -> list[tuple[int, str]]:
    """Numbers and owners of the hits that begin as a number does, in order."""
    first = number >> _PLACE_BITS << _PLACE_BITS
    return database.execute(
        "SELECT id, coalesce(observation_id, document_id) FROM hits WHERE id BETWEEN ? AND ? ORDER BY id", (first, first + (1 << _PLACE_BITS) - 1)
    ).fetchall()


def _flag(database: sqlite3.Connection) -> None:
    """`flagged`: observations one of whose facts is in a check that does not hold."""
    database.execute(
        "CREATE TEMP TABLE flagged AS SELECT DISTINCT f.observation_id FROM checks c, json_each(c.facts) named"
        " CROSS JOIN facts f ON f.id = named.value WHERE NOT c.holds AND f.observation_id IS NOT NULL"
    )
    # The plus keeps SQLite from reading all that are not flagged.
    database.execute("UPDATE hits SET flagged = 0 WHERE flagged = 1 AND observation_id NOT IN (SELECT observation_id FROM flagged)")
    database.execute("UPDATE hits SET flagged = 1 WHERE +flagged = 0 AND observation_id IN (SELECT observation_id FROM flagged)")
    database.execute("DROP TABLE flagged")


def _hit(owner: _Owner, mentions: list[_Mention], place_names: _PlaceNames) -> _Hit:
    place = owner.place if owner.place and is_area(owner.place) else None
    year = _YEAR.match(owner.period or "")
    country = place[:2] if place else None
    dates = sorted(mention.published for mention in mentions if mention.published)
    languages = _distinct(mention.language for mention in mentions)
    publishers = _distinct(mention.publisher for mention in mentions)
    alone = {"kind": owner.kind, "indicator": owner.indicator, "place": place, "country": country, "year": year.group() if year else None}
    marks = [mark(facet, value) for facet, value in alone.items() if value]
    marks += [mark("language", value) for value in languages] + [mark("publisher", value) for value in publishers]
    return _Hit(
        kind=owner.kind,
        observation_id=None if owner.kind == "document" else owner.id,
        document_id=owner.id if owner.kind == "document" else None,
        indicator=owner.indicator,
        place=place,
        country=country,
        period=owner.period,
        year=year.group() if year else None,
        languages=_listed(languages),
        publishers=_listed(publishers),
        confidence=owner.confidence,
        sources=owner.sources,
        first_published=dates[0] if dates else None,
        last_published=dates[-1] if dates else None,
        words="".join((_words(owner, mentions, place_names), *marks)),
    )


def _words(owner: _Owner, mentions: Sequence[_Mention], place_names: _PlaceNames) -> str:
    told: dict[str, None] = {}
    for language, found in groupby(sorted(mentions, key=lambda mention: (mention.language, -mention.confidence)), key=attrgetter("language")):
        for name in _names_of(owner.place, language, place_names):
            told[name] = None
        for mention in list(found)[:_MENTIONS_PER_LANGUAGE]:
            for text in (mention.label, mention.exact, mention.sentence[:_LONGEST_SENTENCE], mention.title):
                if text:
                    told[text] = None
    named = (
        indicator_names().get(owner.indicator or ""),
        owner.facility,
        owner.name,
        *_names_of(owner.place, "en", place_names),
        *_names_of(owner.place, "vi", place_names),
    )
    text = folded("\n".join((*(name for name in named if name), *told)))[:_LONGEST_WORDS]
    pairs = dict.fromkeys(pair for found in _PAIRS.finditer(text) for pair in found.groups() if pair)
    return "".join((text, *(PAIR + pair for pair in pairs)))


def _distinct(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value})


def _listed(values: Iterable[str]) -> str:
    """` en vi `: so that ` en ` is found in it."""
    return "".join(f" {value}" for value in values) + " "


def _observations(database: sqlite3.Connection) -> Iterator[tuple[_Owner, list[_Mention]]]:
    """Touched ones that are there, with what is said of them."""
    owners = database.execute(
        "SELECT o.id, o.kind, o.indicator, o.place, o.facility, o.period, o.sources, o.confidence, NULL"
        " FROM touched_observations t CROSS JOIN observations o ON o.id = t.id ORDER BY t.id"
    )
    mentions = database.execute(
        f"SELECT t.id, {_SAID} FROM touched_observations t CROSS JOIN facts f ON f.observation_id = t.id"
        " CROSS JOIN articles a ON a.id = f.article_id ORDER BY t.id, f.id"
    )
    yield from _with_mentions(map(_Owner._make, owners), mentions)


def _documents(database: sqlite3.Connection) -> Iterator[tuple[_Owner, list[_Mention]]]:
    rows = database.execute(
        "SELECT d.id, d.jurisdiction, coalesce(d.date, d.year), d.sources, d.number, d.names,"
        " (SELECT max(f.confidence) FROM facts f INDEXED BY facts_document WHERE f.document_id = d.id)"
        " FROM touched_documents t CROSS JOIN documents d ON d.key = t.key ORDER BY t.key, d.id"
    )
    owners = (
        _Owner(identity, "document", None, place, None, period, sources, surest, _called(number, names))
        for identity, place, period, sources, number, names, surest in rows
    )
    # By its index: half of all articles cite one resolution, so that SQLite would rather make another one of all facts.
    mentions = database.execute(
        f"SELECT d.id, {_SAID} FROM touched_documents t CROSS JOIN documents d ON d.key = t.key"
        " CROSS JOIN facts f INDEXED BY facts_document ON f.document_id = d.id"
        " CROSS JOIN articles a ON a.id = f.article_id ORDER BY t.key, d.id, f.id"
    )
    yield from _with_mentions(owners, mentions)


def _with_mentions(owners: Iterable[_Owner], mentions: Iterable[Sequence[Any]]) -> Iterator[tuple[_Owner, list[_Mention]]]:
    """Both in one order."""
    said = groupby(map(_Mention._make, mentions), key=attrgetter("owner"))
    for owner, (identity, found) in zip(owners, said, strict=True):
        assert owner.id == identity
        yield owner, list(found)


def _called(number: str | None, names: str) -> str:
    """A document's number and all names it goes by."""
    return " ".join((number or "", *(name for named in json.loads(names).values() for name in named)))


@cache
def indicator_names() -> dict[str, str]:
    """Id → English name."""
    with (knowledge_folder() / "indicators.csv").open(encoding="utf-8") as table:
        return {row["id"]: row["name"] for row in csv.DictReader(table)}


def _place_names(database: sqlite3.Connection) -> _PlaceNames:
    return dict(database.execute("SELECT id, name FROM places"))


def _names_of(code: str | None, language: str, place_names: _PlaceNames) -> tuple[str, ...]:
    """Of a place, and of its country in a language."""
    if not code or not is_area(code):
        return ()
    return tuple(name for name in (place_names.get(code), _territories(language).get(code[:2])) if name)


@cache
def _territories(language: str) -> Any:
    try:
        return Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}

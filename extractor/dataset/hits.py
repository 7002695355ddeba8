"""What a reader searches: observations and documents with all words that they can be found by, in the order in which they are shown.

Words are folded (`giường bệnh` → `giuong benh`) and indexed by pieces of three letters. So that two letters find something too, each pair of
Chinese or Japanese characters and each word of two letters stands there once more, after a mark that makes it three.
"""

from __future__ import annotations

import csv
import hashlib
import json
import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError

from extractor.dataset.publishing.places import place_of
from extractor.knowledge_base import knowledge_folder
from extractor.reading import read

PAIR = "\x1f"
"""Stands before two letters that are indexed of their own."""
_PAIRS = re.compile(r"(?=([\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]{2}))|(?<!\w)(\w{2})(?!\w)")
_MENTIONS_PER_LANGUAGE = 3
_LONGEST_SENTENCE = 600
_LONGEST_WORDS = 8_000
_MOST_SOURCES = 999
_HASH_BITS = 46
_AREA = re.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?")
_YEAR = re.compile(r"[12]\d{3}")


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


def find_hits(database: sqlite3.Connection) -> None:
    """Fill `hits`, `hit_words` and their index from observations, documents and checks."""
    flagged = _flagged(database)
    taken: set[int] = set()
    for key, owners in (("observation_id", _observations(database)), ("document_id", _documents(database))):
        for owner, (_, found) in zip(owners, groupby(_mentions(database, key), key=attrgetter("owner")), strict=True):
            _add(database, key, owner, list(found), owner.id in flagged, taken)
    database.execute("INSERT INTO hit_search (hit_search) VALUES ('rebuild')")


def _add(database: sqlite3.Connection, key: str, owner: _Owner, mentions: list[_Mention], flagged: bool, taken: set[int]) -> None:
    identity = _rank(owner)
    while identity in taken:
        identity += 1
    taken.add(identity)
    place = owner.place if owner.place and _AREA.fullmatch(owner.place) else None
    year = _YEAR.match(owner.period or "")
    dates = sorted(mention.published for mention in mentions if mention.published)
    database.execute(
        f"INSERT INTO hits (id, kind, {key}, indicator, place, country, period, year, languages, publishers, confidence, sources, flagged,"
        " first_published, last_published) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            identity, owner.kind, owner.id, owner.indicator, place, place[:2] if place else None, owner.period, year.group() if year else None,
            _listed(mention.language for mention in mentions), _listed(mention.publisher for mention in mentions), owner.confidence, owner.sources,
            flagged, dates[0] if dates else None, dates[-1] if dates else None,
        ),
    )  # fmt: skip
    database.execute("INSERT INTO hit_words VALUES (?, ?)", (identity, _words(owner, mentions)))


def _rank(owner: _Owner) -> int:
    """The number that hits are ordered by: most sources first, then the surest; the rest is made of the id, so that it stays when others come."""
    standing = (_MOST_SOURCES - min(owner.sources, _MOST_SOURCES)) * 101 + round(100 * (1 - owner.confidence))
    return standing << _HASH_BITS | int.from_bytes(hashlib.sha256(owner.id.encode()).digest()[:8], "big") >> (64 - _HASH_BITS)


def _words(owner: _Owner, mentions: Sequence[_Mention]) -> str:
    told: dict[str, None] = {}
    for language, found in groupby(sorted(mentions, key=lambda mention: (mention.language, -mention.confidence)), key=attrgetter("language")):
        for name in _place_names(owner.place, language):
            told[name] = None
        for mention in list(found)[:_MENTIONS_PER_LANGUAGE]:
            for text in (mention.label, mention.exact, mention.sentence[:_LONGEST_SENTENCE], mention.title):
                if text:
                    told[text] = None
    named = (
        indicator_names().get(owner.indicator or ""),
        owner.facility,
        owner.name,
        *_place_names(owner.place, "en"),
        *_place_names(owner.place, "vi"),
    )
    text = folded("\n".join((*(name for name in named if name), *told)))[:_LONGEST_WORDS]
    pairs = dict.fromkeys(pair for found in _PAIRS.finditer(text) for pair in found.groups() if pair)
    return "".join((text, *(PAIR + pair for pair in pairs)))


def _listed(values: Iterable[str | None]) -> str:
    """` en vi `: so that ` en ` is found in it."""
    return "".join(f" {value}" for value in sorted({value for value in values if value})) + " "


def _observations(database: sqlite3.Connection) -> Iterator[_Owner]:
    """By id, as their mentions come."""
    rows = database.execute("SELECT id, kind, indicator, place, facility, period, sources, confidence, NULL FROM observations ORDER BY id")
    return map(_Owner._make, rows)


def _documents(database: sqlite3.Connection) -> Iterator[_Owner]:
    rows = database.execute(
        "SELECT d.id, d.jurisdiction, coalesce(d.date, d.year), d.sources, d.number, d.names,"
        " (SELECT max(f.confidence) FROM facts f WHERE f.document_id = d.id) FROM documents d ORDER BY d.id"
    )
    for identity, place, period, sources, number, names, surest in rows:
        yield _Owner(identity, "document", None, place, None, period, sources, surest, _called(number, names))


def _called(number: str | None, names: str) -> str:
    """A document's number and all names it goes by."""
    return " ".join((number or "", *(name for named in json.loads(names).values() for name in named)))


def _mentions(database: sqlite3.Connection, key: str) -> Iterator[_Mention]:
    return map(
        _Mention._make,
        database.execute(
            f"SELECT f.{key}, a.language, a.publisher, a.published, f.confidence, a.title, f.label, f.exact, f.sentence"
            f" FROM facts f CROSS JOIN articles a ON a.id = f.article_id WHERE f.{key} IS NOT NULL ORDER BY f.{key}"
        ),
    )


def _flagged(database: sqlite3.Connection) -> set[str]:
    """Observations one of whose facts is in a check that does not hold."""
    return {
        identity
        for (identity,) in database.execute(
            "SELECT f.observation_id FROM checks c, json_each(c.facts) named JOIN facts f ON f.id = named.value"
            " WHERE NOT c.holds AND f.observation_id IS NOT NULL"
        )
    }


@cache
def indicator_names() -> dict[str, str]:
    """Id → English name."""
    with (knowledge_folder() / "indicators.csv").open(encoding="utf-8") as table:
        return {row["id"]: row["name"] for row in csv.DictReader(table)}


@lru_cache(maxsize=100_000)
def _place_names(code: str | None, language: str) -> tuple[str, ...]:
    if not code or not _AREA.fullmatch(code):
        return ()
    territories: Any = _territories(language)
    area = place_of(code)
    return tuple(name for name in (area.name, territories.get(area.country)) if name)


@cache
def _territories(language: str) -> Any:
    try:
        return Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}

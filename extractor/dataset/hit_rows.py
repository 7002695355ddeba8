"""An observation or a document as a row of what a reader searches, with the words that it is found by.

Words are folded (`giường bệnh` → `giuong benh`) and indexed by pieces of three letters. So that two letters find something too, each pair of
Chinese or Japanese characters and each word of two letters stands there once more, after a mark that makes it three.

What hits can be narrowed to stands behind the words, each value as three letters of its own: one index tells `benh vien` of one province and one
publisher, however many hits each of them has alone.
"""

from __future__ import annotations

import csv
import hashlib
import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, lru_cache
from itertools import groupby
from operator import attrgetter
from typing import Any, NamedTuple

from babel import Locale, UnknownLocaleError

from extractor.dataset.areas import areas, is_area
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
MANY = 100
"""Facts: of observations and documents of more, those that tell something are kept in `told`, and the others are not read again."""
_MENTIONS_PER_LANGUAGE = 3
_LONGEST_SENTENCE = 600
_LONGEST_WORDS = 8_000
_YEAR = re.compile(r"[12]\d{3}")

Row = tuple[Any, ...]
Said = tuple[Row, Sequence[Row]]
"""An owner, and its mentions."""


class _Mention(NamedTuple):
    fact: str
    language: str
    publisher: str | None
    published: str | None
    confidence: float
    title: str | None
    label: str | None
    exact: str
    sentence: str


class _Owner(NamedTuple):
    """An observation or a document, with the number of its hit."""

    number: int
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
    """A row of `hits`, but for `flagged`, with its `hit_words`."""

    id: int
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


COLUMNS = _Hit._fields


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


def telling(mentions: Sequence[Row]) -> Sequence[Row]:
    """Those that a hit is worked out of: the surest in each language, one of each publisher, the first and the last; of thousands, perhaps."""
    if len(mentions) <= _MENTIONS_PER_LANGUAGE:
        return mentions
    dates = [published for _, _, _, published, *_ in mentions if published]
    ends = {min(dates), max(dates)} if dates else set()
    publishers: set[str | None] = set()
    languages: Counter[str] = Counter()
    kept = []
    for mention in sorted(mentions, key=_surest_first):
        _, language, publisher, published, *_ = mention
        if languages[language] < _MENTIONS_PER_LANGUAGE or publisher not in publishers or published in ends:
            kept.append(mention)
            languages[language] += 1
            publishers.add(publisher)
            ends.discard(published)
    return kept


def remember_told(database: sqlite3.Connection, told: Mapping[str, Iterable[str]]) -> None:
    """Owners → the facts that tell something of them."""
    for owner, facts in told.items():
        database.execute("DELETE FROM state.told WHERE owner = ?", (owner,))
        database.executemany("INSERT INTO state.told VALUES (?, ?)", ((owner, fact) for fact in sorted(facts)))


def _surest_first(mention: Row) -> tuple[float, str]:
    fact, _, _, _, confidence, *_ = mention
    return -confidence, fact


def hit_of(said: Said) -> Row:
    """The row, of `COLUMNS`."""
    owner, mentions = _Owner(*said[0]), [_Mention(*row) for row in said[1]]
    place = owner.place if owner.place and is_area(owner.place) else None
    year = _YEAR.match(owner.period or "")
    country = place[:2] if place else None
    dates = sorted(mention.published for mention in mentions if mention.published)
    languages = _distinct(mention.language for mention in mentions)
    publishers = _distinct(mention.publisher for mention in mentions)
    alone = {"kind": owner.kind, "indicator": owner.indicator, "place": place, "country": country, "year": year.group() if year else None}
    marks = [mark(facet, value) for facet, value in alone.items() if value]
    marks += [mark("language", value) for value in languages] + [mark("publisher", value) for value in publishers]
    hit = _Hit(
        id=owner.number,
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
        words="".join((_words(owner, mentions), *marks)),
    )
    return tuple(hit)


def _distinct(values: Iterable[str | None]) -> list[str]:
    return sorted({value for value in values if value})


def _listed(values: Iterable[str]) -> str:
    """` en vi `: so that ` en ` is found in it."""
    return "".join(f" {value}" for value in values) + " "


def _words(owner: _Owner, mentions: Sequence[_Mention]) -> str:
    told: dict[str, None] = {}
    for language, found in groupby(sorted(mentions, key=lambda mention: (mention.language, *_surest_first(mention))), key=attrgetter("language")):
        for name in _names_of(owner.place, language):
            told[name] = None
        for mention in list(found)[:_MENTIONS_PER_LANGUAGE]:
            for text in (mention.label, mention.exact, mention.sentence[:_LONGEST_SENTENCE], mention.title):
                if text:
                    told[text] = None
    named = (
        indicator_names().get(owner.indicator or ""),
        owner.facility,
        owner.name,
        *_names_of(owner.place, "en"),
        *_names_of(owner.place, "vi"),
    )
    text = folded("\n".join((*(name for name in named if name), *told)))[:_LONGEST_WORDS]
    pairs = dict.fromkeys(pair for found in _PAIRS.finditer(text) for pair in found.groups() if pair)
    return "".join((text, *(PAIR + pair for pair in pairs)))


@cache
def indicator_names() -> dict[str, str]:
    """Id → English name."""
    with (knowledge_folder() / "indicators.csv").open(encoding="utf-8") as table:
        return {row["id"]: row["name"] for row in csv.DictReader(table)}


@cache
def _place_names() -> Mapping[str, str]:
    return {area.id: area.name for area in areas()}


@lru_cache(maxsize=1 << 14)
def _names_of(code: str | None, language: str) -> tuple[str, ...]:
    """Of a place, and of its country in a language."""
    if not code or not is_area(code):
        return ()
    return tuple(name for name in (_place_names().get(code), _territories(language).get(code[:2])) if name)


@cache
def _territories(language: str) -> Any:
    try:
        return Locale.parse(language).territories
    except (UnknownLocaleError, ValueError):
        return {}

"""The document registry: each resolution, decision or law once, whatever the articles call it."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from extractor.dataset.hit_rows import MANY, remember_told, telling
from extractor.schema import Resolution

_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEADING_ZEROS = re.compile(r"(?<![\d.])0+(?=\d)")
_STOP = re.compile(r"(?<=\d)\.(?=\d)")
_MOST_NAMES = 5


class _Mention(NamedTuple):
    fact_id: str
    language: str
    publisher: str | None
    published: str | None
    confidence: float
    article_id: str
    cluster: str
    exact: str
    number: str | None
    issuer: str | None
    date: str | None
    year: str | None


@lru_cache(maxsize=1 << 14)
def _year_in(number: str) -> str | None:
    """The year that a number has beside the number itself.

    >>> _year_in("96/2023/NĐ-CP"), _year_in("2021/241"), _year_in("1920/QĐ-TTg"), _year_in("พ.ศ. 2560")
    ('2023', '2021', None, None)
    """
    numbers = _NUMBER.findall(number)
    return next((part for part in numbers[::-1] if _YEAR.fullmatch(part)), None) if len(numbers) > 1 else None


def document_key(document: Resolution) -> str:
    """What tells one document from another, but for its year: type, jurisdiction, number without leading zeros and with one sign between its parts
    (`08.22`, `08-22`), and the name where there is no number; as JSON.
    """
    number = _STOP.sub("-", _LEADING_ZEROS.sub("", document.number.upper())) if document.number else ""
    return json.dumps([document.type, document.jurisdiction, number, "" if number else document.exact.casefold()])


def document_year(document: Resolution) -> str | None:
    """Of its number, or else of its date."""
    return _year_in(document.number or "") or (document.date[:4] if document.date else None)


def point_to_documents(database: sqlite3.Connection) -> None:
    """Point each mention of the touched documents at its own.

    Documents of one number are one where their years agree. A mention without a year joins the one year that the others give; where they give
    several it stays an entry of its own, which is not complete. Clusters have no part in it: `facts` are whole before these are looked for.
    """
    rows = database.execute(
        "SELECT n.key, n.fact_id, n.year, n.document_id FROM touched_documents t CROSS JOIN state.mentions n ON n.key = t.key ORDER BY n.key"
    )
    for key, group in groupby(rows.fetchall(), key=itemgetter(0)):
        mentions = [row[1:] for row in group]
        years = {year for _, year, _ in mentions if year}
        only = next(iter(years)) if len(years) == 1 else None
        identities = {year: _identity(key, year or only) for year in years | {None}}
        others = [(identities[year], fact) for fact, year, document in mentions if document != identities[year]]
        for table, named in (("main.facts", "id"), ("state.mentions", "fact_id")):
            database.executemany(f"UPDATE {table} SET document_id = ? WHERE {named} = ?", others)


def _identity(key: str, year: str | None) -> str:
    return hashlib.sha256(json.dumps([*json.loads(key), year]).encode()).hexdigest()[:16]


def find_documents(database: sqlite3.Connection) -> None:
    """Bring the touched `documents` to what articles name."""
    touched = "FROM documents WHERE key IN (SELECT key FROM touched_documents)"
    database.execute(f"DELETE FROM state.told WHERE owner IN (SELECT id {touched})")
    database.execute(f"DELETE {touched}")
    rows = database.execute(
        "SELECT n.key, n.document_id, n.fact_id, a.language, a.publisher, a.published, n.confidence, a.id, a.cluster, n.exact, n.number, n.issuer,"
        " n.date, n.year FROM touched_documents t CROSS JOIN state.mentions n ON n.key = t.key CROSS JOIN articles a ON a.id = n.article_id"
        " ORDER BY n.key, n.document_id, a.id, n.start, n.fact_id"
    )
    for (key, identity), group in groupby(rows.fetchall(), key=itemgetter(0, 1)):
        mentions = [_Mention(*row) for _, _, *row in group]
        _add(database, key, identity, mentions)
        if len(mentions) > MANY:
            remember_told(database, {identity: [fact for fact, *_ in telling(mentions)]})


def _add(database: sqlite3.Connection, key: str, identity: str, mentions: Sequence[_Mention]) -> None:
    type_, jurisdiction, number, _ = json.loads(key)
    year = next((mention.year for mention in mentions if mention.year), None)
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        names[mention.language][mention.exact] += 1
    common = {language: [name for name, _ in counts.most_common(_MOST_NAMES)] for language, counts in sorted(names.items())}
    database.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            identity,
            _most(mention.number for mention in mentions),
            type_,
            _most(mention.issuer for mention in mentions),
            jurisdiction,
            year,
            _most(mention.date for mention in mentions),
            bool(number and jurisdiction and year),
            json.dumps(common, ensure_ascii=False),
            len(mentions),
            len({mention.article_id for mention in mentions}),
            len({mention.cluster for mention in mentions}),
            key,
        ),
    )  # fmt: skip


def _most(values: Iterable[str | None]) -> str | None:
    """The commonest value, the first of those that are equally common."""
    counts = Counter(value for value in values if value is not None)
    return counts.most_common(1)[0][0] if counts else None

"""The document registry: each resolution, decision or law once, whatever the articles call it."""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_NUMBER = re.compile(r"\d+")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LEADING_ZEROS = re.compile(r"(?<![\d.])0+(?=\d)")
_STOP = re.compile(r"(?<=\d)\.(?=\d)")
_MOST_NAMES = 5


class _Mention(NamedTuple):
    fact_id: str
    article_id: str
    cluster: str
    language: str
    exact: str
    number: str | None
    type: str
    issuer: str | None
    jurisdiction: str | None
    date: str | None

    @property
    def year(self) -> str | None:
        return _year_in(self.number or "") or (self.date[:4] if self.date else None)


_Key = tuple[str, str | None, str | None, str]
"""Type, jurisdiction, number without leading zeros and with one sign between its parts (`08.22`, `08-22`), and the name where there is no number."""


def _year_in(number: str) -> str | None:
    """The year that a number has beside the number itself.

    >>> _year_in("96/2023/NĐ-CP"), _year_in("2021/241"), _year_in("1920/QĐ-TTg"), _year_in("พ.ศ. 2560")
    ('2023', '2021', None, None)
    """
    numbers = _NUMBER.findall(number)
    return next((part for part in numbers[::-1] if _YEAR.fullmatch(part)), None) if len(numbers) > 1 else None


def find_documents(database: sqlite3.Connection) -> None:
    """Fill `documents` and point each mention at its own.

    Documents of one number are one where their years agree. A mention without a year joins the one year that the others give; where
    they give several it stays an entry of its own, which is not complete.
    """
    mentions = map(
        _Mention._make,
        database.execute(
            "SELECT f.id, a.id, a.cluster, a.language, f.exact, f.number, f.type, f.issuer, f.jurisdiction, f.date"
            " FROM facts f JOIN articles a ON a.id = f.article_id WHERE f.kind = 'resolution' ORDER BY f.rowid"
        ),
    )
    by_key: dict[_Key, list[_Mention]] = defaultdict(list)
    for mention in mentions:
        by_key[_key(mention)].append(mention)
    for key, group in sorted(by_key.items(), key=lambda item: tuple(map(str, item[0]))):
        years = {mention.year for mention in group if mention.year}
        only = next(iter(years)) if len(years) == 1 else None
        for year in sorted(years | {None}, key=str):
            same = [mention for mention in group if (mention.year or only) == year]
            if same:
                _add(database, key, year, same)


def _key(mention: _Mention) -> _Key:
    number = _STOP.sub("-", _LEADING_ZEROS.sub("", mention.number.upper())) if mention.number else ""
    return (mention.type, mention.jurisdiction, number, "" if number else mention.exact.casefold())


def _add(database: sqlite3.Connection, key: _Key, year: str | None, mentions: Sequence[_Mention]) -> None:
    type_, jurisdiction, number, _ = key
    identity = hashlib.sha256(json.dumps([*key, year]).encode()).hexdigest()[:16]
    names: dict[str, Counter[str]] = defaultdict(Counter)
    for mention in mentions:
        names[mention.language][mention.exact] += 1
    common = {language: [name for name, _ in counts.most_common(_MOST_NAMES)] for language, counts in sorted(names.items())}
    database.execute(
        "INSERT INTO documents VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
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
        ),
    )  # fmt: skip
    database.executemany("UPDATE facts SET document_id = ? WHERE id = ?", ((identity, mention.fact_id) for mention in mentions))


def _most(values: Iterable[str | None]) -> str | None:
    """The commonest value, the first of those that are equally common."""
    counts = Counter(value for value in values if value is not None)
    return counts.most_common(1)[0][0] if counts else None

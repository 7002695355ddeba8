"""Rows of the dataset as records."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.dataset.rows import DIMENSIONS


@dataclass(frozen=True)
class Figure:
    """A value with its unit: of an observation, or of a metric or target in an article."""

    value: float
    value_max: float | None
    out_of: float | None
    comparator: str
    unit: str
    per_count: float | None
    per_of: str | None
    measure: str

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Figure:
        names = ("value", "value_max", "out_of", "comparator", "unit", "per_count", "per_of", "measure")
        return cls(**{name: row[name] for name in names})


@dataclass(frozen=True)
class Observation:
    """One value of a series in a period, and how many say it."""

    id: str
    kind: str
    series: str
    indicator: str
    figure: Figure
    dimensions: tuple[tuple[str, str], ...]
    place: str
    facility: str | None
    period: str
    articles: int
    sources: int
    confidence: float
    rivals: int
    first_published: str | None
    last_published: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Observation:
        same = ("id", "kind", "series", "indicator", "place", "facility", "period", "articles", "sources", "confidence", "rivals")
        return cls(
            **{name: row[name] for name in same},
            first_published=row["first_published"],
            last_published=row["last_published"],
            figure=Figure.of(row),
            dimensions=dimensions_of(row),
        )


def flagged_of(rows: Iterable[Mapping[str, Any]]) -> frozenset[str]:
    """Ids of observations that contradict another source or fail a check, of rows that have `flagged` of their hits."""
    return frozenset(row["id"] for row in rows if row["flagged"])


@dataclass(frozen=True)
class Document:
    """A resolution, decision, law … with the names that it goes by."""

    id: str
    number: str | None
    type: str
    issuer: str | None
    jurisdiction: str | None
    year: str | None
    date: str | None
    complete: bool
    names: tuple[tuple[str, tuple[str, ...]], ...]
    """Language → names, the commonest first."""
    mentions: int
    articles: int
    sources: int

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Document:
        same = ("id", "number", "type", "issuer", "jurisdiction", "year", "date", "mentions", "articles", "sources")
        names = json.loads(row["names"])
        return cls(
            **{name: row[name] for name in same},
            complete=bool(row["complete"]),
            names=tuple((language, tuple(names[language])) for language in sorted(names)),
        )

    @property
    def title(self) -> str:
        """Its number, else the name that an article gives it."""
        return self.number or next((name for _, names in self.names for name in names), self.id)


@dataclass(frozen=True)
class Listed:
    """An article in a list: without its text."""

    id: str
    language: str
    title: str | None
    url: str | None
    publisher: str | None
    published: str | None
    cluster: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> Listed:
        return cls(row["id"], row["language"], row["title"], row["url"], row["publisher"], row["published"], row["cluster"])


LISTED = "a.id, a.language, a.title, a.url, a.publisher, a.published, a.cluster"
"""What `Listed` needs of `articles a`."""


def dimensions_of(row: Mapping[str, Any]) -> tuple[tuple[str, str], ...]:
    """What a figure is restricted to, such as `(("age", "<5"),)`."""
    return tuple((name, row[name]) for name in DIMENSIONS if row[name] is not None)


def any_of(column: str, values: Sequence[str]) -> str:
    """A condition with a `?` for each value, of which there may be none.

    >>> any_of("id", ["a", "b"]), any_of("id", [])
    ('id IN (?, ?)', '1 = 0')
    """
    return f"{column} IN ({', '.join('?' * len(values))})" if values else "1 = 0"

"""An article: its text with all of its facts, and its translations and reprints."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.dataset.signatures import figure_name
from extractor.dataset.sources import Rows, Source
from extractor.web.dataset import Dataset
from extractor.web.problems import NotFound
from extractor.web.views.records import LISTED, Figure, Listed, any_of, dimensions_of

_MOST_LIKE = 20


@dataclass(frozen=True)
class FactRow:
    """A fact as it stands in an article; `figure` is that of a metric or target, the fields behind it are of dates or documents."""

    id: str
    kind: str
    start: int
    end: int
    exact: str
    confidence: float
    indicator: str | None
    label: str | None
    figure: Figure | None
    dimensions: tuple[tuple[str, str], ...]
    place: str | None
    facility: str | None
    period: str | None
    date_value: str | None
    role: str | None
    number: str | None
    type: str | None
    issuer: str | None
    date: str | None
    observation_id: str | None
    document_id: str | None

    @classmethod
    def of(cls, row: Mapping[str, Any]) -> FactRow:
        same = [name for name in cls.__dataclass_fields__ if name not in ("figure", "dimensions")]
        figure = Figure.of(row) if row["value"] is not None and row["unit"] is not None else None
        return cls(**{name: row[name] for name in same}, figure=figure, dimensions=dimensions_of(row))


@dataclass(frozen=True)
class Like:
    """A translation or reprint, and what shows it."""

    article: Listed
    alike: str | None
    """In what it is like another of the cluster: figures, wording or address; None for the first of them."""
    common: tuple[Figure, ...]
    """Figures that both articles have, in the order of this one; small whole numbers show nothing."""


@dataclass(frozen=True)
class ArticleView:
    """An article in full."""

    article: Listed
    text: str
    facts: tuple[FactRow, ...]
    """In the order of the text."""
    likes: tuple[Like, ...]
    flagged: frozenset[str]
    """Observations that contradict another source or fail a check."""


def article_view(dataset: Dataset, identity: str) -> ArticleView:
    """An article by its id. Raises NotFound."""
    with dataset.reading() as source:
        found = source.rows(f"SELECT {LISTED}, a.text FROM articles a WHERE a.id = ?", (identity,))
        if not found:
            raise NotFound("article", identity)
        facts = source.rows('SELECT * FROM facts WHERE article_id = ? ORDER BY start, "end" DESC, id', (identity,))
        likes = source.rows(
            f"SELECT {LISTED}, c.alike FROM articles a LEFT JOIN clusters c ON c.article_id = a.id WHERE a.cluster = ? AND a.id != ?"
            f" ORDER BY a.published IS NULL, a.published, a.id LIMIT {_MOST_LIKE}",
            (found[0]["cluster"], identity),
        )
        flagged = source.rows(
            "SELECT h.observation_id FROM hits h JOIN facts f ON f.observation_id = h.observation_id WHERE f.article_id = ? AND h.flagged = 1",
            (identity,),
        )
        others = _figures(source, [row["id"] for row in likes])
    own = found[0]
    return ArticleView(
        Listed.of(own),
        own["text"],
        tuple(map(FactRow.of, facts)),
        tuple(Like(Listed.of(row), row["alike"], _common(facts, others.get(row["id"], ()))) for row in likes),
        frozenset(row["observation_id"] for row in flagged),
    )


def _figures(source: Source, articles: Sequence[str]) -> Mapping[str, set[str]]:
    """Article's id → names of its figures."""
    rows = source.rows(f"SELECT article_id, value, value_max, unit FROM facts WHERE value IS NOT NULL AND {any_of('article_id', articles)}", articles)
    figures: dict[str, set[str]] = defaultdict(set)
    for row in rows:
        if name := _name(row):
            figures[row["article_id"]].add(name)
    return figures


def _common(facts: Rows, other: Collection[str]) -> tuple[Figure, ...]:
    named = {name: fact for fact in reversed(facts) if fact["value"] is not None and (name := _name(fact)) in other}
    return tuple(Figure.of(fact) for fact in sorted(named.values(), key=lambda fact: (fact["start"], fact["id"])))


def _name(fact: Mapping[str, Any]) -> str | None:
    return figure_name(fact["value"], fact["value_max"], fact["unit"] or "1")

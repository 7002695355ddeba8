"""A place: what is said of it, by indicator, its targets, the documents of its authorities."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import Any

from extractor.web.dataset import Dataset
from extractor.web.problems import NotFound
from extractor.web.views.indicator import year_of
from extractor.web.views.outcomes import Outcome, outcomes_of
from extractor.web.views.records import LISTED, Document, Listed, Observation, dimensions_of, flagged_of

_MOST_OBSERVATIONS = 3_000
_MOST_OF_ONE = 6
"""Values that are shown of one indicator, the surest of the latest years."""
_MOST_OUTCOMES = 50
_MOST_DOCUMENTS = 30
_MOST_ARTICLES = 30
_MOST_TELLING = 500
"""Observations whose articles are counted."""


@dataclass(frozen=True)
class OfIndicator:
    """An indicator in a place."""

    indicator: str
    observations: tuple[Observation, ...]
    """The latest year first, in it the surest first."""
    total: int


@dataclass(frozen=True)
class Part:
    """A place within the place, and how much is known of it."""

    place: str
    observations: int


@dataclass(frozen=True)
class PlaceView:
    """What the dataset has of a place, without what lies in it."""

    code: str
    indicators: tuple[OfIndicator, ...]
    flagged: frozenset[str]
    """Observations that contradict another source or fail a check."""
    outcomes: tuple[Outcome, ...]
    documents: tuple[Document, ...]
    """Of its own authorities."""
    articles: tuple[Listed, ...]
    """Those that say the most of it."""
    parts: tuple[Part, ...]


def place_view(dataset: Dataset, code: str) -> PlaceView:
    """Everything about a place by its ISO 3166 code. Raises NotFound."""
    with dataset.reading() as source:
        rows = source.rows(
            "SELECT o.*, h.flagged FROM hits h JOIN observations o ON o.id = h.observation_id"
            f" WHERE h.place = ? AND h.observation_id IS NOT NULL ORDER BY h.id LIMIT {_MOST_OBSERVATIONS}",
            (code,),
        )
        documents = source.rows(
            "SELECT d.* FROM hits h JOIN documents d ON d.id = h.document_id"
            f" WHERE h.place = ? AND h.kind = 'document' ORDER BY h.id LIMIT {_MOST_DOCUMENTS}",
            (code,),
        )
        parts = source.rows(
            "SELECT place, count(*) AS observations FROM hits WHERE country = ? AND place != ? AND kind != 'document' GROUP BY place ORDER BY place",
            (code, code),
        )
        articles = source.rows(
            f"SELECT {LISTED} FROM articles a JOIN (SELECT article_id, count(*) AS facts FROM facts WHERE observation_id IN"
            f" (SELECT observation_id FROM hits WHERE place = ? AND observation_id IS NOT NULL ORDER BY id LIMIT {_MOST_TELLING})"
            f" GROUP BY article_id) said ON said.article_id = a.id ORDER BY said.facts DESC, a.id LIMIT {_MOST_ARTICLES}",
            (code,),
        )
    if not (rows or documents or parts):
        raise NotFound("place", code)
    ordered = sorted(rows, key=_order)
    indicators = []
    for indicator, group in groupby(ordered, key=itemgetter("indicator")):
        known = list(group)
        indicators.append(OfIndicator(indicator, tuple(map(Observation.of, known[:_MOST_OF_ONE])), len(known)))
    targets = [row["id"] for row in ordered if row["kind"] == "target"]
    return PlaceView(
        code,
        tuple(sorted(indicators, key=lambda one: (-one.total, one.indicator))),
        flagged_of(rows),
        outcomes_of(dataset, targets, _MOST_OUTCOMES),
        tuple(map(Document.of, documents)),
        tuple(map(Listed.of, articles)),
        tuple(Part(**row) for row in parts),
    )


def _order(row: Mapping[str, Any]) -> tuple[str, bool, int, int, float, str]:
    is_part = bool(row["facility"] or dimensions_of(row))
    return (row["indicator"], is_part, -int(year_of(row["period"]) or 0), -row["sources"], -row["confidence"], row["id"])

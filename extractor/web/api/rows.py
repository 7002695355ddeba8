"""The dataset's rows as the API gives them."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from extractor.dataset.sources import Rows, Source
from extractor.web.api.answers import Part
from extractor.web.api.asked import ArticlesAsked, FactsAsked
from extractor.web.asking import Asking
from extractor.web.cursors import Cursor
from extractor.web.dataset import Dataset
from extractor.web.finding import find

_ARTICLE = "id, source, language, language_confidence, title, url, publisher, published, cluster"
_MOST_EVIDENCE = 1_000


def shown_source(source: str) -> str:
    """The last part of where an article was read from: the rest would tell how the server's disk is arranged.

    >>> shown_source("/srv/news/2025/vi-1.txt"), shown_source("dump.jsonl#12")
    ('vi-1.txt', 'dump.jsonl#12')
    """
    return re.split(r"[/\\]", source.rstrip("/\\"))[-1]


def observations(dataset: Dataset, asking: Asking) -> Part:
    """Observations of an asking."""
    return _of_hits(dataset, asking, "observations", "observation_id")


def documents(dataset: Dataset, asking: Asking) -> Part:
    """Documents of an asking."""
    part = _of_hits(dataset, asking, "documents", "document_id")
    return Part([document_row(row) for row in part.rows], part.next)


def _of_hits(dataset: Dataset, asking: Asking, table: str, key: str) -> Part:
    found = find(dataset, asking, observations=table == "observations")
    ids = [hit[key] for hit in found.hits]
    rows = {row["id"]: row for row in in_batches(dataset, f"SELECT * FROM {table} WHERE id IN ({{}})", ids)}
    # A build between the two questions may have taken one away.
    return Part([rows[identity] for identity in ids if identity in rows], found.next)


def in_batches(dataset: Dataset, sql: str, ids: Sequence[str]) -> Rows:
    """Rows of a SELECT with `{}` for the places of ids."""
    return dataset.rows(sql.format(", ".join("?" * len(ids))), ids) if ids else []


def document_row(row: dict[str, Any]) -> dict[str, Any]:
    """With its names read, and a truth value."""
    return {**row, "complete": bool(row["complete"]), "names": json.loads(row["names"])}


def article_row(row: dict[str, Any]) -> dict[str, Any]:
    """Without the server's folders."""
    return {**row, "source": shown_source(row["source"])}


def evidence(dataset: Dataset, key: str, identity: str) -> Rows:
    """Facts of an observation or a document, the surest first."""
    return dataset.rows(f"SELECT * FROM facts WHERE {key} = ? ORDER BY confidence DESC, id LIMIT {_MOST_EVIDENCE}", [identity])


def facts(dataset: Dataset, asked: FactsAsked, cursor: str | None, limit: int) -> Part:
    """Facts by id."""
    told: list[_Condition] = [
        ("f.kind = ?", asked.kind, [asked.kind]),
        ("f.indicator = ?", asked.indicator, [asked.indicator]),
        ("(f.place = ? OR substr(f.place, 1, 3) = ?)", asked.place, [asked.place, f"{asked.place}-"]),
        (f"substr(coalesce(f.period, f.date_value, f.date), 1, {len(asked.period or '')}) = ?", asked.period, [asked.period]),
        ("f.confidence >= ?", asked.min_confidence, [asked.min_confidence]),
        ("a.language = ?", asked.language, [asked.language]),
        ("a.publisher = ?", asked.publisher, [asked.publisher]),
        ("a.published >= ?", asked.since, [asked.since]),
    ]
    of_article = asked.language or asked.publisher or asked.since
    tables = "facts f JOIN articles a ON a.id = f.article_id" if of_article else "facts f"
    return _by_id(dataset, _Question(f"SELECT f.* FROM {tables}", "f.id", told, _Search(asked.q, "id")), cursor, limit)


def articles(dataset: Dataset, asked: ArticlesAsked, cursor: str | None, limit: int) -> Part:
    """Articles by id, without their texts."""
    told: list[_Condition] = [
        ("language = ?", asked.language, [asked.language]),
        ("publisher = ?", asked.publisher, [asked.publisher]),
        ("published >= ?", asked.since, [asked.since]),
    ]
    part = _by_id(dataset, _Question(f"SELECT {_ARTICLE} FROM articles", "id", told, _Search(asked.q, "article_id")), cursor, limit)
    return Part([article_row(row) for row in part.rows], part.next)


class _Search:
    """Words, and the column of a fact that they lead to."""

    def __init__(self, words: str | None, column: str) -> None:
        self._words = words.strip() if words else None
        self._column = column

    def condition(self, source: Source, key: str) -> tuple[str, list[Any]] | None:
        if self._words is None:
            return None
        matching, values = source.having(self._words)
        return f"{key} IN (SELECT matching.{self._column} FROM ({matching}) matching)", values


_Condition = tuple[str, Any, list[Any]]
"""SQL, what was asked (the condition holds where that is not None), and the SQL's parameters."""


@dataclass(frozen=True, slots=True)
class _Question:
    """Rows of a SELECT that are told by their key, narrowed down."""

    select: str
    key: str
    told: list[_Condition]
    search: _Search


def _by_id(dataset: Dataset, question: _Question, cursor: str | None, limit: int) -> Part:
    key = question.key
    where = [condition for condition, asked, _ in question.told if asked is not None]
    values = [value for _, asked, parameters in question.told if asked is not None for value in parameters]
    if cursor is not None:
        where.append(f"{key} > ?")
        values.append(Cursor.read(cursor, "id").key)
    with dataset.reading() as source:
        if searched := question.search.condition(source, key):
            where.append(searched[0])
            values += searched[1]
        rows = source.rows(f"{question.select}{' WHERE ' if where else ''}{' AND '.join(where)} ORDER BY {key} LIMIT {limit + 1}", values)
    more = len(rows) > limit
    rows = rows[:limit]
    return Part(rows, str(Cursor("id", None, rows[-1]["id"])) if more else None)

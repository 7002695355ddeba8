"""A search: figures and documents in one list, and what it can be narrowed by."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extractor.dataset.sources import Rows
from extractor.web.asking import Asking, Sort
from extractor.web.dataset import Dataset
from extractor.web.finding import Facets, facets, find
from extractor.web.views.records import Document, Observation, any_of

_KEPT = 1_000
"""Counts that are kept: the facets of a build do not change."""


@dataclass(frozen=True)
class SearchView:
    """One page of what was found, in the order of the search."""

    observations: tuple[Observation, ...]
    documents: tuple[Document, ...]
    flagged: frozenset[str]
    """Observations that contradict another source or fail a check."""
    next: str | None
    facets: Facets


def search_view(dataset: Dataset, asking: Asking) -> SearchView:
    """What an asking finds. Raises Problem (400) for a cursor of another list, QueryError."""
    found = find(dataset, asking)
    observations = [hit["observation_id"] for hit in found.hits if hit["observation_id"] is not None]
    documents = [hit["document_id"] for hit in found.hits if hit["document_id"] is not None]
    return SearchView(
        tuple(map(Observation.of, _in_order(dataset, "observations", observations))),
        tuple(map(Document.of, _in_order(dataset, "documents", documents))),
        frozenset(hit["observation_id"] for hit in found.hits if hit["flagged"] and hit["observation_id"] is not None),
        found.next,
        _facets(dataset, dataset.version, _uncut(asking)),
    )


def _in_order(dataset: Dataset, table: str, ids: list[str]) -> Rows:
    if not ids:
        return []
    rows = {row["id"]: row for row in dataset.rows(f"SELECT * FROM {table} WHERE {any_of('id', ids)}", ids)}
    return [rows[identity] for identity in ids if identity in rows]


def _uncut(asking: Asking) -> Asking:
    """The filters alone: which part of the list is shown, and how, changes no count."""
    given = asking.model_dump(exclude_defaults=True)
    return Asking.model_validate({name: given[name] for name in given if name in Asking.model_fields and name not in ("cursor", "limit", "sort")})


@lru_cache(maxsize=_KEPT)
def _facets(dataset: Dataset, version: str, asking: Asking) -> Facets:
    return facets(dataset, asking)


SORTS = tuple(Sort)

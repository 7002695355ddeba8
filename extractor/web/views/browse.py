"""All that there is to open: indicators, places, documents, languages, publishers."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extractor.web.dataset import Dataset

_MOST = 2_000
_MOST_PUBLISHERS = 200


@dataclass(frozen=True)
class Entry:
    """An indicator, place, language or publisher, and how much there is of it."""

    identity: str
    count: int


@dataclass(frozen=True)
class BrowseView:
    """What the dataset holds, the most first; countries before the places in them."""

    indicators: tuple[Entry, ...]
    places: tuple[Entry, ...]
    languages: tuple[Entry, ...]
    publishers: tuple[Entry, ...]
    articles: int
    observations: int
    documents: int


def browse_view(dataset: Dataset) -> BrowseView:
    """Counts of figures and documents, and of articles by language and publisher."""
    return _view(dataset, dataset.version)


@lru_cache(maxsize=2)
def _view(dataset: Dataset, version: str) -> BrowseView:
    with dataset.reading() as source:

        def entries(sql: str) -> tuple[Entry, ...]:
            return tuple(Entry(**row) for row in source.rows(sql))

        counted = "SELECT {0} AS identity, count(*) AS count FROM {1} WHERE {0} IS NOT NULL GROUP BY {0} ORDER BY 2 DESC, 1 LIMIT {2}"
        return BrowseView(
            entries(counted.format("indicator", "hits", _MOST)),
            entries(counted.format("place", "hits", _MOST)),
            entries(counted.format("language", "articles", _MOST_PUBLISHERS)),
            entries(counted.format("publisher", "articles", _MOST_PUBLISHERS)),
            *(int(source.rows(f"SELECT count(*) AS count FROM {table}")[0]["count"]) for table in ("articles", "observations", "documents")),
        )

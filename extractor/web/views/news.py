"""What is new: figures that were first published on a day or later, and the articles that bring them."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.web.dataset import Dataset
from extractor.web.views.records import LISTED, Document, Listed, Observation, flagged_of

_MOST_ARTICLES = 50
_MOST_DOCUMENTS = 30


@dataclass(frozen=True)
class NewsView:
    """The newest first. What has no date of publication can't be told to be new and is left out."""

    since: str | None
    observations: tuple[Observation, ...]
    flagged: frozenset[str]
    """Those that contradict another source or fail a check."""
    more: bool
    articles: tuple[Listed, ...]
    documents: tuple[Document, ...]
    """Cited in an article since then, and in none before."""
    undated: int
    """Articles without a date."""
    latest: str | None
    """The last day of publication in the dataset."""


def news_view(dataset: Dataset, since: str | None, *, most: int = 100) -> NewsView:
    """What was published since a day, a month or a year; without one, the newest there is."""
    floor = since or ""
    with dataset.reading() as source:
        observations = source.rows(
            "SELECT o.*, h.flagged FROM hits h JOIN observations o ON o.id = h.observation_id"
            f" WHERE h.first_published >= ? AND h.observation_id IS NOT NULL ORDER BY h.first_published DESC, h.id LIMIT {most + 1:d}",
            (floor,),
        )
        articles = source.rows(
            f"SELECT {LISTED} FROM articles a WHERE a.published >= ? ORDER BY a.published DESC, a.id LIMIT {_MOST_ARTICLES}", (floor,)
        )
        documents = source.rows(
            "SELECT d.* FROM hits h JOIN documents d ON d.id = h.document_id"
            f" WHERE h.first_published >= ? AND h.kind = 'document' ORDER BY h.first_published DESC, h.id LIMIT {_MOST_DOCUMENTS}",
            (floor,),
        )
        about = source.rows("SELECT max(published) AS latest, count(*) - count(published) AS undated FROM articles")[0]
    return NewsView(
        since,
        tuple(map(Observation.of, observations[:most])),
        flagged_of(observations),
        len(observations) > most,
        tuple(map(Listed.of, articles)),
        tuple(map(Document.of, documents)),
        about["undated"],
        about["latest"],
    )

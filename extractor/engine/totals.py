"""What a run has come to."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from extractor.schema import Extraction


@dataclass
class Totals:
    """Counts of a run: `articles` were extracted now or before, `kept` of them before."""

    articles: int = 0
    kept: int = 0
    skipped: int = 0
    duplicates: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    languages: Counter[str] = field(default_factory=Counter)

    def add(self, extraction: Extraction) -> None:
        """Count one more article and its facts."""
        self.articles += 1
        self.languages[extraction.article.language] += 1
        self.kinds.update(fact.kind for fact in extraction.facts)

"""Where an article speaks of facilities."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.mentions import FacilityMention, Span, Spans

_IN_TITLE = 4
"""A name in the title weighs as much as so many in the text."""
_FEW = 3


@dataclass(frozen=True)
class Sites:
    """The mentions of facilities in order."""

    mentions: Sequence[FacilityMention]
    title_end: int
    lead_end: int
    """End of the first sentence below the title."""
    areas: int
    """How many names of places and words for areas the article has."""

    @cached_property
    def named(self) -> list[FacilityMention]:
        """Those with a name."""
        return [mention for mention in self.mentions if mention.name is not None]

    @cached_property
    def _starts(self) -> list[int]:
        return [mention.start for mention in self.mentions]

    @cached_property
    def _named_starts(self) -> list[int]:
        return [mention.start for mention in self.named]

    def between(self, left: int, right: int) -> Sequence[FacilityMention]:
        """Mentions that begin in [left, right)."""
        return self.mentions[bisect_left(self._starts, left) : bisect_left(self._starts, right)]

    def named_between(self, left: int, right: int) -> Sequence[FacilityMention]:
        """Names that begin in [left, right)."""
        return self.named[bisect_left(self._named_starts, left) : bisect_left(self._named_starts, right)]

    def named_before(self, at: int) -> FacilityMention | None:
        """The last name that begins before an offset."""
        index = bisect_left(self._named_starts, at) - 1
        return self.named[index] if index >= 0 else None

    def hold(self, span: Span) -> bool:
        """Whether a span is a part of a name: Huế in Bệnh viện Trung ương Huế."""
        return self._spans.cover(span)

    @cached_property
    def _spans(self) -> Spans:
        return Spans(self.named)

    @cached_property
    def _weights(self) -> Counter[int]:
        """How often each facility is named, by where its fullest name begins."""
        weights: Counter[int] = Counter()
        for mention in self.named:
            assert mention.name is not None
            weights[mention.name.start] += _IN_TITLE if mention.end <= self.title_end else 1
        return weights

    @cached_property
    def main(self) -> FacilityMention | None:
        """The first mention of the facility that is named most; of equals the first."""
        if not self._weights:
            return None
        name = max(self._weights, key=lambda start: (self._weights[start], -start))
        return next(mention for mention in self.named if mention.name is not None and mention.name.start == name)

    @cached_property
    def about(self) -> str:
        """How far the article is about its main facility: where it is named first, among how many, and how often it speaks of facilities
        rather than of areas, in quarters."""
        if self.main is None:
            return "none"
        only = "only" if len(self._weights) == 1 else "few" if len(self._weights) <= _FEW else "many"
        share = round(4 * len(self.mentions) / (len(self.mentions) + self.areas))
        where = "title" if self.main.end <= self.title_end else "lead" if self.main.start < self.lead_end else "text"
        return f"{where}:{only}:{share}"

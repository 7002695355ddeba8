"""Words for an area, `nationwide`, `in the whole province`, and whose they are.

One right beside a figure is that figure's own: in `10.4 doctors (whole country: 14)` only the 14 is the nation's. One that is only measured
against, `above the national average`, is no figure's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.binding.marks import Marks
from extractor.mentions import QuantityMention, Span, TermMention

_REACH = 3
"""Tokens between such a word and its figure, at most."""
_BEFORE, _AFTER = ("none", "open", "colon"), ("none",)
"""Marks that may stand between a word and the figure behind it, and the one before it."""
_CLAUSE = 60
"""Characters behind a word in which a figure may still be its own."""
_BESIDE = 2
"""Tokens between such a word and one for an average or a rank."""


@dataclass(frozen=True, slots=True)
class AreaWord(Span):
    """A word for the nation or a province."""

    value: str
    owner: int | None
    """Where the number begins whose own it is."""
    side: str
    """Whether it stands before or after that figure; else none."""
    aside: bool
    """Whether it says nothing of the figures around: in a bracket with its own, or only measured against."""


@dataclass(frozen=True)
class AreaWords:
    """The words for areas of an article, in order."""

    words: Sequence[AreaWord]

    @cached_property
    def _starts(self) -> list[int]:
        return [word.start for word in self.words]

    @cached_property
    def _owned(self) -> dict[int, AreaWord]:
        """Where a number begins → its own word; of two the one before it."""
        return {word.owner: word for word in sorted(self.words, key=lambda word: word.side == "before") if word.owner is not None}

    def between(self, left: int, right: int) -> Sequence[AreaWord]:
        """Words that begin in [left, right)."""
        return self.words[bisect_left(self._starts, left) : bisect_left(self._starts, right)]

    def own(self, quantity: QuantityMention) -> AreaWord | None:
        """A figure's own word."""
        return self._owned.get(quantity.number.start)

    def for_all(self, left: int, right: int, quantity: QuantityMention) -> list[AreaWord]:
        """Words between two offsets that may speak of a figure: not asides, nor those of figures behind it."""
        at = quantity.number.start
        return [word for word in self.between(left, right) if word.owner == at or not (word.aside or (word.side == "before" and word.start > at))]


def find_area_words(
    terms: Sequence[TermMention],
    quantities: Sequence[QuantityMention],
    tokens: Callable[[int, int], int],
    marks: Marks,
    bracket_around: Callable[[int], Span | None],
    benchmarks: Sequence[TermMention],
) -> AreaWords:
    """Each word with its figure; `benchmarks` are words for averages, ranks and comparisons."""
    starts = [quantity.number.start for quantity in quantities]
    measured = [term.start for term in benchmarks]

    def is_near(left: int, right: int, between: Sequence[str]) -> bool:
        return tokens(left, right) <= _REACH and marks.between(left, right) in between

    def owner(term: TermMention) -> tuple[int | None, str]:
        index = bisect_left(starts, term.end)
        if index < len(starts) and is_near(term.end, starts[index], _BEFORE):
            return starts[index], "before"
        before = quantities[index - 1].number if index else None
        if before is not None and before.end <= term.start and is_near(before.end, term.start, _AFTER):
            return before.start, "after"
        return None, "none"

    def is_measured(term: TermMention) -> bool:
        index = bisect_right(measured, term.start)
        near = benchmarks[max(0, index - 1) : index + 1]
        return any(tokens(min(word.end, term.end), max(word.start, term.start)) <= _BESIDE for word in near)

    def is_bracketed(term: TermMention) -> bool:
        bracket = bracket_around(term.start)
        return bracket is not None and _counts(starts, bracket.start, bracket.end)

    def is_compared(term: TermMention, side: str) -> bool:
        return side != "before" and not _counts(starts, term.end, marks.next(term.end, term.end + _CLAUSE)) and is_measured(term)

    words = []
    for term in terms:
        number, side = owner(term)
        compared = is_compared(term, side)
        words.append(AreaWord(term.start, term.end, term.value, None if compared else number, side, compared or is_bracketed(term)))
    return AreaWords(words)


def _counts(starts: Sequence[int], left: int, right: int) -> bool:
    """Whether a number begins in [left, right)."""
    return bisect_left(starts, left) < bisect_left(starts, right)

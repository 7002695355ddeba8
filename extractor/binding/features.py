"""Features that the decisions share: they hold in every language.

A feature is a short string; its weight is learned. Distances are counted in tokens and put into buckets,
punctuation between two words stands in for syntax.
"""

from __future__ import annotations

from extractor.binding.context import Context
from extractor.mentions import QuantityMention, Span

ABOVE = 20_000
"""Characters above the paragraph in which dates and places still speak for it."""
NOTHING = "nothing"


def bucket(distance: int) -> str:
    """0 1 2 3 5 8 13 21 more."""
    for edge in (0, 1, 2, 3, 5, 8, 13, 21):
        if distance <= edge:
            return str(edge)
    return "far"


def relation(context: Context, left: Span, right: Span) -> str:
    """Punctuation and other numbers between two spans, the left one first."""
    numbers = context.numbers_between(left.end, right.start)
    return f"{context.marks.between(left.end, right.start)}:{min(numbers, 2)}"


_CLOSE, _NEAR = 1, 3
"""Tokens between two figures, at most, that stand for one another (`300 cases or 12 %`) or near each other."""


def apart(context: Context, before: QuantityMention, quantity: QuantityMention) -> str:
    """How far a figure is from the one before: close, near or far."""
    gap = context.tokens(before.end, quantity.start)
    return "close" if gap <= _CLOSE else "near" if gap <= _NEAR else "far"


def noun_indicator(quantity: QuantityMention) -> str | None:
    """The indicator that the noun beside a number names."""
    return quantity.noun.value if quantity.noun is not None and quantity.noun.kind == "indicator" else None


def flows(context: Context, indicator: str) -> bool:
    """Whether an indicator is counted over a time (visits), not at one (beds)."""
    traits = context.knowledge.indicators.traits.get(indicator)
    return traits is not None and traits.flow


def certainty(probability: float) -> str:
    """How sure an earlier decision was, in four steps: what it passes on weighs as much."""
    return str(min(3, int(4 * probability)))


_MARK_WIDTH = {"none": 0, "open": 2, "close": 4, "colon": 2, "comma": 4, "semi": 12, "stop": 20, "line": 20}
"""As many words a mark of punctuation keeps apart."""


def side_of(quantity: QuantityMention, span: Span) -> str:
    """Whether words stand inside a quantity, after or before it."""
    if span.start >= quantity.start and span.end <= quantity.end:
        return "inside"
    return "after" if span.start >= quantity.number.end else "before"


def pull(context: Context, span: Span, quantity: QuantityMention) -> int:
    """How far a word is from a number, punctuation counted as words."""
    key = (span.start, span.end, quantity.number.start)
    known = context.told.get(key)
    if known is None:  # asked for again by each of the quantities around
        known = context.told[key] = _pull(context, span, quantity)
    return int(known)


def _pull(context: Context, span: Span, quantity: QuantityMention) -> int:
    if span.start >= quantity.start and span.end <= quantity.end:
        return 0
    left, right = (span.end, quantity.start) if span.end <= quantity.number.start else (quantity.end, span.start)
    return context.tokens(left, right) + _MARK_WIDTH[context.marks.between(left, right)]

"""Dates that label a figure for certain: alone in brackets right behind it, or alone on a line above it in a table."""

from __future__ import annotations

from collections import Counter

from extractor.binding.ages import date_shape
from extractor.binding.context import Context, Heading
from extractor.binding.ranker import Candidate
from extractor.mentions import DateMention, QuantityMention

_BARE = 1
"""Words that a line has besides its date, at most, to be but a date: `Année 2020`."""
_ROWS = 2
"""So many lines that are but a year make a table."""
_KEY = "labels"


def label(context: Context, quantity: QuantityMention) -> Candidate[str | None] | None:
    """The date that labels a figure, if one does."""
    date = _in_brackets(context, quantity) or _above(context, quantity)
    return Candidate(date.value, (_KEY,), (date.start, date.end)) if date is not None else None


def is_bare(context: Context, heading: Heading) -> bool:
    """Whether a line is but its date."""
    date = heading.date
    return date is not None and context.tokens(heading.start, date.start) + context.tokens(date.end, heading.end) <= _BARE


def _in_brackets(context: Context, quantity: QuantityMention) -> DateMention | None:
    """`7,806 (2019), 7,777 (2020)`."""
    for date in context.moments_between(quantity.end, quantity.end + 3):
        bracket = context.bracket_around(date.start)
        if bracket is not None and bracket.start >= quantity.end and context.tokens(date.end, bracket.end - 1) == 0 and date.role != "document":
            return date
    return None


def _above(context: Context, quantity: QuantityMention) -> DateMention | None:
    """The year or month on a line of its own, where the article has several such lines and the figure's own sentence no date."""
    heading = context.heading_before(context.window(quantity).start)
    if heading.date is None or not is_bare(context, heading) or context.moments_between(heading.end, quantity.end):
        return None
    return heading.date if _rows(context)[date_shape(heading.date.value)] >= _ROWS else None


def _rows(context: Context) -> Counter[str]:
    """How many lines are but a year, but a month."""
    known: Counter[str] | None = context.told.get(_KEY)
    if known is None:
        bare = (heading.date for heading in context.headings if is_bare(context, heading))
        known = context.told[_KEY] = Counter(date_shape(date.value) for date in bare if date is not None and date.role == "period")
        del known["day"]
    return known

"""What period a change is compared with."""

from __future__ import annotations

from extractor.binding.ages import earlier_period
from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.mentions import DateMention, Span

_COMPARED = 40
"""A word of comparison so many characters before a date makes it the baseline."""
_CUES = ("compared", "previous")
_AROUND = 120
"""Characters on either side of a change in which it is looked for."""
_BACK = {"year_before": 365, "week_before": 7}
"""Days by which a cue turns back."""


def baseline(context: Context, current: Decided) -> str | None:
    """The date that a word of comparison leads to, the nearest behind the figure first; else the same period before; None where neither is told."""
    if current.measure != "change":
        return None
    quantity = current.quantity
    sentence = context.window(quantity)
    around = Span(max(sentence.start, quantity.start - _AROUND), min(sentence.end, quantity.end + _AROUND))
    dates = [date for date in context.moments_between(around.start, around.end) if _is_compared(context, date, around)]
    behind = [date for date in dates if date.start >= quantity.number.end and not context.numbers_between(quantity.end, date.start)]
    before = [date for date in dates if date.end <= quantity.number.start and not context.numbers_between(date.end, quantity.number.start)]
    for date in (*behind[:1], *before[-1:]):
        if date.value[:4].isdigit() and date.value != current.period:
            return date.value
    return _same_period(context, current, around)


def _same_period(context: Context, current: Decided, around: Span) -> str | None:
    """`12 % more than in the same period`: the figure's own, a year or a week before."""
    quantity = current.quantity
    for name, days in _BACK.items():
        cues = context.cues_between(name, around.start, around.end)
        near = any(not context.numbers_between(min(cue.end, quantity.end), max(cue.start, quantity.number.start)) for cue in cues)
        if near and current.period is not None:
            return earlier_period(current.period, days)
    return None


def _is_compared(context: Context, date: DateMention, around: Span) -> bool:
    """A word of comparison begins before the date, and may run on into it: `so với năm` 2024."""
    floor = max(around.start, date.start - _COMPARED)
    return any(not context.numbers_between(cue.end, date.start) for name in _CUES for cue in context.cues_between(name, floor, date.start + 1)[-1:])

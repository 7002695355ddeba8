"""What period a change is compared with."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.binding.ages import date_shape, earlier_period, in_year
from extractor.binding.comparisons import BACK, FIRST, part
from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.mentions import DateMention, Span

_COMPARED = 40
"""A word of comparison so many characters before a date makes it the baseline."""
_CUES = ("compared", "previous")
_AROUND = 120
"""Characters on either side of a change in which it is looked for."""
_BACK = {"year_before": 365, "week_before": 7, "year_on_year": 365}
"""Days by which a cue turns back."""
_BEHIND = 4
"""Words between a change and the earlier year that follows it, at most: `6.2 % more than 2023`."""
_NEAR = 2
"""Figures on either side of a change among which the one is that it rose or fell from, at most."""
_LISTED = 8
"""Changes that a list may have behind the one that says what it is compared with, at most."""


def decide_baselines(context: Context, decided: Sequence[Decided]) -> None:
    """What each change is compared with: by the words around it, else by the old figure beside it, else as the change before it in its paragraph,
    or behind it in its sentence, is."""
    changes = [at for at, current in enumerate(decided) if current.measure == "change"]
    for at in changes:
        decided[at].baseline = _said(context, decided[at]) or _of_old_figure(context, decided, at)
    own = {at for at in changes if decided[at].baseline is not None}
    for place, at in enumerate(changes):
        if at not in own:
            listed = [*reversed(changes[max(0, place - _LISTED) : place]), *changes[place + 1 : place + 1 + _LISTED]]
            decided[at].baseline = next(_of_list(context, decided[at], [decided[other] for other in listed if other in own]), None)


def _said(context: Context, current: Decided) -> str | None:
    """The date that a word of comparison leads to, the nearest behind the figure first; else the same period before; None where neither is told."""
    quantity = current.quantity
    sentence = context.window(quantity)
    around = Span(max(sentence.start, quantity.start - _AROUND), min(sentence.end, quantity.end + _AROUND))
    moments = context.moments_between(around.start, around.end)
    behind = [date for date in moments if date.start >= quantity.number.end and not context.numbers_between(quantity.end, date.start)]
    before = [date for date in moments if date.end <= quantity.number.start and not context.numbers_between(date.end, quantity.number.start)]
    followed = [date for date in behind if _is_compared(context, date, around) or _is_earlier(context, date, current)]
    led = [date for date in before if _is_compared(context, date, around)]
    for date in (*followed[:1], *led[-1:]):
        if date.value[:4].isdigit() and date.value != current.period:
            return _as_precise(context, date, current)
    return _same_period(context, current, around)


def _is_earlier(context: Context, date: DateMention, current: Decided) -> bool:
    """A year right behind a change that ends before the time of the change: `4.1 % fewer than 2023`."""
    year, period = date.value.rpartition("/")[2][:4], (current.period or "").partition("/")[0][:4]
    return (
        date.role in ("period", "relative")
        and year.isdigit()
        and year < period
        and context.tokens(current.quantity.end, date.start) <= _BEHIND
        and context.marks.between(current.quantity.end, date.start) == "none"
    )


def _as_precise(context: Context, date: DateMention, current: Decided) -> str:
    """Of the same period of a year not all of it: of a change in the first half of 2024 the first half of 2023."""
    if current.period is None or date_shape(date.value) != "year":
        return date.value
    touching = context.cues_between("year_before", date.start - _COMPARED, date.end)
    same = context.is_of_same_period(date) or any(cue.end > date.start for cue in touching)
    return (in_year(current.period, date.value) if same else None) or date.value


def _same_period(context: Context, current: Decided, around: Span) -> str | None:
    """`12 % more than in the same period`: the figure's own, a year or a week before."""
    quantity = current.quantity
    for name, days in _BACK.items():
        cues = context.cues_between(name, around.start, around.end)
        near = any(not context.numbers_between(min(cue.end, quantity.end), max(cue.start, quantity.number.start)) for cue in cues)
        if near and current.period is not None:
            return earlier_period(current.period, days)
    return None


def _of_old_figure(context: Context, decided: Sequence[Decided], at: int) -> str | None:
    """The time of the figure that it rose or fell from, where that stands beside it: `13,600 in 2023, against 9,200 in 2015, or 48 % more`."""
    current = decided[at]
    sentence = context.layout.sentence_index(current.quantity.start)
    beside = [*reversed(decided[max(0, at - _NEAR) : at]), *decided[at + 1 : at + 1 + _NEAR]]
    for other in beside:
        if other.measure != "level" or other.period in (None, current.period) or context.layout.sentence_index(other.quantity.start) != sentence:
            continue
        role = part(context, other.quantity)
        if role == FIRST or (role in BACK and other.indicator == current.indicator):
            return other.period
    return None


def _of_list(context: Context, current: Decided, others: Sequence[Decided]) -> Iterator[str]:
    """What is said once of a list holds for each of its changes of the same time: a year before, or that date."""
    for other in others:
        behind = other.quantity.start > current.quantity.start
        reach = context.layout.sentence_index if behind else context.layout.paragraph
        if other.period == current.period and other.baseline is not None and reach(other.quantity.start) == reach(current.quantity.start):
            yield other.baseline


def _is_compared(context: Context, date: DateMention, around: Span) -> bool:
    """A word of comparison begins before the date, and may run on into it: `so với năm` 2024."""
    floor = max(around.start, date.start - _COMPARED)
    return any(not context.numbers_between(cue.end, date.start) for name in _CUES for cue in context.cues_between(name, floor, date.start + 1)[-1:])

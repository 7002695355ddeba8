"""Words that point back to a date (`in the week`, `by then`, `a year earlier`): they stand for the last one named that is of their kind,
or for the year before it."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from datetime import date as Day

from extractor.mentions import DateMention
from extractor.page import Page

_MONTH, _DAY = len("2024-02"), len("2024-02-27")
_NO_YEAR, _LEAP_YEAR = "XXXX", "2024"
YEAR_BEFORE = "year_before"
_LATEST_OF = 3
"""Of so many dates named last the latest is counted from, for others may be compared with: `in 2024 12 % more than in 2023; a year earlier …`."""
_SHORTEST_WEEK, _LONGEST_WEEK = 4, 7
"""Days from the first to the last of a week: `from 18 to 22 March`, `from 3 to 10 June`."""


def back_references(page: Page, dates: Sequence[DateMention]) -> Iterator[DateMention]:
    """What the words stand for, as dates of role `relative`; nothing where no such date is named. Weeks may also be named first below.

    `dates` are in the order of the text.
    """
    told: dict[str, str] = {}
    first: dict[str, str] = {}
    for date in dates:
        for kind in _kinds(date):
            first.setdefault(kind, date.value)
    at = 0
    for term in page.of_kind("back_reference"):
        if term.value == YEAR_BEFORE:
            continue
        while at < len(dates) and dates[at].start < term.start:
            told.update(dict.fromkeys(_kinds(dates[at]), dates[at].value))
            at += 1
        value = told.get(term.value) or (first.get("week") if term.value == "week" else None)
        if value is not None:
            yield DateMention(term.start, term.end, value, "relative", term.entry.phrase)


def years_before(page: Page, dates: Sequence[DateMention], own_year: int | None) -> Iterator[DateMention]:
    """`A year earlier`, `im Vorjahr`: the year before the one that the text speaks of, the latest of those named last; before the article's own
    where none is named.

    `dates` are in the order of the text. A year still to come is not spoken of as the present one, nor is the day of a meeting.
    """
    spoken = [(date.start, year) for date in dates if (year := _year_spoken_of(date)) is not None and (own_year is None or year <= own_year)]
    starts = [start for start, _ in spoken]
    for term in page.of_kind("back_reference"):
        if term.value == YEAR_BEFORE:
            at = bisect_left(starts, term.start)
            latest = max((year for _, year in spoken[max(0, at - _LATEST_OF) : at]), default=own_year)
            if latest is not None:
                yield DateMention(term.start, term.end, f"{latest - 1:04d}", "relative", term.entry.phrase)


def _year_spoken_of(date: DateMention) -> int | None:
    last = date.value.rpartition("/")[2][: len("2024")]
    return int(last) if date.role in ("period", "relative") and last.isdigit() else None


def _kinds(date: DateMention) -> Iterator[str]:
    """What words may call the date: a day is only a date, a week also a week, a month a month, what is longer a span."""
    if date.role == "document" or not date.value[:4].isdigit():
        return
    yield "date"
    first, _, last = date.value.partition("/")
    if not last and len(first) == _MONTH:
        yield "month"
    if last and last != "..":
        yield "week" if is_week(date.value) else "span"


def is_week(value: str) -> bool:
    """Whether the EDTF of a date is a span of some seven days, of whatever year.

    >>> is_week("2024-06-03/2024-06-09"), is_week("2024-06"), is_week("XXXX-06-03/XXXX-06-09")
    (True, False, True)
    """
    first, _, last = value.replace(_NO_YEAR, _LEAP_YEAR).partition("/")
    if len(first) != _DAY or len(last) != _DAY:
        return False
    try:
        return _SHORTEST_WEEK <= (Day.fromisoformat(last) - Day.fromisoformat(first)).days <= _LONGEST_WEEK
    except ValueError:  # 29 February of another year
        return False

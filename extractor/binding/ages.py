"""How a period lies beside the day on which an article was written."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

_remembered = lru_cache(maxsize=1 << 12)
"""An article names few dates, and asks of each many times."""
_BEGUN, _LATE = 2, 9
"""Months up to and from which a year has just begun or is nearly over."""
_TERM = 24
"""Months of a span from one year into another that is a term rather than a time reported on, at least."""
REPORTED = ("now", "fresh", "recent", "last year", "unknown")
"""Ages of a span of months that an article may be a report on."""


@_remembered
def date_shape(value: str) -> str:
    """open, years, range, year, month, day or other: how precise a date is.

    >>> date_shape("2021/2025"), date_shape("2023-11/2024-02"), date_shape("2021/2022-06")
    ('years', 'range', 'range')
    """
    if value.endswith(".."):
        return "open"
    first, _, last = value.partition("/")
    if last:
        return "years" if _are_years(first, last) else "range"
    return {4: "year", 7: "month", 10: "day"}.get(len(value), "other")


def _are_years(first: str, last: str) -> bool:
    """Whether a span is a term of years, and no winter or the year and a half up to June: 2021/2025, but not 2023-11/2024-02 nor 2021/2022-06."""
    whole = len(first) == len(last) == len("2024")
    told = first[:4].isdigit() and last[:4].isdigit()
    return first[:4] != last[:4] and (whole or not told or _months(last, end=True) - _months(first) >= _TERM)


@_remembered
def year_distance(value: str, year: str | None) -> str:
    """past, now, next or future: the year in which a date ends beside another; unknown where there is none."""
    last = value.rpartition("/")[2][:4]
    if not last.isdigit():
        last = value[:4]
    return era(int(last) - int(year)) if year and last.isdigit() else "unknown"


@_remembered
def age(value: str, day: str | None) -> str:
    """How long before the article's own day a period ended, in months: a report comes soon after the time it reports on."""
    if day is None or not day[:4].isdigit():
        return "unknown"
    last = value.rpartition("/")[2]
    if not last[:4].isdigit():
        return "open"
    if len(day) == len("2024"):
        return _age_in_years(value, int(day) - int(last[:4]))
    first = value.partition("/")[0]
    months = _months(day) - _months(last, end=True)
    if months < 0 or (months == 0 and len(last) < len(day)):
        if first[:7] > day[: len(first[:7])]:
            return "coming"
        return f"within:{_stage(day)}" if len(value) == len("2024") else "within"
    return next((name for edge, name in ((0, "now"), (1, "fresh"), (3, "recent"), (12, "past")) if months <= edge), "old")


def _age_in_years(value: str, years: int) -> str:
    """The same where only the year of writing is known."""
    if years == 0:
        return "within:unknown" if len(value) == len("2024") else "unknown"
    return "coming" if years < 0 else "last year" if years == 1 else "old"


def _stage(day: str) -> str:
    """How far the year is: a review in January is of the year before, one in October of nine months."""
    month = day[5:7]
    if not month.isdigit():
        return "unknown"
    return "begun" if int(month) <= _BEGUN else "late" if int(month) >= _LATE else "midway"


def _months(value: str, *, end: bool = False) -> int:
    month = value[5:7]
    return 12 * int(value[:4]) + (int(month) if month.isdigit() else 12 if end else 1)


def earlier_period(value: str, days: int) -> str | None:
    """The same period a year or a week before; None for a week before what is no range of days.

    >>> earlier_period("2025-01/2025-06", 365)
    '2024-01/2024-06'
    >>> earlier_period("2025-07-21/2025-07-27", 7)
    '2025-07-14/2025-07-20'
    """
    ends = value.split("/")
    if not all(end[:4].isdigit() for end in ends):
        return None
    if days == _YEAR:
        return "/".join(f"{int(end[:4]) - 1}{end[4:]}" for end in ends)
    try:
        return "/".join((date.fromisoformat(end) - timedelta(days=days)).isoformat() for end in ends)
    except ValueError:
        return None


def in_year(value: str, year: str) -> str | None:
    """The same months or days of another year; None for what is no part of one year.

    >>> in_year("2022-01/2022-09", "2019")
    '2019-01/2019-09'
    """
    ends = value.split("/")
    if len({end[:4] for end in ends}) > 1 or not all(end[4:5] == "-" for end in ends):
        return None
    return "/".join(year + end[4:] for end in ends)


_YEAR = 365


def era(years: int) -> str:
    """Where a year lies beside another: past, now, next, future."""
    return "past" if years < 0 else "now" if years == 0 else "next" if years == 1 else "future"

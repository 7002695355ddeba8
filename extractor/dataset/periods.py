"""Periods as days: what lies within what."""

from __future__ import annotations

import calendar
import re
from functools import lru_cache
from typing import NamedTuple

DATE = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?")
"""A year, a month or a day, EDTF."""


class Days(NamedTuple):
    """First and last day of a period, ISO 8601."""

    first: str
    last: str


@lru_cache(maxsize=4096)
def days_of(period: str) -> Days | None:
    """The days of an EDTF period; an open one has one end only, and None is said of what names no year.

    >>> days_of("2024-02"), days_of("2021/2025"), days_of("2024-10/..")
    (Days(first='2024-02-01', last='2024-02-29'), Days(first='2021-01-01', last='2025-12-31'), Days(first='2024-10-01', last='2024-10-31'))
    """
    begins, _, ends = period.partition("/")
    first = _days_of_one(begins) or _days_of_one(ends)
    last = _days_of_one(ends) or first
    return Days(first.first, last.last) if first and last else None


def answers(outcome: str, due: str) -> bool:
    """Whether a figure of one period says how far a target that is due in another was got: it holds in the year that the target is due in, and not
    after that. What is due in a season, a fiscal year or a quarter has to be of that season, year or quarter.

    >>> answers("2025-01/2025-06", "2025"), answers("2024", "2025"), answers("2025-06-30", "2021/2025"), answers("2025-04", "2025-03-31")
    (True, False, True, False)
    >>> answers("2024-10", "2024/2025"), answers("2025-01/2025-09", "2025-10/2025-12")
    (True, False)
    """
    if outcome == due:
        return True
    reported, wanted = days_of(outcome), days_of(due)
    if not reported or not wanted:
        return False
    of_one_year = "/" in due and int(wanted.last[:4]) - int(wanted.first[:4]) <= 1
    begins = wanted.first if of_one_year else f"{wanted.last[:4]}-01-01"
    return begins <= reported.first and reported.last <= wanted.last


def _days_of_one(period: str) -> Days | None:
    match = DATE.fullmatch(period)
    if not match:
        return None
    year, month, day = match["year"], match["month"], match["day"]
    if not month:
        return Days(f"{year}-01-01", f"{year}-12-31")
    if not 1 <= int(month) <= 12 or int(year) < 1:
        return None
    return Days(f"{year}-{month}-{day or '01'}", f"{year}-{month}-{day or calendar.monthrange(int(year), int(month))[1]}")

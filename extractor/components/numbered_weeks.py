"""Weeks called by number (`minggu ke 34`): the days that the text gives them, or those counted from the days of another week."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date as Day
from datetime import timedelta

from extractor.components.back_references import is_week
from extractor.components.date_matching import DateMatcher
from extractor.components.date_spans import DateSpans, to_date
from extractor.components.date_templates import Templates, alternatives
from extractor.components.date_words import DateWords
from extractor.components.standing_alone import NOUNS
from extractor.components.years import NO_YEAR
from extractor.mentions import DateMention
from extractor.packs import LanguagePack
from extractor.page import Page

_DATES_BEHIND = 2
"""Dates from the start of a week's name on of which one may be its days; the first may be the year within its name."""
_WEEKS_AWAY = 8
"""Weeks to one whose days are known, at most, for a week's days to be counted from those."""
_NEXT_WEEK = 10
"""Characters from a figure to the week that it is of, at most: `121 in week` 37."""
_NUMBER_REACH = 24
"""Characters from a document's number to its day, at most."""
_NUMBER_ENDS = re.compile(r"(?<=\d)[ ,]{0,2}$")
_WEEK_OF_YEAR = re.compile(r"/20\d\d|20\d\d-\d\d?(?!\d)")
_COMMON_YEAR, _LEAP_YEAR, _LEAP_DAY = "2023", "2024", "-02-29"
_YEAR = len("2024")


class NumberedWeeks:
    """Finds the weeks of one language by their numbers."""

    def __init__(self, pack: LanguagePack, templates: Templates, matcher: DateMatcher, words: DateWords, spans: DateSpans) -> None:
        self._named = bool(pack.pack.dates.weeks)
        self._templates, self._matcher, self._words, self._spans = templates, matcher, words, spans
        numbers = pack.pack.numbers
        opens = alternatives(words.folded(numbers.range_open)) or "(?!)"
        joins = alternatives(words.folded([*numbers.range_and, *numbers.range_words])) or "(?!)"
        between = rf"(?:, ?| ?[-–] ?| (?:{joins}) )"
        self._more = re.compile(rf"(?:{between}\d{{1,2}})*{between}(?P<last>\d{{1,2}})(?![-–/.,]?\d| ?%)")
        self._to_days = re.compile(rf"[ \n(（,:;、–—-]{{0,4}}(?:(?:{opens}) ?)?")

    def known(self, page: Page, dates: Sequence[DateMention]) -> list[DateMention]:
        """The weeks called by number whose days stand beside one of them: `Minggu 34 (17 – 23 Ogos 2014)`, and then `minggu ke 34`;
        so too where the calendar numbers some days of the text like one of them. Those near by their number (`minggu ke 33`) are as many
        weeks away."""
        if not self._named or not any(is_week(date.value) for date in dates):
            return []
        weeks = list(self._matcher.find(page, self._templates))
        folded, starts = page.reading.folded, [date.start for date in dates]
        days: dict[int, str] = {}
        for week in weeks:
            at = bisect_left(starts, week.start)
            near = (date for date in dates[max(0, at - 1) : at + _DATES_BEHIND] if is_week(date.value) and self._are_beside(folded, week, date))
            beside = next(near, None)
            if beside is not None:
                days.setdefault(int(week.value[-2:]), beside.value)
        numbers = {int(week.value[-2:]) for week in weeks}
        for date in dates:
            if is_week(date.value) and NO_YEAR not in date.value and (number := _calendar_week(date.value)) in numbers:
                days.setdefault(number, date.value)
        rows = self._rows(page, weeks)
        known = [(week, span) for week, last in rows if (span := _days_of_row(int(week.value[-2:]), last, days)) is not None]
        return [
            self._up_to_week(folded, dates, starts, replace(week, value=span, role="relative"))
            for week, span in known
            if week.value[:4] in (NO_YEAR, span[:4])
        ]

    def years(self, page: Page) -> Iterator[DateMention]:
        """The year written onto the number of a week, whose days nobody says: `minggu ke 8/2023`, `semaine 2023-08`."""
        if not self._named or not _WEEK_OF_YEAR.search(page.reading.folded):
            return
        for week in self._matcher.find(page, self._templates):
            if week.value[:4] != NO_YEAR:
                yield replace(week, value=week.value[:4], role="relative")

    def _rows(self, page: Page, weeks: Sequence[DateMention]) -> Iterator[tuple[DateMention, int]]:
        """Each week with the number of the last one in a row with it, and as long as the row: `semanas 33, 34 e 35`, `KW 26-28`.

        The figure of one week and the name of the next are no row: 96 in week 36, `48 in week 37`.
        """
        folded = page.reading.folded
        for place, week in enumerate(weeks):
            number = int(week.value[-2:])
            row = self._more.match(folded, week.end) if week.value[:4] == NO_YEAR else None
            following = weeks[place + 1].start if place + 1 < len(weeks) else len(folded)
            if (
                row is None
                or not number < int(row["last"]) <= number + _WEEKS_AWAY
                or following - row.end() <= _NEXT_WEEK
                or any(page.terms_at(row.end() + 1, *NOUNS))
            ):
                yield week, number
            else:
                yield replace(week, end=row.end()), int(row["last"])

    def _are_beside(self, folded: str, week: DateMention, days: DateMention) -> bool:
        """Nothing but brackets, commas, dashes and the word for from between the number of a week and its days."""
        left, right = (week.end, days.start) if week.end <= days.start else (days.end, week.start)
        return self._to_days.fullmatch(folded, left, right) is not None

    def _up_to_week(self, folded: str, dates: Sequence[DateMention], starts: Sequence[int], week: DateMention) -> DateMention:
        """The span from new year to a week (`since early 2025 to week 41`, `up to week 41`), where the words before it say so; else the week."""
        last = replace(week, value=week.value.partition("/")[2])
        begin = self._spans.year_begins(folded, week.start)
        if begin is not None:
            return to_date(begin.start("begins"), last)
        up_to = self._words.before("weeks_to", folded, week.start)
        if up_to is not None and not _NUMBER_ENDS.search(folded, max(0, up_to.start() - _NUMBER_REACH), up_to.start()):  # from week 38 to week 41
            return replace(week, value=to_date(week.start, last).value)
        at = bisect_left(starts, week.start) - 1
        previous = dates[at] if at >= 0 else None
        if previous is None or previous.value.removesuffix("/..") != week.value[:4] or not self._spans.leads_to(folded, previous.end, week.start):
            return week
        return to_date(previous.start, last)


def _calendar_week(days: str) -> int:
    """The number that the calendar gives to a week, by its middle.

    >>> _calendar_week("2024-10-07/2024-10-13")
    41
    """
    return (Day.fromisoformat(days.partition("/")[0]) + timedelta(days=3)).isocalendar().week


def _days_of_row(first: int, last: int, known: Mapping[int, str]) -> str | None:
    """The days from one week to another by their numbers, as `_days_of` counts them.

    >>> _days_of_row(38, 40, {41: "2024-10-07/2024-10-13"})
    '2024-09-16/2024-10-06'
    """
    begin, end = _days_of(first, known), _days_of(last, known)
    return f"{begin.partition('/')[0]}/{end.partition('/')[2]}" if begin and end else None


def _days_of(number: int, known: Mapping[int, str]) -> str | None:
    """The days of a week by its number, counted from those of the nearest one that is known.

    >>> _days_of(40, {41: "2024-10-07/2024-10-13"}), _days_of(2, {41: "2024-10-07/2024-10-13"})
    ('2024-09-30/2024-10-06', None)
    """
    nearest = min(known, key=lambda other: abs(other - number), default=number)
    if nearest not in known or abs(nearest - number) > _WEEKS_AWAY:
        return None
    away = timedelta(weeks=number - nearest)
    return _moved(known[nearest], away)


def _moved(days: str, away: timedelta) -> str:
    """A span of days so much later; one without a year as in a common one, or in a leap year where it has a leap day.

    >>> _moved("2024-12-30/2025-01-05", timedelta(7)), _moved("XXXX-08-06/XXXX-08-12", timedelta(-7))
    ('2025-01-06/2025-01-12', 'XXXX-07-30/XXXX-08-05')
    >>> _moved("XXXX-02-23/XXXX-02-29", timedelta(7))
    'XXXX-03-01/XXXX-03-07'
    """
    if NO_YEAR not in days:
        return "/".join(str(Day.fromisoformat(day) + away) for day in days.split("/"))
    year = _LEAP_YEAR if _LEAP_DAY in days else _COMMON_YEAR
    return "/".join(NO_YEAR + str(Day.fromisoformat(day.replace(NO_YEAR, year)) + away)[_YEAR:] for day in days.split("/"))

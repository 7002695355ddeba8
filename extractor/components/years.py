"""The year that a date lacks: of its own sentence, of the words beside it, else the one in which the article was written."""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date as day_of
from datetime import timedelta
from typing import Literal

from extractor.components.back_references import is_week
from extractor.components.weekdays import falls_on_its_weekday
from extractor.mentions import DateMention
from extractor.page import Page

_DOCUMENT_YEAR = re.compile(r"(?<![\d.,])\d{1,5} ?(?:[^\W\d_]{2,5} |[/-] ?)$")
"""A running number right before a year, with a short word or a slash between: `Decreto 780 de 2016`, `No. 21 Tahun 2024`."""
_NUMBER_AHEAD = 40
"""Characters between a document's number and its day, at most."""
_HEAD = 300
"""Characters from the beginning in which an article states its own day."""
_BESIDE = 4
"""Characters between a date and the word that tells its year, at most."""
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？؟\n]")
_CLOSED = re.compile(r"[^()（）]*[)）]")
"""From within brackets to their end."""
_SAME_SENTENCE = 80
"""Characters within which a year is taken to belong to a date that lacks one."""
_LIVING = 30
"""A year that is further than that from the article's own is one of birth or of history: no day of the article is in it."""
_SAME_PARAGRAPH = 200
"""Characters within which a day alone is taken to be of the month just named."""
_FRESH, _LAST_MONTH = 3, 20
"""A day alone is news where it is at most so many days before publication; more days after it, it was of the month before."""
_YEARS_BACK, _YEARS_AHEAD = 3, 1
"""How far from the article's own a year of two digits may be: `24年` in 2025 is a year, `30年` are thirty years."""
_SPAN_REACH = 12
"""The same of `24年度`, or of two such years with a dash between; one that begins with a nought (`02年度`) is a year however far back."""
_TODAY = "\\("
"""In a template: the day stands in brackets beside a word that means the article's own, `今({d})日`."""
_BULLETIN = 14
"""Days after the last week that it tells of in which a bulletin appears, at most."""
DAY_ALONE = "XXXX-XX-"
"""How the value of a day begins whose month is not written."""
_CUT_SHORT = ("'", "’", "‘")
"""The marks that stand for a year's century."""
NO_YEAR, _NO_CENTURY = "XXXX", re.compile(r"XX(?=\d)")
_CENTURY = "20"
_SHORT_YEAR = re.compile(rf"(?:XX|\b{_CENTURY})(\d\d)(?=/|-|$)")
_DIGITS, _ERA = re.compile(r"\d+"), "{era}"
_LEAP_YEAR = 2024
_HALF_YEAR, _LONG_OVER = 190, 80
"""So many days after the article's own an event lies in the year before (`since October` in January), and so many days before it
a deadline in the next one (`before 20 January` or `before 30 September` in December). No event of the corpus lies 190 to 365 days ahead;
of its deadlines 80 to 150 days behind six of seven are of the next year, while to nearer ones something is often reported."""

Turn = Literal["coming", "gone"]
_MONTH, _DAY = len("2024-02"), len("2024-02-27")
_ROW = 40
"""Characters between the first day of a row and the year behind the last, at most."""
_ROW_END = re.compile(r"(?:(?:, ?| [^\W\d_]{1,4} )\d{1,2}[/.-]\d{1,2})*[)\]]? ?(?:[^\W\d_]{1,4} )?")


@dataclass(frozen=True)
class Years:
    """The years that a text names, to complete dates that lack one."""

    folded: str
    at: list[int]
    years: list[int]
    own: int | None
    """The year in which the article was written, as far as it tells."""
    published: str | None
    """Day or year of publication, where it is known."""
    dateline: str | None
    """The first day that the head of the article names."""
    written: str | None
    """The day of the article: that of its publication, else the first of its own year that the head names, its year written or not."""
    week_end: str | None
    """The last day of the last week of days that it tells of; its year may lack."""
    relative: dict[int, int]
    """Where words such as `last year` begin and end → years from the article's own."""

    @classmethod
    def of(cls, dates: Sequence[DateMention], page: Page, own: int | None, published: str | None) -> Years:
        folded = page.reading.folded
        named = [date for date in dates if date.value[:4].isdigit()]
        dateline = next((date.value for date in named if date.start < _HEAD and _is_day(date.value)), None)
        head = next((day for date in dates if date.start < _HEAD and (day := _own_day(date, own)) is not None), None)
        written = published if published and _is_day(published) else head
        named = [date for date in named if not _DOCUMENT_YEAR.search(folded, max(0, date.start - _NUMBER_AHEAD), date.start)]
        years = [int(date.value[:4]) for date in named]
        week_ends = [d.value.partition("/")[2] for d in dates if is_week(d.value.replace(NO_YEAR, str(own or _LEAP_YEAR)))]
        week_end = max(week_ends, key=lambda day: day.replace(NO_YEAR, str(own or _LEAP_YEAR)), default=None)
        relative = {at: int(term.value) for term in page.of_kind("relative_year") for at in (term.start, -term.end)}
        return cls(folded, [date.start for date in named], years, own, published, dateline, written, week_end, relative)

    def complete(
        self, dates: Sequence[DateMention], turns: Mapping[int, Turn], same: Collection[int] = (), far: Collection[int] = ()
    ) -> list[DateMention]:
        """The dates with what they lack, in order; without those that stay incomplete.

        `turns` says of the dates that begin at some offsets whether they are still to come: `next January`; `same` are the
        offsets of those that are of the year named last: `diciembre del mismo año`; `far` those of years that may be long ago.
        """
        completed: list[DateMention] = []
        month: DateMention | None = None
        era: DateMention | None = None
        for date in dates:
            if era is not None and _NO_CENTURY.match(date.value):
                date = self._in_era(date, era) or date
            era = date if self._is_of_present_era(date) else None if date.value[:4].isdigit() else era
            if date.start in same and (year := self._named_before(date.start)) is not None:
                date = replace(date, value=date.value.replace(NO_YEAR, str(year)))
            resolved = (
                self._days_alone(date, month)
                if date.value.startswith(DAY_ALONE)
                else self.resolve(date, turns.get(date.start), far=date.start in far)
            )
            if resolved is not None and not (date.value.startswith(DAY_ALONE) and _on_another_weekday(resolved)):
                completed.append(self._as_of(resolved))
                month = resolved if "/" not in resolved.value and len(resolved.value) >= _MONTH else month
        return completed

    def _as_of(self, date: DateMention) -> DateMention:
        """`Until 31 August` in an article of September is no deadline but as of when something was counted.

        Of the corpus' dates with such words that lie before the article's own day 43 are none, 9 are one.
        """
        if date.role != "deadline":
            return date
        last, own = date.value.rpartition("/")[2], self.written or str(self.own or "")
        known = min(len(last), len(own))
        over = known >= len(_CENTURY) and last[:known] < own[:known]
        return replace(date, role="period") if over else date

    def resolve(self, date: DateMention, turn: Turn | None = None, *, far: bool = False) -> DateMention | None:
        """The date with its year: that of its own sentence before it or right behind it, else the article's own."""
        if _NO_CENTURY.match(date.value):
            return self._in_century(date, far=far)
        if NO_YEAR not in date.value:
            return date
        told = self._told(date)
        year = told or self._near(date.start) or self._right_behind(date) or self.own or (self.years[0] if self.years else None)
        if year is None:
            first, span, _ = date.value.partition("/")
            return replace(date, whole_year=True) if span or first.count("-") == 2 else None
        if year == self.own and told is None:
            year += self._turned(date, year, turn)
        return replace(date, value=_ascending(date.value.replace(NO_YEAR, str(year))), whole_year=True)

    def _turned(self, date: DateMention, year: int, turn: Turn | None) -> int:
        """Years to the one that a date is of, seen from the day of the article: -1, 0 or 1."""
        if date.weekday is not None:
            return next((years for years in (0, -1, 1) if falls_on_its_weekday(date, year + years)), 0)
        first = _first_day(date.value, year)
        if self.written is None or first is None:
            return 0
        if date.role == "deadline" and len(date.value) == _MONTH:
            first = first.replace(day=monthrange(year, first.month)[1])  # by the end of May
        ahead = (first - day_of.fromisoformat(self.written)).days
        if turn is not None:
            return 1 if turn == "coming" and ahead < 0 else -1 if turn == "gone" and ahead > 0 else 0
        if date.role == "deadline":
            return 1 if ahead < -_LONG_OVER and "/" not in date.value else 0
        return -1 if ahead > _HALF_YEAR else 0

    def _in_century(self, date: DateMention, *, far: bool) -> DateMention | None:
        """`24年` near the article's own year; else it is no date but a duration, as a fiscal year, a span or one cut short (`’21년`) never is."""
        is_span = "/" in date.value or date.rule.startswith(_CUT_SHORT)
        if self.own is None and not is_span:
            return None
        value = _NO_CENTURY.sub(_CENTURY, date.value)
        back, ahead = (_SPAN_REACH, _SPAN_REACH) if is_span else (_LIVING if far else _YEARS_BACK, _YEARS_AHEAD)
        near = self.own is None or self.own - back <= int(value[:4]) <= self.own + ahead or (is_span and self.folded[date.start] == "0")
        return replace(date, value=value) if near else None

    def _in_era(self, date: DateMention, named: DateMention) -> DateMention | None:
        """`25年度` in the era that the date before it names (`平成24年度が290人、25年度が295人`), where it is near that one."""
        written = _DIGITS.search(self.folded, named.start, named.end)
        shift = int(named.value[:4]) - (int(written.group()) if written else 1) - int(f"{_CENTURY}00")
        value = _SHORT_YEAR.sub(lambda year: str(int(f"{_CENTURY}{year[1]}") + shift), date.value)
        reach = _SPAN_REACH if "/" in value else _YEARS_BACK
        return replace(date, value=value, rule=named.rule) if abs(int(value[:4]) - int(named.value[:4])) <= reach else None

    def _is_of_present_era(self, date: DateMention) -> bool:
        """Whether a year is written by its era, and not of one long over: behind `since 明治32年` 28年度 is of another."""
        return _of_an_era(date) and (self.own is None or abs(int(date.value[:4]) - self.own) <= _LIVING)

    def _days_alone(self, date: DateMention, named: DateMention | None) -> DateMention | None:
        """A day alone, or two that a span leads from and to: `du 10 au 16`. They are of one month, which the last of them tells, else the first."""
        first, last = (replace(date, value=end) for end in (*date.value.split("/"), "")[:2])
        if not last.value.startswith(DAY_ALONE):
            return self._day_alone(date, named)
        day = self._day_alone(last, named) or self._day_alone(first, named)
        end = _on_day(last, day.value, int(last.value[len(DAY_ALONE) :])) if day is not None else None
        return None if end is None else replace(end, value=f"{end.value[:_MONTH]}{first.value[_MONTH:]}/{end.value}")

    def _day_alone(self, date: DateMention, named: DateMention | None) -> DateMention | None:
        """`21日` of the month that the paragraph named last, or in which the article was published."""
        day = int(date.value[len(DAY_ALONE) :][:2])
        published = self.published if self.published and _is_day(self.published) else self.dateline
        if published is not None and 0 <= int(published[8:10]) - day <= _FRESH:
            return _on_day(date, published, day)
        if published is None and _TODAY in date.rule and (told := self._after_week(date, day)) is not None:
            return told
        if named is not None and date.start - named.end <= _SAME_PARAGRAPH and "\n" not in self.folded[named.end : date.start]:
            return _on_day(date, named.value, day)
        if self.written is not None and int(self.written[8:10]) == day:
            return _on_day(date, self.written, day)
        if published is None:
            return None
        ahead = day - int(published[8:10])
        return _on_day(date, published, day, months_back=ahead > 0) if ahead <= 0 or ahead >= _LAST_MONTH else None

    def _after_week(self, date: DateMention, day: int) -> DateMention | None:
        """`今(13)日` of a bulletin about the week from 30 November to 6 December: the first such day behind it, where it is near."""
        last = _first_day(self.week_end, self.own) if self.week_end is not None and self.own is not None else None
        if last is None:
            return None
        behind = (last + timedelta(days=days) for days in range(_BULLETIN + 1))
        return next((_on_day(date, str(on), day) for on in behind if on.day == day), None)

    def _told(self, date: DateMention) -> int | None:
        """`来年4月`, `del próximo año`: the year is told from the article's own, right beside the date."""
        if self.own is None:
            return None
        before, behind = [-at for at in range(date.start, date.start - _BESIDE, -1)], range(date.end, date.end + _BESIDE + 1)
        beside = [*range(date.start, date.end), *before, *behind]
        years = next((self.relative[at] for at in beside if at in self.relative), None)
        return self.own + years if years is not None else None

    def _named_before(self, start: int) -> int | None:
        at = bisect_left(self.at, start)
        return self.years[at - 1] if at else None

    def _near(self, start: int) -> int | None:
        """The year named last before an offset in its sentence; not within brackets that were closed since, which mostly compare:
        `in February 1,905 (February 2018: 640), in January 1,100`."""
        at = bisect_left(self.at, start) - 1
        while self.own is not None and at >= 0 and start - self.at[at] <= _SAME_SENTENCE and _CLOSED.match(self.folded, self.at[at], start):
            at -= 1
        if at < 0 or start - self.at[at] > _SAME_SENTENCE or _SENTENCE_END.search(self.folded, self.at[at], start):
            return None
        far = self.own is not None and abs(self.years[at] - self.own) > _LIVING
        return None if far else self.years[at]

    def _right_behind(self, date: DateMention) -> int | None:
        """The year named right behind a day or the last one of a row: `17/3 e 4/5 de 2023`, `(27-2) pada tahun 2023`."""
        at = bisect_left(self.at, date.end)
        if at == len(self.at) or self.at[at] - date.end > _ROW or not _ROW_END.fullmatch(self.folded, date.end, self.at[at]):
            return None
        return self.years[at]


def _of_an_era(date: DateMention) -> bool:
    return _ERA in date.rule and date.value[:4].isdigit()


def _on_another_weekday(date: DateMention) -> bool:
    """A day alone (`jeudi 12`) that was put into a month in which it falls on another day of the week."""
    return date.weekday is not None and _is_day(date.value) and day_of.fromisoformat(date.value).weekday() != date.weekday


def _own_day(date: DateMention, own: int | None) -> str | None:
    """A day of the year in which the article was written, as far as that is known; a day without a year is of it."""
    if date.role != "event" or len(date.value) != _DAY or date.value.startswith(DAY_ALONE):
        return None
    if date.value.startswith(NO_YEAR):
        value = date.value.replace(NO_YEAR, str(own)) if own is not None else None
        return value if value and _first_day(value, 0) else None
    return date.value if own is None or date.value.startswith(str(own)) else None


def _first_day(value: str, year: int) -> day_of | None:
    """The first day of a date, in a year where it has none; None where that year has no such day."""
    first = _ascending(value.replace(NO_YEAR, f"{year:04d}")).partition("/")[0]
    try:
        return day_of.fromisoformat(first if len(first) == _DAY else f"{first}-01" if len(first) == _MONTH else f"{first}-01-01")
    except ValueError:
        return None


def _ascending(value: str) -> str:
    """A span that passes new year begins in the year before: October to June of a fiscal year."""
    first, slash, last = value.partition("/")
    if slash and first[:4].isdigit() and last[:4] == first[:4] and last < first[: len(last)]:
        return f"{int(first[:4]) - 1}{first[4:]}/{last}"
    return value


def _is_day(value: str) -> bool:
    return len(value) == _DAY and value[:4].isdigit() and "/" not in value  # 2024-05/..


def _on_day(date: DateMention, month_of: str, day: int, *, months_back: bool = False) -> DateMention | None:
    """A day in the month of another date, or in the one before; None where the month has no such day."""
    known = month_of[:4].isdigit()
    year, month = int(month_of[:4]) if known else _LEAP_YEAR, int(month_of[5:7])
    if months_back:
        year, month = (year, month - 1) if month > 1 else (year - 1, 12)
    if day > monthrange(year, month)[1]:
        return None
    return replace(date, value=f"{year if known else NO_YEAR}-{month:02d}-{day:02d}{date.value[_DAY:]}", whole_year=not known)

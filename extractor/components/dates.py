"""Dates by templates: `{d} {M} {y}` in the pack says how a language writes them, EDTF comes out.

What the templates find (date_matching.py) and the years that stand alone (bare_years.py) are joined to spans (date_spans.py),
given their role, and completed with the year that they lack (years.py).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import get_args

from extractor.components.back_references import YEAR_BEFORE, back_references, years_before
from extractor.components.bare_years import BareYears
from extractor.components.clock_windows import ClockWindows
from extractor.components.date_doubts import Doubts
from extractor.components.date_matching import DateMatcher
from extractor.components.date_spans import DateSpans
from extractor.components.date_templates import Rule, Templates, alternatives
from extractor.components.date_values import Values
from extractor.components.date_words import DateWords
from extractor.components.lunar_days import LunarDays
from extractor.components.named_days import NamedDays
from extractor.components.numbered_weeks import NumberedWeeks
from extractor.components.weekdays import Weekdays
from extractor.components.years import Turn, Years
from extractor.mentions import DateMention, Span, Spans
from extractor.packs import FALLBACK, DateRules, LanguagePack, load_pack
from extractor.page import Page

_YEAR, _MONTH, _DAY = len("2024"), len("2024-02"), len("2024-02-27")
_VISION = 40
"""Characters of a vision's name, at most."""
_ANNIVERSARY = 20
"""Years from a day to the same day that no statistics are of."""
_LEAST_MONTHS, _MOST_MONTHS = 3, 11
"""So many months from January on are reported on."""


class Dates:
    """Finds dates of one language."""

    def __init__(self, pack: LanguagePack) -> None:
        rules, shared = pack.pack.dates, load_pack(FALLBACK).pack.dates
        values = Values(pack)
        self._templates = Templates(pack, values, _families(rules, shared))
        self._frames = Templates(pack, values, {"frame": rules.month_frames})
        self._week_names = Templates(pack, values, {"week": rules.weeks})
        self._words = DateWords(pack)
        self._bare_years = BareYears(rules, self._words)
        self._matcher = DateMatcher(values, Doubts(pack, values, self._words, self._bare_years))
        self._spans = DateSpans(pack, self._words)
        self._windows = ClockWindows(pack, self._words)
        self._lunar_days = LunarDays(pack, self._words)
        self._weeks = NumberedWeeks(pack, self._week_names, self._matcher, self._words, self._spans)
        self._weekdays = Weekdays(pack)
        self._named_days = NamedDays(pack)
        visions = alternatives(self._words.folded(rules.visions))
        self._vision_name = re.compile(rf"(?<![^\W\d_])(?:{visions})(?: [^\W\d_]+){{1,2}} $" if visions else r"(?!)")

    def rules(self) -> Iterator[Rule]:
        """All rules of the language, those of moments included."""
        for templates in (self._templates, self._frames, self._week_names):
            yield from templates.rules()

    def find(self, page: Page) -> list[DateMention]:
        """All dates of a text, in order, without overlaps; what is not written of them is `XX`."""
        written = [*self._matcher.find(page, self._templates), *self._bare_years.find(page), *self._named_days.find(page)]
        found = self._spans.joined(page.reading.folded, _without_overlaps(written))
        places = Spans(page.of_kind("place"))  # Rio de Janeiro
        return [self._with_role(page, date) for date in found if not places.cover(date)]

    def complete(self, page: Page, found: Sequence[DateMention], own_year: int | None, published: str | None) -> list[DateMention]:
        """The dates with what is not written of them, where the text makes it certain.

        `own_year` is that in which the article was written, `published` the day or year of publication, where it is known.
        """
        same = frozenset(date.start for date in found if self._words.after("same_year", page.reading.folded, date.end))
        far = frozenset(date.start for date in found if self._words.is_far_year(page.reading.folded, date))
        return Years.of(found, page, own_year, published).complete(found, self._turns(page, found), same, far)

    def _turns(self, page: Page, found: Sequence[DateMention]) -> dict[int, Turn]:
        """Which dates without a year the words beside them say to be still to come or gone by: `next January`, `décembre dernier`."""
        folded = page.reading.folded
        turns: dict[int, Turn] = {}
        for date in found:
            if not date.value.startswith("XXXX") or "/" in date.value.removesuffix("/.."):
                continue
            for turn in get_args(Turn):
                if self._words.turns_to(folded, date, turn):
                    turns[date.start] = turn
        return turns

    def moments(self, page: Page, dates: Sequence[DateMention], year: int | None) -> list[DateMention]:
        """The dates and what is no date of its own but says when a quantity holds, in order: `this year`, counted from `year`; the year
        of a survey; `by then`; the span from new year to a date, and that between two times of day, which stand for their dates then; the year
        of an anniversary."""
        spans, ends = self._spans.from_new_year(page, dates)
        for window, first, last in self._windows.find(page.reading.folded, dates):
            spans.append(window)
            ends |= {first, last}
        weeks = self._weeks.known(page, dates)
        told = [*self._bare_years.of_surveys(page), *self._weeks.years(page), *back_references(page, dates)]
        if year is not None:
            terms = page.of_kind("relative_year")
            told += [DateMention(t.start, t.end, str(year + int(t.value)), "relative", t.entry.phrase) for t in terms]
            told += self._month_frames(page, year)
        told = _counted_from_the_text(page, dates, told, year)
        written, covered = Spans(dates), Spans(spans)
        named = Spans(weeks)
        told = [mention for mention in told if not any(spans.touch(mention) for spans in (written, covered, named))]
        kept = (_of_anniversary(date) for date in dates if date not in ends and not named.touch(date))
        return sorted([*kept, *told, *spans, *weeks], key=lambda moment: moment.start)

    def lunar(self, page: Page) -> Iterator[Span]:
        """Days of the lunar calendar, which are no dates."""
        return self._lunar_days.find(page.reading.folded)

    def hours(self, page: Page, dates: Sequence[DateMention]) -> list[Span]:
        """The words and times of day between two days that a span leads from and to: they count nothing."""
        return [Span(first.end, last.start) for _, first, last in self._windows.find(page.reading.folded, dates)]

    def _month_frames(self, page: Page, year: int) -> Iterator[DateMention]:
        """`in 9 months the sector examined …`: the first nine of the year in which the article was written."""
        for frame in self._matcher.find(page, self._frames):
            months = int(frame.value[-2:]) if frame.value[-2:].isdecimal() else 0  # in 30 months: no month of a year
            ahead = self._words.after("coming", page.reading.folded, frame.end)
            if _LEAST_MONTHS <= months <= _MOST_MONTHS and not ahead:
                yield replace(frame, value=frame.value.replace("XXXX", str(year)), role="relative")

    def _with_role(self, page: Page, date: DateMention) -> DateMention:
        """Deadline, since, or plain period or event, from the words beside the date."""
        folded = page.reading.folded
        role = "event" if len(date.value) == 10 else "period"
        value = date.value
        ends_span = self._spans.year_begins(folded, date.start)
        since = self._words.since(folded, date)
        if ends_span and len(value) > _YEAR:  # từ đầu năm đến cuối tháng 9 runs up to September
            since = False
        if since or (not ends_span and self._words.till_now(folded, date)):
            value = value if "/" in value else f"{value}/.."
        elif not (ends_span or self._words.turns_to(folded, date, "gone")) and (  # al cierre de junio pasado: as of then
            self._bare_years.is_vision(folded, date.start, date.end)
            or (len(date.value) == _YEAR and self._vision_name.search(folded, max(0, date.start - _VISION), date.start))
            or (self._words.before("deadline", folded, date.start) and not self._words.before("as_of", folded, date.start))
            or ("/" not in value and self._words.after("deadline_after", folded, date.end))  # 7월부터 9월까지 runs up to September
        ):
            role = "deadline"
        weekday = self._weekdays.beside(folded, date) if len(date.value) >= _DAY else None
        return replace(date, value=value, role=role, weekday=weekday)


def _counted_from_the_text(page: Page, dates: Sequence[DateMention], told: list[DateMention], year: int | None) -> list[DateMention]:
    """What is told of the dates around, with words such as `a year earlier` counted from the year that the text speaks of."""
    words = Spans(term for term in page.of_kind("back_reference") if term.value == YEAR_BEFORE)
    others = [mention for mention in told if not words.touch(mention)]
    return [*others, *years_before(page, sorted([*dates, *others], key=lambda date: date.start), year)]


def _of_anniversary(date: DateMention) -> DateMention:
    """27/2/1955 - 27/2/2025, seventy years to the day, speaks of 2025. Ten years may lie between two censuses."""
    first, _, last = date.value.partition("/")
    if len(first) == len(last) == _DAY and first[_YEAR:] == last[_YEAR:] and int(last[:_YEAR]) - int(first[:_YEAR]) >= _ANNIVERSARY:
        return replace(date, value=last[:_YEAR])
    return date


def _families(rules: DateRules, shared: DateRules) -> dict[str, Sequence[str]]:
    """Templates of a pack by what their slots mean; those of days, months and years with the ones that all languages share."""
    return {
        "date": [*rules.templates, *shared.templates],
        "first_months": rules.first_months,
        "last_months": rules.last_months,
        "months_to": rules.months_to,
        "half": rules.halves,
        "half_month": rules.half_months,
        "quarter": rules.quarters,
        "third": rules.thirds,
        "first_quarters": rules.first_quarters,
        "first_weeks": rules.first_weeks,
        "decade": rules.decades,
        "fiscal": rules.fiscal_years,
        "school": rules.school_years,
        "fiscal_months": rules.fiscal_months,
        "fiscal_half": rules.fiscal_halves,
        "fiscal_quarter": rules.fiscal_quarters,
        "day": rules.days,
        "day_span": rules.day_spans,
    }


def _without_overlaps(dates: list[DateMention]) -> list[DateMention]:
    kept: list[DateMention] = []
    for date in sorted(dates, key=lambda d: (d.start, -d.end)):
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    return kept

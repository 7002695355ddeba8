"""Matches the templates of a language's dates in a text, each where it reaches furthest."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.components.date_doubts import Doubts
from extractor.components.date_templates import Rule, Templates
from extractor.components.date_values import Values
from extractor.components.standing_alone import stands_alone
from extractor.components.years import DAY_ALONE, NO_YEAR
from extractor.mentions import DateMention
from extractor.page import Page

_YEARS = re.compile(r"\d{4}/\d{4}")
_DAYS_OF_MONTHS = frozenset(("d", "m", "d2", "m2"))
_TURNED = {"d": "m", "m": "d", "d2": "m2", "m2": "d2"}
_FAR, _MONTHS = 2, 12
"""Months between two days that are seldom written in figures alone, and of a year."""
_YEAR, _DAY = len("2024"), len("2024-02-27")


class DateMatcher:
    """Dates of one language by templates; those left out of which something says that they are none."""

    def __init__(self, values: Values, doubts: Doubts) -> None:
        self._values, self._doubts = values, doubts

    def find(self, page: Page, templates: Templates) -> Iterator[DateMention]:
        """All of them, in order; of two that overlap the one that reaches further: `im Januar und Februar 2025`, no `im Januar`."""
        held: DateMention | None = None
        folded = page.reading.folded
        for start, token in zip(page.starts, page.tokens, strict=True):
            if held is not None and start >= held.end:
                yield held
                held = None
            for offset, beginning in templates.starting(token):
                at = start + offset
                best = self._longest(page, at, beginning.possible(folded, at))
                if best is not None:
                    held = best if held is None or (best.end > held.end and not _is_held(folded, held, best)) else held
                    break
        if held is not None:
            yield held

    def _longest(self, page: Page, at: int, rules: Sequence[Rule]) -> DateMention | None:
        folded = page.reading.folded
        best: DateMention | None = None
        for rule in rules:
            match = rule.pattern.match(folded, at)
            if match is None or (best and match.end() <= best.end) or not stands_alone(folded, at, match.end()):
                continue
            value = self._in_a_month(rule, match)
            if value is not None and not self._doubts.is_no_date(page, rule, match):
                best = DateMention(at, match.end(), value, "period", rule.template)
        return best

    def _in_a_month(self, rule: Rule, match: re.Match[str]) -> str | None:
        """The value of what was matched. Days written `5/8-11/8` are a week of August, whichever the language writes first: read the other way
        round they would be half a year apart."""
        slots = match.groupdict()
        value = self._values.of(rule.family, slots)
        if value is None or not _DAYS_OF_MONTHS.issuperset(slots) or len(slots) < len(_DAYS_OF_MONTHS) or match.group().count("/") != 2:
            return value
        days = [int(slots[day] or 0) for day in ("d", "d2")]
        if max(days) > _MONTHS or _months_apart(value) <= _FAR or abs(days[0] - days[1]) > 1:
            return value
        return self._values.of(rule.family, {slot: slots[_TURNED[slot]] for slot in slots}) or value


def _months_apart(span: str) -> int:
    """
    >>> _months_apart("XXXX-08-05/XXXX-08-11"), _months_apart("XXXX-05-08/XXXX-11-08")
    (0, 6)
    """
    first, _, last = span.partition("/")
    return (int((last or first)[5:7]) - int(first[5:7])) % 12


def _is_held(folded: str, date: DateMention, further: DateMention) -> bool:
    """Whether the first of two that overlap stays, though the second reaches further."""
    told_better = _lacks_its_year(date, further) or _lacks_its_month(date, further) or _has_its_day(folded, date, further)
    return told_better or _ends_a_date(date, further) or _runs_on(folded, date, further)


def _runs_on(folded: str, date: DateMention, further: DateMention) -> bool:
    """Whether the second takes its year from the next line, and the first has one of its own: `2024년 1월 23일` above `2024년 1월 22일자`."""
    broken = folded.find("\n", further.start, further.end) >= 0
    return broken and date.value[:_YEAR].isdigit() and folded.find("\n", date.start, date.end) < 0


def _ends_a_date(date: DateMention, years: DateMention) -> bool:
    """Whether the first of two years is that of a day before it, or ends a span: the plan of 27 March `2020 to 2025`, 2012 - `2015 and 2020`."""
    ended = _YEARS.fullmatch(date.value) or (len(date.value) == _DAY and date.value[:4].isdigit())
    return bool(ended) and _YEARS.fullmatch(years.value) is not None and years.start > date.start


def _lacks_its_month(date: DateMention, days: DateMention) -> bool:
    """Whether the second of two that overlap is a span of days whose month the first one tells: 6月`10日から16日まで`."""
    return days.value.startswith(DAY_ALONE) and not date.value.startswith(DAY_ALONE)


def _has_its_day(folded: str, date: DateMention, behind: DateMention) -> bool:
    """Whether the number behind a month counts something, as one before it is the day: on `5 March` 12 cases."""
    are_days = all(day.value.startswith(NO_YEAR) and len(day.value) == _DAY for day in (date, behind))
    return are_days and folded[date.start : behind.start].strip().isdigit() and folded[behind.end - 1].isdigit()


def _lacks_its_year(date: DateMention, rest: DateMention) -> bool:
    """Whether the second of two that overlap is the same without its year: 2025年の`最後の6か月間`."""
    return rest.value.startswith(NO_YEAR) and date.value[:_YEAR].isdigit() and rest.value == re.sub(r"\d{4}(?=-)", NO_YEAR, date.value)

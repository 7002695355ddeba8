"""In which manner an article names its years: as reported, compared with, aimed at, a document's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from extractor.binding.aims import NONE, aims
from extractor.components.written_marks import number_beside
from extractor.mentions import DateMention, Span, Spans
from extractor.page import Page

EDGE = 250
"""Characters from either end in which an article states its own day."""
CUE_BEFORE = 130
"""Characters before a date in which a cue speaks of it."""
SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？؟\n]")
_NUMBER_BEFORE = 60
"""Characters before a date in which a document's number speaks of it."""
_SAME_PERIOD, _DIRECTLY = 16, 2
"""Characters between `same period` and the year that it is of, before and behind."""
_NEW_YEAR = 2
"""Characters at most between a year and `since the beginning of`."""
_TELLING = frozenset(("compared", "previous", "target"))
_CUE_BEHIND = 100
"""Characters behind a date in which a cue speaks of it."""
_BEHIND = {"target": "target", "actual": "told"}
_CLOSING = (*_BEHIND, "compared_after")
"""What closes a clause of a head-final language: whether what its date tells is still to come, or the date only compared with."""
_YEAR, _DAY = len("2024"), len("2024-02-27")
ANNIVERSARY = "anniversary"
LONG_AGO = 20
"""Years from a day to the same day, or to an anniversary, that no statistics are of."""
_PRECISIONS = {4: "year", 7: "month", 10: "day"}


@dataclass(frozen=True, slots=True)
class Named:
    """A year, the manner in which it is named, and the date that names it."""

    year: int
    manner: str
    date: DateMention
    behind: str = ""
    """What a word behind the date says of it: `target`, `told` or nothing."""
    ends: bool = False
    """Named as the year at whose end something was or will be."""

    @property
    def reported(self) -> bool:
        """Named as one that something is told of: neither still to come nor a document's."""
        return not self.ahead and self.manner not in ("document", "double year") and not self.manner.endswith("same period")

    @property
    def ahead(self) -> bool:
        """Named as one that is still to come, or that a period closes with."""
        return self.manner.startswith(("deadline", "years", "term", "open")) or self.manner.endswith((":target", "agenda")) or self.behind == "target"


def named_years(page: Page, dates: Sequence[DateMention]) -> list[Named]:
    """The years that dates name, in their order."""
    cues, aim, documents = _Cues(page), aims(page, dates), of_documents(page, dates)
    following = [*(date.start for date in dates[1:]), len(page.reading.text)]
    found: list[Named] = []
    for date, ceiling in zip(dates, following, strict=False):
        if date.value[:_YEAR].isdigit():
            year = int(date.value[:_YEAR])
            if date in documents:  # of 13 October 2020 … the plan: the year of issue is not planned for
                found.append(Named(year, "document", date))
            else:
                manner = _manner(page, date, ceiling, cues, aim[date])
                found += _naming(Named(year, manner, date, cues.behind(date, ceiling), cues.year_end(date)))
    return found


def of_documents(page: Page, dates: Sequence[DateMention]) -> frozenset[DateMention]:
    """The dates beside a document's number, before them in their sentence or right behind them."""
    folded, number, found, floor = page.reading.folded, number_beside(), set(), 0
    for date in dates:
        before = number.finditer(folded, max(floor, date.start - _NUMBER_BEFORE), date.start + 1)
        if any(SENTENCE_END.search(folded, beside.end(), date.start) is None for beside in before) or any(
            number.match(folded, end) for end in (date.end, date.end + 1)
        ):
            found.add(date)
        floor = date.end
    return frozenset(found)


def _naming(named: Named) -> Iterator[Named]:
    """The year that a date names, the last one of a span from new year to a month of a later year; of a term (2020-2025) both, for a report on it
    is written in the last; of an anniversary the year in which it is kept."""
    first, _, last = named.date.value.partition("/")
    closes = named.manner == ANNIVERSARY or _from_new_year(first, last)
    yield replace(named, year=int(last[:_YEAR])) if closes else named
    if named.manner in ("years", "double year") and last[:_YEAR].isdigit():
        yield Named(int(last[:_YEAR]), "term end:edge" if named.date.start < EDGE else "term end", named.date)


def _from_new_year(first: str, last: str) -> bool:
    """From the beginning of a year to a month of another: what is told of ends there, as in `from early 2021 to June 2022`."""
    return len(last) > len("2024") and first[4:] in ("", "-01", "-01-01")


def _manner(page: Page, date: DateMention, ceiling: int, cues: _Cues, aim: str) -> str:
    """How a date is named: its precision or role, what stands before it or, where verbs are last, behind it, and whether at an edge of the text."""
    folded = page.reading.folded
    first, _, last = date.value.partition("/")
    if len(first) == len(last) == _DAY and first[_YEAR:] == last[_YEAR:] and int(last[:_YEAR]) - int(first[:_YEAR]) >= LONG_AGO:
        return ANNIVERSARY
    if cues.since_new_year(date):
        return "since new year"
    if last and last[:4] != first[:4] and not _from_new_year(first, last):
        return "open" if last == ".." else "double year" if last[:4] == str(int(first[:4]) + 1) else "years"
    shape = ("to date" if first[5:7] == "01" and last[5:7] != "12" else "span") if last else _PRECISIONS.get(len(first), "other")
    if date.role == "deadline":
        return f"deadline:{shape}"
    if cues.same_period(date):
        return f"{shape}:same period"
    if aim != NONE:
        return f"{shape}:{aim}"
    cue = (cues.closing(date, ceiling) if page.head_final else None) or cues.before(date)
    if cue is not None:
        return f"{shape}:{cue}"
    return f"{shape}:edge" if date.start < EDGE or date.start > len(folded) - EDGE else shape


def _is_whole_year(date: DateMention) -> bool:
    """From its first day to its last one."""
    first, _, last = date.value.partition("/")
    return first[_YEAR:] == "-01-01" and last == f"{first[:_YEAR]}-12-31"


class _Cues:
    """Words that say of a date that it is compared with or aimed at."""

    def __init__(self, page: Page) -> None:
        self._folded = page.reading.folded
        self._cues = [cue for cue in page.by_kind.get("cue", ()) if cue.value in _TELLING]
        self._starts = [cue.start for cue in self._cues]
        self._new_years = Spans(cue for cue in page.by_kind.get("cue", ()) if cue.value == "since_new_year")
        self._year_ends = Spans(cue for cue in page.by_kind.get("cue", ()) if cue.value == "year_end")
        self._behind = [cue for cue in page.by_kind.get("cue", ()) if cue.value in _BEHIND]
        self._behind_starts = [cue.start for cue in self._behind]
        self._closing = [cue for cue in page.by_kind.get("cue", ()) if cue.value in _CLOSING]
        self._closing_starts = [cue.start for cue in self._closing]
        self._periods = [cue for cue in page.by_kind.get("cue", ()) if cue.value == "year_before"]
        self._period_starts = [cue.start for cue in self._periods]

    def same_period(self, date: DateMention) -> bool:
        """Whether words such as `same period` stand right before or behind a date: `same period of 2024`, `2024年同期`."""
        at = bisect_left(self._period_starts, date.start)
        return any(
            -1 <= date.start - cue.end <= _SAME_PERIOD or 0 <= cue.start - date.end <= _DIRECTLY for cue in self._periods[max(0, at - 1) : at + 1]
        )

    def since_new_year(self, date: DateMention) -> bool:
        """Whether a year is named as the one since whose beginning something is counted: `since the beginning of 2025`, `2025年年初至今`."""
        around = Span(date.start - _NEW_YEAR, date.end + _NEW_YEAR)
        return len(date.value.removesuffix("/..")) == _YEAR and self._new_years.touch(around)

    def year_end(self, date: DateMention) -> bool:
        """Whether a year is named as the one at whose end something was or will be: `at the end of 2022`, `2022年末`."""
        return self._year_ends.touch(Span(date.start - _NEW_YEAR, date.end + _NEW_YEAR)) or _is_whole_year(date)

    def behind(self, date: DateMention, ceiling: int) -> str:
        """What the nearest cue behind a date says, in its sentence and before a ceiling: `in 2026 the province will`, `2023年…已达`."""
        index = bisect_left(self._behind_starts, date.end)
        if index == len(self._behind) or (start := self._behind_starts[index]) > min(ceiling, date.end + _CUE_BEHIND):
            return ""
        return "" if SENTENCE_END.search(self._folded, date.end, start) else _BEHIND[self._behind[index].value]

    def closing(self, date: DateMention, ceiling: int) -> str | None:
        """What a head-final language says of a date behind it: a word of comparison right there (2023年`に比べ`), or what closes its clause."""
        ceiling = min(ceiling, date.end + CUE_BEFORE)
        stop = SENTENCE_END.search(self._folded, date.end, ceiling)
        ceiling = stop.start() if stop else ceiling
        found = self._closing[bisect_left(self._closing_starts, date.end) : bisect_left(self._closing_starts, ceiling)]
        if any(cue.value == "compared_after" and cue.start - date.end <= _DIRECTLY for cue in found):
            return "compared"
        last = next((cue for cue in reversed(found) if cue.value in _BEHIND), None)
        return "target" if last is not None and last.value == "target" else None

    def before(self, date: DateMention) -> str | None:
        """The nearest cue right before a date, in its sentence."""
        index = bisect_left(self._starts, date.start) - 1
        if index < 0 or date.start - self._cues[index].end > CUE_BEFORE or SENTENCE_END.search(self._folded, self._cues[index].end, date.start):
            return None
        return self._cues[index].value

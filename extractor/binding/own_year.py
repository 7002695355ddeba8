"""The year in which an article was written, told by the years that it names."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.binding.aims import NONE, aims
from extractor.binding.ranker import Candidate
from extractor.components.weekdays import agreeing
from extractor.components.written_marks import number_beside
from extractor.components.year_vote import voted_year
from extractor.mentions import DateMention, Span, Spans
from extractor.page import Page

_NUMBER_BEFORE, _CUE_BEFORE = 60, 130
"""Characters before a date in which a document's number and a cue speak of it."""
_SAME_PERIOD, _DIRECTLY = 16, 2
"""Characters between `same period` and the year that it is of, before and behind."""
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？؟\n]")
_EDGE = 250
"""Characters from either end in which an article states its own day."""
_SAME = 4
"""Characters within which a year and `this year` are one: this year (2025)."""
_OFTEN = 3
_FARTHEST = 3
"""Years further apart than this tell no more."""
_IN_A_SYMBOL = re.compile(r"(?<=\d/)((?:19|20)\d\d)/[^\W\d_]")
"""The year of issue in a document's symbol: 12/`2024`/NQ-HĐND."""
_LATEST, _RECENT = 2026, 3
"""The last year of the articles that the weights were fitted on, and how many years news is mostly of: to be raised when they are fitted anew."""
_NEW_YEAR = 2
"""Characters at most between a year and `since the beginning of`."""
_MOST_YEARS = 60
"""Years weighed, those named most: a list of a thousand years is no article."""
_NEXT = (0, 1)
"""A year that is named only as the one compared with makes the next one likely; one that is planned for the one before it."""
_TELLING = frozenset(("compared", "previous", "target"))
_CLOSING = ("target", "actual")
"""The words that close a clause of a head-final language: whether what its date tells is still to come."""
_GENERATION = 6
"""A year so much before the others is of history (`founded in 1965`), one so much after them of a vision: neither is of the writing."""
_YEAR, _DAY = len("2024"), len("2024-02-27")
_YEARLESS_DAY = re.compile(r"XXXX-\d\d-\d\d")
_PRECISIONS = {4: "year", 7: "month", 10: "day"}
_SEASONS = {1: "start", 2: "start", 3: "spring", 4: "spring", 9: "autumn", 10: "autumn", 11: "end", 12: "end"}
"""A review that comes out at the start of a year is of the year before, one at its end of the year itself; figures of a whole year
come out in spring, the plan of the next one in autumn."""


@dataclass(frozen=True, slots=True)
class _Named:
    """A year, the manner in which it is named, and the date that names it."""

    year: int
    manner: str
    date: DateMention

    @property
    def reported(self) -> bool:
        """Named as one that something is told of: neither still to come nor a document's."""
        return not self.ahead and self.manner not in ("document", "double year") and not self.manner.endswith("same period")

    @property
    def ahead(self) -> bool:
        """Named as one that is still to come, or that a period closes with."""
        return self.manner.startswith(("deadline", "years", "term", "open")) or self.manner.endswith((":target", "agenda"))


class _Beside(NamedTuple):
    """A word for a year, by how many years that is from the article's own, and a year in figures of its sentence."""

    back: int
    year: int
    between: str
    """Whether a figure stands between them: `120 in 2025, last year 84`."""


def own_year_candidates(page: Page, dates: Sequence[DateMention]) -> list[Candidate[int]]:
    """The years named and those after them, the one that its dates vote for first and the one before it, those before what is to come,
    and that to which a year beside `last year` is the one before last.

    None where no year is named.
    """
    cues, aim = _Cues(page, dates), aims(page, dates)
    named = [named for date in dates if date.value[:4].isdigit() for named in _naming(date, _manner(page, date, cues, aim[date]))]
    voted = voted_year([mention.date for mention in _of_one_generation(named)], page.reading.folded)
    if voted is None:
        return []
    latest = max((n.year for n in named if n.manner.startswith(("day", "month", "span", "to date"))), default=None)
    beside = tuple(_beside_words(page, named, dates))
    issued = max((year for match in _IN_A_SYMBOL.finditer(page.reading.folded) if (year := int(match[1])) <= _LATEST), default=None)
    years = sorted(_likely(named, voted, beside) | ({issued} if issued else set()), key=lambda year: (year != voted, year))
    told = _Told(
        named, voted, latest, _season(dates), (*_beside(page, dates, named), *((f"beside {one.back}{one.between}", one.year) for one in beside))
    )
    return [Candidate(year, tuple(_features(year, told))) for year in _reachable(years, issued, named, beside, dates)]


def _likely(named: list[_Named], voted: int, beside: Sequence[_Beside]) -> set[int]:
    """The years worth weighing."""
    counts = Counter(n.year + later for n in named for later in _NEXT)
    counts.update(n.year - before for n in _of_one_generation(named) if n.ahead for before in _NEXT)
    counts.update(one.year + 1 - one.back for one in beside if one.back < 0)
    soonest = min((n.year for n in named if n.ahead and n.year >= voted), default=voted)
    return {voted - 1, voted, soonest - 1, soonest, *(year for year, _ in counts.most_common(_MOST_YEARS))}


def _naming(date: DateMention, manner: str) -> Iterator[_Named]:
    """The year that a date names, the last one of a span from new year to a month of a later year; of a term (2020-2025) both, for a report on it
    is written in the last."""
    first, _, last = date.value.partition("/")
    yield _Named(int(last[:4] if _from_new_year(first, last) and manner != "document" else first[:4]), manner, date)
    if manner in ("years", "double year") and last[:4].isdigit():
        yield _Named(int(last[:4]), "term end:edge" if date.start < _EDGE else "term end", date)


def _from_new_year(first: str, last: str) -> bool:
    """From the beginning of a year to a month of another: what is told of ends there, as in `from early 2021 to June 2022`."""
    return len(last) > len("2024") and first[4:] in ("", "-01", "-01-01")


def _of_one_generation(named: list[_Named]) -> list[_Named]:
    """Without years that lie far from those named most: of two runs of years the one with more that is reported, or the later."""
    runs: list[list[_Named]] = []
    for mention in sorted(named, key=lambda mention: mention.year):
        if not runs or mention.year - runs[-1][-1].year > _GENERATION:
            runs.append([])
        runs[-1].append(mention)
    return max(runs, key=lambda run: (sum(n.reported or n.manner == "years" for n in run), run[0].year), default=[])


def _reachable(years: Sequence[int], issued: int | None, named: list[_Named], beside: Sequence[_Beside], dates: Sequence[DateMention]) -> list[int]:
    """The years that what is certain allows; what would allow none of them is passed over. `issued` is the last year in a document's symbol."""
    to_date = max((mention.year for mention in named if mention.manner in ("to date", "to date:edge")), default=None)
    others = {one.year for one in beside if one.back == 0}
    left = [year for year in years if issued is None or year >= issued] or list(years)
    same = max((mention.year for mention in named if mention.manner.endswith("same period")), default=None)
    if to_date is not None and (same is None or same <= to_date):  # `the first six months of 2025`: written in 2025, or when 2026 began
        left = [year for year in left if year == to_date or (year == to_date + 1 and _season(dates) == "start")] or left
    if same is not None and not any(mention.reported for mention in named):  # told for 31 articles, and right for each
        left = [year for year in left if year == same + 1] or left
    if len(others) == 1 and others != {to_date}:
        left = [year for year in left if year not in others] or left
    left = agreeing(dates, left) or left
    return _after_documents(left, named, dates) or left


def _after_documents(years: Sequence[int], named: Sequence[_Named], dates: Sequence[DateMention]) -> list[int]:
    """The years in which no document was issued after the day that the head names: `14 February … the decree of 27 December 2024`.

    A day beside a document's number long after all that is reported is none of issue: `Plan 215 … until 31 December 2030`.
    """
    day = _head_day(dates)
    last = max((n.year for n in named if n.reported), default=_LATEST) + 1
    days = (n.date.value for n in named if n.manner == "document" and n.date.role == "event" and n.year <= last)
    issued = max((value for value in days if len(value) == _DAY), default="")
    return [year for year in years if day is None or f"{year}{day}" >= issued]


@dataclass(frozen=True)
class _Told:
    """What an article tells of its year."""

    named: list[_Named]
    voted: int
    latest: int | None
    """Of the years of days, months and parts of a year the last."""
    season: str
    beside: tuple[tuple[str, int], ...]
    """Pairs of what else the article says (the season that it was written in) and a year that stands out."""


def _beside(page: Page, dates: Sequence[DateMention], named: list[_Named]) -> Iterator[tuple[str, int]]:
    """The season and the words for years, each with the year named most, the first and the last."""
    season = _season(dates)
    alone = Counter(mention.year for mention in named if mention.manner in ("year", "year:edge"))
    if alone:
        yield f"season:{season}", max(alone, key=lambda year: (alone[year], year))
    yield from _said(page, named)
    yield from _by_order(named, dates)


def _beside_words(page: Page, named: Sequence[_Named], dates: Sequence[DateMention]) -> Iterator[_Beside]:
    """How many years from the article's own the words for a year are (`last year` -1), each with the years in figures of its sentence.

    They are seldom the same: `last year 31, after 26 in 2023`.
    """
    explicit = Spans([date for date in dates if date.value[:4].isdigit()])
    words = [term for term in page.of_kind("relative_year") if not explicit.touch(term)]
    starts = [term.start for term in words]
    for mention in named:
        at = bisect_left(starts, mention.date.start)
        for term in words[max(0, at - 1) : at + 1] if mention.manner.startswith("year") else ():
            left, right = sorted((term, mention.date), key=lambda span: span.start)
            apart = right.start - left.end
            if _SAME <= apart <= _CUE_BEFORE and not _SENTENCE_END.search(page.reading.folded, left.end, right.start):
                counted = any(letter.isdigit() for letter in page.reading.folded[left.end : right.start])
                yield _Beside(int(term.value), mention.year, ":a figure between" if counted else "")


def _said(page: Page, named: Sequence[_Named]) -> Iterator[tuple[str, int]]:
    """Which words such as `next year` the article has, each with the last year of which it tells something."""
    reported = max((n.year for n in named if n.reported), default=None)
    if reported is not None:
        yield from ((f"said {value}", reported) for value in sorted({term.value for term in page.of_kind("relative_year")}))


def _season(dates: Sequence[DateMention]) -> str:
    """Of the day or month that the article's head names first, its year written or not."""
    for date in dates:
        month = date.value[5:7]
        if date.start < _EDGE and date.role == "event" and month.isdigit():
            return _SEASONS.get(int(month), "middle")
    return "unknown"


def _by_order(named: list[_Named], dates: Sequence[DateMention]) -> Iterator[tuple[str, int]]:
    """The last month reported on and the day that the head names: 9 January lies behind December 2024 in 2025."""
    day = _head_day(dates)
    reported = max(
        (n.date.value.rpartition("/")[2][:7] for n in named if n.manner.startswith(("day", "month", "span", "to date")) and n.reported), default=""
    )
    if day is not None and len(reported) == 7:
        yield "order", int(reported[:4]) + (day[1:3] < reported[5:])


def _head_day(dates: Sequence[DateMention]) -> str | None:
    """Month and day of the first day without a year, where the article's head names it."""
    return next((d.value[4:] for d in dates if d.start < _EDGE and d.role == "event" and _YEARLESS_DAY.fullmatch(d.value)), None)


def _features(year: int, told: _Told) -> list[str]:
    counts: Counter[str] = Counter()
    for mention in told.named:
        counts[f"{mention.manner}:{_apart(mention.year - year)}"] += 1
        if mention.manner.endswith(("review", "agenda")):
            counts[f"{mention.manner.rpartition(':')[2]}:{_apart(mention.year - year)}:{told.season}"] += 1
        counts[f"any {mention.manner.partition(':')[0]}:{_side(mention.year - year)}"] += 1
    features = [*counts, *_bounds(year, told)]
    features += [f"{manner}:{min(count, _OFTEN)}" for manner, count in counts.items() if manner.startswith("any ")]
    first = told.named[0]
    features += [f"first:{_apart(first.year - year)}:{first.manner}", f"voted:{_apart(told.voted - year)}"]
    features.append(f"latest:{_apart(told.latest - year) if told.latest is not None else 'none'}")
    features += [f"{name}:{_apart(other - year)}" for name, other in told.beside]
    if {"years", "term end"} <= {mention.manner.partition(":")[0] for mention in told.named if mention.year == year}:
        features.append("between two terms")
    if told.latest is not None and year < told.latest - _FARTHEST:
        features.append("long past")
    if year not in {mention.year for mention in told.named}:
        features.append("unnamed")
    if year > _LATEST - _RECENT:
        features.append("still to come" if year > _LATEST else "recent")
    return features


def _bounds(year: int, told: _Told) -> Iterator[str]:
    """How the year lies between what was measured and what is still to come."""
    reported = [n.year for n in told.named if n.reported]
    ahead = [n.year for n in told.named if n.ahead and n.manner != "open"]
    issued = [n.year for n in told.named if n.manner == "document"]
    yield f"reported later:{min(2, sum(other > year for other in reported))}"
    yield f"to come before:{min(2, sum(other < year for other in ahead))}"
    yield f"issued later:{min(1, sum(other > year for other in issued))}"
    same = [n.year for n in told.named if n.manner.endswith("same period")]
    if same:
        yield f"behind same period:{year > max(same)}"
    since = year - max(reported) if reported else None
    until = min((other for other in ahead if other >= year), default=None)
    first = "none" if since is None else str(max(-1, min(3, since)))
    following = "none" if until is None else str(min(3, until - year))
    yield f"since:{first}"
    yield f"since:{first}:{told.season}"
    yield f"until:{following}"
    yield f"since:{first}:until:{following}"
    if reported:
        most = Counter(reported).most_common(1)[0][0]
        yield f"after most:{_apart(year - most)}:{told.season}"


def _side(years: int) -> str:
    return "before" if years < 0 else "same" if years == 0 else "after"


def _apart(years: int) -> int:
    return max(-_FARTHEST, min(_FARTHEST, years))


def _manner(page: Page, date: DateMention, cues: _Cues, aim: str) -> str:
    """How a date is named: its precision or role, what stands before it, and whether at an edge of the text."""
    folded = page.reading.folded
    number = number_beside()
    if number.search(folded, max(0, date.start - _NUMBER_BEFORE), date.start + 1) or any(
        number.match(folded, end) for end in (date.end, date.end + 1)
    ):
        return "document"
    first, _, last = date.value.partition("/")
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
    cue = (cues.behind(date) if page.head_final else None) or cues.before(date)
    if cue is not None:
        return f"{shape}:{cue}"
    return f"{shape}:edge" if date.start < _EDGE or date.start > len(folded) - _EDGE else shape


class _Cues:
    """Words that say of a date that it is compared with or aimed at."""

    def __init__(self, page: Page, dates: Sequence[DateMention]) -> None:
        self._folded = page.reading.folded
        self._dates = [date.start for date in dates]
        self._following = [cue for cue in page.by_kind.get("cue", ()) if cue.value in (*_CLOSING, "compared_after")]
        self._following_starts = [cue.start for cue in self._following]
        self._cues = [cue for cue in page.by_kind.get("cue", ()) if cue.value in _TELLING]
        self._starts = [cue.start for cue in self._cues]
        self._new_years = Spans(cue for cue in page.by_kind.get("cue", ()) if cue.value == "since_new_year")
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

    def before(self, date: DateMention) -> str | None:
        """The nearest cue right before a date, in its line."""
        index = bisect_left(self._starts, date.start) - 1
        if index < 0 or date.start - self._cues[index].end > _CUE_BEFORE or "\n" in self._folded[self._cues[index].end : date.start]:
            return None
        return self._cues[index].value

    def behind(self, date: DateMention) -> str | None:
        """The same in a head-final language: a word of comparison right behind the date (2023年`に比べ`), or what closes its clause."""
        ceiling = date.end + _CUE_BEFORE
        stop = _SENTENCE_END.search(self._folded, date.end, ceiling)
        at = bisect_right(self._dates, date.start)
        ceiling = min(stop.start() if stop else ceiling, self._dates[at] if at < len(self._dates) else ceiling)
        following = self._following[bisect_left(self._following_starts, date.end) : bisect_left(self._following_starts, ceiling)]
        if any(cue.value == "compared_after" and cue.start - date.end <= _DIRECTLY for cue in following):
            return "compared"
        closing = [cue for cue in following if cue.value in _CLOSING]
        return "target" if closing and closing[-1].value == "target" else None

"""The year in which an article was written, told by the years that it names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from extractor.binding.ranker import Candidate
from extractor.binding.year_manners import ANNIVERSARY, CUE_BEFORE, EDGE, LONG_AGO, SENTENCE_END, Named, named_years, of_documents
from extractor.components.weekdays import agreeing
from extractor.components.year_vote import voted_year
from extractor.mentions import DateMention, Spans
from extractor.page import Page

_SAME = 4
"""Characters within which a year and `this year` are one: this year (2025)."""
_OFTEN = 3
_FARTHEST = 3
"""Years further apart than this tell no more."""
_IN_A_SYMBOL = re.compile(r"(?<=\d/)((?:19|20)\d\d)/[^\W\d_]")
"""The year of issue in a document's symbol: 12/`2024`/NQ-HĐND."""
_LATEST, _RECENT = 2026, 3
"""The last year of the articles that the weights were fitted on, and how many years news is mostly of: to be raised when they are fitted anew."""
_MOST_YEARS = 60
"""Years weighed, those named most: a list of a thousand years is no article."""
_ROUND = re.compile(r"(?<![\d.,/-])(\d{1,2}[05])[^\s\d]{0,4}[ -]?$")
"""A round number right before a unit of years: `60`, `60th`."""
_BEFORE_UNIT = 9
_ALIKE = ("(", " (", "（")
"""Between a word for a year and the same year in figures."""
_NEXT = (0, 1)
"""A year that is named only as the one compared with makes the next one likely; one that is planned for the one before it."""
_GENERATION = 6
"""A year so much before the others is of history (`founded in 1965`), one so much after them of a vision: neither is of the writing."""
_DAY = len("2024-02-27")
_YEARLESS_DAY = re.compile(r"XXXX-\d\d-\d\d")
_SEASONS = {1: "start", 2: "start", 3: "spring", 4: "spring", 9: "autumn", 10: "autumn", 11: "end", 12: "end"}
"""A review that comes out at the start of a year is of the year before, one at its end of the year itself; figures of a whole year
come out in spring, the plan of the next one in autumn."""


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
    named = named_years(page, dates)
    voted = voted_year([mention.date for mention in _of_one_generation(named)], page.reading.folded)
    if voted is None:
        return []
    latest = max((n.year for n in named if n.manner.startswith(("day", "month", "span", "to date"))), default=None)
    beside = tuple(_beside_words(page, named, dates))
    kept, alike = set(_anniversaries(page, named)), set(_alike(page, named))
    issued = max((year for match in _IN_A_SYMBOL.finditer(page.reading.folded) if (year := int(match[1])) <= _LATEST), default=None)
    years = sorted(_likely(named, voted, beside) | kept | alike | ({issued} if issued else set()), key=lambda year: (year != voted, year))
    documents = of_documents(page, dates)
    own = [date for date in dates if date not in documents]
    stand_out = (*_beside(page, own, named), *((f"beside {one.back}{one.between}", one.year) for one in beside))
    told = _Told(named, voted, latest, _season(own), _of_its_own_year(page, own), stand_out)
    return [Candidate(year, tuple(_features(year, told))) for year in _reachable(_certain(years, kept, alike), issued, named, beside, own)]


def _certain(years: Sequence[int], kept: set[int], alike: set[int]) -> Sequence[int]:
    """Of the years those of an anniversary, and of these those told by a word and in figures at once."""
    left = [year for year in years if year in kept] or years
    return [year for year in left if year in alike] or left


def _anniversaries(page: Page, named: Sequence[Named]) -> Iterator[int]:
    """The year in which an anniversary is kept: `27/2/1955 - 27/2/2025`, `the 60 years of the hospital … founded in 1965`.

    A round number of years is counted from the first one named around it: right in six of seven articles of the corpus.
    """
    yield from (n.year for n in named if n.manner == ANNIVERSARY)
    last = max((n.year for n in named if n.reported), default=_LATEST)
    starts = [n.date.start for n in named]
    for unit in page.of_kind("unit"):
        many = _ROUND.search(page.reading.folded, max(0, unit.start - _BEFORE_UNIT), unit.start) if unit.value == "a" else None
        if many is not None and int(many[1]) >= LONG_AGO:
            around = named[bisect_left(starts, unit.start - EDGE) : bisect_left(starts, unit.start + EDGE)]
            kept = min((n.year for n in around), default=_LATEST) + int(many[1])
            if last <= kept <= _LATEST:
                yield kept


def _alike(page: Page, named: Sequence[Named]) -> Iterator[int]:
    """The years told by a word and in figures at once: `this year (2025)`, `العام الماضي 2023`."""
    words = list(page.of_kind("relative_year"))
    starts = [term.start for term in words]
    for mention in named:
        at = bisect_left(starts, mention.date.start)
        for term in words[max(0, at - 1) : at + 1] if mention.manner.startswith("year") else ():
            left, right = sorted((term, mention.date), key=lambda span: span.start)
            between = page.reading.folded[left.end : right.start]
            if left.end <= right.start and between in (_ALIKE if term.value == "0" else (*_ALIKE, " ", "")):
                yield mention.year - int(term.value)


def _likely(named: list[Named], voted: int, beside: Sequence[_Beside]) -> set[int]:
    """The years worth weighing."""
    counts = Counter(n.year + later for n in named for later in _NEXT)
    counts.update(n.year - before for n in _of_one_generation(named) if n.ahead for before in _NEXT)
    counts.update(one.year + 1 - one.back for one in beside if one.back < 0)
    soonest = min((n.year for n in named if n.ahead and n.year >= voted), default=voted)
    return {voted - 1, voted, soonest - 1, soonest, *(year for year, _ in counts.most_common(_MOST_YEARS))}


def _of_one_generation(named: list[Named]) -> list[Named]:
    """Without years that lie far from the latest run of years of which something is reported: neither those of history nor of a vision."""
    runs: list[list[Named]] = []
    for mention in sorted(named, key=lambda mention: mention.year):
        if not runs or mention.year - runs[-1][-1].year > _GENERATION:
            runs.append([])
        runs[-1].append(mention)
    return max(runs, key=lambda run: (any(n.reported or n.manner == "years" for n in run) and run[0].year <= _LATEST, run[0].year), default=[])


def _reachable(years: Sequence[int], issued: int | None, named: list[Named], beside: Sequence[_Beside], dates: Sequence[DateMention]) -> list[int]:
    """The years that what is certain allows; what would allow none of them is passed over. `issued` is the last year in a document's symbol."""
    to_date = max((mention.year for mention in named if mention.manner in ("to date", "to date:edge")), default=None)
    others = {one.year for one in beside if one.back == 0}
    left = [year for year in years if issued is None or year >= issued] or list(years)
    same = max((mention.year for mention in named if mention.manner.endswith("same period")), default=None)
    left = [year for year in left if same is None or year >= same] or left  # so in each of 130 articles
    if to_date is not None and (same is None or same <= to_date):  # `the first six months of 2025`: written in 2025, or when 2026 began
        left = [year for year in left if year == to_date or (year == to_date + 1 and _season(dates) == "start")] or left
    if same is not None and not any(mention.reported for mention in named):  # told for 31 articles, and right for each
        left = [year for year in left if year == same + 1] or left
    if len(others) == 1 and others != {to_date}:
        left = [year for year in left if year not in others] or left
    left = agreeing(dates, left) or left
    told = {int(date.value[:4]) for date in dates if date.start < EDGE and _is_dated_weekday(date)}
    left = [year for year in left if year in told] or left
    return _after_documents(left, named, dates) or left


def _is_dated_weekday(date: DateMention) -> bool:
    """`On Tuesday, 7 October 2025`, as news says of a day this week: in the heads of 17 articles it is the year of writing in each."""
    return date.weekday is not None and date.role == "event" and len(date.value) == _DAY and date.value[:4].isdigit()


def _after_documents(years: Sequence[int], named: Sequence[Named], dates: Sequence[DateMention]) -> list[int]:
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

    named: list[Named]
    voted: int
    latest: int | None
    """Of the years of days, months and parts of a year the last."""
    season: str
    own: str
    """What else it tells of the year of writing."""
    beside: tuple[tuple[str, int], ...]
    """Pairs of what else the article says (the season that it was written in) and a year that stands out."""


def _beside(page: Page, dates: Sequence[DateMention], named: list[Named]) -> Iterator[tuple[str, int]]:
    """The season and the words for years, each with the year named most, the first and the last."""
    season = _season(dates)
    alone = Counter(mention.year for mention in named if mention.manner in ("year", "year:edge"))
    if alone:
        yield f"season:{season}", max(alone, key=lambda year: (alone[year], year))
    yield from _said(page, named)
    yield from _by_order(named, dates)


def _beside_words(page: Page, named: Sequence[Named], dates: Sequence[DateMention]) -> Iterator[_Beside]:
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
            if _SAME <= apart <= CUE_BEFORE and not SENTENCE_END.search(page.reading.folded, left.end, right.start):
                counted = any(letter.isdigit() for letter in page.reading.folded[left.end : right.start])
                yield _Beside(int(term.value), mention.year, ":a figure between" if counted else "")


def _said(page: Page, named: Sequence[Named]) -> Iterator[tuple[str, int]]:
    """Which words such as `next year` the article has, each with the last year of which it tells something."""
    reported = max((n.year for n in named if n.reported), default=None)
    if reported is not None:
        yield from ((f"said {value}", reported) for value in sorted({term.value for term in page.of_kind("relative_year")}))


def _of_its_own_year(page: Page, dates: Sequence[DateMention]) -> str:
    """What is told of the year of writing without its figures: of `this year`, of some months (`the first nine months`), of a day or nothing."""
    if any(term.value == "0" for term in page.of_kind("relative_year")):
        return "this year"
    values = [date.value for date in dates if date.value.startswith("XXXX-") and date.value[5:7].isdigit()]
    if any("/" in value for value in values):
        return "months"
    return "day" if values else "nothing"


def _season(dates: Sequence[DateMention]) -> str:
    """Of the day or month that the article's head names first, its year written or not."""
    for date in dates:
        month = date.value[5:7]
        if date.start < EDGE and date.role == "event" and month.isdigit():
            return _SEASONS.get(int(month), "middle")
    return "unknown"


def _by_order(named: list[Named], dates: Sequence[DateMention]) -> Iterator[tuple[str, int]]:
    """The last month reported on and the day that the head names: 9 January lies behind December 2024 in 2025."""
    day = _head_day(dates)
    reported = max(
        (n.date.value.rpartition("/")[2][:7] for n in named if n.manner.startswith(("day", "month", "span", "to date")) and n.reported), default=""
    )
    if day is not None and len(reported) == 7:
        yield "order", int(reported[:4]) + (day[1:3] < reported[5:])


def _head_day(dates: Sequence[DateMention]) -> str | None:
    """Month and day of the first day without a year, where the article's head names it and none with its year before it."""
    days = (date for date in dates if date.start < EDGE and date.role == "event" and len(date.value) == _DAY)
    first = next(days, None)
    return first.value[4:] if first is not None and _YEARLESS_DAY.fullmatch(first.value) else None


def _features(year: int, told: _Told) -> list[str]:
    counts: Counter[str] = Counter()
    for mention in told.named:
        counts[f"{mention.manner}:{_apart(mention.year - year)}"] += 1
        if mention.manner.endswith(("review", "agenda")):
            counts[f"{mention.manner.rpartition(':')[2]}:{_apart(mention.year - year)}:{told.season}"] += 1
        counts[f"any {mention.manner.partition(':')[0]}:{_side(mention.year - year)}"] += 1
        if mention.behind:
            counts[f"behind {mention.behind}:{_apart(mention.year - year)}"] += 1
        if mention.ends:
            counts[f"ends {'ahead' if mention.ahead else ''}{mention.behind}:{_apart(mention.year - year)}"] += 1
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
    if reported and all(n.manner.startswith("year") for n in told.named if n.reported):
        yield f"whole years:{told.own}:{first}:{following}"
        yield f"whole years:{told.own}:{first}"
    yield f"until:{following}"
    yield f"since:{first}:until:{following}"
    if reported:
        most = Counter(reported).most_common(1)[0][0]
        yield f"after most:{_apart(year - most)}:{told.season}"


def _side(years: int) -> str:
    return "before" if years < 0 else "same" if years == 0 else "after"


def _apart(years: int) -> int:
    return max(-_FARTHEST, min(_FARTHEST, years))

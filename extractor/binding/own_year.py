"""The year in which an article was written, told by the years that it names."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Sequence

from extractor.binding.ranker import Candidate
from extractor.components.years import voted_year
from extractor.mentions import DateMention
from extractor.page import Page

_NUMBERED = re.compile(r"\d ?[/-] ?[a-zđ]{2}|\bn[o°º]?\.? ?\d|№|رقم|第|제\d|ที่ ?\d|\bnr\b|/\d{4}")
"""A document's number: a date beside it is of the document, not of the article."""
_NUMBER_BEFORE, _CUE_BEFORE = 60, 130
"""Characters before a date in which a document's number and a cue speak of it."""
_EDGE = 250
"""Characters from either end in which an article states its own day."""
_OFTEN = 3
_FARTHEST = 3
"""Years further apart than this tell no more."""
_NEXT = (0, 1)
"""A year that is named only as the one compared with makes the next one likely."""
_TELLING = frozenset(("compared", "previous", "target"))
_PRECISIONS = {4: "year", 7: "month", 10: "day"}


def own_year_candidates(page: Page, dates: Sequence[DateMention]) -> list[Candidate[int]]:
    """Each year named and the one after it, the one that its dates vote for first; none where no year is named."""
    cues = _Cues(page)
    named = [date for date in dates if date.value[:4].isdigit()]
    voted = voted_year(named, page.reading.folded)
    if voted is None:
        return []
    mentions = [(int(date.value[:4]), _manner(page, date, cues), date) for date in named]
    years = sorted({voted, *(year + later for year, _, _ in mentions for later in _NEXT)}, key=lambda year: (year != voted, year))
    latest = max((year for year, manner, _ in mentions if manner.startswith(("day", "month", "span"))), default=None)
    return [Candidate(year, tuple(_features(year, mentions, voted, latest))) for year in years]


def _features(year: int, mentions: list[tuple[int, str, DateMention]], voted: int, latest: int | None) -> list[str]:
    told: Counter[str] = Counter()
    for named, manner, _ in mentions:
        told[f"{manner}:{_apart(named - year)}"] += 1
        told[f"any {manner.partition(':')[0]}:{_side(named - year)}"] += 1
    features = list(told)
    features += [f"{manner}:{min(count, _OFTEN)}" for manner, count in told.items() if manner.startswith("any ")]
    features += [f"first:{_apart(mentions[0][0] - year)}:{mentions[0][1]}", f"voted:{_apart(voted - year)}"]
    features.append(f"latest:{_apart(latest - year) if latest is not None else 'none'}")
    if latest is not None and year < latest - _FARTHEST:
        features.append("long past")
    if year not in {named for named, _, _ in mentions}:
        features.append("unnamed")
    return features


def _side(years: int) -> str:
    return "before" if years < 0 else "same" if years == 0 else "after"


def _apart(years: int) -> int:
    return max(-_FARTHEST, min(_FARTHEST, years))


def _manner(page: Page, date: DateMention, cues: _Cues) -> str:
    """How a date is named: its precision or role, what stands before it, and whether at an edge of the text."""
    folded = page.reading.folded
    if _NUMBERED.search(folded, max(0, date.start - _NUMBER_BEFORE), date.start) or _NUMBERED.match(folded, date.end + 1):
        return "document"
    first, _, last = date.value.partition("/")
    if last and last[:4] != first[:4]:
        return "open" if last == ".." else "years"
    shape = "span" if last else _PRECISIONS.get(len(first), "other")
    if date.role == "deadline":
        return f"deadline:{shape}"
    cue = cues.before(date)
    if cue is not None:
        return f"{shape}:{cue}"
    return f"{shape}:edge" if date.start < _EDGE or date.start > len(folded) - _EDGE else shape


class _Cues:
    """Words that say of a date that it is compared with or aimed at."""

    def __init__(self, page: Page) -> None:
        self._folded = page.reading.folded
        self._cues = [cue for cue in page.by_kind.get("cue", ()) if cue.value in _TELLING]
        self._starts = [cue.start for cue in self._cues]

    def before(self, date: DateMention) -> str | None:
        """The nearest cue right before a date, in its line."""
        index = bisect_left(self._starts, date.start) - 1
        if index < 0 or date.start - self._cues[index].end > _CUE_BEFORE or "\n" in self._folded[self._cues[index].end : date.start]:
            return None
        return self._cues[index].value

"""Whether a date is of what is looked back on or of what is planned: `review the work of 2024 and deploy the tasks of 2025`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence

from extractor.mentions import DateMention, TermMention
from extractor.page import Page

NONE = "none"
"""The aim of a date of which no such word speaks."""
_BEFORE = {"review": "review", "agenda": "agenda"}
_AFTER = {"review_after": "review", "agenda_after": "agenda"}
_REACH_BEFORE, _REACH_AFTER = 100, 40
"""Characters before or behind a date in which a word speaks of it."""
_STOP = re.compile(r"[.!?;](?=\s)|[。！？；؟\n]")


def aims(page: Page, dates: Sequence[DateMention]) -> Mapping[DateMention, str]:
    """Of each date `review`, `agenda`, both in their order (`review>agenda`) or `none`.

    The words between a date and the one before it speak of it, in its sentence; those behind it where the language puts them there.
    """
    before, after = _Words(page, _BEFORE), _Words(page, _AFTER)
    folded = page.reading.folded
    found: dict[DateMention, str] = {}
    for at, date in enumerate(dates):
        floor = max(dates[at - 1].end if at else 0, date.start - _REACH_BEFORE)
        floor = max((stop.end() for stop in _STOP.finditer(folded, floor, date.start)), default=floor)
        ceiling = min(dates[at + 1].start if at + 1 < len(dates) else len(folded), date.end + _REACH_AFTER)
        stop = _STOP.search(folded, date.end, ceiling)
        told = [*before.between(floor, date.start), *after.between(date.end, stop.start() if stop else ceiling)]
        found[date] = ">".join(dict.fromkeys(told)) or NONE
    return found


class _Words:
    """The cues of some classes in order."""

    def __init__(self, page: Page, classes: Mapping[str, str]) -> None:
        self._cues: list[TermMention] = [cue for cue in page.by_kind.get("cue", ()) if cue.value in classes]
        self._starts = [cue.start for cue in self._cues]
        self._classes = classes

    def between(self, left: int, right: int) -> list[str]:
        """What the cues that begin in [left, right) speak of."""
        return [self._classes[cue.value] for cue in self._cues[bisect_left(self._starts, left) : bisect_right(self._starts, right - 1)]]

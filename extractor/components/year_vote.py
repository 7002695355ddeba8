"""A vote of an article's dates for the year in which it was written."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from extractor.components.written_marks import number_beside
from extractor.mentions import DateMention

_NUMBER_AHEAD = 40
"""Characters between a document's number and its day, at most."""
_PRECISION = {len("2024"): 1, len("2024-02"): 2, len("2024-02-27"): 3}
"""What a date of so many characters says of the article's own year."""
_HEAD, _HEAD_WEIGHT = 300, 2.0
_FOOT, _FOOT_WEIGHT = 300, 1.5
"""Characters from either end in which an article states its own day, and how much more a date there says.
Weights and lengths: the best of a grid over the corpus' articles with dates that lack their year."""
_LAST_YEAR = 2150
_DAY = len("2024-02-27")


def voted_year(dates: Sequence[DateMention], folded: str) -> int | None:
    """The year in which an article was written, by a vote of its dates.

    The most precise dates say it best, the dateline above all; of equals the first. It is none before the day of a document
    that the article names; and none long after its last day, but where it is the year that the article speaks of.
    """
    told = [d for d in dates if not _spans_years(d.value) and (d.role != "deadline" or (d.start < _HEAD and _precision(d) > 1))]
    number = number_beside()
    documents = {d.start for d in told if number.search(folded, max(0, d.start - _NUMBER_AHEAD), d.start) or number.match(folded, d.end + 1)}
    past = [d for d in told if d.start not in documents]
    issued = [_year(d) for d in told if d.start in documents and d.role == "event" and _is_day(d.value)]
    exact = [_year(d) for d in past if _precision(d) > 1 and not d.value.endswith("..")]
    latest = max(max([*exact, *issued], default=_LAST_YEAR) + 1, _most_named(past))
    earliest = max(issued, default=0)
    votes: defaultdict[int, float] = defaultdict(float)
    for date in past or dates:
        if earliest <= _year(date) <= latest:
            votes[_year(date)] += _weight(date, len(folded))
    return max(votes, key=lambda year: votes[year], default=max(issued, default=None))


def _most_named(dates: Sequence[DateMention]) -> int:
    """The year named most, of those that are named alone and more than once; of equals the last; 0 where there is none."""
    alone = Counter(_year(date) for date in dates if len(date.value) == len("2024"))
    most = max(alone, key=lambda year: (alone[year], year), default=0)
    return most if alone[most] > 1 else 0


def _weight(date: DateMention, length: int) -> float:
    precise = _precision(date)
    if precise == 1:
        return precise
    return precise * (_HEAD_WEIGHT if date.start < _HEAD else _FOOT_WEIGHT if date.start > length - _FOOT else 1.0)


def _precision(date: DateMention) -> int:
    """One for a year, two for a month, three for a day; an interval has that of its beginning."""
    return _PRECISION.get(len(date.value.partition("/")[0]), 1)


def _year(date: DateMention) -> int:
    return int(date.value[:4])


def _is_day(value: str) -> bool:
    return len(value) == _DAY and value[:4].isdigit() and "/" not in value  # 2024-05/..


def _spans_years(value: str) -> bool:
    """An interval over several years; one without an end (`2024/..`) begins in one."""
    first, _, last = value.partition("/")
    return last[:4].isdigit() and first[:4] != last[:4]

"""What is drawn of an indicator: values at a year, with what became of goals."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from extractor.dataset.periods import days_of
from extractor.web.views.indicator import IndicatorView
from extractor.web.views.records import Observation

REPORTED, GOAL, REACHED, MISSED = "reported", "goal", "goal reached", "goal missed"
"""What a point is: a metric, or a target of which nothing, something good or something bad is known."""


@dataclass(frozen=True)
class Point:
    """An observation on the axis of years."""

    observation: Observation
    year: float
    """In the middle of its period; of a goal, in the year that it is due in. A whole year is its own number: 2024.0."""
    what: str
    outcome: float | None
    """The value that answers a goal."""
    is_best: bool
    """Whether it is the surest of its place, period and kind: only those are joined by a line."""

    @property
    def is_goal(self) -> bool:
        return self.what != REPORTED


def points_of(view: IndicatorView) -> tuple[Point, ...]:
    """Points of all observations whose period has a year, in their order."""
    outcomes = {outcome.target.id: outcome for outcome in reversed(view.outcomes) if not outcome.interim}
    best = _surest(view.observations)
    points = []
    for observation in view.observations:
        year = year_at(observation.period, is_goal=observation.kind == "target")
        if year is None or not math.isfinite(observation.figure.value):
            continue
        outcome = outcomes.get(observation.id)
        what = REPORTED if observation.kind != "target" else GOAL
        if outcome is not None and outcome.reached is not None:
            what = REACHED if outcome.reached else MISSED
        answer = outcome.metric.figure.value if outcome is not None else None
        points.append(Point(observation, year, what, answer, observation.id in best))
    return tuple(points)


def year_at(period: str, *, is_goal: bool) -> float | None:
    """Where a period is on an axis of years, a whole year at its own number.

    >>> year_at("2024", is_goal=False), year_at("2024-01/2024-06", is_goal=False), year_at("2021/2025", is_goal=True)
    (2024.0, 2023.75, 2025.0)
    """
    days = days_of(period)
    if days is None:
        return None
    try:
        first, last = date.fromisoformat(days.first), date.fromisoformat(days.last)
    except ValueError:  # 2025-02-30 in an article
        return None
    if is_goal:
        return float(last.year)
    return round((_in_years(first) + _in_years(last, after=1)) / 2 - 0.5, 2)


def _in_years(day: date, after: int = 0) -> float:
    """The day's beginning, or that of the day after, in years."""
    begins = date(day.year, 1, 1)
    length = 366 if day.year % 4 == 0 and (day.year % 100 != 0 or day.year % 400 == 0) else 365
    return day.year + ((day - begins).days + after) / length


def _surest(observations: Iterable[Observation]) -> set[str]:
    """Ids."""
    best: dict[tuple[str, str, str], Observation] = {}
    for one in observations:
        key = (one.place, one.period, one.kind)
        best[key] = max(best.get(key, one), one, key=lambda item: (item.sources, item.confidence, item.id))
    return {one.id for one in best.values()}

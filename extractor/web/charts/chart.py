"""The charts of an indicator, each with its data as a table."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import TYPE_CHECKING

from babel import Locale
from babel.numbers import get_decimal_symbol, get_group_symbol

from extractor.web.asking import Asking
from extractor.web.charts import specifications
from extractor.web.charts.points import Point, points_of
from extractor.web.charts.specifications import Specification, Style
from extractor.web.charts.themes import PALETTES, Size, Theme
from extractor.web.charts.tiles import COUNTRY, provinces_of, tiles
from extractor.web.messages import catalogue_of
from extractor.web.views.indicator import IndicatorView

if TYPE_CHECKING:
    from extractor.web.naming import Names

_LEAST_ON_MAP = 3


class Kind(StrEnum):
    """What a chart shows."""

    series = "series"
    multiples = "multiples"
    ranking = "ranking"
    map = "map"


@dataclass(frozen=True)
class Chart:
    """A chart that can be drawn in any theme and size, and read as a table."""

    kind: Kind
    identity: str
    """The indicator's id."""
    title: str
    description: str
    """One sentence of what it shows: the picture's text for who does not see it."""
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    parameters: dict[str, str | None]
    """Of its address: with them the same chart is drawn again."""
    draft: Callable[[Theme, Size], Specification]

    def specification(self, theme: Theme = Theme.light, size: Size = Size.desk) -> Specification:
        """Vega-Lite, with the data in it."""
        return self.draft(theme, size)


def charts_of(view: IndicatorView, names: Names, asking: Asking | None = None) -> tuple[Chart, ...]:
    """The charts that an indicator has data for; `asking` is what the view was asked, so that each chart's address asks the same."""
    points = points_of(view)
    charter = _Charter(view, names, points, _asked(view, asking or Asking()))
    return tuple(chart for chart in (charter.series(), charter.multiples(), charter.ranking(), charter.map()) if chart is not None)


def _asked(view: IndicatorView, asking: Asking) -> dict[str, str | None]:
    given = asking.model_dump(mode="json", exclude_defaults=True, include={"kind", "place", "period", "min_sources", "min_confidence"})
    return {"measured": view.measured.key, **{name: str(value) for name, value in given.items()}}


@dataclass(frozen=True)
class _Charter:
    view: IndicatorView
    names: Names
    points: tuple[Point, ...]
    asked: dict[str, str | None]

    def series(self) -> Chart | None:
        if not self.points:
            return None
        told = self._say("As the news reports it. Places of which the most years are known; the table has all.")
        return self._chart(Kind.series, told, *self._table, lambda style: specifications.series(self.points, style))

    def multiples(self) -> Chart | None:
        if len({point.observation.place for point in self.points}) < 2:
            return None
        told = self._say("A small chart for each place, each with a scale of its own. Goals of the far future are in the table.")
        return self._chart(Kind.multiples, told, *self._table, lambda style: specifications.multiples(self.points, style))

    def ranking(self) -> Chart | None:
        best = [(one.place, one.figure.value) for one in self.view.ranking if math.isfinite(one.figure.value)]
        if len(best) < 2:
            return None
        goals = self._goals()
        told = self._say("Provinces from high to low, {year}.").format(year=self.view.ranked_year)
        return self._chart(Kind.ranking, told, *self._ranked(goals), lambda style: specifications.ranking(best, goals, style))

    def map(self) -> Chart | None:
        values = {one.place: one.figure.value for one in self.view.ranking if math.isfinite(one.figure.value)}
        if self.view.ranked_country != COUNTRY or len(values) < _LEAST_ON_MAP:
            return None
        provinces = provinces_of(values)
        told = self._say("Vietnam's {number} provinces as tiles, {year}. Grey: no figure known.").format(number=provinces, year=self.view.ranked_year)
        return self._chart(Kind.map, told, *self._ranked({}), lambda style: specifications.tile_map(values, tiles(provinces), style))

    def _chart(
        self, kind: Kind, told: str, columns: tuple[str, ...], rows: tuple[tuple[str, ...], ...], draw: Callable[[Style], Specification]
    ) -> Chart:
        title = self._title()
        say, locale = self._say, Locale.parse(self.names.language)

        def draft(theme: Theme, size: Size) -> Specification:
            axis = self._axis()
            place = self.names.place
            decimal, thousands = get_decimal_symbol(locale), get_group_symbol(locale)
            return draw(Style(PALETTES[theme], size, title, told, axis, say, place, decimal=decimal, thousands=thousands))

        return Chart(kind, self.view.identity, title, told, columns, rows, {"chart": kind.value, **self.asked}, draft)

    def _say(self, words: str) -> str:
        return catalogue_of(self.names.language).gettext(words)

    def _title(self) -> str:
        measured = self.view.measured
        parts = [self.names.indicator(self.view.identity), self._axis()]
        if measured.measure != "level":
            parts.insert(1, self.names.word(measured.measure))
        if measured.disease:
            parts.insert(1, self.names.disease(measured.disease))
        return ", ".join(part for part in parts if part)

    def _axis(self) -> str:
        measured = self.view.measured
        return " ".join(part for part in (self.names.unit(measured.unit), self.names.per(measured.per_count, measured.per_of)) if part)

    def _goals(self) -> Mapping[str, float]:
        """The surest goal of each place that is due in the ranked year."""
        goals: dict[str, Point] = {}
        for point in self.points:
            if point.is_goal and str(int(point.year)) == self.view.ranked_year:
                place = point.observation.place
                goals[place] = max(goals.get(place, point), point, key=lambda one: (one.observation.sources, one.observation.confidence))
        ranked = {one.place for one in self.view.ranking}
        return {place: point.observation.figure.value for place, point in goals.items() if place in ranked}

    @cached_property
    def _table(self) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Place, period, what, value, sources."""
        columns = tuple(self._say(word) for word in ("Place", "Period", "What", "Value", "Sources"))
        rows = (
            (
                self.names.place(point.observation.place),
                self.names.period(point.observation.period),
                self._say(point.what),
                self.names.value(point.observation.figure),
                str(point.observation.sources),
            )
            for point in self.points
        )
        return columns, tuple(rows)

    def _ranked(self, goals: Mapping[str, float]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
        """Rank, place, value, period, and the goal where there is one."""
        columns = ["", "Place", "Value", "Period", "Sources"] + (["goal"] if goals else [])
        rows = []
        for rank, one in enumerate(self.view.ranking, 1):
            row = [str(rank), self.names.place(one.place), self.names.value(one.figure), self.names.period(one.period), str(one.sources)]
            if goals:
                row.append(self.names.number(goals[one.place]) if one.place in goals else "")
            rows.append(tuple(row))
        return tuple(self._say(word) if word else "#" for word in columns), tuple(rows)

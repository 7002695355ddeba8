"""A series and its targets as a picture: metrics are joined points, targets are open marks, shares of confidence their strength."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any

from extractor.dataset.periods import days_of
from extractor.dataset.publishing.errors import ExportError
from extractor.dataset.publishing.places import place_of
from extractor.dataset.rows import DIMENSIONS
from extractor.dataset.selection import ALL_ROWS, Filters, query
from extractor.dataset.sources import Rows
from extractor.writers.files import whole_file

SUFFIXES = (".png", ".svg")
_MOST_SERIES = 8
"""More than that can't be told apart by colour."""
_WHAT = ("unit", "per_count", "per_of", "measure")
_WHOSE = (*DIMENSIONS, "area", "facility")

Observation = Mapping[str, Any]


@dataclass(frozen=True)
class Plotted:
    """Observations that are in the picture, and those that are not: of other units or measures, of series beyond the eighth, without a year."""

    drawn: int
    left_out: int


def plot(place: str | Path, file: Path, filters: Filters, *, unit: str | None = None) -> Plotted:
    """Draw the observations of one indicator and place to a PNG or SVG file; of the unit that most of them have unless one is said.

    The same observations give the same bytes of SVG. Raises ExportError and QueryError; a file that is there is then as it was.
    """
    if file.suffix.lower() not in SUFFIXES:
        raise ExportError(f"{file}: can write {' and '.join(SUFFIXES)}")
    if filters.indicator is None or filters.place is None:
        raise ExportError("a picture is of one indicator and one place: give both")
    observations = query(place, "observations", replace(filters, limit=ALL_ROWS))
    chosen = _of_one_unit([observation for observation in observations if days_of(observation["period"])], unit)
    series = _series(chosen)
    if not series:
        of_unit = f" in {unit}" if unit else ""
        raise ExportError(f"no observations of {filters.indicator} in {filters.place}{of_unit} that have a year: nothing to draw")
    data = _drawn(series, filters, file.suffix.lower().lstrip("."))
    try:
        with whole_file(file) as unfinished:
            Path(unfinished).write_bytes(data)
    except OSError as error:
        raise ExportError(f"{file}: can't be written: {error.strerror or error}") from error
    drawn = sum(map(len, series.values()))
    return Plotted(drawn, len(observations) - drawn)


def _of_one_unit(observations: Rows, unit: str | None) -> Rows:
    """Those that can stand on one axis: the commonest unit, denominator and measure, of several that are equally common the first by name."""
    wanted = [observation for observation in observations if unit in (None, observation["unit"])]
    kinds = Counter(tuple(observation[name] for name in _WHAT) for observation in wanted)
    if not kinds:
        return []
    most = min(kinds, key=lambda kind: (-kinds[kind], str(kind)))
    return [observation for observation in wanted if tuple(observation[name] for name in _WHAT) == most]


def _series(observations: Rows) -> dict[str, list[Observation]]:
    """Name of a group of people, area or facility → its observations by time; the eight with the most."""
    groups: dict[tuple[Any, ...], list[Observation]] = defaultdict(list)
    for observation in observations:
        groups[tuple(observation[name] for name in _WHOSE)].append(observation)
    first = sorted(groups.items(), key=lambda item: (-len(item[1]), str(item[0])))[:_MOST_SERIES]
    return {_name(key): sorted(group, key=lambda row: (_day(row), row["value"], row["id"])) for key, group in first}


def _name(key: Sequence[Any]) -> str:
    """`public, VN-02@2025`."""
    return ", ".join(str(part) for part in key if part is not None)


def _day(observation: Observation) -> date:
    """The last day of a period: what is reached, or due, by then."""
    days = days_of(observation["period"])
    assert days is not None
    return date.fromisoformat(days.last)


def _drawn(series: Mapping[str, Sequence[Observation]], filters: Filters, form: str) -> bytes:
    try:
        import matplotlib as mpl
        from matplotlib.figure import Figure
    except ImportError as error:
        raise ExportError("a picture needs matplotlib: pip install 'health-news-extractor[plot]'") from error
    # Names and ids that don't change from one run to the next, and text that is text.
    with mpl.rc_context({"svg.hashsalt": "health-news", "svg.fonttype": "none"}):
        figure = Figure(figsize=(9, 5), layout="constrained")
        axes = figure.add_subplot()
        for number, (name, observations) in enumerate(series.items()):
            _draw_series(axes, name, observations, f"C{number}")
        _label(axes, next(iter(series.values()))[0], filters)
        stream = io.BytesIO()
        figure.savefig(stream, format=form, dpi=150, metadata={"Date": None} if form == "svg" else {"Software": None})
    return stream.getvalue()


def _draw_series(axes: Any, name: str, observations: Sequence[Observation], colour: str) -> None:
    metrics = [row for row in observations if row["kind"] == "metric"]
    targets = [row for row in observations if row["kind"] == "target"]
    if metrics:
        surest: dict[date, Observation] = {}
        for row in sorted(metrics, key=lambda row: (-row["confidence"], row["id"])):
            surest.setdefault(_day(row), row)
        line = sorted(surest.items())
        axes.plot([day for day, _ in line], [row["value"] for _, row in line], color=colour, linewidth=1, zorder=1)
        axes.scatter(
            [_day(row) for row in metrics], [row["value"] for row in metrics], color=colour, alpha=[max(0.15, row["confidence"]) for row in metrics],
            s=30, label=name, zorder=2,
        )  # fmt: skip
    if targets:
        axes.scatter(
            [_day(row) for row in targets], [row["value"] for row in targets], facecolors="none", edgecolors=colour, marker="D", s=45,
            label=f"{name}: target", zorder=3,
        )  # fmt: skip


def _label(axes: Any, observation: Observation, filters: Filters) -> None:
    assert filters.indicator is not None
    assert filters.place is not None
    place = place_of(filters.place.partition("@")[0])
    axes.set_title(f"{_indicator_name(filters.indicator)}, {place.name or filters.place}")
    per = f" per {observation['per_count']:,.0f} {observation['per_of']}" if observation["per_of"] else ""
    unit = "number" if observation["unit"] == "1" else observation["unit"]
    axes.set_ylabel(f"{unit}{per}{'' if observation['measure'] == 'level' else ', ' + observation['measure']}")
    axes.grid(visible=True, alpha=0.3)
    axes.legend(fontsize="small")


def _indicator_name(indicator: str) -> str:
    with resources.files("extractor").joinpath("knowledge/indicators.csv").open(encoding="utf-8") as stream:
        names = {row["id"]: row["name"] for row in csv.DictReader(stream)}
    return names.get(indicator, indicator)

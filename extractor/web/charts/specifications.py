"""Charts as Vega-Lite. Pure: points in, a specification with its data out. Nothing from an article is ever part of an expression."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from extractor.web.charts.points import GOAL, MISSED, REACHED, REPORTED, Point
from extractor.web.charts.themes import Palette, Size, configuration
from extractor.web.charts.tiles import Tile

Specification = dict[str, Any]

SCHEMA = "https://vega.github.io/schema/vega-lite/v5.json"
MOST_LINES = 6
"""As many as there are colours that can be told apart."""
MOST_MULTIPLES = {Size.desk: 24, Size.phone: 12}
LATEST_GOAL = 6
"""Years after the last report; a vision for 2045 would press all else against the left edge of a small chart."""
MOST_BARS = 80
MOST_POINTS = 400
"""Of one place."""
_SHAPES = {REPORTED: "circle", GOAL: "diamond", REACHED: "triangle-up", MISSED: "triangle-down"}
_LINE = 11
"""Pixels from line to line of a tile's name."""
_TILE = {Size.desk: (64, 46), Size.phone: (48, 42)}


@dataclass(frozen=True)
class Style:
    """How a chart is to look and speak."""

    palette: Palette
    size: Size
    title: str
    subtitle: str
    axis: str
    """The unit of the values."""
    say: Callable[[str], str]
    """Words of the interface in the reader's language."""
    place: Callable[[str], str]
    """A code's name."""
    decimal: str = "."
    thousands: str = ","
    starts_at_zero: bool = True
    """A share of bars is read from zero; lines need not start there."""

    @property
    def is_small(self) -> bool:
        return self.size is Size.phone

    @property
    def width(self) -> int:
        return 300 if self.is_small else 620


def series(points: Sequence[Point], style: Style) -> Specification:
    """One line for each place, goals as open marks joined to what became of them."""
    places = _places(points)[:MOST_LINES]
    rows = _rows([point for point in points if point.observation.place in places], style)
    layers = _layers(style, colour=_colour([style.place(place) for place in places], style))
    return _whole(style, {"data": {"values": rows}, "width": style.width, "height": 240 if style.is_small else 300, "layer": layers})


def multiples(points: Sequence[Point], style: Style) -> Specification:
    """A small chart for each place, each with a scale of its own."""
    last = max((point.year for point in points if not point.is_goal), default=math.inf) + LATEST_GOAL
    points = [point for point in points if point.year <= last]
    places = _places(points)[: MOST_MULTIPLES[style.size]]
    rows = _rows([point for point in points if point.observation.place in places], style)
    columns = 2 if style.is_small else 4
    panel = {
        "width": (style.width - 40 * columns) // columns + (10 if style.is_small else 0),
        "height": 80,
        "layer": _layers(style, colour={"value": style.palette.places[0]}, is_small=True),
    }
    chart = {
        "data": {"values": rows},
        "facet": {"field": "place", "type": "nominal", "title": None, "sort": [style.place(place) for place in places]},
        "columns": columns,
        "spec": panel,
        "resolve": {"scale": {"y": "independent"}, "axis": {"x": "independent"}},
        "spacing": 16,
    }
    return _whole(style, chart)


def ranking(best: Sequence[tuple[str, float]], goals: Mapping[str, float], style: Style) -> Specification:
    """Bars from high to low, a tick for the goal where there is one."""
    shown = best[:MOST_BARS]
    rows = [{"rank": rank, "place": style.place(place), "value": value, "goal": goals.get(place)} for rank, (place, value) in enumerate(shown, 1)]
    # Provinces of one name, in two countries, stay two bars.
    y = {"field": "rank", "type": "ordinal", "axis": None, "scale": {"paddingInner": 0.25}}
    x = {"field": "value", "type": "quantitative", "title": style.axis or None, "scale": {"zero": True}, "axis": {"tickCount": 5}}
    names = 100 if style.is_small else 170
    width = style.width - names - 50
    ink = style.palette.ink
    bars: list[Specification] = [
        {"mark": {"type": "bar", "color": style.palette.bars}, "encoding": {"x": x}},
        {
            "mark": {"type": "text", "align": "right", "x": -8, "fontSize": 11, "limit": names},
            "encoding": {"text": {"field": "place", "type": "nominal"}},
        },
        {
            "mark": {"type": "text", "align": "right", "x": width + 58, "fontSize": 11},
            "encoding": {"text": {"field": "value", "type": "quantitative", "format": ",.6~r"}},
        },
    ]
    if goals:
        told = {
            "datum": style.say(GOAL),
            "type": "nominal",
            "scale": {"range": [ink]},
            "legend": {"title": None, "symbolType": "stroke", "symbolStrokeColor": ink, "symbolStrokeWidth": 3},
        }
        bars.append(
            {
                "transform": [{"filter": {"field": "goal", "valid": True}}],
                "mark": {"type": "tick", "thickness": 3, "height": 18, "opacity": 1},
                "encoding": {"x": {**x, "field": "goal"}, "color": told},
            }
        )
    chart = {"data": {"values": rows}, "width": width, "height": {"step": 22}, "encoding": {"y": y}, "layer": bars}
    return _whole(style, chart)


def tile_map(values: Mapping[str, float], tiles: Sequence[Tile], style: Style) -> Specification:
    """Each province a tile, in one of five classes of as many provinces each."""
    breaks = class_breaks(list(values.values()), len(style.palette.classes))
    labels = class_labels(breaks, style)
    width, height = _TILE[style.size]
    columns, lines = max(tile.column for tile in tiles) + 1, max(tile.row for tile in tiles) + 1
    x = {"field": "column", "type": "quantitative", "axis": None, "scale": {"domain": [-0.5, columns - 0.5], "nice": False, "zero": False}}
    downwards = {"domain": [-0.5, lines - 0.5], "nice": False, "zero": False, "reverse": True}
    y = {"field": "row", "type": "quantitative", "axis": None, "scale": downwards}
    rows = [_tile_row(tile, values.get(tile.place), style) for tile in tiles]
    for row in rows:
        if "value" in row:
            row["class"] = labels[class_of(row["value"], breaks)]
    chart = {
        "data": {"values": rows},
        "width": columns * width,
        "height": lines * height,
        "encoding": {"x": x, "y": y},
        "layer": _tile_layers(labels, y, style),
        "resolve": {"scale": {"color": "independent"}},
    }
    return _whole(style, chart)


def _tile_row(tile: Tile, value: float | None, style: Style) -> dict[str, Any]:
    """Where a tile lies, what is written on it, and its value where it has one."""
    name = _broken(tile.name, 7 if style.is_small else 9)
    # The first of several lines stands in the middle unless it is moved up.
    label_row = round(tile.row - name.count("\n") * _LINE / 2 / _TILE[style.size][1], 3)
    row: dict[str, Any] = {"column": tile.column, "row": tile.row, "label_row": label_row, "name": name}
    return row if value is None else {**row, "value": value}


def _tile_layers(labels: Sequence[str], y: Specification, style: Style) -> list[Specification]:
    """Empty tiles, those of the classes above them, and the names."""
    palette = style.palette
    width, height = _TILE[style.size]
    # A scale of several classes of the same words would be one class.
    colours, words = palette.classes[: len(labels)], palette.words_on[: len(labels)]
    known = {"filter": {"field": "value", "valid": True}}
    ordered: Specification = {"field": "class", "type": "nominal"}
    legend = {"title": style.axis or None, "symbolType": "square", "symbolSize": 220, "columns": 3 if style.is_small else 5}
    rect = {"type": "rect", "width": width - 3, "height": height - 3, "cornerRadius": 4}
    label = {"type": "text", "fontSize": 9 if style.is_small else 10, "lineBreak": "\n", "lineHeight": _LINE, "baseline": "middle", "align": "center"}
    label_of = {"text": {"field": "name", "type": "nominal"}, "y": {**y, "field": "label_row"}}
    return [
        {"mark": {**rect, "color": palette.empty, "stroke": palette.grid}},
        {
            "transform": [known],
            "mark": rect,
            "encoding": {"color": {**ordered, "scale": {"domain": labels, "range": list(colours)}, "legend": legend}},
        },
        {"mark": {**label, "color": palette.faint_ink}, "transform": [{"filter": {"not": known["filter"]}}], "encoding": label_of},
        {
            "transform": [known],
            "mark": label,
            "encoding": {**label_of, "color": {**ordered, "scale": {"domain": labels, "range": list(words)}, "legend": None}},
        },
    ]


def class_breaks(values: Sequence[float], classes: int) -> tuple[float, ...]:
    """The lowest value of each class, a plain number, so that each has about as many values, as far as equal ones allow.

    >>> class_breaks([1, 2, 3, 4], 2), class_breaks([7, 7, 7], 5), class_breaks([33.678, 41.21], 2)
    ((1.0, 3.0), (7.0,), (33.6, 41.2))
    """
    ordered = sorted(values)
    return tuple(sorted({_floored(ordered[len(ordered) * number // classes]) for number in range(classes)}))


def _floored(value: float) -> float:
    """Three digits of it, not above it."""
    if value == 0:
        return 0.0
    scale = 10.0 ** (2 - math.floor(math.log10(abs(value))))
    # 0.07 * 10000 is 700.0000000000001, 0.29 * 1000 is 290.0 less a trifle.
    return math.floor(value * scale + 1e-9) / scale


def class_of(value: float, breaks: Sequence[float]) -> int:
    """
    >>> class_of(2, (1, 3)), class_of(3, (1, 3))
    (0, 1)
    """
    # A break may be a rounding error above the lowest value.
    return max(0, sum(value >= one for one in breaks) - 1)


def class_labels(breaks: Sequence[float], style: Style) -> list[str]:
    """`1 – < 3`, and `≥ 3`."""
    numbers = [_number(one, style) for one in breaks]
    return [f"{low} – < {high}" for low, high in pairwise(numbers)] + [f"≥ {numbers[-1]}"]


def _number(value: float, style: Style) -> str:
    return f"{value:,.12g}".replace(",", "\0").replace(".", style.decimal).replace("\0", style.thousands)


def _places(points: Sequence[Point]) -> list[str]:
    """Places by how many years are known of them, those of a country before its parts where they are even."""
    years: dict[str, set[float]] = defaultdict(set)
    for point in points:
        years[point.observation.place].add(point.year)
    return sorted(years, key=lambda place: (-len(years[place]), len(place), place))


def _rows(points: Sequence[Point], style: Style) -> list[dict[str, Any]]:
    """What Vega-Lite reads: a row a point, the surest of each place where there are too many."""
    kept: dict[str, list[Point]] = defaultdict(list)
    for point in points:
        kept[point.observation.place].append(point)
    for place, group in kept.items():
        group.sort(key=lambda point: (not point.is_best, -point.observation.sources, -point.observation.confidence))
        kept[place] = sorted(group[:MOST_POINTS], key=lambda point: (point.year, point.what))
    return [
        {
            "place": style.place(point.observation.place),
            "period": point.observation.period,
            "year": point.year,
            "value": point.observation.figure.value,
            "upper": point.observation.figure.value_max,
            "what": style.say(point.what),
            "outcome": point.outcome,
            "joined": point.is_best and not point.is_goal,
        }
        for group in kept.values()
        for point in group
    ]


def _layers(style: Style, *, colour: Specification, is_small: bool = False) -> list[Specification]:
    shapes = {
        "field": "what",
        "type": "nominal",
        "title": None,
        "scale": {"domain": [style.say(what) for what in _SHAPES], "range": list(_SHAPES.values())},
        "legend": {"symbolFillColor": style.palette.ink, "symbolStrokeColor": style.palette.ink, "columns": 2 if style.is_small else 4},
    }
    x, y = _axes(style, is_small=is_small)
    place = {"x": x, "y": y, "color": colour}
    return [
        {
            "transform": [{"filter": {"field": "outcome", "valid": True}}],
            "mark": {"type": "rule", "strokeDash": [2, 2], "strokeWidth": 1.5},
            "encoding": {**place, "y2": {"field": "outcome"}},
        },
        {
            "transform": [{"filter": {"field": "upper", "valid": True}}],
            "mark": {"type": "rule", "strokeWidth": 4, "opacity": 0.5},
            "encoding": {**place, "y2": {"field": "upper"}},
        },
        {"transform": [{"filter": {"field": "joined", "equal": True}}], "mark": {"type": "line", "strokeWidth": 2}, "encoding": place},
        {
            "mark": {"type": "point", "filled": True, "opacity": 1},
            "encoding": {
                **place,
                "shape": shapes,
                "size": {
                    "condition": {"test": {"field": "what", "equal": style.say(REPORTED)}, "value": 24 if is_small else 50},
                    "value": 50 if is_small else 110,
                },
            },
        },
    ]


def _axes(style: Style, *, is_small: bool) -> tuple[Specification, Specification]:
    """Years and values."""
    x: Specification = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"zero": False, "nice": False, "padding": 14},
        "axis": {
            "format": "d",
            "tickMinStep": 1,
            "tickCount": 3 if is_small else 8,
            # For two or three years Vega takes steps of half a year all the same, and would write `2023` twice.
            "labelExpr": "datum.value === floor(datum.value) ? datum.label : ''",
            "grid": False,
            "labelOverlap": True,
        },
    }
    y: Specification = {
        "field": "value",
        "type": "quantitative",
        "title": None if is_small else style.axis or None,
        "scale": {"zero": False, "padding": 8},
        "axis": {"tickCount": 3 if is_small else 6, "format": "~s" if is_small else ",.6~r"},
    }
    return x, y


def _colour(names: Sequence[str], style: Style) -> Specification:
    scale = {"domain": list(names), "range": list(style.palette.places[: len(names)])}
    legend = {"symbolType": "stroke", "symbolStrokeWidth": 3, "symbolSize": 220, "columns": 2 if style.is_small else 6}
    return {"field": "place", "type": "nominal", "title": None, "scale": scale, "legend": legend}


def _whole(style: Style, chart: Specification) -> Specification:
    config = configuration(style.palette)
    config["locale"] = {"number": {"decimal": style.decimal, "thousands": style.thousands, "grouping": [3], "currency": ["", ""]}}
    limit = style.width + (0 if style.is_small else 100)
    title = {"text": wrapped(style.title, limit // 8), "subtitle": wrapped(style.subtitle, limit // 6)}
    return {"$schema": SCHEMA, "description": f"{style.title}. {style.subtitle}", "title": title, **chart, "config": config}


def wrapped(words: str, width: int) -> list[str]:
    """Lines of at most so many characters, where words allow it.

    >>> wrapped("one two three", 7)
    ['one two', 'three']
    """
    lines: list[str] = []
    for word in words.split():
        if lines and len(lines[-1]) + 1 + len(word) <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _broken(name: str, width: int) -> str:
    """A province's name in lines that fit a tile.

    >>> _broken("Bà Rịa - Vũng Tàu", 9), _broken("Hà Nội", 7), _broken("Thái Nguyên", 7)
    ('Bà Rịa\\nVũng Tàu', 'Hà Nội', 'Thái\\nNguyên')
    """
    return "\n".join(line for half in name.split(" - ") for line in wrapped(half, width))

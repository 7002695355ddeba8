"""`/charts/INDICATOR.svg` and `.png`, its specification as `.json`, its data as `.csv`."""

from __future__ import annotations

import csv
import io
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import Field

from extractor.web.asking import Empty, Viewing
from extractor.web.charts.chart import Chart, Kind, charts_of
from extractor.web.charts.drawing import FORMS, draw
from extractor.web.charts.themes import Size, Theme
from extractor.web.dataset import Dataset, TheDataset
from extractor.web.messages import chosen_language
from extractor.web.problems import NotFound
from extractor.web.views.indicator import IndicatorView, indicator_view
from extractor.writers.files import safe_cell

router = APIRouter(prefix="/charts", include_in_schema=False)


class Charting(Viewing):
    """The asking of a chart."""

    chart: Kind = Kind.series
    measured: Annotated[str | None, Empty, Field(description="Which way of measuring the indicator.")] = None
    theme: Theme = Theme.light
    size: Size = Size.desk


Asked = Annotated[Charting, Query()]


@router.get("/{indicator}.svg")
def svg(indicator: str, asking: Asked, dataset: TheDataset, request: Request) -> Response:
    """The chart as a picture that can be made larger."""
    return _picture("svg", _chart(dataset, indicator, asking, request), asking)


@router.get("/{indicator}.png")
def png(indicator: str, asking: Asked, dataset: TheDataset, request: Request) -> Response:
    """The chart as a picture of dots, twice as fine as a screen."""
    return _picture("png", _chart(dataset, indicator, asking, request), asking)


@router.get("/{indicator}.json")
def specification(indicator: str, asking: Asked, dataset: TheDataset, request: Request) -> Response:
    """The chart as a Vega-Lite specification with its data, to go on with."""
    return JSONResponse(_chart(dataset, indicator, asking, request).specification(asking.theme, asking.size))


@router.get("/{indicator}.csv")
def table(indicator: str, asking: Asked, dataset: TheDataset) -> Response:
    """The observations that the charts are drawn from, as plain numbers and codes."""
    view = _view(dataset, indicator, asking)
    headers = {"Content-Disposition": f'attachment; filename="{view.identity}.csv"'}
    return Response(written(view), media_type="text/csv; charset=utf-8", headers=headers)


def written(view: IndicatorView) -> str:
    """The observations of a view as CSV."""
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(
        ["kind", "place", "period", "value", "value_max", "out_of", "comparator", "unit", "per_count", "per_of", "measure", "sources", "confidence"]
    )
    for one in view.observations:
        figure = one.figure
        amount = (figure.value, figure.value_max, figure.out_of, figure.comparator, figure.unit, figure.per_count, figure.per_of, figure.measure)
        writer.writerow([safe_cell(cell) for cell in (one.kind, one.place, one.period, *amount, one.sources, one.confidence)])
    return stream.getvalue()


def _picture(form: str, chart: Chart, asking: Charting) -> Response:
    return Response(draw(chart.specification(asking.theme, asking.size), form), media_type=FORMS[form])


def _chart(dataset: Dataset, indicator: str, asking: Charting, request: Request) -> Chart:
    from extractor.web.naming import names_in

    language = chosen_language(asking.lang, request.headers.get("accept-language"))
    view = _view(dataset, indicator, asking)
    for chart in charts_of(view, names_in(language), asking):
        if chart.kind is asking.chart:
            return chart
    raise NotFound("chart", indicator)


def _view(dataset: Dataset, indicator: str, asking: Charting) -> IndicatorView:
    return indicator_view(dataset, indicator, measured=asking.measured, asking=asking)

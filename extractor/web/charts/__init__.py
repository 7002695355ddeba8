"""Charts of indicators, drawn here and sent as pictures: no script in the page, the same picture everywhere."""

from extractor.web.charts.chart import Chart, charts_of
from extractor.web.charts.routes import router

__all__ = ["Chart", "charts_of", "router"]

"""A dataset's observations in the formats of others: SDMX, Data Commons, maps, spreadsheets and static dashboards, and as pictures."""

from extractor.dataset.publishing.errors import ExportError
from extractor.dataset.publishing.plot import Plotted, plot
from extractor.dataset.publishing.publish import FORMATS, Published, publish

__all__ = ["FORMATS", "ExportError", "Plotted", "Published", "plot", "publish"]

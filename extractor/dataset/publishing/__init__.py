"""A dataset's observations in the formats of others: SDMX, Data Commons, maps, spreadsheets and static dashboards."""

from extractor.dataset.publishing.errors import ExportError
from extractor.dataset.publishing.publish import FORMATS, Published, publish

__all__ = ["FORMATS", "ExportError", "Published", "publish"]

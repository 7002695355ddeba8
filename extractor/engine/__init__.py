"""Engines: many articles in, their facts out in the same order, whatever happens to the process that reads one."""

from extractor.engine.folder import FolderError, Run, read_run
from extractor.engine.local import Settings, extract_all
from extractor.engine.totals import Totals

__all__ = ["FolderError", "Run", "Settings", "Totals", "extract_all", "read_run"]

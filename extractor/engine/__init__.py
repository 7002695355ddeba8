"""Engines: many articles in, their facts out in the same order, whatever happens to the process that reads one."""

from extractor.engine.folder import FolderError, Run, read_run
from extractor.engine.local import extract_all
from extractor.engine.lock import LockedError
from extractor.engine.settings import Settings
from extractor.engine.totals import Totals
from extractor.engine.workers import WorkersError

__all__ = ["FolderError", "LockedError", "Run", "Settings", "Totals", "WorkersError", "extract_all", "read_run"]

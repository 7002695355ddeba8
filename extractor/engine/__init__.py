"""Engines: many articles in, their facts out in the same order, whatever happens to the process that reads one."""

from extractor.engine.chunks import Input
from extractor.engine.engine import Engine
from extractor.engine.folder import FolderError, Run, read_run
from extractor.engine.local import LocalEngine
from extractor.engine.lock import LockedError
from extractor.engine.on_ray import ClusterError, RayEngine
from extractor.engine.settings import Settings
from extractor.engine.totals import Totals
from extractor.engine.workers import WorkersError

__all__ = [
    "ClusterError", "Engine", "FolderError", "Input", "LocalEngine", "LockedError", "RayEngine", "Run", "Settings", "Totals", "WorkersError",
    "read_run",
]  # fmt: skip

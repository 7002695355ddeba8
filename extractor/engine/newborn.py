"""Loaded by the process that workers are forked from: one that is born as its run is stopped finds nothing of it left, and has nobody to tell."""

from __future__ import annotations

import gc
import sys
from types import TracebackType

_tell = sys.excepthook


def _hold_back(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if not issubclass(kind, FileNotFoundError | EOFError | ConnectionError):
        _tell(kind, error, trace)


sys.excepthook = _hold_back
gc.freeze()  # the modules loaded so far stay as they are: a collection that looked through them would have each worker copy their memory

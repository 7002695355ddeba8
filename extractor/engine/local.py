"""Many articles on one machine: results in the order of the input, an article that can't be extracted set aside."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

from extractor.engine.chunks import Input
from extractor.engine.extraction import extract, load_for, said, set_aside
from extractor.engine.settings import Settings
from extractor.engine.workers import Job, Workers
from extractor.packs import PackError
from extractor.pipeline import Extractor
from extractor.readers import Problem, WebPage
from extractor.schema import Extraction

_FEW = 8
"""So many articles are read sooner than a worker has started."""
_AHEAD = 16
"""Articles for each worker that may be under way or wait for an earlier one."""
T = TypeVar("T")


class LocalEngine:
    """Worker processes of this machine; none at all for a handful of articles."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    def extract_all(self, items: Iterable[Input | T]) -> Iterator[Extraction | Problem | T]:
        """See Engine."""
        source = iter(items)
        few = list(islice(source, _FEW + 1)) if self.settings.workers is None else []
        if self.settings.workers is None and _need_no_worker(few):
            extractor = load_for(self.settings)
            yield from (_extract_here(extractor, item, self.settings) if isinstance(item, Input) else item for item in few)
            return
        count = self.settings.workers or processors()
        with Workers(count, self.settings) as workers:
            waiting: deque[Job | T] = deque()
            for item in chain(few, source):
                waiting.append(workers.give(item) if isinstance(item, Input) else item)
                if len(waiting) >= _AHEAD * count:
                    yield _settled(waiting.popleft(), workers)
            while waiting:
                yield _settled(waiting.popleft(), workers)


def _need_no_worker(few: list[Input | T]) -> bool:
    """A page may hang its parser, which only another process can be stopped from."""
    return len(few) <= _FEW and not any(isinstance(item, WebPage) for item in few)


def _settled(item: Job | T, workers: Workers) -> Extraction | Problem | T:
    return workers.take(item) if isinstance(item, Job) else item


def _extract_here(extractor: Extractor, item: Input, settings: Settings) -> Extraction | Problem:
    """In this process, where only a broken language pack is no fault of the article."""
    try:
        return extract(extractor, item, settings)
    except PackError:
        raise
    except Exception as error:
        return set_aside(item, said(error))


def processors() -> int:
    """That this process may run on."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

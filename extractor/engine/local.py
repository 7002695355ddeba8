"""Many articles on one machine: results in the order of the input, an article that can't be extracted set aside."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import chain, islice
from typing import TypeVar

from extractor.article import Article
from extractor.engine.settings import Settings
from extractor.engine.workers import Job, Workers, extract, said, set_aside
from extractor.packs import PackError
from extractor.pipeline import Extractor, load
from extractor.readers.problem import Problem
from extractor.schema import Extraction

_FEW = 8
"""So many articles are read sooner than a worker has started."""
_AHEAD = 16
"""Articles for each worker that may be under way or wait for an earlier one."""
T = TypeVar("T")


def extract_all(items: Iterable[Article | T], settings: Settings) -> Iterator[Extraction | Problem | T]:
    """The extraction of each article in order, or the problem that its worker had with it; what is no article passes through. Memory stays flat."""
    source = iter(items)
    few = list(islice(source, _FEW + 1)) if settings.workers is None else []
    if settings.workers is None and len(few) <= _FEW:
        extractor = load()
        yield from (_extract_here(extractor, item, settings) if isinstance(item, Article) else item for item in few)
        return
    count = settings.workers or _processors()
    with Workers(count, settings) as workers:
        waiting: deque[Job | T] = deque()
        for item in chain(few, source):
            waiting.append(workers.give(item) if isinstance(item, Article) else item)
            if len(waiting) >= _AHEAD * count:
                yield _settled(waiting.popleft(), workers)
        while waiting:
            yield _settled(waiting.popleft(), workers)


def _settled(item: Job | T, workers: Workers) -> Extraction | Problem | T:
    return workers.take(item) if isinstance(item, Job) else item


def _extract_here(extractor: Extractor, article: Article, settings: Settings) -> Extraction | Problem:
    """In this process, where only a broken language pack is no fault of the article."""
    try:
        return extract(extractor, article, settings)
    except PackError:
        raise
    except Exception as error:
        return set_aside(article, said(error))


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

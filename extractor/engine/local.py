"""Worker processes on one machine: results in the order of the input, an article that kills or holds up its worker set aside."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import TimeoutError as OutOfTime
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import TypeVar

from pebble import ProcessExpired, ProcessFuture, ProcessPool

from extractor.article import Article
from extractor.packs import PackError
from extractor.pipeline import Extractor, load
from extractor.readers.problem import LONGEST_RAW, Problem
from extractor.readers.records import record_of
from extractor.schema import Extraction

_FEW = 8
"""So many articles are read sooner than a worker has started."""
_AHEAD = 16
"""Articles for each worker that may be under way or wait for an earlier one."""
T = TypeVar("T")
_extractor: Extractor | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """How articles are extracted."""

    language: str | None = None
    """BCP-47 primary subtag of all of them, in place of detection."""
    min_confidence: float = 0.0
    workers: int | None = None
    """Processes; None for as many as there are processors, or none at all for a handful of articles."""
    time_limit: float = 600.0
    """Seconds that a worker may take for one article."""


def extract_all(items: Iterable[Article | T], settings: Settings) -> Iterator[Extraction | Problem | T]:
    """The extraction of each article in order, or the problem that its worker had with it; what is no article passes through. Memory stays flat."""
    source = iter(items)
    few = list(islice(source, _FEW + 1)) if settings.workers is None else []
    if settings.workers is None and len(few) <= _FEW:
        extractor = load()
        yield from (_extract_here(extractor, item, settings) if isinstance(item, Article) else item for item in few)
        return
    workers = settings.workers or _processors()
    with _pool(workers) as pool:
        waiting: deque[tuple[Article, ProcessFuture[Extraction]] | T] = deque()
        for item in chain(few, source):
            waiting.append((item, _schedule(pool, item, settings)) if isinstance(item, Article) else item)
            if len(waiting) >= _AHEAD * workers:
                yield _settle(waiting.popleft(), settings)
        while waiting:
            yield _settle(waiting.popleft(), settings)


def _extract_here(extractor: Extractor, article: Article, settings: Settings) -> Extraction | Problem:
    """In this process, where only a broken language pack is no fault of the article."""
    try:
        return _extract(extractor, article, settings)
    except PackError:
        raise
    except Exception as error:
        return _set_aside(article, _said(error))


def _schedule(pool: ProcessPool, article: Article, settings: Settings) -> ProcessFuture[Extraction]:
    return pool.schedule(_work, args=[article, settings], timeout=settings.time_limit)


@contextmanager
def _pool(workers: int) -> Iterator[ProcessPool]:
    """Workers that end at once where this process is interrupted or fails."""
    pool = ProcessPool(max_workers=workers, initializer=_start, context=multiprocessing.get_context("forkserver"))
    try:
        yield pool
        pool.close()  # type: ignore[no-untyped-call]
    except BaseException:
        pool.stop()  # type: ignore[no-untyped-call]
        raise
    finally:
        pool.join()


def _start() -> None:
    """In a worker: an interrupt from the keyboard is the main process's to handle."""
    global _extractor
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _extractor = load()


def _work(article: Article, settings: Settings) -> Extraction:
    assert _extractor is not None
    return _extract(_extractor, article, settings)


def _extract(extractor: Extractor, article: Article, settings: Settings) -> Extraction:
    said = replace(article, language=settings.language) if settings.language else article
    return extractor.extract(said).sure_of(settings.min_confidence)


def _settle(item: tuple[Article, ProcessFuture[Extraction]] | T, settings: Settings) -> Extraction | Problem | T:
    if not isinstance(item, tuple):
        return item
    article, future = item
    try:
        extraction: Extraction = future.result()
    except OutOfTime:
        return _set_aside(article, f"took longer than {settings.time_limit:g} seconds")
    except ProcessExpired as error:
        return _set_aside(article, f"ended its worker process (exit code {error.exitcode})")
    except PackError:
        raise
    except Exception as error:
        return _set_aside(article, _said(error))
    return extraction


def _said(error: Exception) -> str:
    return f"can't be extracted: {type(error).__name__}: {error}"


def _set_aside(article: Article, reason: str) -> Problem:
    source, _, number = article.source.rpartition("#")
    raw = json.dumps(record_of(article), ensure_ascii=False)
    kept = raw if len(raw) <= LONGEST_RAW else None
    return Problem(source, reason, int(number), kept) if source and number.isdigit() else Problem(article.source, reason, None, kept)


def _processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1

"""Worker processes that the run outlives: one that hangs costs its article, one that dies is replaced, and a pool that breaks is started anew."""

from __future__ import annotations

import multiprocessing
import signal
from concurrent.futures import Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from pebble import ProcessExpired, ProcessPool

from extractor.collection import seldom
from extractor.engine.chunks import Input
from extractor.engine.extraction import extract, load_for, said, set_aside
from extractor.engine.settings import Settings
from extractor.packs import PackError
from extractor.pipeline import Extractor
from extractor.readers import Problem
from extractor.schema import Extraction

_MOST_DEATHS = 2
"""An article whose worker dies is tried once more: the system may have ended the process for want of memory, at whichever article it was."""
_MOST_BREAKS = 5
"""So often in a row may a pool break without a result in between."""
_BY_THE_CLOCK = 5
"""So many times its processor time an article may take by the clock: on a busy machine its worker waits for its turn."""
_LOOK = 1.0
"""Seconds until it is looked whether the pool is still there."""
_extractor: Extractor | None = None


class WorkersError(Exception):
    """No worker process comes to work; says what to do."""


@dataclass(eq=False, slots=True)
class Job:
    """An article or page on its way through a worker."""

    item: Input
    future: Future[Extraction | Problem]
    deaths: int = 0


class Workers:
    """Takes articles and gives their extractions back, whatever happens to the processes in between."""

    def __init__(self, count: int, settings: Settings) -> None:
        self._count, self._settings = count, settings
        self._pool = self._new_pool()
        self._open: list[Job] = []
        self._breaks = 0

    def __enter__(self) -> Workers:
        return self

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> None:
        """Workers end at once where this process is interrupted or fails."""
        if kind is None:
            self._pool.close()  # type: ignore[no-untyped-call]
        else:
            self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()

    def give(self, item: Input) -> Job:
        """Have an article or page extracted, as soon as a worker is free."""
        if not self._pool.active:
            self._start_anew()
        job = Job(item, self._schedule(item))
        self._open.append(job)
        return job

    def take(self, job: Job) -> Extraction | Problem:
        """Wait for what comes of an article. Raises WorkersError where no worker comes to work, PackError for a broken language pack."""
        while not (result := self._result(job)):
            pass
        self._open.remove(job)
        return result

    def _result(self, job: Job) -> Extraction | Problem | None:
        """None where it has to be waited for, again or still."""
        if not wait((job.future,), timeout=_LOOK).done:
            if not self._pool.active:
                self._start_anew()
            return None
        try:
            result = job.future.result()
        except BrokenProcessPool:
            self._start_anew()
            return None
        except ProcessExpired as error:
            if _ran_out_of_time(error):
                return self._too_long(job)
            job.deaths += 1
            if job.deaths == _MOST_DEATHS:
                return set_aside(job.item, f"ended its worker process (exit code {error.exitcode})")
            job.future = self._schedule(job.item)
            return None
        except TimeoutError:
            return self._too_long(job)
        except PackError:
            raise
        except Exception as error:
            return set_aside(job.item, said(error))
        self._breaks = 0
        return result

    def _too_long(self, job: Job) -> Problem:
        return set_aside(job.item, f"took longer than {self._settings.time_limit:g} seconds")

    def _start_anew(self) -> None:
        """Another pool in place of one that broke, which happens where workers die between articles; what it has not done is done in the new one."""
        self._breaks += 1
        if self._breaks > _MOST_BREAKS:
            raise WorkersError("worker processes end before they have done anything: give them more memory, or fewer --workers")
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()
        self._pool = self._new_pool()
        for job in self._open:
            if not job.future.done() or isinstance(job.future.exception(), BrokenProcessPool):
                job.future = self._schedule(job.item)

    def _new_pool(self) -> ProcessPool:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["extractor.engine.newborn"])
        return ProcessPool(max_workers=self._count, initializer=_start, initargs=[self._settings], context=context)

    def _schedule(self, item: Input) -> Future[Extraction | Problem]:
        try:
            return self._pool.schedule(_work, args=[item, self._settings], timeout=self._settings.time_limit * _BY_THE_CLOCK)
        except RuntimeError as error:  # it broke a moment ago
            broken: Future[Extraction | Problem] = Future()
            broken.set_exception(BrokenProcessPool(str(error)))
            return broken


def _start(settings: Settings) -> None:
    """In a worker: an interrupt from the keyboard is the main process's to handle."""
    global _extractor
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    seldom()
    _extractor = load_for(settings)


def _work(item: Input, settings: Settings) -> Extraction | Problem:
    assert _extractor is not None
    _limit_processor_time(settings.time_limit)
    try:
        return extract(_extractor, item, settings)
    finally:
        _limit_processor_time(0)


def _limit_processor_time(seconds: float) -> None:
    """Have the system end this process when it has worked so long; zero for no limit. Where there is no such timer, the clock alone counts."""
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_PROF, seconds)


def _ran_out_of_time(error: ProcessExpired) -> bool:
    return hasattr(signal, "SIGPROF") and error.exitcode == -signal.SIGPROF

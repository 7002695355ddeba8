"""A second process, for what can be worked out without the database that the first one writes. Results are the same with and without it."""

from __future__ import annotations

import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from itertools import islice
from multiprocessing import current_process, get_context
from types import TracebackType
from typing import TypeVar

from extractor.engine.local import processors

_AHEAD = 4
"""Portions that may be under way or wait to be taken, which bounds the memory."""
T = TypeVar("T")
R = TypeVar("R")


class Second:
    """Starts with the first work that it is given. Where it is not worth its start, or there is one processor only, this process does all."""

    def __init__(self, *, worth: bool) -> None:
        self._pool = ProcessPoolExecutor(1, get_context("spawn"), _ignore_interrupts) if worth and _may_start() else None

    def __enter__(self) -> Second:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        if self._pool is not None:
            self._pool.shutdown(cancel_futures=True)

    def begin(self, function: Callable[..., R], *arguments: object) -> Callable[[], R]:
        """Have something worked out, and get what to call for the result. Function and arguments go by pickle; what it raises is raised there.

        What the other process has not begun when the result is asked for, because it has other work yet or was ended, is worked out here.
        """
        future = self._submit(function, *arguments)

        def result() -> R:
            if future is not None and not future.cancel():
                with suppress(BrokenProcessPool):
                    return future.result()
            return function(*arguments)

        return result

    def _submit(self, function: Callable[..., R], *arguments: object) -> Future[R] | None:
        if self._pool is not None:
            with suppress(BrokenProcessPool):
                return self._pool.submit(function, *arguments)
        return None

    def map(self, function: Callable[[T], R], items: Iterable[T], size: int) -> Iterator[R]:
        """What a function gives for each item, in order; `size` items go at a time."""
        if self._pool is None:
            yield from (function(item) for item in items)
            return
        source = iter(items)
        waiting: deque[Callable[[], list[R]]] = deque()
        while portion := list(islice(source, size)):
            waiting.append(self.begin(_all, function, portion))
            if len(waiting) == _AHEAD:
                yield from waiting.popleft()()
        while waiting:
            yield from waiting.popleft()()


def _all(function: Callable[[T], R], items: Sequence[T]) -> list[R]:
    return [function(item) for item in items]


def _ignore_interrupts() -> None:
    """In the second process: an interrupt from the keyboard is the first one's to handle."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _may_start() -> bool:
    return processors() > 1 and not current_process().daemon

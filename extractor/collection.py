"""When Python looks for cycles of objects to free: words and facts make next to none, and looking through all that is known of a language costs time.

Measured on 1,000 articles: a tenth of an article's time, more than a quarter of the time in which a language is loaded.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_OBJECTS, _TIMES = 100_000, 50
"""New objects until the youngest are looked through, and so many times until the older ones are; Python's own: 700 and 10."""


@contextmanager
def paused() -> Iterator[None]:
    """Nothing is looked for meanwhile; afterwards as before."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def seldom() -> None:
    """In a process of our own: cycles are looked for seldom from now on, memory stays flat all the same."""
    gc.set_threshold(_OBJECTS, _TIMES, _TIMES)

"""Specifications drawn by Vega-Lite in a process of their own: one that takes too long is ended, and its memory is not the server's."""

from __future__ import annotations

import atexit
import json
import multiprocessing
from collections import OrderedDict
from concurrent.futures import TimeoutError as TooLong
from concurrent.futures.process import BrokenProcessPool
from functools import cache
from threading import BoundedSemaphore, Lock
from xml.sax.saxutils import escape

from pebble import ProcessExpired, ProcessPool

from extractor.web.charts.specifications import Specification
from extractor.web.problems import Problem

FORMS = {"svg": "image/svg+xml", "png": "image/png"}
_SECONDS = 60.0
_MOST_KEPT = 32 * 1024 * 1024
"""Bytes of pictures that are kept."""
_DRAWN_BY_ONE = 500
"""Pictures that one process draws before a fresh one takes its place."""
_SCALE = 2.0
_MOST_WAITING = 24
"""Charts that are asked for at once; the server has forty threads, and some are for pages."""


def draw(specification: Specification, form: str) -> bytes:
    """A picture: `svg` or `png`. Raises Problem (503) where it takes too long."""
    written = json.dumps(specification, ensure_ascii=False)
    kept = _kept.get((form, written))
    if kept is not None:
        return kept
    if not _places.acquire(blocking=False):
        raise Problem(503, "Too many charts at once: try again in a few seconds.", headers={"Retry-After": "5"})
    try:
        drawn: bytes = _pool().schedule(drawn_here, args=(written, form), timeout=_SECONDS).result()
    except (TooLong, ProcessExpired) as error:
        raise Problem(503, "This chart takes too long to draw: ask for less, with a place or a period.", headers={"Retry-After": "5"}) from error
    except (BrokenProcessPool, RuntimeError) as error:  # the latter from a pool that broke before
        with _lock:
            _made_pool.cache_clear()
        raise Problem(503, "Charts can't be drawn at the moment: try again in a few seconds.", headers={"Retry-After": "5"}) from error
    finally:
        _places.release()
    _kept.put((form, written), drawn)
    return drawn


def drawn_here(written: str, form: str) -> bytes:
    """The same in this process. Nothing is loaded from anywhere: the specification has its data in it."""
    import vl_convert

    if form == "png":
        return bytes(vl_convert.vegalite_to_png(written, scale=_SCALE, allowed_base_urls=[]))
    svg: str = vl_convert.vegalite_to_svg(written, allowed_base_urls=[])
    specification = json.loads(written)
    title = " ".join(specification["title"]["text"])
    named = f"<title>{escape(title)}</title><desc>{escape(specification['description'])}</desc>"
    # The root's own attributes end at the first `>`: none of them holds one.
    root, _, rest = svg.partition(">")
    return f'{root} role="img">{named}{rest}'.encode()


class _Kept:
    """The pictures that were asked for last."""

    def __init__(self) -> None:
        self._pictures: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def get(self, key: tuple[str, str]) -> bytes | None:
        with self._lock:
            if key in self._pictures:
                self._pictures.move_to_end(key)
            return self._pictures.get(key)

    def put(self, key: tuple[str, str], picture: bytes) -> None:
        with self._lock:
            if key in self._pictures:
                return
            self._pictures[key] = picture
            self._size += _weight(key, picture)
            while self._size > _MOST_KEPT:
                self._size -= _weight(*self._pictures.popitem(last=False))


def _weight(key: tuple[str, str], picture: bytes) -> int:
    return len(key[1]) + len(picture)


_kept = _Kept()
_places = BoundedSemaphore(_MOST_WAITING)
_lock = Lock()


def _pool() -> ProcessPool:
    with _lock:
        return _made_pool()


@cache
def _made_pool() -> ProcessPool:
    # Spawned: a fork of a server with threads may inherit a lock that nobody opens.
    pool = ProcessPool(max_workers=1, max_tasks=_DRAWN_BY_ONE, context=multiprocessing.get_context("spawn"))
    atexit.register(_end, pool)
    return pool


def _end(pool: ProcessPool) -> None:
    pool.stop()  # type: ignore[no-untyped-call]
    pool.join()

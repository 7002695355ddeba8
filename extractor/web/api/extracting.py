"""`POST /api/v1/extract`: the facts of a text, worked out in a process of its own that is ended when it takes too long."""

from __future__ import annotations

import asyncio
from functools import lru_cache
from threading import BoundedSemaphore
from typing import Annotated, Any

from fastapi import APIRouter, Body, Request
from fastapi.responses import Response

from extractor.schema import Extraction
from extractor.web.api.answers import problems
from extractor.web.api.records import Text
from extractor.web.problems import Problem
from extractor.web.settings import Settings

extract = APIRouter(tags=["extract"])
_MOST_WAITING = 8
_START_SECONDS = 60.0
"""More for the first article: the process has to load its languages."""


class Worker:
    """One process that extracts, started with the first text."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._pool: Any = None
        self._waiting = BoundedSemaphore(_MOST_WAITING)

    async def facts_of(self, text: Text) -> str:
        """One line of JSON. Raises Problem: 503 where many wait or it takes too long."""
        if not self._waiting.acquire(blocking=False):
            raise Problem(503, "Many texts are waiting already: try again in a few seconds.", headers={"Retry-After": "10"})
        try:
            future = self._schedule(text)
            return str(await asyncio.wrap_future(future))
        except TimeoutError:
            raise Problem(
                503, "This text takes longer than {seconds} seconds: send a part of it.", values={"seconds": format(self._seconds, "g")}
            ) from None
        except Exception as error:
            raise Problem(503, "The facts of this text can't be worked out at the moment.") from error
        finally:
            self._waiting.release()

    def _schedule(self, text: Text) -> Any:
        import multiprocessing

        from pebble import ProcessPool

        first = self._pool is None
        if first:
            self._pool = ProcessPool(max_workers=1, context=multiprocessing.get_context("spawn"))
        return self._pool.schedule(_extract, args=[text.model_dump()], timeout=self._seconds + (_START_SECONDS if first else 0))

    def close(self) -> None:
        """End the process."""
        if self._pool is not None:
            self._pool.stop()
            self._pool.join(timeout=5)


@lru_cache(maxsize=1)
def _extractor() -> Any:
    from extractor.pipeline import load

    return load()


def _extract(text: dict[str, Any]) -> str:
    from extractor.article import Article

    extraction: Extraction = _extractor().extract(Article(source="api", **text))
    return extraction.model_dump_json()


@extract.post("/extract", responses={200: {"model": Extraction, "description": "The article and its facts."}, **problems(413)})
async def extract_facts(request: Request, text: Annotated[Text, Body()]) -> Response:
    """The facts of an article's text, as a line of `extractor run`. Nothing is stored."""
    settings: Settings = request.app.state.settings
    if len(text.text.encode("utf-8", "surrogatepass")) > settings.longest_article:
        raise Problem(413, "This is too large: {most} bytes at most.", values={"most": settings.longest_article})
    worker: Worker = request.app.state.worker
    return Response(await worker.facts_of(text), media_type="application/json")

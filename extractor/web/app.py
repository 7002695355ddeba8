"""The parts of the server put together."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from importlib import resources
from pathlib import Path

from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.staticfiles import StaticFiles

from extractor import __version__
from extractor.web import api, charts, downloads, pages
from extractor.web.api.extracting import Worker
from extractor.web.dataset import Dataset
from extractor.web.fresh import Fresh
from extractor.web.problems import add_problems
from extractor.web.security import Guard
from extractor.web.settings import Settings

_GZIP_FROM = 1_000
_GZIP_LEVEL = 5
"""A page is a tenth larger than by 9, in a third of the time."""
_DESCRIPTION = """What news say about health, in figures: each with the words that prove it.

Lists come in parts: go on with `next`. `Accept: application/x-ndjson` gives all rows of a list as a stream, one JSON object a line.
Errors are `application/problem+json`. Every answer has an `ETag`.
"""


def create_app(dataset: str | Path, settings: Settings | None = None) -> FastAPI:
    """The server of a dataset's folder or PostgreSQL database. Raises QueryError where there is none that can be read."""
    settings = settings or Settings()
    opened = Dataset(dataset, most_seconds=settings.most_seconds, connections=settings.connections)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        app.state.worker.close()
        opened.close()

    app = FastAPI(title="Health figures in the news", version=__version__, description=_DESCRIPTION, docs_url=None, redoc_url=None, lifespan=lifespan)
    app.state.dataset = opened
    app.state.settings = settings
    app.state.worker = Worker(settings.extract_seconds)
    add_problems(app, pages.problem_page)
    for router in (api.router, downloads.router, charts.router, pages.router):
        app.include_router(router)
    app.mount("/static", StaticFiles(directory=str(resources.files("extractor.web") / "static")), name="static")
    # The last one added is the first that a request meets.
    app.add_middleware(GZipMiddleware, minimum_size=_GZIP_FROM, compresslevel=_GZIP_LEVEL)
    app.add_middleware(Fresh, dataset=opened)
    if settings.origins:
        app.add_middleware(
            CORSMiddleware, allow_origins=list(settings.origins), allow_methods=["GET", "POST"], allow_headers=["Authorization", "Content-Type"]
        )
    app.add_middleware(Guard, settings=settings)
    return app

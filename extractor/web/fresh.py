"""ETag and 304: what was asked before, of the same build, is not answered again."""

from __future__ import annotations

import hashlib

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extractor import __version__
from extractor.dataset.sources import QueryError
from extractor.web.dataset import Dataset

_VARIES = ("accept", "accept-language", "hx-request")
"""Headers of a request that change the answer."""


class Fresh:
    """ASGI middleware: the tag of an answer is of the build, the address and the headers that it was chosen by."""

    def __init__(self, app: ASGIApp, dataset: Dataset) -> None:
        self._app = app
        self._dataset = dataset

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 304 at once, or mark the answer."""
        if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        try:
            at_hand = self._dataset.version_at_hand
            version = await run_in_threadpool(lambda: self._dataset.version) if at_hand is None else at_hand
        except QueryError:
            # The route meets the same and tells it.
            await self._app(scope, receive, send)
            return
        tag = _tag(scope, version)
        marks = {"etag": tag, "cache-control": "private, no-cache", "vary": ", ".join(_VARIES)}

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                headers = MutableHeaders(scope=message)
                for name, value in marks.items():
                    if name == "vary":
                        headers.add_vary_header(value)
                    else:
                        headers.setdefault(name, value)
            await send(message)

        if _has(Headers(scope=scope).get("if-none-match", ""), tag):
            await send({"type": "http.response.start", "status": 304, "headers": [(name.encode(), value.encode()) for name, value in marks.items()]})
            await send({"type": "http.response.body", "body": b""})
            return
        await self._app(scope, receive, send_marked)


def _tag(scope: Scope, version: str) -> str:
    headers = Headers(scope=scope)
    told = [__version__, version, scope["path"], scope["query_string"].decode("latin-1"), *(headers.get(name, "") for name in _VARIES)]
    return f'W/"{hashlib.sha256(chr(0).join(told).encode("utf-8", "surrogateescape")).hexdigest()[:24]}"'


def _has(header: str, tag: str) -> bool:
    return tag.removeprefix("W/") in (one.strip().removeprefix("W/") for one in header.split(","))

"""ETag and 304, and answers kept: what was asked before, of the same build, is not worked out again."""

from __future__ import annotations

import hashlib
from collections import OrderedDict

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extractor import __version__
from extractor.dataset.sources import QueryError
from extractor.web.dataset import Dataset

_VARIES = ("accept", "accept-language", "hx-request")
"""Headers of a request that change the answer; its encoding does not change the tag, which is a weak one."""
_LARGEST_KEPT = 256 * 1024
"""Bytes of an answer that is kept."""
_MOST_KEPT = 32 * 1024 * 1024
"""Bytes of all that are."""


class Fresh:
    """ASGI middleware: the tag of an answer is of the build, the address and the headers that it was chosen by."""

    def __init__(self, app: ASGIApp, dataset: Dataset) -> None:
        self._app = app
        self._dataset = dataset
        self._kept = _Kept()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 304 or what is kept, or mark and keep the answer."""
        if scope["type"] != "http" or scope["method"] != "GET" or scope["path"].startswith("/static/"):
            await self._app(scope, receive, send)
            return
        try:
            at_hand = self._dataset.version_at_hand
            version = await run_in_threadpool(lambda: self._dataset.version) if at_hand is None else at_hand
        except QueryError:
            # The route meets the same and tells it.
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        tag = _tag(scope, headers, version)
        if _has(headers.get("if-none-match", ""), tag):
            marked = [(name.encode(), value.encode()) for name, value in _marks(tag).items()]
            await send({"type": "http.response.start", "status": 304, "headers": marked})
            await send({"type": "http.response.body", "body": b""})
            return
        key = f"{tag} {headers.get('accept-encoding', '')}"
        kept = self._kept.get(key)
        if kept is not None:
            for message in kept:
                await send(dict(message))
            return
        recorder = _Recorder(send, tag)
        await self._app(scope, receive, recorder.send)
        if recorder.whole is not None:
            self._kept.put(key, recorder.whole)


class _Recorder:
    """Passes an answer on with its tag, and remembers it where it is whole, well and small."""

    def __init__(self, send: Send, tag: str) -> None:
        self._send = send
        self._tag = tag
        self._start: Message | None = None
        self._body = b""
        self.whole: tuple[Message, Message] | None = None

    async def send(self, message: Message) -> None:
        if message["type"] == "http.response.start" and message["status"] == 200:
            headers = MutableHeaders(scope=message)
            for name, value in _marks(self._tag).items():
                if name == "vary":
                    headers.add_vary_header(value)
                else:
                    headers.setdefault(name, value)
            self._start = {**message, "headers": list(message["headers"])}
        elif message["type"] == "http.response.body" and self._start is not None:
            self._body += message.get("body", b"")
            if len(self._body) > _LARGEST_KEPT:
                self._start, self._body = None, b""
            elif not message.get("more_body"):
                self.whole = (self._start, {"type": "http.response.body", "body": self._body})
        await self._send(message)


class _Kept:
    """The answers that were asked for last."""

    def __init__(self) -> None:
        self._answers: OrderedDict[str, tuple[Message, Message]] = OrderedDict()
        self._size = 0

    def get(self, key: str) -> tuple[Message, Message] | None:
        answer = self._answers.get(key)
        if answer is not None:
            self._answers.move_to_end(key)
        # The guard writes its headers into what is sent: a copy of the list for each.
        return ({**answer[0], "headers": list(answer[0]["headers"])}, answer[1]) if answer is not None else None

    def put(self, key: str, answer: tuple[Message, Message]) -> None:
        if key in self._answers:
            return
        self._answers[key] = answer
        self._size += len(answer[1]["body"])
        while self._size > _MOST_KEPT:
            _, (_, body) = self._answers.popitem(last=False)
            self._size -= len(body["body"])


def _marks(tag: str) -> dict[str, str]:
    return {"etag": tag, "cache-control": "private, no-cache", "vary": ", ".join(_VARIES)}


def _tag(scope: Scope, headers: Headers, version: str) -> str:
    """Links of a feed have the host's name in them, so that it counts too."""
    chosen = (headers.get(name, "") for name in (*_VARIES, "host"))
    told = [__version__, version, scope.get("scheme", ""), scope["path"], scope["query_string"].decode("latin-1"), *chosen]
    return f'W/"{hashlib.sha256(chr(0).join(told).encode("utf-8", "surrogateescape")).hexdigest()[:24]}"'


def _has(header: str, tag: str) -> bool:
    return tag.removeprefix("W/") in (one.strip().removeprefix("W/") for one in header.split(","))

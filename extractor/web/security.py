"""What every request has to be and every answer carries: a token, a known host, a size; headers that leave a browser nothing to run."""

from __future__ import annotations

import base64
import binascii
import secrets
from urllib.parse import unquote_to_bytes

from fastapi import Request
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from extractor.web.problems import Problem, problem_response
from extractor.web.settings import Settings

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
        "frame-ancestors 'none'; base-uri 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_MOST_DRAINED = 8 * 1024 * 1024
_LOOPBACK = frozenset({"localhost", "127.0.0.1", "[::1]"})


class Guard:
    """ASGI middleware outside of all others."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self._app = app
        self._settings = settings

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse, or pass on what may be asked; either way with the headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        if scope["method"] == "HEAD":
            # As GET; the server leaves the body out.
            scope = {**scope, "method": "GET"}

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
                if headers.get("access-control-allow-origin"):
                    headers["Cross-Origin-Resource-Policy"] = "cross-origin"
                headers["server"] = "extractor"
            await send(message)

        problem = self._refusal(scope)
        if problem is not None:
            await _drain(receive)
            await problem_response(Request(scope), problem)(scope, receive, send_guarded)
            return
        await self._app(scope, _Measured(receive, self._settings.longest_article), send_guarded)

    def _refusal(self, scope: Scope) -> Problem | None:
        settings = self._settings
        headers = Headers(scope=scope)
        address = scope.get("raw_path", b"") + b"?" + scope["query_string"]
        if len(address) > settings.longest_address:
            return Problem(414, "This address is too long: {most} bytes at most.", values={"most": settings.longest_address})
        try:
            unquote_to_bytes(address.replace(b"+", b" ")).decode("utf-8")
        except UnicodeDecodeError:
            return Problem(400, "This address is no UTF-8: is it cut off?")
        if settings.token is None and _name(headers.get("host", "")) not in _LOOPBACK | set(settings.hosts):
            return Problem(421, "This server answers to localhost only; start it with --allow-host for another name.")
        preflight = scope["method"] == "OPTIONS" and "access-control-request-method" in headers
        if settings.token is not None and not preflight and not _knows(headers.get("authorization", ""), settings.token):
            challenge = 'Basic realm="extractor", charset="UTF-8"'
            return Problem(
                401, "This server asks for its token: as the password, or as Authorization: Bearer.", headers={"WWW-Authenticate": challenge}
            )
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdecimal() or int(length[:20]) > settings.longest_article:
            return _too_large(settings.longest_article)
        return None


class _Measured:
    """A request's body, counted while it comes in: not every one tells its length before."""

    def __init__(self, receive: Receive, most: int) -> None:
        self._receive = receive
        self._most = most
        self._got = 0

    async def __call__(self) -> Message:
        message = await self._receive()
        self._got += len(message.get("body", b""))
        if self._got > self._most:
            if message.get("more_body"):
                await _drain(self._receive)
            too_large = _too_large(self._most)
            # FastAPI takes any other exception for a body that is no JSON.
            raise HTTPException(too_large.status, too_large.detail, too_large.headers)
        return message


async def _drain(receive: Receive) -> None:
    """Read what is still being sent, for a client that is sending does not listen; not without end."""
    got = 0
    while got < _MOST_DRAINED:
        message = await receive()
        got += len(message.get("body", b""))
        if message["type"] != "http.request" or not message.get("more_body"):
            return


def _too_large(most: int) -> Problem:
    return Problem(413, "This is too large: {most} bytes at most.", headers={"Connection": "close"}, values={"most": most})


def _name(host: str) -> str:
    """`localhost:8765` → `localhost`; `[::1]:8765` → `[::1]`."""
    return host.partition("]")[0] + "]" if host.startswith("[") else host.partition(":")[0].lower()


def _knows(authorization: str, token: str) -> bool:
    """Whether the token is given, as a bearer's or as the password of any user."""
    scheme, _, given = authorization.partition(" ")
    given = given.strip()
    if scheme.lower() == "basic":
        try:
            given = base64.b64decode(given, validate=True).decode("utf-8").partition(":")[2]
        except (binascii.Error, UnicodeDecodeError, ValueError):
            return False
    elif scheme.lower() != "bearer":
        return False
    return secrets.compare_digest(given.encode("utf-8", "surrogateescape"), token.encode())

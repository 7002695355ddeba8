"""`extractor serve`: the command line over the server."""

from __future__ import annotations

import socket
import sys
from pathlib import Path
from typing import Annotated

import typer

from extractor.printing import fail, stderr

_NEEDS = "serving needs packages: pip install 'health-news-extractor[serve]'"


def serve(
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="Folder of a dataset, or postgresql://… that `build --store` filled.")],
    host: Annotated[str, typer.Option(help="Address to listen on; any but this machine's own needs a token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port to listen on; 0 for any that is free.")] = 8765,
    token: Annotated[
        str | None,
        typer.Option(envvar="EXTRACTOR_TOKEN", help="What readers have to know: the password in the browser's dialogue, or a bearer token."),
    ] = None,
    allow_origin: Annotated[list[str], typer.Option(help="Site whose scripts may read the API: https://dash.example.org")] = [],  # noqa: B006
    allow_host: Annotated[list[str], typer.Option(help="Name that the server answers to besides localhost, such as a proxy's.")] = [],  # noqa: B006
    query_seconds: Annotated[float, typer.Option(min=0.1, help="Seconds that one question to the database may take.")] = 5.0,
) -> None:
    """Open a dataset in the browser, and as a JSON API.

    Example: extractor serve dataset/

    Example: EXTRACTOR_TOKEN=… extractor serve dataset/ --host 0.0.0.0 --port 80

    Needs the extra `serve`. Only this machine can reach it unless --host says otherwise; then readers need the token. The dataset is opened for
    reading only; a newer build in the same folder is seen at once. The API is under /api/v1, described in /openapi.json and docs/web.md.
    """
    try:
        import uvicorn

        from extractor.web.app import create_app
    except ImportError as error:
        if (error.name or "").startswith("extractor"):
            raise
        fail(f"{_NEEDS} ({error.name} is missing)")
    from extractor.dataset import QueryError
    from extractor.dataset.sources import is_store
    from extractor.dataset.tables import DATABASE
    from extractor.web.settings import Settings, SettingsError
    from extractor.web.warming import read_ahead

    try:
        settings = Settings(host, port, token, tuple(allow_origin), tuple(name.lower() for name in allow_host), query_seconds)
        app = create_app(dataset, settings)
    except (SettingsError, QueryError) as error:
        fail(str(error))
    listener = _listen(host, port)
    if not is_store(dataset):
        read_ahead(Path(dataset) / DATABASE)
    shown = f"[{host}]" if ":" in host else host
    stderr.print(f"http://{shown}:{listener.getsockname()[1]}/ (Ctrl-C ends it)")
    # Each row of SQLite's answer takes a turn of Python's, for which it waits so long while a page is written in another thread: 5 ms unless said.
    sys.setswitchinterval(_TURN_SECONDS)
    config = uvicorn.Config(
        app, http="h11", h11_max_incomplete_event_size=_LONGEST_HEAD, log_level="warning", server_header=False, timeout_graceful_shutdown=3, ws="none"
    )
    uvicorn.Server(config).run([listener])


_TURN_SECONDS = 0.0005
_LONGEST_HEAD = 4 * 1024 * 1024
"""Bytes of a request before its body: so long an address is still answered with the reason, not cut off."""


def _listen(host: str, port: int) -> socket.socket:
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        fail(f"{host}:{port}: can't listen there: {error.strerror or error}; choose another with --port, or --port 0 for any that is free")
    return listener

"""Whatever fsspec reaches: `https://`, `s3://`, `gs://` …"""

from __future__ import annotations

import glob
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from extractor.readers.problem import MissingPackageError

_WEB = ("http://", "https://")
_SILENCE = 300.0
"""Seconds that a server may say nothing. A transfer as a whole may take days: it goes on as articles are extracted."""


@contextmanager
def open_remote(address: str) -> Iterator[Any]:
    """The file's stream, or a list of addresses for a folder or pattern. Raises MissingPackageError, and what the store raises."""
    try:
        import fsspec
    except ImportError as error:
        raise MissingPackageError("remote addresses need fsspec: pip install 'health-news-extractor[web]'") from error
    if address.lower().startswith(_WEB):
        with _open_web(address) as stream:
            yield stream
        return
    store, path = fsspec.core.url_to_fs(address)
    if glob.has_magic(address) or store.isdir(path):
        found = store.glob(path) if glob.has_magic(address) else store.find(path)
        yield [store.unstrip_protocol(name) for name in sorted(found)]
        return
    with store.open(path, "rb") as stream:
        yield stream


@contextmanager
def _open_web(address: str) -> Iterator[Any]:
    """In one piece: few servers give parts of files. There is no folder, and a question mark (`a.jsonl?signature=…`) is no pattern."""
    import fsspec
    from aiohttp import ClientTimeout

    patience = ClientTimeout(total=None, sock_connect=_SILENCE, sock_read=_SILENCE)
    store = fsspec.filesystem("http", client_kwargs={"timeout": patience})
    with store.open(address, "rb", block_size=0) as stream:
        yield stream

"""A dataset in the browser, and as a JSON API: `extractor serve dataset/`.

>>> from extractor.web import Settings, create_app
>>> app = create_app("dataset/", Settings())  # doctest: +SKIP
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.web.app import create_app
    from extractor.web.settings import Settings

__all__ = ["Settings", "create_app"]

_HOMES = {"create_app": "extractor.web.app", "Settings": "extractor.web.settings"}


def __getattr__(name: str) -> Any:
    """Import the server only when it is asked for: the commands that need no server do not load it."""
    if name not in _HOMES:
        raise AttributeError(f"module 'extractor.web' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)

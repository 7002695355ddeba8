"""Facts out of health news: metrics, targets, dates and legal documents, each with the words that prove it.

>>> import extractor
>>> extraction = extractor.load().extract("In 2024 the province had 2,862 hospital beds.")
"""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.article import Article
    from extractor.pipeline import Extractor, load
    from extractor.schema import Extraction

__all__ = ["Article", "Extraction", "Extractor", "__version__", "load"]

try:
    __version__ = version("health-news-extractor")
except PackageNotFoundError:  # a checkout that is not installed
    __version__ = "0+unknown"

_HOMES = {"Article": "extractor.article", "Extractor": "extractor.pipeline", "load": "extractor.pipeline", "Extraction": "extractor.schema"}


def __getattr__(name: str) -> Any:
    """Import the engine only when it is asked for: `import extractor` costs nothing."""
    if name not in _HOMES:
        raise AttributeError(f"module 'extractor' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)

"""What is installed, as far as it changes what is extracted."""

from __future__ import annotations

from functools import cache

from extractor import __version__
from extractor.binding.ranker import weights_digest
from extractor.packs import packs_digest


@cache
def installation() -> tuple[str, str, str]:
    """The version, and digests of weights and language packs: where these are the same, the same article gives the same facts."""
    return __version__, weights_digest(), packs_digest()

"""What the lexicon does not know, by a multilingual encoder that the user has: nothing here is loaded unless asked for."""

from __future__ import annotations

from importlib.util import find_spec

from extractor.semantic.problem import ModelError

__all__ = ["ModelError", "require_extra"]

_NEEDED = ("safetensors", "threadpoolctl", "tokenizers")


def require_extra() -> None:
    """Raises ModelError, saying what to install, where a library of the extra is not there."""
    missing = [name for name in _NEEDED if find_spec(name) is None]
    if missing:
        raise ModelError(f"{', '.join(missing)} not installed: pip install 'health-news-extractor[semantic]'")

"""What may be wrong with a model."""

from __future__ import annotations


class ModelError(ValueError):
    """A model that can't be used: says which file, what is wrong with it, and what to do."""

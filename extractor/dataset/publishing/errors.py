"""What can go wrong in an export."""

from __future__ import annotations


class ExportError(Exception):
    """An export can't be made, or not there; says why and what to do."""

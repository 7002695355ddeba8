"""How a run extracts."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """How articles are extracted."""

    language: str | None = None
    """BCP-47 primary subtag of all of them, in place of detection."""
    min_confidence: float = 0.0
    workers: int | None = None
    """Processes; None for as many as there are processors, or none at all for a handful of articles."""
    time_limit: float = 600.0
    """Seconds that a worker may take for one article."""

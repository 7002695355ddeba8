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
    """Seconds of processor time that a worker may take for one article."""
    ner: str | None = None
    """Name or path of a spaCy pipeline that names persons and bodies."""
    ner_digest: str | None = None
    """SHA-256 of that pipeline's files."""
    semantic: str | None = None
    """Folder of an encoder that tells what numbers are in languages without a pack."""
    adapter: str | None = None
    """Folder of the encoder's adapter, where it is not the one that ships."""
    semantic_digest: str | None = None
    """SHA-256 of the weights of both."""

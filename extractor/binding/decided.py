"""What has been decided of a quantity."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.mentions import QuantityMention


@dataclass
class Decided:
    """What has been decided for one quantity so far."""

    quantity: QuantityMention
    unit: str = "1"
    indicator: str | None = None
    label: tuple[int, int] | None = None
    kind: str = "metric"
    measure: str = "level"
    rising: bool | None = None
    place: str | None = None
    facility: tuple[int, int] | None = None
    """Where the facility's name stands."""
    period: str | None = None
    baseline: str | None = None
    per: tuple[float, str] | None = None
    dimensions: dict[str, str] = field(default_factory=dict)
    probabilities: dict[str, float] = field(default_factory=dict)

"""Targets, and what became of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from extractor.dataset.sources import Rows
from extractor.web.dataset import Dataset
from extractor.web.views.records import Observation, any_of

_AT_ONCE = 500
"""Ids that one question names."""


@dataclass(frozen=True)
class Outcome:
    """A target beside the metric that answers it."""

    target: Observation
    metric: Observation
    difference: float
    """Metric less target."""
    reached: bool | None
    """None where the text does not say which way is better."""
    interim: bool
    """Whether the metric is of a part of the year only."""


def outcomes_of(dataset: Dataset, targets: Sequence[str], most: int) -> tuple[Outcome, ...]:
    """Of observations that are targets, those which have an answer; the latest due first."""
    pairs: Rows = []
    rows: dict[str, Observation] = {}
    with dataset.reading() as source:
        for at in range(0, len(targets), _AT_ONCE):
            ids = targets[at : at + _AT_ONCE]
            pairs += source.rows(f"SELECT * FROM pairs WHERE {any_of('target', ids)}", ids)
        wanted = sorted({pair[side] for pair in pairs for side in ("target", "metric")})
        for at in range(0, len(wanted), _AT_ONCE):
            ids = wanted[at : at + _AT_ONCE]
            rows |= {row["id"]: Observation.of(row) for row in source.rows(f"SELECT * FROM observations WHERE {any_of('id', ids)}", ids)}
    outcomes = [
        Outcome(
            rows[pair["target"]],
            rows[pair["metric"]],
            pair["difference"],
            None if pair["reached"] is None else bool(pair["reached"]),
            bool(pair["interim"]),
        )
        for pair in pairs
    ]
    return tuple(sorted(outcomes, key=lambda one: (one.target.period, one.target.confidence, one.target.id), reverse=True)[:most])

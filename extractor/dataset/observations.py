"""One observation for what many articles report: a value of a series in a period."""

from __future__ import annotations

import hashlib
import sqlite3

from extractor.dataset.load import DIMENSIONS

_SHARED = ("kind", "series", "indicator", "unit", "per_count", "per_of", "measure", *DIMENSIONS, "place", "facility", "period")
_DISBELIEF = 1e-9


class _Agreement:
    """1 - product of (1 - confidence) over independent sources, each at its surest: the chance that one of them at least was read rightly."""

    def __init__(self) -> None:
        self._best: dict[str, float] = {}

    def step(self, cluster: str, confidence: float) -> None:
        self._best[cluster] = max(confidence, self._best.get(cluster, 0.0))

    def finalize(self) -> float:
        doubt = 1.0
        for _, confidence in sorted(self._best.items()):
            doubt *= max(1.0 - confidence, _DISBELIEF)
        return round(1.0 - doubt, 4)


def find_observations(database: sqlite3.Connection) -> None:
    """Fill `observations` from the metrics and targets whose indicator, place and period are known, and point each at its own."""
    database.create_function("observation_key", 5, _key, deterministic=True)
    database.create_aggregate("agreement", 2, _Agreement)  # type: ignore[arg-type]
    database.execute(
        "UPDATE facts SET observation_id = observation_key(kind, series, period, value, value_max)"
        " WHERE kind IN ('metric', 'target') AND series IS NOT NULL AND period IS NOT NULL"
    )
    shared = ", ".join(_SHARED)
    database.execute(
        f"""
        INSERT INTO observations (id, {shared}, value, value_max, out_of, comparator, mentions, articles, sources,
                                  first_published, last_published, confidence, rivals)
        SELECT observation_id, {", ".join(f"min({name})" for name in _SHARED)}, min(value), min(value_max), min(out_of), '=',
               count(*), count(DISTINCT article_id), count(DISTINCT cluster), min(published), max(published), agreement(cluster, confidence), 0
        FROM facts JOIN articles ON articles.id = facts.article_id WHERE observation_id IS NOT NULL GROUP BY observation_id ORDER BY observation_id
        """
    )
    database.execute(
        "UPDATE observations SET comparator ="
        " (SELECT comparator FROM facts WHERE observation_id = observations.id ORDER BY confidence DESC, id LIMIT 1)"
    )
    database.execute("CREATE INDEX observations_series ON observations (series, period, kind)")
    database.execute(
        "UPDATE observations SET rivals = (SELECT count(*) - 1 FROM observations o"
        " WHERE o.series = observations.series AND o.period = observations.period AND o.kind = observations.kind)"
    )


def _key(kind: str, series: str, period: str, value: float, value_max: float | None) -> str:
    return hashlib.sha256(f"{kind} {series} {period} {value:.9g} {value_max}".encode()).hexdigest()[:16]

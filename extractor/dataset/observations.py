"""One observation for what many articles report: a value of a series in a period."""

from __future__ import annotations

import sqlite3

from extractor.dataset.hit_rows import MANY
from extractor.dataset.rows import DIMENSIONS

_SHARED = (
    "kind", "series", "indicator", "unit", "per_count", "per_of", "measure", *DIMENSIONS, "place", "area", "facility", "period",
    "value", "value_max", "out_of",
)  # fmt: skip
_INTO = f"""
INSERT INTO observations (id, {", ".join(_SHARED)},
                          comparator, mentions, articles, sources, first_published, last_published, confidence, rivals)
"""
_SAID_ONCE = f"""{_INTO}
SELECT t.id, {", ".join(_SHARED)}, comparator, 1, 1, 1, published, published, agreement_of_one(f.confidence), 0
FROM touched_observations t CROSS JOIN facts f ON f.observation_id = t.id CROSS JOIN articles a ON a.id = f.article_id
WHERE t.id NOT IN (SELECT id FROM repeated UNION ALL SELECT id FROM grown) ORDER BY t.id
"""
"""As what is said repeatedly, but in half of the time; most is said once."""
_SAID_REPEATEDLY = f"""{_INTO}
SELECT t.id, {", ".join(f"min({name})" for name in _SHARED)},
       (SELECT comparator FROM facts WHERE observation_id = t.id ORDER BY confidence DESC, id LIMIT 1),
       count(*), count(DISTINCT a.rowid), count(DISTINCT cluster), min(published), max(published), agreement(cluster, f.confidence), 0
FROM repeated t CROSS JOIN facts f ON f.observation_id = t.id CROSS JOIN articles a ON a.id = f.article_id
GROUP BY t.id ORDER BY t.id
"""
_GROWN = """
CREATE TEMP TABLE grown AS SELECT o.* FROM touched_observations t CROSS JOIN observations o ON o.id = t.id
WHERE NOT t.shaken AND o.mentions > :many AND o.confidence = 1.0 AND EXISTS (SELECT 1 FROM state.told WHERE owner = o.id)
"""
"""Observations that many facts are of, eight of them in half of all articles perhaps, and that have only become more: what they were is added to.
To read all their facts again was 3 s of the 49 s of a second build of 100,000 articles. No further source makes a surest one less sure.
"""
_ADDED = """
CREATE TEMP TABLE added AS SELECT f.*, a.cluster, a.published, EXISTS (
  SELECT 1 FROM articles b INDEXED BY articles_cluster CROSS JOIN facts said INDEXED BY facts_article ON said.article_id = b.id
  WHERE b.cluster = a.cluster AND said.observation_id = f.observation_id AND b.id NOT IN (SELECT id FROM touched_articles)
) AS known
FROM touched_articles t CROSS JOIN facts f INDEXED BY facts_article ON f.article_id = t.id CROSS JOIN articles a ON a.id = t.id
WHERE f.observation_id IN (SELECT id FROM grown)
"""
"""Their new facts, and whether an article of the same cluster said it before."""


def _of_both(function: str, before: str, new: str) -> str:
    """The least, or the most, of what was there before and of what is new."""
    return f"coalesce({function}(g.{before}, {function}(f.{new})), g.{before}, {function}(f.{new}))"


_SAID_MORE = f"""{_INTO}
SELECT g.id, {", ".join(_of_both("min", name, name) for name in _SHARED)},
       (SELECT s.comparator FROM state.told CROSS JOIN facts s ON s.id = fact_id WHERE owner = g.id ORDER BY s.confidence DESC, s.id LIMIT 1),
       g.mentions + count(*), g.articles + count(DISTINCT f.article_id), g.sources + count(DISTINCT f.cluster) FILTER (WHERE NOT f.known),
       {_of_both("min", "first_published", "published")}, {_of_both("max", "last_published", "published")}, g.confidence, 0
FROM grown g CROSS JOIN added f ON f.observation_id = g.id GROUP BY g.id ORDER BY g.id
"""
"""The surest fact is one of those that are told."""
_DISBELIEF = 1e-9
_NOTE_SERIES = """
INSERT OR IGNORE INTO touched_series SELECT o.series, o.period FROM touched_observations t CROSS JOIN observations o ON o.id = t.id
"""
_RIVALS = """
WITH counted AS MATERIALIZED (
  SELECT o.id, o.rivals, count(*) OVER (PARTITION BY o.series, o.period, o.kind) - 1 AS others
  FROM touched_series t CROSS JOIN observations o ON o.series = t.series AND o.period = t.period
)
UPDATE observations SET rivals = counted.others FROM counted WHERE counted.id = observations.id AND counted.others != counted.rivals
"""


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


def _agreement_of_one(confidence: float) -> float:
    alone = _Agreement()
    alone.step("", confidence)
    return alone.finalize()


def find_observations(database: sqlite3.Connection) -> None:
    """Bring the touched `observations` to what articles say, and note their series.

    They are of the metrics and targets whose indicator, area and period are known.
    """
    database.create_aggregate("agreement", 2, _Agreement)  # type: ignore[arg-type]
    database.create_function("agreement_of_one", 1, _agreement_of_one, deterministic=True)
    database.execute(_NOTE_SERIES)
    _note_grown(database)
    database.execute("DELETE FROM observations WHERE id IN (SELECT id FROM touched_observations)")
    database.execute(
        "CREATE TEMP TABLE repeated AS SELECT t.id FROM touched_observations t CROSS JOIN facts f ON f.observation_id = t.id"
        " WHERE t.id NOT IN (SELECT id FROM grown) GROUP BY t.id HAVING count(*) > 1 ORDER BY t.id"
    )
    database.execute(_SAID_MORE)
    database.execute(_SAID_ONCE)
    database.execute(_SAID_REPEATEDLY)
    for table in ("repeated", "grown", "added"):
        database.execute(f"DROP TABLE temp.{table}")
    database.execute(_NOTE_SERIES)
    database.execute(_RIVALS)


def _note_grown(database: sqlite3.Connection) -> None:
    """`grown` and `added`; of the others that are touched, all facts may tell something again."""
    database.execute(_GROWN, {"many": MANY})
    database.execute(_ADDED)
    database.execute("DELETE FROM state.told WHERE owner IN (SELECT id FROM touched_observations WHERE id NOT IN (SELECT id FROM grown))")
    database.execute("INSERT INTO state.told SELECT observation_id, id FROM added")

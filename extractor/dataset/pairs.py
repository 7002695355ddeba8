"""Targets and the metrics that answer them: the same series in the same period."""

from __future__ import annotations

import csv
import sqlite3
from importlib import resources

_CANDIDATES = """
CREATE TEMP TABLE candidates AS
SELECT t.id AS target, m.id AS metric, t.value AS goal, m.value AS outcome, t.comparator AS comparator, t.indicator AS indicator,
       (SELECT min(abs(tf.start - mf.start)) FROM facts tf JOIN facts mf ON mf.article_id = tf.article_id
        WHERE tf.observation_id = t.id AND mf.observation_id = m.id) AS distance
FROM observations t JOIN observations m ON m.series = t.series AND m.period = t.period AND m.kind = 'metric'
WHERE t.kind = 'target'
"""
_FILL = """
INSERT INTO pairs
SELECT target, metric, round(outcome - goal, 9),
       CASE WHEN comparator IN ('>', '>=') THEN outcome >= goal
            WHEN comparator IN ('<', '<=') THEN outcome <= goal
            WHEN outcome = goal THEN 1
            WHEN better = 'higher' THEN outcome > goal
            WHEN better = 'lower' THEN outcome < goal END
FROM candidates c LEFT JOIN directions USING (indicator)
WHERE distance IS (SELECT min(distance) FROM candidates o WHERE o.target = c.target) ORDER BY target, metric
"""


def find_pairs(database: sqlite3.Connection) -> None:
    """Fill `pairs`. Where an article names both, its nearest metric answers a target, else whatever articles say of the same series. Whether a
    target is reached is told by its comparator, else by the indicator where one way is better; else it is null.
    """
    database.execute("CREATE TEMP TABLE directions (indicator TEXT PRIMARY KEY, better TEXT CHECK (better IN ('higher', 'lower')))")
    with resources.files("extractor").joinpath("knowledge/directions.csv").open(encoding="utf-8") as stream:
        database.executemany("INSERT INTO directions VALUES (:indicator, :better)", csv.DictReader(stream))
    database.execute(_CANDIDATES)
    database.execute(_FILL)
    database.executescript("DROP TABLE candidates; DROP TABLE directions;")

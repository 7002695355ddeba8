"""Targets and the metrics that answer them: the same series, in the year that the target is due in."""

from __future__ import annotations

import csv
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from importlib import resources
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple

from extractor.dataset.periods import answers

_BEFORE = 300
"""Characters before a target, about a paragraph, in which its outcome is looked for before the rest of the article."""
_OTHER_THING = 10
"""A count of more times its target is of other things: `685 stations; 28 are to be built`."""
_TOUCHED = """
INSERT OR IGNORE INTO touched_targets SELECT o.id FROM touched_observations t CROSS JOIN observations o ON o.id = t.id WHERE o.kind = 'target';
INSERT OR IGNORE INTO touched_targets SELECT p.target FROM touched_observations t CROSS JOIN pairs p ON p.metric = t.id;
INSERT OR IGNORE INTO touched_targets SELECT o.id FROM touched_series t
CROSS JOIN observations o ON o.series = t.series AND o.period = t.period WHERE o.kind = 'target';
DELETE FROM pairs WHERE target IN (SELECT id FROM touched_targets UNION ALL SELECT id FROM touched_observations);
"""
"""Targets of which an article, or a metric that answers it, is other than before; those that no article has any more lose their pairs."""
_FIGURES = """
WITH aimed AS MATERIALIZED (SELECT DISTINCT f.article_id, f.series FROM touched_targets t CROSS JOIN facts f ON f.observation_id = t.id)
SELECT f.article_id, f.series, f.kind, f.period, f.observation_id, f.start, f.sentence, f.value, f.out_of,
       f.unit <> '%' AND f.per_of IS NULL AS counted
FROM aimed t CROSS JOIN facts f INDEXED BY facts_article ON f.article_id = t.article_id AND +f.series = t.series
WHERE f.observation_id IS NOT NULL AND f.kind IN ('metric', 'target') ORDER BY f.article_id, f.series, f.start, f.id
"""
# +f.series: by the article's index, for a series of the nation has facts in thousands of articles.
_ELSEWHERE = f"""
SELECT t.id, m.id FROM touched_targets CROSS JOIN observations t USING (id)
CROSS JOIN observations m ON m.series = t.series AND m.period = t.period AND m.kind = 'metric'
WHERE NOT EXISTS (SELECT 1 FROM answers WHERE target = t.id)
AND (t.unit = '%' OR t.per_of IS NOT NULL OR t.value <= 0 OR m.value BETWEEN 0 AND {_OTHER_THING} * t.value)
"""
_FILL = """
INSERT INTO pairs
SELECT t.id, m.id, round(m.value - t.value, 9),
       CASE WHEN t.comparator IN ('>', '>=') THEN m.value >= t.value
            WHEN t.comparator IN ('<', '<=') THEN m.value <= t.value
            WHEN m.value = t.value THEN 1
            WHEN d.better = 'higher' THEN m.value > t.value
            WHEN d.better = 'lower' THEN m.value < t.value END,
       m.period IS NOT t.period
FROM touched_targets CROSS JOIN answers a ON a.target = touched_targets.id
CROSS JOIN observations t ON t.id = a.target CROSS JOIN observations m ON m.id = a.metric
LEFT JOIN directions d ON d.indicator = t.indicator ORDER BY t.id, m.id
"""


class _Figure(NamedTuple):
    article_id: str
    series: str
    kind: str
    period: str
    observation_id: str
    start: int
    sentence: str
    value: float
    out_of: float | None
    counted: bool


def find_pairs(database: sqlite3.Connection) -> None:
    """Bring the `pairs` of touched targets to what articles say.

    An article's own metric answers its target: one of the same sentence before others, one of the very period before one of a part of the year, one
    shortly before it, then the first. Only where it gives none, whatever other articles say of the same series and period does. Whether a target
    is reached is told by its comparator, else by the indicator where one way is better; else it is null.
    """
    database.execute("CREATE TEMP TABLE directions (indicator TEXT PRIMARY KEY, better TEXT CHECK (better IN ('higher', 'lower')))")
    with resources.files("extractor").joinpath("knowledge/directions.csv").open(encoding="utf-8") as stream:
        database.executemany("INSERT INTO directions VALUES (:indicator, :better)", csv.DictReader(stream))
    database.execute("CREATE TEMP TABLE touched_targets (id TEXT PRIMARY KEY) WITHOUT ROWID")
    for statement in _TOUCHED.strip().removesuffix(";").split(";\n"):
        database.execute(statement)
    database.execute("CREATE TEMP TABLE answers (target TEXT, metric TEXT, PRIMARY KEY (target, metric)) WITHOUT ROWID")
    database.executemany("INSERT OR IGNORE INTO answers VALUES (?, ?)", _within_articles(database.execute(_FIGURES)))
    database.executemany("INSERT INTO answers VALUES (?, ?)", database.execute(_ELSEWHERE).fetchall())
    database.execute(_FILL)
    database.executescript("DROP TABLE answers; DROP TABLE touched_targets; DROP TABLE directions;")


def _within_articles(rows: Iterable[Sequence[object]]) -> Iterator[tuple[str, str]]:
    """Target and metric, for each target that an article answers itself."""
    for _, group in groupby(map(_Figure._make, rows), key=attrgetter("article_id", "series")):
        figures = list(group)
        metrics = [figure for figure in figures if figure.kind == "metric"]
        for target in (figure for figure in figures if figure.kind == "target"):
            candidates = [metric for metric in metrics if answers(metric.period, target.period) and _comparable(target, metric)]
            if candidates:
                yield target.observation_id, _answer(target, candidates).observation_id


def _comparable(target: _Figure, metric: _Figure) -> bool:
    """Not `1,934 staff …; 60 are to be recruited`, `18 of 24 hospitals …; by the end of the year the remaining 6`, nor `one in three …;
    753,000 are to be examined`.
    """
    if target.counted and target.value > 0 and not 0 <= metric.value <= _OTHER_THING * target.value:
        return False
    if metric.out_of is None or target.out_of is not None:
        return True
    return metric.value + target.value != metric.out_of and target.value <= metric.out_of


def _answer(target: _Figure, candidates: Sequence[_Figure]) -> _Figure:
    """The metric that answers best; shortly before the target the first of its sentence, for totals stand before their parts:
    `571 cases found, of these 302 … and 12 children. …; 2,300 are to be found`.
    """
    best = min(candidates, key=lambda metric: _rank(target, metric))
    if best.sentence == target.sentence or not _is_shortly_before(target, best):
        return best
    return next(metric for metric in candidates if metric.sentence == best.sentence)


def _rank(target: _Figure, metric: _Figure) -> tuple[bool, bool, bool, bool, int, int]:
    """Least for the metric that answers best: beside the target; a part of it; of its very period; the nearest shortly before it; or else the
    article's first.
    """
    beside = metric.sentence == target.sentence
    before = _is_shortly_before(target, metric)
    distance = target.start - metric.start
    elsewhere = _BEFORE + abs(distance) if beside else metric.start
    return (
        not beside,
        metric.out_of != target.value,
        metric.period != target.period,
        not (beside or before),
        distance if before else elsewhere,
        metric.start,
    )


def _is_shortly_before(target: _Figure, metric: _Figure) -> bool:
    return 0 < target.start - metric.start <= _BEFORE

"""Translations and reprints: articles that share their figures, told without any knowledge of their languages."""

from __future__ import annotations

import math
import sqlite3

_FEWEST = 5
"""Figures that two articles must share."""
_SHARE = 0.6
"""Of the weight of the shorter article's figures."""
_LONGER = 0.4
"""Of the longer one's: two articles on the year's national figures share many of them, and each has its own besides."""
_WHOLE = 0.85
"""Of the shorter one's, where it is an excerpt and the longer one's share tells nothing."""
_COMMON = 40
"""A figure in more articles than this brings no two of them together: it bounds the work."""
_KEYS = 10
"""An article's rarest figures, by which the articles that may be the same are looked for."""
_FEWEST_KEYS = 2
"""Of these that two articles must share before they are compared."""
_FIGURES = """
CREATE TEMP TABLE named AS
SELECT DISTINCT a.rowid AS article, unit || ' ' || round(abs(value), 6) || coalesce('-' || round(abs(value_max), 6), '') AS name
FROM facts f JOIN articles a ON a.id = f.article_id WHERE value IS NOT NULL AND (abs(value) >= 10 OR value != round(value));
CREATE TEMP TABLE weights (figure INTEGER PRIMARY KEY, name TEXT UNIQUE, articles INTEGER, weight REAL);
INSERT INTO weights (name, articles, weight)
SELECT name, count(*), ln1p(1.0 * (SELECT count(*) FROM articles) / count(*)) FROM named GROUP BY name ORDER BY name;
CREATE TEMP TABLE figures (article INTEGER, figure INTEGER, PRIMARY KEY (article, figure)) WITHOUT ROWID;
INSERT INTO figures SELECT article, figure FROM named JOIN weights USING (name) ORDER BY 1, 2;
CREATE TEMP TABLE keys (figure INTEGER, article INTEGER, PRIMARY KEY (figure, article)) WITHOUT ROWID;
INSERT INTO keys SELECT figure, article FROM (
  SELECT figure, article, row_number() OVER (PARTITION BY article ORDER BY articles, figure) AS rarity
  FROM figures JOIN weights USING (figure) WHERE articles BETWEEN 2 AND :common
) WHERE rarity <= :keys;
CREATE TEMP TABLE candidates AS
SELECT a.article AS one, b.article AS other FROM keys a JOIN keys b ON b.figure = a.figure AND b.article > a.article
GROUP BY 1, 2 HAVING count(*) >= :fewest;
"""
_COMPARED = """
SELECT c.one, c.other, count(*), sum(w.weight), group_concat(w.name, '; ') FROM candidates c
JOIN figures a ON a.article = c.one JOIN figures b ON b.article = c.other AND b.figure = a.figure JOIN weights w ON w.figure = a.figure
GROUP BY c.one, c.other HAVING count(*) >= ? ORDER BY 1, 2
"""


def find_clusters(database: sqlite3.Connection) -> None:
    """Fill `clusters` and `articles.cluster`. Every article is in a cluster, most of them alone.

    A figure weighs the more the rarer it is (log of one plus the articles for each article that has it). Shared documents count nothing:
    to cite the same resolution is not to be a translation.
    """
    _find_candidates(database)
    weight = dict(database.execute("SELECT article, sum(weight) FROM figures JOIN weights USING (figure) GROUP BY article"))
    leader: dict[int, int] = {}
    reasons: dict[int, tuple[int, str]] = {}

    def root(article: int) -> int:
        while leader.get(article, article) != article:
            leader[article] = leader.get(leader[article], leader[article])
            article = leader[article]
        return article

    def join(one: int, other: int, reason: str) -> None:
        first, second = sorted((root(one), root(other)))
        leader[second] = first
        early, late = sorted((one, other))
        reasons.setdefault(late, (early, reason))

    for one, other, count, shared, figures in database.execute(_COMPARED, (_FEWEST,)):
        shorter, longer = sorted((weight[one], weight[other]))
        if shared >= _WHOLE * shorter or (shared >= _SHARE * shorter and shared >= _LONGER * longer):
            join(one, other, f"{count} figures in common: {', '.join(sorted(figures.split('; '))[:8])}")
    for one, other, url in database.execute(
        "SELECT min(rowid) OVER (PARTITION BY url), rowid, url FROM articles WHERE url IS NOT NULL ORDER BY rowid"
    ):
        if one != other:
            join(one, other, f"the same address: {url}")

    ids = "SELECT id FROM articles WHERE rowid = ?"
    database.execute("UPDATE articles SET cluster = id")
    database.executemany(f"UPDATE articles SET cluster = ({ids}) WHERE rowid = ?", [(root(article), article) for article in sorted(leader)])
    rows = ((article, root(article), like, reason) for article, (like, reason) in sorted(reasons.items()))
    database.executemany(f"INSERT INTO clusters VALUES (({ids}), ({ids}), ({ids}), ?)", rows)
    for table in ("candidates", "keys", "figures", "weights", "named"):
        database.execute(f"DROP TABLE {table}")
    database.execute("CREATE INDEX articles_cluster ON articles (cluster)")


def _find_candidates(database: sqlite3.Connection) -> None:
    """Articles that share rare figures, in temporary tables."""
    database.create_function("ln1p", 1, math.log1p, deterministic=True)
    values = {"common": _COMMON, "keys": _KEYS, "fewest": _FEWEST_KEYS}
    for statement in _FIGURES.strip().removesuffix(";").split(";\n"):
        database.execute(statement, {name: value for name, value in values.items() if f":{name}" in statement})

"""Translations and reprints: articles that share their figures, told without any knowledge of their languages."""

from __future__ import annotations

import math
import sqlite3
from collections import defaultdict

_FEWEST = 5
"""Figures that two articles must share."""
_SHARE = 0.6
"""Of the weight of the shorter article's figures."""
_LONGER = 0.4
"""Of the longer one's: two articles on the year's national figures share many of them, and each has its own besides."""
_WHOLE = 0.85
"""Of the shorter one's, where it is an excerpt and the longer one's share tells nothing."""
_COMMON = 40
"""A figure in more articles than this tells nothing and is passed over: it also bounds the work."""
_FIGURES = """
CREATE TEMP TABLE figures AS
SELECT DISTINCT article_id, unit || ' ' || round(abs(value), 6) || coalesce('-' || round(abs(value_max), 6), '') AS figure
FROM facts WHERE value IS NOT NULL AND (abs(value) >= 10 OR value != round(value))
"""
_PAIRS = """
SELECT a.article_id, b.article_id, count(*), sum(w.weight), group_concat(a.figure, '; ')
FROM figures a JOIN weights w ON w.figure = a.figure AND w.articles BETWEEN 2 AND ?
JOIN figures b ON b.figure = a.figure AND b.article_id > a.article_id
GROUP BY a.article_id, b.article_id HAVING count(*) >= ? ORDER BY 1, 2
"""


def find_clusters(database: sqlite3.Connection) -> None:
    """Fill `clusters` and `articles.cluster`. Every article is in a cluster, most of them alone.

    A figure weighs the more the rarer it is (log of one plus the articles for each article that has it). Shared documents count nothing:
    to cite the same resolution is not to be a translation.
    """
    _weigh_figures(database)
    weight = dict(database.execute("SELECT article_id, sum(weight) FROM figures JOIN weights USING (figure) GROUP BY article_id"))
    order = {article: number for number, (article,) in enumerate(database.execute("SELECT id FROM articles ORDER BY rowid"))}
    leader = {article: article for article in order}
    reasons: dict[str, tuple[str, str]] = {}

    def root(article: str) -> str:
        while leader[article] != article:
            leader[article] = leader[leader[article]]
            article = leader[article]
        return article

    def join(one: str, other: str, reason: str) -> None:
        first, second = sorted((root(one), root(other)), key=order.__getitem__)
        if first != second:
            leader[second] = first
        late, early = sorted((one, other), key=order.__getitem__, reverse=True)
        reasons.setdefault(late, (early, reason))

    for one, other, count, shared, figures in database.execute(_PAIRS, (_COMMON, _FEWEST)):
        shorter, longer = sorted((weight[one], weight[other]))
        if shared >= _WHOLE * shorter or (shared >= _SHARE * shorter and shared >= _LONGER * longer):
            join(one, other, f"{count} figures in common: {', '.join(sorted(figures.split('; '))[:8])}")
    for one, other, url in database.execute(
        "SELECT a.id, b.id, a.url FROM articles a JOIN articles b ON a.url = b.url AND a.id < b.id ORDER BY 1, 2"
    ):
        join(one, other, f"the same address: {url}")

    members: dict[str, list[str]] = defaultdict(list)
    for article in order:
        members[root(article)].append(article)
    database.executemany("UPDATE articles SET cluster = ? WHERE id = ?", ((head, article) for head, all_ in members.items() for article in all_))
    rows = ((article, root(article), *reasons[article]) for article in order if article in reasons)
    database.executemany("INSERT INTO clusters VALUES (?, ?, ?, ?)", rows)
    database.executescript("DROP TABLE figures; DROP TABLE weights; CREATE INDEX articles_cluster ON articles (cluster);")


def _weigh_figures(database: sqlite3.Connection) -> None:
    database.create_function("ln1p", 1, math.log1p, deterministic=True)
    database.execute(_FIGURES)
    database.execute("CREATE INDEX temp.figures_figure ON figures (figure, article_id)")
    database.execute(
        "CREATE TEMP TABLE weights AS SELECT figure, count(*) AS articles,"
        " ln1p(1.0 * (SELECT count(*) FROM articles) / count(*)) AS weight FROM figures GROUP BY figure"
    )
    database.execute("CREATE UNIQUE INDEX temp.weights_figure ON weights (figure)")

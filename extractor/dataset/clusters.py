"""Translations and reprints: articles that share their figures, their wording or their address, told without any knowledge of their languages."""

from __future__ import annotations

import sqlite3
from collections import defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import numpy as np

from extractor.dataset.alike import alike_by_figures, alike_by_wording, same_wording
from extractor.dataset.signatures import Signature, figure_name

_SHOWN = 8
"""Figures that a reason names."""


@dataclass(frozen=True)
class _Articles:
    """All of a dataset's, in the order of publication."""

    ids: Sequence[str]
    urls: Sequence[str | None]
    signatures: Sequence[Signature]


class _Alike(NamedTuple):
    """Why an article is taken to be another."""

    article: int
    like: int
    how: str


def find_clusters(database: sqlite3.Connection) -> None:
    """Bring `clusters` and `articles.cluster` to what all articles say; `moved_articles` are those that are in another cluster now.

    Every article is in a cluster, most of them alone. Shared documents count nothing: to cite the same resolution is not to be a translation.
    """
    articles = _read(database)
    roots, links = _joined(_links(articles), len(articles.ids))
    clusters = {article: articles.ids[roots[number]] for number, article in enumerate(articles.ids)}
    before = database.execute("SELECT id, cluster FROM articles").fetchall()
    moved = [(clusters[article], article) for article, cluster in before if clusters[article] != cluster]
    database.executemany("UPDATE articles SET cluster = ? WHERE id = ?", moved)
    database.executemany("INSERT OR IGNORE INTO moved_articles VALUES (?)", ((article,) for _, article in moved))
    _bring(database, articles, clusters, links)


def _read(database: sqlite3.Connection) -> _Articles:
    rows = database.execute(
        "SELECT a.id, a.url, a.published, r.figures, r.wording, r.numbers FROM state.read r CROSS JOIN articles a ON a.id = r.article_id"
    ).fetchall()
    # Here, for SQLite would carry the signatures along.
    rows.sort(key=lambda row: (row[2] is None, row[2] or "", row[0]))
    signatures = [
        Signature(np.frombuffer(figures, np.uint64), np.frombuffer(wording, np.uint32), np.frombuffer(numbers, np.uint64))
        for _, _, _, figures, wording, numbers in rows
    ]
    return _Articles([row[0] for row in rows], [row[1] for row in rows], signatures)


def _links(articles: _Articles) -> Mapping[tuple[int, int], str]:
    """Pairs of articles that are one → how that is told; of several ways the surest to name."""
    links: dict[tuple[int, int], str] = {}
    for one, other in alike_by_figures(articles.signatures).tolist():
        links.setdefault((one, other), "figures")
    for one, other in alike_by_wording(articles.signatures).tolist():
        links.setdefault((one, other), "wording")
    for pair in _same_address(articles.urls):
        links.setdefault(pair, "address")
    return links


def _same_address(urls: Sequence[str | None]) -> Iterator[tuple[int, int]]:
    addressed = sorted((url, number) for number, url in enumerate(urls) if url is not None)
    for _, group in groupby(addressed, key=itemgetter(0)):
        (_, first), *others = group
        yield from ((first, other) for _, other in others)


def _joined(links: Mapping[tuple[int, int], str], count: int) -> tuple[list[int], list[_Alike]]:
    """The first article of each one's cluster; and for each article but these, another nearer to the first that it is like."""
    neighbours: dict[int, list[int]] = defaultdict(list)
    for one, other in sorted(links):
        neighbours[one].append(other)
        neighbours[other].append(one)
    roots = list(range(count))
    found: list[_Alike] = []
    seen: set[int] = set()
    for root in sorted(neighbours):
        if root in seen:
            continue
        seen.add(root)
        waiting = deque([root])
        while waiting:
            like = waiting.popleft()
            for article in neighbours[like]:
                if article not in seen:
                    seen.add(article)
                    roots[article] = root
                    found.append(_Alike(article, like, links[min(article, like), max(article, like)]))
                    waiting.append(article)
    return roots, found


def _reason(database: sqlite3.Connection, articles: _Articles, link: _Alike) -> str:
    if link.how == "address":
        return f"the same address: {articles.urls[link.article]}"
    if link.how == "wording":
        share = same_wording(articles.signatures[link.article], articles.signatures[link.like])
        return f"the same numbers in the same words: {share:.0%} of the wording in common"
    names = sorted(_figures(database, articles.ids[link.article]) & _figures(database, articles.ids[link.like]))
    return f"{len(names)} figures in common: {', '.join(names[:_SHOWN])}"


def _figures(database: sqlite3.Connection, article: str) -> set[str]:
    rows = database.execute("SELECT value, value_max, unit FROM facts WHERE article_id = ? AND value IS NOT NULL", (article,))
    return {name for row in rows if (name := figure_name(*row))}


def _bring(database: sqlite3.Connection, articles: _Articles, clusters: Mapping[str, str], links: Sequence[_Alike]) -> None:
    """Only rows that are other than before are written. Two articles that nothing touched are alike for the same reason as before."""
    before = {article: tuple(row) for article, *row in database.execute("SELECT * FROM clusters").fetchall()}
    touched = {article for (article,) in database.execute("SELECT id FROM touched_articles")}
    rows = {}
    for link in links:
        article, like = articles.ids[link.article], articles.ids[link.like]
        _, like_before, how_before, reason = before.get(article, (None, None, None, ""))
        if (like, link.how) != (like_before, how_before) or touched & {article, like}:
            reason = _reason(database, articles, link)
        rows[article] = (clusters[article], like, link.how, reason)
    database.executemany(
        "DELETE FROM clusters WHERE article_id = ?", ((article,) for article in sorted(before) if rows.get(article) != before[article])
    )
    database.executemany(
        "INSERT INTO clusters VALUES (?, ?, ?, ?, ?)", ((article, *row) for article, row in sorted(rows.items()) if before.get(article) != row)
    )

"""The hits of a view, and what they can be narrowed by: all from `hits`, in the order of its key, so that nothing is sorted that is not shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from extractor.dataset.hits import searched
from extractor.dataset.sources import Finding, Rows, Source
from extractor.web.asking import Asking, Sort
from extractor.web.cursors import Cursor
from extractor.web.dataset import Dataset
from extractor.web.problems import Problem

MOST_COUNTED = 5_000
"""Hits that are counted; of more, the best."""
_MOST_SORTED = 20_000
"""Hits that are put into another order than their own; of more, the best."""
_MOST_VALUES = 40
"""Of one facet."""
_KEY = "hits.id"
_FACETS = ("kind", "indicator", "place", "year", "languages", "publishers", "confidence", "flagged")
_ORDERS = {
    Sort.newest: ("coalesce(last_published, '')", "DESC"),
    Sort.period: ("coalesce(period, '')", "DESC"),
    Sort.place: ("coalesce(place, '')", ""),
    Sort.value: ("coalesce((SELECT value FROM observations o WHERE o.id = observation_id), -1e308)", "DESC"),
}


@dataclass(frozen=True)
class Found:
    """One part of a list of hits."""

    hits: Rows
    """Rows of `hits`."""
    next: str | None
    """The cursor of the next part; None at the end."""


@dataclass(frozen=True)
class FacetValue:
    """A value that hits can be narrowed to, and how many have it."""

    value: str
    count: int


@dataclass(frozen=True)
class Facets:
    """What the hits of a view can be narrowed by, and how many there are."""

    count: int
    """Hits; MOST_COUNTED where there are more."""
    more: bool
    """Whether there are more, that were not counted."""
    values: Mapping[str, tuple[FacetValue, ...]]
    """By parameter of `Asking`: kind, indicator, place, period (years), language, publisher, min_confidence, flagged; the commonest first."""


def find(dataset: Dataset, asking: Asking, *, observations: bool = False) -> Found:
    """The hits of an asking, from its cursor on; only observations where that is said.

    Raises Problem (400) for a cursor of another list, QueryError.
    """
    with dataset.reading() as source:
        matching = _matching(source, asking)
        if matching is None:
            return Found([], None)
        if observations:
            matching = replace(matching, where=(*matching.where, "hits.kind <> 'document'"))
        rows = _best(source, matching, asking) if asking.sort is Sort.best else _sorted(source, matching, asking)
    hits = [{name: value for name, value in row.items() if name != "sorted"} for row in rows[: asking.limit]]
    if len(rows) <= asking.limit:
        return Found(hits, None)
    last = rows[asking.limit - 1]
    return Found(hits, str(Cursor(asking.sort, last.get("sorted"), str(last["id"]))))


def facets(dataset: Dataset, asking: Asking) -> Facets:
    """What the hits of an asking can be narrowed by; its cursor and order do not matter. Raises QueryError."""
    with dataset.reading() as source:
        matching = _matching(source, asking)
        rows = _counted(source, matching) if matching is not None else []
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in _FACETS}
    for row in rows:
        if row["value"] is not None:
            for value in str(row["value"]).split() if row["facet"] in ("languages", "publishers") else (str(row["value"]),):
                counts[row["facet"]][value] += row["count"]
    everything = sum(counts["kind"].values())
    return Facets(
        min(everything, MOST_COUNTED),
        everything > MOST_COUNTED,
        {
            "kind": _commonest(counts["kind"]),
            "indicator": _commonest(counts["indicator"]),
            "place": _commonest(counts["place"]),
            "period": tuple(sorted(_commonest(counts["year"]), key=lambda year: year.value, reverse=True)),
            "language": _commonest(counts["languages"]),
            "publisher": _commonest(counts["publishers"]),
            "min_confidence": _at_least(counts["confidence"]),
            "flagged": _commonest(Counter({"true": counts["flagged"]["1"]}) if counts["flagged"]["1"] else Counter()),
        },
    )


def _commonest(counts: Counter[str]) -> tuple[FacetValue, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value, count) for value, count in ordered[:_MOST_VALUES])


def _at_least(tenths: Counter[str]) -> tuple[FacetValue, ...]:
    """Counts of tenths (9 for 0.9 up to 1) as those of `at least`."""
    steps = {least: sum(count for tenth, count in tenths.items() if int(tenth) >= 10 * least) for least in (0.9, 0.8, 0.5)}
    return tuple(FacetValue(f"{least:g}", count) for least, count in steps.items() if count)


@dataclass(frozen=True)
class _Matching:
    tables: str
    where: tuple[str, ...]
    values: tuple[Any, ...]
    key: str

    def select(self, columns: str, *more: str) -> str:
        """The SELECT of all that match, without an order."""
        where = " AND ".join((*self.where, *more))
        return f"SELECT {columns} FROM {self.tables}{' WHERE ' + where if where else ''}"


def _matching(source: Source, asking: Asking) -> _Matching | None:
    """None where the words are too short to find anything."""
    finding = Finding("hits", "", [], _KEY)
    if asking.terms:
        words = searched(asking.terms)
        if not words:
            return None
        finding = source.finding(words)
    where = [finding.condition] if finding.condition else []
    values = list(finding.values)
    for condition, value in _conditions(asking):
        where.append(condition)
        values += value
    return _Matching(finding.tables, tuple(where), tuple(values), finding.key)


def _conditions(asking: Asking) -> list[tuple[str, list[Any]]]:
    """Of what is asked for, with values."""
    place = "hits.country = ?" if asking.place and len(asking.place) == 2 else "hits.place = ?"
    kind = "document" if asking.kind == "resolution" else asking.kind
    year, within = (asking.period or "")[:4], asking.period or ""
    told: list[tuple[str, Any, list[Any]]] = [
        ("hits.kind = ?", asking.kind, [str(kind)]),
        ("hits.indicator = ?", asking.indicator, [asking.indicator]),
        (place, asking.place, [asking.place]),
        ("hits.year = ?", asking.period, [year]),
        (f"substr(hits.period, 1, {len(within)}) = ?", within[4:], [within]),
        ("hits.languages LIKE ? ESCAPE '\\'", asking.language, [_listed(asking.language)]),
        ("hits.publishers LIKE ? ESCAPE '\\'", asking.publisher, [_listed(asking.publisher)]),
        ("hits.confidence >= ?", asking.min_confidence, [asking.min_confidence]),
        ("hits.sources >= ?", asking.min_sources, [asking.min_sources]),
        ("hits.flagged = ?", asking.flagged is not None, [int(bool(asking.flagged))]),
        ("hits.last_published >= ?", asking.since, [asking.since]),
    ]
    return [(condition, values) for condition, asked, values in told if asked]


def _listed(value: str | None) -> str:
    """A pattern of one of the words of a list."""
    cleared = (value or "").replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
    return f"% {cleared} %"


def _best(source: Source, matching: _Matching, asking: Asking) -> Rows:
    after: tuple[str, ...] = ()
    values = list(matching.values)
    if asking.cursor is not None:
        key = Cursor.read(asking.cursor, Sort.best).key
        after = (f"{matching.key} > ?",)
        values.append(_number(key))
    return source.rows(f"{matching.select('hits.*', *after)} ORDER BY {matching.key} LIMIT {asking.limit + 1}", values)


def _sorted(source: Source, matching: _Matching, asking: Asking) -> Rows:
    by, direction = _ORDERS[asking.sort]
    values = list(matching.values)
    after = ""
    if asking.cursor is not None:
        cursor = Cursor.read(asking.cursor, asking.sort)
        if isinstance(cursor.value, str) is (asking.sort is Sort.value) or cursor.value is None:
            raise Problem(400, "cursor: is none of this list: take `next` of an answer as it is, or start without one.")
        sign = "<" if direction else ">"
        after = f" WHERE sorted {sign} ? OR (sorted = ? AND id > ?)"
        values += [cursor.value, cursor.value, _number(cursor.key)]
    inner = f"{matching.select(f'hits.*, {by} AS sorted')} ORDER BY {matching.key} LIMIT {_MOST_SORTED}"
    return source.rows(f"SELECT * FROM ({inner}) found{after} ORDER BY sorted {direction}, id LIMIT {asking.limit + 1}", values)


def _number(key: str) -> int:
    if not key.isascii() or not key.isdecimal() or len(key) > 19 or int(key) >= 2**63:
        raise Problem(400, "cursor: is none of this list: take `next` of an answer as it is, or start without one.")
    return int(key)


def _counted(source: Source, matching: _Matching) -> Rows:
    """Rows of (facet, value, count) over the first MOST_COUNTED hits and one more, which tells that there are more."""
    columns = "hits.kind, hits.indicator, hits.place, hits.year, hits.languages, hits.publishers, hits.flagged"
    columns += (
        ", CASE WHEN hits.confidence >= 0.9 THEN 9 WHEN hits.confidence >= 0.8 THEN 8 WHEN hits.confidence >= 0.5 THEN 5 ELSE 0 END AS confidence"
    )
    found = f"{matching.select(columns)} ORDER BY {matching.key} LIMIT {MOST_COUNTED + 1}"
    groups = " UNION ALL ".join(
        f"SELECT '{name}' AS facet, CAST({name} AS TEXT) AS value, count(*) AS count FROM found GROUP BY {name}" for name in _FACETS
    )
    return source.rows(f"WITH found AS MATERIALIZED ({found}) {groups}", matching.values)

"""The hits of a view, and what they can be narrowed by: all from `hits`, in the order of its key, so that nothing is sorted that is not shown."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from extractor.dataset.hit_rows import mark, searched
from extractor.dataset.hits import id_after
from extractor.dataset.sources import Counts, Rows, Source
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
_FACETS = ("kind", "indicator", "place", "year", "languages", "publishers", "confidence", "flagged", "sources")
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
    """By parameter of `Asking`, the commonest first; of `period` the years, the latest first."""


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
        counted = _counted(source, matching) if matching is not None else {}
    counts: dict[str, Counter[str]] = {facet: Counter() for facet in _FACETS}
    for facet, values in counted.items():
        for value, count in values:
            if value is not None:
                for one in _counted_as(facet, value):
                    counts[facet][one] += count
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
            "min_confidence": _at_least(counts["confidence"], {0.9: 9, 0.8: 8, 0.5: 5}),
            "min_sources": _at_least(counts["sources"], {2: 2, 3: 3, 5: 5}),
            "flagged": _commonest(Counter({"true": counts["flagged"]["1"]}) if counts["flagged"]["1"] else Counter()),
        },
    )


def _counted_as(facet: str, value: str) -> Iterable[str]:
    """What a hit is found by: each of its languages and publishers, a province and the country that has it."""
    if facet in ("languages", "publishers"):
        return value.split()
    return dict.fromkeys((value, value[:2])) if facet == "place" else (value,)


def _commonest(counts: Counter[str]) -> tuple[FacetValue, ...]:
    ordered = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return tuple(FacetValue(value, count) for value, count in ordered[:_MOST_VALUES])


def _at_least(steps_of: Counter[str], steps_from: Mapping[float, int]) -> tuple[FacetValue, ...]:
    """Counts of steps (9 for a confidence of 0.9 up to 1) as those of `at least`; steps are given by what is said of them."""
    steps = {least: sum(count for step, count in steps_of.items() if int(step) >= first) for least, first in steps_from.items()}
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
    words = searched(asking.terms)
    if asking.terms and not words:
        return None
    # Columns have indexes of their own; what is said in words, or in lists within a column, has that of the words.
    finding = source.finding(words, _marks(asking) if words or asking.language or asking.publisher else ())
    where = [finding.condition] if finding.condition else []
    values = list(finding.values)
    for condition, value in _conditions(asking):
        where.append(condition)
        values += value
    key = finding.key
    if key == "hits.id" and _is_late(source, asking):
        # Not in the order of the table, in which nearly all hits would have to be looked at.
        key = "hits.id + 0"
    return _Matching(finding.tables, tuple(where), tuple(values), key)


def _marks(asking: Asking) -> list[str]:
    """Of all that hits have marks of."""
    place = "country" if asking.place and len(asking.place) == 2 else "place"
    asked = {
        "kind": _kind(asking),
        "indicator": asking.indicator,
        place: asking.place,
        "year": (asking.period or "")[:4],
        "language": asking.language,
        "publisher": asking.publisher,
    }
    return [mark(facet, value) for facet, value in asked.items() if value]


def _is_late(source: Source, asking: Asking) -> bool:
    """Whether few hits are as new as is asked for."""
    if asking.since is None:
        return False
    newer = source.rows(
        f"SELECT count(*) AS count FROM (SELECT 1 FROM hits WHERE last_published >= ? LIMIT {MOST_COUNTED + 1}) newer", (asking.since,)
    )
    return bool(newer[0]["count"] <= MOST_COUNTED)


def _kind(asking: Asking) -> str:
    return str("document" if asking.kind == "resolution" else asking.kind or "")


def _conditions(asking: Asking) -> list[tuple[str, list[Any]]]:
    """Of what is asked for, with values."""
    place = "hits.country = ?" if asking.place and len(asking.place) == 2 else "hits.place = ?"
    year, within = (asking.period or "")[:4], asking.period or ""
    told: list[tuple[str, Any, list[Any]]] = [
        ("hits.kind = ?", asking.kind, [_kind(asking)]),
        ("hits.indicator = ?", asking.indicator, [asking.indicator]),
        (place, asking.place, [asking.place]),
        ("hits.year = ?", asking.period, [year]),
        (f"substr(hits.period, 1, {len(within)}) = ?", within[4:], [within]),
        ("hits.languages LIKE ? ESCAPE '\\'", asking.language, [_listed(asking.language)]),
        ("hits.publishers LIKE ? ESCAPE '\\'", asking.publisher, [_listed(asking.publisher)]),
        ("hits.confidence >= ?", asking.min_confidence, [asking.min_confidence]),
        ("hits.sources >= ?", asking.min_sources, [asking.min_sources]),
        # Which are the first ones: the rest need not be looked at.
        ("hits.id < ?", asking.min_sources, [id_after(asking.min_sources or 1)]),
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
    inner = f"{matching.select(f'hits.id AS id, {by} AS sorted')} ORDER BY {matching.key} LIMIT {_MOST_SORTED}"
    order = f"ORDER BY found.sorted {direction}, found.id"
    found = f"SELECT id, sorted FROM ({inner}) found{after} {order} LIMIT {asking.limit + 1}"
    return source.rows(f"SELECT hits.*, found.sorted FROM ({found}) found JOIN hits ON hits.id = found.id {order}", values)


def _number(key: str) -> int:
    if not key.isascii() or not key.isdecimal() or len(key) > 19 or int(key) >= 2**63:
        raise Problem(400, "cursor: is none of this list: take `next` of an answer as it is, or start without one.")
    return int(key)


def _counted(source: Source, matching: _Matching) -> Counts:
    """Over the first MOST_COUNTED hits and one more, which tells that there are more."""
    columns = "hits.kind, hits.indicator, hits.place, hits.year, hits.languages, hits.publishers, hits.flagged"
    columns += ", CASE WHEN hits.sources >= 5 THEN 5 WHEN hits.sources >= 3 THEN 3 WHEN hits.sources >= 2 THEN 2 ELSE 1 END AS sources"
    columns += (
        ", CASE WHEN hits.confidence >= 0.9 THEN 9 WHEN hits.confidence >= 0.8 THEN 8 WHEN hits.confidence >= 0.5 THEN 5 ELSE 0 END AS confidence"
    )
    return source.counts(f"{matching.select(columns)} ORDER BY {matching.key} LIMIT {MOST_COUNTED + 1}", matching.values, _FACETS)

"""Checks: sources that contradict each other, values that can't be, arithmetic that articles state."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.dataset.ranges import Measured, Range, range_of
from extractor.dataset.sources import Rows
from extractor.web.dataset import Dataset
from extractor.web.views.evidence import Evidence, evidence_of_facts
from extractor.web.views.records import Figure, Observation, any_of

KINDS = ("contradiction", "translation", "range", "share", "sum")
"""As `checks.kind` has them, those that ask for a look first."""
PER_PAGE = 25
_MOST_FACTS = 8
"""Facts that are shown of one check."""


_AT_ONCE = 500
"""Ids that one question names."""


@dataclass(frozen=True)
class Told:
    """What a check found, without words of any language but the article's own."""

    words: tuple[str, ...] = ()
    """Of the figures, as the article has them: of a share the part and the percentage, of a sum the whole and its parts, of a range the value."""
    language: str = ""
    """Of the words."""
    share: float | None = None
    """The percentage that a part is."""
    range: Range | None = None
    """What the value can be; None of a range where there is more than the whole."""
    figures: tuple[Figure, ...] = ()
    """Values that contradict each other, the least first."""


@dataclass(frozen=True)
class Check:
    """What does not add up, or does, and the sentences that show it."""

    id: str
    kind: str
    holds: bool
    told: Told
    evidence: tuple[Evidence, ...]
    facts: int
    """How many there are; `evidence` may be of the first only."""
    about: Observation | None
    """What its first fact says, where that is of a known indicator, place and period."""


@dataclass(frozen=True)
class Count:
    """How many checks of a kind hold or fail."""

    kind: str
    holds: bool
    count: int


@dataclass(frozen=True)
class ChecksView:
    """One page of checks."""

    checks: tuple[Check, ...]
    counts: tuple[Count, ...]
    next: str | None
    """Id after which the next page begins."""


def checks_view(dataset: Dataset, *, kind: str | None = None, holds: bool | None = False, after: str | None = None) -> ChecksView:
    """Checks of a kind, failed ones unless told otherwise; `holds=None` is both."""
    where, values = ["1 = 1"], []
    for condition, value in (("kind = ?", kind), ("holds = ?", None if holds is None else int(holds)), ("id > ?", after)):
        if value is not None:
            where.append(condition)
            values.append(value)
    with dataset.reading() as source:
        rows = source.rows(f"SELECT * FROM checks WHERE {' AND '.join(where)} ORDER BY id LIMIT {PER_PAGE + 1}", values)
        counts = source.rows("SELECT kind, holds, count(*) AS count FROM checks GROUP BY kind, holds ORDER BY kind, holds")
    shown = rows[:PER_PAGE]
    facts = {row["id"]: json.loads(row["facts"]) for row in shown}
    evidence = evidence_of_facts(dataset, [fact for ids in facts.values() for fact in ids[:_MOST_FACTS]])
    stated = _stated(dataset, [fact for ids in facts.values() for fact in ids])
    about = _observations(dataset, [ids[0] for ids in facts.values() if ids])
    return ChecksView(
        tuple(
            Check(
                row["id"],
                row["kind"],
                bool(row["holds"]),
                _told(row["kind"], [stated[fact] for fact in facts[row["id"]] if fact in stated]),
                tuple(evidence[fact] for fact in facts[row["id"]][:_MOST_FACTS] if fact in evidence),
                len(facts[row["id"]]),
                about.get(facts[row["id"]][0]) if facts[row["id"]] else None,
            )
            for row in shown
        ),
        tuple(Count(row["kind"], bool(row["holds"]), row["count"]) for row in counts),
        shown[-1]["id"] if len(rows) > PER_PAGE else None,
    )


def _stated(dataset: Dataset, facts: Sequence[str]) -> dict[str, Mapping[str, Any]]:
    """Fact's id → what it says."""
    rows: Rows = []
    for at in range(0, len(facts), _AT_ONCE):
        ids = facts[at : at + _AT_ONCE]
        rows += dataset.rows(
            "SELECT f.id, f.start, f.exact, f.indicator, f.value, f.value_max, f.out_of, f.unit, f.per_count, f.per_of, f.measure, f.comparator,"
            f" a.language FROM facts f JOIN articles a ON a.id = f.article_id WHERE {any_of('f.id', ids)}",
            ids,
        )
    return {row["id"]: row for row in rows}


def _told(kind: str, facts: Sequence[Mapping[str, Any]]) -> Told:
    """Of the facts in the order in which a check names them."""
    if not facts:
        return Told()
    first, language = facts[0], facts[0]["language"]
    if kind in ("contradiction", "translation"):
        values = {fact["value"]: fact for fact in reversed(facts)}
        return Told(figures=tuple(Figure.of(values[value]) for value in sorted(values)))
    if kind == "sum":
        parts = sorted(facts[1:], key=lambda fact: (fact["start"], fact["id"]))
        return Told((first["exact"], *(part["exact"] for part in parts)), language)
    words = tuple(fact["exact"] for fact in facts)
    if kind == "share":
        return Told(words, language, share=100 * first["value"] / first["out_of"] if first["out_of"] else None)
    if first["out_of"] and first["out_of"] < first["value"]:
        return Told(words, language)
    per = f"{first['per_of']} {first['per_count']:.0f}" if first["per_of"] else ""
    return Told(words, language, range=range_of(Measured(first["indicator"] or "", first["unit"], per)))


def _observations(dataset: Dataset, facts: Sequence[str]) -> dict[str, Observation]:
    """Fact's id → its observation."""
    if not facts:
        return {}
    rows = dataset.rows(f"SELECT o.*, f.id AS fact FROM facts f JOIN observations o ON o.id = f.observation_id WHERE {any_of('f.id', facts)}", facts)
    return {row["fact"]: Observation.of(row) for row in rows}

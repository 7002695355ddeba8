"""Checks: sources that contradict each other, values that can't be, arithmetic that articles state."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

from extractor.web.dataset import Dataset
from extractor.web.views.evidence import Evidence, evidence_of_facts
from extractor.web.views.records import Observation, any_of

KINDS = ("contradiction", "translation", "range", "share", "sum")
"""As `checks.kind` has them, those that ask for a look first."""
PER_PAGE = 25
_MOST_FACTS = 8
"""Facts that are shown of one check."""


@dataclass(frozen=True)
class Check:
    """What does not add up, or does, and the sentences that show it."""

    id: str
    kind: str
    holds: bool
    detail: str
    evidence: tuple[Evidence, ...]
    facts: int
    """How many there are; `evidence` may be of the first only."""
    about: Observation | None
    """What its first fact says, where that is of a known indicator, place and period."""
    values: tuple[str, ...]
    """Those that contradict each other."""


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
    about = _observations(dataset, [ids[0] for ids in facts.values() if ids])
    return ChecksView(
        tuple(
            Check(
                row["id"],
                row["kind"],
                bool(row["holds"]),
                row["detail"],
                tuple(evidence[fact] for fact in facts[row["id"]][:_MOST_FACTS] if fact in evidence),
                len(facts[row["id"]]),
                about.get(facts[row["id"]][0]) if facts[row["id"]] else None,
                tuple(row["detail"].rpartition(": ")[2].split(" against ")) if row["kind"] in ("contradiction", "translation") else (),
            )
            for row in shown
        ),
        tuple(Count(row["kind"], bool(row["holds"]), row["count"]) for row in counts),
        shown[-1]["id"] if len(rows) > PER_PAGE else None,
    )


def _observations(dataset: Dataset, facts: Sequence[str]) -> dict[str, Observation]:
    """Fact's id → its observation."""
    if not facts:
        return {}
    rows = dataset.rows(f"SELECT o.*, f.id AS fact FROM facts f JOIN observations o ON o.id = f.observation_id WHERE {any_of('f.id', facts)}", facts)
    return {row["fact"]: Observation.of(row) for row in rows}

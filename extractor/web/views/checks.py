"""Checks: sources that contradict each other, values that can't be, arithmetic that articles state."""

from __future__ import annotations

import json
from dataclasses import dataclass

from extractor.web.dataset import Dataset
from extractor.web.views.evidence import Evidence, evidence_of_facts

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
    return ChecksView(
        tuple(
            Check(
                row["id"],
                row["kind"],
                bool(row["holds"]),
                row["detail"],
                tuple(evidence[fact] for fact in facts[row["id"]][:_MOST_FACTS] if fact in evidence),
                len(facts[row["id"]]),
            )
            for row in shown
        ),
        tuple(Count(row["kind"], bool(row["holds"]), row["count"]) for row in counts),
        shown[-1]["id"] if len(rows) > PER_PAGE else None,
    )

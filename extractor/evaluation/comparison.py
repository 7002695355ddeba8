"""A report beside an earlier one: which figures moved, and which facts are newly right or newly wrong."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.evaluation.gold import InputError
from extractor.evaluation.scoring import Report

Figures = Mapping[str, Mapping[str, float]]
"""Scope → measure, kind or field → figure."""
Fact = Mapping[str, Any]
"""A fact as `Report.to_dict` writes it."""
_Key = tuple[str, str, int, str, bool, int]
_SMALLEST_MOVE = 0.00005


@dataclass(frozen=True, slots=True)
class Move:
    """One figure, then and now; None where there was or is none."""

    before: float | None
    after: float | None

    @property
    def change(self) -> float:
        """0 where the figure is new, gone or as it was."""
        if self.before is None or self.after is None or abs(self.after - self.before) < _SMALLEST_MOVE:
            return 0.0
        return self.after - self.before


Moves = Mapping[str, Mapping[str, Move]]


@dataclass(frozen=True)
class Comparison:
    """What moved between two reports. Facts are compared only where both have them: new gold moves figures, not facts."""

    figures: Moves
    fields: Moves
    newly_right: list[Fact]
    """As the baseline has them, with what was wrong then; the other lists are as their own report has them."""
    newly_wrong: list[Fact]
    newly_spurious: list[Fact]
    no_longer_spurious: list[Fact]


def load_baseline(file: Path) -> Mapping[str, Any]:
    """A report saved by `evaluate --json`. Raises InputError where it is none."""
    try:
        baseline = json.loads(file.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(f"{file}: can't be read: {error.strerror}") from error
    except ValueError as error:
        raise InputError(f"{file}: is no JSON: {error}") from error
    if not isinstance(baseline, dict) or not {"figures", "fields", "facts"} <= set(baseline):
        raise InputError(f"{file}: is no report of `extractor evaluate --json`")
    return baseline


def compare(baseline: Mapping[str, Any], report: Report) -> Comparison:
    """What moved since the baseline."""
    now = report.to_dict()
    before, after = _by_key(baseline["facts"]), _by_key(now["facts"])
    both = [(before[key], fact) for key, fact in after.items() if key in before]
    return Comparison(
        figures=_moves(_f1(baseline["figures"]), _f1(now["figures"])),
        fields=_moves(baseline["fields"], now["fields"]),
        newly_right=[old for old, fact in both if fact["outcome"] == "right" != old["outcome"]],
        newly_wrong=[fact for old, fact in both if old["outcome"] == "right" != fact["outcome"]],
        newly_spurious=_spurious_only_in(after, before),
        no_longer_spurious=_spurious_only_in(before, after),
    )


def _f1(figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> Figures:
    """F1 of every tally that counted something."""
    return {scope: {name: tally["f1"] for name, tally in tallies.items() if tally["gold"] or tally["found"]} for scope, tallies in figures.items()}


def _moves(before: Figures, after: Figures) -> Moves:
    return {scope: {name: Move(before.get(scope, {}).get(name), figure) for name, figure in figures.items()} for scope, figures in after.items()}


def _spurious_only_in(facts: Mapping[_Key, Fact], others: Mapping[_Key, Fact]) -> list[Fact]:
    """Spurious facts that the other report does not have, of articles that it does have."""
    articles = {fact["article"] for fact in others.values()}
    return [fact for key, fact in facts.items() if fact["outcome"] == "spurious" and key not in others and fact["article"] in articles]


def _by_key(facts: list[Fact]) -> dict[_Key, Fact]:
    """Facts by where they stand; of several over the same words, by their order."""
    seen: Counter[tuple[str, str, int, str, bool]] = Counter()
    keyed: dict[_Key, Fact] = {}
    for fact in facts:
        place = (fact["article"], fact["group"], fact["start"], fact["exact"], fact["outcome"] == "spurious")
        keyed[(*place, seen[place])] = fact
        seen[place] += 1
    return keyed

"""Decisions that follow from what each number is, where something else than the pack's words tells it."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from extractor.binding.measure import FALL, RISE
from extractor.binding.ranker import Candidate, Choice, Decider

T = TypeVar("T")
TYPES = ("metric", "rise", "fall", "target", "date", "document", "none")
"""What a number is: a figure measured, one that says how much something rose or fell, one aimed at; a part of a date or of a document's
number; or none of these."""
Types = Mapping[str, float]
"""Probability of each of `TYPES`."""

_TASKS = ("kind_alone", "kind", "measure")
_NO_QUANTITY = ("date", "document", "none")
_LIKELIER = 0.5
_LEAST = 1e-4
_TOLD = ("type of the number",)


def is_quantity(types: Types) -> bool:
    """Whether a number is likelier a quantity than a part of something else."""
    return sum(types[name] for name in _NO_QUANTITY) <= _LIKELIER


@dataclass(frozen=True)
class TypedDecider:
    """Decides the kind, and whether a figure is a rise or a fall, by the types of the numbers; all else as another decider does."""

    other: Decider
    types: Sequence[Types | None]
    """Of each quantity; None where nothing is told."""

    def choose(self, task: str, at: int, candidates: Sequence[Candidate[T]], *, about: str = "") -> Choice[T]:
        """See Decider."""
        types = self.types[at] if task in _TASKS else None
        if types is not None and task != "measure":
            measured, aimed_at = _shares(sum(types[name] for name in ("metric", "rise", "fall")), types["target"])
            return _answer(candidates, {"metric": measured, "target": aimed_at})
        if types is not None:
            level, rise, fall = _shares(*(types[name] for name in ("metric", RISE, FALL)))
            if rise + fall > level:
                return _answer(candidates, {"level": level, RISE: rise, FALL: fall})
        return self.other.choose(task, at, candidates, about=about)


def _shares(*masses: float) -> list[float]:
    """Masses on the scale of probabilities, none of them nothing."""
    total = sum(max(mass, _LEAST) for mass in masses)
    return [max(mass, _LEAST) / total for mass in masses]


def _answer(candidates: Sequence[Candidate[T]], told: Mapping[object, float]) -> Choice[T]:
    """The likeliest candidate; those of which nothing is told are left out."""
    known = [Candidate(c.value, _TOLD, c.found) for c in candidates if c.value in told]
    scores = [math.log(told[c.value]) for c in known]
    best = max(range(len(known)), key=scores.__getitem__)
    return Choice(known[best].value, math.exp(scores[best]), known, scores, known[best].found)

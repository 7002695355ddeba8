"""A linear ranker: the score of a candidate is the sum of the weights of its features, and in some decisions of pairs of them."""

from __future__ import annotations

import hashlib
import json
import math
from bisect import bisect_left
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import repeat
from pathlib import Path
from typing import Generic, NamedTuple, Protocol, TypeVar

T = TypeVar("T", bound=Hashable)
PAIR = " & "
"""Between the names of two features that count together."""


class Candidate(NamedTuple, Generic[T]):
    """Something a decision may come to, the features that speak for or against it, and where it was found."""

    value: T
    features: tuple[str, ...]
    found: tuple[int, int] | None = None


class Choice(NamedTuple, Generic[T]):
    """The candidate chosen, its probability among the candidates, and all of them with their scores."""

    value: T
    probability: float
    ranking: tuple[tuple[float, Candidate[T]], ...]
    found: tuple[int, int] | None = None

    def beliefs(self) -> dict[T, float]:
        """Probability of each value among the candidates."""
        top = max(score for score, _ in self.ranking)
        masses: dict[T, float] = {}
        for score, candidate in self.ranking:
            masses[candidate.value] = masses.get(candidate.value, 0.0) + math.exp(score - top)
        total = sum(masses.values())
        return {value: mass / total for value, mass in masses.items()}


def merged(candidates: Sequence[Candidate[T]]) -> list[Candidate[T]]:
    """One candidate for each value, with the features of all that propose it, so that what they say adds up."""
    features: dict[T, dict[str, None]] = {}
    found: dict[T, tuple[int, int] | None] = {}
    for candidate in candidates:
        features.setdefault(candidate.value, {}).update(dict.fromkeys(candidate.features))
        found[candidate.value] = found.get(candidate.value) or candidate.found
    return [Candidate(value, tuple(told), found[value]) for value, told in features.items()]


class Decider(Protocol):
    """Chooses a candidate; training puts one in its place that knows the answers."""

    def choose(self, task: str, at: int, candidates: Sequence[Candidate[T]], *, about: str = "") -> Choice[T]: ...


_ZEROS = repeat(0.0)
"""What a feature without a weight counts; a repeat without end, so that the sum is taken in C."""


@dataclass(frozen=True)
class Ranker:
    """Weights of each task: feature → weight; `a & b` is the weight of two features together, the first in alphabetical order first."""

    weights: Mapping[str, Mapping[str, float]]

    @cached_property
    def _pairs(self) -> Mapping[str, Mapping[str, Mapping[str, float]]]:
        """Of each task with pairs: first feature → second → weight."""
        pairs: dict[str, dict[str, dict[str, float]]] = {}
        for task, weights in self.weights.items():
            for name, weight in weights.items():
                first, together, second = name.partition(PAIR)
                if together:
                    pairs.setdefault(task, {}).setdefault(first, {})[second] = weight
        return pairs

    def reasons(self, task: str, features: Sequence[str]) -> list[tuple[str, float]]:
        """What each feature of a candidate counts, and each pair that counts, strongest first."""
        weights = self.weights.get(task, {})
        counted = [(feature, weights.get(feature, 0.0)) for feature in features]
        pairs = [f"{first}{PAIR}{second}" for first in features for second in features if first < second] if task in self._pairs else ()
        return sorted((*counted, *((pair, weights[pair]) for pair in pairs if pair in weights)), key=lambda reason: -abs(reason[1]))

    def choose(self, task: str, at: int, candidates: Sequence[Candidate[T]], *, about: str = "") -> Choice[T]:
        """The value that all candidates proposing it make most probable together; ties go to the earlier one.

        `at` is the quantity that the decision is for, `about` what of it.
        """
        get = self.weights.get(task, {}).get
        scores = [sum(map(get, features, _ZEROS)) for _, features, _ in candidates]
        pairs = self._pairs.get(task)
        if pairs is not None:
            scores = [score + _together(pairs, features) for score, (_, features, _) in zip(scores, candidates, strict=True)]
        if len(candidates) == 1:
            return Choice(candidates[0].value, 1.0, ((scores[0], candidates[0]),), candidates[0].found)
        top = max(scores)
        masses: dict[Hashable, float] = {}
        firsts: dict[Hashable, int] = {}  # of each value the candidate that scores highest
        for index, (score, candidate) in enumerate(zip(scores, candidates, strict=True)):
            value = candidate.value
            masses[value] = masses.get(value, 0.0) + math.exp(score - top)
            if score > scores[firsts.setdefault(value, index)]:
                firsts[value] = index
        likeliest = max(masses, key=masses.__getitem__)
        best = candidates[firsts[likeliest]]
        probability = masses[likeliest] / sum(masses.values())
        return Choice(best.value, probability, tuple(zip(scores, candidates, strict=True)), best.found)


def _together(pairs: Mapping[str, Mapping[str, float]], features: Sequence[str]) -> float:
    """What the pairs among a candidate's features count."""
    return sum(sum(map(pairs[feature].get, features, _ZEROS)) for feature in features if feature in pairs)


@dataclass(frozen=True)
class Calibration:
    """From what the model says to how often it was right, measured on articles that its weights never saw.

    `quantity` are knots (said, right), increasing, to be joined by straight lines; the others are shares of right ones.
    """

    quantity: tuple[tuple[float, float], ...] = ()
    date: Mapping[str, float] = field(default_factory=lambda: {"stated": 1.0, "year assumed": 0.5})
    resolution: Mapping[str, float] = field(default_factory=lambda: {"numbered": 1.0, "named": 1.0})

    def of_quantity(self, said: float) -> float:
        """Share of right facts among those of which the model said as much; without knots, what it said."""
        if not self.quantity:
            return said
        at = bisect_left(self.quantity, (said, 0.0))
        if at == 0:
            return self.quantity[0][1]
        if at == len(self.quantity):
            return self.quantity[-1][1]
        (x0, y0), (x1, y1) = self.quantity[at - 1], self.quantity[at]
        return y0 + (y1 - y0) * (said - x0) / (x1 - x0)


@cache
def load_calibration() -> Calibration:
    """The calibration that ships with the package."""
    stored = json.loads(weights_file("calibration.json").read_text(encoding="utf-8"))
    return Calibration(tuple((x, y) for x, y in stored["quantity"]), stored["date"], stored["resolution"])


@cache
def load_ranker() -> Ranker:
    """The trained weights that ship with the package."""
    return Ranker(json.loads(weights_file("binding.json").read_text(encoding="utf-8"))["weights"])


@cache
def weights_digest() -> str:
    """SHA-256 of what was trained: other weights, other facts."""
    return hashlib.sha256(weights_file("binding.json").read_bytes() + weights_file("calibration.json").read_bytes()).hexdigest()


def weights_file(name: str) -> Traversable:
    """A file of `models/`: inside the package where it was installed, beside it in a checkout."""
    packaged = resources.files("extractor") / "weights" / name
    return packaged if packaged.is_file() else Path(__file__).parents[2] / "models" / name

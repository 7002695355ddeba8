"""A linear ranker: the score of a candidate is the sum of the weights of its features, and in some decisions of pairs of them."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import repeat
from math import exp
from operator import itemgetter
from pathlib import Path
from sys import intern
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
    candidates: Sequence[Candidate[T]]
    scores: Sequence[float]
    found: tuple[int, int] | None = None

    @property
    def ranking(self) -> tuple[tuple[float, Candidate[T]], ...]:
        """Each score with its candidate, in the order of the candidates."""
        return tuple(zip(self.scores, self.candidates, strict=True))

    def beliefs(self) -> dict[T, float]:
        """Probability of each value among the candidates."""
        masses = _masses(self.candidates, self.scores)
        total = sum(masses.values())
        return {value: mass / total for value, mass in masses.items()}


def _masses(candidates: Sequence[Candidate[T]], scores: Sequence[float]) -> dict[T, float]:
    """What each value weighs, those that propose it added up; not yet on a scale of 1."""
    top = max(scores)
    masses: dict[T, float] = {}
    for (value, _, _), score in zip(candidates, scores, strict=True):
        mass = exp(score - top)
        masses[value] = masses[value] + mass if value in masses else mass
    return masses


def merged(candidates: Sequence[Candidate[T]]) -> list[Candidate[T]]:
    """One candidate for each value, with the features of all that propose it, so that what they say adds up."""
    features: dict[T, dict[str, None]] = {}
    found: dict[T, tuple[int, int] | None] = {}
    for value, told, where in candidates:
        if value in features:
            features[value].update(dict.fromkeys(told))
            found[value] = found[value] or where
        else:
            features[value], found[value] = dict.fromkeys(told), where
    return [Candidate(value, tuple(names), found[value]) for value, names in features.items()]


class Decider(Protocol):
    """Chooses a candidate; training puts one in its place that knows the answers."""

    def choose(self, task: str, at: int, candidates: Sequence[Candidate[T]], *, about: str = "") -> Choice[T]: ...


_REMEMBERED = 1 << 10
"""Candidates of which it is remembered what their pairs count."""
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

    @cached_property
    def _together(self) -> Mapping[str, Callable[[tuple[str, ...]], float]]:
        """Of each task with pairs: what those of a candidate count. It is remembered: the figures of an article have the same places around."""
        return {task: lru_cache(maxsize=_REMEMBERED)(_Pairs(pairs).together) for task, pairs in self._pairs.items()}

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
        together = self._together.get(task)
        if together is not None:
            scores = [score + together(features) for score, (_, features, _) in zip(scores, candidates, strict=True)]
        if len(candidates) == 1:
            return Choice(candidates[0].value, 1.0, candidates, scores, candidates[0].found)
        masses = _masses(candidates, scores)
        likeliest = max(masses, key=masses.__getitem__)
        best = scores.index(max(scores))
        if candidates[best].value != likeliest:  # several that score less propose another value
            best = max((index for index, candidate in enumerate(candidates) if candidate.value == likeliest), key=scores.__getitem__)
        return Choice(candidates[best].value, masses[likeliest] / sum(masses.values()), candidates, scores, candidates[best].found)


class _Pairs:
    """The weights of a task's pairs as a square table, for a candidate of twenty features has four hundred to look up."""

    def __init__(self, pairs: Mapping[str, Mapping[str, float]]) -> None:
        names = sorted({*pairs, *(second for row in pairs.values() for second in row)})
        self._places = {name: place for place, name in enumerate(names)}
        self._rows = [[0.0] * len(names) for _ in names]
        for first, row in pairs.items():
            for second, weight in row.items():
                self._rows[self._places[first]][self._places[second]] = weight

    def together(self, features: tuple[str, ...]) -> float:
        """What the pairs among a candidate's features count."""
        places = [self._places[feature] for feature in features if feature in self._places]
        if len(places) < 2:
            return 0.0
        columns = itemgetter(*places)
        return sum([sum(columns(self._rows[place])) for place in places])


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
    stored = json.loads(weights_file("binding.json").read_text(encoding="utf-8"))["weights"]
    return Ranker({task: {intern(name): weight for name, weight in weights.items()} for task, weights in stored.items()})


@cache
def weights_digest() -> str:
    """SHA-256 of what was trained: other weights, other facts."""
    return hashlib.sha256(weights_file("binding.json").read_bytes() + weights_file("calibration.json").read_bytes()).hexdigest()


def weights_file(name: str) -> Traversable:
    """A file of `models/`: inside the package where it was installed, beside it in a checkout."""
    packaged = resources.files("extractor") / "weights" / name
    return packaged if packaged.is_file() else Path(__file__).parents[2] / "models" / name

"""Labels that mean the same, together: the most frequent first, each to the cluster that it is most like."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from extractor.discovery.labels import Label

Vector = Mapping[str, float]
_GRAM = (3, 4)
"""Lengths of the character n-grams within words."""


class Likeness(Protocol):
    """How alike phrases are: `vectors` of length one, whose inner product is from 0 to 1 (or -1 to 1); `enough` to mean the same."""

    enough: float

    def vectors(self, phrases: Sequence[Sequence[str]]) -> list[Vector]: ...


@dataclass
class Cluster:
    """Labels that mean the same, by the words of the most frequent one."""

    labels: list[Label] = field(default_factory=list)

    @property
    def count(self) -> int:
        return len(self.labels)

    @property
    def articles(self) -> int:
        return len({label.article for label in self.labels})

    @property
    def languages(self) -> dict[str, int]:
        """Language → labels, the most frequent first."""
        return _by_count(Counter(label.language for label in self.labels))

    def phrases(self, language: str) -> dict[str, int]:
        """Words of a language, one for each set of forms, with how often they stand; the most frequent first."""
        groups: dict[tuple[str, ...], list[str]] = defaultdict(list)
        for label in self.labels:
            if label.language == language:
                groups[label.forms].append(label.words.lower())
        return _by_count(Counter({next(iter(_by_count(Counter(words)))): len(words) for words in groups.values()}))


def _by_count(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda item: (-item[1], item[0])))


class Grams:
    """Likeness of spelling: character n-grams of the looked-up forms, those in few phrases weighing more.

    Finds words that languages share, not translations.
    """

    enough = 0.5

    def __init__(self, phrases: Iterable[Sequence[str]]) -> None:
        """Weights are taken from these phrases."""
        seen = [frozenset(grams(phrase)) for phrase in phrases]
        self._all = len(seen)
        self._in = Counter(gram for grams_of_phrase in seen for gram in grams_of_phrase)

    def vectors(self, phrases: Sequence[Sequence[str]]) -> list[Vector]:
        return [self._vector(phrase) for phrase in phrases]

    def _vector(self, phrase: Sequence[str]) -> Vector:
        weights = {gram: count * math.log((1 + self._all) / (1 + self._in[gram]) + 1) for gram, count in Counter(grams(phrase)).items()}
        length = math.sqrt(math.fsum(weight * weight for weight in weights.values()))
        return {gram: weight / length for gram, weight in weights.items()}


def grams(phrase: Sequence[str]) -> list[str]:
    """Character n-grams of words with their borders; of scripts in which a character is a token, of the whole.

    >>> grams(["bed"])
    ['^be', 'bed', 'ed$', '^bed', 'bed$']
    """
    words = ["".join(phrase)] if all(len(word) == 1 for word in phrase) else list(phrase)
    bordered = [f"^{word}$" for word in words]
    return [word[at : at + size] for word in bordered for size in _GRAM for at in range(max(1, len(word) - size + 1))]


def find_clusters(labels: Iterable[Label], likeness: Likeness) -> list[Cluster]:
    """Clusters of labels, the largest first; the same for labels in any order."""
    groups: dict[tuple[str, tuple[str, ...]], list[Label]] = defaultdict(list)
    for label in labels:
        groups[label.language, label.forms].append(label)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))
    clusters: list[Cluster] = []
    leaders = _Leaders()
    for ((_, _), members), vector in zip(ordered, likeness.vectors([forms for (_, forms), _ in ordered]), strict=True):
        index, similarity = leaders.nearest(vector)
        if similarity >= likeness.enough:
            clusters[index].labels += members
        else:
            leaders.add(vector)
            clusters.append(Cluster(list(members)))
    for cluster in clusters:
        cluster.labels.sort(key=lambda label: (label.language, label.source, label.article, label.sentence, label.exact))
    return sorted(clusters, key=lambda cluster: (-cluster.count, -cluster.articles, cluster.labels[0].words))


class _Leaders:
    """The first vector of each cluster, found by what it shares with another."""

    def __init__(self) -> None:
        self._holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._count = 0

    def add(self, vector: Vector) -> None:
        for key, weight in vector.items():
            self._holding[key].append((self._count, weight))
        self._count += 1

    def nearest(self, vector: Vector) -> tuple[int, float]:
        """Index and similarity; the earlier of two that are as near."""
        similarities: dict[int, float] = defaultdict(float)
        for key, weight in vector.items():
            for index, other in self._holding.get(key, ()):
                similarities[index] += weight * other
        return min(similarities.items(), key=lambda item: (-item[1], item[0]), default=(-1, 0.0))

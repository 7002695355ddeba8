"""Labels that mean the same, together: the most frequent first, each to the cluster that it is most like."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from extractor.discovery.labels import Label

Vector = Mapping[str, float]
_MOST_GROUPS = 5000
"""Different labels that are compared: those that stand most often."""
_GRAM = (3, 4)
"""Lengths of the character n-grams within words."""


class Leaders(Protocol):
    """The first label of each cluster. Labels are named by their place in a list that was given before."""

    def add(self, label: int) -> None: ...

    def nearest(self, label: int) -> tuple[int, float]:
        """Which leader, in the order in which they were added, and how alike, at most 1; the earlier of two that are as near."""


class Likeness(Protocol):
    """How alike labels are; of `enough` likeness, they mean the same."""

    enough: float

    def leaders(self, labels: Sequence[Label]) -> Leaders: ...


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

    def leaders(self, labels: Sequence[Label]) -> Leaders:
        return _Shared(self.vectors([label.forms for label in labels]))

    def vectors(self, phrases: Sequence[Sequence[str]]) -> list[Vector]:
        """Of length one: the inner product of two is from 0 to 1."""
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
    """Clusters of labels, the largest first; the same for labels in any order. Of very many, the rarest are left out."""
    groups: dict[tuple[str, tuple[str, ...]], list[Label]] = defaultdict(list)
    for label in sorted(labels, key=_order):
        groups[label.language, label.forms].append(label)
    ordered = sorted(groups.items(), key=lambda item: (-len(item[1]), item[0]))[:_MOST_GROUPS]
    clusters: list[Cluster] = []
    leaders = likeness.leaders([members[0] for _, members in ordered])
    for number, (_, members) in enumerate(ordered):
        index, similarity = leaders.nearest(number)
        if similarity >= likeness.enough:
            clusters[index].labels += members
        else:
            leaders.add(number)
            clusters.append(Cluster(list(members)))
    for cluster in clusters:
        cluster.labels.sort(key=_order)
    return sorted(clusters, key=lambda cluster: (-cluster.count, -cluster.articles, cluster.labels[0].words))


def _order(label: Label) -> tuple[str, ...]:
    return label.language, label.source, label.article, label.sentence, label.exact, label.words


class _Shared:
    """Leaders by spelling, found by the n-grams that they share with another."""

    def __init__(self, vectors: Sequence[Vector]) -> None:
        self._vectors = vectors
        self._holding: dict[str, list[tuple[int, float]]] = defaultdict(list)
        self._count = 0

    def add(self, label: int) -> None:
        for key, weight in self._vectors[label].items():
            self._holding[key].append((self._count, weight))
        self._count += 1

    def nearest(self, label: int) -> tuple[int, float]:
        similarities: dict[int, float] = defaultdict(float)
        for key, weight in self._vectors[label].items():
            for index, other in self._holding.get(key, ()):
                similarities[index] += weight * other
        return min(similarities.items(), key=lambda item: (-item[1], item[0]), default=(-1, 0.0))

"""The indicators that the packs name by words most like those of a cluster."""

from __future__ import annotations

import math
from collections import Counter
from dataclasses import dataclass
from functools import cache

from extractor.discovery.clustering import Cluster, Grams, Vector
from extractor.packs import load_pack
from extractor.pipeline import recognisers

MOST = 3
"""Indicators that are told of a cluster."""
_MOST_FORMS = 5
"""Words of a language that are compared: those that stand most often."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """An indicator, how like (0 to 1), and the words of its pack that are so."""

    indicator: str
    similarity: float
    phrase: str


def nearest_by_words(cluster: Cluster) -> list[Nearest]:
    """The nearest indicators by spelling, each language's words against its own pack's."""
    best: dict[str, Nearest] = {}
    for language in cluster.languages:
        known, likeness = _known(language)
        counts = Counter(label.forms for label in cluster.labels if label.language == language)
        forms = sorted(counts, key=lambda form: (-counts[form], form))[:_MOST_FORMS]
        for words, vector in zip(forms, likeness.vectors(forms), strict=True):
            for indicator, phrase, length, other in known:
                # "children" is a part of "children born", and so are many things
                similarity = _inner(vector, other) * math.sqrt(min(len(words), length) / max(len(words), length))
                if similarity > best.get(indicator, Nearest(indicator, 0.0, "")).similarity:
                    best[indicator] = Nearest(indicator, round(similarity, 3), phrase)
    return sorted(best.values(), key=lambda near: (-near.similarity, near.indicator))[:MOST]


def _inner(one: Vector, other: Vector) -> float:
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[key] for key, weight in one.items() if key in other)


@cache
def _known(language: str) -> tuple[list[tuple[str, str, int, Vector]], Grams]:
    """Indicator, phrase, its words and its vector, of every phrase of a pack."""
    phrases = [(indicator, phrase.removeprefix("=")) for indicator, entries in load_pack(language).terms.indicators.items() for phrase in entries]
    lexicon = recognisers(language).lexicon
    forms = [[lexicon.stem(word) for word in lexicon.tokenizer.words(phrase)[0] if word.strip()] for _, phrase in phrases]
    likeness = Grams(forms)
    vectors = likeness.vectors(forms)
    return [(*phrase, len(words), vector) for phrase, words, vector in zip(phrases, forms, vectors, strict=True) if words], likeness

"""Which mentions name the same facility: the fullest of its names stands for all of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from extractor.mentions import FacilityMention, Span
from extractor.page import Page

_STEM = 5
"""Letters that an inflected word keeps: Spitalul, Spitalului."""
_PAIR = 2
_REMEMBERED = 40
"""Facilities of one article that a shorter name is compared with: time stays linear."""

NameWords = frozenset[str]


@dataclass
class _Facility:
    """One facility: its fullest name so far, and the indexes of its mentions."""

    words: NameWords
    name: Span
    mentions: list[int] = field(default_factory=list)


def resolve(page: Page, mentions: Sequence[FacilityMention]) -> list[FacilityMention]:
    """Mentions with the span of their facility's fullest name; heads alone keep none.

    A name that is a part of another one is that one: `Provincial General Hospital`, `Phu Tho Provincial General Hospital`.
    """
    facilities: list[_Facility] = []
    by_words: dict[NameWords, _Facility] = {}
    for index, mention in enumerate(mentions):
        if not mention.named:
            continue
        words = name_words(page.reading.folded[mention.start : mention.end])
        facility = by_words.get(words) or _kin(facilities, words)
        if facility is None:
            facility = _Facility(words, Span(mention.start, mention.end))
            facilities.append(facility)
        elif len(words) > len(facility.words):
            facility.words, facility.name = words, Span(mention.start, mention.end)
        by_words[words] = facility
        facility.mentions.append(index)
    resolved = list(mentions)
    for facility in facilities:
        for index in facility.mentions:
            resolved[index] = replace(mentions[index], name=facility.name)
    return resolved


def _kin(facilities: Sequence[_Facility], words: NameWords) -> _Facility | None:
    """The last facility whose name holds these words or is held by them."""
    return next((known for known in reversed(facilities[-_REMEMBERED:]) if words <= known.words or words >= known.words), None)


def name_words(name: str) -> NameWords:
    """What two forms of a name share: its words without endings; in scripts without capitals its pairs of letters.

    >>> name_words("Spitalului General") == name_words("Spitalul General")
    True
    """
    words = re.findall(r"\w+", name.lower())
    letters = "".join(words)
    if letters.upper() != letters:
        return frozenset(word[:_STEM] for word in words)
    return frozenset(letters[at : at + _PAIR] for at in range(max(1, len(letters) - 1)))

"""An article's text cut into pieces, each with the facts that it is part of: what templates mark."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from extractor.web.views.article import FactRow


@dataclass(frozen=True)
class Piece:
    """Words between two borders of facts; `facts` are those that cover them, the shortest first."""

    text: str
    facts: tuple[FactRow, ...]
    begins: tuple[FactRow, ...]
    """Those of `facts` that begin here: they are named where they begin, and once."""


@dataclass(frozen=True)
class Paragraph:
    """A line of the text."""

    pieces: tuple[Piece, ...]


def paragraphs_of(text: str, facts: Sequence[FactRow]) -> tuple[Paragraph, ...]:
    """The lines of a text that hold words, with their facts. Nothing is lost but white space between lines.

    The pieces of each line make the line, whatever the facts are.
    """
    inside = [fact for fact in facts if 0 <= fact.start < fact.end <= len(text)]
    paragraphs, at, waiting = [], 0, 0
    ordered = sorted(inside, key=lambda fact: (fact.start, fact.end))
    open_facts: list[FactRow] = []
    for line in text.splitlines(keepends=True):
        begin, end = at, at + len(line.rstrip("\r\n"))
        at += len(line)
        while waiting < len(ordered) and ordered[waiting].start < end:
            open_facts.append(ordered[waiting])
            waiting += 1
        open_facts = [fact for fact in open_facts if fact.end > begin]
        if text[begin:end].strip():
            paragraphs.append(Paragraph(_pieces(text, begin, end, [fact for fact in open_facts if fact.start < end])))
    return tuple(paragraphs)


def _pieces(text: str, begin: int, end: int, facts: Sequence[FactRow]) -> tuple[Piece, ...]:
    borders = sorted({begin, end, *(min(max(at, begin), end) for fact in facts for at in (fact.start, fact.end))})
    covering: list[list[FactRow]] = [[] for _ in borders]
    for fact in sorted(facts, key=lambda fact: (fact.end - fact.start, fact.start)):
        for index in range(bisect_left(borders, max(fact.start, begin)), bisect_left(borders, min(fact.end, end))):
            covering[index].append(fact)
    return tuple(
        Piece(text[left:right], tuple(covering[index]), tuple(fact for fact in covering[index] if max(fact.start, begin) == left))
        for index, (left, right) in enumerate(pairwise(borders))
    )

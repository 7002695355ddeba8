"""A reading with its tokens and the lexicon's phrases in it: what every recogniser reads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from extractor.lexicon import Lexicon
from extractor.mentions import TermMention
from extractor.reading import Reading


@dataclass(frozen=True)
class Page:
    """Tokens are parallel lists of start, end and folded form, white space left out."""

    reading: Reading
    starts: list[int]
    ends: list[int]
    tokens: list[str]
    terms: list[TermMention]
    by_kind: dict[str, list[TermMention]]

    def of_kind(self, *kinds: str) -> Iterator[TermMention]:
        """Terms of some kinds, by kind and start."""
        for kind in kinds:
            yield from self.by_kind.get(kind, ())


def open_page(reading: Reading, lexicon: Lexicon) -> Page:
    """Tokenize a reading and look its words up."""
    terms, starts, ends = lexicon.look_up(reading.text)
    folded = reading.folded
    tokens = [folded[start:end] for start, end in zip(starts, ends, strict=True)]
    if any(form.isspace() for form in tokens):
        inked = [index for index, form in enumerate(tokens) if not form.isspace()]
        starts = [starts[index] for index in inked]
        ends = [ends[index] for index in inked]
        tokens = [tokens[index] for index in inked]
    by_kind: dict[str, list[TermMention]] = defaultdict(list)
    for term in terms:
        by_kind[term.entry.kind].append(term)
    return Page(reading, starts, ends, tokens, terms, dict(by_kind))

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
    doc = lexicon.doc(reading.text)
    terms = lexicon.find(doc)
    folded = reading.folded
    starts: list[int] = []
    ends: list[int] = []
    tokens: list[str] = []
    at = 0
    for token in doc:
        start, end = at, at + len(token)
        at = end + (1 if token.whitespace_ else 0)
        form = folded[start:end]
        if not form.isspace():
            starts.append(start)
            ends.append(end)
            tokens.append(form)
    by_kind: dict[str, list[TermMention]] = defaultdict(list)
    for term in terms:
        by_kind[term.kind].append(term)
    return Page(reading, starts, ends, tokens, terms, dict(by_kind))

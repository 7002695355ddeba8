"""A reading with its tokens and the lexicon's phrases in it: what every recogniser reads."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import repeat, takewhile

from extractor.lexicon import Lexicon
from extractor.mentions import TermMention
from extractor.reading import Reading

_WORD_LENGTHS = (
    (re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]"), 4),  # Thai, Lao, Burmese, Khmer, whose vowels are characters too
    (re.compile(r"[\u3040-\u30ff\uac00-\ud7af]"), 2.5),  # kana and Hangul
    (re.compile(r"[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"), 1.6),  # Han
)
"""Characters that a word has on average in scripts where each is a token."""


@dataclass(frozen=True)
class Page:
    """Tokens are parallel lists of start, end and folded form, white space left out."""

    reading: Reading
    starts: list[int]
    ends: list[int]
    tokens: list[str]
    terms: list[TermMention]
    by_kind: dict[str, list[TermMention]]
    head_final: bool = False
    """Whether words stand behind what they belong to in its language."""

    @cached_property
    def _words_before(self) -> list[float]:
        """How many words begin before each offset: looked up for every pair of words that is weighed."""
        before: list[float] = []
        words = 0.0
        for start, token in zip(self.starts, self.tokens, strict=True):
            before += repeat(words, start + 1 - len(before))
            words += 1.0 if len(token) > 1 or token.isascii() else _share_of_word(token)
        return [*before, *repeat(words, len(self.reading.text) + 1 - len(before))]

    def distance(self, left: int, right: int) -> int:
        """Words that begin in [left, right), punctuation counted; in scripts without spaces as many as that many characters make."""
        words = self._words_before[right] - self._words_before[left]
        return (round(words) or 1) if words > 0 else 0

    def of_kind(self, *kinds: str) -> Iterator[TermMention]:
        """Terms of some kinds, by kind and start."""
        for kind in kinds:
            yield from self.by_kind.get(kind, ())

    def terms_from(self, kind: str, at: int) -> Iterator[TermMention]:
        """Terms of a kind that begin at or after an offset, in order."""
        terms = self.by_kind.get(kind, [])
        return (terms[index] for index in range(bisect_left(terms, at, key=lambda term: term.start), len(terms)))

    def terms_at(self, at: int, *kinds: str) -> Iterator[TermMention]:
        """Terms of some kinds that begin at an offset."""
        return (term for kind in kinds for term in takewhile(lambda term: term.start == at, self.terms_from(kind, at)))


@lru_cache(maxsize=1 << 12)
def _share_of_word(character: str) -> float:
    return next((1 / length for script, length in _WORD_LENGTHS if script.match(character)), 1.0)


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
    return Page(reading, starts, ends, tokens, terms, dict(by_kind), lexicon.pack.pack.head_final)

"""A page's terms by where they begin and end: what stands right before and after a number."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from extractor.mentions import TermMention
from extractor.page import Page

NOUNS = ("indicator", "concept", "disease", "counted")
_BULLETS = "▲△▶►■□●○◆◇•"
STOP = re.compile(rf"[.,;:!?()\[\]。，；：！？（）、،؛\n{_BULLETS}]")
"""Ends a phrase."""
_ASIDE = re.compile(r"[(（][^()（）\n\d]{1,16}[)）]")
_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?!\d|[.,]\d)")
BREAK = re.compile(rf"[.;:!?()\[\]。；：！？（）\n«»\"“”{_BULLETS}]")
"""Ends a clause."""
SENTENCE_END = re.compile(r"[.!?。！？\n]")
"""Ends a sentence: between two figures no stop is a decimal point, for those are inside of figures."""


@dataclass(frozen=True)
class Shape:
    """Lookup of a page's terms by where they begin and end."""

    page: Page
    begins: dict[int, list[TermMention]]
    ends: dict[int, list[TermMention]]

    @classmethod
    def of(cls, page: Page) -> Shape:
        begins: dict[int, list[TermMention]] = defaultdict(list)
        ends: dict[int, list[TermMention]] = defaultdict(list)
        for term in page.terms:
            begins[term.start].append(term)
            ends[term.end].append(term)
        return cls(page, dict(begins), dict(ends))

    def after(self, at: int, *kinds: str) -> TermMention | None:
        """The longest term of some kinds right after an offset, one space or hyphen between at most; it may begin with the hyphen: `-fache`."""
        terms = self._right_after.get(at)
        if terms is None:
            word = self.next_word(at)
            hyphened = self.begins.get(at, []) if word != at else []
            terms = self._right_after[at] = [*hyphened, *self.begins.get(word, [])]
        longest: TermMention | None = None
        for term in terms:
            if term.entry.kind in kinds and (longest is None or term.end > longest.end):
                longest = term
        return longest

    @cached_property
    def _right_after(self) -> dict[int, list[TermMention]]:
        """A dozen kinds are asked for behind each number."""
        return {}

    def before(self, at: int, *kinds: str) -> TermMention | None:
        """The longest term of some kinds right before an offset."""
        longest: TermMention | None = None
        for term in self.ends.get(self.word_end(at), ()):
            if term.entry.kind in kinds and (longest is None or term.start < longest.start):
                longest = term
        return longest

    def moves_before(self, at: int) -> list[TermMention]:
        """The last three cues of rise or fall that end before an offset."""
        return self.moves[max(0, bisect_left(self._move_ends, at + 1) - 3) : bisect_left(self._move_ends, at + 1)]

    @cached_property
    def moves(self) -> list[TermMention]:
        """Cues of rise or fall, by end, doubling among them."""
        cues = (t for t in self.page.of_kind("cue") if t.value in ("increase", "decrease"))
        return sorted((*cues, *self.page.of_kind("multiple")), key=lambda t: t.end)

    def opens_whole(self, at: int) -> bool:
        """A word that opens a whole right before an offset, the first of its clause: `Of` eight districts, `Cứ` 4 trẻ."""
        word = self.before(at, "whole_before")
        if word is None:
            return False
        folded = self.page.reading.folded
        before = self.word_end(word.start)
        return before == 0 or STOP.match(folded, before - 1) is not None or folded[before - 1] in '\n"“”«»—–-' or "\n" in folded[before : word.start]

    def street_before(self, at: int) -> int | None:
        """Where the last word that begins a street's name ends, before an offset."""
        index = bisect_left(self._street_ends, at) - 1
        return self._street_ends[index] if index >= 0 else None

    @cached_property
    def _street_ends(self) -> list[int]:
        return sorted(term.end for term in self.page.of_kind("streets"))

    @cached_property
    def of_which(self) -> list[int]:
        """Where the words that announce a part begin."""
        return sorted(term.start for term in self.page.of_kind("cue") if term.value == "of_which")

    @cached_property
    def letters(self) -> frozenset[str]:
        """All characters of the text: whether it has its language's marks."""
        return frozenset(self.page.reading.text)

    @cached_property
    def _move_ends(self) -> list[int]:
        return [term.end for term in self.moves]

    def next_word(self, at: int) -> int:
        folded = self.page.reading.folded
        while folded.startswith((" ", "-"), at):
            at += 1
        return at

    def word_end(self, at: int) -> int:
        folded = self.page.reading.folded
        while at and folded[at - 1] == " ":
            at -= 1
        return at

    def tokens_after(self, at: int, count: int) -> Iterator[int]:
        """Starts of the next tokens on the same line, up to the first punctuation mark that breaks a phrase."""
        page = self.page
        first = bisect_left(page.starts, at)
        for index in range(first, min(first + count, len(page.starts))):
            if STOP.match(page.tokens[index]) or "\n" in page.reading.folded[at : page.starts[index]]:
                return
            yield page.starts[index]

    def tokens_between(self, left: int, right: int) -> int:
        """Number of tokens that begin in [left, right)."""
        return bisect_left(self.page.starts, right) - bisect_left(self.page.starts, left)

    def unbroken(self, left: int, right: int, stop: re.Pattern[str], *, years: bool = False) -> bool:
        """No punctuation that ends the phrase and no other digits between two offsets, a word in brackets aside: 执业（助理）医师.

        With `years` a year may stand there: per 10,000 people `in 2024`.
        """
        gap = _ASIDE.sub("", self.page.reading.folded[left:right])
        gap = _YEAR.sub("", gap) if years else gap
        return stop.search(gap) is None and not any(c.isdigit() for c in gap)

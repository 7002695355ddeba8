"""Phrases by the forms of their words: where a text has them, in one pass.

A form is the hash that spaCy's vocabulary has of it, eight bytes, and a phrase is the row of its words' forms. spaCy's PhraseMatcher, made for fewer
rules with callbacks of their own, holds a tree of maps, a set and a string for each (docs/decisions/0013-phrases-by-hashes.md).
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.mentions import Entry

HASH = 8
"""Bytes of one form."""


class PhraseTable:
    """Phrases with what each says."""

    def __init__(self) -> None:
        self._entries: dict[bytes, tuple[Entry, ...]] = {}
        self._lengths: dict[bytes, tuple[int, ...]] = {}
        """The first two words of longer phrases → how many bytes those phrases have."""
        self._shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        """Lengths by themselves: ten thousands of phrases have the same few."""

    def add(self, phrase: bytes, entry: Entry) -> None:
        """What a phrase says, given its words' forms; of two entries that say the same of it the first stays."""
        known = self._entries.get(phrase, ())
        if not phrase or any((other.kind, other.value) == (entry.kind, entry.value) for other in known):
            return
        self._entries[phrase] = (*known, entry)
        if len(phrase) > HASH and not known:
            opening = phrase[: 2 * HASH]
            lengths = tuple(sorted({*self._lengths.get(opening, ()), len(phrase)}))
            self._lengths[opening] = self._shared.setdefault(lengths, lengths)

    def find(self, text: bytes) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
        """Every phrase in a text, given its words' forms, also one inside another: its first word, the one behind its last, and what it says."""
        entries, lengths = self._entries.get, self._lengths.get
        for at in range(0, len(text), HASH):
            if word := entries(text[at : at + HASH]):
                yield at // HASH, at // HASH + 1, word
            for length in lengths(text[at : at + 2 * HASH], ()):
                if at + length > len(text):  # what is left of the text may be a shorter phrase, found by its own length
                    break
                if phrase := entries(text[at : at + length]):
                    yield at // HASH, (at + length) // HASH, phrase

"""Phrases by the forms of their words: where a text has them, in one pass.

A phrase is kept as one string, its words' forms joined. spaCy's PhraseMatcher, made for fewer rules with callbacks of their own, holds a tree
of maps, a set and a string for each (docs/decisions/0013-phrases-by-hashes.md and 0015-forms-as-strings.md).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.mentions import Entry

_JOINT = "\0"
"""Between two forms; no text has it (see reading.py)."""


class PhraseTable:
    """Phrases with what each says."""

    def __init__(self) -> None:
        self._entries: dict[str, tuple[Entry, ...]] = {}
        self._lengths: dict[str, tuple[int, ...]] = {}
        """The first two words of longer phrases → how many words those phrases have."""
        self._shared: dict[tuple[int, ...], tuple[int, ...]] = {}
        """Lengths by themselves: ten thousands of phrases have the same few."""

    def add(self, forms: Sequence[str], entry: Entry) -> None:
        """What a phrase says, given its words' forms; of two entries that say the same of it the first stays."""
        phrase = _JOINT.join(forms)
        known = self._entries.get(phrase, ())
        if not forms or (known and any((other.kind, other.value) == (entry.kind, entry.value) for other in known)):
            return
        self._entries[phrase] = (*known, entry)
        if len(forms) > 1 and not known:
            opening = phrase if len(forms) == 2 else _JOINT.join(forms[:2])
            lengths = tuple(sorted({*self._lengths.get(opening, ()), len(forms)}))
            self._lengths[opening] = self._shared.setdefault(lengths, lengths)

    def find(self, forms: Sequence[str]) -> Iterator[tuple[int, int, tuple[Entry, ...]]]:
        """Every phrase in a text, given its words' forms, also one inside another: its first word, the one behind its last, and what it says."""
        entries, lengths = self._entries.get, self._lengths.get
        previous = None
        for at, form in enumerate(forms):
            if previous is not None:
                opening = f"{previous}{_JOINT}{form}"
                for length in lengths(opening, ()):
                    first = at - 1
                    if first + length > len(forms):  # what is left of the text may be a shorter phrase, found by its own length
                        break
                    if phrase := entries(opening if length == len((previous, form)) else _JOINT.join(forms[first : first + length])):
                        yield first, first + length, phrase
            if word := entries(form):
                yield at, at + 1, word
            previous = form

"""Sentences and paragraphs of a reading: where a clause ends in any script."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from extractor.mentions import Span
from extractor.reading import fold

_ORDINAL = re.compile(r"[^\d.,][ (][0-3]?\d\.$")
_MONTH = re.compile(r"[^\W\d_]+ (?:19|20)\d\d\b")
_DAY = len("m (16.")
# A full stop ends a sentence only before white space or the end; ideographic and Arabic ones always do.
_END = re.compile(r"[.!?…]+[\"”»')\]]*(?=\s|$)|[。！？]+[」』”)]*|[؟۔।]+|\n+")


@dataclass(frozen=True)
class Layout:
    """Sentences in order, covering the text, and the starts of its paragraphs."""

    sentences: list[Span]
    paragraphs: list[int]

    def sentence_index(self, at: int) -> int:
        """Index of the sentence that holds an offset."""
        index = bisect_right(self._starts, at)
        return index - 1 if index else 0

    def sentence(self, at: int) -> Span:
        return self.sentences[self.sentence_index(at)]

    def paragraph(self, at: int) -> int:
        """Number of the paragraph that holds an offset."""
        return bisect_right(self.paragraphs, at)

    @cached_property
    def _starts(self) -> list[int]:
        return [sentence.start for sentence in self.sentences]


def lay_out(text: str, abbreviations: Sequence[str]) -> Layout:
    """Split a text; a stop after an abbreviation, an initial or a list number ends nothing."""
    short = frozenset(fold(a, fold_marks=False).rstrip(".") for a in abbreviations)
    spans: list[Span] = []
    start = 0
    for match in _END.finditer(text):
        if match.group()[0] == "." and _is_abbreviation(text, match.start(), match.end(), short):
            continue
        spans.append(Span(start, match.end()))
        start = match.end()
    if start < len(text) or not spans:
        spans.append(Span(start, len(text)))
    trimmed = [_trimmed(text, span) for span in spans]
    paragraphs = [match.end() for match in re.finditer(r"\n+", text)]
    return Layout([span for span in trimmed if span.end > span.start] or [Span(0, len(text))], paragraphs)


def whole_sentence(layout: Layout, text: str, at: int) -> Span:
    """The sentence that holds an offset, with those that the stop of an ordinal cuts from it: `am 1. Januar 2025`."""
    first = last = layout.sentence_index(at)
    while first > 0 and _cuts_date(text, layout.sentences[first - 1], layout.sentences[first]):
        first -= 1
    while last + 1 < len(layout.sentences) and _cuts_date(text, layout.sentences[last], layout.sentences[last + 1]):
        last += 1
    return Span(layout.sentences[first].start, layout.sentences[last].end)


def _cuts_date(text: str, before: Span, behind: Span) -> bool:
    day = _ORDINAL.search(text, max(before.start, before.end - _DAY), before.end)
    return day is not None and _MONTH.match(text, behind.start, behind.end) is not None


def _is_abbreviation(text: str, stop: int, end: int, short: frozenset[str]) -> bool:
    begin = stop
    while begin and text[begin - 1].isalnum():
        begin -= 1
    word = text[begin:stop]
    if word.lower() in short or (len(word) == 1 and word.isalpha() and word.isupper()):
        return True
    if word.isdigit() and (begin == 0 or text[begin - 1] == "\n"):  # a list number: "1. Beds"
        return True
    following = text[end : end + 2].strip()
    return following[:1].islower()


def _trimmed(text: str, span: Span) -> Span:
    start, end = span.start, span.end
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)

"""Who says a quantity: the sayer of its quotation, else of its sentence; null rather than a guess."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from math import inf

from extractor.components.facility_names import name_words
from extractor.components.quotations import quotations, spoken
from extractor.mentions import AttributionMention, QuantityMention, Sayer, Span
from extractor.page import Page
from extractor.sentences import Layout, whole_sentence

_BESIDE = 120
"""Characters between a quotation and the cue that says whose it is."""
_PARAGRAPHS = 1
"""So many paragraphs back a pronoun may point."""
_CLOSING = ",.،、，。”»\"'“)–—-"
_QUOTES = tuple('"”»“」』')
_BRACKETS = re.compile("[()（）]")
_LONGEST_BRACKET = 300
"""Characters behind the beginning of an attribution in which the bracket that holds it closes."""
_REMEMBERED = 40
"""Sayers of one article that a shorter name is compared with: time stays linear."""


def sayers(page: Page, layout: Layout, quantities: Sequence[QuantityMention], attributions: Sequence[AttributionMention]) -> list[Sayer | None]:
    """For each quantity who says it, by the fullest name and role that the article has for them."""
    if not attributions:
        return [None] * len(quantities)
    numbers = [quantity.number.start for quantity in quantities]
    told = _Told(page, layout, _resolved(page, layout, attributions), sorted(numbers))
    return [told.sayer(quantity.number) for quantity in quantities]


def _resolved(page: Page, layout: Layout, attributions: Sequence[AttributionMention]) -> list[AttributionMention]:
    """Pronouns and short names as whom they stand for: `she`, `Dr Lawan`, `the minister`."""
    fullest = _fullest(page, [one.sayer for one in attributions if one.sayer is not None])
    resolved: list[AttributionMention] = []
    last: AttributionMention | None = None
    for attribution in attributions:
        if attribution.back:
            near = last is not None and layout.paragraph(attribution.cue.start) - layout.paragraph(last.cue.start) <= _PARAGRAPHS
            sayer = last.sayer if near and last is not None else None
        else:
            sayer = fullest.get(attribution.sayer, attribution.sayer) if attribution.sayer is not None else None
        resolved.append(replace(attribution, sayer=sayer))
        if sayer is not None or (attribution.verb and not attribution.back):  # a report between them leaves `she` the last person
            last = resolved[-1]
    return resolved


def _fullest(page: Page, named: Sequence[Sayer]) -> dict[Sayer, Sayer]:
    """Each sayer → the one that names them in full; a role alone is the only one named before who has it."""
    text = page.reading.text
    known: list[tuple[frozenset[str], frozenset[str], Sayer]] = []
    fullest: dict[Sayer, Sayer] = {}
    for sayer in named:
        name, role = (name_words(text[span.start : span.end]) if span else frozenset() for span in (sayer.name, sayer.role))
        if name:
            same = [one for one in known[-_REMEMBERED:] if one[0] and (name <= one[0] or name >= one[0])]
        else:
            same = [one for one in known[-_REMEMBERED:] if one[0] and role <= one[1]]
            same = same if len({one[2].name for one in same}) == 1 else []
        if same:
            before = same[-1][2]
            longer = sayer.name if sayer.name and before.name and _length(sayer.name) > _length(before.name) else before.name
            fuller = Sayer(longer, before.role or sayer.role)
            fullest[sayer] = fuller
            known.append((name | same[-1][0], role | same[-1][1], fuller))
        else:
            known.append((name, role, sayer))
    return fullest


def _length(span: Span) -> int:
    return span.end - span.start


class _Told:
    """Where whose words are."""

    def __init__(self, page: Page, layout: Layout, attributions: Sequence[AttributionMention], numbers: Sequence[int]) -> None:
        self._layout, self._attributions, self._numbers = layout, attributions, numbers
        self._text = page.reading.text
        self._cues = [attribution.cue.start for attribution in attributions]
        self._quotations = quotations(self._text)
        self._quotation_starts = [quotation.start for quotation in self._quotations]
        self._spoken = spoken(self._text)
        self._spoken_starts = [paragraph.start for paragraph in self._spoken]

    def sayer(self, number: Span) -> Sayer | None:
        quotation = _holding(self._quotations, self._quotation_starts, number)
        if quotation is not None:
            return self._of_quotation(quotation)
        paragraph = _holding(self._spoken, self._spoken_starts, number)
        if paragraph is not None:
            within = self._between(paragraph.start, paragraph.end)
            if within:
                return within[0].sayer
        return self._of_sentence(number)

    def _of_quotation(self, quotation: Span) -> Sayer | None:
        """The attribution beside a quotation, behind it first; else the last one of its paragraph."""
        start = self._layout.paragraph(quotation.start)
        behind = next(iter(self._between(quotation.end, quotation.end + _BESIDE)), None)
        if behind is not None and self._layout.sentence_index(behind.cue.start) <= self._layout.sentence_index(quotation.end - 1) + 1:
            between = self._text[quotation.end : behind.start]
            if not any(mark in between for mark in "\n.。!?") or not between.strip(" ,，.–—-"):
                return behind.sayer
        index = bisect_left(self._cues, quotation.start) - 1
        if index >= 0 and self._layout.paragraph(self._cues[index]) == start:
            return self._attributions[index].sayer
        return None

    def _of_sentence(self, number: Span) -> Sayer | None:
        sentence = whole_sentence(self._layout, self._text, number.start)
        within = self._between(sentence.start, sentence.end)
        if not within:
            return None
        above = [attribution for attribution in within if attribution.start <= number.start]
        if above:
            return None if self._bracket_end(above[-1]) <= number.start or self._closes_quotation(above[-1]) else above[-1].sayer
        first = within[0]
        return first.sayer if self._reaches_back(first, sentence, number) else None

    def _bracket_end(self, attribution: AttributionMention) -> float:
        """Where the bracket closes that holds an attribution, `(WHO estimates)`: behind it the words are the article's again."""
        depth = 0
        for bracket in _BRACKETS.finditer(self._text, attribution.start, attribution.start + _LONGEST_BRACKET):
            depth += 1 if bracket.group() in "(（" else -1
            if depth < 0:
                return bracket.start()
        return inf

    def _closes_quotation(self, attribution: AttributionMention) -> bool:
        """`"…", said the minister` after a meeting of four hours: what follows is the article's."""
        before = self._text[max(0, attribution.start - 3) : attribution.start].rstrip(" ,،，–—-")
        return attribution.verb and before[-1:] in _QUOTES

    def _reaches_back(self, attribution: AttributionMention, sentence: Span, number: Span) -> bool:
        """Words at the end of a sentence, or between commas, are of all of it: `…, according to WHO.`; not those that open a clause."""
        if any(mark in self._text[number.end : attribution.start] for mark in ";；"):
            return False
        apart = self._text[max(0, attribution.start - 2) : attribution.start].rstrip()[-1:] in _CLOSING
        behind = self._text[attribution.end : sentence.end].strip()
        last = bisect_left(self._numbers, attribution.end) == bisect_left(self._numbers, sentence.end)
        if attribution.verb:
            return apart and (last or behind[:1] in _CLOSING)
        return last or (apart and behind[:1] in _CLOSING)

    def _between(self, left: int, right: int) -> Sequence[AttributionMention]:
        """Attributions whose cue begins in [left, right)."""
        return self._attributions[bisect_left(self._cues, left) : bisect_left(self._cues, right)]


def _holding(spans: Sequence[Span], starts: Sequence[int], number: Span) -> Span | None:
    index = bisect_right(starts, number.start) - 1
    return spans[index] if index >= 0 and number.start < spans[index].end else None

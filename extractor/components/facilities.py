"""Names of single hospitals and other bodies: a head noun (`hospital`) with the words around it that tell which one."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractor.mentions import FacilityMention, PlaceMention, QuantityMention, Span, Spans, TermMention
from extractor.packs import FacilityRules
from extractor.page import Page

_MOST_TOKENS = {True: 12, False: 26}
"""A name has at most so many tokens on one side of its head; by whether its script has capitals (else a token may be a single character)."""
_MOST_LINKS = 3
_LONGEST_LABEL = 3
"""Figures of a number that is a part of a name: Hospital 115."""
_MARKS = "'’‘-./"
"""Marks inside a name, where capitals show that it goes on behind them: Sản-Nhi, d'Agadir, R.A. Kartini."""
_QUOTES = '"«»„“”'
_LINE = "\n"
_WORDS = ("head", "kind", "link", "join", "end", "several")
_SHORT_FORM = 2
"""Letters of a title or an initial before a stop: Sf., R."""


@dataclass
class _Walk:
    """How far a name goes to one side of its head, word by word."""

    head: int
    step: int
    edge: int
    """The last token that belongs to it for sure; the head's own where there is none."""
    proper: bool = False
    """Has more than words for its kind: `Hospital C Da Nang`, not `provincial general hospital`."""
    edges: list[int] = field(default_factory=list)
    """Every token where a proper name may end as well; which, repetition tells."""
    last: str = "head"
    """What the last word is: head, kind, place, name, link, mark or quote."""
    sure: bool = True
    links: int = 0
    quoted: bool = False

    def take(self, at: int, word: str, length: int) -> int:
        """Goes over a word of some tokens; the token behind it."""
        beyond = at + self.step * length
        self.links = self.links + 1 if word == "link" else 0
        if word in ("place", "name", "kind") or (word == "quote" and self.quoted):
            self.proper |= self.sure and word != "kind"
            self.edge = beyond - self.step if self.sure else self.edge
            if self.proper:
                self.edges.append(beyond - self.step)
        self.quoted |= word == "quote"
        self.last = word
        return beyond

    def forget(self) -> None:
        """Nothing but the head is left."""
        self.edge, self.proper, self.edges = self.head, False, []


class _Words:
    """What the tokens of a page may be within a name."""

    def __init__(self, page: Page, places: Sequence[PlaceMention], quantities: Sequence[QuantityMention]) -> None:
        self.starts, self.ends, self.tokens = page.starts, page.ends, page.tokens
        self.text = page.reading.text
        self._figures = Spans(quantities)
        self._edges = {name: _by_edges(page.by_kind.get(f"facility_{name}", ())) for name in _WORDS}
        self._edges["place"] = _by_edges(places)

    def length(self, name: str, index: int, step: int) -> int:
        """How many tokens a word of a kind takes that begins (step 1) or ends (step -1) at a token; 0 where none does."""
        starts, ends = self._edges[name]
        if step > 0:
            end = starts.get(self.starts[index])
            return 0 if end is None else bisect_left(self.starts, end) - index
        start = ends.get(self.ends[index])
        return 0 if start is None else index - bisect_left(self.starts, start) + 1

    def gap(self, one: int, other: int) -> str:
        """White space between two neighbours."""
        left, right = sorted((one, other))
        return self.text[self.ends[left] : self.starts[right]]

    def opens_sentence(self, index: int) -> bool:
        """Whether a token is the first of its line or stands behind a full stop."""
        return index == 0 or self.tokens[index - 1] in '.!?…:"«„“' or _LINE in self.gap(index - 1, index)

    def is_figure(self, index: int) -> bool:
        """Whether a token belongs to a quantity: its number, what it counts, or what it is divided by."""
        return self._figures.touch(Span(self.starts[index], self.ends[index]))


def _by_edges(mentions: Iterable[Span]) -> tuple[dict[int, int], dict[int, int]]:
    """Start → furthest end, and end → first start."""
    starts: dict[int, int] = {}
    ends: dict[int, int] = {}
    for mention in mentions:
        starts[mention.start] = max(mention.end, starts.get(mention.start, 0))
        ends[mention.end] = min(mention.start, ends.get(mention.end, mention.start))
    return starts, ends


class Facilities:
    """Finds names of facilities, and heads alone (`the hospital`), which point back to a name."""

    def __init__(self, rules: FacilityRules) -> None:
        self._rules = rules
        self._most = _MOST_TOKENS[rules.capitals]

    def recognize(self, page: Page, places: Sequence[PlaceMention], quantities: Sequence[QuantityMention]) -> list[FacilityMention]:
        """Mentions in order that do not overlap."""
        heads = page.by_kind.get("facility_head", ())
        backs = [FacilityMention(term.start, term.end, "alone") for term in page.by_kind.get("facility_back", ())]
        if not heads and not backs:
            return []
        words = _Words(page, places, quantities)
        sides = [(head, sides) for head in heads if (sides := self._sides(words, head)) is not None]
        repeated = self._repeated(words, sides)
        named = [self._mention(words, head, left, right, repeated) for head, (left, right) in sides]
        return _apart([*named, *backs])

    def _sides(self, words: _Words, head: TermMention) -> tuple[_Walk, _Walk] | None:
        """How far the name goes to the left and to the right of its head; None where the words tell of several bodies."""
        first, last = bisect_left(words.starts, head.start), bisect_left(words.starts, head.end) - 1
        if words.is_figure(first):
            return None  # 12 hospitals; beds per hospital
        left, right = _Walk(first, -1, first), _Walk(last, 1, last)
        if self._rules.side != "after":
            self._walk(words, left, listed=False)
        if self._rules.side != "before":
            self._walk(words, right, listed=left.proper)  # больницы Игорь Селиванов: a name has been found
        several = not (left.proper or right.proper) and self._is_several(words, left.edge)
        return None if several else (left, right)

    def _is_several(self, words: _Words, first: int) -> bool:
        """`12 hospitals`, `các bệnh viện`, `a hospital`."""
        if first == 0 or _LINE in words.gap(first - 1, first):
            return False
        return words.is_figure(first - 1) or words.length("several", first - 1, -1) > 0

    def _walk(self, words: _Words, walk: _Walk, *, listed: bool) -> None:
        """Walks from the head as far as the words may belong to its name; `listed`: as far as the pack or the gazetteer has them."""
        at = walk.head + walk.step
        while 0 <= at < len(words.starts) and abs(at - walk.head) <= self._most and walk.links <= _MOST_LINKS:
            gap = words.gap(at - walk.step, at)
            if _LINE in gap or (gap and not self._rules.spaces and not words.tokens[at].isascii()):
                break
            word, length = self._known(words, at, walk)
            if not length and not listed:
                word, length = self._unknown(words, at, walk, gap), 1
            if word == "stop" or not length:
                break
            at = walk.take(at, word, length)
        if not self._rules.capitals and walk.last == "name" and abs(walk.edge - walk.head) == 1 and len(words.tokens[walk.edge]) == 1:
            walk.forget()  # 别医院, 새 병원: one character is no name

    def _known(self, words: _Words, at: int, walk: _Walk) -> tuple[str, int]:
        """A place or a word of the pack, with its length in tokens; the length is 0 where there is none."""
        step = walk.step
        if words.length("head", at, step):
            return "stop", 1
        place, kind = words.length("place", at, step), words.length("kind", at, step)
        if place or kind:
            return ("place", place) if place >= kind else ("kind", kind)
        if self._rules.capitals and words.text[words.starts[at]].isupper():
            return "name", 0
        link = words.length("link", at, step) or (walk.last == "kind" and words.length("join", at, step))
        return "link", int(link)

    def _unknown(self, words: _Words, at: int, walk: _Walk, gap: str) -> str:
        """Whether a word of no list is a part of the name, a mark in it, or stops it."""
        token, character = words.tokens[at], words.text[words.starts[at]]
        if words.is_figure(at) or self._ends(words, at, walk, gap):
            return "stop"
        if token.isdigit():
            return "name" if walk.step > 0 and walk.last != "mark" and _is_label(words, at) else "stop"
        if not _is_letter(character):
            return self._mark(words, at, walk)
        if self._rules.capitals:
            return "name" if character.isupper() and not _is_sentence_capital(words, at, walk) else "stop"
        if walk.last in ("place", "link"):
            return "stop"
        if gap and walk.proper:
            walk.sure = False
        return "name"

    def _ends(self, words: _Words, at: int, walk: _Walk, gap: str) -> bool:
        """A word that belongs to no name; to the left a particle only where it closes a word: 동해안 begins with one and has none."""
        return words.length("end", at, walk.step) > 0 and bool(gap or walk.step > 0 or not self._rules.spaces)

    def _mark(self, words: _Words, at: int, walk: _Walk) -> str:
        character = words.text[words.starts[at]]
        if not self._rules.capitals or walk.last == "quote":
            return "stop"
        if character in _QUOTES:
            return "quote" if walk.step > 0 else "stop"
        if character not in _MARKS or walk.last == "mark":
            return "stop"
        return "mark" if character != "." or _is_short_form(words, at) else "stop"

    def _repeated(self, words: _Words, sides: Sequence[tuple[TermMention, tuple[_Walk, _Walk]]]) -> Counter[str]:
        """How often the article has each string that could be a name."""
        if self._rules.capitals:
            return Counter()
        return Counter(name for _, (left, right) in sides for name in {*self._names(words, left, right)})

    def _names(self, words: _Words, left: _Walk, right: _Walk) -> Iterable[str]:
        if self._rules.side == "before":
            return [words.text[words.starts[edge] : words.ends[right.edge]] for edge in left.edges]
        return [words.text[words.starts[left.edge] : words.ends[edge]] for edge in right.edges]

    def _mention(self, words: _Words, head: TermMention, left: _Walk, right: _Walk, repeated: Counter[str]) -> FacilityMention:
        """Where names are not marked, the longest string that comes again is one; else as far as the words are sure."""
        first, last = left.edge, right.edge
        edges = left.edges if self._rules.side == "before" else right.edges
        again = [edge for edge, name in zip(edges, self._names(words, left, right), strict=True) if repeated[name] > 1] if repeated else []
        if again:
            first, last = (again[-1], last) if self._rules.side == "before" else (first, again[-1])
        start, end = words.starts[first], words.ends[last]
        if (start, end) == (head.start, head.end):
            return FacilityMention(start, end, "alone")
        titled = not self._rules.capitals or words.text[start].isupper()
        return FacilityMention(start, end, "proper" if left.proper or right.proper else "titled" if titled else "plain")


def _is_label(words: _Words, at: int) -> bool:
    """A short number that stands alone: not the first group of 10 000."""
    grouped = at + 1 < len(words.tokens) and words.tokens[at + 1].isdigit() and _LINE not in words.gap(at, at + 1)
    return len(words.tokens[at]) <= _LONGEST_LABEL and not grouped


def _is_letter(character: str) -> bool:
    """Letters, and vowel signs of scripts in which they are characters of their own."""
    return character.isalpha() or unicodedata.category(character).startswith("M")


def _is_sentence_capital(words: _Words, at: int, walk: _Walk) -> bool:
    """`Cashless hospital`: the capital is that of the sentence, as the head has none."""
    return walk.step < 0 and words.opens_sentence(at) and words.text[words.starts[walk.head]].islower()


def _is_short_form(words: _Words, at: int) -> bool:
    """A stop behind an initial or a title: `R.`, `Dr.`, `Sf.`; not the end of a sentence."""
    if at == 0 or words.gap(at - 1, at):
        return False
    before = words.text[words.starts[at - 1] : words.ends[at - 1]]
    return len(before) <= _SHORT_FORM and before[0].isupper() and before.isalpha()


def _apart(mentions: Iterable[FacilityMention]) -> list[FacilityMention]:
    """Of mentions that overlap the longest."""
    kept: list[FacilityMention] = []
    for mention in sorted(mentions, key=lambda m: (m.start, -m.end)):
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
            continue
        kept.append(mention)
    return kept

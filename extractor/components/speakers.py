"""Who says so: the person or body beside a word of saying (`said`, `according to`), before it or behind it as the language has it."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator, Sequence

from extractor.components.quotations import quotations
from extractor.components.speaker_phrases import Phrases
from extractor.mentions import AttributionMention, DocumentMention, EntityMention, Sayer, Span, Spans, Surroundings, TermMention
from extractor.packs import LanguagePack, SpeakerRules
from extractor.page import Page
from extractor.reading import fold
from extractor.sentences import Layout, whole_sentence

_SEGMENTS = 3
"""So many, divided by commas, are looked at: `Mr. Tran Van Dung, Deputy Director, said`."""
_REACH = 240
"""Characters on one side of the cue; longer sentences are looked at only so far."""
_AWAY = 8
"""Words between a sayer and its verb: `the minister` in Lusaka yesterday `said`."""
_FAR_BEHIND = 3
"""Words between a verb and the sayer behind it."""
_OF_ADDRESS = 2
"""Words between a name and its particle: さん."""
_OPENING = 3
"""Words before the role that a segment beside a name is: `the` executive director of nursing."""
_BREAK = re.compile('[\n;；。!?！？:：“”«»„"「」『』]')
_COMMA = re.compile(r"(?<!\d)[,،、，]|[,،、，](?!\d)| [-–—] |^[-–—] ")
_QUOTED = re.compile('[”»"」』“] ?[,，]? ?$')
_DIVIDING = ',.;:،、，。；：!?！？()（）"“”«»„「」『』'
_BRACKETS = re.compile(r"[(（\[][^()（）\[\]\n]{0,120}[)）\]]")


class Speakers:
    """Finds attributions; nothing in a language whose pack has no words of saying."""

    def __init__(self, pack: LanguagePack) -> None:
        rules = pack.speakers
        self._spaced = pack.pack.spaced
        folded = {
            name: [fold(word, fold_marks=pack.pack.fold_marks) for word in getattr(rules, name)]
            for name in ("links", "joins", "ends", "papers", "closers")
        }
        self._rules = rules.model_copy(update=folded)

    def recognize(
        self,
        page: Page,
        layout: Layout,
        around: Surroundings,
        *,
        entities: Callable[[], Sequence[EntityMention]] = tuple,
    ) -> list[AttributionMention]:
        """Attributions in order; `entities` is asked for a model's names only where there is something to attribute."""
        if not any(page.by_kind.get(f"speaker_{kind}") for kind in ("said", "according", "according_after")):
            return []
        phrases = Phrases(self._rules, page, around, entities())
        return list(_Attributor(self._rules, page, layout, phrases=phrases, documents=around.documents, spaced=self._spaced).found())


class _Attributor:
    """The attributions of one page."""

    def __init__(
        self, rules: SpeakerRules, page: Page, layout: Layout, *, phrases: Phrases, documents: Sequence[DocumentMention], spaced: bool
    ) -> None:
        self._rules, self._page, self._layout, self._phrases, self._spaced = rules, page, layout, phrases, spaced
        self._closers = frozenset(rules.closers)
        self._text = page.reading.text
        self._quotations = quotations(self._text)
        self._quotation_starts = [quotation.start for quotation in self._quotations]
        self._quoted = Spans(self._quotations)
        self._ends, self._words_for_papers = frozenset(rules.ends), frozenset(rules.papers)
        self._documents = [document.start for document in documents]
        self._papers = [term.start for term in page.by_kind.get("document_type", ())]
        self._brackets = Spans(Span(match.start(), match.end()) for match in _BRACKETS.finditer(self._text))
        self._pronouns = page.by_kind.get("speaker_pronouns", [])
        self._pronoun_starts = [term.start for term in self._pronouns]

    def found(self) -> Iterator[AttributionMention]:
        kinds = self._page.by_kind
        cues: list[tuple[TermMention, Callable[[Span], AttributionMention | None]]] = [
            (term, self._according) for term in kinds.get("speaker_according", ())
        ]
        cues += [(term, self._according_after) for term in kinds.get("speaker_according_after", ())]
        cues += [(term, self._said) for term in kinds.get("speaker_said", ())]
        reach = 0
        for cue, reader in sorted(cues, key=lambda pair: (pair[0].start, -pair[0].end)):
            if cue.start < reach or self._quoted.cover(cue) or self._is_other_word(cue):
                continue
            attribution = reader(Span(cue.start, cue.end))
            if attribution is not None:
                reach = cue.end
                yield attribution

    def _is_other_word(self, cue: TermMention) -> bool:
        """Accents make another word of it: annoncé is not annonce."""
        words = self._text[cue.start : cue.end]
        return not words.isascii() and cue.entry.phrase.isascii()

    def _according(self, cue: Span) -> AttributionMention | None:
        """`according to` X: a report, a decision or a plan is nobody, yet it says so and not whoever spoke before."""
        if self._pronoun_in(cue):
            return AttributionMention(cue.start, cue.end, cue, None, back=True, verb=False)  # по её данным
        segments = self._behind(cue.end, whole_sentence(self._layout, self._text, cue.start).end)
        if not segments:
            return None
        if self._is_paper(segments[0]):
            return AttributionMention(cue.start, cue.end, cue, None, verb=False)
        if self._points_back(Span(cue.end, segments[0].end)):
            return AttributionMention(cue.start, cue.end, cue, None, back=True, verb=False)
        sayer = self._joined(segments, beside=True)
        return self._attribution(cue, sayer, verb=False) if sayer is not None or self._names_paper(segments[0]) else None

    def _according_after(self, cue: Span) -> AttributionMention | None:
        """X によると."""
        segments = self._before(cue.start, self._layout.sentence(cue.start).start)
        if not segments or self._is_paper(segments[0]):
            return AttributionMention(cue.start, cue.end, cue, None, verb=False)
        if self._points_back(segments[0]):
            return AttributionMention(cue.start, cue.end, cue, None, back=True, verb=False)
        return self._attribution(cue, self._joined(segments, beside=True), verb=False)

    def _said(self, cue: Span) -> AttributionMention | None:
        """X `said`, `said` X; someone without a name is an attribution too, as whoever spoke before does not go on."""
        sentence = self._sentence(cue)
        if self._pronoun_in(cue):
            return AttributionMention(cue.start, cue.end, cue, None, back=True)  # katanya
        if self._closers:
            return self._closed(cue, sentence)
        before = self._before(cue.start, sentence.start) if self._rules.side != "after" else []
        if before and self._is_paper(before[0]):
            return AttributionMention(cue.start, cue.end, cue, None)
        if before and _QUOTED.search(self._text, max(sentence.start - 2, 0), cue.start) is None:
            if self._points_back(before[0]):
                return AttributionMention(self._inked(before[0].start), cue.end, cue, None, back=True)
            sayer = self._joined(before, beside=True) or self._over_clause(before)
            apposed = self._text[max(0, cue.start - 2) : cue.start].rstrip()[-1:] in ",،—–-"  # `…, Dr Lawan, said`; `the fall is slow, said Dr Lawan`
            if sayer is not None and self._is_subject(sayer, before, cue, apposed=apposed):
                return self._attribution(cue, sayer)
        behind = self._behind(cue.end, sentence.end) if self._rules.side != "before" else []
        if behind and self._rules.side == "after" and self._opens_clause(cue.end):
            behind = []
        if behind:
            if self._points_back(behind[0]):
                return AttributionMention(cue.start, cue.end, cue, None, back=True)
            sayer = self._joined(behind, beside=True)
            if sayer is not None and self._words(cue.end, sayer.start) <= _FAR_BEHIND:
                return self._attribution(cue, sayer)
        back = self._rules.subject_dropped and (not behind or self._opens_clause(cue.end))
        return AttributionMention(cue.start, cue.end, cue, None, back=back)

    def _sentence(self, cue: Span) -> Span:
        """The sentence of a cue; where a quotation that it follows has several, from the first one's start."""
        sentence = whole_sentence(self._layout, self._text, cue.start)
        index = bisect_right(self._quotation_starts, sentence.start) - 1
        if index >= 0 and self._quotation_starts[index] < sentence.start < self._quotations[index].end:
            return Span(self._layout.sentence(self._quotation_starts[index]).start, sentence.end)
        return sentence

    def _closed(self, cue: Span, sentence: Span) -> AttributionMention | None:
        """X は … と述べた: the first phrase of the sentence that a closing particle ends and that is somebody."""
        page = self._page
        first = bisect_left(page.starts, max(sentence.start, cue.start - 4 * _REACH))
        for index in range(first + 1, bisect_left(page.starts, cue.start)):
            particle = Span(page.starts[index], page.ends[index])
            if page.tokens[index] not in self._closers or self._quoted.cover(particle) or not self._closes(index):
                continue
            segments = self._before(particle.start, sentence.start)
            sayer = self._joined(segments, beside=True) if segments else None
            if sayer is not None and self._words(sayer.end, particle.start) <= _OF_ADDRESS:
                return self._attribution(cue, sayer)
            if segments and self._points_back(segments[0]):
                return AttributionMention(cue.start, cue.end, cue, None, back=True)
        return AttributionMention(cue.start, cue.end, cue, None, back=self._rules.subject_dropped)

    def _closes(self, index: int) -> bool:
        """A particle closes a word: nothing stands between them, and where words are written apart a space follows."""
        page = self._page
        joined = page.ends[index - 1] == page.starts[index]
        following = self._text[page.ends[index] : page.ends[index] + 1]
        return joined and not (self._spaced and following.isalpha())

    def _joined(self, segments: Sequence[Span], *, beside: bool) -> Sayer | None:
        """The sayer of the nearest segment, completed by the next one: a name by its role, a role by its name."""
        nearest = self._phrases.read(segments[0], beside=beside)
        if nearest is None or len(segments) < 2 or (nearest.name and nearest.role):
            return nearest
        other = self._phrases.read(segments[1])
        if other is None:
            return nearest
        if nearest.role is None and other.role is not None and other.name is None and self._fills(segments[1], other.role):
            return Sayer(nearest.name, other.role)
        if nearest.name is None and other.name is not None and other.role is None and self._fills(segments[1], other.name):
            return Sayer(other.name, nearest.role)
        return nearest

    def _is_subject(self, sayer: Sayer, before: Sequence[Span], cue: Span, *, apposed: bool) -> bool:
        """Near enough to the verb; behind a comma the whole of its segment, or of the one before a relative clause."""
        if sayer.end <= before[0].start:
            return apposed
        if not apposed:
            return self._words(sayer.end, cue.start) <= _AWAY
        rest = "" if sayer.role is not None else _BRACKETS.sub("", self._text[sayer.end : before[0].end])
        return self._words(before[0].start, sayer.start) <= _OPENING and not any(map(str.isalnum, rest))

    def _over_clause(self, before: Sequence[Span]) -> Sayer | None:
        """`Dokter Maria Boma, yang bertugas di Sugapa, mengaku`: the sayer before a clause about them."""
        sayer = self._phrases.read(before[1]) if len(before) > 1 else None
        span = sayer and (sayer.name or sayer.role)
        return sayer if sayer is not None and span is not None and self._fills(before[1], Span(sayer.start, sayer.end)) else None

    def _fills(self, segment: Span, span: Span) -> bool:
        """Whether a segment holds nothing else, small words and titles apart."""
        return self._words(segment.start, span.start) <= _OPENING and self._words(span.end, segment.end) <= _OPENING

    def _before(self, end: int, floor: int) -> list[Span]:
        """Segments before an offset, the nearest first, back to the sentence's start, a colon or a quotation mark."""
        start = max(floor, end - _REACH)
        for mark in _BREAK.finditer(self._text, start, end):
            start = mark.end()
        return [segment for segment in reversed(self._cut(start, end)) if self._text[segment.start : segment.end].strip()][:_SEGMENTS]

    def _behind(self, start: int, ceiling: int) -> list[Span]:
        """Segments behind an offset, the nearest first, up to the sentence's end, a colon or a quotation mark."""
        end = min(ceiling, start + _REACH)
        mark = _BREAK.search(self._text, start, end)
        if mark is not None:
            end = mark.start()
        segments = self._cut(start, end)
        if segments and not self._text[segments[0].start : segments[0].end].strip():
            return []
        return segments[:_SEGMENTS]

    def _cut(self, start: int, end: int) -> list[Span]:
        """Segments between commas and dashes; a comma in brackets divides nothing."""
        edges = [start]
        for comma in _COMMA.finditer(self._text, start, end):
            if not self._brackets.cover(Span(comma.start(), comma.end())):
                edges += [comma.start(), comma.end()]
        edges.append(end)
        return [Span(left, right) for left, right in zip(edges[::2], edges[1::2], strict=True)]

    def _is_paper(self, segment: Span) -> bool:
        """A document is named, or a word for one opens the segment: `according to the Decision of the Prime Minister`."""
        if bisect_left(self._documents, segment.start) < bisect_left(self._documents, segment.end):
            return True
        index = bisect_left(self._papers, segment.start)
        return index < len(self._papers) and self._papers[index] < segment.end and self._words(segment.start, self._papers[index]) <= _OPENING

    def _names_paper(self, segment: Span) -> bool:
        tokens = self._page.tokens[bisect_left(self._page.starts, segment.start) : bisect_left(self._page.starts, segment.end)]
        return not self._words_for_papers.isdisjoint(tokens)

    def _pronoun_in(self, span: Span) -> bool:
        return bisect_left(self._pronoun_starts, span.start) < bisect_left(self._pronoun_starts, span.end)

    def _points_back(self, segment: Span) -> bool:
        """A pronoun is all there is, small words apart: `bà` in Theo bà, not in Theo bà Lê Thị Hoa."""
        index = bisect_right(self._pronoun_starts, segment.end) - 1
        if index < 0 or self._pronouns[index].start < segment.start:
            return False
        pronoun = self._pronouns[index]
        rest = self._text[pronoun.end : segment.end]
        named = self._rules.capitals and rest.lower() != rest
        return not named and self._words(segment.start, pronoun.start) <= _OPENING and self._words(pronoun.end, segment.end) <= _AWAY

    def _opens_clause(self, at: int) -> bool:
        """Whether the next word belongs to nobody: Añadió `que`."""
        index = bisect_left(self._page.starts, at)
        return index < len(self._page.tokens) and (self._page.tokens[index] in self._ends or not self._page.tokens[index][0].isalnum())

    def _words(self, left: int, right: int) -> int:
        return self._page.distance(left, right) if left < right else 0

    def _inked(self, at: int) -> int:
        """The first character at or behind an offset that is no white space."""
        while at < len(self._text) and self._text[at].isspace():
            at += 1
        return at

    def _attribution(self, cue: Span, sayer: Sayer | None, *, verb: bool = True) -> AttributionMention:
        """From the first of cue and sayer to the last; small words and titles before the sayer belong to it."""
        if sayer is None:
            return AttributionMention(cue.start, cue.end, cue, None, verb=verb)
        start, index = sayer.start, bisect_left(self._page.starts, sayer.start)
        while (
            index > 0
            and self._page.tokens[index - 1][0] not in _DIVIDING
            and start > cue.end - _REACH
            and self._words(self._page.starts[index - 1], sayer.start) <= _OPENING
        ):
            index -= 1
            start = self._page.starts[index]
        return AttributionMention(min(cue.start, start), max(cue.end, sayer.end), cue, sayer, verb=verb)

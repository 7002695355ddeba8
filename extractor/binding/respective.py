"""Lists told in the order of another: `doctors, nurses and beds number 310, 825 and 1,340 respectively`."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from extractor.binding.context import Context
from extractor.binding.ranker import Candidate
from extractor.mentions import DateMention, QuantityMention, Span, TermMention

Named = TypeVar("Named", bound=Span)
T = TypeVar("T", bound=Hashable)
_KEY = "respective"
_NEAR = 300
"""Characters before and behind the word in which the lists stand: a sentence may have no end."""
_APART = 4
"""Tokens between two members of a list, at most."""
_PARTED = ("semi", "stop", "line")
"""Marks of punctuation over which no list goes on."""
_BARE = ("count", "decimal")
_REACH = 8
"""Tokens between the word for respectively and the list of figures, at most."""


@dataclass
class Partner:
    """What a figure goes with by its place in the list: names and places by their words, a time by its value too."""

    name: Span | None = None
    place: Span | None = None
    period: Candidate[str | None] | None = None


NO_PARTNER = Partner()


def partners(context: Context) -> Mapping[int, Partner]:
    """Index of each figure told so → what it goes with. Found once for an article."""
    known: dict[int, Partner] | None = context.told.get(_KEY)
    if known is None:
        known = context.told[_KEY] = {}
        for cue in context.cues("respectively"):
            known.update(_told_by(context, cue))
    return known


def told_in_order(candidates: list[Candidate[T]], words: Span | None) -> list[Candidate[T]]:
    """The candidate that stands in the words that a figure goes with, the first, by its own name; all where there is none."""
    kept = [candidate for candidate in candidates if words is not None and candidate.found == (words.start, words.end)]
    return kept[:1] or candidates


def _told_by(context: Context, cue: TermMention) -> Iterator[tuple[int, Partner]]:
    sentence = context.layout.sentence(cue.start)
    sentence = Span(max(sentence.start, cue.start - _NEAR), min(sentence.end, cue.end + _NEAR))
    figures = _nearest_run(context, cue, sentence)
    if figures is None:
        return
    partners = {at: Partner() for at in figures}
    run = [context.quantities[at] for at in figures]
    span = Span(run[0].start, run[-1].end)
    names = _list_beside(context, _longest(context.indicators_between(sentence.start, sentence.end)), span, len(run))
    places = _list_beside(context, context.places_between(sentence.start, sentence.end), span, len(run))
    times = _list_beside(context, [*_each_year(context.moments_between(sentence.start, sentence.end))], span, len(run))
    nouns = [figure.noun for figure in run if figure.noun is not None]
    for index, partner in enumerate(partners.values()):
        if names is not None:
            partner.name = Span(names[index].start, names[index].end)
        elif (places is not None or times is not None) and len(nouns) == 1:
            partner.name = Span(nouns[0].start, nouns[0].end)  # 310, 325 and 340 doctors
        if places is not None:
            partner.place = Span(places[index].start, places[index].end)
        if times is not None:
            partner.period = Candidate(times[index].value, (_KEY,), (times[index].start, times[index].end))
    yield from partners.items()


def _nearest_run(context: Context, cue: Span, sentence: Span) -> Sequence[int] | None:
    """Indexes of the figures of one kind in a row that the word stands in, right before or right behind."""
    figures = range(bisect_left(context.number_starts, sentence.start), bisect_left(context.number_starts, sentence.end))
    runs: list[list[int]] = []
    for at in figures:
        last = context.quantities[runs[-1][-1]] if runs else None
        if last is not None and _goes_on(context, last, context.quantities[at], cue):
            runs[-1].append(at)
        else:
            runs.append([at])
    near = [(away, run) for run in runs if len(run) > 1 and (away := _away(context, cue, run)) <= _REACH]
    return min(near)[1] if near else None


def _goes_on(context: Context, last: QuantityMention, figure: QuantityMention, cue: Span) -> bool:
    """The word itself may stand in the list: `310, 825, respectiv 1.340`."""
    inside = 1 if last.end <= cue.start and cue.end <= figure.start else 0
    alike = last.unit_class == figure.unit_class or (figure.unit_class == "rate" and last.unit_class in _BARE)  # 28.9 and 30.3 per 1,000
    return alike and context.tokens(last.end, figure.start) <= _APART + inside


def _away(context: Context, cue: Span, run: Sequence[int]) -> int:
    first, last = context.quantities[run[0]], context.quantities[run[-1]]
    if cue.end <= first.start:
        return context.tokens(cue.end, first.start)
    return context.tokens(last.end, cue.start) if cue.start >= last.end else 0


def _list_beside(context: Context, named: Sequence[Named], figures: Span, count: int) -> Sequence[Named] | None:
    """The names in a row that are as many as the figures: those right before them, else those behind."""
    before = [span for span in named if span.end <= figures.start]
    after = [span for span in named if span.start >= figures.end]
    for row in (*[*_rows(context, before)][-1:], *[*_rows(context, after)][:1]):
        left, right = (row[-1].end, figures.start) if row[-1].end <= figures.start else (figures.end, row[0].start)
        if len(row) == count and context.marks.between(left, right) not in _PARTED:
            return row
    return None


def _rows(context: Context, named: Iterable[Named]) -> Iterator[list[Named]]:
    row: list[Named] = []
    for span in named:
        if row and not _is_listed(context, row[-1], span):
            yield row
            row = []
        row.append(span)
    if row:
        yield row


def _is_listed(context: Context, last: Span, span: Span) -> bool:
    """Whether a name goes on with the list of the one before: few words between, no other figure, and the same part of the sentence."""
    if span.start < last.end:
        return True
    near = context.tokens(last.end, span.start) <= _APART and not context.numbers_between(last.end, span.start)
    return near and context.marks.between(last.end, span.start) not in _PARTED


def _longest(mentions: Iterable[Named]) -> list[Named]:
    """One for each stretch of words: names may hold others."""
    kept: list[Named] = []
    for mention in mentions:
        if kept and mention.start < kept[-1].end:
            if mention.end - mention.start > kept[-1].end - kept[-1].start:
                kept[-1] = mention
        else:
            kept.append(mention)
    return kept


def _each_year(dates: Iterable[DateMention]) -> Iterator[DateMention]:
    """`2023 and 2024`, read as a span of two years, is each of them where figures are told of each."""
    for date in dates:
        first, _, last = date.value.partition("/")
        if first.isdigit() and last.isdigit() and int(last) == int(first) + 1:
            yield from (replace(date, value=year) for year in (first, last))
        else:
            yield date

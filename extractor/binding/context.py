"""Everything that the decisions of one article look at."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import Any, NamedTuple

from extractor.binding.ages import REPORTED, age, date_shape
from extractor.binding.area_words import AreaWords, find_area_words
from extractor.binding.indicator_mentions import IndicatorMention, indicator_mentions
from extractor.binding.marks import Marks
from extractor.binding.scope import Scopes, find_scopes
from extractor.binding.sites import Sites
from extractor.components.brackets import BracketMention
from extractor.components.currencies import home_currency
from extractor.gazetteer import enclosing
from extractor.knowledge_base import OTHER_DISEASE, Knowledge
from extractor.mentions import DateMention, DocumentMention, FacilityMention, PlaceMention, QuantityMention, Span, Spans, TermMention
from extractor.page import Page
from extractor.sentences import Layout

_TO_DATE = re.compile(r"\d{4}-01(-01)?/\d")


class _ListHeads(NamedTuple):
    """Indices of the paragraphs that introduce one of a list: the point that it stands below, and the paragraph above the list."""

    inner: int | None
    outer: int | None


@dataclass(frozen=True, slots=True)
class Heading(Span):
    """A heading, with the date and the place that it names: `Goals for 2030`, `Kon Tum`."""

    date: DateMention | None
    place: PlaceMention | None
    alone: bool = False
    """Whether it is the name of the place and nothing else, and no line of a list of such names."""


_NO_HEADING = Heading(0, 0, None, None)


@dataclass(frozen=True)
class Context:
    """The mentions of one article, with what lies between them."""

    page: Page
    layout: Layout
    knowledge: Knowledge
    quantities: Sequence[QuantityMention]
    dates: Sequence[DateMention]
    moments: Sequence[DateMention]
    """The dates, and the years that are only told from the article's own: this year, last year."""
    documents: Sequence[DocumentMention]
    places: Sequence[PlaceMention]
    facilities: Sequence[FacilityMention]
    brackets: Sequence[BracketMention]
    home: str | None
    """Country that the article's address or documents speak of."""
    published: str | None
    own_year: str | None
    """In which the article was written."""
    title_end: int
    press: str | None = None
    """The area whose paper or office the article is from: where it is likely at home."""

    @cached_property
    def tokens(self) -> Callable[[int, int], int]:
        """Number of words that begin in [left, right): the page's own answer, for it is asked for every pair of words that is weighed."""
        return self.page.distance

    @property
    def head_final(self) -> bool:
        """Whether words stand behind what they belong to in the article's language."""
        return self.page.head_final

    def between(self, left: int, right: int) -> str:
        return self.page.reading.folded[left:right] if left < right else ""

    @cached_property
    def marks(self) -> Marks:
        """The punctuation of the text."""
        return Marks.of(self.page.reading.folded)

    @cached_property
    def told(self) -> dict[Hashable, Any]:
        """What was told before: see `told.py`."""
        return {}

    @cached_property
    def indicators(self) -> list[IndicatorMention]:
        """All indicator mentions in order, combinations included; the births of `per 1,000 live births` are only divided by."""
        divisors = Spans(quantity.per for quantity in self.quantities if quantity.per is not None and quantity.per.of == "live_births")
        found = [mention for mention in indicator_mentions(self.page, self.layout, self.knowledge) if not divisors.cover(mention.term)]
        ends: dict[int, set[str]] = {}
        for mention in found:
            ends.setdefault(mention.end, set()).add(mention.indicator)
        return [mention for mention in found if not self._is_gloss(mention, ends)]

    def _is_gloss(self, mention: IndicatorMention, ends: dict[int, set[str]]) -> bool:
        """Whether a name stands in brackets without a figure, right behind another one that they explain: `the sex ratio (boys born per girl)`."""
        bracket = self.bracket_around(mention.start)
        if bracket is None or self.numbers_between(bracket.start, bracket.end):
            return False
        explained = ends.get(bracket.start, set()) | ends.get(bracket.start - 1, set())
        return bool(explained) and mention.indicator not in explained

    @cached_property
    def indicator_counts(self) -> Counter[str]:
        """How often the article names each indicator."""
        return Counter(mention.indicator for mention in self.indicators)

    @cached_property
    def topic(self) -> tuple[str, int] | None:
        """The indicator that the article names most, and how much of all it names, in quarters."""
        counts = self.indicator_counts
        most = max(counts, key=lambda indicator: counts[indicator], default=None)
        return (most, round(4 * counts[most] / sum(counts.values()))) if most is not None else None

    @cached_property
    def indicator_starts(self) -> list[int]:
        return [mention.start for mention in self.indicators]

    @cached_property
    def number_starts(self) -> list[int]:
        return [quantity.number.start for quantity in self.quantities]

    def indicators_between(self, left: int, right: int) -> Sequence[IndicatorMention]:
        """Indicator mentions that begin in [left, right)."""
        return self.indicators[bisect_left(self.indicator_starts, left) : bisect_left(self.indicator_starts, right)]

    @cached_property
    def quantity_starts(self) -> list[int]:
        return [quantity.start for quantity in self.quantities]

    def owner(self, span: Span) -> QuantityMention | None:
        """The quantity whose words hold a span."""
        index = bisect_right(self.quantity_starts, span.start) - 1
        quantity = self.quantities[index] if index >= 0 else None
        return quantity if quantity is not None and span.end <= quantity.end else None

    def terms_between(self, kind: str, left: int, right: int) -> Sequence[TermMention]:
        """Terms of a kind that begin in [left, right)."""
        terms = self.page.by_kind.get(kind, [])
        starts = self._term_starts.get(kind)
        if starts is None:
            starts = self._term_starts[kind] = [term.start for term in terms]
        return terms[bisect_left(starts, left) : bisect_left(starts, right)] if starts else ()

    @cached_property
    def _term_starts(self) -> dict[str, list[int]]:
        return {}

    def numbers_between(self, left: int, right: int) -> int:
        """How many quantities' numbers begin in [left, right)."""
        return bisect_left(self.number_starts, right) - bisect_left(self.number_starts, left)

    def cues(self, value: str) -> list[TermMention]:
        """Cues of one class, in order."""
        return self._cues.get(value, [])

    @cached_property
    def _cues(self) -> dict[str, list[TermMention]]:
        cues: dict[str, list[TermMention]] = defaultdict(list)
        for term in self.page.by_kind.get("cue", ()):
            if term.value not in _MOVES or not self._is_of_age(term):
                cues[term.value].append(term)
        return dict(cues)

    def _is_of_age(self, cue: TermMention) -> bool:
        """A word of a fall that belongs to an age: 21 enfants `de moins` de 5 ans."""
        index = bisect_right(self._bracket_starts, cue.start) - 1
        return index >= 0 and self.brackets[index].age is not None and cue.end <= self.brackets[index].end

    @cached_property
    def _cue_starts(self) -> dict[str, list[int]]:
        return {value: [term.start for term in terms] for value, terms in self._cues.items()}

    def cues_between(self, value: str, left: int, right: int) -> list[TermMention]:
        """Cues of a class that begin in [left, right)."""
        starts = self._cue_starts.get(value, [])
        return self._cues.get(value, [])[bisect_left(starts, left) : bisect_left(starts, right)]

    def cue_before(self, value: str, at: int, floor: int) -> TermMention | None:
        """The nearest cue of a class that ends at or before an offset, not before `floor`."""
        terms = self._cues.get(value)
        if not terms:
            return None
        index = bisect_left(self._cue_starts[value], at) - 1
        while index >= 0 and terms[index].start >= floor:
            if terms[index].end <= at:
                return terms[index]
            index -= 1
        return None

    def cue_after(self, value: str, at: int, ceiling: int) -> TermMention | None:
        """The nearest cue of a class that begins at or after an offset, before `ceiling`."""
        terms = self._cues.get(value)
        if not terms:
            return None
        index = bisect_left(self._cue_starts[value], at)
        return terms[index] if index < len(terms) and terms[index].start < ceiling else None

    @cached_property
    def province(self) -> str | None:
        """The subdivision that the article is mostly about; mentions in title and lead weigh more."""
        return _heaviest({p: w for p, w in self._place_weights.items() if "-" in p})

    @cached_property
    def country(self) -> str | None:
        """The country that the article is mostly about; its own, unnamed, where it compares itself with neighbours."""
        lands = Counter(place.code.partition("-")[0] for place in self.places)
        if self.home and self.home not in lands and len(lands) > 1 and len(set(lands.values())) == 1:
            return self.home
        weights: dict[str, float] = defaultdict(float)
        for code, weight in self._place_weights.items():
            weights[code.partition("-")[0]] += weight
        for code in dict.fromkeys(place.code.partition("-")[0] for place in self.datelines):
            weights[code] += _DATELINE_COUNTRY_WEIGHT
        if self.home is not None and self.home in lands:
            weights[self.home] += _HOME_WEIGHT
        return _heaviest(weights) or self.home

    @cached_property
    def focus(self) -> str:
        """How much of the article is about its main subdivision: title, most, some, list, none, or dateline where only that names it."""
        if self.province is None:
            return "none"
        if any(place.code == self.province and place.end <= self.title_end for place in self.places):
            return "title"
        subdivisions = [place.code for place in self.places if "-" in place.code and not self.is_dateline(place)]
        if self.province not in subdivisions:
            return "dateline"
        share = subdivisions.count(self.province) / len(subdivisions)
        first = subdivisions[0] == self.province
        named = len(set(subdivisions))
        return f"{'first' if first else 'later'}:{'only' if named == 1 else 'most' if share >= _MOST else 'some' if named <= _FEW else 'list'}"

    @cached_property
    def named(self) -> Counter[str]:
        """How often the article names each place, datelines aside."""
        return Counter(place.code for place in self.places if not self.is_dateline(place))

    @cached_property
    def _place_weights(self) -> dict[str, float]:
        weights: dict[str, float] = defaultdict(float)
        for index, place in enumerate(self.places):
            if self.is_dateline(place):
                weights[place.code] += _DATELINE_WEIGHT
            else:
                weights[place.code] += 1 + (3 if place.end <= self.title_end else 0) + (1.5 if index == 0 else 0)
        if self.press is not None:
            weights[self.press] += _DATELINE_WEIGHT
        for code, weight in [*weights.items()]:
            around = enclosing(code) if "-" in code else None
            if around is not None and around in weights:  # news of Calabria names Cosenza and Crotone
                weights[around] += _PART_WEIGHT * weight
        return dict(weights)

    @cached_property
    def datelines(self) -> list[PlaceMention]:
        """Places that open a line and only say where it was written: `АСТАНА. 22 июля`, `Kupang -`; not headings (`NAM DINH: A YELLOW BOOK`)."""
        folded = self.page.reading.folded
        heads = Spans(self.headings)
        opened = (place for place in self.places if (place.start > self.title_end or not self.title_end) and not heads.cover(place))
        found = [place for place in opened if _LINE_OPENS.search(folded, max(0, place.start - 6), place.start) and _DATELINE.match(folded, place.end)]
        found = [place for place in found if not self._is_spelt_again(place)]
        return found if len({place.code for place in found}) < _ROUND_UP else []

    def _is_spelt_again(self, place: PlaceMention) -> bool:
        """Whether a bracket behind a name holds it in its own script: 껀터(Cần Thơ)시는 opens a sentence."""
        again = next(iter(self.places_between(place.end, place.end + _SPELT_AGAIN)), None)
        return again is not None and again.code == place.code and self.between(place.end, again.start).strip() in ("(", "（")

    def is_dateline(self, place: PlaceMention) -> bool:
        return place in self._dateline_set

    @cached_property
    def _dateline_set(self) -> frozenset[PlaceMention]:
        return frozenset(self.datelines)

    def dateline_before(self, at: int) -> PlaceMention | None:
        """The last dateline above an offset."""
        index = bisect_left(self._dateline_starts, at) - 1
        return self.datelines[index] if index >= 0 else None

    @cached_property
    def _dateline_starts(self) -> list[int]:
        return [place.start for place in self.datelines]

    @cached_property
    def usual_year(self) -> str | None:
        """The year the article mostly speaks of, ranges of years left out."""
        counts = Counter(
            d.value[:4]
            for d in self.dates
            if d.value[:4].isdigit() and (len(d.value) in (7, 10) or (d.role != "document" and d.value[5:9] in ("", d.value[:4])))
        )
        if self.published:
            counts[self.published[:4]] += 1
        return max(counts, key=lambda year: (counts[year], year), default=None) if counts else None

    @cached_property
    def year_share(self) -> str:
        """How much the usual year prevails among the years that the article names."""
        years = [date.value[:4] for date in self.dates if date.value[:4].isdigit()]
        if not years or self.usual_year is None:
            return "none"
        share = years.count(self.usual_year) / len(years)
        return "all" if share == 1 else "most" if share >= _MOST else "some"

    @cached_property
    def own_date(self) -> str | None:
        """The day on which the article was written, as well as it tells: its publication, else its first event of that year; else the year."""
        if self.published and len(self.published) == _DAY:
            return self.published
        events = (date.value for date in self.dates if date.role == "event" and self.own_year is not None and date.value.startswith(self.own_year))
        return next((event for event in events if len(event) == _DAY), self.own_year)

    @cached_property
    def frames(self) -> list[DateMention]:
        """Dates that say of which time the text reports: not those of events, deadlines, documents, plans and comparisons."""
        return [
            moment
            for moment in self.moments
            if moment.role in ("period", "relative")
            and moment.rule != "survey"
            and moment.value[:4].isdigit()
            and not self.is_aside(moment)
            and not self.is_planned(moment)
            and age(moment.value, self.own_date) in (*REPORTED, "within:midway", "within:late")
            and date_shape(moment.value) != "years"
            and not (moment.role == "relative" and moment.value == self.own_year)
        ]

    @cached_property
    def terms(self) -> list[DateMention]:
        """Spans of several years that are no document's: the term 2020-2025."""
        return [moment for moment in self.moments if _YEARS.match(moment.value) and date_shape(moment.value) == "years" and moment.role != "document"]

    @cached_property
    def term_starts(self) -> list[int]:
        return [term.start for term in self.terms]

    def span_to_date(self, year: str, at: int) -> DateMention | None:
        """The span from January of a year that is nearest to an offset: of a report of its first nine months these nine months."""
        spans = self._spans_to_date.get(year, [])
        behind = bisect_left(spans, at, key=attrgetter("start"))
        return min(spans[max(0, behind - 1) : behind + 1], key=lambda span: abs(span.start - at), default=None)

    @cached_property
    def _spans_to_date(self) -> dict[str, list[DateMention]]:
        spans: dict[str, list[DateMention]] = defaultdict(list)
        for moment in self.moments:
            if _TO_DATE.match(moment.value):
                spans[moment.value[:4]].append(moment)
        return dict(spans)

    def is_aside(self, moment: DateMention) -> bool:
        """Whether a date is only one compared with: behind a word of comparison, or in a bracket with a figure (`(2023: 17,9%)`)."""
        return moment.start in self._asides

    @cached_property
    def baselines(self) -> frozenset[str]:
        """Dates that are named as ones compared with, and in no other way."""
        named = {moment.value for moment in self.moments if not self.is_aside(moment)}
        return frozenset(moment.value for moment in self.moments if moment.value not in named)

    @cached_property
    def _asides(self) -> frozenset[int]:
        return frozenset(moment.start for moment in self.moments if self._compares(moment) or self._is_bracketed(moment))

    def _compares(self, moment: DateMention) -> bool:
        behind = self.cue_after("compared_after", moment.end, moment.end + _COMPARED)
        if (behind is not None and self.tokens(moment.end, behind.start) <= 1) or self.is_of_same_period(moment):
            return True
        if self.head_final:
            return False
        cues = self.cues_between("compared", moment.start - _COMPARED, moment.start)[-1:]  # it may run on into the date: `so với năm` 2024
        return any(not self.numbers_between(cue.end, moment.start) and self._share_sentence(cue, moment) for cue in cues)

    def _share_sentence(self, one: Span, other: Span) -> bool:
        return self.layout.sentence_index(one.start) == self.layout.sentence_index(other.start)

    def is_planned(self, moment: DateMention) -> bool:
        """Whether a date is that of a plan: `66% of the plan for 2025`, `the 2025 target`."""
        return moment.start in self._planned

    @cached_property
    def _planned(self) -> frozenset[int]:
        return frozenset(moment.start for moment in self.moments if self._names_a_plan(moment))

    def _names_a_plan(self, moment: DateMention) -> bool:
        for name in ("attainment", "target_label"):
            cue = self.cue_before(name, moment.end, moment.start - _PLAN_BEFORE)  # it may run on into the date: `kế hoạch năm` 2025
            near = cue is not None and cue.start < moment.start and self.tokens(cue.end, moment.start) <= _PLAN_REACH
            if cue is not None and near and not self.numbers_between(cue.end, moment.start):
                return True
            cue = self.cue_after(name, moment.end, moment.end + _PLAN_BEHIND)
            if cue is not None and self.tokens(moment.end, cue.start) == 0:
                return True
        return False

    def is_as_of(self, moment: DateMention) -> bool:
        """Whether a date is one at which something stood so: `as of 31 December`, `12月31日現在`."""
        before = self.cues_between("as_of", moment.start - _PLAN_BEHIND, moment.start)[-1:]  # it may run on into the date: `hingga akhir` Juni
        if any(self.tokens(cue.end, moment.start) <= 1 for cue in before):
            return True
        behind = self.cue_after("as_of_after", moment.end, moment.end + _PLAN_BEHIND)
        return behind is not None and self.tokens(moment.end, behind.start) == 0

    def is_of_same_period(self, moment: DateMention) -> bool:
        """Whether words such as `same period` stand right before or behind a date: `same period of 2024`, `2013年同期`."""
        before = self.cue_before("year_before", moment.start + 1, moment.start - _SAME_PERIOD)
        if before is not None and self._share_sentence(before, moment) and self.tokens(before.end, moment.start) <= _JOINED:
            return True
        behind = self.cue_after("year_before", moment.end, moment.end + _SAME_PERIOD)
        return behind is not None and self.tokens(moment.end, behind.start) <= 1

    def _is_bracketed(self, moment: DateMention) -> bool:
        bracket = self.bracket_around(moment.start)
        return bracket is not None and self.numbers_between(moment.end, bracket.end) == 1

    def bracket_around(self, at: int) -> Span | None:
        """The innermost pair of brackets of one line that holds an offset."""
        index = bisect_right(self._bracketed_starts, at) - 1
        return self._bracketed[index] if index >= 0 and at < self._bracketed[index].end else None

    @cached_property
    def _bracketed(self) -> list[Span]:
        return [Span(match.start(), match.end()) for match in _BRACKETED.finditer(self.page.reading.folded)]

    @cached_property
    def _bracketed_starts(self) -> list[int]:
        return [span.start for span in self._bracketed]

    def frame_before(self, at: int) -> DateMention | None:
        """The last date above an offset that says of which time the text reports."""
        index = bisect_left(self._frame_starts, at) - 1
        return self.frames[index] if index >= 0 else None

    @cached_property
    def _frame_starts(self) -> list[int]:
        return [frame.start for frame in self.frames]

    @cached_property
    def headings(self) -> list[Heading]:
        """Short lines without figures or full stop, title excepted."""
        folded = self.page.reading.folded
        headings: list[Heading] = []
        for span in self._paragraph_spans:
            line = folded[span.start : span.end].rstrip()
            if span.start <= self.title_end or not 0 < len(line) <= _HEADING or line[-1] in _STOPS or self.numbers_between(span.start, span.end):
                continue
            if _POINT.match(line) and not self._is_name_alone(span.start, span.start + len(line)):
                continue
            dates = [date for date in self.moments_between(span.start, span.end) if date.role != "document"]
            places = self.places_between(span.start, span.end)
            alone = self._is_name_alone(span.start, span.start + len(line))
            listed = bool(headings) and headings[-1].place is not None and headings[-1].end >= span.start - 1
            headings.append(Heading(span.start, span.end, dates[-1] if dates else None, places[-1] if places else None, alone and not listed))
        return headings

    def _is_name_alone(self, left: int, right: int) -> bool:
        """Whether nothing but a place stands on a line, behind its sign: `● Nagano prefecture`."""
        places = self.places_between(left, right)
        return len(places) == 1 and self.tokens(left, right) - self.tokens(places[0].start, places[0].end) <= _SIGN_AND_TYPE

    @cached_property
    def _heading_ends(self) -> list[int]:
        return [heading.end for heading in self.headings]

    def heading_before(self, at: int) -> Heading:
        """The last heading above an offset; an empty one where there is none."""
        index = bisect_right(self._heading_ends, at) - 1
        return self.headings[index] if index >= 0 else _NO_HEADING

    @cached_property
    def currency(self) -> str | None:
        """The money that the article counts in, else that of its country."""
        units = Counter(q.unit for q in self.quantities if len(q.unit) == _CURRENCY and q.unit.isupper())
        return max(units, key=lambda unit: units[unit]) if units else home_currency(self.country)

    @cached_property
    def topic_disease(self) -> str | None:
        """The disease that the article is mostly about."""
        counts = Counter(term.value for term in self.page.by_kind.get("disease", ()))
        return max(counts, key=lambda disease: counts[disease], default=None) if counts else None

    @cached_property
    def topic_share(self) -> float:
        """How much of the diseases that the article names is its main one, from 0 to 1."""
        named = [term.value for term in self.page.by_kind.get("disease", ())]
        return named.count(self.topic_disease or "") / len(named) if named else 0.0

    @cached_property
    def topic_opens(self) -> str:
        """Whether the main disease is the first that is named, before the first figure, and how much of the named diseases with an id it is."""
        named = [term for term in self.page.by_kind.get("disease", ()) if term.value != OTHER_DISEASE]
        if not named or named[0].value != self.topic_disease:
            return "no"
        first = self.number_starts[0] if self.number_starts else 0
        alone = len({term.value for term in named}) == 1
        return f"{'opens' if named[0].start < first else 'first'}:{'alone' if alone else 'others'}"

    @cached_property
    def topic_in_title(self) -> bool:
        """Whether the title names the main disease."""
        return any(term.value == self.topic_disease and term.end <= self.title_end for term in self.page.by_kind.get("disease", ()))

    def dates_between(self, left: int, right: int) -> Sequence[DateMention]:
        starts = self._date_starts
        return self.dates[bisect_left(starts, left) : bisect_left(starts, right)]

    def moments_between(self, left: int, right: int) -> Sequence[DateMention]:
        """Dates and relative years that begin in [left, right)."""
        starts = self._moment_starts
        return self.moments[bisect_left(starts, left) : bisect_left(starts, right)]

    @cached_property
    def _moment_starts(self) -> list[int]:
        return [moment.start for moment in self.moments]

    def figures_beside(self, at: int) -> int:
        """How many quantities share the sentence of an offset."""
        return self._figures_of_sentences[self.layout.sentence_index(at)]

    @cached_property
    def _figures_of_sentences(self) -> list[int]:
        return [self.numbers_between(sentence.start, sentence.end) for sentence in self.layout.sentences]

    def list_head(self, at: int) -> Span | None:
        """The paragraph that introduces the list which an offset stands in: the last one above without a bullet."""
        head = self._list_heads[self.layout.paragraph(at)].outer
        return self._paragraph_spans[head] if head is not None else None

    def list_heads(self, at: int) -> list[Span]:
        """What introduces an offset's points, nearest first: the point with another bullet and a colon, and the paragraph above the whole list."""
        heads = self._list_heads[self.layout.paragraph(at)]
        return [self._paragraph_spans[head] for head in heads if head is not None]

    @cached_property
    def _paragraph_spans(self) -> list[Span]:
        starts = [0, *self.layout.paragraphs]
        return [Span(start, end) for start, end in zip(starts, [*starts[1:], len(self.page.reading.folded)], strict=True)]

    @cached_property
    def _list_heads(self) -> list[_ListHeads]:
        heads: list[_ListHeads] = []
        last: int | None = None
        point: tuple[int, str] | None = None
        for number, span in enumerate(self._paragraph_spans):
            bullet = _BULLET.match(self.page.reading.folded, span.start, span.end)
            if bullet is None:
                last, point = number, None
                heads.append(_ListHeads(None, None))
                continue
            sign = _COUNTED.sub("1", bullet.group().strip())
            if point is not None and sign != point[1]:  # `* Dengue:` above `- 53 cases`, `- no deaths`
                heads.append(_ListHeads(point[0], last))
                continue
            heads.append(_ListHeads(None, last))
            point = (number, sign) if self.page.reading.folded[span.start : span.end].rstrip().endswith((":", "：")) else None
        return heads

    def places_between(self, left: int, right: int) -> Sequence[PlaceMention]:
        starts = self._place_starts
        return self.places[bisect_left(starts, left) : bisect_left(starts, right)]

    @cached_property
    def sites(self) -> Sites:
        """Where the article speaks of hospitals and other bodies."""
        names = Spans(facility for facility in self.facilities if facility.named)
        areas = len(self.page.by_kind.get("area", ())) + sum(not names.cover(place) for place in self.places)
        return Sites(self.facilities, self.title_end, self.layout.sentence(self.title_end + 1).end, areas)

    @cached_property
    def scopes(self) -> Scopes:
        """Where words speak of the whole nation or of a province: area words, bodies, names of places; not the titles of documents."""
        areas = [word for word in self.area_words.words if not word.aside]
        return find_scopes(areas, self.page.by_kind.get("issuer", ()), self.places, self.documents, self.quantities, self.country)

    @cached_property
    def area_words(self) -> AreaWords:
        """Words for the nation or a province, and whose they are."""
        terms = [term for term in self.page.by_kind.get("area", ()) if not self._cuts_place(term)]
        return find_area_words(terms, self.quantities, self.tokens, self.marks, self.bracket_around, self.cues("benchmark"))

    def _cuts_place(self, word: TermMention) -> bool:
        """Whether a word for the nation ends amid a place's name: `el País` in `el País Vasco`."""
        place = next(iter(self.places_between(word.start, word.end)), None)
        return place is not None and word.value == "nation" and place.end > word.end

    @cached_property
    def opening_scope(self) -> str:
        """What title and lead speak of."""
        lead = self.layout.sentence(self.title_end + 1)
        return f"{self.scopes.between(0, self.title_end)}:{self.scopes.between(self.title_end, lead.end)}"

    @cached_property
    def has_nation_figures(self) -> bool:
        """Whether a count is larger than any that a province has."""
        return any(q.unit == "1" and q.noun is not None and q.value >= _NATION_COUNT for q in self.quantities)

    def document_between(self, left: int, right: int) -> DocumentMention | None:
        """The last document named that begins between two offsets."""
        index = bisect_left(self._document_starts, right) - 1
        document = self.documents[index] if index >= 0 else None
        return document if document is not None and document.start >= left else None

    def paragraph_above(self, at: int) -> Span | None:
        """The paragraph above the one that holds an offset."""
        number = self.layout.paragraph(at)
        return self._paragraph_spans[number - 1] if number else None

    def document_level(self, at: int) -> str:
        """nation, province or none: who issued the document that was named last before an offset."""
        index = bisect_left(self._document_starts, at) - 1
        if index < 0:
            return "none"
        issuer = self.documents[index].issuer
        return "province" if issuer is not None and issuer.startswith("provincial") else "nation"

    @cached_property
    def _document_starts(self) -> list[int]:
        return [document.start for document in self.documents]

    def brackets_between(self, left: int, right: int) -> Sequence[BracketMention]:
        starts = self._bracket_starts
        return self.brackets[bisect_left(starts, left) : bisect_left(starts, right)]

    @cached_property
    def _bracket_starts(self) -> list[int]:
        return [bracket.start for bracket in self.brackets]

    @cached_property
    def _date_starts(self) -> list[int]:
        return [date.start for date in self.dates]

    @cached_property
    def _place_starts(self) -> list[int]:
        return [place.start for place in self.places]

    def paragraph_start(self, at: int) -> int:
        """Start of the paragraph that holds an offset; of a very long one, a point some sentences back."""
        index = bisect_right(self.layout.paragraphs, at) - 1
        start = self.layout.paragraphs[index] if index >= 0 else 0
        return max(start, at - _PARAGRAPH_REACH)

    def window(self, quantity: QuantityMention) -> Span:
        """The sentence of a quantity; of a very long one, what stands near, so that time stays linear."""
        window = self._windows.get(quantity.start)
        if window is None:
            sentence = self.layout.sentence(quantity.number.start)
            window = Span(max(sentence.start, quantity.start - _SENTENCE_REACH), min(sentence.end, quantity.end + _SENTENCE_REACH))
            self._windows[quantity.start] = window
        return window

    @cached_property
    def _windows(self) -> dict[int, Span]:
        return {}


_MOVES = ("increase", "decrease", "change_by")
_BULLET = re.compile(
    r"\s*(?:[-–—•*·▪●○►✓+※■□◆◇▶]|[(（]?\d{1,2}[.)）、](?!\d)|[a-z][.)]|[①-⑳]"
    r"|第?[一二三四五六七八九十]{1,3}(?:是|に?[,:、])|[(（][一二三四五六七八九十]{1,3}[)）])"
)
"""What opens a point of a list: 第一, 一是 and (二) as well as 一、."""
_COUNTED = re.compile(r"[^\W_]+")
"""What counts the points of a list, which is another for each: 1., 2., a), 一、."""
_SIGN_AND_TYPE = 2
"""Tokens beside a place's name on a line of its own, at most: its sign, and words such as `province of`."""
_POINT = re.compile(r"\s*[-–—•*·▪●○►✓+※] ?\w")
"""A point of a list: no heading."""
_YEARS = re.compile(r"\d{4}[\d-]*/\d{4}")
_BRACKETED = re.compile(r"[(（\[][^()（）\[\]\n]{1,200}[)）\]]")
_NATION_COUNT = 15_000_000
_LINE_OPENS = re.compile(r"(?:^|\n)[^\w\n]{0,3}$")
_DATELINE = re.compile(r"(?:, ?[^\n,.–—-]{2,14}\.?)? ?(?:[–—:.=/]|-(?= )|\(|, ?(?:ngày )?\d)")
_DATELINE_WEIGHT = 0.4
_DATELINE_COUNTRY_WEIGHT = 1.2
"""What a dateline counts besides for its country: `VADUZ –` more than Switzerland named once, to compare with."""
_HOME_WEIGHT = 1.0
"""What it counts for a country that it is the article's own, by its address or as the one named most."""
_PART_WEIGHT = 0.5
"""What a mention of a part counts for the area around it, where that is named too."""
_SPELT_AGAIN = 3
"""Characters behind a name within which it begins once more."""
_ROUND_UP = 3
"""So many places that open lines are no datelines: they head the parts of a round-up (`UNGHENI. …`)."""
_DAY = len("2024-02-27")
_COMPARED = 40
"""A word of comparison so many characters before a date makes it the one compared with."""
_PLAN_BEFORE, _PLAN_BEHIND, _PLAN_REACH = 60, 30, 2
"""Characters before and behind a date in which it is told that it is the year of a plan, and tokens between."""
_SAME_PERIOD, _JOINED = 16, 2
"""Characters and tokens between `same period` and the date that it is of."""
_HEADING = 90
"""Characters that a heading has at most."""
_STOPS = ".!?。！？؟;；"
_CURRENCY = len("VND")
_MOST, _FEW = 0.6, 3
_SENTENCE_REACH = 600
_PARAGRAPH_REACH = 3_000
"""Characters; longer sentences and paragraphs are looked at only so far."""


def _heaviest(weights: dict[str, float] | Counter[str]) -> str | None:
    return max(weights, key=lambda code: weights[code], default=None) if weights else None

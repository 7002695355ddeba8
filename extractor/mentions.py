"""What the recognisers find, before it has a meaning: spans of the reading with resolved values.

All offsets are into `Reading.text`, end exclusive.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Span:
    """Half-open interval of the reading."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Spans:
    """A set of spans that can be asked what touches another span, in logarithmic time."""

    def __init__(self, spans: Iterable[Span]) -> None:
        ordered = sorted((span.start, span.end) for span in spans)
        self._starts = [start for start, _ in ordered]
        self._furthest = list(accumulate((end for _, end in ordered), max))

    def cover(self, span: Span) -> bool:
        """Whether one of the spans begins at or before this one and ends at or behind it."""
        index = bisect_right(self._starts, span.start) - 1
        return index >= 0 and self._furthest[index] >= span.end

    def touch(self, span: Span) -> bool:
        """Whether any of the spans overlaps this one."""
        index = bisect_left(self._starts, span.end) - 1
        return index >= 0 and self._furthest[index] > span.start


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a lexicon: what a phrase says."""

    kind: str
    """indicator, concept, disease, counted, unit, currency, per, cue, number, scale, place …"""
    value: str
    phrase: str


@dataclass(frozen=True, slots=True)
class TermMention(Span):
    """A phrase of the lexicon in the text."""

    entry: Entry

    @property
    def kind(self) -> str:
        return self.entry.kind

    @property
    def value(self) -> str:
        return self.entry.value


@dataclass(frozen=True, slots=True)
class NumberMention(Span):
    """A number in digits or words, scale words included."""

    value: Decimal
    digits: bool
    """Written in digits, at least in part."""
    one: bool = False
    """The word one or an article: a number only in `one in five`."""
    bare: bool = False
    """Written in word form that needs a counted noun after it to be a number."""
    scaled: bool = False
    """Holds a scale word: 170 million."""
    scale: Decimal | None = None
    """What its scale words make of its one figure: 10000 in 25万; None in 1万2000."""
    certain: bool = True
    """False where a separator could be read in two ways."""
    high: Decimal | None = None
    """The upper of two figures named side by side: 800 in 七八百."""


@dataclass(frozen=True, slots=True)
class DateMention(Span):
    """An expression of calendar time; `value` is EDTF."""

    value: str
    role: str
    rule: str
    """The template that found it."""
    whole_year: bool = False
    """The year was not in the text but taken from elsewhere."""
    weekday: int | None = None
    """Of a day: the day of the week that the text names beside it, Monday 0."""


@dataclass(frozen=True, slots=True)
class DocumentMention(Span):
    """A legal or policy document."""

    number: str | None
    type: str
    issuer: str | None
    jurisdiction: str | None
    date: str | None
    rule: str


@dataclass(frozen=True, slots=True)
class PlaceMention(Span):
    """A place with its ISO 3166 code."""

    code: str
    rule: str


@dataclass(frozen=True, slots=True)
class FacilityMention(Span):
    """The name of a hospital or another body, or a word that points back to one."""

    rank: str
    """How it is named: `proper` (Hospital C Da Nang), by its kind alone as a title (Provincial General Hospital) or in `plain` words
    (the provincial hospital), or not: a head `alone` (the hospital)."""
    name: Span | None = None
    """Where the article has the fullest name of the same facility; None for a head alone."""

    @property
    def named(self) -> bool:
        """Has words that tell which one."""
        return self.rank != "alone"


@dataclass(frozen=True, slots=True)
class Sayer:
    """A person or body that says something: by name, by role alone (`the minister`), or both."""

    name: Span | None
    role: Span | None

    @property
    def start(self) -> int:
        return min(span.start for span in (self.name, self.role) if span is not None)

    @property
    def end(self) -> int:
        return max(span.end for span in (self.name, self.role) if span is not None)


@dataclass(frozen=True, slots=True)
class AttributionMention(Span):
    """Words that say who says so, from the first of the sayer and the cue to the last of them."""

    cue: Span
    sayer: Sayer | None
    """None where nobody is named: a report, a patient, or one who was named before."""
    back: bool = False
    """Points back to the last sayer: `she said`, `added that`."""
    verb: bool = True
    """A word of saying; else one like `according to`."""


@dataclass(frozen=True, slots=True)
class EntityMention(Span):
    """A name that a model for named entities found."""

    person: bool
    """Else it is a body's."""


@dataclass(frozen=True, slots=True)
class PerMention(Span):
    """A denominator: `per 10,000 inhabitants`; or a frequency's period: `a year`."""

    count: float
    of: str
    side: str = ""
    """Where what it divides must be: `ahead` of it (45 hours `a week`), `behind` it (`每周`三次), right `beside` it
    (500 euros `mensuales`), `behind_if_any` where a figure stands right there (`인구 1만 명당` 12명); empty: on either side."""
    named: bool = True
    """Whether the text names what it divides by; a bare ‰ or `/10万` does not."""


_TIME_UNITS = frozenset(("a", "mo", "wk", "d", "h", "min"))


@dataclass(frozen=True)
class QuantityMention(Span):
    """A number with everything that belongs to its shape."""

    number: Span
    value: Decimal
    value_max: Decimal | None = None
    out_of: Decimal | None = None
    unit: str = "1"
    per: PerMention | None = None
    comparator: str = "="
    points: bool = False
    """Percentage points, or points of a rate: always a change."""
    multiple: bool = False
    """n times, doubled."""
    negative: bool = False
    """Written with a minus sign: always a change."""
    certain: bool = True
    noun: TermMention | None = None
    """The counted noun right beside the number."""
    rules: tuple[str, ...] = field(default=())

    @cached_property
    def unit_class(self) -> str:
        """count, percent, rate, money, time, physical: what kind of figure it is. Told once: all decisions ask for it."""
        if self.multiple:
            return "multiple"
        if self.points:
            return "points"
        if self.unit == "%":
            return "percent"
        if self.unit in _TIME_UNITS:
            return "time"
        if self.unit == "1":
            if self.out_of is not None:
                return "fraction"
            if self.per is not None:
                return "rate"
            return "decimal" if self.value != int(self.value) else "count"
        return "money" if len(self.unit) == 3 and self.unit.isupper() else "physical"


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the other recognisers found on a page."""

    places: Sequence[PlaceMention]
    dates: Sequence[DateMention]
    documents: Sequence[DocumentMention]
    facilities: Sequence[FacilityMention]
    quantities: Sequence[QuantityMention]

"""What a quantity is divided by: `per 10,000 inhabitants`, `人口10万人あたり`, `a year`."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.components.shape import BREAK, NOUNS, STOP, Shape
from extractor.knowledge_base import load_knowledge
from extractor.mentions import NumberMention, PerMention, QuantityMention, Span, TermMention

_MANY = 100
_COUNTED_SINGLY = frozenset(("hospital_bed", "doctor", "facility", "health_station", "commune", "visit", "day", "week", "month", "year", "hour"))
"""Nothing is divided by a hundred of these."""
PERIODS = frozenset(("day", "week", "month", "year", "hour"))
_PER_COUNTS = frozenset(Decimal(10) ** n for n in range(1, 7))
_SHARED = frozenset(
    (
        "doctors", "nurses", "midwives", "pharmacists", "health_workers", "village_health_workers", "hospitals", "hospital_beds",
        "clinics", "pharmacies", "health_facilities", "health_stations", "facility", "establishment", "worker", "machine", "vehicle", "case", "cases",
    )
)  # fmt: skip
"""Indicators and classes of things that so many people share."""
_TEN = 10
_THING_REACH = 4
"""Tokens of what a denominator divides, at most."""
_ONE_REACH = 3
"""Tokens between a denominator and the word one behind it, at most."""
_PER_AFTER, _PER_BEFORE = 4, 12
"""Tokens between a quantity and its denominator, at most."""
_PER_DISTANCE = 40
"""Characters between a denominator and the number behind it, at most."""


def denominators(shape: Shape, numbers: Sequence[NumberMention], each: frozenset[str]) -> Iterator[PerMention]:
    """`per 10,000 inhabitants`, `/100 000 habitants`, `人口10万人あたり`, `a year`."""
    by_start = {number.start: number for number in numbers}
    ends_at = {number.end: number for number in numbers}
    for term in shape.page.of_kind("shared_by"):
        shared = _shared_thing(shape, term, ends_at)
        per = _denominator_after(shape, term, by_start, each) if shared is not None and shared.value == 1 else None
        if per is not None:
            yield per
    for term in shape.page.of_kind("per_before"):
        per = _denominator_after(shape, term, by_start, each)
        if per is not None and (_is_round(per.count) or _is_ratio(shape, per, by_start, ends_at)):
            yield per
    for term in shape.page.of_kind("per_after"):
        per = _denominator_before(shape, term, ends_at)
        if per is not None:
            yield per
    for term in shape.page.of_kind("times_a"):
        noun = shape.after(term.end, "per_noun")
        link = shape.before(term.start, "frequency", "multiple", "currency", "unit", *NOUNS)
        if noun is not None and link is not None and noun.value in ("day", "week", "month", "year", "hour"):
            yield PerMention(term.start, noun.end, 1, noun.value)


def _denominator_after(shape: Shape, term: TermMention, by_start: dict[int, NumberMention], each: frozenset[str]) -> PerMention | None:
    """A denominator behind its preposition; without a number only behind a word for each, or a slash."""
    folded = shape.page.reading.folded
    if any(opener.kind == "range_open" and opener.start < term.start for opener in shape.ends.get(term.end, ())):
        return None
    at = shape.next_word(term.end)
    number = by_start.get(at)
    if number is not None and folded[term.start : term.end] == "/" and folded[term.start - 1].isdigit() and number.value < _MANY:
        return None  # 4/10 communes
    count, end = (number.value, number.end) if number else _scales_after(shape, term.end)
    classifier = shape.after(end, "classifier")
    reach = 3 if number is not None else 1
    noun = _per_noun(shape, end, reach) or (classifier and _per_noun(shape, classifier.end, reach))
    if count == 1 and folded[term.start : term.end] not in each:
        return None
    if noun is not None and count >= _MANY and noun.value in _COUNTED_SINGLY:
        return None
    if noun is None:
        if any(part.kind == "out_of" and part.end == term.end for part in shape.begins[term.start]) and count <= _MANY:
            return None  # 47 bambini su 100
        if count in _PER_COUNTS and count >= _MANY:
            return PerMention(term.start, end, float(count), "population")
        return None
    return PerMention(term.start, noun.end, float(count), _divided(count, noun.value))


def _scales_after(shape: Shape, at: int) -> tuple[Decimal, int]:
    """What scale words without a number before them make, and where they end: per `hundred thousand`, trên `một trăm nghìn`."""
    count, end = Decimal(1), at
    one = shape.after(at, "one")
    word = shape.after(one.end if one else at, "scale", "multiplier")
    while word is not None:
        count, end = count * Decimal(word.value), word.end
        word = shape.after(end, "scale", "multiplier")
    return count, end


def _is_round(count: float) -> bool:
    """Ten or less, or a power of ten: what rates are given for."""
    return count <= _TEN or count in _PER_COUNTS


def _is_ratio(shape: Shape, per: PerMention, by_start: dict[int, NumberMention], ends_at: dict[int, NumberMention]) -> bool:
    """`one doctor per 12,000 people`, `auf 12.000 Einwohner kommt ein Arzt`: few things, right beside those who share them."""
    shared = _shared_thing(shape, per, ends_at)
    if shared is not None:
        return shared.value == 1 or (per.of == "population" and shared.value < _MANY)
    for start in shape.tokens_after(per.end, _ONE_REACH + 1):
        one = by_start.get(start)
        if one is not None:
            return one.value == 1 and shape.after(one.end, "classifier", *NOUNS) is not None
    return False


def _shared_thing(shape: Shape, per: Span, ends_at: dict[int, NumberMention]) -> NumberMention | None:
    """The number of what stands right before a denominator: `5 doctors` per 12,000 people, `แพทย์ 1 คน` ต่อ, `طبيب واحد` لكل."""
    limit = shape.word_end(per.start)
    last = bisect_left(shape.page.starts, per.start)
    for index in range(last - 1, max(last - 1 - _THING_REACH, -1), -1):
        number = ends_at.get(shape.page.ends[index])
        if number is not None:
            return number if _thing_reaches(shape, number, limit) else None
    return None


def _thing_reaches(shape: Shape, number: NumberMention, limit: int) -> bool:
    """Whether a number's noun or classifier goes on to an offset; or the number alone does, its noun before it."""
    classifier = shape.after(number.end, "classifier")
    end = classifier.end if classifier else number.end
    if end == limit:
        noun = shape.before(number.start, *NOUNS)
        return _is_shared(number, noun) if noun is not None else classifier is not None and not number.one
    noun = shape.after(end, *NOUNS)
    return noun is not None and noun.end >= limit and _is_shared(number, noun)


def _is_shared(number: NumberMention, noun: TermMention) -> bool:
    """The word one is often an article: `a doctor for 12,000 people` is a ratio, `a campaign for 12,000 people` is none."""
    return not number.one or noun.value in _SHARED


def divided_ones(shape: Shape, numbers: Sequence[NumberMention], pers: Sequence[PerMention]) -> set[int]:
    """Where the words one are that are quantities, since they are shared: `un médecin` pour 12 000 habitants."""
    starts = {per.start: per for per in pers if per.count > 1}
    ends = sorted(per.end for per in pers if not _is_round(per.count))
    return {number.start for number in numbers if number.one and _is_divided(shape, number, starts, ends)}


def _is_divided(shape: Shape, one: NumberMention, starts: dict[int, PerMention], ends: Sequence[int]) -> bool:
    for start in (one.end, *shape.tokens_after(one.end, _THING_REACH)):
        per = starts.get(shape.next_word(start))
        if per is not None and _thing_reaches(shape, one, shape.word_end(per.start)):
            return True
    index = bisect_right(ends, one.start) - 1
    near = index >= 0 and shape.tokens_between(ends[index], one.start) <= _ONE_REACH
    return near and shape.after(one.end, "classifier", *NOUNS) is not None


def _divided(count: Decimal, noun: str) -> str:
    """Of ten thousand persons it is the population that is meant, of one the person."""
    return "population" if noun == "person" and count >= _MANY else noun


def _per_noun(shape: Shape, at: int, reach: int) -> TermMention | None:
    """The noun of a denominator, a word or two after an offset at most: `10.000 de locuitori`."""
    for index, start in enumerate(shape.tokens_after(at, reach)):
        nouns = [t for t in shape.begins.get(start, ()) if t.kind == "per_noun"]
        if nouns:
            return max(nouns, key=lambda t: t.end)
        if index and len(shape.page.tokens[bisect_left(shape.page.starts, start)]) > 4:
            return None
    return None


def _denominator_before(shape: Shape, term: TermMention, ends_at: dict[int, NumberMention]) -> PerMention | None:
    at = term.start
    noun = shape.before(at, "per_noun")
    if noun is not None:
        at = noun.start
    else:
        classifier = shape.before(at, "classifier")
        at = classifier.start if classifier else at
    number = ends_at.get(shape.word_end(at))
    if number is None:
        return PerMention(noun.start, term.end, 1, noun.value) if noun else None
    population = shape.before(number.start, "per_noun")
    of = _divided(number.value, population.value if population else noun.value if noun else "population")
    return PerMention(population.start if population else number.start, term.end, float(number.value), of)


def is_undivided(quantity: QuantityMention) -> bool:
    """`2 targets set for doctors per 10,000 people`: the denominator is that of the doctors."""
    noun = quantity.noun
    traits = load_knowledge().indicators.traits.get(noun.value) if noun is not None and noun.kind == "indicator" else None
    return traits is not None and traits.undivided


class Denominators:
    """The denominators of a text, to be given to the quantities that they divide."""

    def __init__(self, pers: Sequence[PerMention]) -> None:
        self._pers = sorted(pers, key=lambda per: per.start)
        self._starts = [per.start for per in self._pers]

    def attach(self, shape: Shape, quantity: QuantityMention) -> QuantityMention:
        """The denominator that follows the quantity in the same phrase, or stands before it."""
        if quantity.per is not None or quantity.unit == "%" or is_undivided(quantity):
            return quantity
        index = bisect_left(self._starts, quantity.number.end)
        after = self._pers[index] if index < len(self._pers) else None
        if after is not None and self._follows(shape, quantity, after):
            return replace(quantity, per=after, end=max(quantity.end, after.end))
        before = self._pers[index - 1] if index else None
        if before is not None and self._precedes(shape, quantity, before):
            return replace(quantity, per=before)
        return quantity

    def _follows(self, shape: Shape, quantity: QuantityMention, per: PerMention) -> bool:
        distance = shape.tokens_between(quantity.end, per.start) if per.start > quantity.end else 0
        reach = _PER_AFTER if per.count > 1 else 1
        if distance > reach or not shape.unbroken(quantity.number.end, per.start, STOP):
            return False
        # a yearly total is no rate: 170 million a year; but 12 sessions a year, Rs 1,000 a month
        return per.of != "year" or quantity.unit != "1" or quantity.value < _MANY

    def _precedes(self, shape: Shape, quantity: QuantityMention, per: PerMention) -> bool:
        """`doctors/10,000 people: 12.5` where the quantity has no noun of its own; `per 10,000 people 33 beds`."""
        if per.count == 1 and per.of in PERIODS:
            return False
        near = per.end <= quantity.start and shape.tokens_between(per.end, quantity.start) <= _PER_BEFORE
        if not near or not shape.unbroken(per.end, quantity.start, BREAK):
            return False
        heads = [term for term in shape.ends.get(shape.word_end(per.start), ()) if term.kind in ("indicator", "concept")]
        if not heads:
            return quantity.number.start - per.end <= _PER_DISTANCE
        own = quantity.noun is None or quantity.noun.kind != "indicator" or any(head.value == quantity.noun.value for head in heads)
        return own and quantity.number.start - per.end <= _PER_DISTANCE

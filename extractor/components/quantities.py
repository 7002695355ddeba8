"""Numbers with all that belongs to their shape: unit, range, fraction, denominator, comparator.

What a quantity counts, where and when is not decided here but in `binding`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.components.carried import carry_units
from extractor.components.currencies import currency_of
from extractor.components.denominators import PERIODS, Denominators, denominators, divided_ones
from extractor.components.shape import BREAK, NOUNS, STOP, Shape
from extractor.mentions import NumberMention, PerMention, QuantityMention, Span, Spans, TermMention
from extractor.packs import NumberRules
from extractor.page import Page

_LIST_NUMBER = re.compile(r"[ \t]*[(]?\d{1,2}[.)](?!\d)")
_CLOCK = re.compile(
    r"(?<![\d.,])(?:[01]?\d|2[0-3])(?::| ?h ?)[0-5]\d(?!\d)|\b24/7\b|\b(?:gmt|utc) ?[+-] ?\d{1,2}(?!\d)|[0-2]?\d ?[時时点點] ?[0-5]?\d ?分"
)
_PHONE = re.compile(
    r"(?:\+\d{1,3}[ .-]?|\(0\d{1,3}\)[ .-]?|\b0[ .-]?)\d{1,4}(?:[ .・·‑-]?\d{2,4}){2,5}(?!\d)"
    r"|\b(?:1800|1900|1500)[ .-]?\d{3,4}(?:[ .-]?\d{2,4})?\b"
    r"|\b80\d(?:[ .-]\d{2,4}){2,3}(?!\d)|\b\d{2,4}-\d{3,4}-\d{3,4}\b|☎ ?\d[\d ・·-]*"
)
_YEAR_AT_END = re.compile(r"(?<!\d)(?:19|20)\d\d$")
_BEFORE_CALLED = 4
"""Spaces, colons and dashes between the word to call and the number, at most."""
_LONGEST_STREET = 45
"""Characters from a street's first word to the number of the house, at most."""
_WORD = re.compile(r"[^\W\d_]+")
_NO_STREET = re.compile(r"[\n;!?…\d]|[^\W\d_]{3}\. ")
"""Between a street's first word and its house there is no other number and no end of a line or sentence."""
_THREE_DECIMALS = re.compile(r"\d[.,]\d{3}$")
_CHANGE_REACH = 8
_ONE_REACH = 5
"""Tokens between the word one and `out of`, at most."""
_OUT_OF_REACH = 4
"""Tokens between a part and `out of`, at most."""


class Quantities:
    """Builds quantities of one language."""

    def __init__(self, rules: NumberRules, *, spaced: bool, each: Iterable[str] = ()) -> None:
        """`each` are the folded words before a denominator without a number: per, each, every."""
        self._rules = rules
        self._each = frozenset(("/", *each))
        self._spaced = spaced
        self._ambiguous = frozenset(word.lower() for word in rules.ambiguous_words)
        self._reach = 3 if spaced else 6

    def recognize(
        self, page: Page, numbers: Sequence[NumberMention], taken: Sequence[Span], *, country: str | None = None
    ) -> tuple[list[QuantityMention], list[PerMention]]:
        """Quantities in order; `taken` are spans whose digits mean something else (dates, documents, brackets).

        `country` is the one whose money a bare `$` or `pesos` is.
        """
        shape = Shape.of(page)
        names = [*taken, *_names(page)]
        named = Spans([*names, *_words_for_numbers(page, numbers)])
        free = [n for n in numbers if not named.touch(n) and not self._is_name(shape, n)]
        free = list(_once_for_twice(page.reading.folded, free))
        pers = list(denominators(shape, free, self._each))
        divided = Spans(pers)
        free = [n for n in free if not divided.touch(n)]
        shared = divided_ones(shape, free, pers)
        quantities = [self._with_unit(shape, n, country) for n in free if not n.one or n.start in shared]
        quantities = [q for q in quantities if self._is_meant(shape, q)]
        ones = {n.end: n for n in free if n.one}
        quantities = list(self._joined(shape, quantities, ones))
        quantities += self._word_quantities(shape, quantities, names)
        taken_by = Spans(quantities)
        quantities += [once for once in self._once(shape) if not taken_by.touch(once)]
        quantities = carry_units(shape, sorted(quantities, key=lambda q: q.start))
        divisors = Denominators(pers)
        attached = (divisors.attach(shape, self._with_comparator(shape, q)) for q in quantities)
        return [_counted_whole(shape, quantity) for quantity in attached], pers

    def _is_name(self, shape: Shape, number: NumberMention) -> bool:
        """An ordinal, an article, a level: `3rd`, `No. 3`, `article 12`, `第3`, `in der 28. Woche`."""
        folded = shape.page.reading.folded
        if folded[number.end : number.end + 2] == ". " and number.digits and shape.before(number.start, "ordinal_dot_after"):
            return True
        label = shape.before(number.start, "labels", "ordinal_before")
        if label and not number.scaled and not _is_within_noun(shape, label):
            return True
        if _is_to_call(shape, number) or _is_house(shape, number):
            return True
        after = shape.begins.get(number.end, ())
        if any(term.kind in ("ordinal_after", "label_suffixes") for term in after):
            return not self._counts_anyway(shape, number)
        suffix = shape.after(number.end, "label_suffixes")
        return suffix is not None and folded[number.end : suffix.start] == " "

    def _counts_anyway(self, shape: Shape, number: NumberMention) -> bool:
        """A unit, classifier or scale that is longer than the ordinal mark wins over it."""
        mark = max(t.end for t in shape.begins[number.end] if t.kind in ("ordinal_after", "label_suffixes"))
        return any(t.end > mark and t.kind in ("classifier", "unit", "currency", "scale", *NOUNS) for t in shape.begins[number.end])

    def _with_unit(self, shape: Shape, number: NumberMention, country: str | None) -> QuantityMention:
        quantity = QuantityMention(number.start, number.end, number, number.value, certain=number.certain, negative=number.value < 0)
        for ends in dict.fromkeys((number.end, self._linked(shape, number.end))):
            if quantity.unit == "1" and quantity.per is None:
                quantity = self._percent(shape, replace(quantity, end=ends))
            if quantity.unit == "1":
                quantity = _currency(shape, quantity, country)
            if quantity.unit == "1":
                quantity = _physical_unit(shape, quantity)
        if quantity.unit == "1" and quantity.per is None:
            quantity = replace(quantity, end=number.end)
        whole = shape.after(number.end, "fraction_ordinal")
        if quantity.unit == "1" and whole is not None and number.value < Decimal(whole.value):
            return self._with_noun(shape, replace(quantity, end=whole.end, out_of=Decimal(whole.value)))
        multiple = shape.after(quantity.end, "times")
        if quantity.unit == "1" and multiple is not None and not self._is_frequency(shape, multiple):
            quantity = replace(quantity, end=multiple.end, multiple=True)
        return self._with_noun(shape, quantity)

    def _linked(self, shape: Shape, at: int) -> int:
        """The end of a linking word right after a number, with its apostrophe: 24 `de` ore, 230 millions `d'`euros."""
        link = shape.after(at, "links")
        if link is None:
            return at
        return link.end + (shape.page.reading.folded[link.end : link.end + 1] == "'")

    def _percent(self, shape: Shape, quantity: QuantityMention) -> QuantityMention:
        folded, end = shape.page.reading.folded, quantity.end
        at = end + (folded[end : end + 1] == " ")
        points = shape.after(end, "points")
        if points is not None:
            return replace(quantity, end=points.end, unit="%", points=True)
        if folded[at : at + 1] in ("%", "٪"):
            points = shape.after(at + 1, "points")
            return replace(quantity, end=points.end if points else at + 1, unit="%", points=points is not None)
        if folded[at : at + 1] == "‰":
            return replace(quantity, end=at + 1, per=PerMention(at, at + 1, 1000, "population"))
        word = shape.after(end, "percent")
        if word is not None:
            return replace(quantity, end=word.end, unit="%")
        word = shape.before(quantity.start, "percent_before")
        if word is not None:
            return replace(quantity, start=word.start, unit="%")
        word = shape.after(end, "permille")
        return quantity if word is None else replace(quantity, end=word.end, per=PerMention(word.start, word.end, 1000, "population"))

    def _is_frequency(self, shape: Shape, times: TermMention) -> bool:
        """`2 lần/năm`: a period follows the word for times."""
        if shape.after(times.start, "frequency") is None:
            return False
        link = shape.after(times.end, "times_a", "per_before")
        noun = shape.after(link.end, "per_noun") if link else shape.after(times.end, "per_noun")
        return noun is not None and noun.value in ("day", "week", "month", "year")

    def _with_noun(self, shape: Shape, quantity: QuantityMention) -> QuantityMention:
        """The counted noun beside the number, a few words between at most: `99 % of the health facilities`."""
        at = quantity.end
        for index, start in enumerate(shape.tokens_after(at, self._reach + 1)):
            nouns = [t for t in shape.begins.get(start, ()) if t.kind in NOUNS]
            if nouns:
                noun = max(nouns, key=lambda t: (t.end, t.kind == "indicator"))
                return replace(quantity, end=max(quantity.end, noun.end), noun=noun)
            if shape.page.reading.folded[start].isdigit() or index >= self._reach:
                break
        return quantity

    def _is_meant(self, shape: Shape, quantity: QuantityMention) -> bool:
        """Number words that mean something else too count only before what they count."""
        number = quantity.number
        if not isinstance(number, NumberMention) or not number.bare:
            return True
        folded = shape.page.reading.folded
        word = folded[number.start : number.end]
        if shape.ends.get(number.end) and any(t.kind == "dual" for t in shape.ends[number.end]):
            return True
        if not self._rules.words_need_classifier and word not in self._ambiguous:
            return True
        if quantity.unit != "1" or quantity.multiple:
            return True
        return shape.after(number.end, "classifier", "unit", "currency", "frequency", "out_of", "range_words", *NOUNS) is not None

    def _joined(self, shape: Shape, quantities: list[QuantityMention], ones: dict[int, NumberMention]) -> Iterator[QuantityMention]:
        """Pairs of numbers that are one quantity: ranges and fractions."""
        at = 0
        while at < len(quantities):
            first = quantities[at]
            second = quantities[at + 1] if at + 1 < len(quantities) else None
            joined = self._pair(shape, first, second) if second else None
            if joined is not None:
                yield joined
                at += 2
                continue
            yield self._one_in(shape, first, ones) or first
            at += 1

    def _pair(self, shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
        return (
            _restated(shape, first, second)
            or self._parts_of(shape, first, second)
            or self._fraction(shape, first, second)
            or self._range(shape, first, second)
            or self._whole_then_part(shape, first, second)
        )

    def _fraction(self, shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
        """`41/43 targets`, `41 of 43`, `41 targets out of 43`."""
        if first.unit != "1" or second.unit != "1" or first.value > second.value:
            return None
        folded = shape.page.reading.folded
        gap = folded[first.number.end : second.number.start]
        if gap.strip() == "/":
            return replace(second, start=first.start, number=Span(first.number.start, second.number.end), value=first.value, out_of=second.value)
        for left in {first.number.end, first.end}:
            word = shape.after(left, "out_of")
            if word is not None and shape.next_word(word.end) == second.number.start:
                return _part_of(first, second)
        return _part_of(first, second) if self._whole_after_words(shape, first, second) else None

    def _whole_after_words(self, shape: Shape, first: QuantityMention, second: QuantityMention) -> bool:
        """`3 lots of tenders out of 11`: a word that means nothing but `out of` before the whole, a few words behind the part."""
        before = shape.word_end(second.number.start)
        words = [t for t in shape.ends.get(before, ()) if t.kind == "out_of_apart"]
        if not words or not isinstance(first.number, NumberMention) or first.number.scaled:
            return False
        word = min(words, key=lambda t: t.start)
        near = shape.tokens_between(first.number.end, word.start) <= _OUT_OF_REACH
        return near and shape.unbroken(first.number.end, word.start, STOP)

    def _parts_of(self, shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
        """`5分の2`: two fifths, the whole first."""
        word = next((t for t in shape.begins.get(first.number.end, ()) if t.kind == "fraction_whole_first"), None)
        if word is None or shape.next_word(word.end) != second.number.start:
            return None
        number = Span(first.number.start, second.number.end)
        return replace(second, start=first.start, number=number, out_of=first.value, unit="1")

    def _whole_then_part(self, shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
        """`43項目のうち41項目`: the whole first, the part after."""
        if first.unit != "1" or second.unit != "1" or second.value > first.value:
            return None
        for left in {first.number.end, first.end}:
            word = shape.after(left, "out_of_reversed")
            if word is not None and shape.next_word(word.end) == second.number.start:
                noun = second.noun or first.noun
                return replace(second, start=first.start, number=Span(first.number.start, second.number.end), out_of=first.value, noun=noun)
        return None

    def _range(self, shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
        """`35-45`, `from 35 to 45 %`, `between 5 and 10`; a fall or rise from one to the other is two facts."""
        if second.unit == "1" and first.start < first.number.start and first.end == first.number.end:
            second = replace(second, unit=first.unit)  # $6-9: the sign before the first is of both
        if second.unit != first.unit and first.unit != "1":
            return None
        folded = shape.page.reading.folded
        low, high = first.value, second.value
        first_end = first.end if first.unit != "1" else first.number.end
        gap = folded[first_end : second.start if second.unit != "1" and first.unit == second.unit else second.number.start]
        dash = gap.strip() in ("-", "~", "～")
        if dash and high < 0:
            high = -high
        word = shape.after(first_end, "range_words")
        closes = word is not None and shape.next_word(word.end) in (second.start, second.number.start)
        between = shape.after(first_end, "range_and")
        if not closes and between is not None and shape.next_word(between.end) in (second.start, second.number.start):
            closes = shape.before(first.start, "range_between_open") is not None
        if not (dash or closes):
            return None
        if isinstance(first.number, NumberMention) and isinstance(second.number, NumberMention) and second.number.scaled and not first.number.scaled:
            low = low * _scale_of(second.value, high)
        if low >= high or (not dash and self._is_change(shape, first)):
            return None
        opened = shape.before(first.start, "range_open", "range_between_open")
        start = opened.start if opened else first.start
        return replace(
            second, start=start, number=Span(first.number.start, second.number.end), value=low, value_max=high, points=first.points or second.points
        )

    def _is_change(self, shape: Shape, first: QuantityMention) -> bool:
        """`rose from 35 to 45`: a cue of rise or fall shortly before `from`."""
        opened = shape.before(first.start, "range_open")
        if opened is None:
            return False
        if any(t.kind == "cue" and t.value == "change_from" and t.start < opened.start for t in shape.ends.get(opened.end, ())):
            return True  # passant de 8 % à 17,5 %
        return any(
            shape.tokens_between(cue.end, opened.start) <= _CHANGE_REACH and not BREAK.search(shape.page.reading.folded, cue.end, opened.start)
            for cue in shape.moves_before(opened.start)
        )

    def _one_in(self, shape: Shape, quantity: QuantityMention, ones: dict[int, NumberMention]) -> QuantityMention | None:
        """`one in five`, `un enfant sur trois`: the word one, a few words back, and an `out of` word before the number."""
        page = shape.page
        for word in shape.ends.get(shape.word_end(quantity.number.start), ()):
            if word.kind not in ("out_of", "out_of_apart"):
                continue
            index = bisect_left(page.starts, word.start)
            for back in range(1, (_ONE_REACH if word.kind == "out_of_apart" else 1) + 1):
                if index < back or STOP.match(page.tokens[index - back]):
                    break
                one = ones.get(page.ends[index - back])
                if one is not None:
                    number = Span(one.start, quantity.number.end)
                    return replace(quantity, start=one.start, number=number, value=Decimal(1), out_of=quantity.value)
        return None

    def _once(self, shape: Shape) -> Iterator[QuantityMention]:
        """`once a year`: one in a word, given because a period follows."""
        for term in shape.page.of_kind("once"):
            link = shape.after(term.end, "times_a", "per_before")
            noun = shape.after(link.end, "per_noun") if link else shape.after(term.end, "per_noun")
            if noun is not None and noun.value in PERIODS:
                yield QuantityMention(term.start, noun.end, term, Decimal(1), per=PerMention(term.end, noun.end, 1, noun.value))

    def _word_quantities(self, shape: Shape, quantities: Sequence[QuantityMention], names: Sequence[Span]) -> list[QuantityMention]:
        """Fractions and multiples that are one word: half, doubled, two thirds."""
        taken = Spans([*quantities, *names])
        found = []
        for term in shape.page.of_kind("fraction", "multiple"):
            if taken.touch(term):
                continue
            if term.kind == "multiple":
                quantity = QuantityMention(term.start, term.end, term, Decimal(term.value), multiple=True)
            else:
                part, whole = term.value.split()
                quantity = QuantityMention(term.start, term.end, term, Decimal(part), out_of=Decimal(whole))
                quantity = self._with_noun(shape, quantity)
            found.append(quantity)
        return found

    def _with_comparator(self, shape: Shape, quantity: QuantityMention) -> QuantityMention:
        before = shape.before(quantity.start, "comparator_before") or shape.before(quantity.number.start, "comparator_before")
        if before is None and self._spaced:
            before = self._comparator_nearby(shape, quantity)
        if before is not None and not (_in_figures(quantity) and before.value == ">"):  # met and exceeded 41 of 43
            return (
                quantity if _compares(shape, before) or _says_target_was_met(shape, before, quantity) else replace(quantity, comparator=before.value)
            )
        for at in (quantity.number.end, quantity.end):
            after = shape.after(at, "comparator_after")
            if after is not None:
                return replace(quantity, comparator=after.value, end=max(quantity.end, after.end) if at == quantity.end else quantity.end)
        unit = shape.after(quantity.number.end, "classifier", "unit", "percent")
        after = shape.after(unit.end, "comparator_after") if unit else None
        return replace(quantity, comparator=after.value) if after is not None else quantity

    def _comparator_nearby(self, shape: Shape, quantity: QuantityMention) -> TermMention | None:
        """One short word between comparator and number, with its apostrophe: `more than the 30`, `almeno l'80 %`."""
        page = shape.page
        index = bisect_left(page.starts, quantity.start) - 1
        if index >= 0 and page.tokens[index] == "'":
            index -= 1
        if index < 1 or len(page.tokens[index]) > 4 or not page.tokens[index].isalpha():
            return None
        return shape.before(page.starts[index], "comparator_before")


def _counted_whole(shape: Shape, quantity: QuantityMention) -> QuantityMention:
    """Things are counted in whole numbers: `196,400 records` is no 196.4, whatever the comma means elsewhere."""
    number = quantity.number
    if quantity.unit != "1" or quantity.per is not None or quantity.multiple or not isinstance(number, NumberMention) or number.scaled:
        return quantity
    if quantity.noun is None and shape.after(number.end, "classifier") is None:
        return quantity
    grouped = _THREE_DECIMALS.search(shape.page.reading.folded, number.start, number.end)
    if grouped is None or quantity.value == int(quantity.value):
        return quantity
    return replace(quantity, value=quantity.value * 1000)


def _once_for_twice(folded: str, numbers: Sequence[NumberMention]) -> Iterator[NumberMention]:
    """Numbers in order, one that is given in digits and in words as one: `twenty (20)` hospitals, `20 (twenty)`."""
    last: NumberMention | None = None
    for number in numbers:
        if last is not None and last.value == number.value and last.digits != number.digits and _in_brackets(folded, last, number):
            last = replace(last, end=number.end + 1, digits=True, bare=False, one=False)
            continue
        if last is not None:
            yield last
        last = number
    if last is not None:
        yield last


def _in_brackets(folded: str, first: Span, second: Span) -> bool:
    """Whether the second span alone stands in brackets right behind the first."""
    return folded[first.end : second.start].strip() == "(" and folded.startswith(")", second.end)


def _restated(shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
    """`45 % (forty-five per cent)`: the same again in words, with its unit."""
    same = (first.value, first.unit) == (second.value, second.unit) and first.unit != "1"
    return replace(first, end=second.end + 1) if same and _in_brackets(shape.page.reading.folded, first, second) else None


def _part_of(first: QuantityMention, second: QuantityMention) -> QuantityMention:
    number = Span(first.number.start, second.number.end)
    return replace(second, start=first.start, number=number, value=first.value, out_of=second.value, noun=second.noun or first.noun)


def _compares(shape: Shape, comparator: TermMention) -> bool:
    """`22 percent more than the 124 million`: the word compares two figures, and bounds neither. A year before it is no figure."""
    if comparator.value not in (">", "<"):  # at least, at most, about
        return False
    folded = shape.page.reading.folded
    before = shape.word_end(comparator.start)
    if folded[before - 1 : before] in ("%", "٪"):
        return True
    if folded[before - 1 : before].isdigit():
        return _YEAR_AT_END.search(folded[max(0, before - 5) : before]) is None
    return any(term.kind in ("percent", "points", "times", "currency") for term in shape.ends.get(before, ()))


def _says_target_was_met(shape: Shape, comparator: TermMention, quantity: QuantityMention) -> bool:
    """`exceeded 6 targets`: it is the targets that were exceeded, not their number."""
    if quantity.noun is None or quantity.noun.value != "targets":
        return False
    return any(term.kind == "concept" and term.value == "exceeded" and term.overlaps(comparator) for term in shape.ends.get(comparator.end, ()))


def _in_figures(quantity: QuantityMention) -> bool:
    """A fraction that is no single word: 41/43."""
    return quantity.out_of is not None and not isinstance(quantity.number, TermMention)


def _scale_of(scaled: Decimal, _: Decimal) -> Decimal:
    """The scale that `2-3 million` lends its first number."""
    scale = Decimal(1)
    while abs(scaled / (scale * 1000)) >= 1:
        scale *= 1000
    return scale


def _currency(shape: Shape, quantity: QuantityMention, country: str | None) -> QuantityMention:
    sign = shape.before(quantity.start, "currency")
    name = shape.after(quantity.end, "currency")
    folded = shape.page.reading.folded
    if name is not None and sign is not None and folded[quantity.end : name.start] == "-" and folded[name.end : name.end + 1].isdigit():
        name = None  # $6-$9: the second sign is of the second number
    if name is not None:
        code = currency_of(name, country)
        return replace(quantity, end=name.end, unit=code, start=sign.start if sign and currency_of(sign, country) == code else quantity.start)
    if sign is not None and "\n" not in folded[sign.end : quantity.start] and not folded[max(0, sign.start - 1) : sign.start].isalpha():
        return replace(quantity, start=sign.start, unit=currency_of(sign, country))
    return quantity


def _physical_unit(shape: Shape, quantity: QuantityMention) -> QuantityMention:
    unit = shape.after(quantity.end, "unit")
    if unit is None:
        return quantity
    longer = [t for t in shape.begins[unit.start] if t.kind in NOUNS and t.end > unit.end]
    return quantity if longer else replace(quantity, end=unit.end, unit=unit.value)


def _is_within_noun(shape: Shape, label: TermMention) -> bool:
    """A label that ends a longer word for what is counted is none: `rawat jalan` 500, not `jalan` 500."""
    return any(term.kind in NOUNS and term.start < label.start for term in shape.ends.get(label.end, ()))


def _is_to_call(shape: Shape, number: NumberMention) -> bool:
    """A short number for the telephone: `call 115`, `hotline: 1022`; nothing that is counted."""
    folded = shape.page.reading.folded
    at = number.start
    while at and number.start - at < _BEFORE_CALLED and folded[at - 1] in " :：–—-":
        at -= 1
    return shape.before(at, "contacts") is not None and _is_bare(shape, number)


def _is_house(shape: Shape, number: NumberMention) -> bool:
    """The number of a house: a street, its name in capitals, the number, as `str. Grigore Vieru 46`."""
    street = shape.street_before(number.start)
    if street is None or number.start - street > _LONGEST_STREET or not _is_bare(shape, number):
        return False
    name = shape.page.reading.text[street : number.start]
    words = _WORD.findall(name)
    return bool(words) and words[0][0].isupper() and words[-1][0].isupper() and _NO_STREET.search(name) is None


def _is_bare(shape: Shape, number: NumberMention) -> bool:
    """Digits with nothing behind them that they count or measure."""
    digits = shape.page.reading.folded[number.start : number.end]
    return digits.isdigit() and shape.after(number.end, "classifier", "unit", "currency", "scale", "percent", *NOUNS) is None


def _names(page: Page) -> Iterator[Span]:
    """Digits that are no quantity in any language: list numbers, clock times, telephone numbers."""
    folded = page.reading.folded
    at = 0
    while at != -1 and at < len(folded):
        start = at + (folded[at] == "\n")
        match = _LIST_NUMBER.match(folded, start)
        if match:
            yield Span(match.start(), match.end())
        at = folded.find("\n", at + 1)
    for pattern in (_CLOCK, _PHONE):
        yield from (Span(match.start(), match.end()) for match in pattern.finditer(folded))


def _words_for_numbers(page: Page, numbers: Sequence[NumberMention]) -> Iterator[TermMention]:
    """Fractions and multiples that are one word, without those that a number goes on from: `half` a million, `hơn nửa` tỷ."""
    starts = [number.start for number in numbers]
    for term in page.of_kind("fraction", "multiple"):
        index = bisect_left(starts, term.end) - 1
        number = numbers[index] if index >= 0 else None
        if number is None or not number.overlaps(term) or number.end < term.end or (number.end == term.end and number.start >= term.start):
            yield term

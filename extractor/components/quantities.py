"""Numbers with all that belongs to their shape: unit, range, fraction, denominator, comparator.

What a quantity counts, where and when is not decided here but in `binding`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property

from extractor.components.currencies import currency_of
from extractor.mentions import NumberMention, PerMention, QuantityMention, Span, Spans, TermMention
from extractor.packs import NumberRules
from extractor.page import Page

_NOUNS = ("indicator", "concept", "disease", "counted")
_MANY = 100
_COUNTED_SINGLY = frozenset(("hospital_bed", "doctor", "facility", "health_station", "commune", "visit", "day", "week", "month", "year", "hour"))
"""Nothing is divided by a hundred of these."""
_PERIODS = frozenset(("day", "week", "month", "year", "hour"))
_PER_COUNTS = frozenset(Decimal(10) ** n for n in range(1, 7))
_LIST_NUMBER = re.compile(r"[ \t]*[(]?\d{1,2}[.)](?!\d)")
_CLOCK = re.compile(
    r"(?<![\d.,])(?:[01]?\d|2[0-3])(?::| ?h ?)[0-5]\d(?!\d)|\b24/7\b|\b(?:gmt|utc) ?[+-] ?\d{1,2}(?!\d)|[0-2]?\d ?[時时点點] ?[0-5]?\d ?分"
)
_PHONE = re.compile(
    r"(?:\+\d{1,3}[ .-]?|\(0\d{1,3}\)[ .-]?|\b0[ .-]?)\d{1,4}(?:[ .・·‑-]?\d{2,4}){2,5}(?!\d)"
    r"|\b(?:1800|1900|1500)[ .-]?\d{3,4}(?:[ .-]?\d{2,4})?\b"
    r"|\b80\d(?:[ .-]\d{2,4}){2,3}(?!\d)|\b\d{2,4}-\d{3,4}-\d{3,4}\b|☎ ?\d[\d ・·-]*"
)
_THREE_DECIMALS = re.compile(r"\d[.,]\d{3}$")
_BREAK = re.compile(r"[.;:!?()\[\]。；：！？（）\n«»\"“”]")
_CHANGE_REACH = 8
_ONE_REACH = 5
"""Tokens between the word one and `out of`, at most."""
_OUT_OF_REACH = 4
"""Tokens between a part and `out of`, at most."""
_PER_AFTER, _PER_BEFORE = 4, 12
"""Tokens between a quantity and its denominator, at most."""
_PER_DISTANCE = 40
"""Characters between a denominator and the number behind it, at most."""
_STOP = re.compile(r"[.,;:!?()\[\]。，；：！？（）、،؛\n]")


@dataclass(frozen=True)
class Shape:
    """Lookup of a page's terms by where they begin and end."""

    page: Page
    begins: dict[int, list[TermMention]]
    ends: dict[int, list[TermMention]]

    @classmethod
    def of(cls, page: Page) -> Shape:
        begins: dict[int, list[TermMention]] = defaultdict(list)
        ends: dict[int, list[TermMention]] = defaultdict(list)
        for term in page.terms:
            begins[term.start].append(term)
            ends[term.end].append(term)
        return cls(page, dict(begins), dict(ends))

    def after(self, at: int, *kinds: str) -> TermMention | None:
        """The longest term of some kinds right after an offset, one space or hyphen between at most."""
        return max(self._of_kinds(self.begins, self._next(at), kinds), key=lambda t: t.end, default=None)

    def before(self, at: int, *kinds: str) -> TermMention | None:
        """The longest term of some kinds right before an offset."""
        return min(self._of_kinds(self.ends, self._previous(at), kinds), key=lambda t: t.start, default=None)

    def moves_before(self, at: int) -> list[TermMention]:
        """The last three cues of rise or fall that end before an offset."""
        return self.moves[max(0, bisect_left(self._move_ends, at + 1) - 3) : bisect_left(self._move_ends, at + 1)]

    @cached_property
    def moves(self) -> list[TermMention]:
        """Cues of rise or fall, by end."""
        return sorted((t for t in self.page.of_kind("cue") if t.value in ("increase", "decrease")), key=lambda t: t.end)

    @cached_property
    def _move_ends(self) -> list[int]:
        return [term.end for term in self.moves]

    def _next(self, at: int) -> int:
        folded = self.page.reading.folded
        while folded[at : at + 1] in (" ", "-") and folded[at : at + 1]:
            at += 1
        return at

    def _previous(self, at: int) -> int:
        folded = self.page.reading.folded
        while at and folded[at - 1] == " ":
            at -= 1
        return at

    @staticmethod
    def _of_kinds(index: dict[int, list[TermMention]], at: int, kinds: Sequence[str]) -> Iterator[TermMention]:
        return (term for term in index.get(at, ()) if term.kind in kinds)

    def tokens_after(self, at: int, count: int) -> Iterator[int]:
        """Starts of the next tokens on the same line, up to the first punctuation mark that breaks a phrase."""
        page = self.page
        first = bisect_left(page.starts, at)
        for index in range(first, min(first + count, len(page.starts))):
            if _STOP.match(page.tokens[index]) or "\n" in page.reading.folded[at : page.starts[index]]:
                return
            yield page.starts[index]

    def tokens_between(self, left: int, right: int) -> int:
        """Number of tokens that begin in [left, right)."""
        return bisect_left(self.page.starts, right) - bisect_left(self.page.starts, left)


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
        named = Spans([*names, *page.of_kind("fraction", "multiple")])
        free = [n for n in numbers if not named.touch(n) and not self._is_name(shape, n)]
        pers = list(_denominators(shape, free, self._each))
        divided = Spans(pers)
        free = [n for n in free if not divided.touch(n)]
        quantities = [self._with_unit(shape, n, country) for n in free if not n.one]
        quantities = [q for q in quantities if self._is_meant(shape, q)]
        ones = {n.end: n for n in free if n.one}
        quantities = list(self._joined(shape, quantities, ones))
        quantities += self._word_quantities(shape, quantities, names)
        taken_by = Spans(quantities)
        quantities += [once for once in self._once(shape) if not taken_by.touch(once)]
        quantities.sort(key=lambda q: q.start)
        denominators = Denominators(pers)
        attached = (denominators.attach(shape, self._with_comparator(shape, q)) for q in quantities)
        return [_counted_whole(shape, quantity) for quantity in attached], pers

    def _is_name(self, shape: Shape, number: NumberMention) -> bool:
        """An ordinal, an article, a level: `3rd`, `No. 3`, `article 12`, `第3`, `in der 28. Woche`."""
        folded = shape.page.reading.folded
        if folded[number.end : number.end + 2] == ". " and number.digits and shape.before(number.start, "ordinal_dot_after"):
            return True
        if shape.before(number.start, "labels", "ordinal_before") and not number.scaled:
            return True
        after = shape.begins.get(number.end, ())
        if any(term.kind in ("ordinal_after", "label_suffixes") for term in after):
            return not self._counts_anyway(shape, number)
        suffix = shape.after(number.end, "label_suffixes")
        return suffix is not None and folded[number.end : suffix.start] == " "

    def _counts_anyway(self, shape: Shape, number: NumberMention) -> bool:
        """A unit, classifier or scale that is longer than the ordinal mark wins over it."""
        mark = max(t.end for t in shape.begins[number.end] if t.kind in ("ordinal_after", "label_suffixes"))
        return any(t.end > mark and t.kind in ("classifier", "unit", "currency", "scale", *_NOUNS) for t in shape.begins[number.end])

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
            nouns = [t for t in shape.begins.get(start, ()) if t.kind in _NOUNS]
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
        return shape.after(number.end, "classifier", "unit", "currency", "frequency", "out_of", "range_words", *_NOUNS) is not None

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
            self._parts_of(shape, first, second)
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
            if word is not None and shape._next(word.end) == second.number.start:
                return _part_of(first, second)
        return _part_of(first, second) if self._whole_after_words(shape, first, second) else None

    def _whole_after_words(self, shape: Shape, first: QuantityMention, second: QuantityMention) -> bool:
        """`3 lots of tenders out of 11`: a word that means nothing but `out of` before the whole, a few words behind the part."""
        before = shape._previous(second.number.start)
        words = [t for t in shape.ends.get(before, ()) if t.kind == "out_of_apart"]
        if not words or not isinstance(first.number, NumberMention) or first.number.scaled:
            return False
        word = min(words, key=lambda t: t.start)
        near = shape.tokens_between(first.number.end, word.start) <= _OUT_OF_REACH
        return near and _unbroken(shape, first.number.end, word.start, _STOP)

    def _parts_of(self, shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
        """`5分の2`: two fifths, the whole first."""
        word = next((t for t in shape.begins.get(first.number.end, ()) if t.kind == "fraction_whole_first"), None)
        if word is None or shape._next(word.end) != second.number.start:
            return None
        number = Span(first.number.start, second.number.end)
        return replace(second, start=first.start, number=number, out_of=first.value, unit="1")

    def _whole_then_part(self, shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
        """`43項目のうち41項目`: the whole first, the part after."""
        if first.unit != "1" or second.unit != "1" or second.value > first.value:
            return None
        for left in {first.number.end, first.end}:
            word = shape.after(left, "out_of_reversed")
            if word is not None and shape._next(word.end) == second.number.start:
                noun = second.noun or first.noun
                return replace(second, start=first.start, number=Span(first.number.start, second.number.end), out_of=first.value, noun=noun)
        return None

    def _range(self, shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
        """`35-45`, `from 35 to 45 %`, `between 5 and 10`; a fall or rise from one to the other is two facts."""
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
        closes = word is not None and shape._next(word.end) in (second.start, second.number.start)
        between = shape.after(first_end, "range_and")
        if not closes and between is not None and shape._next(between.end) == second.number.start:
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
            shape.tokens_between(cue.end, opened.start) <= _CHANGE_REACH and not _BREAK.search(shape.page.reading.folded, cue.end, opened.start)
            for cue in shape.moves_before(opened.start)
        )

    def _one_in(self, shape: Shape, quantity: QuantityMention, ones: dict[int, NumberMention]) -> QuantityMention | None:
        """`one in five`, `un enfant sur trois`: the word one, a few words back, and an `out of` word before the number."""
        page = shape.page
        for word in shape.ends.get(shape._previous(quantity.number.start), ()):
            if word.kind not in ("out_of", "out_of_apart"):
                continue
            index = bisect_left(page.starts, word.start)
            for back in range(1, (_ONE_REACH if word.kind == "out_of_apart" else 1) + 1):
                if index < back or _STOP.match(page.tokens[index - back]):
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
            if noun is not None and noun.value in _PERIODS:
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
            return quantity if _compares(shape, before) else replace(quantity, comparator=before.value)
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


def _part_of(first: QuantityMention, second: QuantityMention) -> QuantityMention:
    number = Span(first.number.start, second.number.end)
    return replace(second, start=first.start, number=number, value=first.value, out_of=second.value, noun=second.noun or first.noun)


def _compares(shape: Shape, comparator: TermMention) -> bool:
    """`22 percent more than the 124 million`: the word compares two figures, and bounds neither."""
    folded = shape.page.reading.folded
    before = shape._previous(comparator.start)
    if folded[before - 1 : before] in ("%", "٪") or folded[before - 1 : before].isdigit():
        return True
    return any(term.kind in ("percent", "points", "times", "currency") for term in shape.ends.get(before, ()))


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
    if name is not None:
        code = currency_of(name, country)
        return replace(quantity, end=name.end, unit=code, start=sign.start if sign and currency_of(sign, country) == code else quantity.start)
    folded = shape.page.reading.folded
    if sign is not None and "\n" not in folded[sign.end : quantity.start] and not folded[max(0, sign.start - 1) : sign.start].isalpha():
        return replace(quantity, start=sign.start, unit=currency_of(sign, country))
    return quantity


def _physical_unit(shape: Shape, quantity: QuantityMention) -> QuantityMention:
    unit = shape.after(quantity.end, "unit")
    if unit is None:
        return quantity
    longer = [t for t in shape.begins[unit.start] if t.kind in _NOUNS and t.end > unit.end]
    return quantity if longer else replace(quantity, end=unit.end, unit=unit.value)


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


def _denominators(shape: Shape, numbers: Sequence[NumberMention], each: frozenset[str]) -> Iterator[PerMention]:
    """`per 10,000 inhabitants`, `/100 000 habitants`, `人口10万人あたり`, `a year`."""
    by_start = {number.start: number for number in numbers}
    ends_at = {number.end: number for number in numbers}
    for term in shape.page.of_kind("per_before"):
        per = _denominator_after(shape, term, by_start, each)
        if per is not None:
            yield per
    for term in shape.page.of_kind("per_after"):
        per = _denominator_before(shape, term, ends_at)
        if per is not None:
            yield per
    for term in shape.page.of_kind("times_a"):
        noun = shape.after(term.end, "per_noun")
        link = shape.before(term.start, "frequency", "multiple", "currency", "unit", *_NOUNS)
        if noun is not None and link is not None and noun.value in ("day", "week", "month", "year", "hour"):
            yield PerMention(term.start, noun.end, 1, noun.value)


def _denominator_after(shape: Shape, term: TermMention, by_start: dict[int, NumberMention], each: frozenset[str]) -> PerMention | None:
    """A denominator behind its preposition; without a number only behind a word for each, or a slash."""
    folded = shape.page.reading.folded
    if any(opener.kind == "range_open" and opener.start < term.start for opener in shape.ends.get(term.end, ())):
        return None
    at = shape._next(term.end)
    number = by_start.get(at)
    if number is not None and folded[term.start : term.end] == "/" and folded[term.start - 1].isdigit() and number.value < _MANY:
        return None  # 4/10 communes
    count, end = (number.value, number.end) if number else (Decimal(1), term.end)
    if number is None:
        scale = shape.after(term.end, "scale", "multiplier")
        if scale is not None:
            count, end = Decimal(scale.value), scale.end
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
    if number is not None and count not in _PER_COUNTS and count > 10:
        return None
    return PerMention(term.start, noun.end, float(count), _divided(count, noun.value))


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
    number = ends_at.get(shape._previous(at))
    if number is None:
        return PerMention(noun.start, term.end, 1, noun.value) if noun else None
    population = shape.before(number.start, "per_noun")
    of = _divided(number.value, population.value if population else noun.value if noun else "population")
    return PerMention(population.start if population else number.start, term.end, float(number.value), of)


class Denominators:
    """The denominators of a text, to be given to the quantities that they divide."""

    def __init__(self, pers: Sequence[PerMention]) -> None:
        self._pers = sorted(pers, key=lambda per: per.start)
        self._starts = [per.start for per in self._pers]

    def attach(self, shape: Shape, quantity: QuantityMention) -> QuantityMention:
        """The denominator that follows the quantity in the same phrase, or stands before it."""
        if quantity.per is not None or quantity.unit == "%":
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
        if distance > reach or not _unbroken(shape, quantity.number.end, per.start, _STOP):
            return False
        # a yearly total is no rate: 170 million a year; but 12 sessions a year, Rs 1,000 a month
        return per.of != "year" or quantity.unit != "1" or quantity.value < _MANY

    def _precedes(self, shape: Shape, quantity: QuantityMention, per: PerMention) -> bool:
        """`doctors/10,000 people: 12.5` where the quantity has no noun of its own; `per 10,000 people 33 beds`."""
        if per.count == 1 and per.of in _PERIODS:
            return False
        near = per.end <= quantity.start and shape.tokens_between(per.end, quantity.start) <= _PER_BEFORE
        if not near or not _unbroken(shape, per.end, quantity.start, _BREAK):
            return False
        heads = [term for term in shape.ends.get(shape._previous(per.start), ()) if term.kind in ("indicator", "concept")]
        if not heads:
            return quantity.number.start - per.end <= _PER_DISTANCE
        own = quantity.noun is None or quantity.noun.kind != "indicator" or any(head.value == quantity.noun.value for head in heads)
        return own and quantity.number.start - per.end <= _PER_DISTANCE


def _unbroken(shape: Shape, left: int, right: int, stop: re.Pattern[str]) -> bool:
    """No punctuation that ends the phrase and no other digits between two offsets."""
    gap = shape.page.reading.folded[left:right]
    return stop.search(gap) is None and not any(c.isdigit() for c in gap)

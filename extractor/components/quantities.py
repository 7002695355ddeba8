"""Numbers with all that belongs to their shape: unit, range, fraction, denominator, comparator.

What a quantity counts, where and when is not decided here but in `binding`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.components.carried import carry_units
from extractor.components.comparators import with_comparator
from extractor.components.currencies import home_currency
from extractor.components.denominators import PERIODS, bare_ones, denominators, divided_ones
from extractor.components.digits import UNSPACED
from extractor.components.divisors import Divisors
from extractor.components.names import is_name, is_within_indicator, written_names
from extractor.components.pairs import are_compared, once_for_twice, one_in, one_of, pair, part_with_share
from extractor.components.shape import BREAK, NOUNS, Shape
from extractor.components.units import currency, linked, of_row_head, percent, physical_unit, unit_within
from extractor.mentions import NumberMention, PerMention, QuantityMention, Span, Spans, TermMention
from extractor.packs import NumberRules
from extractor.page import Page
from extractor.reading import fold

_ONCE_REACH = 16
"""Tokens between a period and the word once behind it, at most."""
_THREE_DECIMALS = re.compile(r"\d[.,]\d{3}$")

_HALF = Decimal("0.5")
_DURATIONS = frozenset(("d", "wk", "mo", "a"))
"""What is counted in these is right beside them: of `ten years the spending` the years are not the spending's."""
_LONGER_THAN_WHERE = frozenset(("where", "cue", "out_of", "out_of_reversed", "links"))
"""Phrases that begin like one of place and mean another: 9 `di antaranya` dokter, 146名`在岗`村医."""
_COUNTED_BEHIND = re.compile(r" \d")
"""A noun behind a space is what the next figure counts, where its number stands right behind it."""
_BRACKETED = re.compile(r"\([^()]{1,20}\) ")
"""A number in brackets before what it counts, as Arabic papers write: (328) طبيبا."""


class Quantities:
    """Builds quantities of one language."""

    def __init__(self, rules: NumberRules, *, spaced: bool, each: Iterable[str] = ()) -> None:
        """`each` are the folded words before a denominator without a number: per, each, every."""
        self._rules = rules
        self._each = frozenset(("/", *each))
        self._spaced = spaced
        self._ambiguous = frozenset(form for word in rules.ambiguous_words for form in (word.lower(), fold(word, fold_marks=True)))
        bare = {fold(word, fold_marks=True): word for word in rules.ambiguous_words if fold(word, fold_marks=True) != word}
        self._marked = {word: marked for word, marked in bare.items() if word in self._ambiguous}
        """Ambiguous words without their marks → with them: `noua`, the new one, and `nouă`, nine."""
        self._reach = 3 if spaced else 6

    def recognize(self, page: Page, numbers: Sequence[NumberMention], taken: Sequence[Span], *, country: str | None = None) -> list[QuantityMention]:
        """Quantities in order; `taken` are spans whose digits mean something else (dates, documents, brackets).

        `country` is the one whose money a bare `$` or `pesos` is.
        """
        shape = Shape.of(page)
        names = [*taken, *written_names(page), *_ordinal_words(page)]
        named = Spans([*names, *_words_for_numbers(page, numbers)])
        free = [n for n in numbers if not named.touch(n) and not is_name(shape, n)]
        free = list(once_for_twice(page.reading.folded, free))
        dated = Spans(taken)
        pers = [per for per in denominators(shape, free, self._each, spaced=self._spaced) if per.of not in PERIODS or not dated.touch(per)]
        bare = list(bare_ones(shape, free, self._each))
        divided = Spans([*pers, *(per for _, per in bare)])
        indicators = Spans(page.of_kind("indicator"))
        free = [n for n in free if not divided.touch(n) and not is_within_indicator(indicators, n)]
        shared = divided_ones(shape, free, pers)
        quantities = [self._with_unit(shape, n, country) for n in free if not n.one or n.start in shared]
        quantities = list(_apart(shape, [q for q in quantities if self._is_meant(shape, q)]))
        quantities = sorted([*quantities, *self._word_quantities(shape, quantities, names)], key=lambda q: q.start)
        quantities = list(self._joined(shape, quantities, [n for n in free if n.one]))
        taken_by = Spans(quantities)
        quantities += [once for once in _once(shape, pers) if not taken_by.touch(once)]
        quantities += [QuantityMention(noun.start, per.end, noun, Decimal(1), per=per, noun=noun) for noun, per in bare]
        quantities = carry_units(shape, sorted(quantities, key=lambda q: q.start), home_currency(country))
        divisors = Divisors(shape, pers, quantities, taken, spaced=self._spaced)
        attached = (with_comparator(shape, divisors.attach(shape, q), spaced=self._spaced) for q in quantities)
        return [_counted_whole(shape, quantity) for quantity in attached]

    def _with_unit(self, shape: Shape, number: NumberMention, country: str | None) -> QuantityMention:
        quantity = QuantityMention(number.start, number.end, number, number.value, number.high, certain=number.certain, negative=number.value < 0)
        for ends in dict.fromkeys((number.end, linked(shape, number.end))):
            if quantity.unit == "1" and quantity.per is None:
                quantity = percent(shape, quantity if quantity.end == ends else replace(quantity, end=ends))
            if quantity.unit == "1" and unit_within(shape, quantity) is None:  # 사흘 동안, for three days: no 동 (dong)
                quantity = currency(shape, quantity, country)
            if quantity.unit == "1":
                quantity = physical_unit(shape, quantity, country)
        if quantity.unit == "1" and quantity.per is None and quantity.end != number.end:
            quantity = replace(quantity, end=number.end)
        quantity = of_row_head(shape, quantity, country)
        whole = shape.after(number.end, "fraction_ordinal")
        if quantity.unit == "1" and whole is not None and number.value < Decimal(whole.value):
            return self._with_noun(shape, replace(quantity, end=whole.end, out_of=Decimal(whole.value)))
        multiple = shape.after(quantity.end, "times")
        if quantity.unit == "1" and multiple is not None and not self._is_frequency(shape, multiple):
            quantity = replace(quantity, end=multiple.end, multiple=True)
        elif quantity.unit == "1" and shape.before(number.start, "multiplied_by") is not None:
            return replace(quantity, multiple=True)
        return self._with_noun(shape, quantity)

    def _is_frequency(self, shape: Shape, times: TermMention) -> bool:
        """`2 lần/năm`: a period follows the word for times."""
        if shape.after(times.start, "frequency") is None:
            return False
        link = shape.after(times.end, "times_a", "per_before")
        noun = shape.after(link.end, "per_noun") if link else shape.after(times.end, "per_noun")
        return noun is not None and noun.value in ("day", "week", "month", "year")

    def _with_noun(self, shape: Shape, quantity: QuantityMention) -> QuantityMention:
        """The counted noun beside the number, a few words between at most: `99 % of the health facilities`."""
        folded = shape.page.reading.folded
        if _BRACKETED.match(folded, max(0, quantity.start - 1), quantity.end + 2) and shape.after(quantity.end + 1, *NOUNS) is not None:
            quantity = replace(quantity, start=quantity.start - 1, end=quantity.end + 1)
        held = _holding_the_last_word(shape, quantity) or _of_dual(shape, quantity)
        if held is not None:
            return replace(quantity, end=held.end, noun=held)
        at = quantity.end
        for index, start in enumerate(shape.tokens_after(at, self._reach + 1)):
            terms = shape.begins.get(start, ())
            if index == 0 and any(t.kind == "range_and" for t in terms):
                break  # 14.8 % and in terms of height 21.4 %
            if folded[start - 1] == " " and any(t.kind == "next_clause" for t in terms):
                break
            if quantity.unit == "1" and _tells_where(terms):
                break
            if shape.page.head_final and any(t.kind == "cue" and t.value in ("increase", "decrease") for t in terms):
                break  # 10%減らす計画
            nouns = [t for t in terms if t.entry.kind in NOUNS]
            if nouns:
                noun = _head(shape, _longest(nouns)) if self._spaced else _longest(nouns)
                if not self._spaced and (index or quantity.unit != "1") and folded[start - 1] == " " and _COUNTED_BEHIND.match(folded, noun.end):
                    break  # เพิ่มขึ้น 3.2% ผู้ป่วยนอก 980,000 คน
                return replace(quantity, end=max(quantity.end, noun.end), noun=noun)
            if folded[start].isdigit() or index >= (self._reach if quantity.unit not in _DURATIONS else min(self._reach, 1)):
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
        text = shape.page.reading.text
        marked, written = self._marked.get(word, ""), text[number.start : number.end].lower()
        if marked and written == word and not shape.letters.isdisjoint(set(marked) - set(word)):
            return False  # the article has the marks, and this word none
        if quantity.unit != "1" or quantity.multiple:
            return True
        return shape.after(number.end, "classifier", "unit", "currency", "frequency", "out_of", "range_words", *NOUNS) is not None

    def _joined(self, shape: Shape, quantities: list[QuantityMention], ones: Sequence[NumberMention]) -> Iterator[QuantityMention]:
        """Pairs of numbers that are one quantity: ranges and fractions; `ones` are the words one."""
        starts, ends = {one.start: one for one in ones}, {one.end: one for one in ones}
        at = 0
        while at < len(quantities):
            first = quantities[at]
            second = quantities[at + 1] if at + 1 < len(quantities) else None
            whole = quantities[at + 2] if at + 2 < len(quantities) else None
            part = part_with_share(shape, first, second, whole) if second is not None and whole is not None else None
            if part is not None and second is not None:
                yield from (part, second)
                at += 3
                continue
            apart = second is not None and at > 0 and are_compared(shape, quantities[at - 1], first, second)
            joined = pair(shape, first, second) if second and not apart else None
            if joined is not None:
                yield joined
                at += 2
                continue
            yield one_in(shape, first, ends) or one_of(shape, first, starts) or first
            at += 1

    def _word_quantities(self, shape: Shape, quantities: Sequence[QuantityMention], names: Sequence[Span]) -> list[QuantityMention]:
        """Fractions and multiples that are one word: half, doubled, two thirds."""
        taken = Spans([*(_without_noun(quantity) for quantity in quantities), *names])
        found = []
        for term in shape.page.of_kind("fraction", "multiple"):
            if taken.touch(term) or (term.kind == "fraction" and _lacks_marks(shape, term)):
                continue
            if term.kind == "multiple":
                quantity = QuantityMention(term.start, term.end, term, Decimal(term.value), multiple=True)
            else:
                part, whole = term.value.split()
                quantity = QuantityMention(term.start, term.end, term, Decimal(part), out_of=Decimal(whole))
                quantity = self._with_noun(shape, quantity)
            found.append(quantity)
        return found


def _lacks_marks(shape: Shape, term: TermMention) -> bool:
    """Another word, in an article that writes marks: `la meta`, the goal, is no half (`la metà`)."""
    written, marked = shape.page.reading.text[term.start : term.end].lower(), term.entry.phrase.lower()
    missing = set(marked) - set(written)
    return written.isascii() and bool(missing) and not shape.letters.isdisjoint(missing)


def _once(shape: Shape, pers: Sequence[PerMention]) -> Iterator[QuantityMention]:
    """`once a year`, `매월 한 번`: one in a word, given because a period follows or stands ahead of it."""
    ahead = sorted((per for per in pers if per.count == 1 and per.of in PERIODS and per.side != "ahead"), key=lambda per: per.end)
    ends = [per.end for per in ahead]
    for term in shape.page.of_kind("once"):
        bare = any(other.kind == "frequency" and other.end == term.end for other in shape.begins[term.start])
        if bare and UNSPACED.match(shape.page.reading.folded, term.start):  # ปีละครั้ง: the word for times alone, written onto the period
            per = next((per for per in ahead if per.end == term.start), None)
            if per is not None:
                yield QuantityMention(term.start, term.end, term, Decimal(1), per=per)
            continue
        bound = shape.after(term.end, "comparator_after")  # مرة واحدة على الأقل سنويا
        end = bound.end if bound else term.end
        link = shape.after(end, "times_a", "per_before")
        noun = shape.after(link.end if link else end, "per_noun", "often")
        if noun is not None and noun.value in PERIODS:
            yield QuantityMention(term.start, noun.end, term, Decimal(1), per=PerMention(end, noun.end, 1, noun.value))
            continue
        index = bisect_right(ends, term.start) - 1
        per = ahead[index] if index >= 0 else None
        if per is not None and shape.tokens_between(per.end, term.start) <= _ONCE_REACH and shape.unbroken(per.end, term.start, BREAK):
            yield QuantityMention(term.start, term.end, term, Decimal(1), per=per)


def _tells_where(terms: Sequence[TermMention]) -> bool:
    """Whether a word before a place begins here: 300 `in` the district of Sa Pa; but 9 `di antaranya` dokter."""
    longest = max((term.end for term in terms if term.kind in _LONGER_THAN_WHERE), default=0)
    return any(term.kind == "where" and term.end == longest for term in terms)


def _holding_the_last_word(shape: Shape, quantity: QuantityMention) -> TermMention | None:
    """A noun whose phrase begins with the number's last word: mười `một bệnh viện`, 1,2 `vạn dân`."""
    if quantity.unit != "1" or quantity.end != quantity.number.end:
        return None
    last = shape.page.starts[bisect_left(shape.page.starts, quantity.end) - 1]
    if last <= quantity.number.start:
        return None
    return next((term for term in shape.begins.get(last, ()) if term.kind in NOUNS and term.end > quantity.end), None)


def _of_dual(shape: Shape, quantity: QuantityMention) -> TermMention | None:
    """The noun that a dual is two of, or one that begins with it: `سريرين`, two beds."""
    if quantity.unit != "1" or not any(term.kind == "dual" and term.start == quantity.start for term in shape.ends.get(quantity.end, ())):
        return None
    nouns = [term for term in shape.begins.get(quantity.start, ()) if term.kind in NOUNS and term.end >= quantity.end]
    return _longest(nouns) if nouns else None


def _longest(nouns: Sequence[TermMention]) -> TermMention:
    return max(nouns, key=lambda t: (t.end, t.kind == "indicator"))


def _head(shape: Shape, noun: TermMention) -> TermMention:
    """The noun that a compound ends in, where the one found only begins it: `Kinder|betten` are beds."""
    if not shape.page.reading.folded[noun.end : noun.end + 1].isalpha():
        return noun
    heads = [t for t in shape.begins.get(noun.end, ()) if t.entry.kind in NOUNS]
    return _longest(heads) if heads else noun


def _apart(shape: Shape, quantities: Sequence[QuantityMention]) -> Iterator[QuantityMention]:
    """Those that do not begin inside the one before: in 3 `năm rưỡi` (three years and a half) are no five and a half, in 20 `m 2` no two."""
    end = 0
    for quantity in quantities:
        if quantity.number.start >= end:
            yield quantity
            halved = isinstance(quantity.number, NumberMention) and quantity.value == quantity.number.value + _HALF
            unit = shape.after(quantity.number.end, "unit") if quantity.unit != "1" else None
            end = _without_noun(quantity).end if halved else unit.end if unit is not None else end


def _without_noun(quantity: QuantityMention) -> Span:
    """A quantity's number and unit: in `tiga hingga empat kali ganda` the word behind the three is no noun of it."""
    noun = quantity.noun
    return Span(quantity.start, noun.start if noun is not None and noun.start >= quantity.number.end else quantity.end)


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


def _ordinal_words(page: Page) -> Iterator[TermMention]:
    """Ordinals and hours that hold a number word, where the text has their marks: `a doua`, the second, not `a două`, of two; `половине дня`."""
    return (term for term in page.of_kind("ordinal_word") if page.reading.text[term.start : term.end].lower() == term.value)


def _words_for_numbers(page: Page, numbers: Sequence[NumberMention]) -> Iterator[TermMention]:
    """Fractions and multiples that are one word, without those that a number goes on from: `half` a million, `hơn nửa` tỷ."""
    starts = [number.start for number in numbers]
    for term in page.of_kind("fraction", "multiple"):
        index = bisect_left(starts, term.end) - 1
        number = numbers[index] if index >= 0 else None
        if number is None or not number.overlaps(term) or number.end < term.end or (number.end == term.end and number.start >= term.start):
            yield term

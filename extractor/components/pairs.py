"""Two numbers that are one quantity: ranges (`35-45`) and parts of a whole (`41 of 43`)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.components.shape import BREAK, STOP, Shape
from extractor.mentions import NumberMention, QuantityMention, Span

_CHANGE_REACH = 8
_ONE_REACH = 5
"""Tokens between the word one and `out of`, at most."""
_OUT_OF_REACH = 4
"""Tokens between a part and `out of`, at most."""


def pair(shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
    """Two quantities side by side as one, where they are a range or a part and its whole."""
    return (
        _restated(shape, first, second)
        or _parts_of(shape, first, second)
        or _fraction(shape, first, second)
        or _range(shape, first, second)
        or _whole_then_part(shape, first, second)
    )


def _fraction(shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
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
    return _part_of(first, second) if _whole_after_words(shape, first, second) else None


def _whole_after_words(shape: Shape, first: QuantityMention, second: QuantityMention) -> bool:
    """`3 lots of tenders out of 11`: a word that means nothing but `out of` before the whole, a few words behind the part."""
    before = shape.word_end(second.number.start)
    words = [t for t in shape.ends.get(before, ()) if t.kind == "out_of_apart"]
    if not words or not isinstance(first.number, NumberMention) or first.number.scaled:
        return False
    word = min(words, key=lambda t: t.start)
    near = shape.tokens_between(first.number.end, word.start) <= _OUT_OF_REACH
    return near and shape.unbroken(first.number.end, word.start, STOP)


def _parts_of(shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
    """`5分の2`: two fifths, the whole first."""
    word = next((t for t in shape.begins.get(first.number.end, ()) if t.kind == "fraction_whole_first"), None)
    if word is None or shape.next_word(word.end) != second.number.start:
        return None
    number = Span(first.number.start, second.number.end)
    return replace(second, start=first.start, number=number, out_of=first.value, unit="1")


def _whole_then_part(shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
    """`43項目のうち41項目`: the whole first, the part after."""
    if first.unit != "1" or second.unit != "1" or second.value > first.value:
        return None
    for left in {first.number.end, first.end}:
        word = shape.after(left, "out_of_reversed")
        if word is not None and shape.next_word(word.end) == second.number.start:
            noun = second.noun or first.noun
            return replace(second, start=first.start, number=Span(first.number.start, second.number.end), out_of=first.value, noun=noun)
    return None


def _range(shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
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
    if low >= high or (not dash and _is_change(shape, first)):
        return None
    opened = shape.before(first.start, "range_open", "range_between_open")
    start = opened.start if opened else first.start
    return replace(
        second, start=start, number=Span(first.number.start, second.number.end), value=low, value_max=high, points=first.points or second.points
    )


def _is_change(shape: Shape, first: QuantityMention) -> bool:
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


def one_in(shape: Shape, quantity: QuantityMention, ones: dict[int, NumberMention]) -> QuantityMention | None:
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


def once_for_twice(folded: str, numbers: Sequence[NumberMention]) -> Iterator[NumberMention]:
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


def _scale_of(scaled: Decimal, _: Decimal) -> Decimal:
    """The scale that `2-3 million` lends its first number."""
    scale = Decimal(1)
    while abs(scaled / (scale * 1000)) >= 1:
        scale *= 1000
    return scale

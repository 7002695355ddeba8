"""Units that a quantity has from the one beside it: `230 millions d'euros, dont 85 millions`; `67,8 ani la bărbați și 76,4 la femei`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.components.pairs import scale_of
from extractor.components.shape import NOUNS, SENTENCE_END, STOP, Shape
from extractor.knowledge_base import load_knowledge
from extractor.mentions import NumberMention, QuantityMention, TermMention

_OPENS = re.compile(r"[(（][^()（）]*$")
_DASH = re.compile(r" [-–—] $")
_COLON = re.compile(" ?: ")
_COMMA, _COMMA_AT_MOST = re.compile(" ?[,、] ?"), re.compile(" ?[,、]? ?")
_CLOSES = re.compile(r"\s*(?:[.,;:()]|$)")
_PERCENTAGES_BACK = 3
"""Quantities before a number of points, of which one is a percentage."""
_PAIR_REACH = 8
"""Tokens between the two quantities of a pair, at most."""
_GROUP_REACH, _DIMENSION_REACH = 2, 4
"""Tokens between a figure and a group that it cannot count, and between a quantity of a pair and the group that it is about, at most."""
_CLOSE, _THOUSAND, _MILLION, _BILLION = 5, 1000, 1_000_000, 1_000_000_000
_NAMED_BEFORE = 12
"""Characters between what is counted and its figure behind it, at most."""
_MONEY_REACH = 24
"""Tokens between a sum and one that goes on in its money, at most."""
_SHORT_WORD = 3
_LONGEST_LINK = 24
"""Characters between the old figure and the new one, at most."""


def carry_units(shape: Shape, quantities: Sequence[QuantityMention], home: str | None = None) -> list[QuantityMention]:
    """Quantities in order, those without a unit of their own with that of their neighbour where the text says so; `home` is the country's money."""
    carried = list(quantities)
    in_row = False
    for at in range(1, len(carried)):
        before, current = carried[at - 1], carried[at]
        in_row = _is_next_share(shape, before, current, in_row=in_row)
        if in_row:
            carried[at] = replace(current, unit="%")
            continue
        ahead = _points_ahead(shape, before, current)
        if ahead is not None:
            carried[at - 1] = before = replace(before, unit="%", points=True, end=ahead)
        wholes = [whole for whole in (carried[max(0, at - 2)], before) if _takes_unit(shape, current) and _is_part(shape, whole, current)]
        closing = _bare_points(shape, carried[max(0, at - _PERCENTAGES_BACK) : at], current)
        if closing is not None:
            carried[at] = replace(current, unit="%", points=True, end=closing)
        elif wholes or _opens_groups(shape, before, current):
            carried[at] = replace(current, unit=(wholes or [before])[-1].unit)
        elif _is_tenths(shape, before, current):
            carried[at] = replace(current, unit=before.unit, points=False)
        elif _takes_unit(shape, current) and (
            _is_paired(shape, before, current)
            or _is_bracketed(shape, before, current)
            or _is_sum_of_another(shape, before, current)
            or _breaks_down(shape, before, current)
            or _is_whole(shape, before, current)
        ):
            carried[at] = replace(current, unit=before.unit, points=before.points)
        elif _takes_unit(shape, current) and (sum_before := _sum_before(shape, carried[max(0, at - 2) : at], current)):
            carried[at] = replace(current, unit=sum_before.unit)
        elif _takes_unit(shape, before) and (_goes_on_to(shape, before, current) or _is_listed(shape, before, current)):
            carried[at - 1] = replace(before, unit=current.unit, points=current.points, value=_scaled(before, current))
            _carry_back(shape, carried, at - 1)
    return _billions_of_money(shape, carried, home)


def _carry_back(shape: Shape, carried: list[QuantityMention], at: int) -> None:
    """The unit of a row's last figure to those before it: `63, 65 and 84 days`; nothing but a comma or `and` between, and of one size."""
    folded = shape.page.reading.folded
    while at:
        first, second = carried[at - 1], carried[at]
        joined = _COMMA.fullmatch(folded, first.number.end, max(first.number.end, second.start)) is not None or _is_listed(shape, first, second)
        if not joined or not _takes_unit(shape, first) or not _is_close(second, first):
            return
        carried[at - 1] = replace(first, unit=second.unit, points=second.points)
        at -= 1


def _is_next_share(shape: Shape, before: QuantityMention, current: QuantityMention, *, in_row: bool) -> bool:
    """`ร้อยละ 23.84, 16.33 และ 14.07`: the word for percent before the first of a row, with nothing but commas and `and` between, is of all."""
    if before.unit != "%" or before.points or not _takes_unit(shape, current):
        return False
    if not in_row and (before.start >= before.number.start or shape.before(before.number.start, "percent_before") is None):
        return False
    gap = shape.page.reading.folded[before.number.end : current.start]
    link = shape.before(current.start, "range_and")
    return _COMMA.fullmatch(gap) is not None or (
        link is not None and _COMMA_AT_MOST.fullmatch(shape.page.reading.folded, before.number.end, max(before.number.end, link.start)) is not None
    )


def _billions_of_money(shape: Shape, quantities: Sequence[QuantityMention], home: str | None) -> list[QuantityMention]:
    """Billions of nothing are money of the kind that was named last, else of the first one: `anggaran turun menjadi 402,7 miliar`.

    Behind a word for money they are the country's: `bội chi 200 tỷ`.
    """
    money = next((one.unit for one in quantities if _is_money(one)), None)
    told: list[QuantityMention] = []
    for one in quantities:
        money = one.unit if _is_money(one) else money
        scaled = isinstance(one.number, NumberMention) and one.number.scaled
        is_money = (money or home) and scaled and one.value >= _BILLION and _takes_unit(shape, one)
        before = [_is_of_money(term) for term in _named_before(shape, one)] if is_money else []
        unit = (money or (home if before else None)) if all(before) else None
        told.append(replace(one, unit=unit) if is_money and unit else one)
    return told


def _is_counted_before(shape: Shape, quantity: QuantityMention) -> bool:
    """What is no money stands close before its figure: `人口达14亿`, `population: 1.4 billion`."""
    return not all(_is_of_money(term) for term in _named_before(shape, quantity))


def _named_before(shape: Shape, quantity: QuantityMention) -> Iterator[TermMention]:
    """What is named close before a figure."""
    near = (term for at in range(quantity.start - _NAMED_BEFORE, quantity.start + 1) for term in shape.ends.get(at, ()))
    return (term for term in near if term.kind in ("counted", "indicator"))


def _is_of_money(term: TermMention) -> bool:
    return term.value == "money" if term.kind == "counted" else "money" in load_knowledge().indicators.traits[term.value].units


def _takes_unit(shape: Shape, quantity: QuantityMention) -> bool:
    """No unit of its own, and nothing right behind the number that it could count."""
    if quantity.unit != "1" or quantity.multiple or quantity.out_of is not None or not isinstance(quantity.number, NumberMention):
        return False
    link = shape.after(quantity.number.end, "links")
    ends = (quantity.number.end, link.end) if link else (quantity.number.end,)
    nouns = () if _group_of(shape, quantity) else NOUNS
    return all(shape.after(end, "classifier", "percent", "unit", *nouns) is None for end in ends)


def _group_of(shape: Shape, quantity: QuantityMention) -> tuple[str, str] | None:
    """The group right behind a figure that cannot count its members: 71,2 `los hombres`."""
    if quantity.value == int(quantity.value):
        return None
    starts = shape.tokens_after(quantity.number.end, _GROUP_REACH)
    return next((("dimension", term.value) for start in starts for term in shape.begins.get(start, ()) if term.kind == "dimension"), None)


def _bare_points(shape: Shape, near: Sequence[QuantityMention], current: QuantityMention) -> int | None:
    """The end of the points in `62 % contre 43 %, soit un gain de 19 points`: nothing that they could be of, a percentage in their sentence."""
    if current.unit != "1" or not isinstance(current.number, NumberMention):
        return None
    points = shape.after(current.number.end, "bare_points")
    if points is None or not (_CLOSES.match(shape.page.reading.folded, points.end) or _opens_change(shape, points.end)):
        return None
    pairs = ((one, current) if one.start < current.start else (current, one) for one in near if one.unit == "%")
    return points.end if any(not _parted(shape, first, second) for first, second in pairs) else None


def _points_ahead(shape: Shape, before: QuantityMention, current: QuantityMention) -> int | None:
    """The end of the points that stand close before their percentage: `up 3 points, to 41 %`, `subió 3,2 puntos y llegó al 87,5 %`."""
    if before.unit != "1" or current.unit != "%" or current.points or not isinstance(before.number, NumberMention):
        return None
    points = shape.after(before.number.end, "bare_points")
    if points is None:
        return None
    end = _bare_points(shape, [current], before) if _comes_to(shape, before, current) else None
    if end is not None:
        return end
    close = before.value < current.value and shape.tokens_between(points.end, current.start) <= _CLOSE
    return points.end if close and shape.unbroken(points.end, current.start, STOP) and not _parted(shape, before, current) else None


def _opens_change(shape: Shape, at: int) -> bool:
    """The words that open a change right behind the points: `turun 1,7 poin dari` 21,5 persen."""
    return any((term.kind, term.value) == ("cue", "change_from") for term in shape.begins.get(shape.next_word(at), ()))


def _is_part(shape: Shape, whole: QuantityMention, part: QuantityMention) -> bool:
    """`12 tỷ đồng, trong đó 5 tỷ`, `45 millions d'euros : 30 millions pour`: a part of money, with a scale word and without a noun."""
    number = part.number
    if not _is_money(whole) or not isinstance(number, NumberMention) or not number.scaled or _parted(shape, whole, part):
        return False
    if _COLON.match(shape.page.reading.folded, whole.end) and part.value < whole.value:
        return True
    cues = shape.of_which
    index = bisect_left(cues, whole.end)
    return index < len(cues) and cues[index] < part.start


def _is_paired(shape: Shape, first: QuantityMention, second: QuantityMention) -> bool:
    """`67,8 ani la bărbați și 76,4 la femei`: each with the group that it is about, and not the same."""
    if first.unit == "1" or _is_money(first) or _parted(shape, first, second):
        return False
    if shape.tokens_between(first.end, second.start) > _PAIR_REACH:
        return False
    left, right = _group_after(shape, first), _group_after(shape, second)
    if left is None or right is None or left == right or left[0] != right[0]:
        return False
    return left[0] == "dimension" or _is_close(first, second)


def _breaks_down(shape: Shape, total: QuantityMention, part: QuantityMention) -> bool:
    """`83,7 años: 86,2 en las mujeres`: the first of the groups, right behind a colon."""
    if total.unit == "1" or _is_money(total) or not _is_close(total, part):
        return False
    return shape.page.reading.folded[total.end : part.start].strip() == ":" and _group_after(shape, part) is not None


def _opens_groups(shape: Shape, total: QuantityMention, part: QuantityMention) -> bool:
    """`74,5 años (71,2 los hombres`: the first of the groups, of whom there is no fraction, in brackets right behind the total."""
    if shape.page.reading.folded[total.end : part.start].strip() != "(" or total.unit == "1" or _is_money(total) or not _is_close(total, part):
        return False
    return _takes_unit(shape, part) and _group_of(shape, part) is not None


def _is_whole(shape: Shape, part: QuantityMention, whole: QuantityMention) -> bool:
    """`320 millions de francs CFA sur les 850 millions`: the whole sum behind its part."""
    if not _is_money(part) or not isinstance(whole.number, NumberMention) or not whole.number.scaled or whole.value <= part.value:
        return False
    word = shape.after(part.end, "out_of", "out_of_apart")
    return word is not None and shape.next_word(word.end) == whole.start


def _is_tenths(shape: Shape, before: QuantityMention, current: QuantityMention) -> bool:
    """`8,8 nacimientos por mil, dos décimas menos`: tenths are of what the figure before them is in, a percentage or not."""
    if current.unit != "%" or before.unit == "%" or _is_money(before) or before.value == int(before.value) or _parted(shape, before, current):
        return False
    tenths = shape.after(current.number.end, "multiple_of_unit")
    return tenths is not None and tenths.value.endswith("%")


def _is_sum_of_another(shape: Shape, first: QuantityMention, second: QuantityMention) -> bool:
    """`98,4 тыс. рублей, медсестёр – 52,1 тыс.`: a sum of the same scale, a dash behind whose it is."""
    number, other = second.number, first.number
    if not isinstance(number, NumberMention) or not isinstance(other, NumberMention) or not _is_money(first) or not number.scaled:
        return False
    if number.scale != other.scale or _parted(shape, first, second) or shape.tokens_between(first.end, second.start) > _PAIR_REACH:
        return False
    return _DASH.search(shape.page.reading.folded, max(0, second.start - 3), second.start) is not None


def _sum_before(shape: Shape, before: Sequence[QuantityMention], current: QuantityMention) -> QuantityMention | None:
    """The sum of money that a figure goes on from, over a percentage: `47.9 billion, up 8.3 %, of this 41.2 billion`."""
    last = next((one for one in reversed(before) if one.unit != "%"), None)
    return last if last is not None and _goes_on_in_money(shape, last, current) else None


def _goes_on_in_money(shape: Shape, first: QuantityMention, second: QuantityMention) -> bool:
    """`a loss of 70 million francs; it is to save 120 million`: millions of nothing, in the next sentence where it names nothing to count."""
    number, other = second.number, first.number
    if not isinstance(number, NumberMention) or not isinstance(other, NumberMention) or not _is_money(first) or not number.scaled:
        return False
    if number.scale is None or number.scale != other.scale or second.value < _MILLION or shape.tokens_between(first.end, second.start) > _MONEY_REACH:
        return False
    if second.value >= _BILLION and _is_counted_before(shape, second):
        return False
    ends = list(SENTENCE_END.finditer(shape.page.reading.folded, first.end, second.start))
    if not ends:
        return True
    between = shape.tokens_after(ends[0].end(), _MONEY_REACH)
    return len(ends) == 1 and not any(term.kind in NOUNS for start in between if start < second.start for term in shape.begins.get(start, ()))


def _is_bracketed(shape: Shape, first: QuantityMention, second: QuantityMention) -> bool:
    """`6,3 jours (même période : 6,8)`: a bare figure that closes a bracket behind one of its size."""
    if first.unit == "1" or _is_money(first) or shape.tokens_between(first.end, second.start) > _PAIR_REACH:
        return False
    if not _is_close(first, second):
        return False
    folded = shape.page.reading.folded
    gap = folded[first.end : second.start]
    return _OPENS.search(gap) is not None and folded[second.number.end : second.number.end + 1] in (")", "）", ";", ",")


def _is_close(first: QuantityMention, second: QuantityMention) -> bool:
    return first.value / _CLOSE < second.value < first.value * _CLOSE


def _group_after(shape: Shape, quantity: QuantityMention) -> tuple[str, str] | None:
    """The dimension or place that a quantity's own words lead to, a preposition between at least: `la bărbați`, not `12 women`; `in Veneto`."""
    at = quantity.number.end
    group = _group_of(shape, quantity)
    if group is not None:
        return group
    beside = shape.after(at, "dimension")
    if beside is not None and not _leads_in(shape, beside):
        return None
    for start in shape.tokens_after(at, _DIMENSION_REACH):
        for term in shape.begins.get(start, ()):
            if term.kind in ("dimension", "place", "town"):
                return term.kind, term.value
    return None


def _leads_in(shape: Shape, group: TermMention) -> bool:
    """A phrase that begins with its preposition: `en las mujeres`."""
    return 0 < shape.page.reading.folded[group.start : group.end].find(" ") <= _SHORT_WORD


def _goes_on_to(shape: Shape, old: QuantityMention, new: QuantityMention) -> bool:
    """`von 9,5 Mio. auf 10,2 Mio. Euro`: the unit stands with the new figure only."""
    if new.unit == "1" or new.points or new.start < old.number.end:
        return False
    gap = shape.page.reading.folded[old.number.end : new.start]
    if len(gap) > _LONGEST_LINK or STOP.search(gap.strip(" .")):
        return False
    opened = any(
        term.kind == "range_open" or (term.kind, term.value) == ("cue", "change_from") for term in shape.ends.get(shape.word_end(old.start), ())
    )
    return opened and _comes_to(shape, old, new)


def _comes_to(shape: Shape, old: QuantityMention, new: QuantityMention) -> bool:
    """A word for `to` stands right before the second of two."""
    links = shape.ends.get(shape.word_end(new.start), ())
    return any(term.kind == "range_words" or (term.kind, term.value) == ("cue", "change_to") for term in links if term.start >= old.number.end)


def _is_listed(shape: Shape, first: QuantityMention, second: QuantityMention) -> bool:
    """`lần lượt 3,4 và 3 điểm phần trăm`, `5,3 beziehungsweise 5,1 Tagen`: nothing but `and` between a bare figure and one with its unit."""
    if second.unit == "1" or second.start < first.number.end or not isinstance(second.number, NumberMention):
        return False
    if not _is_close(second, first):
        return False
    link = shape.after(first.number.end, "range_and")
    return link is not None and shape.next_word(link.end) == second.number.start


def _scaled(old: QuantityMention, new: QuantityMention) -> Decimal:
    """`de 150 a 300 millones`: the scale word stands with the new figure only."""
    if not isinstance(old.number, NumberMention) or not isinstance(new.number, NumberMention):
        return old.value
    if old.number.scaled or not new.number.scaled or old.value >= _THOUSAND:
        return old.value
    lent = new.number.scale
    return old.value * (lent if lent is not None and lent >= _THOUSAND else scale_of(new.value))


def _is_money(quantity: QuantityMention) -> bool:
    """ISO 4217 codes are three capitals."""
    return len(quantity.unit) == 3 and quantity.unit.isupper()


def _parted(shape: Shape, first: QuantityMention, second: QuantityMention) -> bool:
    """Whether a sentence ends between two quantities."""
    return SENTENCE_END.search(shape.page.reading.folded, first.end, max(first.end, second.start)) is not None

"""Two numbers that are one quantity: ranges (`35-45`) and parts of a whole (`41 of 43`)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import takewhile

from extractor.components.denominators import is_area
from extractor.components.shape import BREAK, SENTENCE_END, STOP, Shape
from extractor.mentions import NumberMention, QuantityMention, Span, TermMention

_DASH_AHEAD = re.compile(r" [-–—] ")
_DASHES = ("-", "~", "～", "〜")
_BRACKET_AHEAD = re.compile(r"[^\d\n.;()]{0,20}\( ?")
"""Between a percentage and the figures in brackets that it is worked out from: `down 45% (`137/251)."""
_HAS_WHOLE = re.compile(r" ?/ ?\d")
_DEATHS = frozenset(("deaths", "disease_deaths"))
_CHANGE_REACH = 8
_ONE_REACH = 5
"""Tokens between the word one and `out of`, at most."""
_ROUNDING = 1
"""Percentage points between a share and the quotient that it is of, at most."""
_PART_REACH = 24
"""Tokens between a whole and its part, at most."""
_AMONG_REACH = 12
"""Tokens between the number of a whole and the word for `among` behind it, at most."""
_GIANT, _TEN, _HUNDRED = 3, 10, 100
_SMALL = 20
"""Up to here two figures with `or` between them are a range."""
_PEOPLE = frozenset(
    ("person", "patient", "child", "woman", "pregnant_woman", "newborn", "elderly", "student", "worker", "doctors", "nurses", "health_workers")
)
_STAFFED = frozenset(("organisation", "facility", "session", "vehicle", "programme"))
"""Those that have so many people each."""
_FITTED = frozenset(("hospital_beds", "other"))
"""What a building or a machine has so many of: beds, floors, slices."""
_AMONG = 4
"""Characters of a word for `among` between a whole with its noun and its part, at most."""
_ENDED = re.compile(r"[!?。！？\n]|[.](?!\d)")
"""Ends a sentence, figures between."""
_OUT_OF_REACH = 4
"""Tokens between a part and `out of`, at most."""

_FAR = 5
"""How many times the outcome of a change is larger than the change, at least, where it is no range."""


def pair(shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
    """Two quantities side by side as one, where they are a range or a part and its whole."""
    if isinstance(first.number, TermMention) or isinstance(second.number, TermMention):
        return _range(shape, first, second) if second.multiple else None  # three to fourfold, where `fourfold` is a word
    return (
        _restated(shape, first, second)
        or _metres(shape, first, second)
        or _parts_of(shape, first, second)
        or _fraction(shape, first, second)
        or _bounded(shape, first, second)
        or _range(shape, first, second)
        or _whole_then_part(shape, first, second)
        or _whole_ahead(shape, first, second)
    )


def _fraction(shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
    """`41/43 targets`, `41 of 43`, `41 targets out of 43`, `245.6/312.4 billion dong`."""
    folded = shape.page.reading.folded
    gap = folded[first.number.end : second.number.start]
    scale = _lent_scale(first, second) if gap.strip() == "/" else None
    if scale is not None and first.value * scale <= second.value:
        number = Span(first.number.start, second.number.end)
        return replace(second, start=first.start, number=number, value=first.value * scale, out_of=second.value)
    if first.unit != "1" or second.unit != "1" or first.value > second.value:
        return None
    if gap.strip() == "/":
        return replace(second, start=first.start, number=Span(first.number.start, second.number.end), value=first.value, out_of=second.value)
    for left in {first.number.end, first.end}:
        word = shape.after(left, "out_of")
        if word is not None and shape.next_word(word.end) == second.number.start:
            apart = (
                _spread(shape, word, first, second)
                or _equipped(shape, word, first, second)
                or _side_by_side(shape, word, first, second)
                or _moves_by(shape, first, word)
            )
            return None if apart else _part_of(first, second)
    return _part_of(first, second) if _whole_after_words(shape, first, second) else None


def are_compared(shape: Shape, share: QuantityMention, first: QuantityMention, second: QuantityMention) -> bool:
    """`down 45% (137/251)`: alone in brackets behind the percentage that they differ by, a figure of now and one of then, no part and whole."""
    folded = shape.page.reading.folded
    if share.unit != "%" or folded[first.number.end : second.number.start].strip() != "/" or second.value <= 0:
        return False
    opened = _BRACKET_AHEAD.fullmatch(folded, share.end, first.number.start) is not None
    return opened and folded.startswith(")", second.number.end) and is_difference(share.value, first.value, second.value)


def is_difference(percent: Decimal, new: Decimal, old: Decimal) -> bool:
    """Whether a percentage is what one figure has more or less than the other, and not what it is of it."""
    quotient = _HUNDRED * new / old
    return abs(abs(quotient - _HUNDRED) - abs(percent)) <= _ROUNDING < abs(quotient - percent)


def _lent_scale(first: QuantityMention, second: QuantityMention) -> Decimal | None:
    """The scale of the second of two figures where the first has none: 245.6/312.4 `billion` dong."""
    number, whole = first.number, second.number
    if not isinstance(number, NumberMention) or not isinstance(whole, NumberMention) or first.unit != "1" or second.unit == "%":
        return None
    return whole.scale if whole.scaled and not number.scaled else None


def _spread(shape: Shape, word: TermMention, first: QuantityMention, second: QuantityMention) -> bool:
    """`5 cases in 20 districts` says where they were: a thing counted in areas is no part of them."""
    apart = any(term.kind == "out_of_apart" and term.end == word.end for term in shape.begins.get(word.start, ()))
    named = shape.page.reading.folded[first.number.end : word.start].strip() != ""
    return not apart and named and not _is_place(first) and _is_place(second)


def _equipped(shape: Shape, word: TermMention, first: QuantityMention, second: QuantityMention) -> bool:
    """`2 blocks of 9 floors`, `5 wards of 40 beds`, `12 teams of 6 people`: what each has is not what they are part of."""
    apart = any(term.kind == "out_of_apart" and term.end == word.end for term in shape.begins.get(word.start, ()))
    named = shape.page.reading.folded[first.number.end : word.start].strip() != ""
    if apart or not named or second.noun is None:
        return False
    own = first.noun.value if first.noun is not None else ""
    return own in _STAFFED if second.noun.value in _PEOPLE else second.noun.value in _FITTED and own != second.noun.value


def _moves_by(shape: Shape, first: QuantityMention, word: TermMention) -> bool:
    """`turun 163 kes daripada 2,308 kes`: what it fell by is no part of what it fell from, where the word for `out of` means `from` too."""
    terms = (term for term in shape.begins.get(word.start, ()) if term.end == word.end)
    if not any(term.kind == "range_open" or (term.kind, term.value) == ("cue", "change_from") for term in terms):
        return False
    return any(cue.end <= first.start and shape.tokens_between(cue.end, first.start) <= 1 for cue in shape.moves_before(first.start))


def _side_by_side(shape: Shape, slash: TermMention, first: QuantityMention, second: QuantityMention) -> bool:
    """`132施設/2,041床`: a slash between figures of different things, each with its own word, names both."""
    return slash.end - slash.start == 1 and slash.start > first.number.end and not _is_of_same(shape, second, first)


def _is_place(quantity: QuantityMention) -> bool:
    return is_area(quantity) or (quantity.noun is not None and quantity.noun.value in ("area", "communes"))


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
    behind = range(first.number.end, shape.next_word(first.end) + 1)  # 7県・市のうち: the word may begin within the noun
    words = shape.ends.get(shape.word_end(second.number.start), ())
    if not any(term.kind == "out_of_reversed" and term.start in behind for term in words) or _are_apart(first, second):
        return None
    noun = second.noun or first.noun
    return replace(second, start=first.start, number=Span(first.number.start, second.number.end), out_of=first.value, noun=noun)


def _are_apart(whole: QuantityMention, part: QuantityMention) -> bool:
    """`78 cas dont 2 décès`, `1.200 dipendenti di cui 340 medici`: what has an indicator of its own is a fact of its own."""
    if whole.noun is None or part.noun is None or whole.noun.value == part.noun.value:
        return False
    if part.noun.value.startswith(f"{whole.noun.value}_"):
        return False  # 20指標中18指標を達成: targets met are targets
    return part.noun.kind == "indicator" or (part.noun.value in _DEATHS and whole.noun.value not in _DEATHS)


def _range(shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
    """`35-45`, `from 35 to 45 %`, `between 5 and 10`; a fall or rise from one to the other is two facts."""
    if first.points and not second.points and second.unit == "%":
        return None  # en hausse de 0,5 point à 95,3 %
    if second.unit == "1" and first.start < first.number.start and first.end == first.number.end:
        second = replace(second, unit=first.unit)  # $6-9: the sign before the first is of both
    if second.unit != first.unit and first.unit != "1":
        return None
    folded = shape.page.reading.folded
    low, high = first.value, second.value
    first_end = first.end if first.unit != "1" else first.number.end
    gap = folded[first_end : second.start if second.unit != "1" and first.unit == second.unit else second.number.start]
    dash = gap.strip() in _DASHES
    if dash and high < 0:
        high = -high
    word = shape.after(first_end, "range_words")
    aside = word is not None and _DASH_AHEAD.fullmatch(folded, first_end, word.start) is not None  # up 1.2 years — to 74.1
    joined = word is not None and (shape.next_word(word.end) in (second.start, second.number.start) or _is_below(shape, word, second))
    closes = joined and not aside
    between = not closes and (_is_between(shape, first, second, first_end) or _is_either(shape, first, second))
    if not (dash or closes or between):
        return None
    if isinstance(first.number, NumberMention) and isinstance(second.number, NumberMention) and second.number.scaled and not first.number.scaled:
        lent = low * (second.number.scale or scale_of(second.value))
        low = lent if lent < high else low * scale_of(high)
    tight = first_end == first.number.end and gap in _DASHES  # giảm từ 5-10%: what it fell by
    if closes and not dash and _leads_to_outcome(shape, first, second):
        return None
    if low >= high or (closes and ((not tight and _is_change(shape, first)) or (not dash and _arrives(shape, second)))):
        return None
    opened = shape.before(first.start, "range_open", "range_between_open")
    start = opened.start if opened else first.start
    return replace(
        second, start=start, number=Span(first.number.start, second.number.end), value=low, value_max=high, points=first.points or second.points
    )


def _arrives(shape: Shape, second: QuantityMention) -> bool:
    """`54,7％から73,5％に上昇`: a word for `to` right behind the second figure, where the verb is last."""
    ends = (second.number.end, second.end)
    terms = (term for end in ends for term in shape.begins.get(end, ()))
    return any(term.kind == "cue" and term.value == "change_to" and not _is_range_word(shape, term) for term in terms)


def _leads_to_outcome(shape: Shape, first: QuantityMention, second: QuantityMention) -> bool:
    """`Rose by 120 to 1,540`: what it rose by, and what it came to; but fell by 5 % to 10 %."""
    if first.value * _FAR >= second.value:
        return False
    words = {(term.kind, term.value if term.kind == "cue" else "") for term in shape.ends.get(shape.word_end(first.start), ())}
    return ("cue", "change_by") in words and not words & {("range_open", ""), ("cue", "change_from")}


def _is_range_word(shape: Shape, term: TermMention) -> bool:
    return any(other.kind in ("range_words", "comparator_after") and other.end == term.end for other in shape.begins[term.start])


def _is_between(shape: Shape, first: QuantityMention, second: QuantityMention, first_end: int) -> bool:
    """`between 5 and 10`: never the way from one to the other, whatever rises before it."""
    link = shape.after(first_end, "range_and")
    closes = link is not None and shape.next_word(link.end) in (second.start, second.number.start)
    return closes and shape.before(first.start, "range_between_open") is not None


def _is_below(shape: Shape, word: TermMention, second: QuantityMention) -> bool:
    """A word for less right before the upper end, with the range word in one phrase or not: 10 % to `less than` 20 %, 10 % `a menos de` 20 %."""
    less = shape.before(second.start, "comparator_before")
    return less is not None and less.value == "<" and less.start in (word.start, shape.next_word(word.end))


def _is_either(shape: Shape, first: QuantityMention, second: QuantityMention) -> bool:
    """`5 or 6 years`, `2 hoặc 3 bác sĩ`: two small figures, nothing but the word between them."""
    word = shape.after(first.number.end, "range_or")
    closes = word is not None and shape.next_word(word.end) == second.number.start
    return closes and first.value < second.value <= _SMALL and first.value == int(first.value) and second.value == int(second.value)


def _bounded(shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
    """`2倍以上5倍以下`: at least the one, at most the other, side by side."""
    if first.value >= second.value or second.unit not in (first.unit, "1") or first.unit not in (second.unit, "1"):
        return None
    lower, upper = _bound(shape, first), _bound(shape, second)
    if lower is None or upper is None or lower.end != second.start or (lower.value, upper.value) not in ((">=", "<="), (">", "<")):
        return None
    unit = first.unit if second.unit == "1" else second.unit
    return replace(
        second, start=first.start, end=upper.end, number=Span(first.number.start, upper.end), value=first.value, value_max=second.value, unit=unit
    )


def _bound(shape: Shape, quantity: QuantityMention) -> TermMention | None:
    """The comparator right behind a quantity, its unit or its classifier."""
    unit = shape.after(quantity.number.end, "classifier", "unit", "times")
    ends = (quantity.number.end, quantity.end, unit.end if unit else quantity.end)
    return next((term for term in (shape.after(end, "comparator_after") for end in ends) if term is not None), None)


def _whole_ahead(shape: Shape, whole: QuantityMention, part: QuantityMention) -> QuantityMention | None:
    """`Of eight districts, only three`; `14项指标中，已有9项`: the whole first, words between, the part without a noun of its own."""
    complete = whole.out_of is None or whole.out_of == whole.value  # 82/82个站中有77个
    if not complete or (whole.unit, part.unit) != ("1", "1") or part.out_of is not None or whole.multiple or part.multiple:
        return None
    if not 0 < part.value < whole.value or not _is_of_same(shape, whole, part):
        return None
    if shape.before(part.number.start, "out_of_reversed") is not None and part.noun is not None and _are_deaths(whole, part.noun):
        return None  # sur les 618 cas dont 11 décès
    folded = shape.page.reading.folded
    if _HAS_WHOLE.match(folded, part.number.end) or _has_whole_in_words(shape, part):
        return None  # of the 48 cases, mostly under three months (38/48); of the 1,250 staff, 3 in 10
    if shape.tokens_between(whole.number.end, part.start) > _PART_REACH or SENTENCE_END.search(folded, whole.number.end, part.number.start):
        return None
    opened = shape.opens_whole(whole.start) or shape.opens_whole(whole.number.start)
    named = whole.noun is not None or shape.after(whole.number.end, "classifier") is not None
    if not ((opened and named) or _closes_whole(shape, whole, part)) or part.value != int(part.value):
        return None
    number = Span(whole.number.start, part.number.end)
    compared = shape.before(part.start, "comparator_before")
    comparator = compared.value if compared is not None else part.comparator
    return replace(part, start=whole.start, number=number, out_of=whole.value, noun=part.noun or whole.noun, comparator=comparator)


def _has_whole_in_words(shape: Shape, part: QuantityMention) -> bool:
    """`3 in 10`, `3 de cada 10`: a word for out of right behind the part, and a figure right behind that."""
    words = (t for t in shape.begins.get(shape.next_word(part.number.end), ()) if t.kind in ("out_of", "out_of_apart"))
    nexts = [shape.next_word(word.end) for word in words]
    folded = shape.page.reading.folded
    return any(folded[at : at + 1].isdigit() or any(t.kind == "number" for t in shape.begins.get(at, ())) for at in nexts)


def _closes_whole(shape: Shape, whole: QuantityMention, part: QuantityMention) -> bool:
    """A word for `among` a few words behind the whole: 14项指标`中`, 25市町村`のうち`."""
    first = bisect_left(shape.page.starts, whole.number.end)
    nearby = range(first, min(first + _AMONG_REACH + 1, len(shape.page.starts)))
    near = takewhile(lambda index: shape.page.tokens[index] in "、" or STOP.match(shape.page.tokens[index]) is None, nearby)
    terms = (term for index in near for term in shape.begins.get(shape.page.starts[index], ()))
    return any(term.kind == "whole_after" and term.end <= part.start and _ends_word(shape, term) and not _is_of_these(shape, term) for term in terms)


def _is_of_these(shape: Shape, term: TermMention) -> bool:
    """Whether it ends longer words that take up what came before: `1만 명이 감염됐고 이 중 3명이 숨졌다`."""
    return any(cue.kind == "cue" and cue.value == "of_which" and cue.start < term.start for cue in shape.ends.get(term.end, ()))


def _ends_word(shape: Shape, term: TermMention) -> bool:
    """A single character is a word for `among` at the end of a word only: 병원 `중`, not 심장 `중`재술."""
    return term.end - term.start > 1 or not shape.page.reading.folded[term.end : term.end + 1].isalpha()


def _is_of_same(shape: Shape, whole: QuantityMention, part: QuantityMention) -> bool:
    """Nothing else is counted by the part: no noun right behind it but that of the whole, no other classifier."""
    own, other = (shape.after(quantity.number.end, "classifier") for quantity in (whole, part))
    person = shape.after(part.number.end, "counted")
    people = person is not None and person.value == "person" and whole.noun is not None and whole.noun.value in _PEOPLE
    if people and 0 <= part.start - whole.end <= _AMONG:
        return True  # 10名成年人中就有3人
    if own is not None and other is not None:
        return _alike(shape, own, other)
    noun = shape.after(other.end if other else part.number.end, "counted", "indicator")
    if noun is None or whole.noun is None:
        return noun is None
    return noun.value == whole.noun.value or _alike(shape, whole.noun, noun)


def _alike(shape: Shape, left: TermMention, right: TermMention) -> bool:
    """Whether one of two words begins with the other: 市町村 and 市, `trẻ` and `trẻ thấp còi`."""
    one, other = (shape.page.reading.folded[term.start : term.end] for term in (left, right))
    return one.startswith(other) or other.startswith(one)


def one_of(shape: Shape, whole: QuantityMention, ones: dict[int, NumberMention]) -> QuantityMention | None:
    """`다섯 명 중 한 명`: the whole, a word for `among`, and the word one; `ones` by their start."""
    if not ones or whole.unit != "1" or whole.out_of is not None or whole.multiple:
        return None
    for start in (whole.number.end, *shape.tokens_after(whole.number.end, _AMONG_REACH)):
        word = max(
            (t for t in shape.begins.get(start, ()) if t.kind in ("whole_after", "out_of_reversed") and _ends_word(shape, t)),
            key=lambda t: t.end,
            default=None,
        )
        one = ones.get(shape.next_word(word.end)) if word is not None else None
        if one is not None and not (_opens_bound(shape, one) or _is_a_death(shape, whole, one)):
            number = Span(whole.number.start, one.end)
            return replace(whole, end=max(whole.end, one.end), number=number, value=Decimal(1), out_of=whole.value)
    return None


def _is_a_death(shape: Shape, whole: QuantityMention, one: NumberMention) -> bool:
    """`247 cas dont un décès`: the one is counted apart, as in `_are_apart`."""
    noun = shape.after(one.end, "indicator", "concept")
    return noun is not None and _are_deaths(whole, noun)


def _are_deaths(whole: QuantityMention, noun: TermMention) -> bool:
    return noun.value in _DEATHS and (whole.noun is None or whole.noun.value not in _DEATHS)


def _opens_bound(shape: Shape, one: NumberMention) -> bool:
    """The word for one in a longer one that bounds the next figure: dont `un peu plus de` 10 %."""
    return any(term.kind == "comparator_before" and term.end > one.end for term in shape.begins.get(one.start, ()))


def _is_change(shape: Shape, first: QuantityMention) -> bool:
    """`rose from 35 to 45`: a cue of rise or fall shortly before `from`."""
    opened = shape.before(first.start, "range_open")
    if opened is None:
        return False
    between = shape.before(first.start, "range_between_open")
    if between is not None and between.start < opened.start:
        return False  # tăng dao động từ 3 đến 5%
    if any(t.kind == "cue" and t.value == "change_from" and t.start < opened.start for t in shape.ends.get(opened.end, ())):
        return True  # passant de 8 % à 17,5 %
    return any(_leads(shape, cue, opened) or _leads_on(shape, cue, opened) for cue in shape.moves_before(opened.start))


def _leads(shape: Shape, cue: TermMention, opened: TermMention) -> bool:
    near = cue.end <= opened.start and shape.tokens_between(cue.end, opened.start) <= _CHANGE_REACH
    folded = shape.page.reading.folded
    return near and (folded[cue.end : opened.start] == ": " or not BREAK.search(folded, cue.end, opened.start))  # tripled: from 120 to 412


def _leads_on(shape: Shape, cue: TermMention, opened: TermMention) -> bool:
    """`rose from 14.7 to 17.1, pharmacists from 1.2 to 1.9`: the verb is that of an earlier pair of its sentence."""
    if _ENDED.search(shape.page.reading.folded, cue.end, opened.start):
        return False
    return any(cue.end <= other.start < opened.start and _leads(shape, cue, other) for other in shape.page.of_kind("range_open"))


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
            if one is not None and not _is_each(shape, one):
                number = Span(one.start, quantity.number.end)
                return replace(quantity, start=one.start, number=number, value=Decimal(1), out_of=quantity.value)
    return None


def _is_each(shape: Shape, one: NumberMention) -> bool:
    """`Cada uno de los 32 puestos` are all of them."""
    before = bisect_left(shape.page.starts, one.start) - 1
    return before >= 0 and any((t.kind, t.value) == ("cue", "each") for t in shape.begins.get(shape.page.starts[before], ()))


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


def part_with_share(shape: Shape, part: QuantityMention, share: QuantityMention, whole: QuantityMention) -> QuantityMention | None:
    """`1.345 (67,3%) dari 1.998 desa`: the part with its whole, where the share in brackets between them is that of the one in the other."""
    if (part.unit, share.unit, whole.unit) != ("1", "%", "1") or not 0 < part.value <= whole.value or part.out_of is not None:
        return None
    folded = shape.page.reading.folded
    if folded[part.number.end : share.start].strip()[-1:] != "(" or folded[share.end : share.end + 1] != ")":
        return None
    word = shape.after(share.end + 1, "out_of")
    if word is None or shape.next_word(word.end) != whole.number.start or abs(part.value / whole.value * 100 - share.value) > _ROUNDING:
        return None
    if _moves_by(shape, part, word):
        return None
    return replace(part, out_of=whole.value, noun=part.noun or whole.noun)


def _restated(shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
    """`45 % (forty-five per cent)`: the same again in words, with its unit."""
    same = (first.value, first.unit) == (second.value, second.unit) and first.unit != "1"
    return replace(first, end=second.end + 1) if same and _in_brackets(shape.page.reading.folded, first, second) else None


def _metres(shape: Shape, first: QuantityMention, second: QuantityMention) -> QuantityMention | None:
    """`1米74`, `1 metre 70 centimetres`: how tall someone is."""
    gap = shape.page.reading.folded[first.end : second.start]
    if first.unit != "m" or not 0 < first.value < _GIANT or not _TEN <= second.value < _HUNDRED or first.value != int(first.value):
        return None
    if not (second.unit == "cm" and not gap.strip()) and not (second.unit == "1" and not gap and not isinstance(second.number, TermMention)):
        return None
    number = Span(first.number.start, second.number.end)
    return replace(first, end=max(second.number.end, second.end), number=number, value=first.value + second.value / _HUNDRED)


def _part_of(first: QuantityMention, second: QuantityMention) -> QuantityMention:
    number = Span(first.number.start, second.number.end)
    return replace(second, start=first.start, number=number, value=first.value, out_of=second.value, noun=second.noun or first.noun)


def scale_of(scaled: Decimal) -> Decimal:
    """The scale that a number lends the one before it, where its own words don't tell: 1000 of 3,500."""
    scale = Decimal(1)
    while abs(scaled / (scale * 1000)) >= 1:
        scale *= 1000
    return scale

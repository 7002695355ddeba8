"""The unit of a number: percent, money, a physical unit."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace
from decimal import Decimal

from extractor.components.currencies import currency_of, home_currency, share_a_name
from extractor.components.digits import TYPED_RATE
from extractor.components.shape import NOUNS, STOP, Shape
from extractor.knowledge_base import load_knowledge
from extractor.mentions import PerMention, QuantityMention, TermMention

_TIMES = frozenset(("min", "h", "d", "wk", "mo", "a"))
_HALF = Decimal("0.5")
_CODE = len("VND")
_MONEY = "money"
"""In place of a code: the country's own money, whose hundredths are cents."""
_ROW_HEAD = re.compile(r"[(（]([^()（）\n\d]{1,24})[)）] ?[:：]? ?$")
"""The brackets that end the head of a row, right before its figure: `Tỷ lệ bao phủ (%): 93,8`, `Chi (tỷ đồng): 214`."""
_ROW_REACH = 32
_RATE_BEFORE, _RATE_BEHIND = 120, 12
"""Characters in which the rate is named that a figure is points of."""
_SENTENCE_END = re.compile(r"[.!?](?=\s)|[。！？؟\n]")
_SIGN_AHEAD, _SIGN_REACH = re.compile(r"(?<!\d)(?<!\d )[%٪]$"), 3
"""The sign on the other side of its number, as it is typed where lines run from right to left: نسبة `%`12."""
_UNITS = ("percent", "percent_before", "currency", "unit")
_YEAR_BEHIND = re.compile(r" ?\(?(?:1[34]|19|20)\d\d(?![\d.,]*\d)")
_TERM_BEHIND = re.compile(r" ?\(| ?(?:19|20)\d\d ?[-–~/]| (?:19|20)\d\d[^\d.,;\n]{1,12}(?:19|20)\d\d(?!\d)")
"""A year in brackets or a term of years: in five years (2021), `5 năm 2021-2025`."""
_LONGEST_LIFE = 150
"""Years; a greater number before the word for year counts something else."""


def linked(shape: Shape, at: int) -> int:
    """The end of a linking word right after a number, with its apostrophe: 24 `de` ore, 230 millions `d'`euros."""
    link, time = shape.after(at, "links"), shape.after(at, "relative_year", "back_reference")
    if link is None or (time is not None and time.end > link.end):  # 95 del año anterior
        return at
    return link.end + (shape.page.reading.folded[link.end : link.end + 1] == "'")


def percent(shape: Shape, quantity: QuantityMention) -> QuantityMention:
    """A number with its percent sign or word, points or per mille."""
    folded, end = shape.page.reading.folded, quantity.end
    at = end + (folded[end : end + 1] == " ")
    points = shape.after(end, "points")
    if points is not None:
        return replace(quantity, end=points.end, unit="1" if _of_no_share(shape, quantity.start, points.end) else "%", points=True)
    typed = TYPED_RATE.match(folded, at)
    if typed is not None:
        return replace(quantity, end=typed.end(), per=PerMention(at, typed.end(), 100 * 10 ** len(typed[1]), "population", named=False))
    if folded[at : at + 1] in ("%", "٪"):
        points = shape.after(at + 1, "points")
        return replace(quantity, end=points.end if points else at + 1, unit="%", points=points is not None)
    if folded[at : at + 1] == "‰":
        return replace(quantity, end=at + 1, per=PerMention(at, at + 1, 1000, "population", named=False))
    word = shape.after(end, "percent")
    if word is not None and shape.after(word.end, "scale", "bare_scales") is None:  # 125 `por cien mil`: of a hundred thousand
        return replace(quantity, end=word.end, unit="%")
    word = shape.before(quantity.start, "percent_before")
    if word is not None:
        return replace(quantity, start=word.start, unit="%")
    if _SIGN_AHEAD.search(folded, max(0, quantity.start - _SIGN_REACH), quantity.start):
        return replace(quantity, start=quantity.start - 1, unit="%")
    word = shape.after(end, "permille")
    if word is not None and shape.after(word.end, "per_noun") is not None:
        return quantity  # 11,9 `por mil nacidos vivos`: a denominator with its noun
    return quantity if word is None else replace(quantity, end=word.end, per=PerMention(word.start, word.end, 1000, "population", named=False))


def _of_no_share(shape: Shape, start: int, end: int) -> bool:
    """Points of a rate that is never a percentage, named last in the sentence, else right behind: TFR down `0.05 points`."""
    folded = shape.page.reading.folded
    rates = shape.page.by_kind.get("indicator", [])
    first, last = (bisect_left(rates, at, key=lambda term: term.start) for at in (start - _RATE_BEFORE, end + _RATE_BEHIND + 1))
    named = rates[first:last]
    before = [term for term in named if term.end <= start and not _SENTENCE_END.search(folded, term.end, start)]
    behind = [term for term in named if term.start >= end and not STOP.search(folded, end, term.start)]
    rate = before[-1] if before else behind[0] if behind else None
    return rate is not None and rate.value in load_knowledge().never_shares


def currency(shape: Shape, quantity: QuantityMention, country: str | None) -> QuantityMention:
    """A number with the money that it is of, the sign before it or the name behind it; a bare `$` is the country's."""
    sign = shape.before(quantity.start, "currency")
    name = shape.after(quantity.end, "currency")
    folded = shape.page.reading.folded
    if name is not None and _begins_noun(shape, name):
        name = None
    if name is not None and sign is not None and folded[quantity.end : name.start] == "-" and folded[name.end : name.end + 1].isdigit():
        name = None  # $6-$9: the second sign is of the second number
    if name is not None:
        code = currency_of(name, country)
        if sign is not None and share_a_name(sign, name):  # 新台幣360萬元: the sign tells whose
            code = currency_of(sign, country)
        return replace(quantity, end=name.end, unit=code, start=sign.start if sign and currency_of(sign, country) == code else quantity.start)
    if sign is not None and "\n" not in folded[sign.end : quantity.start] and not folded[max(0, sign.start - 1) : sign.start].isalpha():
        return _scaled_money(shape, replace(quantity, start=sign.start, unit=currency_of(sign, country)))
    return quantity


def _scaled_money(shape: Shape, money: QuantityMention) -> QuantityMention:
    """Money with the letter that scales it, or with a word for so many of it: Rp 45 `M`, $12,5 `mdd`."""
    times = shape.after(money.end, "multiple_of_unit")
    if times is not None:
        times_of, _, code = times.value.partition(" ")
        if len(code) == _CODE:
            return _scaled(replace(money, unit=code), times.end, Decimal(times_of))
    letter = shape.after(money.end, "letter_scale")
    if letter is None or shape.page.reading.folded[letter.end : letter.end + 1].isalnum():
        return money
    return _scaled(money, letter.end, Decimal(letter.value))


def _scaled(money: QuantityMention, end: int, factor: Decimal) -> QuantityMention:
    high = money.value_max * factor if money.value_max is not None else None
    return replace(money, end=end, value=money.value * factor, value_max=high)


def physical_unit(shape: Shape, quantity: QuantityMention, country: str | None) -> QuantityMention:
    """A number with its unit, if the unit begins no longer word for what is counted; of a decade its ten years; two hours `and a half`."""
    unit = shape.after(quantity.end, "unit", "multiple_of_unit") or unit_within(shape, quantity)
    if unit is None or _begins_noun(shape, unit) or _names_year(shape, quantity, unit):
        return quantity
    factor, _, code = unit.value.partition(" ") if unit.kind == "multiple_of_unit" else ("1", "", unit.value)
    if code == _MONEY:
        code = home_currency(country) or ""
    if not code:
        return quantity
    high = quantity.value_max * Decimal(factor) if quantity.value_max is not None else None
    half = _half(shape, quantity, unit) if code in _TIMES else None
    value = quantity.value + _HALF if half is not None else quantity.value
    return replace(quantity, end=half.end if half is not None else unit.end, unit=code, value=value * Decimal(factor), value_max=high)


def _half(shape: Shape, quantity: QuantityMention, unit: TermMention) -> TermMention | None:
    """`2 hours and a half`, `3年半`, `2시간 반`: a half behind a unit of time belongs to its figure."""
    half = shape.after(unit.end, "halves_after")
    if half is None or quantity.value != int(quantity.value) or quantity.value_max is not None:
        return None
    longer = shape.after(unit.end, "half_of_word", "fraction")
    return half if longer is None or longer.end <= half.end else None


def unit_within(shape: Shape, quantity: QuantityMention) -> TermMention | None:
    """The unit that a word for a number holds: `يومين`, two days; 사흘, three days."""
    terms = [term for term in shape.begins.get(quantity.start, ()) if term.end == quantity.end]
    return next((term for term in terms if term.kind == "unit"), None) if any(term.kind == "dual" for term in terms) else None


def _names_year(shape: Shape, quantity: QuantityMention, unit: TermMention) -> bool:
    """`16,9 سنة 2021`, `مقارنة بـ 52 عام 2020`: the word for year belongs to the year behind it; `5 năm 2021-2025` are five years."""
    folded = shape.page.reading.folded
    if unit.value != "a" or _YEAR_BEHIND.match(folded, unit.end) is None:
        return False
    no_duration = quantity.value != int(quantity.value) or quantity.value > _LONGEST_LIFE
    return no_duration or _TERM_BEHIND.match(folded, unit.end) is None


def _begins_noun(shape: Shape, unit: TermMention) -> bool:
    """Whether a unit is the beginning of a longer word for what is counted: 15 `đồng` chí are comrades, no money; healthy years are years,
    days of stay days."""
    kinds = ("counted", "disease") if unit.value == "a" else NOUNS
    times = load_knowledge().times
    return any(term.kind in kinds and term.end > unit.end and term.value not in times for term in shape.begins[unit.start])


def of_row_head(shape: Shape, quantity: QuantityMention, country: str | None) -> QuantityMention:
    """A bare number with the unit that the head of its row has in brackets, and the scale before it: `(tỷ đồng): 214`."""
    head = _ROW_HEAD.search(shape.page.reading.folded, max(0, quantity.start - _ROW_REACH), quantity.start)
    if head is None or quantity.unit != "1":
        return quantity
    if head.group(1).strip() in ("%", "٪"):
        return replace(quantity, unit="%")
    at, factor, unit = head.start(1), Decimal(1), None
    while at < head.end(1):
        term = _at(shape, at, "scale", "multiplier", *(_UNITS if unit is None else ()))
        if term is None:
            return quantity
        if term.kind in ("scale", "multiplier"):
            factor *= Decimal(term.value)
        else:
            unit = term
        at = shape.next_word(term.end)
    if unit is None:
        return quantity
    code = unit.value if unit.kind == "unit" else currency_of(unit, country) if unit.kind == "currency" else "%"
    high = quantity.value_max * factor if quantity.value_max is not None else None
    return replace(quantity, unit=code, value=quantity.value * factor, value_max=high)


def _at(shape: Shape, start: int, *kinds: str) -> TermMention | None:
    """The longest term of some kinds that begins at an offset."""
    return max((term for term in shape.begins.get(start, ()) if term.kind in kinds), key=lambda term: term.end, default=None)

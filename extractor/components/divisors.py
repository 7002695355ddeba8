"""Which quantity a denominator divides: the one before it, or the one that it stands ahead of."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractor.components.denominators import PERIODS, is_area, is_divisible, is_undivided
from extractor.components.shape import BREAK, SENTENCE_END, STOP, Shape
from extractor.mentions import PerMention, QuantityMention, Span

_MANY = 100
_TOTAL = Decimal(1_000_000)
"""So much money in a year is a total and no price."""
_SMALL_MONEY = frozenset(("COP", "IDR", "IQD", "IRR", "KHR", "KRW", "LAK", "LBP", "MMK", "UZS", "VND"))
"""Currencies in which a thousand times as much is a price still."""
_LENGTHS = {"s": 0, "min": 1, "h": 2, "d": 3, "wk": 4, "mo": 5, "a": 6}
_PERIOD_LENGTHS = {"minute": 1, "hour": 2, "day": 3, "week": 4, "month": 5, "year": 6}
_SITES = frozenset(("health_station", "facility", "commune", "household"))
"""Where so many are, a verb may stand between: 4 doctors work `at each station`."""
_STOCKS = frozenset(
    (
        "facility", "establishment", "province", "district", "commune", "hospitals", "health_facilities", "health_stations", "hospital_beds",
        "clinics", "pharmacies", "targets", "machine", "vehicle", "country",
    )
)  # fmt: skip
"""There are so many of these, not so many a day: every month the ministry reports on 34 provinces."""
_PER_AFTER, _PER_BEFORE, _PER_BEFORE_UNSPACED = 4, 12, 24
"""Tokens between a quantity and its denominator, at most; where words are not written apart a token is a syllable."""
_PER_DISTANCE = 40
"""Characters between a denominator and the number behind it, at most."""
_BESIDE, _OFTEN_BESIDE = 6, 10
"""Characters between a period and the number behind it, at most, where words are not written apart: 每月支付5,800元; and one that
says how often: 每年免费定期健康检查1次."""
_OF_A_ROW = re.compile(r" ?(?:[(（][^()（）\n\d]{1,24}[)）] ?)?[:：] ?")
"""Between the denominator that ends the head of a row and its figure: `trên 100.000 dân (người): 1,2`."""
_UNNAMED_ROW = re.compile(r" [^\W\d_]{1,12}" + _OF_A_ROW.pattern)
"""The same with the word for those that share it, where a longer phrase has it: bác sĩ/vạn` dân: 19`."""
_NAMED_ROW = re.compile(r"[^\s.,;:!?()。，；：！？（）、\d]{0,20}" + _OF_A_ROW.pattern)
"""The same where words are not written apart and what is divided stands behind the denominator: `每万人口医生数：15`."""
_ASIDE = re.compile(r" ?[(（][^()（）\n\d]{1,80}[)）]")
"""Words in brackets behind a denominator: giường bệnh/vạn dân` (không tính giường trạm y tế xã)` đạt 28."""
_OPENED, _CLOSED = re.compile(r"[(（][^()（）\n\d]*$"), re.compile(r"[^()（）\n\d]{0,24}[)）]")
_DEFINITION = 40
"""Characters from the beginning of brackets to the denominator of the rate that they define, at most."""
_ASIDE_LENGTH = 30
"""Characters of a denominator in brackets of its own, at most: 33 nurses` (all per 10,000 people)`."""
_QUOTES = '"“”«»„「『'
_BEHIND_REACH = 3
"""Tokens between a denominator and the figure right behind it, at most: a word such as about."""
_UNIT_REACH = 3
"""Tokens of a number and its unit right before a denominator, at most."""
_NOUN_REACH = 6
"""The same of a noun before a slash, where words are not written apart: 2.1`个孩子/妇女`，平均寿命75岁."""
_LINE = re.compile(r"[^\n]*[^\s][^\n]*")
_ITEM = re.compile(r"[ \t]*(?P<bullet>[▲△▶►■□●○◆◇•▪◦*+·・–-])[ \t]*(?=[^\W\d])")
"""How the item of a list begins."""
_LONGEST_HEAD, _LONGEST_ITEM = 100, 80


class Divisors:
    """The denominators of a text, to be given to the quantities that they divide."""

    def __init__(
        self, shape: Shape, pers: Sequence[PerMention], quantities: Sequence[QuantityMention], dates: Sequence[Span] = (), *, spaced: bool
    ) -> None:
        """`dates` may stand between a denominator and the number behind it: `на 100 тыс. населения в 2017 году пришлось 253`."""
        self._spaced = spaced
        self._dates = sorted((date.start, date.end) for date in dates)
        self._pers = sorted(pers, key=lambda per: per.start)
        self._starts = [per.start for per in self._pers]
        self._numbers = sorted(quantity.number.start for quantity in quantities)
        self._ends = sorted(quantity.number.end for quantity in quantities if not is_area(quantity))
        self._items = list(self._under_heads(shape)) if pers else []
        self._item_starts = [item.start for item, _, _ in self._items]

    def attach(self, shape: Shape, quantity: QuantityMention) -> QuantityMention:
        """The denominator that follows the quantity in the same phrase, or stands before it."""
        if quantity.per is not None or quantity.unit == "%" or is_undivided(quantity):
            return quantity
        index = bisect_left(self._starts, quantity.number.end)
        after = [per for per in self._pers[index : index + 2] if self._follows(shape, quantity, per) or self._is_told_aside(shape, quantity, per)]
        if after:
            per = max(after, key=lambda per: not _is_period(per))  # 22.3 daily doses per 1,000 people
            end = quantity.end if _OPENED.search(shape.page.reading.folded, quantity.end, per.start) else max(quantity.end, per.end)
            return replace(quantity, per=per, end=end)
        before = (per for per in reversed(self._pers[max(0, index - 2) : index]) if self._precedes(shape, quantity, per))
        per_before = next(before, None) or self._of_the_list(quantity)
        return quantity if per_before is None else replace(quantity, per=per_before)

    def _of_the_list(self, quantity: QuantityMention) -> PerMention | None:
        """The denominator that the head of a list names: `Doctors per 10,000 people:` and then `- Lai Chau: 12.3`."""
        index = bisect_right(self._item_starts, quantity.number.start) - 1
        item, per, divided = self._items[index] if index >= 0 else (None, None, frozenset[str]())
        if item is None or per is None or quantity.number.start >= item.end or not is_divisible(quantity, per):
            return None
        noun = quantity.noun
        own = noun is None or (noun.value in divided if noun.kind == "indicator" else noun.value not in _STOCKS)
        return per if own else None

    def _under_heads(self, shape: Shape) -> Iterator[tuple[Span, PerMention, frozenset[str]]]:
        """The items with one figure each below a line that names a denominator and has no figure, with it and the indicators that the line names."""
        folded, named = shape.page.reading.folded, sorted(shape.page.of_kind("indicator"), key=lambda term: term.start)
        per, head, bullets = None, "", ""
        divided: frozenset[str] = frozenset()
        for line in _LINE.finditer(folded):
            item = _ITEM.match(folded, line.start(), line.end())
            bullet = item["bullet"] if item is not None else ""
            if per is not None and bullet and bullet != head and bullets in ("", bullet):
                bullets = bullet
                if len(line.group()) <= _LONGEST_ITEM and self._figures(line.start(), line.end()) == 1:
                    yield Span(line.start(), line.end()), per, divided
                continue
            per, head, bullets = self._headed(folded, line.start(), line.end()), bullet, ""
            if per is not None:
                begins, ends = (bisect_left(named, at, key=lambda term: term.start) for at in line.span())
                divided = frozenset(term.value for term in named[begins:ends])

    def _headed(self, folded: str, start: int, end: int) -> PerMention | None:
        """The denominator of a line that may head a list."""
        index = bisect_left(self._starts, end) - 1
        per = self._pers[index] if index >= 0 and self._pers[index].start >= start else None
        short = end - start <= _LONGEST_HEAD and SENTENCE_END.search(folded, start, end - 1) is None
        return per if per is not None and short and not _is_period(per) and self._figures(start, end) == 0 else None

    def _figures(self, start: int, end: int) -> int:
        """How many quantities begin between two offsets."""
        return bisect_left(self._numbers, end) - bisect_left(self._numbers, start)

    def _follows(self, shape: Shape, quantity: QuantityMention, per: PerMention) -> bool:
        if per.side == "behind" or not is_divisible(quantity, per) or (per.side == "behind_if_any" and self._figure_right_behind(shape, per)):
            return False
        bound = shape.after(quantity.end, "comparator_after", "frequency")  # 3 مرات على الأقل في السنة, 2-mal pro Jahr
        end = bound.end if bound is not None else quantity.end
        distance = shape.tokens_between(end, per.start) if per.start > end else 0
        reach = _PER_AFTER if per.count > 1 or per.of in _SITES else 1
        if distance > reach or not shape.unbroken(quantity.number.end, per.start, STOP):
            return False
        return not _is_period(per) or (not self._other_between(quantity.number, per) and _is_often(quantity, per))

    def _is_told_aside(self, shape: Shape, quantity: QuantityMention, per: PerMention) -> bool:
        """`55 beds, 20 doctors and 33 nurses by 2030 (all per 10,000 people)`: in brackets of its own, behind the last figure of the list."""
        if per.count < _MANY or quantity.unit != "1" or not is_divisible(quantity, per) or self._other_between(quantity.number, per):
            return False
        folded = shape.page.reading.folded
        opened = _OPENED.search(folded, max(quantity.end, per.start - _ASIDE_LENGTH), per.start)
        if opened is None or _CLOSED.match(folded, per.end) is None or SENTENCE_END.search(folded, quantity.end, per.start) is not None:
            return False
        return shape.tokens_between(quantity.end, opened.start()) <= _PER_BEFORE

    def _precedes(self, shape: Shape, quantity: QuantityMention, per: PerMention) -> bool:
        """`doctors/10,000 people: 12.5` where the quantity has no noun of its own; `per 10,000 people 33 beds`."""
        if not is_divisible(quantity, per):
            return False
        if _is_period(per):
            return self._is_ahead(shape, quantity, per)
        if self._is_taken(shape, per):
            return False  # Rp650.000 per dose and two doses; 512.3/10万，死亡12人
        reach = _PER_BEFORE if self._spaced or per.count < _MANY else _PER_BEFORE_UNSPACED
        aside = _ASIDE.match(shape.page.reading.folded, per.end, quantity.start) if per.end < quantity.start else None
        end = aside.end() if aside is not None else self._end_of_definition(shape, per, quantity) or per.end
        near = end <= quantity.start and shape.tokens_between(end, quantity.start) <= reach
        heads_row = per.count >= _MANY and self._heads_row(shape, per, quantity)
        right = quantity.start - self._is_first_in_brackets(shape, per, quantity)
        if not near or not (heads_row or self._unbroken(shape, end, right)) or quantity.number.start - end > _PER_DISTANCE:
            return False
        heads = [term for term in shape.ends.get(shape.word_end(per.start), ()) if term.kind in ("indicator", "concept")]
        return not heads or quantity.noun is None or quantity.noun.kind != "indicator" or any(head.value == quantity.noun.value for head in heads)

    def _end_of_definition(self, shape: Shape, per: PerMention, quantity: QuantityMention) -> int | None:
        """The end of brackets that only say what a rate is, with its figure right behind them: 조사망률(`인구 1000명당` 사망자 수)은 5.7명."""
        folded = shape.page.reading.folded
        opened, closed = _OPENED.search(folded, max(0, per.start - _DEFINITION), per.start), _CLOSED.match(folded, per.end, quantity.start)
        if opened is None or closed is None or shape.tokens_between(closed.end(), quantity.start) > _BEHIND_REACH:
            return None
        return closed.end()

    def _heads_row(self, shape: Shape, per: PerMention, quantity: QuantityMention) -> bool:
        """Whether a figure is the first behind the head of a row: `doctors/10,000 people: 12.5`, `… people: Plan 11; result 11.5`."""
        rows = [_OF_A_ROW if self._spaced else _NAMED_ROW]
        if self._spaced and not per.named:
            rows.append(_UNNAMED_ROW)
        label = shape.before(quantity.start, "cue")
        ends = (quantity.start,) if label is None else (quantity.start, label.start)
        return any(row.fullmatch(shape.page.reading.folded, per.end, end) is not None for row in rows for end in ends)

    def _is_first_in_brackets(self, shape: Shape, per: PerMention, quantity: QuantityMention) -> bool:
        """人口10万対の病床数は香川県`(1,032.6床)`が多い: the first figure behind a denominator may stand in brackets."""
        return shape.page.reading.folded.startswith("(", quantity.start - 1) and not self._other_between(per, quantity.number)

    def _is_ahead(self, shape: Shape, quantity: QuantityMention, per: PerMention) -> bool:
        """`daily` 1,100 patients; `Every day` the hospital treats 500 patients: the first figure behind it in its clause."""
        if per.side == "ahead" or per.end > quantity.start or self._other_between(per, quantity.number) or not _is_often(quantity, per):
            return False
        compared = shape.before(quantity.start, "comparator_before")
        start = compared.start if compared is not None and compared.start >= per.end else quantity.start
        distance = shape.tokens_between(per.end, start)
        if per.side == "beside" or distance == 0:
            return distance == 0
        if distance > _PER_BEFORE or not shape.unbroken(per.end, start, BREAK) or (quantity.noun is not None and quantity.noun.value in _STOCKS):
            return False
        reach = _BESIDE if shape.after(quantity.number.end, "frequency") is None else _OFTEN_BESIDE
        return _opens_clause(shape, per) or (not self._spaced and distance <= reach)

    def _unbroken(self, shape: Shape, left: int, right: int) -> bool:
        """Whether nothing that ends the phrase stands between two offsets, and no figure but a date's."""
        index = bisect_left(self._dates, (left, 0))
        start, end = self._dates[index] if index < len(self._dates) else (right, right)
        if end > right or start >= right:
            return shape.unbroken(left, right, BREAK)
        return shape.unbroken(left, start, BREAK) and shape.unbroken(end, right, BREAK)

    def _is_taken(self, shape: Shape, per: PerMention) -> bool:
        """Whether a number stands right before a denominator, with its unit at most."""
        index = bisect_left(self._ends, per.start + 1) - 1
        slash = shape.page.reading.folded.startswith("/", per.start)
        reach = _UNIT_REACH if self._spaced or not slash else _NOUN_REACH
        if index < 0 or shape.tokens_between(self._ends[index], per.start) >= reach:
            return False
        return STOP.search(shape.page.reading.folded, self._ends[index], per.start) is None

    def _figure_right_behind(self, shape: Shape, per: PerMention) -> bool:
        """의사는 1.245명으로 `인구 1만 명당` 12,8명: it is the second figure that is divided."""
        index = bisect_left(self._numbers, per.end)
        number = self._numbers[index] if index < len(self._numbers) else None
        return number is not None and shape.tokens_between(per.end, number) <= _BEHIND_REACH and shape.unbroken(per.end, number, STOP)

    def _other_between(self, left: Span, right: Span) -> bool:
        """Whether another quantity stands between."""
        index = bisect_left(self._numbers, left.end)
        return index < len(self._numbers) and self._numbers[index] < right.start


def _is_period(per: PerMention) -> bool:
    return per.of in PERIODS


def _is_often(quantity: QuantityMention, period: PerMention) -> bool:
    """A yearly total is no rate, `170 million a year`; nor is a duration as long as the period, `3 years a month`."""
    if _LENGTHS.get(quantity.unit, -1) >= _PERIOD_LENGTHS[period.of]:
        return False
    if period.of != "year":
        return True
    if quantity.unit in _LENGTHS:
        return True
    if quantity.unit != "1":
        return quantity.value <= _TOTAL * (1000 if quantity.unit in _SMALL_MONEY else 1)
    return quantity.value < _MANY


def _opens_clause(shape: Shape, per: PerMention) -> bool:
    """Whether a denominator is the first of its clause."""
    folded = shape.page.reading.folded
    before = shape.word_end(per.start)
    opened = before == 0 or STOP.match(folded, before - 1) is not None or folded[before - 1] in _QUOTES
    return opened or "\n" in folded[before : per.start]

"""What a quantity is divided by: `per 10,000 inhabitants`, `人口10万人あたり`, `a year`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from extractor.components.shape import NOUNS, SENTENCE_END, Shape
from extractor.knowledge_base import load_knowledge
from extractor.mentions import NumberMention, PerMention, QuantityMention, Span, Spans, TermMention

_MANY = 100
_PERCENT = re.compile(" ?%")
_COUNTED_SINGLY = frozenset(("hospital_bed", "doctor", "facility", "health_station", "commune", "visit", "day", "week", "month", "year", "hour"))
"""Nothing is divided by more than a hundred of these, and by a hundred behind a word for each only: لكل 100 سرير, no trên 100 giường."""
_UNSHARED = frozenset(("s", "min", "h", "d", "wk", "mo", "a", "Cel"))
_BILLION = 1_000_000_000
_AREAS = frozenset(("country", "province", "district", "commune"))
_MASSES = frozenset(("population", "person", "live_births", "girls", "woman", "children"))
"""What is counted in hundreds where something is divided by it."""
_SERVED = frozenset(("population", "person", "patient", "student", "children"))
_SERVED_REACH = 120
"""Characters between the word for those that a ratio is to, and the ratio."""
PERIODS = frozenset(("day", "week", "month", "year", "hour", "minute"))
_PER_COUNTS = frozenset(Decimal(10) ** n for n in range(1, 7))
_SHARED = frozenset(
    (
        "doctor", "hospital_bed", "health_station", "doctors", "nurses", "midwives", "pharmacists", "health_workers",
        "village_health_workers", "hospitals", "hospital_beds", "clinics", "pharmacies", "health_facilities", "health_stations",
        "facility", "establishment", "worker", "machine", "vehicle", "case", "cases",
    )
)  # fmt: skip
"""Indicators and classes of things that so many people share."""
_GIVEN = frozenset(
    ("trainings", "trained", "session", "programme", "visit", "medical_visits", "examined", "health_checkups", "screened", "vaccine_doses")
)
"""Those that so many people are given: `25 kelas untuk 1.000 peserta` is no rate."""
_FIGURE_BEFORE, _FIGURE_REACH = re.compile(r"(?<![\d.,/])(\d{3})(?:[.,]\d)?$"), 8
_TEN = 10
_MOVES = ("increase", "decrease")
_TIMES_BEFORE = ("year_before", "week_before")
_THING_REACH = 5
"""Tokens of what a denominator divides, at most."""
_DIVIDED_REACH = 8
"""Tokens before a denominator of a few things in which the number that it divides ends."""
_ONE_REACH = 3
"""Tokens between a denominator and the word one behind it, at most."""

_PART_REACH = 24
"""Tokens between a whole and its part, at most."""
_GOES_ON = re.compile("[\u4e00-\u9fff]{2}[\u3041-\u309f]")
"""前年に: the year before, where 年に alone is a rate."""
_WITHIN = re.compile("[\uac00-\ud7a3]{2}$")
"""치매환자: a Korean word, no `매` (each) 환자."""
_BEGINS_WORD = re.compile("\\s[\uac00-\ud7a3]{2}")
"""12명이 당뇨병을 앓는다: diabetes, no 12명`당`."""
_PARTICLE = re.compile("[\u3041-\u306d\u306f-\u3096]")
"""透析は週3回: a hiragana ends the word before; の would name the week (`その週`3人)."""
_ONE_DAY = 2
"""Characters of 1日, which is the first of the month as well."""


def denominators(shape: Shape, numbers: Sequence[NumberMention], each: frozenset[str], *, spaced: bool) -> Iterator[PerMention]:
    """`per 10,000 inhabitants`, `/100 000 habitants`, `人口10万人あたり`, `a year`."""
    often = {(per.start, per.end): per for per in _words_for_often(shape, spaced=spaced)}
    for per in _phrases(shape, numbers, each):
        if (per.start, per.end) not in often:
            yield per
    yield from often.values()


def _phrases(shape: Shape, numbers: Sequence[NumberMention], each: frozenset[str]) -> Iterator[PerMention]:
    """Denominators of several words."""
    by_start = {number.start: number for number in numbers}
    ends_at = {number.end: number for number in numbers}
    for term in shape.page.of_kind("shared_by"):
        shared = _shared_thing(shape, term, ends_at)
        per = _denominator_after(shape, term, by_start, each) if shared is not None else None
        if per is not None and shared is not None and (shared.value == 1 or (per.of == "girls" and per.count == _MANY) or _is_rate(shared, per)):
            yield per  # one doctor to 512 people, 111 boys to 100 girls, 9.8 doctors to 10,000 people
    for term in shape.page.of_kind("per_before"):
        if _WITHIN.match(shape.page.reading.folded, term.start - 1, term.end) or _ends_word(shape, term):
            continue
        per = _denominator_after(shape, term, by_start, each)
        if per is not None and (_is_whole(shape, term, per, ends_at) or _holds_part(shape, term, per, numbers)):
            continue
        if per is not None and not per.named and _bounds(shape, term) and not _follows_number(shape, per, ends_at):
            continue
        if per is not None and shape.page.reading.folded[term.start : term.end] not in each and _is_given(shape, per, ends_at):
            continue
        if per is not None and (_is_round(per.count) or _is_ratio(shape, per, by_start, ends_at)) and _divides(shape, per, ends_at):
            yield per
    for term in shape.page.of_kind("per_after"):
        folded = shape.page.reading.folded
        if (term.end - term.start == 1 and _BEGINS_WORD.match(folded, term.start - 1)) or folded[term.start - 1 : term.start] == "%":
            continue  # 인구의 95%에 대해
        if any(t.kind == "per_before" and t.end == term.end for t in shape.begins[term.start]) and _denominator_after(shape, term, by_start, each):
            continue  # 男児112人`対`女児100人; but 人口10万`対`
        per = _denominator_before(shape, term, ends_at)
        if per is not None:
            yield replace(per, side="behind_if_any") if per.count >= _MANY else per
    yield from _ratios(shape, numbers)
    yield from _frequencies(shape, ends_at)
    yield from _scales_alone(shape, numbers)


def _ends_word(shape: Shape, term: TermMention) -> bool:
    """ส่ง`ต่อ`ผู้ป่วย: patients are referred, nothing is per patient."""
    return any(longer.start < term.start and longer.kind == "per_longer" for longer in shape.ends.get(term.end, ()))


def _is_rate(shared: NumberMention, per: PerMention) -> bool:
    """A fraction of a thing is shared by nobody: 300 beds `for` 10,000 people may be all that there are, 28.5 beds are not."""
    return shared.value != int(shared.value) and per.count >= _MANY and per.count in _PER_COUNTS


def _scales_alone(shape: Shape, numbers: Sequence[NumberMention]) -> Iterator[PerMention]:
    """`千人口`床位数: no part of 5千人口 or 每千人口, and right before what is counted."""
    starts = [number.start for number in numbers]
    for term in shape.page.of_kind("per_scaled"):
        at = bisect_left(starts, term.start) - 1
        counted = shape.before(term.start, "per_before") is not None or (at >= 0 and term.start <= numbers[at].end)
        if not counted and shape.after(term.end, *NOUNS) is not None:
            yield PerMention(term.start, term.end, float(term.value), "population")


def _ratios(shape: Shape, numbers: Sequence[NumberMention]) -> Iterator[PerMention]:
    """`1:512`, a doctor for so many inhabitants: who they are is said before it; two digits behind the colon are those of a clock.
    `1 ต่อ 512` too, but only behind a word for those who are served, and with none of its own."""
    folded = shape.page.reading.folded
    nouns = [term for term in shape.page.of_kind("per_noun") if term.value in _SERVED]
    starts = [term.start for term in nouns]
    for one, many in pairwise(numbers):
        if one.value != 1 or not one.digits or not many.digits or many.value < _MANY:
            continue
        before = bisect_left(starts, one.start) - 1
        served = nouns[before] if before >= 0 and one.start - nouns[before].end <= _SERVED_REACH else None
        word = shape.after(one.end, "per_before")
        in_words = word is not None and folded[word.start].isalpha() and shape.next_word(word.end) == many.start
        bare = in_words and shape.after(many.end, "per_noun", "classifier", *NOUNS) is None
        if folded[one.end : many.start].strip() == ":" or (served is not None and bare):
            yield PerMention(one.end, many.end, float(many.value), served.value if served else "population", "ahead")


def _frequencies(shape: Shape, ends_at: dict[int, NumberMention]) -> Iterator[PerMention]:
    """How often: twice `a year`, N40,000 `a month`."""
    folded = shape.page.reading.folded
    for term in shape.page.of_kind("times_a"):
        noun = shape.after(term.end, "per_noun")
        if noun is None or noun.value not in PERIODS or folded[noun.end + 1 : noun.end + 2].isdigit():  # im Jahr 2024
            continue
        if _tells_when(shape, noun):
            continue
        bound = shape.before(term.start, "comparator_after")  # مرتين على الأقل في السنة
        start = bound.start if bound else term.start
        divided = folded[start - 1 : start] == " " and shape.word_end(start) in ends_at
        if divided or shape.before(start, "frequency", "multiple", "classifier", "currency", "unit", *NOUNS) is not None:
            yield PerMention(term.start, noun.end, 1, noun.value, "ahead")


def _words_for_often(shape: Shape, *, spaced: bool) -> Iterator[PerMention]:
    """45 jam `seminggu`, `monatlich` 398 Franken, 2000 جنيه `شهريا`; where words are not written apart they come first: `每周`三次."""
    certain = Spans(shape.page.of_kind("back_reference"))  # 直近1週間に120人: in that week
    for term in shape.page.of_kind("often"):
        bounded = not spaced and shape.after(term.end, "comparator_after") is not None  # 一个月内 is no denominator
        if not bounded and not _tells_when(shape, term) and not certain.touch(term) and _stands_alone(shape, term):
            yield PerMention(term.start, term.end, 1, term.value, "" if spaced else "behind")
    for term in shape.page.of_kind("often_adjective"):
        yield PerMention(term.start, term.end, 1, term.value, "beside")


def _tells_when(shape: Shape, period: TermMention) -> bool:
    """A period in longer words for a time: 29 a `year earlier`, 29 `setahun sebelumnya`, 37 في `العام الماضي`."""
    longer = [term for term in shape.begins.get(period.start, ()) if term.end > period.end]
    longer += [term for term in shape.ends.get(period.end, ()) if term.start < period.start]
    return any(term.kind == "relative_year" or (term.kind == "cue" and term.value in _TIMES_BEFORE) for term in longer)


def _stands_alone(shape: Shape, term: TermMention) -> bool:
    """A single character (월, 月) between no letters, a word with a figure (1日) behind no other: no part of 10月1日, 第37週に, 前年に or 광주.

    `월 20만 원` is a rate, `첫째 주 환자` are the patients of that week.
    """
    folded = shape.page.reading.folded
    before, after = folded[term.start - 1 : term.start], folded[term.end : term.end + 1]
    marks = load_knowledge().marks
    if before == " " and folded[term.start - 2] in marks.month_signs:  # 8월 한 달에만: in that month alone
        return False
    if folded[term.start].isdigit():
        told = before.isdigit() or before in (*marks.month_signs, *marks.genitives)
        return not told and (term.end - term.start > _ONE_DAY or after.isdigit())
    if term.end - term.start > 1:
        return not before.isdigit() and not _GOES_ON.match(folded, term.start - 1)
    if (before.isalnum() and not (_PARTICLE.match(before) and after.isdigit())) or not (after == " " or after.isdigit()):
        return False
    at = shape.next_word(term.end)
    return folded[at : at + 1].isdigit() or shape.after(term.end, "number", "comparator_before") is not None


def _denominator_after(shape: Shape, term: TermMention, by_start: dict[int, NumberMention], each: frozenset[str]) -> PerMention | None:
    """A denominator behind its preposition; without a number only behind a word for each, or a slash."""
    folded = shape.page.reading.folded
    if any(opener.kind == "range_open" and opener.start < term.start for opener in shape.ends.get(term.end, ())):
        return None
    at = shape.next_word(term.end)
    number = by_start.get(at)
    if number is not None and number.value == 1:
        number = _ten_thousand(by_start.get(shape.next_word(number.end))) or number
    if number is not None and folded[term.start : term.end] == "/" and folded[term.start - 1].isdigit() and number.value < _MANY:
        return None  # 4/10 communes
    count, end = (number.value, number.end) if number else _scales_after(shape, term.end)
    classifier = shape.after(end, "classifier")
    reach = 3 if number is not None else 1
    noun = _holding_scale(shape, number) or _per_noun(shape, end, reach) or (classifier and _per_noun(shape, classifier.end, reach))
    if noun and noun.value in PERIODS and count in _PER_COUNTS and count >= _MANY and noun.start > shape.next_word(end):
        noun = None  # 1,43 per seribu dibandingkan `tahun` 2011
    if noun and number is not None and any(start < noun.start and start in by_start for start in shape.tokens_after(end, reach)):
        noun = None  # cada uma das 26 comunas
    if number is None and noun is not None:
        named = _noun_then_number(shape, term, noun, by_start)
        if named is not None:
            return named
        if _counts_the_same(shape, noun, by_start):
            return None
    if count == 1 and folded[term.start : term.end] not in each and (noun is None or folded[term.start : noun.end] not in each):
        return None  # pe persoană; but defalcat pe comune: what may mean on as well is for each with some words only
    if (
        noun is not None
        and noun.value in _COUNTED_SINGLY
        and (count > _MANY or (count == _MANY and folded[term.start : term.end] not in each - {"/"}))
    ):
        return None
    if noun is None:
        if _PERCENT.match(folded, end) or shape.after(end, "percent", "points") is not None or _counts_shared(shape, end):
            return None  # va ajunge la 100%, больница на 1.000 коек
        whole = folded[term.start : term.end] == "/" or any(part.kind == "out_of" and part.end == term.end for part in shape.begins[term.start])
        if whole and count <= _MANY:
            ratio = number is not None and _exceeded(folded, term, count)  # not 345/KH-UBND
            return PerMention(term.start, end, float(count), "population", named=False) if ratio else None
        if count in _PER_COUNTS and count >= _MANY:
            return PerMention(term.start, end, float(count), "population", named=False)
        return None
    if noun.value in PERIODS and count != 1 and shape.before(term.start, "frequency", "once") is None:
        return None  # 230 millions sur trois ans; but une fois tous les trois ans
    if 1 < count <= _TEN and (_moves_by(shape, term) or any(map(_is_move, shape.begins.get(shape.next_word(noun.end), ())))):
        return None  # 18 фельдшеров, на 9 человек больше
    if number is None and any(where.kind == "dimension" and where.end >= noun.end for where in shape.begins[term.start]):
        return None  # 94 врача на селе
    return PerMention(term.start, noun.end, float(count), _divided(count, noun.value))


def _is_move(cue: TermMention) -> bool:
    return cue.kind == "cue" and cue.value in _MOVES


def _moves_by(shape: Shape, term: TermMention) -> bool:
    """A word for each that also says what something rose or fell by, behind a word that says which: `снижение на 5 случаев`."""
    by = [cue for cue in shape.ends.get(term.end, ()) if cue.kind == "cue" and cue.value == "change_by" and cue.start <= term.start]
    near = (cue for cue in shape.moves_before(term.start) if shape.tokens_between(cue.end, term.start) <= 1)
    return any(cue.start < term.start for cue in by) or (bool(by) and any(near))


def _counts_shared(shape: Shape, at: int) -> bool:
    """Whether beds, doctors or the like are counted: a hospital `на 1.000 коек` is one of so many beds."""
    thing = shape.after(at, "indicator")
    return thing is not None and thing.value in _SHARED


def _ten_thousand(number: NumberMention | None) -> NumberMention | None:
    """The number in words that one of is divided by: `per 1 ten thousand people`, word for word from the Vietnamese."""
    return number if number is not None and not number.digits and number.value in _PER_COUNTS and number.value > _MANY else None


def _exceeded(folded: str, term: TermMention, count: Decimal) -> bool:
    """Whether the figure before a slash is more than what is behind it, and so no part of it: boys to girls are `112/100`."""
    figure = _FIGURE_BEFORE.search(folded, max(0, term.start - _FIGURE_REACH), term.start) if folded[term.start : term.end] == "/" else None
    return figure is not None and int(figure.group(1)) > count


def _noun_then_number(shape: Shape, term: TermMention, noun: TermMention, by_start: dict[int, NumberMention]) -> PerMention | None:
    """What is divided by before how many of it: ต่อเด็กหญิง 100 คน, 병상 39개/인구 1만 명, ต่อการเกิดมีชีพแสนคน."""
    if noun.value not in _MASSES:
        return None
    about = shape.after(noun.end, "comparator_before")
    number = by_start.get(shape.next_word(about.end if about else noun.end))
    count, end = (number.value, number.end) if number else _scales_after(shape, noun.end)
    if count < _MANY or (number is None and shape.after(end, "currency", "unit") is not None):  # 每人千元
        return None
    classifier = shape.after(end, "classifier")
    whose = shape.after(end, "per_noun") or (classifier and shape.after(classifier.end, "per_noun"))  # 每出生100名女婴
    end = classifier.end if classifier else end
    if whose is not None and whose.value == "girls":
        return PerMention(term.start, whose.end, float(count), whose.value)
    return PerMention(term.start, end, float(count), _divided(count, noun.value))


def _counts_the_same(shape: Shape, noun: TermMention, by_start: dict[int, NumberMention]) -> bool:
    """How many there are stands behind them, where the counted thing is named first: ลงโทษ`ต่อสถานประกอบการ 157 แห่ง`, fines for 157 establishments."""
    number = by_start.get(shape.next_word(noun.end))
    counted = shape.after(number.end, "counted") if number is not None and number.value > 1 else None
    return counted is not None and counted.value == noun.value


def _scales_after(shape: Shape, at: int) -> tuple[Decimal, int]:
    """What scale words without a number before them make, and where they end: per `hundred thousand`, trên `một trăm nghìn`."""
    count, end = Decimal(1), at
    one = shape.after(at, "one")
    word = shape.after(one.end if one else at, "scale", "multiplier")
    while word is not None:
        count, end = count * Decimal(word.value), word.end
        word = shape.after(end, "scale", "multiplier")
    return count, end


def _is_whole(shape: Shape, term: TermMention, per: PerMention, ends_at: dict[int, NumberMention]) -> bool:
    """`9 of every 10 households`: the second number is the whole that the first is a part of."""
    opened = [word for word in shape.ends.get(term.end, ()) if word.kind == "out_of" and word.start <= term.start]
    parts = [ends_at.get(shape.word_end(word.start)) for word in opened]
    return per.count <= _TEN and any(part is not None and part.value < per.count for part in parts)


def _holds_part(shape: Shape, term: TermMention, per: PerMention, numbers: Sequence[NumberMention]) -> bool:
    """`Of every 5 patients, 1 smokes`, `每4人就有1人`: the next number is a part of this one, with nothing else that it counts."""
    index = bisect_left(numbers, per.end, key=lambda number: number.start)
    part = numbers[index] if index < len(numbers) else None
    if part is None or not 1 < per.count <= _MANY or part.value >= per.count or shape.tokens_between(per.end, part.start) > _PART_REACH:
        return False
    folded = shape.page.reading.folded
    if SENTENCE_END.search(folded, per.end, part.start):
        return False
    among = any(word.kind in ("whole_after", "out_of_reversed") for word in shape.ends.get(shape.word_end(part.start), ()))
    opened = among or any(word.kind == "whole_before" for word in shape.ends.get(term.end, ()))
    classifier = shape.after(part.end, "classifier")
    noun = shape.after(classifier.end if classifier else part.end, "counted", "indicator")
    words = folded[per.start : per.end].split(" ")
    return opened and (noun is None or noun.value == per.of or any(folded.startswith(word, noun.start) for word in words if word))


def _is_round(count: float) -> bool:
    """A whole number to ten, or a power of ten: what rates are given for."""
    return (count <= _TEN and count == int(count)) or count in _PER_COUNTS


def _divides(shape: Shape, per: PerMention, ends_at: dict[int, NumberMention]) -> bool:
    """A few things divide only a number before them: `1 nurse for 3 beds`; `s-a ajuns la 9 medici` has none, and so counts the nine."""
    return per.count == 1 or per.count > _TEN or per.of in PERIODS or _follows_number(shape, per, ends_at)


def _follows_number(shape: Shape, per: PerMention, ends_at: dict[int, NumberMention]) -> bool:
    """Whether a number that it may divide ends within a few tokens before it."""
    last = bisect_left(shape.page.starts, per.start)
    return any(shape.page.ends[index] in ends_at for index in range(max(0, last - _DIVIDED_REACH), last))


def _bounds(shape: Shape, term: TermMention) -> bool:
    """A word for each that also means more than: `trên 100.000 sinh mạng`."""
    return any(part.kind == "comparator_before" and part.end == term.end for part in shape.begins[term.start])


def _is_ratio(shape: Shape, per: PerMention, by_start: dict[int, NumberMention], ends_at: dict[int, NumberMention]) -> bool:
    """`one doctor per 12,000 people`, `auf 12.000 Einwohner kommt ein Arzt`: few things, right beside those who share them."""
    shared = _shared_thing(shape, per, ends_at)
    if shared is not None:
        return shared.value == 1 or (per.of == "population" and shared.value < _MANY)
    for start in shape.tokens_after(per.end, _ONE_REACH + 1):
        one = by_start.get(start)
        if one is not None:
            noun = shape.after(one.end, "classifier", *NOUNS)  # no `pour 698.214 tours de personnes ayant une carte`
            return one.value == 1 and noun is not None and (noun.kind == "classifier" or noun.value in _SHARED)
    return False


def _is_given(shape: Shape, per: Span, ends_at: dict[int, NumberMention]) -> bool:
    """Whether something that people are given is counted right before them."""
    last = bisect_left(shape.page.starts, per.start)
    for index in range(last - 1, max(last - 1 - _THING_REACH, -1), -1):
        number = ends_at.get(shape.page.ends[index])
        if number is not None:
            noun = shape.after(number.end, *NOUNS)
            return noun is not None and noun.value in _GIVEN and noun.end >= shape.word_end(per.start)
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
    noun = shape.after(end, *NOUNS) or shape.after(end, "per_noun")  # the noun may be swallowed by a longer phrase: `temos um médico`
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


def bare_ones(shape: Shape, numbers: Sequence[NumberMention], each: frozenset[str]) -> Iterator[tuple[TermMention, PerMention]]:
    """A thing without a number and how many share it, where a language has no article: طبيب لكل 454 نسمة, a doctor for 454 people."""
    folded = shape.page.reading.folded
    by_start, ends = {number.start: number for number in numbers}, {number.end for number in numbers}
    for thing in {term.start: term for term in shape.page.of_kind("singular")}.values():
        word = shape.after(thing.end, "per_before")
        if word is None or folded[word.start : word.end] not in each or shape.word_end(thing.start) in ends:
            continue
        number = by_start.get(shape.next_word(word.end))
        served = _per_noun(shape, number.end, 1) if number is not None and number.value >= _MANY and number.value not in _PER_COUNTS else None
        nouns = [term for term in shape.begins.get(thing.start, ()) if term.kind in NOUNS and term.end >= thing.end]
        if number is not None and served is not None and served.value in _MASSES and nouns:
            per = PerMention(word.start, served.end, float(number.value), _divided(number.value, served.value))
            yield max(nouns, key=lambda term: term.end), per


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


def _holding_scale(shape: Shape, number: NumberMention | None) -> TermMention | None:
    """A noun that begins with the scale word of the number: bình quân 1 `vạn dân`."""
    if number is None:
        return None
    starts = shape.page.starts
    inner = starts[bisect_left(starts, number.start + 1) : bisect_left(starts, number.end)]
    return next((term for start in inner for term in shape.begins.get(start, ()) if term.kind == "per_noun" and term.end > number.end), None)


def _denominator_before(shape: Shape, term: TermMention, ends_at: dict[int, NumberMention]) -> PerMention | None:
    at = term.start
    noun = shape.before(at, "per_noun")
    if noun is not None:
        at = noun.start
    else:
        classifier = shape.before(at, "classifier")
        at = classifier.start if classifier else at
    number = ends_at.get(shape.word_end(at))
    scale = shape.before(at, "multiplier", "scale") if number is None and noun is None else None
    if scale is not None:  # 出生千対
        thing = shape.before(scale.start, "per_noun")
        divided = _divided(Decimal(scale.value), thing.value if thing else "population")
        return PerMention(thing.start if thing else scale.start, term.end, float(scale.value), divided)
    if number is None:
        unsaid = noun is None or (noun.value == "population" and not any(map(str.isdigit, noun.entry.phrase)))  # 人口当たり
        return None if noun is None or unsaid else PerMention(noun.start, term.end, 1, noun.value)
    population = shape.before(number.start, "per_noun")
    of = _divided(number.value, population.value if population else noun.value if noun else "population")
    return PerMention(population.start if population else number.start, term.end, float(number.value), of)


def is_undivided(quantity: QuantityMention) -> bool:
    """`2 targets set for doctors per 10,000 people`: the denominator is that of the doctors."""
    noun = quantity.noun
    traits = load_knowledge().indicators.traits.get(noun.value) if noun is not None and noun.kind == "indicator" else None
    return traits is not None and traits.undivided


def is_area(quantity: QuantityMention) -> bool:
    """Provinces and the like, which no people share."""
    noun = quantity.noun
    return noun is not None and noun.value in _AREAS and 0 <= noun.start - quantity.number.end <= len(" ")


def is_divisible(quantity: QuantityMention, per: PerMention) -> bool:
    """Whether so many people can share it: no duration, temperature, multiple or fraction, no billions of money, no provinces."""
    if per.count < _MANY:
        return True
    if quantity.multiple or quantity.out_of is not None or is_area(quantity):
        return False
    if len(quantity.unit) == len("VND") and quantity.unit.isupper():
        return quantity.value < _BILLION
    return quantity.unit not in _UNSHARED

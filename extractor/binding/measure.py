"""Level, rise, fall, attainment or shortage. A rise and a fall are both a change: the sign is decided with it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from itertools import pairwise
from operator import attrgetter

from extractor.binding.comparisons import is_left_behind, leads_to
from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.binding.features import apart, bucket
from extractor.binding.head_final import BEHIND, is_compared_with, is_of_another, is_taken, leads_next, own_move, part_in, past_bracket
from extractor.binding.made_once import made_once
from extractor.binding.magnitude import size
from extractor.binding.ranker import Candidate
from extractor.mentions import QuantityMention, Span, TermMention

_CUES = ("increase", "decrease", "change_by", "change_to", "change_from", "compared", "attainment", "shortage", "ratio")
_MOVES = ("increase", "decrease")
_BY = ("change_by", "change_to", "change_from", "compared", "ratio")
"""What a word of rise or fall may be followed by, or be at once: `decreased by`, `rise from`."""
_BESIDE = 3
"""Tokens between such a word and the number, at most."""
_SHARED = (*_MOVES, "change_by")
"""What may stand once behind a whole list."""
_OF_LISTS = (*_MOVES, "attainment", "shortage")
_MULTIPLES = {"multiple", "percent"}
_LIST_MARKS = frozenset(("comma", "none", "open", "close"))
_LIST_GAP, _LONGEST_LIST = 9, 12
"""Tokens between two figures of a list, and figures to either side, at most."""
_PARTED_BY_SPACES = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff]")
"""Thai, Lao, Burmese and Khmer: words are not written apart, and a space stands where others have a comma."""
_BEFORE_FIGURES = (*_MOVES, "change_by")
"""Words that stand before their figure in these languages."""
_NEXT = 12
"""Characters between another word and its figure, at most."""
_EQUIVALENT = 6
"""Characters behind a figure and its unit in which a word says that it is the same as the one before."""
_REACH = 90
"""Characters to either side in which a cue is looked for."""
RISE, FALL = "rise", "fall"
_MOVED = {"increase": RISE, "decrease": FALL}
_FAR = 3
"""How many times the outcome of a change is larger than the change, at least, where nothing else tells them apart."""
_PLAN = 2
"""Tokens between a share and the word for the plan that it is of, at most."""
_PLUS = re.compile(r"(?<![\w)])[+＋]\s?$")
"""345 (+23), +6.6 %; but 60+ years."""
_CLOSE_PLUS = re.compile(r"(?<=[^\s;:])\s?\(?[+＋]$")
"""A plus right before the digits is no mark of a list, unless it opens a line or a part of one."""


def measure_candidates(context: Context, at: int, decided: list[Decided], current: Decided) -> list[Candidate[str]]:
    """Level, rise, fall, attainment, shortage; what speaks for a change counts for both rise and fall.

    How far the figure before is, with the mark between and what both count (`rose by 300 cases or 12 %`): in 295 real articles .974 to .976 right,
    on two folds of the corpus .978 to .979.
    """
    quantity = context.quantities[at]
    sentence = context.window(quantity)
    unit = quantity.unit_class
    noun = "yes" if quantity.noun else "no"
    features = ["bias", f"unit:{unit}", f"noun:{noun}:{unit}", f"size:{unit}:{size(quantity)}", f"of:{current.indicator}:{unit}"]
    sign = _sign(context, quantity)
    if sign is not None:
        features += [sign, f"{sign}:{unit}", f"{sign}:{'alone' if _opens_bracket(context, quantity) else 'open'}"]
    for cue in _CUES:
        if context.cues(cue):
            features += _cue_features(context, quantity, sentence, cue, unit)
    features += _moved(context, quantity, sentence, unit)
    features += _moves(context, quantity, sentence, unit)
    features += _listed(context, at, sentence, unit)
    if decided and context.layout.sentence_index(decided[-1].quantity.start) == context.layout.sentence_index(quantity.start):
        previous = decided[-1]
        repeats = "repeats" if previous.indicator == current.indicator else "new"
        features.append(f"previous:{_direction(previous)}:{repeats}:{previous.quantity.unit_class}>{unit}")
        mark = context.marks.between(previous.quantity.end, quantity.start)
        if _restates(context, previous.quantity, quantity):
            features.append(f"restates:{_direction(previous)}")
            features.append(f"restates:{_direction(previous)}:{previous.quantity.unit_class}>{unit}")
        features.append(f"previous:gap:{mark}:{_direction(previous)}")
        features.append(
            f"previous:gap:{mark}:{apart(context, previous.quantity, quantity)}:{_direction(previous)}:{previous.quantity.unit_class}>{unit}"
        )
    change, rise, fall, attainment, shortage = zip(*map(_of_each, features), strict=True)
    moved = [_of_each(feature) for feature in _nearest_move(context, quantity, sentence)]
    candidates = {
        "level": Candidate("level", ()),
        RISE: Candidate(RISE, (*change, *rise, *(told[1] for told in moved))),
        FALL: Candidate(FALL, (*change, *fall, *(told[2] for told in moved))),
        "attainment": Candidate("attainment", attainment),
        "shortage": Candidate("shortage", shortage),
    }
    if is_compared_with(context, quantity) or is_left_behind(context, quantity):
        return [candidates["level"]]
    if decided and decided[-1].measure == "change" and leads_to(context, decided[-1].quantity, quantity):
        return [candidate for name, candidate in candidates.items() if name not in (RISE, FALL)]
    if not _is_signed(context, quantity):
        told = _told(context, at, sentence)
        return [candidates[name] for name in told] if told else [*candidates.values()]
    short = ["shortage"] if context.cues_between("shortage", sentence.start, quantity.start) else []
    return [candidates[name] for name in (FALL if quantity.negative else RISE, *short)]


def _told(context: Context, at: int, sentence: Span) -> Sequence[str]:
    """What the words right beside a figure leave: a change behind `an increase of`, attainment before `of the plan`; nothing where they leave all.

    Of 259 figures of real pages behind such words two were levels, of 192 shares before such words three were no attainment.
    """
    quantity = context.quantities[at]
    moves = _size_of_change(context, quantity, sentence)
    if moves:
        return [_MOVED[name] for name in moves]
    if _leads_to_outcome(context, at, sentence):
        return (RISE, FALL)
    return ("attainment",) if quantity.unit_class == "percent" and _is_of_plan(context, quantity, sentence) else ()


def _size_of_change(context: Context, quantity: QuantityMention, sentence: Span) -> Sequence[str]:
    """The words of rise or fall that a figure stands right behind where they go on to its size: `with an increase of` 429; not de 36,9 % `à` 32,5 %.

    Of a sum of money the verb behind its particle too: 296억원`이` 감액됐다.
    """
    if context.head_final:
        if quantity.unit_class != "money" or own_move(context, quantity, "change_by") is None:
            return ()
        return [name for name in _MOVES if (move := own_move(context, quantity, name)) and part_in(context, move, quantity) == "change_by"]
    by = _open_before(context, "change_by", quantity, sentence)
    if by is None or context.tokens(by.end, quantity.start) or quantity.unit_class == "money":  # ein Minus von 31 Millionen is a loss
        return ()
    turns = (_open_before(context, name, quantity, sentence) for name in ("change_from", "change_to"))
    after = _cue_behind(context, "change_to", quantity, min(sentence.end, quantity.end + _REACH))
    if any(turn is not None and not context.tokens(turn.end, quantity.start) for turn in turns):
        return ()
    if after is not None and context.tokens(quantity.end, after.start) <= _BESIDE:
        return ()
    found = [(name, _open_before(context, name, quantity, sentence)) for name in _MOVES]
    return [name for name, move in found if move is not None and by.start <= move.start and move.end <= by.end and _is_longer(by, move)]


def _leads_to_outcome(context: Context, at: int, sentence: Span) -> bool:
    """`Rose by 3.1 % to 71.2 %`: behind a word for the size of a change and before one for its outcome, which is far larger or in another unit.

    What a change leads from and to is of one size: de 36,9 % à 32,5 %.
    """
    if context.head_final or at + 1 == len(context.quantities):
        return False
    quantity, outcome = context.quantities[at : at + 2]
    by = _open_before(context, "change_by", quantity, sentence)
    to = _cue_behind(context, "change_to", quantity, min(sentence.end, outcome.start + 1))
    if by is None or to is None or context.tokens(by.end, quantity.start) > 1 or not quantity.value or _opens_range(context, by):
        return False
    if context.marks.between(quantity.end, outcome.start) != "none" or context.tokens(quantity.end, to.start) or to.end > outcome.start:
        return False
    moves = (context.cue_before(name, quantity.start, max(sentence.start, quantity.start - _REACH)) for name in _MOVES)
    verbs = (context.cue_after(name, outcome.end, min(sentence.end, outcome.end + _REACH)) for name in _MOVES)
    told = [cue for cue in moves if cue is not None and context.marks.between(cue.end, quantity.start) == "none"]
    told += [cue for cue in verbs if cue is not None and context.marks.between(outcome.end, cue.start) == "none"]
    larger = quantity.unit != outcome.unit or abs(quantity.value) * _FAR < abs(outcome.value)
    return bool(told) and larger and context.tokens(to.end, outcome.start) <= _BESIDE


def _opens_range(context: Context, by: Span) -> bool:
    """Whether a word for the size of a change may open a range as well: `de` 5 à 30 millions."""
    terms = context.page.by_kind.get("range_open", [])
    at = bisect_left(terms, by.start, key=attrgetter("start"))
    return any(term.start < by.end for term in terms[at : at + 1])


def _is_longer(one: Span, other: Span) -> bool:
    return one.end - one.start > other.end - other.start


def _is_of_plan(context: Context, quantity: QuantityMention, sentence: Span) -> bool:
    """A share of what was planned: 58,66 % `of the annual plan`; not one that is compared with it: 24,3 % เทียบกับแผน 24 %."""
    end = min(sentence.end, quantity.end + _REACH)
    near = {}
    for name in ("attainment", "target_label", "compared"):
        cue = context.cue_after(name, quantity.number.end, end)
        if (
            cue is not None
            and context.marks.between(quantity.end, cue.start) == "none"
            and not context.numbers_between(quantity.number.end, cue.start)
        ):
            near[name] = context.tokens(quantity.end, cue.start)
    if "attainment" not in near or "target_label" not in near or near.get("compared", _BESIDE) <= 1:
        return False
    if any(own_move(context, quantity, name) for name in _MOVES):
        return False
    return near["attainment"] <= 1 and near["attainment"] <= near["target_label"] <= _PLAN


def _sign(context: Context, quantity: QuantityMention) -> str | None:
    """The sign that is written before a number."""
    if quantity.negative:
        return "negative"
    plus = _PLUS.search(context.page.reading.folded, max(0, quantity.number.start - 3), quantity.number.start)
    return "plus" if plus else None


def _is_signed(context: Context, quantity: QuantityMention) -> bool:
    """A count, a sum or a percentage with its sign is a difference: Lombardia (-785), Lazio +2.7 %; but a store at -70 °C."""
    if quantity.unit_class == "physical":
        return False
    start = quantity.number.start
    return quantity.negative or _CLOSE_PLUS.search(context.page.reading.folded, max(0, start - 4), start) is not None


def _opens_bracket(context: Context, quantity: QuantityMention) -> bool:
    """`345 (+23)`"""
    bracket = context.bracket_around(quantity.number.start)
    return bracket is not None and context.numbers_between(bracket.start, quantity.number.start) == 0


@made_once(1 << 13)
def _of_each(feature: str) -> tuple[str, ...]:
    """What a feature says of a change, a rise, a fall, of attainment and of shortage."""
    return f"change|{feature}", f"{RISE}|{feature}", f"{FALL}|{feature}", f"attainment|{feature}", f"shortage|{feature}"


def _listed(context: Context, at: int, sentence: Span, unit: str) -> Iterator[str]:
    """What is said once of a list: before its first (`rose: Johor 130%, Sarawak 34%`) or behind its last (`서울 302개, 부산 107개 늘었다`)."""
    cues = [cue for cue in _OF_LISTS if context.cues(cue)]
    if not cues:
        return
    first, last = _list_around(context, at, sentence)
    for cue in cues:
        if first is not None:
            before = context.cue_before(cue, first.start, max(sentence.start, first.start - _REACH))
            if before is not None and context.numbers_between(before.end, first.number.start) == 0:
                yield f"list:{cue}:before:{unit}"
                yield f"list:{cue}:before:{bucket(context.tokens(before.end, first.start))}"
        if last is not None and (own := own_move(context, last, cue)) is not None:
            yield from (f"list:{cue}:before:{unit}", f"list:{cue}:before:{bucket(context.tokens(last.end, own.start))}")
        elif last is not None:
            after = context.cue_after(cue, last.number.end, min(sentence.end, last.end + _REACH))
            if after is not None and context.numbers_between(last.number.end, after.start) == 0:
                yield f"list:{cue}:after:{unit}"
                yield f"list:{cue}:after:{bucket(context.tokens(last.end, after.start))}"


def _list_around(context: Context, at: int, sentence: Span) -> tuple[QuantityMention | None, QuantityMention | None]:
    """The first and the last figure of the list that a quantity stands in, unless it is that itself; what stands in brackets between is no part."""
    own = context.quantities[at]
    ends: list[QuantityMention | None] = []
    for near in (context.quantities[max(0, at - _LONGEST_LIST) : at][::-1], context.quantities[at + 1 : at + _LONGEST_LIST]):
        end = own
        for other in near:
            if context.bracket_around(other.number.start) is None and not _goes_on(context, *_in_order(end, other), sentence):
                break
            end = other if _alike(context, other, own) else end
        ends.append(None if end is own else end)
    return ends[0], ends[1]


def _alike(context: Context, one: QuantityMention, other: QuantityMention) -> bool:
    """Whether two figures may be of one list: both counts, both shares; in a head-final language also a multiple and a percentage (8.1倍、18.3%)."""
    return one.unit_class == other.unit_class or (context.head_final and {one.unit_class, other.unit_class} == _MULTIPLES)


def _in_order(one: QuantityMention, other: QuantityMention) -> tuple[QuantityMention, QuantityMention]:
    return (one, other) if one.start < other.start else (other, one)


def _goes_on(context: Context, one: QuantityMention, other: QuantityMention, sentence: Span) -> bool:
    """Whether two figures of one kind stand in a list: with a comma, a small word or a bracket between."""
    left = past_bracket(context, one.end, other.start) if context.head_final else one.end
    return (
        sentence.start <= one.start
        and other.end <= sentence.end
        and _alike(context, one, other)
        and context.tokens(left, other.start) <= _LIST_GAP
        and context.marks.between(one.end, other.start) in _LIST_MARKS
        and not (context.head_final and _starts_anew(context, one, other))
    )


def _starts_anew(context: Context, one: QuantityMention, other: QuantityMention) -> bool:
    """Whether a head-final language has no list of two figures (120人で5人減り, 4,118명으로 전년`보다` 20명): no comma, or a comparison between."""
    joined = context.marks.between(one.end, other.start) != "none" or _in_order_of_names(context, one)
    return not joined or bool(context.cues_between("compared_after", one.end, other.start))


def _restates(context: Context, previous: QuantityMention, quantity: QuantityMention) -> bool:
    """`a fall of 5,961 cases, equivalent to 11.9 %`: the word stands between the two, or behind the second (`11.9%に相当する`)."""
    if previous.unit_class == quantity.unit_class:
        return False
    if context.cues_between("equivalent", previous.number.end, quantity.number.start):
        return True
    behind = context.cue_after("equivalent", quantity.number.end, quantity.end + _EQUIVALENT)
    return behind is not None and context.numbers_between(quantity.number.end, behind.start) == 0


def _direction(decided: Decided) -> str:
    return decided.measure if decided.measure != "change" else RISE if decided.rising else FALL


def _cue_features(context: Context, quantity: QuantityMention, sentence: Span, cue: str, unit: str) -> Iterator[str]:
    """A cue on either side with no other number between; rise and fall speak for a change in the same way."""
    before = context.cue_before(cue, quantity.start, max(sentence.start, quantity.start - _REACH))
    if before is not None and context.numbers_between(before.end, quantity.number.start) == 0 and not is_taken(context, before, cue):
        mark = context.marks.between(before.end, quantity.start)
        yield from _cue_block(cue, "before", bucket(context.tokens(before.end, quantity.start)), mark, unit)
    last = _last_of_list(context, quantity, cue)
    if (own := own_move(context, last, cue)) is not None:  # 15人減って is down 15
        yield from _cue_block(cue, "before", bucket(context.tokens(last.end, own.start)), "none", unit)
        return
    after = _cue_behind(context, cue, quantity, min(sentence.end, quantity.end + _REACH))
    if after is not None and context.numbers_between(quantity.number.end, after.start) == 0 and not leads_next(context, after, cue, sentence):
        mark = context.marks.between(quantity.end, after.start)
        yield from _cue_block(cue, "after", bucket(context.tokens(quantity.end, after.start)), mark, unit)


def _moved(context: Context, quantity: QuantityMention, sentence: Span, unit: str) -> Iterator[str]:
    """What stands behind a word of rise or fall before the number, together and for each kind of figure: `deaths decreased by 79 cases`.

    Of 3270 figures of real pages .964 were right without it and .966 with it; of the corpus, held out on two folds, as many with it as without.
    """
    own = [(move, of) for name in _MOVES if (move := own_move(context, of := _last_of_list(context, quantity, name), name)) is not None]
    if own:
        by = part_in(context, *min(own, key=lambda pair: pair[0].start))
        yield f"moved:{by}:near:{unit}"
        yield f"moved:{by}:near:{unit}:{_subject(context, quantity.start, sentence)}"
        return
    moves = [cue for name in _MOVES if (cue := _open_before(context, name, quantity, sentence)) is not None]
    if not moves:
        return
    last = max(moves, key=lambda move: move.end)
    found = [(name, _open_before(context, name, quantity, sentence)) for name in _BY]
    behind = "+".join(name for name, cue in found if cue is not None and cue.end >= last.end)
    reach = "near" if context.tokens(last.end, quantity.start) <= _BESIDE else "far"
    yield f"moved:{behind}:{reach}:{unit}"
    yield f"moved:{behind}:{reach}:{unit}:{_subject(context, last.start, sentence)}"


def _moves(context: Context, quantity: QuantityMention, sentence: Span, unit: str) -> Iterator[str]:
    """A word of rise or fall right behind the figure, and whether its clause names first what rises: `症例数は12件増加`."""
    if context.head_final:
        return
    moves = [cue for name in _MOVES if (cue := _cue_behind(context, name, quantity, min(sentence.end, quantity.end + _REACH))) is not None]
    nearest = min(moves, key=lambda cue: cue.start, default=None)
    if nearest is None or context.marks.between(quantity.end, nearest.start) != "none" or context.tokens(quantity.end, nearest.start) > _BESIDE:
        return
    if context.numbers_between(quantity.number.end, nearest.start) == 0:
        yield f"moves:{unit}:{bucket(context.tokens(quantity.end, nearest.start))}:{_subject(context, quantity.start, sentence)}"


def _cue_behind(context: Context, name: str, quantity: QuantityMention, end: int) -> TermMention | None:
    """The next cue of a class behind a figure, unless it begins what is said next."""
    cue = context.cue_after(name, quantity.number.end, end)
    return None if cue is not None and _opens_next(context, cue) else cue


def _opens_next(context: Context, cue: TermMention) -> bool:
    """Whether a word behind a figure begins what is said next: in scripts that part clauses by spaces, 12 แห่ง `เพิ่มขึ้น` 1 แห่ง."""
    folded = context.page.reading.folded
    if cue.start < 1 or folded[cue.start - 1] != " " or _PARTED_BY_SPACES.match(folded, cue.start) is None:
        return False
    return cue.value in _BEFORE_FIGURES or context.numbers_between(cue.end, cue.end + _NEXT) > 0


def _subject(context: Context, at: int, sentence: Span) -> str:
    """Whether an indicator is named before a word in its clause, with no figure between: what is said to rise or fall."""
    named = context.indicators_between(sentence.start, at)
    if not named:
        return "bare"
    left, right = named[-1].end, at
    if left > right:
        return "within"
    if context.numbers_between(left, right) or context.marks.between(left, right) != "none":
        return "bare"
    return "told"


def _open_before(context: Context, name: str, quantity: QuantityMention, sentence: Span) -> TermMention | None:
    """The nearest cue of a class before a number, with neither a mark nor a number between."""
    cue = context.cue_before(name, quantity.start, max(sentence.start, quantity.start - _REACH))
    if cue is None or context.numbers_between(cue.end, quantity.number.start) or context.marks.between(cue.end, quantity.start) != "none":
        return None
    return None if is_taken(context, cue, name) else cue


def _last_of_list(context: Context, quantity: QuantityMention, name: str) -> QuantityMention:
    """The figure with which a word of a change stands: the quantity's own, or the last of a list of named ones: 서울 302개, 부산 107개 `늘었다`."""
    if not context.head_final or name not in _SHARED or any(own_move(context, quantity, move) for move in BEHIND):
        return quantity
    if _is_outcome(context, quantity) or context.bracket_around(quantity.number.start) is not None:
        return quantity
    index = bisect_left(context.number_starts, quantity.number.start)
    listed = [other for other in context.quantities[index : index + _LONGEST_LIST] if context.bracket_around(other.number.start) is None]
    for one, other in pairwise(listed):
        if not _is_named_anew(context, one, other):
            break
        if any(own_move(context, other, move) for move in BEHIND):
            own = own_move(context, other, name)
            return other if own is not None and part_in(context, own, other) == "change_by" else quantity
    return quantity


def _is_outcome(context: Context, quantity: QuantityMention) -> bool:
    """Whether the change that led to a figure stands right before it: 2施設`減の`94施設."""
    for name in _MOVES:
        cue = context.cue_before(name, quantity.start, max(0, quantity.start - _REACH))
        if cue is not None and is_taken(context, cue, name) and context.tokens(cue.end, quantity.start) <= 1:
            return context.marks.between(cue.end, quantity.start) == "none"
    return False


def _is_named_anew(context: Context, one: QuantityMention, other: QuantityMention) -> bool:
    """Whether a figure goes on a list, as `respectively` says or with a comma and the name of a place, a disease or an indicator before it."""
    left, right = one.number.end, other.number.start
    if not _goes_on(context, one, other, context.window(one)):
        return False
    if _in_order_of_names(context, one):
        return True
    named = context.terms_between("disease", left, right) or context.places_between(left, right) or context.indicators_between(left, right)
    return bool(named) and context.marks.between(left, right) == "comma"


def _in_order_of_names(context: Context, quantity: QuantityMention) -> bool:
    """Whether a word like `respectively` stands before a list that the figure is in: 각각 0,9명과 1,5개."""
    told = context.cue_before("respectively", quantity.number.start, max(context.window(quantity).start, quantity.start - _REACH))
    return told is not None and context.numbers_between(told.end, quantity.number.start) < _LONGEST_LIST


@made_once(1 << 12)
def _cue_block(cue: str, side: str, distance: str, mark: str, unit: str) -> tuple[str, ...]:
    names = (cue, "move") if cue in _MOVES else (cue,)
    return tuple(feature for name in names for feature in (f"{name}:{side}:{distance}", f"{name}:{side}:{mark}:{unit}"))


def _nearest_move(context: Context, quantity: QuantityMention, sentence: Span) -> Iterator[str]:
    """Which word of rise or fall stands nearest, over other numbers too."""
    best: tuple[int, str] | None = None
    for cue in _MOVES:
        before = context.cue_before(cue, quantity.number.start, sentence.start)
        after = _cue_behind(context, cue, quantity, sentence.end)
        if own_move(context, _last_of_list(context, quantity, cue), cue) is not None:
            yield from (f"nearest:{cue}:before", f"nearest:{cue}")
            return
        if before is not None and is_taken(context, before, cue):
            before = None
        if after is not None and is_of_another(context, after, quantity, cue):
            after = None
        for side, term, distance in (
            ("before", before, context.tokens(before.end, quantity.start) if before else 0),
            ("after", after, context.tokens(quantity.end, after.start) + 2 if after else 0),
        ):
            if term is not None and (best is None or distance < best[0]):
                best = distance, f"{cue}:{side}"
    if best is not None:
        yield f"nearest:{best[1]}"
        yield f"nearest:{best[1].partition(':')[0]}"

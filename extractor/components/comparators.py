"""Words that bound a quantity: at least, more than, nearly."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from extractor.components.shape import Shape
from extractor.mentions import NumberMention, QuantityMention, TermMention

_PERCENT_SIGN = re.compile(" ?[%٪]")
_UNIT_REACH = 6
"""Tokens of a unit and a noun between a figure and what it is compared with, at most."""
_MOVES = ("increase", "decrease")
_CLAUSE_END = re.compile(r"[;!?…\n]|\.(?!\d)")
_CHANGE_REACH = 60
"""Characters from the words that open a change to those before its second figure, at most."""
_VERB_REACH = 80
"""Characters from a verb to the preposition that belongs to it, at most."""
_SUBJECT_REACH = 10
"""Tokens of a verb and its subject before the figure that the verb bounds, at most."""
_NO_SUBJECT = (("cue", "change_by"), ("cue", "compared"), ("cue", "attainment"), ("cue", "target"), ("cue", "target_label"))
_LAST_WORD = re.compile(r"(?: [^\W\d_]{3,7})? ?(?:[,;.:!?)\n]|$)")
"""Behind a verb that ends its clause, with its auxiliary: `verfügen soll.`"""
_DECIMAL = re.compile(r"(?<=\d),(?=\d)")
_RANK = re.compile(r" (?:[ivx]{1,4}|\d) ?$")
"""The rank of what is counted: 100% bệnh viện hạng `II` trở lên."""
_MONEY = re.compile("[A-Z]{3}")
_YEAR_AT_END = re.compile(r"(?<!\d)(?:19|20|25)\d\d$")
_MOST_PARTS = 10
"""A whole up to which a slash writes a share: hơn 1/3."""


def with_comparator(shape: Shape, quantity: QuantityMention, *, spaced: bool) -> QuantityMention:
    """A quantity with the comparator before or behind it: `at least` 5, 5 `or more`."""
    starts = [quantity.start, quantity.number.start]
    if quantity.per is not None and quantity.per.start < quantity.start:
        starts.append(quantity.per.start)  # 低于每10万人20例
    before = next((bound for start in starts if (bound := shape.before(start, "comparator_before"))), None)
    if before is None and spaced:
        before = _comparator_nearby(shape, quantity) or _with_its_article(shape, quantity)
    if before is None:
        before = _ahead_of_subject(shape, quantity)
    if before is not None and spaced and _came_to(shape, before, quantity):
        return quantity
    if before is not None and not _outdoes(shape, before, quantity):
        no_bound = (
            _belongs_to_verb(shape, before)
            or _compares(shape, before)
            or _says_target_was_met(shape, before, quantity)
            or _says_by_how_much(shape, before, quantity)
        )
        return quantity if no_bound else replace(quantity, comparator=before.value)
    inside = _inside(shape, quantity) or _opening(shape, quantity)
    if inside is not None:
        return replace(quantity, comparator=inside.value)
    for at in dict.fromkeys((quantity.number.end, quantity.end, quantity.per.end if quantity.per else quantity.end)):
        after = _after(shape, at, quantity)
        if after is not None:
            return replace(quantity, comparator=after.value, end=max(quantity.end, after.end) if at == quantity.end else quantity.end)
    often = ("frequency",) if quantity.per is not None else ()  # 3 مرات على الأقل في السنة; no 2,4 kali lebih tinggi
    unit = shape.after(quantity.number.end, "classifier", "unit", "percent", "currency", "fraction_ordinal", *often)
    sign = _PERCENT_SIGN.match(shape.page.reading.folded, quantity.number.end)
    if unit is None and sign is None:
        return quantity
    after = _after(shape, unit.end if unit else sign.end() if sign else quantity.end, quantity)
    return replace(quantity, comparator=after.value) if after is not None else quantity


def _after(shape: Shape, at: int, quantity: QuantityMention) -> TermMention | None:
    """A comparator behind a figure, if it does not run into one before the next: mencapai `lebih` dari tiga.

    A single letter is written onto the figure or its unit: 4,000`여` 명, no 2명이 `여`자.
    """
    after, folded = shape.after(at, "comparator_after"), shape.page.reading.folded
    if after is None or (len(after.entry.phrase) == 1 and after.entry.phrase.isalpha() and " " in folded[quantity.number.end : after.end]):
        return None
    if _MONEY.fullmatch(quantity.unit) and _number_at(shape, shape.next_word(after.end)):
        return None  # denda 45 juta dong ke atas 12 premis: upon them
    if _is_outdone(shape, quantity, after) or _RANK.search(folded, quantity.number.end, after.start):
        return None
    starts = shape.page.starts
    words = starts[bisect_left(starts, after.start) : bisect_left(starts, after.end)]
    longer = [term for start in words for term in shape.begins.get(start, ()) if term.end >= after.end]
    if any(term.kind == "cue" and term.value in _MOVES and term.start == after.start and term.end > after.end for term in longer):
        return None  # 1,3 kali `lebih tinggi` daripada 2022
    bounds = (term for term in longer if term.kind == "comparator_before")  # วงเงิน 2.1 แสนล้านบาท ครอบคลุมสิทธิ `กว่า` 47 ล้านคน
    return None if any(_number_at(shape, shape.next_word(term.end)) for term in bounds) else after


def _is_outdone(shape: Shape, quantity: QuantityMention, after: TermMention) -> bool:
    """`목표치인` 98%`를 초과`했다: what a result is more or less than is itself the goal, no more and no less."""
    if not any(term.kind == "comparator_outdone" for term in shape.begins.get(after.start, ())):
        return False
    before = shape.ends.get(shape.word_end(quantity.start), ())
    return any((term.kind, term.value) == ("cue", "target_label") for term in before)


def _number_at(shape: Shape, at: int) -> bool:
    digit = shape.page.reading.folded[at : at + 2].removeprefix("(")[:1].isdigit()
    return digit or any(term.kind in ("number", "fraction", "currency") for term in shape.begins.get(at, ()))


def _inside(shape: Shape, quantity: QuantityMention) -> TermMention | None:
    """A comparator between a number and its scale word: 八十`多`万."""
    number = quantity.number
    if not isinstance(number, NumberMention) or not number.scaled:
        return None
    starts = shape.page.starts
    inner = starts[bisect_left(starts, number.start + 1) : bisect_left(starts, number.end)]
    found = (term for start in inner for term in shape.begins.get(start, ()) if term.kind == "comparator_after" and term.end < number.end)
    return next(found, None)


def _opening(shape: Shape, quantity: QuantityMention) -> TermMention | None:
    """The comparator with which a fraction in words begins: `quá` nửa, more than half; no `une` mère sur quatre."""
    number = quantity.number
    terms = shape.begins.get(number.start, ())
    ones = {term.end for term in terms if term.kind in ("one", "number")}
    opens = (term for term in terms if term.kind == "comparator_before" and term.end < number.end and term.end not in ones)
    return next(opens, None) if quantity.out_of is not None else None


def _comparator_nearby(shape: Shape, quantity: QuantityMention) -> TermMention | None:
    """One short word between comparator and number, with its apostrophe: `more than the 30`, `almeno l'80 %`."""
    page = shape.page
    index = bisect_left(page.starts, quantity.start) - 1
    if index >= 0 and page.tokens[index] == "'":
        index -= 1
    if index < 1 or len(page.tokens[index]) > 4 or not page.tokens[index].isalpha():
        return None
    found = shape.before(page.starts[index], "comparator_before")
    if found is None or any(term.kind == "comparator_after" and term.start < found.start for term in shape.ends.get(found.end, ())):
        return None  # aged 65 `and over` is 9.1%
    return found


def _ahead_of_subject(shape: Shape, quantity: QuantityMention) -> TermMention | None:
    """A verb before its subject, behind which the figure stands: `تجاوز` معدل إشغال الأسرة 104%; not `exceeded the plan by`."""
    folded = shape.page.reading.folded
    starts = shape.page.starts
    index = bisect_left(starts, quantity.start)
    for start in reversed(starts[max(0, index - _SUBJECT_REACH) : index]):
        terms = shape.begins.get(start, ())
        verb = next((term for term in terms if term.kind == "comparator_first"), None)
        if verb is not None:
            subject = shape.begins.get(shape.next_word(verb.end), ())
            return verb if any(term.kind == "comparator_subject" for term in subject) else None
        if not folded[start].isalpha() or any(term.kind == "number" or (term.kind, term.value) in _NO_SUBJECT for term in terms):
            return None
    return None


def _with_its_article(shape: Shape, quantity: QuantityMention) -> TermMention | None:
    """A comparator that ends with the article that a fraction in words begins with: `près de la` moitié."""
    page, start = shape.page, quantity.number.start
    if quantity.out_of is None or isinstance(quantity.number, NumberMention):
        return None
    article = page.ends[bisect_left(page.starts, start)]
    return next((t for t in shape.ends.get(article, ()) if t.kind == "comparator_before" and t.start < start and article < quantity.number.end), None)


def _compares(shape: Shape, comparator: TermMention) -> bool:
    """`22 percent more than the 124 million`: the word compares two figures, and bounds neither. A year before it is no figure."""
    if comparator.value not in (">", "<"):  # at least, at most, about
        return False
    if _opens_change(shape, comparator):
        return True
    folded = shape.page.reading.folded
    before = shape.word_end(comparator.start)
    if folded[before - 1 : before] in ("%", "٪"):
        return True
    if folded[before - 1 : before].isdigit():
        return _YEAR_AT_END.search(folded[max(0, before - 5) : before]) is None
    ends = shape.ends.get(before, ())
    return any(term.kind in ("percent", "points", "times") or (term.kind == "currency" and _is_of_sum(shape, term)) for term in ends)


def _is_of_sum(shape: Shape, currency: TermMention) -> bool:
    """A figure stands right before the money's name: 45 triệu `đồng`; no cộng `đồng`, community."""
    before = shape.word_end(currency.start)
    figure = shape.page.reading.folded[before - 1 : before].isdigit()
    return figure or any(term.kind in ("scale", "number", "letter_scale") for term in shape.ends.get(before, ()))


def _belongs_to_verb(shape: Shape, comparator: TermMention) -> bool:
    """`verfügt die Provinz über` 21 beds, `das über` 21 beds `verfügt`: the word is the verb's, and bounds nothing."""
    page, folded = shape.page, shape.page.reading.folded
    verbs = page.by_kind.get("comparator_verb", [])
    index = bisect_left(verbs, comparator.start, key=lambda term: term.start)
    for verb in verbs[max(0, index - 1) : index + 1]:
        left, right = min(verb.end, comparator.end), max(verb.start, comparator.start)
        if right - left > _VERB_REACH or verb.value not in comparator.entry.phrase.split():
            continue
        between = folded[left:right]
        last = verb.start < comparator.start or _LAST_WORD.match(folded, verb.end)
        if not last or _CLAUSE_END.search(between):
            continue
        if verb.start < comparator.start and any(character.isdigit() for character in between):
            continue
        words = page.starts[bisect_left(page.starts, left) : bisect_left(page.starts, right)]
        if "," not in _DECIMAL.sub("", between) and not any(t.kind == "comparator_before" for start in words for t in shape.begins.get(start, ())):
            return True
    return False


def _came_to(shape: Shape, comparator: TermMention, quantity: QuantityMention) -> bool:
    """`subió hasta los 40`: behind a rise or fall it says what was reached, and bounds nothing."""
    ends = [t for end in (shape.word_end(quantity.start), comparator.end) for t in shape.ends.get(end, ())]
    reached = [t.start for t in ends if (t.kind, t.value) == ("cue", "change_to") and t.start <= comparator.start]
    if comparator.value != "<=" or not reached:
        return False
    if min(reached) < comparator.start:
        return True  # bajó hasta: the verb is in the phrase
    ahead = {t.value for t in shape.ends.get(shape.word_end(comparator.start), ()) if t.kind == "cue"}
    if "change_by" in ahead and ahead.isdisjoint(_MOVES):
        return False  # majorat cu până la 100%
    moves = [move for move in shape.moves_before(comparator.end) if comparator.start - move.end <= _CHANGE_REACH]
    return any(_CLAUSE_END.search(shape.page.reading.folded, move.end, comparator.start) is None for move in moves)


def _opens_change(shape: Shape, comparator: TermMention) -> bool:
    """`passou de 40 em 2020 para 52` went from one figure to another; `passou de 40` alone is more than 40."""
    if not any((term.kind, term.value) == ("cue", "change_from") and term.start == comparator.start for term in shape.ends.get(comparator.end, ())):
        return False
    folded = shape.page.reading.folded
    stop = _CLAUSE_END.search(folded, comparator.end)
    limit = min(comparator.end + _CHANGE_REACH, stop.start() if stop else len(folded))
    starts = shape.page.starts
    within = starts[bisect_left(starts, comparator.end) : bisect_left(starts, limit)]  # also behind the sign of thousands: passou de 24.486 para
    ends = (term for start in within for term in shape.begins.get(start, ()) if (term.kind, term.value) == ("cue", "change_to"))
    return any(_number_at(shape, shape.next_word(term.end)) for term in ends)


def _says_target_was_met(shape: Shape, comparator: TermMention, quantity: QuantityMention) -> bool:
    """`exceeded 6 targets`: it is the targets that were exceeded, not their number."""
    if quantity.noun is None or quantity.noun.value != "targets":
        return False
    return any(term.kind == "concept" and term.value == "exceeded" and term.overlaps(comparator) for term in shape.ends.get(comparator.end, ()))


def _says_by_how_much(shape: Shape, comparator: TermMention, quantity: QuantityMention) -> bool:
    """`exceeded the plan by` 4 %, `higher by` 0.5 points than: a verb of more or less, and behind the figure what it is compared with."""
    verbs = (term for term in shape.begins.get(comparator.start, ()) if term.end == comparator.end)
    if not any(term.value in (_MOVES if term.kind == "cue" else ("exceeded",)) for term in verbs if term.kind in ("cue", "concept")):
        return False
    last = shape.next_word(quantity.end)
    starts = (start for start in shape.tokens_after(quantity.number.end, _UNIT_REACH) if start <= last)
    cues = [term for start in starts for term in shape.begins.get(start, ()) if term.kind == "cue"]
    shares = [cue for cue in cues if cue.value == "attainment" and not quantity.points]
    labels = (  # more than 55% `of the target` is a share of it
        cue for cue in cues if cue.value == "target_label" and not any(share.start < cue.start < share.end for share in shares)
    )
    return any(cue.value == "compared" for cue in cues) or next(labels, None) is not None


def _outdoes(shape: Shape, comparator: TermMention, quantity: QuantityMention) -> bool:
    """`met and exceeded` 41/43, 41 of 43 targets: what was exceeded, where it is written so or called so; no `over` 200 of the 634 doctors, 2/3."""
    if comparator.value != ">" or not _in_figures(quantity):
        return False
    exceeded = any(term.kind == "concept" and term.value == "exceeded" and term.overlaps(comparator) for term in shape.ends.get(comparator.end, ()))
    of_targets = quantity.noun is not None and quantity.noun.value.startswith("targets")
    slashed = "/" in shape.page.reading.folded[quantity.number.start : quantity.number.end]
    return exceeded or of_targets or (slashed and (quantity.out_of or 0) > _MOST_PARTS)


def _in_figures(quantity: QuantityMention) -> bool:
    """A fraction of two figures: 41/43; no single word, no figure with a word for tenths (6成)."""
    return quantity.out_of is not None and not isinstance(quantity.number, (TermMention, NumberMention))

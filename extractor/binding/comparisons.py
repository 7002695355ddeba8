"""Which part a figure plays in a comparison: `from 40 to 65`, `65 (same period: 40)`, `65, against 40 a year before`."""

from __future__ import annotations

import re
from bisect import bisect_left

from extractor.binding.context import Context
from extractor.binding.told import told_once
from extractor.mentions import QuantityMention, Span

NO_PART = "none"
FIRST, SECOND = "first", "second"
"""The old and the new figure of a change."""
IN_BRACKET, BEHIND_CUE, BEFORE_CUE = "compared:bracket", "compared:behind", "compared:before"
"""A figure that another is compared with: in a bracket with a word or a date of comparison, right behind such a word, or right before it."""
OPENED = "compared:opened"
"""A figure in whose clause such words stand first: `in the same period of 2021 food poisoning struck four times`."""
BARE, OF_WEEK = ":bare", ":week"
"""What is added where no year is said, for `in the same period` may be the one just named, and of weeks, for `last week` may be reported on."""
OF_CHANGE = "of change"
"""A figure before the two that it leads from one to the other: `fell by 12 %, from 37 in 2023 to 33 in 2024`."""
BACK = frozenset((FIRST, IN_BRACKET, BEFORE_CUE, *(f"{part}{cue}" for part in (BEHIND_CUE, OPENED) for cue in ("", BARE, OF_WEEK))))
"""Parts of figures of an earlier time than their text is about."""
_ARROW = re.compile(r"→|⟶|➔|➜|⇒|[-–=]>|↗|↘")
_ARROW_GAP = 30
"""Characters between two figures that an arrow joins, at most."""
_FROM_REACH, _DATED_REACH, _TO_REACH = 1, 5, 2
"""Tokens between `from` or `to` and its figure, at most; more where a date stands between: `from 2020's 14 to 17`."""
_OF = 2
"""Letters of a word for from that means of, too: uma queda homóloga `de` 12 %."""
_LEADS_REACH = 2
"""Tokens between a change and the word for `to` behind it, at most."""
_JOINED = 3
"""Tokens between a word of comparison and its figure, at most."""
_BEHIND_REACH = 1
"""The same where such a word follows its figure: `13,8人から16,5人に`."""
_CHARACTERS = 40
_CLAUSE = 100
"""Characters before a figure in which its clause may open with such words."""
_OPENING = 4
"""Tokens before such words that open a clause, at most: `by contrast, in the same period …`."""
_OPENED_REACH = 8
"""Tokens between such words and the first figure of the clause that they open, at most."""
_CLAUSE_ENDS = ("line", "stop", "semi", "close", "comma")
_WITHIN_CLAUSE = ("none", "comma", "colon", "open")
"""Marks behind which a clause may open, and those that may stand between its first words and its figure."""
_EARLIER_CUES = ("year_before", "week_before", "compared", "previous")
_MOVES = ("increase", "decrease", "change_by")
_BACK_CUES = ("year_before", "week_before")
_AGAINST_CUES = ("previous", "compared", "change_from")


@told_once
def part(context: Context, quantity: QuantityMention) -> str:
    """The part of a figure; of one that plays none but follows one that does in its sentence, `after` that part."""
    own = _own_part(context, quantity)
    if own != NO_PART:
        return own
    before = _neighbour(context, quantity, -1)
    if before is None or context.layout.sentence_index(before.start) != context.layout.sentence_index(quantity.start):
        return NO_PART
    told = _own_part(context, before)
    return NO_PART if told == NO_PART else f"after:{told}"


@told_once
def _own_part(context: Context, quantity: QuantityMention) -> str:
    before, after = _neighbour(context, quantity, -1), _neighbour(context, quantity, 1)
    if after is not None and _is_change(context, quantity, after):
        return FIRST
    compared = _compared(context, quantity)
    if compared == NO_PART and before is not None and _is_change(context, before, quantity):
        return SECOND
    if compared == NO_PART and after is not None and _is_followed_by_change(context, quantity, after):
        return OF_CHANGE
    return compared


def is_left_behind(context: Context, quantity: QuantityMention) -> bool:
    """Whether a figure of an earlier time is what a change leads from, a level therefore: `up from 10.1 % a year earlier`."""
    number = quantity.number.start
    start = context.cue_before("change_from", number, number - _CHARACTERS)
    if start is None or context.tokens(start.end, number) > _FROM_REACH or context.cues_between("compared", quantity.end, quantity.end + _CHARACTERS):
        return False  # een daling van 12 % vergeleken met dezelfde periode
    is_of = start.entry.phrase.isascii() and len(start.entry.phrase) <= _OF
    return not is_of and part(context, quantity) in BACK


def leads_to(context: Context, change: QuantityMention, quantity: QuantityMention) -> bool:
    """Whether a figure is where the one before it, if that is a change, leads to: `rose by 120 to 1,540`, `tăng 120 người, lên 1.540`."""
    to = context.cue_before("change_to", quantity.number.start, change.number.end)
    if to is None or context.tokens(to.end, quantity.start) > _TO_REACH or context.tokens(change.end, to.start) > _LEADS_REACH:
        return False
    if context.layout.sentence_index(change.start) != context.layout.sentence_index(quantity.start):
        return False
    if context.marks.between(change.end, quantity.start) not in ("none", "comma"):
        return False
    if context.cues_between("equivalent", change.number.end, quantity.number.start):  # fell by 214, equivalent to 17 %
        return False
    moves = (cue for name in _MOVES for cue in context.cues_between(name, change.number.end, quantity.start))
    return all(cue.start < to.end and to.start < cue.end for cue in moves)


def _is_followed_by_change(context: Context, quantity: QuantityMention, after: QuantityMention) -> bool:
    last = _neighbour(context, after, 1)
    same_sentence = context.layout.sentence_index(quantity.start) == context.layout.sentence_index(after.start)
    return last is not None and same_sentence and _is_change(context, after, last)


def beside_pair(context: Context, quantity: QuantityMention, date: Span) -> str:
    """Where a date stands beside the two figures of a change, for one of them: `from 9.8 in 2020 to 11.6 now` has the year of the old one within."""
    old = quantity if part(context, quantity) == FIRST else _neighbour(context, quantity, -1)
    new = _neighbour(context, old, 1) if old is not None else None
    if old is None or new is None:
        return NO_PART
    if date.end <= old.start:
        return "ahead"
    if date.start >= new.end:
        return "behind"
    return "old" if context.cue_before("change_to", new.number.start, date.end) is not None else "new"


def is_todays(context: Context, quantity: QuantityMention) -> bool:
    """Whether a word for today stands right behind the figure or in its brackets: `from 2.6 doctors at present`, `(9.6 today)`."""
    if _stands_behind(context, "now", quantity, context.window(quantity)):
        return True
    bracket = context.bracket_around(quantity.number.start)
    return bracket is not None and bool(context.cues_between("now", bracket.start, bracket.end))


def _neighbour(context: Context, quantity: QuantityMention, step: int) -> QuantityMention | None:
    at = bisect_left(context.number_starts, quantity.number.start) + step
    return context.quantities[at] if 0 <= at < len(context.quantities) else None


def _is_change(context: Context, first: QuantityMention, second: QuantityMention) -> bool:
    """Whether two figures side by side are the old and the new one of a change."""
    if context.marks.between(first.end, second.start) in ("line", "stop", "semi"):
        return False
    if are_joined_by_arrow(context, first, second):
        return True
    if _has_from_and_to(context, first, second):
        return True
    third = _neighbour(context, second, 1)
    follows = third is not None and _has_from_and_to(context, second, third)  # 5% from 40 to 45: 40 is the first
    return not follows and _is_followed(context, first, "change_from") and _is_followed(context, second, "change_to")


def are_joined_by_arrow(context: Context, first: QuantityMention, second: QuantityMention) -> bool:
    """`292→4,804`."""
    gap = context.between(first.end, second.start)
    return len(gap) <= _ARROW_GAP and _ARROW.search(gap) is not None


def _has_from_and_to(context: Context, first: QuantityMention, second: QuantityMention) -> bool:
    start = context.cue_before("change_from", first.number.start, first.start - _CHARACTERS)
    if start is None or context.numbers_between(start.end, first.number.start) or _ends_date(context, start.start):
        return False
    reach = _DATED_REACH if context.moments_between(start.end, first.start) else _FROM_REACH
    end = context.cue_before("change_to", second.number.start, first.end)
    return context.tokens(start.end, first.start) <= reach and end is not None and context.tokens(end.end, second.start) <= _TO_REACH


def _ends_date(context: Context, at: int) -> bool:
    """Whether a date ends right before an offset: `1월 1일부터`, `9月から` is from a date on."""
    return any(moment.end >= at - 1 for moment in context.moments_between(at - _CHARACTERS, at))


def _is_followed(context: Context, quantity: QuantityMention, name: str) -> bool:
    cue = context.cue_after(name, quantity.number.end, quantity.end + _CHARACTERS)
    return cue is not None and context.tokens(quantity.end, cue.start) <= _BEHIND_REACH


def _compared(context: Context, quantity: QuantityMention) -> str:
    number = quantity.number.start
    bracket = context.bracket_around(number)
    if bracket is not None and not context.numbers_between(bracket.start, number):
        dates = context.moments_between(bracket.start, quantity.start)
        if dates or any(context.cue_before(name, number, bracket.start) for name in _EARLIER_CUES):
            return IN_BRACKET
    sentence = context.window(quantity)
    for name in _BACK_CUES:
        told = _earlier_time_before(context, name, quantity, sentence)
        if told != NO_PART:
            return told
    against = not context.head_final and any(_stands_before(context, name, quantity, sentence) for name in _AGAINST_CUES)
    if against and any(_stands_behind(context, name, quantity, sentence) for name in _BACK_CUES):
        return BEFORE_CUE
    return NO_PART


def _earlier_time_before(context: Context, name: str, quantity: QuantityMention, sentence: Span) -> str:
    """Whether a word that turns back stands before the figure, and how: right before it, or first in the clause, with a year or without."""
    cue = context.cue_before(name, quantity.number.start, max(sentence.start, quantity.start - _CLAUSE))
    if cue is None or context.numbers_between(cue.end, quantity.start):
        return NO_PART
    dated = _with_its_date(context, cue)
    kind = OF_WEEK if name == "week_before" else "" if dated is not None else BARE
    words = dated or cue
    if quantity.start - words.end <= _CHARACTERS and _is_joined(context, words.end, quantity.start):
        return f"{BEHIND_CUE}{kind}"
    return f"{OPENED}{kind}" if _opens_clause_of(context, words, quantity, sentence) else NO_PART


def _with_its_date(context: Context, cue: Span) -> Span | None:
    """The words together with the year that they hold or that stands beside them: `same period of 2021`, `2021年同期`, `a year earlier`."""
    beside = [
        moment
        for moment in context.moments_between(cue.start - _CHARACTERS, cue.end + _CHARACTERS)
        if (moment.start < cue.end and cue.start < moment.end) or 0 <= context.tokens(*_gap(moment, cue)) <= 1
    ]
    return Span(min(cue.start, beside[0].start), max(cue.end, beside[-1].end)) if beside else None


def _gap(one: Span, other: Span) -> tuple[int, int]:
    return (one.end, other.start) if one.end <= other.start else (other.end, one.start)


def _opens_clause_of(context: Context, words: Span, quantity: QuantityMention, sentence: Span) -> bool:
    before = _neighbour(context, quantity, -1)
    start = max(sentence.start, before.end) if before is not None else sentence.start
    if start > words.start or context.tokens(start, words.start) > _OPENING:
        return False
    opens = start == sentence.start or context.marks.between(start, words.start) in _CLAUSE_ENDS
    against = any(cue.end <= words.start for cue in context.cues_between("compared", start, words.start))
    alone = not context.moments_between(words.end, quantity.start) and context.tokens(words.end, quantity.start) <= _OPENED_REACH
    return opens and not against and alone and context.marks.between(words.end, quantity.start) in _WITHIN_CLAUSE


def _stands_before(context: Context, name: str, quantity: QuantityMention, sentence: Span) -> bool:
    cue = context.cue_before(name, quantity.number.start, max(sentence.start, quantity.start - _CHARACTERS))
    if cue is None or not _is_joined(context, cue.end, quantity.start):
        return False
    return not (context.head_final and context.cues_between("compared_after", cue.start, quantity.start))  # 前年`より`5人多い is no 5 of then


def _stands_behind(context: Context, name: str, quantity: QuantityMention, sentence: Span) -> bool:
    cue = context.cue_after(name, quantity.number.end, min(sentence.end, quantity.end + _CHARACTERS))
    return cue is not None and _is_joined(context, quantity.end, cue.start) and not _is_of_figure_in_brackets(context, cue, quantity)


def _is_of_figure_in_brackets(context: Context, cue: Span, quantity: QuantityMention) -> bool:
    """`1,254 cases (same period: 980)`: the word is of the figure in the brackets behind."""
    bracket = context.bracket_around(cue.start)
    return bracket is not None and bracket.start >= quantity.end and context.numbers_between(cue.end, bracket.end) > 0


def _is_joined(context: Context, left: int, right: int) -> bool:
    """Few words and no more than a colon stand between."""
    few = context.tokens(left, right) <= _JOINED and not context.numbers_between(left, right)
    return few and context.marks.between(left, right) in ("none", "colon", "open")

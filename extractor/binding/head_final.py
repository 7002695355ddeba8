"""Words of a change in a language that puts them behind what they belong to: 15人`減って`287人 is down 15, 전년 318명`보다` than the 318 of then."""

from __future__ import annotations

from bisect import bisect_left

from extractor.binding.context import Context
from extractor.mentions import QuantityMention, Span, TermMention

BEHIND = ("increase", "decrease", "change_by", "change_to", "change_from")
"""Cues that stand behind their figure."""
_OUTCOMES = ("change_to", "change_from")
_BESIDE = 3
"""Tokens between a figure and such a word, at most."""
_REACH = 90
"""Characters behind a figure in which one is looked for."""


def own_move(context: Context, quantity: QuantityMention, name: str) -> TermMention | None:
    """The word of a change that a head-final language has right behind its figure: 15人`減って`, 15명(-1.2%) `줄어`."""
    if not context.head_final or name not in BEHIND:
        return None
    cue = context.cue_after(name, quantity.number.end, min(context.window(quantity).end, quantity.end + _REACH))
    if cue is None or cue.start < quantity.end:
        return cue
    end = past_bracket(context, quantity.end, cue.start)
    if context.marks.between(end, cue.start) != "none" or context.tokens(end, cue.start) > _BESIDE:
        return None
    others = context.numbers_between(max(end, quantity.number.end), cue.start) or context.cues_between("compared_after", end, cue.start)
    return None if others else cue  # 73.6세보다 증가 is a rise from 73.6, not of it


def is_taken(context: Context, cue: TermMention, name: str) -> bool:
    """Whether a word of a change stands right behind a figure that it belongs to: 減って in 15人`減って`287人 is no word before 287."""
    if not context.head_final or name not in BEHIND:
        return False
    index = bisect_left(context.number_starts, cue.start) - 1
    bracket = context.bracket_around(context.number_starts[index]) if index >= 0 else None
    if bracket is not None and bracket.end <= cue.start + 1:
        index = bisect_left(context.number_starts, bracket.start) - 1
    return index >= 0 and own_move(context, context.quantities[index], name) is cue


def is_of_another(context: Context, cue: TermMention, quantity: QuantityMention, name: str) -> bool:
    """Whether a word of rise or fall belongs to another figure between."""
    other = context.quantities[bisect_left(context.number_starts, cue.start) - 1]
    return other is not quantity and is_taken(context, cue, name)


def part_in(context: Context, move: TermMention, quantity: QuantityMention) -> str:
    """Whether a figure is the size of its change (15人減って), its outcome (287人`に`減って) or where it began (302人`から`減って).

    Brackets may stand between: 287명(전년 302명)`으로` 줄어.
    """
    end = past_bracket(context, quantity.end, move.start)
    for name in _OUTCOMES:
        between = context.cue_after(name, max(end, quantity.number.end), move.start)
        if between is not None and between.start <= end + 1:
            return name
    return "change_by"


def is_compared_with(context: Context, quantity: QuantityMention) -> bool:
    """A figure that the word right behind it compares with, in a language that puts it there: 前年の112.2人`より`, 전년 318명`보다`."""
    if not context.head_final:
        return False
    cue = context.cue_after("compared_after", quantity.number.end, quantity.end + _REACH)
    return cue is not None and cue.start <= quantity.end


def leads_next(context: Context, cue: TermMention, name: str, sentence: Span) -> bool:
    """Whether a word of comparison leads the figure behind it, as in a head-final language: 27.0%를 차지해 전년 `대비` 1.3%포인트 낮아졌다."""
    return context.head_final and name == "compared" and context.numbers_between(cue.end, sentence.end) > 0


def past_bracket(context: Context, end: int, limit: int) -> int:
    """The end of the brackets that open right behind an offset, if they close before another; else the offset itself."""
    ahead = context.bracket_around(context.marks.next(end, limit))
    return ahead.end if ahead is not None and 0 <= ahead.start - end <= 1 and ahead.end <= limit + 1 else end  # `）少ない` begins in one

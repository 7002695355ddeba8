"""Words that turn a figure to another time than its text: from, to, against, the same period, today."""

from __future__ import annotations

from extractor.binding.context import Context
from extractor.binding.told import told_once
from extractor.mentions import QuantityMention, Span

_TURNS = {"change_from": 3, "change_to": 3, "previous": 6, "compared": 6, "year_before": 6, "week_before": 6, "outset": 8}
"""Cues that turn to another time, and within how many tokens before a number they do."""
_BEHIND = {"year_before": 4, "week_before": 4}
"""The same of cues behind a number: `22 in the same period last year`."""
PLAIN = ("plain",)
"""The course of a quantity to which no cue turns."""
_TURN_REACH = 60
"""Characters before a number in which such a cue is looked for."""


@told_once
def course(context: Context, quantity: QuantityMention) -> tuple[str, ...]:
    """Which cues turn to the quantity, none other between; `old` where the new value follows: `from 40 to 65`; `now` where that was said last."""
    sentence = context.window(quantity)
    floor = max(sentence.start, quantity.start - _TURN_REACH)
    turns = []
    for name, reach in _TURNS.items():
        if not context.cues(name):
            continue
        cue = context.cue_before(name, quantity.start, floor)
        if cue is not None and context.numbers_between(cue.end, quantity.start) == 0 and context.tokens(cue.end, quantity.start) <= reach:
            turns.append(name)
    for name, reach in _BEHIND.items():
        cue = context.cue_after(name, quantity.end, min(sentence.end, quantity.end + _TURN_REACH))
        if cue is not None and context.numbers_between(quantity.end, cue.end) == 0 and context.tokens(quantity.end, cue.start) <= reach:
            turns.append(f"{name}:behind")
    after = context.cue_after("change_to", quantity.end, min(sentence.end, quantity.end + _TURN_REACH))
    if after is not None and context.numbers_between(quantity.end, after.end) == 0 and "change_from" in turns:
        turns.append("old")
    if _is_now(context, quantity, sentence):
        turns.append("now")
    return tuple(turns) or PLAIN


def _is_now(context: Context, quantity: QuantityMention, sentence: Span) -> bool:
    """`at the end of 2019 there were eight, today there are 23`: no date stands between the word and the number."""
    cue = context.cue_before("now", quantity.start, sentence.start)
    return cue is not None and not context.moments_between(cue.end, quantity.start)

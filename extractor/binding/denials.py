"""Names of what there were none of: `no` deaths, 死亡`はなく`."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.binding.context import Context
from extractor.binding.indicator_mentions import IndicatorMention
from extractor.mentions import QuantityMention, Span

_REACH, _NEAR = 30, 3
"""Characters between a name and a word that says that there were none of it, and tokens between the two, at most."""


@dataclass(frozen=True, slots=True)
class _Denial(Span):
    """A name and the word that says that there were none of it."""

    glued: bool
    """No space parts the two."""


def is_denied(context: Context, quantity: QuantityMention, mention: IndicatorMention) -> bool:
    """`402 cases, no deaths, down 21 %`: the name has a clause of its own in which a word says that there were none.

    Where words are written together a space parts clauses, and where the verb comes last a verb does: 340건이 `보고됐고` 사망자는 없었다.
    """
    denial = _denial(context, mention)
    if denial is None:
        return False
    left, right = (denial.end, quantity.start) if denial.end <= quantity.start else (quantity.end, denial.start)
    if context.head_final and context.cues_between("actual", left, right):
        return True
    return context.marks.between(left, right) != "none" or (denial.glued and " " in context.between(left, right))


def _denial(context: Context, mention: IndicatorMention) -> _Denial | None:
    """The words that deny what a name says; asked for again by each of the figures around."""
    key = ("denial", mention.start, mention.end)
    if key not in context.told:
        context.told[key] = _find_denial(context, mention)
    denial: _Denial | None = context.told[key]
    return denial


def _find_denial(context: Context, mention: IndicatorMention) -> _Denial | None:
    ahead = context.cues_between("absent", mention.start - _REACH, mention.start)
    cue = ahead[-1] if ahead else context.cue_after("absent_behind", mention.end, mention.end + _REACH)
    if cue is None:
        return None
    first, last = (cue, mention) if cue.start < mention.start else (mention, cue)
    near = context.tokens(first.end, last.start) <= _NEAR and context.marks.between(first.end, last.start) == "none"
    if not near or context.numbers_between(first.start, last.end):
        return None
    return _Denial(first.start, max(first.end, last.end), first.end >= last.start)

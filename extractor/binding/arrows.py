"""The old and the new figure that an arrow joins: `pertussis 292→4,804, chickenpox 2,696→3,189 year on year`."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from extractor.binding.ages import earlier_period
from extractor.binding.comparisons import are_joined_by_arrow
from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.mentions import QuantityMention

_A_YEAR = 365
_YEAR_CUES = ("year_on_year", "year_before")


def decide_old_of_arrows(context: Context, decided: Sequence[Decided]) -> None:
    """The old figure is of the year before the new one's, where a word ahead in its sentence or the pair before it in its paragraph says so
    and nothing has told them apart."""
    paragraph, apart = -1, False
    for old, new in pairwise(decided):
        if not are_joined_by_arrow(context, old.quantity, new.quantity):
            continue
        if (start := context.paragraph_start(old.quantity.start)) != paragraph:
            paragraph, apart = start, False
        before = earlier_period(new.period, _A_YEAR) if new.period is not None else None
        if before is not None and old.period == new.period and (apart or _is_told_year_on_year(context, old.quantity)):
            old.period = before
        apart = before is not None and old.period == before


def _is_told_year_on_year(context: Context, quantity: QuantityMention) -> bool:
    sentence = context.window(quantity)
    return any(context.cues_between(cue, sentence.start, quantity.start) for cue in _YEAR_CUES)

"""The place right beside a figure, and how many figures of its sentence have one on that side: lists go on as they began."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from typing import NamedTuple

from extractor.binding.context import Context
from extractor.binding.told import told_once
from extractor.mentions import PlaceMention, QuantityMention

_NEAR = 40
"""Characters before or behind a figure within which a place beside it begins."""
_SIGNS = " :(–—-"
"""What may stand between a figure and the place beside it."""


class Beside(NamedTuple):
    """On which side the place is: before, after, where (behind a word for a place), none."""

    side: str
    place: PlaceMention | None
    """None also where the place is no known one: `52 in the upper town`."""


@told_once
def place_beside(context: Context, quantity: QuantityMention) -> Beside:
    """`Sibiu 170`, `Laos (0.2%)`, `52 in Arad`."""
    start, end = quantity.start, quantity.end
    before = context.places_between(max(0, start - _NEAR), start)
    if before and not context.between(before[-1].end, start).strip(_SIGNS):
        return Beside("before", before[-1])
    gap = context.between(end, end + _NEAR)
    at = end + len(gap) - len(gap.lstrip())
    words = context.terms_between("where", at, at + 1)
    after = next(iter(context.places_between(end, end + _NEAR)), None)
    if after is not None:
        if not context.between(end, after.start).strip(_SIGNS):
            return Beside("after", after)
        if any(not context.between(word.end, after.start).strip() for word in words):
            return Beside("where", after)
    return Beside("where" if words else "none", None)


def stands_beside(context: Context, quantity: QuantityMention, place: PlaceMention | None) -> str:
    """Whether a place is the one beside the figure, or another is, and how many figures of the sentence have one on the same side.

    None asks about an area that is named nowhere near.
    """
    beside, others = place_beside(context, quantity), _sides(context, quantity)
    if beside.place is None:
        return f"none:{min(2, len(others))}"
    which = "area" if place is None else "this" if beside.place == place else "other"
    return f"{which}:{beside.side}:{min(3, others.count(beside.side))}"


@told_once
def _sides(context: Context, quantity: QuantityMention) -> Sequence[str]:
    """Of all figures of the sentence that have a place beside them, on which side."""
    sentence = context.window(quantity)
    figures = context.quantities[bisect_left(context.number_starts, sentence.start) : bisect_left(context.number_starts, sentence.end)]
    return [beside.side for beside in (place_beside(context, figure) for figure in figures) if beside.place is not None]

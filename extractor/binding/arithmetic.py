"""What figures say of each other by arithmetic: a share beside what it is the share of, parts that add up to their whole."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.binding.context import Context
from extractor.binding.told import told_once
from extractor.mentions import QuantityMention

_BACK = 8
"""So many figures before are looked at for the one that a share was worked out from."""
_NEAR = 3
"""So many for the one that says the same."""
_SHARED = ("count", "fraction", "decimal", "money")
_SLACK = Decimal("0.6")
"""Of its last digit, by which a share may differ from what is worked out."""
_WHOLES = 14
"""So many figures before are looked at for the whole."""
_AHEAD = 14
"""So many figures behind a whole are looked at for its parts."""
_PARTS = 14
_LEAST = 5
"""A smaller whole is soon met by chance."""


class Twin(NamedTuple):
    """The figure before, of another kind, that says the same."""

    at: int | None
    """Its place among the quantities."""
    how: str
    """part, where one figure is divided by another; change, where it is divided by how far it differs."""
    precise: str
    """Whether the share has decimals: a round one is soon met by chance."""


class Whole(NamedTuple):
    """The figure before that this one and others beside it add up to."""

    at: int | None
    """Its place among the quantities."""
    parts: int


@told_once
def twin_of(context: Context, quantity: QuantityMention) -> Twin:
    """`Of 1.35 million elderly people 207,997 had a check-up, or 15.4%`: the share counts what the number does.

    On 180 real pages the two had one indicator in all of 33 cases with decimals, in 18 of 24 with none.
    """
    at = bisect_left(context.number_starts, quantity.number.start)
    before = context.quantities[max(0, at - _BACK) : at]
    for back, other in enumerate(reversed(before[-_NEAR:]), 1):
        kinds = quantity.unit_class, other.unit_class
        if kinds[0] == "percent" and kinds[1] in _SHARED:
            share, figure = quantity, other
        elif kinds[1] == "percent" and kinds[0] in _SHARED:
            share, figure = other, quantity
        else:
            continue
        for how, worked_out in _ratios(figure, [whole for whole in before if whole is not other]):
            if _agree(worked_out, abs(share.value)):
                return Twin(at - back, how, "round" if share.value == int(share.value) else "precise")
    return Twin(None, "none", "none")


def _ratios(figure: QuantityMention, wholes: Sequence[QuantityMention]) -> Iterator[tuple[str, Decimal]]:
    """The shares that a figure may be told by, in percent."""
    if figure.out_of:
        yield "part", 100 * figure.value / figure.out_of
    for whole in reversed(wholes):
        if whole.unit == figure.unit and whole.unit_class in _SHARED and whole.value:
            if abs(figure.value) < abs(whole.value):
                yield "part", 100 * abs(figure.value / whole.value)
            yield "change", 100 * abs((figure.value - whole.value) / whole.value)


def _agree(worked_out: Decimal, written: Decimal) -> bool:
    """As precisely as it is written."""
    exponent = written.as_tuple().exponent
    return abs(worked_out - written) <= _SLACK.scaleb(min(exponent, 0) if isinstance(exponent, int) else 0)


@told_once
def whole_of(context: Context, quantity: QuantityMention) -> Whole:
    """`5,504 health workers, of whom 5,072 in medicine and 432 in pharmacy`: the parts count what the whole does.

    On 180 real pages so for 39 of 42 parts of two and 10 of 12 of three.
    """
    if quantity.unit_class == "count":
        at = bisect_left(context.number_starts, quantity.number.start)
        for whole in range(at - 1, max(-1, at - 1 - _WHOLES), -1):
            parts = _parts(context, context.quantities[whole])
            if at in parts:
                return Whole(whole, len(parts))
    return Whole(None, 0)


@told_once
def _parts(context: Context, whole: QuantityMention) -> tuple[int, ...]:
    """The next counts of the same unit, where they add up to the whole; none where they do not."""
    if whole.unit_class not in ("count", "fraction") or whole.value < _LEAST:
        return ()
    first = bisect_left(context.number_starts, whole.number.start) + 1
    parts: list[int] = []
    left = whole.value
    for at, other in enumerate(context.quantities[first : first + _AHEAD], first):
        if other.unit_class == "count" and other.unit == whole.unit:
            parts.append(at)
            left -= abs(other.value)
            if left <= 0 or len(parts) == _PARTS:
                break
    return tuple(parts) if left == 0 and len(parts) > 1 else ()

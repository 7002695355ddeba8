"""How large and how round a figure is: coverage is seldom 3 %, a province has no million doctors, goals are round, in every language."""

from __future__ import annotations

from bisect import bisect_right
from functools import lru_cache
from math import log10

from extractor.mentions import QuantityMention

_PERCENT = (1, 5, 10, 20, 40, 60, 80, 90, 95, 99, 100.01)
_RATE = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)
_STEPS = {"percent": _PERCENT, "points": _PERCENT, "rate": _RATE, "decimal": _RATE, "multiple": _RATE, "time": _RATE}
"""Where one step ends and the next begins; counts and money go by half powers of ten."""


def size(quantity: QuantityMention) -> str:
    """The step in which the value of a figure of its kind lies."""
    return _size(quantity.unit_class, abs(float(quantity.value)))


@lru_cache(maxsize=1 << 12)
def _size(unit: str, value: float) -> str:
    steps = _STEPS.get(unit)
    if steps is not None:
        return str(bisect_right(steps, value))
    return str(int(2 * log10(value))) if value >= 1 else "below 1"


def roundness(quantity: QuantityMention) -> str:
    """How many digits tell the value before it ends in zeros, and how many of them are decimals: 30,000 has one and none, 93.42 four and two.

    Whole multiples of five are told apart from other whole numbers.
    """
    return _roundness(format(abs(quantity.value), "f"))


@lru_cache(maxsize=1 << 12)
def _roundness(written: str) -> str:
    whole, _, decimals = written.partition(".")
    decimals = decimals.rstrip("0")
    if decimals:
        return f"decimals:{min(len(decimals), 3)}"
    telling = whole.lstrip("0").rstrip("0")
    return f"{'five' if whole[-1:] in '05' else 'whole'}:{min(len(telling), 4)}"


def divided(quantity: QuantityMention) -> str:
    """What it is a rate of: deaths of mothers are counted per 100,000 births, beds per 10,000 people."""
    return "none" if quantity.per is None else f"{quantity.per.count:g}:{quantity.per.of}"

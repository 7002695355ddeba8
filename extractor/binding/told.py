"""Answers that are remembered for the article: several decisions ask the same of a quantity."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from extractor.binding.context import Context
from extractor.mentions import QuantityMention

Told = TypeVar("Told")


def told_once(tell: Callable[[Context, QuantityMention], Told]) -> Callable[[Context, QuantityMention], Told]:
    """What is told of a quantity is told once, however many decisions and candidates ask."""

    @wraps(tell)
    def told(context: Context, quantity: QuantityMention) -> Told:
        key = (tell, quantity.number.start)
        known: Told | None = context.told.get(key)
        if known is None:
            known = context.told[key] = tell(context, quantity)
        return known

    return told

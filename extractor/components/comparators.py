"""Words that bound a quantity: at least, more than, nearly."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from extractor.components.shape import Shape
from extractor.mentions import QuantityMention, TermMention

_YEAR_AT_END = re.compile(r"(?<!\d)(?:19|20)\d\d$")


def with_comparator(shape: Shape, quantity: QuantityMention, *, spaced: bool) -> QuantityMention:
    """A quantity with the comparator before or behind it: `at least` 5, 5 `or more`."""
    before = shape.before(quantity.start, "comparator_before") or shape.before(quantity.number.start, "comparator_before")
    if before is None and spaced:
        before = _comparator_nearby(shape, quantity)
    if before is not None and not (_in_figures(quantity) and before.value == ">"):  # met and exceeded 41 of 43
        return quantity if _compares(shape, before) or _says_target_was_met(shape, before, quantity) else replace(quantity, comparator=before.value)
    for at in (quantity.number.end, quantity.end):
        after = shape.after(at, "comparator_after")
        if after is not None:
            return replace(quantity, comparator=after.value, end=max(quantity.end, after.end) if at == quantity.end else quantity.end)
    unit = shape.after(quantity.number.end, "classifier", "unit", "percent")
    after = shape.after(unit.end, "comparator_after") if unit else None
    return replace(quantity, comparator=after.value) if after is not None else quantity


def _comparator_nearby(shape: Shape, quantity: QuantityMention) -> TermMention | None:
    """One short word between comparator and number, with its apostrophe: `more than the 30`, `almeno l'80 %`."""
    page = shape.page
    index = bisect_left(page.starts, quantity.start) - 1
    if index >= 0 and page.tokens[index] == "'":
        index -= 1
    if index < 1 or len(page.tokens[index]) > 4 or not page.tokens[index].isalpha():
        return None
    return shape.before(page.starts[index], "comparator_before")


def _compares(shape: Shape, comparator: TermMention) -> bool:
    """`22 percent more than the 124 million`: the word compares two figures, and bounds neither. A year before it is no figure."""
    if comparator.value not in (">", "<"):  # at least, at most, about
        return False
    folded = shape.page.reading.folded
    before = shape.word_end(comparator.start)
    if folded[before - 1 : before] in ("%", "٪"):
        return True
    if folded[before - 1 : before].isdigit():
        return _YEAR_AT_END.search(folded[max(0, before - 5) : before]) is None
    return any(term.kind in ("percent", "points", "times", "currency") for term in shape.ends.get(before, ()))


def _says_target_was_met(shape: Shape, comparator: TermMention, quantity: QuantityMention) -> bool:
    """`exceeded 6 targets`: it is the targets that were exceeded, not their number."""
    if quantity.noun is None or quantity.noun.value != "targets":
        return False
    return any(term.kind == "concept" and term.value == "exceeded" and term.overlaps(comparator) for term in shape.ends.get(comparator.end, ()))


def _in_figures(quantity: QuantityMention) -> bool:
    """A fraction that is no single word: 41/43."""
    return quantity.out_of is not None and not isinstance(quantity.number, TermMention)

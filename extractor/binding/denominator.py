"""A denominator that a quantity shares with its neighbour."""

from __future__ import annotations

from extractor.binding.context import Context, Decided
from extractor.binding.features import NOTHING, bucket, marks, noun_indicator, unit_class
from extractor.binding.ranker import Candidate
from extractor.mentions import PerMention


def per_candidates(context: Context, at: int, decided: list[Decided], current: Decided) -> list[Candidate[PerMention | None]]:
    """A quantity without a denominator of its own may share that of its neighbour."""
    quantity = context.quantities[at]
    unit = unit_class(quantity)
    candidates: list[Candidate[PerMention | None]] = [Candidate(None, (NOTHING, f"nothing:{unit}"))]
    previous = context.quantities[at - 1] if at else None
    following = context.quantities[at + 1] if at + 1 < len(context.quantities) else None
    for side, other in (("previous", previous), ("next", following)):
        if other is None or other.per is None:
            continue
        if context.layout.sentence_index(other.number.start) != context.layout.sentence_index(quantity.number.start):
            continue
        left, right = (other, quantity) if side == "previous" else (quantity, other)
        gap = context.between(left.end, right.start)
        same = "same" if current.indicator is not None and noun_indicator(other) == current.indicator else "other"
        if side == "previous" and decided:
            same = "same" if decided[-1].indicator == current.indicator else "other"
        magnitude = "near" if other.value and quantity.value and 0.1 < abs(quantity.value / other.value) < 10 else "off"
        features = (
            f"{side}:{unit}",
            f"{side}:{same}:{unit}",
            f"{side}:{marks(gap)}",
            f"{side}:{magnitude}:{unit}",
            f"{side}:{magnitude}:{same}",
            f"{side}:{bucket(context.tokens(left.end, right.start))}",
        )
        candidates.append(Candidate(other.per, features))
    return candidates

"""A denominator that a quantity shares with others, or that its indicator always has."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.binding.features import NOTHING, bucket, noun_indicator
from extractor.binding.magnitude import size
from extractor.binding.ranker import Candidate
from extractor.components.denominators import is_divisible, is_undivided
from extractor.mentions import PerMention, QuantityMention

PerCandidate = Candidate[PerMention | None]
_LIST = 4
"""A denominator at the end of a list is shared by so many before it."""
_LOOKED_BACK = 500
"""So many figures back a denominator of the same indicator is looked for."""
_SMALL = 1000
"""A larger figure is hardly a rate."""


def per_candidates(context: Context, at: int, decided: list[Decided], current: Decided) -> list[PerCandidate]:
    """What a quantity without a denominator of its own may be divided by; `decided` are those before it."""
    quantity = context.quantities[at]
    unit = quantity.unit_class
    alone = "named" if current.indicator in context.knowledge.usual_per else "unnamed"
    candidates: list[PerCandidate] = [Candidate(None, (NOTHING, f"nothing:{unit}", f"nothing:{alone}:{unit}"))]
    if is_undivided(quantity):
        return candidates
    shared = [
        *_of_the_one_before(context, quantity, decided, current),
        *_at_the_end_of_the_list(context, at, current),
        *_of_the_indicator(context, quantity, decided, current),
    ]
    return candidates + [candidate for candidate in shared if candidate.value is None or is_divisible(quantity, candidate.value)]


def _of_the_one_before(context: Context, quantity: QuantityMention, decided: list[Decided], current: Decided) -> Iterator[PerCandidate]:
    """`67.4 per 100,000 in one, 58.1 in the other`."""
    other = decided[-1] if decided else None
    if other is None or other.per is None:
        return
    count, of = other.per
    if _is_count_beside_rate(context, quantity, other, current):
        return
    sentence = "here" if context.layout.sentence_index(other.quantity.start) == context.layout.sentence_index(quantity.start) else "before"
    same = "same" if other.indicator == current.indicator else "other"
    yield Candidate(_shared(quantity, count, of), (f"previous:{sentence}", *_beside("previous", context, other.quantity, quantity, same)))


def _is_count_beside_rate(context: Context, quantity: QuantityMention, other: Decided, current: Decided) -> bool:
    """`发病率512.3/10万，死亡12人`: a whole number of something that is not usually divided so, beside a rate with decimals."""
    if current.indicator == other.indicator or context.knowledge.usual_per.get(current.indicator or "") == other.per:
        return False
    return quantity.value == int(quantity.value) and other.quantity.value != int(other.quantity.value)


def _at_the_end_of_the_list(context: Context, at: int, current: Decided) -> Iterator[PerCandidate]:
    """`10 doctors, 2 pharmacists and 40 beds per 10,000 people`."""
    quantity = context.quantities[at]
    sentence = context.layout.sentence_index(quantity.number.start)
    for steps, other in enumerate(context.quantities[at + 1 : at + 1 + _LIST]):
        if context.layout.sentence_index(other.number.start) != sentence:
            return
        if other.per is not None:
            if other.per.start < other.number.start:  # 1,250 beds treat `a day` 1,380 patients: what stands ahead is of those behind it
                return
            same = "same" if current.indicator is not None and noun_indicator(other) == current.indicator else "other"
            told = "aside" if other.per.start > other.end + 1 else "beside"
            yield Candidate(
                _shared(quantity, other.per.count, other.per.of),
                (
                    f"next:{steps}",
                    f"next:{steps}:{_kinds(context, at, steps)}",
                    f"next:{told}:{quantity.unit_class}",
                    f"next:{told}:{_is_usual(context, current, other.per)}",
                    f"next:{_is_usual(context, current, other.per)}:{quantity.unit_class}:{size(quantity)}",
                    f"next:{_is_usual(context, current, other.per)}:{_kinds(context, at, steps)}:{'noun' if quantity.noun else 'bare'}",
                    *_beside("next", context, quantity, other, same),
                ),
            )
            return


def _is_usual(context: Context, current: Decided, per: PerMention) -> str:
    """Whether a denominator is the one that the quantity's indicator has everywhere: beds are told per 10,000 people."""
    usual = context.knowledge.usual_per.get(current.indicator or "")
    return "unknown" if usual is None else "usual" if usual == (per.count, per.of) else "other"


def _kinds(context: Context, at: int, steps: int) -> str:
    """Whether the figures of a list are of one kind: all counts, all decimals."""
    return "alike" if len({q.unit_class in ("count", "decimal") for q in context.quantities[at : at + steps + 1]}) == 1 else "mixed"


def _of_the_indicator(context: Context, quantity: QuantityMention, decided: list[Decided], current: Decided) -> Iterator[PerCandidate]:
    """What the article divided the same indicator by before, and what it is divided by everywhere."""
    unit = quantity.unit_class
    size = "small" if quantity.value < _SMALL else "large"
    before = next((other.per for other in reversed(decided[-_LOOKED_BACK:]) if other.indicator == current.indicator and other.per is not None), None)
    if before is not None and current.indicator is not None:
        yield Candidate(_shared(quantity, *before), ("elsewhere", f"elsewhere:{unit}:{size}", f"elsewhere:{current.measure}:{unit}"))
    usual = context.knowledge.usual_per.get(current.indicator or "")
    if usual is not None:
        features = ("usual", f"usual:{current.indicator}:{unit}", f"usual:{unit}:{size}:{current.measure}", f"usual:{current.indicator}:{size}")
        yield Candidate(_shared(quantity, *usual), features)


def _shared(quantity: QuantityMention, count: float, of: str) -> PerMention:
    """A denominator that stands elsewhere, as the quantity's own."""
    return PerMention(quantity.end, quantity.end, count, of)


def _beside(side: str, context: Context, left: QuantityMention, right: QuantityMention, same: str) -> tuple[str, ...]:
    """How two quantities stand beside each other."""
    one, other = (right, left) if side == "previous" else (left, right)
    unit = one.unit_class
    magnitude = "near" if other.value and one.value and 0.1 < abs(one.value / other.value) < 10 else "off"
    return (
        f"{side}:{unit}",
        f"{side}:{same}:{unit}",
        f"{side}:{context.marks.between(left.end, right.start)}",
        f"{side}:{magnitude}:{unit}",
        f"{side}:{magnitude}:{same}",
        f"{side}:{bucket(context.tokens(left.end, right.start))}",
    )

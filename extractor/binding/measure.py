"""Level, rise, fall, attainment or shortage. A rise and a fall are both a change: the sign is decided with it."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.binding.context import Context, Decided
from extractor.binding.features import bucket, unit_class
from extractor.binding.ranker import Candidate
from extractor.mentions import QuantityMention, Span

_CUES = ("increase", "decrease", "change_by", "change_to", "change_from", "compared", "attainment", "shortage", "ratio")
_MOVES = ("increase", "decrease")
_REACH = 90
"""Characters to either side in which a cue is looked for."""
RISE, FALL = "rise", "fall"


def measure_candidates(context: Context, at: int, decided: list[Decided], current: Decided) -> list[Candidate[str]]:
    """Level, rise, fall, attainment, shortage; what speaks for a change counts for both rise and fall."""
    quantity = context.quantities[at]
    sentence = context.window(quantity)
    unit = unit_class(quantity)
    noun = "yes" if quantity.noun else "no"
    features = ["bias", f"unit:{unit}", f"noun:{noun}:{unit}"]
    if quantity.negative:
        features.append("negative")
    for cue in _CUES:
        features += _cue_features(context, quantity, sentence, cue, unit)
    if decided and context.layout.sentence_index(decided[-1].quantity.start) == context.layout.sentence_index(quantity.start):
        previous = decided[-1]
        repeats = "repeats" if previous.indicator == current.indicator else "new"
        features.append(f"previous:{_direction(previous)}:{repeats}:{unit_class(previous.quantity)}>{unit}")
        features.append(f"previous:gap:{context.marks.between(previous.quantity.end, quantity.start)}:{_direction(previous)}")
    directions = [*features, *_nearest_move(context, quantity, sentence)]
    change = tuple(f"change|{feature}" for feature in features)
    return [
        Candidate("level", ()),
        *(Candidate(name, (*change, *(f"{name}|{feature}" for feature in directions))) for name in (RISE, FALL)),
        *(Candidate(name, tuple(f"{name}|{feature}" for feature in features)) for name in ("attainment", "shortage")),
    ]


def _direction(decided: Decided) -> str:
    return decided.measure if decided.measure != "change" else RISE if decided.rising else FALL


def _cue_features(context: Context, quantity: QuantityMention, sentence: Span, cue: str, unit: str) -> Iterator[str]:
    """A cue on either side with no other number between; rise and fall speak for a change in the same way."""
    names = (cue, "move") if cue in _MOVES else (cue,)
    before = context.cue_before(cue, quantity.start, max(sentence.start, quantity.start - _REACH))
    if before is not None and context.numbers_between(before.end, quantity.number.start) == 0:
        for name in names:
            yield f"{name}:before:{bucket(context.tokens(before.end, quantity.start))}"
            yield f"{name}:before:{context.marks.between(before.end, quantity.start)}:{unit}"
    after = context.cue_after(cue, quantity.number.end, min(sentence.end, quantity.end + _REACH))
    if after is not None and context.numbers_between(quantity.number.end, after.start) == 0:
        for name in names:
            yield f"{name}:after:{bucket(context.tokens(quantity.end, after.start))}"
            yield f"{name}:after:{context.marks.between(quantity.end, after.start)}:{unit}"


def _nearest_move(context: Context, quantity: QuantityMention, sentence: Span) -> Iterator[str]:
    """Which word of rise or fall stands nearest, over other numbers too."""
    best: tuple[int, str] | None = None
    for cue in _MOVES:
        before = context.cue_before(cue, quantity.number.start, sentence.start)
        after = context.cue_after(cue, quantity.number.end, sentence.end)
        for side, term, distance in (
            ("before", before, context.tokens(before.end, quantity.start) if before else 0),
            ("after", after, context.tokens(quantity.end, after.start) + 2 if after else 0),
        ):
            if term is not None and (best is None or distance < best[0]):
                best = distance, f"{cue}:{side}"
    if best is not None:
        yield f"nearest:{best[1]}"
        yield f"nearest:{best[1].partition(':')[0]}"

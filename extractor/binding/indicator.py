"""What is counted: the indicators named near a quantity, those of the quantities before it, or none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.binding.context import Context, Decided, IndicatorMention
from extractor.binding.features import NOTHING, bucket, certainty, marks, relation, unit_class
from extractor.binding.ranker import Candidate
from extractor.mentions import QuantityMention

_BEFORE, _AFTER = 12, 10
"""So many mentions of indicators on either side are weighed."""
_ABOVE = {False: 4, True: 1}
"""So many mentions above the sentence are weighed, where it has none itself or some."""
_SERIES = 12
"""So many decisions back a figure of the same kind is looked for."""
_FITS = {
    "count": ("count",), "fraction": ("count", "percent"), "rate": ("rate",), "decimal": ("rate", "index", "time"), "percent": ("percent",),
    "points": ("percent",), "money": ("money",), "time": ("time",), "multiple": ("count", "rate"), "physical": (),
}  # fmt: skip


def indicator_candidates(context: Context, at: int, decided: list[Decided]) -> list[Candidate[str | None]]:
    """Indicators named in the sentence, those of the quantities before, and none."""
    quantity = context.quantities[at]
    sentence = context.window(quantity)
    candidates = [
        _mention_candidate(context, quantity, mention) for mention in _near(context.indicators_between(sentence.start, sentence.end), quantity)
    ]
    here = bool(candidates)
    candidates += [_earlier_candidate(context, quantity, mention, here) for mention in _earlier_mentions(context, sentence.start, here)]
    candidates += list(_inherited_indicators(context, at, decided))
    candidates += list(_of_the_noun(context, quantity, bool(candidates)))
    return [_no_indicator(context, quantity, bool(candidates)), *candidates]


def _of_the_noun(context: Context, quantity: QuantityMention, others: bool) -> Iterator[Candidate[str | None]]:
    """What the counted noun is usually a count of: `1,086,457 visits`."""
    noun = _counted(quantity)
    about = "ill" if context.topic_disease is not None else "well"
    for indicator in context.knowledge.indicators.of_noun.get(noun, ()):
        if indicator == "disease_cases" and context.topic_disease is None:
            continue
        named = min(context.indicator_counts.get(indicator, 0), 3)
        pair = f"of noun:{noun}>{indicator}"
        alone = "some" if others else "alone"
        features = ("of noun", pair, f"{pair}:{about}", f"{pair}:{alone}", f"of noun:named:{named}", f"{pair}:{unit_class(quantity)}")
        yield Candidate(indicator, features)


def _counted(quantity: QuantityMention) -> str:
    """Class of the counted noun beside a number: person, visit; else the kind of word, or none."""
    noun = quantity.noun
    return "none" if noun is None else noun.value if noun.kind == "counted" else noun.kind


def _near(mentions: Sequence[IndicatorMention], quantity: QuantityMention) -> Sequence[IndicatorMention]:
    """The mentions nearest to a quantity on either side."""
    before = [m for m in mentions if m.start < quantity.start]
    return [*before[-_BEFORE:], *mentions[len(before) : len(before) + _AFTER]]


def _mention_candidate(context: Context, quantity: QuantityMention, mention: IndicatorMention) -> Candidate[str | None]:
    unit = unit_class(quantity)
    features = ["mention", f"fit:{_fit(context, unit, mention.indicator)}"]
    if mention.start >= quantity.start and mention.end <= quantity.end:
        place = "inside"
        features.append(f"noun:{_noun_relation(quantity, mention)}")
        features.append(f"inside:{bucket(context.tokens(quantity.number.end, mention.start))}")
    elif mention.start >= quantity.number.end:
        place = "after"
        features.append(f"after:{unit}:{bucket(context.tokens(quantity.end, mention.start))}")
        features.append(f"after:{relation(context, quantity, mention)}")
    else:
        place = "before"
        features.append(f"before:{unit}:{bucket(context.tokens(mention.end, quantity.start))}")
        features.append(f"before:{relation(context, mention, quantity)}")
        nearer = _nearer_mentions(context, mention, quantity)
        features.append(f"nearer:{min(nearer, 3)}")
    features.append(f"{place}:{unit}")
    features.append(f"{place}:noun:{_noun_class(context, quantity, mention.indicator)}")
    if mention.combined:
        features.append(f"combined:{place}")
    if _taken_by_other(context, quantity, mention):
        features.append(f"taken:{place}")
    length = context.tokens(mention.start, mention.end)
    features.append(f"length:{min(length, 4)}")
    features.append(f"pair:{_counted(quantity)}>{mention.indicator}:{place}")
    features += _identity(context, mention.indicator, unit)
    return Candidate(mention.indicator, tuple(features), (mention.start, mention.end))


def _identity(context: Context, indicator: str, unit: str) -> list[str]:
    """Which indicator it is: some are named in passing more often than counted."""
    about = "ill" if context.topic_disease is not None else "well"
    named = min(context.indicator_counts.get(indicator, 0), 4)
    return [f"is:{indicator}", f"is:{indicator}:{unit}", f"is:{indicator}:{about}", f"is named:{named}"]


def _fit(context: Context, unit: str, indicator: str) -> str:
    traits = context.knowledge.indicators.traits.get(indicator)
    if traits is None:
        return "unknown"
    return f"{unit}:{'yes' if any(kind in traits.units for kind in _FITS[unit]) else 'no'}"


def _noun_relation(quantity: QuantityMention, mention: IndicatorMention) -> str:
    noun = quantity.noun
    if noun is None:
        return "none"
    return "same" if (noun.start, noun.end) == (mention.start, mention.end) else "other"


def _noun_class(context: Context, quantity: QuantityMention, indicator: str) -> str:
    """Whether the counted noun beside the number is one that the indicator counts."""
    noun = quantity.noun
    if noun is None:
        return "none"
    if noun.kind == "indicator":
        traits = context.knowledge.indicators.traits.get(noun.value)
        own = context.knowledge.indicators.traits.get(indicator)
        if noun.value == indicator:
            return "itself"
        return "kin" if traits and own and traits.counts & own.counts else "another"
    if noun.kind != "counted":
        return noun.kind
    traits = context.knowledge.indicators.traits.get(indicator)
    return (
        "counted"
        if traits and noun.value in traits.counts
        else f"not:{'other' if noun.value not in ('person', 'patient', 'child', 'facility') else noun.value}"
    )


def _nearer_mentions(context: Context, mention: IndicatorMention, quantity: QuantityMention) -> int:
    return sum(1 for other in context.indicators_between(mention.end, quantity.start) if other.indicator != mention.indicator)


def _taken_by_other(context: Context, quantity: QuantityMention, mention: IndicatorMention) -> bool:
    """The mention is the counted noun of another number."""
    owner = context.owner(mention)
    return owner is not None and owner is not quantity


def _earlier_mentions(context: Context, before: int, here: bool) -> list[IndicatorMention]:
    """The last mentions above the sentence in its paragraph: fewer where the sentence has its own."""
    return list(context.indicators_between(context.paragraph_start(before), before))[-_ABOVE[here] :]


def _earlier_candidate(context: Context, quantity: QuantityMention, mention: IndicatorMention, here: bool) -> Candidate[str | None]:
    unit = unit_class(quantity)
    if here:
        features = (
            "above mentions",
            f"above mentions:{unit}:{_fit(context, unit, mention.indicator)}",
            f"above mentions:noun:{_noun_class(context, quantity, mention.indicator)}",
            *_identity(context, mention.indicator, unit),
        )
        return Candidate(mention.indicator, features, (mention.start, mention.end))
    features = (
        "earlier",
        f"earlier:{unit}",
        f"earlier:{bucket(context.tokens(mention.end, quantity.start))}",
        f"fit:{_fit(context, unit, mention.indicator)}",
        f"earlier:noun:{_noun_class(context, quantity, mention.indicator)}",
        f"pair:{_counted(quantity)}>{mention.indicator}:earlier",
        *_identity(context, mention.indicator, unit),
    )
    return Candidate(mention.indicator, features, (mention.start, mention.end))


def _inherited_indicators(context: Context, at: int, decided: list[Decided]) -> Iterator[Candidate[str | None]]:
    """The indicator of the quantity before, of the one before that, and of the last of the same kind of figure in the paragraph."""
    quantity = context.quantities[at]
    unit = unit_class(quantity)
    yield from _series(context, quantity, unit, decided)
    for back, other in enumerate(reversed(decided[-2:]), 1):
        if other.indicator is None:
            continue
        gap = context.between(other.quantity.end, quantity.start)
        same_unit = "same" if unit_class(other.quantity) == unit else f"{unit_class(other.quantity)}>{unit}"
        features = [
            f"inherit:{back}",
            f"inherit:{back}:{marks(gap)}",
            f"inherit:{back}:{same_unit}",
            f"inherit:{back}:{unit}:{bucket(context.tokens(other.quantity.end, quantity.start))}",
            f"fit:{_fit(context, unit, other.indicator)}",
            f"inherit:noun:{_noun_class(context, quantity, other.indicator)}",
            f"inherit:sure:{certainty(other.probabilities.get('indicator', 1.0))}",
        ]
        features += _identity(context, other.indicator, unit)
        features.append(f"pair:{_counted(quantity)}>{other.indicator}:inherit")
        if context.layout.sentence_index(other.quantity.start) != context.layout.sentence_index(quantity.start):
            features.append("inherit:sentence")
        if context.cue_before("target_label", quantity.start, max(quantity.start - 30, other.quantity.end)):
            features.append("inherit:label")
        if context.cue_before("compared", quantity.start, other.quantity.end) or context.cue_before(
            "change_from", quantity.start, other.quantity.end
        ):
            features.append("inherit:compared")
        yield Candidate(other.indicator, tuple(features), other.label)


def _series(context: Context, quantity: QuantityMention, unit: str, decided: list[Decided]) -> Iterator[Candidate[str | None]]:
    """Further back than two, the last figure of the same kind: `131.5 in Chocó, two of five …, 94 in La Guajira`."""
    start = context.paragraph_start(quantity.start)
    for other in reversed(decided[-_SERIES:-2]):
        if other.quantity.start < start:
            return
        if other.indicator is not None and unit_class(other.quantity) == unit:
            noun = "same" if _counted(other.quantity) == _counted(quantity) else "other"
            features = ("series", f"series:{unit}", f"series:noun:{noun}:{unit}", f"series:{_noun_class(context, quantity, other.indicator)}")
            yield Candidate(other.indicator, (*features, *_identity(context, other.indicator, unit)), other.label)
            return


def _no_indicator(context: Context, quantity: QuantityMention, others: bool) -> Candidate[str | None]:
    unit = unit_class(quantity)
    noun = quantity.noun
    features = [NOTHING, f"nothing:{unit}", f"nothing:{'some' if others else 'alone'}"]
    if noun is None:
        following = context.between(quantity.end, quantity.end + 2).strip()
        features.append(f"nothing:noun:none:{'word' if following[:1].isalpha() else 'stop'}:{unit}")
    else:
        features.append(f"nothing:noun:{noun.kind}")
        if noun.kind == "counted":
            features.append(f"nothing:counted:{noun.value}")
        gap = context.tokens(quantity.number.end, noun.start)
        features.append(f"nothing:gap:{bucket(gap)}")
    if quantity.out_of is not None:
        features.append("nothing:fraction")
    return Candidate(None, tuple(features))

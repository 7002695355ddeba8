"""Decides, quantity by quantity in the order of the text, what each one means."""

from __future__ import annotations

from extractor.binding.candidates import (
    dimension_candidates,
    dimension_mentions,
    falls,
    indicator_candidates,
    kind_candidates,
    measure_candidates,
    per_candidates,
    period_candidates,
    place_candidates,
    topic_candidates,
)
from extractor.binding.context import Context, Decided
from extractor.binding.ranker import Decider
from extractor.mentions import Span

_DISEASE_INDICATORS = frozenset(
    (
        "disease_cases",
        "disease_deaths",
        "disease_incidence",
        "disease_treatment",
        "outbreaks",
        "vaccination_coverage",
        "vaccine_doses",
        "lab_tests",
        "health_checkups",
    )
)


def bind(context: Context, decider: Decider) -> list[Decided]:
    """The meaning of every quantity; each decision sees those made before it."""
    decided: list[Decided] = []
    for at in range(len(context.quantities)):
        decided.append(_decide(context, at, decided, decider))
    return decided


def _decide(context: Context, at: int, decided: list[Decided], decider: Decider) -> Decided:
    quantity = context.quantities[at]
    current = Decided(quantity)
    indicator = decider.choose("indicator", at, indicator_candidates(context, at, decided))
    current.indicator, current.label = indicator.value, indicator.found
    current.probabilities["indicator"] = indicator.probability
    kind = decider.choose("kind", at, kind_candidates(context, at, decided, context.usual_year))
    current.kind = kind.value
    current.probabilities["kind"] = kind.probability
    measure = decider.choose("measure", at, measure_candidates(context, at, decided, current))
    current.measure = measure.value
    current.probabilities["measure"] = measure.probability
    if current.measure == "change":
        current.rising = not (quantity.negative or falls(context, quantity))
    place = decider.choose("place", at, place_candidates(context, at, decided))
    current.place = place.value
    current.probabilities["place"] = place.probability
    period = decider.choose("period", at, period_candidates(context, at, decided, current))
    current.period = period.value
    current.probabilities["period"] = period.probability
    _decide_per(context, at, decided, current, decider)
    _decide_dimensions(context, at, decided, current, decider)
    return current


def _decide_per(context: Context, at: int, decided: list[Decided], current: Decided, decider: Decider) -> None:
    quantity = context.quantities[at]
    per = quantity.per
    if per is None and quantity.unit == "1":
        candidates = per_candidates(context, at, decided, current)
        if len(candidates) > 1:
            choice = decider.choose("per", at, candidates)
            per = choice.value
            current.probabilities["per"] = choice.probability
    if per is not None:
        current.per = (per.count, per.of)


def _decide_dimensions(context: Context, at: int, decided: list[Decided], current: Decided, decider: Decider) -> None:
    """Each word that may restrict the quantity is taken or left; of two with one key the likelier stays."""
    quantity = context.quantities[at]
    best: dict[str, tuple[float, str]] = {}
    certainty = 1.0
    seen: set[tuple[str, str, int]] = set()
    for mention, key, value in dimension_mentions(context, quantity):
        if (key, value, mention.start) in seen:
            continue
        seen.add((key, value, mention.start))
        choice = decider.choose("dimension", at, dimension_candidates(context, at, mention, key, current, decided), about=f"{key}={value}")
        certainty = min(certainty, choice.probability)
        if choice.value and choice.probability > best.get(key, (0.0, ""))[0]:
            best[key] = choice.probability, value
    current.dimensions = {key: value for key, (_, value) in best.items()}
    if current.indicator in _DISEASE_INDICATORS and "disease" not in current.dimensions:
        diseases = [_disease_before(context, quantity), context.topic_disease or "", decided[-1].dimensions.get("disease", "") if decided else ""]
        choice_topic = decider.choose("disease", at, topic_candidates(context, current, diseases))
        certainty = min(certainty, choice_topic.probability)
        if choice_topic.value:
            current.dimensions["disease"] = choice_topic.value
    current.probabilities["dimensions"] = certainty


def _disease_before(context: Context, quantity: Span) -> str:
    """The disease named last before the quantity in its paragraph."""
    start = context.paragraph_start(quantity.start)
    terms = context.terms_between("disease", start, quantity.start)
    return terms[-1].value if terms else ""

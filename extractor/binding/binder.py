"""Decides, quantity by quantity in the order of the text, what each one means."""

from __future__ import annotations

from extractor.binding.arrows import decide_old_of_arrows
from extractor.binding.baseline import decide_baselines
from extractor.binding.beliefs import Beliefs
from extractor.binding.certain_names import certain_names
from extractor.binding.company import Company
from extractor.binding.comparisons import OF_CHANGE, part
from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.binding.denominator import per_candidates
from extractor.binding.dimensions import dimension_candidates, dimension_mentions, topic_candidates
from extractor.binding.facility import facility_candidates, told_facility
from extractor.binding.indicator import indicator_candidates
from extractor.binding.kind import Leanings, kind_candidates, lone_kind_candidates
from extractor.binding.labelled import label
from extractor.binding.main_place import main_place_candidates
from extractor.binding.measure import FALL, RISE, measure_candidates
from extractor.binding.period import Describer, lone_period_candidates, main_period_candidates, period_candidates, surrounding_periods
from extractor.binding.place import place_candidates
from extractor.binding.ranker import Candidate, Decider
from extractor.binding.respective import NO_PARTNER, partners, told_in_order
from extractor.knowledge_base import OTHER_DISEASE
from extractor.mentions import NumberMention, PerMention, QuantityMention

ARTICLE = -1
"""In place of a quantity's index: a decision for the whole article."""
_PERMILLE = 1000
_MONEY_NOUNS = frozenset(("money", "spending", "budget", "health_spending", "fines", "fees"))
_DIVIDED = frozenset(("count", "decimal", "money"))
"""What may share the denominator of another figure."""
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
    if not context.quantities:
        return []
    decided: list[Decided] = []
    leanings = _leanings(context, decider)
    for at in range(len(context.quantities)):
        decided.append(_decide(context, at, decided, leanings, decider))
    _decide_places(context, decided, decider)
    _decide_facilities(context, decided, decider)
    _decide_periods(context, decided, decider)
    decide_baselines(context, decided)
    return decided


def _decide_places(context: Context, decided: list[Decided], decider: Decider) -> None:
    """First the place that most of the article is about; then each quantity, which sees it."""
    main = decider.choose("main_place", ARTICLE, main_place_candidates(context))
    for at, current in enumerate(decided):
        words = partners(context).get(at, NO_PARTNER).place
        candidates = place_candidates(context, current, decided[at - 1] if at else None, main)
        place = decider.choose("place", at, told_in_order(candidates, words))
        current.place = place.value
        current.probabilities["place"] = place.probability


def _decide_facilities(context: Context, decided: list[Decided], decider: Decider) -> None:
    """Which body each quantity is about. It has no part in the confidence, which is measured without it."""
    for at, current in enumerate(decided):
        candidates = facility_candidates(context, current)
        if candidates:
            current.facility = told_facility(decider.choose("facility", at, candidates))


def _decide_periods(context: Context, decided: list[Decided], decider: Decider) -> None:
    """First each quantity by its surroundings; then the period that most of the article is about; then each again, in order."""
    company = Company.of(context, decided)
    describers = [Describer(context, current, company) for current in decided]
    certain = _certain_periods(context)
    surroundings = [certain.get(at) or surrounding_periods(context, describe) for at, describe in enumerate(describers)]
    alone = [
        decider.choose("period_alone", at, lone_period_candidates(context, at, describers[at], candidates)).beliefs()
        for at, candidates in enumerate(surroundings)
    ]
    beliefs = Beliefs.of(context, decided, alone)
    main = decider.choose("main_period", ARTICLE, main_period_candidates(context, beliefs.votes))
    for at, current in enumerate(decided):
        candidates = certain.get(at) or period_candidates(context, at, decided, describers[at], surroundings[at], main, beliefs)
        period = decider.choose("period", at, candidates)
        current.period = period.value
        current.probabilities["period"] = period.probability
    _share_of_pairs(context, decided)
    decide_old_of_arrows(context, decided)


def _certain_periods(context: Context) -> dict[int, list[Candidate[str | None]]]:
    """Of figures told in the order of their times, and of those that a date labels: that time alone."""
    labels = ((at, label(context, quantity)) for at, quantity in enumerate(context.quantities))
    labelled = {at: [candidate] for at, candidate in labels if candidate is not None}
    return labelled | {at: [partner.period] for at, partner in partners(context).items() if partner.period is not None}


def _share_of_pairs(context: Context, decided: list[Decided]) -> None:
    """`Fell by 12 %, from 37 in 2023 to 33 in 2024`: the change is of the time of the new figure."""
    for at, current in enumerate(decided[:-2]):
        if current.measure == "change" and part(context, current.quantity) == OF_CHANGE:
            current.period = decided[at + 2].period or current.period


def _leanings(context: Context, decider: Decider) -> Leanings:
    """How far each quantity, judged alone, leans to being a target."""
    alone = [decider.choose("kind_alone", at, lone_kind_candidates(context, at)) for at in range(len(context.quantities))]
    return Leanings.of(context, [choice.beliefs().get("target", 0.0) for choice in alone])


def _decide(context: Context, at: int, decided: list[Decided], leanings: Leanings, decider: Decider) -> Decided:
    quantity = context.quantities[at]
    current = Decided(quantity, quantity.unit)
    words = partners(context).get(at, NO_PARTNER).name
    names = certain_names(context, at, decided, indicator_candidates(context, at, decided))
    indicator = decider.choose("indicator", at, told_in_order(names, words))
    current.indicator, current.label = indicator.value, indicator.found
    current.probabilities["indicator"] = indicator.probability
    current.unit = _unit(context, current, decided[-1] if decided else None)
    kind = decider.choose("kind", at, kind_candidates(context, at, decided, current, leanings))
    current.kind = kind.value
    current.probabilities["kind"] = kind.probability
    measure = decider.choose("measure", at, measure_candidates(context, at, decided, current))
    current.measure = "change" if measure.value in (RISE, FALL) else measure.value
    current.rising = {RISE: True, FALL: False}.get(measure.value)
    current.probabilities["measure"] = measure.probability
    _decide_per(context, at, decided, current, decider)
    _decide_dimensions(context, at, decided, current, decider)
    return current


def _unit(context: Context, current: Decided, before: Decided | None) -> str:
    """Millions of what is only ever money are of the article's currency: spending of 37.2 billion; a bare life expectancy is in years."""
    quantity = current.quantity
    if current.indicator in context.knowledge.durations and quantity.unit == "1" and _is_bare(quantity):
        return context.knowledge.usual_unit[current.indicator]
    if before is not None and _goes_on_in_money(context, before, current):
        return before.unit
    traits = context.knowledge.indicators.traits.get(current.indicator or "")
    number = quantity.number
    if traits is None or "count" in traits.units or "money" not in traits.units or quantity.unit != "1" or quantity.out_of is not None:
        return quantity.unit
    if not isinstance(number, NumberMention) or not number.scaled or (quantity.noun is not None and quantity.noun.value not in _MONEY_NOUNS):
        return quantity.unit
    return context.currency or quantity.unit


def _goes_on_in_money(context: Context, before: Decided, current: Decided) -> bool:
    """`38.5 billion dong, against 62 billion`: a scale word with nothing counted behind it, in the sentence of a sum of money."""
    quantity, number = current.quantity, current.quantity.number
    if quantity.unit != "1" or not _is_bare(quantity) or not isinstance(number, NumberMention) or not number.scaled:
        return False
    is_money = len(before.unit) == 3 and before.unit.isupper()
    same_sentence = context.layout.sentence_index(before.quantity.start) == context.layout.sentence_index(quantity.start)
    return is_money and same_sentence and current.indicator in (None, before.indicator)


def _is_bare(quantity: QuantityMention) -> bool:
    return quantity.noun is None and quantity.per is None and quantity.out_of is None and not quantity.multiple


def _decide_per(context: Context, at: int, decided: list[Decided], current: Decided, decider: Decider) -> None:
    quantity = context.quantities[at]
    per = quantity.per
    if per is None and quantity.unit_class in _DIVIDED:
        candidates = per_candidates(context, at, decided, current)
        if len(candidates) > 1:
            choice = decider.choose("per", at, candidates)
            per = choice.value
            current.probabilities["per"] = choice.probability
    if per is not None:
        current.per = (per.count, _divisor(context, per, current.indicator))


def _divisor(context: Context, per: PerMention, indicator: str | None) -> str:
    """What a bare ‰ or /10万 divides by: of infant mortality the live births, as the table of indicators says."""
    if indicator is None or per.named:
        return per.of
    count, of = context.knowledge.usual_per.get(indicator, (1.0, per.of))
    return of if count == per.count or per.count == _PERMILLE else per.of


def _decide_dimensions(context: Context, at: int, decided: list[Decided], current: Decided, decider: Decider) -> None:
    """Each word that may restrict the quantity is taken or left; of two with one key the likelier stays."""
    quantity = context.quantities[at]
    best: dict[str, tuple[float, str]] = {}
    certainty = 1.0
    seen: set[tuple[str, str, int]] = set()
    traits = context.knowledge.indicators.traits.get(current.indicator or "")
    without = traits.without if traits is not None else frozenset()
    mentions = list(dimension_mentions(context, quantity, current.indicator is not None))
    for mention in mentions:
        span, key, value = mention
        if key in without:
            continue
        if (key, value, span.start) in seen:
            continue
        seen.add((key, value, span.start))
        choice = decider.choose("dimension", at, dimension_candidates(context, at, mention, mentions, current, decided), about=f"{key}={value}")
        if value != OTHER_DISEASE:
            certainty = min(certainty, choice.probability)
        if choice.value and choice.probability > best.get(key, (0.0, ""))[0]:
            best[key] = choice.probability, value
    # 76 cases of dengue and 2 of chikungunya: the latter are no longer asked which disease the article is about
    current.dimensions = {key: value for key, (_, value) in best.items() if value != OTHER_DISEASE}
    if current.indicator in _DISEASE_INDICATORS and "disease" not in best:
        choice_topic = decider.choose("disease", at, topic_candidates(context, current, decided))
        certainty = min(certainty, choice_topic.probability)
        if choice_topic.value:
            current.dimensions["disease"] = choice_topic.value
    current.probabilities["dimensions"] = certainty

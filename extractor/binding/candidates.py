"""The candidates of each decision, with features that hold in every language.

A feature is a short string; its weight is learned. Distances are counted in tokens and put into buckets,
punctuation between two words stands in for syntax.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from extractor.binding.context import Context, Decided, IndicatorMention
from extractor.binding.ranker import Candidate
from extractor.mentions import DateMention, PerMention, QuantityMention, Span, TermMention

_BEFORE, _AFTER = 12, 10
"""So many mentions of indicators on either side are weighed."""
_ABOVE = 20_000
"""Characters above the paragraph in which dates and places still speak for it."""
_NOTHING = "nothing"
_TIME_UNITS = frozenset(("a", "mo", "wk", "d", "h", "min"))


def bucket(distance: int) -> str:
    """0 1 2 3 5 8 13 21 more."""
    for edge in (0, 1, 2, 3, 5, 8, 13, 21):
        if distance <= edge:
            return str(edge)
    return "far"


def unit_class(quantity: QuantityMention) -> str:
    """count, percent, rate, money, time, physical: what kind of figure it is."""
    if quantity.multiple:
        return "multiple"
    if quantity.unit == "%":
        return "points" if quantity.points else "percent"
    if quantity.unit in _TIME_UNITS:
        return "time"
    if quantity.unit == "1":
        if quantity.out_of is not None:
            return "fraction"
        if quantity.per is not None:
            return "rate"
        return "decimal" if quantity.value != int(quantity.value) else "count"
    return "money" if len(quantity.unit) == 3 and quantity.unit.isupper() else "physical"


_FITS = {
    "count": ("count",), "fraction": ("count", "percent"), "rate": ("rate",), "decimal": ("rate", "index", "time"), "percent": ("percent",),
    "points": ("percent",), "money": ("money",), "time": ("time",), "multiple": ("count", "rate"), "physical": (),
}  # fmt: skip


_MARKS = re.compile("[\n。؟?!;؛；:：(（)）,،，、\\[\\]]")
_RANKED_MARKS = {
    sign: (rank, name)
    for rank, (name, signs) in enumerate(
        (("line", "\n"), ("stop", "。؟?!"), ("semi", ";؛；"), ("colon", ":："), ("open", "(（["), ("close", ")）]"), ("comma", ",،，、"))
    )
    for sign in signs
}


def marks(text: str) -> str:
    """What punctuation stands between: the strongest of line, stop, semi, colon, open, close, comma; or none."""
    found = _MARKS.findall(text)
    return min(_RANKED_MARKS[sign] for sign in found)[1] if found else "none"


def relation(context: Context, left: Span, right: Span) -> str:
    """Punctuation and other numbers between two spans, the left one first."""
    gap = context.between(left.end, right.start)
    numbers = context.numbers_between(left.end, right.start)
    return f"{marks(gap)}:{min(numbers, 2)}"


# ---- indicator


def indicator_candidates(context: Context, at: int, decided: list[Decided]) -> list[Candidate[str | None]]:
    """Indicators named in the sentence, those of the quantities before, and none."""
    quantity = context.quantities[at]
    sentence = context.window(quantity)
    candidates = [
        _mention_candidate(context, quantity, mention) for mention in _near(context.indicators_between(sentence.start, sentence.end), quantity)
    ]
    if not candidates:
        candidates = [_earlier_candidate(context, quantity, mention) for mention in _earlier_mentions(context, sentence.start)]
    candidates += list(_inherited_indicators(context, at, decided))
    return [_no_indicator(context, quantity, bool(candidates)), *candidates]


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
    features += _identity(context, mention.indicator, unit)
    return Candidate(mention.indicator, tuple(features), (mention.start, mention.end))


def _identity(context: Context, indicator: str, unit: str) -> list[str]:
    """Which indicator it is: some are named in passing more often than counted."""
    about = "ill" if context.topic_disease is not None else "well"
    return [f"is:{indicator}", f"is:{indicator}:{unit}", f"is:{indicator}:{about}"]


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


def _earlier_mentions(context: Context, before: int) -> list[IndicatorMention]:
    return list(context.indicators_between(context.paragraph_start(before), before))[-4:]


def _earlier_candidate(context: Context, quantity: QuantityMention, mention: IndicatorMention) -> Candidate[str | None]:
    unit = unit_class(quantity)
    features = (
        "earlier",
        f"earlier:{unit}",
        f"earlier:{bucket(context.tokens(mention.end, quantity.start))}",
        f"fit:{_fit(context, unit, mention.indicator)}",
        f"earlier:noun:{_noun_class(context, quantity, mention.indicator)}",
    )
    return Candidate(mention.indicator, features, (mention.start, mention.end))


def _inherited_indicators(context: Context, at: int, decided: list[Decided]) -> Iterator[Candidate[str | None]]:
    """The indicator of the quantity before, and of the one before that."""
    quantity = context.quantities[at]
    unit = unit_class(quantity)
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
        ]
        features += _identity(context, other.indicator, unit)
        if context.layout.sentence_index(other.quantity.start) != context.layout.sentence_index(quantity.start):
            features.append("inherit:sentence")
        if context.cue_before("target_label", quantity.start, max(quantity.start - 30, other.quantity.end)):
            features.append("inherit:label")
        if context.cue_before("compared", quantity.start, other.quantity.end) or context.cue_before(
            "change_from", quantity.start, other.quantity.end
        ):
            features.append("inherit:compared")
        yield Candidate(other.indicator, tuple(features), other.label)


def _no_indicator(context: Context, quantity: QuantityMention, others: bool) -> Candidate[str | None]:
    unit = unit_class(quantity)
    noun = quantity.noun
    features = [_NOTHING, f"nothing:{unit}", f"nothing:{'some' if others else 'alone'}"]
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


# ---- kind


def kind_candidates(context: Context, at: int, decided: list[Decided], reference_year: str | None) -> list[Candidate[str]]:
    """Metric or target; the features speak for target."""
    quantity = context.quantities[at]
    sentence = context.window(quantity)
    features = [f"unit:{unit_class(quantity)}", f"comparator:{quantity.comparator}"]
    for cue in ("target", "actual", "forecast"):
        before = context.cue_before(cue, quantity.start, sentence.start)
        if before is not None:
            features.append(f"{cue}:before:{bucket(context.tokens(before.end, quantity.start))}")
            features.append(f"{cue}:before:{relation(context, before, quantity)}")
        after = context.cue_after(cue, quantity.end, sentence.end)
        if after is not None:
            features.append(f"{cue}:after:{bucket(context.tokens(quantity.end, after.start))}:{marks(context.between(quantity.end, after.start))}")
    features += _nearest_cue(context, quantity, sentence)
    label = context.cue_before("target_label", quantity.start, max(sentence.start, quantity.start - 40))
    if label is not None:
        gap = context.between(label.end, quantity.start)
        if context.tokens(label.end, quantity.start) <= 3 and not any(c.isdigit() for c in gap):
            features.append(f"label:{_opened(context, label)}")
    features += _date_features(context, quantity, sentence, reference_year)
    bracket = _in_bracket(context, quantity)
    if bracket is not None:
        inside = context.cue_after("target", bracket, quantity.start) or context.cue_after("target_label", bracket, quantity.start)
        features.append(f"bracket:{'target' if inside else 'plain'}")
    if context.cue_before("target", sentence.start, context.paragraph_start(sentence.start)):
        features.append("paragraph:target")
    if decided:
        previous = decided[-1]
        same = context.layout.sentence_index(previous.quantity.start) == context.layout.sentence_index(quantity.start)
        gap = context.between(previous.quantity.end, quantity.start)
        features.append(f"previous:{previous.kind}:{'same' if same else 'before'}:{marks(gap)}")
    if decided and decided[-1].indicator == (decided[-1].indicator and _noun_indicator(quantity)):
        features.append("previous:repeats")
    return [Candidate("metric", ()), Candidate("target", ("bias", *features))]


def _noun_indicator(quantity: QuantityMention) -> str | None:
    return quantity.noun.value if quantity.noun is not None and quantity.noun.kind == "indicator" else None


def _nearest_cue(context: Context, quantity: QuantityMention, sentence: Span) -> list[str]:
    """Which of target and actual stands nearest before the number."""
    nearest: tuple[int, str] | None = None
    for cue in ("target", "actual", "forecast"):
        before = context.cue_before(cue, quantity.start, sentence.start)
        if before is not None and (nearest is None or before.end > nearest[0]):
            nearest = before.end, cue
    return [f"nearest:{nearest[1]}"] if nearest else ["nearest:no"]


def _opened(context: Context, label: TermMention) -> str:
    before = context.between(max(0, label.start - 2), label.start).strip()
    return "bracket" if before.endswith(("(", "（", "[")) else "open"


def _in_bracket(context: Context, quantity: QuantityMention) -> int | None:
    """Start of the bracket that holds the number, if any."""
    folded = context.page.reading.folded
    window = folded[max(0, quantity.start - 120) : quantity.start]
    opened = max(window.rfind("("), window.rfind("（"))
    closed = max(window.rfind(")"), window.rfind("）"))
    return max(0, quantity.start - 120) + opened if opened > closed else None


def _date_features(context: Context, quantity: QuantityMention, sentence: Span, reference_year: str | None) -> list[str]:
    features = []
    before = context.dates_between(sentence.start, quantity.start)
    after = context.dates_between(quantity.end, sentence.end)
    for where, date in (("before", before[-1] if before else None), ("after", after[0] if after else None)):
        if date is None:
            continue
        features.append(f"date:{where}:{date.role}")
        if reference_year is not None and date.value[:4].isdigit():
            last = date.value.rpartition("/")[2][:4]
            year = int(last) if last.isdigit() else int(date.value[:4])
            features.append(f"date:{where}:{_era(year - int(reference_year))}")
    return features


def _era(years: int) -> str:
    return "past" if years < 0 else "now" if years == 0 else "next" if years == 1 else "future"


# ---- measure


def measure_candidates(context: Context, at: int, decided: list[Decided], current: Decided) -> list[Candidate[str]]:
    """Level, change, attainment, shortage."""
    quantity = context.quantities[at]
    sentence = context.window(quantity)
    unit = unit_class(quantity)
    features = [f"unit:{unit}"]
    if quantity.negative:
        features.append("negative")
    for cue in ("increase", "decrease", "change_by", "change_to", "change_from", "compared", "attainment", "shortage", "ratio"):
        before = context.cue_before(cue, quantity.start, max(sentence.start, quantity.start - 90))
        name = "move" if cue in ("increase", "decrease") else cue
        if before is not None and context.numbers_between(before.end, quantity.number.start) == 0:
            distance = bucket(context.tokens(before.end, quantity.start))
            features.append(f"{name}:before:{distance}")
            features.append(f"{name}:before:{marks(context.between(before.end, quantity.start))}:{unit}")
        after = context.cue_after(cue, quantity.number.end, min(sentence.end, quantity.end + 90))
        if after is not None and context.numbers_between(quantity.number.end, after.start) == 0:
            features.append(f"{name}:after:{bucket(context.tokens(quantity.end, after.start))}")
            features.append(f"{name}:after:{marks(context.between(quantity.end, after.start))}:{unit}")
    noun = quantity.noun
    features.append(f"noun:{'yes' if noun else 'no'}:{unit}")
    if decided:
        previous = decided[-1]
        same = context.layout.sentence_index(previous.quantity.start) == context.layout.sentence_index(quantity.start)
        if same:
            features.append(
                f"previous:{previous.measure}:{'repeats' if previous.indicator == current.indicator else 'new'}:{unit_class(previous.quantity)}>{unit}"  # noqa: E501
            )
            features.append(f"previous:gap:{marks(context.between(previous.quantity.end, quantity.start))}:{previous.measure}")
    classes = ("level", "change", "attainment", "shortage")
    return [Candidate(name, () if name == "level" else tuple(f"{name}|{f}" for f in ("bias", *features))) for name in classes]


def falls(context: Context, quantity: QuantityMention) -> bool:
    """Whether the nearest word of rise or fall beside a change says fall."""
    sentence = context.window(quantity)
    best: tuple[int, bool] | None = None
    for cue in ("increase", "decrease"):
        before = context.cue_before(cue, quantity.number.start, sentence.start)
        after = context.cue_after(cue, quantity.number.end, sentence.end)
        for term, distance in (
            (before, context.tokens(before.end, quantity.start) if before else 0),
            (after, context.tokens(quantity.end, after.start) + 2 if after else 0),
        ):
            if term is not None and (best is None or distance < best[0] or (distance == best[0] and cue == "decrease")):
                best = distance, cue == "decrease"
    return best is not None and best[1]


# ---- place


def place_candidates(context: Context, at: int, decided: list[Decided]) -> list[Candidate[str | None]]:
    """Places of the sentence, of the sentences before, the article's own area, and none."""
    quantity = context.quantities[at]
    sentence = context.window(quantity)
    candidates: list[Candidate[str | None]] = [Candidate(None, (_NOTHING,))]
    for place in context.places_between(sentence.start, sentence.end):
        side = "before" if place.end <= quantity.start else "after"
        gap = context.tokens(place.end, quantity.start) if side == "before" else context.tokens(quantity.end, place.start)
        link = relation(context, place, quantity) if side == "before" else relation(context, quantity, place)
        nearer = context.places_between(place.end, quantity.start) if side == "before" else context.places_between(quantity.end, place.start)
        features = [
            f"place:{side}:{bucket(gap)}",
            f"place:{side}:{link}",
            f"place:{side}:nearer:{min(len(nearer), 2)}",
            *_standing(context, place.code, f"place:{side}"),
        ]
        candidates.append(Candidate(place.code, tuple(features), (place.start, place.end)))
    start = context.paragraph_start(sentence.start)
    earlier = context.places_between(start, sentence.start)
    if earlier:
        candidates.append(
            Candidate(earlier[-1].code, ("earlier", *_standing(context, earlier[-1].code, "earlier")), (earlier[-1].start, earlier[-1].end))
        )
    else:
        above = context.places_between(max(0, start - _ABOVE), start)
        if above:
            candidates.append(Candidate(above[-1].code, ("above", *_standing(context, above[-1].code, "above"))))
    for name, code in (("province", context.province), ("country", context.country)):
        if code is not None:
            candidates.append(Candidate(code, tuple(_area_features(context, quantity, sentence, name))))
    if decided and decided[-1].place is not None:
        same = context.layout.sentence_index(decided[-1].quantity.start) == context.layout.sentence_index(quantity.start)
        between = context.places_between(decided[-1].quantity.end, quantity.start)
        features = [f"previous:{'same' if same else 'other'}:{'moved' if between else 'stays'}"]
        candidates.append(Candidate(decided[-1].place, tuple(features)))
    return candidates


def _standing(context: Context, code: str, where: str) -> list[str]:
    """How the place relates to the article's main area."""
    level = "sub" if "-" in code else "country"
    main = "main" if code in (context.province, context.country) else "home" if context.country and code.startswith(context.country) else "abroad"
    return [f"{where}:{level}:{main}", f"{where}:{level}:{main}:{context.focus}"]


_NATIONAL_ISSUERS = frozenset(
    ("government", "prime_minister", "national_assembly", "ministry_of_health", "politburo", "central_committee", "president")
)


def _issuer_level(context: Context, left: int, right: int) -> str:
    """Whether bodies of the nation, of a province, both or none are named between two offsets."""
    issuers = context.terms_between("issuer", left, right)
    national = any(term.value in _NATIONAL_ISSUERS for term in issuers)
    provincial = any(term.value.startswith("provincial_") for term in issuers)
    return "both" if national and provincial else "national" if national else "provincial" if provincial else "none"


def _area_features(context: Context, quantity: QuantityMention, sentence: Span, name: str) -> list[str]:
    features = [f"main:{name}", f"main:{name}:{context.focus}", f"main:{name}:vn" if context.country == "VN" else f"main:{name}:elsewhere"]
    if context.title_end and quantity.start <= context.title_end:
        features.append(f"main:{name}:intitle")
    in_sentence = context.terms_between("area", sentence.start, sentence.end)
    near = min(in_sentence, key=lambda a: abs(a.start - quantity.start), default=None)
    if near is not None:
        features.append(f"main:{name}:says:{near.value}")
        features.append(
            f"main:{name}:says:{near.value}:{'before' if near.start < quantity.start else 'after'}:{bucket(context.tokens(min(near.end, quantity.start), max(near.end, quantity.start)))}"  # noqa: E501
        )
    else:
        earlier = context.terms_between("area", context.paragraph_start(sentence.start), sentence.start)
        if earlier:
            features.append(f"main:{name}:said:{earlier[-1].value}")
    features.append(f"main:{name}:{'near' if context.places_between(sentence.start, sentence.end) else 'silent'}")
    start = context.paragraph_start(sentence.start)
    features.append(f"main:{name}:issuer:{_issuer_level(context, sentence.start, sentence.end)}")
    features.append(f"main:{name}:issuers:{_issuer_level(context, start, sentence.start)}")
    named = {place.code for place in context.places_between(start, sentence.end)}
    features.append(f"main:{name}:paragraph:{'own' if context.province in named else 'other' if named else 'silent'}")
    return features


# ---- period


def period_candidates(context: Context, at: int, decided: list[Decided], current: Decided) -> list[Candidate[str | None]]:
    """Dates of the sentence, of the sentences before, the article's usual year, and none."""
    quantity = context.quantities[at]
    sentence = context.window(quantity)
    state = f"{current.kind}:{current.measure}"
    here = context.dates_between(sentence.start, sentence.end)
    start = context.paragraph_start(sentence.start)
    earlier = context.dates_between(start, sentence.start)
    above = context.dates_between(max(0, start - _ABOVE), start)
    where = "here" if here else "earlier" if earlier else "above" if above else "never"
    flow = "none" if current.indicator is None else "flow" if _flows(context, current.indicator) else "stock"
    nothing = (
        _NOTHING,
        f"nothing:{state}",
        f"nothing:{unit_class(quantity)}",
        f"nothing:{where}",
        f"nothing:{where}:{flow}",
        f"nothing:{context.year_share}",
    )
    candidates: list[Candidate[str | None]] = [Candidate(None, nothing)]
    for date in here:
        side = "before" if date.end <= quantity.start else "inside" if date.start < quantity.end else "after"
        gap = context.tokens(date.end, quantity.start) if side == "before" else context.tokens(quantity.end, date.start)
        link = relation(context, date, quantity) if side == "before" else relation(context, quantity, date)
        nearer = context.dates_between(date.end, quantity.start) if side == "before" else context.dates_between(quantity.end, date.start)
        features = [
            f"date:{side}:{bucket(gap)}",
            f"date:{side}:{link}",
            f"date:{side}:nearer:{min(len(nearer), 2)}",
            f"date:{side}:{date.role}:{state}",
            *_date_shape(context, date, state, side),
        ]
        if context.cue_before("compared", date.start, max(sentence.start, date.start - 40)) and side == "after":
            features.append(f"date:compared:{current.measure}")
        if context.cue_before("compared", date.start, max(quantity.end, date.start - 60)):
            features.append("date:compared:directly")
        candidates.append(Candidate(date.value, tuple(features), (date.start, date.end)))
    if earlier:
        features = ["earlier", f"earlier:{state}", f"earlier:{'some' if here else 'only'}", *_date_shape(context, earlier[-1], state, "earlier")]
        candidates.append(Candidate(earlier[-1].value, tuple(features), (earlier[-1].start, earlier[-1].end)))
        if earlier[0].value != earlier[-1].value:
            candidates.append(Candidate(earlier[0].value, ("first", f"first:{state}", *_date_shape(context, earlier[0], state, "first"))))
    if above:
        candidates.append(
            Candidate(
                above[-1].value,
                ("above", f"above:{state}", f"above:{'some' if here or earlier else 'only'}", *_date_shape(context, above[-1], state, "above")),
            )
        )
        candidates.append(
            Candidate(
                above[0].value,
                ("lead", f"lead:{state}", f"lead:{'some' if here or earlier else 'only'}", *_date_shape(context, above[0], state, "lead")),
            )
        )
    if context.usual_year is not None:
        candidates.append(
            Candidate(context.usual_year, ("usual", f"usual:{state}", f"usual:{where}:{flow}", f"usual:{context.year_share}", f"usual:{where}"))
        )
    if decided and decided[-1].period is not None:
        previous = decided[-1]
        same = context.layout.sentence_index(previous.quantity.start) == context.layout.sentence_index(quantity.start)
        between = context.dates_between(previous.quantity.end, quantity.start)
        features = [
            f"previous:{'same' if same else 'other'}:{'moved' if between else 'stays'}",
            f"previous:{previous.kind}>{current.kind}",
            f"previous:{'repeats' if previous.indicator == current.indicator else 'new'}",
            f"previous:{marks(context.between(previous.quantity.end, quantity.start))}",
        ]
        candidates.append(Candidate(previous.period, tuple(features)))
    return candidates


def _flows(context: Context, indicator: str) -> bool:
    traits = context.knowledge.indicators.traits.get(indicator)
    return traits is not None and traits.flow


def _date_shape(context: Context, date: DateMention, state: str, where: str) -> list[str]:
    value = date.value
    shape = "open" if value.endswith("..") else "range" if "/" in value else {4: "year", 7: "month", 10: "day"}.get(len(value), "other")
    if shape == "range" and value[:4] != value.rpartition("/")[2][:4]:
        shape = "years"
    features = [f"{where}:{shape}:{state}"]
    if context.usual_year and value[:4].isdigit():
        last = value.rpartition("/")[2][:4]
        year = int(last) if last.isdigit() else int(value[:4])
        features.append(f"{where}:{_era(year - int(context.usual_year))}:{state}")
    return features


# ---- denominator


def per_candidates(context: Context, at: int, decided: list[Decided], current: Decided) -> list[Candidate[PerMention | None]]:
    """A quantity without a denominator of its own may share that of its neighbour."""
    quantity = context.quantities[at]
    unit = unit_class(quantity)
    candidates: list[Candidate[PerMention | None]] = [Candidate(None, (_NOTHING, f"nothing:{unit}"))]
    previous = context.quantities[at - 1] if at else None
    following = context.quantities[at + 1] if at + 1 < len(context.quantities) else None
    for side, other in (("previous", previous), ("next", following)):
        if other is None or other.per is None:
            continue
        if context.layout.sentence_index(other.number.start) != context.layout.sentence_index(quantity.number.start):
            continue
        left, right = (other, quantity) if side == "previous" else (quantity, other)
        gap = context.between(left.end, right.start)
        same = "same" if current.indicator is not None and _noun_indicator(other) == current.indicator else "other"
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


# ---- dimensions

_DIMENSION_KEYS = {
    "public": ("sector", "public"), "private": ("sector", "private"), "inpatient": ("care", "inpatient"), "outpatient": ("care", "outpatient"),
    "insurance": ("payer", "insurance"), "female": ("sex", "female"), "male": ("sex", "male"), "urban": ("residence", "urban"), "rural": ("residence", "rural"),  # noqa: E501
}  # fmt: skip


def dimension_mentions(context: Context, quantity: QuantityMention) -> Iterator[tuple[Span, str, str]]:
    """Words of the sentence that may restrict a quantity: span, key, value."""
    sentence = context.window(quantity)
    for term in context.terms_between("dimension", sentence.start, sentence.end):
        key, value = _DIMENSION_KEYS[term.value]
        yield term, key, value
    for bracket in context.brackets_between(sentence.start, sentence.end):
        if bracket.age is not None:
            yield bracket, "age", bracket.age
    for term in context.terms_between("disease", sentence.start, sentence.end):
        yield term, "disease", term.value


def dimension_candidates(context: Context, at: int, mention: Span, key: str, current: Decided, decided: list[Decided]) -> list[Candidate[bool]]:
    """Whether one word restricts a quantity."""
    quantity = context.quantities[at]
    features = [f"{key}:{current.indicator}", f"{key}:bias"]
    if mention.start >= quantity.start and mention.end <= quantity.end:
        features.append(f"{key}:inside")
    elif mention.start >= quantity.number.end:
        features.append(f"{key}:after:{bucket(context.tokens(quantity.end, mention.start))}")
        features.append(f"after:{relation(context, quantity, mention)}")
        features.append(f"{key}:after:{relation(context, quantity, mention)}")
    else:
        features.append(f"{key}:before:{bucket(context.tokens(mention.end, quantity.start))}")
        features.append(f"before:{relation(context, mention, quantity)}")
        features.append(f"{key}:before:{relation(context, mention, quantity)}")
    if current.label and current.label[0] <= mention.start and mention.end <= current.label[1]:
        features.append(f"{key}:within_name")
    owner = context.owner(mention)
    if owner is not None and owner is not quantity:
        features.append(f"{key}:owned")
    if decided and decided[-1].dimensions.get(key):
        same = "repeats" if decided[-1].indicator == current.indicator else "new"
        features.append(f"{key}:previous:{same}")
    if current.label is not None:
        near = context.tokens(min(current.label[1], mention.start), max(current.label[0], mention.start))
        features.append(f"{key}:label:{bucket(near)}")
    return [Candidate(False, ()), Candidate(True, tuple(features))]


def topic_candidates(context: Context, current: Decided, diseases: list[str]) -> list[Candidate[str | None]]:
    """The disease of a quantity whose sentence names none: that of the text before, or the article's."""
    candidates: list[Candidate[str | None]] = [Candidate(None, (_NOTHING, f"nothing:{current.indicator}"))]
    for where, disease in zip(("earlier", "topic", "previous"), diseases, strict=False):
        if disease:
            candidates.append(Candidate(disease, (where, f"{where}:{current.indicator}")))
    return candidates

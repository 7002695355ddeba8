"""What is counted: the indicators named near a quantity, those of the quantities before it, or none."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from extractor.binding.alike import alike_of
from extractor.binding.arithmetic import Twin, Whole, twin_of, whole_of
from extractor.binding.beside import place_beside
from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.binding.denials import is_denied
from extractor.binding.features import NOTHING, bucket, certainty, noun_indicator, pull, relation, side_of
from extractor.binding.indicator_mentions import IndicatorMention
from extractor.binding.made_once import made_once
from extractor.binding.magnitude import divided, size
from extractor.binding.ranker import Candidate
from extractor.binding.told import told_once
from extractor.mentions import QuantityMention, Span

_BEFORE, _AFTER = 12, 10
"""So many mentions of indicators on either side are weighed."""
_ABOVE = {False: 4, True: 1}
"""So many mentions above the sentence are weighed, where it has none itself or some."""
_RUN = 4
"""So many figures back count as what a report goes on about."""
_RIVALS = 4
"""So many names on either side may be nearer."""
_CLOSE = ((0, "touching"), (3, "near"))
"""How close a name is to a figure by the words between."""
_CLAUSE = 3
"""Tokens between a name that says something of a figure and the end of its clause, at most."""
_BRACKET = 2
"""Tokens between a figure and the one in the brackets behind it, at most."""
_NEAR_WORDS = 12
"""Characters behind a figure in which a word that points back to a whole begins: `10 of them`."""
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
    named = context.indicators_between(sentence.start, sentence.end)
    rivals = _Rivals(context, at, named)
    candidates = [_mention_candidate(context, quantity, mention, rivals, decided) for mention in _near(named, quantity)]
    here = bool(candidates)
    candidates += [_earlier_candidate(context, quantity, mention, here) for mention in _earlier_mentions(context, sentence.start, here)]
    candidates += list(_inherited_indicators(context, at, decided))
    candidates += list(_kin(context, quantity, candidates))
    candidates += list(_of_surroundings(context, quantity, bool(candidates), decided))
    candidates += list(_of_the_noun(context, quantity, bool(candidates)))
    candidates += list(_of_the_like(context, at, decided))
    candidates = [_no_indicator(context, quantity, bool(candidates)), *candidates]
    unit = quantity.unit_class
    last = [other.indicator for other in decided[-_RUN:]]
    alike = [other.indicator for other in decided[-_RUN:] if other.quantity.unit_class == unit]
    full = len(last) == _RUN
    told = []
    twin, whole = twin_of(context, quantity), Whole(None, 0) if noun_indicator(quantity) else whole_of(context, quantity)
    bracketed = _bracketed_part(context, at)
    for value, features, found in candidates:
        kind = _kind(features[0])
        run = _run_features(kind, last.count(value), full, alike.count(value))
        around = () if kind == "mention" else rivals.around(kind, value)
        said = rivals.said(kind, value)
        part = _holding_features(context, quantity, value, bracketed)
        told.append(Candidate(value, (*features, *run, *said, *_by_arithmetic(twin, whole, decided, value), *around, *part), found))
    return told


@lru_cache(maxsize=1 << 10)
def _kind(feature: str) -> str:
    """How a candidate was found, by its first feature: `topic:3` as what the article is about."""
    return feature.partition(":")[0]


@made_once(1 << 10)
def _run_features(kind: str, count: int, full: bool, alike: int) -> tuple[str, ...]:
    """How many of the last figures were of the same: a report goes on about what it is about."""
    return f"run:{kind}:{count}:{full}", f"run:{kind}:alike:{alike}"


def _by_arithmetic(twin: Twin, whole: Whole, decided: Sequence[Decided], value: str | None) -> tuple[str, ...]:
    """Whether a candidate is what the figure counts that this one tells once more, or is a part of."""
    features: tuple[str, ...] = ()
    if twin.at is not None:
        told = decided[twin.at].indicator
        features += _twin_features(told == value, told is None, twin.how, twin.precise)
    if whole.at is not None:
        told = decided[whole.at].indicator
        features += _whole_features(told == value, told is None, min(whole.parts, 4))
    return features


def _bracketed_part(context: Context, at: int) -> str | None:
    """What the figure in the brackets right behind counts by its own noun: `12 people (11 doctors)`."""
    quantity, following = context.quantities[at], context.quantities[at + 1 : at + 2]
    if not following or _counted(quantity) in ("none", "indicator") or following[0].value > quantity.value:
        return None
    near = context.tokens(quantity.end, following[0].start) <= _BRACKET and context.marks.between(quantity.end, following[0].start) == "open"
    return noun_indicator(following[0]) if near else None


def _holding_features(context: Context, quantity: QuantityMention, indicator: str | None, part: str | None) -> tuple[str, ...]:
    """How what a candidate counts and what stands in the brackets behind it go together."""
    if part is None:
        return ()
    kin = context.knowledge.indicators.kin
    which = "same" if indicator == part else "kin" if indicator in kin.get(part, ()) else "nothing" if indicator is None else "other"
    return f"holds:{which}", f"holds:{which}:{_counted(quantity)}"


@made_once(1 << 6)
def _twin_features(same: bool, nothing: bool, how: str, precise: str) -> tuple[str, ...]:
    which = "same" if same else "other"
    return f"twin:{which}:{how}:{precise}", f"twin:{which}:{'nothing' if nothing else 'named'}:{precise}"


@made_once(1 << 6)
def _whole_features(same: bool, nothing: bool, parts: int) -> tuple[str, ...]:
    which = "same" if same else "other"
    return f"whole:{which}:{parts}", f"whole:{which}:{'nothing' if nothing else 'named'}"


def _of_the_noun(context: Context, quantity: QuantityMention, others: bool) -> Iterator[Candidate[str | None]]:
    """What the counted noun is usually a count of: `1,086,457 visits`."""
    noun = _counted(quantity)
    for indicator in context.knowledge.indicators.of_noun.get(noun, ()):
        if indicator == "disease_cases" and context.topic_disease is None:
            continue
        named = min(context.indicator_counts.get(indicator, 0), 3)
        pair = f"of noun:{noun}>{indicator}"
        alone = "some" if others else "alone"
        about = _illness(context, quantity)
        features = ("of noun", pair, f"{pair}:{about}", f"{pair}:{alone}", f"of noun:named:{named}", f"{pair}:{quantity.unit_class}")
        yield Candidate(indicator, features)


def _of_the_like(context: Context, at: int, decided: Sequence[Decided]) -> Iterator[Candidate[str | None]]:
    """What the last figure above counts that has the same noun, and the last one of the same value."""
    quantity = context.quantities[at]
    alike = alike_of(context, at)
    if alike.noun is not None:
        other = decided[alike.noun]
        noun, where = _counted(quantity), _how_far_above(context, quantity, other.quantity)
        passed = _passed_over(context, alike.noun, at)
        features = ("like noun", f"like noun:{noun}", f"like noun:{where}", f"like noun:{bucket(at - alike.noun)}", f"like noun:{where}:{passed}")
        pair = f"pair:{noun}>{other.indicator}:like noun"
        yield Candidate(other.indicator, (*features, pair, *_known(context, quantity, other.indicator)), other.label)
    if alike.value is not None:
        other = decided[alike.value]
        same = "same" if _counted(other.quantity) == _counted(quantity) else "other"
        repeated = ("told again", f"told again:{same}", f"told again:{same}:{quantity.unit_class}")
        yield Candidate(other.indicator, (*repeated, *_known(context, quantity, other.indicator)), other.label)


def _passed_over(context: Context, first: int, at: int) -> str:
    """What the figures between two that have one noun count: each something by a name of its own, or not."""
    between = context.quantities[max(first + 1, at - _SERIES) : at]
    return "nothing" if not between else "named" if all(noun_indicator(other) for other in between) else "mixed"


def _known(context: Context, quantity: QuantityMention, indicator: str | None) -> tuple[str, ...]:
    return () if indicator is None else _identity(context, quantity, indicator)


def _how_far_above(context: Context, quantity: QuantityMention, other: QuantityMention) -> str:
    """Whether a figure above stands in the same sentence, the same paragraph, or farther away."""
    if other.start >= context.window(quantity).start:
        return "sentence"
    return "paragraph" if other.start >= context.paragraph_start(quantity.start) else "far"


def _kin(context: Context, quantity: QuantityMention, candidates: Sequence[Candidate[str | None]]) -> Iterator[Candidate[str | None]]:
    """What goes by other words beside a named indicator: of a life expectancy the years in health, of cases the deaths."""
    unit, noun, about = quantity.unit_class, _counted(quantity), _illness(context, quantity)
    proposed = {candidate.value: candidate for candidate in reversed(candidates)}
    for value, candidate in proposed.items():
        for indicator in context.knowledge.indicators.kin.get(value or "", ()):
            features = _kin_features(f"kin:{value}>{indicator}", unit, noun, about, indicator in proposed, candidate.features[0])
            yield Candidate(indicator, features, candidate.found)


@made_once(1 << 13)
def _kin_features(pair: str, unit: str, noun: str, about: str, named: bool, found: str) -> tuple[str, ...]:
    """`found` is the first feature of the indicator that is named."""
    return "kin", pair, f"{pair}:{unit}", f"{pair}:{noun}", f"{pair}:{about}", f"kin:{'also' if named else 'only'}:{found}"


def _of_surroundings(context: Context, quantity: QuantityMention, others: bool, decided: list[Decided]) -> Iterator[Candidate[str | None]]:
    """What the heading, the head of the list, the paragraph above or the whole article is about: `Coverage by group: - Pupils: 99.6%`."""
    unit = quantity.unit_class
    alone = "some" if others else "alone"
    for where, indicator in _surroundings(context, quantity, decided, unit):
        fit = _fit(context, unit, indicator)
        noun = _noun_class(context, quantity, indicator)
        features = (where, f"{where}:{alone}:{fit}", f"{where}:{alone}:{noun}", f"pair:{_counted(quantity)}>{indicator}:around")
        yield Candidate(indicator, (*features, *_identity(context, quantity, indicator)))


def _surroundings(context: Context, quantity: QuantityMention, decided: list[Decided], unit: str) -> Iterator[tuple[str, str]]:
    heading, title = context.heading_before(quantity.start), Span(0, context.title_end)
    for where, spans in (("heading", [heading]), ("head", context.list_heads(quantity.start)), ("title", [title])):
        named = next(filter(None, (context.indicators_between(span.start, span.end) for span in spans)), ())
        if named:
            yield where, named[-1].indicator
    if context.topic is not None:
        topic, share = context.topic
        yield f"topic:{share}", topic
    start = context.paragraph_start(quantity.start)
    for other in reversed(decided[-_SERIES:]):
        if other.quantity.start < start and other.indicator is not None and other.quantity.unit_class == unit:
            yield f"over:{'same' if _counted(other.quantity) == _counted(quantity) else 'other'}", other.indicator
            return


def _counted(quantity: QuantityMention) -> str:
    """Class of the counted noun beside a number: person, visit; else the kind of word, or none."""
    noun = quantity.noun
    if noun is None and quantity.unit_class == "money":
        return "money"
    return "none" if noun is None else noun.value if noun.kind == "counted" else noun.kind


def _near(mentions: Sequence[IndicatorMention], quantity: QuantityMention) -> Sequence[IndicatorMention]:
    """The mentions nearest to a quantity on either side."""
    first = bisect_left(mentions, quantity.start, key=attrgetter("start"))
    return mentions[max(0, first - _BEFORE) : first + _AFTER]


def _mention_candidate(
    context: Context, quantity: QuantityMention, mention: IndicatorMention, rivals: _Rivals, decided: list[Decided]
) -> Candidate[str | None]:
    unit = quantity.unit_class
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
    noun = _noun_class(context, quantity, mention.indicator)
    features += [f"{place}:noun:{noun}", f"{place}:noun:{noun}:{unit}"]
    if mention.combined:
        features.append(f"combined:{place}")
    if _taken_by_other(context, quantity, mention):
        features.append(f"taken:{place}")
    features += rivals.of(mention, place)
    features += rivals.beside(mention)
    if place != "inside":
        features.append(f"close:{place}:{mention.indicator}:{_closeness(context, quantity, mention)}")
    features += _listed(context, quantity, mention, decided, place)
    length = context.tokens(mention.start, mention.end)
    features.append(f"length:{min(length, 4)}")
    features.append(f"pair:{_counted(quantity)}>{mention.indicator}:{place}")
    features += _identity(context, quantity, mention.indicator)
    return Candidate(mention.indicator, tuple(features), (mention.start, mention.end))


def _closeness(context: Context, quantity: QuantityMention, mention: IndicatorMention) -> str:
    """Whether a name touches the words of the figure, stands near them with no mark between, or is farther away."""
    left, right = (mention.end, quantity.start) if mention.end <= quantity.start else (quantity.end, mention.start)
    if context.marks.between(left, right) != "none":
        return "far"
    return next((name for edge, name in _CLOSE if context.tokens(left, right) <= edge), "far")


def _same_words(one: Span, other: Span) -> bool:
    return (one.start, one.end) == (other.start, other.end)


class _Rivals:
    """Whether a nearer name goes with the number, or a nearer number with the name: `doctors 11.2, beds 29.8`."""

    def __init__(self, context: Context, at: int, named: Sequence[IndicatorMention]) -> None:
        """`named` are the names in the sentence of the quantity."""
        self._context, self._quantity = context, context.quantities[at]
        first = bisect_left(named, self._quantity.start, key=attrgetter("start"))
        self._named = named[max(0, first - _BEFORE - _RIVALS) : first + _AFTER + _RIVALS]
        self._near = [*context.quantities[max(0, at - 2) : at], *context.quantities[at + 1 : at + 3]]
        self._starts = [mention.start for mention in self._named]
        self._pulls = [pull(context, mention, self._quantity) for mention in self._named]
        self._free = self._free_names()
        self._meant = {side: self._meant_by(name) for side, name in self._free.items()}
        free = [(side, name) for side, name in self._free.items() if name is not None]
        self._names = [(self._meant[side], f"{side}:{name.indicator}:{self._closeness(side, name)}") for side, name in free]
        self._said = self._said_of_it()
        opened = bool(named) and context.numbers_between(context.window(self._quantity).start, named[0].start) == 0
        self._opens = "word" if opened else "number"

    def _free_names(self) -> dict[str, IndicatorMention | None]:
        """The name within the figure's words, and the nearest on either side that is no other figure's, with no number between."""
        context, quantity = self._context, self._quantity
        sides: dict[str, list[IndicatorMention]] = {"before": [], "inside": [], "after": []}
        for mention in self._named:
            sides[side_of(quantity, mention)].append(mention)
        before = (m for m in reversed(sides["before"]) if not _taken_by_other(context, quantity, m))
        after = (m for m in sides["after"] if not _taken_by_other(context, quantity, m))
        left, right = next(before, None), next(after, None)
        return {
            "before": left if left and not context.numbers_between(left.end, quantity.number.start) else None,
            "inside": next(iter(sides["inside"]), None),
            "after": right if right and not context.numbers_between(quantity.number.end, right.start) else None,
        }

    def _meant_by(self, name: IndicatorMention | None) -> frozenset[str]:
        """All that the words of a name may be of: deaths, and deaths of a disease."""
        return frozenset(other.indicator for other in self._named if name is not None and _same_words(other, name))

    def _said_of_it(self) -> IndicatorMention | None:
        """The name behind the figure with which its clause ends: `290 patients have died`, but not `41 cases and no deaths`."""
        context, name, end = self._context, self._free["after"], self._quantity.end
        if name is None or context.marks.between(end, name.start) != "none" or context.terms_between("range_and", end, name.start):
            return None
        clause = context.marks.next(name.end, context.window(self._quantity).end)
        return name if context.tokens(name.end, clause) <= _CLAUSE else None

    def said(self, kind: str, indicator: str | None) -> tuple[str, ...]:
        """Whether a candidate is what is said of the figure at the end of its clause, or another one is."""
        if self._said is None:
            return ()
        which = "same" if indicator in self._meant["after"] else "other"
        return _said_features(kind, which, self._said.term.value, _counted(self._quantity), indicator or "nothing")

    def beside(self, mention: IndicatorMention) -> Iterator[str]:
        """What the other names around the figure are, if this is one of them.

        Where `the number of deaths fell by 79 cases`, cases are only a word for them. Measured with what `around` and `_closeness` say: of 3252
        figures of real pages .902 to .909 right, of the corpus, held out on two folds, .896 to .898.
        """
        own = next((side for side, free in self._free.items() if free is not None and _same_words(free, mention)), None)
        if own is None:
            return
        for side, free in self._free.items():
            if side != own:
                names = f"beside:{own}:{mention.term.value}:{side}:{'none' if free is None else free.term.value}"
                yield names
                if free is not None:
                    yield f"{names}:{self._mark(side, free)}"

    def _mark(self, side: str, name: Span) -> str:
        """What stands between a name around the figure and the figure."""
        if side == "inside":
            return ""
        left, right = (name.end, self._quantity.start) if side == "before" else (self._quantity.end, name.start)
        return self._context.marks.between(left, right)

    def _closeness(self, side: str, name: IndicatorMention) -> str:
        return "" if side == "inside" else _closeness(self._context, self._quantity, name)

    def around(self, kind: str, indicator: str | None) -> tuple[str, ...]:
        """Whether the names around the figure are those of a candidate that was found elsewhere, and which others are.

        Which others, with `_by_arithmetic`: of 4139 figures of real pages 3772 in place of 3767 right, of 21976 of the corpus, held out on two
        folds, 19820 in place of 19804; the latter alone 3770 and 19806.
        """
        names = ["none" if not meant else "same" if indicator in meant else "other" for meant in self._meant.values()]
        against = [f"against:{told}>{indicator}" for meant, told in self._names if indicator not in meant]
        return (*_around_features(kind, *names), *against)

    def of(self, mention: IndicatorMention, side: str) -> tuple[str, ...]:
        """Of one of the names, on one side of the number."""
        context, quantity = self._context, self._quantity
        own = pull(context, mention, quantity)
        index = bisect_left(self._starts, mention.start)
        around = slice(max(0, index - _RIVALS), index + _RIVALS)
        nearer = {
            other.start
            for other, others in zip(self._named[around], self._pulls[around], strict=True)
            if others < own and other.indicator != mention.indicator
        }
        word = min(2, len(nearer))
        number = min(2, sum([pull(context, mention, other) < own for other in self._near])) if own else 0
        left, right = (mention.end, quantity.number.start) if side == "before" else (quantity.number.end, mention.start)
        between = min(2, context.numbers_between(left, right))
        return _rival_features(side, word, number, quantity.unit_class, self._opens, between)


@made_once(1 << 10)
def _around_features(kind: str, before: str, inside: str, after: str) -> tuple[str, ...]:
    return f"around:{kind}:before:{before}", f"around:{kind}:inside:{inside}", f"around:{kind}:after:{after}"


@made_once(1 << 12)
def _said_features(kind: str, which: str, said: str, noun: str, indicator: str) -> tuple[str, ...]:
    return f"said:{kind}:{which}:{noun}", f"said:{which}:{said}:{noun}", f"said:{which}:{said}>{indicator}"


@made_once(1 << 12)
def _rival_features(side: str, word: int, number: int, unit: str, opens: str, between: int) -> tuple[str, ...]:
    return f"rivals:{side}:{word}:{number}", f"rivals:{side}:{word}:{number}:{unit}", f"order:{opens}:{side}:{between}:{min(word, 1)}"


def _listed(context: Context, quantity: QuantityMention, mention: IndicatorMention, decided: list[Decided], side: str) -> Iterator[str]:
    """On which side the number before has its name, and whether that was this one: lists go on as they began."""
    if not decided or decided[-1].quantity.start < context.window(quantity).start:
        yield f"listed:first:{side}"
        return
    previous = decided[-1]
    if previous.label is None:
        yield f"listed:none:{side}"
        return
    before = side_of(previous.quantity, Span(*previous.label))
    same = "same" if previous.label == (mention.start, mention.end) else "kin" if previous.indicator == mention.indicator else "other"
    alike = "alike" if previous.quantity.unit_class == quantity.unit_class else "unlike"
    yield f"listed:{before}:{side}:{same}"
    yield f"listed:{before}:{side}:{same}:{alike}:{context.marks.between(previous.quantity.end, quantity.start)}"


def _identity(context: Context, quantity: QuantityMention, indicator: str) -> tuple[str, ...]:
    """Which indicator it is: some are named in passing more often than counted."""
    return _identity_features(indicator, min(context.indicator_counts.get(indicator, 0), 4), _figure(context, quantity))


class _Figure(NamedTuple):
    """What of a figure speaks for one indicator and against another."""

    unit: str
    about: str
    """Whether it is of a disease: see `_illness`."""
    per: str
    step: str


@told_once
def _figure(context: Context, quantity: QuantityMention) -> _Figure:
    unit = quantity.unit_class
    return _Figure(unit, _illness(context, quantity), divided(quantity), f"{quantity.unit if unit == 'time' else unit}:{size(quantity)}")


@made_once(1 << 15)
def _identity_features(indicator: str, named: int, figure: _Figure) -> tuple[str, ...]:
    identity = (f"is:{indicator}", f"is:{indicator}:{figure.unit}", f"is:{indicator}:{figure.about}", f"is named:{named}")
    return (*identity, f"is:{indicator}:per:{figure.per}", f"is:{indicator}:{figure.step}")


@told_once
def _illness(context: Context, quantity: QuantityMention) -> str:
    """Whether a disease is named in the sentence, above it, or is what the article is about."""
    window = context.window(quantity)
    if context.terms_between("disease", window.start, window.end):
        return "ill:here"
    if context.topic_disease is None:
        return "well"
    heading = context.heading_before(quantity.start)
    if context.terms_between("disease", max(heading.start, context.paragraph_start(quantity.start)), quantity.start):
        return "ill:above"
    return f"ill:{'title' if context.topic_in_title else 'named'}"


def _fit(context: Context, unit: str, indicator: str) -> str:
    traits = context.knowledge.indicators.traits.get(indicator)
    if traits is None:
        return "unknown"
    return f"{unit}:{'no' if traits.units.isdisjoint(_FITS[unit]) else 'yes'}"


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
    """The mention is the counted noun of another number, or it is said that there were none of it."""
    owner = context.owner(mention)
    return owner is not quantity if owner is not None else is_denied(context, quantity, mention)


def _earlier_mentions(context: Context, before: int, here: bool) -> list[IndicatorMention]:
    """The last mentions above the sentence in its paragraph: fewer where the sentence has its own."""
    return list(context.indicators_between(context.paragraph_start(before), before))[-_ABOVE[here] :]


def _earlier_candidate(context: Context, quantity: QuantityMention, mention: IndicatorMention, here: bool) -> Candidate[str | None]:
    unit = quantity.unit_class
    if here:
        features = (
            "above mentions",
            f"above mentions:{unit}:{_fit(context, unit, mention.indicator)}",
            f"above mentions:noun:{_noun_class(context, quantity, mention.indicator)}",
            *_identity(context, quantity, mention.indicator),
        )
        return Candidate(mention.indicator, features, (mention.start, mention.end))
    features = (
        "earlier",
        f"earlier:{unit}",
        f"earlier:{bucket(context.tokens(mention.end, quantity.start))}",
        f"fit:{_fit(context, unit, mention.indicator)}",
        f"earlier:noun:{_noun_class(context, quantity, mention.indicator)}",
        f"pair:{_counted(quantity)}>{mention.indicator}:earlier",
        *_identity(context, quantity, mention.indicator),
    )
    return Candidate(mention.indicator, features, (mention.start, mention.end))


def _inherited_indicators(context: Context, at: int, decided: list[Decided]) -> Iterator[Candidate[str | None]]:
    """The indicator of the quantity before, of the one before that, and of the last of the same kind of figure in the paragraph."""
    quantity = context.quantities[at]
    unit = quantity.unit_class
    yield from _series(context, quantity, unit, decided)
    for back, other in enumerate(reversed(decided[-2:]), 1):
        mark = context.marks.between(other.quantity.end, quantity.start)
        same_unit = "same" if other.quantity.unit_class == unit else f"{other.quantity.unit_class}>{unit}"
        if other.indicator is None:
            continue
        features = [
            f"inherit:{back}",
            f"inherit:{back}:{mark}",
            f"inherit:{back}:{same_unit}",
            f"inherit:{back}:{unit}:{bucket(context.tokens(other.quantity.end, quantity.start))}",
            f"fit:{_fit(context, unit, other.indicator)}",
            f"inherit:noun:{_noun_class(context, quantity, other.indicator)}",
            f"inherit:sure:{certainty(other.probabilities.get('indicator', 1.0))}",
        ]
        features += _identity(context, quantity, other.indicator)
        features.append(f"pair:{_counted(quantity)}>{other.indicator}:inherit")
        if other.quantity.unit_class == unit:
            features.append(f"inherit:{back}:like:{_likeness(quantity, other.quantity)}:{mark}")
            features.append(f"inherit:like:{_likeness(quantity, other.quantity)}:{unit}")
        features += _as_part(context, quantity, other, back)
        if context.layout.sentence_index(other.quantity.start) != context.layout.sentence_index(quantity.start):
            features.append("inherit:sentence")
        if context.cue_before("target_label", quantity.start, max(quantity.start - 30, other.quantity.end)):
            features.append("inherit:label")
        if context.cue_before("compared", quantity.start, other.quantity.end) or context.cue_before(
            "change_from", quantity.start, other.quantity.end
        ):
            features.append("inherit:compared")
        yield Candidate(other.indicator, tuple(features), other.label)


def _as_part(context: Context, quantity: QuantityMention, other: Decided, back: int) -> Iterator[str]:
    """Whether the figure is told as a part of another one, or stands in a list of places as that one does.

    `4,000 doctors, of whom 300 in the upper town, 200 in the lower one`
    """
    own, its = place_beside(context, quantity).side, place_beside(context, other.quantity).side
    noun = "none" if quantity.noun is None else "noun"
    yield f"inherit:{back}:stands:{its}>{own}:{noun}"
    cue = context.cue_before("of_which", quantity.start, other.quantity.number.end)
    if cue is not None and context.numbers_between(cue.end, quantity.number.start) == 0:
        yield f"inherit:{back}:of which:{noun}:{own}"
        yield f"inherit:{back}:of which:{noun}:{bucket(context.tokens(cue.end, quantity.start))}"
    behind = context.cue_after("of_which", quantity.number.end, quantity.number.end + _NEAR_WORDS)
    if behind is not None and context.tokens(quantity.number.end, behind.start) <= 1:
        following = context.numbers_between(behind.end, behind.end + _NEAR_WORDS)
        yield f"inherit:{back}:of them:{noun}:{min(following, 1)}"


def _series(context: Context, quantity: QuantityMention, unit: str, decided: list[Decided]) -> Iterator[Candidate[str | None]]:
    """Further back than two, the last figure of the same kind: `131.5 in Chocó, two of five …, 94 in La Guajira`."""
    start = context.paragraph_start(quantity.start)
    for other in reversed(decided[-_SERIES:-2]):
        if other.quantity.start < start:
            return
        if other.indicator is not None and other.quantity.unit_class == unit:
            noun = "same" if _counted(other.quantity) == _counted(quantity) else "other"
            like = f"series:like:{_likeness(quantity, other.quantity)}"
            features = ("series", like, f"series:{unit}", f"series:noun:{noun}:{unit}", f"series:{_noun_class(context, quantity, other.indicator)}")
            yield Candidate(other.indicator, (*features, *_identity(context, quantity, other.indicator)), other.label)
            return


def _likeness(quantity: QuantityMention, other: QuantityMention) -> str:
    """How near two figures are: a target is near what it is the target of, 33.7 beds and 9.2 doctors (targets: 34 and 9.5)."""
    low, high = sorted((abs(float(quantity.value)), abs(float(other.value))))
    if not low:
        return "zero"
    return next((name for edge, name in ((1.001, "equal"), (1.1, "near"), (1.5, "like"), (4, "some")) if high / low <= edge), "far")


def _no_indicator(context: Context, quantity: QuantityMention, others: bool) -> Candidate[str | None]:
    unit = quantity.unit_class
    noun = quantity.noun
    features = [NOTHING, f"nothing:{unit}", f"nothing:{'some' if others else 'alone'}"]
    features += [f"nothing:{unit}:size:{size(quantity)}", f"nothing:per:{divided(quantity)}"]
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

"""When a quantity holds, or by when it is due."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence

from extractor.binding.ages import REPORTED, age, date_shape, earlier_period, year_distance
from extractor.binding.beliefs import Beliefs
from extractor.binding.company import Company
from extractor.binding.comparisons import BACK, FIRST, NO_PART, SECOND, beside_pair, part
from extractor.binding.context import Context, Heading
from extractor.binding.decided import Decided
from extractor.binding.earlier import DAYS_BACK, Figure, counted_back, same_periods, term_ends, weighed
from extractor.binding.features import ABOVE, NOTHING, bucket, certainty, flows, relation
from extractor.binding.labelled import is_bare
from extractor.binding.made_once import made_once
from extractor.binding.magnitude import divided
from extractor.binding.ranker import Candidate, Choice, merged
from extractor.binding.turns import PLAIN, course
from extractor.mentions import DateMention, QuantityMention, Span

Period = Candidate[str | None]
_remembered = made_once(1 << 13)


_COMPARED = 40
"""A word of comparison so many characters before a date makes it the baseline."""
_OPENING = 4
"""A date within the first tokens of its sentence speaks for all of it."""
_RUN = 12
"""So many decisions back a running period is looked for."""
_BETWEEN, _HIGHER = 3, 5
"""So many dates of the paragraph, and of the text above it, are candidates beside the first and the last. With how far each date is from the
figure, on two folds of 812 articles without cut copies: periods right in .8172, in place of .8076; with the copies that `make train` makes
.806 in place of .805."""
_LOOKED_AT = 40
"""So many of these dates are looked at, so that time stays linear."""


_WIDER = {"day": (7, 4), "month": (4,)}
"""A day is also of its month and its year: so many characters."""
Votes = Mapping[str, float]
"""Period → share of the article's metrics that would have it, each judged by its own surroundings."""


def main_period_candidates(context: Context, votes: Votes) -> list[Candidate[str | None]]:
    """Periods that most of an article's figures may be about: its dates, and their years."""
    dates = [date for date in context.moments if date.role != "document" and not date.value.startswith("XXXX")]
    values: dict[str, list[DateMention]] = defaultdict(list)
    for date in dates:
        values[date.value].append(date)
        for wider in _WIDER.get(date_shape(date.value), ()):
            values[date.value[:wider]].append(date)
    for assumed in (context.usual_year, context.own_year):
        if assumed is not None:
            values.setdefault(assumed, [])
    lead = context.layout.sentence(context.title_end + 1).end if context.title_end else 0
    numbers = len(context.quantities)
    candidates: list[Candidate[str | None]] = [Candidate(None, (NOTHING,))]
    framed = [frame.value for frame in context.frames]
    early = len(context.page.reading.folded) / 3
    spans = [value for value in values if date_shape(value) == "range" and age(value, context.own_date) in REPORTED]
    for value, mentions in values.items():
        own = [mention for mention in mentions if mention.value == value]
        shape = date_shape(value)
        asides = sum(context.is_aside(mention) for mention in own)
        planned = sum(context.is_planned(mention) for mention in own)
        features = [f"shape:{shape}", f"age:{age(value, context.own_date)}", f"age:{age(value, context.own_date)}:{shape}"]
        features.append(f"count:{min(len(own), 4)}")
        features.append(f"asides:{'none' if asides == 0 else 'all' if asides == len(own) else 'some'}:{min(1, len(own))}")
        if own and asides == len(own):
            features.append(f"asides:all:{age(value, context.own_date)}")
        features.append(f"planned:{'none' if planned == 0 else 'all' if planned == len(own) else 'some'}")
        features.append(f"share:{round(4 * len(mentions) / max(1, len(dates)))}")
        features.append(f"figures:{round(4 * sum(context.figures_beside(mention.start) for mention in mentions) / max(1, numbers))}")
        features += [f"role:{role}" for role in sorted({mention.role for mention in own})]
        if own:
            first = own[0]
            if first.end <= context.title_end:
                features.append("title")
            elif first.start < lead:
                features.append("lead")
            features.append(f"above:{min(4, 4 * bisect_left(context.number_starts, first.start) // max(1, numbers))}")
        if shape == "years" and context.own_year is not None:
            features.append(f"term:{_stage(value, context.own_year)}")
        kin = [span for span in spans if span.startswith(value[:4]) and span != value]
        if value == context.own_year:
            features.append(f"own:{'named' if mentions else 'unnamed'}:{'framed' if framed else 'frameless'}")
        if value == context.usual_year:
            features.append(f"usual:{context.year_share}:{'span' if kin else 'alone'}")
        if shape == "year" and kin:
            features.append("has a span reported on")
            features.append(f"has a span:{min(kin.index(max(kin)), 1)}:{'to date' if any(span[5:7] == '01' for span in kin) else 'inner'}")
        if framed:
            features.append(f"frames:{round(3 * framed.count(value) / len(framed))}:{shape}")
            if value == framed[0]:
                features.append(f"first frame:{shape}")
            elif value[:4] == framed[0][:4]:
                features.append(f"first frame's year:{shape}")
        if shape == "range" and value[5:7] == "01":
            features.append(f"to date:{age(value, context.own_date)}:{'early' if own and own[0].start < early else 'late'}")
        if value in spans:
            features.append(f"span:{len(spans)}:{'early' if own[0].start < early else 'late'}")
        features += _vote_features(votes, value, "votes")
        candidates.append(Candidate(value, tuple(features)))
    return candidates


def _stage(term: str, year: str) -> str:
    """How far a term of years is: a report on one is written in its last year or after it, a plan for it before it or in its first."""
    first, last = term[:4], term.rpartition("/")[2][:4]
    return "ahead" if year < first else "first" if year == first else "running" if year < last else "last" if year == last else "over"


def _vote_features(votes: Votes, value: str, where: str) -> list[str]:
    share = votes.get(value, 0.0)
    first = "first" if votes and value == max(votes, key=lambda period: votes[period]) else "other"
    return [f"{where}:{first}", f"{where}:share:{round(5 * share)}"]


def lone_period_candidates(context: Context, at: int, describe: Describer, surroundings: Sequence[Period]) -> list[Period]:
    """What the surroundings of a quantity offer, each period once, before anything else is known."""
    here = _moments_here(context, describe.current.quantity)
    named = {value: _named_features(context, at, value, here, describe) for value in {candidate.value for candidate in surroundings}}
    return merged([Candidate(value, (*told, *named[value]), found) for value, told, found in surroundings])


def _moments_here(context: Context, quantity: QuantityMention) -> Collection[str]:
    sentence = context.window(quantity)
    return {moment.value for moment in context.moments_between(sentence.start, sentence.end)}


def period_candidates(
    context: Context, at: int, decided: list[Decided], describe: Describer, surroundings: list[Period], main: Choice[str | None], beliefs: Beliefs
) -> list[Period]:
    """What the surroundings offer, the periods decided before, those of the quantities around, and the article's main period.

    `decided` are all quantities of the article; the periods before `at` are known.
    """
    quantity = context.quantities[at]
    candidates = list(surroundings)
    start = context.paragraph_start(context.window(quantity).start)
    if main.value is not None:
        candidates.append(_main(context, quantity, describe, main, beliefs.votes))
        if date_shape(main.value) in ("range", "month", "day"):
            features = (
                "main year",
                f"main year:{describe.state}",
                f"main year:{describe.flow}:{date_shape(main.value)}",
                f"main year:{describe.state}:{describe.flow}",
            )
            candidates.append(Candidate(main.value[:4], (*features, *describe.turns("main year"))))
    before = decided[max(0, at - _RUN) : at]
    candidates += _decided_before(context, quantity, before, describe, start)
    candidates += _turned(context, before, describe, main)
    candidates += [Candidate(value, ("around", f"around:{describe.state}")) for value in beliefs.around(at)]
    back = {c.value for c in candidates if c.features[0].startswith(_LIES_BACK)}
    candidates = [*surroundings, *weighed(context, candidates[len(surroundings) :], back, describe.figure)]
    believed = {value: beliefs.features(at, value) for value in {c.value for c in candidates}}
    here = _moments_here(context, quantity)
    named = {value: _named_features(context, at, value, here, describe) for value in believed}
    return [Candidate(value, features + believed[value] + named[value], found) for value, features, found in candidates]


def _named_features(context: Context, at: int, value: str | None, here: Collection[str], describe: Describer) -> tuple[str, ...]:
    """How the article names a period: only to compare others with it, and beside figures of which kind."""
    if value is None:
        return ()
    compared = _compared_features(context, value, here, describe.figure)
    if describe.current.kind != "metric":
        return compared
    company, where = describe.company.kinds(value, at), "here" if value in here else "away"
    return (*compared, f"company:{company}", f"company:{company}:{where}")


def _compared_features(context: Context, value: str | None, here: Collection[str], figure: Figure) -> tuple[str, ...]:
    """Of a date with which others are only ever compared: `fewer than in the same period of 2023` says nothing of the next sentence."""
    if value not in context.baselines:
        return ()
    plain = ("baseline", f"baseline:{figure.part}", f"baseline:{figure.part}:{figure.measure}")
    if value in here:
        return plain
    return (*plain, "baseline:away", f"baseline:away:{figure.measure}", f"baseline:away:{year_distance(value, context.own_year)}")


_LIES_BACK = ("back:", "same period", *(f"turned:{turn}" for turn in DAYS_BACK))
"""What the first feature of a candidate begins with that was counted back."""


def _turned(context: Context, decided: list[Decided], describe: Describer, main: Choice[str | None]) -> Iterator[Period]:
    """The time that the words beside the number turn to, counted from the period of the figure before and from the main one."""
    previous = decided[-1].period if decided else None
    for turn in describe.course:
        days = DAYS_BACK.get(turn.partition(":")[0])
        if days is not None:
            for name, base in (("previous", previous), ("main", main.value)):
                shifted = earlier_period(base, days) if base is not None else None
                if shifted is not None:
                    yield Candidate(shifted, (f"turned:{turn}", f"turned:{turn}:{name}", f"turned:{turn}:{describe.current.measure}"))
        elif turn == "now" and context.own_year is not None:
            yield Candidate(context.own_year, ("turned:now", f"turned:now:{describe.state}", f"turned:now:{describe.flow}"))
    if describe.course != PLAIN:
        spans = [value for value in (previous, main.value) if value is not None and date_shape(value) == "years"]
        for value in dict.fromkeys(spans):
            for end, year in (("first", value[:4]), ("last", value.rpartition("/")[2][:4])):
                yield Candidate(year, (f"term:{end}", *(f"term:{end}:{turn}" for turn in describe.course)))


def _main(context: Context, quantity: QuantityMention, describe: Describer, main: Choice[str | None], votes: Votes) -> Period:
    """The article's main period, and how sure it is."""
    value = main.value or ""
    sentence = context.window(quantity)
    where = "here" if context.moments_between(sentence.start, sentence.end) else "elsewhere"
    shape = date_shape(value)
    sure = certainty(main.probability)
    features = (
        "main",
        f"main:{describe.state}",
        f"main:{where}",
        f"main:{where}:{describe.flow}",
        f"main:{shape}:{describe.flow}",
        f"main:{quantity.unit_class}",
        f"main:of:{describe.current.indicator}:{describe.current.kind}",
        f"main:of:{describe.current.indicator}:{shape}",
        f"main:{year_distance(value, context.usual_year)}",
        f"main:sure:{sure}",
        f"main:sure:{sure}:{where}",
        *_vote_features(votes, value, "main:votes"),
        *describe.turns("main"),
    )
    return Candidate(main.value, features)


def surrounding_periods(context: Context, describe: Describer) -> list[Period]:
    """Dates of the sentence, of the text above, the article's usual year, and none."""
    current = describe.current
    quantity = current.quantity
    sentence = context.window(quantity)
    start = context.paragraph_start(sentence.start)
    here = context.moments_between(sentence.start, sentence.end)
    earlier = _ends(context, context.moments_between(start, sentence.start))
    above = _ends(context, context.dates_between(max(0, start - ABOVE), start))
    where = "here" if here else "earlier" if earlier else "above" if above else "never"
    candidates = [_none(context, quantity, describe, where)]
    for date in here:
        stated = _in_sentence(context, quantity, sentence, date, len(here), describe)
        candidates.append(stated)
        candidates += _year_reported_on(context, date, stated, describe)
        candidates += _year_to_date(context, date, stated, describe)
    known = "some" if here else "only"
    if earlier:
        candidates.append(_away(context, _in_paragraph(context, start, "earlier", earlier[-1], known, describe), quantity))
        if earlier[0].value != earlier[-1].value:
            candidates.append(_away(context, _in_paragraph(context, start, "first", earlier[0], known, describe), quantity))
    told = {candidate.value for candidate in candidates}
    for date in [*_unlike(context, context.moments_between(start, sentence.start), told, _BETWEEN)]:
        candidates.append(_away(context, describe.candidate("between", date, known), quantity))
        told.add(date.value)
    if above:
        told |= {above[0].value, above[-1].value}
        for date in _unlike(context, context.dates_between(max(0, start - ABOVE), start), told, _HIGHER):
            candidates.append(_away(context, describe.candidate("higher", date, known), quantity))
    head = context.list_head(quantity.start)
    if head is not None:
        introduced = context.moments_between(head.start, head.end)
        if introduced:
            candidates.append(describe.candidate("head", introduced[-1], known))
    heading = context.heading_before(sentence.start)
    if heading.date is not None:
        candidates.append(_headed(context, describe.candidate("heading", heading.date, "some" if here else "only"), heading, quantity))
    frame = context.frame_before(start)
    if frame is not None:
        known = "some" if here or earlier else "only"
        candidates.append(describe.candidate("frame", frame, known))
    if above:
        known = "some" if here or earlier else "only"
        candidates.append(_away(context, describe.candidate("above", above[-1], known), quantity))
        candidates.append(_away(context, describe.candidate("lead", above[0], known), quantity))
    of_years = [date for date in here if date_shape(date.value) == "year" and context.is_of_same_period(date)]
    back = [*counted_back(candidates[1:], describe.figure)]
    back += [same for year in of_years for same in same_periods(context, candidates[1:], year, describe.figure)]
    ends = term_ends(context, quantity, sentence, describe.figure)
    candidates = [candidates[0], *_by_fit(context, current, candidates[1:]), *back, *ends]
    if context.usual_year is not None:
        usual = (
            "usual",
            *describe.turns("usual"),
            f"usual:{describe.state}",
            f"usual:{where}:{describe.flow}",
            f"usual:{context.year_share}",
            f"usual:{where}",
        )
        candidates.append(Candidate(context.usual_year, usual))
    return [*weighed(context, candidates, {candidate.value for candidate in back}, describe.figure)]


def _headed(context: Context, candidate: Period, heading: Heading, quantity: QuantityMention) -> Period:
    """Whether the heading is but a date (`2020`), how many figures stand below it before this one, and whether another date does."""
    value, features, found = candidate
    bare = "bare" if is_bare(context, heading) else "worded"
    later = "later" if context.moments_between(heading.end, quantity.start) else "last"
    figures = bucket(context.numbers_between(heading.end, quantity.start))
    return Candidate(value, (*features, f"heading:{bare}", f"heading:{bare}:{later}", f"heading:{later}:{figures}"), found)


def _ends(context: Context, dates: Sequence[DateMention]) -> Sequence[DateMention]:
    """The first and the last date, without those only compared with, which say nothing of what stands behind them, where there are others."""
    if not dates:
        return ()
    first = next((date for date in dates if not context.is_aside(date)), dates[0])
    return first, next((date for date in reversed(dates) if not context.is_aside(date)), dates[-1])


def _unlike(context: Context, dates: Sequence[DateMention], told: Collection[str | None], most: int) -> Iterator[DateMention]:
    """The last dates of other values than those told already, each value once, without dates only compared with."""
    values = set(told)
    for date in reversed(dates[-_LOOKED_AT:]):
        if len(values) - len(told) == most:
            return
        if date.value not in values and not context.is_aside(date):
            values.add(date.value)
            yield date


def _away(context: Context, candidate: Period, quantity: QuantityMention) -> Period:
    """How many sentences and figures a date of the text above is away, and how many figures stand beside it."""
    value, features, found = candidate
    start, end = found or (0, 0)
    sentences = context.layout.sentence_index(quantity.start) - context.layout.sentence_index(start)
    figures = context.numbers_between(end, quantity.start)
    away = _away_features(features[0], bucket(sentences), bucket(figures), min(2, context.figures_beside(start)))
    return Candidate(value, features + away, found)


@_remembered
def _away_features(where: str, sentences: str, figures: str, beside: int) -> tuple[str, ...]:
    return f"{where}:away:{sentences}", f"{where}:away:figures:{figures}", f"{where}:beside:{beside}"


def _by_fit(context: Context, current: Decided, dated: Sequence[Period]) -> Iterator[Period]:
    """Which of the dates around is the first that fits: of a target one that is to come, of what was measured one that is not."""
    ages = [age(candidate.value or "", context.own_date) for candidate in dated]
    fits = [(name in _TO_COME) == (current.kind == "target") for name in ages]
    order = sorted((i for i, fit in enumerate(fits) if fit), key=lambda i: _remoteness(current.quantity, dated[i], i))
    rank = {i: min(place, 2) for place, i in enumerate(order)}
    some = "some" if order else "none"
    for i, (value, features, found) in enumerate(dated):
        told = str(rank[i]) if i in rank else f"unfit:{some}"
        yield Candidate(value, features + _fit_features(told, features[0], current.kind), found)


@_remembered
def _fit_features(told: str, found: str, kind: str) -> tuple[str, ...]:
    """`found` is the first feature of the candidate, which tells where its date stands."""
    return f"fit:{told}:{kind}", f"fit:{told}:{found.partition(':')[0]}:{kind}"


_TO_COME = ("coming", "open")


def _remoteness(quantity: QuantityMention, candidate: Period, place: int) -> tuple[int, int]:
    """Dates of the sentence come first, the nearest before others; then those of the text above in their order."""
    inside = candidate.features[0].startswith("date:")
    start, end = candidate.found or (0, 0)
    return (0, min(abs(quantity.start - end), abs(start - quantity.end))) if inside else (1, place)


def _year_reported_on(context: Context, date: DateMention, stated: Period, describe: Describer) -> Iterator[Period]:
    """`During the year` in a review is the year that is reviewed, though it is written in the next."""
    frame = context.frame_before(date.start)
    if date.role == "relative" and date.value == context.own_year and frame is not None and frame.value[:4] != date.value:
        features = ("reported", f"reported:{describe.state}", f"reported:{date_shape(frame.value)}", *describe.turns("reported"))
        yield Candidate(frame.value[:4], features, stated.found)


def _year_to_date(context: Context, date: DateMention, stated: Period, describe: Describer) -> Iterator[Period]:
    """`Since the beginning of the year` in a report of nine months is these nine months: the nearest span from January of that year."""
    if date.role != "relative" or date_shape(date.value) != "year":
        return
    span = context.span_to_date(date.value, date.start)
    if span is not None:
        features = (
            "to date",
            f"to date:{describe.state}",
            f"to date:{describe.flow}",
            f"to date:{date.rule}",
            f"to date:{date.rule}:{describe.flow}",
            *describe.turns("to date"),
        )
        yield Candidate(span.value, features, stated.found)


def _in_paragraph(context: Context, start: int, where: str, date: DateMention, known: str, describe: Describer) -> Period:
    """A date of an earlier sentence; one at the very head of the paragraph (`Vision 2050: …`) speaks for all of it."""
    candidate = describe.candidate(where, date, known)
    if context.tokens(start, date.start) > _OPENING:
        return candidate
    return Candidate(candidate.value, (*candidate.features, f"{where}:opens", f"{where}:opens:{describe.state}"), candidate.found)


class Describer:
    """Features of a date that depend on what has been decided of the quantity already."""

    def __init__(self, context: Context, current: Decided, company: Company) -> None:
        self._context = context
        self.company = company
        self.current = current
        self.course = course(context, current.quantity)
        self.state = f"{current.kind}:{current.measure}"
        self.flow = "none" if current.indicator is None else "flow" if flows(context, current.indicator) else "stock"
        self.figure = Figure.of(context, current, self.course, self.flow)

    def candidate(self, where: str, date: DateMention, known: str) -> Period:
        stands = _standing(where, self.state, known, date.role)
        if self._context.is_planned(date):
            stands = (*stands, f"{where}:planned", f"{where}:planned:{self.state}")
        if self._context.is_as_of(date):
            stands = (*stands, f"{where}:as of:{self.current.kind}", f"{where}:as of:{self.flow}")
        return Candidate(date.value, stands + self.shape(date, where) + self.turns(where), (date.start, date.end))

    def turns(self, where: str) -> tuple[str, ...]:
        """Whether the quantity is the old or the new one of a change, or the one compared with."""
        return _turned_to(where, self.course, self.figure.part)

    def shape(self, date: DateMention, where: str) -> tuple[str, ...]:
        """Its precision, and its year beside the article's."""
        distance, old = year_distance(date.value, self._context.usual_year), age(date.value, self._context.own_date)
        return _shape_features(where, date_shape(date.value), self.state, self.flow, distance, old)


@_remembered
def _standing(where: str, state: str, known: str, role: str) -> tuple[str, ...]:
    return where, f"{where}:{state}", f"{where}:{known}", f"{where}:{role}"


@_remembered
def _turned_to(where: str, turns: tuple[str, ...], part: str) -> tuple[str, ...]:
    told = tuple(f"{where}:{turn}" for turn in turns)
    return told if part == NO_PART else (*told, f"{where}:{part}")


@_remembered
def _shape_features(where: str, shape: str, state: str, flow: str, distance: str, old: str) -> tuple[str, ...]:
    kind = state.partition(":")[0]
    return f"{where}:{shape}:{state}", f"{where}:{shape}:{flow}", f"{where}:{distance}:{state}", f"{where}:{old}:{shape}:{kind}"


def _none(context: Context, quantity: QuantityMention, describe: Describer, where: str) -> Period:
    named = "named" if describe.current.indicator else "unnamed"
    features = (
        NOTHING,
        f"nothing:{describe.state}",
        f"nothing:{quantity.unit_class}",
        f"nothing:{quantity.unit_class}:{named}",
        f"nothing:of:{describe.current.indicator}",
        f"nothing:of:{describe.current.indicator}:{describe.current.kind}",
        f"nothing:per:{divided(quantity)}",
        f"nothing:noun:{quantity.noun.value if quantity.noun else None}",
        f"nothing:{where}",
        f"nothing:{where}:{describe.flow}",
        f"nothing:{context.year_share}",
        *describe.turns("nothing"),
    )
    return Candidate(None, features)


def _in_sentence(context: Context, quantity: QuantityMention, sentence: Span, date: DateMention, others: int, describe: Describer) -> Period:
    state = describe.state
    if date.end <= quantity.start:
        side, left, right = "before", Span(date.start, date.end), Span(quantity.start, quantity.end)
    else:
        side = "inside" if date.start < quantity.end else "after"
        left, right = Span(quantity.start, quantity.end), Span(date.start, date.end)
    nearer = context.moments_between(left.end, right.start)
    features = [
        f"date:{side}:{bucket(context.tokens(left.end, right.start))}",
        f"date:{side}:{relation(context, left, right)}",
        f"date:{side}:nearer:{min(len(nearer), 2)}",
        f"date:{side}:{date.role}:{state}",
        f"date:{side}:{'only' if others == 1 else 'one'}:{state}",
        *describe.shape(date, side),
    ]
    if context.tokens(sentence.start, date.start) <= _OPENING:
        features += ["date:opens", f"date:opens:{min(len(nearer), 2)}:{state}"]
    if context.cues_between("compared", max(sentence.start, date.start - _COMPARED), date.start):
        features += [f"date:compared:{describe.current.measure}", f"date:compared:{side}"]
    if context.cues_between("compared", max(quantity.end, date.start - 60), date.start):
        features.append("date:compared:directly")
    features.append(f"date:{side}:{_taken(context, quantity, date, side)}:{bucket(context.tokens(left.end, right.start))}")
    features += describe.turns(f"date:{side}")
    if describe.figure.part != NO_PART:
        features.append(f"date:{side}:{describe.figure.part}:nearer:{min(len(nearer), 2)}")
    if describe.figure.part in (FIRST, SECOND):
        pair = beside_pair(context, quantity, date)
        features += [f"pair:{pair}:{describe.figure.part}", f"pair:{pair}:{describe.figure.part}:{'today' if describe.figure.today else 'then'}"]
    features += _asides(context, quantity, date, side, describe)
    if context.is_as_of(date):
        features += [f"date:as of:{date_shape(date.value)}:{describe.current.kind}", f"date:{side}:as of:{describe.flow}:{min(len(nearer), 2)}"]
    if context.is_planned(date):
        distance = bucket(context.tokens(left.end, right.start))
        features += [
            f"date:planned:{state}",
            f"date:{side}:planned:{describe.flow}",
            f"date:planned:{distance}:{describe.current.measure}",
        ]
    if side == "before" and context.cue_before("compared", quantity.start, date.end):
        features.append(f"date:before:then compared:{min(len(nearer), 1)}")
    return Candidate(date.value, tuple(features), (date.start, date.end))


def _asides(context: Context, quantity: QuantityMention, date: DateMention, side: str, describe: Describer) -> Iterator[str]:
    """Whether the date is one compared with, and whether a bracket holds it, the figure or both."""
    if context.is_aside(date):
        left, right = sorted((date, quantity), key=lambda span: span.start)
        yield f"date:{side}:aside:{context.marks.between(left.end, right.start)}:{describe.current.measure}"
        yield f"date:{side}:aside:{min(context.numbers_between(left.end, right.start), 2)}"
        yield f"date:{side}:aside:{describe.figure.part}"
    around, own = context.bracket_around(date.start), context.bracket_around(quantity.number.start)
    if around != own or around is not None:
        held = "both" if around == own else "date" if own is None else "figure" if around is None else "apart"
        yield f"date:{side}:held:{held}"
        yield f"date:{side}:held:{held}:{min(context.numbers_between(min(date.end, quantity.end), max(date.start, quantity.start)), 2)}"


_ADJACENT = 3
"""Tokens between a figure and the date that it belongs to, at most."""


def _taken(context: Context, quantity: QuantityMention, date: DateMention, side: str) -> str:
    """Whether another figure stands right on the far side of a date: in `90% in 2030 and 95% in 2035` each date is of the one before it."""
    at = bisect_left(context.number_starts, quantity.number.start)
    if side == "before":
        other = bisect_left(context.number_starts, date.start) - 1
        far = context.tokens(context.quantities[other].end, date.start) if 0 <= other < at else None
    else:
        other = bisect_left(context.number_starts, date.end)
        far = context.tokens(date.end, context.quantities[other].start) if at < other < len(context.quantities) else None
    return "taken" if far is not None and far <= _ADJACENT else "free"


def _goes_on(context: Context, other: Decided, kind: str) -> bool:
    """Whether the period of an earlier figure is one that a text goes on with: no figure compared with, nor of a time only compared with."""
    if other.kind != kind or other.measure != "level" or other.period in context.baselines:
        return False
    return part(context, other.quantity) not in BACK


def _decided_before(context: Context, quantity: QuantityMention, decided: list[Decided], describe: Describer, paragraph: int) -> Iterator[Period]:
    """The period of the quantity before, and the one that has been running: of the last level of the same kind."""
    current = describe.current
    if decided:
        previous = decided[-1]
        same = context.layout.sentence_index(previous.quantity.start) == context.layout.sentence_index(quantity.start)
        between = context.moments_between(previous.quantity.end, quantity.start)
        mark = context.marks.between(previous.quantity.end, quantity.start)
        repeats = previous.indicator == current.indicator
        features = [
            f"previous:{'same' if same else 'other'}:{'moved' if between else 'stays'}",
            f"previous:{previous.kind}:{previous.measure}>{current.kind}:{current.measure}",
            f"previous:{'repeats' if repeats else 'new'}",
            f"previous:{mark}",
            f"previous:{previous.kind}>{current.kind}:{mark}:{repeats}",
            f"previous:sure:{certainty(previous.probabilities.get('period', 1.0))}",
            *((f"previous:baseline:{'same' if same else 'other'}:{current.measure}",) if previous.period in context.baselines else ()),
            *describe.turns("previous"),
        ]
        if previous.period is None:
            features = [f"none:{feature}" for feature in features]
        yield Candidate(previous.period, tuple(features))
    for other in reversed(decided[-_RUN:]):
        if other.period is not None and _goes_on(context, other, current.kind):
            between = context.moments_between(other.quantity.end, quantity.start)
            where = "paragraph" if other.quantity.start >= paragraph else "above"
            moved = "moved" if between else "stays"
            yield Candidate(
                other.period,
                (
                    f"run:{where}:{moved}",
                    f"run:{where}:{describe.state}",
                    f"run:{where}:{moved}:{describe.flow}",
                    f"run:{len(other.period)}:{describe.flow}",
                    f"run:sure:{certainty(other.probabilities.get('period', 1.0))}",
                    *describe.turns("run"),
                ),
            )
            break

"""Periods that lie before, or at an end of, the time that a text is about: of old figures, of those compared with, of a term."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from extractor.binding.ages import age, date_shape, earlier_period, in_year
from extractor.binding.comparisons import BACK, NO_PART, is_todays, part
from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.binding.made_once import made_once
from extractor.binding.ranker import Candidate
from extractor.mentions import DateMention, QuantityMention, Span

Period = Candidate[str | None]
DAYS_BACK = {"year_before": 365, "week_before": 7}
"""Days by which a cue turns back."""
_BASES = 4
"""Dates around from which is counted back, at most."""
_YEAR = len("2024")


@dataclass(frozen=True, slots=True)
class Figure:
    """What is known of a figure when its period is looked for."""

    part: str
    """In a comparison: see `comparisons.py`."""
    course: tuple[str, ...]
    """The words that turn to it: see `turns.py`."""
    today: bool
    """Whether it is said to be so today."""
    kind: str
    measure: str
    flow: str

    @classmethod
    def of(cls, context: Context, current: Decided, course: tuple[str, ...], flow: str) -> Figure:
        today = "now" in course or is_todays(context, current.quantity)
        return cls(part(context, current.quantity), course, today, current.kind, current.measure, flow)

    @property
    def state(self) -> str:
        return f"{self.kind}:{self.measure}"


def counted_back(dated: Sequence[Period], figure: Figure) -> Iterator[Period]:
    """Of a figure compared with: the same time a year or a week before each date around."""
    turns = {turn.partition(":")[0] for turn in figure.course} & DAYS_BACK.keys()
    if not turns and figure.part not in BACK:
        return
    days = DAYS_BACK["week_before"] if turns == {"week_before"} else DAYS_BACK["year_before"]
    places: dict[str, str] = {}
    for candidate in dated:
        if candidate.value is not None:
            places.setdefault(candidate.value, candidate.features[0].partition(":")[0])
    for order, (value, where) in enumerate([*places.items()][:_BASES]):
        shifted = earlier_period(value, days)
        if shifted is not None:
            yield Candidate(shifted, _counted_features(days, min(order, 2), where, figure))


def same_periods(context: Context, dated: Sequence[Period], year: DateMention, figure: Figure) -> Iterator[Period]:
    """`In the same period of 2021`, in a report of nine months: these months of that year."""
    spans = (candidate.value for candidate in dated if candidate.value is not None and date_shape(candidate.value) in _PARTS_OF_YEARS)
    moved = (in_year(span, year.value) for span in spans if not span.startswith(year.value))
    for order, value in enumerate(list(dict.fromkeys(filter(None, moved)))[:_SPANS]):
        yield Candidate(value, _same_features(order, date_shape(value), figure), (year.start, year.end))


_PARTS_OF_YEARS = ("range", "month")
_SPANS = 2
"""Spans around that `the same period` may be one of, at most."""


def _same_features(order: int, shape: str, figure: Figure) -> tuple[str, ...]:
    return (
        "same period",
        f"same period:{order}",
        f"same period:{figure.part}",
        f"same period:{figure.part}:{figure.measure}",
        f"same period:{shape}:{figure.flow}",
    )


def _counted_features(days: int, order: int, where: str, figure: Figure) -> tuple[str, ...]:
    return (
        f"back:{days}",
        f"back:{days}:{figure.part}:{figure.measure}",
        f"back:{days}:{'+'.join(figure.course)}:{figure.measure}",
        f"back:{where}:{figure.part}",
        f"back:{order}:{figure.part}",
    )


def term_ends(context: Context, quantity: QuantityMention, sentence: Span, figure: Figure) -> Iterator[Period]:
    """The span of years named last, its first and its last year: goals of a term are due at its end, a change over it leads from one to the other,
    and what was spent in its five years was spent in all of it."""
    at = bisect_left(context.term_starts, sentence.end)
    if at == 0:
        return
    span = context.terms[at - 1]
    where = "here" if span.start >= sentence.start else "above"
    old, lasting = age(span.value, context.own_date), _lasting(context, quantity, sentence, span)
    first, _, last = span.value.partition("/")
    for end, value in (("whole", span.value), ("first", first), ("last", last)):
        yield Candidate(
            value,
            (
                f"end:{end}:{where}:{figure.state}",
                f"end:{end}:{where}:{figure.part}",
                f"end:{end}:{old}:{figure.kind}:{figure.part}",
                f"end:{end}:{lasting}:{figure.flow}",
                *(f"end:{end}:{turn}" for turn in figure.course),
                *((f"end:{end}:{figure.part}",) if figure.part != NO_PART else ()),
            ),
        )


def _last_year(span: DateMention) -> str:
    return span.value.rpartition("/")[2][:4]


def _lasting(context: Context, quantity: QuantityMention, sentence: Span, span: DateMention) -> str:
    """Whether the sentence speaks of as many years as the span has: `in five years the province spent 1,124 billion`."""
    length = int(_last_year(span)) - int(span.value[:4])
    first, at = bisect_left(context.number_starts, sentence.start), bisect_left(context.number_starts, quantity.number.start)
    before = context.quantities[max(first, at - _BASES) : at + 1]
    said = [other for other in before if other.unit == "a" and other.value in (length, length + 1)]
    return "unsaid" if not said else "itself" if said[-1] is quantity else "said"


def weighed(context: Context, candidates: Sequence[Period], back: Collection[str | None], figure: Figure) -> Iterator[Period]:
    """Of a figure with a part in a comparison, or of today: which candidates lie back, and how old each is, wherever it was found."""
    if not back and figure.part == NO_PART and not figure.today:
        yield from candidates
        return
    for value, features, found in candidates:
        features += _aged(figure.part, figure.today, figure.kind, "none" if value is None else age(value, context.own_date))
        if back:
            lies = _lies(value, back)
            features += (f"lies {lies}:{figure.part}", f"lies {lies}:{figure.part}:{figure.measure}")
        yield Candidate(value, features, found)


@made_once(1 << 12)
def _aged(part: str, today: bool, kind: str, old: str) -> tuple[str, ...]:
    whose = f"{part}:{'today' if today else 'then'}"
    return f"aged {old}:{whose}", f"aged {old}:{whose}:{kind}"


def _lies(value: str | None, back: Collection[str | None]) -> str:
    """Back, or only the year of what lies back, or where it was."""
    if value is None or value in back:
        return "none" if value is None else "back"
    coarse = len(value) == _YEAR and any(other is not None and other.startswith(value) for other in back)
    return "coarse" if coarse else "stays"

"""An indicator: its series by place, a ranking of provinces, targets with what became of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from extractor.dataset.periods import days_of
from extractor.dataset.sources import Rows
from extractor.web.asking import Asking
from extractor.web.dataset import Dataset
from extractor.web.problems import NotFound
from extractor.web.views.outcomes import Outcome, outcomes_of
from extractor.web.views.records import Observation, flagged_of

_MOST_OBSERVATIONS = 3_000
"""That are read of one way of measuring an indicator, the surest first."""
_MOST_OUTCOMES = 100
_MOST_CHOICES = 20
_KEPT_VIEWS = 8
_WHOLE = "".join(f" AND o.{name} IS NULL" for name in ("facility", "sector", "care", "payer", "age", "sex", "residence"))
"""Of a place as a whole."""
_FILTERS = ("kind", "place", "period", "min_sources", "min_confidence")
"""Of an asking, that narrow an indicator's page."""


@dataclass(frozen=True)
class Measured:
    """One way of measuring an indicator: values that can be drawn on one axis."""

    unit: str
    per_count: float | None
    per_of: str | None
    measure: str
    disease: str | None
    observations: int

    @property
    def key(self) -> str:
        """What names it in an address.

        >>> Measured("1", 10000.0, "population", "level", None, 80).key
        '1.10000.population.level.'
        """
        per = f"{self.per_count:g}" if self.per_count is not None else ""
        return ".".join((self.unit, per, self.per_of or "", self.measure, self.disease or ""))


@dataclass(frozen=True)
class Series:
    """Values of one place, by period; metrics and targets together."""

    place: str
    observations: tuple[Observation, ...]


@dataclass(frozen=True)
class IndicatorView:
    """What the dataset has of an indicator in one way of measuring it."""

    identity: str
    measured: Measured
    choices: tuple[Measured, ...]
    """All ways of measuring it, the commonest first; `measured` is one of them."""
    observations: tuple[Observation, ...]
    """Of places as a whole: no facilities, no ages or sexes. By place and period."""
    flagged: frozenset[str]
    """Those that contradict another source or fail a check."""
    is_cut: bool
    """Whether there are more than could be read."""
    ranking: tuple[Observation, ...]
    """The surest metric of each part of a country in one year, the highest first."""
    ranked_country: str | None
    ranked_year: str | None
    outcomes: tuple[Outcome, ...]

    @property
    def series(self) -> tuple[Series, ...]:
        """By place, those with the most values first."""
        places: dict[str, list[Observation]] = defaultdict(list)
        for observation in self.observations:
            places[observation.place].append(observation)
        ordered = sorted(places.items(), key=lambda item: (-len(item[1]), item[0]))
        return tuple(Series(place, tuple(group)) for place, group in ordered)


def indicator_view(dataset: Dataset, identity: str, *, measured: str | None = None, asking: Asking | None = None) -> IndicatorView:
    """An indicator in the way of measuring that `measured` names, else in its commonest; filters narrow what is shown. Raises NotFound.

    The same view is asked for by a page and by each of its charts: the last few are kept.
    """
    given = asking.model_dump(include=set(_FILTERS), exclude_defaults=True) if asking is not None else {}
    return _view(dataset, dataset.version, identity, measured, Asking.model_validate(given))


@lru_cache(maxsize=_KEPT_VIEWS)
def _view(dataset: Dataset, version: str, identity: str, measured: str | None, asking: Asking) -> IndicatorView:
    choices = _choices(dataset, version, identity)
    if not choices:
        raise NotFound("indicator", identity)
    chosen = next((choice for choice in choices if choice.key == measured), None)
    if chosen is None and measured is not None:
        raise NotFound("measured", identity)
    chosen = chosen or choices[0]
    rows = _observations(dataset, identity, chosen, asking)
    is_cut = len(rows) > _MOST_OBSERVATIONS
    observations = sorted(map(Observation.of, rows[:_MOST_OBSERVATIONS]), key=lambda one: (one.place, _when(one.period), one.kind, one.id))
    country, year, ranking = _ranking(observations)
    ids = [one.id for one in observations if one.kind == "target"]
    return IndicatorView(
        identity,
        chosen,
        choices[:_MOST_CHOICES],
        tuple(observations),
        flagged_of(rows),
        is_cut,
        ranking,
        country,
        year,
        outcomes_of(dataset, ids, _MOST_OUTCOMES),
    )


@lru_cache(maxsize=500)
def _choices(dataset: Dataset, version: str, identity: str) -> tuple[Measured, ...]:
    # Where all are of hospitals, ages or sexes, the page says so and leads to them.
    rows = _counted(dataset, identity, _WHOLE) or _counted(dataset, identity, "")
    return tuple(sorted((Measured(**row) for row in rows), key=lambda one: (one.measure != "level", -one.observations, one.key)))


def _counted(dataset: Dataset, identity: str, condition: str) -> Rows:
    return dataset.rows(
        "SELECT unit, per_count, per_of, measure, disease, count(*) AS observations FROM observations o"
        f" WHERE indicator = ? {condition} GROUP BY unit, per_count, per_of, measure, disease",
        (identity,),
    )


def _observations(dataset: Dataset, identity: str, measured: Measured, asking: Asking) -> Rows:
    where = ["o.indicator = ?", "o.unit = ?", "o.measure = ?"]
    values: list[object] = [identity, measured.unit, measured.measure]
    same = (("per_count", measured.per_count), ("per_of", measured.per_of), ("disease", measured.disease))
    for column, value in same:
        where.append(f"o.{column} IS NULL" if value is None else f"o.{column} = ?")
        values += [] if value is None else [value]
    if asking.kind is not None:
        where.append("o.kind = ?")
        values.append(asking.kind.value)
    if asking.place is not None:
        where.append(f"(o.place = ? OR substr(o.place, 1, {len(asking.place) + 1}) = ?)")
        values += [asking.place, f"{asking.place}-"]
    if asking.period is not None:
        where.append(f"substr(o.period, 1, {len(asking.period)}) = ?")
        values.append(asking.period)
    if asking.min_sources is not None:
        where.append("o.sources >= ?")
        values.append(asking.min_sources)
    if asking.min_confidence is not None:
        where.append("o.confidence >= ?")
        values.append(asking.min_confidence)
    surest = (
        f"SELECT o.* FROM observations o WHERE {' AND '.join(where)} {_WHOLE}"
        f" ORDER BY o.sources DESC, o.confidence DESC, o.id LIMIT {_MOST_OBSERVATIONS + 1}"
    )
    return dataset.rows(
        f"SELECT o.*, h.flagged FROM ({surest}) o JOIN hits h ON h.observation_id = o.id ORDER BY o.sources DESC, o.confidence DESC, o.id", values
    )


def _ranking(observations: Sequence[Observation]) -> tuple[str | None, str | None, tuple[Observation, ...]]:
    """Parts of the country, in the year, that the most are known of."""
    parts = [(one, year) for one in observations if one.kind == "metric" and "-" in one.place and (year := year_of(one.period))]
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one, year in parts:
        known[one.place.partition("-")[0], year].add(one.place)
    if not known:
        return None, None, ()
    # The latest of those that are equally well known.
    country, year = max(known, key=lambda key: (len(known[key]), key[1], key[0]))
    best: dict[str, Observation] = {}
    for one, of in parts:
        if of == year and one.place.partition("-")[0] == country:
            best[one.place] = max(best.get(one.place, one), one, key=lambda item: (_when(item.period)[1], item.sources, item.confidence, item.id))
    return country, year, tuple(sorted(best.values(), key=lambda one: (-one.figure.value, one.place)))


def year_of(period: str) -> str | None:
    """The year in which a period ends.

    >>> year_of("2024-01/2024-09"), year_of("2021/2025"), year_of("XXXX-07")
    ('2024', '2025', None)
    """
    days = days_of(period)
    return days.last[:4] if days else None


def _when(period: str) -> tuple[str, str]:
    days = days_of(period)
    return (days.first, days.last) if days else ("", "")

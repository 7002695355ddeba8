"""Gold facts beside found ones: which belong together, and which fields of a pair differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.evaluation.gold import GROUPS, GoldArticle, Json, choices, group_of

NUMBER_FIELDS = ("value", "value_max", "out_of", "unit")
FACT_FIELDS = ("kind", "indicator", "per", "comparator", "measure", "dimensions", "place", "period")
_DEFAULTS: dict[str, Any] = {"comparator": "=", "measure": "level", "dimensions": {}, "unit": "1"}


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that is not as the gold has it; `wanted` may be `{"any": [...]}`."""

    field: str
    wanted: Any
    got: Any

    @property
    def shape(self) -> str:
        """How it differs, in a word or two, so that errors can be counted."""
        if _is_empty(self.got):
            return "left out"
        return "where there is none" if all(map(_is_empty, choices(self.wanted))) else "another"


@dataclass(frozen=True, slots=True)
class Judgement:
    """What became of one gold fact (missed where nothing was found), or of a found one that is not wanted (spurious)."""

    article: str
    language: str
    group: str
    wanted: Json | None
    found: Json | None
    number_differences: tuple[Difference, ...] = ()
    """Of the value and its unit; of dates and documents, all differences."""
    fact_differences: tuple[Difference, ...] = ()
    """Of what a quantity means: indicator, place, period and so on."""

    @property
    def differences(self) -> tuple[Difference, ...]:
        return self.number_differences + self.fact_differences

    @property
    def outcome(self) -> str:
        """right, wrong, missed or spurious."""
        if self.wanted is None:
            return "spurious"
        if self.found is None:
            return "missed"
        return "wrong" if self.differences else "right"

    @property
    def number_right(self) -> bool:
        """Whether the value is right, whatever it is taken to mean."""
        return self.wanted is not None and self.found is not None and not self.number_differences

    @property
    def fact(self) -> Json:
        """The gold fact, or the spurious one."""
        fact = self.found if self.wanted is None else self.wanted
        assert fact is not None
        return fact

    @property
    def kind(self) -> str:
        return str(choices(self.fact["kind"])[0])

    def in_words(self) -> Iterator[str]:
        """Each error as a line; nothing where all is right."""
        what = f"{self.kind} {self.fact['exact']!r}"
        if self.outcome == "spurious":
            yield f"{self.article} spurious {what}"
        if self.outcome == "missed":
            yield f"{self.article} {what}: missed"
        for difference in self.differences:
            yield f"{self.article} {what}: {difference.field} should be {difference.wanted!r}, is {difference.got!r}"


def _is_empty(value: Any) -> bool:
    """Nothing said: no value, or no dimensions. Zero is a value."""
    return value is None or value == {}


def judge(gold: GoldArticle, found: Sequence[Json]) -> Iterator[Judgement]:
    """One judgement for each fact that is owed or spurious; optional ones are neither."""
    for group in ("quantity", "date", "resolution"):
        wanted = [fact for fact in gold.facts if group_of(fact) == group]
        candidates = [fact for fact in found if GROUPS[fact["kind"]] == group]
        pairs = align(wanted, candidates)
        for i, fact in enumerate(wanted):
            if not fact.get("optional"):
                yield _judgement(gold, group, fact, candidates[pairs[i]] if i in pairs else None)
        for j in sorted(set(range(len(candidates))) - set(pairs.values())):
            yield _judgement(gold, group, None, candidates[j])


def judged(gold: GoldArticle, found: Sequence[Json]) -> Iterator[tuple[Json, bool]]:
    """Each found fact with whether all of its fields are right; optional ones are left out."""
    for judgement in judge(gold, found):
        if judgement.found is not None:
            yield judgement.found, judgement.outcome == "right"


def _judgement(gold: GoldArticle, group: str, wanted: Json | None, found: Json | None) -> Judgement:
    number, fact = _differences(group, wanted, found) if wanted is not None and found is not None else ((), ())
    return Judgement(gold.path.name.replace(".gold.json", ""), gold.language, group, wanted, found, number, fact)


def same(gold: Any, found: Any) -> bool:
    """Whether a found value is one that the gold allows.

    >>> same({"any": [None, 28]}, 28.0), same(28, "28")
    (True, False)
    """
    if isinstance(gold, dict) and set(gold) == {"any"}:
        return any(same(choice, found) for choice in gold["any"])
    if isinstance(gold, (int, float)) and not isinstance(gold, bool) and isinstance(found, (int, float)):
        return abs(gold - found) <= 1e-9 * max(1.0, abs(gold))
    if isinstance(gold, dict) and isinstance(found, dict):
        return all(same(gold.get(key), found.get(key)) for key in {*gold, *found})
    return bool(gold == found)


def align(gold: Sequence[Json], found: Sequence[Json]) -> dict[int, int]:
    """Index of each gold fact → of the found one that it overlaps: right values first, widest overlap next."""
    pairs = []
    for i, wanted in enumerate(gold):
        for j, fact in enumerate(found):
            overlap = min(wanted["end"], fact["end"]) - max(wanted["start"], fact["start"])
            if overlap > 0:
                key = "number" if group_of(wanted) == "resolution" else "value"
                share = overlap / max(wanted["end"] - wanted["start"], fact["end"] - fact["start"])
                pairs.append((same(wanted.get(key), fact.get(key)), share, -i, -j))
    aligned: dict[int, int] = {}
    for _, _, i, j in sorted(pairs, reverse=True):
        if -i not in aligned and -j not in aligned.values():
            aligned[-i] = -j
    return aligned


def _differences(group: str, gold: Json, found: Json) -> tuple[tuple[Difference, ...], tuple[Difference, ...]]:
    """Differences of the first measure (number, date, resolution), and those of the fact."""
    if group == "date":
        return tuple(_unlike(gold, found, ("value",), owed=False)), ()
    if group == "resolution":
        return tuple(_unlike(gold, found, ("number", "type", "date"), owed=False)), ()
    return tuple(_unlike(gold, found, NUMBER_FIELDS, owed=True)), tuple(_unlike(gold, found, FACT_FIELDS, owed=False))


def _unlike(gold: Json, found: Json, names: Sequence[str], *, owed: bool) -> Iterator[Difference]:
    """Fields that differ; one that the gold leaves out is checked against its default only where it is owed."""
    for name in names:
        if name not in gold and not owed:
            continue
        default = _DEFAULTS.get(name)
        wanted = gold.get(name, default)
        got = default if found.get(name) is None else found[name]
        if not same(wanted, got):
            yield Difference(name, wanted, got)

"""Figures against gold: precision, recall and F1 of numbers, facts, dates, resolutions and language.

A gold file is NAME.gold.json beside NAME.txt; it names a fact's words by `exact` and `occurrence`. A field may
hold `{"any": [...]}`; an `optional` fact may be found or not; a field left out is not checked.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from extractor.article import Article
from extractor.schema import Extraction

Json = Mapping[str, Any]

NUMBER_FIELDS = ("value", "value_max", "out_of", "unit")
FACT_FIELDS = ("kind", "indicator", "per", "comparator", "measure", "dimensions", "place", "period")
GROUPS = {"metric": "quantity", "target": "quantity", "date": "date", "resolution": "resolution"}
MEASURES = ("language", "number", "fact", "date", "resolution")
_DEFAULTS: dict[str, Any] = {"comparator": "=", "measure": "level", "dimensions": {}, "unit": "1"}


class GoldError(ValueError):
    """A gold file that can't be used: which, and why."""


@dataclass(frozen=True)
class GoldArticle:
    """A text and what an annotator found in it; facts carry `start` and `end`."""

    path: Path
    article: Article
    language: str
    facts: Sequence[Json]


@dataclass
class Tally:
    """Counts of one measure; `right` are those found with all fields right."""

    right: int = 0
    gold: int = 0
    found: int = 0

    def add(self, right: int, gold: int, found: int) -> None:
        self.right += right
        self.gold += gold
        self.found += found

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass
class Report:
    """Tallies by scope (a language, or `all`) and measure, and every error in words."""

    tallies: dict[str, dict[str, Tally]] = field(default_factory=lambda: defaultdict(lambda: defaultdict(Tally)))
    errors: list[str] = field(default_factory=list)

    def add(self, scopes: Iterable[str], measure: str, counts: tuple[int, int, int]) -> None:
        for scope in scopes:
            self.tallies[scope][measure].add(*counts)

    def f1(self) -> dict[str, dict[str, float]]:
        """Scope → measure → F1, rounded to four places, scopes sorted."""
        return {scope: {m: round(self.tallies[scope][m].f1, 4) for m in MEASURES} for scope in sorted(self.tallies)}


def load_gold(folder: Path) -> list[GoldArticle]:
    """All gold articles under a folder, by path. Raises GoldError where one can't be used."""
    articles = []
    for file in sorted(folder.rglob("*.gold.json")):
        text_file = file.with_name(file.name.replace(".gold.json", ".txt"))
        try:
            annotation = json.loads(file.read_text(encoding="utf-8"))
            text = text_file.read_bytes().decode("utf-8")
            facts = [_located(fact, text) for fact in annotation["facts"]]
        except (OSError, ValueError, KeyError) as error:
            raise GoldError(f"{file}: {error}") from error
        articles.append(GoldArticle(file, Article(text, source=str(text_file)), annotation["language"], facts))
    if not articles:
        raise GoldError(f"{folder}: holds no *.gold.json")
    return articles


def _located(fact: Json, text: str) -> Json:
    at = -1
    for _ in range(fact.get("occurrence", 1)):
        at = text.find(fact["exact"], at + 1)
        if at < 0:
            raise ValueError(f"words not in the text: {fact['exact']!r} (occurrence {fact.get('occurrence', 1)})")
    return {**fact, "start": at, "end": at + len(fact["exact"])}


def evaluate(pairs: Iterable[tuple[GoldArticle, Extraction]]) -> Report:
    """Score extractions against gold."""
    report = Report()
    for gold, extraction in pairs:
        scopes = ("all", gold.language)
        right = extraction.article.language == gold.language
        report.add(scopes, "language", (int(right), 1, 1))
        if not right:
            report.errors.append(f"{gold.path.name}: language should be {gold.language!r}, is {extraction.article.language!r}")
        found = extraction.to_dict()["facts"]
        for group in ("quantity", "date", "resolution"):
            _score_group(report, scopes, gold, group, [f for f in found if GROUPS[f["kind"]] == group])
    return report


def choices(value: Any) -> list[Any]:
    """Every reading that a gold field allows."""
    return value["any"] if isinstance(value, dict) and set(value) == {"any"} else [value]


def same(gold: Any, found: Any) -> bool:
    """Whether a found value is one that the gold allows."""
    if isinstance(gold, dict) and set(gold) == {"any"}:
        return any(same(choice, found) for choice in gold["any"])
    if isinstance(gold, (int, float)) and not isinstance(gold, bool) and isinstance(found, (int, float)):
        return abs(gold - found) <= 1e-9 * max(1.0, abs(gold))
    if isinstance(gold, dict) and isinstance(found, dict):
        return all(same(gold.get(key), found.get(key)) for key in {*gold, *found})
    return bool(gold == found)


def group_of(fact: Json) -> str:
    """quantity, date or resolution."""
    return GROUPS[choices(fact["kind"])[0]]


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


def _score_group(report: Report, scopes: Sequence[str], gold: GoldArticle, group: str, found: Sequence[Json]) -> None:
    wanted = [fact for fact in gold.facts if group_of(fact) == group]
    pairs = align(wanted, found)
    optional = {i for i, fact in enumerate(wanted) if fact.get("optional")}
    owed, counted = len(wanted) - len(optional), len(found) - sum(1 for i in pairs if i in optional)
    first = second = 0
    for i, fact in enumerate(wanted):
        if i in optional:
            continue
        if i not in pairs:
            report.errors.append(f"{gold.path.name} {choices(fact['kind'])[0]} {fact['exact']!r}: missed")
            continue
        bad, more = _wrong_fields(group, fact, found[pairs[i]])
        first += not bad
        second += not bad and not more
        where = f"{gold.path.name} {choices(fact['kind'])[0]} {fact['exact']!r}"
        report.errors += [f"{where}: {name} should be {want!r}, is {got!r}" for name, want, got in (*bad, *more)]
    spurious = sorted(set(range(len(found))) - set(pairs.values()))
    report.errors += [f"{gold.path.name} spurious {found[j]['kind']} {found[j]['exact']!r}" for j in spurious]
    if group == "quantity":
        report.add(scopes, "number", (first, owed, counted))
        report.add(scopes, "fact", (second, owed, counted))
    else:
        report.add(scopes, group, (first, owed, counted))


def judged(gold: GoldArticle, found: Sequence[Json]) -> Iterator[tuple[Json, bool]]:
    """Each found fact with whether all of its fields are right; optional ones are left out."""
    for group in ("quantity", "date", "resolution"):
        facts = [fact for fact in found if GROUPS[fact["kind"]] == group]
        wanted = [fact for fact in gold.facts if group_of(fact) == group]
        pairs = {j: i for i, j in align(wanted, facts).items()}
        for j, fact in enumerate(facts):
            if j not in pairs:
                yield fact, False
            elif not wanted[pairs[j]].get("optional"):
                bad, more = _wrong_fields(group, wanted[pairs[j]], fact)
                yield fact, not bad and not more


_Wrong = list[tuple[str, Any, Any]]


def _wrong_fields(group: str, gold: Json, found: Json) -> tuple[_Wrong, _Wrong]:
    """Fields that are wrong: those of the first measure (number, date, resolution), and those of the fact."""
    if group == "date":
        return list(_differences(gold, found, ("value",), owed=False)), []
    if group == "resolution":
        return list(_differences(gold, found, ("number", "type", "date"), owed=False)), []
    return list(_differences(gold, found, NUMBER_FIELDS, owed=True)), list(_differences(gold, found, FACT_FIELDS, owed=False))


def _differences(gold: Json, found: Json, names: Sequence[str], *, owed: bool) -> Iterator[tuple[str, Any, Any]]:
    for name in names:
        if name not in gold and not owed:
            continue
        default = _DEFAULTS.get(name)
        wanted = gold.get(name, default)
        got = default if found.get(name) is None else found[name]
        if not same(wanted, got):
            yield name, wanted, got

"""Judgements counted: precision, recall and F1 by language and kind, fields, confusions and kinds of error."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from extractor.evaluation.facilities import facility_outcomes
from extractor.evaluation.gold import GoldArticle, choices
from extractor.evaluation.judgements import FACT_FIELDS, Judgement, judge
from extractor.evaluation.sayers import sayer_outcomes
from extractor.schema import Extraction

ALL = "all"
"""The scope of every language together; the other scopes are languages."""
MEASURES = ("language", "number", "fact", "date", "resolution")
KINDS = ("metric", "target")
"""Kinds that `fact` is made of; the other two are measures of their own."""
NONE = "none"
"""How a confusion names a quantity that has no indicator."""


@dataclass
class Tally:
    """Counts of one measure; `right` are those found with all fields right."""

    right: int = 0
    gold: int = 0
    found: int = 0

    def add(self, *, right: bool, gold: bool = True, found: bool = True) -> None:
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

    @property
    def empty(self) -> bool:
        """Nothing was wanted and nothing found: there is no figure."""
        return not self.gold and not self.found

    def to_dict(self) -> dict[str, float]:
        rates = {"f1": self.f1, "precision": self.precision, "recall": self.recall}
        return {**{name: round(rate, 4) for name, rate in rates.items()}, "gold": self.gold, "found": self.found}


Tallies = Mapping[str, Mapping[str, Tally]]
"""Scope → measure, kind or field → counts."""


@dataclass(frozen=True, slots=True)
class Detected:
    """The language that an article is in, and the one that it was taken for."""

    article: str
    wanted: str
    got: str


@dataclass
class Report:
    """Everything that was judged; the figures are counted from it."""

    detected: list[Detected] = field(default_factory=list)
    judgements: list[Judgement] = field(default_factory=list)
    dataset: Tallies = field(default_factory=dict)
    """Of what a dataset puts together, by whose facts it is of; empty where there is no gold for it."""

    @cached_property
    def tallies(self) -> Tallies:
        """Counts by scope, of each measure and kind."""
        tallies: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
        for article in self.detected:
            for scope in (ALL, article.wanted):
                tallies[scope]["language"].add(right=article.got == article.wanted)
        for judgement in self.judgements:
            for scope in (ALL, judgement.language):
                _count(tallies[scope], judgement)
        return _scopes_in_order(tallies)

    @cached_property
    def fields(self) -> Tallies:
        """Of the quantities that were found: how many have each field right, by scope."""
        tallies: dict[str, dict[str, Tally]] = defaultdict(lambda: defaultdict(Tally))
        for judgement in self.judgements:
            if judgement.group != "quantity" or judgement.wanted is None or judgement.found is None:
                continue
            wrong = {difference.field for difference in judgement.fact_differences}
            for name in FACT_FIELDS:
                if name in judgement.wanted:
                    tallies[ALL][name].add(right=name not in wrong)
                    tallies[judgement.language][name].add(right=name not in wrong)
        return _scopes_in_order(tallies)

    @cached_property
    def facilities(self) -> Mapping[str, Tally]:
        """Facilities named, by scope, in articles whose gold gives them."""
        tallies: dict[str, Tally] = defaultdict(Tally)
        for language, wanted, found, right in facility_outcomes(self.judgements):
            for scope in (ALL, language):
                tallies[scope].add(right=right, gold=wanted, found=found)
        return {scope: tallies[scope] for scope in sorted(tallies, key=lambda scope: (scope != ALL, scope))}

    @cached_property
    def sayers(self) -> Mapping[str, Mapping[str, Tally]]:
        """Who says so, by scope, in articles whose gold gives it: `sayer`, and of the right ones with a name their `role`."""
        tallies: dict[str, dict[str, Tally]] = defaultdict(lambda: {"sayer": Tally(), "role": Tally()})
        for outcome in sayer_outcomes(self.judgements):
            for scope in (ALL, outcome.language):
                tallies[scope]["sayer"].add(right=outcome.right, gold=outcome.wanted, found=outcome.found)
                tallies[scope]["role"].add(right=outcome.role_right, gold=outcome.role_wanted, found=outcome.role_found)
        return _scopes_in_order(tallies)

    @property
    def errors(self) -> list[str]:
        """Every error in words, article by article."""
        languages = [f"{a.article}: language should be {a.wanted!r}, is {a.got!r}" for a in self.detected if a.got != a.wanted]
        return languages + [line for judgement in self.judgements for line in judgement.in_words()]

    def f1(self) -> dict[str, dict[str, float]]:
        """Scope → measure → F1, rounded to four places: what the floors hold."""
        return {scope: {measure: round(tallies[measure].f1, 4) for measure in MEASURES} for scope, tallies in self.tallies.items()}

    def confusions(self) -> list[tuple[str, str, int]]:
        """Indicators wanted and got, with how often; the most frequent first."""
        pairs: Counter[tuple[str, str]] = Counter()
        for judgement in self.judgements:
            for difference in judgement.fact_differences:
                if difference.field == "indicator":
                    pairs[choices(difference.wanted)[0] or NONE, difference.got or NONE] += 1
        return [(*pair, count) for pair, count in sorted(pairs.items(), key=lambda item: (-item[1], item[0]))]

    def error_kinds(self) -> list[tuple[str, Counter[str]]]:
        """Kinds of error with how often each occurs in each language; the most frequent first."""
        kinds: dict[str, Counter[str]] = defaultdict(Counter)
        for judgement in self.judgements:
            for name in _error_names(judgement):
                kinds[name][judgement.language] += 1
        return sorted(kinds.items(), key=lambda item: (-item[1].total(), item[0]))

    def to_dict(self) -> dict[str, Any]:
        """Figures and facts as JSON; what a later run takes as its baseline."""
        return {
            "figures": {scope: {name: tallies[name].to_dict() for name in (*MEASURES, *KINDS)} for scope, tallies in self.tallies.items()},
            "fields": {scope: {name: round(tally.recall, 4) for name, tally in tallies.items()} for scope, tallies in self.fields.items()},
            "facilities": {scope: tally.to_dict() for scope, tally in self.facilities.items()},
            "sayers": {scope: {name: tally.to_dict() for name, tally in tallies.items()} for scope, tallies in self.sayers.items()},
            "dataset": {facts: {part: tally.to_dict() for part, tally in tallies.items()} for facts, tallies in self.dataset.items()},
            "confusions": [{"wanted": wanted, "got": got, "count": count} for wanted, got, count in self.confusions()],
            "errors": [{"error": name, "count": languages.total(), "languages": dict(languages)} for name, languages in self.error_kinds()],
            "facts": [_fact_record(judgement) for judgement in self.judgements],
        }


def evaluate(pairs: Iterable[tuple[GoldArticle, Extraction]]) -> Report:
    """Score extractions against gold."""
    report = Report()
    for gold, extraction in pairs:
        name = gold.path.name.replace(".gold.json", "")
        report.detected.append(Detected(name, gold.language, extraction.article.language))
        report.judgements += judge(gold, extraction.to_dict()["facts"])
    return report


def _count(tallies: Mapping[str, Tally], judgement: Judgement) -> None:
    right, gold, found = judgement.outcome == "right", judgement.wanted is not None, judgement.found is not None
    if judgement.group != "quantity":
        tallies[judgement.group].add(right=right, gold=gold, found=found)
        return
    tallies["number"].add(right=judgement.number_right, gold=gold, found=found)
    tallies["fact"].add(right=right, gold=gold, found=found)
    wanted, got = _kinds(judgement)
    for kind in KINDS:
        tallies[kind].add(right=right and kind == wanted, gold=kind == wanted, found=kind == got)


def _kinds(judgement: Judgement) -> tuple[str | None, str | None]:
    """The kind wanted and the kind got; where the gold allows both, the one that was got."""
    got = judgement.found["kind"] if judgement.found is not None else None
    if judgement.wanted is None:
        return None, got
    allowed = choices(judgement.wanted["kind"])
    return (got if got in allowed else allowed[0]), got


def _scopes_in_order(tallies: dict[str, dict[str, Tally]]) -> Tallies:
    """All languages together first, then each by its code."""
    return {scope: tallies[scope] for scope in sorted(tallies, key=lambda scope: (scope != ALL, scope))}


def _error_names(judgement: Judgement) -> Iterator[str]:
    if judgement.outcome in ("missed", "spurious"):
        yield f"{judgement.kind} {judgement.outcome}"
    for difference in judgement.differences:
        yield f"{judgement.group} {difference.field} {difference.shape}"


def _fact_record(judgement: Judgement) -> dict[str, Any]:
    return {
        "article": judgement.article, "language": judgement.language, "group": judgement.group, "kind": judgement.kind,
        "start": judgement.fact["start"], "exact": judgement.fact["exact"], "outcome": judgement.outcome,
        "differences": {d.field: {"wanted": d.wanted, "got": d.got} for d in judgement.differences},
    }  # fmt: skip

"""Measure the adapter on languages and articles that it was not trained on: `python models/measure_adapter.py corpus --model e5/ --card`.

The languages that `adapter.json` names as held out are read as if they had no pack, by the fallback pack alone and with the adapter. `--vote`
measures instead whether the adapter helps where there is a pack and the ranker is unsure: with a ranker whose kinds are fitted without the
articles of folds 0 and 1, the best way to vote is chosen on fold 0 and measured on fold 1. `--card` writes the figures into the adapter's card.
"""

from __future__ import annotations

import argparse
import json
import time
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from adapter_examples import choices, fold, quantities_of_gold, some, type_of, without_packs
from train import GoldArticle, collect, fit, load_gold

from extractor.article import find_parts
from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.binding.ranker import Ranker, load_ranker
from extractor.binding.typed import Types
from extractor.pipeline import Extractor
from extractor.semantic.number_types import NumberTyper, load_typer

KINDS = ("metric", "target")
CHOSEN, MEASURED = 0, 1
_BEGIN, _END = "<!-- {}: by measure_adapter.py -->", "<!-- end of {} -->"


@dataclass(frozen=True)
class Told:
    """A gold quantity with one kind, and what was said of it; None where the number was left out."""

    kind: str
    said: str | None
    type: str | None
    said_type: str | None
    probability: float = 1.0


@dataclass
class Figures:
    """Of one language by one way of reading it."""

    told: list[Told]
    found: int
    right: int
    """Quantities found, and those that the gold has."""

    @property
    def accuracy(self) -> float:
        return sum(t.kind == t.said for t in self.told) / len(self.told)

    @property
    def majority(self) -> float:
        """Accuracy of calling everything what most are."""
        return max(Counter(t.kind for t in self.told).values()) / len(self.told)

    def f1(self, kind: str) -> float:
        hits = sum(t.kind == t.said == kind for t in self.told)
        total = sum((t.kind == kind) + (t.said == kind) for t in self.told)
        return 2 * hits / total if total else 0.0

    @property
    def macro_f1(self) -> float:
        return sum(self.f1(kind) for kind in KINDS) / len(KINDS)

    @property
    def measure(self) -> float:
        """Of metrics: share told rightly as level, rise or fall."""
        metrics = [t for t in self.told if t.kind == "metric" and t.type is not None]
        return sum(t.type == t.said_type for t in metrics) / len(metrics)

    def calibration_error(self) -> float:
        """Expected calibration error of the kind, ten bins."""
        bins: dict[int, list[Told]] = {}
        for t in self.told:
            if t.said is not None:
                bins.setdefault(min(9, int(t.probability * 10)), []).append(t)
        gaps = (abs(sum(t.probability for t in group) - sum(t.kind == t.said for t in group)) for group in bins.values())
        return sum(gaps) / max(1, sum(map(len, bins.values())))


def figures(articles: Iterable[GoldArticle], extractor: Extractor) -> Figures:
    """What an extractor says of articles. Every gold quantity that the fallback pack finds is counted, also where the adapter leaves it out."""
    plain = Extractor()
    told: list[Told] = []
    found = right = 0
    for article in articles:
        parts = find_parts(article.article.text)
        context, _ = plain.recognize(article.article, article.language, parts)
        gold = quantities_of_gold(context, article.facts)
        analysis = extractor.analyse(article.article, article.language, parts)
        said = {one.quantity.number.start: one for one in analysis.decided}
        found += len(said)
        right += sum(context.quantities[at].number.start in said for at in gold)
        for at, fact in gold.items():
            kinds = choices(fact["kind"])
            if len(kinds) == 1:
                told.append(_told(kinds[0], fact, said.get(context.quantities[at].number.start)))
    return Figures(told, found, right)


def _told(kind: str, fact: Mapping[str, Any], one: Decided | None) -> Told:
    if one is None:
        return Told(kind, None, type_of(fact), None)
    said_type = "metric" if one.measure != "change" else "fall" if one.rising is False or one.quantity.negative else "rise"
    return Told(kind, one.kind, type_of(fact), said_type, one.probabilities["kind"])


def measure_languages(articles: Sequence[GoldArticle], languages: Sequence[str], typer: NumberTyper, most: int | None = None) -> list[str]:
    """The table of the languages held out, as Markdown."""
    rows = [
        "| language | read by | numbers | most are of one kind | kind right | macro-F1 | F1 of targets | rise, fall or level "
        "| figures that are in the gold | calibration error |",
        "| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |",
    ]
    sums: dict[str, Figures] = {}
    with without_packs(languages):
        for language in languages:
            own = some([article for article in articles if article.language == language], most)
            for name, extractor in (("fallback pack", Extractor()), ("adapter", Extractor(typer=typer))):
                found = figures(own, extractor)
                rows.append(_row(language, name, found))
                before = sums.get(name, Figures([], 0, 0))
                sums[name] = Figures(before.told + found.told, before.found + found.found, before.right + found.right)
                print(rows[-1], flush=True)
    read = f"On {most} articles of each language, drawn by the hash of their names." if most else "On all their articles."
    return [read, "", *rows, *(_row("all", name, found) for name, found in sums.items())]


def _row(language: str, name: str, found: Figures) -> str:
    shares = (found.majority, found.accuracy, found.macro_f1, found.f1("target"), found.measure, found.right / found.found, found.calibration_error())
    return f"| {language} | {name} | {len(found.told)} | " + " | ".join(f"{share:.3f}" for share in shares) + " |"


@dataclass(frozen=True)
class Vote:
    """A quantity in a language with a pack: its kind, and how likely ranker and adapter think a target."""

    kind: str
    ranker: float
    adapter: float


def votes(articles: Sequence[GoldArticle], ranker: Ranker, typer: NumberTyper) -> list[Vote]:
    extractor, found = Extractor(ranker), []
    for article in articles:
        analysis = extractor.analyse(article.article, article.language, find_parts(article.article.text))
        context = analysis.context
        types = typer.types(context.page.reading.text, [quantity.number for quantity in context.quantities])
        for at, fact in quantities_of_gold(context, article.facts).items():
            kinds = choices(fact["kind"])
            if len(kinds) == 1:
                one = analysis.decided[at]
                said = one.probabilities["kind"]
                found.append(Vote(kinds[0], said if one.kind == "target" else 1 - said, _of_target(types[at])))
    return found


def _of_target(types: Types) -> float:
    measured = types["metric"] + types["rise"] + types["fall"]
    return max(types["target"], 1e-4) / max(types["target"] + measured, 2e-4)


def refitted(articles: Sequence[GoldArticle], contexts: Mapping[str, Context]) -> Ranker:
    """The shipped weights, those of the kind fitted on these articles alone."""
    ranker = load_ranker()
    instances = collect(articles, contexts, ranker, lead=True)
    fitted = {task: fit([i for i in instances if i.task == task]) for task in ("kind_alone", "kind")}
    return Ranker({**ranker.weights, **fitted})


def ways(steps: Sequence[float] = (0.55, 0.6, 0.7, 0.8, 0.9, 0.95)) -> dict[str, Callable[[Vote], float]]:
    """Ways to vote, each the probability of a target."""
    found: dict[str, Callable[[Vote], float]] = {"ranker alone": lambda vote: vote.ranker, "adapter alone": lambda vote: vote.adapter}
    for step in steps:
        found[f"adapter where the ranker is below {step}"] = lambda vote, step=step: (
            vote.adapter if max(vote.ranker, 1 - vote.ranker) < step else vote.ranker
        )
    for share in (0.1, 0.2, 0.3, 0.5):
        found[f"mean, adapter {share}"] = lambda vote, share=share: (1 - share) * vote.ranker + share * vote.adapter
    return found


def right(found: Sequence[Vote], way: Callable[[Vote], float]) -> int:
    return sum((way(vote) > 0.5) == (vote.kind == "target") for vote in found)


def measure_vote(articles: Sequence[GoldArticle], held_out: Sequence[str], typer: NumberTyper) -> list[str]:
    """The table of ways to vote, as Markdown."""
    packed = [article for article in articles if article.language not in held_out]
    extractor = Extractor()
    trained = [article for article in articles if fold(article.name) not in (CHOSEN, MEASURED)]
    contexts = {article.name: extractor.recognize(article.article, article.language, find_parts(article.article.text))[0] for article in trained}
    ranker = refitted(trained, contexts)
    print(f"fitted on {len(trained)} articles", flush=True)
    sides = [votes([article for article in packed if fold(article.name) == which], ranker, typer) for which in (CHOSEN, MEASURED)]
    rows = [f"| way | fold {CHOSEN}: right of {len(sides[0])} | fold {MEASURED}: right of {len(sides[1])} |", "| --- | --- | --- |"]
    rows += [f"| {name} | {right(sides[0], way)} | {right(sides[1], way)} |" for name, way in ways().items()]
    print("\n".join(rows))
    return rows


def recipe(settings: Mapping[str, Any]) -> list[str]:
    """The settings of an adapter, as Markdown."""
    told = {key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in settings.items()}
    return ["| setting | value |", "| --- | --- |", *(f"| {key} | {value} |" for key, value in told.items())]


def write_card(card: Path, part: str, lines: Sequence[str]) -> None:
    """Put lines between the marks of a part of the card."""
    begin, end = _BEGIN.format(part), _END.format(part)
    text = card.read_text(encoding="utf-8")
    before, _, rest = text.partition(begin)
    _, mark, after = rest.partition(end)
    if not mark:
        raise SystemExit(f"{card}: lacks {begin!r} and {end!r}")
    card.write_text(before + "\n".join([begin, *lines, end]) + after, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("corpus")
    parser.add_argument("--model", type=Path, required=True, help="folder of multilingual-e5-small: see `extractor models build`")
    parser.add_argument("--adapter", type=Path, default=Path(__file__).with_name("adapter"))
    parser.add_argument("--articles", type=int, metavar="N", help="so many articles of each language; all unless said")
    parser.add_argument("--vote", action="store_true", help="measure the adapter beside the packs")
    parser.add_argument("--card", action="store_true", help="write the figures into README.md of the adapter")
    options = parser.parse_args()
    begun = time.monotonic()
    typer = load_typer(options.model, options.adapter)
    settings = json.loads((options.adapter / "adapter.json").read_text(encoding="utf-8"))
    held_out = settings["held_out"]
    articles = load_gold([options.corpus])
    lines = measure_vote(articles, held_out, typer) if options.vote else measure_languages(articles, held_out, typer, options.articles)
    if options.card:
        write_card(options.adapter / "README.md", "recipe", recipe(settings))
        write_card(options.adapter / "README.md", "vote" if options.vote else "languages", lines)
    print(f"{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()

"""Speed, memory and numbers against peers, on the same articles in one run: `make bench`.

A peer that is not installed, or fails, is said so in words and never left out silently.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib
import json
import pstats
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import extractor
from extractor.article import Article
from extractor.evaluation import GoldArticle, load_gold

STAGES = {
    "language": "detect_language",
    "parts": "find_parts",
    "reading": "read",
    "page": "open_page",
    "sentences": "lay_out",
    "binding": "bind",
    "facts": "_facts",
}
"""Functions of the pipeline by what they do; recognisers are told by their modules."""

Run = Callable[[GoldArticle], Any]


@dataclass(frozen=True)
class Timing:
    """Seconds for all articles; or why there are none."""

    name: str
    seconds: float = 0.0
    failure: str = ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=Path("corpus"))
    parser.add_argument("--seconds", type=float, default=5.0, help="shortest time that our pipeline is measured for")
    arguments = parser.parse_args()
    gold = load_gold(arguments.folder)
    size = sum(len(article.article.text.encode("utf-8")) for article in gold)
    ours = _measure_ours([article.article for article in gold], arguments.seconds)
    print(f"{len(gold)} articles, {size / 1e6:.3f} MB, one process\n")
    print(f"extractor: {len(gold) / ours:.1f} articles/s, {size / 1e6 / ours:.3f} MB/s, peak memory {_peak():.0f} MB\n")
    _print_ratios(ours, [_time(name, make, gold) for name, make in PEERS.items()])
    _print_stages([article.article for article in gold])
    _print_numbers(gold)


def _peak() -> float:
    """Peak resident memory of this process in MB, so far: called before any peer is loaded."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _measure_ours(articles: Sequence[Article], shortest: float) -> float:
    """Seconds for all articles, warm; the mean of as many rounds as fill the time."""
    engine = extractor.load()
    list(engine.pipe(articles))
    rounds, start = 0, time.perf_counter()
    while time.perf_counter() - start < shortest:
        list(engine.pipe(articles))
        rounds += 1
    return (time.perf_counter() - start) / rounds


def _langdetect() -> Run:
    from langdetect import DetectorFactory, detect_langs

    DetectorFactory.seed = 0
    return lambda article: detect_langs(article.article.text)


def _spacy() -> Run:
    import spacy

    pipelines: dict[str, Any] = {}

    def run(article: GoldArticle) -> Any:
        if article.language not in pipelines:
            try:
                pipelines[article.language] = spacy.blank(article.language)
            except ImportError:  # spaCy has no such language, or wants a segmenter that is not installed
                pipelines[article.language] = spacy.blank("xx")
        return pipelines[article.language](article.article.text)

    return run


def _dateparser() -> Run:
    from dateparser.search import search_dates

    return lambda article: search_dates(article.article.text, languages=[article.language])


def _quantulum() -> Run:
    from quantulum3 import classifier, parser

    # Its pickled model of units loads only with the scikit-learn that wrote it; without it, it takes the likelier unit.
    classifier.USE_CLF = False
    return lambda article: parser.parse(article.article.text)


def _duckling() -> Run:
    find = _duckling_numbers()
    return lambda article: find(article.article.text, article.language)


def _duckling_numbers() -> Callable[[str, str], list[dict[str, Any]]]:
    """Text and language → Duckling's numbers."""
    import pendulum

    duckling = importlib.import_module("duckling")
    zones = duckling.load_time_zones("/usr/share/zoneinfo")
    now = duckling.parse_ref_time(zones, "UTC", pendulum.datetime(2025, 1, 1).int_timestamp)
    wanted = duckling.parse_dimensions(["number"])

    def find(text: str, language: str) -> list[dict[str, Any]]:
        # The language alone: a country code may be mistaken for one (AR is Argentina).
        locale = duckling.default_locale_lang(duckling.parse_lang(language))
        context = duckling.Context(now, locale)
        return list(duckling.parse(text, context, wanted, False))

    return find


PEERS: dict[str, Callable[[], Run]] = {
    "langdetect (language only)": _langdetect,
    "spaCy blank (tokens only)": _spacy,
    "dateparser.search.search_dates (dates only, language given)": _dateparser,
    "Duckling (numbers only, language given)": _duckling,
    "quantulum3 (quantities, English rules, no classifier)": _quantulum,
}


def _time(name: str, make: Callable[[], Run], gold: Sequence[GoldArticle]) -> Timing:
    """Warm seconds of a peer over all articles; its loading and the first article of a language are not counted."""
    try:
        run = make()
        for article in {article.language: article for article in gold}.values():
            run(article)  # loads what it needs for a language
    except Exception as error:
        return Timing(name, failure=f"not measured: {type(error).__name__}: {str(error)[:80]}")
    failed: list[str] = []
    start = time.perf_counter()
    for article in gold:
        try:
            run(article)
        except Exception as error:
            failed.append(f"{article.path.name} ({type(error).__name__})")
    seconds = time.perf_counter() - start
    return Timing(name, seconds, f"failed on {len(failed)}: {', '.join(failed[:3])}" if failed else "")


def _print_ratios(ours: float, timings: Sequence[Timing]) -> None:
    print("| peer | seconds | its time, ours = 1 | |\n| --- | ---: | ---: | --- |")
    print(f"| extractor (everything) | {ours:.3f} | 1 | |")
    for timing in timings:
        figures = f"{timing.seconds:.3f} | {timing.seconds / ours:.2f}" if timing.seconds else "- | -"
        print(f"| {timing.name} | {figures} | {timing.failure} |")
    print()


def _print_stages(articles: Sequence[Article]) -> None:
    """Share of the pipeline's time by stage, under a profiler (which makes small functions look dearer)."""
    engine = extractor.load()
    profile = cProfile.Profile()
    profile.runcall(lambda: list(engine.pipe(articles)))
    spent: dict[str, float] = {}
    total = 0.0
    for (file, _, function), (_, _, _, cumulative, _) in pstats.Stats(profile).stats.items():  # type: ignore[attr-defined]
        if function == "_extract" and file.endswith("pipeline.py"):
            total = cumulative
        stage = next((name for name, wanted in STAGES.items() if wanted == function and "extractor" in file), "")
        if function == "recognize" and Path(file).parent.name == "components":
            stage = Path(file).stem
        if stage:
            spent[stage] = spent.get(stage, 0.0) + cumulative
    print("| stage | share |\n| --- | ---: |")
    for stage, seconds in sorted(spent.items(), key=lambda item: -item[1]):
        print(f"| {stage} | {seconds / total:.0%} |")
    print()


@dataclass
class Numbers:
    """Values of the gold's quantities found with their value, found with another, and values found where there is no quantity."""

    found: int = 0
    wrong: int = 0
    false: int = 0

    def add(self, gold: GoldArticle, values: Sequence[tuple[int, int, float]]) -> None:
        owed = [fact for fact in gold.facts if {"metric", "target"} & set(_allowed(fact["kind"])) and "value" in fact]
        for fact in owed:
            here = [value for start, end, value in values if start < fact["end"] and fact["start"] < end]
            # A part of a whole and a range hold two numbers: the first of the fact's own is asked for. Falls may lack the sign.
            right = any(_equal(choice, value) for choice in _allowed(fact["value"]) for value in here)
            if not fact.get("optional"):
                self.found += right
                self.wrong += bool(here) and not right
        self.false += sum(not any(s < fact["end"] and fact["start"] < e for fact in gold.facts) for s, e, _ in values)


def _allowed(value: Any) -> list[Any]:
    return list(value["any"]) if isinstance(value, dict) else [value]


def _equal(wanted: Any, value: float) -> bool:
    return isinstance(wanted, int | float) and abs(abs(wanted) - abs(value)) <= 1e-9 * max(1.0, abs(wanted))


def _print_numbers(gold: Sequence[GoldArticle]) -> None:
    """Numbers against gold: ours and Duckling's, both with the language given; what falls on any gold fact is not false."""
    engine = extractor.load()
    ours, theirs = Numbers(), Numbers()
    for article in gold:
        extraction = engine.extract(Article(article.article.text, language=article.language))
        ours.add(article, [(fact.start, fact.end, fact.value) for fact in extraction.facts if fact.kind in ("metric", "target")])
    print("| numbers on gold | found | wrong | false |\n| --- | ---: | ---: | ---: |")
    print(f"| extractor | {ours.found} | {ours.wrong} | {ours.false} |")
    try:
        find = _duckling_numbers()
        for article in gold:
            theirs.add(article, [_duckling_value(item) for item in find(article.article.text, article.language)])
    except Exception as error:
        print(f"\nDuckling's numbers not counted: {type(error).__name__}: {str(error)[:80]}")
        return
    print(f"| Duckling | {theirs.found} | {theirs.wrong} | {theirs.false} |")


def _duckling_value(item: dict[str, Any]) -> tuple[int, int, float]:
    value = item["value"]
    value = json.loads(value) if isinstance(value, str) else value
    return int(item["start"]), int(item["end"]), float(value["value"])


if __name__ == "__main__":
    main()

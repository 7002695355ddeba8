"""Speed, memory and numbers against peers, on the same articles in one run: `make bench`.

Time is processor time of this one process, so that others on the machine move it little.

A peer that is not installed, or fails, is said so in words and never left out silently.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench_numbers import Unsupported, duckling_items, print_table

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
    """Processor seconds for all articles, warm; the mean of as many rounds as fill the time."""
    engine = extractor.load()
    list(engine.pipe(articles))
    rounds, start = 0, time.process_time()
    while time.process_time() - start < shortest:
        list(engine.pipe(articles))
        rounds += 1
    return (time.process_time() - start) / rounds


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
    find = duckling_items()

    def run(article: GoldArticle) -> Any:
        try:
            return find(article.article.text, article.language)
        except Unsupported:  # Malay costs it nothing
            return []

    return run


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
    start = time.process_time()
    for article in gold:
        try:
            run(article)
        except Exception as error:
            failed.append(f"{article.path.name} ({type(error).__name__})")
    seconds = time.process_time() - start
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
        if function == "extract" and file.endswith("pipeline.py"):
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


def _print_numbers(gold: Sequence[GoldArticle]) -> None:
    try:
        print_table(gold)
    except Exception as error:
        print(f"Numbers against Duckling not counted: {type(error).__name__}: {str(error)[:80]}")


if __name__ == "__main__":
    main()

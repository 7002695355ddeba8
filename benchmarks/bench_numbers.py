"""Numbers against Duckling on gold articles, language by language: `python benchmarks/bench_numbers.py corpus [FOLDER …]`.

Both read the same texts with the language given, and are held against the same spans: the words of each quantity that the gold owes.
A value is found where one of the numbers over these words is the gold's: its value, the upper end of its range, or for a part of a whole
(`two thirds`, `41/43`) the part or the quotient; signs apart, as a fall is written without one. It is wrong where there are only
others, and false is a number where the gold has no fact of any kind (dates and documents hold numbers that a reader of numbers may well
report). Duckling's latent readings are left out, as it does by default. A language that it does not know is marked.
"""

from __future__ import annotations

import argparse
import importlib
import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import extractor
from extractor.article import Article
from extractor.evaluation import GoldArticle, load_gold

ALL = "all"

Number = tuple[int, int, float]
"""Start, end, value."""
Finder = Callable[[GoldArticle], Sequence[Number]]


@dataclass
class Numbers:
    """The gold's quantities found with their value and with another one only, and numbers found where the gold has no fact."""

    owed: int = 0
    found: int = 0
    wrong: int = 0
    false: int = 0

    def add(self, gold: GoldArticle, numbers: Sequence[Number]) -> None:
        """Count one article."""
        for fact in gold.facts:
            if not {"metric", "target"} & {*_allowed(fact["kind"])} or "value" not in fact or fact.get("optional"):
                continue
            here = [value for start, end, value in numbers if start < fact["end"] and fact["start"] < end]
            right = any(_equal(wanted, value) for wanted in _readings(fact) for value in here)
            self.owed += 1
            self.found += right
            self.wrong += bool(here) and not right
        self.false += sum(not any(start < fact["end"] and fact["start"] < end for fact in gold.facts) for start, end, _ in numbers)


def _readings(fact: Mapping[str, Any]) -> Iterator[Any]:
    """The numbers that stand for a fact's value."""
    for value in _allowed(fact["value"]):
        yield value
        for whole in _allowed(fact.get("out_of")):
            if isinstance(whole, int | float) and isinstance(value, int | float) and whole:
                yield value / whole
    yield from _allowed(fact.get("value_max"))


def _allowed(value: Any) -> list[Any]:
    return list(value["any"]) if isinstance(value, dict) else [value]


def _equal(wanted: Any, value: float) -> bool:
    return isinstance(wanted, int | float) and abs(abs(wanted) - abs(value)) <= 1e-6 * max(1.0, abs(wanted))


def our_numbers() -> Finder:
    """Values of the quantities that the extractor finds, both ends of a range."""
    engine = extractor.load()

    def find(article: GoldArticle) -> list[Number]:
        extraction = engine.extract(Article(article.article.text, language=article.language))
        return [
            (fact.start, fact.end, value)
            for fact in extraction.facts
            if fact.kind in ("metric", "target")
            for value in (fact.value, fact.value_max)
            if value is not None
        ]

    return find


class Unsupported(ValueError):
    """A language that Duckling does not know."""


def duckling_items() -> Callable[[str, str], list[dict[str, Any]]]:
    """Text and language → Duckling's numbers as it gives them. Raises ImportError, Unsupported."""
    import pendulum

    duckling = importlib.import_module("duckling")
    zones = duckling.load_time_zones("/usr/share/zoneinfo")
    now = duckling.parse_ref_time(zones, "UTC", pendulum.datetime(2025, 1, 1).int_timestamp)
    wanted = duckling.parse_dimensions(["number"])

    def find(text: str, language: str) -> list[dict[str, Any]]:
        known = duckling.parse_lang(language)
        if known.name.lower() != language:  # for a language that it does not know it takes English
            raise Unsupported(language)
        # The language alone: a country code may be mistaken for one (AR is Argentina).
        return list(duckling.parse(text, duckling.Context(now, duckling.default_locale_lang(known)), wanted, False))

    return find


def duckling_numbers() -> Finder:
    """Duckling's numbers over an article."""
    find = duckling_items()
    return lambda article: [_number(item) for item in find(article.article.text, article.language)]


def _number(item: Mapping[str, Any]) -> Number:
    value = item["value"]
    value = json.loads(value) if isinstance(value, str) else value
    return int(item["start"]), int(item["end"]), float(value["value"])


def count(gold: Sequence[GoldArticle], find: Finder) -> tuple[dict[str, Numbers], set[str]]:
    """Counts by language, all first, of the articles that could be read; and the languages that are not supported."""
    counts: dict[str, Numbers] = defaultdict(Numbers)
    unsupported: set[str] = set()
    for article in gold:
        try:
            numbers = find(article)
        except Unsupported:
            unsupported.add(article.language)
            continue
        for scope in (ALL, article.language):
            counts[scope].add(article, numbers)
    return counts, unsupported


def print_table(gold: Sequence[GoldArticle]) -> None:
    """One row a language; `all` is over the languages that both read."""
    theirs, unsupported = count(gold, duckling_numbers())
    ours, _ = count([article for article in gold if article.language not in unsupported], our_numbers())
    alone, _ = count([article for article in gold if article.language in unsupported], our_numbers())
    print("| language | articles | values | extractor: found | wrong | false | Duckling: found | wrong | false |")
    print(f"| --- |{' ---: |' * 8}")
    for language in (ALL, *sorted({article.language for article in gold})):
        mine = alone[language] if language in unsupported else ours[language]
        articles = sum(a.language == language or (language == ALL and a.language not in unsupported) for a in gold)
        row = "not supported | |" if language in unsupported else f"{_cells(theirs[language])} |"
        print(f"| {language} | {articles} | {mine.owed} | {_cells(mine)} | {row}")


def _cells(numbers: Numbers) -> str:
    share = numbers.found / numbers.owed if numbers.owed else 0.0
    return f"{numbers.found} ({share:.1%}) | {numbers.wrong} | {numbers.false}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folders", nargs="+", type=Path, help="folders of articles with gold; a table for each")
    for folder in parser.parse_args().folders:
        print(f"{folder.name}\n")
        print_table(load_gold(folder))
        print()


if __name__ == "__main__":
    main()

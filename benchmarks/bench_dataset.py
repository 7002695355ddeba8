"""A dataset of many articles with planted translations, reprints and contradictions: `python benchmarks/bench_dataset.py 10000`.

The articles are made of the corpus' gold facts, not of text: their figures, places and years are drawn anew, so that what belongs together is known.
To be hard, a translation or reprint is read badly (a twentieth of its figures is missed, a fiftieth misread, some are added), a reprint is cut
short, and half of the articles share figures of the nation and cite the same resolution. Besides there are bulletins of a few figures, written week
after week by a template, of which some are reprinted with a word changed here and there. Printed: precision and recall of clusters and
of contradictions, seconds and the most memory of a build in a process of its own, and of a second build with one article in a hundred more.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from itertools import combinations
from pathlib import Path
from typing import Any

import pycountry

from extractor.evaluation import load_gold
from extractor.evaluation.dataset_gold import gold_extraction

Fact = dict[str, Any]
_NATIONAL = [{"indicator": "population", "value": value, "unit": "1", "place": "VN", "period": "2024"} for value in (101_300_000, 14_200_000)] + [
    {"indicator": "fertility_rate", "value": value, "unit": "1", "place": "VN", "period": str(year)}
    for value, year in ((1.91, 2024), (1.96, 2023), (2.01, 2022), (1.39, 2021), (74.7, 2020), (111.4, 2019))
]
_RESOLUTION = {"kind": "resolution", "exact": "72-NQ/TW", "number": "72-NQ/TW", "type": "resolution", "jurisdiction": "VN", "label": "72-NQ/TW"}
_TRANSLATED, _REPRINTED, _CONTRADICTED, _BULLETINS = 0.1, 0.05, 0.01, 0.01
"""Shares of the articles that another is planted for."""
_MISSED, _MISREAD, _ADDED = 0.05, 0.02, 0.03
_WEEKS, _WORDS, _CHANGED = 4, 120, 0.02
"""Of a template: bulletins, words, and the share of these that a reprint changes."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int, nargs="?", default=10_000)
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        first, more = Path(folder) / "first.jsonl", Path(folder) / "more.jsonl"
        planted = Planted(arguments.articles, arguments.seed)
        planted.write(first, more)
        print(f"{planted.count:,} articles, {len(planted.clusters):,} planted clusters, {len(planted.contradictions):,} planted contradictions")
        out = Path(folder) / "dataset"
        print(f"first build: {_build([first], out)}")
        _print_figures(planted, out)
        print(f"second build, one in a hundred more: {_build([first, more], out)}")


class Planted:
    """Extractions, and what is to be found in them."""

    def __init__(self, articles: int, seed: int) -> None:
        self.chance = random.Random(seed)
        self.size = articles
        self.count = 0
        self.clusters: list[list[str]] = []
        self.contradictions: set[str] = set()
        """Series and period, as a check's detail begins with them."""
        self._places = sorted(
            area.code for country in ("VN", "TH", "ID", "FR", "IT", "MX") for area in pycountry.subdivisions.get(country_code=country)
        )
        self._models = [
            [_figure(fact) for fact in extraction.to_dict()["facts"] if fact["kind"] in ("metric", "target")]
            for extraction in map(gold_extraction, load_gold(Path("corpus")))
        ]

    def write(self, first: Path, more: Path) -> None:
        with first.open("w", encoding="utf-8") as stream:
            while self.count < self.size:
                stream.writelines(self._family())
        with more.open("w", encoding="utf-8") as stream:
            for _ in range(self.size // 100):
                stream.write(self._line(self._original(), "en"))

    def _family(self) -> Iterator[str]:
        """One article, and what is planted for it."""
        facts = self._original()
        source = str(self.count)
        yield self._line(facts, "vi")
        members = [source]
        if len(facts) >= 12 and self.chance.random() < _TRANSLATED:
            for language in self.chance.sample(("en", "fr", "id", "ar"), self.chance.choice((1, 1, 2))):
                members.append(str(self.count))
                yield self._line(self._read_badly(facts), language)
        if len(facts) >= 16 and self.chance.random() < _REPRINTED:
            members.append(str(self.count))
            yield self._line(self._read_badly(facts[: len(facts) * 3 // 4]), "vi")
        if len(members) > 1:
            self.clusters.append(members)
        if self.chance.random() < _CONTRADICTED:
            yield from self._contradiction()
        if self.chance.random() < _BULLETINS:
            yield from self._bulletins()

    def _contradiction(self) -> Iterator[str]:
        """Two articles that have nothing in common but one series, of which they give two values."""
        place, year = self.chance.choice(self._places), str(self.chance.randint(1900, 1999))
        value = self.chance.randint(1000, 9999)
        self.contradictions.add(f"metric hospital_beds/1/level/{place} {year}")
        for said in (value, round(value * self.chance.uniform(1.05, 1.5))):
            beds = {"kind": "metric", "indicator": "hospital_beds", "value": said, "unit": "1", "place": place, "period": year}
            yield self._line([*self._original(), beds], self.chance.choice(("vi", "en")))

    def _bulletins(self) -> Iterator[str]:
        """Bulletins of one template, with three figures each, of which one is reprinted."""
        place, year = self.chance.choice(self._places), self.chance.randint(2000, 2030)
        template = [self._word() for _ in range(_WORDS)]
        for week in range(_WEEKS):
            figures = [{"kind": "metric", "indicator": "disease_cases", "value": self.chance.randint(10, 9999), "unit": "1", "place": place,
                        "period": str(year), "facility": str(self.count)} for _ in range(3)]  # fmt: skip
            if week == 0:
                self.clusters.append([str(self.count), str(self.count + 1)])
                yield self._line(figures, "vi", template)
                yield self._line(figures, "vi", [word if self.chance.random() > _CHANGED else self._word() for word in template])
            else:
                yield self._line(figures, "vi", template)

    def _word(self) -> str:
        return "".join(self.chance.choice("bcdghlmnt") + self.chance.choice("aeiou") for _ in range(self.chance.randint(1, 3)))

    def _original(self) -> list[Fact]:
        place, year = self.chance.choice(self._places), self.chance.randint(2000, 2030)
        facts = [self._drawn(fact, place, year) for fact in self.chance.choice(self._models)]
        if self.chance.random() < 0.5:
            facts += [{"kind": "metric", **fact} for fact in self.chance.sample(_NATIONAL, 6)]
        return facts

    def _drawn(self, fact: Fact, place: str, year: int) -> Fact:
        """The same kind of figure, with another value of as many digits."""
        value = fact["value"]
        decimals = len(f"{value:.9g}".partition(".")[2])
        drawn = round(value * self.chance.uniform(0.4, 1.6), decimals)
        return {**fact, "value": drawn, "value_max": None, "out_of": None, "place": place, "period": str(year), "facility": str(self.count)}

    def _read_badly(self, facts: Sequence[Fact]) -> list[Fact]:
        read = []
        for fact in facts:
            if self.chance.random() < _MISSED:
                continue
            misread = self.chance.random() < _MISREAD
            read.append({**fact, "value": fact["value"] * 1000} if misread else fact)
            if self.chance.random() < _ADDED:
                read.append({**fact, "indicator": None, "value": self.chance.randint(10, 9999)})
        return read

    def _line(self, facts: Sequence[Fact], language: str, words: Sequence[str] = ()) -> str:
        text, written = " ".join(words) + "\n" if words else f"{self.count}\n", []
        for number, fact in enumerate([*facts, _RESOLUTION] if self.count % 2 else facts):
            exact = fact.get("exact") or f"{fact['value']:.12g}"
            place = {"start": len(text), "end": len(text) + len(exact), "exact": exact, "sentence": [len(text), len(text) + len(exact)]}
            written.append({**fact, **place, "id": hashlib.sha256(f"{self.count} {number}".encode()).hexdigest()[:16], "confidence": 0.9})
            text += f"{exact}\n"
        identity = hashlib.sha256(text.encode()).hexdigest()[:16]
        article = {"id": identity, "source": str(self.count), "language": language, "language_confidence": 1.0, "text": text}
        self.count += 1
        return json.dumps({"article": article, "facts": written}) + "\n"


def _figure(fact: Fact) -> Fact:
    return {name: fact[name] for name in ("kind", "indicator", "value", "unit", "per", "measure", "dimensions")}


def _build(runs: Sequence[Path], out: Path) -> str:
    # What was written before, the articles or the dataset, goes to the disk first: else its writing is measured with this build.
    os.sync()
    start = time.perf_counter()
    command = [sys.executable, "-m", "extractor", "build", *map(str, runs), "-o", str(out)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return f"{time.perf_counter() - start:.0f} s by the clock, {processor:.0f} s of processor time, at most {after.ru_maxrss / 1000:.0f} MB"


def _print_figures(planted: Planted, out: Path) -> None:
    with closing(sqlite3.connect(out / "dataset.sqlite")) as database:
        clusters: dict[str, list[str]] = {}
        for cluster, source in database.execute("SELECT cluster, source FROM articles"):
            clusters.setdefault(cluster, []).append(source)
        found = {pair for members in clusters.values() for pair in combinations(sorted(members), 2)}
        wanted = {pair for members in planted.clusters for pair in combinations(sorted(members), 2)}
        _print_rates("pairs of one cluster", wanted, found)
        details = database.execute("SELECT detail FROM checks WHERE kind = 'contradiction' AND detail LIKE '% 19__:%'")
        _print_rates("contradictions", planted.contradictions, {detail.partition(":")[0] for (detail,) in details})


def _print_rates(name: str, wanted: set[Any], found: set[Any]) -> None:
    right = len(wanted & found)
    recall, precision = right / len(wanted), right / len(found) if found else 0.0
    print(f"{name}: recall {recall:.4f}, precision {precision:.4f} of {len(found):,} found, {len(wanted):,} planted")


if __name__ == "__main__":
    main()

"""Numbers of gold articles with what each is, read as in a language without a pack: what the adapter is trained and measured on."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from train import GoldArticle

from extractor import packs, pipeline
from extractor.article import find_parts
from extractor.binding.context import Context
from extractor.mentions import QuantityMention, Span
from extractor.pipeline import Extractor

FOLDS = 10


@dataclass(frozen=True)
class Example:
    """A number that the fallback pack found."""

    article: str
    language: str
    text: str
    number: Span
    type: str | None
    """None where the gold allows two."""


@contextmanager
def without_packs(codes: Collection[str] | None = None) -> Iterator[None]:
    """As if these languages, or all, had no pack."""
    codes_before = packs.pack_codes
    left = tuple(code for code in codes_before() if codes is not None and code not in codes)
    packs.pack_codes = lambda: left  # type: ignore[assignment]
    packs.load_pack.cache_clear()
    pipeline.recognisers.cache_clear()
    try:
        yield
    finally:
        packs.pack_codes = codes_before
        packs.load_pack.cache_clear()
        pipeline.recognisers.cache_clear()


def fold(name: str) -> int:
    """The fold of an article, by its name: the same on every machine, whatever else the corpus has."""
    return _hash(name) % FOLDS


def some(articles: Sequence[GoldArticle], most: int | None) -> list[GoldArticle]:
    """As many articles as are asked for, drawn by the hash of their names; all where none is said."""
    return sorted(articles, key=lambda article: _hash(article.name))[:most]


def _hash(name: str) -> int:
    return int(hashlib.sha256(name.encode()).hexdigest()[:8], 16)


def examples(articles: Sequence[GoldArticle]) -> list[Example]:
    """The numbers of articles, in order; to be called without packs."""
    extractor, found = Extractor(), []
    for article in articles:
        context, _ = extractor.recognize(article.article, article.language, find_parts(article.article.text))
        facts = quantities_of_gold(context, article.facts)
        for at, quantity in enumerate(context.quantities):
            told = type_of(facts[at]) if at in facts else _elsewhere(context, quantity, article.facts)
            found.append(Example(article.name, article.language, context.page.reading.text, quantity.number, told))
    return found


def quantities_of_gold(context: Context, facts: Sequence[Mapping[str, Any]]) -> dict[int, Mapping[str, Any]]:
    """Index of each quantity → the gold quantity whose number it is: the one of equal value, else the first in its span.

    The value need not agree: 3 in `3 triệu` is the right number where nobody knows the word for million.
    """
    gold = [fact for fact in facts if "value" in fact and "role" not in fact]
    pairs = []
    for at, quantity in enumerate(context.quantities):
        start, end = context.page.reading.to_source(quantity.number.start, quantity.number.end)
        for j, fact in enumerate(gold):
            if start < fact["end"] and fact["start"] < end:
                pairs.append((not _agree(quantity, fact), start, fact["end"] - fact["start"], at, j))
    taken: dict[int, int] = {}
    for _, _, _, at, j in sorted(pairs):
        if at not in taken and j not in taken.values():
            taken[at] = j
    return {at: gold[j] for at, j in taken.items()}


def choices(value: Any) -> list[Any]:
    """What the gold allows."""
    return value["any"] if isinstance(value, dict) and set(value) == {"any"} else [value]


def type_of(fact: Mapping[str, Any]) -> str | None:
    """What a gold quantity is; None where the gold allows two kinds, or a change and none."""
    kinds, measures = choices(fact["kind"]), choices(fact.get("measure", "level"))
    if len(kinds) > 1:
        return None
    if kinds == ["target"]:
        return "target"
    if "change" not in measures:
        return "metric"
    if len(measures) > 1:
        return None
    falls = {value < 0 for value in choices(fact["value"]) if value is not None}
    return None if len(falls) != 1 else "fall" if falls == {True} else "rise"


def _agree(quantity: QuantityMention, fact: Mapping[str, Any]) -> bool:
    return any(value is not None and abs(abs(float(value)) - abs(float(quantity.value))) < 1e-9 for value in choices(fact["value"]))


def _elsewhere(context: Context, quantity: QuantityMention, facts: Sequence[Mapping[str, Any]]) -> str:
    """What a number is that is no quantity of the gold."""
    start, end = context.page.reading.to_source(quantity.number.start, quantity.number.end)
    kinds = {fact["kind"] for fact in facts if isinstance(fact["kind"], str) and start < fact["end"] and fact["start"] < end}
    return "date" if "date" in kinds else "document" if "resolution" in kinds else "none"

"""Gold: what a careful reader finds in an article.

A gold file is NAME.gold.json beside NAME.txt; it names a fact's words by `exact` and `occurrence`. A field may
hold `{"any": [...]}`; an `optional` fact may be found or not; a field left out is not checked.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.article import Article

Json = Mapping[str, Any]

DATASET_GOLD = "dataset.gold.json"
"""What is to be found across the articles of a folder; `dataset_gold.py` reads it."""

GROUPS = {"metric": "quantity", "target": "quantity", "date": "date", "resolution": "resolution"}
"""Facts of a group are aligned with each other: a target may be found where a metric is wanted, and is then of the wrong kind."""


class InputError(ValueError):
    """A gold file, predictions or a baseline that can't be used: which, and why."""


@dataclass(frozen=True)
class GoldArticle:
    """A text and what an annotator found in it; facts carry `start` and `end`."""

    path: Path
    article: Article
    language: str
    facts: Sequence[Json]


def load_gold(folder: Path) -> list[GoldArticle]:
    """All gold articles under a folder, by path. Raises InputError where one can't be used."""
    articles = []
    for file in sorted(file for file in folder.rglob("*.gold.json") if file.name != DATASET_GOLD):
        text_file = file.with_name(file.name.replace(".gold.json", ".txt"))
        try:
            annotation = json.loads(file.read_text(encoding="utf-8"))
            text = text_file.read_bytes().decode("utf-8")
            facts = [_located(fact, text) for fact in annotation["facts"]]
        except (OSError, ValueError, KeyError) as error:
            raise InputError(f"{file}: {error}") from error
        articles.append(GoldArticle(file, Article(text, source=str(text_file)), annotation["language"], facts))
    if not articles:
        raise InputError(f"{folder}: holds no *.gold.json")
    return articles


def _located(fact: Json, text: str) -> Json:
    at = -1
    for _ in range(fact.get("occurrence", 1)):
        at = text.find(fact["exact"], at + 1)
        if at < 0:
            raise ValueError(f"words not in the text: {fact['exact']!r} (occurrence {fact.get('occurrence', 1)})")
    return {**fact, "start": at, "end": at + len(fact["exact"])}


def choices(value: Any) -> list[Any]:
    """Every reading that a gold field allows.

    >>> choices({"any": ["metric", "target"]}), choices(None)
    (['metric', 'target'], [None])
    """
    return value["any"] if isinstance(value, dict) and set(value) == {"any"} else [value]


def group_of(fact: Json) -> str:
    """quantity, date or resolution."""
    return GROUPS[choices(fact["kind"])[0]]

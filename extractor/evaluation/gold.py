"""Gold: what a careful reader finds in an article.

A gold file is NAME.gold.json beside NAME.txt; it names a fact's words by `exact` and `occurrence`. A field may
hold `{"any": [...]}`; an `optional` fact may be found or not; a field left out is not checked.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_args

from extractor.article import Article
from extractor.knowledge_base import load_knowledge
from extractor.schema import Comparator, DateFact, DateRole, Dimensions, DocumentType, Measure, Metric, Resolution, Target

Json = Mapping[str, Any]

_FIGURE = re.compile(r"\d+(?:[.,٫٬'’ \u00a0\u202f]\d{3}(?!\d))*(?:[.,٫]\d+)?")
_AROUND = 30
"""Characters shown on either side of a figure."""

DATASET_GOLD = "dataset.gold.json"
"""What is to be found across the articles of a folder; `dataset_gold.py` reads it."""

GROUPS = {"metric": "quantity", "target": "quantity", "date": "date", "resolution": "resolution"}
"""Facts of a group are aligned with each other: a target may be found where a metric is wanted, and is then of the wrong kind."""

_FIELDS = {name for model in (Metric, Target, DateFact, Resolution) for name in model.model_fields} | {"occurrence", "optional", "note"}
_CLOSED = {
    "kind": tuple(GROUPS),
    "comparator": get_args(Comparator),
    "measure": get_args(Measure),
    "role": get_args(DateRole),
    "type": get_args(DocumentType),
}
"""Fields that have one of a few values. One that is misspelt would count as an error of the extractor."""


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


def uncovered(gold: GoldArticle) -> Iterator[str]:
    """The figures that no fact of the gold covers, each between what stands around it: a denominator, a name, a number to call, or overlooked."""
    text = gold.article.text
    spans = [(fact["start"], fact["end"]) for fact in gold.facts]
    for figure in _FIGURE.finditer(text):
        start, end = figure.span()
        if not any(left <= start and end <= right for left, right in spans):
            around = f"{text[max(0, start - _AROUND) : start]}[{figure.group()}]{text[end : end + _AROUND]}"
            yield f"{gold.path.name.removesuffix('.gold.json')}: {' '.join(around.split())}"


def _located(fact: Json, text: str) -> Json:
    problem = next(_problems(fact), None)
    if problem is not None:
        raise ValueError(f"{fact.get('exact', fact)!r}: {problem}")
    at = -1
    for _ in range(fact.get("occurrence", 1)):
        at = text.find(fact["exact"], at + 1)
        if at < 0:
            raise ValueError(f"words not in the text: {fact['exact']!r} (occurrence {fact.get('occurrence', 1)})")
    return {**fact, "start": at, "end": at + len(fact["exact"])}


def _problems(fact: Json) -> Iterator[str]:
    """What a fact says that no fact can say: an unknown field, indicator, disease or word of a closed list."""
    yield from (f"lacks {field}" for field in ("kind", "exact") if field not in fact)
    yield from (f"unknown field {field!r}" for field in fact if field not in _FIELDS)
    knowledge = load_knowledge()
    for field, known in {**_CLOSED, "indicator": (*knowledge.indicator_ids, None)}.items():
        for value in choices(fact[field]) if field in fact else ():
            if value not in known:
                yield f"unknown {field} {value!r}"
    for dimensions in choices(fact.get("dimensions", {})):
        yield from (f"unknown dimension {key!r}" for key in dimensions if key not in Dimensions.model_fields)
        if "disease" in dimensions and dimensions["disease"] not in knowledge.disease_ids:
            yield f"unknown disease {dimensions['disease']!r}"


def choices(value: Any) -> list[Any]:
    """Every reading that a gold field allows.

    >>> choices({"any": ["metric", "target"]}), choices(None)
    (['metric', 'target'], [None])
    """
    return value["any"] if isinstance(value, dict) and set(value) == {"any"} else [value]


def group_of(fact: Json) -> str:
    """quantity, date or resolution."""
    return GROUPS[choices(fact["kind"])[0]]

"""Extractions into the tables of articles, sources and facts."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extractor.schema import AnyFact, Extraction, Metric, Target

DIMENSIONS = ("sector", "care", "payer", "age", "sex", "residence", "disease")
_OWN = (
    "id", "kind", "start", "end", "exact", "confidence", "indicator", "label", "value", "value_max", "out_of", "unit", "comparator", "measure",
    "baseline", "place", "facility", "period", "role", "number", "type", "issuer", "jurisdiction", "date",
)  # fmt: skip
_COLUMNS = (*_OWN, *DIMENSIONS, "article_id", "sentence", "per_count", "per_of", "date_value", "series")
_INSERT = "INSERT OR IGNORE INTO facts ({}) VALUES ({})".format(", ".join(f'"{name}"' for name in _COLUMNS), ", ".join("?" * len(_COLUMNS)))


class LoadError(ValueError):
    """A line is no extraction of this version; says which and why."""


def read_extractions(file: Path) -> Iterator[Extraction]:
    """Each line of a run's output. Raises LoadError where one is damaged or of another version, OSError."""
    with file.open(encoding="utf-8", errors="surrogateescape") as stream:
        for number, line in enumerate(stream, 1):
            try:
                yield Extraction.model_validate(json.loads(line))
            except ValidationError as error:
                wrong = error.errors()[0]
                raise LoadError(f"{file}:{number}: is no extraction of this version: {'.'.join(map(str, wrong['loc']))}: {wrong['msg']}") from error
            except (ValueError, RecursionError) as error:
                raise LoadError(f"{file}:{number}: is no extraction, is it cut off? ({error}); run the extractor again") from error


def add_extractions(database: sqlite3.Connection, extractions: Iterable[Extraction]) -> None:
    """A text that is there already gets another source; its facts are the same and stay."""
    for extraction in extractions:
        article = extraction.article
        database.execute(
            "INSERT OR IGNORE INTO articles (id, source, language, language_confidence, title, url, publisher, published, text)"
            " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (article.id, article.source, article.language, article.language_confidence, article.title, article.url, article.publisher,
             article.published, article.text),
        )  # fmt: skip
        database.execute("INSERT OR IGNORE INTO sources VALUES (?, ?, ?, ?)", (article.id, article.source, article.url, article.published))
        database.executemany(_INSERT, (_row(extraction, fact) for fact in extraction.facts))
    database.commit()


def _row(extraction: Extraction, fact: AnyFact) -> tuple[Any, ...]:
    record = {name: getattr(fact, name, None) for name in _OWN}
    record["article_id"] = extraction.article.id
    record["sentence"] = extraction.article.text[slice(*fact.sentence)]
    record["date_value"] = fact.value if fact.kind == "date" else None
    if isinstance(fact, Metric | Target):
        record.update({name: getattr(fact.dimensions, name) for name in DIMENSIONS})
        record["per_count"], record["per_of"] = (fact.per.count, fact.per.of) if fact.per else (None, None)
        record["series"] = series_of(fact)
    else:
        record["value"] = None
    return tuple(record.get(name) for name in _COLUMNS)


def series_of(fact: Metric | Target) -> str | None:
    """What a figure is a figure of, in words; None where indicator or place is not known."""
    if fact.indicator is None or fact.place is None:
        return None
    per = f"per {fact.per.count:g} {fact.per.of}" if fact.per else ""
    dimensions = [f"{name}={value}" for name in DIMENSIONS if (value := getattr(fact.dimensions, name))]
    return "/".join(part for part in (fact.indicator, fact.unit, per, fact.measure, *dimensions, fact.place, fact.facility) if part)

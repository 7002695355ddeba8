"""Extractions into the tables of articles, sources and facts, and out of them again."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from extractor.dataset.areas import area_of, is_after_merger
from extractor.dataset.documents import document_key
from extractor.dataset.lines import Line
from extractor.dataset.signatures import signature_of
from extractor.schema import AnyFact, Extraction, Metric, Resolution, Target

DIMENSIONS = ("sector", "care", "payer", "age", "sex", "residence", "disease")
_OWN = (
    "id", "kind", "start", "end", "exact", "confidence", "indicator", "label", "value", "value_max", "out_of", "unit", "comparator", "measure",
    "baseline", "place", "facility", "period", "role", "number", "type", "issuer", "jurisdiction", "date",
)  # fmt: skip
_COLUMNS = (
    *_OWN, *DIMENSIONS, "article_id", "sentence", "per_count", "per_of", "reported_by_name",
    "reported_by_role", "date_value", "area", "series", "observation_id",
)  # fmt: skip
_INSERT = "INSERT INTO facts ({}) VALUES ({})".format(", ".join(f'"{name}"' for name in _COLUMNS), ", ".join("?" * len(_COLUMNS)))
_SEARCH_BITS = 20
"""An article has fewer than 2^20 facts, so that its rows of `search` have numbers of its own."""


class LoadError(ValueError):
    """A line is no extraction of this version; says which and why."""


def parse_line(line: bytes, where: str) -> Extraction:
    """One line of a run's output. Raises LoadError where it is damaged or of another version."""
    try:
        return Extraction.model_validate(json.loads(line.decode("utf-8", "surrogateescape")))
    except ValidationError as error:
        wrong = error.errors()[0]
        raise LoadError(f"{where}: is no extraction of this version: {'.'.join(map(str, wrong['loc']))}: {wrong['msg']}") from error
    except (ValueError, RecursionError) as error:
        raise LoadError(f"{where}: is no extraction, is it cut off? ({error}); run the extractor again") from error


def read_extractions(file: Path) -> Iterator[Extraction]:
    """Each line of a run's output. Raises LoadError where one is damaged or of another version, OSError."""
    with file.open("rb") as stream:
        for number, line in enumerate(stream, 1):
            yield parse_line(line, f"{file}:{number}")


def add_article(database: sqlite3.Connection, extraction: Extraction, line: Line) -> None:
    """An article that is not there, with its facts. Raises LoadError where another article has a fact of the same id."""
    article = extraction.article
    after_merger = is_after_merger(extraction)
    facts: dict[str, AnyFact] = {}
    for fact in extraction.facts:
        facts.setdefault(fact.id, fact)
    try:
        database.execute(
            "INSERT INTO articles VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (article.id, article.source, article.language, article.language_confidence, article.title, article.url, article.publisher,
             article.published, article.text, article.id),
        )  # fmt: skip
        rows = [_row(extraction, fact, after_merger=after_merger) for fact in facts.values()]
        database.executemany(_INSERT, rows)
    except sqlite3.IntegrityError as error:
        raise LoadError(f"{line.where}: article {article.id} has a fact with the id of another article's: {error}") from error
    except UnicodeEncodeError as error:
        raise LoadError(f"{line.where}: article {article.id} is no Unicode text: {error}; run the extractor again") from error
    signature = signature_of(extraction)
    number = database.execute(
        "INSERT INTO state.read (article_id, line, figures, wording, numbers) VALUES (?, ?, ?, ?, ?)",
        (article.id, line.digest, signature.figures.tobytes(), signature.wording.tobytes(), signature.numbers.tobytes()),
    ).lastrowid
    assert number is not None
    database.executemany(
        "INSERT INTO search (rowid, fact_id, exact, sentence, label, title) VALUES (?, ?, ?, ?, ?, ?)",
        (
            ((number << _SEARCH_BITS) + place, fact.id, fact.exact, article.text[slice(*fact.sentence)], getattr(fact, "label", None), article.title)
            for place, fact in enumerate(facts.values())
        ),
    )  # fmt: skip
    mentions = [(fact.id, article.id, document_key(fact)) for fact in facts.values() if isinstance(fact, Resolution)]
    database.executemany("INSERT INTO state.mentions VALUES (?, ?, ?)", mentions)
    observations = [row[-1] for row in rows if row[-1] is not None]
    _note(database, article.id, observations, [key for _, _, key in mentions])


def take_out(database: sqlite3.Connection, article_id: str) -> None:
    """An article that is there, and all that is its own alone."""
    observations = database.execute("SELECT observation_id FROM facts WHERE article_id = ? AND observation_id IS NOT NULL", (article_id,)).fetchall()
    documents = database.execute("SELECT key FROM state.mentions WHERE article_id = ?", (article_id,)).fetchall()
    _note(database, article_id, [one for (one,) in observations], [key for (key,) in documents])
    ((number,),) = database.execute("SELECT number FROM state.read WHERE article_id = ?", (article_id,)).fetchall()
    database.execute("DELETE FROM search WHERE rowid BETWEEN ? AND ?", (number << _SEARCH_BITS, ((number + 1) << _SEARCH_BITS) - 1))
    for table in ("facts", "checks", "state.mentions", "state.read"):
        database.execute(f"DELETE FROM {table} WHERE article_id = ?", (article_id,))
    database.execute("DELETE FROM articles WHERE id = ?", (article_id,))


def _note(database: sqlite3.Connection, article_id: str, observations: Iterable[str], documents: Iterable[str]) -> None:
    """What hangs on an article is worked out anew."""
    database.execute("INSERT OR IGNORE INTO touched_articles VALUES (?)", (article_id,))
    database.executemany("INSERT OR IGNORE INTO touched_observations VALUES (?)", ((one,) for one in observations))
    database.executemany("INSERT OR IGNORE INTO touched_documents VALUES (?)", ((key,) for key in documents))


def _row(extraction: Extraction, fact: AnyFact, *, after_merger: bool) -> tuple[Any, ...]:
    own = vars(fact)  # an attribute that a kind of fact lacks is looked up slowly
    record = {name: own.get(name) for name in _OWN}
    record["article_id"] = extraction.article.id
    record["sentence"] = extraction.article.text[slice(*fact.sentence)]
    record["date_value"] = fact.value if fact.kind == "date" else None
    if isinstance(fact, Metric | Target):
        record.update({name: getattr(fact.dimensions, name) for name in DIMENSIONS})
        record["per_count"], record["per_of"] = (fact.per.count, fact.per.of) if fact.per else (None, None)
        if fact.reported_by is not None:
            record["reported_by_name"], record["reported_by_role"] = fact.reported_by.name, fact.reported_by.role
        record["area"] = area_of(fact.place, after_merger=after_merger) if fact.place else None
        record["series"] = series_of(fact, record["area"])
        record["observation_id"] = _observation_of(fact, record["series"])
    else:
        record["value"] = None
    return tuple(record.get(name) for name in _COLUMNS)


def series_of(fact: Metric | Target, area: str | None) -> str | None:
    """What a figure is a figure of, in words; None where indicator or area is not known."""
    if fact.indicator is None or area is None:
        return None
    per = f"per {fact.per.count:g} {fact.per.of}" if fact.per else ""
    dimensions = [f"{name}={value}" for name in DIMENSIONS if (value := getattr(fact.dimensions, name))]
    return "/".join(part for part in (fact.indicator, fact.unit, per, fact.measure, *dimensions, area, fact.facility) if part)


def _observation_of(fact: Metric | Target, series: str | None) -> str | None:
    """Id of the observation that a figure is a mention of; None where series or period is not known."""
    if series is None or fact.period is None:
        return None
    return hashlib.sha256(f"{fact.kind} {series} {fact.period} {fact.value:.9g} {fact.value_max}".encode("utf-8", "replace")).hexdigest()[:16]

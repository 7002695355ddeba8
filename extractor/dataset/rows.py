"""A line of a run's output as rows of a dataset's tables, whatever else is in them: one line needs no other, so that any process may read it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

from pydantic import ValidationError

from extractor.dataset.areas import area_of, is_after_merger
from extractor.dataset.documents import document_key, document_year
from extractor.dataset.lines import Line
from extractor.dataset.signatures import signature_of
from extractor.schema import AnyFact, DateFact, Extraction, Metric, Target

DIMENSIONS = ("sector", "care", "payer", "age", "sex", "residence", "disease")
_OF_ALL = ("id", "kind", "start", "end", "exact", "confidence")
_OF_QUANTITIES = (
    *_OF_ALL, "indicator", "label", "value", "value_max", "out_of", "unit", "comparator", "measure", "baseline", "place", "facility", "period",
)  # fmt: skip
_OF_DATES = (*_OF_ALL, "role")
_OF_DOCUMENTS = (*_OF_ALL, "label", "number", "type", "issuer", "jurisdiction", "date")
"""Fields that are columns of the same name."""
QUANTITY_COLUMNS = (
    *_OF_QUANTITIES, *DIMENSIONS, "per_count", "per_of", "reported_by_name", "reported_by_role", "article_id", "sentence", "area", "series",
    "observation_id",
)  # fmt: skip
DATE_COLUMNS = (*_OF_DATES, "article_id", "sentence", "date_value")
DOCUMENT_COLUMNS = (*_OF_DOCUMENTS, "article_id", "sentence")
_fields_of_quantity, _fields_of_date, _fields_of_document = itemgetter(*_OF_QUANTITIES), itemgetter(*_OF_DATES), itemgetter(*_OF_DOCUMENTS)
_dimensions = itemgetter(*DIMENSIONS)

Row = tuple[Any, ...]


class LoadError(ValueError):
    """A line is no extraction of this version; says which and why."""


class ArticleRows(NamedTuple):
    """An article, with its facts by kind."""

    id: str
    source: str
    url: str | None
    published: str | None
    article: Row
    quantities: list[Row]
    dates: list[Row]
    documents: list[Row]
    searched: list[Row]
    """Id, exact, sentence, label and title of each fact."""
    mentions: list[Row]
    """Fact, article, key and year of each document, and what else is asked for when all facts of a document are gone through."""
    figures: bytes
    wording: bytes
    numbers: bytes
    """Its signature."""


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


def read_rows(line: Line) -> ArticleRows:
    """A line that is given. Raises LoadError, OSError."""
    return rows_of(parse_line(line.read(), line.where))


def rows_of(extraction: Extraction) -> ArticleRows:
    """All rows that an article's line makes. Of facts with one id the first is taken."""
    article = extraction.article
    after_merger = is_after_merger(extraction)
    facts: dict[str, AnyFact] = {}
    for fact in extraction.facts:
        facts.setdefault(fact.id, fact)
    known = (article.id, article.source, article.language, article.language_confidence, article.title, article.url, article.publisher)
    signature = signature_of(extraction)
    rows = ArticleRows(
        article.id, article.source, article.url, article.published, (*known, article.published, article.text, article.id), [], [], [], [], [],
        signature.figures.tobytes(), signature.wording.tobytes(), signature.numbers.tobytes(),
    )  # fmt: skip
    for fact in facts.values():
        sentence = article.text[slice(*fact.sentence)]
        if isinstance(fact, Metric | Target):
            rows.quantities.append(_quantity(fact, article.id, sentence, after_merger=after_merger))
        elif isinstance(fact, DateFact):
            rows.dates.append((*_fields_of_date(vars(fact)), article.id, sentence, fact.value))
        else:
            rows.documents.append((*_fields_of_document(vars(fact)), article.id, sentence))
            told = (fact.start, fact.exact, fact.confidence, fact.number, fact.issuer, fact.date)
            rows.mentions.append((fact.id, article.id, document_key(fact), document_year(fact), *told))
        label = None if isinstance(fact, DateFact) else fact.label
        rows.searched.append((fact.id, fact.exact, sentence, label, article.title))
    return rows


def _quantity(fact: Metric | Target, article: str, sentence: str, *, after_merger: bool) -> Row:
    per = (fact.per.count, fact.per.of) if fact.per else (None, None)
    said = (fact.reported_by.name, fact.reported_by.role) if fact.reported_by else (None, None)
    area = area_of(fact.place, after_merger=after_merger) if fact.place else None
    dimensions = _dimensions(vars(fact.dimensions))
    series = _series(fact, area, dimensions)
    return (*_fields_of_quantity(vars(fact)), *dimensions, *per, *said, article, sentence, area, series, _observation(fact, series))


def _series(fact: Metric | Target, area: str | None, dimensions: tuple[str | None, ...]) -> str | None:
    """What a figure is a figure of, in words; None where indicator or area is not known."""
    if fact.indicator is None or area is None:
        return None
    per = f"per {fact.per.count:g} {fact.per.of}" if fact.per else ""
    restricted = (f"{name}={value}" for name, value in zip(DIMENSIONS, dimensions, strict=True) if value)
    return "/".join(part for part in (fact.indicator, fact.unit, per, fact.measure, *restricted, area, fact.facility) if part)


def _observation(fact: Metric | Target, series: str | None) -> str | None:
    """Id of the observation that a figure is a mention of; None where series or period is not known."""
    if series is None or fact.period is None:
        return None
    return hashlib.sha256(f"{fact.kind} {series} {fact.period} {fact.value:.9g} {fact.value_max}".encode("utf-8", "replace")).hexdigest()[:16]

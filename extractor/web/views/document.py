"""A document: who cites it, in which languages and under which names, its issuers and dates as they are given."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from extractor.dataset.sources import Rows
from extractor.web.dataset import Dataset
from extractor.web.problems import NotFound
from extractor.web.views.evidence import Evidence, evidence_of_document
from extractor.web.views.records import Document


@dataclass(frozen=True)
class Said:
    """An issuer or date that articles give the document, and in how many mentions."""

    value: str
    mentions: int


@dataclass(frozen=True)
class DocumentView:
    """A document with its citations."""

    document: Document
    citations: tuple[Evidence, ...]
    """One for each article, the earliest first."""
    languages: tuple[tuple[str, int], ...]
    """Language → articles that cite it."""
    issuers: tuple[Said, ...]
    dates: tuple[Said, ...]


def document_view(dataset: Dataset, identity: str) -> DocumentView:
    """A document by its id. Raises NotFound."""
    found = dataset.rows("SELECT * FROM documents WHERE id = ?", (identity,))
    if not found:
        raise NotFound("document", identity)
    firsts: dict[str, Evidence] = {}
    for one in evidence_of_document(dataset, identity):
        firsts.setdefault(one.article.id, one)
    languages = Counter(one.article.language for one in firsts.values())
    given = dataset.rows("SELECT issuer, date, count(*) AS mentions FROM facts WHERE document_id = ? GROUP BY issuer, date", (identity,))
    return DocumentView(
        Document.of(found[0]),
        tuple(firsts.values()),
        tuple(sorted(languages.items(), key=lambda item: (-item[1], item[0]))),
        _said(given, "issuer"),
        _said(given, "date"),
    )


def _said(given: Rows, column: str) -> tuple[Said, ...]:
    """The commonest first."""
    counts: Counter[str] = Counter()
    for row in given:
        if row[column] is not None:
            counts[row[column]] += row["mentions"]
    return tuple(Said(value, mentions) for value, mentions in sorted(counts.items(), key=lambda item: (-item[1], item[0])))

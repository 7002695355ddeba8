"""What is done with one article or page, in whichever process, and how one that can't be extracted is set aside."""

from __future__ import annotations

import json
from dataclasses import replace

from extractor.article import Article
from extractor.engine.chunks import Input
from extractor.engine.settings import Settings
from extractor.pipeline import Extractor, load
from extractor.readers import Problem, WebPage
from extractor.readers.records import record_of
from extractor.schema import Extraction


def load_for(settings: Settings) -> Extractor:
    """The extractor that settings ask for. Raises NerError, ModelError."""
    return load(ner=settings.ner, semantic=settings.semantic, adapter=settings.adapter)


def extract(extractor: Extractor, item: Input, settings: Settings) -> Extraction | Problem:
    """The facts of an article or page that are sure enough, or why a page has no article."""
    article = item.article() if isinstance(item, WebPage) else item
    if isinstance(article, Problem):
        return article
    known = replace(article, language=settings.language) if settings.language else article
    return extractor.extract(known).sure_of(settings.min_confidence)


def said(error: Exception) -> str:
    """Why an article can't be extracted."""
    return f"can't be extracted: {type(error).__name__}: {error}"


def set_aside(item: Input, reason: str) -> Problem:
    """The problem with an article or page. It keeps the whole of it, so that a later run can read it again."""
    record = item.record() if isinstance(item, WebPage) else record_of(item)
    source, number = (item.source, item.number) if isinstance(item, WebPage) else _place(item)
    return Problem(source, reason, number, json.dumps(record, ensure_ascii=False) if record else None)


def _place(article: Article) -> tuple[str, int | None]:
    """File and number of the record: `a.jsonl#3`."""
    source, _, number = article.source.rpartition("#")
    return (source, int(number)) if source and number.isdigit() else (article.source, None)

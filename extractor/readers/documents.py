"""A file that is one article: plain text, Markdown, or a web page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from extractor.article import Article
from extractor.readers.decoding import DecodingError, decode
from extractor.readers.problem import LARGEST_FILE, LONGEST_TEXT, TOO_LONG, MissingPackageError, Problem
from extractor.readers.records import Fields, has_ink, to_article


def read_text(stream: BinaryIO, source: str, fields: Fields) -> Iterator[Article | Problem]:
    """The whole file as one article, unchanged."""
    text = _decoded(stream.read(LARGEST_FILE + 1))
    if isinstance(text, DecodingError):
        yield Problem(source, str(text))
    elif len(text) > LONGEST_TEXT:
        yield Problem(source, TOO_LONG)
    elif not has_ink(text):
        yield Problem(source, "is empty")
    else:
        yield Article(text, source=source)


def read_page(stream: BinaryIO, source: str, fields: Fields) -> Iterator[Article | Problem]:
    """The main text of a web page, with the title, address and day that it states."""
    article = page_article(stream.read(LARGEST_FILE + 1), source, None, None)
    yield Problem(source, article) if isinstance(article, str) else article


def page_article(page: bytes, source: str, number: int | None, url: str | None) -> Article | str:
    """The article of a web page by trafilatura, or why there is none. Raises MissingPackageError without trafilatura."""
    try:
        from trafilatura import bare_extraction
    except ImportError as error:
        raise MissingPackageError("web pages need trafilatura: pip install 'health-news-extractor[web]'") from error
    html = _decoded(page)
    if isinstance(html, DecodingError):
        return str(html)
    if not has_ink(html):
        return "is empty"
    stated = {"extensive_search": False, "original_date": True}
    try:
        found: Any = bare_extraction(html, url=url, with_metadata=True, include_comments=False, date_extraction_params=stated)
    except Exception as error:  # whatever its parsers fall into
        return f"is a web page that can't be parsed: {type(error).__name__}: {error}"
    if found is None or not found.text:
        return "is a web page without a main text"
    return to_article({"text": found.text, "title": found.title, "url": url or found.url, "published": found.date}, source, number, Fields())


def _decoded(data: bytes) -> str | DecodingError:
    if len(data) > LARGEST_FILE:
        return DecodingError(TOO_LONG)
    try:
        return decode(data)
    except DecodingError as error:
        return error

"""Common Crawl's archives: pages of WARC files, texts of WET files."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, BinaryIO

from extractor.article import Article
from extractor.readers.decoding import DecodingError, decode
from extractor.readers.pages import WebPage, require_trafilatura
from extractor.readers.problem import LARGEST_FILE, TOO_LONG, MissingPackageError, Problem
from extractor.readers.records import Fields, to_article

_PAGES = ("text/html", "application/xhtml+xml")


def read_warc(stream: BinaryIO, source: str, fields: Fields) -> Iterator[Article | WebPage | Problem]:
    """Each web page or extracted text; images and the like are passed over. The date of the crawl is no date of publication."""
    try:
        from warcio.archiveiterator import ArchiveIterator
    except ImportError as error:
        raise MissingPackageError("web archives need warcio: pip install 'health-news-extractor[web]'") from error
    number = 0
    try:
        for record in ArchiveIterator(stream):
            if record.rec_type == "conversion" or (record.rec_type == "response" and _is_page(record)):
                number += 1
                article = _article(record, source, number)
                yield Problem(source, article, number) if isinstance(article, str) else article
    except MissingPackageError:
        raise
    except Exception as error:  # of a damaged head warcio falls into errors of many kinds
        yield Problem(source, f"is no web archive from record {number + 1} on: {error}")


def _is_page(record: Any) -> bool:
    kind = record.http_headers.get_header("Content-Type", "") if record.http_headers else ""
    return kind.partition(";")[0].strip().lower() in _PAGES


def _article(record: Any, source: str, number: int) -> Article | WebPage | str:
    url = record.rec_headers.get_header("WARC-Target-URI")
    data = record.content_stream().read(LARGEST_FILE + 1)
    if len(data) > LARGEST_FILE:
        return TOO_LONG
    if record.rec_type == "response":
        require_trafilatura()
        return WebPage(data, source, number, url)
    try:
        return to_article({"text": decode(data), "url": url}, source, number, Fields())
    except DecodingError as error:
        return str(error)

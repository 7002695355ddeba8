"""Web pages: read as they are, and their main text found later, where a time limit holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any, BinaryIO

from extractor.article import Article
from extractor.readers.decoding import DecodingError, decode
from extractor.readers.problem import LARGEST_FILE, TOO_LONG, MissingPackageError, Problem
from extractor.readers.records import Fields, has_ink, to_article

_STATED = {"extensive_search": False, "original_date": True}
"""Only days that the page itself says it was published on."""


@dataclass(frozen=True, slots=True)
class WebPage:
    """A page's bytes. Some take minutes to parse, so that whoever extracts the article has to find its text too."""

    content: bytes
    source: str
    number: int | None = None
    """Of its record in a web archive, from 1."""
    url: str | None = None

    def article(self) -> Article | Problem:
        """The main text by trafilatura, with the title, address and day that the page states; or why there is none."""
        found = _main_text(self.content, self.url)
        article = found if isinstance(found, str) else to_article(found, self.source, self.number, Fields())
        return Problem(self.source, article, self.number) if isinstance(article, str) else article

    def record(self) -> dict[str, str] | None:
        """From which `of_record` makes the page again; None where it is no text."""
        try:
            html = decode(self.content)
        except DecodingError:
            return None
        return {"html": html, **({"url": self.url} if self.url else {})}

    @classmethod
    def of_record(cls, record: dict[str, Any], source: str, number: int | None) -> WebPage | None:
        """The page of what `record` gave; None for any other record."""
        html, url = record.get("html"), record.get("url")
        if not isinstance(html, str) or record.keys() - {"html", "url"}:
            return None
        return cls(html.encode("utf-8", "replace"), source, number, url if isinstance(url, str) else None)


def read_page(stream: BinaryIO, source: str, fields: Fields) -> Iterator[WebPage | Problem]:
    """The file as a web page. Raises MissingPackageError without trafilatura."""
    require_trafilatura()
    content = stream.read(LARGEST_FILE + 1)
    yield WebPage(content, source) if len(content) <= LARGEST_FILE else Problem(source, TOO_LONG)


def require_trafilatura() -> None:
    """Raises MissingPackageError where it is not installed."""
    if find_spec("trafilatura") is None:
        raise MissingPackageError("web pages need trafilatura: pip install 'health-news-extractor[web]'")


def _main_text(page: bytes, url: str | None) -> dict[str, str | None] | str:
    """Text, title, address and day of publication; or why there is no text."""
    from trafilatura import bare_extraction

    try:
        html = decode(page)
    except DecodingError as error:
        return str(error)
    if not has_ink(html):
        return "is empty"
    try:
        found: Any = bare_extraction(html, url=url, with_metadata=True, include_comments=False, date_extraction_params=_STATED)
    except Exception as error:  # whatever its parsers fall into
        return f"is a web page that can't be parsed: {type(error).__name__}: {error}"
    if found is None or not found.text:
        return "is a web page without a main text"
    return {"text": found.text, "title": found.title, "url": url or found.url, "published": found.date}

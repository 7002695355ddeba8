"""A file that is one article: plain text or Markdown."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from extractor.article import Article
from extractor.readers.decoding import DecodingError, decode
from extractor.readers.problem import LARGEST_FILE, LONGEST_TEXT, TOO_LONG, Problem
from extractor.readers.records import Fields, has_ink


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


def _decoded(data: bytes) -> str | DecodingError:
    if len(data) > LARGEST_FILE:
        return DecodingError(TOO_LONG)
    try:
        return decode(data)
    except DecodingError as error:
        return error

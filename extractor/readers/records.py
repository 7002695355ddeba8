"""A record of someone's crawler, feed or table as an article: which of its fields is which."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from extractor.article import Article
from extractor.readers.problem import LONGEST_TEXT, TOO_LONG, Problem

_ISO_DATE = re.compile(r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?:[T ].*)?$")
_WEB_ADDRESS = re.compile(r"https?://\S+$", re.IGNORECASE)
_CRAWL_MARKS = ("dump", "file_path", "timestamp")
"""Fields of FineWeb-2, CulturaX and mC4, whose dates are those of the crawl and not of the article."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Names of the fields that hold each part of an article, best first.

    The names are those of news-please (`maintext`, `date_publish`), trafilatura (`text`, `date`, `source`), fundus (`plaintext`,
    `publishing_date`), FineWeb-2, CulturaX and mC4 (`text`, `url`), and common ones besides.
    """

    text: tuple[str, ...] = ("text", "maintext", "plaintext", "body", "content", "article", "raw_content")
    title: tuple[str, ...] = ("title", "headline")
    url: tuple[str, ...] = ("url", "link", "source_url", "source")
    published: tuple[str, ...] = ("published", "date_publish", "publishing_date", "date", "published_at")

    @property
    def names(self) -> frozenset[str]:
        """All of them, and those that tell how to read them."""
        return frozenset((*self.text, *self.title, *self.url, *self.published, *_CRAWL_MARKS))


class FieldError(ValueError):
    """A field was assigned wrongly; says how it is done."""


PARTS = ("text", "title", "url", "published")


def assign(assignments: Iterable[str]) -> Fields:
    """Fields from `text=body` and the like; each replaces the names that are looked for. Raises FieldError."""
    chosen: dict[str, tuple[str, ...]] = {}
    for assignment in assignments:
        part, sign, name = assignment.partition("=")
        if part not in PARTS or not sign or not name:
            raise FieldError(f"{assignment!r} assigns no field: write PART=NAME, where PART is one of {', '.join(PARTS)}")
        chosen[part] = (*chosen.get(part, ()), name)
    return Fields(**chosen)


def to_article(record: Mapping[str, Any], source: str, number: int | None, fields: Fields) -> Article | str:
    """The article of a record, or why there is none."""
    text = _text(record, fields.text)
    if text is None:
        return f"has none of the text fields {', '.join(fields.text)}"
    if len(text) > LONGEST_TEXT:
        return TOO_LONG
    if not has_ink(text):
        return "has an empty text field"
    return Article(
        text,
        source=source if number is None else f"{source}#{number}",
        title=_first(record, fields.title),
        url=next((value for name in fields.url if (value := _first(record, (name,))) and _WEB_ADDRESS.match(value)), None),
        published=None if any(mark in record for mark in _CRAWL_MARKS) else _date(record, fields.published),
    )


def record_of(article: Article) -> dict[str, str]:
    """The record from which `to_article` makes an article again."""
    parts = {part: getattr(article, part) for part in PARTS}
    return {part: value for part, value in parts.items() if value is not None}


def problem_of(problem: str, source: str, number: int | None, raw: str | None) -> Problem:
    """A problem with a record; what is too long is not kept."""
    return Problem(source, problem, number, None if problem == TOO_LONG else raw)


def has_ink(text: str) -> bool:
    """Whether there is anything besides white space and control characters."""
    return any(character.isprintable() and not character.isspace() for character in text)


def _text(record: Mapping[str, Any], names: Iterable[str]) -> str | None:
    for name in names:
        value = record.get(name)
        if isinstance(value, Mapping):
            value = "\n\n".join(_paragraphs(value))
        if isinstance(value, str) and value:
            return without_surrogates(value)
    return None


def _paragraphs(body: Mapping[str, Any]) -> Iterable[str]:
    """Of an article body as fundus writes it: a summary, then sections of a headline and paragraphs."""
    sections = body.get("sections")
    for section in (body, *(sections if isinstance(sections, list) else ())):
        for part in ("summary", "headline", "paragraphs"):
            lines = section.get(part) if isinstance(section, Mapping) else None
            yield from (line for line in (lines if isinstance(lines, list) else ()) if isinstance(line, str))


def _first(record: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """The first of some fields that is a string with something in it."""
    found = next((record[name] for name in names if isinstance(record.get(name), str) and record[name]), None)
    return without_surrogates(found) if found is not None else None


def without_surrogates(text: str) -> str:
    """Lone surrogates, which JSON can smuggle in, become U+FFFD one for one: offsets stay."""
    return re.sub("[\ud800-\udfff]", "\ufffd", text)


def _date(record: Mapping[str, Any], names: Iterable[str]) -> str | None:
    """Day of publication, only where it is written as ISO 8601 or is a date of a typed column."""
    for name in names:
        value = record.get(name)
        match = _ISO_DATE.match(value.isoformat() if isinstance(value, date) else value if isinstance(value, str) else "")
        if match:
            return f"{match[1]}-{match[2]}-{match[3]}"
    return None

"""A stream of articles cut into chunks whose borders depend on the articles there, so that a change moves none but its own."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field

from extractor.article import Article
from extractor.readers.problem import Problem

_MOST_ARTICLES = 500
_MOST_CHARACTERS = 5_000_000
_LEAST_ARTICLES = 100
_CUT = 128
"""One in so many articles ends a chunk that is long enough."""


@dataclass(frozen=True, slots=True)
class Duplicate:
    """An article that says what an earlier one said, letter for letter."""

    source: str
    of: str
    url: str | None


Item = Article | Problem | Duplicate


@dataclass
class Chunk:
    """Consecutive items of the input, and a name that says what is in them."""

    items: list[Item] = field(default_factory=list)
    name: str = ""

    @property
    def articles(self) -> list[Article]:
        return [item for item in self.items if isinstance(item, Article)]


def without_duplicates(items: Iterable[Article | Problem]) -> Iterator[Item]:
    """Each article once; its repetitions as duplicates. What was seen is kept on disk, not in memory."""
    with closing(sqlite3.connect("")) as seen:
        seen.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY, source TEXT) WITHOUT ROWID")
        for item in items:
            if isinstance(item, Problem):
                yield item
                continue
            content = _digest(item.text, item.title, item.published, item.language)
            first = seen.execute("SELECT source FROM seen WHERE digest = ?", (content,)).fetchone()
            if first is None:
                seen.execute("INSERT INTO seen VALUES (?, ?)", (content, item.source))
                yield item
            else:
                yield Duplicate(item.source, first[0], item.url)


def cut(items: Iterable[Item], settings: str) -> Iterator[Chunk]:
    """Chunks named by the SHA-256 of their items and of the settings that they are extracted with."""
    chunk, name, count, characters = Chunk(), hashlib.sha256(settings.encode()), 0, 0
    for item in items:
        chunk.items.append(item)
        name.update(_item_digest(item))
        if isinstance(item, Article):
            count += 1
            characters += len(item.text)
        ends = count >= _LEAST_ARTICLES and _may_end(item)
        if ends or len(chunk.items) >= _MOST_ARTICLES or characters >= _MOST_CHARACTERS:
            chunk.name = name.hexdigest()[:32]
            yield chunk
            chunk, name, count, characters = Chunk(), hashlib.sha256(settings.encode()), 0, 0
    if chunk.items:
        chunk.name = name.hexdigest()[:32]
        yield chunk


def _may_end(item: Item) -> bool:
    """By the words alone: the same articles are cut alike wherever they lie."""
    return isinstance(item, Article) and zlib.crc32(item.text.encode("utf-8", "surrogatepass")) % _CUT == 0


def _item_digest(item: Item) -> bytes:
    if isinstance(item, Article):
        return _digest(item.source, item.text, item.title, item.url, item.published, item.language)
    if isinstance(item, Duplicate):
        return _digest("duplicate", item.source, item.of)
    return _digest("problem", item.source, str(item.line), item.reason)


def _digest(*parts: str | None) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        data = b"" if part is None else part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % (-1 if part is None else len(data)))
        digest.update(data)
    return digest.digest()

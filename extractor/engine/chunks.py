"""A stream of articles cut into chunks whose borders depend on the articles there, so that a change moves none but its own."""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version

from extractor.article import Article
from extractor.readers import Problem, WebPage

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


Input = Article | WebPage
"""What facts are extracted from."""
Item = Input | Problem | Duplicate


@dataclass
class Chunk:
    """Consecutive items of the input, and a name that says what is in them."""

    items: list[Item] = field(default_factory=list)
    name: str = ""

    @property
    def inputs(self) -> list[Input]:
        return [item for item in self.items if isinstance(item, Input)]


def without_duplicates(items: Iterable[Input | Problem]) -> Iterator[Item]:
    """Each article once; its repetitions as duplicates. A page is the same only byte for byte. What was seen is kept on disk, not in memory."""
    with closing(sqlite3.connect("")) as seen:
        seen.execute("CREATE TABLE seen (digest BLOB PRIMARY KEY, source TEXT) WITHOUT ROWID")
        for item in items:
            if isinstance(item, Problem):
                yield item
                continue
            content = _digest(*_content(item))
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
        if isinstance(item, Input):
            count += 1
            characters += len(_content(item)[0] or "")
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
    return isinstance(item, Input) and zlib.crc32(_bytes(_content(item)[0] or "")) % _CUT == 0


def _item_digest(item: Item) -> bytes:
    if isinstance(item, Input):
        return _digest(item.source, item.url, *_content(item))
    if isinstance(item, Duplicate):
        return _digest("duplicate", item.source, item.of)
    return _digest("problem", item.source, str(item.line), item.reason)


def _content(item: Input) -> tuple[str | bytes | None, ...]:
    """Its words, and whatever else of it is not only where it was found."""
    if isinstance(item, WebPage):
        return item.content, _parser()
    return item.text, item.title, item.published, item.language


@cache
def _parser() -> str:
    """Pages have other words by another version."""
    return f"trafilatura {version('trafilatura')}"


def _bytes(part: str | bytes) -> bytes:
    return part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")


def _digest(*parts: str | bytes | None) -> bytes:
    digest = hashlib.sha256()
    for part in parts:
        data = b"" if part is None else _bytes(part)
        digest.update(b"%d:" % (-1 if part is None else len(data)))
        digest.update(data)
    return digest.digest()

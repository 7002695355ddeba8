"""A run's output folder: parts that appear whole, and a manifest of those that are done, so that a run can go on where it stopped."""

from __future__ import annotations

import hashlib
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import IO

from extractor.engine.chunks import Chunk, Duplicate, Input, Item, cut, without_duplicates
from extractor.engine.engine import Engine
from extractor.engine.installation import installation
from extractor.engine.lock import locked
from extractor.engine.totals import Totals
from extractor.readers import Problem
from extractor.schema import Extraction

MANIFEST, ERRORS, DUPLICATES = "manifest.jsonl", "errors.jsonl", "duplicates.jsonl"
_PARTS = "parts"


class FolderError(Exception):
    """The folder is not one that a run can go on in; says why and what to do."""


@dataclass(frozen=True)
class Part:
    """A line of the manifest: one file of extractions that is whole."""

    name: str
    sha256: str
    articles: int
    kinds: dict[str, int]
    languages: dict[str, int]
    quarantined: tuple[Problem, ...]
    """Those of its articles that could not be extracted."""

    @classmethod
    def of_line(cls, line: bytes) -> Part | None:
        """The part of a line of the manifest; None for a line that a killed run left half written."""
        try:
            record = json.loads(line)
            return cls(**{**record, "quarantined": tuple(Problem(**problem) for problem in record["quarantined"])})
        except (ValueError, TypeError, KeyError):
            return None


@dataclass
class _Open:
    """A chunk at its end: what came of its articles now, or the part that holds them from before."""

    items: list[Item]
    name: str
    part: Part | None
    results: list[Extraction | Problem] = field(default_factory=list)


class Run:
    """A run into a folder. `go` extracts what is not there yet."""

    def __init__(self, folder: Path, engine: Engine, tell: Callable[[Problem], None], advance: Callable[[Totals], None]) -> None:
        self.totals = Totals()
        self._folder, self._engine, self._tell, self._advance = folder, engine, tell, advance

    def go(self, items: Iterable[Input | Problem], *, fresh: bool = False) -> None:
        """Extract all articles that no whole part holds. Raises LockedError, and OSError where the folder can't be written."""
        (self._folder / _PARTS).mkdir(parents=True, exist_ok=True)
        with locked(self._folder):
            if fresh:
                self._clear()
            done = {part.name: part for part in _read_manifest(self._folder / MANIFEST)}
            parts: list[Part] = []
            with self._list(ERRORS) as errors, self._list(DUPLICATES) as duplicates:
                for opened in self._extracted(cut(without_duplicates(items), self._identity()), done):
                    part = opened.part or self._write(opened)
                    parts.append(part)
                    self._note(opened, part, errors, duplicates)
            self._finish(parts)

    def _identity(self) -> str:
        """Whatever changes what is extracted from the same article."""
        settings = self._engine.settings
        ner = [settings.ner_digest] if settings.ner is not None else []
        types = [f"types {settings.semantic_digest}"] if settings.semantic is not None else []
        return json.dumps([*installation(), settings.language, settings.min_confidence, *ner, *types])

    def _extracted(self, chunks: Iterable[Chunk], done: dict[str, Part]) -> Iterator[_Open]:
        """Chunks in order, each with its part or its results."""
        results: list[Extraction | Problem] = []
        for found in self._engine.extract_all(self._missing(chunks, done)):
            if isinstance(found, _Open):
                found.results, results = results, []
                yield found
                continue
            results.append(found)
            if isinstance(found, Extraction):
                self.totals.add(found)
                self._advance(self.totals)

    def _missing(self, chunks: Iterable[Chunk], done: dict[str, Part]) -> Iterator[Input | _Open]:
        """The articles and pages that no part holds, and after each chunk its end."""
        for chunk in chunks:
            part = done.get(chunk.name)
            part = part if part and self._is_whole(part) else None
            if part is None:
                yield from chunk.inputs
            yield _Open([item for item in chunk.items if not isinstance(item, Input)], chunk.name, part)

    def _is_whole(self, part: Part) -> bool:
        file = self._path(part.name)
        return file.is_file() and _file_digest(file) == part.sha256

    def _write(self, opened: _Open) -> Part:
        extractions = [result for result in opened.results if isinstance(result, Extraction)]
        lines = "".join(json.dumps(extraction.to_dict(), ensure_ascii=False) + "\n" for extraction in extractions)
        data = lines.encode("utf-8", "surrogatepass")
        part = Part(
            name=opened.name,
            sha256=hashlib.sha256(data).hexdigest(),
            articles=len(extractions),
            kinds=_sorted(Counter(fact.kind for extraction in extractions for fact in extraction.facts)),
            languages=_sorted(Counter(extraction.article.language for extraction in extractions)),
            quarantined=tuple(result for result in opened.results if isinstance(result, Problem)),
        )
        _write_whole(self._path(part.name), data)
        _append(self._folder / MANIFEST, _line(asdict(part)))
        return part

    def _note(self, opened: _Open, part: Part, errors: IO[str], duplicates: IO[str]) -> None:
        """List what was skipped, and count."""
        problems = [item for item in opened.items if isinstance(item, Problem)]
        for problem in (*problems, *part.quarantined):
            errors.write(_line(asdict(problem)))
            self._tell(problem)
        repeated = [item for item in opened.items if isinstance(item, Duplicate)]
        duplicates.writelines(_line(asdict(duplicate)) for duplicate in repeated)
        self.totals.skipped += len(problems) + len(part.quarantined)
        self.totals.duplicates += len(repeated)
        if opened.part:
            self.totals.articles += part.articles
            self.totals.kept += part.articles
            self.totals.kinds.update(part.kinds)
            self.totals.languages.update(part.languages)
        self._advance(self.totals)

    def _finish(self, parts: list[Part]) -> None:
        """The manifest in the order of the input, and no part that belongs to nothing."""
        _write_whole(self._folder / MANIFEST, "".join(_line(asdict(part)) for part in parts).encode())
        names = {f"{part.name}.jsonl" for part in parts}
        for file in (self._folder / _PARTS).iterdir():
            if file.name not in names:
                file.unlink()

    def _clear(self) -> None:
        for file in (self._folder / MANIFEST, self._folder / ERRORS, self._folder / DUPLICATES, *(self._folder / _PARTS).iterdir()):
            file.unlink(missing_ok=True)

    @contextmanager
    def _list(self, name: str) -> Iterator[IO[str]]:
        """A list that takes its place when the run is at its end."""
        unfinished = self._folder / f".{name}"
        with unfinished.open("w", encoding="utf-8", errors="replace", newline="\n") as stream:
            yield stream
        unfinished.replace(self._folder / name)

    def _path(self, name: str) -> Path:
        return self._folder / _PARTS / f"{name}.jsonl"


def read_run(folder: Path) -> Iterator[Path]:
    """The parts of a run in the order of its input. Raises FolderError where there is no manifest."""
    if not folder.exists():
        raise FolderError(f"{folder}: no such file or folder")
    if not (folder / MANIFEST).is_file():
        raise FolderError(f"{folder}: holds no {MANIFEST}: give the output folder of `extractor run`")
    for part in _read_manifest(folder / MANIFEST):
        yield folder / _PARTS / f"{part.name}.jsonl"


def _read_manifest(file: Path) -> Iterator[Part]:
    """Its parts, without half a line."""
    if file.is_file():
        with file.open("rb") as stream:
            yield from filter(None, map(Part.of_line, stream))


def _write_whole(file: Path, data: bytes) -> None:
    """The file appears with all of its bytes on the disk, or not at all."""
    unfinished = file.with_name(f".{file.name}")
    try:
        with unfinished.open("wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        unfinished.replace(file)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise


def _append(file: Path, line: str) -> None:
    """A line of its own, even where a killed run left half a line."""
    with file.open("a+b") as stream:
        size = stream.seek(0, os.SEEK_END)
        if size:
            stream.seek(size - 1)
            if stream.read(1) != b"\n":
                stream.write(b"\n")
        stream.write(line.encode("utf-8", "replace"))
        stream.flush()
        os.fsync(stream.fileno())


def _file_digest(file: Path) -> str:
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _line(record: dict[str, object]) -> str:
    return json.dumps(record, ensure_ascii=False) + "\n"


def _sorted(counts: Counter[str]) -> dict[str, int]:
    return dict(sorted(counts.items()))

"""Saved predictions in place of a run: the same JSON Lines that `extractor run` writes."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from extractor.evaluation.gold import GoldArticle, InputError
from extractor.schema import Extraction


def load_predictions(file: Path, gold: Sequence[GoldArticle]) -> list[Extraction]:
    """The extraction of each gold article, told by the article's id. Raises InputError where one is missing or can't be read."""
    by_id = {extraction.article.id: extraction for extraction in _read(file)}
    for article in gold:
        if article.article.id not in by_id:
            raise InputError(f"{file}: holds nothing for {article.path.name} (or was made from another text of it)")
    return [by_id[article.article.id] for article in gold]


def _read(file: Path) -> list[Extraction]:
    extractions = []
    try:
        with file.open("rb") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    extractions.append(_extraction(line, f"{file}:{number}"))
    except OSError as error:
        raise InputError(f"{file}: can't be read: {error.strerror}") from error
    return extractions


def _extraction(line: bytes, where: str) -> Extraction:
    try:
        return Extraction.model_validate_json(line)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "line"
        raise InputError(f"{where}: is no extraction: {place}: {first['msg']}") from error

"""The quality gate: F1 of each measure, of every language together and of each one, may not fall below what it once was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

Figures = Mapping[str, Mapping[str, float]]
"""Scope (`all`, or a language) → measure → F1."""


ALL = "all"
"""The scope of every language together."""


class FloorsError(ValueError):
    """A file of floors can't be read or written; says which and why."""


@dataclass(frozen=True)
class Floors:
    """The lowest figures allowed, the corpus that they were measured on, and why they were last lowered."""

    figures: Figures = field(default_factory=dict)
    corpus: str | None = None
    lowered_because: str | None = None


def corpus_hash(folder: Path) -> str:
    """SHA-256 over names and bytes of all articles' gold files and their texts; without the gold of the dataset, which has floors of its own."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.name.endswith((".gold.json", ".txt")) and not file.name.startswith("dataset."):
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def load_floors(file: Path) -> Floors:
    """The floors of a file; none where there is no file yet. Raises FloorsError."""
    if not file.exists():
        return Floors()
    try:
        record = json.loads(file.read_text(encoding="utf-8"))
        return Floors(record["floors"], record.get("corpus_sha256"), record.get("lowered_because"))
    except OSError as error:
        raise FloorsError(f"{file}: can't be read: {error.strerror}") from error
    except ValueError as error:
        raise FloorsError(f"{file}: is no JSON: {error}") from error
    except (KeyError, TypeError, AttributeError) as error:
        raise FloorsError(f"{file}: holds no floors, as `extractor evaluate --update-floors` writes them") from error


def below(figures: Figures, floors: Figures) -> list[str]:
    """Each figure under its floor, and each language that has none, in words."""
    low = [
        f"{scope} {measure}: F1 {figures.get(scope, {}).get(measure, 0.0):.4f} is under its floor {floor:.4f}"
        for scope, measures in sorted(floors.items())
        for measure, floor in sorted(measures.items())
        if figures.get(scope, {}).get(measure, 0.0) < floor - 1e-9
    ]
    return low + [f"{scope}: has no floors yet (--update-floors sets them)" for scope in sorted(set(figures) - set(floors))]


def write_floors(file: Path, figures: Figures, folder: Path, *, lower: str | None = None) -> None:
    """Raise the floors to today's figures; lower them, or drop a language, only where a reason is given, which is kept.

    Where a language has joined all the others, the figure of all together is another one than before, and is set anew. Raises FloorsError.
    """
    old = load_floors(file)
    joined = set(figures) > set(old.figures)
    kept = {scope: floors for scope, floors in old.figures.items() if scope != ALL or not joined}
    record: dict[str, object] = {"corpus_sha256": corpus_hash(folder), "floors": figures if lower else _higher(kept, figures)}
    reason = lower or old.lowered_because
    if reason:
        record["lowered_because"] = reason
    try:
        file.write_text(json.dumps(record, indent=1, sort_keys=True, ensure_ascii=False) + "\n", encoding="utf-8")
    except OSError as error:
        raise FloorsError(f"{file}: can't be written: {error.strerror}") from error


def _higher(first: Figures, second: Figures) -> Figures:
    """The higher of two figures, for every scope and measure that either has."""
    return {
        scope: {
            measure: max(first.get(scope, {}).get(measure, 0.0), second.get(scope, {}).get(measure, 0.0))
            for measure in {**first.get(scope, {}), **second.get(scope, {})}
        }
        for scope in {**first, **second}
    }

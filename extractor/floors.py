"""The quality gate: F1 by language and measure may not fall below what it once was."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path

Figures = Mapping[str, Mapping[str, float]]


def corpus_hash(folder: Path) -> str:
    """SHA-256 over names and bytes of all gold files and their texts."""
    digest = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        if file.name.endswith((".gold.json", ".txt")):
            digest.update(file.relative_to(folder).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


def load_floors(file: Path) -> Figures:
    """Scope → measure → lowest F1 allowed; nothing where there is no file yet."""
    floors: Figures = json.loads(file.read_text(encoding="utf-8"))["floors"] if file.is_file() else {}
    return floors


def below(figures: Figures, floors: Figures) -> list[str]:
    """Each figure under its floor, in words."""
    return [
        f"{scope} {measure}: F1 {figures.get(scope, {}).get(measure, 0.0):.4f} is under its floor {floor:.4f}"
        for scope, measures in sorted(floors.items())
        for measure, floor in sorted(measures.items())
        if figures.get(scope, {}).get(measure, 0.0) < floor - 1e-9
    ]


def write_floors(file: Path, figures: Figures, folder: Path, *, lower: str | None = None) -> None:
    """Raise the floors to today's figures; lower them too only where a reason is given, which is kept."""
    floors = load_floors(file)
    merged = {
        scope: {measure: value if lower else max(value, floors.get(scope, {}).get(measure, 0.0)) for measure, value in measures.items()}
        for scope, measures in figures.items()
    }
    record: dict[str, object] = {"corpus_sha256": corpus_hash(folder), "floors": merged}
    if lower:
        record["lowered_because"] = lower
    file.write_text(json.dumps(record, indent=1, sort_keys=True) + "\n", encoding="utf-8")

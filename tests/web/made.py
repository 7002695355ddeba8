"""Extractions written by hand: articles of which every word and every field is chosen, with no run of the extractor."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Fact = dict[str, Any]


def article(facts: Iterable[Fact], *, title: str = "News", **fields: Any) -> str:
    """A line of a run's output. Each fact's `sentence` (else its `exact`) is a line of the text."""
    text, written = f"{title}\n\n", []
    for number, fact in enumerate(facts):
        fact = dict(fact)
        exact = fact.pop("exact", None) or f"{fact.get('value', 1)}"
        sentence = fact.pop("sentence", exact)
        assert exact in sentence
        start = len(text) + sentence.index(exact)
        place = {"start": start, "end": start + len(exact), "exact": exact, "sentence": [len(text), len(text) + len(sentence)]}
        identity = hashlib.sha256(f"{number} {text} {sentence}".encode("utf-8", "surrogatepass")).hexdigest()[:16]
        written.append({**fact, **place, "id": identity, "confidence": fact.get("confidence", 0.9)})
        text += f"{sentence}\n"
    identity = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    about = {"id": identity, "source": f"{identity}.txt", "language": "en", "language_confidence": 1.0, "title": title, "text": text}
    return json.dumps({"article": {**about, **fields}, "facts": written}) + "\n"


def beds(value: float, place: str, period: str, *, kind: str = "metric", **fields: Any) -> Fact:
    """So many beds per 10,000 people."""
    per = {"count": 10000, "of": "population"}
    about = {"kind": kind, "indicator": "hospital_beds", "label": "hospital beds", "unit": "1", "per": per, "comparator": "=", "measure": "level"}
    return {**about, "value": value, "place": place, "period": period, "exact": f"{value:g} hospital beds per 10,000 people", **fields}


def write(file: Path, lines: Iterable[str]) -> Path:
    """A run's output; returns the file."""
    file.write_text("".join(lines), encoding="utf-8")
    return file

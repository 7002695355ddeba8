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


def newsroom() -> list[str]:
    """Articles in four scripts about beds of provinces, a resolution that they cite, and two that contradict each other."""
    resolution = {"number": "72-NQ/TW", "type": "resolution", "issuer": "politburo", "jurisdiction": "VN", "date": "2025-09-09"}
    cited = {"kind": "resolution", "label": "Resolution", "exact": "72-NQ/TW", **resolution}
    due = {"kind": "date", "value": "2030", "role": "deadline", "exact": "2030", "sentence": "All of it by 2030."}
    lines = [
        article(
            [
                beds(38.5, "VN-02", "2024", sentence="Lao Cai has 38.5 hospital beds per 10,000 people, as Resolution 72-NQ/TW asks."),
                beds(40, "VN-02", "2024", kind="target", sentence="The goal was 40 hospital beds per 10,000 people."),
                {**cited, "sentence": "Resolution 72-NQ/TW was adopted on 9 September 2025."},
                due,
            ],
            title="Lao Cai counts its beds", url="https://english.example.org/beds", publisher="example.org", published="2025-02-10",
        ),
        article(
            [
                beds(33, "VN-04", "2024", exact="33 giường", sentence="Cao Bằng có 33 giường bệnh trên một vạn dân."),
                {**cited, "sentence": "Nghị quyết số 72-NQ/TW được ban hành ngày 9/9/2025."},
            ],
            title="Cao Bằng đầu tư giường bệnh", language="vi", url="https://vi.example.net/giuong", publisher="example.net", published="2025-03-11",
        ),
        article(
            [beds(41.2, "VN-HN", "2024", exact="41.2 سريرا", sentence="في هانوي 41.2 سريرا في كل مستشفى لكل 10 آلاف نسمة.", label="سرير")],
            title="أسرة المستشفيات في هانوي", language="ar", url="https://ar.example.com/1", publisher="example.com", published="2025-04-12",
        ),
        article(
            [beds(30.1, "VN-22", "2024", exact="30.1张病床", sentence="义安省每万人有30.1张病床。", label="病床")],
            title="义安省的病床", language="zh", url="https://zh.example.com/1", publisher="example.com", published="2025-05-13",
        ),
        article([beds(36, "VN-02", "2024", sentence="Others count 36 hospital beds per 10,000 people.")], title="Fewer", published="2025-06-14"),
    ]  # fmt: skip
    earlier = {"VN-02": 36.5, "VN-04": 31.0, "VN-HN": 39.9, "VN-22": 28.8, "VN": 32.0}
    lines += [article([beds(value, place, "2022")], title=f"Report of 2022 on {place}", published="2023-01-20") for place, value in earlier.items()]
    return lines

"""One JSON file for each indicator and place, and `index.json` that lists them: what a static dashboard fetches."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.dataset.crosswalk import codes_of
from extractor.dataset.publishing.places import place_of
from extractor.dataset.rows import DIMENSIONS
from extractor.dataset.sources import Rows

_SERIES = ("kind", "measure", "unit", "per_count", "per_of", *DIMENSIONS, "area", "facility")
_POINT = ("period", "comparator", "value", "value_max", "out_of", "sources", "confidence", "rivals", "id")
_NO_NAME = re.compile(r"[^\w+-]")


def write(observations: Rows, folder: Path) -> int:
    """Observations written. Raises OSError."""
    files: dict[tuple[str, str], list[Mapping[str, Any]]] = defaultdict(list)
    for observation in observations:
        files[observation["indicator"], observation["place"]].append(observation)
    index = []
    for (indicator, code), group in sorted(files.items()):
        file = folder / _file_name(indicator) / f"{_file_name(code)}.json"
        file.parent.mkdir(exist_ok=True)
        _write_json(file, _content(indicator, code, group))
        listed = {"indicator": indicator, "place": code, "name": place_of(code).name, "file": file.relative_to(folder).as_posix()}
        index.append({**listed, "observations": len(group)})
    _write_json(folder / "index.json", index)
    return len(observations)


def _content(indicator: str, code: str, observations: list[Mapping[str, Any]]) -> dict[str, Any]:
    series: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
    for observation in sorted(observations, key=lambda row: (row["period"], -row["confidence"], row["id"])):
        series[tuple(observation[name] for name in _SERIES)].append(_point(observation))
    return {
        "indicator": indicator,
        "place": code,
        "name": place_of(code).name,
        "series": [
            {**{name: value for name, value in zip(_SERIES, key, strict=True) if value is not None}, "points": points}
            for key, points in sorted(series.items(), key=lambda item: [str(part) for part in item[0]])
        ],
    }


def _point(observation: Mapping[str, Any]) -> dict[str, Any]:
    point = {name: observation[name] for name in _POINT if observation[name] is not None}
    codes = [{"scheme": coded.code.scheme, "code": coded.code.code, "value": coded.value} for coded in codes_of(observation)]
    return {**point, "codes": codes} if codes else point


def _file_name(identity: str) -> str:
    """Nothing that leaves the folder: `../x` → `___x`."""
    return _NO_NAME.sub("_", identity)


def _write_json(file: Path, content: object) -> None:
    file.write_text(json.dumps(content, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

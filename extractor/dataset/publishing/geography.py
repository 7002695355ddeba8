"""A flat table to join to boundaries: `observations.csv`, a row an observation, areas by ISO 3166 code.

Natural Earth has the codes as `iso_3166_2` and `ISO_A2`, geoBoundaries as `shapeISO`; after the join each row is a GeoJSON feature's properties.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.dataset.crosswalk import codes_of
from extractor.dataset.publishing.places import place_of
from extractor.dataset.rows import DIMENSIONS
from extractor.dataset.sources import Rows
from extractor.writers.files import safe_cell

_FIGURE = (
    "indicator",
    "kind",
    "measure",
    "unit",
    "per_count",
    "per_of",
    *DIMENSIONS,
    "area",
    "facility",
    "period",
    "comparator",
    "value",
    "value_max",
)
_TRUST = ("sources", "confidence", "rivals")
_COLUMNS = ("iso_3166", "iso_3166_1_alpha_2", "iso_3166_1_alpha_3", "place_name", "country_name", *_FIGURE, *_TRUST, "codes")


def write(observations: Rows, folder: Path) -> int:
    """Rows written. Raises OSError."""
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_COLUMNS)
        writer.writerows([safe_cell(value) for value in _row(observation)] for observation in observations)
    return len(observations)


def _row(observation: Mapping[str, Any]) -> list[Any]:
    place = place_of(observation["place"])
    codes = " ".join(f"{coded.code.scheme}:{coded.code.code}={coded.value:.9g}" for coded in codes_of(observation))
    figures = [observation[name] for name in (*_FIGURE, *_TRUST)]
    return [place.code, place.country, place.country_alpha_3, place.name, place.country_name, *figures, codes]

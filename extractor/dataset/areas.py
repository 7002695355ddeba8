"""Areas in time: a province that others were merged into is another area from then on, though it keeps its ISO 3166-2 code.

Viet Nam's provinces of 1 July 2025 are those of Resolution 202/2025/QH15, in `knowledge/places/vn-provinces.csv`.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources

import pycountry

from extractor.dataset.periods import days_of
from extractor.reading import fold
from extractor.schema import DateFact, Extraction, Metric

MERGED = "2025-07-01"
"""First day of the merged provinces."""
_LAST_DAY = "2025-06-30"
_ISO_3166 = re.compile("[A-Z]{2}(-[A-Z0-9]{1,3})?")


def is_area(code: str) -> bool:
    """Whether a code can be one of ISO 3166, of a country or of a part of one."""
    return _ISO_3166.fullmatch(code) is not None


@dataclass(frozen=True)
class Area:
    """A row of `places`. Days are ISO 8601; None where the area is as old as its code, or still there."""

    id: str
    code: str
    name: str
    valid_from: str | None = None
    valid_until: str | None = None
    successor: str | None = None

    @property
    def names(self) -> list[str]:
        """Its name without the marks that most languages leave out."""
        plain = fold(self.name, fold_marks=True).title()
        return [] if plain == self.name else [plain]


@cache
def merged_provinces() -> Mapping[str, str]:
    """ISO 3166-2 code of each province that was merged → id of the area that it is in since.

    >>> merged_provinces()["VN-06"], merged_provinces()["VN-02"], "VN-HN" in merged_provinces()
    ('VN-02@2025', 'VN-02@2025', False)
    """
    with resources.files("extractor").joinpath("knowledge/places/vn-provinces.csv").open(encoding="utf-8") as stream:
        rows = list(csv.DictReader(stream))
    parts: dict[str, list[dict[str, str]]] = {}
    for row in rows:
        parts.setdefault(row["gso_code_since_2025-07-01"], []).append(row)
    merged: dict[str, str] = {}
    for group in parts.values():
        if len(group) > 1:
            (keeper,) = [row["iso_3166_2_before"] for row in group if row["name_before"] == row["name_since_2025-07-01"]]
            merged |= {row["iso_3166_2_before"]: f"{keeper}@{MERGED[:4]}" for row in group}
    return merged


def area_of(place: str, *, after_merger: bool) -> str:
    """Id of the area that a code meant when an article was written; a name that no province bears any more means the former one.

    >>> area_of("VN-02", after_merger=False), area_of("VN-02", after_merger=True), area_of("VN-06", after_merger=True)
    ('VN-02', 'VN-02@2025', 'VN-06')
    """
    since = merged_provinces().get(place) if after_merger else None
    return since if since and since.partition("@")[0] == place else place


def is_after_merger(extraction: Extraction) -> bool:
    """Whether an article was surely written since the merger: by its day of publication, else by what it tells as past.

    A bare `2025` is no proof, and neither is a target or a deadline.
    """
    if extraction.article.published is not None:
        published = days_of(extraction.article.published)
        return published is not None and published.first >= MERGED
    return any(_is_since(period) for period in _past_periods(extraction))


def _past_periods(extraction: Extraction) -> Iterator[str]:
    for fact in extraction.facts:
        if isinstance(fact, Metric) and fact.period:
            yield fact.period
        elif isinstance(fact, DateFact) and fact.role in ("event", "document", "published"):
            yield fact.value


def _is_since(period: str) -> bool:
    """`2025-01/2025-09`, `2025-10-03` and `2026`; not `2025`."""
    days = days_of(period)
    if days is None or ".." in period:
        return False
    return days.first >= MERGED or (days.last >= MERGED and "-" in period.rpartition("/")[2])


def areas() -> Iterator[Area]:
    """All areas of ISO 3166, and those that provinces were merged into, sorted by nothing."""
    merged = merged_provinces()
    for country in pycountry.countries:
        yield Area(country.alpha_2, country.alpha_2, country.name)
    for unit in pycountry.subdivisions:
        if unit.code not in merged:
            yield Area(unit.code, unit.code, unit.name)
    with resources.files("extractor").joinpath("knowledge/places/vn-provinces.csv").open(encoding="utf-8") as stream:
        for row in csv.DictReader(stream):
            code, name = row["iso_3166_2_before"], row["name_before"]
            if code in merged:
                yield Area(code, code, name, valid_until=_LAST_DAY, successor=merged[code])
                if merged[code].partition("@")[0] == code:
                    yield Area(merged[code], code, name, valid_from=MERGED)
            elif pycountry.subdivisions.get(code=code) is None:  # type: ignore[no-untyped-call]
                yield Area(code, code, name)


def fill_places(database: sqlite3.Connection) -> None:
    """Fill `places`."""
    database.executemany(
        "INSERT INTO places VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (area.id, area.code, area.name, json.dumps(area.names, ensure_ascii=False), area.valid_from, area.valid_until, area.successor)
            for area in sorted(areas(), key=lambda area: area.id)
        ),
    )  # fmt: skip

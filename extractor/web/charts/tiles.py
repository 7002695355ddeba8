"""Viet Nam's provinces as tiles: each the same size, laid out so that the country is recognised. No outline, so no border to dispute."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources

BEFORE, SINCE = 63, 34
"""Provinces before and since 1 July 2025."""
COUNTRY = "VN"


@dataclass(frozen=True)
class Tile:
    """Where a province is drawn, counted from the north-west."""

    place: str
    """ISO 3166-2. One of the 34 has the code of that of the 63 whose name it kept."""
    name: str
    column: int
    row: int


@cache
def tiles(provinces: int) -> tuple[Tile, ...]:
    """The tiles of 63 or 34 provinces; none for another number.

    >>> len(tiles(63)), len(tiles(34)), tiles(34)[0].name
    (63, 34, 'Lai Châu')
    """
    return tuple(
        Tile(row["iso_3166_2"], _names(provinces)[row["iso_3166_2"]], int(row["column"]), int(row["row"]))
        for row in _table("vn-tiles")
        if int(row["provinces"]) == provinces
    )


def provinces_of(places: Iterable[str]) -> int:
    """Which map has all of some places: 34 where none of them has been merged into another.

    >>> provinces_of(["VN-02", "VN-06"]), provinces_of(["VN-02"])
    (63, 34)
    """
    return SINCE if set(places) <= {tile.place for tile in tiles(SINCE)} else BEFORE


@cache
def _names(provinces: int) -> dict[str, str]:
    if provinces == BEFORE:
        return {row["iso_3166_2_before"]: row["name_before"] for row in _table("vn-provinces")}
    kept = {"Thừa Thiên Huế": "Huế"}
    return {
        row["iso_3166_2_before"]: row["name_since_2025-07-01"]
        for row in _table("vn-provinces")
        if row["name_since_2025-07-01"] == kept.get(row["name_before"], row["name_before"])
    }


def _table(name: str) -> list[dict[str, str]]:
    with (resources.files("extractor") / f"knowledge/places/{name}.csv").open(encoding="utf-8") as table:
        return list(csv.DictReader(table))

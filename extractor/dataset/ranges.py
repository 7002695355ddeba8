"""What the level of an indicator can be at all: `knowledge/ranges.csv`, and shares of a whole."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import NamedTuple


class Range(NamedTuple):
    """Least and most; `most` is None where nothing is too much."""

    least: float
    most: float | None


class Measured(NamedTuple):
    """`per` is written `population 1000`, and empty where there is none."""

    indicator: str
    unit: str
    per: str


@cache
def ranges() -> Mapping[Measured, Range]:
    """Those of the table."""
    with resources.files("extractor").joinpath("knowledge/ranges.csv").open(encoding="utf-8") as stream:
        return {Measured(row["indicator"], row["unit"], row["per"]): Range(float(row["least"]), float(row["most"])) for row in csv.DictReader(stream)}


def range_of(measured: Measured) -> Range:
    """That of the table, else what any level can be.

    >>> range_of(Measured("hospital_beds", "1", "population 10000")), range_of(Measured("doctors", "%", "")), range_of(Measured("doctors", "1", ""))
    (Range(least=0.0, most=300.0), Range(least=0.0, most=100.0), Range(least=0.0, most=None))
    """
    return ranges().get(measured) or Range(0.0, 100.0 if measured.unit == "%" else None)

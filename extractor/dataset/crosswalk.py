"""Codes of WHO's Global Health Observatory, the SDGs and Data Commons for observations, with the conversion of unit that each needs."""

from __future__ import annotations

import csv
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any, Literal

from pydantic import Field, ValidationError

from extractor.dataset.rows import DIMENSIONS
from extractor.schema import Dimensions, Per, Record

Scheme = Literal["gho", "sdg", "datacommons"]
_SHAPES = {"gho": r"[A-Z][A-Z0-9]*_[A-Z0-9_]+", "sdg": r"\d+\.[\da-z]\.\d+", "datacommons": r"[A-Z]\w+"}
_PER_PERSON = {"fertility_rate": ("person", "woman", "population")}
"""Denominators that an indicator implies, so that a figure with one of count 1 is one without."""


class CrosswalkError(ValueError):
    """The crosswalk's file is wrong: where, and why."""


class Code(Record):
    """One code of a catalogue and the figures that it is for."""

    scheme: Scheme
    code: str
    name: str
    indicator: str
    unit: str = "1"
    per: Per | None = None
    dimensions: Dimensions = Dimensions()


class _Crosswalk(Record):
    version: str = Field(min_length=1)
    codes: tuple[Code, ...]


@dataclass(frozen=True)
class Coded:
    """A figure under a code of another catalogue, in that catalogue's unit."""

    code: Code
    value: float


def parse_crosswalk(text: str, indicators: Sequence[str]) -> tuple[Code, ...]:
    """Codes of a TOML file. Raises CrosswalkError for a field, an indicator or a shape of code that is not known, and for a code given twice."""
    try:
        codes = _Crosswalk.model_validate(tomllib.loads(text)).codes
    except (ValidationError, tomllib.TOMLDecodeError) as error:
        raise CrosswalkError(f"crosswalk.toml: {error}") from error
    seen: set[tuple[str, str]] = set()
    for code in codes:
        where = f"crosswalk.toml: {code.scheme} {code.code}"
        if code.indicator not in indicators:
            raise CrosswalkError(f"{where}: no indicator {code.indicator!r}")
        if not re.fullmatch(_SHAPES[code.scheme], code.code):
            raise CrosswalkError(f"{where}: is no code of this scheme")
        if (code.scheme, code.code) in seen:
            raise CrosswalkError(f"{where}: is given twice")
        seen.add((code.scheme, code.code))
    return codes


@cache
def crosswalk() -> tuple[Code, ...]:
    """The codes that come with the package."""
    knowledge = resources.files("extractor").joinpath("knowledge")
    with knowledge.joinpath("indicators.csv").open(encoding="utf-8") as stream:
        indicators = [row["id"] for row in csv.DictReader(stream)]
    return parse_crosswalk(knowledge.joinpath("crosswalk.toml").read_text(encoding="utf-8"), indicators)


def codes_of(observation: Mapping[str, Any], scheme: Scheme | None = None) -> Iterator[Coded]:
    """The codes of an observation, with its value in their units; none for a target, a change, a facility or a group that a code is not for.

    >>> row = {"kind": "metric", "indicator": "hospital_beds", "unit": "1", "measure": "level", "value": 3.4}
    >>> row |= {"per_count": 1000.0, "per_of": "population"}
    >>> [(coded.code.code, coded.value) for coded in codes_of(row)]
    [('WHS6_102', 34.0)]
    """
    if observation["kind"] != "metric" or observation["measure"] != "level" or observation.get("facility"):
        return
    dimensions = {name: value for name in DIMENSIONS if (value := observation.get(name))}
    for code in crosswalk():
        fits = code.indicator == observation["indicator"] and code.unit == observation["unit"] and scheme in (None, code.scheme)
        if fits and dimensions == code.dimensions.model_dump(exclude_none=True):
            factor = _factor(code, observation.get("per_count"), observation.get("per_of"))
            if factor is not None:
                yield Coded(code, round(observation["value"] * factor, 9))


def _factor(code: Code, count: float | None, of: str | None) -> float | None:
    """What a value is multiplied by to have the code's denominator; None where it has another one."""
    if code.per is None:
        implied = count == 1 and of in _PER_PERSON.get(code.indicator, ())
        return 1.0 if count is None or implied else None
    return code.per.count / count if count and of == code.per.of else None

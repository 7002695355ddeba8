"""Data Commons: `variables.mcf` with the statistical variables, `observations.csv`, and `observations.tmcf` that says what its columns are.

Metrics of a year, a month or a day, at their surest value. A variable that the crosswalk knows is Data Commons' own; the others are local ones.
https://github.com/datacommonsorg/data/blob/master/docs/mcf_format.md
"""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extractor.dataset.crosswalk import codes_of
from extractor.dataset.publishing.places import place_of
from extractor.dataset.rows import DIMENSIONS
from extractor.dataset.sources import Rows

_DATE = re.compile(r"\d{4}(-\d\d){0,2}")
_NO_ID = re.compile(r"[^A-Za-z0-9]+")
_SIGNS = {"%": "Percent", "<": "Under", "+": "AndOver"}
_COLUMNS = ("variable", "place_dcid", "place_iso", "date", "value", "unit")
_TEMPLATE = """Node: E:observations->E0
typeOf: dcs:Place
dcid: C:observations->place_dcid
isoCode: C:observations->place_iso

Node: E:observations->E1
typeOf: dcs:StatVarObservation
variableMeasured: C:observations->variable
observationAbout: E:observations->E0
observationDate: C:observations->date
value: C:observations->value
unit: C:observations->unit
"""


def write(observations: Rows, folder: Path) -> tuple[int, int]:
    """Observations written and left out. Raises OSError."""
    variables: dict[str, Mapping[str, Any]] = {}
    seen: set[tuple[str, str, str]] = set()
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(_COLUMNS)
        for observation in observations:
            if not _has_a_place_here(observation):
                continue
            variable, value, unit = _variable(observation)
            key = (variable, observation["place"], observation["period"])
            if key in seen:
                continue
            seen.add(key)
            if variable.startswith("dcid:HealthNews_"):
                variables.setdefault(variable, observation)
            country = place_of(observation["place"]).country_alpha_3 if "-" not in observation["place"] else None
            dcid = f"country/{country}" if country else ""
            writer.writerow((variable, dcid, observation["place"] if not dcid else "", observation["period"], value, unit))
    (folder / "observations.tmcf").write_text(_TEMPLATE, encoding="utf-8")
    (folder / "variables.mcf").write_text("\n".join(_node(*item) for item in sorted(variables.items())), encoding="utf-8")
    return len(seen), len(observations) - len(seen)


def _has_a_place_here(observation: Mapping[str, Any]) -> bool:
    exact = observation["comparator"] in ("=", "~") and observation["value_max"] is None
    return observation["kind"] == "metric" and exact and observation["facility"] is None and _DATE.fullmatch(observation["period"]) is not None


def _variable(observation: Mapping[str, Any]) -> tuple[str, float, str]:
    """A variable, the value in its unit, and the unit."""
    for coded in codes_of(observation, "datacommons"):
        return f"dcid:{coded.code.code}", coded.value, ""
    per = f"Per{observation['per_count']:g}{observation['per_of']}" if observation["per_of"] else ""
    groups = (f"{name}_{observation[name]}" for name in DIMENSIONS if observation[name])
    parts = (observation["indicator"], observation["measure"], observation["unit"], per, *groups)
    return (
        "dcid:HealthNews_" + "_".join(_identifier(part) for part in parts if part and part != "1"),
        observation["value"],
        _unit(observation["unit"]),
    )


def _identifier(text: str) -> str:
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    return _NO_ID.sub("_", text).strip("_")


def _unit(unit: str) -> str:
    return {"1": "", "%": "dcs:Percent", "a": "dcs:Year", "d": "dcs:Day"}.get(unit, f"dcs:{_identifier(unit)}")


def _node(variable: str, observation: Mapping[str, Any]) -> str:
    described = " ".join(str(observation[name]) for name in ("indicator", "measure", "unit") if observation[name])
    if observation["per_of"]:
        described += f" per {observation['per_count']:g} {observation['per_of']}"
    groups = "".join(f", {name} {observation[name]}" for name in DIMENSIONS if observation[name])
    name = (described + groups).replace('"', "'")
    return (
        f'Node: {variable}\ntypeOf: dcs:StatisticalVariable\nname: "{name}"\n'
        f"populationType: dcs:Thing\nmeasuredProperty: dcs:{_identifier(observation['indicator'])}\nstatType: dcs:measuredValue\n"
    )

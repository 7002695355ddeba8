"""SDMX-CSV 2.0 and the definition of its structure (SDMX-ML 2.1): https://github.com/sdmx-twg/sdmx-csv.

Periods that SDMX has no word for are ranges (`2025-01-01/P6M`); the EDTF stands beside. Rival values of one series and period are told apart by the
dimension VARIANT, 1 for the surest.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from extractor.dataset.periods import days_of
from extractor.dataset.rows import DIMENSIONS
from extractor.dataset.sources import Rows
from extractor.writers.files import safe_cell

AGENCY, STRUCTURE, VERSION = "HEALTH_NEWS", "OBSERVATIONS", "1.0"
_NOT_APPLICABLE = "_Z"
_DIMENSIONS = {
    "INDICATOR": "What is counted: an id of indicators.csv", "KIND": "metric or target", "MEASURE": "level, change, attainment or shortage",
    "UNIT_MEASURE": "UCUM code, ISO 4217 currency, % or 1", "PER": "Denominator: count and of what",
    **{name.upper(): f"Restricted to a group: {name}" for name in DIMENSIONS},
    "REF_AREA": "ISO 3166-1 or 3166-2", "FACILITY": "The hospital or body, in an article's words", "VARIANT": "Rank among rival values, 1 the surest",
}  # fmt: skip
_TIME = "TIME_PERIOD"
_VALUE = "OBS_VALUE"
_ATTRIBUTES = {
    "COMPARATOR": "= > >= < <= ~", "OBS_VALUE_MAX": "Upper end of a range", "EDTF": "The period in EDTF", "SOURCES": "Independent sources",
    "CONFIDENCE": "That one source at least was read rightly", "OBSERVATION_ID": "Id in the dataset",
}  # fmt: skip
_NS = {
    "mes": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/message",
    "str": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure",
    "com": "http://www.sdmx.org/resources/sdmxml/schemas/v2_1/common",
}


def write(observations: Rows, folder: Path) -> int:
    """Rows written. Raises OSError."""
    names = (*_DIMENSIONS, _TIME, _VALUE, *_ATTRIBUTES)
    variants: Counter[tuple[str, ...]] = Counter()
    with (folder / "observations.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(("STRUCTURE", "STRUCTURE_ID", "ACTION", *names))
        for observation in observations:
            row = _row(observation)
            key = tuple(row[name] for name in (*_DIMENSIONS, _TIME) if name != "VARIANT")
            variants[key] += 1
            row["VARIANT"] = str(variants[key])
            writer.writerow(("datastructure", f"{AGENCY}:{STRUCTURE}({VERSION})", "I", *(safe_cell(row[name]) for name in names)))
    ElementTree.ElementTree(_definition()).write(folder / "structure.xml", encoding="utf-8", xml_declaration=True)
    return len(observations)


def _row(observation: Mapping[str, Any]) -> dict[str, Any]:
    per = f"{observation['per_count']:g} {observation['per_of']}" if observation["per_of"] else _NOT_APPLICABLE
    return {
        "INDICATOR": observation["indicator"], "KIND": observation["kind"], "MEASURE": observation["measure"],
        "UNIT_MEASURE": observation["unit"], "PER": per,
        **{name.upper(): observation[name] or _NOT_APPLICABLE for name in DIMENSIONS},
        "REF_AREA": observation["place"], "FACILITY": observation["facility"] or _NOT_APPLICABLE, "VARIANT": "",
        _TIME: time_period(observation["period"]), _VALUE: observation["value"],
        "COMPARATOR": observation["comparator"], "OBS_VALUE_MAX": observation["value_max"], "EDTF": observation["period"],
        "SOURCES": observation["sources"], "CONFIDENCE": observation["confidence"], "OBSERVATION_ID": observation["id"],
    }  # fmt: skip


def time_period(edtf: str) -> str:
    """A period as SDMX has it.

    >>> time_period("2024"), time_period("2025-01/2025-06"), time_period("2021/2025"), time_period("2025-03-03/2025-03-09"), time_period("2024-10/..")
    ('2024', '2025-01-01/P6M', '2021-01-01/P5Y', '2025-03-03/P7D', '2024-10')
    """
    begins, _, ends = edtf.partition("/")
    days = days_of(edtf)
    if not ends or days is None:
        return edtf
    if ends == ".." or not begins.strip("."):
        return begins.strip(".") or ends
    precision = min(len(begins), len(ends))
    if precision == len("2024-10-01"):
        return f"{days.first}/P{(date.fromisoformat(days.last) - date.fromisoformat(days.first)).days + 1}D"
    years = int(days.last[:4]) - int(days.first[:4])
    if precision == len("2024"):
        return f"{days.first}/P{years + 1}Y"
    return f"{days.first}/P{12 * years + int(days.last[5:7]) - int(days.first[5:7]) + 1}M"


def _definition() -> ElementTree.Element:
    """Concepts and the data structure that binds them."""
    for prefix, address in _NS.items():
        ElementTree.register_namespace(prefix, address)
    message = _element("mes:Structure")
    header = _add(message, "mes:Header")
    _add(header, "mes:ID").text = STRUCTURE
    _add(header, "mes:Test").text = "false"
    _add(header, "mes:Prepared").text = "2026-01-01T00:00:00"
    _add(header, "mes:Sender", id=AGENCY)
    structures = _add(message, "mes:Structures")
    concepts = {**_DIMENSIONS, _TIME: "When it holds, or by when it is due", _VALUE: "The value", **_ATTRIBUTES}
    scheme = _maintained(_add(structures, "str:Concepts"), "str:ConceptScheme", "CONCEPTS", "Concepts of observations")
    for name, description in concepts.items():
        _name(_add(scheme, "str:Concept", id=name), description)
    structure = _maintained(_add(structures, "str:DataStructures"), "str:DataStructure", STRUCTURE, "Health figures in the news")
    parts = _add(structure, "str:DataStructureComponents", id="components")
    dimensions = _add(parts, "str:DimensionList", id="DimensionDescriptor")
    for position, name in enumerate(_DIMENSIONS, 1):
        _component(dimensions, "str:Dimension", name, "String", position=str(position))
    _component(dimensions, "str:TimeDimension", _TIME, "ObservationalTimePeriod", position=str(len(_DIMENSIONS) + 1))
    attributes = _add(parts, "str:AttributeList", id="AttributeDescriptor")
    for name in _ATTRIBUTES:
        attribute = _component(attributes, "str:Attribute", name, "String", assignmentStatus="Conditional")
        _add(_add(attribute, "str:AttributeRelationship"), "str:PrimaryMeasure").append(_reference(_VALUE))
    _component(_add(parts, "str:MeasureList", id="MeasureDescriptor"), "str:PrimaryMeasure", _VALUE, "Double")
    return message


def _component(parent: ElementTree.Element, tag: str, name: str, text_type: str, **attributes: str) -> ElementTree.Element:
    component = _add(parent, tag, id=name, **attributes)
    identity = _add(component, "str:ConceptIdentity")
    concept = {"id": name, "maintainableParentID": "CONCEPTS", "maintainableParentVersion": VERSION, "agencyID": AGENCY}
    identity.append(ElementTree.Element("Ref", {**concept, "package": "conceptscheme", "class": "Concept"}))
    _add(_add(component, "str:LocalRepresentation"), "str:TextFormat", textType=text_type)
    return component


def _maintained(parent: ElementTree.Element, tag: str, identity: str, name: str) -> ElementTree.Element:
    return _name(_add(parent, tag, id=identity, agencyID=AGENCY, version=VERSION), name)


def _name(element: ElementTree.Element, text: str) -> ElementTree.Element:
    _add(element, "com:Name", **{"{http://www.w3.org/XML/1998/namespace}lang": "en"}).text = text
    return element


def _reference(name: str) -> ElementTree.Element:
    return ElementTree.Element("Ref", id=name)


def _element(tag: str, **attributes: str) -> ElementTree.Element:
    prefix, _, local = tag.partition(":")
    return ElementTree.Element(f"{{{_NS[prefix]}}}{local}", attributes)


def _add(parent: ElementTree.Element, tag: str, **attributes: str) -> ElementTree.Element:
    child = _element(tag, **attributes)
    parent.append(child)
    return child

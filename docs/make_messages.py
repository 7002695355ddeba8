"""Writes extractor/web/catalogues/messages.pot, all words that pages say: `python docs/make_messages.py`.

A language's catalogue begins as a copy of it.

Words of the pages are found in templates and code, those of closed lists where the lists are: indicators, kinds, types, issuers, denominators.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from http import HTTPStatus
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import Any, get_args

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import write_po

from extractor.knowledge_base import load_knowledge
from extractor.schema import DateRole, DocumentType, Measure
from extractor.web.naming import indicator_names
from extractor.web.pages.searching import SORT_NAMES, TITLES
from extractor.web.problems import MISSING, NOTHING_HERE, WRONG

_WEB = resources.files("extractor") / "web"
_KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "message": None, "_message": None, "_say": None, "say": None}
_DIMENSIONS = ("public", "private", "inpatient", "outpatient", "insurance", "female", "male", "urban", "rural")
_PER = ("population", "live_births", "health_station", "person", "household", "day", "week", "month", "year", "facility", "patient", "woman", "girls",
        "doctor", "children", "pregnant_women", "visit", "hospital_bed", "commune", "students", "adults", "nurse", "case", "family", "hospital",
        "district", "province", "km2", "service", "hour", "dose", "worker", "school")  # fmt: skip
_ISSUERS = ("politburo", "central_committee", "secretariat", "government", "prime_minister", "president", "national_assembly",
            "ministry_of_health", "ministry_of_education", "ministry_of_finance", "provincial_peoples_committee", "provincial_peoples_council",
            "provincial_party_committee", "provincial_party_congress", "national_party_congress", "provincial_health_department",
            "who", "eu", "un")  # fmt: skip
_OTHERS = ("What", "reported", "goal", "goal reached", "goal missed", "Provinces", "metric", "target", "date", "resolution", "document", "INT",
           "EU", "number", "contradiction", "translation", "range", "share", "sum", "Content Too Large", "URI Too Long",
           "Unprocessable Content", "yMMM", "yMMMd")  # fmt: skip
"""Content, URI and Unprocessable are what later Pythons call 413, 414 and 422; the last two are how months and days are written, as CLDR names it:
what parts, not in which order."""
_STATUSES = (400, 401, 404, 405, 413, 414, 421, 422, 500, 503)


def messages() -> dict[str | tuple[str, str], list[str]]:
    """Message, or singular and plural → where it is said."""
    said: dict[str | tuple[str, str], list[str]] = {}
    options: dict[str, Any] = {
        "templates/**.html": {"extensions": "jinja2.ext.i18n", "newstyle_gettext": "true", "trimmed": "true", "silent": "false"}
    }
    methods = [("templates/**.html", "jinja2.ext:babel_extract"), ("pages/**.py", "python"), ("charts/**.py", "python"), ("naming.py", "python")]
    everywhere = [("**.py", "python")]
    found = chain(
        extract_from_dir(str(_WEB), methods, options, keywords=_KEYWORDS),
        extract_from_dir(str(_WEB), everywhere, keywords={"Problem": (2,)}),
    )
    for file, _, message, _, _ in found:
        said.setdefault(message, []).append(Path(file).name)  # type: ignore[arg-type]
    for name, listed in _lists():
        said.setdefault(name, []).append(listed)
    return said


def _lists() -> Iterator[tuple[str, str]]:
    for title in (*TITLES.values(), *SORT_NAMES.values()):
        yield title, "searching.py"
    for name in indicator_names().values():
        yield name, "indicators.csv"
    issuers = {issuer for _, issuer in load_knowledge().symbols.issuers.values()}
    for word in sorted({*get_args(Measure), *get_args(DateRole), *get_args(DocumentType), *_DIMENSIONS, *_PER, *_ISSUERS, *issuers, *_OTHERS}):
        yield word.replace("_", " "), "lists"
    for problem in (*MISSING.values(), *WRONG.values(), NOTHING_HERE):
        yield problem, "problems.py"
    for status in _STATUSES:
        yield HTTPStatus(status).phrase, "problems.py"


def template() -> bytes:
    """messages.pot; the same messages give the same bytes."""
    catalog = Catalog(
        project="health-news-extractor", header_comment="# All words that pages say. A language's catalogue begins as a copy of this file."
    )
    for message, places in sorted(messages().items(), key=lambda item: str(item[0])):
        catalog.add(message, locations=[(place, None) for place in dict.fromkeys(places)])  # type: ignore[misc]
    stream = io.BytesIO()
    write_po(stream, catalog, omit_header=True, width=150)
    header = b'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n\n'
    return header + stream.getvalue()


if __name__ == "__main__":
    Path(str(_WEB / "catalogues" / "messages.pot")).write_bytes(template())

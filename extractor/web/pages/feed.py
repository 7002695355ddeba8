"""What's new as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Callable
from xml.etree import ElementTree as ET

from extractor.dataset.periods import days_of
from extractor.web.messages import catalogue_of
from extractor.web.naming import Names
from extractor.web.pages.rendering import shown
from extractor.web.views.news import NewsView
from extractor.web.views.records import Observation

_ATOM = "http://www.w3.org/2005/Atom"
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_EPOCH = "1970-01-01T00:00:00Z"


def atom(view: NewsView, *, names: Names, address_of: Callable[[str], str], self_address: str, page_address: str) -> bytes:
    """The feed; `address_of` gives the address of an observation's page. The same dataset gives the same bytes."""
    ET.register_namespace("", _ATOM)
    message = catalogue_of(names.language).gettext
    feed = ET.Element(f"{{{_ATOM}}}feed", {"{http://www.w3.org/XML/1998/namespace}lang": names.language})
    _add(feed, "title", message("Health figures in the news: what's new"))
    _add(feed, "id", "urn:health-news:news")
    _add(feed, "updated", _moment(max((one.first_published or "" for one in view.observations), default="")))
    _add(feed, "link", rel="self", href=self_address, type="application/atom+xml")
    _add(feed, "link", rel="alternate", href=page_address, type="text/html")
    author = _add(feed, "author")
    _add(author, "name", "health-news-extractor")
    for observation in view.observations:
        entry = _add(feed, "entry")
        _add(entry, "title", title_of(observation, names))
        _add(entry, "id", f"urn:health-news:observation:{observation.id}")
        _add(entry, "updated", _moment(observation.first_published or ""))
        _add(entry, "link", rel="alternate", href=address_of(observation.id), type="text/html")
        _add(entry, "category", term=observation.indicator, label=names.indicator(observation.indicator))
        told = message("{sources} sources, confidence {confidence}").format(
            sources=observation.sources, confidence=names.percent(observation.confidence)
        )
        _add(entry, "summary", f"{names.word(observation.kind)}. {told}")
    ET.indent(feed)
    written: str = ET.tostring(feed, encoding="unicode")
    return f'<?xml version="1.0" encoding="utf-8"?>\n{written}\n'.encode()


def title_of(observation: Observation, names: Names) -> str:
    """`Hospital beds, Lào Cai, 2025: 34 per 10,000 population`."""
    kind = f" ({names.word('target')})" if observation.kind == "target" else ""
    about = [names.indicator(observation.indicator), *(names.dimension(*one) for one in observation.dimensions)]
    where = observation.facility or names.place(observation.place)
    return f"{', '.join((*about, where, names.period(observation.period)))}{kind}: {names.value(observation.figure)}"


def _add(parent: ET.Element, tag: str, text: str | None = None, **attributes: str) -> ET.Element:
    element = ET.SubElement(parent, f"{{{_ATOM}}}{tag}", {name: shown(value) for name, value in attributes.items()})
    element.text = shown(text) if text is not None else None
    return element


def _moment(published: str) -> str:
    """A day as RFC 3339 has it; the last day of a month or year, where no more is known."""
    days = days_of(published)
    return f"{days.last}T00:00:00Z" if days and _DAY.fullmatch(days.last) else _EPOCH

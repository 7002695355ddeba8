"""An extraction as HTML, by spaCy's displaCy: the article with its facts underlined, in whichever direction its script runs.

>>> from extractor.pipeline import load
>>> "hospital_beds" in render(load().extract("Lào Cai has 2,862 hospital beds."))
True
"""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import pairwise
from typing import Any

from babel import Locale, UnknownLocaleError
from spacy import displacy
from spacy.displacy.templates import TPL_SPAN, TPL_SPAN_SLICE, TPL_SPAN_START

from extractor.schema import AnyFact, DateFact, Extraction, Resolution

_COLOURS = {"metric": "#8fd19e", "target": "#ffd54f", "date": "#81d4fa", "resolution": "#ce93d8"}
_MIRRORED = {"template": {"span": TPL_SPAN, "slice": TPL_SPAN_SLICE.replace("left", "right"), "start": TPL_SPAN_START.replace("left", "right")}}
"""A span that begins at its right: displaCy turns the page, but draws every span from its left."""
_LINE = re.compile(r"[^\n]+")


def render(extraction: Extraction, *, page: bool = False) -> str:
    """HTML of an article, a block a line, every fact underlined and named; a whole page if asked for.

    Of a spaCy Doc: `render(doc._.extraction)`. Words stand as in the text, whatever the tokens; all of them are escaped.
    """
    direction = _direction(extraction.article.language)
    settings = {"lang": extraction.article.language, "direction": direction}
    lines = [line for line in _LINE.finditer(extraction.article.text) if line.group().strip()]
    blocks = [{**_block(extraction, *line.span()), "settings": settings} for line in lines] or [{"tokens": [], "spans": [], "settings": settings}]
    options: dict[str, Any] = {"colors": {_label(fact): _COLOURS[fact.kind] for fact in extraction.facts}}
    if direction == "rtl":
        options |= _MIRRORED
    return displacy.render(blocks, style="span", manual=True, page=page, jupyter=False, options=options)


def _block(extraction: Extraction, start: int, end: int) -> dict[str, Any]:
    """A line for displaCy: cut at the borders of facts only, so that it puts no spaces into Chinese or Thai."""
    facts = [fact for fact in extraction.facts if fact.start < end and start < fact.end]
    borders = sorted({start, end, *(min(max(at, start), end) for fact in facts for at in (fact.start, fact.end))})
    pieces = [extraction.article.text[left:right] for left, right in pairwise(borders)]
    spans = [
        {
            "start_token": bisect_left(borders, max(fact.start, start)),
            "end_token": bisect_left(borders, min(fact.end, end)),
            "label": _label(fact),
        }
        for fact in facts
    ]
    return {"tokens": pieces, "spans": spans}


def _label(fact: AnyFact) -> str:
    """What a fact is, in ids of ours: displaCy does not escape labels."""
    if isinstance(fact, DateFact):
        return f"{fact.kind} {fact.role}"
    if isinstance(fact, Resolution):
        return f"{fact.kind} {fact.type}"
    return f"{fact.kind} {fact.indicator or ''}".rstrip()


def _direction(language: str) -> str:
    try:
        return "rtl" if Locale.parse(language).character_order == "right-to-left" else "ltr"
    except (UnknownLocaleError, ValueError):
        return "ltr"

"""An extraction in the terminal: the article with its facts coloured, and a table beneath."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from extractor.schema import AnyFact, DateFact, Extraction, Resolution

_STYLES = {"metric": "bold green", "target": "bold yellow", "date": "cyan", "resolution": "bold magenta"}
_FIRST_STRONG_ISOLATE, _POP_ISOLATE = "\u2068", "\u2069"


def print_extraction(console: Console, extraction: Extraction) -> None:
    """Article, then its facts one a row; right-to-left words are isolated so that columns stay in place."""
    text = Text(extraction.article.text)
    for fact in extraction.facts:
        text.stylize(_STYLES[fact.kind], fact.start, fact.end)
    console.print(text)
    table = Table("kind", "words", "value", "meaning", "place", "period", "confidence")
    for fact in extraction.facts:
        table.add_row(
            fact.kind, _isolated(fact.exact), _value(fact), _meaning(fact), *_where(fact), f"{fact.confidence:.2f}", style=_STYLES[fact.kind]
        )
    console.print(table)


def _isolated(words: str) -> str:
    return f"{_FIRST_STRONG_ISOLATE}{' '.join(words.split())}{_POP_ISOLATE}"


def _value(fact: AnyFact) -> str:
    if isinstance(fact, DateFact):
        return fact.value
    if isinstance(fact, Resolution):
        return fact.number or "-"
    value = f"{fact.value:g}" if abs(fact.value) < 1e6 else f"{fact.value:,.0f}"
    upper = f"-{fact.value_max:g}" if fact.value_max is not None else ""
    whole = f" of {fact.out_of:g}" if fact.out_of is not None else ""
    per = f" per {fact.per.count:g} {fact.per.of}" if fact.per else ""
    unit = "" if fact.unit == "1" else f" {fact.unit}"
    return f"{fact.comparator if fact.comparator != '=' else ''}{value}{upper}{whole}{unit}{per}"


def _meaning(fact: AnyFact) -> str:
    if isinstance(fact, DateFact):
        return fact.role
    if isinstance(fact, Resolution):
        return " ".join(part for part in (fact.type, fact.issuer, fact.date) if part)
    dimensions = " ".join(f"{k}={v}" for k, v in fact.dimensions.model_dump().items() if v is not None)
    measure = fact.measure if fact.measure != "level" else ""
    return " ".join(part for part in (fact.indicator or "-", measure, dimensions) if part)


def _where(fact: AnyFact) -> tuple[str, str]:
    """Place, with the facility beneath it, and period."""
    if isinstance(fact, DateFact):
        return "", ""
    if isinstance(fact, Resolution):
        return fact.jurisdiction or "", ""
    where = [fact.place, _isolated(fact.facility) if fact.facility else None]
    return "\n".join(part for part in where if part), fact.period or ""

"""Money words that several countries share: a bare `pesos` or `$` is the money of the article's country."""

from __future__ import annotations

import re
from functools import cache

from babel.numbers import get_territory_currencies

from extractor.knowledge_base import load_knowledge
from extractor.mentions import TermMention

_CODE = re.compile(r"[A-Z]{3}|[A-Z]{1,3}\$")


def currency_of(term: TermMention, country: str | None) -> str:
    """ISO 4217 code of a currency word; one that names its country (`US dollars`, `MXN`) keeps it."""
    own = home_currency(country)
    phrase = term.entry.phrase
    if own is None or own == term.value or " " in phrase or _CODE.fullmatch(phrase):
        return term.value
    shared = any(own in family and term.value in family for family in load_knowledge().currency_families)
    return own if shared else term.value


@cache
def home_currency(country: str | None) -> str | None:
    """The money in use in a country (CLDR), by ISO 3166-1 or 3166-2 code."""
    if country is None:
        return None
    codes = get_territory_currencies(country.partition("-")[0])
    return str(codes[-1]) if codes else None

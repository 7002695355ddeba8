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
    return own if _are_kin(own, term.value) else term.value


def share_a_name(sign: TermMention, name: TermMention) -> bool:
    """The sign before a figure and the word behind it are names of kindred money: 新台幣 (TWD) and 元 (CNY)."""
    return sign.value != name.value and _are_kin(sign.value, name.value)


def _are_kin(one: str, other: str) -> bool:
    return any(one in family and other in family for family in load_knowledge().currency_families)


@cache
def home_currency(country: str | None) -> str | None:
    """The money in use in a country (CLDR), by ISO 3166-1 or 3166-2 code."""
    if country is None:
        return None
    codes = get_territory_currencies(country.partition("-")[0])
    return str(codes[-1]) if codes else None

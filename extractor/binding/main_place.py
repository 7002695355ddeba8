"""The area that most of an article is about."""

from __future__ import annotations

from bisect import bisect_left

from extractor.binding.context import Context
from extractor.binding.features import NOTHING
from extractor.binding.ranker import Candidate
from extractor.gazetteer import capitals, enclosing

HOME = "VN"
"""News of Viet Nam is mostly of one province, that of other countries mostly of the country."""

Place = Candidate[str | None]


def main_place_candidates(context: Context) -> list[Place]:
    """Places that most of an article's figures may be about, by how often and where it names them."""
    datelines = {place.code for place in context.datelines} or {code for code in (context.press,) if code}
    named = context.named
    home = [code for code in named if context.country and code.startswith(f"{context.country}-") and not _part(code, context.province)]
    balance = f"{_some(named[context.province or ''])}:{_some(named[context.country or ''])}"
    share = round(4 * named[context.province or ""] / max(1, sum(named[code] for code in home)))
    lead = context.layout.sentence(context.title_end + 1)
    in_lead = {place.code for place in context.places_between(context.title_end, lead.end) if not context.is_dateline(place)}
    land = "home" if context.country == HOME else "elsewhere"
    begins = _beginnings(context)
    seat = "capital" if context.province in capitals() else "province"
    candidates: list[Place] = [Candidate(None, (NOTHING,))]
    for code in dict.fromkeys((*named, *datelines, *filter(None, (context.country, context.province)))):
        standing = who(context, code)
        features = (
            standing,
            f"{standing}:{context.focus}",
            f"{standing}:balance:{balance}",
            f"{standing}:kin:{min(5, len(home))}",
            f"{standing}:share:{share}:{min(3, len(home))}",
            f"{standing}:lead:{code in in_lead}:{context.scopes.between(context.title_end, lead.end)}",
            f"{standing}:nation:{context.scopes.nation_share}",
            f"{standing}:dateline:{'none' if not datelines else 'own' if code in datelines else 'other'}",
            f"{standing}:press:{'none' if context.press is None else 'own' if code == context.press else 'other'}:{'some' if named else 'no'}",
            f"{standing}:named:{_some(named[code])}",
            f"{standing}:{seat}",
            f"{standing}:{seat}:{context.focus}",
            f"{standing}:{seat}:named:{_some(named[context.province or ''])}",
            f"{standing}:begins:{begins.get(code, 'never')}",
            f"{standing}:begins:{begins.get(code, 'never')}:{land}",
        )
        candidates.append(Candidate(code, features))
    return candidates


def _beginnings(context: Context) -> dict[str, int]:
    """How many of the article's figures stand before each place is named first, in quarters; words for the nation name its country."""
    first = {place.code: place.start for place in reversed(context.places) if not context.is_dateline(place)}
    nation = context.scopes.first("nation")
    if context.country is not None and nation is not None:
        first[context.country] = min(nation, first.get(context.country, nation))
    figures = max(1, len(context.quantities))
    return {code: 4 * bisect_left(context.number_starts, start) // figures for code, start in first.items()}


def _part(code: str, province: str | None) -> bool:
    """A part of the province is named for it, not beside it: Parma in news of Emilia-Romagna."""
    return province is not None and enclosing(code) == province


def _some(count: int) -> int:
    """0 1 2 3, 4 to 6, more."""
    return count if count <= 3 else 4 if count <= 6 else 5


def who(context: Context, code: str) -> str:
    """Whether a place is a country or a part of one, and the article's main one, another of its country, or abroad."""
    level = "sub" if "-" in code else "country"
    main = "main" if code in (context.province, context.country) else "home" if context.country and code.startswith(context.country) else "abroad"
    return f"{level}:{main}"

"""Who issued a document, by the words around it."""

from __future__ import annotations

from bisect import bisect_left

from extractor.page import Page

_COMMAS = (",", "、", "，", "،", ";", "；")
_ISSUER_AHEAD = 4
"""Characters between an issuer and the type word behind it, at most."""


def issuer_in(page: Page, left: int, right: int) -> str | None:
    """The first issuer between two offsets."""
    term = next(page.terms_from("issuer", left), None)
    return term.value if term is not None and term.end <= right else None


def issuer_ahead(page: Page, at: int, reach: int = _ISSUER_AHEAD) -> str | None:
    """The issuer right before a type word: `Politburo's` Resolution 57, 정치국의 결의."""
    terms = page.by_kind.get("issuer", [])
    behind = bisect_left(terms, at, key=lambda term: term.start)
    near = terms[max(0, behind - 3) : behind]
    return next((term.value for term in near if 0 <= at - term.end <= reach), None)


def issuer_right_ahead(page: Page, at: int) -> str | None:
    """The issuer with a space at most before a type word, the next document's behind it: `정치국` 결의 72호와 정부 결의 282."""
    return issuer_ahead(page, at, 1) if page.reading.folded[at - 1 : at] not in _COMMAS else None


def issuer_end(page: Page, left: int, right: int, issuer: str | None) -> int | None:
    """End of an issuer between two offsets."""
    for term in page.terms_from("issuer", left):
        if term.end > right:
            return None
        if term.value == issuer:
            return term.end
    return None


def lawmaker(kind: str) -> str | None:
    """Who issues laws and decrees that are called by a name."""
    return {"law": "national_assembly", "decree": "government"}.get(kind)

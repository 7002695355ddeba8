"""Whether a date is no part of a longer number or word, and the kinds of terms that a figure beside them counts."""

from __future__ import annotations

import re

from extractor.components.date_templates import UNSPACED

NOUNS = ("indicator", "counted", "unit", "currency", "percent", "classifier", "scale")
COUNTED = (*NOUNS, "concept", "disease")
"""Kinds of terms that a figure right before them counts; a concept may be a verb: `martes 5 murieron`."""
_YEAR_AND_MORE = re.compile(r"(?:19|20)\d\d\D")
_WHOLE_DATE = re.compile(r"\d{1,2}(?:([/.-])\d{1,2}\1|\.? (?:[^\W\d_]{2} )?[^\W\d_]{3,}\.? (?:[^\W\d_]{2} )?)(?:19|20)\d\d$")
"""What is a date beyond doubt, also where a page glues it to the words around: `Nhân Dân06/09/2023`, `ngày 26/6/2022là`, `8 Julai 2024Tiada`."""
_YEAR = len("2024")


def stands_alone(folded: str, start: int, end: int) -> bool:
    """Not a part of a longer number or word."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if folded[start].isdigit():
        grouped = before == "," and (end - start <= _YEAR or not _YEAR_AND_MORE.match(folded, start, end))  # 10:15，2024年8月8日
        if before.isdigit() or ((grouped or before in (".", "/", "-", ":")) and start > 1 and folded[start - 2].isdigit()):
            return False  # 08:15 - 21/03/2024: minutes are no day
        clitic = _is_clitic(folded, start - 1) and not folded[start - 2 : start - 1].isalpha()
        if before.isalpha() and not UNSPACED.match(before) and not clitic and not _WHOLE_DATE.fullmatch(folded, start, end):
            return False
    elif before.isalpha() and not UNSPACED.match(before) and not UNSPACED.match(folded[start]) and not _is_clitic(folded, start):
        return False
    if folded[end - 1].isdigit():
        if after.isdigit() or after == "%" or (after in (".", ",", "/") and folded[end + 1 : end + 2].isdigit()):
            return False
        glued = after.isalpha() and not UNSPACED.match(after) and not _is_clitic(folded, end)
        return not glued or _WHOLE_DATE.search(folded, start, end) is not None
    return not (after.isalpha() and not UNSPACED.match(after) and not UNSPACED.match(folded[end - 1]))


def _is_clitic(folded: str, start: int) -> bool:
    """One or two letters written onto a word, as in Arabic; checked against the pack before."""
    return "\u0600" <= folded[start] <= "\u06ff"

"""Days of the lunar calendar: the third day of Tet, 음력 1월 3일. They are no dates of the year in figures, and count nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.components.date_templates import UNSPACED, alternatives
from extractor.components.date_words import DateWords
from extractor.mentions import Span
from extractor.packs import LanguagePack

_NUMBER = r"(?<!\d)(?<!\d[.,])(?P<day>\d{1,2}|[一二三四五六七八九十]{1,3})(?![.,]?\d)"
_ORDINAL = r"(?:[-.]?[^\W\d_]{1,2}(?![^\W\d_])|[.º°ª])? ?"
"""Behind its figure: 3`rd`, 3`-й`, 3`.`"""


class LunarDays:
    """Finds them in one language."""

    def __init__(self, pack: LanguagePack, words: DateWords) -> None:
        behind = alternatives(words.folded(pack.pack.dates.lunar_behind))
        followers = words.folded(pack.pack.dates.lunar_followers)
        whole = "" if all(UNSPACED.match(word) for word in followers) else r"(?![^\W\d_])"
        self._before = re.compile(rf"(?:{behind}) ?{_NUMBER}") if behind else None
        self._after = re.compile(rf"{_NUMBER}{_ORDINAL}(?:{alternatives(followers)}){whole}") if followers else None

    def find(self, folded: str) -> Iterator[Span]:
        """The figure of each: behind the words may stand the same day in the usual calendar, `mùng 5 Tết (14-2)`."""
        for pattern in (self._before, self._after):
            if pattern is not None:
                yield from (Span(*match.span("day")) for match in pattern.finditer(folded))

"""The day and month of a day with a name: `Hari Dokter Vietnam` 27-2, `Hari AIDS Sedunia` (1.12)."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator

from extractor.components.date_templates import alternatives
from extractor.mentions import DateMention
from extractor.packs import LanguagePack
from extractor.page import Page

_LEAP_YEAR, _MONTHS = 2024, 12
_NAME = r"(?P<name>[^\d\n.;:!?()]{0,60}?)"
_DAY_AND_MONTH = r"(?: |(?P<bracket> ?\())(?P<day>(?P<d>\d{1,2})(?P<mark>[-./])(?P<m>\d{1,2}))(?! ?%|\d| ?[-–.,/]\d)"


class NamedDays:
    """Finds them by the words of a pack with which such names begin."""

    def __init__(self, pack: LanguagePack) -> None:
        words = alternatives(pack.pack.dates.named_days)
        self._day = re.compile(rf"(?<![^\W_])(?:{words}){_NAME}{_DAY_AND_MONTH}" if words else r"(?!)")

    def find(self, page: Page) -> Iterator[DateMention]:
        """All of them, in order, as days without a year; the words are looked for as they are written."""
        for match in self._day.finditer(page.reading.text):
            day, month = int(match["d"]), int(match["m"])
            exists = 1 <= month <= _MONTHS and 1 <= day <= monthrange(_LEAP_YEAR, month)[1]
            if exists and _is_date(match, day):
                yield DateMention(*match.span("day"), f"XXXX-{month:02d}-{day:02d}", "period", "named day")


def _is_date(match: re.Match[str], day: int) -> bool:
    """Whether the two figures are no range and no decimal: `Hari rawat rata-rata 5-7`, `(6.5)`."""
    named = not match["name"].lstrip()[:1].islower()
    if match["mark"] == ".":
        return named and match["bracket"] is not None
    return named or day > _MONTHS

"""Days of the week beside a day of the year: they tell of which year it is."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from datetime import date
from functools import cache

from babel import Locale, UnknownLocaleError

from extractor.mentions import DateMention
from extractor.packs import LanguagePack
from extractor.reading import fold

_BEFORE, _AFTER = 4, 3
"""Characters between the name of a weekday and its date, at most: `Rabu, 12 Mac`, `Rabu (12/3)`, `12月18日（木）`."""
_LONGEST = 16
_NO_YEAR = "XXXX-"
_DAY = len("XXXX-03-12")


class Weekdays:
    """The names of the days of the week in one language."""

    def __init__(self, pack: LanguagePack) -> None:
        names = weekday_names(pack)
        words = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
        self._numbers = names
        self._before = re.compile(rf"(?<![^\W\d_])({words})[ ,.(]{{1,{_BEFORE}}}$" if names else r"(?!)")
        self._within = re.compile(rf"({words})[ ,.(]" if names else r"(?!)")
        self._after = re.compile(rf"[ ,(]{{1,{_AFTER}}}({words})(?![^\W\d_])" if names else r"(?!)")

    def beside(self, folded: str, mention: DateMention) -> int | None:
        """The weekday of a day, Monday 0, where the text names it right beside."""
        before = self._before.search(folded, max(0, mention.start - _LONGEST), mention.start)
        hit = before or self._within.match(folded, mention.start, mention.end) or self._after.match(folded, mention.end)
        return self._numbers[hit.group(1)] if hit else None


def agreeing(dates: Sequence[DateMention], years: Sequence[int]) -> list[int]:
    """Of some years those in which most days without a year fall on the weekdays that the text gives them; none where it gives none."""
    agree = Counter(year for mention in dates for year in years if falls_on_its_weekday(mention, year))
    most = max(agree.values(), default=0)
    return [year for year in years if agree[year] == most] if most else []


def falls_on_its_weekday(mention: DateMention, year: int) -> bool:
    """Whether a day without a year is in some year on the weekday that the text names beside it."""
    if mention.weekday is None or not mention.value.startswith(_NO_YEAR) or len(mention.value) < _DAY:
        return False
    try:
        return date(year, int(mention.value[5:7]), int(mention.value[8:10])).weekday() == mention.weekday
    except ValueError:
        return False


def weekday_names(pack: LanguagePack) -> dict[str, int]:
    """Folded names of weekdays in a language, Monday 0."""
    return {fold(name, fold_marks=pack.pack.fold_marks): number for name, number in _weekday_names(pack.pack.locale or pack.code).items()}


@cache
def _weekday_names(locale: str) -> dict[str, int]:
    """Names of weekdays of a locale, Monday 0 (CLDR by Babel); the short ones only where they are not letters: 水."""
    try:
        days = Locale.parse(locale).days
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for number, name in days[context]["wide"].items():
            names.setdefault(name, number)
        for number, name in days[context]["abbreviated"].items():
            if len(name) == 1:
                names.setdefault(name, number)
    return names

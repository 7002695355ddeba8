"""From the slots of a date's template to its value: days, months and years of any calendar, as EDTF."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date as Day
from datetime import timedelta

from babel import Locale, UnknownLocaleError
from convertdate import persian
from hijridate import Hijri

from extractor.packs import LanguagePack
from extractor.reading import fold

_FIRST_YEAR, _LAST_YEAR = 1850, 2150
_THIS_CENTURY, _THIS_BUDDHIST_CENTURY = 2000, 2500 - 543
"""Thai papers write 18 เม.ย. 68 for 18 April 2568, which is 2025."""
_LAST_SHORT_YEAR = 39
"""Up to it two digits are a year of this century: 3/4/85 is of the last one."""
_REPUBLIC = 1911
"""Year before the first of the Republic of China's calendar."""
_WEEKS = 53
_LAST = -1
"""An ordinal for the last quarter or half, whichever that is."""
_NO_CENTURY, _NO_YEAR, _DAY_OF_A_MONTH = "XX", "XXXX", "XXXX-XX-"
_MID_MONTH, _COMMON_YEAR, _LEAP_YEAR = 15, 2023, 2024
_FISCAL_PARTS = {"fiscal_months": ("n", 12, 1), "fiscal_half": ("h", 2, 6), "fiscal_quarter": ("q", 4, 3)}
"""Family of templates → the slot that counts the parts, how many there are at most, and the months of each."""
HAN = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day, month or year; None where the text does not say."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def edtf(self) -> str | None:
        """`2024-02-27`, `2024-02`, `2024`, `XXXX-07-10`; None for a day that does not exist."""
        if self.year is not None and not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            return None
        year = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.month is None:
            return year if self.year is not None else None
        if self.day is None:
            return f"{year}-{self.month:02d}"
        if self.day > monthrange(self.year or 2024, self.month)[1]:
            return None
        return f"{year}-{self.month:02d}-{self.day:02d}"


class Values:
    """What a language's words for months, counts and eras make of the slots of a template."""

    def __init__(self, pack: LanguagePack) -> None:
        self._rules = pack.pack.dates
        self._fold_marks = pack.pack.fold_marks
        self.months, self._calendars = self._month_names(pack)
        self.small_months = all(name[:1].islower() for name in _cldr_months(pack.pack.locale or pack.code)) if pack.pack.countries else False
        """Whether the language writes its months small."""
        self.numbers = {self._fold(k): v for k, v in {**self._rules.ordinals, **self._rules.counts}.items()}
        self.first_days = frozenset(map(self._fold, self._rules.first_days))
        self.eras = {self._fold(k): v for k, v in self._rules.eras.items()}
        self.era_years = {self._fold(k): v for k, v in self._rules.era_years.items()}

    def _fold(self, text: str) -> str:
        return fold(text, fold_marks=self._fold_marks)

    def _month_names(self, pack: LanguagePack) -> tuple[dict[str, int], dict[str, str]]:
        """Folded month name → number, and → calendar where that is not Gregorian."""
        names: dict[str, int] = {}
        for name, number in _cldr_months(pack.pack.locale or pack.code).items():
            names.setdefault(self._fold(name), number)
        names.update({self._fold(name): number for name, number in self._rules.month_names.items()})
        calendars: dict[str, str] = {}
        for calendar, months in (("hijri", self._rules.hijri_months), ("persian", self._rules.solar_hijri_months)):
            for name, number in months.items():
                names[self._fold(name)] = number
                calendars[self._fold(name)] = calendar
        return names, calendars

    def of(self, family: str, slots: Mapping[str, str | None]) -> str | None:
        """The EDTF of a date by its slots in their order; `XX24` where the text leaves its century to the reader."""
        if slots.get("sy") is not None:
            return self._of_short_year(family, slots)
        year = self._year(slots)
        if family == "date":
            return self._date_value(slots, year)
        if family == "day":
            day = to_int(slots.get("d"))
            return f"XXXX-XX-{day:02d}" if day else None
        if family == "day_span":
            first, last = self._day(slots.get("d")), self._day(slots.get("d2"))
            return f"XXXX-XX-{first:02d}/XXXX-XX-{last:02d}" if first and last and first < last else None
        if family == "decade":
            decade = int(slots["decade"] or 0)
            return f"{decade}/{decade + 9}"
        if family == "fiscal":
            return f"{year + self._rules.fiscal_starts}/{year + self._rules.fiscal_starts + 1}" if year is not None else None
        if family == "school":
            return f"{year}/{year + 1}" if year is not None else None
        prefix = "XXXX" if year is None else str(year)
        if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
            return None
        if family in _FISCAL_PARTS:
            return self._of_fiscal_year(family, slots, year)
        if family == "months_to":
            return self._months_to(slots, year)
        if family == "quarter":
            quarter, last = self._count(slots.get("q"), 4), self._count(slots.get("q2") or slots.get("q"), 4)
            return f"{prefix}-{3 * quarter - 2:02d}/{prefix}-{3 * last:02d}" if quarter and last and quarter <= last else None
        if family == "half":
            half = self._count(slots.get("h"), 2)
            return f"{prefix}-{6 * half - 5:02d}/{prefix}-{6 * half:02d}" if half else None
        if family == "half_month":
            return self._of_half_month(slots, year)
        if family == "third":
            third = self._count(slots.get("q"), 3)
            return f"{prefix}-{4 * third - 3:02d}/{prefix}-{4 * third:02d}" if third else None
        if family == "first_quarters":
            quarters = self._count(slots.get("n"), 4) or 0
            return f"{prefix}-01/{prefix}-{3 * quarters:02d}" if quarters > 1 else None
        if family == "first_weeks":
            return self._first_weeks(slots, prefix)
        if family == "week":
            week = self._count(slots.get("n"), _WEEKS)
            return f"{prefix}-W{week:02d}" if week else None
        months = self._count(slots.get("n"), 12)
        if months is None or months == 1:  # a month alone has a name; `以前一个月` is `a month, before`, `ersten Monaten 2025` says not how many
            return None
        if months == 12:
            return prefix
        return f"{prefix}-01/{prefix}-{months:02d}" if family in ("first_months", "frame") else f"{prefix}-{13 - months:02d}/{prefix}-12"

    def _first_weeks(self, slots: Mapping[str, str | None], prefix: str) -> str | None:
        """So many times seven days from new year on, or from the first of a month."""
        weeks, month = self._count(slots.get("n"), _WEEKS), self._month(slots, "")
        first = Day(int(prefix) if prefix.isdigit() else _COMMON_YEAR, month or 1, 1)
        last = first + timedelta(days=7 * (weeks or 0) - 1)
        if not weeks or weeks == 1 or last.year != first.year or (month is not None and last.month != month):
            return None
        return "/".join(f"{prefix}-{day:%m-%d}" for day in (first, last))

    def _of_half_month(self, slots: Mapping[str, str | None], year: int | None) -> str | None:
        """Days 1 to 15 of a month, or from 16 to its last."""
        half, month = self._count(slots.get("h"), 2), self._month(slots, "")
        if not half or month is None:
            return None
        days = (1, _MID_MONTH) if half == 1 else (_MID_MONTH + 1, monthrange(year or _COMMON_YEAR, month)[1])
        return "/".join(f"{'XXXX' if year is None else year}-{month:02d}-{day:02d}" for day in days)

    def _of_short_year(self, family: str, slots: Mapping[str, str | None]) -> str | None:
        century = _THIS_BUDDHIST_CENTURY if self._rules.buddhist_years else _THIS_CENTURY
        short = int(slots["sy"] or 0)
        certain = self._rules.buddhist_years or next(iter(slots)) == "d"  # 25/10/21 is a day beyond doubt, unlike 24年3月5日
        if certain and not self._rules.buddhist_years and short > _LAST_SHORT_YEAR:
            century -= 100
        last = {} if slots.get("sy2") is None else {"sy2": None, "y2": str(century + int(slots["sy2"] or 0))}
        value = self.of(family, {**slots, "sy": None, "y": str(century + short), **last})
        return value if value is None or certain else f"XX{value[2:]}"

    def _months_to(self, slots: Mapping[str, str | None], year: int | None) -> str | None:
        """So many months that end with one: the three months to June 2025 are 2025-04/2025-06."""
        months, last = self._count(slots.get("n"), 12), self._month(slots, "")
        if not months or last is None or year is None:
            return None
        years, first = divmod(last - months, 12)
        return f"{year + years}-{first + 1:02d}/{year}-{last:02d}"

    def _of_fiscal_year(self, family: str, slots: Mapping[str, str | None], year: int | None) -> str | None:
        """Months, a half or a quarter of a fiscal year: nine months of the Thai one of 2025 are 2024-10/2025-06.

        Without a year both ends lack it; where the span passes new year the first is of the year before: `XXXX-10/XXXX-06`.
        """
        slot, highest, months = _FISCAL_PARTS[family]
        count = self._count(slots.get(slot), highest)
        if not count:
            return None
        first, last = 0 if slot == "n" else months * (count - 1), months * count - 1
        begins = self._rules.fiscal_month - 1
        ends = [divmod(begins + month, 12) for month in (first, last)]
        edges = [f"{'XXXX' if year is None else year + self._rules.fiscal_starts + years}-{month + 1:02d}" for years, month in ends]
        return "/".join(dict.fromkeys(edges))

    def _count(self, text: str | None, highest: int) -> int | None:
        if text is None:
            return None
        roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
        number = self.numbers.get(text) or roman.get(text) or to_int(text)
        if number == _LAST:
            return highest
        return number if number and 1 <= number <= highest else None

    def _year(self, slots: Mapping[str, str | None], second: str = "") -> int | None:
        if not second and slots.get("era") is not None:
            era_year = slots.get("ey") or ""
            number = self.era_years.get(era_year) or to_int(era_year)
            return self.eras[slots["era"] or ""] + number if number else None
        republic, text = slots.get(f"roc{second}"), slots.get(f"y{second}")
        if republic is not None:
            return _REPUBLIC + int(republic)
        if text is None:
            short = slots.get(f"sy{second}") if self._rules.buddhist_years else None
            return _THIS_BUDDHIST_CENTURY + int(short) if short else None
        year = to_int(text)
        if year is not None and self._rules.buddhist_years and 2400 <= year <= 2700:
            return year - 543
        return year

    def _date_value(self, slots: Mapping[str, str | None], year: int | None) -> str | None:
        month, month2 = self._month(slots, ""), self._month(slots, "2")
        day, day2 = self._day(slots.get("d")), self._day(slots.get("d2"))
        calendar = self._calendars.get(slots.get("M") or "", "")
        if calendar or (year is not None and 1300 <= year <= 1500):
            return _from_calendar(calendar or "hijri", year, month, day) if month or calendar else None
        year2 = self._year(slots, "2")
        if slots.get("yy") is not None and year is not None:
            year2 = year - year % 100 + int(slots["yy"] or 0)
            if not year < year2 <= year + 10:
                return None
        if year is not None and year2 is not None and year2 < year:
            return None
        if year2 is None and _ends_with_its_year(slots):
            year, year2 = None, year
        return _interval(_Moment(year, month, day), _Moment(year2, month2, day2))

    def _day(self, text: str | None) -> int | None:
        return 1 if text in self.first_days else to_int(text)

    def _month(self, slots: Mapping[str, str | None], number: str) -> int | None:
        name = slots.get(f"M{number}")
        return self.months[name] if name is not None else to_int(slots.get(f"m{number}"))


def _interval(first: _Moment, last: _Moment) -> str | None:
    """One moment, or an interval whose ends lend each other what they lack."""
    if last == _Moment(None):
        return first.edtf()
    if last.year is None:
        last = replace(last, year=_beside(first.year, 1 if _passes_new_year(first, last) else 0))
    if first.year is None:
        first = replace(first, year=_beside(last.year, -1 if _passes_new_year(first, last) else 0))
    if first.month is not None and last.month is None and last.day is not None:
        last = replace(last, month=first.month)
    elif first.month is None and first.day is not None:
        first = replace(first, month=last.month)
    if first.month is None and last.month is not None and first.day is None and first.year == last.year:
        return None
    begin, end = first.edtf(), last.edtf()
    if begin is None or end is None:
        return None
    return begin if begin == end else f"{begin}/{end}" if begin < end else None


def span_between(first: str, last: str) -> str | None:
    """The span from one date to another, each as precise as it is written; None where the second does not end behind the first, or in its year,
    or a century is not certain.

    >>> span_between("2021", "2022-06"), span_between("XXXX-07-31", "2023-08-06")
    ('2021/2022-06', '2023-07-31/2023-08-06')
    >>> span_between("XXXX-XX-18", "2022-06-24"), span_between("2023", "2023-06"), span_between("XXXX-02-29", "2023-03-05")
    ('2022-06-18/2022-06-24', None, None)
    >>> span_between("XXXX-06-18", "XXXX-XX-24")
    'XXXX-06-18/XXXX-06-24'
    >>> span_between("XX24-03-05", "XX24-06-07"), span_between("XX24-03", "XXXX-06")
    (None, None)
    """
    if any(date.startswith(_NO_CENTURY) and not date.startswith(_NO_YEAR) for date in (first, last)):
        return None
    if len(first) == len(last) and first.startswith(_DAY_OF_A_MONTH) != last.startswith(_DAY_OF_A_MONTH):
        month = (last if first.startswith(_DAY_OF_A_MONTH) else first)[: -len("18")]
        first, last = (month + day[-len("18") :] for day in (first, last))
    if first.startswith(_NO_YEAR) != last.startswith(_NO_YEAR):
        known, months = (last, first) if first.startswith(_NO_YEAR) else (first, last)
        if len(known) == len(_NO_YEAR):
            return None
        passes = first[len(_NO_YEAR) :] > last[len(_NO_YEAR) :]
        year = int(known[: len(_NO_YEAR)]) + (passes if months is last else -passes)
        first, last = (first, f"{year}{last[len(_NO_YEAR) :]}") if months is last else (f"{year}{first[len(_NO_YEAR) :]}", last)
    shorter = min(len(first), len(last))
    exist = all(_exists(day) for day in (first, last))
    return f"{first}/{last}" if first[:shorter] < last[:shorter] and exist else None


def _exists(date: str) -> bool:
    """Whether a day lies within its month; months and years do, and a day without its month."""
    if len(date) != len("2024-02-29") or date.startswith(_DAY_OF_A_MONTH):
        return True
    year, month, day = date.split("-")
    return int(day) <= monthrange(_LEAP_YEAR if year == _NO_YEAR else int(year), int(month))[1]


def _ends_with_its_year(slots: Mapping[str, str | None]) -> bool:
    """The one year of a span stands behind its second month, and is that month's."""
    written = [slot for slot, value in slots.items() if value]
    second = next((at for at, slot in enumerate(written) if slot in ("M2", "m2")), None)
    return second is not None and "y" in written[second:]


def _passes_new_year(first: _Moment, last: _Moment) -> bool:
    """From a later month to an earlier one: `Oktober bis Februar 2017`."""
    return first.month is not None and last.month is not None and first.month > last.month


def _beside(year: int | None, years: int) -> int | None:
    return None if year is None else year + years


def _from_calendar(calendar: str, year: int | None, month: int | None, day: int | None) -> str | None:
    """Gregorian EDTF of a date in the Hijri (Umm al-Qura) or Solar Hijri calendar; None without a year."""
    if year is None or month is None:
        return None
    try:
        if calendar == "persian":
            y, m, d = persian.to_gregorian(year, month, day or 1)
            return f"{y:04d}-{m:02d}-{d:02d}" if day else f"{y:04d}-{m:02d}"
        date = Hijri(year, month, day or 1).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date.isoformat() if day else date.strftime("%Y-%m")


def hijri_year(year: int) -> str:
    """1446 AH → 2024/2025: a Hijri year spans two Gregorian ones."""
    first = Hijri(year, 1, 1).to_gregorian().year
    return f"{first}/{Hijri(year, 12, 29).to_gregorian().year}"


def _cldr_months(locale: str) -> dict[str, int]:
    """Gregorian month names of a locale: wide and abbreviated, in running text and alone (CLDR by Babel)."""
    try:
        months = Locale.parse(locale).months
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                bare = name.rstrip(".")
                if not bare.isdigit() and not re.search(r"\d", bare):
                    names.setdefault(bare, number)
                    names.setdefault(name, number)
    return names


def to_int(text: str | None) -> int | None:
    """Digits or han numerals up to 99, or four han digits of a year."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, units = text.partition("十")
        return 10 * HAN.get(tens, 1) + (HAN.get(units, 0) if units else 0)
    return int("".join(str(HAN[c]) for c in text)) if all(c in HAN for c in text) else None

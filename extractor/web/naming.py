"""What ids, codes, values and periods are called in the reader's language.

Words of our own lists are in the catalogues; countries, languages, currencies, units and dates are CLDR's, areas ISO 3166-2's.
"""

from __future__ import annotations

import csv
from collections.abc import Callable
from functools import cache, lru_cache
from importlib import resources

from babel import Locale
from babel.dates import format_skeleton
from babel.numbers import format_decimal
from babel.units import format_unit

from extractor.dataset.areas import is_area
from extractor.dataset.periods import DATE, days_of
from extractor.dataset.publishing.places import place_of
from extractor.web.messages import catalogue_of
from extractor.web.views.records import Figure

_UNITS = {
    "a": "duration-year",
    "mo": "duration-month",
    "wk": "duration-week",
    "d": "duration-day",
    "h": "duration-hour",
    "min": "duration-minute",
    "kg": "mass-kilogram",
    "g": "mass-gram",
    "t": "mass-tonne",
    "L": "volume-liter",
    "mL": "volume-milliliter",
    "km": "length-kilometer",
    "m": "length-meter",
    "cm": "length-centimeter",
    "km2": "area-square-kilometer",
    "m2": "area-square-meter",
    "har": "area-hectare",
}
"""UCUM → CLDR."""
_COMPARATORS = {"=": "", ">": "> ", ">=": "≥ ", "<": "< ", "<=": "≤ ", "~": "≈ "}
_INTERNATIONAL = ("INT", "EU")


@cache
def names_in(language: str) -> Names:
    """The names that a language has for things."""
    return Names(language)


class Names:
    """Each method takes an id or code and gives words; what is not known stands as it is."""

    def __init__(self, language: str) -> None:
        self.language = language
        self._locale = Locale.parse(language)
        self._message: Callable[[str], str] = catalogue_of(language).gettext

    def indicator(self, identity: str) -> str:
        """
        >>> names_in("vi").indicator("hospital_beds"), names_in("en").indicator("unheard_of")
        ('Giường bệnh', 'unheard of')
        """
        name = indicator_names().get(identity)
        return self._message(name) if name else identity.replace("_", " ")

    def disease(self, identity: str) -> str:
        return self.indicator(f"disease:{identity}") if f"disease:{identity}" in indicator_names() else identity.replace("_", " ")

    def word(self, identity: str) -> str:
        """A word of a closed list: kind, measure, issuer, type, role, denominator.

        >>> names_in("vi").word("ministry_of_health"), names_in("en").word("who")
        ('Bộ Y tế', 'WHO')
        """
        words = identity.replace("_", " ")
        return self._message(words) if words else ""

    def kind(self, kind: str) -> str:
        """Of a fact or a hit: decrees and laws are `resolution` too, so that such a fact is called a document.

        >>> names_in("en").kind("target"), names_in("en").kind("resolution")
        ('target', 'document')
        """
        return self.word("document" if kind == "resolution" else kind)

    def place(self, code: str) -> str:
        """
        >>> names_in("en").place("VN-02"), names_in("vi").place("TH"), names_in("en").place("INT")
        ('Lào Cai', 'Thái Lan', 'international')
        """
        if code in _INTERNATIONAL:
            return self.word(code)
        if not is_area(code):
            return code
        if "-" not in code:
            return str(self._locale.territories.get(code) or place_of(code).name or code)
        return _provinces().get(code, ("", ""))[0] or place_of(code).name or code

    def place_with_country(self, code: str) -> str:
        """`Lào Cai, Viet Nam`."""
        return f"{self.place(code)}, {self.place(code[:2])}" if is_area(code) and "-" in code else self.place(code)

    def merged(self, code: str) -> str | None:
        """The province that one of Viet Nam's is part of since July 2025, where it goes by another name."""
        before, since = _provinces().get(code, ("", ""))
        return since if since and since != before else None

    def article_language(self, code: str) -> str:
        """
        >>> names_in("vi").article_language("ar"), names_in("en").article_language("und")
        ('Tiếng Ả Rập', 'unknown language')
        """
        if code == "und":
            return self._message("unknown language")
        name = str(self._locale.languages.get(code) or code)
        return name[:1].upper() + name[1:]

    def number(self, value: float) -> str:
        return _decimal(value, self.language)

    def rounded(self, value: float) -> str:
        """To four digits that tell.

        >>> names_in("en").rounded(95.348837), names_in("vi").rounded(95.348837)
        ('95.35', '95,35')
        """
        return self.number(float(f"{value:.4g}"))

    def percent(self, share: float) -> str:
        """A confidence: never shown as more certain than it is.

        >>> names_in("en").percent(0.9996), names_in("en").percent(0.5)
        ('99 %', '50 %')
        """
        return f"{min(99, round(100 * share))} %"

    def value(self, figure: Figure) -> str:
        """A value with its sign, range, whole, unit and denominator.

        >>> names_in("en").value(Figure(33.6, None, None, ">=", "1", 10000.0, "population", "level"))
        '≥ 33.6 per 10,000 population'
        """
        return " ".join(part for part in (self.amount(figure), self.per(figure.per_count, figure.per_of)) if part)

    def amount(self, figure: Figure) -> str:
        """A value without its denominator."""
        sign = "+" if figure.measure == "change" and figure.value > 0 and figure.comparator == "=" else ""
        upper = f"–{self.number(figure.value_max)}" if figure.value_max is not None else ""
        number = f"{_COMPARATORS.get(figure.comparator, '')}{sign}{self.number(figure.value)}{upper}"
        if figure.out_of is not None:
            number = self._message("{value} of {whole}").format(value=number, whole=self.number(figure.out_of))
        return self._with_unit(number, figure)

    def unit(self, unit: str) -> str:
        """What a unit is called beside no number: on an axis or in a list.

        >>> names_in("en").unit("a"), names_in("en").unit("VND"), names_in("en").unit("1")
        ('years', 'VND', '')
        """
        if unit == "1":
            return ""
        return " ".join(format_unit(2, _UNITS[unit], "long", locale=self._locale).replace("2", "").split()) if unit in _UNITS else unit

    def per(self, count: float | None, of: str | None) -> str:
        """
        >>> names_in("en").per(10000.0, "population"), names_in("vi").per(1.0, "person"), names_in("en").per(None, None)
        ('per 10,000 population', 'mỗi người', '')
        """
        if of is None:
            return ""
        if count is None or count == 1:
            return self._message("per {what}").format(what=self.word(of))
        return self._message("per {count} {what}").format(count=self.number(count), what=self.word(of))

    def dimension(self, name: str, value: str) -> str:
        """
        >>> names_in("en").dimension("age", "<5"), names_in("vi").dimension("sex", "female")
        ('age under 5', 'nữ')
        """
        if name == "disease":
            return self.disease(value)
        if name != "age":
            return self.word(value)
        if value.startswith("<"):
            return self._message("age under {years}").format(years=value[1:])
        if value.endswith("+"):
            return self._message("age {years} and over").format(years=value[:-1])
        return self._message("age {years}").format(years=value.replace("-", "–"))

    def period(self, period: str) -> str:
        """
        >>> [names_in("en").period(one) for one in ("2024", "2024-10", "2025-01/2025-06", "2021/2025", "2025-03-14", "2024-07/..")]
        ['2024', 'Oct 2024', 'Jan–Jun 2025', '2021–2025', 'Mar 14, 2025', 'since Jul 2024']
        >>> [names_in("vi").period(one) for one in ("2024-10", "2025-01/2025-06", "2025-03-14")]
        ['10/2024', '1/2025–6/2025', '14/3/2025']
        """
        begins, slash, ends = period.partition("/")
        if not slash:
            return self._one_period(begins)
        if ends in ("..", ""):
            return self._message("since {when}").format(when=self._one_period(begins))
        if begins in ("..", ""):
            return self._message("until {when}").format(when=self._one_period(ends))
        first, last = self._one_period(begins), self._one_period(ends)
        year = begins[:4]
        if len(begins) == len(ends) == 7 and ends.startswith(year) and DATE.fullmatch(begins) and first.endswith(f" {year}"):
            return f"{first.removesuffix(f' {year}')}–{last}"
        return f"{first} – {last}" if " " in first + last else f"{first}–{last}"

    def day(self, edtf: str | None) -> str:
        """A day of publication; nothing where there is none."""
        return self._one_period(edtf) if edtf else ""

    def _with_unit(self, number: str, figure: Figure) -> str:
        unit = figure.unit
        if unit == "1":
            return number
        if unit == "%":
            return f"{number} %"
        if unit in _UNITS and figure.value_max is None and figure.out_of is None:
            plain = format_unit(figure.value, _UNITS[unit], "long", format="#,##0.######", locale=self._locale)
            return plain.replace(self.number(figure.value), number, 1)
        return f"{number} {self.unit(unit)}"

    def _one_period(self, edtf: str) -> str:
        match = DATE.fullmatch(edtf)
        days = days_of(edtf)
        if not match or not days or not match["month"]:
            return edtf
        try:
            skeleton = "yMMMd" if match["day"] else "yMMM"
            return _formatted(days.first, self._message(skeleton), self.language)
        except ValueError:  # 2025-02-30 in an article
            return edtf


@cache
def indicator_names() -> dict[str, str]:
    """Id → English name, which is the catalogues' message; diseases as `disease:dengue`."""
    with (resources.files("extractor") / "knowledge/indicators.csv").open(encoding="utf-8") as table:
        return {row["id"]: row["name"] for row in csv.DictReader(table)}


@cache
def _provinces() -> dict[str, tuple[str, str]]:
    """Code → a Vietnamese province's name, and that of the province which it is part of since July 2025."""
    with (resources.files("extractor") / "knowledge/places/vn-provinces.csv").open(encoding="utf-8") as table:
        return {row["iso_3166_2_before"]: (row["name_before"], row["name_since_2025-07-01"]) for row in csv.DictReader(table)}


@lru_cache(maxsize=20_000)
def _decimal(value: float, language: str) -> str:
    return str(format_decimal(value, format="#,##0.######", locale=language))


@lru_cache(maxsize=20_000)
def _formatted(day: str, skeleton: str, language: str) -> str:
    from datetime import date

    return str(format_skeleton(skeleton, date.fromisoformat(day), locale=language))

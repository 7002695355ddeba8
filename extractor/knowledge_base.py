"""Knowledge in no language: indicators and what they count, places, issuers, document grammars."""

from __future__ import annotations

import csv
import difflib
from collections.abc import Set
from dataclasses import dataclass
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from extractor.packs import LanguagePack, Model, PackError, Phrases, toml_table


class Combination(BaseModel):
    """An indicator told by words that stand near each other."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: str
    of: str
    with_: tuple[str, ...] = Field(alias="with")


class Traits(BaseModel):
    """What an indicator counts and in which kinds of unit it comes."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    counts: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    flow: bool = False
    undivided: bool = False
    """Whether nothing divides it: there are no targets per 10,000 people."""
    without: frozenset[str] = frozenset()
    """Dimensions that it never has: a sex ratio is of both."""


class CompletedNumber(BaseModel):
    """How a number that the article gives without its symbol is completed: Resolution 57 → `57-NQ/TW`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    type: str
    called: tuple[str, ...] = ()
    """Types that the issuer has none of, by whose words translations call it: `Постановление Политбюро`."""
    issuer: tuple[str, ...]
    with_year: bool = False
    """Of a number that the article gives with its year: Circular 15/2023 of the Ministry of Health → `15/2023/TT-BYT`."""
    number: str


class SymbolKnowledge(BaseModel):
    """`documents.toml`: Vietnamese document symbols (Decree 34/2016, Art. 58; Decree 30/2020) and self-naming numbers."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    types: dict[str, tuple[str, str]]
    """Folded type symbol → its spelling and the document type."""
    issuers: dict[str, tuple[str, str]]
    """Folded issuer symbol → its spelling and the issuer id."""
    completed: tuple[CompletedNumber, ...]
    self_naming: tuple[SelfNaming, ...]


class SelfNaming(BaseModel):
    """A number that says by its shape which document it is: WHA77.8, A/RES/74/2, RA 11223."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    name: str
    pattern: str
    signs: tuple[str, ...] = ()
    """Each match has one of these: a text with none of them is not searched."""
    number: str
    type: str
    issuer: str | None = None
    jurisdiction: str
    types: tuple[str, ...] = ()
    """Types that a type word before the number may make it: Directive (EU) 2024/…."""
    capital: bool = False
    """It begins with a capital; written small its letters are another word: xảy ra 185 vụ."""
    example: str


class IndicatorKnowledge(BaseModel):
    """`indicators.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    counted: frozenset[str]
    concepts: frozenset[str]
    combine: tuple[Combination, ...]
    of_noun: dict[str, tuple[str, ...]]
    narrower: dict[str, frozenset[str]]
    """Indicator that words may name too broadly → those of one cause or means, which they mean where the paragraph is of it."""
    kin: dict[str, tuple[str, ...]]
    traits: dict[str, Traits]


class CurrencyKnowledge(BaseModel):
    """`currencies.toml`."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    families: tuple[frozenset[str], ...]


class Marks(BaseModel):
    """`marks.toml`: words and signs beside numbers and names, whatever the language of the text."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    number_before: Phrases
    ordinal_signs: Phrases
    number_behind: Phrases
    year_links: Phrases
    date_links: Phrases
    list_links: Phrases
    list_breaks: Phrases
    month_signs: Phrases
    genitives: Phrases
    said_in_quotes: Phrases
    pictures: Phrases
    pixels: Phrases
    file_sizes: Phrases
    names_of_persons: Phrases


@dataclass(frozen=True)
class Knowledge:
    """Everything that holds in all languages."""

    indicators: IndicatorKnowledge
    indicator_ids: frozenset[str]
    disease_ids: frozenset[str]

    marks: Marks
    symbols: SymbolKnowledge
    usual_per: dict[str, tuple[float, str]]
    """Indicator → what it is usually divided by."""
    currency_families: tuple[frozenset[str], ...]
    """Currencies that share a name."""

    usual_unit: dict[str, str]
    """Indicator → the UCUM code that it is usually given in."""

    @cached_property
    def durations(self) -> frozenset[str]:
        """Indicators that are measured in nothing but time: life expectancy, length of stay."""
        return frozenset(indicator for indicator, traits in self.indicators.traits.items() if traits.units == {"time"})

    @cached_property
    def never_shares(self) -> frozenset[str]:
        """Rates and indices that are never a percentage, so that points of theirs are none: the total fertility rate."""
        traits = self.indicators.traits.items()
        return frozenset(indicator for indicator, trait in traits if trait.units & {"rate", "index"} and "percent" not in trait.units)

    @cached_property
    def own_divisors(self) -> dict[str, str]:
        """What only one indicator is divided by, with that indicator: girls, of the boys born."""
        divisors: dict[str, list[str]] = {}
        for indicator, (count, of) in self.usual_per.items():
            if count > 1:
                divisors.setdefault(of, []).append(indicator)
        return {of: indicators[0] for of, indicators in divisors.items() if len(indicators) == 1}

    @cached_property
    def times(self) -> frozenset[str]:
        """What comes in years or days alone: a length of stay."""
        return frozenset(indicator for indicator, trait in self.indicators.traits.items() if trait.units == {"time"})


def knowledge_folder() -> Traversable:
    """Where the tables of indicators, documents and places are."""
    return resources.files("extractor") / "knowledge"


@cache
def load_knowledge() -> Knowledge:
    """Load and check all knowledge files. Raises PackError naming file, key and reason."""
    folder = knowledge_folder()
    indicators = _load(IndicatorKnowledge, folder / "indicators.toml")
    symbols = _load(SymbolKnowledge, folder / "documents.toml")
    with (folder / "indicators.csv").open(encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    ids = [row["id"] for row in rows]
    usual_per = {row["id"]: _usual_per(row["usual_per"]) for row in rows if row["usual_per"]}
    usual_unit = {row["id"]: row["usual_unit"] for row in rows}
    diseases = frozenset(i.removeprefix("disease:") for i in ids if i.startswith("disease:"))
    families = _load(CurrencyKnowledge, folder / "currencies.toml").families
    marks = _load(Marks, folder / "marks.toml")
    return Knowledge(indicators, frozenset(i for i in ids if ":" not in i), diseases, marks, symbols, usual_per, families, usual_unit)


def _load(model: type[Model], file: Traversable) -> Model:
    try:
        return model.model_validate(toml_table(file))
    except ValidationError as error:
        first = error.errors()[0]
        raise PackError(f"{file}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from error


OTHER_DISEASE = "other"
"""The key of `[diseases]` for those that have no id: no dimension, but they keep another disease from being taken for them."""


def known_ids() -> dict[str, Set[str]]:
    """The sections of a pack's `terms.toml` that file words under ids, with those that the engine knows."""
    knowledge = load_knowledge()
    return {
        "indicators": knowledge.indicator_ids,
        "concepts": knowledge.indicators.concepts,
        "diseases": knowledge.disease_ids | {OTHER_DISEASE},
        "counted": knowledge.indicators.counted,
    }


def check_ids(pack: LanguagePack) -> None:
    """Refuse a pack that files words under an id that nothing knows: they would never be found, and nobody would be told.

    Raises PackError naming file, key and the nearest id.
    """
    for section, ids in known_ids().items():
        for key in getattr(pack.terms, section):
            if key not in ids:
                hint = nearest_id(key, ids)
                raise PackError(
                    f"languages/{pack.code}/terms.toml: {section}.{key}: is none of the known {section}{hint} (`extractor languages --ids`)"
                )


def nearest_id(key: str, ids: Set[str]) -> str:
    """For a message: the id that was perhaps meant, or nothing.

    >>> nearest_id("hospital_bed", {"hospital_beds", "doctors"})
    '; did you mean hospital_beds?'
    """
    near = difflib.get_close_matches(key, sorted(ids), n=1)
    return f"; did you mean {near[0]}?" if near else ""


def _usual_per(cell: str) -> tuple[float, str]:
    """`population 10000` → 10000 of population; `person` → 1 of it."""
    of, _, count = cell.partition(" ")
    return float(count or 1), of

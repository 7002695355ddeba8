"""The output contract as types: one `Extraction` for each article, its facts told apart by `kind`.

Offsets are code points into `ArticleInfo.text`, end exclusive. Dates are EDTF (ISO 8601-2), places
ISO 3166, units UCUM or ISO 4217, languages BCP-47. The JSON Schema is generated from here.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, model_validator

Comparator = Literal["=", ">", ">=", "<", "<=", "~"]
Measure = Literal["level", "change", "attainment", "shortage"]
DateRole = Literal["event", "deadline", "period", "document", "published"]
DocumentType = Literal[
    "resolution",
    "decision",
    "law",
    "decree",
    "circular",
    "directive",
    "conclusion",
    "plan",
    "official_letter",
    "ordinance",
    "regulation",
    "programme",
    "notice",
    "opinion",
    "guideline",
]


class Record(BaseModel):
    """Base of every record: immutable, and a field that the contract does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ArticleInfo(Record):
    """What is known of the article itself."""

    id: str = Field(description="Stable: the same text gives the same id on every machine")
    source: str = Field(description="Where it was read from: path, or path#record")
    language: str = Field(description="BCP-47 primary subtag; `und` when it can't be told")
    language_confidence: float = Field(ge=0, le=1)
    title: str | None = None
    url: str | None = Field(None, description="The article's own address")
    publisher: str | None = Field(None, description="Registered domain of url")
    published: str | None = Field(None, description="Date of publication, EDTF")
    text: str = Field(description="The text that the offsets count in, unchanged")


class Per(Record):
    """A denominator that the text divides by: `per 10,000 population`."""

    count: float
    of: str


class Dimensions(Record):
    """What a quantity is restricted to; closed keys, given only where the text says them."""

    sector: Literal["public", "private"] | None = None
    care: Literal["inpatient", "outpatient"] | None = None
    payer: Literal["insurance"] | None = None
    age: str | None = Field(default=None, description="`<1`, `<5`, `60+`, `15-49` in years")
    sex: Literal["female", "male"] | None = None
    residence: Literal["urban", "rural"] | None = None
    disease: str | None = Field(default=None, description="Disease id of the indicator list")


class Fact(Record):
    """Fields of every fact. `text[start:end] == exact` always."""

    id: str
    start: int = Field(ge=0)
    end: int = Field(ge=0)
    exact: str
    sentence: tuple[int, int]
    confidence: float = Field(ge=0, le=1)


class ReportedBy(Record):
    """Who says a quantity, in the article's own words: a person or a body by name, or a person by role alone."""

    name: str | None = Field(description="Of the person, without titles, or of the body; null where only a role is given")
    role: str | None = Field(description="What the person is: `director of the Department of Health`; null of a body")
    start: int = Field(ge=0, description="Where the name stands; where there is none, the role: code points, end exclusive")
    end: int = Field(ge=0)


class Quantity(Fact):
    """A number with its meaning, place and period."""

    indicator: str | None = None
    label: str | None = None
    value: float
    value_max: float | None = None
    out_of: float | None = None
    unit: str = "1"
    per: Per | None = None
    comparator: Comparator = "="
    measure: Measure = "level"
    baseline: str | None = None
    dimensions: Dimensions = Dimensions()
    place: str | None = None
    facility: str | None = None
    period: str | None = None
    reported_by: ReportedBy | None = Field(None, description="Who says so; null where the article speaks for itself or does not tell")


class Metric(Quantity):
    """A quantity that the article says is, was or is being so."""

    kind: Literal["metric"] = "metric"


class Target(Quantity):
    """A quantity that is to be reached: goal, plan, ceiling, quota."""

    kind: Literal["target"] = "target"


class DateFact(Fact):
    """An explicit expression of calendar time."""

    kind: Literal["date"] = "date"
    value: str = Field(description="EDTF")
    role: DateRole


class Resolution(Fact):
    """A legal or policy document that the article names."""

    kind: Literal["resolution"] = "resolution"
    number: str | None = None
    type: DocumentType
    issuer: str | None = None
    jurisdiction: str | None = None
    date: str | None = None
    label: str


AnyFact = Annotated[Metric | Target | DateFact | Resolution, Field(discriminator="kind")]


class Extraction(Record):
    """One article with its facts, in the order of the text."""

    article: ArticleInfo
    facts: tuple[AnyFact, ...] = ()

    @model_validator(mode="after")
    def _facts_prove_themselves(self) -> Self:
        for fact in self.facts:
            if self.article.text[fact.start : fact.end] != fact.exact:
                raise ValueError(f"fact {fact.id}: exact is not text[{fact.start}:{fact.end}]")
            sayer = fact.reported_by if isinstance(fact, Quantity) else None
            if sayer is not None and self.article.text[sayer.start : sayer.end] != (sayer.role if sayer.name is None else sayer.name):
                raise ValueError(f"fact {fact.id}: reported_by is not text[{sayer.start}:{sayer.end}]")
        return self

    def sure_of(self, confidence: float) -> Self:
        """The same article with those facts that have at least a confidence."""
        return self.model_copy(update={"facts": tuple(fact for fact in self.facts if fact.confidence >= confidence)})

    def to_dict(self) -> dict[str, Any]:
        """The contract's JSON object; whole numbers are written as integers, empty dimensions as `{}`."""
        record = self.model_dump(mode="json")
        for fact in record["facts"]:
            if "dimensions" in fact:
                fact["dimensions"] = {k: v for k, v in fact["dimensions"].items() if v is not None}
                for key in ("value", "value_max", "out_of"):
                    fact[key] = _whole(fact[key])
                if fact["per"]:
                    fact["per"]["count"] = _whole(fact["per"]["count"])
        return record


def _whole(number: float | None) -> float | int | None:
    """2862.0 → 2862: JSON readers get an integer where the number is one."""
    return int(number) if number is not None and number == int(number) and abs(number) < 1e15 else number


def json_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of one line of output."""
    return TypeAdapter(Extraction).json_schema(mode="serialization")

"""What the API answers, as models: they make its description. Every field may be left out by `fields`."""

from __future__ import annotations

from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict, Field

Record = TypeVar("Record")

_AREA = "The place as it was when the article was written: VN-02@2025 is the province since others were merged into it."


class _Record(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Page(_Record, Generic[Record]):
    """A part of a list."""

    data: list[Record]
    next: str | None = Field(description="`cursor` of the part that follows; null at the end.")


class Observation(_Record):
    """One value of one series in one period, however many articles report it."""

    id: str = Field("", examples=["0a1b2c3d4e5f6071"])
    kind: str = Field("", description="metric or target.", examples=["target"])
    series: str = Field("", examples=["hospital_beds/1/per 10000 population/level/VN"])
    indicator: str = Field("", examples=["hospital_beds"])
    value: float = Field(0, examples=[34.0])
    value_max: float | None = None
    out_of: float | None = None
    comparator: str = Field("", examples=["="])
    unit: str = Field("", examples=["1"])
    per_count: float | None = Field(None, examples=[10000.0])
    per_of: str | None = Field(None, examples=["population"])
    measure: str = Field("", examples=["level"])
    sector: str | None = None
    care: str | None = None
    payer: str | None = None
    age: str | None = None
    sex: str | None = None
    residence: str | None = None
    disease: str | None = None
    place: str = Field("", examples=["VN"])
    area: str = Field("", description=_AREA, examples=["VN"])
    facility: str | None = None
    period: str = Field("", description="EDTF.", examples=["2025"])
    mentions: int = 0
    articles: int = 0
    sources: int = Field(0, description="Independent ones: translations and reprints count once.")
    first_published: str | None = None
    last_published: str | None = None
    confidence: float = Field(0, description="That at least one independent source was read rightly.")
    rivals: int = Field(0, description="Other values of the same series and period.")


class Document(_Record):
    """A resolution, decision, law …, once."""

    id: str = ""
    number: str | None = Field(None, examples=["72-NQ/TW"])
    type: str = Field("", examples=["resolution"])
    issuer: str | None = None
    jurisdiction: str | None = Field(None, examples=["VN"])
    year: str | None = None
    date: str | None = None
    complete: bool = Field(False, description="Whether number, jurisdiction and year are all known.")
    names: dict[str, list[str]] = Field({}, description="Language → names it goes by.")
    mentions: int = 0
    articles: int = 0
    sources: int = 0


class Fact(_Record):
    """What an article states, with the words that prove it."""

    id: str = ""
    article_id: str = ""
    kind: str = Field("", description="metric, target, date or resolution.")
    start: int = Field(0, description="Code points into the article's text; `end` is exclusive.")
    end: int = 0
    exact: str = ""
    sentence: str = ""
    confidence: float = 0
    indicator: str | None = None
    label: str | None = None
    value: float | None = None
    value_max: float | None = None
    out_of: float | None = None
    unit: str | None = None
    per_count: float | None = None
    per_of: str | None = None
    comparator: str | None = None
    measure: str | None = None
    baseline: str | None = None
    sector: str | None = None
    care: str | None = None
    payer: str | None = None
    age: str | None = None
    sex: str | None = None
    residence: str | None = None
    disease: str | None = None
    place: str | None = None
    area: str | None = Field(None, description=_AREA)
    facility: str | None = None
    reported_by_name: str | None = None
    reported_by_role: str | None = None
    period: str | None = None
    date_value: str | None = Field(None, description="EDTF, of a date.")
    role: str | None = None
    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    jurisdiction: str | None = None
    date: str | None = None
    series: str | None = None
    observation_id: str | None = None
    document_id: str | None = None


class Article(_Record):
    """A text, once, with what was known of it. Lists leave the text out."""

    id: str = ""
    source: str = Field("", description="The last part of where it was read from.")
    language: str = Field("", examples=["vi"])
    language_confidence: float = 0
    title: str | None = None
    url: str | None = None
    publisher: str | None = None
    published: str | None = None
    cluster: str | None = Field(None, description="Id of the first of the articles that say the same, in whatever language.")


class FullArticle(Article):
    """With its text and facts."""

    text: str = ""
    facts: list[Fact] = []


class FullObservation(Observation):
    """With the facts that report it."""

    evidence: list[Fact] = []


class FullDocument(Document):
    """With the facts that name it."""

    evidence: list[Fact] = []


class Indicator(_Record):
    """What figures are of."""

    id: str = Field("", examples=["hospital_beds"])
    name: str = Field("", examples=["Hospital beds"])
    observations: int = 0


class PlaceCount(_Record):
    """An area that figures are of."""

    id: str = Field("", description="ISO 3166.", examples=["VN-02"])
    name: str | None = Field(None, examples=["Lào Cai"])
    country: str = Field("", examples=["VN"])
    observations: int = 0


class Series(_Record):
    """The observations of one thing over time."""

    series: str = Field("", examples=["hospital_beds/1/per 10000 population/level/VN"])
    indicator: str = ""
    unit: str = ""
    place: str = ""
    points: list[Observation] = Field([], description="By period; metrics and targets.")


class Text(_Record):
    """An article to extract facts from."""

    text: str = Field(min_length=1, max_length=100_000, examples=["In 2024 the province had 2,862 hospital beds."])
    language: str | None = Field(None, pattern=r"^[a-z]{2,3}$", description="BCP-47; told from the text unless given.", examples=["en"])
    title: str | None = Field(None, max_length=1_000)
    url: str | None = Field(None, max_length=2_000)
    published: str | None = Field(None, max_length=40, pattern=r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$", description="EDTF.")


class ProblemBody(BaseModel):
    """An error: RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: list[dict[str, Any]] = []

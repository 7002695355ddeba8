"""The query strings of the API's lists."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from extractor.web.asking import Asking, Day, Empty, Indicator, Kind, Language, Period, Place, Sort

_WORDS = r"^[^\x00-\x1f\x7f\s][^\x00-\x1f\x7f\s][^\x00-\x1f\x7f]*[^\x00-\x1f\x7f\s]$"
_PLAIN = r"^[^\x00-\x1f\x7f]*$"


class _Fields(BaseModel):
    fields: Annotated[
        str | None, Empty, Field(max_length=1_000, pattern=r"^[a-z_]+(,[a-z_]+)*$", description="Names of fields, `id,value,period`; all unless given.")
    ] = None


class _Part(_Fields):
    model_config = ConfigDict(frozen=True, extra="forbid")

    cursor: Annotated[str | None, Empty, Field(max_length=200, pattern=r"^[A-Za-z0-9_-]*$", description="`next` of the answer before.")] = None
    limit: Annotated[int, Field(ge=1, le=500, description="Rows at most.")] = 50


class OneAsked(_Fields):
    """The query string of a single record."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ObservationsAsked(Asking, _Fields):
    """Filters of observations: those of the search page."""


class DocumentsAsked(_Part):
    """Filters of documents."""

    q: Annotated[str | None, Empty, Field(max_length=500, pattern=_PLAIN, description="Words in names, evidence and titles, with or without marks.")] = None
    place: Annotated[Place | None, Empty, Field(description="Jurisdiction: `VN` has its provinces.")] = None
    period: Annotated[Period | None, Empty, Field(description="Date of issue: `2025` has all in it.")] = None
    language: Annotated[Language | None, Empty, Field(description="Language of an article that names it.")] = None
    publisher: Annotated[str | None, Empty, Field(max_length=253, pattern=_PLAIN, description="Domain of an article's publisher.")] = None
    min_sources: Annotated[int | None, Empty, Field(ge=1, le=1_000_000, description="Independent sources at least.")] = None
    since: Annotated[Day | None, Empty, Field(description="Named by an article of this day or later.")] = None
    sort: Annotated[Sort, Field(description="Order.")] = Sort.best

    def to_asking(self) -> Asking:
        """As the search page asks it."""
        return Asking(kind=Kind.resolution, **self.model_dump(exclude={"fields"}))


class FactsAsked(_Part):
    """Filters of facts."""

    q: Annotated[str | None, Empty, Field(max_length=500, pattern=_WORDS, description="Words as they stand in evidence, label or title; three letters at least.")] = (
        None
    )
    kind: Annotated[Kind | None, Empty] = None
    indicator: Annotated[Indicator | None, Empty, Field(description="Id of an indicator.")] = None
    place: Annotated[Place | None, Empty, Field(description="ISO 3166 code: `VN` has all in it.")] = None
    period: Annotated[Period | None, Empty, Field(description="`2025` has all in it.")] = None
    language: Annotated[Language | None, Empty, Field(description="Of the article.")] = None
    publisher: Annotated[str | None, Empty, Field(max_length=253, pattern=_PLAIN, description="Domain of the article's publisher.")] = None
    min_confidence: Annotated[float | None, Empty, Field(ge=0, le=1, description="At least this share of such facts is right.")] = None
    since: Annotated[Day | None, Empty, Field(description="Published on this day or later.")] = None


class ArticlesAsked(_Part):
    """Filters of articles."""

    q: Annotated[str | None, Empty, Field(max_length=500, pattern=_WORDS, description="Words as they stand in evidence or title; three letters at least.")] = None
    language: Annotated[Language | None, Empty, Field(description="BCP-47.")] = None
    publisher: Annotated[str | None, Empty, Field(max_length=253, pattern=_PLAIN, description="Domain.")] = None
    since: Annotated[Day | None, Empty, Field(description="Published on this day or later.")] = None


class SeriesAsked(_Fields):
    """What series to give."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    indicator: Annotated[Indicator, Field(description="Id of an indicator.")]
    place: Annotated[Place | None, Empty, Field(description="ISO 3166 code: `VN` has all in it.")] = None
    unit: Annotated[str | None, Empty, Field(max_length=40, pattern=_PLAIN, description="UCUM code or ISO 4217 currency.", examples=["%"])] = None
    min_confidence: Annotated[float | None, Empty, Field(ge=0, le=1)] = None
    limit: Annotated[int, Field(ge=1, le=500, description="Series at most, those of the most observations first.")] = 100

"""The query strings of the API's lists."""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_after_validator_function

from extractor.web.api import records
from extractor.web.asking import Asking, Count, CursorWord, Day, Empty, Indicator, Kind, Language, Period, Place, Publisher, Share, Sort, Text

_WORDS = r"^[^\x00-\x1f\x7f\s][^\x00-\x1f\x7f\s][^\x00-\x1f\x7f]*[^\x00-\x1f\x7f\s]$"


Words = Annotated[str, Field(max_length=500, pattern=_WORDS)]
Unit = Annotated[str, Field(max_length=40, pattern=r"^[^\x00-\x1f\x7f]*$", examples=["%"])]


class _Names:
    """Names of a record's fields with commas between, as an annotation."""

    def __init__(self, record: type[BaseModel]) -> None:
        self._names = tuple(record.model_fields)

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        one = f"({'|'.join(self._names)})"
        described = "Names of fields, with commas between; all unless given."
        return {
            "anyOf": [{"type": "string", "pattern": f"^{one}(,{one})*$"}, {"type": "null"}],
            "description": described,
            "examples": [self._names[0]],
        }

    def _check(self, value: str | None) -> str | None:
        unknown = [name for name in (value or "").split(",") if value and name not in self._names]
        if unknown:
            raise ValueError(f"there is no {unknown[0][:80]!r}: there are {', '.join(self._names)}")
        return value


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    cursor: Annotated[CursorWord | None, Empty, Field(description="`next` of the answer before.")] = None
    limit: Annotated[int, Field(ge=1, le=500, description="Rows at most.")] = 50


class OneAsked(BaseModel):
    """The query string of a single record, or of a short list."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class ObservationsAsked(Asking):
    """Filters of observations: those of the search page."""

    fields: Annotated[str | None, _Names(records.Observation), Empty] = None


class DocumentsAsked(_Part):
    """Filters of documents."""

    fields: Annotated[str | None, _Names(records.Document), Empty] = None
    q: Annotated[Text | None, Empty, Field(description="Words in names, evidence and titles, with or without marks.")] = None
    place: Annotated[Place | None, Empty, Field(description="Jurisdiction: `VN` has its provinces.")] = None
    period: Annotated[Period | None, Empty, Field(description="Date of issue: `2025` has all in it.")] = None
    language: Annotated[Language | None, Empty, Field(description="Language of an article that names it.")] = None
    publisher: Annotated[Publisher | None, Empty, Field(description="Domain of an article's publisher.")] = None
    min_sources: Annotated[Count | None, Empty, Field(description="Independent sources at least.")] = None
    since: Annotated[Day | None, Empty, Field(description="Named by an article of this day or later.")] = None
    sort: Annotated[Sort, Field(description="Order.")] = Sort.best

    def to_asking(self) -> Asking:
        """As the search page asks it."""
        return Asking(kind=Kind.resolution, **self.model_dump(exclude={"fields"}))


class FactsAsked(_Part):
    """Filters of facts."""

    fields: Annotated[str | None, _Names(records.Fact), Empty] = None
    q: Annotated[
        Words | None,
        Empty,
        Field(description="Words as they stand in evidence, label or title; three letters at least."),
    ] = None
    kind: Annotated[Kind | None, Empty] = None
    indicator: Annotated[Indicator | None, Empty, Field(description="Id of an indicator.")] = None
    place: Annotated[Place | None, Empty, Field(description="ISO 3166 code: `VN` has all in it.")] = None
    period: Annotated[Period | None, Empty, Field(description="`2025` has all in it.")] = None
    language: Annotated[Language | None, Empty, Field(description="Of the article.")] = None
    publisher: Annotated[Publisher | None, Empty, Field(description="Domain of the article's publisher.")] = None
    min_confidence: Annotated[Share | None, Empty, Field(description="At least this share of such facts is right.")] = None
    since: Annotated[Day | None, Empty, Field(description="Published on this day or later.")] = None


class ArticlesAsked(_Part):
    """Filters of articles."""

    fields: Annotated[str | None, _Names(records.Article), Empty] = None
    q: Annotated[Words | None, Empty, Field(description="Words as they stand in evidence or title; three letters at least.")] = None
    language: Annotated[Language | None, Empty, Field(description="BCP-47.")] = None
    publisher: Annotated[Publisher | None, Empty, Field(description="Domain.")] = None
    since: Annotated[Day | None, Empty, Field(description="Published on this day or later.")] = None


class SeriesAsked(BaseModel):
    """What series to give."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    fields: Annotated[str | None, _Names(records.Series), Empty] = None
    indicator: Annotated[Indicator, Field(description="Id of an indicator.")]
    place: Annotated[Place | None, Empty, Field(description="ISO 3166 code: `VN` has all in it.")] = None
    unit: Annotated[Unit | None, Empty, Field(description="UCUM code or ISO 4217 currency.")] = None
    min_confidence: Annotated[Share | None, Empty] = None
    limit: Annotated[int, Field(ge=1, le=500, description="Series at most, those of the most observations first.")] = 100


class FullObservationAsked(OneAsked):
    """Its fields."""

    fields: Annotated[str | None, _Names(records.FullObservation), Empty] = None


class FullDocumentAsked(OneAsked):
    """Its fields."""

    fields: Annotated[str | None, _Names(records.FullDocument), Empty] = None


class OneFactAsked(OneAsked):
    """Its fields."""

    fields: Annotated[str | None, _Names(records.Fact), Empty] = None


class FullArticleAsked(OneAsked):
    """Its fields."""

    fields: Annotated[str | None, _Names(records.FullArticle), Empty] = None


class IndicatorAsked(OneAsked):
    """Its fields."""

    fields: Annotated[str | None, _Names(records.Indicator), Empty] = None


class PlaceCountAsked(OneAsked):
    """Its fields."""

    fields: Annotated[str | None, _Names(records.PlaceCount), Empty] = None

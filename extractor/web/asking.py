"""What a view is asked: the query string of every page, download and list of the API."""

from __future__ import annotations

import re
from calendar import monthrange
from enum import StrEnum
from typing import Annotated, Any, Self
from urllib.parse import urlencode

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, GetCoreSchemaHandler, GetJsonSchemaHandler
from pydantic_core import CoreSchema
from pydantic_core.core_schema import no_info_before_validator_function

PERIOD = r"^[12][0-9]{3}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
_PLAIN = r"^[^\x00-\x1f\x7f]*$"


def _in_calendar(value: str) -> str:
    """Refuses 2025-02-30. Raises ValueError."""
    parts = [int(part) for part in value.split("-")]
    if len(parts) == 3 and parts[2] > monthrange(parts[0], parts[1])[1]:
        raise ValueError("there is no such day")
    return value


class _Empty:
    """A form sends `place=` for a field that was left empty: that is none."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        return no_info_before_validator_function(lambda value: None if value == "" else value, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        described = handler(schema)
        return {
            **{name: value for name, value in described.items() if name != "anyOf"},
            "anyOf": [*described["anyOf"], {"type": "string", "const": ""}],
        }


Empty = _Empty()
Text = Annotated[str, Field(max_length=500, pattern=_PLAIN)]
Publisher = Annotated[str, Field(max_length=253, pattern=_PLAIN)]
Share = Annotated[float, Field(ge=0, le=1)]
Count = Annotated[int, Field(ge=1, le=1_000_000)]
CursorWord = Annotated[str, Field(max_length=200, pattern=r"^[A-Za-z0-9_-]*$")]
Period = Annotated[str, Field(pattern=PERIOD, examples=["2025", "2025-06"]), AfterValidator(_in_calendar)]
Day = Annotated[str, Field(pattern=PERIOD, examples=["2025-06-30"]), AfterValidator(_in_calendar)]
Place = Annotated[str, Field(pattern=r"^[A-Z]{2}(-[A-Z0-9]{1,3})?$", examples=["VN", "VN-02"])]
Indicator = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]{0,79}$", examples=["hospital_beds"])]
Language = Annotated[str, Field(pattern=r"^[a-z]{2,3}$", examples=["vi"])]


class Kind(StrEnum):
    """What a row is."""

    metric = "metric"
    target = "target"
    date = "date"
    resolution = "resolution"


class Sort(StrEnum):
    """Orders of a list; `best` is the most sources first, then the surest."""

    best = "best"
    newest = "newest"
    period = "period"
    value = "value"
    place = "place"


class Asking(BaseModel):
    """Filters, order and part of a list. An unknown key or an impossible value is an error that names it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    q: Annotated[
        Text | None,
        Empty,
        Field(description="Words in evidence, labels, names of places, titles; in any script, with or without marks."),
    ] = None
    kind: Annotated[Kind | None, Empty, Field(description="metric, target, or where the list has them, date or resolution.")] = None
    indicator: Annotated[Indicator | None, Empty, Field(description="Id of an indicator.")] = None
    place: Annotated[Place | None, Empty, Field(description="ISO 3166 code of a place: `VN` has all in it.")] = None
    period: Annotated[Period | None, Empty, Field(description="A year, month or day: `2025` has all in it.")] = None
    language: Annotated[Language | None, Empty, Field(description="Language of an article that says it.")] = None
    publisher: Annotated[Publisher | None, Empty, Field(description="Domain of an article's publisher.")] = None
    min_confidence: Annotated[Share | None, Empty, Field(description="At least this share of such rows is right.")] = None
    min_sources: Annotated[Count | None, Empty, Field(description="Independent sources at least.")] = None
    flagged: Annotated[bool | None, Empty, Field(description="Only what contradicts another source or fails a check; or only what does not.")] = None
    since: Annotated[Day | None, Empty, Field(description="Published on this day or later.")] = None
    sort: Annotated[Sort, Field(description="Order.")] = Sort.best
    cursor: Annotated[
        CursorWord | None,
        Empty,
        Field(description="Where to go on: `next` of the answer before."),
    ] = None
    limit: Annotated[int, Field(ge=1, le=500, description="Rows at most.")] = 50

    @property
    def terms(self) -> tuple[str, ...]:
        """Words and "quoted phrases" of `q`; all of them are to be found.

        >>> Asking(q='giuong "Lao Cai"').terms
        ('giuong', 'Lao Cai')
        """
        return tuple(phrase or word for phrase, word in re.findall(r'"([^"]+)"|([^\s"]+)', self.q or ""))[:20]

    def to_query(self, **changes: Any) -> str:
        """The query string of this view, or of one that differs in something; a changed filter starts at the first page.

        >>> Asking(q="beds", place="VN", cursor="x").to_query(place=None, kind="target")
        'q=beds&kind=target'
        """
        given = {**self.__dict__, **({"cursor": None} if changes else {}), **changes}
        # Without pydantic: a page has some hundred such links.
        asked = {name: given[name] for name, field in type(self).model_fields.items() if given[name] is not None and given[name] != field.default}
        return urlencode({name: str(value).lower() if isinstance(value, bool) else value for name, value in asked.items()})

    def changed(self, **changes: Any) -> Self:
        """Another asking. Raises pydantic's ValidationError."""
        asked = self.model_dump(exclude_defaults=True)
        if changes and "cursor" not in changes:
            asked.pop("cursor", None)
        return type(self).model_validate({**asked, **changes})


class Viewing(Asking):
    """The asking of a page: with the language of its words."""

    lang: Annotated[Language | None, Empty, Field(description="Language of the page; that of the browser unless said.")] = None

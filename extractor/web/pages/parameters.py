"""What pages take in their query string besides the filters of a search."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from extractor.web.asking import Day, Empty, Language, Viewing

_Identity = Annotated[str, Field(pattern="^[0-9a-f]{1,64}$")]


class Plain(BaseModel):
    """A page that is of one thing: its language alone."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    lang: Annotated[Language | None, Empty, Field(description="Language of the page; that of the browser unless said.")] = None


class Measuring(Viewing):
    """An indicator's page: filters, and the way of measuring."""

    measured: Annotated[Annotated[str, Field(max_length=200, pattern=r"^[^\x00-\x1f\x7f]*$")] | None, Empty] = None


class Reading(Plain):
    """An article's page, perhaps with a translation beside it."""

    beside: Annotated[_Identity | None, Empty, Field(description="Id of an article of the same cluster.")] = None


class Checking(Plain):
    """The page of checks."""

    kind: Annotated[Literal["contradiction", "translation", "range", "share", "sum"] | None, Empty] = None
    holds: Annotated[bool | None, Empty] = None
    after: Annotated[_Identity | None, Empty, Field(description="Id of the last check of the page before.")] = None


class Watching(Plain):
    """The page of news and its feed."""

    since: Annotated[Day | None, Empty, Field(description="Published on this day or later.")] = None

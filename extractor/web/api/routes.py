"""The routes of the API."""

from __future__ import annotations

from itertools import groupby
from operator import itemgetter
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from extractor import __version__
from extractor.dataset.hit_rows import indicator_names
from extractor.dataset.publishing.places import place_of
from extractor.web.api import asked as asking
from extractor.web.api import rows
from extractor.web.api.answers import Part, answer_list, answer_one, chosen, of_list, of_one, only, problems
from extractor.web.api.extracting import extract
from extractor.web.api.records import (
    Article,
    Document,
    Fact,
    FullArticle,
    FullDocument,
    FullObservation,
    Indicator,
    Observation,
    Page,
    PlaceCount,
    Series,
)
from extractor.web.dataset import TheDataset
from extractor.web.problems import NotFound

router = APIRouter(prefix="/api/v1", tags=["dataset"])
router.include_router(extract)

Identity = Annotated[str, Path(pattern=r"^[0-9a-f]{16}$", examples=["0a1b2c3d4e5f6071"], description="`id` of a list.")]
_MOST_POINTS = 20_000


class About(BaseModel):
    """What is served."""

    version: str
    dataset: str
    lists: list[str]


@router.get("", response_model=About, responses=problems())
def about(dataset: TheDataset, _: Annotated[asking.OneAsked, Query()]) -> Any:
    """The version of the program, that of the dataset, which changes with each build, and the lists there are."""
    lists = ("articles", "facts", "observations", "documents", "indicators", "places", "series")
    return JSONResponse({"version": __version__, "dataset": dataset.version, "lists": [f"/api/v1/{name}" for name in lists]})


@router.get("/observations", responses=of_list(Observation))
def observations(request: Request, dataset: TheDataset, asked: Annotated[asking.ObservationsAsked, Query()]) -> Response:
    """Observations: one value of one series in one period, however many articles report it."""
    if asked.kind in ("date", "resolution"):
        return answer_list(request, lambda *_: Part([], None), asked, Observation)

    def fetch(cursor: str | None, limit: int) -> Part:
        return rows.observations(dataset, asked.model_copy(update={"cursor": cursor, "limit": limit}))

    return answer_list(request, fetch, asked, Observation)


@router.get("/observations/{identity}", responses=of_one(FullObservation))
def observation(identity: Identity, dataset: TheDataset, asked: Annotated[asking.FullObservationAsked, Query()]) -> Response:
    """An observation with the facts that report it."""
    found = dataset.rows("SELECT * FROM observations WHERE id = ?", [identity])
    if not found:
        raise NotFound("observation", identity)
    return answer_one({**found[0], "evidence": rows.evidence(dataset, "observation_id", identity)}, asked, FullObservation)


@router.get("/documents", responses=of_list(Document))
def documents(request: Request, dataset: TheDataset, asked: Annotated[asking.DocumentsAsked, Query()]) -> Response:
    """Resolutions, decisions, laws …, each once."""

    def fetch(cursor: str | None, limit: int) -> Part:
        return rows.documents(dataset, asked.to_asking().model_copy(update={"cursor": cursor, "limit": limit}))

    return answer_list(request, fetch, asked, Document)


@router.get("/documents/{identity}", responses=of_one(FullDocument))
def document(identity: Identity, dataset: TheDataset, asked: Annotated[asking.FullDocumentAsked, Query()]) -> Response:
    """A document with the facts that name it."""
    found = dataset.rows("SELECT * FROM documents WHERE id = ?", [identity])
    if not found:
        raise NotFound("document", identity)
    return answer_one({**rows.document_row(found[0]), "evidence": rows.evidence(dataset, "document_id", identity)}, asked, FullDocument)


@router.get("/facts", responses=of_list(Fact))
def facts(request: Request, dataset: TheDataset, asked: Annotated[asking.FactsAsked, Query()]) -> Response:
    """Facts of articles, each with its words."""
    return answer_list(request, lambda cursor, limit: rows.facts(dataset, asked, cursor, limit), asked, Fact)


@router.get("/facts/{identity}", responses=of_one(Fact))
def fact(identity: Identity, dataset: TheDataset, asked: Annotated[asking.OneFactAsked, Query()]) -> Response:
    """A fact."""
    found = dataset.rows("SELECT * FROM facts WHERE id = ?", [identity])
    if not found:
        raise NotFound("fact", identity)
    return answer_one(found[0], asked, Fact)


@router.get("/articles", responses=of_list(Article))
def articles(request: Request, dataset: TheDataset, asked: Annotated[asking.ArticlesAsked, Query()]) -> Response:
    """Articles, without their texts."""
    return answer_list(request, lambda cursor, limit: rows.articles(dataset, asked, cursor, limit), asked, Article)


@router.get("/articles/{identity}", responses=of_one(FullArticle))
def article(identity: Identity, dataset: TheDataset, asked: Annotated[asking.FullArticleAsked, Query()]) -> Response:
    """An article with its text and facts."""
    with dataset.reading() as source:
        found = source.rows("SELECT * FROM articles WHERE id = ?", [identity])
        if not found:
            raise NotFound("article", identity)
        stated = source.rows("SELECT * FROM facts WHERE article_id = ? ORDER BY start, id", [identity])
    return answer_one({**rows.article_row(found[0]), "facts": stated}, asked, FullArticle)


@router.get("/indicators", responses={200: {"model": Page[Indicator]}, **problems()})
def indicators(dataset: TheDataset, asked: Annotated[asking.IndicatorAsked, Query()]) -> Response:
    """Indicators that the dataset has observations of, those of the most first."""
    names = chosen(asked.fields, Indicator)
    counted = dataset.rows(
        "SELECT indicator AS id, count(*) AS observations FROM hits WHERE indicator IS NOT NULL GROUP BY indicator ORDER BY 2 DESC, 1"
    )
    return _whole([only({**row, "name": indicator_names().get(row["id"], row["id"])}, names) for row in counted])


@router.get("/places", responses={200: {"model": Page[PlaceCount]}, **problems()})
def places(dataset: TheDataset, asked: Annotated[asking.PlaceCountAsked, Query()]) -> Response:
    """Areas that the dataset has observations of, those of the most first."""
    names = chosen(asked.fields, PlaceCount)
    counted = dataset.rows(
        "SELECT place AS id, count(*) AS observations FROM hits WHERE place IS NOT NULL AND observation_id IS NOT NULL"
        " GROUP BY place ORDER BY 2 DESC, 1"
    )
    return _whole([only({**row, "name": place_of(row["id"]).name, "country": row["id"][:2]}, names) for row in counted])


@router.get("/series", responses={200: {"model": Page[Series]}, **problems()})
def series(dataset: TheDataset, asked: Annotated[asking.SeriesAsked, Query()]) -> Response:
    """The series of an indicator, each with its observations by period."""
    names = chosen(asked.fields, Series)
    told: list[tuple[str, Any]] = [("indicator = ?", asked.indicator), ("unit = ?", asked.unit), ("confidence >= ?", asked.min_confidence)]
    where = [condition for condition, value in told if value is not None]
    values = [value for _, value in told if value is not None]
    if asked.place is not None:
        where.append("(place = ? OR substr(place, 1, 3) = ?)")
        values += [asked.place, f"{asked.place}-"]
    found = dataset.rows(f"SELECT * FROM observations WHERE {' AND '.join(where)} ORDER BY series, period, kind, id LIMIT {_MOST_POINTS}", values)
    grouped = [(name, list(points)) for name, points in groupby(found, key=itemgetter("series"))]
    grouped.sort(key=lambda one: (-len(one[1]), one[0]))
    return _whole([only({**points[0], "points": points}, names) for _, points in grouped[: asked.limit]])


def _whole(data: list[dict[str, Any]]) -> Response:
    return JSONResponse({"data": data, "next": None})

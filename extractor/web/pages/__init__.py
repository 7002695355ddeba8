"""The pages: routes of a server over `compose`."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response

from extractor.web.asking import Viewing
from extractor.web.dataset import TheDataset
from extractor.web.messages import chosen_language, languages
from extractor.web.naming import names_in
from extractor.web.pages import compose
from extractor.web.pages.addresses import ServerAddresses
from extractor.web.pages.feed import atom
from extractor.web.pages.parameters import Checking, Measuring, Plain, Reading, Watching
from extractor.web.pages.rendering import Screen
from extractor.web.pages.searching import search_page
from extractor.web.problems import Problem
from extractor.web.views.news import news_view

router = APIRouter(include_in_schema=False)


@router.get("/")
def search(request: Request, dataset: TheDataset, asking: Annotated[Viewing, Query()]) -> Response:
    """One box over everything, with facets."""
    return _page(search_page(dataset, _screen(request, asking.lang), asking), request)


@router.get("/browse")
def browse(request: Request, dataset: TheDataset, asked: Annotated[Plain, Query()]) -> Response:
    """All that there is to open."""
    return _page(compose.browse_page(dataset, _screen(request, asked.lang)), request)


@router.get("/indicator/{identity:path}")
def indicator(request: Request, dataset: TheDataset, identity: str, asked: Annotated[Measuring, Query()]) -> Response:
    """An indicator's charts and figures."""
    return _page(compose.indicator_page(dataset, identity, _screen(request, asked.lang), asked), request)


@router.get("/place/{code:path}")
def place(request: Request, dataset: TheDataset, code: str, asked: Annotated[Plain, Query()]) -> Response:
    """What is said of a place."""
    return _page(compose.place_page(dataset, code, _screen(request, asked.lang)), request)


@router.get("/document/{identity:path}")
def document(request: Request, dataset: TheDataset, identity: str, asked: Annotated[Plain, Query()]) -> Response:
    """Who cites a document."""
    return _page(compose.document_page(dataset, identity, _screen(request, asked.lang)), request)


@router.get("/article/{identity:path}")
def article(request: Request, dataset: TheDataset, identity: str, asked: Annotated[Reading, Query()]) -> Response:
    """An article with its facts."""
    return _page(compose.article_page(dataset, identity, _screen(request, asked.lang), asked.beside), request)


@router.get("/observation/{identity:path}")
def observation(request: Request, dataset: TheDataset, identity: str, asked: Annotated[Plain, Query()]) -> Response:
    """The evidence of one value."""
    return _page(compose.observation_page(dataset, identity, _screen(request, asked.lang)), request)


@router.get("/checks")
def checks(request: Request, dataset: TheDataset, asked: Annotated[Checking, Query()]) -> Response:
    """Contradictions and arithmetic."""
    return _page(compose.checks_page(dataset, _screen(request, asked.lang), asked), request)


@router.get("/news")
def news(request: Request, dataset: TheDataset, asked: Annotated[Watching, Query()]) -> Response:
    """What is new since a day."""
    return _page(compose.news_page(dataset, _screen(request, asked.lang), asked.since), request)


@router.get("/news.atom")
def feed(request: Request, dataset: TheDataset, asked: Annotated[Watching, Query()]) -> Response:
    """The same as an Atom feed."""
    screen = _screen(request, asked.lang)
    root = str(request.base_url).rstrip("/")
    written = atom(
        news_view(dataset, asked.since),
        names=names_in(screen.language),
        address_of=lambda identity: root + screen.url.observation(identity),
        self_address=str(request.url),
        page_address=root + screen.url.news(asked.since),
    )
    return Response(written, media_type="application/atom+xml")


def problem_page(request: Request, problem: Problem) -> Response:
    """An error for people."""
    screen = _screen(request, request.query_params.get("lang"))
    return _page(compose.problem_page(problem, screen), request, problem.status)


def _screen(request: Request, asked: str | None) -> Screen:
    language = chosen_language(asked, request.headers.get("accept-language"))
    query = "&".join(part for part in request.url.query.split("&") if part and not part.startswith("lang="))
    path = request.url.path + (f"?{query}" if query else "")
    return Screen(language, ServerAddresses(path, language if asked in languages() else None))


def _page(html: str, request: Request, status: int = 200) -> Response:
    return HTMLResponse(html, status, {"Content-Language": _screen(request, request.query_params.get("lang")).language})

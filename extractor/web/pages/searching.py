"""The page of a search: every facet, filter and part of the list has an address of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from extractor.web.asking import Asking
from extractor.web.dataset import Dataset
from extractor.web.finding import FacetValue
from extractor.web.messages import catalogue_of
from extractor.web.naming import Names, names_in
from extractor.web.pages.compose import downloads_of
from extractor.web.pages.rendering import Screen, render, view_of
from extractor.web.views.search import SORTS, SearchView, search_view

_SHOWN = 8
"""Values of a facet before `more`."""
TITLES = {
    "kind": "Kind",
    "indicator": "Indicator",
    "place": "Place",
    "period": "Year",
    "language": "Language",
    "publisher": "Publisher",
    "min_confidence": "Confidence",
    "min_sources": "Sources",
    "flagged": "Checks",
}
SORT_NAMES = {"best": "best supported", "newest": "newest", "period": "period", "value": "value", "place": "place"}


@dataclass(frozen=True)
class FacetLink:
    """A value of a facet; one that is chosen leads back to the view without it."""

    name: str
    count: int
    address: str
    chosen: bool


@dataclass(frozen=True)
class FacetBox:
    """A facet with its values, the commonest first."""

    name: str
    title: str
    values: tuple[FacetLink, ...]
    more: tuple[FacetLink, ...]


def search_page(dataset: Dataset, screen: Screen, asking: Asking) -> str:
    """What was found, and how it can be narrowed. Raises Problem, QueryError."""
    view = search_view(dataset, asking)
    names = names_in(screen.language)
    message = catalogue_of(screen.language).gettext
    described = {name: _described(name, names) for name in TITLES}
    given = asking.model_dump(mode="json", exclude_defaults=True)
    chosen = [
        (
            message(title),
            described[name](str(given[name]).lower() if name == "flagged" else str(given[name])),
            screen.url.search(asking.changed(**{name: None})),
        )
        for name, title in TITLES.items()
        if name in given
    ]
    if "since" in given:
        chosen.append((message("Published since"), names.day(given["since"]), screen.url.search(asking.changed(since=None))))
    onward = view_of(asking, cursor=view.next) if view.next else None
    return render(
        "search.html",
        screen,
        asking=asking,
        told=_told(view, names, screen.language),
        kept=[(name, str(value).lower() if isinstance(value, bool) else value) for name, value in given.items() if name not in ("q", "cursor")],
        chosen=chosen,
        counted_best=names.number(view.facets.count) if view.facets.more else None,
        facets=[box for name in TITLES if (box := _box(name, view, asking, screen, described[name]))],
        observations=view.observations,
        documents=view.documents,
        flagged=view.flagged,
        first=screen.url.search(asking.changed(cursor=None)) if asking.cursor else None,
        next=screen.url.search(onward) if onward else None,
        sorts=[(message(SORT_NAMES[sort.value]), screen.url.search(asking.changed(sort=sort)), sort == asking.sort) for sort in SORTS],
        downloads=downloads_of(screen, asking),
    )


def _told(view: SearchView, names: Names, language: str) -> str:
    translated = catalogue_of(language)
    count = view.facets.count
    if view.facets.more:
        return translated.gettext("more than {count} found").format(count=names.number(count))
    return translated.ngettext("{count} found", "{count} found", count).format(count=names.number(count))


def _box(name: str, view: SearchView, asking: Asking, screen: Screen, described: Callable[[str], str]) -> FacetBox | None:
    current = asking.model_dump(mode="json").get(name)
    told = "" if current is None else str(current).lower() if isinstance(current, bool) else str(current)
    links = list(_links(name, view.facets.values.get(name, ()), told, asking, screen, described))
    if not links or (len(links) == 1 and not told and name not in ("flagged", "min_sources")):
        return None
    links.sort(key=lambda link: not link.chosen)
    return FacetBox(name, catalogue_of(screen.language).gettext(TITLES[name]), tuple(links[:_SHOWN]), tuple(links[_SHOWN:]))


def _links(
    name: str, values: Iterable[FacetValue], told: str, asking: Asking, screen: Screen, described: Callable[[str], str]
) -> Iterable[FacetLink]:
    for value in values:
        wanted: Any = "resolution" if value.value == "document" and name == "kind" else value.value
        chosen = wanted == told
        if can_be(name, wanted):
            asked = asking.model_copy(update={name: None if chosen else wanted, "cursor": None})
            yield FacetLink(described(value.value), value.count, screen.url.search(asked), chosen)


@lru_cache(maxsize=20_000)
def can_be(name: str, value: str) -> bool:
    """Whether an address can hold a value of a facet: what an article names as its publisher may be anything."""
    return view_of(Asking(), **{name: value}) is not None


def _described(facet: str, names: Names) -> Callable[[str], str]:
    """What a value of a facet is called."""
    message = catalogue_of(names.language).gettext
    described: dict[str, Callable[[str], str]] = {
        "kind": names.kind,
        "indicator": names.indicator,
        "place": names.place,
        "period": names.period,
        "language": names.article_language,
        "publisher": lambda value: value,
        "min_confidence": lambda value: message("at least {share}").format(share=names.percent(float(value))),
        "min_sources": lambda value: message("at least {count}").format(count=value),
        "flagged": lambda value: message("contradicts or fails a check") if value == "true" else message("passes all checks"),
    }
    return described[facet]

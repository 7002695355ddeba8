"""Each page: what it asks the dataset, and what its template is told. On a server and in a static site alike."""

from __future__ import annotations

from itertools import groupby

from extractor.dataset.areas import is_area
from extractor.web.asking import Asking
from extractor.web.charts import charts_of
from extractor.web.dataset import Dataset
from extractor.web.messages import catalogue_of
from extractor.web.naming import Names, names_in
from extractor.web.pages.highlighting import paragraphs_of
from extractor.web.pages.parameters import Checking, Measuring
from extractor.web.pages.rendering import Screen, render, view_of
from extractor.web.problems import NotFound, Problem, Wrong
from extractor.web.views.article import article_view
from extractor.web.views.browse import browse_view
from extractor.web.views.checks import KINDS, checks_view
from extractor.web.views.document import document_view
from extractor.web.views.evidence import proof
from extractor.web.views.indicator import Measured, indicator_view
from extractor.web.views.news import NewsView, news_view
from extractor.web.views.place import place_view

_MOST_ROWS = 200
"""Rows of a page's table, where there is a search for the rest."""
_MOST_FILES = 3
"""Ways of measuring an indicator that a static site has pages of."""
DOWNLOADS = (("CSV", "csv"), ("JSON", "json"), ("Excel", "xlsx"))


def browse_page(dataset: Dataset, screen: Screen) -> str:
    """All indicators, places, languages and publishers."""
    view = browse_view(dataset)
    countries = []
    for country, group in groupby(sorted(view.places, key=lambda one: one.identity), key=lambda one: one.identity.partition("-")[0]):
        entries = list(group)
        areas = sorted((one for one in entries if one.identity != country), key=lambda one: names_in(screen.language).place(one.identity))
        countries.append((country, sum(one.count for one in entries), areas))
    countries.sort(key=lambda one: (-one[1], one[0]))
    return render("browse.html", screen, view=view, countries=countries, downloads=downloads_of(screen, Asking()))


def indicator_page(dataset: Dataset, identity: str, screen: Screen, asked: Measuring | None = None) -> str:
    """An indicator with its charts. Raises NotFound."""
    asked = asked or Measuring()
    view = indicator_view(dataset, identity, measured=asked.measured, asking=asked)
    names = names_in(screen.language)
    choices = [
        (_measured(one, names), screen.url.indicator(identity, measured=None if number == 0 else one.key), one == view.measured, one.observations)
        for number, one in enumerate(view.choices[:_MOST_FILES] if screen.url.is_static else view.choices)
    ]
    everything = view_of(_only_filters(asked), indicator=identity, kind=None)
    return render(
        "indicator.html",
        screen,
        asking=asked,
        view=view,
        choices=choices,
        shown=[one for series in view.series for one in series.observations][: None if screen.url.is_static else _MOST_ROWS],
        charts=charts_of(view, names, _only_filters(asked)),
        everything=everything,
        downloads=downloads_of(screen, everything),
    )


def place_page(dataset: Dataset, code: str, screen: Screen) -> str:
    """A place. Raises NotFound."""
    if not is_area(code):
        raise NotFound("place", code)
    view = place_view(dataset, code)
    return render(
        "place.html", screen, view=view, merged=names_in(screen.language).merged(code), downloads=downloads_of(screen, view_of(Asking(), place=code))
    )


def document_page(dataset: Dataset, identity: str, screen: Screen) -> str:
    """A document. Raises NotFound."""
    return render("document.html", screen, view=document_view(dataset, identity))


def observation_page(dataset: Dataset, identity: str, screen: Screen) -> str:
    """An observation with its evidence. Raises NotFound."""
    return render("observation.html", screen, proof=proof(dataset, identity))


def article_page(dataset: Dataset, identity: str, screen: Screen, beside: str | None = None) -> str:
    """An article, with a translation beside it where one is asked for. Raises NotFound."""
    view = article_view(dataset, identity)
    other = article_view(dataset, beside) if beside is not None else None
    if other is not None and other.article.cluster != view.article.cluster:
        raise NotFound("translation", str(beside))
    return render(
        "article.html",
        screen,
        view=view,
        paragraphs=paragraphs_of(view.text, view.facts),
        beside=other,
        beside_paragraphs=paragraphs_of(other.text, other.facts) if other else (),
        beside_address=None if screen.url.is_static else lambda like: screen.url.article(identity, beside=like),
    )


def checks_page(dataset: Dataset, screen: Screen, asked: Checking | None = None) -> str:
    """Failed checks, or those of a kind."""
    asked = asked or Checking()
    holds = asked.holds if asked.holds is not None or asked.kind is not None else False
    view = checks_view(dataset, kind=asked.kind, holds=holds, after=asked.after)
    names, message = names_in(screen.language), catalogue_of(screen.language).gettext
    failed = sum(one.count for one in view.counts if not one.holds)
    choices = [(message("All that fail"), screen.url.checks(), asked.kind is None and holds is False, failed)]
    for kind in KINDS:
        count = sum(one.count for one in view.counts if one.kind == kind)
        if count:
            choices.append((names.word(kind), screen.url.checks(kind=kind), asked.kind == kind, count))
    told = None if asked.holds is None else str(asked.holds).lower()
    onward = screen.url.checks(kind=asked.kind, holds=told, after=view.next) if view.next and not screen.url.is_static else None
    return render("checks.html", screen, view=view, choices=choices, next=onward)


def news_page(dataset: Dataset, screen: Screen, since: str | None = None) -> str:
    """What is new."""
    view: NewsView = news_view(dataset, since)
    return render("news.html", screen, view=view)


def _measured(one: Measured, names: Names) -> str:
    """`% of …, change`: what tells one way of measuring from another."""
    parts = [
        names.disease(one.disease) if one.disease else "",
        names.unit(one.unit) or ("" if one.per_of else names.word("number")),
        names.per(one.per_count, one.per_of),
        names.word(one.measure) if one.measure != "level" else "",
    ]
    return ", ".join(part for part in parts if part)


def _only_filters(asked: Asking) -> Asking:
    """Without what is of one page alone."""
    given = asked.model_dump(exclude_defaults=True)
    return Asking.model_validate({name: given[name] for name in given if name in Asking.model_fields})


def downloads_of(screen: Screen, asking: Asking | None) -> list[tuple[str, str]]:
    """Names and addresses of a view as files; none where an address can not hold it."""
    if asking is None:
        return []
    return [(name, address) for name, extension in DOWNLOADS if (address := screen.url.download(extension, asking))]


def problem_page(problem: Problem, screen: Screen) -> str:
    """What is wrong, and where to go on."""
    names, message = names_in(screen.language), catalogue_of(screen.language).gettext

    def told(one: Problem | Wrong) -> str:
        values = {name: value if isinstance(value, str) else names.number(value) for name, value in one.values.items()}
        return message(one.message).format(**values) if one.message else ""

    return render("problem.html", screen, problem=problem, detail=told(problem), errors=[(one.parameter, told(one)) for one in problem.errors])

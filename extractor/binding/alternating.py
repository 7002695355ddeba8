"""Figures each with its place behind it: `9 in Timiș, 6 in Arad, 7 in Dolj`. The place before a figure is that of the one before, then."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from extractor.binding.context import Context
from extractor.mentions import PlaceMention, QuantityMention

_KEY = "alternating"
_FEWEST = 3
"""Figures of such a list, at least."""
_NEAR = 4
"""Tokens between a figure and its place, and between a place and the next figure, at most."""
_PARTING = ("comma", "semi")
_JOINING = ("none", "stop")
"""Marks between a figure and its place: an abbreviation's stop, `9 in jud. Timiș`, ends no sentence."""


def places_behind(context: Context) -> Mapping[int, str]:
    """Index of each figure told so → the code of its place. Found once for an article."""
    known: dict[int, str] | None = context.told.get(_KEY)
    if known is None:
        known = context.told[_KEY] = {}
        for run in _runs(context):
            if len(run) >= _FEWEST:
                known.update({at: place.code for at, place in run})
    return known


def _runs(context: Context) -> Iterator[list[tuple[int, PlaceMention]]]:
    """Figures in a row with the one place between each and the next, parted by commas; the last two may be joined by a word."""
    run: list[tuple[int, PlaceMention]] = []
    for at, figure in enumerate(context.quantities):
        following = context.quantities[at + 1] if at + 1 < len(context.quantities) else None
        place = _right_behind(context, figure, following)
        if run and not _goes_on(context, run, figure):
            yield run
            run = []
        if place is not None:
            run.append((at, place))
        elif run:
            yield run
            run = []
    yield run


def _right_behind(context: Context, figure: QuantityMention, following: QuantityMention | None) -> PlaceMention | None:
    """The one place behind a figure, in its sentence and with no comma between."""
    end = min(context.window(figure).end, following.start) if following is not None else context.window(figure).end
    places = context.places_between(figure.end, end)
    if not places or context.tokens(figure.end, places[0].start) > _NEAR or context.marks.between(figure.end, places[0].start) not in _JOINING:
        return None
    others = (place for place in places if place.code != places[0].code)
    return places[0] if all(context.marks.between(places[0].end, other.start) != "none" for other in others) else None


def _goes_on(context: Context, run: Sequence[tuple[int, PlaceMention]], figure: QuantityMention) -> bool:
    last, place = run[-1]
    if figure.unit_class != context.quantities[last].unit_class or context.tokens(place.end, figure.start) > _NEAR:
        return False
    mark = context.marks.between(place.end, figure.start)
    return mark in _PARTING or (mark == "none" and len(run) > 1)

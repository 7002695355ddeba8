"""The area whose paper or office an article is from: by the sign at its head (`(HDO) Sáng 22/6`) or by its address (`soyte.laocai.gov.vn`).

The table `knowledge/places/press.csv` holds only signs that one area's paper alone uses, and hosts of papers, governments and offices of one area.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import islice

from extractor.article import host_of
from extractor.gazetteer import capitals
from extractor.mentions import PlaceMention, Span, Spans

_HEAD_LINES, _LEVELS = 6, 6
_SIGN = re.compile(r"\W{0,2}(?P<sign>[A-ZĐ]{3,6}|(?:[A-Za-z0-9-]{1,40}\.){1,3}vn)(?:\)| ?[-–—](?!\w))")


def press_area(text: str, url: str | None) -> str | None:
    """ISO 3166-2 code, or None where neither sign nor address tells.

    >>> press_area("Blood donors\\n(HDO) On the morning of June 22", None)
    'VN-61'
    >>> press_area("", "https://soyte.laocai.gov.vn/tin-tuc")
    'VN-02'
    """
    return _of_host(url) or _of_sign(text)


def area_of_source(places: Iterable[PlaceMention], sources: Iterable[Span]) -> str | None:
    """The one area that the lines of the source name: `Sumber: Surat Kabar Hau Giang`. Papers called after a capital write of the whole country."""
    lines = Spans(sources)
    areas = {place.code for place in places if "-" in place.code and lines.cover(place)}
    return areas.pop() if len(areas) == 1 and areas.isdisjoint(capitals()) else None


def _of_host(url: str | None) -> str | None:
    """The area of a host or of one that it is a part of."""
    parts = (host_of(url) or "").split(".")[-_LEVELS:]
    return next((_signs()[part] for at in range(len(parts)) if (part := ".".join(parts[at:])) in _signs()), None)


def _of_sign(text: str) -> str | None:
    """The area of a sign that opens one of the first lines; signs are capitals, hosts in brackets are written as one likes: `(Baonghean.vn)`."""
    for line in islice(filter(str.strip, text.split("\n")), _HEAD_LINES):
        if opening := _SIGN.match(line):
            sign = opening["sign"]
            return _signs().get(sign.lower() if "." in sign else sign)
    return None


@cache
def _signs() -> dict[str, str]:
    with (resources.files("extractor") / "knowledge/places/press.csv").open(encoding="utf-8") as table:
        return {row["sign"]: row["code"] for row in csv.DictReader(table)}

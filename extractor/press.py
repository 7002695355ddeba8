"""The area that an article is from: by the words of its address (`…/sot-xuat-huyet-o-ben-tre-413469.html`), by the host of a paper or an office
(`soyte.laocai.gov.vn`), by the sign at its head (`(HDO) Sáng 22/6`) or by the paper that the line of its source names (`Source: Bao Nghe An`).

The table `knowledge/places/press.csv` holds only signs that one area's paper alone uses, and hosts of papers, governments and offices of one area.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from functools import cache
from importlib import resources
from itertools import islice

from extractor.article import host_of
from extractor.gazetteer import capitals
from extractor.reading import fold

_HEAD_LINES, _LEVELS = 6, 6
_OTHER_WORDS = frozenset(("dien-bien", "ho-chi-minh"))
"""Diễn biến, the course of things, and the president."""
_SIGN = re.compile(r"\W{0,2}(?P<sign>[A-ZĐ]{3,6}|(?:[A-Za-z0-9-]{1,40}\.){1,3}vn)(?:\)| ?[-–—](?!\w))")


def press_area(text: str, url: str | None, named: Sequence[str] = ()) -> str | None:
    """ISO 3166-2 code, or None where nothing tells; `named` are the codes of the places in the lines of the source;
    papers called after a capital write of the whole country.

    >>> press_area("Blood donors\\n(HDO) On the morning of June 22", None)
    'VN-61'
    >>> press_area("", "https://soyte.laocai.gov.vn/tin-tuc")
    'VN-02'
    >>> press_area("", "https://vietbao.vn/dich-sot-xuat-huyet-o-tinh-ben-tre-413469.html")
    'VN-50'
    """
    return _of_words(url) or _of_host(url) or _of_sign(text) or _only([code for code in named if "-" in code and code not in capitals()])


def _only(codes: Sequence[str]) -> str | None:
    return codes[0] if len(set(codes)) == 1 else None


def _of_words(url: str | None) -> str | None:
    """The one province of Viet Nam that the words of an address name; `viet-nam-dinh-huong` is Viet Nam's course, not Nam Dinh's."""
    path = (url or "").split("?")[0].rpartition("/")[2] or (url or "").rstrip("/").rpartition("/")[2]
    if "-" not in path:
        return None
    return _only([_provinces()[match.group()] for match in _province_words().finditer(path.lower())])


@cache
def _province_words() -> re.Pattern[str]:
    return re.compile(rf"(?<![a-z0-9])(?<!viet-)(?:{'|'.join(map(re.escape, _provinces()))})(?![a-z0-9])")


@cache
def _provinces() -> dict[str, str]:
    """Names of provinces as addresses write them, `ben-tre`; those of one syllable are other words too."""
    with (resources.files("extractor") / "knowledge/places/vn-provinces.csv").open(encoding="utf-8") as table:
        rows = [(fold(row["name_before"].replace("Đ", "D"), fold_marks=True), row["iso_3166_2_before"]) for row in csv.DictReader(table)]
    names = (("-".join(re.findall(r"[a-z]+", name)), code) for name, code in rows)
    return {name: code for name, code in names if "-" in name and name not in _OTHER_WORDS}


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

"""Patterns of the words and signs that stand beside numbers and names (`knowledge/marks.toml`), on folded text unless they say else."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from extractor.knowledge_base import load_knowledge
from extractor.reading import fold

QUOTED_YEAR = re.compile(r"(?<=[“\"「『《])[^\s“”\"「」『』《》\d]{1,20}(?P<y>(?:19|20)\d\d)(?=[”\"」』》])")
"""A quoted name without a space that a year closes, group `y`: “健康新疆2030”."""
TITLE_YEAR = re.compile(
    r"(?<=[“\"「『《‘'’])(?P<y>(?:19|20)\d\d)(?= ?(?![年년])[\uac00-\ud7a3\u30a0-\u30ff\u4e00-\u9fff][^「」『』《》“”\"‘’'\d\n]{1,40}[”\"」』》’'])"
)
"""The year that opens an East Asian title in quotation marks, group `y`: 「2024 감염병 신고 현황 연보」."""
_NUMBER = r"(?P<n>\d{1,4})(?![\d./-]*\d)"


@cache
def number_beside() -> re.Pattern[str]:
    """Where a document's number is told by its mark or its shape (`№ 5`, `72-NQ`, `5/2024`): a date beside it is the document's.

    An ordinal is none: `第2四半期`, no 1º semestre, วันที่ 5.
    """
    marks = load_knowledge().marks
    words = _any(set(marks.number_before) - set(marks.ordinal_signs))
    counted = rf"(?:{_any(marks.ordinal_signs)}) ?\d{{1,4}} ?{number_counter()}"
    return re.compile(rf"\d ?[/-] ?[a-zđ]{{2}}|(?:{words})\.? ?(?=\d+(?!\d|\.?[ºª°]))|{counted}|/\d{{4}}")


@cache
def bare_number() -> re.Pattern[str]:
    """A running number some words behind a type word, group `n`: `Resolution of the Politburo No. 57`."""
    return re.compile(rf"[^\d\n;.]{{0,40}}?(?:{_before()})?(?<![\d.,]){_NUMBER}(?![.,]\d)(?! ?%)")


@cache
def running_number() -> re.Pattern[str]:
    """The running number behind a type word, group `n`, its mark written or not: `Resolution No. 72`, `决定第5`."""
    return re.compile(rf" ?(?:{_before()})?{_NUMBER}")


@cache
def number_ahead() -> re.Pattern[str]:
    """The running number right before a type word, group `n`: `第72号`, `제72호`, `327号`; group `quote`: 第823号`《`决定》."""
    return re.compile(rf"(?:{_before()}|(?<![\d.,/〔〕()（）-]))(?P<n>\d{{1,4}}) ?{number_counter()} ?(?P<quote>[《「『“\"]?)$")


@cache
def number_ahead_of_symbol() -> re.Pattern[str]:
    """A running number before a whole one, group `n`, with a comma or a short word between: Resolutions `20` and 21-NQ/TW."""
    return re.compile(rf"(?<![\d.,/a-z-])(?P<n>\d{{1,4}}){_between_numbers()}(?:[^\s\d]{{1,6}} ?)?$")


@cache
def day_to_document() -> re.Pattern[str]:
    """Between a day and the document that it dates, in scripts without spaces: its issuer and the mark of its number at most."""
    return re.compile(rf"(?:(?!{_any(load_knowledge().marks.list_links)})[^\s\d()（）,，、;；。]){{0,13}}")


@cache
def list_break() -> re.Pattern[str]:
    """A word that leads from a number in a name to what is counted: `No. 2 with 341` is no list."""
    return re.compile(rf"(?<![^\W\d_])(?:{_any(load_knowledge().marks.list_breaks)})(?![^\W\d_])")


@cache
def number_behind_symbol() -> re.Pattern[str]:
    """A running number behind a whole one, group `n`: No. 282/NQ-CP and No. `311`."""
    return re.compile(rf"{_between_numbers()}[^\s\d]{{1,6}} ?(?P<n>\d{{1,4}})(?={number_counter()}|(?![\w/-]|[.,]\d))")


@cache
def linked_year() -> str:
    """What may stand between a day or month and its year or the next date, and nothing: `enero de 2025`."""
    marks = load_knowledge().marks
    return rf"(?:(?:{_any([*marks.year_links, *marks.date_links])}) ?)?"


@cache
def after_span() -> re.Pattern[str]:
    """Before one more year behind a span of years, or behind two of a list: 2012 - 2015 `dan` 2020, 2022, 2023, `and` 2024."""
    return re.compile(rf"(?<!\d)(?:19|20)\d\d(?: ?[-–] ?|, ?)(?:19|20)\d\d,? (?:{_any(load_knowledge().marks.date_links)}) ?$")


@cache
def behind_year() -> re.Pattern[str]:
    """A year before another one and the word for and between, group `y`: 2023 `and` 2024."""
    return re.compile(rf"(?<![\d.,/-])(?P<y>(?:19|20|25)\d\d),? (?:{_any(load_knowledge().marks.date_links)}) ?$")


@cache
def year_of_title() -> re.Pattern[str]:
    """The year that belongs to a title: `National Health Act 2014`, `Ley (de 2019)`."""
    return re.compile(rf",? ?\(?(?:(?:{_any(load_knowledge().marks.year_links)}) ?)?(?:19|20)\d\d(?!\d)\)?")


@cache
def name_of_person() -> re.Pattern[str]:
    """A family or middle name right before a person's own name, on the text as it is: Pham `Thi` Hue, `Nguyễn` Thanh Liêm."""
    return re.compile(rf"\b(?:{'|'.join(load_knowledge().marks.names_of_persons)}) $")


@cache
def slogan() -> re.Pattern[str]:
    """A name in quotation marks, group `n`, with words for numbers in it: “`三个一号工程`”; nothing that is said: “十份里有三份”."""
    said = "|".join(load_knowledge().marks.said_in_quotes)
    return re.compile(rf"[“「『](?P<n>(?![^”」』]{{0,10}}(?:{said}))[\u3400-\u9fff]{{3,10}})[”」』]")


@cache
def picture_height() -> re.Pattern[str]:
    """Behind the width of a picture its height: 300`x250px`."""
    return re.compile(rf"[xх×][0-9]+ ?(?:{_any(load_knowledge().marks.pixels)})")


@cache
def file_size() -> re.Pattern[str]:
    """The size of a file, on the text as it is: `830 kb`, `612,4 Ko`."""
    return re.compile(rf"(?<![\w.,])\d[\d.,]* ?(?:{'|'.join(load_knowledge().marks.file_sizes)})(?!\w)")


@cache
def picture() -> re.Pattern[str]:
    """The number of a picture under it: `ảnh 1`."""
    return re.compile(rf"(?:{_any(load_knowledge().marks.pictures)}) ?\d{{1,2}}(?![\d.,]*\d)")


def _before() -> str:
    return rf"(?:{_any(load_knowledge().marks.number_before)})\.? ?(?=\d)"


def number_counter() -> str:
    """Behind a running number: `号`."""
    return rf"(?:{_any(load_knowledge().marks.number_behind)})"


def _between_numbers() -> str:
    """A comma or a short word, behind a counter where the language has one."""
    return rf"{number_counter()}?(?: ?[,、،] ?| ?[^\W\d_]{{1,4}} ?)"


def _any(words: Iterable[str]) -> str:
    """Each of the words as text is folded with and without its marks; what begins with a Latin letter begins a word."""
    folded = {fold(word, fold_marks=marks) for word in words for marks in (False, True)}
    return "|".join((r"(?<![^\W\d_])" if "a" <= word[0] <= "z" else "") + re.escape(word) for word in sorted(folded, key=lambda w: (-len(w), w)))

"""Years that stand alone: four digits that count nothing, years of the Hijra, years of surveys."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extractor.components.date_values import hijri_year
from extractor.components.date_words import DateWords
from extractor.components.standing_alone import COUNTED, NOUNS, stands_alone
from extractor.components.written_marks import QUOTED_YEAR, after_span, behind_year
from extractor.mentions import DateMention
from extractor.packs import DateRules
from extractor.page import Page

FIRST_YEAR, LAST_YEAR = 1945, 2060
"""Between which a number may be a year without a word that says so."""
_SENTENCE_OPENS, _FIGURE_FOLLOWS = re.compile(r"(?:^|\n|[.!?] )$"), re.compile(r"[^.!?;\n\d]{0,60}\d")
_DURATIONS = ("d", "wk", "mo")
_HIJRI_YEARS = re.compile(r"(?<![\d.,/-])(1[34]\d\d)(?: ?[/–-] ?(1[34]\d\d))?(?![/-]?\d|[.,]\d)")
"""A year of the Hijra, or the two that a fiscal year is in: 1441, 1441 /1442."""
_OF_THREE_YEARS = re.compile(r"(?<![\d.,–-])(?:19|20)\d\d, ?(?:19|20)\d\d,? ?(?:[^\W\d_]{1,4} )?$")
"""Before the last of three years in a row: 2022, 2023, `2024`."""
_CLAUSE_OR_FIGURE = re.compile(r" ?(?:[.,;:!?)\n]|\d|$)")
_OPENED = re.compile(r"(?:^|[\n;,.:،؛]) ?(?:[-+*•–(] ?|\d{1,2}[.)/] ?|[a-z]\) ?)?$")
_CLOSED = re.compile(r" {0,2}(?:[:,;.،؛\n]|$)")
"""What stands before a vision that opens a clause, and behind a year that closes it."""
_QUOTED = 24
"""Characters of a quoted name before its year, at most."""
_SPAN_AHEAD = 20
"""Characters of a span of years and the word behind it, at most."""
_YEAR = len("2024")


class BareYears:
    """Finds the years of one language that nothing but digits tells."""

    def __init__(self, rules: DateRules, words: DateWords) -> None:
        self._rules = rules
        self._words = words

    def find(self, page: Page) -> Iterator[DateMention]:
        """All of them."""
        yield from self._plain(page)
        yield from self._of_hijra(page)

    def of_surveys(self, page: Page) -> Iterator[DateMention]:
        """Years within the names of surveys, which are no dates of their own but say when a figure holds."""
        folded = page.reading.folded
        for start, end, token in zip(page.starts, page.ends, page.tokens, strict=True):
            is_year = len(token) == 4 and token.isdigit() and FIRST_YEAR <= int(token) <= LAST_YEAR
            if is_year and self._words.before("surveys", folded, start):
                yield DateMention(start, end, token, "period", "survey")

    def is_named(self, folded: str, start: int, end: int) -> bool:
        """The year of a name or of a survey; one that heads a list (`Vision 2045:`) is meant as a year."""
        if self._words.before("surveys", folded, start):
            return True
        if folded[end : end + 1] == ":" or self.is_vision(folded, start, end):
            return False
        if QUOTED_YEAR.search(folded, max(0, start - _QUOTED), end + 1):
            return True
        return self._words.before("named_years", folded, start) is not None

    def is_vision(self, folded: str, start: int, end: int) -> bool:
        """`Vision 2045` as a heading, an item or a clause of its own; not `in line with Saudi Vision 2030`."""
        vision = self._words.before("visions", folded, start)
        return (
            vision is not None
            and _OPENED.search(folded, max(0, vision.start() - 12), vision.start()) is not None
            and _CLOSED.match(folded, end) is not None
        )

    def _plain(self, page: Page) -> Iterator[DateMention]:
        """Four digits that are a year: after a year word for certain, else where nothing is counted."""
        named = {term.start for term in page.of_kind(*NOUNS)}
        verbs = {term.start for term in page.of_kind("concept")} - named
        nouns = named | verbs
        nouns |= {t.start for t in page.of_kind("disease") if t.end in nouns or t.end + 1 in nouns}  # 2021 Covid-19 pandemic is a year
        nouns |= {link.start for link in page.of_kind("links") if link.end + 1 in nouns}  # 1974 de cazuri
        durations = {t.start for t in page.of_kind("unit") if t.value in _DURATIONS}
        for start, end, token in zip(page.starts, page.ends, page.tokens, strict=True):
            if len(token) != 4 or not token.isdigit() or not stands_alone(page.reading.folded, start, end):
                continue
            year = int(token)
            opens = end + 1 in verbs and _opens_clause_with_figure(page.reading.folded, start, end)
            counted = named if opens else nouns  # 2023 starben 3 Menschen
            if self._rules.buddhist_years and 2400 <= year <= 2700:
                year -= 543
                counted = nouns - durations  # โรคหัด 2566 เดือนเดียว: of that year, no so many months
            if FIRST_YEAR <= year <= LAST_YEAR and self._is_year(page, start, end, counted):
                yield DateMention(start, end, str(year), "period", "{y}")

    def _of_hijra(self, page: Page) -> Iterator[DateMention]:
        """Years of the Hijra, by the mark behind them or the word before: `1446هـ`, `عام 1441`; not `خلال العام 1441 مريضا`, where they count."""
        if not self._rules.hijri_marks:
            return
        folded, nouns = page.reading.folded, {term.start for term in page.of_kind(*NOUNS)}
        for years in _HIJRI_YEARS.finditer(folded):
            start, end = years.span()
            if not self._words.after("hijri_marks", folded, end):
                said = self._words.before("hijri_year_words", folded, start)
                if said is None or end in nouns or end + 1 in nouns:
                    continue
            first, last = hijri_year(int(years[1])), hijri_year(int(years[2] or years[1]))
            ends = dict.fromkeys((first[:_YEAR], last[-_YEAR:]))  # 1429 AH is within 2008
            yield DateMention(start, end, "/".join(ends), "period", "{y}")

    def _is_year(self, page: Page, start: int, end: int, nouns: set[int]) -> bool:
        folded = page.reading.folded
        if self.is_named(folded, start, end):
            return False
        if self._words.after("year_suffixes", folded, end):
            return True
        if folded[start - 1 : start] == "(" and folded[end : end + 1] == ")" and end + 2 in nouns:
            return False  # in brackets before what it counts: (1980) عملية
        following = end + 1 if folded[end : end + 1] in (" ", "-") else end
        counted = following in nouns or folded[end : end + 2].lstrip(" ").startswith(("%", "$", "€"))
        ahead = max(0, start - _SPAN_AHEAD)
        spanned = (after_span().search(folded, ahead, start) or _OF_THREE_YEARS.search(folded, ahead, start)) is not None
        if not counted or spanned or _follows_a_year(folded, start, end) or (self._rules.nouns_large and _is_small_to_the_end(page, following)):
            return True
        said = self._words.before("year_words", folded, start)
        return said is not None and not any(  # أقل من 1990 طبيب: `من` is a piece of `less than`
            term.start <= said.start() < term.end <= start for term in page.of_kind("comparator_before")
        )


def _is_small_to_the_end(page: Page, at: int) -> bool:
    """Whether what begins here is a small word that ends its clause, or stands before another figure: `geimpft`, 2022 `stationär` 1,2 Millionen."""
    ends = [term.end for term in page.terms_at(at, *COUNTED)]
    return bool(ends) and page.reading.text[at : max(ends)].islower() and _CLAUSE_OR_FIGURE.match(page.reading.folded, max(ends)) is not None


def _follows_a_year(folded: str, start: int, end: int) -> bool:
    """The next year behind one and a word for and: in 2023 `and 2024` cases fell."""
    before = behind_year().search(folded, max(0, start - _SPAN_AHEAD), start)
    return before is not None and int(before["y"]) + 1 == int(folded[start:end])


def _opens_clause_with_figure(folded: str, start: int, end: int) -> bool:
    """Begins a sentence in which another figure says how many: `2023 starben` 3 Menschen."""
    return _SENTENCE_OPENS.search(folded, max(0, start - 2), start) is not None and _FIGURE_FOLLOWS.match(folded, end) is not None

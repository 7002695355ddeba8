"""Two dates that the words between them make one span, and spans from new year to a date: `from early 2021 to the end of June 2022`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.components.date_templates import UNSPACED, alternatives
from extractor.components.date_values import span_between
from extractor.components.date_words import DateWords
from extractor.components.years import NO_YEAR
from extractor.mentions import DateMention
from extractor.packs import LanguagePack
from extractor.page import Page

_WORDS_WITHIN = 22
"""Characters of `the beginning of the year` between the word for from or to and the date itself, at most."""
_BEGIN_REACH = 70
"""Characters before a date in which a span to it may begin."""
_MONTH, _DAY = len("2024-02"), len("2024-02-27")


class DateSpans:
    """Joins the dates of one language."""

    def __init__(self, pack: LanguagePack, words: DateWords) -> None:
        self._words = words
        rules, numbers = pack.pack.dates, pack.pack.numbers
        until = alternatives(words.folded([*rules.deadline, *numbers.range_words])) or "(?!)"
        self._until = re.compile(rf"[ ,]{{0,2}}(?:{until})(?![^\W\d_]*\d)[^\d.,;:!?\n]{{0,24}}")
        from_ = whole_words(words.folded([*numbers.range_open, *numbers.range_between_open, *rules.since]))
        to = whole_words(words.folded([*numbers.range_words, *rules.deadline]))
        suffixes = alternatives(words.folded(rules.year_suffixes)) or "(?!)"
        self._opened = re.compile(from_)
        self._opens = re.compile(rf"{from_}[^\d.,;:!?()\n]{{0,{_WORDS_WITHIN}}}$")
        self._goes_on = re.compile(rf"(?:{suffixes})?[ ]{{0,2}}{to}[^\d.,;:!?()\n]{{0,{_WORDS_WITHIN}}}")
        begins = alternatives(words.folded(rules.year_begins)) or "(?!)"
        self._year_begins = re.compile(rf"(?<![^\W\d_])(?P<begins>{begins})(?:{self._until.pattern}|[ ,(]{{0,3}})$")

    def joined(self, folded: str, dates: Sequence[DateMention]) -> list[DateMention]:
        """The dates, two of them as one where the words for from and to stand beside them, however precise each is: `from early 2021 to
        the end of June 2022`, `từ ngày 18 đến hết ngày 24 tháng 6 năm 2022`."""
        kept: list[DateMention] = []
        for date in dates:
            span = self._span(folded, kept[-1], date) if kept else None
            if span is not None:
                kept[-1] = span
            else:
                kept.append(date)
        return kept

    def _span(self, folded: str, first: DateMention, last: DateMention) -> DateMention | None:
        if "/" in first.value or "/" in last.value or last.start - first.end > _BEGIN_REACH:
            return None
        opened = self._opens.search(folded, max(0, first.start - _BEGIN_REACH), first.start) or self._opened.match(folded, first.start)
        goes_on = self._goes_on.fullmatch(folded, first.end, last.start) or (
            last.start - first.end <= 1 and self._goes_on.match(folded, last.start, last.end)  # hasta finales de junio is one date
        )
        if not ((opened and goes_on) or self._are_enclosed(folded, first, last)) or self._words.till_now(folded, first):
            return None
        if first.value.startswith(NO_YEAR) and len(first.value) != len(last.value) and self.year_begins(folded, last.start):
            return None
        value = span_between(first.value, last.value)
        return None if value is None else replace(first, end=last.end, value=value)

    def _are_enclosed(self, folded: str, first: DateMention, last: DateMention) -> bool:
        """The words for from and to stand behind the dates: `18/6부터 24/6까지`."""
        since = self._words.after("since_after", folded, first.end, last.start)
        behind = since is not None and not folded[since.end() : last.start].strip()
        return behind and self._words.after("deadline_after", folded, last.end) is not None

    def year_begins(self, folded: str, start: int) -> re.Match[str] | None:
        """The words before an offset that make a span of it from new year on."""
        return self._year_begins.search(folded, max(0, start - _BEGIN_REACH), start)

    def from_new_year(self, page: Page, dates: Sequence[DateMention]) -> tuple[list[DateMention], set[DateMention]]:
        """The spans that the words before a day or month begin with the year (`since the beginning of the year to the end of May`,
        `from early 2025 to 14 July`), and those of the dates that end one and mean nothing else."""
        folded = page.reading.folded
        spans: list[DateMention] = []
        ends: set[DateMention] = set()
        previous: DateMention | None = None
        for date in dates:
            if len(date.value) in (_MONTH, _DAY) and date.value[:4].isdigit():
                begin = self.year_begins(folded, date.start)
                if begin is not None:
                    spans.append(to_date(begin.start("begins"), date))
                    ends.add(date)
                elif (
                    previous is not None and previous.value.removesuffix("/..") == date.value[:4] and self.leads_to(folded, previous.end, date.start)
                ):
                    spans.append(to_date(previous.start, date))
            previous = date
        return spans, ends

    def leads_to(self, folded: str, left: int, right: int) -> bool:
        """Whether nothing but words such as `to the end of` stand between two dates."""
        return right - left <= _BEGIN_REACH and self._until.fullmatch(folded, left, right) is not None


def to_date(start: int, end: DateMention) -> DateMention:
    """From new year to a day or a month, told by the words from `start` to the date."""
    first = f"{end.value[:4]}-01-01"
    return DateMention(start, end.start, f"{first[: len(end.value)]}/{end.value}", "relative", "year begins")


def whole_words(words: Sequence[str]) -> str:
    """A pattern of one of some words and no piece of another: `to` in no `tomorrow`; in a script without spaces, wherever it stands."""
    unspaced = [word for word in words if UNSPACED.match(word)]
    spaced = alternatives([word for word in words if not UNSPACED.match(word)])
    whole = [rf"(?<![^\W\d_])(?:{spaced})(?![^\W\d_])"] if spaced else []
    return rf"(?:{'|'.join([*whole, alternatives(unspaced)] if unspaced else whole) or '(?!)'})"

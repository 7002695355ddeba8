"""Two days that one span of time leads from and to, by the hour: `from 7:00 on 8 February to 7:00 on 11 February`.

Holidays and epidemics are reported so. Each day stays a date of its own; what is counted is counted in the span.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from extractor.components.date_spans import whole_words
from extractor.components.date_templates import alternatives
from extractor.components.date_values import span_between
from extractor.components.date_words import DateWords
from extractor.mentions import DateMention
from extractor.packs import LanguagePack

_CLOCK = r"(?<!\d)[0-2]?\d(?:[:.h][0-5]\d)?(?!\d)"
_WORDS = r"[^\d;!?()\n]{0,22}"
"""Beside the time of day: `a.m. on the`."""
_SYLLABLES = r"[^\d\s;!?()]{0,3}"
_REACH = 70
"""Characters between the two days, and before the first one, at most."""
_DAY = len("2024-02-27")


class ClockWindows:
    """Spans between two times of day in one language."""

    def __init__(self, pack: LanguagePack, words: DateWords) -> None:
        rules, numbers = pack.pack.dates, pack.pack.numbers
        from_ = whole_words(words.folded([*numbers.range_open, *numbers.range_between_open, *rules.since, *rules.hours_from]))
        to = whole_words(words.folded([*numbers.range_words, *rules.deadline, *rules.hours_to]))
        behind = [*rules.since_after, *rules.hours_since], rules.deadline_after
        since, until = (alternatives(words.folded(phrases)) or "(?!)" for phrases in behind)
        self._from_within, self._to_within = re.compile(from_), re.compile(to)
        self._from = re.compile(rf"{from_}{_WORDS}(?:{_CLOCK}{_WORDS})?$")
        self._to = re.compile(rf"(?:{_WORDS}{_CLOCK})?{_WORDS}{to}{_WORDS}(?:{_CLOCK}{_WORDS})?")
        self._clock = re.compile(rf"{_WORDS}{_CLOCK}{_WORDS}")
        self._since = re.compile(rf"{_WORDS}{_CLOCK}{_SYLLABLES}(?:{since})\s?")
        self._until = re.compile(rf"{_WORDS}{_CLOCK}{_SYLLABLES}(?:{until})")

    def find(self, folded: str, dates: Sequence[DateMention]) -> Iterator[tuple[DateMention, DateMention, DateMention]]:
        """Each span with the two days that it leads from and to."""
        for first, last in pairwise(dates):
            if len(first.value) == len(last.value) == _DAY and 0 < last.start - first.end <= _REACH and self._leads(folded, first, last):
                value = span_between(first.value, last.value)
                if value is not None:
                    yield DateMention(first.start, last.end, value, "period", "clock"), first, last

    def _leads(self, folded: str, first: DateMention, last: DateMention) -> bool:
        between = folded[first.end : last.start]
        if not any(letter.isdigit() for letter in between):
            return False
        if self._since.fullmatch(between):
            return self._until.match(folded, last.end) is not None
        led_to = self._to.fullmatch(between) or (self._clock.fullmatch(between) and self._to_within.match(folded, last.start, last.end))
        written_on = not between[0].isspace()  # 8月15日17时至…
        return bool(led_to) and (
            written_on
            or self._from_within.match(folded, first.start, first.end) is not None
            or self._from.search(folded, max(0, first.start - _REACH), first.start) is not None
        )

"""The words right before or behind a date that say what it is (`by`, `since`, `ago`), as the pack lists them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal, get_args

from extractor.components.date_templates import UNSPACED, alternatives, before_figure
from extractor.components.written_marks import number_beside
from extractor.components.years import Turn
from extractor.mentions import DateMention
from extractor.packs import FALLBACK, LanguagePack, load_pack
from extractor.reading import fold

Before = Literal[
    "as_of", "coming", "days_behind", "deadline", "duration_words", "gone", "hijri_year_words", "named_years", "no_dates_behind",
    "since", "surveys", "visions", "weeks_to", "year_words",
]  # fmt: skip
"""Lists of a pack whose words stand before a date."""
After = Literal["ago", "coming", "deadline_after", "gone", "hijri_marks", "same_year", "since_after", "year_suffixes"]
"""Lists of a pack whose words stand behind one."""
_REACH = 40
"""Characters of such words with what stands between them and the date, at most."""
_NUMBER_REACH = 24
"""Characters from a document's number to its day, at most."""
_OPENED, _FIGURE = re.compile(r"[(→] ?$"), re.compile(r" ?\d")
_MONTH, _DAY = len("2024-02"), len("2024-02-27")


class DateWords:
    """The words beside the dates of one language; asked for on folded text."""

    def __init__(self, pack: LanguagePack) -> None:
        rules, shared = pack.pack.dates, load_pack(FALLBACK).pack.dates
        self._fold_marks = pack.pack.fold_marks
        self._prefixes = tuple(self.folded(pack.pack.prefixes))
        self._before = {name: self._edge([*getattr(rules, name), *getattr(shared, name)], before=True) for name in get_args(Before)}
        self._before["since"] = self._edge([*rules.since, *shared.since], before=True, between=" ,()")  # nahm ab: 1991 waren es 666.000
        self._after = {name: self._edge(getattr(rules, name), before=False) for name in get_args(After)}
        since = alternatives(self.folded(rules.since)) or "(?!)"
        whole = "" if all(UNSPACED.match(word) for word in rules.since) else r"(?![^\W\d_])"  # `с` is since, but no piece of `сентябре`
        self._since_within = re.compile(rf"(?:{since}){whole}[ ]?(?![^\W\d_]*/)")
        self._till_now = re.compile(rf"(?:{alternatives(self.folded(rules.since_after)) or '(?!)'})$")
        self._far = re.compile(before_figure(rules.far_year_followers, lambda word: fold(word, fold_marks=self._fold_marks)) or "(?!)")
        self._turns: dict[Turn, tuple[str, ...]] = {"coming": tuple(self.folded(rules.coming)), "gone": tuple(self.folded(rules.gone))}

    def folded(self, words: Sequence[str]) -> list[str]:
        """Words of the pack as a folded text has them."""
        return [fold(word, fold_marks=self._fold_marks) for word in words]

    def before(self, name: Before, folded: str, start: int) -> re.Match[str] | None:
        """A word of a list right before an offset."""
        return self._before[name].search(folded, max(0, start - _REACH), start)

    def after(self, name: After, folded: str, start: int, end: int | None = None) -> re.Match[str] | None:
        """A word of a list right behind an offset, and before another where one is given."""
        return self._after[name].match(folded, start, len(folded) if end is None else end)

    def turns_to(self, folded: str, date: DateMention, turn: Turn) -> bool:
        """Whether words within or beside a date say that it is still to come or gone by: `next January`, `décembre dernier`."""
        words = self._turns[turn]
        within = folded.startswith(words, date.start, date.end) or folded.endswith(words, date.start, date.end)
        return bool(within or self.before(turn, folded, date.start) or self.after(turn, folded, date.end))

    def since(self, folded: str, date: DateMention) -> bool:
        """Whether what is told runs from the date on: `since March`."""
        within = len(date.value) in (_MONTH, _DAY) and self._since_within.match(folded, date.start, date.end)
        return bool(within or self.before("since", folded, date.start))

    def is_far_year(self, folded: str, date: DateMention) -> bool:
        """Whether what stands behind two digits makes them a year, however long ago: 11年`比`, (11年`4,875`人)."""
        if _OPENED.search(folded, max(0, date.start - 2), date.start) and _FIGURE.match(folded, date.end):
            return True
        return self._far.match(folded, date.end) is not None and not self.before("duration_words", folded, date.start)

    def till_now(self, folded: str, date: DateMention) -> bool:
        """`từ tháng 10/2024 đến nay`: no comma before the words, nor a document's number before the day, which is the document's."""
        if self._till_now.search(folded, date.start, date.end):
            return True
        till_now = self.after("since_after", folded, date.end)
        if till_now is None or "," in till_now[0]:
            return False
        spaced = till_now[0].startswith(" ")
        return not (spaced and number_beside().search(folded, max(0, date.start - _NUMBER_REACH), date.start))

    def _edge(self, phrases: Sequence[str], *, before: bool, between: str = " :,()") -> re.Pattern[str]:
        """Matches one of the phrases right before or right after a date; never, where there are none. One of a single letter begins no word:
        2024`م`, but 2024 مريضا are patients."""
        if not phrases:
            return re.compile(r"(?!)")
        words = alternatives(self.folded(phrases))
        spaced = not all(UNSPACED.match(phrase) for phrase in phrases)
        guard = r"(?<![^\W\d_])" if spaced else ""
        clitics = f"(?:{alternatives(self._prefixes)})?" if self._prefixes and spaced else ""
        if before:
            return re.compile(rf"{guard}{clitics}(?:{words})[{between}]{{0,3}}$")
        whole = r"(?!(?<=[\d ,].)[^\W\d_])" if spaced else ""
        return re.compile(rf"[ ,]{{0,2}}(?:{words}){whole}")

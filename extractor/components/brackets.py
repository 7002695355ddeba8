"""Numbers that say whom a quantity is about (`children under 5`), or that only name (`two-tier`).

They are no quantities of their own. Templates come from the pack; the values go to dimensions or nowhere.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter

from extractor.components.shape import NOUNS
from extractor.mentions import NumberMention, Span
from extractor.packs import Brackets as BracketRules
from extractor.page import Page
from extractor.reading import fold

_SLOT = re.compile(r"\{n2?\}")
_REMEMBERED_SIDES = 1 << 10


@dataclass(frozen=True, slots=True)
class BracketMention(Span):
    """A bracket and the age it means, if any: `<5`, `60+`, `15-49`."""

    age: str | None
    clock: bool = False
    person: bool = False
    """The age of one person (`aged 75`)."""


@dataclass(frozen=True, slots=True)
class _Template:
    section: str
    before: str
    between: str | None
    after: str
    order: tuple[bool, int, str, str]
    """Two numbers before one, then the longer."""

    @property
    def edge(self) -> tuple[str, str]:
        """One or two characters right before or after the number, by which the template is found."""
        return ("before", self.before[-2:]) if self.before else ("after", (self.between or self.after)[:2])


class Brackets:
    """Finds the bracketing numbers of one language."""

    def __init__(self, rules: BracketRules, prefixes: Sequence[str] = (), *, fold_marks: bool) -> None:
        """With prefixes that are written onto a template's first word: `و`تقل أعمارهم عن 5 سنوات."""
        self._prefixes = frozenset(fold(prefix, fold_marks=fold_marks) for prefix in prefixes)
        sections = [(section, templates) for section, templates in rules if section not in ("change_stems", "under_one")]
        templates = [_template(section, fold(template, fold_marks=fold_marks)) for section, templates in sections for template in templates]
        self._hyphened = [
            (template.section, re.compile(rf"{re.escape(template.before)}(\d{{1,3}}){re.escape(template.after)}(?![^\W\d_])"))
            for template in templates
            if template.between is None and template.before.endswith("-") and template.after
        ]
        """Ages within a word, whose figure is no number: `Über-60-Jährige`."""
        under_one = "|".join(re.escape(fold(words, fold_marks=fold_marks)) for words in sorted(rules.under_one, key=len, reverse=True))
        self._under_one = re.compile(rf"(?<![^\W_])(?:{under_one})(?![^\W_])") if under_one else None
        self._change_stems = tuple(fold(stem, fold_marks=fold_marks) for stem in rules.change_stems)
        self._by_edge: dict[tuple[str, str], list[_Template]] = defaultdict(list)
        for template in templates:
            self._by_edge[template.edge].append(template)
        self._beside = lru_cache(maxsize=_REMEMBERED_SIDES)(self._find_beside)

    def recognize(self, page: Page, numbers: Sequence[NumberMention], durations: Collection[str]) -> list[BracketMention]:
        """Brackets in order of the text; each number is in one at most. `durations` are the indicators measured in years or days."""
        folded = page.reading.folded
        names = [term for term in page.of_kind("indicator") if term.value in durations]
        ends = [name.end for name in names]
        ranks = {term.end for term in page.of_kind("labels")} - {term.end for term in page.of_kind("group_labels")}
        goals = {term.end for term in page.of_kind("cue") if term.value == "target_label"}
        found: list[BracketMention] = []
        taken = -1
        for index, number in enumerate(numbers):
            following = numbers[index + 1] if index + 1 < len(numbers) else None
            if number.start < taken or (number.start - 1 in ranks and folded[number.start - 1] == " "):
                continue  # hospitals of `class 1 and above` are of no age
            mention = next((bracket for bracket in self._at(folded, number, following) if not _compares(page, bracket, following)), None)
            if mention is None and found and following is not None:
                mention = _next_in_row(folded, found[-1], number, following) or _next_of_other_unit(page, found[-1], number, following)
            if mention is not None and mention.start in goals:
                continue  # 目標(26)を上回った: the goal, and nobody's age
            if mention is not None:
                taken = mention.end
                if mention.age != _CHANGE and not _is_measured(folded, ends, mention) and not (mention.clock and _counts(page, mention, number)):
                    found.append(mention)
        words = [*self._within_words(folded)] if self._hyphened else []
        if self._under_one is not None:
            words += [BracketMention(*match.span(), "<1") for match in self._under_one.finditer(folded)]
        return sorted([*found, *words], key=attrgetter("start")) if words else found

    def _within_words(self, folded: str) -> Iterator[BracketMention]:
        """Ages whose figure is a part of a word, in order."""
        at = -1
        for section, match in sorted(
            ((section, match) for section, pattern in self._hyphened for match in pattern.finditer(folded)), key=lambda hit: hit[1].start()
        ):
            if match.start() >= at and not folded[match.start() - 1 : match.start()].isalpha():
                at = match.end()
                yield BracketMention(
                    match.start(), at, _age(section, NumberMention(match.start(1), match.end(1), Decimal(match[1]), digits=True), None)
                )

    def _at(self, folded: str, number: NumberMention, following: NumberMention | None) -> Iterator[BracketMention]:
        """Brackets of the templates that fit a number, the most specific first."""
        end = _past_space(folded, _end(folded, number, following))
        right = _DASH if following is not None and _between(folded, number, following) == _DASH else folded[end : end + 2]
        for template in self._beside(folded[max(0, number.start - 2) : number.start], right):
            span = _matched(template, folded, number, following, self._prefixes)
            if span is None:
                continue
            if template.section.startswith(_RANGES) and self._is_change(folded, span):
                yield BracketMention(span.start, span.end, _CHANGE)
            elif _is_plausible(template.section, number) or _is_clock(template.section, folded[number.start : number.end]):
                yield BracketMention(
                    span.start, span.end, _age(template.section, number, following), template.section == "clock", template.section == "person_age"
                )

    def _find_beside(self, left: str, right: str) -> list[_Template]:
        """The templates that a number with these characters on its sides may fit, the most specific first."""
        edges = [("before", left), ("before", left[-1:]), ("after", right), ("after", right[:1])]
        return sorted((template for edge in edges for template in self._by_edge.get(edge, ())), key=attrgetter("order"))

    def _is_change(self, folded: str, span: Span) -> bool:
        """A word of rise or fall right before, a short word between at most: life expectancy `rose from 67 to 72 years`."""
        words = folded[max(0, span.start - _WORDS_BEFORE) : span.start].split()[-2:]
        near = words if len(words) == 2 and len(words[1]) <= _SHORT_WORD else words[-1:]
        return any(word.startswith(self._change_stems) for word in near)


def _next_in_row(folded: str, before: BracketMention, number: NumberMention, following: NumberMention) -> BracketMention | None:
    """The next of some age groups in a row, written as the one before: อายุ 5-14 ปี, `15-24 ปี` และ `0-4 ปี`."""
    if before.age is None or not _AGES.fullmatch(before.age) or not 0 <= number.start - before.end <= _LONGEST_LINK:
        return None
    shape = _LAST_RANGE.search(folded, before.start, before.end)
    if shape is None or _LINK.fullmatch(folded, before.end, number.start) is None or _between(folded, number, following) != _DASH:
        return None
    end = following.end + len(shape["unit"])
    if not folded.startswith(shape["unit"], following.end) or not number.value < abs(following.value) <= _OLDEST:
        return None
    return BracketMention(number.start, end, _age("age_range", number, following))


def _next_of_other_unit(page: Page, before: BracketMention, number: NumberMention, following: NumberMention) -> BracketMention | None:
    """The next of some age groups in a row, in months where the one before is in years or the reverse: 6-9 months, `1-5 years` and 6-10 years."""
    folded = page.reading.folded
    if before.age is None or not _AGES_OR_MONTHS.fullmatch(before.age) or not 0 <= number.start - before.end <= _LONGEST_LINK:
        return None
    if _LINK.fullmatch(folded, before.end, number.start) is None or _between(folded, number, following) not in _DASHES:
        return None
    units = page.by_kind.get("unit", [])
    at = following.end + (folded[following.end : following.end + 1] == " ")
    unit = next((term for term in units[bisect_left(units, at, key=attrgetter("start")) :][:_UNITS_AT] if term.start == at), None)
    section = _AGE_UNITS.get(unit.value) if unit is not None else None
    if unit is None or section is None or not number.value < abs(following.value) <= _OLDEST:
        return None
    return BracketMention(number.start, unit.end, _age(section, number, following))


def _is_measured(folded: str, names: Sequence[int], bracket: BracketMention) -> bool:
    """`A healthy life expectancy of 70 years or more`: years that are measured, no age group; `names` are the ends of such names.

    Nobody's age stands in a sentence that names a life expectancy: `the life expectancy of the province's people is 75 years old`.
    """
    reach, breaks = (_SENTENCE_REACH, _SENTENCE_BREAKS) if bracket.person else (_MEASURED_REACH, _BREAKS)
    index = bisect_right(names, bracket.start) - 1
    if index < 0 or bracket.start - names[index] > reach:
        return False
    return not breaks.search(folded, names[index], bracket.start)


def _compares(page: Page, bracket: BracketMention, following: NumberMention | None) -> bool:
    """The last word of an open age is that of the figure right behind it: `68 de ani și` peste 97%, `7 лет и` более 69 000 женщин."""
    if following is None or following.start != bracket.end + 1 or not (bracket.age or "").endswith("+"):
        return False
    terms = page.by_kind.get("comparator_before", [])
    first, behind = (bisect_left(terms, at, key=attrgetter("start")) for at in (bracket.start, bracket.end))
    return any(term.end == bracket.end for term in terms[first:behind])


def _counts(page: Page, clock: Span, number: NumberMention) -> bool:
    """`A las cinco provincias`: a noun right behind what could be a time of day."""
    if clock.end != number.end or not page.reading.folded.startswith(" ", clock.end):
        return False
    for kind in NOUNS:
        terms = page.by_kind.get(kind, [])
        at = bisect_left(terms, clock.end + 1, key=attrgetter("start"))
        if at < len(terms) and terms[at].start == clock.end + 1:
            return True
    return False


_HAN_OR_KANA = "\u3005-\u3007\u3040-\u30ff\u3400-\u9fff"
_SPACE_BEFORE, _SPACE_BEHIND = re.compile(f"[{_HAN_OR_KANA}] "), re.compile(f" [{_HAN_OR_KANA}]")
_UNSPACED_WORDS = re.compile(f" ?[{_HAN_OR_KANA}]+ ?$")
"""A space beside a figure, which Chinese and Japanese pages write at will: `6 个月至 5 岁`."""
_GOES_ON = re.compile(r"[.,]?\d")
"""Digits of the same number: 1.876/`7.173` is no 24/7."""
_AGES, _AGES_OR_MONTHS = re.compile(r"\d+-\d+"), re.compile(r"\d+-\d+(?:mo)?")
_AGE_UNITS, _UNITS_AT = {"a": "age_range", "mo": "age_months_range"}, 3
"""Sections of templates by the unit of a figure, and units that may begin at one offset."""
_LAST_RANGE = re.compile(r" ?- ?\d+(?P<unit>[^\d,;.]+)$")
_DASH, _LONGEST_DASH = "-", 3
_DASHES = frozenset((_DASH, "~", "～", "〜"))
_LINK, _LONGEST_LINK = re.compile(r" ?[,、;] ?(?:[^\W\d_]{1,4} )?| [^\W\d_]{1,4} ?"), 8
"""Between two age groups of a row: a comma, a short word such as `and`, or both."""
_MEASURED_REACH = 20
"""Characters between the name of a duration and what it is, at most."""
_BREAKS = re.compile(r"[\d.,;:!?()。，；、（）\n]")
_SENTENCE_REACH = 150
_SENTENCE_BREAKS = re.compile(r"[.;!?](?!\d)|[。；！？\n]")
_CHANGE = "change"
"""In place of an age: two figures that are no bracket, so that neither of them opens one."""
_PREFIX_REACH = 4
"""Letters of a prefix and one before, at most."""
_RANGES = ("age_range", "age_months_range", "age_from_birth", "age_from_one")
_WORDS_BEFORE, _SHORT_WORD = 40, 5
_OLDEST, _LAST_HOUR = 130, 24
_HOUR_AND_MINUTE = re.compile(r"(?:[01]?\d|2[0-4])\.[0-5]\d")


def _is_plausible(section: str, number: NumberMention) -> bool:
    """Ages and hours are small whole numbers: `(9.146)` is nobody's age, `17,6 heures` no time of day."""
    if section == "selecting" or section.startswith("age_months"):
        return True
    whole = number.value == int(number.value) and not (number.digits and "." in str(number.value))  # a rate (21.0) is no age
    return whole and number.value <= (_LAST_HOUR if section == "clock" else _OLDEST)


def _is_clock(section: str, written: str) -> bool:
    """Hours and minutes with a stop between them: `5.30 pm`, `pukul 09.30`; two digits follow it, where `1.5 h` has one."""
    return section == "clock" and _HOUR_AND_MINUTE.fullmatch(written) is not None


def _template(section: str, text: str) -> _Template:
    before, *middle, after = _SLOT.split(text)
    between = _dashed(middle[0]) if middle else None
    order = (between is None, -len(before) - len(after) - len(between or ""), section, before)
    return _Template(section, before, between, after, order)


def _dashed(between: str) -> str:
    """A dash without the spaces around it: 15-34, 15 - 34 and 5 -14 are written alike, and so are 6～9 and 6 ～ 9."""
    mark = between.strip(" ")
    return mark if len(between) <= _LONGEST_DASH and mark in _DASHES else between


def _between(folded: str, number: NumberMention, following: NumberMention) -> str:
    """What stands between the two figures of a range; what was read as a minus is its dash: 5 `-14` years."""
    start = following.start + (following.value < 0 and folded[following.start] == _DASH)
    between = folded[number.end : start]
    return between.strip(" ") if _UNSPACED_WORDS.match(between) else _dashed(between)


def _past_space(folded: str, at: int) -> int:
    """Where the word behind a figure begins, in a script that needs no space there: 5 `岁以上`."""
    return at + 1 if _SPACE_BEHIND.match(folded, at, at + 2) else at


def _end(folded: str, number: NumberMention, following: NumberMention | None) -> int:
    """The end of a number, with the same one in brackets behind it: `cinq (05)` ans, `cinco (5)` años."""
    if following is None or following.value != number.value or folded[number.end : following.start] != " (":
        return number.end
    return following.end + 1 if folded[following.end : following.end + 1] == ")" else number.end


def _matched(template: _Template, folded: str, number: NumberMention, following: NumberMention | None, prefixes: Collection[str]) -> Span | None:
    spaced = template.before[-1:].strip() and _SPACE_BEFORE.match(folded, max(0, number.start - 2), number.start)
    start = number.start - len(template.before) - (1 if spaced else 0)
    if start < 0 or not folded.startswith(template.before, start):
        return None
    if template.before[:1].isalpha() and template.before[0] < "\u0e00" and (onto := _letters_before(folded, start)) and onto not in prefixes:
        return None
    end = _end(folded, number, following)
    if template.between is not None:
        if following is None or _between(folded, number, following) != template.between:
            return None
        end = following.end
    if not folded.startswith(template.after, end):
        end = _past_space(folded, end)
        if not folded.startswith(template.after, end):
            return None
    end += len(template.after)
    if template.after[-1:].isdigit() and _GOES_ON.match(folded, end):
        return None
    if template.after[-1:].isalpha() and folded[end : end + 1].isalpha() and template.after[-1] < "\u0e00":
        return None
    return Span(start, end)


def _letters_before(folded: str, at: int) -> str:
    """What is written onto the word that begins here, as far as a prefix may reach."""
    begin = at
    while begin and at - begin < _PREFIX_REACH and folded[begin - 1].isalpha():
        begin -= 1
    return folded[begin:at]


def _age(section: str, number: NumberMention, following: NumberMention | None) -> str | None:
    """The age group in years; months are turned into years where they are whole ones."""
    low = number.value
    high = abs(following.value) if following is not None else low
    match section:
        case "age_under":
            return f"<{_plain(low)}"
        case "age_over":
            return f"{_plain(low)}+"
        case "age_range":
            return f"{_plain(low)}-{_plain(high)}"
        case "age_range_below":
            return f"{_plain(low)}-{_plain(high - 1)}"
        case "age_from_birth":
            return f"0-{_plain(abs(low))}"
        case "age_from_one":
            return f"1-{_plain(low)}"
        case "age_months_under":
            return f"<{_plain(low / 12)}" if low % 12 == 0 else f"<{_plain(low)}mo"
        case "age_months_range":
            return f"{_plain(low)}-{_plain(high)}mo"
        case "age_months_range_below":
            return f"{_plain(low)}-{_plain(high - 1)}mo"
    return None


def _plain(value: Decimal) -> str:
    return str(int(value)) if value == int(value) else str(value.normalize())

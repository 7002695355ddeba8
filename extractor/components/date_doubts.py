"""What is written like a date and is none: a fraction, a name, a number to call, `12 may have died`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Set
from decimal import Decimal
from itertools import islice, takewhile

from extractor.components.bare_years import FIRST_YEAR, LAST_YEAR, BareYears
from extractor.components.date_templates import UNSPACED, Rule, alternatives
from extractor.components.date_values import Values
from extractor.components.date_words import DateWords
from extractor.components.pairs import is_difference
from extractor.components.standing_alone import COUNTED, NOUNS
from extractor.packs import FALLBACK, LanguagePack, load_pack
from extractor.page import Page

_DAY_SLASH_MONTH, _YEAR_DASH_MONTH = "{d}/{m}", "{y}-{m}"
_SLASHED = (_DAY_SLASH_MONTH, "{m}/{y}", "{m}/{ey}", _YEAR_DASH_MONTH, "{y}-{yy}")
"""What is no date behind the words for a number or a week: `minggu 3/2024`, `semaine 2024-30`."""
_WHOLE_MONTH = 5
"""Letters of a month that stands with nothing beside it, at least."""
_DIALLED = re.compile(r"[.-]\d\d(?!\d)")
"""Two more figures behind what looks like a day with a two-digit year."""
_TO_CALL = re.compile(r"[ .-]\d{3,4}(?!\d)")
"""More figures behind what looks like a year of long ago: 1900 9095."""
_BESIDE_A_MONTH = ("d", "d2", "y", "y2", "sy", "M2")
"""Slots that make a month's name a date beyond doubt."""
_YEAR_AND_COMMA = re.compile(r"(?<![\d–-])(?:19|20)\d\d年?[,،、] ?$")
_DAY_AND_MONTH = re.compile(r"\d{1,2}/\d{1,2}")
_DAYS_IN_A_ROW, _ROW_REACH = re.compile(r"(?<![\d/.,])(?:\d{1,2}/\d{1,2}(?:, ?| [^\W\d_]{1,3} ))+$"), 48
_LONGEST_PREPOSITION = 16
_SHARE_AHEAD, _SHARE_REACH = re.compile(r"(?<![\d.,])(\d{1,4}(?:[.,]\d{1,2})?) ?%[^\d\n.;()]{0,20}\( ?$"), 36
"""A percentage right before brackets."""
_YEAR_BEHIND = re.compile(r" ?(?:19|20|25)\d\d(?!\d)")
_FIGURE_FOLLOWS = re.compile(r"[^.!?;\n\d]{0,60}\d")
_YEAR = len("2024")


class Doubts:
    """Tells what of that which the templates of one language find is no date."""

    def __init__(self, pack: LanguagePack, values: Values, words: DateWords, years: BareYears) -> None:
        self._values, self._words, self._years = values, words, years
        self._no_dates = frozenset([*pack.pack.dates.no_dates, *load_pack(FALLBACK).pack.dates.no_dates])
        rules = pack.pack.dates
        self._no_date_follower, self._no_day_span_follower = (
            re.compile(rf" ?(?:{alternatives(words.folded(phrases)) or '(?!)'})(?![^\W\d_])")
            for phrases in (rules.no_date_followers, [*rules.no_date_followers, *rules.no_day_span_followers])
        )

    def is_no_date(self, page: Page, rule: Rule, match: re.Match[str]) -> bool:
        """A name (`No. 3/2`), a fraction (`3/5`), a rate (`12/10万`), round the clock (`24/7`), a number (`dez`), a year's name
        (`Vision 2030`), `12 may have died`."""
        folded, slots = page.reading.folded, {slot for slot, value in match.groupdict().items() if value}
        if rule.template in _SLASHED and self._words.before("no_dates_behind", folded, match.start()):
            return True
        if rule.template == _DAY_SLASH_MONTH:
            return self._is_fraction(page, match)
        if rule.template == _YEAR_DASH_MONTH:  # 2011-12 may be two years
            return int(match["m"]) > int(match["y"][2:])
        if self._counts(page, rule, match, slots) or _is_to_call(folded, match, slots):
            return True
        if rule.family in ("day", "quarter") and "y" not in slots and self._is_followed(match):
            return True  # 지난 7일 동안, au premier trimestre de grossesse
        if rule.family == "day_span" and self._no_day_span_follower.match(folded, match.end()):
            return True  # du 10e au 22e rang
        if rule.family == "day" and rule.template.startswith("{"):
            return self._words.before("duration_words", folded, match.start()) is not None
        if "M" in slots and self._is_no_month(page, rule, match, slots):
            return True
        if "M" in slots and slots.isdisjoint(_BESIDE_A_MONTH):
            return False
        if "roc" in slots and "m" not in slots:
            return self._words.after("ago", folded, match.end()) is not None
        if rule.family == "date" and "y" in slots and match.group().isdigit():
            may_count = FIRST_YEAR <= int(match.group()) <= LAST_YEAR  # bare_years.py tells which
            return may_count or self._years.is_named(folded, match.start(), match.end())
        return False

    def _is_fraction(self, page: Page, match: re.Match[str]) -> bool:
        """Whether two figures with a slash are no day: 3 of 5, round the clock, `12/10万`."""
        is_day = _is_in_list_of_days(page.reading.folded, match.start()) or self._is_behind_part_of_day(match)
        could_be = not is_day and _could_be_fraction(match["d"], match["m"])
        return could_be or _is_worked_out(match) or match.group() in self._no_dates or self._is_scaled(page, match.end())

    def _counts(self, page: Page, rule: Rule, match: re.Match[str], slots: Set[str]) -> bool:
        """Whether what looks like a day, a month or a year counts what stands beside it, or in a row."""
        if _ends_in_day_and_month(match, slots) and _counts_anything(page, match) and not self._is_behind_part_of_day(match):
            return True  # il 5-10 per cento, ab 2.5 Millionen, vom 1.2-Fachen, dari 1-5 tahun
        if _only_a_number(match, slots) and UNSPACED.search(match.group()) is None and _is_counting(page, match.end()):
            return True  # no mês 12 casos, no trimestre 4 casos
        if rule.family == "day" and (_ends_before(page, match.start(), "per_before") or (match.end("d") == match.end() and _counts_on(page, match))):
            return True  # por dia 30 a 40 doentes
        if rule.family == "day_span" and match.end("d2") == match.end() and _is_measured(page, match.end()):
            return True  # dal 10 al 16 per cento
        ordinal = "d" in slots and match.start("d") == match.start() and _is_ordinal(page, match.start())
        return ordinal or _ends_list_of_years(match, slots)

    def _is_no_month(self, page: Page, rule: Rule, match: re.Match[str], slots: Set[str]) -> bool:
        """Whether what looks like a month's name is a number (`/1 dez mil`), a district (`Mai Chau`), or ends in a count."""
        ends = match.end("M") == match.end()
        if "y" not in slots and ends and self._is_scaled(page, match.end()):
            return True
        if "y" not in slots and "d" in slots and match.group()[0].isdigit():
            return self._is_followed(match)
        if "sy" in slots and "d" not in slots and _counts_something(page, match.end()):
            return True
        if rule.template == "{M}" and len(match.group()) < _WHOLE_MONTH:  # dez. is ten as well
            return True
        if not slots.isdisjoint(_BESIDE_A_MONTH):
            return False
        if self._values.small_months and _begins_name(page.reading.text, *match.span("M")):
            return True
        return self._is_followed(match) or (ends and _is_number(page, *match.span("M")))

    def _is_followed(self, match: re.Match[str]) -> bool:
        """Whether a word stands behind that no date stands before."""
        return self._no_date_follower.match(match.string, match.end()) is not None

    def _is_behind_part_of_day(self, match: re.Match[str]) -> bool:
        """Whether words such as `afternoon of` stand right before a day."""
        day = match.start("d")
        return self._words.before("days_behind", match.string, day) is not None

    def _is_scaled(self, page: Page, end: int) -> bool:
        """A scale word stands right behind: `12/10万` is twelve in a hundred thousand."""
        begin = end + (page.reading.folded[end : end + 1] == " ")
        at = bisect_left(page.by_kind.get("scale", []), begin, key=lambda term: term.start)
        return any(term.start == begin for term in islice(page.by_kind.get("scale", []), at, at + 1))


def _is_to_call(folded: str, match: re.Match[str], slots: Set[str]) -> bool:
    """The head of a number to call: 1900 9095, 04-12-24-11-05."""
    if {"d", "sy"}.issubset(slots) and _DIALLED.match(folded, match.end()):
        return True
    of_old = slots == {"y"} and match["y"].isdigit() and int(match["y"]) < FIRST_YEAR
    return of_old and _TO_CALL.match(folded, match.end()) is not None


def _begins_name(text: str, start: int, end: int) -> bool:
    """Where months are written small, one written large within a sentence, as is the word behind it: the district of `Mai Chau`."""
    large = text[start].isupper() and text[start + 1 : start + 2].islower() and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
    return large and text[start - 1 : start] == " " and text[start - 2 : start - 1].islower()


def _is_number(page: Page, start: int, end: int) -> bool:
    """Portuguese `dez` and French `sept` are months cut short, but ten and seven before a word: `mais de dez anos`, `plus de sept hôpitaux`."""
    if not page.reading.folded[end : end + 2].strip().isalpha():
        return False
    words = page.by_kind.get("number", [])
    at = bisect_left(words, start, key=lambda word: word.start)
    return any((word.start, word.end) == (start, end) for word in islice(words, at, at + 1))


def _counts_something(page: Page, end: int) -> bool:
    """What stands behind two digits makes them a count and no year: `ในเดือน ก.ย. 68 ราย`."""
    begin = end + (page.reading.folded[end : end + 1] == " ")
    return any(term.start == begin for term in page.of_kind("classifier", "scale", "percent", "currency"))


def _is_ordinal(page: Page, start: int) -> bool:
    """Behind the mark of an ordinal no day begins: `pekan ke-25 Juni 2021` is the 25th week."""
    before = start - (page.reading.folded[start - 1 : start] == " ")
    return any(term.end == before for term in page.of_kind("ordinal_before"))


def _counts_on(page: Page, match: re.Match[str]) -> bool:
    """What stands behind the day makes it a count: `quarta-feira, 27 municípios`, `martes 5 personas`."""
    folded, end = page.reading.folded, match.end()
    if folded[end : end + 1] != " ":
        return folded[end : end + 1] == "%"
    if folded[match.start("d") - 2] == "," and folded[end + 1 : end + 2].isalnum():
        return True
    return any(term.start == end + 1 for term in page.of_kind(*NOUNS))


def _is_measured(page: Page, end: int) -> bool:
    """Whether a word for percent, a scale or a currency stands right behind a number: it is an amount."""
    behind = page.reading.folded[end : end + 2].lstrip()
    return behind.startswith("%") or any(page.terms_at(end + (page.reading.folded[end : end + 1] == " "), "percent", "scale", "currency"))


def _ends_in_day_and_month(match: re.Match[str], slots: Set[str]) -> bool:
    """Two figures with a dash or a point between, and no year: `on` 10-10, `am Morgen des` 29.1."""
    written = {"d", "m"}.issubset(slots) and "y" not in slots and match.end("m") == match.end()
    return written and match.string[match.start("m") - 1] in "-."


def _only_a_number(match: re.Match[str], slots: Set[str]) -> bool:
    """A month or a quarter by its number, and nothing else: `no mês` 9, `im Quartal` 3."""
    return slots == {"m"} or (slots == {"q"} and match.end("q") == match.end())


def _is_counting(page: Page, end: int) -> bool:
    """What stands behind a number is counted by it; a verb is where no other figure follows: `no mês 6 foram atendidos` 45."""
    folded = page.reading.folded
    if any(not folded[term.end : term.end + 2].strip().isdigit() for term in page.terms_at(end + 1, *NOUNS)):
        return True
    return any(page.terms_at(end + 1, *COUNTED)) and _FIGURE_FOLLOWS.match(folded, end) is None


def _ends_before(page: Page, at: int, kind: str) -> bool:
    """Whether a term of a kind ends one space before an offset: `por` dia 30."""
    near = takewhile(lambda term: term.start < at, page.terms_from(kind, max(0, at - _LONGEST_PREPOSITION)))
    return any(term.end == at - 1 for term in near)


def _counts_anything(page: Page, match: re.Match[str]) -> bool:
    """What stands right behind two figures makes them a count: a dash, a word for percent or a scale; behind a dash between them, also a noun
    that no year follows (`1-5 tahun`; no `8-11 ปี 2025`)."""
    folded, end = page.reading.folded, match.end()
    behind = list(page.terms_at(end + 1, *NOUNS))
    if folded[end : end + 1] == "-" or any(term.kind in ("percent", "scale", "currency") for term in behind):
        return True
    return folded[match.start("m") - 1] == "-" and any(_YEAR_BEHIND.match(folded, term.end) is None for term in behind)


def _ends_list_of_years(match: re.Match[str], slots: Set[str]) -> bool:
    """The last two of three years or more, joined by a word: in 2022, `2023 and 2024` are three years, no span."""
    if slots != {"y", "y2"} or match.start("y") > match.start("y2"):
        return False
    joined = match.string[match.end("y") : match.start("y2")]
    return joined.strip(" -–—").isalpha() and _YEAR_AND_COMMA.search(match.string, max(0, match.start("y") - _YEAR - 3), match.start("y")) is not None


def _is_worked_out(match: re.Match[str]) -> bool:
    """Two figures alone in brackets, behind the percentage that they differ by: up `57% (`11/7)."""
    share = _SHARE_AHEAD.search(match.string, max(0, match.start() - _SHARE_REACH), match.start())
    if share is None or not match.string.startswith(")", match.end()) or not (match["d"] + match["m"]).isdigit():
        return False
    return is_difference(Decimal(share[1].replace(",", ".")), Decimal(match["d"]), Decimal(match["m"]))


def _could_be_fraction(day: str, month: str) -> bool:
    """3/5 may be three of five; 11/7 is the eleventh of July."""
    return not (day.isdigit() and month.isdigit() and int(day) > int(month))


def _is_in_list_of_days(folded: str, start: int) -> bool:
    """Behind days in a row of which one is no fraction: `em 31/3, 13/4 e` 2/6."""
    row = _DAYS_IN_A_ROW.search(folded, max(0, start - _ROW_REACH), start)
    return row is not None and not all(_could_be_fraction(*day.split("/")) for day in _DAY_AND_MONTH.findall(row.group()))

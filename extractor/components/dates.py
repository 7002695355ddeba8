"""Dates by templates: `{d} {M} {y}` in the pack says how a language writes them, EDTF comes out.

A template is expanded into its variants once; at each token only the variants that can begin there
are tried, so the time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from calendar import monthrange
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import islice, product

from babel import Locale, UnknownLocaleError
from convertdate import persian
from hijridate import Hijri

from extractor.components.years import Years
from extractor.mentions import DateMention, Spans
from extractor.packs import FALLBACK, LanguagePack, load_pack
from extractor.page import Page
from extractor.reading import fold

_DAY_SLASH_MONTH = "{d}/{m}"
_LINK = r"(?:(?:de|del|of|năm|tahun|anul|anului|عام|سنة|ปี|พ\.ศ\.|und|and|et|y|e|dan|și|و) ?)?"
_NO_MORE = rf"(?!\.? ?,? ?{_LINK}(?:[12]\d{{3}}(?!\d|[.,]\d)|พ)|\.? ?{_LINK}\d{{1,2}}(?!\d|[.,%]\d))"
"""No day or year follows a month that stands alone."""
_NO_RATE = r"(?!\w{1,2}\d)"
"""A figure behind a day alone makes it a rate: `1日に3回` is three times a day."""
_FIRST_YEAR, _LAST_YEAR = 1850, 2150
_REPUBLIC = 1911
"""Year before the first of the Republic of China's calendar."""
_BARE_FROM, _BARE_TO = 1945, 2060
_HAN = {c: i for i, c in enumerate("〇一二三四五六七八九")} | {"零": 0, "○": 0}
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_TEMPLATE_PART = re.compile(r"\{\w+\}|\[[^\]]*\]|\((?:[^)\\]|\\.)*\)|(?:\\.|[^\[\]{}()\\])+")
_ESCAPED = re.compile(r"\\(.)")
r"""A bracket that is meant as one: `今\({d}\)日`."""
_FIRST_TOKEN = re.compile(rf"\d+|{_UNSPACED.pattern}|[^\W\d_]+|.")
_SLOTS = {
    "d": r"(?P<{s}>3[01]|[12]\d|0?[1-9]|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])(?!\d)",
    "m": r"(?P<{s}>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])(?!\d)",
    "y": r"(?P<{s}>(?:1[3-9]|2[0-7])\d\d|[〇○零一二三四五六七八九]{{4}})(?!\d)",
    "e": r"(?P<{s}>\d{{1,3}}|[一二三四五六七八九十]{{1,3}})(?!\d)",
    "roc": r"(?P<{s}>1[0-3]\d)(?!\d)",
    "yy": r"(?P<{s}>\d\d)(?!\d)",
    "sy": r"(?P<{s}>\d\d)(?!\d)",
    "decade": r"(?P<{s}>(?:19|20)\d0)",
}


@dataclass(frozen=True)
class _Rule:
    """One variant of a template, to be matched at a token."""

    template: str
    family: str
    """date, first_months, last_months, half, quarter, decade, fiscal, day"""
    source: str

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Compiled on first use: a language has up to two thousand rules with all month names in each, and an article begins few of them."""
        return re.compile(self.source)


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day, month or year; None where the text does not say."""

    year: int | None
    month: int | None = None
    day: int | None = None

    def edtf(self) -> str | None:
        """`2024-02-27`, `2024-02`, `2024`, `XXXX-07-10`; None for a day that does not exist."""
        if self.year is not None and not _FIRST_YEAR <= self.year <= _LAST_YEAR:
            return None
        year = "XXXX" if self.year is None else f"{self.year:04d}"
        if self.month is None:
            return year if self.year is not None else None
        if self.day is None:
            return f"{year}-{self.month:02d}"
        if self.day > monthrange(self.year or 2024, self.month)[1]:
            return None
        return f"{year}-{self.month:02d}-{self.day:02d}"


class Dates:
    """Finds dates of one language."""

    def __init__(self, pack: LanguagePack) -> None:
        self._rules = pack.pack.dates
        self._fold_marks = pack.pack.fold_marks
        self._prefixes = tuple(fold(p, fold_marks=self._fold_marks) for p in pack.pack.prefixes)
        self._ordinal_after = [self._fold(s) for s in pack.pack.numbers.ordinal_after]
        self._months, self._calendars = self._month_names(pack)
        self._numbers = {self._fold(k): v for k, v in {**self._rules.ordinals, **self._rules.counts}.items()}
        self._eras = {self._fold(k): v for k, v in self._rules.eras.items()}
        self._era_years = {self._fold(k): v for k, v in self._rules.era_years.items()}
        shared = load_pack(FALLBACK).pack.dates
        self._no_dates = frozenset([*self._rules.no_dates, *shared.no_dates])
        self._index = self._build_index()
        self._before = {
            name: self._edge([*getattr(self._rules, name), *getattr(shared, name)], before=True)
            for name in ("deadline", "since", "year_words", "until_end", "named_years", "surveys", "duration_words")
        }
        self._after = {
            name: self._edge(getattr(self._rules, name), before=False) for name in ("deadline_after", "since_after", "year_suffixes", "hijri_marks")
        }

    def find(self, page: Page) -> list[DateMention]:
        """All dates of a text, in order, without overlaps; what is not written of them is `XX`."""
        found = _without_overlaps([*self._templated(page), *self._bare_years(page)])
        return [self._with_role(page, date) for date in found]

    def complete(self, page: Page, found: Sequence[DateMention], own_year: int | None, published: str | None) -> list[DateMention]:
        """The dates with what is not written of them, where the text makes it certain.

        `own_year` is that in which the article was written, `published` the day or year of publication, where it is known.
        """
        return Years.of(found, page, own_year, published).complete(found)

    def relative(self, page: Page, dates: Sequence[DateMention], year: int | None) -> list[DateMention]:
        """What is no date of its own but says when a quantity holds: `this year`, counted from `year`; the year of a survey."""
        explicit = Spans(dates)
        mentions = [*self._survey_years(page)]
        if year is not None:
            terms = page.of_kind("relative_year")
            mentions += [DateMention(t.start, t.end, str(year + int(t.value)), "relative", t.entry.phrase) for t in terms]
        return [mention for mention in mentions if not explicit.touch(mention)]

    def _survey_years(self, page: Page) -> Iterator[DateMention]:
        folded = page.reading.folded
        for start, end, token in zip(page.starts, page.ends, page.tokens, strict=True):
            is_year = len(token) == 4 and token.isdigit() and _BARE_FROM <= int(token) <= _BARE_TO
            if is_year and self._before["surveys"].search(folded, max(0, start - 40), start):
                yield DateMention(start, end, token, "relative", "survey")

    def _fold(self, text: str) -> str:
        return fold(text, fold_marks=self._fold_marks)

    def _month_names(self, pack: LanguagePack) -> tuple[dict[str, int], dict[str, str]]:
        """Folded month name → number, and → calendar where that is not Gregorian."""
        names: dict[str, int] = {}
        for name, number in _cldr_months(pack.pack.locale or pack.code).items():
            names.setdefault(self._fold(name), number)
        names.update({self._fold(name): number for name, number in self._rules.month_names.items()})
        calendars: dict[str, str] = {}
        for calendar, months in (("hijri", self._rules.hijri_months), ("persian", self._rules.solar_hijri_months)):
            for name, number in months.items():
                names[self._fold(name)] = number
                calendars[self._fold(name)] = calendar
        return names, calendars

    def _build_index(self) -> dict[str, list[_Rule]]:
        """First token (or `#4`, `#2` for digits, `M` for a month name) → the rules that can begin with it."""
        shared = load_pack(FALLBACK).pack.dates
        families = {
            "date": [*self._rules.templates, *shared.templates],
            "first_months": self._rules.first_months,
            "last_months": self._rules.last_months,
            "half": self._rules.halves,
            "quarter": self._rules.quarters,
            "decade": self._rules.decades,
            "fiscal": self._rules.fiscal_years,
            "day": self._rules.days,
        }
        index: dict[str, list[_Rule]] = defaultdict(list)
        for family, templates in families.items():
            for template in templates:
                for variant in _expand(template):
                    rule = _Rule(template, family, self._pattern(variant))
                    for key in self._first_keys(variant):
                        index[key].append(rule)
        return dict(index)

    def _pattern(self, variant: str) -> str:
        parts = []
        for part in _TEMPLATE_PART.findall(variant):
            parts.append(self._slot(part[1:-1]) if part.startswith("{") else self._literal(part))
        if variant.endswith(("{M}", "{M2}")) and "{y}" not in variant and "{d}" not in variant:
            parts.append(_NO_MORE)
        followers = self._followers(variant)
        if followers:
            parts.append(f"(?= ?(?:{_alternatives([self._fold(word) for word in followers])})){_NO_RATE}")
        return "".join(parts)

    def _followers(self, variant: str) -> Sequence[str]:
        """The words of which one has to stand behind a date that could be a duration; none where it could not."""
        if variant in self._rules.days and variant.startswith("{d}"):
            return self._rules.day_followers
        return self._rules.short_year_followers if variant.startswith("{sy}") and variant.count("{") == 1 else ()

    def _literal(self, text: str) -> str:
        """White space stretches, and may be absent beside an unspaced script."""
        pieces = re.split(r"\s+", self._fold(_ESCAPED.sub(r"\1", text)))
        return r" {0,3}\n?".join(re.escape(p) for p in pieces) if _UNSPACED.search(text) else " {1,3}".join(re.escape(p) for p in pieces)

    def _slot(self, slot: str) -> str:
        kind = slot.rstrip("2") if slot not in ("h", "q") else slot
        if kind == "M":
            return f"(?P<{slot}>{_alternatives(self._months)})"
        if kind in ("n", "q", "h"):
            digits = {"n": r"\d{1,2}(?!\d)", "q": r"[1-4](?!\d)|iv|i{1,3}", "h": r"[12](?!\d)|ii?"}[kind]
            words = _alternatives(self._numbers)
            return f"(?P<{slot}>{words}|{digits}|[一二三四五六七八九十]{{1,2}})" if words else f"(?P<{slot}>{digits})"
        if kind == "era":
            return f"(?P<era>{_alternatives(self._eras)})"
        if kind == "ey":
            words = _alternatives(self._era_years)
            number = r"\d{1,4}|[一二三四五六七八九十]{1,3}"
            return f"(?P<ey>{words}|{number})" if words else f"(?P<ey>{number})"
        pattern = _SLOTS[kind].format(s=slot)
        if kind == "d" and self._ordinal_after:
            pattern += f"(?:{_alternatives(self._ordinal_after)})?"
        return pattern

    def _first_keys(self, variant: str) -> list[str]:
        part = _TEMPLATE_PART.findall(variant)[0]
        if not part.startswith("{"):
            first = _FIRST_TOKEN.match(self._fold(_ESCAPED.sub(r"\1", part)).lstrip())
            return [first.group()] if first else []
        slot = part[1:-1].rstrip("2")
        if slot in ("y", "decade"):
            return ["#4", "han"]
        if slot == "M":
            return ["M"]
        if slot == "roc":
            return ["#3"]
        if slot == "era":
            return sorted({_first(era) for era in self._eras})
        words = sorted({_first(word) for word in self._numbers}) if slot in ("n", "q", "h") else []
        return ["#2", "han", *words, *(["i", "ii", "iii", "iv"] if slot in ("q", "h") else [])]

    def _templated(self, page: Page) -> Iterator[DateMention]:
        """Dates by the templates; of two that overlap the one that reaches further: `im Januar und Februar 2025`, no `im Januar`."""
        month_first = {_first(name) for name in self._months}
        held: DateMention | None = None
        for start, token in zip(page.starts, page.tokens, strict=True):
            if held is not None and start >= held.end:
                yield held
                held = None
            for at, rules in self._rules_at(start, token, month_first):
                best = self._longest(page, at, rules)
                if best is not None:
                    held = best if held is None or best.end > held.end else held
                    break
        if held is not None:
            yield held

    def _rules_at(self, start: int, token: str, month_first: set[str]) -> Iterator[tuple[int, list[_Rule]]]:
        """Rules that can begin at a token, also after a clitic written onto it."""
        index = self._index
        if token.isdigit():
            if len(token) == 4:
                yield start, index.get("#4", [])
            elif len(token) <= 2:
                yield start, index.get("#2", [])
            elif len(token) == 3:
                yield start, index.get("#3", [])
            return
        rules = index.get(token, [])
        if token in month_first:
            rules = [*rules, *index.get("M", [])]
        if token in _HAN or token == "十":
            rules = [*rules, *index.get("han", [])]
        if rules:
            yield start, rules
            return
        for prefix in self._prefixes:
            rest = token[len(prefix) :]
            if token.startswith(prefix) and (rest in index or rest in month_first):
                yield start + len(prefix), [*index.get(rest, []), *(index.get("M", []) if rest in month_first else [])]

    def _longest(self, page: Page, at: int, rules: Sequence[_Rule]) -> DateMention | None:
        folded = page.reading.folded
        best: DateMention | None = None
        for rule in rules:
            match = rule.pattern.match(folded, at)
            if match is None or (best and match.end() <= best.end) or not _stands_alone(folded, at, match.end()):
                continue
            value = self._value(rule.family, match.groupdict())
            if value is not None and not self._is_no_date(page, rule, match):
                best = DateMention(at, match.end(), value, "period", rule.template)
        return best

    def _is_no_date(self, page: Page, rule: _Rule, match: re.Match[str]) -> bool:
        """A fraction (`3/5`), a rate (`12/10万`), round the clock (`24/7`), or the year of a name (`Vision 2030`)."""
        if rule.template == _DAY_SLASH_MONTH:
            return _could_be_fraction(match) or match.group() in self._no_dates or self._is_scaled(page, match.end())
        if rule.family == "day" and rule.template.startswith("{"):
            return self._before["duration_words"].search(page.reading.folded, max(0, match.start() - 40), match.start()) is not None
        if rule.family == "date" and match.groupdict().get("y") is not None and match.group().isdigit():
            return self._is_named_year(page.reading.folded, match.start(), match.end())
        return False

    def _is_scaled(self, page: Page, end: int) -> bool:
        """A scale word stands right behind: `12/10万` is twelve in a hundred thousand."""
        begin = end + (page.reading.folded[end : end + 1] == " ")
        at = bisect_left(page.by_kind.get("scale", []), begin, key=lambda term: term.start)
        return any(term.start == begin for term in islice(page.by_kind.get("scale", []), at, at + 1))

    def _is_named_year(self, folded: str, start: int, end: int) -> bool:
        """The year of a name or of a survey; one that heads a list (`Vision 2045:`) is meant as a year."""
        window = max(0, start - 40)
        if self._before["surveys"].search(folded, window, start):
            return True
        return folded[end : end + 1] != ":" and self._before["named_years"].search(folded, window, start) is not None

    def _value(self, family: str, slots: Mapping[str, str | None]) -> str | None:
        year = self._year(slots)
        if family == "date":
            return self._date_value(slots, year)
        if family == "day":
            day = _to_int(slots.get("d"))
            return f"XXXX-XX-{day:02d}" if day else None
        if family == "decade":
            decade = int(slots["decade"] or 0)
            return f"{decade}/{decade + 9}"
        if family == "fiscal":
            return f"{year + self._rules.fiscal_starts}/{year + self._rules.fiscal_starts + 1}" if year is not None else None
        prefix = "XXXX" if year is None else str(year)
        if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
            return None
        if family == "quarter":
            quarter = self._count(slots.get("q"), 4)
            return f"{prefix}-{3 * quarter - 2:02d}/{prefix}-{3 * quarter:02d}" if quarter else None
        if family == "half":
            half = self._count(slots.get("h"), 2)
            return f"{prefix}-{6 * half - 5:02d}/{prefix}-{6 * half:02d}" if half else None
        months = self._count(slots.get("n"), 12)
        if not months or (months == 1 and year is None):  # a month alone has a name; `以前一个月` is `a month, before`
            return None
        if months == 12:
            return prefix
        return f"{prefix}-01/{prefix}-{months:02d}" if family == "first_months" else f"{prefix}-{13 - months:02d}/{prefix}-12"

    def _count(self, text: str | None, highest: int) -> int | None:
        if text is None:
            return None
        roman = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
        number = self._numbers.get(text) or roman.get(text) or _to_int(text)
        return number if number and 1 <= number <= highest else None

    def _year(self, slots: Mapping[str, str | None], second: str = "") -> int | None:
        if not second and slots.get("era") is not None:
            era_year = slots.get("ey") or ""
            number = self._era_years.get(era_year) or _to_int(era_year)
            return self._eras[slots["era"] or ""] + number if number else None
        republic, text = slots.get(f"roc{second}"), slots.get(f"y{second}")
        if republic is not None:
            return _REPUBLIC + int(republic)
        if text is None:
            return None
        year = _to_int(text)
        if year is not None and self._rules.buddhist_years and 2400 <= year <= 2700:
            return year - 543
        return year

    def _date_value(self, slots: Mapping[str, str | None], year: int | None) -> str | None:
        if slots.get("sy") is not None:
            of_century = self._date_value({**slots, "sy": None}, 2000 + int(slots["sy"] or 0))
            return of_century and "XX" + of_century[2:]
        month, month2 = self._month(slots, ""), self._month(slots, "2")
        day, day2 = _to_int(slots.get("d")), _to_int(slots.get("d2"))
        calendar = self._calendars.get(slots.get("M") or "", "")
        if calendar or (year is not None and 1300 <= year <= 1500):
            return _from_calendar(calendar or "hijri", year, month, day) if month or calendar else None
        year2 = self._year(slots, "2")
        if slots.get("yy") is not None and year is not None:
            year2 = year - year % 100 + int(slots["yy"] or 0)
            if not year < year2 <= year + 10:
                return None
        if year is not None and year2 is not None and year2 < year:
            return None
        return _interval(_Moment(year, month, day), _Moment(year2, month2, day2))

    def _month(self, slots: Mapping[str, str | None], number: str) -> int | None:
        name = slots.get(f"M{number}")
        return self._months[name] if name is not None else _to_int(slots.get(f"m{number}"))

    def _bare_years(self, page: Page) -> Iterator[DateMention]:
        """Four digits that are a year: after a year word for certain, else where nothing is counted."""
        nouns = {t.start for t in page.of_kind("indicator", "counted", "concept", "unit", "currency", "percent", "classifier", "scale", "disease")}
        for start, end, token in zip(page.starts, page.ends, page.tokens, strict=True):
            if len(token) != 4 or not token.isdigit() or not _stands_alone(page.reading.folded, start, end):
                continue
            year = int(token)
            if self._rules.buddhist_years and 2400 <= year <= 2700:
                year -= 543
            elif 1300 <= year <= 1500 and self._after["hijri_marks"].match(page.reading.folded, end):
                yield DateMention(start, end, _hijri_year(year), "period", "{y}")
                continue
            if _BARE_FROM <= year <= _BARE_TO and self._is_year(page, start, end, nouns):
                yield DateMention(start, end, str(year), "period", "{y}")

    def _is_year(self, page: Page, start: int, end: int, nouns: set[int]) -> bool:
        folded = page.reading.folded
        if self._is_named_year(folded, start, end):
            return False
        if self._after["year_suffixes"].match(folded, end):
            return True
        following = end + 1 if folded[end : end + 1] in (" ", "-") else end
        counted = following in nouns or folded[end : end + 2].lstrip(" ").startswith(("%", "$", "€"))
        if not counted:
            return True
        return self._before["year_words"].search(folded, max(0, start - 40), start) is not None

    def _with_role(self, page: Page, date: DateMention) -> DateMention:
        """Deadline, since, or plain period or event, from the words beside the date."""
        folded = page.reading.folded
        window = max(0, date.start - 40)
        role = "event" if len(date.value) == 10 else "period"
        value = date.value
        if self._before["since"].search(folded, window, date.start) or self._after["since_after"].match(folded, date.end):
            value = value if "/" in value else f"{value}/.."
        elif self._before["deadline"].search(folded, window, date.start) or self._after["deadline_after"].match(folded, date.end):
            role = "deadline"
        return replace(date, value=value, role=role)

    def _edge(self, phrases: Sequence[str], *, before: bool) -> re.Pattern[str]:
        """Matches one of the phrases right before or right after a date; never, where there are none."""
        if not phrases:
            return re.compile(r"(?!)")
        words = _alternatives({self._fold(phrase): 0 for phrase in phrases})
        spaced = not all(_UNSPACED.match(phrase) for phrase in phrases)
        guard = r"(?<![^\W\d_])" if spaced else ""
        clitics = f"(?:{_alternatives(self._prefixes)})?" if self._prefixes and spaced else ""
        return re.compile(rf"{guard}{clitics}(?:{words})[ :,()]{{0,3}}$" if before else rf"[ ,]{{0,2}}(?:{words})")


def _could_be_fraction(match: re.Match[str]) -> bool:
    """3/5 may be three of five; 11/7 is the eleventh of July."""
    day, month = match.group("d"), match.group("m")
    return not (day.isdigit() and month.isdigit() and int(day) > int(month))


def _interval(first: _Moment, last: _Moment) -> str | None:
    """One moment, or an interval whose ends lend each other what they lack."""
    if last == _Moment(None):
        return first.edtf()
    if last.year is None:
        last = replace(last, year=first.year)
    if first.year is None:
        first = replace(first, year=last.year)
    if first.month is not None and last.month is None and last.day is not None:
        last = replace(last, month=first.month)
    elif first.month is None and first.day is not None:
        first = replace(first, month=last.month)
    if first.month is None and last.month is not None and first.day is None and first.year == last.year:
        return None
    begin, end = first.edtf(), last.edtf()
    if begin is None or end is None:
        return None
    return begin if begin == end else f"{begin}/{end}" if begin < end else None


def _from_calendar(calendar: str, year: int | None, month: int | None, day: int | None) -> str | None:
    """Gregorian EDTF of a date in the Hijri (Umm al-Qura) or Solar Hijri calendar; None without a year."""
    if year is None or month is None:
        return None
    try:
        if calendar == "persian":
            y, m, d = persian.to_gregorian(year, month, day or 1)
            return f"{y:04d}-{m:02d}-{d:02d}" if day else f"{y:04d}-{m:02d}"
        date = Hijri(year, month, day or 1).to_gregorian()
    except (ValueError, OverflowError):
        return None
    return date.isoformat() if day else date.strftime("%Y-%m")


def _hijri_year(year: int) -> str:
    """1446 AH → 2024/2025: a Hijri year spans two Gregorian ones."""
    first = Hijri(year, 1, 1).to_gregorian().year
    return f"{first}/{Hijri(year, 12, 29).to_gregorian().year}"


def _cldr_months(locale: str) -> dict[str, int]:
    """Gregorian month names of a locale: wide and abbreviated, in running text and alone (CLDR by Babel)."""
    try:
        months = Locale.parse(locale).months
    except (UnknownLocaleError, ValueError):
        return {}
    names: dict[str, int] = {}
    for context in ("format", "stand-alone"):
        for width in ("wide", "abbreviated"):
            for number, name in months[context][width].items():
                bare = name.rstrip(".")
                if not bare.isdigit() and not re.search(r"\d", bare):
                    names.setdefault(bare, number)
                    names.setdefault(name, number)
    return names


def _expand(template: str) -> list[str]:
    """All variants of a template: `[of ]` with and without, `(to|until)` each."""
    options: list[list[str]] = []
    for part in _TEMPLATE_PART.findall(template):
        if part.startswith("["):
            options.append(["", *part[1:-1].split("|")])
        elif part.startswith("("):
            options.append(part[1:-1].split("|"))
        else:
            options.append([part])
    return list(dict.fromkeys(" ".join("".join(choice).split(" ")).strip() for choice in product(*options)))


def _alternatives(words: Mapping[str, object] | Sequence[str]) -> str:
    return "|".join(re.escape(word) for word in sorted(set(words), key=lambda w: (-len(w), w)))


def _first(text: str) -> str:
    match = _FIRST_TOKEN.match(text)
    return match.group() if match else text


def _to_int(text: str | None) -> int | None:
    """Digits or han numerals up to 99, or four han digits of a year."""
    if not text:
        return None
    if text.isdigit():
        return int(text)
    if "十" in text:
        tens, _, units = text.partition("十")
        return 10 * _HAN.get(tens, 1) + (_HAN.get(units, 0) if units else 0)
    return int("".join(str(_HAN[c]) for c in text)) if all(c in _HAN for c in text) else None


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Not a part of a longer number or word."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if folded[start].isdigit():
        if before.isdigit() or (before in (".", ",", "/", "-") and start > 1 and folded[start - 2].isdigit()):
            return False
        if before.isalpha() and not _UNSPACED.match(before) and not (_is_clitic(folded, start - 1) and not folded[start - 2 : start - 1].isalpha()):
            return False
    elif before.isalpha() and not _UNSPACED.match(before) and not _UNSPACED.match(folded[start]) and not _is_clitic(folded, start):
        return False
    if folded[end - 1].isdigit():
        if after.isdigit() or (after in (".", ",", "/") and folded[end + 1 : end + 2].isdigit()):
            return False
        return not (after.isalpha() and not _UNSPACED.match(after) and not _is_clitic(folded, end))
    return not (after.isalpha() and not _UNSPACED.match(after) and not _UNSPACED.match(folded[end - 1]))


def _is_clitic(folded: str, start: int) -> bool:
    """One or two letters written onto a word, as in Arabic; checked against the pack before."""
    return "\u0600" <= folded[start] <= "\u06ff"


def _without_overlaps(dates: list[DateMention]) -> list[DateMention]:
    kept: list[DateMention] = []
    for date in sorted(dates, key=lambda d: (d.start, -d.end)):
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    return kept

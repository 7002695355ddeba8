"""Dates by templates: `{d} {M} {y}` in the pack says how a language writes them, EDTF comes out.

A template is expanded into its variants once; at each token only the variants that can begin there
are tried, so the time is linear in the text.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date as Day
from datetime import timedelta
from itertools import chain, islice, takewhile

from extractor.components.back_references import back_references, is_week
from extractor.components.date_templates import UNSPACED, Rule, Templates, alternatives
from extractor.components.date_values import Values, hijri_year, span_between
from extractor.components.weekdays import Weekdays
from extractor.components.written_marks import QUOTED_YEAR, after_span, behind_year, number_beside
from extractor.components.years import NO_YEAR, Turn, Years
from extractor.mentions import DateMention, Spans, TermMention
from extractor.packs import FALLBACK, DateRules, LanguagePack, load_pack
from extractor.page import Page
from extractor.reading import fold

_DAY_SLASH_MONTH, _YEAR_DASH_MONTH = "{d}/{m}", "{y}-{m}"
_DURATIONS = ("d", "wk", "mo")
_SLASHED = (_DAY_SLASH_MONTH, "{m}/{y}", "{m}/{ey}", _YEAR_DASH_MONTH, "{y}-{yy}")
"""What is no date behind the words for a number or a week: `minggu 3/2024`, `semaine 2024-30`."""
_SENTENCE_OPENS, _FIGURE_FOLLOWS = re.compile(r"(?:^|\n|[.!?] )$"), re.compile(r"[^.!?;\n\d]{0,60}\d")
_WHOLE_MONTH = 5
"""Letters of a month that stands with nothing beside it, at least."""
_NUMBER_REACH = 24
"""Characters from a document's number to its day, at most."""
_DIALLED = re.compile(r"[.-]\d\d(?!\d)")
"""Two more figures behind what looks like a day with a two-digit year."""
_TO_CALL = re.compile(r"[ .-]\d{3,4}(?!\d)")
"""More figures behind what looks like a year of long ago: 1900 9095."""
_BESIDE_A_MONTH = ("d", "d2", "y", "y2", "sy", "M2")
"""Slots that make a month's name a date beyond doubt."""
_BARE_FROM, _BARE_TO = 1945, 2060
_NOUNS = ("indicator", "counted", "unit", "currency", "percent", "classifier", "scale")
_COUNTED = (*_NOUNS, "concept", "disease")
"""Kinds of terms that a figure right before them counts; a concept may be a verb: `martes 5 murieron`."""
_YEAR, _MONTH, _DAY = len("2024"), len("2024-02"), len("2024-02-27")
_HIJRI_YEARS = re.compile(r"(?<![\d.,/-])(1[34]\d\d)(?: ?[/–-] ?(1[34]\d\d))?(?![/-]?\d|[.,]\d)")
"""A year of the Hijra, or the two that a fiscal year is in: 1441, 1441 /1442."""
_YEARS = re.compile(r"\d{4}/\d{4}")
_YEAR_AND_MORE = re.compile(r"(?:19|20)\d\d\D")
_YEAR_AND_COMMA = re.compile(r"(?<![\d–-])(?:19|20)\d\d年?[,،、] ?$")
_OF_THREE_YEARS = re.compile(r"(?<![\d.,–-])(?:19|20)\d\d, ?(?:19|20)\d\d,? ?(?:[^\W\d_]{1,4} )?$")
"""Before the last of three years in a row: 2022, 2023, `2024`."""
_CLAUSE_OR_FIGURE = re.compile(r" ?(?:[.,;:!?)\n]|\d|$)")
_WHOLE_DATE = re.compile(r"\d{1,2}(?:([/.-])\d{1,2}\1|\.? (?:[^\W\d_]{2} )?[^\W\d_]{3,}\.? (?:[^\W\d_]{2} )?)(?:19|20)\d\d$")
"""What is a date beyond doubt, also where a page glues it to the words around: `Nhân Dân06/09/2023`, `ngày 26/6/2022là`, `8 Julai 2024Tiada`."""
_OPENED = re.compile(r"(?:^|[\n;,.:،؛]) ?(?:[-+*•–(] ?|\d{1,2}[.)/] ?|[a-z]\) ?)?$")
_CLOSED = re.compile(r" {0,2}(?:[:,;.،؛\n]|$)")
"""What stands before a vision that opens a clause, and behind a year that closes it."""
_QUOTED = 24
"""Characters of a quoted name before its year, at most."""
_LEAST_MONTHS, _MOST_MONTHS = 3, 11
"""So many months from January on are reported on."""
_DAY_AND_MONTH = re.compile(r"\d{1,2}/\d{1,2}")
_DAYS_IN_A_ROW, _ROW_REACH = re.compile(r"(?<![\d/.,])(?:\d{1,2}/\d{1,2}(?:, ?| [^\W\d_]{1,3} ))+$"), 48
_SPAN_AHEAD = 20
"""Characters of a span of years and the word behind it, at most."""
_WORDS_WITHIN = 22
"""Characters of `the beginning of the year` between the word for from or to and the date itself, at most."""
_BEGIN_REACH = 70
"""Characters before a date in which a span to it may begin."""
_DATES_BEHIND = 2
"""Dates from the start of a week's name on of which one may be its days; the first may be the year within its name."""
_WEEKS_AWAY = 8
"""Weeks to one whose days are known, at most, for a week's days to be counted from those."""
_LONGEST_PREPOSITION = 16
_NEXT_WEEK = 10
"""Characters from a figure to the week that it is of, at most: `121 in week` 37."""
_NUMBER_ENDS = re.compile(r"(?<=\d)[ ,]{0,2}$")
_WEEK_OF_YEAR = re.compile(r"/20\d\d|20\d\d-\d\d?(?!\d)")
_COMMON_YEAR, _LEAP_YEAR, _LEAP_DAY = "2023", "2024", "-02-29"
_YEAR_BEHIND = re.compile(r" ?(?:19|20|25)\d\d(?!\d)")
_TURNS: tuple[Turn, ...] = ("coming", "gone")


class Dates:
    """Finds dates of one language."""

    def __init__(self, pack: LanguagePack) -> None:
        self._rules = pack.pack.dates
        self._fold_marks = pack.pack.fold_marks
        self._prefixes = tuple(fold(p, fold_marks=self._fold_marks) for p in pack.pack.prefixes)
        self._values = Values(pack)
        shared = load_pack(FALLBACK).pack.dates
        self._templates = Templates(pack, self._values, _families(self._rules, shared))
        self._frames = Templates(pack, self._values, {"frame": self._rules.month_frames})
        self._weeks = Templates(pack, self._values, {"week": self._rules.weeks})
        self._weekdays = Weekdays(pack)
        self._no_dates = frozenset([*self._rules.no_dates, *shared.no_dates])
        followers = alternatives([self._fold(word) for word in self._rules.no_date_followers]) or "(?!)"
        self._no_date_follower = re.compile(rf" ?(?:{followers})(?![^\W\d_])")
        self._before = {
            name: self._edge([*getattr(self._rules, name), *getattr(shared, name)], before=True)
            for name in (
                "deadline",
                "year_words",
                "until_end",
                "named_years",
                "surveys",
                "duration_words",
                "visions",
                "no_dates_behind",
                "days_behind",
                "as_of",
                "hijri_year_words",
                "weeks_to",
                *_TURNS,
            )
        }
        self._before["since"] = self._edge([*self._rules.since, *shared.since], before=True, between=" ,()")  # nahm ab: 1991 waren es 666.000
        numbers = pack.pack.numbers
        until = alternatives([self._fold(word) for word in (*self._rules.deadline, *numbers.range_words)]) or "(?!)"
        self._until = re.compile(rf"[ ,]{{0,2}}(?:{until})(?![^\W\d_]*\d)[^\d.,;:!?\n]{{0,24}}")
        opens = alternatives([self._fold(word) for word in numbers.range_open]) or "(?!)"
        joins = alternatives([self._fold(word) for word in (*numbers.range_and, *numbers.range_words)]) or "(?!)"
        between = rf"(?:, ?| ?[-–] ?| (?:{joins}) )"
        self._more_weeks = re.compile(rf"(?:{between}\d{{1,2}})*{between}(?P<last>\d{{1,2}})(?![-–/.,]?\d| ?%)")
        self._to_days = re.compile(rf"[ \n(（,:;、–—-]{{0,4}}(?:(?:{opens}) ?)?")
        from_words = [*numbers.range_open, *numbers.range_between_open, *self._rules.since]
        from_ = _whole_words([self._fold(word) for word in from_words])
        to = _whole_words([self._fold(word) for word in (*numbers.range_words, *self._rules.deadline)])
        suffixes = alternatives([self._fold(word) for word in self._rules.year_suffixes]) or "(?!)"
        self._span_opened = re.compile(from_)
        self._span_opens = re.compile(rf"{from_}[^\d.,;:!?()\n]{{0,{_WORDS_WITHIN}}}$")
        self._span_goes_on = re.compile(rf"(?:{suffixes})?[ ]{{0,2}}{to}[^\d.,;:!?()\n]{{0,{_WORDS_WITHIN}}}")
        begins = alternatives([self._fold(word) for word in self._rules.year_begins]) or "(?!)"
        self._year_begins = re.compile(rf"(?<![^\W\d_])(?P<begins>{begins})(?:{self._until.pattern}|[ ,(]{{0,3}})$")
        visions = alternatives([self._fold(word) for word in self._rules.visions])
        self._vision_name = re.compile(rf"(?<![^\W\d_])(?:{visions})(?: [^\W\d_]+){{1,2}} $" if visions else r"(?!)")
        since = alternatives([self._fold(word) for word in self._rules.since]) or "(?!)"
        whole = "" if all(UNSPACED.match(word) for word in self._rules.since) else r"(?![^\W\d_])"  # `с` is since, but no piece of `сентябре`
        self._since_within = re.compile(rf"(?:{since}){whole}[ ]?(?![^\W\d_]*/)")
        now = alternatives([self._fold(word) for word in self._rules.since_after]) or "(?!)"
        self._till_now = re.compile(rf"(?:{now})$")
        self._turn_words = {turn: tuple(map(self._fold, getattr(self._rules, turn))) for turn in _TURNS}
        self._after = {
            name: self._edge(getattr(self._rules, name), before=False)
            for name in ("deadline_after", "since_after", "year_suffixes", "hijri_marks", "ago", "same_year", *_TURNS)
        }

    def rules(self) -> Iterator[Rule]:
        """All rules of the language, those of moments included."""
        yield from self._templates.rules()
        yield from self._frames.rules()
        yield from self._weeks.rules()

    def find(self, page: Page) -> list[DateMention]:
        """All dates of a text, in order, without overlaps; what is not written of them is `XX`."""
        found = self._spans(page.reading.folded, _without_overlaps([*self._templated(page), *self._bare_years(page), *self._hijri_years(page)]))
        places = Spans(page.of_kind("place"))  # Rio de Janeiro
        return [self._with_role(page, date) for date in found if not places.cover(date)]

    def _spans(self, folded: str, dates: Sequence[DateMention]) -> list[DateMention]:
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
        opened = self._span_opens.search(folded, max(0, first.start - _BEGIN_REACH), first.start) or self._span_opened.match(folded, first.start)
        goes_on = self._span_goes_on.fullmatch(folded, first.end, last.start) or (
            last.start - first.end <= 1 and self._span_goes_on.match(folded, last.start, last.end)  # hasta finales de junio is one date
        )
        if not ((opened and goes_on) or self._are_enclosed(folded, first, last)) or self._runs_till_now(folded, first):
            return None
        if first.value.startswith(NO_YEAR) and len(first.value) != len(last.value) and self._begins_with_year(folded, last):
            return None
        value = span_between(first.value, last.value)
        return None if value is None else replace(first, end=last.end, value=value)

    def _are_enclosed(self, folded: str, first: DateMention, last: DateMention) -> bool:
        """The words for from and to stand behind the dates: `18/6부터 24/6까지`."""
        since = self._after["since_after"].match(folded, first.end, last.start)
        behind = since is not None and not folded[since.end() : last.start].strip()
        return behind and self._after["deadline_after"].match(folded, last.end) is not None

    def _begins_with_year(self, folded: str, date: DateMention) -> re.Match[str] | None:
        """The words before a date that make a span of it from new year on."""
        return self._year_begins.search(folded, max(0, date.start - _BEGIN_REACH), date.start)

    def complete(self, page: Page, found: Sequence[DateMention], own_year: int | None, published: str | None) -> list[DateMention]:
        """The dates with what is not written of them, where the text makes it certain.

        `own_year` is that in which the article was written, `published` the day or year of publication, where it is known.
        """
        same = frozenset(date.start for date in found if self._after["same_year"].match(page.reading.folded, date.end))
        return Years.of(found, page, own_year, published).complete(found, self._turns(page, found), same)

    def _turns(self, page: Page, found: Sequence[DateMention]) -> dict[int, Turn]:
        """Which dates without a year the words beside them say to be still to come or gone by: `next January`, `décembre dernier`."""
        folded = page.reading.folded
        turns: dict[int, Turn] = {}
        for date in found:
            if not date.value.startswith("XXXX") or "/" in date.value.removesuffix("/.."):
                continue
            for turn in _TURNS:
                if self._turns_to(folded, date, turn):
                    turns[date.start] = turn
        return turns

    def _turns_to(self, folded: str, date: DateMention, turn: Turn) -> bool:
        """Whether words within or beside a date say that it is still to come or gone by."""
        words = self._turn_words[turn]
        within = folded.startswith(words, date.start, date.end) or folded.endswith(words, date.start, date.end)
        before, after = self._before[turn], self._after[turn]
        return bool(within or before.search(folded, max(0, date.start - 40), date.start) or after.match(folded, date.end))

    def moments(self, page: Page, dates: Sequence[DateMention], year: int | None) -> list[DateMention]:
        """The dates and what is no date of its own but says when a quantity holds, in order: `this year`, counted from `year`; the year
        of a survey; `by then`; the span from new year to a date, which stands for that date then."""
        spans, ends = self._from_new_year(page, dates)
        weeks = self._known_weeks(page, dates)
        told = [*self._survey_years(page), *self._years_of_weeks(page), *back_references(page, dates)]
        if year is not None:
            terms = page.of_kind("relative_year")
            told += [DateMention(t.start, t.end, str(year + int(t.value)), "relative", t.entry.phrase) for t in terms]
            told += self._month_frames(page, year)
        written, covered = Spans(dates), Spans(spans)
        named = Spans(weeks)
        told = [mention for mention in told if not any(spans.touch(mention) for spans in (written, covered, named))]
        kept = (date for date in dates if date not in ends and not named.touch(date))
        return sorted([*kept, *told, *spans, *weeks], key=lambda moment: moment.start)

    def _month_frames(self, page: Page, year: int) -> Iterator[DateMention]:
        """`in 9 months the sector examined …`: the first nine of the year in which the article was written."""
        for frame in self._matches(page, self._frames):
            months = int(frame.value[-2:]) if frame.value[-2:].isdecimal() else 0  # in 30 months: no month of a year
            ahead = self._after["coming"].match(page.reading.folded, frame.end)
            if _LEAST_MONTHS <= months <= _MOST_MONTHS and not ahead:
                yield replace(frame, value=frame.value.replace("XXXX", str(year)), role="relative")

    def _known_weeks(self, page: Page, dates: Sequence[DateMention]) -> list[DateMention]:
        """The weeks called by number whose days stand beside one of them: `Minggu 34 (17 – 23 Ogos 2014)`, and then `minggu ke 34`;
        so too where the calendar numbers some days of the text like one of them. Those near by their number (`minggu ke 33`) are as many
        weeks away."""
        if not self._rules.weeks or not any(is_week(date.value) for date in dates):
            return []
        weeks = list(self._matches(page, self._weeks))
        folded, starts = page.reading.folded, [date.start for date in dates]
        days: dict[int, str] = {}
        for week in weeks:
            at = bisect_left(starts, week.start)
            near = (date for date in dates[max(0, at - 1) : at + _DATES_BEHIND] if is_week(date.value) and self._are_beside(folded, week, date))
            beside = next(near, None)
            if beside is not None:
                days.setdefault(int(week.value[-2:]), beside.value)
        numbers = {int(week.value[-2:]) for week in weeks}
        for date in dates:
            if is_week(date.value) and NO_YEAR not in date.value and (number := _calendar_week(date.value)) in numbers:
                days.setdefault(number, date.value)
        rows = self._rows_of_weeks(page, weeks)
        known = [(week, span) for week, last in rows if (span := _days_of_row(int(week.value[-2:]), last, days)) is not None]
        return [
            self._up_to_week(folded, dates, starts, replace(week, value=span, role="relative"))
            for week, span in known
            if week.value[:4] in (NO_YEAR, span[:4])
        ]

    def _rows_of_weeks(self, page: Page, weeks: Sequence[DateMention]) -> Iterator[tuple[DateMention, int]]:
        """Each week with the number of the last one in a row with it, and as long as the row: `semanas 33, 34 e 35`, `KW 26-28`.

        The figure of one week and the name of the next are no row: 96 in week 36, `48 in week 37`.
        """
        folded = page.reading.folded
        for place, week in enumerate(weeks):
            number = int(week.value[-2:])
            row = self._more_weeks.match(folded, week.end) if week.value[:4] == NO_YEAR else None
            following = weeks[place + 1].start if place + 1 < len(weeks) else len(folded)
            if (
                row is None
                or not number < int(row["last"]) <= number + _WEEKS_AWAY
                or following - row.end() <= _NEXT_WEEK
                or any(_beginning(page, row.end() + 1, _NOUNS))
            ):
                yield week, number
            else:
                yield replace(week, end=row.end()), int(row["last"])

    def _are_beside(self, folded: str, week: DateMention, days: DateMention) -> bool:
        """Nothing but brackets, commas, dashes and the word for from between the number of a week and its days."""
        left, right = (week.end, days.start) if week.end <= days.start else (days.end, week.start)
        return self._to_days.fullmatch(folded, left, right) is not None

    def _years_of_weeks(self, page: Page) -> Iterator[DateMention]:
        """The year written onto the number of a week, whose days nobody says: `minggu ke 8/2023`, `semaine 2023-08`."""
        if not self._rules.weeks or not _WEEK_OF_YEAR.search(page.reading.folded):
            return
        for week in self._matches(page, self._weeks):
            if week.value[:4] != NO_YEAR:
                yield replace(week, value=week.value[:4], role="relative")

    def _up_to_week(self, folded: str, dates: Sequence[DateMention], starts: Sequence[int], week: DateMention) -> DateMention:
        """The span from new year to a week (`since early 2025 to week 41`, `up to week 41`), where the words before it say so; else the week."""
        last = replace(week, value=week.value.partition("/")[2])
        begin = self._year_begins.search(folded, max(0, week.start - _BEGIN_REACH), week.start)
        if begin is not None:
            return _to_date(begin.start("begins"), last)
        up_to = self._before["weeks_to"].search(folded, max(0, week.start - _BEGIN_REACH), week.start)
        if up_to is not None and not _NUMBER_ENDS.search(folded, max(0, up_to.start() - _NUMBER_REACH), up_to.start()):  # from week 38 to week 41
            return replace(week, value=_to_date(week.start, last).value)
        at = bisect_left(starts, week.start) - 1
        previous = dates[at] if at >= 0 else None
        if previous is None or previous.value.removesuffix("/..") != week.value[:4] or not self._leads_to(folded, previous.end, week.start):
            return week
        return _to_date(previous.start, last)

    def _from_new_year(self, page: Page, dates: Sequence[DateMention]) -> tuple[list[DateMention], set[DateMention]]:
        """The spans that the words before a day or month begin with the year (`since the beginning of the year to the end of May`,
        `from early 2025 to 14 July`), and those of the dates that end one and mean nothing else."""
        folded = page.reading.folded
        spans: list[DateMention] = []
        ends: set[DateMention] = set()
        previous: DateMention | None = None
        for date in dates:
            if len(date.value) in (_MONTH, _DAY) and date.value[:4].isdigit():
                begin = self._begins_with_year(folded, date)
                if begin is not None:
                    spans.append(_to_date(begin.start("begins"), date))
                    ends.add(date)
                elif (
                    previous is not None and previous.value.removesuffix("/..") == date.value[:4] and self._leads_to(folded, previous.end, date.start)
                ):
                    spans.append(_to_date(previous.start, date))
            previous = date
        return spans, ends

    def _leads_to(self, folded: str, left: int, right: int) -> bool:
        """Whether nothing but words such as `to the end of` stand between two dates."""
        return right - left <= _BEGIN_REACH and self._until.fullmatch(folded, left, right) is not None

    def _survey_years(self, page: Page) -> Iterator[DateMention]:
        folded = page.reading.folded
        for start, end, token in zip(page.starts, page.ends, page.tokens, strict=True):
            is_year = len(token) == 4 and token.isdigit() and _BARE_FROM <= int(token) <= _BARE_TO
            if is_year and self._before["surveys"].search(folded, max(0, start - 40), start):
                yield DateMention(start, end, token, "period", "survey")

    def _fold(self, text: str) -> str:
        return fold(text, fold_marks=self._fold_marks)

    def _templated(self, page: Page) -> Iterator[DateMention]:
        return self._matches(page, self._templates)

    def _matches(self, page: Page, templates: Templates) -> Iterator[DateMention]:
        """Dates by the templates; of two that overlap the one that reaches further: `im Januar und Februar 2025`, no `im Januar`."""
        held: DateMention | None = None
        folded = page.reading.folded
        for start, token in zip(page.starts, page.tokens, strict=True):
            if held is not None and start >= held.end:
                yield held
                held = None
            for offset, beginning in templates.starting(token):
                at = start + offset
                best = self._longest(page, at, beginning.possible(folded, at))
                if best is not None:
                    held = best if held is None or (best.end > held.end and not (_ends_a_date(held, best) or _lacks_its_year(held, best))) else held
                    break
        if held is not None:
            yield held

    def _longest(self, page: Page, at: int, rules: Sequence[Rule]) -> DateMention | None:
        folded = page.reading.folded
        best: DateMention | None = None
        for rule in rules:
            match = rule.pattern.match(folded, at)
            if match is None or (best and match.end() <= best.end) or not _stands_alone(folded, at, match.end()):
                continue
            value = self._values.of(rule.family, match.groupdict())
            if value is not None and not self._is_no_date(page, rule, match):
                best = DateMention(at, match.end(), value, "period", rule.template)
        return best

    def _is_no_date(self, page: Page, rule: Rule, match: re.Match[str]) -> bool:
        """A name (`No. 3/2`), a fraction (`3/5`), a rate (`12/10万`), round the clock (`24/7`), a number (`dez`), a year's name
        (`Vision 2030`), `12 may have died`."""
        if rule.template in _SLASHED and self._before["no_dates_behind"].search(page.reading.folded, max(0, match.start() - 40), match.start()):
            return True
        if rule.template == _DAY_SLASH_MONTH:
            folded, start = page.reading.folded, match.start()
            is_day = _is_in_list_of_days(folded, start) or self._is_behind_part_of_day(match)
            could_be = not is_day and _could_be_fraction(match["d"], match["m"])
            return could_be or match.group() in self._no_dates or self._is_scaled(page, match.end())
        if _ends_in_day_and_month(match) and _counts_anything(page, match) and not self._is_behind_part_of_day(match):
            return True  # il 5-10 per cento, ab 2.5 Millionen, vom 1.2-Fachen, dari 1-5 tahun
        if _only_a_number(match) and UNSPACED.search(match.group()) is None and _is_counting(page, match.end()):
            return True  # no mês 12 casos, no trimestre 4 casos
        if rule.family == "day" and _ends_before(page, match.start(), "per_before"):
            return True  # por dia 30 a 40 doentes
        if _ends_list_of_years(match):
            return True
        if rule.template == _YEAR_DASH_MONTH:  # 2011-12 may be two years
            return int(match["m"]) > int(match["y"][2:])
        if match.groupdict().get("d") and match.groupdict().get("sy") and _DIALLED.match(page.reading.folded, match.end()):
            return True  # 04-12-24-11-05: a number to call
        written = [slot for slot, value in match.groupdict().items() if value]
        if written == ["y"] and _is_to_call(page, match):
            return True
        if match.groupdict().get("d") and match.start("d") == match.start() and _is_ordinal(page, match.start()):
            return True
        if rule.family == "day" and match.end("d") == match.end() and _counts_on(page, match):
            return True
        bare = rule.family in ("day", "quarter") and match.groupdict().get("y") is None
        if bare and self._no_date_follower.match(page.reading.folded, match.end()) is not None:
            return True  # 지난 7일 동안, au premier trimestre de grossesse
        if rule.family == "day" and rule.template.startswith("{"):
            return self._before["duration_words"].search(page.reading.folded, max(0, match.start() - 40), match.start()) is not None
        slots = match.groupdict()
        if slots.get("M") and slots.get("y") is None and match.end("M") == match.end() and self._is_scaled(page, match.end()):
            return True  # /1 dez mil habitantes
        if slots.get("M") and slots.get("d") and slots.get("y") is None and match.group()[0].isdigit():
            return self._no_date_follower.match(page.reading.folded, match.end()) is not None
        if slots.get("M") and slots.get("sy") and not slots.get("d") and _counts_something(page, match.end()):
            return True
        if rule.template == "{M}" and len(match.group()) < _WHOLE_MONTH:  # dez. is ten as well
            return True
        if slots.get("M") and not any(slots.get(slot) for slot in _BESIDE_A_MONTH):
            if self._values.small_months and _begins_name(page.reading.text, *match.span("M")):
                return True
            if self._no_date_follower.match(page.reading.folded, match.end()) is not None:
                return True  # Outubro Rosa
            return match.end("M") == match.end() and _counts(page, match.start("M"), match.end("M"))
        if slots.get("roc") and slots.get("m") is None:
            return self._after["ago"].match(page.reading.folded, match.end()) is not None
        if rule.family == "date" and slots.get("y") is not None and match.group().isdigit():
            may_count = _BARE_FROM <= int(match.group()) <= _BARE_TO  # _bare_years tells which
            return may_count or self._is_named_year(page.reading.folded, match.start(), match.end())
        return False

    def _is_behind_part_of_day(self, match: re.Match[str]) -> bool:
        """Whether words such as `afternoon of` stand right before a day."""
        day = match.start("d")
        return self._before["days_behind"].search(match.string, max(0, day - 40), day) is not None

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
        if folded[end : end + 1] == ":" or self._vision(folded, start, end):
            return False
        if QUOTED_YEAR.search(folded, max(0, start - _QUOTED), end + 1):
            return True
        return self._before["named_years"].search(folded, window, start) is not None

    def _vision(self, folded: str, start: int, end: int) -> bool:
        """`Vision 2045` as a heading, an item or a clause of its own; not `in line with Saudi Vision 2030`."""
        vision = self._before["visions"].search(folded, max(0, start - 40), start)
        return (
            vision is not None
            and _OPENED.search(folded, max(0, vision.start() - 12), vision.start()) is not None
            and _CLOSED.match(folded, end) is not None
        )

    def _bare_years(self, page: Page) -> Iterator[DateMention]:
        """Four digits that are a year: after a year word for certain, else where nothing is counted."""
        named = {term.start for term in page.of_kind(*_NOUNS)}
        verbs = {term.start for term in page.of_kind("concept")} - named
        nouns = named | verbs
        nouns |= {t.start for t in page.of_kind("disease") if t.end in nouns or t.end + 1 in nouns}  # 2021 Covid-19 pandemic is a year
        nouns |= {link.start for link in page.of_kind("links") if link.end + 1 in nouns}  # 1974 de cazuri
        durations = {t.start for t in page.of_kind("unit") if t.value in _DURATIONS}
        for start, end, token in zip(page.starts, page.ends, page.tokens, strict=True):
            if len(token) != 4 or not token.isdigit() or not _stands_alone(page.reading.folded, start, end):
                continue
            year = int(token)
            opens = end + 1 in verbs and _opens_clause_with_figure(page.reading.folded, start, end)
            counted = named if opens else nouns  # 2023 starben 3 Menschen
            if self._rules.buddhist_years and 2400 <= year <= 2700:
                year -= 543
                counted = nouns - durations  # โรคหัด 2566 เดือนเดียว: of that year, no so many months
            if _BARE_FROM <= year <= _BARE_TO and self._is_year(page, start, end, counted):
                yield DateMention(start, end, str(year), "period", "{y}")

    def _hijri_years(self, page: Page) -> Iterator[DateMention]:
        """Years of the Hijra, by the mark behind them or the word before: `1446هـ`, `عام 1441`; not `خلال العام 1441 مريضا`, where they count."""
        if not self._rules.hijri_marks:
            return
        folded, nouns = page.reading.folded, {term.start for term in page.of_kind(*_NOUNS)}
        for years in _HIJRI_YEARS.finditer(folded):
            start, end = years.span()
            if not self._after["hijri_marks"].match(folded, end):
                said = self._before["hijri_year_words"].search(folded, max(0, start - 40), start)
                if said is None or end in nouns or end + 1 in nouns:
                    continue
            first, last = hijri_year(int(years[1])), hijri_year(int(years[2] or years[1]))
            ends = dict.fromkeys((first[:_YEAR], last[-_YEAR:]))  # 1429 AH is within 2008
            yield DateMention(start, end, "/".join(ends), "period", "{y}")

    def _is_year(self, page: Page, start: int, end: int, nouns: set[int]) -> bool:
        folded = page.reading.folded
        if self._is_named_year(folded, start, end):
            return False
        if self._after["year_suffixes"].match(folded, end):
            return True
        if folded[start - 1 : start] == "(" and folded[end : end + 1] == ")" and end + 2 in nouns:
            return False  # in brackets before what it counts: (1980) عملية
        following = end + 1 if folded[end : end + 1] in (" ", "-") else end
        counted = following in nouns or folded[end : end + 2].lstrip(" ").startswith(("%", "$", "€"))
        ahead = max(0, start - _SPAN_AHEAD)
        spanned = (after_span().search(folded, ahead, start) or _OF_THREE_YEARS.search(folded, ahead, start)) is not None
        if not counted or spanned or _follows_a_year(folded, start, end) or (self._rules.nouns_large and _is_small_to_the_end(page, following)):
            return True
        said = self._before["year_words"].search(folded, max(0, start - 40), start)
        return said is not None and not any(  # أقل من 1990 طبيب: `من` is a piece of `less than`
            term.start <= said.start() < term.end <= start for term in page.of_kind("comparator_before")
        )

    def _with_role(self, page: Page, date: DateMention) -> DateMention:
        """Deadline, since, or plain period or event, from the words beside the date."""
        folded = page.reading.folded
        window = max(0, date.start - 40)
        role = "event" if len(date.value) == 10 else "period"
        value = date.value
        ends_span = self._begins_with_year(folded, date)
        since = self._before["since"].search(folded, window, date.start) or (
            len(value) in (_MONTH, _DAY) and self._since_within.match(folded, date.start, date.end)
        )
        if ends_span and len(value) > _YEAR:  # từ đầu năm đến cuối tháng 9 runs up to September
            since = None
        if since or (not ends_span and self._runs_till_now(folded, date)):
            value = value if "/" in value else f"{value}/.."
        elif not (ends_span or self._turns_to(folded, date, "gone")) and (  # al cierre de junio pasado: as of then
            self._vision(folded, date.start, date.end)
            or (len(date.value) == _YEAR and self._vision_name.search(folded, window, date.start))
            or (self._before["deadline"].search(folded, window, date.start) and not self._before["as_of"].search(folded, window, date.start))
            or ("/" not in value and self._after["deadline_after"].match(folded, date.end))  # 7월부터 9월까지 runs up to September
        ):
            role = "deadline"
        weekday = self._weekdays.beside(folded, date) if len(date.value) >= _DAY else None
        return replace(date, value=value, role=role, weekday=weekday)

    def _runs_till_now(self, folded: str, date: DateMention) -> bool:
        """`từ tháng 10/2024 đến nay`: no comma before the words, nor a document's number before the day, which is the document's."""
        if self._till_now.search(folded, date.start, date.end):
            return True
        till_now = self._after["since_after"].match(folded, date.end)
        if till_now is None or "," in till_now[0]:
            return False
        spaced = till_now[0].startswith(" ")
        return not (spaced and number_beside().search(folded, max(0, date.start - _NUMBER_REACH), date.start))

    def _edge(self, phrases: Sequence[str], *, before: bool, between: str = " :,()") -> re.Pattern[str]:
        """Matches one of the phrases right before or right after a date; never, where there are none. One of a single letter begins no word:
        2024`م`, but 2024 مريضا are patients."""
        if not phrases:
            return re.compile(r"(?!)")
        words = alternatives({self._fold(phrase): 0 for phrase in phrases})
        spaced = not all(UNSPACED.match(phrase) for phrase in phrases)
        guard = r"(?<![^\W\d_])" if spaced else ""
        clitics = f"(?:{alternatives(self._prefixes)})?" if self._prefixes and spaced else ""
        if before:
            return re.compile(rf"{guard}{clitics}(?:{words})[{between}]{{0,3}}$")
        whole = r"(?!(?<=[\d ,].)[^\W\d_])" if spaced else ""
        return re.compile(rf"[ ,]{{0,2}}(?:{words}){whole}")


def _ends_a_date(date: DateMention, years: DateMention) -> bool:
    """Whether the first of two years is that of a day before it, or ends a span: the plan of 27 March `2020 to 2025`, 2012 - `2015 and 2020`."""
    ended = _YEARS.fullmatch(date.value) or (len(date.value) == _DAY and date.value[:4].isdigit())
    return bool(ended) and _YEARS.fullmatch(years.value) is not None and years.start > date.start


def _lacks_its_year(date: DateMention, rest: DateMention) -> bool:
    """Whether the second of two that overlap is the same without its year: 2025年の`最後の6か月間`."""
    return rest.value.startswith(NO_YEAR) and date.value[:_YEAR].isdigit() and rest.value == re.sub(r"\d{4}(?=-)", NO_YEAR, date.value)


def _whole_words(words: Sequence[str]) -> str:
    """One of some words and no piece of another: `to` in no `tomorrow`; in a script without spaces, wherever it stands."""
    unspaced = [word for word in words if UNSPACED.match(word)]
    spaced = alternatives([word for word in words if not UNSPACED.match(word)])
    whole = [rf"(?<![^\W\d_])(?:{spaced})(?![^\W\d_])"] if spaced else []
    return rf"(?:{'|'.join([*whole, alternatives(unspaced)] if unspaced else whole) or '(?!)'})"


def _is_small_to_the_end(page: Page, at: int) -> bool:
    """Whether what begins here is a small word that ends its clause, or stands before another figure: `geimpft`, 2022 `stationär` 1,2 Millionen."""
    begin = (takewhile(lambda term: term.start == at, page.terms_from(kind, at)) for kind in _COUNTED)
    ends = [term.end for term in chain.from_iterable(begin)]
    return bool(ends) and page.reading.text[at : max(ends)].islower() and _CLAUSE_OR_FIGURE.match(page.reading.folded, max(ends)) is not None


def _follows_a_year(folded: str, start: int, end: int) -> bool:
    """The next year behind one and a word for and: in 2023 `and 2024` cases fell."""
    before = behind_year().search(folded, max(0, start - _SPAN_AHEAD), start)
    return before is not None and int(before["y"]) + 1 == int(folded[start:end])


def _is_to_call(page: Page, year: re.Match[str]) -> bool:
    """The head of a number to call, 1900 9095."""
    return year["y"].isdigit() and int(year["y"]) < _BARE_FROM and _TO_CALL.match(page.reading.folded, year.end()) is not None


def _to_date(start: int, end: DateMention) -> DateMention:
    """From new year to a day or a month, told by the words from `start` to the date."""
    first = f"{end.value[:4]}-01-01"
    return DateMention(start, end.start, f"{first[: len(end.value)]}/{end.value}", "relative", "year begins")


def _families(rules: DateRules, shared: DateRules) -> dict[str, Sequence[str]]:
    """Templates of a pack by what their slots mean; those of days, months and years with the ones that all languages share."""
    return {
        "date": [*rules.templates, *shared.templates],
        "first_months": rules.first_months,
        "last_months": rules.last_months,
        "months_to": rules.months_to,
        "half": rules.halves,
        "half_month": rules.half_months,
        "quarter": rules.quarters,
        "third": rules.thirds,
        "first_quarters": rules.first_quarters,
        "first_weeks": rules.first_weeks,
        "decade": rules.decades,
        "fiscal": rules.fiscal_years,
        "school": rules.school_years,
        "fiscal_months": rules.fiscal_months,
        "fiscal_half": rules.fiscal_halves,
        "fiscal_quarter": rules.fiscal_quarters,
        "day": rules.days,
    }


def _begins_name(text: str, start: int, end: int) -> bool:
    """Where months are written small, one written large within a sentence, as is the word behind it: the district of `Mai Chau`."""
    large = text[start].isupper() and text[start + 1 : start + 2].islower() and text[end : end + 1] == " " and text[end + 1 : end + 2].isupper()
    return large and text[start - 1 : start] == " " and text[start - 2 : start - 1].islower()


def _counts(page: Page, start: int, end: int) -> bool:
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
    return any(term.start == end + 1 for term in page.of_kind(*_NOUNS))


def _opens_clause_with_figure(folded: str, start: int, end: int) -> bool:
    """Begins a sentence in which another figure says how many: `2023 starben` 3 Menschen."""
    return _SENTENCE_OPENS.search(folded, max(0, start - 2), start) is not None and _FIGURE_FOLLOWS.match(folded, end) is not None


def _ends_in_day_and_month(match: re.Match[str]) -> bool:
    """Two figures with a dash or a point between, and no year: `on` 10-10, `am Morgen des` 29.1."""
    slots = match.groupdict()
    written = bool(slots.get("d")) and bool(slots.get("m")) and slots.get("y") is None and match.end("m") == match.end()
    return written and match.string[match.start("m") - 1] in "-."


def _only_a_number(match: re.Match[str]) -> bool:
    """A month or a quarter by its number, and nothing else: `no mês` 9, `im Quartal` 3."""
    written = [slot for slot, value in match.groupdict().items() if value]
    return written == ["m"] or (written == ["q"] and match.end("q") == match.end())


def _is_counting(page: Page, end: int) -> bool:
    """What stands behind a number is counted by it; a verb is where no other figure follows: `no mês 6 foram atendidos` 45."""
    folded = page.reading.folded
    if any(not folded[term.end : term.end + 2].strip().isdigit() for term in _beginning(page, end + 1, _NOUNS)):
        return True
    return any(_beginning(page, end + 1, _COUNTED)) and _FIGURE_FOLLOWS.match(folded, end) is None


def _beginning(page: Page, at: int, kinds: Sequence[str]) -> Iterator[TermMention]:
    """The terms of some kinds that begin at an offset."""
    return (term for kind in kinds for term in takewhile(lambda term: term.start == at, page.terms_from(kind, at)))


def _ends_before(page: Page, at: int, kind: str) -> bool:
    """Whether a term of a kind ends one space before an offset: `por` dia 30."""
    near = takewhile(lambda term: term.start < at, page.terms_from(kind, max(0, at - _LONGEST_PREPOSITION)))
    return any(term.end == at - 1 for term in near)


def _counts_anything(page: Page, match: re.Match[str]) -> bool:
    """What stands right behind two figures makes them a count: a dash, a word for percent or a scale; behind a dash between them, also a noun
    that no year follows (`1-5 tahun`; no `8-11 ปี 2025`)."""
    folded, end = page.reading.folded, match.end()
    behind = list(_beginning(page, end + 1, _NOUNS))
    if folded[end : end + 1] == "-" or any(term.kind in ("percent", "scale", "currency") for term in behind):
        return True
    return folded[match.start("m") - 1] == "-" and any(_YEAR_BEHIND.match(folded, term.end) is None for term in behind)


def _ends_list_of_years(match: re.Match[str]) -> bool:
    """The last two of three years or more, joined by a word: in 2022, `2023 and 2024` are three years, no span."""
    slots = match.groupdict()
    if not (slots.get("y") and slots.get("y2")) or [slot for slot, value in slots.items() if value] != ["y", "y2"]:
        return False
    joined = match.string[match.end("y") : match.start("y2")]
    return joined.strip(" -–—").isalpha() and _YEAR_AND_COMMA.search(match.string, max(0, match.start("y") - _YEAR - 3), match.start("y")) is not None


def _could_be_fraction(day: str, month: str) -> bool:
    """3/5 may be three of five; 11/7 is the eleventh of July."""
    return not (day.isdigit() and month.isdigit() and int(day) > int(month))


def _is_in_list_of_days(folded: str, start: int) -> bool:
    """Behind days in a row of which one is no fraction: `em 31/3, 13/4 e` 2/6."""
    row = _DAYS_IN_A_ROW.search(folded, max(0, start - _ROW_REACH), start)
    return row is not None and not all(_could_be_fraction(*day.split("/")) for day in _DAY_AND_MONTH.findall(row.group()))


def _calendar_week(days: str) -> int:
    """The number that the calendar gives to a week, by its middle.

    >>> _calendar_week("2024-10-07/2024-10-13")
    41
    """
    return (Day.fromisoformat(days.partition("/")[0]) + timedelta(days=3)).isocalendar().week


def _days_of_row(first: int, last: int, known: Mapping[int, str]) -> str | None:
    """The days from one week to another by their numbers, as `_days_of` counts them.

    >>> _days_of_row(38, 40, {41: "2024-10-07/2024-10-13"})
    '2024-09-16/2024-10-06'
    """
    begin, end = _days_of(first, known), _days_of(last, known)
    return f"{begin.partition('/')[0]}/{end.partition('/')[2]}" if begin and end else None


def _days_of(number: int, known: Mapping[int, str]) -> str | None:
    """The days of a week by its number, counted from those of the nearest one that is known.

    >>> _days_of(40, {41: "2024-10-07/2024-10-13"}), _days_of(2, {41: "2024-10-07/2024-10-13"})
    ('2024-09-30/2024-10-06', None)
    """
    nearest = min(known, key=lambda other: abs(other - number), default=number)
    if nearest not in known or abs(nearest - number) > _WEEKS_AWAY:
        return None
    away = timedelta(weeks=number - nearest)
    return _moved(known[nearest], away)


def _moved(days: str, away: timedelta) -> str:
    """A span of days so much later; one without a year as in a common one, or in a leap year where it has a leap day.

    >>> _moved("2024-12-30/2025-01-05", timedelta(7)), _moved("XXXX-08-06/XXXX-08-12", timedelta(-7))
    ('2025-01-06/2025-01-12', 'XXXX-07-30/XXXX-08-05')
    >>> _moved("XXXX-02-23/XXXX-02-29", timedelta(7))
    'XXXX-03-01/XXXX-03-07'
    """
    if NO_YEAR not in days:
        return "/".join(str(Day.fromisoformat(day) + away) for day in days.split("/"))
    year = _LEAP_YEAR if _LEAP_DAY in days else _COMMON_YEAR
    return "/".join(NO_YEAR + str(Day.fromisoformat(day.replace(NO_YEAR, year)) + away)[_YEAR:] for day in days.split("/"))


def _stands_alone(folded: str, start: int, end: int) -> bool:
    """Not a part of a longer number or word."""
    before, after = folded[start - 1 : start], folded[end : end + 1]
    if folded[start].isdigit():
        grouped = before == "," and (end - start <= _YEAR or not _YEAR_AND_MORE.match(folded, start, end))  # 10:15，2024年8月8日
        if before.isdigit() or ((grouped or before in (".", "/", "-", ":")) and start > 1 and folded[start - 2].isdigit()):
            return False  # 08:15 - 21/03/2024: minutes are no day
        clitic = _is_clitic(folded, start - 1) and not folded[start - 2 : start - 1].isalpha()
        if before.isalpha() and not UNSPACED.match(before) and not clitic and not _WHOLE_DATE.fullmatch(folded, start, end):
            return False
    elif before.isalpha() and not UNSPACED.match(before) and not UNSPACED.match(folded[start]) and not _is_clitic(folded, start):
        return False
    if folded[end - 1].isdigit():
        if after.isdigit() or after == "%" or (after in (".", ",", "/") and folded[end + 1 : end + 2].isdigit()):
            return False
        glued = after.isalpha() and not UNSPACED.match(after) and not _is_clitic(folded, end)
        return not glued or _WHOLE_DATE.search(folded, start, end) is not None
    return not (after.isalpha() and not UNSPACED.match(after) and not UNSPACED.match(folded[end - 1]))


def _is_clitic(folded: str, start: int) -> bool:
    """One or two letters written onto a word, as in Arabic; checked against the pack before."""
    return "\u0600" <= folded[start] <= "\u06ff"


def _without_overlaps(dates: list[DateMention]) -> list[DateMention]:
    kept: list[DateMention] = []
    for date in sorted(dates, key=lambda d: (d.start, -d.end)):
        if not kept or date.start >= kept[-1].end:
            kept.append(date)
    return kept

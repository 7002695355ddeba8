"""Numbers that name and count nothing: ordinals, articles, clock times, telephone numbers, houses."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from extractor.components.searches import Search
from extractor.components.shape import NOUNS, Shape
from extractor.components.written_marks import QUOTED_YEAR, TITLE_YEAR, file_size, list_break, picture, slogan
from extractor.mentions import NumberMention, Span, Spans, TermMention
from extractor.page import Page

_LIST_NUMBER = re.compile(r"[ \t]*[(]?\d{1,2}[.)](?!\d)")
_DASHED = re.compile(r"[ \t]*(?P<n>\d{1,2}) ?[-–/][ -]?(?=[^\W\d_])")
"""The number of a line in a list, group `n`, with a dash or slash behind it: `2-` Số bác sĩ."""
_ITEM = re.compile(r"(?:^|(?<=[\n:;.,]) ?|(?<=[:;.,] ))(?P<link>[^\W\d_]{1,4} )?(?:\((?P<n>\d{1,2})\)|(?P<bare>\d{1,2})\)) ?(?=[^\W\d_])")
"""The number of an item within a line, group `n`, or `bare` without its first bracket; `link` is a small word before it: and (3)."""
_ITEMS_SURE = 2
"""Items of a list behind which one may have such a word."""
# Both patterns begin with what they look ahead for: where that is not, one test is enough.
_CLOCK = re.compile(
    r"(?=[\dgu])(?:(?<![\d.,])(?:[01]?\d|2[0-3])(?::| ?h ?)[0-5]\d(?::[0-5]\d)?(?!\d|,\d{3})|(?<![\d.,])24/(?:7|24)(?!\d)"
    r"|\b(?:gmt|utc) ?[+-] ?\d{1,2}(?!\d)"
    r"|[0-2]?\d ?[時时点點] ?[0-5]?\d ?分)"
)
_ALL_DAY = re.compile(r"24/24$")
"""Round the clock, or all of 24: `24/24 trạm`."""
_PHONE = re.compile(
    r"(?=[\d+(☎])(?:(?:\+\d{1,3}[ .-]?|\(0\d{1,3}\)[ .-]?|(?<!\d[.,])(?<![\da-z_])0[ .-]?)\d{1,4}(?:[ .・·‑-]?\d{2,4}){2,5}(?!\d)"
    r"|\b(?:1800|1900|1500)[ .-]?\d{3,4}(?:[ .-]?\d{2,4})?\b"
    r"|\b8 ?\(\d{3,5}\) ?\d{1,3}(?:-\d{2}){2}(?!\d)"
    r"|(?<!\d[ .,])\b0\d{2,5} ?/ ?\d{2,}(?:[ -]\d{1,5}){0,3}(?![\d/])"
    r"|\b80\d(?:[ .-]\d{2,4}){2,3}(?!\d)|\b\d{2,4}-\d{3,4}-\d{3,4}\b|☎ ?\d[\d ・·-]*)"
)
_NOTE = re.compile(r"※ ?\d{1,2}(?=[)）\],，、。:：. ]|$)", re.MULTILINE)
"""The number of a note: (※1)."""
_CASCADE = re.compile(r"(?<![\d.,-])(\d\d)-\1-\1(?!-?\d)")
"""The goals of the HIV programmes are called by their figures: 95-95-95, also in a longer word: `95-95-95-Ziel`."""
_WEEK_OF_YEAR = re.compile(r"(?<![\d/.,-])[1-5]?\d/(?:19|20)\d\d(?![\d/.,]| ?%)")
"""A week or a running number with its year: ME 22/2022."""
_KILOMETRE_POST = re.compile(r"\bkm ?\d{1,4} ?\+ ?\d{1,3}(?!\d|[.,]\d)")
"""A place on a road: km 12+500."""
_IMAGE = re.compile(r"(?=\d)(?<![\d.,])\d{1,9}\.(?:jpe?g|png|gif|webp)(?![a-z\d])(?: -\d{1,2}(?!\d))?")
"""The file of a picture, where a page shows its name instead: `4.jpg -0`."""
_SEARCHES = (
    Search(_CLOCK),
    Search(_PHONE),
    Search(_CASCADE, ("-",)),
    Search(_NOTE),
    Search(_WEEK_OF_YEAR, ("/19", "/20")),
    Search(_KILOMETRE_POST, ("km",)),
    Search(_IMAGE, (".jp", ".png", ".gif", ".webp")),
)
_HOUR, _HOUR_REACH = re.compile(r"(?<![\d.,])(?P<n>[01]?\d|2[0-4]) ?$"), 4
_DATE_BEHIND = re.compile(r",? (?:[0-3]?\d[./-][01]?\d[./-](?:19|20)\d\d|(?:19|20)\d\d[./-][01]?\d[./-][0-3]?\d)(?![\d/])")
_BEFORE_CALLED = 4
"""Spaces, colons, dashes and quotation marks between the word to call and the number, at most."""
_PERCENT = re.compile(" ?[%٪‰]")
_GENERATION = re.compile(r"(?<![\w.,-])[2-6]G(?!\w)")
"""A generation of mobile networks, on the text as it is: 4G."""
_REFERENCE = re.compile(r"(?<![\w/])[A-Z][A-Z0-9]{1,8}(?:/[A-Z0-9]{1,8}){0,4}/(?:19|20)\d\d(?:[/-]\d{1,5})?(?![\w/])")
"""The reference of a letter by its office, on the text as it is: DGOS/R4/2024/12."""
_INDEX = re.compile(r"(?<!\w)\d{6,18}[A-Z]{0,2}/(?:19|20)\d\d-\d{3,6}(?![\w-])")
"""The index of a page in a register of Chinese offices, on the text as it is: 002482365/2023-00095."""
_SITE = re.compile(r"(?<![\w.,@/-])\d{1,5}[a-z]{0,2}\.(?:com|net|org|ru|vn|tv|kz|by|info)(?![\w-])")
"""A site that is called by a number, on the text as it is: `360.ru`."""
_QUOTED = re.compile(r"(?<=[«“„\"])[^\W\d_][^«»“”„\"\d.,;:!?\n]{1,24} (?P<n>\d{1,3})(?=[»”\"])")
"""A name in quotation marks that a small number closes, group `n`, on the text as it is: «Россия `24`»."""
_MOST_NAMED = 3
"""Words of such a name, at most."""
_LONGEST_STREET = 45
"""Characters from a street's first word to the number of the house, at most."""
_WORD = re.compile(r"[^\W\d_]+")
_LISTED = re.compile(
    r"(?<![\d.,/-])\d{1,3}(?:(?:[,、・] ?| [^\W\d_]{1,4}(?: [^\W\d_]{2})? ?)\d{1,3}){0,8}(?:[,、・] ?| [^\W\d_]{1,4}(?: [^\W\d_]{2})? ?)$"
)
"""The figures that a label has before this one: `districts 6, 7 and` 8, المستوى 3 `و`4, 第26、27、28週."""
_SYLLABLE = re.compile("[\uac00-\ud7af]")
"""Before a label of one letter that stands apart from the number: 실`제` 420개 is no ordinal."""
_NUMBERED = re.compile(r"^\d{1,3}(?:[、・]\d{1,3})*[、・]$")
"""Ordinals of one word: 第`26、27、`28週."""
_TO_NEXT = re.compile(r" [^\W\d_]{1,5} (?=[^\W\d_]+ [^\W\d_]{0,2}-?\d)")
"""A small word behind a figure, before a word and its number."""
_CASES = ("cases", "deaths")
_LIST_REACH, _HUNDREDS = 50, 1000
_GROUPED = re.compile(r"\d[.,' \u00a0\u202f]\d{3}$")
_FIRST_OF_TWO = re.compile(r"\d{1,4}([/–-])$")
_FIRST_OF_ROW = re.compile(r"(?<![\d.,/-])(\d{1,3}) $")
_FIRST_REACH = 5
_SECTION, _SECTION_REACH = re.compile(r"(?<![\d.,])\d{1,4}[a-z]?\($"), 6
_LONGER = (*NOUNS, "out_of", "out_of_apart", "whole_before", "cue", "place")
"""Kinds of phrases whose last word may be written like a label: `Davao Region 24 cases`."""
_DIGIT_BEHIND = re.compile(r" ?\d")
_ITS_ORDINAL = re.compile(r"(?<![\w.,])\d{1,3}\. $")
"""The number that a label has already, as an ordinal with its full stop: `in der 44.` KW 2.150 Fälle."""
_WITHIN = re.compile(r"(?:(?<![^\W\d_])[a-zß-öø-ÿ]+,?|\),) $")
"""A small word or the end of brackets, behind which no sentence begins."""
_LONGEST_BEFORE = 24
"""Characters before a number word in which the word before it is looked for."""
_MOST_QUARTERS = 20
_TWO_LARGE = re.compile(r"[^\W\d_a-z][^\W\d_]* [^\W\d_a-z][^\W\d_]* $")
"""Two words written large, right before the number of a village: one alone may begin a sentence."""
_MOST_NUMBERED = 53
"""Numbered districts of a city, at most."""
_NO_STREET = re.compile(r"[\n;!?…\d]|[^\W\d_]{3}\. ")
"""Between a street's first word and its house there is no other number and no end of a line or sentence."""


def written_names(page: Page) -> Iterator[Span]:
    """Digits that are no quantity in any language: list numbers, clock times, telephone numbers, goals called by figures,
    notes, weeks with their year, pictures and sizes of files, generations of networks, references, indices, sites, names in quotation marks.
    """
    folded = page.reading.folded
    at = 0
    dashed: list[re.Match[str]] = []
    while at != -1 and at < len(folded):
        start = at + (folded[at] == "\n")
        match = _LIST_NUMBER.match(folded, start)
        if match:
            yield Span(match.start(), match.end())
        elif (item := _DASHED.match(folded, start)) is not None:
            dashed.append(item)
        at = folded.find("\n", at + 1)
    yield from _runs(dashed)
    yield from _item_numbers(folded)
    yield from _hours_of_dates(page)
    for search in (*_SEARCHES, Search(picture())):
        for match in search.matches(folded):
            if not (_ALL_DAY.search(folded, match.start(), match.end()) and _is_counted(page, match.end())):
                yield Span(match.start(), match.end())
    for quoted in (QUOTED_YEAR, TITLE_YEAR):
        yield from (Span(*match.span("y")) for match in quoted.finditer(folded))
    text = page.reading.text
    for pattern in (file_size(), _GENERATION, _REFERENCE, _INDEX, _SITE):
        yield from (Span(*match.span()) for match in pattern.finditer(text))
    yield from (Span(*match.span("n")) for match in slogan().finditer(text))
    for match in _QUOTED.finditer(text):
        if match[0][0].isupper() and match[0].count(" ") <= _MOST_NAMED:
            yield Span(*match.span("n"))


def _hours_of_dates(page: Page) -> Iterator[Span]:
    """A time of day in words right before its date: `6 hours 26/6/2022`."""
    folded = page.reading.folded
    for unit in page.by_kind.get("unit", ()):
        if unit.value == "h" and _DATE_BEHIND.match(folded, unit.end):
            hour = _HOUR.search(folded, max(0, unit.start - _HOUR_REACH), unit.start)
            if hour is not None:
                yield Span(hour.start("n"), unit.end)


def _item_numbers(folded: str) -> Iterator[Span]:
    """The numbers of a list within its sentences: `goals: (1)` to reduce … `(2)` to keep …"""
    return _runs(_ITEM.finditer(folded) if ")" in folded else ())


def _runs(items: Iterable[re.Match[str]]) -> Iterator[Span]:
    """Two items at least, each with one more than that before."""
    run: list[re.Match[str]] = []
    for item in items:
        groups = item.groupdict()
        number = int(groups["n"] or groups["bare"])
        if groups.get("link") and len(run) < _ITEMS_SURE:
            continue  # un (1) mort, deux (2) blessés
        if number == len(run) + 1:
            run.append(item)
        elif number == 1:
            yield from _as_spans(run)
            run = [item]
    yield from _as_spans(run)


def _as_spans(run: Sequence[re.Match[str]]) -> Iterator[Span]:
    return (Span(item.start(), item.end()) for item in run) if len(run) > 1 else iter(())


def _is_counted(page: Page, end: int) -> bool:
    """Whether a noun or classifier, and no unit, stands right behind a figure."""
    at = end + (page.reading.folded[end : end + 1] == " ")
    behind = {kind for kind in ("classifier", "unit", *NOUNS) if _begins_at(page.by_kind.get(kind, []), at)}
    return bool(behind) and "unit" not in behind


def _begins_at(terms: Sequence[TermMention], at: int) -> bool:
    index = bisect_left(terms, at, key=lambda term: term.start)
    return index < len(terms) and terms[index].start == at


def in_a_name(text: str, start: int, end: int) -> bool:
    """A number word that is part of a name: written large within a sentence, as is the word behind it (`em Três Lagoas`)."""
    large = text[start].isupper() and text[start + 1].islower() and text[end : end + 1] in (" ", "-") and text[end + 1 : end + 2].isupper()
    return large and _WITHIN.search(text, max(0, start - _LONGEST_BEFORE), start) is not None


def is_name(shape: Shape, number: NumberMention) -> bool:
    """An ordinal, an article, a level: `3rd`, `No. 3`, `article 12`, `第3`, `in der 28. Woche`."""
    folded = shape.page.reading.folded
    if any(term.kind == "dual" and term.start == number.start for term in shape.ends.get(number.end, ())):
        return False  # كل مركز طبيبين: each centre two doctors
    if folded[number.end : number.end + 2] == ". " and number.digits:
        bracketed = folded[number.start - 1 : number.start] == "(" and folded[number.end + 2 : number.end + 3].isalpha()
        if bracketed or shape.before(number.start, "ordinal_dot_after"):  # (15. Amtszeit): no sentence ends right behind an open bracket
            return True
    label = shape.before(number.start, "labels", "ordinal_before")
    if (
        label
        and (not number.scaled or (number.value < _HUNDREDS and shape.before(number.start, "ordinal_before") is not None))  # 第二十回
        and number.value == int(number.value)
        and shape.after(number.end, "percent", "points") is None
        and not _PERCENT.match(folded, number.end)
        and not _ends_phrase(shape, label)
        and not (number.start > label.end == label.start + 1 and _SYLLABLE.match(folded, max(0, label.start - 1)))
        and not _counts_members(shape, label, number)
        and not _is_count_in_brackets(shape, label, number)
        and not _closes_name(shape, label, number)
        and not _is_grouped_count(shape, number)
        and not _ITS_ORDINAL.search(folded, max(0, label.start - _FIRST_REACH), label.start)
    ):
        return True
    if label and number.scaled and any(term.kind == "label_suffixes" for term in shape.ends.get(number.end, ())):
        return True  # 제33조, article 33: 조 is a trillion too
    if _is_second_of_label(shape, number) or _is_subsection(shape, number) or _is_to_call(shape, number) or _is_service(shape, number):
        return True
    if _is_house(shape, number) or _is_quarter(shape, number) or _is_listed(shape, number) or _ends_row_of_label(shape, number):
        return True
    after = shape.begins.get(number.end, ())
    if any(term.kind in ("ordinal_after", "label_suffixes") for term in after):
        return not _counts_anyway(shape, number)
    suffix = shape.after(number.end, "label_suffixes")
    return suffix is not None and folded[number.end : suffix.start] == " "


def is_within_indicator(indicators: Spans, number: NumberMention) -> bool:
    """The one of whom an indicator is told, amid its name: `女性1人が生涯に産む` 子ども."""
    return number.value == 1 and indicators.cover(Span(number.start - 1, number.end + 1))


def _is_subsection(shape: Shape, number: NumberMention) -> bool:
    """In brackets written onto the number of a label: section `11(1)`."""
    folded = shape.page.reading.folded
    section = _SECTION.search(folded, max(0, number.start - _SECTION_REACH), number.start) if folded[number.end : number.end + 1] == ")" else None
    return section is not None and shape.before(section.start(), "labels") is not None


def _is_second_of_label(shape: Shape, number: NumberMention) -> bool:
    """Behind the slash or dash of a number with a label: house `No. 3/2`, series 7/2025, classes ม.1-3."""
    first = _FIRST_OF_TWO.search(shape.page.reading.folded, max(0, number.start - _FIRST_REACH), number.start)
    label = shape.before(first.start(), "labels", "ordinal_before") if first else None
    if first is None or label is None or _ends_phrase(shape, label):
        return False
    return first.group(1) == "/" or _is_bare(shape, number)


def _counts_members(shape: Shape, label: TermMention, number: NumberMention) -> bool:
    """`tổ 5 người`: the number is that of the group's members, who are named right behind it, or of the cases of `tuần` 40 ca;
    nor is `each week` a label, but of a day: 每周五, not 每周三次."""
    if any(term.kind == "cue" and term.value == "each" for term in shape.ends.get(shape.word_end(label.start), ())):
        return number.digits or number.start > label.end or shape.after(number.end, "classifier", "unit") is not None  # jede Woche 10 Minuten
    groups = shape.before(number.start, "group_labels")
    if groups is None or groups.start > label.start:
        return False
    counted = shape.after(number.end, "classifier", "counted", "indicator", "concept")
    if counted is None or _goes_on(shape, counted):
        return False
    return counted.kind != "concept" or counted.value in _CASES  # im Bezirk 45 Fälle


def _goes_on(shape: Shape, counted: TermMention) -> bool:
    """What stands behind a label's number is the next word of the clause: เขต 1 `มี`ผู้ป่วย, or a label with its own: แขวง 14 `เขต 10`."""
    behind = shape.begins.get(counted.start, ())
    if any(term.kind == "cue" and term.value == "actual" for term in behind):
        return True
    labels = (term for term in behind if term.kind == "labels" and term.end == counted.end)
    return any(_DIGIT_BEHIND.match(shape.page.reading.folded, term.end) for term in labels)


def _closes_name(shape: Shape, label: TermMention, number: NumberMention) -> bool:
    """`Cao Lanh district 412 cases`: the label says what the name before it is of; the figure counts something, or is too large for a district's."""
    text = shape.page.reading.text
    if not text[label.start].islower() or shape.before(number.start, "area_labels") is None:
        return False
    counts = number.value > _MOST_NUMBERED or shape.after(number.end, "classifier", "counted", "indicator", "concept", "disease") is not None
    return counts and _TWO_LARGE.search(text, max(0, label.start - _LONGEST_STREET), label.start) is not None


def _is_count_in_brackets(shape: Shape, label: TermMention, number: NumberMention) -> bool:
    """`Puglia (n. 582.917), Abruzzo (n. 0)`, `(objectif 12)`: thousands, nought or a goal, alone in brackets with the word before it."""
    folded = shape.page.reading.folded
    alone = folded[label.start - 1 : label.start] == "(" and folded[number.end : number.end + 1] == ")"
    goal = any(term.kind == "cue" and term.value == "target_label" and term.end == label.end for term in shape.begins.get(label.start, ()))
    return alone and (goal or number.value == 0 or _GROUPED.search(folded, number.start, number.end) is not None)


def _is_grouped_count(shape: Shape, number: NumberMention) -> bool:
    """Thousands with their sign, and the word for what they count right behind: ครบ 2 `เข็ม` 708,300 คน."""
    grouped = _GROUPED.search(shape.page.reading.folded, number.start, number.end)
    return grouped is not None and shape.after(number.end, "classifier", "counted", "indicator") is not None


def _counts_anyway(shape: Shape, number: NumberMention) -> bool:
    """A unit, classifier or scale that is longer than the ordinal mark wins over it."""
    mark = max(t.end for t in shape.begins[number.end] if t.kind in ("ordinal_after", "label_suffixes"))
    return any(t.end > mark and t.kind in ("classifier", "unit", "currency", "scale", *NOUNS) for t in shape.begins[number.end])


def _ends_phrase(shape: Shape, label: TermMention) -> bool:
    """A label that ends a longer word for what is counted, a sum or a whole is none: `rawat jalan` 500, not `jalan` 500; `tổng số` 62."""
    return any(term.kind in _LONGER and term.start < label.start for term in shape.ends.get(label.end, ()))


def _is_to_call(shape: Shape, number: NumberMention) -> bool:
    """A short number for the telephone: `call 115`, `hotline: 1022`; nothing that is counted."""
    folded = shape.page.reading.folded
    at = number.start
    while at and number.start - at < _BEFORE_CALLED and folded[at - 1] in " :：–—-,\"'„“”«":
        at -= 1
    return shape.before(at, "contacts") is not None and _is_bare(shape, number)


def _is_service(shape: Shape, number: NumberMention) -> bool:
    """`il 118`, `Samu 192`, `115急救中心`: a service that goes by the number to call; no share of something (`il 112 per mille`, `al 112%`)."""
    if any(term.kind == "services" and term.end > number.end for term in shape.begins.get(number.start, ())):
        return True
    if not any(term.kind == "services" for term in shape.ends.get(number.end, ())) or _PERCENT.match(shape.page.reading.folded, number.end):
        return False
    return not number.scaled and shape.after(number.end, "percent", "points", "permille", "scale") is None


def _is_house(shape: Shape, number: NumberMention) -> bool:
    """The number of a house: a street, its name in capitals, the number, as `str. Grigore Vieru 46`."""
    street = shape.street_before(number.start)
    if street is None or number.start - street > _LONGEST_STREET or not _is_bare(shape, number):
        return False
    name = shape.page.reading.text[street : number.start]
    words = _WORD.findall(name)
    return bool(words) and words[0][0].isupper() and words[-1][0].isupper() and _NO_STREET.search(name) is None


def _is_quarter(shape: Shape, number: NumberMention) -> bool:
    """One of several villages of a name: `My Xuan 2 village`; not 12 village nurses, and none where a sentence or line begins."""
    word, noun = shape.after(number.end, "quarters"), shape.after(number.end, *NOUNS)
    if number.value > _MOST_QUARTERS or word is None or (noun is not None and noun.end > word.end):
        return False
    text = shape.page.reading.text
    return text[number.start : number.end].isdigit() and _TWO_LARGE.search(text, max(0, number.start - _LONGEST_STREET), number.start) is not None


def _is_listed(shape: Shape, number: NumberMention) -> bool:
    """One of several figures that a label has, or words to call: `districts 6, 7 and 8`, `call 115 or 937`."""
    folded = shape.page.reading.folded
    listed = _LISTED.search(folded, max(0, number.start - _LIST_REACH), number.start)
    if listed is None or number.value >= _HUNDREDS or list_break().search(listed.group()):
        return False
    if _is_bare(shape, number):
        label = shape.before(listed.start(), "labels", "contacts")
        behind = _TO_NEXT.match(folded, number.end)
        again = label is not None and behind is not None and folded.startswith(folded[label.start : label.end], behind.end())
        return label is not None and not again  # 96 in week 36, 121 in week 37
    numbered = shape.before(listed.start(), "ordinal_before") if _NUMBERED.search(listed.group()) else None
    return numbered is not None and number.end - number.start == len(str(number.value))


def _ends_row_of_label(shape: Shape, number: NumberMention) -> bool:
    """The last of a row that a label has, behind a longer word for to: `minggu 20 hingga` 25."""
    to = shape.before(number.start, "range_words")
    first = _FIRST_OF_ROW.search(shape.page.reading.folded, max(0, to.start - _FIRST_REACH), to.start) if to is not None else None
    if first is None or number.value >= _HUNDREDS or not int(first[1]) < number.value or not _is_bare(shape, number):
        return False
    label = shape.before(first.start(), "labels")
    return label is not None and not _ends_phrase(shape, label)


def _is_bare(shape: Shape, number: NumberMention) -> bool:
    """Digits with nothing behind them that they count or measure."""
    folded = shape.page.reading.folded
    if not folded[number.start : number.end].isdigit() or _PERCENT.match(folded, number.end):
        return False
    return shape.after(number.end, "classifier", "unit", "currency", "scale", "percent", *NOUNS) is None

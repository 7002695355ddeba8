"""Language packs: what the engine knows of a language, as data, checked when it is loaded.

A pack is a folder `languages/xx/` with `pack.toml` (how numbers and dates are written), `terms.toml` (the words),
and where there are any `places.toml`, `boilerplate.toml` (heads and feet of pages), `facilities.toml` (how bodies are named) and
`speakers.toml` (who says so). What is standard is inherited:
month names, number symbols and currency names from CLDR by Babel, number words from num2words, stems from Snowball.
An error names file, key and reason.
"""

from __future__ import annotations

import hashlib
import re
import tomllib
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from extractor.schema import Comparator, DocumentType

FALLBACK = "und"

_TOML_LINE = re.compile(r"\(at line (?P<line>\d+),")
_BARE_KEY = re.compile(r"[A-Za-z0-9_.-]+")

Model = TypeVar("Model", bound=BaseModel)


class PackError(ValueError):
    """A language pack or knowledge file that can't be used: says which file, which key and why."""


def _not_blank(phrase: str) -> str:
    if not phrase.strip():
        raise ValueError("is empty")
    if phrase != phrase.strip():
        raise ValueError(f"{phrase!r} begins or ends with white space")
    return phrase


Phrase = Annotated[str, AfterValidator(_not_blank)]
Phrases = list[Phrase]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class NumberRules(_Section):
    """How the language writes numbers."""

    decimal: Literal[".", ",", ""] = ""
    """Decimal sign; empty: CLDR's."""
    num2words: str = ""
    """Locale of num2words whose words are read; empty: none."""
    words: dict[Phrase, float] = {}
    """Number words besides those of num2words: inflected and variant forms, one word each."""
    minus_words: Phrases = []
    """Right before a figure below nought: минус 3,2, ติดลบ 3.2."""
    word_ranges: dict[Phrase, tuple[float, float]] = {}
    """Words for two figures side by side: 두세 = [2, 3], สองสาม = [2, 3]. Chinese and Japanese figures (两三, 七八) need none."""
    prefixes: Phrases = []
    """Clitics written onto number words: `و`ثلاثون, `ب`ثلاثة."""
    ambiguous_words: Phrases = []
    """Number words that mean something else too (fr neuf, vi năm): read only before a counted noun."""
    words_need_classifier: bool = False
    """Number words are read only before a classifier, unit or scale (languages written without spaces)."""
    classifiers: Phrases = []
    """Measure words between number and noun: 家 名 ราย 명 người."""
    one: Phrases = []
    """Words for one: no quantity alone, but in `a million`, `one in five`."""
    multipliers: dict[Phrase, float] = {}
    """Words that multiply what is before them inside a number: hundred, 十 百 千."""
    scales: dict[Phrase, float] = {}
    """Scale words: thousand, million, juta, 万, lakh."""
    letter_scales: dict[Phrase, float] = {}
    """Letters for a scale, read only behind money or, written onto a figure, before what is counted: Rp 45 `M`, $3.2`m`, 1.3`m` residents;
    elsewhere they are units and initials: 300m wide."""
    letters_after_decimals: Phrases = []
    """Those of `letter_scales` that scale a figure with a decimal sign by themselves, where no unit begins with them: 7.7`m`, but 1.8m tall."""
    bare_scales: Phrases = []
    """Scale words that are a number without one before them: mil, ألف, seribu."""
    halves_before: Phrases = []
    """Half of the scale word that follows: `half a` million, `medio` millón, `nửa` triệu."""
    halves_after: Phrases = []
    """And a half: of the scale word or unit of time before it (un millón `y medio`, 3年`半`), or of one (one `and a half` million)."""
    half_of_word: Phrases = []
    """Longer words that begin like one of `halves_after` and are no half: 半数, 반복."""
    connectors: Phrases = []
    """Words inside a number: one hundred `and` five."""
    duals: dict[Phrase, Phrase] = {}
    """Dual forms that mean two of something, with their singular: سريرين = سرير."""
    day_words: dict[Phrase, int] = {}
    """Words for so many days, number and unit in one: 사흘, three days."""
    ordinal_before: Phrases = []
    """Directly before a number: makes it an ordinal (第, thứ, ke-)."""
    ordinal_words: Phrases = []
    """Ordinals, hours and vague amounts that hold a number word or a fraction, with the marks that tell them from it: `a doua`, the second (but
    `a două`, of two), во второй `половине дня`, `mehrere hundert` Menschen."""
    ordinal_dot_after: Phrases = []
    """Articles after which a number with a stop is an ordinal: `in der 28. Woche`."""
    ordinal_after: Phrases = []
    """Directly after a number: makes it an ordinal (st, e, º, -й)."""
    labels: Phrases = []
    """Words before a number that make it a name: No., article, level, điều, pasal."""
    area_labels: Phrases = []
    """Those of `labels` that may stand behind the name of an area: Cao Lanh `district` 412 cases."""
    group_labels: Phrases = []
    """Those of `labels` that are groups too, whose members may be counted: `tổ` 5 người, `lớp` 45 học viên."""
    contacts: Phrases = []
    """Words before a number to call, a colon or dash between them or not: hotline, call, gọi."""
    services: Phrases = []
    """Services that go by the number to call, with it: `il 118`, `Samu 192`, `115急救`."""
    streets: Phrases = []
    """Words that begin a street's or village's name, behind which stands the house or which one of the name it is: `str.` Grigore Vieru 46."""
    quarters: Phrases = []
    """Words that end the name of one of several villages, behind its number: My Xuan 2 `village`."""
    label_suffixes: Phrases = []
    """Words after a number that make it a name: 号, 条, 級."""
    percent: Phrases = []
    """Written-out percent, after the number: persen, phần trăm."""
    percent_before: Phrases = []
    """Written-out percent before the number: ร้อยละ, 百分之."""
    points: Phrases = []
    """Percentage points."""
    bare_points: Phrases = []
    """Percentage points where they close their phrase behind a percentage: 62 % `contre` 43 %, `un gain de 19 points`."""
    permille: Phrases = []
    """Written-out per mille, after the number: per mille, phần nghìn, промилле."""
    range_words: Phrases = []
    """Between two numbers of a range: to, hingga, à."""
    range_open: Phrases = []
    """Before a range: from, between, dari, entre."""
    range_and: Phrases = []
    """Between two numbers after a word of `range_between_open`: between 5 `and` 10."""
    range_or: Phrases = []
    """Between two small numbers side by side, the second the higher: 5 `or` 6 years, 2 `hoặc` 3 bác sĩ."""
    range_between_open: Phrases = []
    """Opens a range closed by `range_and`: between, antara, entre."""
    out_of: Phrases = []
    """part `of` whole: 41 dari 43."""
    out_of_apart: Phrases = []
    """Those of `out_of` that mean nothing else, and so may stand some words behind the part: 3 lots of drugs `out of` 11."""
    links: Phrases = []
    """Between a number and its unit, noun or scale word: 24 `de` ore, 230 millions `d`'euros."""
    out_of_reversed: Phrases = []
    """whole … part: 43項目のうち41, 13개 중 12."""
    whole_before: Phrases = []
    """Before a whole that opens its clause, the part some words behind it: `Of` eight districts, only three; `Cứ` 4 trẻ."""
    where: Phrases = []
    """Before a place, or those who are somewhere: what stands behind it is where, not what is counted: 300 `in` the district of Sa Pa."""
    next_clause: Phrases = []
    """Behind a figure and a space they begin what is said next, where no mark parts them: 98,9% `ส่วน`แพทย์, 21.7 `อัตรา`ตาย, 62개 `및` 보험 가입률."""
    whole_after: Phrases = []
    """Behind a whole, the part some words later: 14项指标`中`, 25市町村`のうち`, 22개 병원 `중`."""
    fractions: dict[Phrase, tuple[float, float]] = {}
    """half = [1, 2], two thirds = [2, 3]."""
    fraction_whole_first: Phrases = []
    """Between whole and part: 三`分之`二, 3`分の`2, 3`분의` 2."""
    fraction_ordinals: dict[Phrase, float] = {}
    """Denominators after a number: thirds = 3, quarters = 4."""
    multiples: dict[Phrase, float] = {}
    """doubled = 2, tripled = 3."""
    times: Phrases = []
    """After a number: times, lần, -fold: a multiple."""
    multiplied_by: Phrases = []
    """Before a multiple: multiplié par 8, moltiplicato per 8."""
    once: Phrases = []
    """Words that are a number only before a period: `once` a year, `einmal` im Jahr."""
    frequency: Phrases = []
    """After a number: times (a year), kali, lần: a frequency when a period follows."""


class DateRules(_Section):
    """How the language writes dates. A template holds slots in braces, optional parts in brackets, and
    alternatives in parentheses: `(ngày |){d} tháng {m}[ năm {y}]`.

    Slots: {d} {d2} day; {m} {m2} month digits; {M} {M2} month name; {y} {y2} year; {yy} two-digit year that ends a
    range; {sy} two-digit year that stands alone (24年), a date where it is near the article's own;
    {n} number of months or years (digits or word); {q} {q2} quarter and {h} half (digits, Roman or the words of `ordinals`);
    {roc} {roc2} year of the Republic of China; {era} era name; {decade} a year ending in 0; {w} name of a weekday, within a template.
    """

    templates: Phrases = []
    """Day, month and year in all their combinations, ranges included."""
    first_months: Phrases = []
    """First {n} months of {y}."""
    last_months: Phrases = []
    """Last {n} months of {y}."""
    months_to: Phrases = []
    """{n} months that end with the month {M} of {y}: the three months to June 2025."""
    halves: Phrases = []
    """Half {h} of {y}, or of one that is not named: the first half of 2025, 6 tháng đầu năm."""
    half_months: Phrases = []
    """Half {h} of the month {M} or {m}, with its year {y} or without: the first half of July 2025, segunda quincena de marzo."""
    quarters: Phrases = []
    """Quarter {q}, or those up to {q2}, of {y} or of a year that is not named: the third quarter of 2025, quý III, quý II và III."""
    thirds: Phrases = []
    """Four months, the {q} third of {y}, or of one that is not named: primer cuatrimestre de 2025, II quadrimestre."""
    first_quarters: Phrases = []
    """First {n} quarters of {y}: 前三季度 is January to September."""
    first_weeks: Phrases = []
    """First {n} weeks of {y}, or of the month {M} with its year or without: nas três primeiras semanas de 2024, in den ersten zwei Januarwochen."""
    month_frames: Phrases = []
    """In {n} months, where a report means those of its year: no date of its own, but says when a quantity holds."""
    weeks: Phrases = []
    """A week called by its number {n}, with its year {y} or without (minggu ke {n} tahun {y}, 第{n}週): no date of its own; where its days stand
    right beside it once, it means them wherever it is named."""
    weeks_to: Phrases = []
    """Directly before such a week up to which a year's figures are counted: `sehingga` minggu ke-39."""
    year_begins: Phrases = []
    """Before a day or month, with words such as `to the end of` between or not, making a span of it that begins with the year: since the
    beginning of the year, từ đầu năm."""
    lunar_behind: Phrases = []
    """Directly before the figure of a day that the lunar calendar counts: `음력` 1월 3일, `mùng` 3."""
    lunar_followers: Phrases = []
    """Directly behind such a figure: the 3rd `day of Tet`, 29 `tháng Chạp`."""
    hours_from: Phrases = []
    """From, before the first of two dates with times of day, besides the words of all ranges: `dalle` 7 del 3 marzo alle 7 del 4."""
    hours_to: Phrases = []
    """To, between two such dates: dalle 7 del 3 marzo `alle` 7 del 4."""
    hours_since: Phrases = []
    """From, behind the first time of day, with `deadline_after` behind the second: 3月3日7時`から`3月4日7時まで."""
    decades: Phrases = []
    """Ten years that begin with {decade}: the 2010s, années 2010."""
    fiscal_years: Phrases = []
    """Years that do not begin in January; they come out as `2024/2025`."""
    school_years: Phrases = []
    """Years of schools, which begin in {y} and end in the one after: 2024학년도."""
    fiscal_starts: Literal[-1, 0] = 0
    """A fiscal year 2024 begins in 2024 (0, Japan) or in 2023 (-1, Thailand)."""
    fiscal_month: Annotated[int, Field(ge=1, le=12)] = 1
    """The month in which it begins: 4 in Japan, 10 in Thailand."""
    fiscal_months: Phrases = []
    """First {n} months of the fiscal year {y}, or of one that is not named."""
    fiscal_halves: Phrases = []
    """Half {h} of the fiscal year {y}, or of one that is not named: 2024年度上半期."""
    fiscal_quarters: Phrases = []
    """Quarter {q} of the fiscal year {y}, or of one that is not named."""
    days: Phrases = []
    """A day of a month that the text has named, or in which it was published: 今({d})日. One that begins with the number
    ({d}日) is read only before a word of `day_followers`."""
    day_spans: Phrases = []
    """Two days of a month that the text has named, or in which it was published: `du {d} au {d2}`."""
    no_day_span_followers: Phrases = []
    """Directly after two days, which count something else then: from the 10th to the 22nd `percentile`."""
    first_days: Phrases = []
    """Words for the first day of a month: `primo` gennaio, `premier` janvier."""
    same_year: Phrases = []
    """Directly after a day or month of the year that the text named last: en diciembre `del mismo año`."""
    day_followers: Phrases = []
    """Directly after a day alone, making it one and no duration: 21日`に`, 15일 `오전`. A figure right behind makes it a rate (1日に3回),
    but where {n} stands for it: 13日`には{n}`."""
    duration_words: Phrases = []
    """Directly before a number of days, which is a duration then: `連続`3日."""
    short_year_followers: Phrases = []
    """Directly after a year of two digits that stands alone, making it one and no duration: 24年`の`."""
    far_year_followers: Phrases = []
    """The same, however long ago the year is; {n} is the beginning of a figure: 11年`比`, 11年`の{n}`. Where there are
    such words a figure alone tells it in brackets or behind an arrow: (11年4,875人)."""
    no_dates: Phrases = []
    """Looks like a date and is none: 24/7."""
    days_behind: Phrases = []
    """Words right behind which a day with its month is no fraction: `afternoon of` 5/11."""
    no_dates_behind: Phrases = []
    """Directly before numbers with a slash, which are a name then: เลขที่ 3/2, `Siri` 7/2025, `Minggu` 35/2013."""
    no_date_followers: Phrases = []
    """Directly after a day and a month, whose name is another word then: 9 mai `multe`, nine more; 12 may `have`; after a day, which is a
    duration then: 지난 7일 `동안`; after a quarter, which is another one: premier trimestre `de grossesse`."""
    nouns_large: bool = False
    """Nouns are written large: a small word behind four digits that ends its clause counts nothing (wurden 2021 `geimpft`)."""
    visions: Phrases = []
    """Those of `named_years` whose year is a deadline where they open a clause that it closes: `Vision 2045` over a list of targets."""
    ago: Phrases = []
    """Directly after a number of years, which is a duration then: 130年`前`."""
    named_years: Phrases = []
    """Directly before a year that is a part of a name: Vision 2030."""
    named_days: Phrases = []
    """With which the name of a day begins, as it is written: `Hari` Dokter Vietnam (27-2). Day and month behind it are no range and no fraction."""
    surveys: Phrases = []
    """Surveys that are called by their year (SSGI 2024): it is no date, but says when a quantity holds."""
    month_names: dict[Phrase, int] = {}
    """Month names besides CLDR's: inflected forms, abbreviations, other calendars' names in `calendars`."""
    hijri_months: dict[Phrase, int] = {}
    """Months of the Hijri calendar (Umm al-Qura): محرم = 1."""
    solar_hijri_months: dict[Phrase, int] = {}
    """Months of the Iranian and Afghan calendar: حمل = 1."""
    ordinals: dict[Phrase, int] = {}
    """Words for {q} and {h}: first = 1, đầu = 1, cuối = 2, IV = 4; last = -1."""
    counts: dict[Phrase, int] = {}
    """Words for {n}: six = 6, ستة = 6."""
    eras: dict[Phrase, int] = {}
    """Era name = year before its year 1: 令和 = 2018, พ.ศ. = -543, 民国 = 1911."""
    era_years: dict[Phrase, int] = {}
    """Year words of an era: 元 = 1."""
    buddhist_years: bool = False
    """Bare years from 2400 to 2700 are Buddhist era."""
    hijri_marks: Phrases = []
    """After a year: makes it Hijri (هـ)."""
    hijri_year_words: Phrases = []
    """Directly before a year from 1300 to 1499 that counts nothing: makes it Hijri (عام)."""
    year_words: Phrases = []
    """Directly before a bare year, making it one for certain: tahun, năm, in, en, عام."""
    year_suffixes: Phrases = []
    """Directly after a bare year: 年, 년, года."""
    relative_years: dict[Phrase, int] = {}
    """Year words without a figure → years from the article's own: this year = 0, tahun lalu = -1. They are no dates
    of their own, but say when a quantity holds."""
    back_references: dict[Literal["week", "month", "span", "date", "year_before"], Phrases] = {}
    """Words that point to a date named before, by what that is: in the `week` (of some seven days), during the `month`, in this period
    (any longer `span`), by then (any `date`); a year earlier (`year_before`), which goes back from the year named last. They are no dates of
    their own, but say when a quantity holds."""
    deadline: Phrases = []
    """Directly before a date: by, before, until, paling lambat."""
    as_of: Phrases = []
    """Directly before a day up to which something was counted, where such a word holds one of `deadline`: `截至`, where 至 is until."""
    deadline_after: Phrases = []
    """Directly after a date: までに, 前, 까지."""
    since: Phrases = []
    """Directly before a date: since, sejak, începând cu."""
    since_after: Phrases = []
    """Directly after a date: 以来, 부터."""
    coming: Phrases = []
    """Directly before or after a day or month without a year that is still to come: `next` January, 3 mars `prochain`."""
    gone: Phrases = []
    """Directly before or after a day or month without a year that has gone by: `last` March, diciembre `pasado`."""
    until_end: Phrases = []
    """The end of a year: end of, akhir (before a year)."""


def _with_slot(template: str) -> str:
    if "{n}" not in template:
        raise ValueError(f"{template!r} has no {{n}} where the number stands")
    return template


BracketTemplates = list[Annotated[Phrase, AfterValidator(_with_slot)]]


class Brackets(_Section):
    """Templates of numbers that select whom a quantity is about; {n} {n2} are numbers. No facts of their own."""

    age_under: BracketTemplates = []
    """Under {n} years: children under 5."""
    age_over: BracketTemplates = []
    """At or over {n} years."""
    age_range: BracketTemplates = []
    """From {n} to {n2} years: women aged 15-49."""
    age_range_below: BracketTemplates = []
    """From {n} to under {n2} years: children from 5 to under 12 are 5 to 11."""
    age_from_birth: BracketTemplates = []
    """From birth, which no number says, to {n}: แรกเกิดถึง {n} ปี."""
    age_from_one: BracketTemplates = []
    """From one year, which no number says, to {n}: `من عمر سنة إلى {n} سنوات`."""
    age_months_under: BracketTemplates = []
    """Under {n} months."""
    age_months_range: BracketTemplates = []
    """From {n} to {n2} months: children 6-59 months old."""
    age_months_range_below: BracketTemplates = []
    """From {n} to under {n2} months."""
    under_one: Phrases = []
    """Children in their first year, without a figure: enfants de moins d'un an, детей до года, دون السنة."""
    change_stems: Phrases = []
    """Beginnings of words right before an age range that make it no age: `rose` from 67 to 72 years, `lasts` 2 to 4 months."""
    person_age: BracketTemplates = []
    """A person's own age: 45 years old, berusia 45 tahun."""
    selecting: BracketTemplates = []
    """within the first {n} hours."""
    clock: BracketTemplates = []
    """Clock times besides 14:30."""


class Pack(_Section):
    """`pack.toml`."""

    language: Phrase
    """BCP-47 code, the name of the folder."""
    name: Phrase
    """The language's name in English."""
    locale: str = ""
    """CLDR locale; empty: the language."""
    stemmer: str = ""
    """Snowball algorithm of PyStemmer; empty: none."""
    fold_marks: bool = True
    """Letters are compared without their marks: hôpital = hopital. Not where marks tell words apart (vi)."""
    spaced: bool = True
    """Words are written apart."""
    head_final: bool = False
    """Verbs and words of relation stand behind what they belong to: 15人`減って`287人 is down 15 to 287, 前年`より` than the year before."""
    spellings: dict[Phrase, Phrase] = {}
    """Letters in another of the language's spellings → those of the one that the pack is written in: Khánh H`oà` is Khánh H`òa`."""
    stems: dict[Phrase, Phrase] = {}
    """What the stemmer makes of some forms of a word → what it makes of its dictionary form: `персонал`ом is `персона`, as персонал is."""
    prefixes: Phrases = []
    """Clitics written onto the word, taken off before lookup: Arabic و ب ل ال."""
    compound_heads: Phrases = []
    """Heads of compounds: Masern|fälle, Krankenhaus|betten."""
    inflected_places: bool = False
    """Names of places are inflected, and so are looked up by stem."""
    place_cases: dict[str, list[str]] = {}
    """Last letter of a place's name → what takes its place in other cases; the empty key for all other letters."""
    countries: Phrases = []
    """ISO 3166-1 countries whose first-level subdivisions are known by their own names."""
    towns: Phrases = []
    """ISO 3166-1 countries whose towns are known (`knowledge/places/towns.tsv`), in articles that are about that country."""
    district_forms: Phrases = []
    """How a district is named with its type, {} for the name: `{} district`, `huyện {}`. So are read names that persons and streets also bear."""
    commune_forms: Phrases = []
    """How a commune or ward is named with its type: `comuna de {}`. Those of Viet Nam bear names of provinces and districts elsewhere."""
    area_forms: Phrases = []
    """How an area is named with its type: `région du {}`, `{} Region`. So are read the names that alone are other words (`not_places`)."""
    contractions: dict[Phrase, Phrases] = {}
    """Prepositions melt into articles, also at the end of a phrase: más `de` = más `del`; meno `di` = meno `dell'`."""
    cue_words: Phrases = []
    """Words that tell this language from a close one (Malay from Indonesian)."""
    abbreviations: Phrases = []
    """Words before a full stop that ends no sentence: No., Dr., nr."""
    numbers: NumberRules = NumberRules()
    dates: DateRules = DateRules()
    brackets: Brackets = Brackets()


class Comparators(_Section):
    """Words that compare, before or after the number."""

    before: dict[Comparator, Phrases] = {}
    """Before the number: at least, more than, about; under = what holds such a word and compares nothing."""
    after: dict[Comparator, Phrases] = {}
    """Behind the number or its unit: or more, 以上."""
    verbs: dict[str, Phrases] = {}
    """A word that bounds a number, but not behind these verbs, to which it belongs: verfügt … über."""
    outdone: Phrases = []
    """Those of `after` that say of a result that it is more or less than the goal before them: 목표치인 98%`를 초과`했다, the goal is 98%."""
    verbs_first: dict[Comparator, Phrases] = {}
    """Verbs that bound a number behind their subject, where languages put them first: `تجاوز` عدد الأطباء 1200."""
    subjects: Phrases = []
    """First words of such a subject: عدد, نسبة."""


class Cues(_Section):
    """Words that tell what a number is: found anywhere in its clause, weighed by the binding."""

    empty: Phrases = []
    """Holds one of the words below, as a piece of another word or of a name, and says nothing of the kind: 누`적은`, a total, is not few;
    `make up` is no rise, the `Planning` and Finance Department plans nothing, in نقص المناعة, immune deficiency, nothing is lacking."""
    empty_behind: Phrases = []
    """Holds one of the words below behind the one with which it begins, which stays: in `Anstieg von 20` the rise is one, `von` no earlier level."""
    target: Phrases = []
    """goal, aims at, plan, strive, is to reach, must, sasaran, phấn đấu."""
    target_label: Phrases = []
    """Directly before a number, the target beside an actual: (target 33.6), kế hoạch."""
    actual: Phrases = []
    """reached, currently has, recorded, đạt, hiện có."""
    increase: Phrases = []
    """rose, increased, tăng: a change, and upward."""
    decrease: Phrases = []
    """fell, decreased, giảm: a change, and downward."""
    change_by: Phrases = []
    """Says that a difference follows: an increase of, tăng thêm, by."""
    change_to: Phrases = []
    """Says that the new level follows: to, xuống còn, menjadi."""
    change_from: Phrases = []
    """Says that the old level follows: from, dari, từ."""
    compared: Phrases = []
    """compared with, so với cùng kỳ."""
    attainment: Phrases = []
    """of the plan, so với kế hoạch, dari target."""
    shortage: Phrases = []
    """lacks, shortage of, kekurangan, còn thiếu."""
    absent: Phrases = []
    """Says that there were none of what is named behind it: `no` deaths, `không có` ca tử vong, `ohne` Todesfälle."""
    absent_behind: Phrases = []
    """The same behind the name: 死亡`はなく`, 사망자는 `없`었다."""
    rate: Phrases = []
    """rate, share, proportion, tỷ lệ."""
    each: Phrases = []
    """Before a denominator without a number: per, each, mỗi."""
    of_which: Phrases = []
    """of which, including, trong đó."""
    antiviral: Phrases = []
    """Treatments that say themselves of which disease they are: ARV, PrEP, 抗病毒. Other words of treatment are of methadone where the text is."""
    respectively: Phrases = []
    """Says that figures are told in the order of their names, places or years: respectively, lần lượt, 分别为."""
    ratio: Phrases = []
    """n times the average of: a ratio between groups, no change."""
    equivalent: Phrases = []
    """Between a figure and the same in another unit: a fall of 120 cases, `equivalent to` 8.5 %; 相当于, soit."""
    forecast: Phrases = []
    """is estimated, is projected."""
    previous: Phrases = []
    """Says that an earlier figure follows: against, compared with, from, so với."""
    now: Phrases = []
    """currently, to date, hiện nay: what is so when the article is written."""
    since_new_year: Phrases = []
    """Before a year or, where the language has it so, behind it: since the beginning of, từ đầu năm, 年初至今. It is mostly the year of writing."""
    year_end: Phrases = []
    """Right before a year or behind it: at the end of, hết năm, 年末. What is reported as of then is told when the next one has begun."""
    year_before: Phrases = []
    """the same period, a year earlier, cùng kỳ: the figure is of the same time a year before."""
    year_on_year: Phrases = []
    """year on year, 同比, sur un an: a change since the same time a year before, which no date says."""
    week_before: Phrases = []
    """the previous week, tuần trước."""
    outset: Phrases = []
    """at the beginning of the term, in the early days, đầu nhiệm kỳ."""
    as_of: Phrases = []
    """Right before a date at which something stood so: as of 31 December, tính đến, 截至."""
    as_of_after: Phrases = []
    """Right behind such a date: 31日`現在`, 31일 `기준`."""
    compared_after: Phrases = []
    """Behind a date that is only compared with: 2023年`より`, 2023년`보다`."""
    review: Phrases = []
    """Before a date that is looked back on: review of, results of, tổng kết, итоги."""
    agenda: Phrases = []
    """Before a date that is planned for: tasks of, orientation for, phương hướng, задачи."""
    review_after: Phrases = []
    """Behind such a date: 2024年の活動を`総括`, 2024년 `결산`."""
    agenda_after: Phrases = []
    """Behind a date that is planned for: 2025년 `계획`."""
    goals_behind: Phrases = []
    """Right behind a figure, which is a goal then: the 95% `target`, 95%`の目標`; none where it may stand for `of the target`, too."""
    benchmark: Phrases = []
    """Beside a word for an area without a figure of its own, says that it is only measured against: the national average, highest in the country."""


class Dimensions(_Section):
    """Words that restrict a quantity to a part of what it counts, by the value of the dimension: `female` = ["women", "girls"]."""

    public: Phrases = []
    private: Phrases = []
    inpatient: Phrases = []
    outpatient: Phrases = []
    insurance: Phrases = []
    female: Phrases = []
    male: Phrases = []
    urban: Phrases = []
    rural: Phrases = []
    none: Phrases = []
    """Longer phrases that hold such a word and restrict nothing: the area of a town (kawasan bandar `raya`), the `Women's Union`."""


class PerRules(_Section):
    """Denominators: `per 10,000 inhabitants`, `人口10万人あたり`, `mỗi năm`."""

    before: Phrases = []
    """Before the denominator: per, /, trên, لكل."""
    longer: Phrases = []
    """Words that end like one of `before` and divide nothing: `ส่งต่อ`ผู้ป่วย, patients are referred."""
    after: Phrases = []
    """After the denominator: あたり, 당."""
    shared_by: Phrases = []
    """Between one thing and those who share it, else no denominator's word: one doctor `to` 12,000 people."""
    times_a: Phrases = []
    """Before a period of a frequency: (twice) a, setiap."""
    often: dict[Literal["minute", "hour", "day", "week", "month", "year", "shift"], Phrases] = {}
    """Words that are a denominator by themselves, before a figure or behind it: sebulan, monatlich, เดือนละ, every day."""
    scaled: dict[str, Phrases] = {}
    """How many → words for so many inhabitants that are a denominator by themselves before what is counted: `千人口`床位数."""
    often_adjectives: dict[Literal["minute", "hour", "day", "week", "month", "year"], Phrases] = {}
    """Those that may go with any noun (`daily` newspaper), and so count right beside a figure only: 500 euros `mensuales`."""
    nouns: dict[
        Literal[
            "population", "live_births", "person", "woman", "household", "health_station", "facility", "commune",
            "hospital_bed", "doctor", "girls", "students", "day", "week", "month", "year", "patient", "visit", "birth",
            "pregnant_women", "children", "hour", "dose", "session", "minute", "shift", "case",
        ],
        Phrases,
    ] = {}  # fmt: skip
    """What is divided by → its names, as they stand in a denominator: per 10,000 `inhabitants`, a `day`."""


class DocumentForm(_Section):
    """How a country writes document numbers: `{n}` running number, `{y}` year, `{yy}` two digits kept as they are, `{sy}` those of a year that `{y}`
    gives in full (legge 833/78 is 833/1978), `{d} {M}` date,
    `{code}` letters and digits, `{serial}` seven digits and more; brackets and parentheses as in date templates.
    It is looked for behind a type word."""

    shape: Phrase
    """The number as it is written, with its slots."""
    number: Phrase
    """Canonical number made from the slots: `{n}/{y}`; `{all}` keeps it as written."""
    jurisdiction: str | None = None
    """ISO 3166 code of the country or body whose documents are numbered so."""
    type: DocumentType | None = None
    """Only behind words of this type."""
    types: list[DocumentType] = []
    """What a type word or a name before it may make it instead: 《…意见》（川卫发〔2025〕16号） is an opinion."""
    alone: bool = False
    """The shape needs no type word before it (and `type` says what it is)."""
    reach: int = 0
    """Characters between type word and number where titles are long and without spaces; 0: a few words, no other type word between."""
    example: Phrase
    """A text in which the form is found, type word included."""


class DocumentRules(_Section):
    """How legal and policy documents are named."""

    year_from_date: bool = False
    """A number without a year takes that of the date of issue: Resolución 2717 del 30 de diciembre de 2024 = 2717/2024."""
    also_means: dict[DocumentType, DocumentType] = {}
    """Words of one type that mean another one too: القرار, decision and resolution."""
    titled_with_year: list[DocumentType] = []
    """Types that are called by a title in capitals and a year: Perintah Eksais 2006."""
    named_by_date: list[DocumentType] = []
    """Types that are called by their day of issue alone: arrêté du 3 juin 2024."""
    issue_words: Phrases = []
    """Between such a document and its day: du, vom, от."""
    enacting: Phrases = []
    """Verbs between a body and the document that it issues; a day that opens the sentence is the document's then: On 17 November
    the committee `issued` Plan 15."""
    enacted: Phrases = []
    """Behind a document and what it is about, before the body and day: Resolución 72-NQ/TW … `fue emitida` por el Politburó el 9/9/2025."""
    in_force: Phrases = []
    """Between a document and a day that is not its day of issue: 시행되는, in Kraft."""
    words_before_code: Phrases = []
    """Run into a code where words are not written apart: 根据, 以及."""
    forms: list[DocumentForm] = []
    """How the countries of the language write document numbers."""
    types: dict[DocumentType, Phrases] = {}
    """Words for a document of a type; the first is the plain one."""
    number_words: Phrases = []
    """Between type and number: No., nomor, số, رقم."""
    date_words: Phrases = []
    """Before a date of issue: dated, tanggal, ngày, du, din."""
    year_words: Phrases = []
    """Before the year of a number: tahun, لسنة, de, din."""
    about: Phrases = []
    """Before the subject of a named document: on, tentang, về, privind."""
    of_issuer: Phrases = []
    """Between type and issuer: of, của, a, بـ."""
    issuers: dict[Phrase, Phrases] = {}
    """Issuer id → its names."""
    named: dict[Phrase, DocumentType] = {}
    """Laws known by a name without the word law in front: Infektionsschutzgesetz, 传染病防治法."""
    name_before: bool = False
    """A law is called by its name before the word: Universal Health Care Act."""
    name_suffixes: dict[Phrase, DocumentType] = {}
    """Endings that make a name a document's: 法, 법, 条例, -gesetz."""


class BoilerplateRules(_Section):
    """`boilerplate.toml`: what lines at the head and foot of a page begin with. All languages' are read for every article: pages mix them."""

    source: Phrases = []
    """Source line: Sumber, Nguồn, المصدر."""
    comments: Phrases = []
    """Comment counter: Komentar, Bình luận."""
    times: Phrases = []
    """Behind its figure: kali, lần, times."""
    published: Phrases = []
    """Publication line: Published, Diterbitkan, Ngày đăng, Publié le."""
    byline: Phrases = []
    """Byline: By, Oleh, Tin, ảnh, Actualités et photos."""
    related: Phrases = []
    """Head of a list of other articles, share buttons, tags: Related news, Baca juga, Tags."""
    caption: Phrases = []
    """Photo captions: Photo, Foto, Ảnh."""
    copyright: Phrases = []
    """Opens a line about rights and licences: Copyright, Hak Cipta, Bản quyền, 版权所有."""
    readers: Phrases = []
    """Ends a line that says where else to read the paper: Google News, Google Actualités."""
    visits: Phrases = []
    """Before a number alone on its line, how many visit the site: Đang truy cập, Total visits, 今日访问."""
    forms: Phrases = []
    """Opens a line of the page's own forms, in which readers rate it or write to it: Click to rate the article, Avaliar o artigo."""


class Terms(_Section):
    """`terms.toml`: phrases in dictionary form; inflections are found by stem."""

    indicators: dict[str, Phrases] = {}
    """Indicator id (`knowledge/indicators.csv`) → words that name it by themselves."""
    concepts: dict[str, Phrases] = {}
    """Words that make an indicator together with others near them, by the rules of `knowledge/indicators.toml`: cases + a disease = disease_cases."""
    diseases: dict[str, Phrases] = {}
    """Disease id → its names; `other` holds those that have no id."""
    counted: dict[str, Phrases] = {}
    """Counted nouns by class: person, patient, child, facility, household …"""
    units: dict[Phrase, Phrases] = {}
    """UCUM code → names: kg, km, L, a (years), mo, wk, d, h, min."""
    currencies: dict[Phrase, Phrases] = {}
    """ISO 4217 → names and signs besides CLDR's."""
    multiples_of_units: dict[Phrase, dict[Phrase, float]] = {}
    """UCUM or ISO 4217 code → names of so many of it: a: decade = 10; `money` is the country's own: cents = 0.01."""
    per: PerRules = PerRules()
    comparators: Comparators = Comparators()
    cues: Cues = Cues()
    dimensions: Dimensions = Dimensions()
    nation: Phrases = []
    """The whole country: nationwide, toàn quốc."""
    province: Phrases = []
    """The province that the article is about: the province, toàn tỉnh."""
    area_names: Phrases = []
    """Holds one of these words in the name of a thing, and speaks of no area: national criteria, hệ thống đơn thuốc quốc gia."""
    places: dict[str, Phrases] = {}
    """ISO 3166 code → names in this language besides CLDR's and pycountry's."""
    homes: dict[str, Phrases] = {}
    """ISO 3166 code of a country → bodies and institutions that it alone has (厚生労働省, PhilHealth): an article that names no place is about it."""
    demonyms: dict[str, Phrases] = {}
    """ISO 3166 code → adjectives of the place, written small: calabrese, andaluzas; read as the place. They stand in `places.toml`."""
    not_places: Phrases = []
    """Names of places that are common words or names of persons in this language, Đức, مالي, and words that hold names: 沿海地区 is no 海地."""
    shared_places: Phrases = []
    """Names of places that are parts of other countries too (`Centre-Nord`): read only in an article about the country that has them."""
    documents: DocumentRules = DocumentRules()


class FacilityRules(_Section):
    """`facilities.toml`: how a single hospital or other body is named. Phrases as in `terms.toml`."""

    side: Literal["before", "after", "around"] = "around"
    """Where the name stands: before its head (顺化中央医院), after it (Bệnh viện Bạch Mai), or on both sides."""
    capitals: bool = True
    """Names are written with capital letters, which tell where they end; else `ends` and repetition do."""
    spaces: bool = True
    """A name may hold spaces; else one ends it."""
    heads: Phrases = []
    """Nouns in the singular that a name is built around: hospital, medical centre, RSUD, CHU."""
    kinds: Phrases = []
    """Words beside a head that say of which kind, rank or area it is: general, provincial, paediatric, tỉnh, 人民."""
    links: Phrases = []
    """Small words inside a name: of, de la, für."""
    joins: Phrases = []
    """Words between two of `kinds`: Obstetrics `and` Paediatrics."""
    ends: Phrases = []
    """Words that belong to no name: verbs, prepositions; with capitals those that open a sentence (In, At)."""
    several: Phrases = []
    """Directly before a head or its name: any or several of them (each, các, some, a)."""
    backs: Phrases = []
    """Words that only point back to a facility that was named; a head alone does so too."""


class SpeakerRules(_Section):
    """`speakers.toml`: how an article says who says so. Phrases as in `terms.toml`; those from `links` on are single words."""

    capitals: bool = True
    """Names are written with capital letters, which tell where they begin and end."""
    nouns_capital: bool = False
    """All nouns are (German), so that a capital alone makes no name."""
    side: Literal["before", "after", "around"] = "around"
    """Where the sayer stands of a word of `said`."""
    modifiers: Literal["before", "after", "around"] = "after"
    """Where the words stand that tell which role or body it is: before it (`省卫生厅`局长), after it (giám đốc `Sở Y tế`), or with capitals on
    both sides (`World Health` Organization, Department `of Health`)."""
    subject_dropped: bool = False
    """Without a sayer beside it, a word of saying has the last one's: `Añadió` que."""
    according: Phrases = []
    """Before the sayer: according to, theo, nach Angaben."""
    according_after: Phrases = []
    """Behind the sayer: によると, 에 따르면, zufolge."""
    said: Phrases = []
    """Verbs of saying, in the forms that reports have."""
    titles: Phrases = []
    """Before a person's name, no part of it: Dr, Mme, ông, นพ."""
    titles_after: Phrases = []
    """Behind a person's name: さん, 氏, 씨."""
    roles: Phrases = []
    """What a person is: director, Phó Giám đốc, 局长."""
    bodies: Phrases = []
    """Nouns that the name of a body is built around: ministry, department, Sở, 局. Issuers of documents and facilities are bodies too."""
    pronouns: Phrases = []
    """Point back to the last sayer: he, lui, beliau."""
    links: Phrases = []
    """Inside a name: de, van, bin; of, for."""
    joins: Phrases = []
    """Those of `links` that may stand before the noun of a body, too: Nurses `and` Midwives Organisation."""
    ends: Phrases = []
    """Belong to no name, role or body: that, on, à, rằng."""
    papers: Phrases = []
    """Words in capital names that are nobody's: Demographic and Health `Survey`."""
    closers: Phrases = []
    """Close the sayer where the word of saying ends the sentence: は, が, 은."""
    surnames: Phrases = []
    """Where names are not marked and stand before the role: 최민호 시장."""


class LanguagePack(BaseModel):
    """A loaded pack: rules and terms, `places.toml` merged into the terms."""

    model_config = ConfigDict(frozen=True)

    code: str
    pack: Pack
    terms: Terms
    facilities: FacilityRules = FacilityRules()
    speakers: SpeakerRules = SpeakerRules()


def languages_folder() -> Traversable:
    """Where the packs are, one folder a language."""
    return resources.files("extractor") / "languages"


@cache
def packs_digest() -> str:
    """SHA-256 of all packs: other words, other facts."""
    digest = hashlib.sha256()
    for folder in sorted(languages_folder().iterdir(), key=lambda folder: folder.name):
        for file in sorted(folder.iterdir(), key=lambda file: file.name) if folder.is_dir() else ():
            digest.update(f"{folder.name}/{file.name}\n".encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()


@cache
def pack_codes() -> tuple[str, ...]:
    """Codes of the languages that have a pack, sorted; the fallback is not among them."""
    folders = (folder.name for folder in languages_folder().iterdir() if (folder / "pack.toml").is_file())
    return tuple(sorted(code for code in folders if code != FALLBACK))


@cache
def load_pack(code: str) -> LanguagePack:
    """Load and check one pack; a language without one gets the fallback's rules under its own CLDR locale.

    Raises PackError naming file, key and reason.
    """
    if code not in pack_codes() and code != FALLBACK:
        return load_pack(FALLBACK).model_copy(update={"code": code})
    return load_pack_from(languages_folder() / code, code)


def load_pack_from(folder: Traversable, code: str) -> LanguagePack:
    """Load a pack from any folder."""
    pack = _validated(Pack, toml_table(folder / "pack.toml"), folder / "pack.toml")
    if pack.language != code:
        raise PackError(f"{folder}/pack.toml: language: is {pack.language!r}, but the folder is {code!r}")
    terms = toml_table(folder / "terms.toml")
    places = folder / "places.toml"
    if places.is_file():
        named = toml_table(places)
        terms = {**terms, "demonyms": named.pop("demonyms", {}), "places": named}
    return LanguagePack(
        code=code,
        pack=pack,
        terms=_validated(Terms, terms, folder / "terms.toml"),
        facilities=_optional(FacilityRules, folder / "facilities.toml"),
        speakers=_optional(SpeakerRules, folder / "speakers.toml"),
    )


@cache
def load_boilerplate() -> tuple[BoilerplateRules, ...]:
    """Every language's, by code, and nothing else of the packs: a run on one language has no need of the others' words. Raises PackError."""
    return tuple(_optional(BoilerplateRules, languages_folder() / code / "boilerplate.toml") for code in pack_codes())


def _optional(model: type[Model], file: Traversable) -> Model:
    """The rules of a file; none where there is no such file."""
    return _validated(model, toml_table(file), file) if file.is_file() else model()


def toml_table(file: Traversable) -> dict[str, Any]:
    """A TOML file's table. Raises PackError with the line that can't be read, and what is most often wrong with one."""
    try:
        text = file.read_text(encoding="utf-8")
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PackError(f"{file}: {error}{_wrong_line(text, str(error))}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise PackError(f"{file}: {error}") from error


def _wrong_line(text: str, message: str) -> str:
    """The line that a message of tomllib points at, and a hint where its key needs quotes: `tweeënhalf = 2.5`."""
    at = _TOML_LINE.search(message)
    if at is None:
        return ""
    line = text.split("\n")[int(at["line"]) - 1].strip()
    key = line.partition("=")[0].strip()
    unquoted = not key.startswith(('"', "'", "[")) and _BARE_KEY.fullmatch(key) is None
    hint = f'; a key with other letters than a-z, with spaces or signs needs quotes: "{key}" = …' if unquoted and "=" in line else ""
    return f": {line[:80]}{hint}"


def _validated(model: type[Model], data: dict[str, Any], file: Traversable) -> Model:
    try:
        return model.model_validate(data)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise PackError(f"{file}: {key}: {first['msg']}") from error

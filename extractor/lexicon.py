"""A pack's words as two tables of phrases: one on stems, one on folded forms.

The forms of a word type are computed once and remembered; so a lexicon written in dictionary forms
is found in inflected text at the speed of a hash lookup.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import Stemmer
from num2words import num2words

from extractor.gazetteer import place_names, town_names
from extractor.glued import Glued
from extractor.mentions import Entry, Span, Spans, TermMention
from extractor.packs import FALLBACK, LanguagePack, NumberRules, load_pack
from extractor.phrases import PhraseTable
from extractor.reading import clean, fold
from extractor.tokenizer import Compounds, Tokenizer

# Kinds of entries that compete: a match inside a longer one of its family says nothing of its own.
_FAMILIES = {
    **dict.fromkeys(("indicator", "concept", "counted"), "noun"),
    **dict.fromkeys(("number", "scale", "multiplier", "one", "connector", "fraction", "multiple"), "number"),
    **dict.fromkeys(("document_type", "issuer"), "document"),
    **dict.fromkeys(("place", "town", "demonym", "no_place"), "place"),
    **dict.fromkeys(("area", "area_name"), "area"),
}
_EXACT = "="
"""First character of a phrase that is matched by its folded form, not by its stem."""
_ACRONYM = re.compile(r"[A-Z][A-Z0-9-]{0,5}")
_ABBREVIATION, _LETTERS = re.compile(r"\(([A-ZĐ]{2,8})\)"), re.compile(r"(?<![^\W_])[A-ZĐ]{2,8}(?![A-Za-z0-9])")
"""In brackets behind the words that it stands for: sốt xuất huyết `(SXH)`."""
_BY_FORM = ("indicator", "place")
"""Kinds of which a phrase as it stands wins over another by its stem."""
_COUNTED, _AROUND = ("indicator", "concept", "counted"), 10
"""What may have such brackets amid its name, and how many tokens of it stand on either side, at most."""
_SYLLABLE, _CONSONANT = re.compile("[\uac00-\ud7a3]"), re.compile("[\u0e01-\u0e2e]")
_VOWEL_BEFORE, _GOES_ON = "\u0e40\u0e41\u0e42\u0e43\u0e44", re.compile("(?<=[\u0e01-\u0e4e])[\u0e30-\u0e3a\u0e45\u0e47-\u0e4b]")
"""Thai vowels that stand before their consonant, and vowels and tones that no syllable begins with."""
_IDEOGRAPHS = re.compile("[\u4e00-\u9fff]+")
_TEARING = ("cue", "concept", "indicator", "disease", "no_place", "place")
"""Words that a name of ideographs may be torn from."""
_SMALL, _MUCH_SHORTER = 5, 3
"""Letters of a small word at most, and that a word is longer for which it must not be taken."""
_Found = tuple[int, int, Entry]
"""Where a phrase of the lexicon starts and ends in a text, and what it says: not yet a mention, for many are dropped."""
_Form = Callable[[str], str]
"""Word → the form that it is looked up by."""
_NO_MEMORY = 0
"""Words that a stemmer remembers: the lexicon does."""
_REMEMBERED_WORDS = 1 << 12
"""Of each language, so that memory stays flat; an article has some hundred."""


class _Line(NamedTuple):
    """A lexicon line on its way into a matcher."""

    entry: Entry
    exact: bool


class Lexicon:
    """All phrases of one language, the tokenizer that cuts a text into its words, and the forms by which a word is looked up."""

    def __init__(self, pack: LanguagePack) -> None:
        self.pack = pack
        self.tokenizer = Tokenizer(Compounds.of(pack.pack.compound_heads))
        self._stemmed, self._folded = PhraseTable(), PhraseTable()
        self._acronyms: set[str] = set()
        self._remember_words()
        lines = list(_lines(pack))
        phrases = [self._add(line) for line in lines]
        scales = {line.entry.phrase for line in lines if line.entry.kind == "scale"}
        grown = pack.pack.compound_heads or not pack.pack.spaced
        self._glued = None if grown else Glued(phrases, scales, _folder(pack), _stemmer(pack))
        self._remember_words()  # most words of a lexicon are met in no article

    def _remember_words(self) -> None:
        """Forms of words, from now on computed once for each."""
        remembered = lru_cache(maxsize=_REMEMBERED_WORDS)
        self.stem, self.fold = remembered(_stemmer(self.pack)), remembered(_folder(self.pack))

    def look_up(self, text: str) -> tuple[list[TermMention], list[int], list[int]]:
        """All lexicon phrases in a text, by start, without those inside a longer one of their family;
        and where the text's tokens start and end.
        """
        words, starts = self.tokenizer.words(text)
        if self._glued is not None:
            words, starts = self._glued.cut(words, starts)
        ends = [start + len(word) for word, start in zip(words, starts, strict=True)]
        found: list[_Found] = []
        as_it_stands: dict[tuple[int, int], set[str]] = {}
        for table, form in ((self._folded, self.fold), (self._stemmed, self.stem)):
            for first, behind, entries in table.find(list(map(form, words))):
                start, end = starts[first], ends[behind - 1]
                for entry in entries:
                    if entry.phrase in self._acronyms and not _is_in_capitals(text[start:end], entry.phrase):  # WHO is not who, VNĐ is VND
                        continue
                    if behind - first > 1 and end - start > len(entry.phrase) and _is_torn(text[start:end], entry.phrase):
                        continue
                    if entry.kind in _BY_FORM:
                        if table is self._folded:
                            as_it_stands.setdefault((start, end), set()).add(entry.value)
                        elif entry.value not in as_it_stands.get((start, end), (entry.value,)):
                            continue  # Apotheken are pharmacies as they stand, by their stem pharmacists too; Хау Зянг is no Ха Зянг
                    found.append((start, end, entry))
        found = _without_money_in_names(found)
        kept = _longest(found if self.pack.pack.spaced else _without_torn_names(text, found))
        kept = _with_abbreviations(text, kept)
        around = list(self._around_abbreviations(text, words, starts, ends))
        kept = _longest([*kept, *around]) if around else kept
        return [TermMention(start, end, entry) for start, end, entry in kept if (entry.kind, entry.value) != _IDLE], starts, ends

    def _around_abbreviations(self, text: str, words: Sequence[str], starts: Sequence[int], ends: Sequence[int]) -> Iterator[_Found]:
        """Names of what is counted that an abbreviation in brackets stands in: 건강보험`(BHYT)` 보장률."""
        for bracket in _ABBREVIATION.finditer(text):
            opened, closed = bisect_left(starts, bracket.start()), bisect_left(starts, bracket.end())
            first = max(0, opened - _AROUND)
            at = [*range(first, opened), *range(closed, min(len(words), closed + _AROUND))]
            for table, form in ((self._folded, self.fold), (self._stemmed, self.stem)):
                for begin, behind, entries in table.find([form(words[index]) for index in at]):
                    if begin < opened - first < behind:
                        yield from ((starts[at[begin]], ends[at[behind - 1]], entry) for entry in entries if entry.kind in _COUNTED)

    def _add(self, line: _Line) -> list[str]:
        """Takes a line up; the words of its phrase."""
        phrase = line.entry.phrase
        words, _ = self.tokenizer.words(clean(phrase))
        table, form = (self._folded, self.fold) if line.exact else (self._stemmed, self.stem)
        forms = list(map(form, words))
        table.add(forms, line.entry)
        if not line.exact and (bare := self._without_marks(words, forms)) is not None:
            table.add(bare, line.entry)
        if _ACRONYM.fullmatch(phrase):
            self._acronyms.add(phrase)
        return words

    def _without_marks(self, words: Sequence[str], forms: Sequence[str]) -> list[str] | None:
        """The stems of a phrase in a text without marks, where they are others: mortalité is `mortal`, mortalite `mortalit`.

        None where one word alone is so short then that it may be another: deces is `dec`, practicanti `practic`.
        """
        if all(word.isascii() for word in words):
            return None
        bare = [self.stem(self.fold(word)) for word in words]
        alone = len(words) == 1 and (len(bare[0]) < _SMALL or len(words[0]) - len(bare[0]) > _MUCH_SHORTER)
        return None if alone or bare == forms or not all(stem.isascii() for stem in bare) else bare


def found_in_small_words(pack: LanguagePack) -> Iterator[tuple[str, str]]:
    """Words of the pack whose stem is that of a much shorter word that stands in every text, with it: `eenheid`, unit, is `een`, a, to a stemmer.

    They would be found everywhere; `=eenheid` is matched as it stands.
    """
    lookup_form = _stemmer(pack)
    numbers, terms = pack.pack.numbers, pack.terms
    listed = (
        pack.pack.cue_words, numbers.one, numbers.out_of, numbers.range_open, numbers.range_words, numbers.range_and, terms.per.before,
        terms.documents.of_issuer, terms.documents.about, *terms.comparators.before.values(),
    )  # fmt: skip
    small = {lookup_form(word): word for words in listed for word in words if word.isalpha() and len(word) <= _SMALL}
    phrases = dict.fromkeys(line.entry.phrase for line in _lines(pack) if not line.exact and line.entry.phrase.isalpha())
    for phrase in phrases:
        word = small.get(lookup_form(phrase))
        if word is not None and len(phrase) >= len(word) + _MUCH_SHORTER:
            yield phrase, word


def _folder(pack: LanguagePack) -> _Form:
    """Word → its small letters, in the spelling of the pack."""
    spellings = pack.pack.spellings
    other = re.compile("|".join(map(re.escape, spellings)))

    def folded_form(word: str) -> str:
        folded = fold(word, fold_marks=pack.pack.fold_marks)
        return other.sub(lambda letters: spellings[letters.group()], folded) if spellings else folded

    return folded_form


def _stemmer(pack: LanguagePack) -> _Form:
    """Word → lookup form: stemmed by Snowball where the pack names an algorithm, then folded."""
    folded = _folder(pack)
    prefixes = sorted(pack.pack.prefixes, key=len, reverse=True)
    clitics = re.compile(f"(?:{'|'.join(map(re.escape, prefixes))})(?=.{{3}})") if prefixes else None
    stem = Stemmer.Stemmer(pack.pack.stemmer, _NO_MEMORY).stemWord if pack.pack.stemmer else None
    stems = pack.pack.stems

    def lookup_form(word: str) -> str:
        form = word.lower()
        if clitics and (clitic := clitics.match(form)):
            form = form[clitic.end() :]
        if stem:
            form = stem(form)
        form = folded(form)
        return stems.get(form, form)

    return lookup_form


def _is_in_capitals(found: str, phrase: str) -> bool:
    """Written like an acronym, with or without its marks: VNĐ is VND."""
    return found.isupper() and len(found) == len(phrase)


def _is_torn(found: str, phrase: str) -> bool:
    """Korean parts words by spaces: in 이상`의 사`립병원 is no 의사; but 월 평균 is 월평균. No Thai consonant is a word: ประเท`ศ พ`บ is no ศพ."""
    pieces = found.split(" ")
    return " " not in phrase and (all(map(_SYLLABLE.fullmatch, pieces)) or any(map(_CONSONANT.fullmatch, pieces)))


def _cuts_syllable(text: str, start: int, end: int) -> bool:
    """Within a syllable of Thai, which is written in one: ตำบ`ลด`่าน is no ลด, ใ`นพ`ื้นที่ no นพ."""
    return bool(_GOES_ON.match(text, end)) or (_CONSONANT.match(text, start) is not None and text[max(0, start - 1) : start] in tuple(_VOWEL_BEFORE))


def _longest(found: list[_Found]) -> list[_Found]:
    """Drop what is strictly inside a longer one of its family; sort by start, longest first."""
    found = _without_cues_inside(found)
    found.sort(key=lambda one: (one[0], -one[1], one[2].kind, one[2].value))
    kept: list[_Found] = []
    reach: dict[str, tuple[int, int]] = {}
    for one in found:
        start, end, entry = one
        kind = entry.kind
        # A cue competes with its like only: `decreased by` says both that a difference follows and that it is a fall.
        family = _FAMILIES.get(kind, kind) if kind != "cue" else f"cue {entry.value}"
        first, last = reach.get(family, (-1, -1))
        if end <= last and (start, end) != (first, last):
            continue
        if end > last or start > first:
            reach[family] = (start, end)
        kept.append(one)
    return kept


def _with_abbreviations(text: str, found: list[_Found]) -> list[_Found]:
    """With what abbreviations stand for, from where the article says it first: `personnes âgées (NCT)`, later `70 % des NCT`."""
    brackets = [*_ABBREVIATION.finditer(text)]
    if not brackets:
        return found
    named: dict[int, list[_Found]] = defaultdict(list)
    for one in found:
        if _has_short_form(one[2]):
            named[one[1]].append(one)
    starts = sorted(start for start, _, _ in found)
    meant: dict[str, tuple[int, list[Entry]]] = {}
    for bracket in brackets:
        before = [*named.get(bracket.start() - 1, ()), *named.get(bracket.start(), ())]
        is_word = bisect_right(starts, bracket.start()) < bisect_left(starts, bracket.end())
        if before and not is_word and bracket[1] not in meant:
            begin = min(start for start, _, _ in before)
            meant[bracket[1]] = bracket.end(), [entry for start, _, entry in before if start == begin]
    short = [
        (letters.start(), letters.end(), entry)
        for letters in _LETTERS.finditer(text)
        for said, entries in [meant.get(letters.group(), (len(text), []))]
        for entry in entries
        if letters.start() >= said
    ]
    return sorted([*found, *short], key=lambda one: (one[0], -one[1], one[2].kind, one[2].value)) if short else found


def _has_short_form(entry: Entry) -> bool:
    return entry.kind in ("indicator", "concept", "disease") or (entry.kind == "counted" and " " in entry.phrase)


def _without_money_in_names(found: list[_Found]) -> list[_Found]:
    """Drop currencies that are a part of a place's name: `Phú Yên` 4 ca are no yen, `Lâm Đồng` 23 ca no dong."""
    if not any(entry.kind == "currency" for _, _, entry in found):
        return found
    names = Spans(Span(start, end) for start, end, entry in found if entry.kind in ("place", "town") and " " in entry.phrase)
    return [one for one in found if one[2].kind != "currency" or not names.cover(Span(*one[:2]))]


def _without_torn_names(text: str, found: list[_Found]) -> list[_Found]:
    """Where words are not written apart, drop dimensions that begin inside a name, 全国有 is no 国有, 鳳山區 no 山區, and names of ideographs
    whose head is another word's end: 提高平均 is no 高平, 越南定期 no 南定.
    """
    found = _without_torn_places(text, [one for one in found if not _cuts_syllable(text, *one[:2])])
    inside = {at for start, end, entry in found if entry.kind in ("area", "place", "town") for at in range(start + 1, end)}
    return [one for one in found if one[2].kind != "dimension" or one[0] not in inside]


def _without_torn_places(text: str, found: list[_Found]) -> list[_Found]:
    begin: dict[int, int] = {}
    """End of a word → where the longest one begins that ends there."""
    kept: list[_Found] = []
    for one in sorted(found, key=lambda one: (one[0], one[1])):
        start, end, entry = one
        is_name = entry.kind in ("place", "town") and _IDEOGRAPHS.fullmatch(text, start, end)
        if is_name and any(begin.get(at, start) < start for at in range(start + 1, end)):
            continue
        if entry.kind in _TEARING:
            begin[end] = min(start, begin.get(end, start))
        kept.append(one)
    return kept


def _without_cues_inside(found: list[_Found]) -> list[_Found]:
    """Drop cues that are a part of other words: tăng huyết áp is high pressure, no rise; `a ajuns să depășească`, came to exceed, is no aim."""
    cues = {entry.value for _, _, entry in found if entry.kind == "cue"}
    if not cues.isdisjoint((_EMPTY, _EMPTY_BEHIND)):
        found = _without_emptied(found)
    if cues.isdisjoint(_HELD):
        return found
    names = Spans(Span(start, end) for start, end, entry in found if entry.kind == "disease")
    reached = {at for start, end, entry in found if (entry.kind, entry.value) == ("cue", "actual") for at in range(start + 1, end)}
    compared = {start: end for start, end, entry in found if entry.kind == "comparator_before"}
    return [one for one in found if one[2].kind != "cue" or not (_is_inside(one, names, reached) or _is_cut(one, compared))]


def _without_emptied(found: list[_Found]) -> list[_Found]:
    """Drop cues within words that only hold them (누적`은` is no fall, a `target` programme no goal), and these words themselves."""
    holding = [(Span(start, end), entry) for start, end, entry in found if entry.kind == "cue" and entry.value in (_EMPTY, _EMPTY_BEHIND)]
    words, behind = Spans(span for span, _ in holding), {span.start for span, entry in holding if entry.value == _EMPTY_BEHIND}
    single = {span.start for span, entry in holding if " " not in entry.phrase}
    return [one for one in found if one[2].kind != "cue" or not (one[2].value in (_EMPTY, _EMPTY_BEHIND) or _is_held(one, words, single, behind))]


def _is_held(cue: _Found, words: Spans, single: set[int], behind: set[int]) -> bool:
    """One word that begins with a goal may still be one (목적은); with a rise, a fall or a lack it is none."""
    start, end, entry = cue
    if entry.value in _CHANGES and _EAST_ASIAN.match(entry.phrase) and words.cover(Span(start - 1, start + 1)):
        return start not in behind  # を`下回`り, 연속 `감소`했다: the ending is no part of the word that holds it
    return words.cover(Span(start, end)) and start not in behind and (start not in single or entry.value in _CHANGES)


_MOVES = ("increase", "decrease")
_CHANGES = (*_MOVES, "change_by", "shortage")
_EAST_ASIAN = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_EMPTY, _EMPTY_BEHIND = "empty", "empty_behind"
_IDLE = ("dimension", "none")
"""Kind and value of phrases that only keep the words within from being read."""
_HELD = (*_MOVES, "target")
"""Cues that other words may hold."""


def _is_cut(cue: _Found, compared: Mapping[int, int]) -> bool:
    """Its end belongs to a comparator: a capital `de plus` de 195 milliards is no rise."""
    start, end, entry = cue
    return entry.value in _MOVES and any(compared.get(at, 0) > end for at in range(start + 1, end))


def _is_inside(cue: _Found, names: Spans, reached: set[int]) -> bool:
    start, end, entry = cue
    if entry.value in _MOVES:
        return names.cover(Span(start, end))
    return entry.value == "target" and start in reached


def _lines(pack: LanguagePack) -> Iterator[_Line]:
    """Every phrase of a pack with what it says, standard data included."""
    yield from _noun_lines(pack)
    yield from _number_lines(pack)
    yield from _cue_lines(pack)
    yield from _document_lines(pack)
    yield from _place_lines(pack)
    yield from _facility_lines(pack)
    yield from _speaker_lines(pack)


def _entries(kind: str, phrases_of: Mapping[Any, list[str]], *, exact: bool = False) -> Iterator[_Line]:
    for value, phrases in phrases_of.items():
        for phrase in phrases:
            yield _line(kind, value, phrase, exact=exact)


def _joined(own: Mapping[Any, list[str]], shared: Mapping[Any, list[str]]) -> dict[Any, list[str]]:
    """A pack's phrases by what they say, with those of all languages that it lacks."""
    return {value: list(dict.fromkeys([*own.get(value, ()), *shared.get(value, ())])) for value in {**own, **shared}}


def _line(kind: str, value: str, phrase: str, *, exact: bool) -> _Line:
    bare = phrase.removeprefix(_EXACT)
    return _Line(Entry(kind, value, bare), exact or bare != phrase)


def _contracted(pack: LanguagePack, phrases: Iterable[str]) -> Iterator[str]:
    """Phrases, and those whose last word melts into an article: `más de`, `más del`."""
    for phrase in phrases:
        yield phrase
        head, space, last = phrase.rpartition(" ")
        for contraction in pack.pack.contractions.get(last, ()):
            yield f"{head}{space}{contraction}"


def _noun_lines(pack: LanguagePack) -> Iterator[_Line]:
    terms = pack.terms
    shared = load_pack(FALLBACK).terms
    yield from _entries("indicator", _joined(terms.indicators, shared.indicators))
    yield from _entries("concept", _joined(terms.concepts, shared.concepts))
    yield from _entries("disease", _joined(terms.diseases, shared.diseases))
    yield from _entries("counted", {noun: phrases for noun, phrases in terms.counted.items() if noun != "time"})
    yield from _entries("unit", terms.units)
    yield from _entries("currency", {**terms.currencies}, exact=True)
    for unit, names in terms.multiples_of_units.items():
        for name, factor in names.items():
            yield _line("multiple_of_unit", f"{factor!r} {unit}", name, exact=False)
    if pack.code != FALLBACK:
        for unit, names in load_pack(FALLBACK).terms.multiples_of_units.items():
            for name, factor in names.items():
                if name.partition(" ")[0] not in pack.pack.numbers.scales:  # words that the language reads by itself
                    yield _line("multiple_of_unit", f"{factor!r} {unit}", name, exact=True)
    yield from _entries("per_noun", dict(terms.per.nouns))
    for name, phrases in terms.dimensions:
        yield from _entries("dimension", {name: phrases})
    for singular in dict.fromkeys(pack.pack.numbers.duals.values()):
        yield _line("singular", singular, singular, exact=False)
    yield from _dual_lines(pack)


def _dual_lines(pack: LanguagePack) -> Iterator[_Line]:
    """A dual names what its singular does, also as the first word of a phrase: حالتين are two of حالة, حالتي وفاة two of حالة وفاة."""
    named: dict[str, list[tuple[str, str, str]]] = defaultdict(list)
    for kind, phrases_of in (("indicator", pack.terms.indicators), ("concept", pack.terms.concepts), ("counted", pack.terms.counted)):
        for value, phrases in phrases_of.items():
            for phrase in phrases:
                first, space, rest = phrase.removeprefix(_EXACT).partition(" ")
                named[first].append((kind, value, space + rest))
    for dual, singular in pack.pack.numbers.duals.items():
        for kind, value, rest in named.get(singular, ()):
            yield _line(kind, value, dual + rest, exact=True)


def _number_lines(pack: LanguagePack) -> Iterator[_Line]:
    rules = pack.pack.numbers
    words = {**_standard_number_words(rules.num2words), **rules.words}
    multipliers_and_scales = {*rules.multipliers, *rules.scales}
    for word, value in words.items():
        if word not in multipliers_and_scales and word not in rules.one:
            for written in (word, *_torn_apart(word, rules)):
                for form in (written, *(prefix + written for prefix in rules.prefixes)):  # وثلاثون, بثلاثة
                    yield _line("number", repr(float(value)), form, exact=True)
    for word, (low, high) in rules.word_ranges.items():
        yield _line("number", f"{low!r} {high!r}", word, exact=True)
    for word, value in rules.multipliers.items():
        yield _line("multiplier", repr(float(value)), word, exact=True)
    for word, value in rules.scales.items():
        yield _line("scale", repr(float(value)), word, exact=True)
    for letter, value in rules.letter_scales.items():
        yield _line("letter_scale", repr(float(value)), letter, exact=True)
    units = {phrase.removeprefix(_EXACT): unit for unit, phrases in pack.terms.units.items() for phrase in phrases}
    for dual, singular in rules.duals.items():
        yield _line("dual", "2.0", dual, exact=True)
        if singular in units:  # يومين are two days
            yield _line("unit", units[singular], dual, exact=True)
    for word, days in rules.day_words.items():
        yield _line("dual", repr(float(days)), word, exact=True)
        yield _line("unit", "d", word, exact=True)
    for phrase, (part, whole) in rules.fractions.items():
        yield _line("fraction", f"{part} {whole}", phrase, exact=True)
    for phrase, whole in rules.fraction_ordinals.items():
        yield _line("fraction_ordinal", repr(float(whole)), phrase, exact=True)
    for phrase, times in rules.multiples.items():
        yield _line("multiple", repr(float(times)), phrase, exact=True)
    for phrase in rules.ordinal_words:
        yield _line("ordinal_word", phrase, phrase, exact=True)
    sections = (
        "one connectors classifiers ordinal_before ordinal_after labels area_labels group_labels label_suffixes percent percent_before points"
        " bare_points permille contacts services streets quarters letters_after_decimals"
        " range_words range_open range_and range_or range_between_open out_of out_of_reversed times frequency once bare_scales fraction_whole_first"
        " multiplied_by ordinal_dot_after out_of_apart links halves_before halves_after half_of_word whole_before whole_after where next_clause"
    )
    for section in sections.split():
        for phrase in _contracted(pack, getattr(rules, section)):
            yield _line(section.removesuffix("s") if section in ("connectors", "classifiers") else section, section, phrase, exact=True)
    shared = load_pack(FALLBACK).pack.dates
    names = [*pack.pack.dates.surveys, *pack.pack.dates.named_years, *shared.surveys, *shared.named_years]
    for name in dict.fromkeys(names):
        for phrase in (name, f"{name} (", f"{name})"):  # A/H1N1 (2009), Survei Status Gizi Indonesia (SSGI) 2024
            yield _line("labels", "named_years", phrase, exact=True)


def _torn_apart(word: str, rules: NumberRules) -> Iterator[str]:
    """A number in words whose connector is written onto the next one, with it standing apart or twice: ثلاثة و عشرون, ثلاثة و وعشرون."""
    for connector in rules.connectors:
        if connector in rules.prefixes and f" {connector}" in word:
            yield word.replace(f" {connector}", f" {connector} ")
            yield word.replace(f" {connector}", f" {connector} {connector}")


def _standard_number_words(locale: str) -> dict[str, float]:
    """Words from num2words read backwards: two to a hundred, hundreds; to 999 where they are one word."""
    if not locale:
        return {}
    words: dict[str, float] = {}
    for number in (*range(2, 101), *range(101, 1000)):
        word = num2words(number, lang=locale)
        if number > 100 and number % 100 and (" " in word or "-" in word):
            continue
        words.setdefault(word, number)
    for number in range(1000, 10000, 1000):
        word = num2words(number, lang=locale)
        if " " not in word:
            words.setdefault(word, number)
    return words


def _cue_lines(pack: LanguagePack) -> Iterator[_Line]:
    terms = pack.terms
    before = {value: list(_contracted(pack, phrases)) for value, phrases in terms.comparators.before.items()}
    yield from _entries("comparator_before", dict(before), exact=True)
    yield from _entries("comparator_after", dict(terms.comparators.after), exact=True)
    yield from _entries("comparator_verb", dict(terms.comparators.verbs), exact=True)
    yield from _entries("comparator_outdone", {"outdone": terms.comparators.outdone}, exact=True)
    yield from _entries("comparator_first", dict(terms.comparators.verbs_first), exact=True)
    yield from _entries("comparator_subject", {"subject": terms.comparators.subjects}, exact=True)
    for name, phrases in terms.cues:
        yield from _entries("cue", {name: phrases}, exact=name in ("change_by", "change_to", "change_from", "each"))
    yield from _entries("per_before", {"before": list(_contracted(pack, terms.per.before))}, exact=True)
    yield from _entries("per_longer", {"longer": terms.per.longer}, exact=True)
    yield from _entries("per_after", {"after": terms.per.after}, exact=True)
    yield from _entries("often", dict(terms.per.often), exact=True)
    yield from _entries("per_scaled", dict(terms.per.scaled), exact=True)
    yield from _entries("often_adjective", dict(terms.per.often_adjectives), exact=True)
    yield from _entries("shared_by", {"shared_by": terms.per.shared_by}, exact=True)
    yield from _entries("times_a", {"times_a": terms.per.times_a}, exact=True)
    for phrase, years in pack.pack.dates.relative_years.items():
        yield _line("relative_year", str(years), phrase, exact=True)
    yield from _entries("back_reference", pack.pack.dates.back_references, exact=True)
    yield from _entries("area", {"nation": terms.nation, "province": terms.province})
    yield from _entries("area_name", {"": terms.area_names})


def _document_lines(pack: LanguagePack) -> Iterator[_Line]:
    rules = pack.terms.documents
    yield from _entries("document_type", dict(rules.types))
    yield from _entries("issuer", dict(rules.issuers))
    for name, kind in rules.named.items():
        yield _line("document_name", kind, name, exact=False)
    for section in ("number_words", "date_words", "year_words", "about", "of_issuer"):
        yield from _entries(f"document_{section}", {section: getattr(rules, section)}, exact=True)
    for suffix, kind in rules.name_suffixes.items():
        yield _line("document_suffix", kind, suffix, exact=True)


def _cases(endings: Mapping[str, list[str]], name: str) -> Iterator[str]:
    """The inflected forms of a name by its last letter: Казахстан, Казахстана; Астана, Астане."""
    last = name[-1:]
    if last in endings:
        yield from (name[:-1] + ending for ending in endings[last])
    elif "" in endings and last.isalpha():
        yield from (name + ending for ending in endings[""])


def _place_lines(pack: LanguagePack) -> Iterator[_Line]:
    places = place_names(pack)
    known = {name for names in places.values() for name in names}
    yield from _names_of("place", places, pack)
    towns = {
        code: [town for town in names if town not in known and not _is_area_with_suffix(town, places.get(code, ()))]
        for code, names in town_names(pack).items()
    }
    yield from _names_of("town", towns, pack)
    yield from _entries("demonym", pack.terms.demonyms, exact=True)
    yield from _entries("no_place", {"": pack.terms.not_places}, exact=True)
    yield from _entries("home", pack.terms.homes, exact=True)
    if pack.code != FALLBACK:
        yield from _entries("home", load_pack(FALLBACK).terms.homes, exact=True)


def _is_area_with_suffix(town: str, names: Sequence[str]) -> bool:
    """高知市 names its prefecture 高知 too, as the area's name stands in it; a town is read only where its area is spoken of."""
    return not town.isascii() and town[:-1] in names


def _names_of(kind: str, names_of: Mapping[str, list[str]], pack: LanguagePack) -> Iterator[_Line]:
    for code, names in names_of.items():
        for name in names:
            yield _line(kind, code, name, exact=True)
            if pack.pack.inflected_places:
                yield _line(kind, code, name, exact=False)
            for form in _cases(pack.pack.place_cases, name):
                yield _line(kind, code, form, exact=True)
            for prefix in pack.pack.prefixes:
                yield _line(kind, code, prefix + name, exact=True)


def _facility_lines(pack: LanguagePack) -> Iterator[_Line]:
    rules = pack.facilities
    for section in ("heads", "kinds", "backs"):
        kind = section.removesuffix("s")
        yield from _entries(f"facility_{kind}", {kind: getattr(rules, section)})
    for section in ("links", "joins", "ends", "several"):
        kind = section if section == "several" else section.removesuffix("s")
        yield from _entries(f"facility_{kind}", {kind: list(_contracted(pack, getattr(rules, section)))}, exact=True)


def _speaker_lines(pack: LanguagePack) -> Iterator[_Line]:
    rules = pack.speakers
    for section in ("roles", "bodies"):
        yield from _entries(f"speaker_{section}", {section: getattr(rules, section)})
    for section in ("according_after", "said", "titles", "titles_after", "pronouns"):
        yield from _entries(f"speaker_{section}", {section: getattr(rules, section)}, exact=True)
    yield from _entries("speaker_according", {"according": list(_contracted(pack, rules.according))}, exact=True)

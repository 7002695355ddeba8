"""A pack's words as two spaCy PhraseMatchers: one on stems (NORM), one on folded forms (LOWER).

The stem of a word type is computed once, by spaCy's vocabulary; so a lexicon written in dictionary forms
is found in inflected text at the speed of a hash lookup.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

import Stemmer
from num2words import num2words
from spacy.attrs import LOWER, NORM
from spacy.language import Language
from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from extractor.gazetteer import place_names
from extractor.mentions import Entry, TermMention
from extractor.packs import LanguagePack
from extractor.reading import fold, read
from extractor.tokenizer import Compounds, Tokenizer

# Kinds of entries that compete: a match inside a longer one of its family says nothing of its own.
_FAMILIES = {
    **dict.fromkeys(("indicator", "concept", "disease", "counted"), "noun"),
    **dict.fromkeys(("number", "scale", "multiplier", "one", "connector", "fraction", "multiple"), "number"),
    **dict.fromkeys(("comparator_before", "comparator_after"), "comparator"),
    **dict.fromkeys(("document_type", "issuer"), "document"),
}
_EXACT = "="
"""First character of a phrase that is matched by its folded form, not by its stem."""
_ACRONYM = re.compile(r"[A-Z][A-Z0-9-]{1,5}")


@dataclass(frozen=True, slots=True)
class _Line:
    """A lexicon line on its way into a matcher."""

    entry: Entry
    exact: bool


class Lexicon:
    """All phrases of one language, with the spaCy `Language` they are matched on."""

    def __init__(self, pack: LanguagePack) -> None:
        self.pack = pack
        self.nlp = _blank_language(pack)
        self._stemmed = PhraseMatcher(self.nlp.vocab, attr="NORM")
        self._folded = PhraseMatcher(self.nlp.vocab, attr="LOWER")
        self._entries: dict[int, list[Entry]] = {}
        self._add(_lines(pack))

    def doc(self, text: str) -> Doc:
        """Tokens of a reading's text."""
        return self.nlp.tokenizer(text)

    def find(self, doc: Doc) -> list[TermMention]:
        """All lexicon phrases in a text, by start; without those inside a longer one of their family."""
        text = doc.text
        matches = [*self._stemmed(doc), *self._folded(doc)]
        starts = [token.idx for token in doc]
        ends = [token.idx + len(token) for token in doc]
        found = [
            TermMention(starts[first], ends[last - 1], entry)
            for key, first, last in matches
            for entry in self._entries[key]
            if _same_case(entry.phrase, text, starts[first], ends[last - 1])
        ]
        return _longest(found)

    def _add(self, lines: Iterable[_Line]) -> None:
        phrases: dict[tuple[bool, tuple[int, ...]], list[_Line]] = defaultdict(list)
        docs: dict[tuple[bool, tuple[int, ...]], Doc] = {}
        for line in lines:
            doc = self.nlp.tokenizer(read(line.entry.phrase, fold_marks=False).text)
            attribute = LOWER if line.exact else NORM
            key = (line.exact, tuple(doc.to_array([attribute]).tolist()))
            phrases[key].append(line)
            docs.setdefault(key, doc)
        for number, (key, group) in enumerate(phrases.items()):
            name = f"{'folded' if key[0] else 'stemmed'} {number}"
            (self._folded if key[0] else self._stemmed).add(name, [docs[key]])
            self._entries[self.nlp.vocab.strings[name]] = list(dict.fromkeys(line.entry for line in group))


def _blank_language(pack: LanguagePack) -> Language:
    """A spaCy Language with our tokenizer, whose LOWER is the folded form and whose NORM is the stem."""
    nlp = Language()
    nlp.tokenizer = Tokenizer(nlp.vocab, Compounds.of(pack.pack.compound_heads))  # type: ignore[assignment]
    nlp.vocab.lex_attr_getters = {
        **nlp.vocab.lex_attr_getters,
        LOWER: lambda word: fold(word, fold_marks=pack.pack.fold_marks),
        NORM: _stemmer(pack),
    }
    return nlp


def _stemmer(pack: LanguagePack) -> Callable[[str], str]:
    """Word → lookup form: stemmed by Snowball where the pack names an algorithm, then folded."""
    fold_marks = pack.pack.fold_marks
    prefixes = sorted(pack.pack.prefixes, key=len, reverse=True)
    clitics = re.compile(f"(?:{'|'.join(map(re.escape, prefixes))})(?=.{{3}})") if prefixes else None
    stem = Stemmer.Stemmer(pack.pack.stemmer).stemWord if pack.pack.stemmer else None

    def lookup_form(word: str) -> str:
        form = word.lower()
        if clitics and (clitic := clitics.match(form)):
            form = form[clitic.end() :]
        if stem:
            form = stem(form)
        return fold(form, fold_marks=fold_marks)

    return lookup_form


def _same_case(phrase: str, text: str, start: int, end: int) -> bool:
    """An acronym is matched only in capitals: WHO is not who."""
    return _ACRONYM.fullmatch(phrase) is None or text[start:end] == phrase


def _longest(found: list[TermMention]) -> list[TermMention]:
    """Drop mentions strictly inside a longer one of their family; sort by start, longest first."""
    found.sort(key=lambda term: (term.start, -term.end, term.kind, term.value))
    kept: list[TermMention] = []
    reach: dict[str, tuple[int, int]] = {}
    for term in found:
        family = _FAMILIES.get(term.kind, term.kind)
        start, end = reach.get(family, (-1, -1))
        if term.end <= end and (term.start, term.end) != (start, end):
            continue
        if term.end > end or term.start > start:
            reach[family] = (term.start, term.end)
        kept.append(term)
    return kept


def _lines(pack: LanguagePack) -> Iterator[_Line]:
    """Every phrase of a pack with what it says, standard data included."""
    yield from _noun_lines(pack)
    yield from _number_lines(pack)
    yield from _cue_lines(pack)
    yield from _document_lines(pack)
    yield from _place_lines(pack)


def _entries(kind: str, phrases_of: dict[str, list[str]], *, exact: bool = False) -> Iterator[_Line]:
    for value, phrases in phrases_of.items():
        for phrase in phrases:
            yield _line(kind, value, phrase, exact=exact)


def _line(kind: str, value: str, phrase: str, *, exact: bool) -> _Line:
    bare = phrase.removeprefix(_EXACT)
    return _Line(Entry(kind, value, bare), exact or bare != phrase)


def _noun_lines(pack: LanguagePack) -> Iterator[_Line]:
    terms = pack.terms
    yield from _entries("indicator", terms.indicators)
    yield from _entries("concept", terms.concepts)
    yield from _entries("disease", terms.diseases)
    yield from _entries("counted", terms.counted)
    yield from _entries("unit", terms.units)
    yield from _entries("currency", {**terms.currencies}, exact=True)
    yield from _entries("per_noun", dict(terms.per.nouns))
    yield from _entries("facility", {"facility": terms.facilities})
    for name, phrases in terms.dimensions:
        yield from _entries("dimension", {name: phrases})
    for singular in dict.fromkeys(pack.pack.numbers.duals.values()):
        yield _line("singular", singular, singular, exact=False)


def _number_lines(pack: LanguagePack) -> Iterator[_Line]:
    rules = pack.pack.numbers
    words = {**_standard_number_words(rules.num2words), **rules.words}
    multipliers_and_scales = {*rules.multipliers, *rules.scales}
    for word, value in words.items():
        if word not in multipliers_and_scales and word not in rules.one:
            yield _line("number", repr(float(value)), word, exact=True)
    for word, value in rules.multipliers.items():
        yield _line("multiplier", repr(float(value)), word, exact=True)
    for word, value in rules.scales.items():
        yield _line("scale", repr(float(value)), word, exact=True)
    for dual in rules.duals:
        yield _line("dual", "2.0", dual, exact=True)
    for phrase, (part, whole) in rules.fractions.items():
        yield _line("fraction", f"{part} {whole}", phrase, exact=True)
    for phrase, whole in rules.fraction_ordinals.items():
        yield _line("fraction_ordinal", repr(float(whole)), phrase, exact=True)
    for phrase, times in rules.multiples.items():
        yield _line("multiple", repr(float(times)), phrase, exact=True)
    sections = (
        "one connectors classifiers ordinal_before ordinal_after labels label_suffixes percent percent_before points permille"
        " range_words range_open range_and range_between_open out_of out_of_reversed times frequency bare_scales"
    )
    for section in sections.split():
        for phrase in getattr(rules, section):
            yield _line(section.removesuffix("s") if section in ("connectors", "classifiers") else section, section, phrase, exact=True)


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
    yield from _entries("comparator_before", dict(terms.comparators.before), exact=True)
    yield from _entries("comparator_after", dict(terms.comparators.after), exact=True)
    for name, phrases in terms.cues:
        yield from _entries("cue", {name: phrases}, exact=name in ("change_by", "change_to", "change_from", "each"))
    yield from _entries("per_before", {"before": terms.per.before}, exact=True)
    yield from _entries("per_after", {"after": terms.per.after}, exact=True)
    yield from _entries("times_a", {"times_a": terms.per.times_a}, exact=True)
    yield from _entries("area", {"nation": terms.nation, "province": terms.province})


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


def _place_lines(pack: LanguagePack) -> Iterator[_Line]:
    for code, names in place_names(pack).items():
        for name in names:
            yield _line("place", code, name, exact=pack.pack.stemmer == "")

"""The words of a quantity without an indicator: what is left of it when the number and all that belongs to its shape are taken away."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from extractor.mentions import Span, Spans
from extractor.packs import load_pack
from extractor.pipeline import recognisers
from extractor.reading import fold, read
from extractor.schema import Extraction, Metric, Target

_SHAPE = frozenset(
    (
        "number", "scale", "multiplier", "one", "connector", "fraction", "fraction_ordinal", "multiple", "unit", "currency", "multiple_of_unit",
        "percent", "percent_before", "points", "permille", "times", "frequency", "often", "comparator_before", "comparator_after", "per_before",
        "cue", "relative_year", "place", "area", "links", "classifier", "per_after", "range_words", "out_of",
    )
)  # fmt: skip
"""Kinds of lexicon entries that say how much, where or when, and never what."""
_LEAST_CHARACTERS = 2
"""Of a label: a lone で or 다 names nothing."""
_MOST_WORDS, _MOST_CHARACTERS = 4, 10
"""Of a label, where words are written apart and where each character is a token."""
_ENDS = frozenset(',;:.!?()[]«»"“”。，、；：！？（）「」؛،؟\n')


@dataclass(frozen=True, slots=True)
class Label:
    """Words that name what is counted, in one place of one article."""

    language: str
    words: str
    """As the article has them."""
    forms: tuple[str, ...]
    """As the lexicon looks words up: stemmed where the pack has a stemmer, folded."""
    article: str
    source: str
    exact: str
    sentence: str


def labels_of(extraction: Extraction) -> Iterator[Label]:
    """The label of each quantity without an indicator; none where no words stand at it."""
    article = extraction.article
    for fact in extraction.facts:
        if not isinstance(fact, Metric | Target) or fact.indicator is not None:
            continue
        start, end = fact.sentence
        sentence = article.text[start:end]
        found = _words(sentence, fact.start - start, fact.end - start, article.language)
        if found:
            words, forms = found
            yield Label(article.language, words, forms, article.id, article.source, fact.exact, " ".join(sentence.split()))


def _words(sentence: str, start: int, end: int, language: str) -> tuple[str, tuple[str, ...]] | None:
    """Those within the quantity; else the next behind it, else the last ahead of it, within its clause."""
    tokens = _tokens(sentence, language)
    inside = [token for token in tokens if start <= token.start and token.end <= end]
    behind = _until_clause_ends([token for token in tokens if token.start >= end])
    ahead = _until_clause_ends([token for token in reversed(tokens) if token.end <= start])[::-1]
    most = _MOST_WORDS if load_pack(language).pack.spaced else _MOST_CHARACTERS
    for run in (_naming(inside)[:most], _naming(behind)[:most], _naming(ahead)[-most:]):
        if sum(len(token.form) for token in run) >= _LEAST_CHARACTERS:
            return sentence[run[0].start : run[-1].end], tuple(token.form for token in run)
    return None


@dataclass(frozen=True, slots=True)
class _Token:
    start: int
    end: int
    text: str
    form: str
    names: bool
    """May say what is counted."""


def _tokens(sentence: str, language: str) -> list[_Token]:
    """Offsets are into the sentence."""
    known = recognisers(language)
    fold_marks = known.pack.pack.fold_marks
    reading = read(sentence, fold_marks=fold_marks)
    terms, _, _ = known.lexicon.look_up(reading.text)
    shape = Spans(term for term in terms if term.kind in _SHAPE)
    small = _commonest(language)
    tokens = []
    for word, at in zip(*known.lexicon.tokenizer.words(reading.text), strict=True):
        to = at + len(word)
        spelled = fold(word, fold_marks=fold_marks)
        named = any(c.isalpha() for c in word) and not shape.touch(Span(at, to)) and spelled not in small
        tokens.append(_Token(*reading.to_source(at, to), word, known.lexicon.stem(word), named))
    return tokens


@cache
def _commonest(language: str) -> frozenset[str]:
    """The commonest words of a language, which name nothing."""
    pack = load_pack(language).pack
    return frozenset(fold(word, fold_marks=pack.fold_marks) for word in pack.cue_words)


def _until_clause_ends(tokens: list[_Token]) -> list[_Token]:
    kept = []
    for token in tokens:
        if token.text in _ENDS or any(c.isdigit() for c in token.text):
            break
        kept.append(token)
    return kept


def _naming(tokens: list[_Token]) -> list[_Token]:
    """The first run of words from one that names something to the last that does."""
    naming = [index for index, token in enumerate(tokens) if token.names]
    if not naming:
        return []
    run = tokens[naming[0] : naming[-1] + 1]
    cut = next((index for index, token in enumerate(run) if token.text in _ENDS), len(run))
    return [token for token in run[:cut] if token.text.strip()]

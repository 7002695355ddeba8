"""Phrases of a lexicon in a text."""

from __future__ import annotations

import pytest

from extractor.mentions import Entry
from extractor.phrases import PhraseTable
from extractor.pipeline import recognisers


def _row(*forms: int) -> list[str]:
    return list(map(str, forms))


def _entry(phrase: str, value: str = "v") -> Entry:
    return Entry("kind", value, phrase)


def test_phrases_inside_and_across_others_are_found():
    table = PhraseTable()
    for phrase in ((1,), (1, 2), (1, 2, 3), (2, 3, 4), (1, 2, 3, 4, 5)):
        table.add(_row(*phrase), _entry(str(phrase)))
    found = [(first, behind, entry.phrase) for first, behind, entries in table.find(_row(9, 1, 2, 3, 4)) for entry in entries]
    assert found == [(1, 2, "(1,)"), (1, 3, "(1, 2)"), (1, 4, "(1, 2, 3)"), (2, 5, "(2, 3, 4)")]


def test_a_phrase_that_the_text_ends_in_is_not_found():
    table = PhraseTable()
    table.add(_row(1, 2, 3), _entry("1 2 3"))
    assert list(table.find(_row(1, 2))) == []
    assert list(table.find([])) == []


def test_a_phrase_at_the_end_is_found_once_though_longer_ones_begin_like_it():
    table = PhraseTable()
    for phrase in ((1, 2), (1, 2, 3)):
        table.add(_row(*phrase), _entry(str(phrase)))
    assert [(first, behind) for first, behind, _ in table.find(_row(9, 1, 2))] == [(1, 3)]


def test_of_entries_that_say_the_same_the_first_stays():
    table = PhraseTable()
    for phrase, value in (("beds", "bed"), ("bed", "bed"), ("bed", "place to sleep")):
        table.add(_row(7), _entry(phrase, value))
    ((_, _, entries),) = table.find(_row(7))
    assert [(entry.phrase, entry.value) for entry in entries] == [("beds", "bed"), ("bed", "place to sleep")]


@pytest.mark.parametrize(
    ("language", "text", "kind", "value"),
    [
        ("en", "cases", "counted", "case"),  # `case` is also a name of spaCy's own, whose hash is another
        ("vi", "Lào Cai", "place", "VN-02"),
        ("vi", "Lao Cai", "place", "VN-02"),
        ("ar", "بفيتنام", "place", "VN"),
        ("ru", "Вьетнама", "place", "VN"),
        ("zh", "越南", "place", "VN"),
        ("zh", "执业（助理）医师", "indicator", "doctors"),  # of these brackets spaCy has forms of its own
    ],
)
def test_what_a_pack_has_is_found_in_each_script(language, text, kind, value):
    terms, _, _ = recognisers(language).lexicon.look_up(f"{text}, 12")
    assert (kind, value, text) in {(term.kind, term.value, f"{text}, 12"[term.start : term.end]) for term in terms}


def test_an_acronym_is_no_word():
    lexicon = recognisers("en").lexicon
    issuers = {text: [term.value for term in lexicon.look_up(text)[0] if term.kind == "issuer"] for text in ("WHO", "who")}
    assert issuers == {"WHO": ["who"], "who": []}

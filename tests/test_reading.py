"""A reading's offsets lead back to the source, whatever invisible and combining characters it holds."""

from __future__ import annotations

import unicodedata

import pytest
from conftest import ROOT  # noqa: F401  (the hypothesis profile)
from hypothesis import given
from hypothesis import strategies as st

from extractor.reading import fold, read

# A letter with invisible characters and marks around it, as PDF extraction leaves them.
TRICKY = st.text(
    st.sampled_from("aeiouEđĐ12.,% \n\u200b\u00ad\u200e\ufeff\u0301\u0323\u0302\u0640\u064b\u00a0سرياîșé\x00\ud800\u0e4d\u0e32\u0e49\u0e40"),
    max_size=40,
)


@given(TRICKY)
def test_lengths_agree(source):
    reading = read(source, fold_marks=True)
    assert len(reading.text) == len(reading.folded)
    if reading.offsets is not None:
        assert len(reading.offsets) == len(reading.text) + 1
        assert list(reading.offsets) == sorted(reading.offsets)


@given(TRICKY, st.data())
def test_span_of_the_reading_is_a_span_of_the_source(source, data):
    reading = read(source, fold_marks=False)
    if not reading.text:
        return
    start = data.draw(st.integers(0, len(reading.text) - 1))
    end = data.draw(st.integers(start + 1, len(reading.text)))
    first, last = reading.to_source(start, end)
    assert 0 <= first < last <= len(source)
    # Reading the source span again gives the same letters; a mark that does not compose goes with its letter.
    again = letters(read(source[first:last], fold_marks=False).text)
    words = letters(reading.text[start:end])
    assert words in again
    assert len(again) - len(words) <= 1


def letters(text):
    return "".join(character for character in unicodedata.normalize("NFC", text) if not unicodedata.combining(character))


@given(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
def test_folding_keeps_the_length(source):
    for fold_marks in (True, False):
        assert len(fold(source, fold_marks=fold_marks)) == len(source)


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("Bệnh\u200b viện", "Bệnh viện"),
        ("Be\u0323\u0302nh", "Bệnh"),
        ("a\u00adb", "ab"),
        ("كـــتاب", "كتاب"),
        ("clean", "clean"),
    ],
)
def test_words_are_read(source, words):
    reading = read(source, fold_marks=False)
    assert reading.text == words
    assert reading.to_source(0, len(words)) == (0, len(source))


@pytest.mark.parametrize(("typed", "word"), [("จํานวน", "จำนวน"), ("เเพทย์", "แพทย์"), ("นํ้า", "น้ำ"), ("น้ํา", "น้ำ")])
def test_thai_vowels_typed_in_two_parts(typed, word):
    reading = read(f"{typed} 5", fold_marks=False)
    assert reading.text == f"{word} 5"
    assert reading.to_source(0, len(word)) == (0, len(typed))


def test_how_a_character_is_said_is_left_out():
    reading = read("近7萬(wàn)例,醫(yī)院36家(含中醫(yī)院)", fold_marks=False)
    assert reading.text == "近7萬例,醫院36家(含中醫院)"
    assert reading.source[slice(*reading.to_source(1, 4))] == "7萬(wàn)例"
    assert reading.source[slice(*reading.to_source(1, 3))] == "7萬"

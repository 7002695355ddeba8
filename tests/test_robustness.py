"""No text makes the extractor fail, and every fact proves itself even in rubbish."""

from __future__ import annotations

import pytest
from conftest import ROOT  # noqa: F401  (the hypothesis profile)
from hypothesis import given, settings
from hypothesis import strategies as st

import extractor
from extractor.article import Article

PIECES = st.sampled_from(
    [
        *["%", "()", "-", "–", "/", "٫", "½", "²", "Ⅳ", "①", "0", "\u200f", "́", "\xa0", "万", "\n"],
        *["12,5", "1.234.567", "2024", "72-NQ/TW", "30/6/2025", "٢٠", "1/0", "%%"],
        *["triệu", "million", "سريرين", "من", "of", "before", "năm", "beds", "giường", "http://a.vn"],
        "per 10,000",
        "9" * 40,
    ]
)


@settings(max_examples=60)
@given(st.text(max_size=80), st.sampled_from(["en", "vi", "ar", "zh", "und", None]))
def test_any_text(text, language):
    extractor.load().extract(Article(text, language=language))


@settings(max_examples=100)
@given(
    st.lists(PIECES, max_size=14).map("".join) | st.lists(PIECES, max_size=14).map(" ".join), st.sampled_from(["en", "vi", "ar", "fr", "id", "ro"])
)
def test_any_order_of_figures(text, language):
    extraction = extractor.load().extract(Article(text, language=language))
    assert all(text[fact.start : fact.end] == fact.exact for fact in extraction.facts)


@pytest.mark.parametrize("text", ["", " ", "\n", "\x00", "\ufeff", "\ud800", "0", "%", "." * 1000, "1" * 5000, "(" * 500, "\u0301" * 50])
def test_odd_text(text):
    extractor.load().extract(text)


@pytest.mark.parametrize("source", ["https://baodaklak.写真：ズオン・ハー", "https://[baolaocai.vn", "http://", "https://a.vn:port/x"])
def test_odd_address(source):
    """An address that runs into the next words, or is none."""
    text = f"Lao Cai has 2,862 hospital beds.\n\nSource: {source}\n"
    extraction = extractor.load().extract(Article(text, url=source))
    assert [fact.exact for fact in extraction.facts] == ["2,862 hospital beds"]

"""An extraction as HTML."""

from __future__ import annotations

import html
import re

import pytest
from conftest import CORPUS

from extractor.article import Article
from extractor.rendering import render


def _words(page):
    return re.sub(r"\s+", "", html.unescape(re.sub(r"<[^>]*>", "", page)))


def test_kinds_and_indicators_stand_over_their_words(engine):
    page = render(engine.extract("In 2024 the province had 2,862 hospital beds."))
    assert re.search(r"2,862 hospital beds\s", page)
    assert "metric hospital_beds" in page
    assert "date period" in page
    assert "direction: ltr" in page


def test_right_to_left(engine):
    page = render(engine.extract(Article("بلغ عدد الأسرة 2,862 سريرا في عام 2024.\nخط ثان", language="ar")), page=True)
    assert '<html lang="ar">' in page
    assert page.count("direction: rtl") == 3  # the page and two lines
    assert "left: -1px" not in page, "the ends of a span are drawn on its right"
    assert "right: -1px" in page


@pytest.mark.parametrize("language", ["ar", "th", "zh"])
def test_all_words_are_there_and_none_are_cut(engine, language):
    text = sorted((CORPUS / language).glob("*.txt"))[0].read_bytes().decode("utf-8")
    extraction = engine.extract(Article(text, language=language))
    page = render(extraction)
    labels = {
        f"{fact.kind}{getattr(fact, 'indicator', None) or getattr(fact, 'role', None) or getattr(fact, 'type', '')}" for fact in extraction.facts
    }
    shown = re.sub("|".join(sorted(map(re.escape, labels), key=len, reverse=True)), "", _words(page))
    assert shown == re.sub(r"\s+", "", text)
    for fact in extraction.facts:
        assert html.escape(fact.exact, quote=False) in page or "\n" in fact.exact


def test_markup_in_the_text_is_text(engine):
    page = render(engine.extract("<script>alert(1)</script> In 2024 the province had 2,862 beds & 12 <b>doctors</b>."))
    assert "<script>" not in page
    assert "<b>" not in page
    assert "&lt;script&gt;" in page


def test_an_article_without_facts(engine):
    assert "direction" in render(engine.extract(""))

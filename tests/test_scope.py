"""Which words speak of the nation, and which of a province; what is no heading, and which country an article is about."""

from __future__ import annotations

import pytest

from extractor.article import Article, find_parts
from extractor.binding.context import Context

COUNTED = [
    ("en", "Hanoi is one of 61 provinces.", ["province", "nation"]),
    ("vi", "Hà Nội là một trong 61 tỉnh.", ["province", "nation"]),
    ("vi", "Toàn tỉnh có 61 giường bệnh.", ["province"]),
    ("zh", "河内是61个省市之一。", ["province", "nation"]),
]


@pytest.fixture
def context(engine):
    def recognize(language: str, text: str) -> Context:
        return engine.recognize(Article(text), language, find_parts(text))[0]

    return recognize


@pytest.mark.parametrize(("language", "text", "levels"), COUNTED)
def test_counted_provinces_speak_of_the_nation(context, language, text, levels):
    assert [level for _, level in context(language, text).scopes.found] == levels


def test_neighbours_in_a_bracket_are_not_the_country(context):
    text = "The rate is far below others (Philippines 0.36%, Laos 0.22%).\n\nIn Hanoi, 399 cases were recorded. Hanoi had 228 before."
    assert context("en", text).country == "VN"


def test_a_point_of_a_list_is_no_heading(context):
    found = context("en", "Outbreaks of the week\n\nNew cases:\n- Kampot province\n- Takeo province\n\nIn all 228 cases were told.")
    assert found.heading_before(found.quantities[0].start).place is None

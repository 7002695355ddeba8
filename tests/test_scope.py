"""Which words speak of the nation, and which of a province; what is no heading, and which country an article is about."""

from __future__ import annotations

import pytest

COUNTED = [
    ("en", "Hanoi is one of 61 provinces.", ["province", "nation"]),
    ("vi", "Hà Nội là một trong 61 tỉnh.", ["province", "nation"]),
    ("vi", "Toàn tỉnh có 61 giường bệnh.", ["province"]),
    ("zh", "河内是61个省市之一。", ["province", "nation"]),
]


@pytest.mark.parametrize(("language", "text", "levels"), COUNTED)
def test_counted_provinces_speak_of_the_nation(recognize, language, text, levels):
    assert [level for _, level in recognize(language, text).scopes.found] == levels


def test_neighbours_in_a_bracket_are_not_the_country(recognize):
    text = "The rate is far below others (Philippines 0.36%, Laos 0.22%).\n\nIn Hanoi, 399 cases were recorded. Hanoi had 228 before."
    assert recognize("en", text).country == "VN"


def test_a_point_of_a_list_is_no_heading(recognize):
    found = recognize("en", "Outbreaks of the week\n\nNew cases:\n- Kampot province\n- Takeo province\n\nIn all 228 cases were told.")
    assert found.heading_before(found.quantities[0].start).place is None


@pytest.mark.parametrize("opener", ["一、", "第一,", "一是", "第一に、", "(一)"])
def test_counted_points_are_of_the_list_above(recognize, opener):
    text = f"到2030年的目标如下。\n\n{opener}每万人口有35张病床。"
    context = recognize("zh", text)
    head = context.list_head(context.quantities[0].start)
    assert head is not None
    assert text[head.start : head.end].strip() == "到2030年的目标如下。"


OWN = [
    ("en", "Lai Chau has 9.8 doctors (national average: 14).", ["none", "nation:before"]),
    ("fr", "Le taux est de 28,3 % (contre 18,2 % dans tout le pays).", ["none", "nation:after"]),
    ("vi", "Toàn tỉnh có 154 xã, trong khi cả nước là 9.800 xã.", ["province:before", "nation:before"]),
]


@pytest.mark.parametrize(("language", "text", "owned"), OWN)
def test_a_word_for_an_area_is_the_figures_beside_it(recognize, language, text, owned):
    context = recognize(language, text)
    words = [context.area_words.own(quantity) for quantity in context.quantities]
    assert [f"{word.value}:{word.side}" if word is not None else "none" for word in words] == owned


ASIDE = [
    ("en", "The rate is 12 per cent, above the national average."),
    ("ja", "医師は9.8人で、全国平均を下回る。"),
    ("vi", "Tỷ lệ là 12%, cao hơn bình quân cả nước."),
    ("en", "In all 194 communes meet the national criteria."),
    ("it", "Sono 194 i comuni che soddisfano i criteri nazionali."),
]


@pytest.mark.parametrize(("language", "text"), ASIDE)
def test_what_is_only_measured_against_speaks_of_no_area(recognize, language, text):
    assert recognize(language, text).scopes.found == []


def test_a_name_spelt_again_is_no_dateline(recognize):
    assert recognize("ko", "뎅기열이 늘고 있다.\n\n껀터(Cần Thơ)시는 7월에 200건을 기록했다.").datelines == []

"""Which names of indicators and which words of rise and fall stand around a figure, with no other figure between."""

from __future__ import annotations

import pytest

from extractor.binding.decided import Decided
from extractor.binding.indicator import indicator_candidates
from extractor.binding.measure import FALL, measure_candidates

CASES_OF_DEATHS = {
    "en": "The number of deaths fell by 79 cases.",
    "es": "El número de muertes bajó en 79 casos.",
    "ro": "Numărul de decese a scăzut cu 79 de cazuri.",
    "vi": "Số ca tử vong giảm 79 trường hợp.",
    "id": "Jumlah kematian turun 79 kasus.",
}


def features(candidates, value):
    return {feature for candidate in candidates if candidate.value == value for feature in candidate.features}


@pytest.mark.parametrize("language", CASES_OF_DEATHS)
def test_cases_beside_a_name_of_deaths_are_told_apart_from_cases_alone(recognize, language):
    told = features(indicator_candidates(recognize(language, CASES_OF_DEATHS[language]), 0, []), "disease_cases")
    assert any(feature.startswith(("beside:inside:cases:before:deaths", "beside:inside:disease_cases:before:deaths")) for feature in told)


def test_a_name_of_another_figure_is_not_beside(recognize):
    context = recognize("en", "There were 12 deaths and 79 cases.")
    told = features(indicator_candidates(context, 1, []), "disease_cases")
    assert "beside:inside:cases:before:none" in told


def test_how_close_a_name_is(recognize):
    context = recognize("en", "Doctors: 300. The nurses number 400.")
    assert "close:before:doctors:far" in features(indicator_candidates(context, 0, []), "doctors")
    assert "close:before:nurses:near" in features(indicator_candidates(context, 1, []), "nurses")


@pytest.mark.parametrize("language", CASES_OF_DEATHS)
def test_a_word_of_fall_and_what_stands_behind_it_count_together(recognize, language):
    context = recognize(language, CASES_OF_DEATHS[language])
    quantity = context.quantities[0]
    told = features(measure_candidates(context, 0, [], Decided(quantity, quantity.unit)), FALL)
    assert f"change|moved:change_by:near:{quantity.unit_class}" in told


def test_deaths_of_an_article_that_names_a_disease_once(recognize):
    context = recognize("en", "Dengue is spreading in the south. The hospital reported three deaths this week.")
    assert "disease_deaths" in {mention.indicator for mention in context.indicators}

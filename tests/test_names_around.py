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


PATIENTS_WHO_DIED = {
    "en": "There were 430 cases of measles; 29 cases have died.",
    "es": "Hay 430 casos de sarampión; 29 casos han fallecido.",
    "vi": "Tỉnh có 430 ca mắc sởi; 12 ca đã tử vong.",
    "id": "Ada 430 kasus campak; 29 kasus telah meninggal dunia.",
    "ko": "홍역 환자는 430명이며, 그중 29건은 사망했다.",
    "zh": "全省有430例麻疹病例,其中29例已死亡。",
}


@pytest.mark.parametrize("language", PATIENTS_WHO_DIED)
def test_what_is_said_of_cases_at_the_end_of_their_clause(recognize, language):
    candidates = indicator_candidates(recognize(language, PATIENTS_WHO_DIED[language]), 1, [])
    assert any(feature.startswith("said:same:deaths:") for feature in features(candidates, "disease_deaths"))
    assert any(feature.startswith("said:other:deaths:") for feature in features(candidates, "disease_cases"))


@pytest.mark.parametrize(("language", "text"), [("en", "There were 41 cases of measles and no deaths."), ("es", "Hubo 41 casos y ninguna muerte.")])
def test_what_is_joined_to_cases_is_not_said_of_them(recognize, language, text):
    told = features(indicator_candidates(recognize(language, text), 0, []), "disease_cases")
    assert not any(feature.startswith("said:") for feature in told)


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

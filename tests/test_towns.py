"""Towns place what is said of them, where their area is what the article is about."""

from __future__ import annotations

import pytest

from extractor.article import Article
from extractor.gazetteer import town_names
from extractor.packs import load_pack, pack_codes


def places(engine, language: str, text: str) -> list[str | None]:
    return [fact["place"] for fact in engine.extract(Article(text, language=language)).to_dict()["facts"] if fact["kind"] in ("metric", "target")]


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("fr", "Vannes : l'hôpital ferme des lits\n\nL'hôpital de Vannes compte 412 lits en 2024.", "FR-56"),
        ("pt", "Faro ganha novo centro de saúde\n\nEm 2024, Faro tinha 126 médicos de família.", "PT-08"),
        ("de", "Wuppertal: Klinikum baut Betten ab\n\nDas Klinikum in Wuppertal hatte 2024 noch 980 Betten.", "DE-NW"),
        ("ru", "В Магнитогорске открыли новую поликлинику\n\nВ 2024 году в Магнитогорске работали 612 врачей.", "RU-CHE"),
    ],
)
def test_town_in_the_title_places_the_article(engine, language, text, place):
    assert places(engine, language, text) == [place]


def test_a_town_named_in_passing_places_nothing(engine):
    text = "Doctors in the United States\n\nIn 2024 the United States had 1,080,000 doctors. The report was presented in Peoria on Monday."
    assert places(engine, "en", text) == ["US"]


def test_several_towns_of_one_area_place_what_names_nothing_else(engine):
    assert set(places(engine, "pt", "Foram abertos 30 leitos em Palmas, 12 em Gurupi e 9 em Araguaína.")) == {"BR-TO"}
    assert set(places(engine, "pt", "Foram abertos 30 leitos em Palmas, 12 em Curitiba e 9 em Sobral.")) != {"BR-TO"}


def test_a_first_or_family_name_is_no_town(engine):
    text = "Health in Kenya\n\nIn 2024 Kenya had 13,000 doctors, said Houston Smith and Anna Houston."
    assert places(engine, "en", text) == ["KE"]


def test_towns_are_of_the_listed_countries_and_in_the_pack_s_script():
    for code in pack_codes():
        pack = load_pack(code)
        towns = town_names(pack)
        assert {area[:2] for area in towns} <= set(pack.pack.towns)
        if pack.pack.towns and code not in ("zh",):
            assert towns, code
    assert all(any("\u0400" <= letter <= "\u04ff" for letter in name) for names in town_names(load_pack("ru")).values() for name in names)

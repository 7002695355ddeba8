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


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("it", "Nel distretto di Hoai Duc sono stati visitati 1.200 bambini.", ["VN-HN"]),
        ("vi", "Huyện Bắc Hà có 35 bác sĩ.", ["VN-02"]),
        ("vi", "Huyện Thanh Hà có 35 bác sĩ.", ["VN-61"]),
        ("vi", "Bà Thanh Hà khám cho 35 bệnh nhân.", [None]),
        ("vi", "Bác sĩ Nguyễn Thanh Liêm khám cho 35 bệnh nhân.", [None]),
        ("en", "Thanh Ha District has 35 doctors.", ["VN-61"]),
        ("fr", "Le Mans compte 40 médecins.", ["FR-72"]),
        ("es", "El Instituto Central asignó 451.700 dosis. Meta: 95 % de los niños.", [None, None]),
    ],
)
def test_districts_of_viet_nam(engine, language, text, codes):
    assert places(engine, language, text) == codes


def test_towns_are_of_the_listed_countries_and_in_the_pack_s_script():
    for code in pack_codes():
        pack = load_pack(code)
        towns = town_names(pack)
        assert {area[:2] for area in towns} <= set(pack.pack.towns)
        if pack.pack.towns and code not in ("zh",):
            assert towns, code
    assert all(any("\u0400" <= letter <= "\u04ff" for letter in name) for names in town_names(load_pack("ru")).values() for name in names)


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("fr", "Dans le Centre-Nord, la province de Quang Nam compte 2 140 lits.", "VN-27"),
        ("fr", "Au Burkina Faso, la région du Centre-Nord compte 296 lits.", "BF-05"),
        ("vi", "Tỉnh Hòa Bình có 2.140 giường bệnh.", "VN-14"),
        ("vi", "Huyện Quảng Ninh có 140 giường bệnh.", "VN-24"),
        ("th", "จังหวัดนินห์บิ่ญมีเตียง 2,140 เตียง", "VN-18"),
    ],
)
def test_names_that_others_share_are_of_the_country_that_is_spoken_of(engine, language, text, place):
    assert places(engine, language, text) == [place]


@pytest.mark.parametrize("named", ["la comuna de Quang Tri", "el barrio de Quang Tri"])
def test_a_commune_that_bears_the_name_of_a_province(engine, named):
    text = f"La provincia de Lam Dong notificó 31 casos de dengue. En {named} hubo 12 casos."
    facts = engine.extract(Article(text, language="es")).facts
    assert [fact.place for fact in facts if fact.kind == "metric"] == ["VN-35", "VN-35"]


def test_the_communes_of_a_province_speak_of_it(engine):
    facts = engine.extract(Article("Las 14 comunas de Quang Tri tienen médico.", language="es")).facts
    assert [fact.place for fact in facts if fact.kind == "metric"] == ["VN-25"]


def test_a_name_amid_a_longer_one_of_other_letters_is_no_place(engine):
    assert places(engine, "ko", "이 병원은 An Dai Loc Construction 회사가 짓고 있으며 병상은 120개이다.") == [None]
    assert places(engine, "ko", "꽝남성 Dai Loc 현의 병원에는 병상 120개가 있다.") == ["VN-27"]

"""The hospital that a figure is about: named in the article's words, and null where the figure is an area's."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from extractor import Article, load
from extractor.cli import app
from extractor.evaluation.facilities import same_facility
from extractor.packs import PackError, load_pack, load_pack_from, pack_codes

# None of these is in corpus/.
NAMED = [
    ("ar", "أجرى مستشفى حمد العام 1250 عملية جراحية في عام 2024.", "مستشفى حمد العام"),
    ("de", "Das Universitätsklinikum Freiburg behandelte 2024 rund 71.000 stationäre Patienten.", "Universitätsklinikum Freiburg"),
    ("en", "Bach Mai Hospital performed 1,250 operations in 2024.", "Bach Mai Hospital"),
    ("es", "El Hospital Clínico San Carlos realizó 1.250 operaciones en 2024.", "Hospital Clínico San Carlos"),
    ("fr", "Le CHU de Grenoble a réalisé 1 250 opérations en 2024.", "CHU de Grenoble"),
    ("id", "RSUD Dr. Soetomo melakukan 1.250 operasi pada tahun 2024.", "RSUD Dr. Soetomo"),
    ("it", "L'Ospedale Niguarda ha eseguito 1.250 interventi chirurgici nel 2024.", "Ospedale Niguarda"),
    ("ja", "倉敷中央病院は2024年に手術を1,250件実施した。", "倉敷中央病院"),
    ("ko", "전주 종합병원은 2024년에 수술 1,250건을 시행했다.", "전주 종합병원"),
    ("ms", "Hospital Sultanah Aminah menjalankan 1,250 pembedahan pada tahun 2024.", "Hospital Sultanah Aminah"),
    ("pt", "O Hospital de Santa Maria realizou 1.250 cirurgias em 2024.", "Hospital de Santa Maria"),
    ("ro", "Spitalul Clinic „Sf. Pantelimon” a efectuat 1.250 de operații în 2024.", "Spitalul Clinic „Sf. Pantelimon”"),
    ("ru", "Самарская областная больница провела в 2024 году 1 250 операций.", "Самарская областная больница"),
    ("th", "โรงพยาบาลศิริราช ผ่าตัดผู้ป่วย 1,250 ราย ในปี 2567", "โรงพยาบาลศิริราช"),
    ("vi", "Bệnh viện Bạch Mai thực hiện 1.250 ca phẫu thuật trong năm 2024.", "Bệnh viện Bạch Mai"),
    ("zh", "2024年，浏阳市人民医院完成手术1250台。", "浏阳市人民医院"),
]
AREAS = [
    ("en", "The province has 2,862 hospital beds and 640 doctors."),
    ("vi", "Toàn tỉnh có 12 bệnh viện với 2.862 giường bệnh."),
    ("fr", "La province compte 12 hôpitaux et 2 862 lits."),
    ("zh", "全省有12家医院，病床2862张。"),
    ("ru", "В области 12 больниц, 2 862 койки."),
]


def facilities(language: str, text: str) -> list[str | None]:
    return [fact.facility for fact in load().extract(Article(text, language=language)).facts if fact.kind in ("metric", "target")]


@pytest.mark.parametrize(("language", "text", "name"), NAMED, ids=[row[0] for row in NAMED])
def test_a_hospital_of_the_sentence_is_named(language, text, name):
    assert facilities(language, text) == [name]
    assert name in text


@pytest.mark.parametrize(("language", "text"), AREAS, ids=[row[0] for row in AREAS])
def test_hospitals_that_are_counted_are_no_facility(language, text):
    found = facilities(language, text)
    assert len(found) == 2
    assert set(found) == {None}


def test_a_hospital_of_another_sentence_is_told_from_its_province():
    text = (
        "Lao Cai health sector in 2024\n\nThe province has 2,862 hospital beds, or 38.5 beds per 10,000 people.\n\n"
        "Sapa General Hospital treated 4,120 inpatients in 2024."
    )
    assert facilities("en", text) == [None, None, "Sapa General Hospital"]


def test_the_head_alone_points_back_to_the_name():
    text = "Bệnh viện Bạch Mai khởi công cơ sở mới.\nBệnh viện có 1.200 giường bệnh và 300 bác sĩ."
    assert facilities("vi", text) == ["Bệnh viện Bạch Mai", "Bệnh viện Bạch Mai"]


def test_words_are_those_of_the_source():
    """Invisible characters inside a name stay where the article has them."""
    text = "Bach\u200b Mai Hospital performed 1,250 operations in 2024."
    assert facilities("en", text) == ["Bach\u200b Mai Hospital"]


def test_every_language_knows_names_of_facilities():
    for code in pack_codes():
        assert load_pack(code).facilities.heads, code


def test_a_wrong_facilities_file_is_refused(tmp_path):
    folder = tmp_path / "tq"
    folder.mkdir()
    (folder / "pack.toml").write_text('language = "tq"\nname = "Toy"\n', encoding="utf-8")
    (folder / "terms.toml").write_text("", encoding="utf-8")
    (folder / "facilities.toml").write_text('side = "above"\n', encoding="utf-8")
    with pytest.raises(PackError, match=r"facilities\.toml: side"):
        load_pack_from(folder, "tq")


def test_explain_shows_the_decision(tmp_path):
    file = tmp_path / "article.txt"
    file.write_text("Bach Mai Hospital performed 1,250 operations in 2024.", encoding="utf-8")
    shown = CliRunner().invoke(app, ["explain", str(file)]).output
    assert "facility: 'Bach Mai Hospital'" in shown
    assert "facility 'Bach Mai Hospital' (proper)" in shown


def test_evaluate_reports_precision_and_recall(tmp_path):
    """Only of articles whose gold gives the field; there, a quantity without it has none."""
    text = "Bach Mai Hospital performed 1,250 operations in 2024.\nThe province has 640 doctors."
    facts = [
        {"kind": "metric", "exact": "1,250 operations", "value": 1250, "unit": "1", "facility": "Bach Mai Hospital"},
        {"kind": "metric", "exact": "640 doctors", "value": 640, "unit": "1"},
        {"kind": "date", "exact": "2024", "value": "2024", "role": "period"},
    ]
    (tmp_path / "en-a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "en-a.gold.json").write_text(json.dumps({"language": "en", "facts": facts}), encoding="utf-8")
    (tmp_path / "en-b.txt").write_text(text, encoding="utf-8")
    del facts[0]["facility"]
    (tmp_path / "en-b.gold.json").write_text(json.dumps({"language": "en", "facts": facts}), encoding="utf-8")
    shown = json.loads(CliRunner().invoke(app, ["evaluate", str(tmp_path), "--json"]).stdout)
    assert shown["facilities"]["en"] == {"f1": 1.0, "precision": 1.0, "recall": 1.0, "gold": 1, "found": 1}


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("l'Hôpital général provincial", "Hôpital général provincial", True),
        ("Spitalul General", "Spitalului General Tien Giang", True),
        ("顺化中央医院", "中央医院", True),
        ("CHU de Nantes", "CHU d'Agadir", False),
        ("Bệnh viện Bạch Mai", None, False),
        (None, None, True),
    ],
)
def test_forms_of_one_name(wanted, found, same):
    assert same_facility(wanted, found) is same

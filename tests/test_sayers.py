"""Who says so: the person or body that the article names beside a figure, and nobody rather than a guess."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from extractor import Article, load
from extractor.cli import app
from extractor.evaluation.sayers import same_words
from extractor.packs import PackError, load_pack, load_pack_from, pack_codes
from extractor.schema import Extraction

# None of these is in corpus/.
NAMED = [
    ("ar", "وقال الدكتور سامي حداد، مدير المستشفى، إن القسم استقبل 1250 مريضا في عام 2024.", "سامي حداد", "مدير المستشفى"),
    ("de", "„Wir haben 250 Betten“, sagte Chefärztin Dr. Anna Weber am Montag.", "Anna Weber", "Chefärztin"),
    ("en", "Dr Grace Achieng, the deputy director of Moi Hospital, said it had 250 beds.", "Grace Achieng", "deputy director of Moi Hospital"),
    ("es", "El hospital tiene 250 camas, explicó la directora del centro, Lucía Paredes.", "Lucía Paredes", "directora del centro"),
    ("fr", "« Nous avons 250 lits », a déclaré Mme Awa Diop, directrice de l'hôpital.", "Awa Diop", "directrice de l'hôpital"),
    ("id", "Kepala Dinas Kesehatan Sari Wulandari mengatakan, kota itu memiliki 250 tempat tidur.", "Sari Wulandari", "Kepala Dinas Kesehatan"),
    ("it", "La dottoressa Carla Neri, direttrice dell'ospedale, ha detto che ci sono 250 posti letto.", "Carla Neri", "direttrice dell'ospedale"),
    ("ja", "市立病院の副院長グエン・ヴァン・アンさんは「病床は250床です」と話した。", "グエン・ヴァン・アン", "市立病院の副院長"),
    ("ko", '박서준 원장은 "병상은 250개"라고 말했다.', "박서준", "원장"),
    ("ms", "Pengarah hospital, Dr Aminah Yusof, berkata hospital itu mempunyai 250 katil.", "Aminah Yusof", "Pengarah hospital"),
    ("nl", "“We hebben 250 bedden”, zei directeur Karin Visser.", "Karin Visser", "directeur"),
    ("pt", "O hospital tem 250 leitos, disse o diretor clínico, Rui Tavares.", "Rui Tavares", "diretor clínico"),
    ("ro", "Spitalul are 250 de paturi, a declarat directorul medical, dr. Ioana Pop.", "Ioana Pop", "directorul medical"),
    ("ru", "В больнице 250 коек, сообщила главный врач Ольга Смирнова.", "Ольга Смирнова", "главный врач"),
    ("th", "นพ.สมชาย ใจดี ผู้อำนวยการโรงพยาบาล กล่าวว่า โรงพยาบาลมี 250 เตียง", "สมชาย ใจดี", "ผู้อำนวยการโรงพยาบาล"),
    ("vi", "Theo bà Lê Thị Hoa, Giám đốc Sở Y tế, tỉnh có 250 giường bệnh.", "Lê Thị Hoa", "Giám đốc Sở Y tế"),
    ("zh", "市医院院长王建国说，医院有250张病床。", "王建国", "市医院院长"),
]
BODIES = [
    ("en", "According to the Ministry of Health, the province has 250 hospital beds.", "Ministry of Health"),
    ("fr", "La province compte 250 lits, selon le Département de la santé.", "Département de la santé"),
    ("ja", "県健康福祉部によると、病床は250床だった。", "県健康福祉部"),
    ("ko", "질병관리청에 따르면 환자는 250명이다.", "질병관리청"),
    ("ru", "По данным Минздрава, в области 250 больниц.", "Минздрава"),
    ("vi", "Theo Chi cục Dân số, tỉnh có 250 bác sĩ.", "Chi cục Dân số"),
]
NOBODY = [
    ("en", "According to the report, the province has 250 hospital beds."),
    ("en", "The province has 250 hospital beds and 64 doctors."),
    ("en", "According to Decision 1896/QD-TTg of the Prime Minister, there must be 250 hospital beds."),
    ("fr", "Selon la loi, la province doit avoir 250 lits."),
    ("vi", "Theo báo cáo, tỉnh có 250 giường bệnh."),
    ("zh", "根据计划，全省将有250张病床。"),
]


def reported(language: str, text: str) -> list[tuple[str | None, str | None] | None]:
    """Name and role of each quantity's sayer, in the order of the text."""
    facts = load().extract(Article(text, language=language)).facts
    return [fact.reported_by and (fact.reported_by.name, fact.reported_by.role) for fact in facts if fact.kind in ("metric", "target")]


@pytest.mark.parametrize(("language", "text", "name", "role"), NAMED, ids=[row[0] for row in NAMED])
def test_a_person_with_a_role(language, text, name, role):
    assert reported(language, text) == [(name, role)]


def test_every_language_has_a_case_and_words_of_saying():
    assert {row[0] for row in NAMED} == set(pack_codes())
    for code in pack_codes():
        rules = load_pack(code).speakers
        assert rules.said, code
        assert rules.according or rules.according_after, code
        assert rules.roles, code
        assert rules.bodies, code


@pytest.mark.parametrize(("language", "text", "name"), BODIES, ids=[row[0] for row in BODIES])
def test_a_body(language, text, name):
    assert reported(language, text) == [(name, None)]


@pytest.mark.parametrize(("language", "text"), NOBODY)
def test_nobody_rather_than_a_guess(language, text):
    assert set(reported(language, text)) == {None}


def test_the_name_is_where_the_offsets_say():
    text = "Dr\u200b Grace Ach\u200bieng, the matron, said the ward had 250 beds."
    (fact,) = [fact for fact in load().extract(Article(text, language="en")).facts if fact.kind == "metric"]
    sayer = fact.reported_by
    assert text[sayer.start : sayer.end] == sayer.name == "Grace Ach\u200bieng"


def test_a_role_alone_has_the_offsets():
    text = "The hospital has 250 beds, said the head nurse."
    (fact,) = [fact for fact in load().extract(Article(text, language="en")).facts if fact.kind == "metric"]
    assert (fact.reported_by.name, fact.reported_by.role) == (None, "head nurse")
    assert text[fact.reported_by.start : fact.reported_by.end] == "head nurse"


def test_a_sayer_that_points_elsewhere_is_an_error():
    record = load().extract(Article("The hospital has 250 beds, said the head nurse.", language="en")).to_dict()
    record["facts"][0]["reported_by"]["start"] += 1
    with pytest.raises(ValueError, match="reported_by is not text"):
        Extraction.model_validate_json(json.dumps(record))


def test_a_quotation_keeps_its_sayer_over_sentences():
    text = '"We have 250 beds. Last year there were 200," said Dr Grace Achieng, the matron. "We need 300."\n\nThe town has 4,000 people.'
    assert reported("en", text) == [("Grace Achieng", "matron")] * 3 + [None]


def test_a_new_sayer_takes_over():
    text = 'Dr Grace Achieng said there were 250 beds. Senator Paul Otieno said 300 were needed: "We will pay for 50."'
    assert [sayer and sayer[0] for sayer in reported("en", text)] == ["Grace Achieng", "Paul Otieno", "Paul Otieno"]


def test_a_short_name_and_a_pronoun_are_the_person_named_above():
    text = "Dr Grace Achieng, the matron, said there were 250 beds. She said 300 were needed.\n\nDr Achieng said 12 nurses had left."
    assert reported("en", text) == [("Grace Achieng", "matron")] * 3


def test_the_articles_own_words_are_nobodys():
    text = '"We have 250 beds," said the minister after a meeting of four hours. The province has 12 hospitals.'
    assert reported("en", text) == [(None, "minister"), None, None]


def test_tables_have_name_and_role():
    extractor = load()
    frame = extractor.to_frame([extractor.extract(Article(NAMED[2][1], language="en"))])
    row = frame[frame["kind"] == "metric"].iloc[0]
    assert (row["reported_by_name"], row["reported_by_role"]) == NAMED[2][2:]


def test_explain_says_who_and_by_which_word(tmp_path):
    file = tmp_path / "a.txt"
    file.write_text(NAMED[2][1], encoding="utf-8")
    shown = CliRunner().invoke(app, ["explain", str(file), "--language", "en"]).stdout
    assert "attribution by 'said': Grace Achieng, deputy director of Moi Hospital" in shown
    assert "    reported_by: Grace Achieng, deputy director of Moi Hospital" in shown


def test_gold_gives_precision_and_recall(tmp_path):
    (tmp_path / "a.txt").write_text(f"{NAMED[2][1]} The town has 12 schools.", encoding="utf-8")
    facts = [
        {"kind": "metric", "exact": "250 beds", "value": 250, "unit": "1",
         "reported_by": {"name": "Grace Achieng", "role": "deputy director"}},
        {"kind": "metric", "exact": "12 schools", "value": 12, "unit": "1"},
    ]  # fmt: skip
    (tmp_path / "a.gold.json").write_text(json.dumps({"language": "en", "facts": facts}), encoding="utf-8")
    shown = json.loads(CliRunner().invoke(app, ["evaluate", str(tmp_path), "--json"]).stdout)
    assert shown["sayers"]["en"]["sayer"] == {"f1": 1.0, "precision": 1.0, "recall": 1.0, "gold": 1, "found": 1}
    assert shown["sayers"]["en"]["role"] == {"f1": 1.0, "precision": 1.0, "recall": 1.0, "gold": 1, "found": 1}
    assert "Who says so" in CliRunner().invoke(app, ["evaluate", str(tmp_path)]).stdout


@pytest.mark.parametrize(
    ("wanted", "found", "same"),
    [
        ("Hauwa Lawan", "Lawan", True),
        ("directeur de la santé", "directeur", True),
        ("副院長", "総合病院の副院長", True),
        ("Hauwa Lawan", "Koffi Yao", False),
        ("WHO", None, False),
        (None, None, True),
    ],
)
def test_same_words(wanted, found, same):
    assert same_words(wanted, found) is same


def test_a_wrong_speakers_file_is_refused(tmp_path):
    folder = tmp_path / "tq"
    folder.mkdir()
    (folder / "pack.toml").write_text('language = "tq"\nname = "Toy"\n', encoding="utf-8")
    (folder / "terms.toml").write_text("", encoding="utf-8")
    (folder / "speakers.toml").write_text('side = "above"\n', encoding="utf-8")
    with pytest.raises(PackError, match=r"speakers\.toml: side"):
        load_pack_from(folder, "tq")

"""Reprints that have few figures are told by their wording; bulletins that are written by a template are not."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractor.dataset import Filters, build, query

BULLETIN = """Lao Cai dengue bulletin, week {week}

The preventive medicine centre of Lao Cai province recorded {cases} new cases of dengue fever in week {week} of 2025. The number of patients in
hospital was {patients}, and no deaths were recorded. Since the beginning of the year the province has recorded {total} cases. The centre asks
households to empty water containers, to sleep under nets and to see a doctor as soon as a fever begins. Health stations are to report every case
within 24 hours, and communes with more than 5 cases are to spray within 48 hours. The next bulletin will be published on Friday {day}/{month}/2025.
"""
WEEKS = (
    {"week": 31, "cases": 45, "patients": 12, "total": 712, "day": 8, "month": 8},
    {"week": 32, "cases": 51, "patients": 17, "total": 763, "day": 15, "month": 8},
    {"week": 33, "cases": 38, "patients": 14, "total": 801, "day": 22, "month": 8},
)
NOTE = """Nurses return to the mountain

After two years without a single nurse the health station of Y Ty has one again. Giang Thi Mai, who was born in the next village, came back from
the college of medicine in the lowlands and moved into the small room behind the pharmacy. She is 24 years old and is paid by the commune, she
says, because nobody else would do it. The station looks after 3,400 people, most of whom walk for hours to be seen by somebody. The head of the
commune promised that the road would be mended before the rains of 2026, and that a second nurse would be looked for in the meantime.
"""
THAI = """โรงพยาบาลส่งเสริมสุขภาพตำบลบ้านใหม่เปิดให้บริการผู้สูงอายุในชุมชนโดยมีพยาบาลวิชาชีพออกเยี่ยมบ้านทุกสัปดาห์ตั้งแต่ปี 2567 มีผู้สูงอายุเข้าร่วม 312 คน
และมีอาสาสมัครสาธารณสุขประจำหมู่บ้าน 45 คนช่วยดูแลผู้ป่วยติดเตียงที่ไม่สามารถเดินทางมาโรงพยาบาลได้ด้วยตนเอง"""


def extraction(number, text, *figures, place="VN-02"):
    """A line of a run; each figure is a word of the text, as a metric of the place."""
    facts = []
    for value in figures:
        start = re.search(rf"\b{value}\b", text).start()
        end = start + len(str(value))
        facts.append({"id": f"{number:08x}{len(facts):08x}", "kind": "metric", "start": start, "end": end, "exact": text[start:end],
                      "sentence": [start, end], "confidence": 0.9, "indicator": "cases", "value": value, "unit": "1", "place": place,
                      "period": "2025"})  # fmt: skip
    known = {"id": f"{number:016x}", "source": f"{number}.txt", "language": "en", "language_confidence": 1.0, "text": text}
    return json.dumps({"article": known, "facts": facts}) + "\n"


def clusters(folder, *lines):
    (folder / "run.jsonl").write_text("".join(lines), encoding="utf-8")
    build([folder / "run.jsonl"], folder / "dataset")
    return query(folder / "dataset", "clusters", Filters())


@pytest.mark.parametrize(
    "reprint",
    [
        NOTE,
        "From our reporters. " + NOTE + "\nCopyright of the paper, all rights reserved.",
        NOTE.replace("who was born in the next village, ", "").replace("\n", " "),
        NOTE.upper(),
    ],
    ids=["copy", "with a frame", "shortened and set anew", "in capitals"],
)
def test_reprint_with_few_figures(tmp_path, reprint):
    (row,) = clusters(tmp_path, extraction(1, NOTE), extraction(2, reprint + " "))
    assert row["alike"] == "wording"
    assert re.fullmatch(r"the same numbers in the same words: \d+% of the wording in common", row["reason"])


def test_reprint_in_a_script_without_spaces(tmp_path):
    (row,) = clusters(tmp_path, extraction(1, THAI), extraction(2, "ข่าว: " + THAI))
    assert row["alike"] == "wording"


def test_bulletins_of_a_template_are_not_one(tmp_path):
    lines = [extraction(week["week"], BULLETIN.format(**week), week["cases"], week["patients"], week["total"]) for week in WEEKS]
    assert clusters(tmp_path, *lines) == []


def test_bulletins_of_two_places_are_not_one(tmp_path):
    """Nor where all of their few numbers are the same."""
    here = "\n".join(BULLETIN.format(**WEEKS[0]).splitlines()[:3])
    here += " The centre asks households to empty water containers, to sleep under nets and to see a doctor as soon as a fever begins."
    there = here.replace("Lao Cai", "Yen Bai")
    rows = clusters(tmp_path, extraction(1, here, 45), extraction(2, there, 45, place="VN-06"))
    assert rows == []


def test_bulletin_and_its_reprint_among_others(tmp_path):
    texts = [BULLETIN.format(**week) for week in WEEKS]
    lines = [extraction(number, text) for number, text in enumerate([*texts, "By our reporters. " + texts[1]])]
    (row,) = clusters(tmp_path, *lines)
    assert {row["article_id"], row["like_article"]} == {f"{1:016x}", f"{3:016x}"}


def test_other_articles_on_the_same_are_not_one(tmp_path):
    """Same numbers, other words."""
    other = """The health station of Y Ty in figures. In 2026 a road is to come. The station has one nurse, aged 24, for 3,400 people, and needs
    another one. The commune pays the salary of the woman, whose family lives close by, since the province had no money left for posts like hers, and
    hopes that somebody will apply for the second post that has been open for such a long time without any answer from the young people who left."""
    assert clusters(tmp_path, extraction(1, NOTE), extraction(2, other)) == []


@settings(max_examples=20, deadline=None)
@given(
    one=st.fixed_dictionaries({name: st.integers(10, 999) for name in ("cases", "patients", "total")}),
    other=st.fixed_dictionaries({name: st.integers(1000, 9999) for name in ("cases", "patients", "total")}),
)
def test_whatever_their_figures_are(one, other, tmp_path_factory):
    weeks = [{**WEEKS[0], **one}, {**WEEKS[1], **other}]
    lines = [extraction(number, BULLETIN.format(**week)) for number, week in enumerate(weeks)]
    assert clusters(tmp_path_factory.mktemp("bulletins"), *lines) == []

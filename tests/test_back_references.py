"""Words that point back to a date: the week, the month, the period, then."""

from __future__ import annotations

import pytest

from extractor.article import Article, find_parts
from extractor.pipeline import load

WEEKS = {
    "en": "From 3 to 9 June 2024 the centre took samples. In the past week the city recorded 16 cases.",
    "vi": "Từ ngày 3/6 đến ngày 9/6/2024, trung tâm lấy mẫu. Tuần qua thành phố ghi nhận 16 ca.",
    "id": "Dari 3 hingga 9 Juni 2024 pusat mengambil sampel. Pekan lalu kota mencatat 16 kasus.",
    "fr": "Du 3 au 9 juin 2024, le centre a prélevé des échantillons. La semaine dernière, la ville a recensé 16 cas.",
    "ar": "من 3 إلى 9 يونيو 2024 جمع المركز عينات. خلال الأسبوع سجلت المدينة 16 حالة.",
    "zh": "2024年6月3日至9日，中心采样。上周全市报告16例病例。",
}


def moments(language: str, text: str) -> list[str]:
    """Values of what says when, without being a date itself."""
    context = load().recognize(Article(text, language=language), language, find_parts(text))[0]
    return [moment.value for moment in context.moments if moment.role == "relative"]


@pytest.mark.parametrize("language", WEEKS)
def test_the_week_is_the_one_named(language):
    assert moments(language, WEEKS[language]) == ["2024-06-03/2024-06-09"]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Goals are set for 2025 and for 2030. By then there are to be 45 beds per 10,000 people.", ["2030"]),
        ("In May 2024 there were 12 outbreaks. During the month 300 people were treated.", ["2024-05"]),
        ("The plan is for 2021-2025. In this period 12 stations are built.", ["2021/2025"]),
        ("In the past week the city recorded 16 cases.", []),
        ("Decree 12/2024/ND-CP of 3 March 2024 says so. By then there are 12 stations.", []),
    ],
)
def test_what_is_pointed_to_is_of_its_kind_and_no_document_s_date(text, values):
    assert moments("en", text) == values


YEARS_BEFORE = {
    "en": "The review of 2022: there were 48 cases in 2022; a year earlier there were 165.",
    "vi": "Tổng kết năm 2022: năm 2022 có 48 ca; một năm trước đó có 165 ca.",
    "id": "Tinjauan tahun 2022: pada tahun 2022 ada 48 kasus; setahun sebelumnya ada 165.",
    "ms": "Tinjauan tahun 2022: pada tahun 2022 terdapat 48 kes; setahun sebelumnya 165.",
    "fr": "Bilan de 2022 : en 2022, on a compté 48 cas ; un an plus tôt, 165.",
    "es": "Balance de 2022: en 2022 hubo 48 casos; un año antes, 165.",
    "pt": "Balanço de 2022: em 2022 houve 48 casos; um ano antes, 165.",
    "it": "Bilancio del 2022: nel 2022 ci sono stati 48 casi; un anno prima 165.",
    "ro": "Bilanțul anului 2022: în 2022 au fost 48 de cazuri; cu un an înainte, 165.",
    "de": "Bilanz 2022: Im Jahr 2022 gab es 48 Fälle; ein Jahr zuvor waren es 165.",
    "ru": "Итоги 2022 года: в 2022 году было 48 случаев, годом ранее – 165.",
    "ar": "حصيلة عام 2022: سُجلت 48 حالة في عام 2022، وفي العام السابق 165 حالة.",
    "zh": "2022年总结：2022年48例，上年165例。",
    "ja": "2022年のまとめ：2022年は48人、前年は165人だった。",
    "ko": "2022년 결산: 2022년 48명, 전년에는 165명이었다.",
    "th": "สรุปปี 2565: ปี 2565 มีผู้ป่วย 48 ราย ปีก่อนหน้า 165 ราย",
}


@pytest.mark.parametrize("language", YEARS_BEFORE)
def test_a_year_earlier_is_counted_from_the_year_spoken_of(language):
    """Not from that of writing, which an article of 2025 may name elsewhere."""
    written = {"th": "\nวันที่ 3 มีนาคม 2568", "zh": "\n2025年3月3日", "ja": "\n2025年3月3日", "ko": "\n2025년 3월 3일"}.get(language, "\n03/03/2025")
    assert moments(language, YEARS_BEFORE[language] + written) == ["2021"]


def test_a_year_earlier_is_counted_from_the_latest_of_the_years_around():
    text = "In 2022 there were 48 cases, 12% more than in 2020. A year earlier there were 165. By 2027 it is to close; a year earlier another opens."
    assert moments("en", text) == ["2021", "2021"]


def test_they_are_no_dates_of_their_own():
    facts = load().extract(Article(WEEKS["en"], language="en")).facts
    assert [fact.value for fact in facts if fact.kind == "date"] == ["2024-06-03/2024-06-09"]


def test_a_week_whose_days_nobody_says_is_of_the_year_written_onto_its_number():
    text = "Hingga minggu ke 8/2023 tercatat 328 kasus campak."
    assert moments("id", text) == ["2023"]
    facts = load().extract(Article(text, language="id")).facts
    assert [(fact.kind, fact.value, fact.period) for fact in facts] == [("metric", 328, "2023")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("fr", "Semaine 41 (du 7 au 13 octobre 2024) : 274 cas de dengue, contre 241 en semaine 40."),
        ("fr", "Bulletin de la semaine du 7 au 13 octobre 2024 (S41). On compte 274 cas de dengue, contre 241 en S40."),
        ("fr", "La semaine 41 en bref. Du 7 au 13 octobre 2024 on compte 274 cas de dengue, contre 241 en semaine 40."),
        ("id", "Minggu ke-41 (dari 7 hingga 13 Oktober 2024): 274 kasus campak, minggu ke-40 241 kasus."),
        ("ro", "În săptămâna 07.10-13.10.2024 (S41/2024) au fost 274 de cazuri de gripă, față de 241 în S40."),
        ("ar", "في الأسبوع 41 (7-13 أكتوبر 2024) 274 حالة حصبة مقابل 241 في الأسبوع 40."),
    ],
)
def test_a_week_is_counted_from_one_near_by_its_number(language, text):
    assert "2024-09-30/2024-10-06" in moments(language, text)


def test_a_week_far_from_the_one_known_is_not_counted():
    assert moments("fr", "Semaine 41 (du 7 au 13 octobre 2024) : 274 cas, contre 12 en semaine 20.") == ["2024-10-07/2024-10-13"]


@pytest.mark.parametrize("week", ["2023-30", "2023-05"])
def test_the_number_of_a_week_behind_its_year_is_no_second_year_and_no_month(week):
    facts = load().extract(Article(f"Depuis la semaine {week}, 43 cas graves de dengue.", language="fr")).facts
    assert [(fact.kind, fact.value) for fact in facts] == [("date", "2023"), ("metric", 43)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ms", "Sehingga minggu ke-39 tahun 2025 ada 9,742 kes. Pada minggu ke-39, iaitu 21 hingga 27 September 2025, ada 1,016 kes."),
        ("fr", "Jusqu'à la semaine 39 on compte 9 742 cas. En semaine 39 (du 21 au 27 septembre 2025) on compte 1 016 cas."),
        ("id", "Hingga pekan ke-39 tercatat 9.742 kasus. Pada pekan ke-39 (21-27 September 2025) tercatat 1.016 kasus."),
    ],
)
def test_up_to_a_week_is_from_new_year_on(language, text):
    assert moments(language, text)[0] == "2025-01-01/2025-09-27"


def test_a_range_of_weeks_begins_with_its_first():
    text = "Dari minggu ke-38 hingga minggu ke-39 ada 12 kasus. Minggu ke-39 (21-27 September 2025) ada 3 kasus."
    assert "2025-01-01/2025-09-27" not in moments("id", text)

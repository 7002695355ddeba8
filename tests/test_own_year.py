"""The year in which an article was written, by the dates that lack theirs."""

from __future__ import annotations

import pytest

from extractor import Article, load


def dates(text, language="en"):
    return [fact.value for fact in load().extract(Article(text, language=language)).facts if fact.kind == "date"]


SAME_PERIOD = {
    "en": "From January to May, 120 cases were recorded, against 180 in the same period of 2024. The campaign began on 3 March.",
    "fr": "De janvier à mai, 120 cas ont été recensés, contre 180 à la même période de 2024. La campagne a commencé le 3 mars.",
    "ru": "С января по май выявили 120 случаев против 180 за аналогичный период 2024 года. Прививки начались 3 марта.",
    "vi": "Từ tháng 1 đến tháng 5 ghi nhận 120 ca, cùng kỳ năm 2024 là 180 ca. Chiến dịch bắt đầu ngày 3/3.",
    "ja": "1月から5月に患者120人を確認した。2024年の同期は180人だった。接種は3月3日に始まった。",
    "zh": "1月至5月报告病例120例，2024年同期为180例。接种活动于3月3日开始。",
    "ko": "1월부터 5월까지 환자 120명이 신고됐다. 2024년 같은 기간에는 180명이었다. 접종은 3월 3일 시작됐다.",
}


@pytest.mark.parametrize("language", SAME_PERIOD)
def test_same_period_of_a_year_was_before_the_year_of_writing(language):
    assert dates(SAME_PERIOD[language], language)[-1] == "2025-03-03"


def test_the_end_of_a_plan_beside_a_number_is_no_day_of_issue():
    text = (
        "The council met on 17 July and adopted a programme. In 2023 the province had 8.1 doctors per 10,000 people, after 7.9 in 2022. "
        "Resolution No. 12/2024/NQ-HDND, 31 December 2030 at the latest, wants 11 doctors per 10,000 people."
    )
    assert dates(text)[0] == "2024-07-17"


@pytest.mark.parametrize("year", [2012, 2017, 2021])
def test_old_news_is_of_its_own_year(year):
    text = f"From 17 to 23 August {year}, 2,812 dengue cases were reported, against 3,070 the week before. The campaign began on 3 March."
    assert dates(text)[-1] == f"{year}-03-03"


def test_a_term_that_runs_on_leaves_the_year_behind_the_same_period():
    text = (
        "On 12 July the department reviewed the first 6 months of the year. More than 900,000 people were examined, up 16.9% over the same period in "
        "2021. The province carries out the programme for rural areas of the 2021-2025 period."
    )
    assert dates(text)[:2] == ["2022-07-12", "2022-01/2022-06"]


SINCE_NEW_YEAR = {
    "en": "In the week of 6 to 12 August 157 cases were recorded. Since the beginning of 2025 there have been 1,478. In 2022 there were "
    "11,595 cases, ten times as many as in 2021.",
    "es": "En la semana del 6 al 12 de agosto se registraron 157 casos. Desde principios de 2025 ha habido 1.478. En 2022 se registraron "
    "11.595 casos, diez veces más que en 2021.",
}


@pytest.mark.parametrize("language", SINCE_NEW_YEAR)
def test_what_is_counted_since_the_beginning_of_a_year_is_of_the_year_of_writing(language):
    assert dates(SINCE_NEW_YEAR[language], language)[0] == "2025-08-06/2025-08-12"


def test_a_half_year_of_long_ago_is_not_of_the_year_of_writing_where_a_later_one_is_compared_with():
    text = (
        "In the first 3 months of the year 91,112 people took part, 506 more than in the same period of 2021. "
        "Nationwide there were 84.9 million visits in the first half of 2018, up 9.4%. The province strives for 92.5% by the end of 2022."
    )
    assert dates(text)[0] == "2022-01/2022-03"


ALIKE = {
    "vi": "Năm ngoái (năm 2022) tỉnh ghi nhận 640 ca mắc. Chiến dịch diễn ra ngày 3/3.",
    "en": "Last year (2022) the province recorded 640 cases. The campaign began on 3 March.",
    "id": "Tahun lalu (tahun 2022) provinsi mencatat 640 kasus. Kampanye berlangsung pada 3 Maret.",
    "fr": "L'année dernière (2022), la province a recensé 640 cas. La campagne a commencé le 3 mars.",
    "ar": "سجلت المقاطعة العام الماضي (2022) نحو 640 حالة. وبدأت الحملة في 3 مارس.",
    "ro": "Anul trecut (anul 2022) provincia a înregistrat 640 de cazuri. Campania a început la 3 martie.",
    "es": "El año pasado (2022) la provincia registró 640 casos. La campaña comenzó el 3 de marzo.",
    "pt": "No ano passado (2022) a província registrou 640 casos. A campanha começou em 3 de março.",
    "de": "Im vergangenen Jahr (2022) meldete die Provinz 640 Fälle. Die Kampagne begann am 3. März.",
    "it": "L'anno scorso (2022) la provincia ha registrato 640 casi. La campagna è iniziata il 3 marzo.",
    "ru": "В прошлом году (2022) в провинции выявили 640 случаев. Прививки начались 3 марта.",
    "zh": "去年（2022年）全省报告病例640例。接种活动于3月3日开始。",
    "ja": "昨年（2022年）、省では640人の患者を確認した。接種は3月3日に始まった。",
    "ko": "지난해(2022년) 성에서는 환자 640명이 신고됐다. 접종은 3월 3일 시작됐다.",
    "th": "ปีที่แล้ว (ปี 2565) จังหวัดพบผู้ป่วย 640 ราย พิธีจัดขึ้นเมื่อวันที่ 3 มีนาคม",
    "ms": "Tahun lalu (tahun 2022) wilayah itu mencatatkan 640 kes. Kempen diadakan pada 3 Mac.",
}


@pytest.mark.parametrize("language", ALIKE)
def test_a_year_told_by_a_word_and_in_figures_tells_the_year_of_writing(language):
    assert dates(ALIKE[language], language)[-1] == "2023-03-03"


ANNIVERSARY = {
    "en": "The hospital, founded in 1963, looks back on 60 years. The ceremony was held on 3 March.",
    "vi": "Bệnh viện thành lập năm 1963, nay tròn 60 năm xây dựng. Lễ kỷ niệm diễn ra ngày 3/3.",
    "fr": "L'hôpital, fondé en 1963, fête ses 60 ans. La cérémonie a eu lieu le 3 mars.",
    "ko": "병원은 1963년에 문을 열어 60년의 역사를 이어 왔다. 기념식은 3월 3일 열렸다.",
    "ja": "病院は1963年に開院し、60年の歩みを重ねた。式典は3月3日に行われた。",
    "de": "Das Krankenhaus wurde 1963 gegründet und blickt auf 60 Jahre zurück. Die Feier fand am 3. März statt.",
}


@pytest.mark.parametrize("language", ANNIVERSARY)
def test_a_round_anniversary_tells_the_year_of_writing(language):
    assert dates(ANNIVERSARY[language], language)[-1] == "2023-03-03"


def test_a_day_to_the_day_of_an_anniversary_is_of_the_year_of_writing():
    text = "On 25 February the chairman visited the hospital for Doctors' Day (27 February 1955 - 27 February 2024). It was rebuilt in 2019 and 2021."
    assert dates(text)[0] == "2024-02-25"


def test_a_goal_of_the_sentence_before_is_not_that_of_a_year_looked_back_on():
    text = "By 2025 the plan's goal is 33 beds per 10,000 people, by 2030 it is 35. In 2022 the sector had 32. The minister signed it on 3 March."
    assert dates(text)[-1] == "2023-03-03"


def test_an_ordinal_before_a_year_is_no_number_of_a_document():
    text = "No 1º semestre de 2024 a província registrou 640 casos, contra 580 no mesmo período de 2023. A campanha começou em 3 de março."
    assert dates(text, "pt")[-1] == "2024-03-03"

"""The part that a figure plays in a comparison, and the dates that are only compared with, in each language."""

from __future__ import annotations

import pytest

from extractor.article import Article
from extractor.binding.ages import earlier_period
from extractor.binding.comparisons import beside_pair, is_todays, part

CHANGES = {
    "en": "The rate of insured people rose from 86% to 95%.",
    "de": "Der Anteil der Versicherten stieg von 86 % auf 95 %.",
    "fr": "La couverture est passée de 86 % à 95 %.",
    "es": "La cobertura subió de 86 % a 95 %.",
    "pt": "A cobertura subiu de 86 % para 95 %.",
    "it": "La copertura è salita da 86% a 95%.",
    "ro": "Acoperirea a crescut de la 86% la 95%.",
    "ru": "Охват вырос с 86 % до 95 %.",
    "ar": "ارتفعت التغطية من 86% إلى 95%.",
    "id": "Cakupan naik dari 86% menjadi 95%.",
    "ms": "Liputan naik daripada 86% kepada 95%.",
    "vi": "Tỷ lệ bao phủ tăng từ 86% lên 95%.",
    "th": "ความครอบคลุมเพิ่มขึ้นจาก 86% เป็น 95%",
    "zh": "覆盖率由86%提高到95%。",
    "ja": "加入率は86％から95％に上昇した。",
    "ko": "가입률은 86%에서 95%로 높아졌다.",
}

SAME_PERIOD = {
    "en": "There were 1,127 dengue cases (same period: 1,904), 31 of measles.",
    "de": "Es gab 1.127 Dengue-Fälle (gleicher Zeitraum: 1.904), 31 Masernfälle.",
    "fr": "On compte 1.127 cas de dengue (même période : 1.904), 31 cas de rougeole.",
    "es": "Hubo 1.127 casos de dengue (mismo período: 1.904), 31 de sarampión.",
    "pt": "Houve 1.127 casos de dengue (mesmo período: 1.904), 31 de sarampo.",
    "it": "Si contano 1.127 casi di dengue (stesso periodo: 1.904), 31 di morbillo.",
    "ro": "Au fost 1.127 de cazuri de dengue (aceeași perioadă: 1.904), 31 de rujeolă.",
    "ru": "Отмечено 1.127 случаев денге (за тот же период: 1.904), 31 случай кори.",
    "ar": "سجلت 1.127 حالة ضنك (نفس الفترة: 1.904)، و31 حالة حصبة.",
    "id": "Ada 1.127 kasus dengue (periode yang sama: 1.904), 31 kasus campak.",
    "ms": "Terdapat 1,127 kes denggi (tempoh yang sama: 1,904), 31 kes campak.",
    "vi": "Có 1.127 ca sốt xuất huyết (cùng kỳ: 1.904), 31 ca sởi.",
    "th": "มีผู้ป่วยไข้เลือดออก 1,127 ราย (ช่วงเดียวกัน: 1,904 ราย) ผู้ป่วยหัด 31 ราย",
    "zh": "登革热1127例（同期：1904例），麻疹31例。",
    "ja": "デング熱は1,127例（前年同期：1,904例）、はしかは31例。",
    "ko": "뎅기열 1,127건(같은 기간: 1,904건), 홍역 31건.",
}

ASIDES = {
    "en": "Compared with 2023, it fell.",
    "de": "Gegenüber 2023 sank die Zahl.",
    "fr": "Par rapport à 2023, le nombre a baissé.",
    "es": "En comparación con 2023, bajó.",
    "pt": "Em relação a 2023, caiu.",
    "it": "Rispetto al 2023 è calato.",
    "ro": "Comparativ cu 2023, a scăzut.",
    "ru": "По сравнению с 2023 годом снизилось.",
    "ar": "مقارنة بعام 2023 انخفض العدد.",
    "id": "Dibandingkan tahun 2023, turun.",
    "ms": "Berbanding tahun 2023, menurun.",
    "vi": "So với năm 2023, giảm.",
    "th": "เมื่อเทียบกับปี 2023 ลดลง",
    "zh": "与2023年相比下降。",
    "ja": "2023年より減った。",
    "ko": "2023년보다 줄었다.",
}


OF_THE_SAME_PERIOD = {
    "en": "In the same period of 2023 there were fewer.",
    "vi": "Cùng kỳ năm 2023 có ít hơn.",
    "id": "Pada periode yang sama tahun 2023 lebih sedikit.",
    "fr": "À la même période de 2023, il y en avait moins.",
    "pt": "No mesmo período de 2023 houve menos.",
    "ru": "За аналогичный период 2023 года было меньше.",
    "zh": "2023年同期较少。",
    "ja": "2023年同期は少なかった。",
}
PLANNED = {
    "en": "It reached 66% of the plan for 2025.",
    "vi": "Đạt 66% kế hoạch năm 2025.",
    "ar": "محققا 66% من خطة عام 2025.",
    "zh": "完成2025年计划的66%。",
}


def parts(context):
    return {float(quantity.value): part(context, quantity) for quantity in context.quantities}


@pytest.mark.parametrize("language", CHANGES)
def test_the_old_and_the_new_figure_of_a_change(recognize, language):
    assert parts(recognize(language, CHANGES[language])) == {86.0: "first", 95.0: "second"}


@pytest.mark.parametrize("language", SAME_PERIOD)
def test_a_figure_compared_with_and_the_one_behind_it(recognize, language):
    found = parts(recognize(language, SAME_PERIOD[language]))
    assert found[1127.0] == "none"
    assert found[1904.0] == "compared:bracket"
    assert found[31.0] == "after:compared:bracket"


def test_an_arrow_leads_from_the_old_to_the_new_figure(recognize):
    assert parts(recognize("en", "Insurance coverage: 93.2% → 96.6%.")) == {93.2: "first", 96.6: "second"}


def test_a_figure_of_the_year_before_told_behind_it(recognize):
    assert parts(recognize("en", "Measles cases climbed to 73, against 11 in the same period last year."))[11.0] == "compared:before"


OPENS = {
    "en": "In 2022 there were 2 outbreaks. In the same period of 2021, food poisoning struck 14 times and 23 people fell ill.",
    "vi": "Năm 2022 có 2 vụ ngộ độc. Cùng kỳ năm 2021 toàn tỉnh đã ghi nhận 14 vụ với 23 người mắc.",
    "fr": "En 2022, il y a eu 2 intoxications. Durant la même période de 2021, il y en avait eu 14 avec 23 malades.",
    "es": "En 2022 hubo 2 intoxicaciones. En el mismo período de 2021, en cambio, se registraron 14 con 23 enfermos.",
    "ru": "В 2022 году было 2 отравления. За тот же период 2021 года в провинции их произошло 14, пострадали 23 человека.",
    "zh": "2022年发生2起。2021年同期全省共发生14起,23人患病。",
}


@pytest.mark.parametrize("language", OPENS)
def test_the_same_period_of_a_year_opens_a_clause(recognize, language):
    told = parts(recognize(language, OPENS[language]))
    assert told[14.0] in ("compared:opened", "compared:behind")
    assert told[23.0] == f"after:{told[14.0]}"


def test_the_same_period_without_a_year_and_a_week_are_told_apart(recognize):
    assert parts(recognize("de", "Im gleichen Zeitraum gab es 73 Tote."))[73.0] == "compared:behind:bare"
    assert parts(recognize("en", "In the last week 412 cases were found."))[412.0] == "compared:behind:week"


def test_a_change_before_the_figures_that_it_leads_between(recognize):
    text = "The rate fell by 12%, from 37 in 2023 to 33 in 2024."
    context = recognize("en", text)
    assert parts(context) == {12.0: "of change", 37.0: "first", 33.0: "second"}
    new = context.quantities[2]
    assert [beside_pair(context, new, moment) for moment in context.moments] == ["old", "behind"]


def test_from_a_day_on_is_no_change(recognize):
    assert set(parts(recognize("ko", "1월 1일부터 8월 9일까지 환자는 373명으로 사망은 12명이다.")).values()) == {"none"}


@pytest.mark.parametrize("language", ASIDES)
def test_a_date_compared_with_is_an_aside(recognize, language):
    context = recognize(language, ASIDES[language])
    assert [moment.value for moment in context.moments if context.is_aside(moment)] == ["2023"]


@pytest.mark.parametrize("language", OF_THE_SAME_PERIOD)
def test_a_date_of_the_same_period_is_an_aside(recognize, language):
    context = recognize(language, OF_THE_SAME_PERIOD[language])
    assert [moment.value for moment in context.moments if context.is_aside(moment)] == ["2023"]


def test_a_year_only_compared_with_is_a_baseline_and_one_reported_on_is_none(recognize):
    text = "In 2025 there were 40 cases, against 30 in the same period of 2024 and 20 in the same period of 2023. In 2023 a hospital was built."
    assert recognize("en", text).baselines == {"2024"}


@pytest.mark.parametrize("language", PLANNED)
def test_the_year_of_a_plan(recognize, language):
    context = recognize(language, PLANNED[language])
    assert [(moment.value, context.is_planned(moment)) for moment in context.moments] == [("2025", True)]


def test_a_date_in_brackets_with_its_figure_is_an_aside_and_one_alone_is_not(recognize):
    context = recognize("en", "Coverage is 98.7% (2021: 91%). In the review (2024) 12 clinics were named.")
    assert [(moment.value, context.is_aside(moment)) for moment in context.moments] == [("2021", True), ("2024", False)]


@pytest.mark.parametrize("text", ["from 2.6 doctors at present", "10.2 doctors per 10,000 people (currently 9.6)"])
def test_a_figure_of_today(recognize, text):
    context = recognize("en", f"The goal is {text}.")
    assert is_todays(context, context.quantities[-1])


@pytest.mark.parametrize(
    ("period", "days", "before"),
    [("2024/2025", 365, "2023/2024"), ("2025-01/2025-06", 365, "2024-01/2024-06"), ("2025-07-21/2025-07-27", 7, "2025-07-14/2025-07-20")],
)
def test_the_same_period_before(period, days, before):
    assert earlier_period(period, days) == before


def test_what_is_compared_with_says_nothing_of_the_next_sentences(engine):
    """The year that figures are of stands only below; 2023 is compared with."""
    text = (
        "Desde comienzos del año hasta la fecha, en toda la provincia nacieron 9.412 niños, 310 menos que en igual período del año 2023. "
        "La proporción de sexos al nacer: 114,2 niños/100 niñas, subió 0,8 puntos frente a igual período, "
        "mientras el plan asignado es de 113,5/100.\n\n"
        "La tasa de tamizaje antes del nacimiento llegó a 62,4% (meta asignada 70%). Las personas que empezaron a usar anticonceptivos modernos "
        "son 41.260, el 88,5% del plan.\n\nEn 2024 el sector de salud visita las comunas donde el tercer hijo es frecuente."
    )
    found = engine.extract(Article(text, language="es")).to_dict()["facts"]
    periods = {fact["exact"]: fact["period"] for fact in found if fact["kind"] in ("metric", "target")}
    assert periods["114,2 niños/100 niñas"] == "2024"
    assert "2023" not in periods.values()

"""Numbers in the forms of sixteen languages: text, and the quantities that are to be found in it, whole."""

from __future__ import annotations

import pytest

from extractor import Article, load


def quantities(language, text):
    facts = load().extract(Article(text, language=language)).facts
    return [fact for fact in facts if fact.kind in ("metric", "target")]


def values(language, text):
    return [fact.value for fact in quantities(language, text)]


RATIOS = [
    ("en", "There is 1 doctor per 12,000 people in the district."),
    ("vi", "Hiện nay một bác sĩ trên 12.000 dân."),
    ("fr", "On compte un médecin pour 12 000 habitants."),
    ("es", "Hay un médico por cada 12.000 habitantes."),
    ("it", "C'è un medico ogni 12.000 abitanti."),
    ("pt", "Há um médico para cada 12.000 habitantes."),
    ("ro", "Există un medic la 12.000 de locuitori."),
    ("de", "Auf 12.000 Einwohner kommt ein Arzt."),
    ("id", "Terdapat satu dokter untuk 12.000 penduduk."),
    ("ms", "Nisbah seorang doktor kepada 12,000 penduduk."),
    ("ru", "Один врач на 12 000 жителей."),
    ("ar", "هناك طبيب واحد لكل 12000 نسمة."),
    ("zh", "每12000人只有1名医生。"),
    ("ko", "인구 12,000명당 의사 1명이다."),
    ("th", "แพทย์ 1 คนต่อประชากร 12,000 คน"),
]


@pytest.mark.parametrize(("language", "text"), RATIOS)
def test_ratio_with_a_noun_on_each_side(language, text):
    (fact,) = quantities(language, text)
    assert (fact.value, fact.out_of, fact.unit) == (1, None, "1")
    assert (fact.per.count, fact.per.of) == (12000, "population")


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "A campaign for 12,500 people."),
        ("fr", "Un budget pour 12 500 habitants."),
        ("de", "Die Zahl stieg auf 12.500 Einwohner."),
        ("ru", "Население выросло на 12 500 человек."),
    ],
)
def test_no_ratio(language, text):
    (fact,) = quantities(language, text)
    assert (fact.value, fact.per) == (12500, None)


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("ro", "5,6 decese la mia de locuitori.", 1000),
        ("ro", "52 de cazuri la suta de mii de locuitori.", 100000),
        ("ro", "52 de cazuri la o sută de mii de locuitori.", 100000),
        ("en", "52 cases per hundred thousand people.", 100000),
        ("vi", "52 ca trên một trăm nghìn dân.", 100000),
        ("de", "52 Fälle je hunderttausend Einwohner.", 100000),
        ("zh", "孕产妇死亡率降至12/10万。", 100000),
    ],
)
def test_denominators_in_words(language, text, count):
    (fact,) = quantities(language, text)
    assert fact.per.count == count


@pytest.mark.parametrize(
    ("language", "text", "units"),
    [
        ("fr", "Le budget est de 230 millions d'euros, dont 85 millions dès 2025.", ["EUR", "EUR"]),
        ("vi", "Tổng vốn 12 tỷ đồng, trong đó 5 tỷ cho bệnh viện.", ["VND", "VND"]),
        ("en", "The budget is $230 million, of which 85 million for hospitals.", ["USD", "USD"]),
        ("en", "The fund of $230 million helped 85 million people.", ["USD", "1"]),
        ("de", "Die Ausgaben stiegen von 9,5 Mio. auf 10,2 Mio. Euro.", ["EUR", "EUR"]),
        ("pt", "A taxa foi de 12,3% nas mulheres e 9,5 nos homens.", ["%", "%"]),
        ("ro", "Speranța de viață a fost de 67,8 ani la bărbați și 76,4 la femei.", ["a", "a"]),
        ("en", "A share of 30 % of men came, and 12 women.", ["%", "1"]),
    ],
)
def test_carried_units(language, text, units):
    assert [fact.unit for fact in quantities(language, text)] == units


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ro", "Costă între $6 și $9."),
        ("en", "It costs between $6 and $9."),
        ("en", "It costs $6-$9."),
        ("en", "It costs $6–9."),
        ("es", "Cuesta entre $6 y $9."),
        ("de", "Es kostet zwischen $6 und $9."),
    ],
)
def test_ranges_of_money(language, text):
    (fact,) = quantities(language, text)
    assert (fact.value, fact.value_max, fact.unit) == (6, 9, "USD")


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Продолжительность жизни увеличилась с 67 до 72 лет.", [67, 72]),
        ("ru", "Вакцинируют людей с 2 до 49 лет.", []),
        ("ru", "Число случаев выросло с 2 до 49.", [2, 49]),
        ("es", "La esperanza de vida subió de 67 a 72 años.", [67, 72]),
        ("es", "La vacuna es para personas de 2 a 49 años.", []),
        ("it", "La speranza di vita è salita da 67 a 72 anni.", [67, 72]),
        ("it", "Il vaccino è per persone da 2 a 49 anni.", []),
        ("pt", "A esperança de vida passou de 67 a 72 anos.", [67, 72]),
        ("fr", "L'espérance de vie est passée de 67 à 72 ans.", [67, 72]),
        ("fr", "Le vaccin est destiné aux personnes de 2 à 49 ans.", []),
    ],
)
def test_changes_are_no_ages(language, text, expected):
    assert values(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("es", "Se vacunó a medio millón de personas.", 5e5),
        ("es", "Se vacunó a un millón y medio de personas.", 1.5e6),
        ("it", "Sono stati vaccinati 16 milioni e mezzo di persone.", 16.5e6),
        ("it", "È stato vaccinato mezzo milione di bambini.", 5e5),
        ("pt", "Foi vacinado meio milhão de pessoas.", 5e5),
        ("fr", "Un demi-million de personnes ont été vaccinées.", 5e5),
        ("fr", "Un million et demi d'enfants.", 1.5e6),
        ("en", "Half a million people were vaccinated.", 5e5),
        ("en", "Two and a half million doses.", 2.5e6),
        ("de", "Eine halbe Million Menschen wurden geimpft.", 5e5),
        ("ru", "Полмиллиона человек привиты.", 5e5),
        ("ru", "Полтора миллиона детей.", 1.5e6),
        ("ru", "Два с половиной миллиона доз.", 2.5e6),
        ("vi", "Nửa triệu người được tiêm.", 5e5),
        ("vi", "Hơn nửa tỷ đồng.", 5e8),
        ("vi", "2 triệu rưỡi liều.", 2.5e6),
        ("id", "Setengah juta orang divaksinasi.", 5e5),
        ("ms", "Satu setengah juta kanak-kanak.", 1.5e6),
        ("ro", "Jumătate de milion de oameni.", 5e5),
        ("ar", "تم تطعيم نصف مليون شخص.", 5e5),
        ("ar", "مليون ونصف مليون طفل.", 1.5e6),
        ("th", "ครึ่งล้านคน", 5e5),
    ],
)
def test_halves(language, text, value):
    assert values(language, text) == [value]


def test_half_alone_is_a_fraction():
    (fact,) = quantities("en", "Half the population is covered.")
    assert (fact.value, fact.out_of) == (1, 2)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "Los casos se duplicaron."),
        ("pt", "Os casos duplicaram."),
        ("fr", "Le nombre de cas a doublé."),
        ("de", "Die Zahl der Fälle hat sich verdoppelt."),
        ("vi", "Số ca tăng gấp đôi."),
        ("id", "Jumlah kasus naik dua kali lipat."),
        ("zh", "病例增加了一倍。"),
    ],
)
def test_doubling(language, text):
    (fact,) = quantities(language, text)
    assert (fact.value, fact.unit) == (2, "1")


@pytest.mark.parametrize(
    ("language", "text", "comparator"),
    [
        ("id", "Provinsi ini melampaui 6 target.", "="),
        ("en", "The province exceeded 6 targets.", "="),
        ("en", "The province met more than 6 targets.", ">"),
        ("fr", "La province a dépassé 6 objectifs.", "="),
        ("en", "Visits exceeded 6 million.", ">"),
        ("en", "By 2030 at least 95% of people will be insured.", ">="),
        ("en", "In 2024 more than 95% of people were insured.", ">"),
    ],
)
def test_comparator(language, text, comparator):
    assert [fact.comparator for fact in quantities(language, text)] == [comparator]


@pytest.mark.parametrize(
    ("text", "expected"),
    [("وثلاثون طبيبا.", [30]), ("بثلاثة أطباء.", [3]), ("أصيب فثلاثة أطفال.", [3]), ("وخمسة ممرضين.", [5]), ("45% (خمسة وأربعون في المئة).", [45])],
)
def test_arabic_clitics(text, expected):
    assert values("ar", text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Dengue was found in 24 of the 30 districts.", [(24, 30)]),
        ("en", "Coverage reached 45 % (forty-five per cent).", [(45, None)]),
        ("en", "A total of 20 (twenty) hospitals.", [(20, None)]),
        ("fr", "Dix (10) hôpitaux.", [(10, None)]),
        ("vi", "10 (mười) bệnh viện.", [(10, None)]),
        ("ru", "45 % (сорок пять процентов).", [(45, None)]),
        ("en", "Coverage reached 45 % (target 45 %).", [(45, None), (45, None)]),
    ],
)
def test_one_fact_for_one_number(language, text, expected):
    assert [(fact.value, fact.out_of) for fact in quantities(language, text)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Call 115 at once. The clinic has 30 beds.", [30]),
        ("ar", "الخط الأخضر: 3030. وتضم العيادة 30 سريرا.", [30]),
        ("ru", "Звоните по телефону 122. В больнице 30 коек.", [30]),
        ("it", "Chiamare il 1500, in via Roma 12. La clinica ha 30 posti letto.", [30]),
        ("ro", "Clinica din str. Mihai Eminescu 46 are 30 de paturi.", [30]),
        ("id", "Hubungi 119. Ada 500 pasien rawat jalan dan rawat jalan 40 pasien.", [500, 40]),
        ("it", "Sono in corso a Milano 30 interventi.", [30]),
        ("vi", "Bệnh viện cấp cứu 500 ca.", [500]),
        ("th", "โรคติดต่อ 500 ราย", [500]),
        ("ja", "相談窓口30か所を設けた。", [30]),
        ("zh", "全市热线30个。", [30]),
        ("pt", "Ligue 136. Nas últimas 24 horas houve 36 doentes.", [36]),
    ],
)
def test_numbers_to_call_and_houses(language, text, expected):
    """`jalan` is a street, `rawat jalan` an outpatient."""
    assert values(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ru", "Получено 500 доз вакцины 5 в 1.", [500]),
        ("ar", "وصلت 500 جرعة من لقاح 5 في 1.", [500]),
        ("fr", "La campagne vise 716 000 enfants âgés de 3 mois à 10 ans.", [716000]),
        ("vi", "Có 500 trẻ từ 9 tháng đến 10 tuổi.", [500]),
        ("th", "เกือบ 7 ใน 10 เป็นเด็ก", [7]),
        ("zh", "9个月内有58名医生辞职。", [58]),
        ("zh", "须在3个月内完成。", [3]),
    ],
)
def test_vaccines_and_ages_in_months(language, text, expected):
    assert values(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "The sector exceeded 2 targets set for doctors per 10,000 people.", [None]),
        ("en", "The province has 34 beds per 10,000 people and met 8 targets.", [10_000, None]),
        ("fr", "Le secteur a dépassé 2 objectifs fixés pour le nombre de médecins pour 10 000 habitants.", [None]),
    ],
)
def test_targets_are_not_divided(language, text, expected):
    assert [fact.per.count if fact.per else None for fact in quantities(language, text)] == expected

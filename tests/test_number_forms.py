"""Numbers in the forms of many languages: text, and the quantities that are to be found in it, whole."""

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
        ("th", "อัตราตายเด็กอายุต่ำกว่า 5 ปี 8.1 ต่อการเกิดมีชีพพันคน", 1000),
        ("th", "อัตราส่วนการตายมารดา 17.8 ต่อการเกิดมีชีพแสนคน", 100000),
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
    ("language", "text", "units"),
    [
        ("fr", "Les amendes atteignent 38,5 milliards de dongs, contre 62 milliards l'an dernier.", ["VND", "VND"]),
        ("vi", "Tổng số tiền phạt là 38,5 tỷ đồng, năm ngoái chỉ 62 triệu.", ["VND", "VND"]),
        ("en", "The fund received 38.5 billion dong. The country has 98 million people.", ["VND", "1"]),
        ("ru", "Штрафы составили 38,5 млн рублей, годом ранее — 62 млн.", ["RUB", "RUB"]),
        ("zh", "裁罰金額新台幣360萬元。", ["TWD"]),
    ],
)
def test_a_sentence_of_money_goes_on_in_it(language, text, units):
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
        ("zh", "捐款为20至25万元。", (200_000, 250_000)),
        ("ja", "対象は20〜25万人。", (200_000, 250_000)),
        ("ko", "대상은 20~25만 명이다.", (200_000, 250_000)),
        ("en", "The fund has 2 to 3 million dong.", (2_000_000, 3_000_000)),
    ],
)
def test_a_range_shares_the_scale_word_of_its_end(language, text, expected):
    (fact,) = quantities(language, text)
    assert (fact.value, fact.value_max) == expected


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
        ("pt", "O total de casos já passou de 10 mil.", ">"),
        ("es", "La cobertura subió hasta el 45 %.", "="),
        ("es", "La sala tendrá hasta 45 camas.", "<="),
        ("pt", "A cobertura subiu até aos 45 %.", "="),
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
        ("it", "Gli operatori del 118 hanno soccorso 30 persone.", [30]),
        ("pt", "O Samu 192 atendeu 30 chamados.", [30]),
        ("es", "El 061 atendió 30 llamadas.", [30]),
        ("fr", "Le Samu 15 a reçu 30 appels.", [30]),
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


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("id", "Pendapatannya Rp96 juta sebulan.", ["month"]),
        ("ms", "Jururawat bekerja 45 jam seminggu.", ["week"]),
        ("id", "Obat diminum dua kali sehari.", ["day"]),
        ("de", "Die Prämie beträgt monatlich 398.60 Franken.", ["month"]),
        ("de", "Täglich behandelt die Klinik 500 Patienten.", ["day"]),
        ("fr", "Il gagne 2 000 euros mensuels.", ["month"]),
        ("ar", "لا يقل عن 2000 جنيه شهريا.", ["month"]),
        ("vi", "Mỗi ngày bệnh viện đón trên 2.200 lượt.", ["day"]),
        ("zh", "平均每天近340人就诊。", ["day"]),
        ("zh", "家庭每月支付5,800元。", ["month"]),
        ("zh", "要求63个代收点每周报告一次。", [None, "week"]),
        ("ko", "월 최대 250만 원을 지급한다.", ["month"]),
        ("ko", "하루 평균 1,450명의 입원 환자가 있다.", ["day"]),
        ("th", "ได้รับเงินเดือนละ 2,000 บาท", ["month"]),
        ("en", "A daily average of 1,100 patients came.", ["day"]),
        ("en", "They get N40,000 a month.", ["month"]),
        ("en", "It spends 170 million a year.", [None]),
        ("en", "The daily newspaper reported 34 cases.", [None]),
        ("en", "Every month the ministry reports on 34 provinces.", [None]),
        ("fr", "L'État investit 230 millions d'euros sur trois ans.", [None, None]),
        ("de", "Es gab 30 Fälle im Jahr 2024.", [None]),
        ("zh", "一个月内完成3项任务。", [None]),
        ("ja", "県は1日、30人の感染を確認した。", [None]),
        ("vi", "Ghi nhận 12 ca trong tuần.", [None]),
    ],
)
def test_how_often(language, text, expected):
    """A price, a frequency and an average have their period; a yearly total has none."""
    assert [fact.per.of if fact.per else None for fact in quantities(language, text)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "4-5 doctors work at each health station.", [(1, "health_station")]),
        ("zh", "每千人口执业（助理）医师3.12人。", [(1000, "population")]),
        ("zh", "孕产妇死亡率11.98/10万。", [(100000, "live_births")]),
        ("zh", "发病率512.3/10万，死亡12人。", [(100000, "population"), None]),
        ("vi", "Cứ 100 bé gái thì có 117,2 bé trai.", [(100, "girls")]),
        ("en", "For every 100 girls, 117.2 boys were born.", [(100, "girls")]),
        ("th", "เด็กชาย 113.2 คนต่อเด็กหญิง 100 คน", [(100, "girls")]),
        ("ko", "병상 39개/인구 1만 명", [(10000, "population")]),
        ("ja", "出生千対1.8であった。", [(1000, "live_births")]),
        ("es", "La letalidad es de 1,3 defunciones por cada 100 casos.", [(100, "case")]),
        ("pt", "A letalidade é de 1,3 óbitos por cada 100 casos.", [(100, "case")]),
        ("fr", "La létalité est de 1,3 décès pour 100 cas.", [(100, "case")]),
        ("it", "La letalità è di 1,3 decessi ogni 100 casi.", [(100, "case")]),
    ],
)
def test_what_is_divided_by(language, text, expected):
    assert [(fact.per.count, fact.per.of) if fact.per else None for fact in quantities(language, text)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "Of eight districts, only three reached the goal.", [(3, 8)]),
        ("de", "Von den fünf Kliniken schrieben vier einen Verlust.", [(4, 5)]),
        ("es", "De las 9 metas que el Gobierno asignó, 7 se alcanzaron.", [(7, 9)]),
        ("ro", "Din fiecare 5 pacienți cu tuberculoză, 1 suferă de diabet.", [(1, 5)]),
        ("id", "Dari delapan kabupaten, hanya tiga yang rutin melapor.", [(3, 8)]),
        ("vi", "Cứ 4 trẻ ở đây thì hơn 1 trẻ thấp còi.", [(1, 4)]),
        ("zh", "住院的儿童十个当中有七个未接种。", [(7, 10)]),
        ("zh", "每4人就有1人沒回診。", [(1, 4)]),
        ("ja", "県内25市町村のうち、分娩できる施設があるのは8市だけ。", [(8, 25)]),
        ("ko", "22개 병원과 의료센터 중 13개가 시행했다.", [(13, 22)]),
        ("ko", "다섯 명 중 한 명이다.", [(1, 5)]),
        ("ar", "٩ من كل ١٠ أسر.", [(9, 10)]),
        ("id", "Dari 34 provinsi, 12 rumah sakit rusak.", [(34, None), (12, None)]),
        ("th", "อำเภอ 10 แห่ง มีโรงพยาบาล 5 แห่ง", [(10, None), (5, None)]),
    ],
)
def test_whole_ahead_of_its_part(language, text, expected):
    assert [(fact.value, fact.out_of) for fact in quantities(language, text)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "两三个医生。", [(2, 3)]),
        ("zh", "七八百名病人。", [(700, 800)]),
        ("zh", "十一二个小时。", [(11, 12)]),
        ("zh", "十四五位老人。", [(14, 15)]),
        ("ja", "医師二三十人が来た。", [(20, 30)]),
        ("ko", "의사 두세 명이 왔다.", [(2, 3)]),
        ("zh", "处2倍以上5倍以下罚款。", [(2, 5)]),
        ("ms", "Kerajaan menaikkan elaun antara RM55 dan RM65.", [(55, 65)]),
        ("ms", "Risikonya tiga hingga empat kali ganda.", [(3, 4)]),
        ("es", "Subió de 150 a 300 millones de pesos.", [(150e6, None), (300e6, None)]),
        ("ja", "割合は54.7％から73.5％に上昇した。", [(54.7, None), (73.5, None)]),
        ("ko", "휴가는 10일에서 20일로 늘었다.", [(10, None), (20, None)]),
        ("ru", "Доля удвоилась, с 24% до 48%.", [(2, None), (24, None), (48, None)]),
    ],
)
def test_two_figures(language, text, expected):
    """Side by side they are a range, as the way from one to the other they are two facts."""
    assert [(fact.value, fact.value_max) for fact in quantities(language, text)] == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("zh", "三千一百名医生。", [(3100, "1", "=")]),
        ("zh", "两千零五十张床位。", [(2050, "1", "=")]),
        ("zh", "八十多万人。", [(800000, "1", ">")]),
        ("zh", "自然增长率-0.99‰。", [(-0.99, "1", "=")]),
        ("zh", "医院有1.000张病床。", [(1000, "1", "=")]),
        ("en", "One hundred and one people came.", [(101, "1", "=")]),
        (
            "ms",
            "Belanja 4.906 bilion dong; 2.68 juta orang, 86,2% dan 84,9%.",
            [(4906e9, "VND", "="), (2.68e6, "1", "="), (86.2, "%", "="), (84.9, "%", "=")],
        ),
        ("de", "75.2 Jahre, 82,6 % und 14.5 %; 21,746 von ihnen.", [(75.2, "a", "="), (82.6, "%", "="), (14.5, "%", "="), (21746, "1", "=")]),
        ("vi", "Có 15 đồng chí tham dự.", [(15, "1", "=")]),
        ("vi", "Giá 15 đồng.", [(15, "VND", "=")]),
        ("vi", "Tổ 5 người và lớp 45 học viên.", [(5, "1", "="), (45, "1", "=")]),
        ("vi", "Khu phố thuộc Tổ 5.", []),
        ("de", "Man soll sich jede Woche 10 Minuten Zeit nehmen.", [(10, "min", "=")]),
        ("id", "Selama enam dekade.", [(60, "a", "=")]),
        ("en", "It took two decades.", [(20, "a", "=")]),
        ("vi", "Vượt chỉ tiêu lần lượt 3,4 và 3 điểm phần trăm.", [(3.4, "%", "="), (3, "%", "=")]),
        ("en", "Coverage never fell below 105%.", [(105, "%", ">=")]),
        ("ar", "٩٥٪ على الأقل من الأطفال.", [(95, "%", ">=")]),
        ("ar", "تضم خمس محافظات.", [(5, "1", "=")]),
        ("ru", "Звоните: 8 (347) 229-90-90.", []),
    ],
)
def test_value_unit_and_comparator(language, text, expected):
    assert [(fact.value, fact.unit, fact.comparator) for fact in quantities(language, text)] == expected


def test_a_disease_is_no_rise():
    """`tăng huyết áp` is high blood pressure: the cue `tăng` inside it says nothing."""
    (fact,) = quantities("vi", "12.000 người tăng huyết áp được quản lý.")
    assert fact.measure == "level"


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ja", "市の定点あたりの患者数は６４・７０人で、前週の１・４４倍となった。", [64.7, 1.44]),
        ("ja", "病床は1.500床、投資額は4.860億ドンである。", [1500, 486e9]),
        ("ms", "Wilayah itu memperuntukkan 1.250 bilion VND.", [1250e9]),
        ("ms", "Seksyen 11(1) menyebut 12 kes (3 kematian).", [12, 3]),
        ("en", "Section 11(1) names 12 cases (3 deaths).", [12, 3]),
        ("ms", "Peruntukan ialah RM1.285 bilion dan RM2.350 bilion.", [1285e6, 2350e6]),
        ("ar", "خصصت المقاطعة 1.200 مليار دونج.", [1200e9]),
        ("ms", "Daripada jumlah 141 kes, 130 kes telah pulih.", [130]),
        ("ja", "投資額は4.86億ドン、病床率は33.6％である。", [486e6, 33.6]),
        ("ja", "キャッシュレス決済を70〜100％に引き上げる。", [70]),
        ("zh", "人均健康寿命达到70岁以上。", [70]),
        ("zh", "为65岁以上老年人120人体检。", [120]),
        ("vi", "Tuổi thọ khỏe mạnh đạt trên 68 tuổi.", [68]),
        ("it", "A Ben Tre sono stati curati tre pazienti.", [3]),
        ("ko", "환자는 5만5천976명, 예산은 3천626억 원이다.", [55976, 3626e8]),
        ("es", "El gasto fue de 2 mil 870 millones de pesos y dos mil 100 millones de dólares.", [2870e6, 2100e6]),
        ("pt", "O Estado investiu R$ 52.318.940,27 milhões e R$ 3,25 milhões.", [52318940.27, 3.25e6]),
        ("es", "Un índice de 26,4 camas porcada 10 mil personas.", [26.4]),
        ("es", "Se vacunaron 3 mil 200 personas y mil 150 niños.", [3200, 1150]),
        ("es", "La ocupación subió tres décimas en prioridad 2.", [0.3]),
        ("en", "Two thousand beds and 3 million doses, 5 thousand 200 people.", [2000, 3e6, 5200]),
        ("id", "Rasio dokter naik dari 6,4 ke 8,7 dokter per 10.000 penduduk.", [6.4, 8.7]),
    ],
)
def test_forms_of_newspapers(language, text, expected):
    assert values(language, text) == expected


@pytest.mark.parametrize(
    ("language", "text", "units"),
    [
        ("fr", "La durée moyenne de séjour est de 6,3 jours (même période : 6,8).", ["d", "d"]),
        ("en", "Life expectancy rose to 74.9 years (women: 77.6).", ["a", "a"]),
        ("en", "Coverage reached 95.7% (2023: 93.4).", ["%", "%"]),
        ("en", "Stays lasted 6.3 days (120 patients).", ["d", "1"]),
        ("en", "Coverage reached 95.7% (in all 11 districts).", ["%", "1"]),
    ],
)
def test_units_of_brackets(language, text, units):
    assert [fact.unit for fact in quantities(language, text)] == units


@pytest.mark.parametrize(
    ("language", "text", "units"),
    [
        ("vi", "Tuổi thọ trung bình đạt 74,3, số năm sống khỏe tối thiểu 68.", ["a", "a"]),
        ("en", "The average length of stay is 4.9.", ["d"]),
        ("en", "Life expectancy has tripled and 4 hospitals opened.", ["1", "1"]),
    ],
)
def test_bare_durations_are_in_the_unit_of_their_indicator(language, text, units):
    assert [fact.unit for fact in quantities(language, text)] == units


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("vi", "Năm 2025, bệnh viện khám gần 2,9 triệu lượt, tăng 7,4% so với năm 2024.", [None, "2024"]),
        ("en", "In 2024 the province recorded 612 cases, an increase of 7.4% compared with 2023.", [None, "2023"]),
        ("fr", "En 2024, la province a recensé 612 cas, soit une hausse de 7,4 % par rapport à 2023.", [None, "2023"]),
        ("zh", "2024年报告病例3207例，比2023年增加7.4%。", [None, "2023"]),
        ("en", "In 2024 the province recorded 612 cases, an increase of 7.4%.", [None, None]),
        ("de", "Im Jahr 2024 gab es 612 Fälle, 7,4 % mehr als 2021.", [None, "2021"]),
        ("zh", "2024年报告病例3207例，同比增加7.4%。", [None, "2023"]),
        ("en", "In 2024 the province recorded 612 cases, 7.4% more than in 2023, and 30 deaths, a fall of 5%.", [None, "2023", None, "2023"]),
        ("vi", "Trong 6 tháng đầu năm 2024, tỉnh có 612 ca, giảm 7,4% so với cùng kỳ năm 2023.", [None, "2023-01/2023-06"]),
    ],
)
def test_baseline_of_a_change(language, text, expected):
    assert [fact.baseline for fact in quantities(language, text)] == expected


@pytest.mark.parametrize(
    ("language", "text", "value", "comparator", "per"),
    [
        ("vi", "Thuốc lá cướp đi trên 100.000 sinh mạng mỗi năm.", 100_000, ">", None),
        ("vi", "Tỷ suất tử vong là 12,5 trên 100.000.", 12.5, "=", 100_000),
        ("zh", "结核病患病率低于每10万人20例。", 20, "<", 100_000),
        ("zh", "床位不低于每万人30张。", 30, ">=", 10_000),
    ],
)
def test_words_that_bound_or_divide(language, text, value, comparator, per):
    (fact,) = quantities(language, text)
    assert (fact.value, fact.comparator, fact.per.count if fact.per else None) == (value, comparator, per)


def test_no_place_across_the_end_of_a_date():
    (fact,) = quantities("zh", "10月13日本土病例228例。")
    assert fact.place is None


@pytest.mark.parametrize("text", ["환자 모두 병원으로 갔다.", "동네 가게와 구두 병원.", "「의료법」 제33조 개정안.", "추세 번복은 없었다."])
def test_hangul_numbers_begin_words_and_articles_are_no_trillions(text):
    assert not quantities("ko", text)


@pytest.mark.parametrize(
    ("language", "text", "of"),
    [
        ("ms", "Nisbah doktor kepada penduduk di negeri itu ialah 1:640.", "population"),
        ("en", "The doctor-to-patient ratio is 1:1,640 in the district.", "patient"),
        ("th", "อัตราส่วนแพทย์ต่อประชากร 1:1,640 คน", "population"),
    ],
)
def test_ratio_with_a_colon(language, text, of):
    (fact,) = quantities(language, text)
    assert (fact.value, fact.per.of, fact.per.count % 1000) == (1, of, 640)


def test_a_score_and_a_clock_are_no_ratios():
    assert all(fact.per is None for fact in quantities("en", "The team won 1:0 at 1:30 and saw 40 doctors."))


def test_a_number_word_in_a_name_counts_nothing():
    """Written large within a sentence, as is the word behind it."""
    assert [fact.value for fact in quantities("pt", "O hospital de Três Lagoas tem dois médicos.")] == [2]


def test_from_one_figure_to_another_bounds_neither():
    """`passou de` is more than, but the beginning of a change where `para` and a figure follow."""
    found = quantities("pt", "O número de leitos passou de 40 em janeiro de 2023 para 52 em dezembro.")
    assert [(fact.value, fact.comparator) for fact in found] == [(40, "="), (52, "=")]


ROWS = [
    ("vi", "- Tỷ lệ bao phủ bảo hiểm y tế (%): 93,8 (92,1)", [(93.8, "%"), (92.1, "%")]),
    ("vi", "- Chi cho y tế (tỷ đồng): 512,4", [(512.4e9, "VND")]),
    ("vi", "- Tuổi thọ trung bình (tuổi): 74,5", [(74.5, "a")]),
    ("id", "- Anggaran kesehatan (miliar rupiah): 214", [(214e9, "IDR")]),
    ("ms", "- Peruntukan kesihatan (RM juta): 312.5", [(312.5e6, "MYR")]),
    ("th", "- ความครอบคลุมวัคซีน (ร้อยละ): 88.2", [(88.2, "%")]),
    ("fr", "- Couverture vaccinale (%) : 88,2", [(88.2, "%")]),
    ("zh", "- 医保参保率（%）：95.2", [(95.2, "%")]),
    ("en", "- Beds (general): 640", [(640, "1")]),
]


@pytest.mark.parametrize(("language", "text", "found"), ROWS)
def test_unit_in_the_head_of_a_row(language, text, found):
    assert [(fact.value, fact.unit) for fact in quantities(language, text)] == found


@pytest.mark.parametrize(
    ("language", "text", "count"),
    [
        ("vi", "- Số bác sĩ bình quân 1 vạn dân (người): 15", 10000),
        ("vi", "- Số người chết do HIV/AIDS trên 100.000 dân: 0,6", 100000),
        ("id", "- Angka kematian ibu per 100.000 kelahiran hidup: 187", 100000),
        ("ms", "- Kadar insiden bagi setiap 100,000 penduduk: 41.7", 100000),
        ("th", "- อัตราป่วยต่อแสนประชากร (ราย): 41.7", 100000),
        ("en", "- Doctors per 10,000 people: 15.2", 10000),
    ],
)
def test_denominator_in_the_head_of_a_row(language, text, count):
    (fact,) = quantities(language, text)
    assert fact.per is not None
    assert fact.per.count == count


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("id", "Sebanyak 1.345 (67,3%) dari 1.998 desa sudah bebas.", [(1345, 1998), (67.3, None)]),
        ("vi", "Có 145 trạm (90,6%) trong tổng số 160 trạm y tế.", [(145, 160), (90.6, None)]),
        ("th", "พบ 45 ราย (ร้อยละ 12.5) จาก 360 ราย", [(45, 360), (12.5, None)]),
        ("en", "A total of 45 (12.5 percent) of 360 clinics are closed.", [(45, 360), (12.5, None)]),
        ("en", "In all 120 (50 %) of 300 new beds are paid for.", [(120, None), (50, None), (300, None)]),
    ],
)
def test_part_with_its_share_in_brackets(language, text, found):
    assert [(fact.value, fact.out_of) for fact in quantities(language, text)] == found


@pytest.mark.parametrize(
    ("language", "text", "value", "count"),
    [
        ("vi", "Tỷ suất sinh giảm 0,5%0 so với năm trước.", -0.5, 1000),
        ("vi", "Tỷ suất sinh thô là 14,2 %o.", 14.2, 1000),
        ("fr", "Le taux de natalité est de 14,2 %0 en 2023.", 14.2, 1000),
        ("ro", "Incidența a fost de 45,6%ooo.", 45.6, 100000),
        ("ar", "معدل المواليد 14.2%0 في عام 2023.", 14.2, 1000),
    ],
)
def test_per_mille_typed_without_its_sign(language, text, value, count):
    assert [(fact.value, fact.unit, fact.per.count) for fact in quantities(language, text)] == [(value, "1", count)]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("th", "อัตราป่วยของสามจังหวัดคือ 84.25,61.70,50.5 ต่อแสนประชากรตามลำดับ", [3, 84.25, 61.7, 50.5]),
        ("en", "The rates of the three were 84.25,61.70,50.5 in that order; the clinic spent 1,250,000 dollars.", [3, 84.25, 61.7, 50.5, 1250000]),
    ],
)
def test_decimals_that_no_space_parts(language, text, found):
    assert values(language, text) == found


def test_a_word_for_percent_before_the_first_of_a_row():
    facts = quantities("th", "ผู้ป่วยอยู่ในสามภาค คิดเป็นร้อยละ 41.5, 33.2 และ 25.3 ตามลำดับ")
    assert [(fact.value, fact.unit) for fact in facts if fact.value > 3] == [(41.5, "%"), (33.2, "%"), (25.3, "%")]


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("ko", "누적 건수는 40% 감소(90/150), 지표는 92.3%(12/13)를 달성했다.", [(90, None), (150, None), (12, 13)]),
        (
            "vi",
            "Số ca cộng dồn giảm 40% (90/150), thị xã tăng 75% (14/8), đạt 92,3% (12/13) chỉ tiêu.",
            [(90, None), (150, None), (14, None), (8, None), (12, 13)],
        ),
    ],
)
def test_figures_of_now_and_then_in_brackets(language, text, found):
    facts = quantities(language, text)
    assert [(abs(fact.value), fact.out_of) for fact in facts if fact.unit == "1"] == found
    assert not [fact for fact in load().extract(Article(text, language=language)).facts if fact.kind == "date"]

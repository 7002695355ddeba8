"""Words that each language has for one and the same time: quarters, months reported on, spans since New Year, next and weekdays."""

from __future__ import annotations

import pytest

from extractor import Article, load
from extractor.article import find_parts

FIRST_QUARTERS = {
    "en": "In the first three quarters of 2025 cases fell.",
    "de": "In den ersten drei Quartalen 2025 sanken die Fälle.",
    "fr": "Au cours des trois premiers trimestres de 2025, les cas ont baissé.",
    "es": "En los tres primeros trimestres de 2025 bajaron los casos.",
    "pt": "Nos três primeiros trimestres de 2025 os casos caíram.",
    "it": "Nei primi tre trimestri del 2025 i casi sono calati.",
    "ro": "În primele trei trimestre ale anului 2025 cazurile au scăzut.",
    "ru": "За первые три квартала 2025 года случаев стало меньше.",
    "ar": "في الأرباع الثلاثة الأولى من عام 2025 انخفضت الحالات.",
    "id": "Pada tiga triwulan pertama 2025 kasus turun.",
    "ms": "Dalam tiga suku pertama 2025 kes menurun.",
    "vi": "Trong ba quý đầu năm 2025, số ca giảm.",
    "th": "ใน 3 ไตรมาสแรกของปี 2568 ผู้ป่วยลดลง",
    "zh": "2025年前三季度病例下降。",
    "ja": "2025年の最初の3四半期に患者は減った。",
    "ko": "2025년 3분기 누적 환자가 줄었다.",
}

MONTHS_REPORTED_ON = {
    "en": "In nine months the sector examined many. 3 October 2025.",
    "de": "In neun Monaten untersuchte der Sektor viele. 3. Oktober 2025.",
    "fr": "En neuf mois, le secteur a examiné beaucoup. 3 octobre 2025.",
    "es": "En nueve meses el sector examinó a muchos. 3 de octubre de 2025.",
    "pt": "Em nove meses o setor examinou muitos. 3 de outubro de 2025.",
    "it": "In nove mesi il settore ha visitato molti. 3 ottobre 2025.",
    "ro": "În nouă luni sectorul a examinat mulți. 3 octombrie 2025.",
    "ru": "За девять месяцев осмотрели многих. 3 октября 2025 года.",
    "ar": "خلال تسعة أشهر فحص القطاع كثيرين. 3 أكتوبر 2025.",
    "id": "Dalam sembilan bulan sektor memeriksa banyak orang. 3 Oktober 2025.",
    "ms": "Dalam sembilan bulan sektor memeriksa ramai. 3 Oktober 2025.",
    "vi": "Trong chín tháng, ngành khám nhiều. Ngày 3/10/2025.",
    "th": "ในช่วง 9 เดือน ตรวจคนไข้มาก วันที่ 3 ตุลาคม 2568",
    "zh": "过去9个月里，检查了很多人。2025年10月3日。",
    "ja": "9か月で多くの人を診た。2025年10月3日。",
    "ko": "9개월 동안 많은 사람을 진료했다. 2025년 10월 3일.",
}

UNTIL_A_DAY_GONE_BY = {
    "en": ("10 September 2025. Until 31 August, 250 patients came.", "By 31 December all are seen."),
    "de": ("10. September 2025. Bis zum 31. August kamen 250 Patienten.", "Bis zum 31. Dezember werden alle untersucht."),
    "fr": ("10 septembre 2025. Jusqu'au 31 août, 250 patients sont venus.", "Avant le 31 décembre, tous seront vus."),
    "es": ("10 de septiembre de 2025. Hasta el 31 de agosto llegaron 250 pacientes.", "Antes del 31 de diciembre se verá a todos."),
    "pt": ("10 de setembro de 2025. Até 31 de agosto vieram 250 pacientes.", "Até 31 de dezembro todos serão vistos."),
    "it": ("10 settembre 2025. Fino al 31 agosto sono venuti 250 pazienti.", "Entro il 31 dicembre si visiteranno tutti."),
    "ro": ("10 septembrie 2025. Până la 31 august au venit 250 de pacienți.", "Până la 31 decembrie vor fi văzuți toți."),
    "ru": ("10 сентября 2025 года. До 31 августа пришло 250 пациентов.", "До 31 декабря осмотрят всех."),
    "ar": ("10 سبتمبر 2025. حتى 31 أغسطس جاء 250 مريضا.", "قبل 31 ديسمبر يفحص الجميع."),
    "id": ("10 September 2025. Hingga 31 Agustus datang 250 pasien.", "Sebelum 31 Desember semua diperiksa."),
    "ms": ("10 September 2025. Hingga 31 Ogos datang 250 pesakit.", "Sebelum 31 Disember semua diperiksa."),
    "vi": ("Ngày 10/9/2025. Đến ngày 31/8 có 250 bệnh nhân.", "Trước ngày 31/12 khám hết."),
    "th": ("10 กันยายน 2568 ภายในวันที่ 31 สิงหาคม มีผู้ป่วย 250 ราย", "ภายในวันที่ 31 ธันวาคม ตรวจทุกคน"),
    "zh": ("2025年9月10日。到8月31日有250名患者。", "12月31日前完成。"),
    "ja": ("2025年9月10日。8月31日までに患者250人。", "12月31日までに終える。"),
    "ko": ("2025년 9월 10일. 8월 31일까지 환자 250명.", "12월 31일까지 마친다."),
}

SINCE_NEW_YEAR = {
    "en": "Since the beginning of the year to 14 July 2025 cases rose.",
    "de": "Seit Jahresbeginn bis zum 14. Juli 2025 stiegen die Fälle.",
    "fr": "Depuis le début de l'année jusqu'au 14 juillet 2025, les cas ont augmenté.",
    "es": "Desde principios de año hasta el 14 de julio de 2025 subieron los casos.",
    "pt": "Desde o início do ano até 14 de julho de 2025 os casos subiram.",
    "it": "Dall'inizio dell'anno al 14 luglio 2025 i casi sono saliti.",
    "ro": "De la începutul anului până la 14 iulie 2025 cazurile au crescut.",
    "ru": "С начала года по 14 июля 2025 года случаев стало больше.",
    "ar": "منذ بداية العام حتى 14 يوليو 2025 ارتفعت الحالات.",
    "id": "Sejak awal tahun hingga 14 Juli 2025 kasus naik.",
    "ms": "Sejak awal tahun hingga 14 Julai 2025 kes naik.",
    "vi": "Từ đầu năm đến ngày 14/7/2025, số ca tăng.",
    "th": "ตั้งแต่ต้นปีถึงวันที่ 14 กรกฎาคม 2568 ผู้ป่วยเพิ่มขึ้น",
    "zh": "年初至2025年7月14日，病例上升。",
    "ja": "年初から2025年7月14日までに患者が増えた。",
    "ko": "연초부터 2025년 7월 14일까지 환자가 늘었다.",
}

NEXT_JANUARY = {
    "en": "20 October 2025. It opens next January.",
    "de": "20. Oktober 2025. Es öffnet im nächsten Januar.",
    "fr": "20 octobre 2025. Il ouvre en janvier prochain.",
    "es": "20 de octubre de 2025. Abre el próximo enero.",
    "pt": "20 de outubro de 2025. Abre em janeiro próximo.",
    "it": "20 ottobre 2025. Apre il prossimo gennaio.",
    "ro": "20 octombrie 2025. Se deschide în ianuarie viitor.",
    "ar": "20 أكتوبر 2025. يفتح في يناير المقبل.",
    "id": "20 Oktober 2025. Dibuka pada Januari mendatang.",
    "ms": "20 Oktober 2025. Dibuka pada Januari depan.",
    "vi": "Ngày 20/10/2025. Mở vào tháng 1 tới.",
    "ko": "2025년 10월 20일. 오는 1월 문을 연다.",
    "th": "20 ตุลาคม 2568 เปิดในเดือนมกราคมหน้า",
    "ja": "2025年10月20日。来る1月に開く。",
}

WEEKDAYS = {
    "en": "Wednesday, 12 March, it rose. 2024. 2026.",
    "de": "Am Mittwoch, 12. März, stieg es. 2024. 2026.",
    "fr": "Le mercredi 12 mars, cela a monté. 2024. 2026.",
    "es": "El miércoles 12 de marzo subió. 2024. 2026.",
    "pt": "Na quarta-feira, 12 de março, subiu. 2024. 2026.",
    "it": "Mercoledì 12 marzo è salito. 2024. 2026.",
    "ro": "Miercuri, 12 martie, a crescut. 2024. 2026.",
    "ru": "Среда, 12 марта: рост. В 2024 году. В 2026 году.",
    "ar": "الأربعاء 12 مارس ارتفع. في 2024. في 2026.",
    "id": "Rabu (12/3), naik. 2024. 2026.",
    "ms": "Rabu, 12 Mac, naik. 2024. 2026.",
    "vi": "Thứ Tư, 12/3, tăng. 2024. 2026.",
    "zh": "3月12日（星期三）上升。2024年和2026年。",
    "ja": "3月12日（水）に上昇した。2024年、2026年。",
    "ko": "3월 12일(수) 상승했다.2024년, 2026년.",
}

MONTHS_TO_ONE = {
    "en": "In the three months to June 2025 cases fell.",
    "de": "In den drei Monaten bis Juni 2025 sanken die Fälle.",
    "fr": "Sur les trois mois jusqu'à juin 2025, les cas ont baissé.",
    "es": "En los tres meses hasta junio de 2025 bajaron los casos.",
    "pt": "Nos três meses até junho de 2025 os casos caíram.",
    "it": "Nei tre mesi fino a giugno 2025 i casi sono calati.",
    "ro": "În cele trei luni până în iunie 2025 cazurile au scăzut.",
    "id": "Dalam tiga bulan hingga Juni 2025 kasus turun.",
    "ms": "Dalam tiga bulan hingga Jun 2025 kes menurun.",
}

FISCAL_PARTS = [
    ("th", "9 เดือนแรกของปีงบประมาณ 2568 พบผู้ป่วยลดลง", "2024-10/2025-06"),
    ("th", "ณ วันที่ 30 มิถุนายน 2568 ใน 9 เดือนแรกของปีงบประมาณ พบผู้ป่วยลดลง", "2024-10/2025-06"),
    ("th", "ไตรมาส 2 ปีงบประมาณ 2568 พบผู้ป่วยลดลง", "2025-01/2025-03"),
    ("th", "ครึ่งปีแรกของปีงบประมาณ 2568 พบผู้ป่วยลดลง", "2024-10/2025-03"),
    ("ja", "2024年度上半期に患者は減った。", "2024-04/2024-09"),
    ("ja", "令和6年度第4四半期に患者は減った。", "2025-01/2025-03"),
]


def values(language, text, name):
    context, _ = load().recognize(Article(text), language, find_parts(text))
    return [mention.value for mention in getattr(context, name)]


@pytest.mark.parametrize("language", FIRST_QUARTERS)
def test_first_three_quarters_are_january_to_september(language):
    assert values(language, FIRST_QUARTERS[language], "dates") == ["2025-01/2025-09"]


@pytest.mark.parametrize("language", MONTHS_REPORTED_ON)
def test_months_reported_on_are_those_of_the_own_year(language):
    assert "2025-01/2025-09" in values(language, MONTHS_REPORTED_ON[language], "moments")
    assert values(language, MONTHS_REPORTED_ON[language], "dates") == ["2025-10-03"]


@pytest.mark.parametrize("language", SINCE_NEW_YEAR)
def test_since_new_year_to_a_day_is_one_moment_and_the_day_a_date(language):
    assert "2025-01-01/2025-07-14" in values(language, SINCE_NEW_YEAR[language], "moments")
    assert values(language, SINCE_NEW_YEAR[language], "dates") == ["2025-07-14"]


@pytest.mark.parametrize("language", NEXT_JANUARY)
def test_next_january_in_autumn_is_of_the_year_after(language):
    assert values(language, NEXT_JANUARY[language], "dates") == ["2025-10-20", "2026-01"]


@pytest.mark.parametrize("language", WEEKDAYS)
def test_weekday_tells_the_year_of_a_day(language):
    assert values(language, WEEKDAYS[language], "dates")[0] == "2025-03-12"


@pytest.mark.parametrize("language", MONTHS_TO_ONE)
def test_three_months_to_june_are_april_to_june(language):
    assert values(language, MONTHS_TO_ONE[language], "dates") == ["2025-04/2025-06"]


@pytest.mark.parametrize(("language", "text", "months"), FISCAL_PARTS)
def test_parts_of_a_fiscal_year_are_counted_from_its_first_month(language, text, months):
    assert values(language, text, "dates")[-1] == months


YEAR_WORD_WITHIN = {
    "ja": "県内の施設は2015年に42あったが、今年4月には26に減った。",
    "zh": "2021年转院率为17.6%，去年降到9.3%，今年上半年又降到7%。",
}


@pytest.mark.parametrize(("language", "value"), [("ja", "2025-04"), ("zh", "2025-01/2025-06")])
def test_year_word_within_a_date_goes_before_a_year_named_in_its_sentence(language, value):
    article = Article(YEAR_WORD_WITHIN[language], published="2025-09-10")
    context, _ = load().recognize(article, language, find_parts(article.text))
    assert context.dates[-1].value == value


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "26 December 2024. All hospitals are to give up paper before 30 September."),
        ("de", "26. Dezember 2024. Alle Häuser sollen vor dem 30. September auf Papier verzichten."),
        ("es", "26 de diciembre de 2024. Todos los hospitales dejarán el papel antes del 30 de septiembre."),
        ("ru", "26 декабря 2024 года. Все больницы должны отказаться от бумаги до 30 сентября."),
        ("ja", "2024年12月26日。全病院は9月30日までに紙をやめる。"),
    ],
)
def test_deadline_in_september_set_in_december_is_of_the_year_after(language, text):
    assert values(language, text, "dates") == ["2024-12-26", "2025-09-30"]


def test_deadline_just_gone_by_is_what_was_reported_up_to():
    assert values("en", "26 October 2024. Until 30 September it treated many.", "dates") == ["2024-10-26", "2024-09-30"]


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("pt", "Em 2024, o posto funcionava havia mais de dez anos.", ["2024"]),
        ("pt", "Em 2024, de dez a quinze casos por dia.", ["2024"]),
        ("pt", "Em 2024, de set a dez, houve 30 casos.", ["2024", "2024-09/2024-12"]),
        ("fr", "En 2024, plus de sept hôpitaux ont été contrôlés.", ["2024"]),
        ("fr", "En 2024, début sept, il y avait 30 cas.", ["2024", "2024-09"]),
    ],
)
def test_number_word_before_a_noun_is_no_month_cut_short(language, text, dates):
    assert values(language, text, "dates") == dates


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "山东疫情通报\n自2025年5月以来，全省报告登革热病例120例。5日，省卫健委表示，新增病例30例。"),
        ("ja", "県内の感染\n2025年5月以降、県内で120人が感染した。県は5日、新たに30人の感染を確認したと発表した。"),
        ("ko", "도내 감염\n2025년 5월부터 120명이 감염됐다. 도는 5일 오전 30명의 감염을 발표했다."),
    ],
)
def test_a_month_since_which_something_goes_on_is_no_dateline(language, text):
    """`2025-05/..` has as many characters as a day."""
    assert values(language, text, "dates") == ["2025-05/.."]


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("it", "Dati al primo gennaio 2024.", ["2024-01-01"]),
        ("es", "Del primero de enero al 15 de marzo de 2024.", ["2024-01-01/2024-03-15"]),
        ("fr", "Depuis le premier janvier 2025.", ["2025-01-01/.."]),
        ("pt", "Primeiro de janeiro de 2024.", ["2024-01-01"]),
    ],
)
def test_first_day_of_a_month_in_a_word(language, text, dates):
    assert values(language, text, "dates") == dates


@pytest.mark.parametrize(
    ("language", "text", "dates", "counts"),
    [
        (
            "pt",
            "Brasília, 28 de março de 2024. O ministério anunciou na quarta-feira (27) a compra de 40 leitos.",
            ["2024-03-28", "2024-03-27"],
            [40],
        ),
        ("pt", "Brasília, 28 de março de 2024. Na quarta-feira, 27 municípios receberam doses.", ["2024-03-28"], [27]),
        ("pt", "O boletim saiu ontem (25) e soma 40 óbitos.", [], [40]),
        ("es", "Bogotá, 6 de marzo de 2024. Este martes 5 murieron 12 personas.", ["2024-03-06", "2024-03-05"], [12]),
        ("es", "Bogotá, 6 de marzo de 2024. Este martes 5 personas murieron.", ["2024-03-06"], [5]),
        ("fr", "Dakar, le 6 mars 2024. Le ministre a inauguré mardi 5 un centre de 30 lits.", ["2024-03-06", "2024-03-05"], [30]),
        ("fr", "Dakar, le 6 mars 2024. Le ministre inaugurera mercredi 12 un centre de 30 lits.", ["2024-03-06"], [30]),
        ("it", "Bari, 6 marzo 2024. Martedì 5 l'ospedale ha aperto 30 posti letto.", ["2024-03-06", "2024-03-05"], [30]),
        ("pt", "Nos dois primeiros meses do ano houve 40 óbitos.", ["XXXX-01/XXXX-02"], [40]),
    ],
)
def test_day_beside_its_weekday_is_a_date_or_nothing(language, text, dates, counts):
    """A day whose month is not certain, or falls on another weekday then, is left out, and counts nothing."""
    assert values(language, text, "dates") == dates
    assert values(language, text, "quantities") == counts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("es", "En junio de 2023 la espera era menor que en diciembre del mismo año. En 2025 bajó."),
        ("fr", "En juin 2023, l'attente était moindre qu'en décembre de la même année. En 2025, elle a baissé."),
        ("pt", "Em junho de 2023 a espera era menor do que em dezembro do mesmo ano. Em 2025 baixou."),
        ("it", "A giugno 2023 l'attesa era minore che a dicembre dello stesso anno. Nel 2025 è calata."),
    ],
)
def test_month_of_the_same_year_is_of_the_year_named_last(language, text):
    assert values(language, text, "dates") == ["2023-06", "2023-12", "2025"]


@pytest.mark.parametrize(
    ("language", "text", "month"),
    [
        ("de", "4. März 2019. Im Februar 1.905 Dosen (Februar 2018: 640), im Januar 1.100.", "2019-01"),
        ("en", "4 March 2019. In February 1,905 doses (February 2018: 640), in January 1,100.", "2019-01"),
        ("id", "4 Maret 2019. Pada Februari 1.905 dosis (Februari 2018: 640), pada Januari 1.100 dosis.", "2019-01"),
    ],
)
def test_a_year_in_brackets_is_not_that_of_the_months_behind_them(language, text, month):
    assert values(language, text, "dates")[-1] == month


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("疫苗10月1日開打，迄今(13)日用罄。2025年第49週(11/30至12/6)流感門診下降。", "2025-12-13"),
        ("衛生局今(2)日表示，2025年第13週(3/24至3/30)流感門診下降。", "2025-04-02"),
    ],
)
def test_today_is_behind_the_week_reported_on(text, day):
    facts = load().extract(Article(text, language="zh")).facts
    assert day in [fact.value for fact in facts if fact.kind == "date"]


@pytest.mark.parametrize("language", sorted(UNTIL_A_DAY_GONE_BY))
def test_until_a_day_before_the_article_is_no_deadline(language):
    gone, coming = UNTIL_A_DAY_GONE_BY[language]
    result = load().extract(Article(f"{gone} {coming}", language=language))
    roles = {fact.value: fact.role for fact in result.facts if fact.kind == "date"}
    assert roles["2025-08-31"] != "deadline"
    assert roles["2025-12-31"] == "deadline"


def test_a_month_said_to_be_gone_by_is_no_deadline():
    result = load().extract(Article("6 jul 2025. Hasta junio pasado llegaron 250 pacientes.", language="es"))
    assert ("2025-06", "period") in {(fact.value, fact.role) for fact in result.facts if fact.kind == "date"}


def test_weeks_are_counted_on_from_one_with_a_leap_day_and_no_year():
    text = "In week 9 (23 February to 29 February) there were 412 cases; in week 8 there were 300 cases."
    assert [fact.period for fact in load().extract(Article(text, language="en")).facts if fact.kind == "metric"] == [
        "XXXX-02-23/XXXX-02-29",
        "XXXX-02-16/XXXX-02-22",
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "지역 병원에서는 13년 7월 31일부터 1월 6일까지 환자 850명이 치료를 받았다."),
        ("ja", "県によると、13年1月31日~2月20日に患者が31人確認された。2月21日には患者が850人となった。"),
    ],
)
def test_days_without_a_year_beside_a_short_one_are_of_no_usual_year(language, text):
    facts = load().extract(Article(text, language=language)).facts
    assert 850 in [fact.value for fact in facts if fact.kind == "metric"]
    assert not any(getattr(fact, "period", None) == "XXXX" for fact in facts)

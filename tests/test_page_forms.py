"""Shapes of pages as papers and agencies write them: bylines glued to dates, markers, broken lines, forecasts, lists with dashes."""

from __future__ import annotations

import pytest

from extractor import Article, load


def extraction(language, text):
    return load().extract(Article(text, language=language))


def quantities(language, text):
    return [fact for fact in extraction(language, text).facts if fact.kind in ("metric", "target")]


GLUED, CLOCKS = (
    [
        (
            "de",
            "Vietnam.vn - Nền tảng quảng bá Việt Nam\n\nMehr Betten in Hue\n\nBáo Y TếBáo Y Tế06/09/2023\n\nAm 31. August hatte Hue 4.120 Betten.",
        ),
        ("ru", "Больше коек в Хюэ\n\nNhân DânNhân Dân06/09/2023\n\n31 августа в Хюэ было 4120 коек."),
        ("ar", "مزيد من الأسرة في هوي\n\nBáo Y TếBáo Y Tế06/09/2023\n\n[إعلان 1]\nفي 31 أغسطس كان في هوي 4120 سريرا."),
    ],
    [
        ("it", "Lunedì 23-2-26 16:42:25\nCà Mau, 32°C/ 32°C - 33°C Icona meteo soleggiato\n\nIl settore sanitario\n\nLa provincia ha 415 medici."),
        ("pt", "23-2-26 16:42\nHanói\n23°C / 22-25°C\n\nO setor da saúde\n\nA província tem 415 médicos."),
    ],
)
STAMPS = [
    *((*page, "2023-09-06", ["2023-08-31"], 4120) for page in GLUED),
    *((*page, "2026-02-23", [], 415) for page in CLOCKS),
]


@pytest.mark.parametrize(("language", "text", "published", "days", "value"), STAMPS)
def test_a_date_glued_to_a_papers_name_or_beside_a_clock_above_the_weather(language, text, published, days, value):
    found = extraction(language, text)
    assert found.article.published == published
    assert [fact.value for fact in found.facts if fact.kind == "date" and fact.role != "published"] == days
    assert [fact.value for fact in found.facts if fact.kind == "metric"] == [value]


def test_a_stamp_with_a_year_of_the_hijra():
    found = extraction("ar", "أسرة المستشفيات\nبواسطة fahad 20-01-1433 11:55 صباحاً 440 زيارات\nفي المحافظة 415 سريرا.")
    assert found.article.published == "2011-12-15"
    assert [fact.value for fact in found.facts if fact.kind == "metric"] == [415]


@pytest.mark.parametrize("counter", ["Ulasan (0)", "3 ulasan", "1,204 kali dibaca"])
def test_counters_of_a_malay_page(counter):
    assert [fact.value for fact in quantities("ms", f"Katil hospital\nWilayah mempunyai 415 katil.\nHo Tung\n{counter}")] == [415]


@pytest.mark.parametrize(
    ("language", "title", "body"),
    [
        ("vi", "Bệnh viện khám cho nhiều người (Lượt xem: 1968)", "Năm 2024, bệnh viện có 415 giường."),
        ("ja", "病院が多くの患者を診察（閲覧数：1968）", "2024年、病院には415床がある。"),
        ("zh", "医院为许多人看病(浏览:1968)", "2024年,医院有415张病床。"),
    ],
)
def test_how_often_a_page_was_read_in_brackets_behind_its_title(language, title, body):
    facts = extraction(language, f"{title}\n\n{body}").facts
    assert [fact.value for fact in facts] == ["2024", 415]


def test_title_below_the_name_of_a_site():
    text = "Vietnam.vn - Nền tảng quảng bá Việt Nam\n\nMehr Betten in Hue\n\n[Anzeige_1]\nHue hat 4.120 Betten.\n\n[Anzeige_2]"
    found = extraction("de", text)
    assert found.article.title == "Mehr Betten in Hue"
    assert [fact.value for fact in found.facts] == [4120]


@pytest.mark.parametrize(
    "rubric", ["Skip to main content", "- News -", "×", "> 사회", "Wednesday, September 11, 2013", "Rate it nowRate it nowRate it now"]
)
def test_title_below_a_rubric(rubric):
    assert extraction("de", f"{rubric}\n\nMehr Betten in Hue!\n\nHue hat 4.120 Betten.").article.title == "Mehr Betten in Hue!"


def test_the_motto_below_a_site_and_counted_pictures():
    head = "Vietnam.vn - Nền tảng quảng bá Việt Nam\n\nĐộc lập - Tự do - Hạnh phúc\n\nMehr Betten in Hue\n\n"
    text = head + "Hue hat 4.120 Betten.\n\nThêm giường bệnh ở Huế - Ảnh 1.\n\nEs sind 12 Ärzte."
    found = extraction("de", text)
    assert found.article.title == "Mehr Betten in Hue"
    assert [fact.value for fact in found.facts] == [4120, 12]


@pytest.mark.parametrize(
    ("language", "head", "body", "foot"),
    [
        ("en", "Views: 1,312", "Hue has 412 beds.", "Total score of the article: 5 in 1 review\nClick to rate the article"),
        ("ro", "Vizualizări: 1.312", "Hue are 412 paturi.", "Nota articolului: 5 din 1 vot\nFaceți clic pentru a evalua"),
        ("pt", "Visualizações: 1.312", "Hue tem 412 leitos.", "A pontuação total do artigo é: 0 em 0 avaliações\nAvalie este artigo"),
        ("es", "Vista: 1.312 veces", "Hue tiene 412 camas.", "Comentario (0)"),
        ("zh", "点击数: 1312次", "顺化有412张病床。", "评论 (0)"),
        ("ko", "조회수: 1,312", "후에시에는 병상 412개가 있다.", "기사 평가: 5점 (1개의 평가)\n글자 크기 12 14 16"),
    ],
)
def test_forms_of_the_page_itself(language, head, body, foot):
    found = extraction(language, f"{body[:-1]}\n\n{head}\n\n{body}\n\n{foot}")
    assert {fact.value for fact in found.facts} == {412}


WRAPPED = """Mehr Betten im Land
LINZ - Die Zahl der Betten in den Spitälern des Landes ist im vergangenen Jahr
gegenüber dem Jahr davor um 2,0 Prozent gestiegen, darunter waren zuletzt 26
000 auf den Stationen für Kinder. Wie das Amt weiter mitteilt, blieb die Zahl
der Stationen damit aber noch immer deutlich niedriger als im Jahr 2019, als
zum ersten Mal so viele Häuser gezählt wurden wie nie zuvor in der Geschichte
des Landes und seiner Bezirke, die daran großen Anteil hatten, wie es hieß.
"""


def test_lines_broken_at_a_width_are_one():
    found = extraction("de", WRAPPED)
    assert 26000 in [fact.value for fact in found.facts]
    assert all(found.article.text[fact.start : fact.end] == fact.exact for fact in found.facts)
    short = "Betten: 26\n000 ist keine Zahl.\nÄrzte: 12\nPflege: 14\nHebammen: 15\nApotheken: 16\nPraxen: 17"
    assert 26000 not in [fact.value for fact in quantities("de", short)]


TORN = """The province invested 447.2 billion dong in its communal health stations during the 2010-2019 period, the department said on Monday morning.
Of this sum, 146.5 billion dong was used to repair
and build 80 stations, so that by the end of the year 130
out of 191 communes will have met the criteria, and
the department expects the others to follow in the
years to come, when more funds from the budget and
other sources are at hand for what is still missing.
"""


def test_lines_that_go_on_with_a_small_letter_are_one():
    found = extraction("en", TORN)
    assert (130, 191) in [(fact.value, fact.out_of) for fact in quantities("en", TORN)]
    assert all(found.article.text[fact.start : fact.end] == fact.exact for fact in found.facts)
    rows = TORN.partition("\n")[0] + "\nbeds: 26\ndoctors: 12\nnurses: 14\nmidwives: 15\nstations: 16\nclinics: 17\n"
    assert [fact.value for fact in quantities("en", rows)][-6:] == [26, 12, 14, 15, 16, 17]


def test_forecasts_are_no_quantities():
    assert [fact.value for fact in quantities("ru", "В больнице 84 койки.\nНочью +5...+6\nДнем +9…+11\n")] == [84]


LISTED = [
    ("ro", "Cele mai multe cazuri sunt în Arad - 517, Sibiu -170 și Alba -130.", [517, 170, 130]),
    ("ro", "Variația a fost de -3,2%.", [-3.2]),
]


@pytest.mark.parametrize(("language", "text", "expected"), LISTED)
def test_dashes_of_a_list_are_no_minus(language, text, expected):
    assert [fact.value for fact in quantities(language, text)] == expected


YEARS = [
    ("ro", "În perioada 2012- 2019 s-au născut mulți copii."),
    ("de", "Im Zeitraum 2012 -2019 wurde gebaut."),
    ("ru", "В 2012- 2019 гг. строили много."),
]


@pytest.mark.parametrize(("language", "text"), YEARS)
def test_years_with_a_space_on_one_side_of_the_dash(language, text):
    assert [fact.value for fact in extraction(language, text).facts] == ["2012/2019"]


OFTEN = [
    ("ar", "يخضع كل مواطن لفحص طبي مرة واحدة على الأقل سنويا.", 1, ">=", (1, "year")),
    ("ar", "يزور الطبيب القرية 3 مرات على الأقل في السنة.", 3, ">=", (1, "year")),
    ("ru", "Каждый будет проходить осмотр не реже одного раза в год.", 1, ">=", (1, "year")),
    ("ro", "La spital sunt 200 de prezentări în 24 de ore.", 200, "=", (1, "day")),
    ("ar", "بلغ عدد الأطباء لكل 100 سرير 86.8 طبيب.", 86.8, "=", (100, "hospital_bed")),
    ("ru", "Новая поликлиника рассчитана на 750 посещений в смену.", 750, "=", (1, "shift")),
    ("de", "Auf der Station arbeiten 4 Pflegekräfte pro Schicht.", 4, "=", (1, "shift")),
    ("ru", "На 100 тыс. населения в 2017 году пришлось 253,5 случая.", 253.5, "=", (100000, "population")),
    ("de", "Jede Gemeindegesundheitsstation hat 5 Ärzte.", 5, "=", (1, "health_station")),
    ("ru", "В каждом медпункте будет не менее 4 врачей.", 4, ">=", (1, "health_station")),
    ("ro", "Fiecare stație medicală va avea cel puțin 4 medici.", 4, ">=", (1, "health_station")),
    ("ar", "سيكون لدى كل محطة صحية 5 أطباء.", 5, "=", (1, "health_station")),
    ("ro", "La 100.000 de locuitori s-au înregistrat în 2023 circa 45 de cazuri.", 45, "~", (100000, "population")),
]


@pytest.mark.parametrize(("language", "text", "value", "comparator", "per"), OFTEN)
def test_how_often_and_per_hundred_beds(language, text, value, comparator, per):
    (fact,) = quantities(language, text)
    assert (fact.value, fact.comparator, (fact.per.count, fact.per.of)) == (value, comparator, per)


BRACKETED = [
    ("ar", "تستهدف الحملة (22,666) طفلا بمشاركة (328) طبيبا وأكثر من (164) ممرضا.", ["(22,666) طفلا", "(328) طبيبا", "(164) ممرضا"]),
    ("ar", "يضم المستشفى (120) سريرا.", ["(120) سريرا"]),
    ("ar", "تم إجراء (45) ألف عملية جراحية.", ["(45) ألف عملية جراحية"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), BRACKETED)
def test_a_number_in_brackets_before_what_it_counts(language, text, expected):
    assert [fact.exact for fact in quantities(language, text)] == expected


def test_no_percentage_divides():
    assert [(fact.value, fact.per) for fact in quantities("ro", "Rata va ajunge la 100%, cu 19 medici.")] == [(100, None), (19, None)]


SYMBOLS = [
    ("ar", "أصدرت الجمعية الوطنية القرار رقم 261/2025/QH15 والقانون رقم 15/2023/QH15.", ["resolution", "law"]),
    ("ru", "Национальное собрание приняло Постановление № 261/2025/QH15.", ["resolution"]),
]


@pytest.mark.parametrize(("language", "text", "expected"), SYMBOLS)
def test_resolutions_of_an_assembly(language, text, expected):
    assert [fact.type for fact in extraction(language, text).facts if fact.kind == "resolution"] == expected


NO_QUANTITIES = [
    ("de", "Betroffen sind die Distrikte 6, 7 und 8 mit 40 Fällen.", [40]),
    ("de", "Die 7-Tage-Inzidenz liegt bei 45,6, die Sieben-Tage-Inzidenz lag bei 30,2.", [45.6, 30.2]),
    ("ro", "În săptămâna S17/2024 au fost 523 de cazuri, Clujul fiind pe locul doi.", [523]),
    ("ar", "كان ذلك في 18 من الشهر الجاري في 993 مركزا صحيا.\n2024-04-21", [993]),
]


@pytest.mark.parametrize(("language", "text", "expected"), NO_QUANTITIES)
def test_figures_of_names(language, text, expected):
    assert [fact.value for fact in quantities(language, text)] == expected


def test_years_that_spending_is_told_for_count_no_spending():
    first, second = quantities("de", "In den vergangenen zehn Jahren stiegen die Ausgaben um 54,6 Prozent.")
    assert (first.exact, first.unit, second.value, second.unit) == ("zehn Jahren", "a", 54.6, "%")


def test_span_of_days_of_the_current_month():
    dates = [fact.value for fact in extraction("ar", "سجلت الحالات من 17 حتى 20 نوفمبر الجاري، كما جاء في 21/11/2025.").facts if fact.kind == "date"]
    assert dates == ["2025-11-17/2025-11-20", "2025-11-21"]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ru", "В Хюэ открыли 12 больниц.\n3 июля 20233 июл 2023\n~2 мин"),
        ("ru", "Баннер 300x250px\nВремя чтения: 3 мин\nВ Хюэ открыли 12 больниц."),
        ("de", "Mehr Kliniken in Hue\n3 Min. Lesezeit\nIn Hue wurden 12 Krankenhäuser eröffnet."),
        ("ro", "Spitale noi la Hue\nTimp de citire: 2 minute\nLa Hue s-au deschis 12 spitale."),
        ("ro", "La Hue s-au deschis 12 spitale.\nUrmărește știrile noastre pe Google News\nIarna: 40 de grade în februarie"),
        ("ar", "مستشفيات جديدة في هوي\n3 دقائق للقراءة\nافتتح في هوي 12 مستشفى."),
    ],
)
def test_time_to_read_sizes_of_pictures_and_other_pages(language, text):
    found = extraction(language, text).facts
    assert [fact.value for fact in found if fact.kind in ("metric", "target")] == [12]
    assert [fact.value for fact in found if fact.kind == "date" and fact.role != "published"] == []


@pytest.mark.parametrize(
    ("language", "title"), [("vi", "Nhiều giường bệnh hơn (Lượt xem: 1968)"), ("es", "Más camas (Vistas: 1968)"), ("en", "More beds (Views: 1,968)")]
)
def test_how_often_a_page_was_read_behind_its_title(language, title):
    assert not extraction(language, f"{title}\n\nHuế.\n").facts


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("vi", "Thêm giường bệnh\n\nHà Nội (TTXVN 6/11) Đến ngày 2/11/2022, tỉnh có 4.120 giường bệnh."),
        ("pt", "Mais leitos\n\nHanói (VNA 6/11) Em 2 de novembro de 2022, a província tinha 4.120 leitos."),
        ("es", "Más camas\n\nHanoi (VNA 6/11) El 2 de noviembre de 2022 la provincia tenía 4.120 camas."),
    ],
)
def test_the_day_of_an_agency_is_that_of_publication(language, text):
    found = extraction(language, text)
    assert found.article.published == "2022-11-06"
    assert [(fact.value, fact.period) for fact in found.facts if fact.kind == "metric"] == [(4120, "2022-11-02")]

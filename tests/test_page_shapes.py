"""Shapes of pages as they are in the news: what stands around an article, and how its lines are set."""

from __future__ import annotations

import pytest

from extractor import Article, load


def values(language, text):
    facts = load().extract(Article(text, language=language)).facts
    return [fact.value for fact in facts if fact.kind in ("metric", "target")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "医師は7.2人である（※1）。"),
        ("zh", "报告指出医生有7.2人。 ảnh 1 附图。"),
        ("fr", "La province compte 7,2 médecins. ảnh 2"),
        ("fr", "Télécharger 50\nTaille du fichier 793,50 Ko\nNombre de fichiers 1\nLa province compte 7,2 médecins.\n1 245 vues"),
        ("ja", "医師は7.2人である。\n[広告2]\nソース\nコメント (0)"),
        ("zh", "医生有7.2人。\n[广告2]\n评论 (0)"),
        ("ko", "의사는 7.2명이다.\n[광고2]\n댓글 (0)"),
        (
            "ko",
            "병상 감소\n병상 감소\n  • 김하나 기자\n  • 승인 2022.07.14 15:05\n  • 댓글 0\n  • 카카오톡\n"
            + "의사는 7.2명이다.\n"
            + "병상이 줄었다.\n" * 12,
        ),
        ("en", "The province has 7.2 doctors.\n1 2 3 4 5 >"),
        ("en", "Page 18 - Yearbook\nThe province has 7.2 doctors in Region 4."),
        ("ko", "정부는 지원할 계획이라고 13일 밝혔다. 의사는 7.2명이다."),
        ("ja", "ホアさん（63歳、農家）は通院する。医師は7.2人である。"),
        ("zh", "阮氏花（63岁，农民）前来就诊。医生有7.2人。"),
        ("ko", "응우옌 티 호아 씨(63세·농부)가 진료를 받았다. 의사는 7.2명이다."),
        ("en", "Nguyen Thi Hoa, 63, who farms rice, came too. The province has 7.2 doctors."),
    ],
)
def test_only_what_the_article_says_is_counted(language, text):
    assert values(language, text) == [7.2]


@pytest.mark.parametrize(("head", "language"), [("更多", "zh"), ("연관 뉴스", "ko"), ("もっと見る", "ja"), ("More stories", "en")])
def test_below_a_head_for_other_articles_is_nothing(head, language):
    (fact,) = load().extract(Article(f"15\n{head}\n2026: 12 %\n", language=language)).facts
    assert fact.value == 15


def test_spaces_of_justified_lines_part_no_words():
    text = "As  of  31  December  2023,  there  were  185  health  establishments  in  Binh  Dinh  province,  up  0.8  percentage  points."
    beds, change = (fact for fact in load().extract(Article(text, language="en")).facts if fact.kind == "metric")
    assert (beds.indicator, beds.place, beds.value) == ("health_facilities", "VN-31", 185)
    assert (change.value, change.unit) == (0.8, "%")


@pytest.mark.parametrize(
    ("text", "found"),
    [("▲사망자 12명 ▲부상자 30명 ▲5명 실종", [12, 30, 5]), ("인구 증가율은 ▲1.5%이고 자연증가는 △12명이다.", [-1.5, -12])],
)
def test_triangle_before_words_is_a_bullet(text, found):
    assert values("ko", text) == found


def test_age_group_behind_a_bullet():
    (fact,) = load().extract(Article("▲1~18세 아동의 평균 신장 2cm ▲평균 수명 등이다.", language="ko")).facts
    assert fact.dimensions.age in ("1-18", None)


def test_provinces_are_not_divided_by_people():
    fact, doctors = load().extract(Article("残りの5省の1万人あたりの医師数は非常に低く、4.3人である。", language="ja")).facts
    assert (fact.value, fact.per) == (5, None)
    assert (doctors.value, doctors.per.count) == (4.3, 10000)


@pytest.mark.parametrize(
    ("language", "text", "place"),
    [
        ("zh", "国家卫健委公布，2023年末全国有医院38355个。", "CN"),
        ("zh", "衛福部公布，2023年全國有醫院470家。", "TW"),
        ("ja", "厚生労働省によると、全国の病院は8156施設である。", "JP"),
        ("ko", "질병청은 전국의 환자가 340명이라고 밝혔다.", "KR"),
        ("en", "PhilHealth pays for 340 patients nationwide.", "PH"),
        ("zh", "越南卫生部学习国家卫健委的经验，全国有医院1355个。", "VN"),
    ],
)
def test_country_of_its_bodies_where_no_place_is_named(language, text, place):
    (fact,) = (fact for fact in load().extract(Article(text, language=language)).facts if fact.kind == "metric")
    assert fact.place == place


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "인구 10만 명당 의료 면허를 소지한 의사 수는 2016년 230명으로 늘었다."),
        ("en", "The number of beds per 100,000 inhabitants in 2016 was 230."),
        ("ja", "人口10万人あたりの届け出のあった医師の数は2016年に230人だった。"),
        ("zh", "每10万人口医师数为2016年230人。"),
    ],
)
def test_year_between_a_denominator_and_its_number(language, text):
    (fact,) = (fact for fact in load().extract(Article(text, language=language)).facts if fact.kind == "metric")
    assert (fact.value, fact.per.count) == (230, 100000)


@pytest.mark.parametrize(
    ("language", "line", "day"),
    [
        ("ja", "Việt NamViệt Nam11/04/2024", "2024-04-11"),
        ("en", "Báo Nhân Dân11/04/2024", "2024-04-11"),
        ("zh", "最後更新日期 2014/5/13", "2014-05-13"),
        ("ko", "기사승인 2024. 4. 11.", "2024-04-11"),
        ("ja", "最終更新日時 2024年4月11日", "2024-04-11"),
    ],
)
def test_day_of_publication(language, line, day):
    extraction = load().extract(Article(f"7.2\n{line}\n2024\n", language=language))
    assert extraction.article.published == day


def test_nothing_below_the_rights_to_a_page():
    text = "7.2\n7.2\n7.2\n7.2\n© Health News 2002-2025 All Rights Reserved\nA new ward (10:03)\n12 beds\n"
    assert values("en", text) == [7.2] * 4


def test_agency_of_viet_nam_at_the_head():
    text = "Vietnam.vn - Nền tảng quảng bá Việt Nam\n\n全国で手足口病の症例が118件記録された。\n"
    (fact,) = load().extract(Article(text, language="ja")).facts
    assert fact.place == "VN"


@pytest.mark.parametrize("times", [2.2, 2.3, 6.8])
def test_decimal_multiple(times):
    assert values("ja", f"手足口病の症例は昨年に比べて{times}倍増加している。") == [times]


@pytest.mark.parametrize(
    ("language", "text", "dates"),
    [
        ("ja", "9月単月の感染者は120人で、1-9月期は480人だった。", ["XXXX-01/XXXX-09"]),
        ("zh", "9月新增120例，1-9月累计480例。", ["XXXX-01/XXXX-09"]),
        ("ko", "9월 환자는 120명이고, 1~9월 누적 환자는 480명이다.", ["XXXX-01/XXXX-09"]),
    ],
)
def test_months_of_an_unknown_year_are_no_quantities(language, text, dates):
    facts = load().extract(Article(text, language=language)).facts
    assert [fact.value for fact in facts if fact.kind in ("metric", "target")] == [120, 480]
    assert [fact.value for fact in facts if fact.kind == "date"] == dates
    assert all(getattr(fact, "period", None) != "XXXX" for fact in facts)


def test_text_goes_on_below_a_link_to_another_article():
    text = "Rumah sakit merawat 410 pasien.\nBACA JUGA: Cara Merawat Motor Lama\n" + (
        "Sebanyak 520 warga sudah terdaftar sebagai peserta, dan kabupaten menyiapkan 31 loket di seluruh kantor desa. (abc)\n"
        "Cek berita lain di Google News\n"
    )
    assert values("id", text) == [410, 520, 31]


def test_a_link_between_paragraphs_is_no_text_wherever_it_stands():
    body = "Dinas Kesehatan mencatat bahwa rumah sakit merawat 410 pasien, dan hampir semuanya pulang dalam keadaan sehat."
    assert values("id", f"Rumah sakit penuh\nBaca juga: Tiga Cara Mendaftar Antrean\n{body}\n") == [410]


def test_headlines_below_a_head_of_related_news_are_no_text():
    assert values("id", "Rumah sakit merawat 410 pasien.\nBaca juga: Warga Antre\nPuskesmas Rawat 52 Pasien\nDokter Tambah 7 Klinik\n") == [410]


def test_span_from_new_year_to_the_end_of_a_month():
    text = "Năm 2024, sở báo cáo. Từ đầu năm đến cuối tháng 9, tỉnh ghi nhận 640 ca mắc."
    facts = load().extract(Article(text, language="vi")).facts
    assert [fact.value for fact in facts if fact.kind == "date"] == ["2024", "2024-09"]
    assert [fact.period for fact in facts if fact.kind == "metric"] == ["2024-01/2024-09"]


PORTAL = (
    "Menu\n\n08:05 ICT Thứ sáu, 11/04/2025\n\nThống kê\n\nĐang truy cậpĐang truy cập : 25\n\nHôm nay : 1523\n\nTháng hiện tại : 223050\n\n"
    "Trang nhất » Tin tức\n\nThứ ba - 23/07/2024 15:57\n"
    "Trong hội nghị hôm qua (22/7) tại Phú Thọ, ngành y tế cho biết toàn tỉnh đã khám sàng lọc cho 4.812 bà mẹ mang thai ở các huyện."
)


def test_counters_and_clock_of_a_portal_say_nothing_of_the_article():
    facts = load().extract(Article(PORTAL, language="vi")).facts
    assert [fact.value for fact in facts if fact.kind == "metric"] == [4812]
    assert [(fact.value, fact.role) for fact in facts if fact.kind == "date"] == [("2024-07-23", "published"), ("2024-07-22", "event")]


def test_one_figure_behind_today_is_no_counter():
    assert values("en", "Beds free in the province\nToday: 42\nThe head of the hospital said so.") == [42]


def test_sentence_with_a_clock_is_no_stamp():
    assert values("en", "By 15:00 on July 20, 2024, 12 cases had been recorded.") == [12]


def test_weather_of_three_towns_is_no_text():
    towns = ["흐림동두천 23.5℃", "• 강릉 30.0℃", "서울 24.7℃"]
    assert values("ko", "\n".join([*towns, "지역 보건소는 올해 412명을 진료했다."])) == [412]
    assert values("ko", "\n".join([*towns[:2], "지역 보건소는 올해 412명을 진료했다."])) == [23.5, 30, 412]


@pytest.mark.parametrize(
    ("code", "text", "count"),
    [
        ("en", "The ministry published a table.\nDoctors per 100,000 people by region:\n* Hanoi: 82.1\n* Da Nang: 75.4 doctors", 100000),
        ("ja", "県は結果を発表しました。\n【県別・人口10万人あたりの医師数】\n●大分県82.64人\n●佐賀県61.62人", 100000),
        ("ja", "県は結果を発表しました。\n【県別の1医療機関あたりのインフルエンザ患者数】\n●大分県82.64人\n●佐賀県61.62人", 1),
    ],
)
def test_head_of_a_list_names_the_denominator(code, text, count):
    facts = load().extract(Article(text, language=code)).facts
    assert [fact.per.count for fact in facts if fact.kind == "metric"] == [count, count]


def test_head_of_a_list_divides_nothing_else():
    text = "The ministry published a table.\nDoctors per 100,000 people by region:\n* Hanoi: 82.1\n* Hue has 3 hospitals"
    assert [fact.per is not None for fact in load().extract(Article(text, language="en")).facts] == [True, False]


@pytest.mark.parametrize("signs", [("*", "-"), ("1.", "-"), ("-", "+")])
def test_a_point_of_a_list_heads_the_list_below_it(signs):
    """The report names both diseases before, so that only the points tell which of them a figure is of."""
    outer, inner = signs
    second = "2." if outer == "1." else outer
    text = (
        "The centre reported on hand, foot and mouth disease and dengue in the third week.\n"
        f"{outer} Dengue:\n{inner} Cases in the week: 53.\n{inner} Deaths in the week: 1.\n"
        f"{second} Hand, foot and mouth disease:\n{inner} Cases in the week: 67.\n"
    )
    facts = [fact for fact in load().extract(Article(text, language="en")).facts if fact.kind == "metric"]
    assert [(fact.value, fact.dimensions.disease) for fact in facts] == [(53, "dengue"), (1, "dengue"), (67, "hand_foot_mouth")]

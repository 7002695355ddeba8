"""The area whose paper or office an article is from, and short forms of areas behind a town's name."""

import pycountry
import pytest

from extractor.article import Article, find_parts
from extractor.gazetteer import capitals
from extractor.pipeline import load
from extractor.press import press_area


@pytest.mark.parametrize(
    ("text", "url", "area"),
    [
        ("Giọt hồng\n(HDO) Sáng 22/6, Trung tâm Văn hóa", None, "VN-61"),
        ("Hospital kecil\n(Baonghean.vn) - Pagi ini", None, "VN-22"),
        ("Tỉnh thêm 31 phòng khám\n\nB.N |\n\n\n(QNO) – Hiện nay", None, "VN-27"),
        ("Bệnh sởi\nSKĐS - Bộ Y tế cho biết", None, None),
        ("Người bệnh\nHDOX - Sáng nay", None, None),
        ("", "https://soyte.laocai.gov.vn/tin-tuc/1", "VN-02"),
        ("", "baohaiduong.vn/hien-mau-1.html", "VN-61"),
        ("Bảo hiểm\n(kontumtv.vn) – Năm nay", None, "VN-28"),
        ("", "https://tphcm.dangcongsan.vn/tin-tuc/1", "VN-SG"),
        ("", "https://wsjkw.zj.gov.cn/art/2023/4/25/1.html", "CN-ZJ"),
        ("", "https://salud.jalisco.gob.mx/dengue", "MX-JAL"),
        ("", "https://www.catamarcaonline.com/a/1", "AR-K"),
        ("", "https://dantri.com.vn/suc-khoe", None),
        ("", "https://[bad", None),
        ("", "https://vietbao.vn/dich-sot-xuat-huyet-o-tinh-ben-tre-413469.html", "VN-50"),
        ("", "https://baokhanhhoa.vn/phu-yen-mua-thuoc-1/", "VN-32"),
        ("", "https://dantri.com.vn/viet-nam-dinh-huong-1.htm", None),
        ("", "https://dantri.com.vn/dien-bien-dich-soi.htm", None),
        ("", "https://dantri.com.vn/tu-ha-giang-den-ca-mau.htm", None),
    ],
)
def test_press_area(text: str, url: str | None, area: str | None) -> None:
    assert press_area(text, url) == area


@pytest.mark.parametrize(
    ("language", "source"),
    [
        ("id", "Sumber: Surat Kabar Hau Giang"),
        ("id", "Sumber: baohaugiang.com.vn/tin-tuc/13/so-ca-mac"),
        ("en", "Source: https://vietbao.vn/so-ca-mac-o-hau-giang-413469.html"),
        ("ru", "Источник: Газета Хаузянг"),
    ],
)
def test_the_source_tells_the_province_that_the_text_does_not_name(language: str, source: str) -> None:
    words = {"id": "Seluruh provinsi memiliki 45 dokter.", "en": "The whole province has 45 doctors.", "ru": "Во всей провинции 45 врачей."}
    facts = load().extract(Article(f"{words[language]}\n\n{source}\n", language=language)).facts
    assert [fact.place for fact in facts if fact.kind == "metric"] == ["VN-73"]


@pytest.mark.parametrize(
    ("language", "text", "codes"),
    [
        ("en", "FARMINGTON, N.M. — The county has logged 93 cases.", ["US-NM"]),
        ("en", "Jane Doe, MD, treated 40 patients.", []),
        ("it", "A Paola (CS) mancano 12 medici.", ["IT-CS"]),
        ("it", "Il Partito Crotonese (PC) e il Pronto Soccorso (PS) contano 12 medici.", []),
        ("it", "I pronto soccorso calabresi hanno 549.300 accessi.", ["IT-78"]),
        ("it", "Il dottor Lombardo ha visitato 12 pazienti.", []),
        ("pt", "O deputado (PT-SP) visitou 12 hospitais.", []),
        ("ro", "Doctorul Pham Thi Hue a tratat 12 pacienti.", []),
        ("ja", "訪問看護は58カ所が高知市に集まる。", ["JP-39"]),
    ],
)
def test_places_by_other_means_than_names(language: str, text: str, codes: list[str]) -> None:
    analysis = load().analyse(Article(text, language=language), language, find_parts(text))
    assert [place.code for place in analysis.context.places] == codes


def test_the_site_of_a_source_without_its_address() -> None:
    text = "More beds\nThe province has 412 beds.\nSource: lamdong.gov.vn"
    assert find_parts(text).site == "lamdong.gov.vn"
    assert [fact.place for fact in load().extract(Article(text, language="en")).facts if fact.kind == "metric"] == ["VN-35"]


@pytest.mark.parametrize(("paper", "place"), [("Surat Kabar Hau Giang", "VN-73"), ("Koran Hanoi Moi", "VN"), ("Surat Kabar Suara Rakyat", "VN")])
def test_the_area_of_a_paper_that_the_source_names_in_words(paper: str, place: str) -> None:
    text = f"Kunjungan naik\nSeluruh provinsi memiliki 412 ranjang; anggarannya 52 miliar dong.\nSumber: {paper}"
    assert {fact.place for fact in load().extract(Article(text, language="id")).facts if fact.kind == "metric"} == {place}


def test_headings_are_no_datelines() -> None:
    text = "Two provinces\nNAM DINH: A YELLOW BOOK\nThe province treats 642 patients.\nNINH BINH: NO STRIPS\nHere 38 stations have none."
    assert load().analyse(Article(text), "en", find_parts(text)).context.datelines == []


def test_country_of_a_dateline() -> None:
    text = "Prämien steigen\nVADUZ – Die Prämie beträgt 412 Franken.\nEs gibt 3,1 Ärzte je 1'000 Einwohner (Schweiz: 4,6)."
    assert load().analyse(Article(text), "de", find_parts(text)).context.country == "LI"


def test_capitals_are_areas() -> None:
    assert all(pycountry.subdivisions.get(code=code) for code in capitals())


def test_area_around_areas() -> None:
    text = "I medici\nSono 131 nel Cosentino e 20 a Cosenza. I reparti calabresi sono 27.\nLa griglia assegna 69 punti alla Calabria."
    assert load().analyse(Article(text), "it", find_parts(text)).context.province == "IT-78"


@pytest.mark.parametrize(
    ("language", "text", "country"),
    [
        ("th", "รพ.สต. ทั่วประเทศมี 9,860 แห่ง", "TH"),
        ("th", "รพ.สต. มี 9,860 แห่ง", None),
        ("vi", "Toàn ngành đạt 8 chỉ tiêu theo Nghị quyết số 158/2024/QH15.", "VN"),
        ("vi", "Toàn tỉnh có 8 bệnh viện.", None),
        ("en", "Nationwide there are 40 hospitals.", None),
        ("vi", "Toàn ngành có 8 bệnh viện, chi 50 tỷ đồng.", "VN"),
        ("pt", "O hospital recebeu R$ 3 milhões.", "BR"),
        ("en", "The hospital was built for $3 million and 2 million euros.", None),
        ("en", "The hospital was built for 3 million yen and 2 billion dong.", None),
    ],
)
def test_country_of_an_article_that_names_no_place(language: str, text: str, country: str | None) -> None:
    assert load().recognize(Article(text), language, find_parts(text))[0].country == country


def test_buttons_above_the_body_are_no_foot() -> None:
    lines = ["Four wards reopen", "Share", "A long opening sentence of the body, with 40 beds in it.", "Another sentence of the body follows."]
    assert not find_parts("\n".join(lines)).boilerplate
    assert len(find_parts("\n".join([*lines[2:], "Share", "Other news of the day"])).boilerplate) == 2


def test_a_link_between_paragraphs_is_a_line_of_its_own() -> None:
    paragraph = "The province counts 40 beds, and every one of them was taken in the week that ended on Sunday, said the head of its health office."
    parts = find_parts("\n".join([*[paragraph] * 3, "Baca Juga: Kasus DBD naik", *[paragraph] * 2, "Share", "Other news"]))
    assert len(parts.boilerplate) == 3


@pytest.mark.parametrize(
    "line", ["Source: lamdong.gov.vn", "Sumber: Soyte.lamdong.gov.vn", "Nguồn: baolamdong.vn", "Sumber: baolamdong.vn/news/13/49361/50-kes-1.htm"]
)
def test_a_source_line_may_name_a_site_alone(line: str) -> None:
    text = f"The whole province has 1,195 people with HIV.\n\nIn all 430 of them are treated.\n\n{line}\n"
    parts = find_parts(text)
    assert parts.url is None
    assert [text[span.start : span.end] for span in parts.boilerplate] == [line]
    assert press_area(text, parts.site) == "VN-35"

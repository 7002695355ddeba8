"""What is told of checks, likeness and mistakes is told in the reader's language, with numbers as the reader writes them."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient

from extractor.dataset import build
from extractor.web import create_app
from web.made import article, beds, newsroom, write


def share(part, whole, percent):
    """`41/43 targets, or 95.3 %`, as two facts of one sentence."""
    sentence = f"{part}/{whole} stations have a doctor, or {percent} % of them."
    about = {"kind": "metric", "indicator": "stations_with_doctor", "comparator": "=", "measure": "level", "place": "VN-04", "sentence": sentence}
    return (
        {**about, "value": part, "out_of": whole, "unit": "1", "exact": f"{part}/{whole}"},
        {**about, "value": percent, "unit": "%", "exact": f"{percent} %"},
    )


def counted(value, words):
    about = {"kind": "metric", "comparator": "=", "measure": "level", "place": "VN-02", "unit": "1", "indicator": "hospitals"}
    return {**about, "value": value, "exact": f"{value} {words}"}


def reprint(number):
    texts = ("The report of the year names 38.5, 1234 and 56.7 beds.", "Reprinted: 38.5, 1234 and 56.7 beds.")
    about = {"kind": "metric", "indicator": "hospital_beds", "comparator": "=", "measure": "level", "unit": "1", "place": "VN-22"}
    facts = [{**about, "value": value, "exact": f"{value:g}", "sentence": texts[number]} for value in (38.5, 1234, 56.7)]
    return article(facts, title=f"Edition {number}", url="https://example.org/same", published=f"2025-01-0{number + 1}")


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    out = tmp_path_factory.mktemp("words")
    hospitals = "Of 23 hospitals, 20 public and 3 private are open."
    sums = [
        {**counted(23, "hospitals"), "sentence": hospitals},
        {**counted(20, "public"), "sentence": hospitals},
        {**counted(3, "private"), "sentence": hospitals},
    ]
    lines = [
        *newsroom(),
        article([*share(41, 43, 95.3)], title="Doctors", published="2025-01-01"),
        article([*share(30, 43, 70.5)], title="Fewer doctors", published="2025-01-02"),
        article(sums, title="Hospitals", published="2025-01-03"),
        article([beds(1645.5, "VN-02", "2021")], title="Far too many", published="2025-01-04"),
        reprint(0),
        reprint(1),
    ]
    build([write(out / "facts.jsonl", lines)], out / "dataset")
    with TestClient(create_app(out / "dataset"), base_url="http://127.0.0.1") as asking:
        yield asking


def words_of(html):
    """The text of a page's main part."""
    main = re.search(r"<main.*?</main>", html, re.DOTALL).group()
    return " ".join(unescape(re.sub(r"<[^>]+>", "", main)).split())


@pytest.mark.parametrize(
    ("kind", "language", "told"),
    [
        ("share", "en", "41/43 is 95.35 %, stated as 95.3 %"),
        ("share", "vi", "41/43 là 95,35 %, bài viết ghi 95.3 %"),
        ("share", "vi", "30/43 là 69,77 %, bài viết ghi 70.5 %"),
        ("sum", "vi", "23 hospitals = 20 public + 3 private"),
        ("range", "en", "can only be from 0 to 300: 1645.5 hospital beds"),
        ("range", "vi", "chỉ có thể từ 0 đến 300: 1645.5 hospital beds"),
        ("contradiction", "en", "Hospital beds, Lào Cai, 2024: 36 ≠ 38.5 per 10,000 population"),
        ("contradiction", "vi", "Giường bệnh, Lào Cai, 2024: 36 ≠ 38,5 trên 10.000 dân"),
    ],
)
def test_checks_are_told_in_the_readers_language(client, kind, language, told):
    assert told in words_of(client.get(f"/checks?kind={kind}&lang={language}").text)


@pytest.mark.parametrize(("language", "told"), [("en", "the same address"), ("vi", "cùng địa chỉ")])
def test_why_an_article_is_a_reprint_is_told_in_the_readers_language(client, language, told):
    ids = [row["id"] for row in client.get("/api/v1/articles?limit=100").json()["data"] if row["title"].startswith("Edition")]
    assert len(ids) == 2
    pages = [words_of(client.get(f"/article/{identity}?lang={language}").text) for identity in ids]
    assert any(told in page for page in pages)


@pytest.mark.parametrize(
    ("address", "status", "told"),
    [
        ("/?period=2025-13", 422, "period: 2025-13 không đúng cách viết, ví dụ: 2025, 2025-06, 2025-06-30"),
        ("/?period=2025-02-30", 422, "period: không có ngày 2025-02-30"),
        ("/?nope=1", 422, "nope: không có tham số này"),
        ("/?kind=x", 422, "kind: x không thuộc các giá trị: metric, target, date, resolution"),
        ("/?limit=100000", 422, "limit: nhiều nhất là 500, không phải 100000"),
        ("/?min_sources=many", 422, "min_sources: many không phải là số"),
        ("/?q=" + "x" * 501, 422, "q: tối đa 500 ký tự"),
        ("/?cursor=AAAA", 400, "cursor: không thuộc danh sách này"),
        ("/place/XX-99", 404, "Bộ dữ liệu không có địa phương XX-99."),
        ("/document/0", 404, "Bộ dữ liệu không có văn bản 0."),
        ("/nowhere", 404, "Không có gì ở địa chỉ này."),
        ("/indicator/hospital_beds?measured=x", 404, "hospital_beds không có cách tính này."),
        ("/place/%7Bname%7D", 404, "Bộ dữ liệu không có địa phương {name}."),
    ],
)
def test_what_is_wrong_is_told_in_the_readers_language(client, address, status, told):
    answer = client.get(address + ("&" if "?" in address else "?") + "lang=vi")
    assert answer.status_code == status
    assert told in words_of(answer.text)


def test_programs_are_told_in_english(client):
    problem = client.get("/api/v1/observations?period=2025-13&nope=1", headers={"accept-language": "vi"}).json()
    assert problem["errors"][0] == {"parameter": "period", "detail": "2025-13 is not written as it has to be, such as 2025, 2025-06, 2025-06-30"}
    assert problem["detail"].endswith("; nope: there is no such parameter")


@pytest.mark.parametrize("address", ["/?q=beds&place=VN-02", "/indicator/hospital_beds", "/place/VN-02", "/news"])
def test_a_figure_that_another_contradicts_is_flagged_wherever_it_is_listed(client, address):
    html = client.get(address).text
    flagged = re.findall(r'class="flag".*?<strong>(.*?)</strong>', html, re.DOTALL)
    assert {"36", "38.5"} <= set(flagged)
    assert "36.5" not in flagged

"""The pages in a browser: search in every script, facets, evidence, charts, downloads, accessibility. Their pictures go to out/screenshots."""

from __future__ import annotations

import os
import re
import sqlite3
from contextlib import closing
from pathlib import Path

import pandas as pd
import pytest

from extractor.dataset import build
from web.browser import AXE, DESK, PHONE, watched
from web.conftest import serving
from web.made import newsroom, write

SCREENSHOTS = Path(os.environ.get("EXTRACTOR_SCREENSHOTS", "out/screenshots"))
GRAVE = ("serious", "critical")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("newsroom")
    build([write(out / "facts.jsonl", newsroom())], out / "dataset")
    return out / "dataset"


@pytest.fixture(scope="module")
def home(folder):
    with serving(folder) as address:
        yield address


@pytest.fixture
def desk(chromium, home):
    with watched(chromium, home, locale="en-GB") as page:
        yield page
        assert not page.wrong


@pytest.fixture(scope="module")
def addresses(folder):
    """Name → address of a page of each kind."""
    with closing(sqlite3.connect(folder / "dataset.sqlite")) as database:
        (document,) = database.execute("SELECT id FROM documents WHERE number = '72-NQ/TW'").fetchone()
        (arabic,) = database.execute("SELECT id FROM articles WHERE language = 'ar'").fetchone()
        (english,) = database.execute("SELECT id FROM articles WHERE title LIKE 'Lao Cai%'").fetchone()
        (observation,) = database.execute("SELECT id FROM observations WHERE place = 'VN-02' AND value = 38.5").fetchone()
    return {
        "home": "/",
        "search": "/?q=beds&place=VN&kind=metric",
        "browse": "/browse",
        "indicator": "/indicator/hospital_beds",
        "place": "/place/VN-02",
        "document": f"/document/{document}",
        "article": f"/article/{english}",
        "article-arabic": f"/article/{arabic}",
        "observation": f"/observation/{observation}",
        "checks": "/checks",
        "news": "/news?since=2025-03-01",
        "vietnamese": "/?lang=vi&q=giuong",
        "nothing": "/?q=zzzzzz",
        "problem": "/place/XX-99",
        "refused": "/?period=2025-13",
    }


PAGES = (
    "home", "search", "browse", "indicator", "place", "document", "article", "article-arabic", "observation", "checks", "news", "vietnamese",
    "nothing", "problem", "refused",
)  # fmt: skip


REFUSED = {"problem": 404, "refused": 422}


@pytest.mark.parametrize(
    ("words", "sentence"), [("مستشفى", "في هانوي"), ("giuong benh", "Cao Bằng có"), ("病床", "义安省每万人"), ("lao cai", "Lao Cai has")]
)
def test_search_in_every_script_opens_the_sentence_that_proves_it(desk, words, sentence):
    page = desk.page
    desk.open("/")
    page.get_by_role("searchbox").fill(words)
    page.get_by_role("searchbox").press("Enter")
    page.wait_for_url(re.compile(r"[?&]q="))
    page.locator("table.observations tbody tr:not(.opened)").first.wait_for()
    links = page.locator("a.opens")
    for number in range(links.count()):
        links.nth(number).click()
        page.locator("tr.opened:not([hidden]) blockquote").nth(number).wait_for()
    proofs = page.locator("tr.opened blockquote")
    assert any(sentence in proof for proof in proofs.all_inner_texts())
    assert page.locator("tr.opened blockquote mark").count() >= 1


def test_a_facet_narrows_and_its_address_opens_the_same_again(desk):
    page = desk.page
    desk.open("/?q=beds")
    before = page.locator("#found .count").inner_text()
    page.locator("nav[aria-label='Narrow down'] a", has_text="Cao Bằng").first.click()
    page.wait_for_url(re.compile("place=VN-04"))
    page.locator(".chosen a").first.wait_for()
    rows = page.locator("table.observations tbody tr:not(.opened)").all_inner_texts()
    assert rows
    assert all("Cao Bằng" in row for row in rows)
    assert page.locator("#found .count").inner_text() != before
    address = page.url
    page.goto("about:blank")
    page.goto(address)
    assert page.locator("table.observations tbody tr:not(.opened)").all_inner_texts() == rows


def test_without_script_every_link_still_leads_somewhere(chromium, home):
    with watched(chromium, home, java_script_enabled=False) as seen:
        seen.open("/?q=beds")
        seen.page.locator("a.opens").first.click()
        seen.page.wait_for_url(re.compile("/observation/"))
        assert seen.page.locator("blockquote mark").count()


def test_evidence_links_to_the_words_in_the_article(desk, addresses):
    desk.open(addresses["observation"])
    link = desk.page.get_by_role("link", name=re.compile("open the article"))
    assert link.get_attribute("href").startswith("https://english.example.org/beds#:~:text=Lao%20Cai%20has%2038.5")
    assert "noopener" in link.get_attribute("rel")


def test_an_arabic_article_reads_from_right_to_left(desk, addresses):
    desk.open(addresses["article-arabic"])
    text = desk.page.locator("article.text").first
    assert text.get_attribute("dir") == "rtl"
    assert text.get_attribute("lang") == "ar"
    assert text.evaluate("element => getComputedStyle(element).direction") == "rtl"
    assert desk.page.locator("html").get_attribute("dir") == "ltr"
    assert text.locator("mark").first.inner_text().startswith("41.2 سريرا")


def test_a_mark_shows_what_was_read_to_the_keyboard_too(desk, addresses):
    desk.open(addresses["article"])
    mark = desk.page.locator("article.text mark.metric").first
    tip = mark.locator(".tip")
    assert not tip.is_visible()
    mark.focus()
    assert tip.is_visible()
    assert "38.5" in tip.inner_text()


def test_charts_are_drawn_and_their_tables_say_the_same(desk, addresses):
    page = desk.page
    desk.open(addresses["indicator"])
    figures = page.locator("figure.chart")
    assert figures.count() == 4
    for number in range(4):
        image = figures.nth(number).locator("img")
        image.scroll_into_view_if_needed()
        image.evaluate("image => image.complete || new Promise(loaded => { image.onload = image.onerror = loaded })")
        assert image.evaluate("image => image.naturalWidth") > 200
        assert len(image.get_attribute("alt")) > 40
    ranking = page.locator("#chart-ranking")
    ranking.locator("summary").click()
    cells = ranking.locator("tbody tr").all_inner_texts()
    assert re.split(r"\s*\t\s*", cells[0])[1:3] == ["Hà Nội", "41.2 per 10,000 population"]
    assert len(cells) == 4


def test_downloads_open_in_pandas(desk, tmp_path):
    page = desk.page
    readers = {"CSV": pd.read_csv, "Excel": pd.read_excel, "JSON": pd.read_json}
    frames = {}
    for name, read in readers.items():
        desk.open("/?q=beds&place=VN-02&kind=metric")
        with page.expect_download() as download:
            page.locator(".tools a[download]", has_text=name).first.click()
        file = tmp_path / download.value.suggested_filename
        download.value.save_as(file)
        frames[name] = read(file)
    assert {len(frame) for frame in frames.values()} == {3}
    assert set(frames["CSV"]["value"]) == set(frames["Excel"]["value"]) == set(frames["JSON"]["value"]) == {38.5, 36.0, 36.5}


def test_the_interface_is_vietnamese_for_a_vietnamese_browser(chromium, home):
    with watched(chromium, home, locale="vi-VN") as seen:
        seen.open("/")
        assert seen.page.locator("html").get_attribute("lang") == "vi"
        assert seen.page.get_by_role("button", name="Tìm kiếm").count() == 1
        assert not seen.wrong


def test_the_skip_link_is_the_first_stop_of_the_keyboard(desk):
    desk.open("/browse")
    desk.page.keyboard.press("Tab")
    assert desk.page.evaluate("document.activeElement.className") == "skip"
    desk.page.keyboard.press("Enter")
    assert desk.page.evaluate("document.activeElement.id") == "main"


@pytest.mark.parametrize("name", PAGES)
def test_every_page_is_accessible_and_its_picture_is_kept(chromium, home, addresses, name):
    """Nothing serious by axe-core, no error, nothing wider than the screen; on a phone and a desk, light and dark."""
    SCREENSHOTS.mkdir(parents=True, exist_ok=True)
    grave = []
    for place, size, scheme in (("desk", DESK, "light"), ("phone", PHONE, "dark"), ("desk", DESK, "dark"), ("phone", PHONE, "light")):
        with watched(chromium, home, size=size, scheme=scheme, locale="en-GB", bypass_csp=True) as seen:
            answer = seen.open(addresses[name])
            _load_pictures(seen.page)
            seen.page.screenshot(path=SCREENSHOTS / f"{name}-{place}-{scheme}.png", full_page=True)
            assert seen.page.evaluate("document.documentElement.scrollWidth") <= size[0], "the page is wider than the screen"
            seen.page.add_script_tag(path=str(AXE))
            found = seen.page.evaluate("axe.run(document, {resultTypes: ['violations']})")["violations"]
            grave += [f"{place} {scheme} {one['id']}: {one['help']}: {one['nodes'][0]['html'][:300]}" for one in found if one["impact"] in GRAVE]
            wanted = REFUSED.get(name, 200)
            assert answer.status == wanted
            assert [one for one in seen.wrong if f"status of {wanted}" not in one] == []
    assert grave == []


def _load_pictures(page) -> None:
    page.evaluate(
        """() => Promise.all([...document.images].map(image => {
            image.loading = 'eager';
            return image.complete || new Promise(loaded => { image.onload = image.onerror = loaded });
        }))"""
    )

"""The pages: what they say, in which language and direction, and where they lead. Without a browser; see test_browser.py for one."""

from __future__ import annotations

import re
import sys
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.etree import ElementTree

import pytest
from babel.messages.pofile import read_po
from hypothesis import given
from hypothesis import strategies as st

from extractor.web.dataset import Dataset
from extractor.web.messages import catalogue_of, chosen_language, languages
from extractor.web.naming import names_in
from extractor.web.pages.highlighting import paragraphs_of
from extractor.web.pages.links import address_of_words, web_address
from extractor.web.pages.rendering import shown
from extractor.web.views.article import FactRow
from extractor.web.views.evidence import proof
from extractor.web.views.records import Figure

ROOT = Path(__file__).parents[2]
PAGES = ("/", "/?q=benh+vien", "/browse", "/checks", "/checks?holds=true", "/news", "/news?since=2025-03")


class Page(HTMLParser):
    """A page's links, marks and attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.links: list[dict[str, str]] = []
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = {name: value or "" for name, value in attrs}
        self.elements.append((tag, given))
        if tag == "a":
            self.links.append(given)

    def to(self, start: str) -> list[str]:
        """Links that begin so."""
        return [link["href"] for link in self.links if link.get("href", "").startswith(start)]


def get(client, address, status=200, **headers) -> Page:
    response = client.get(address, headers={"accept-language": "en", **headers})
    assert response.status_code == status, response.text[:300]
    assert response.headers["content-type"].startswith("text/html")
    page = Page(response.text)
    page.html = response.text
    return page


@pytest.fixture(scope="module")
def opened(dataset):
    return Dataset(dataset)


@pytest.fixture(scope="module")
def things(opened):
    """An address of each kind of page."""
    article = opened.rows("SELECT id FROM articles WHERE language = 'ar' ORDER BY id LIMIT 1")[0]["id"]
    document = opened.rows("SELECT id FROM documents ORDER BY sources DESC, id LIMIT 1")[0]["id"]
    best = opened.rows("SELECT id, indicator, place FROM observations WHERE place LIKE 'VN-%' ORDER BY sources DESC, id LIMIT 1")[0]
    return {
        "article": f"/article/{article}",
        "document": f"/document/{document}",
        "observation": f"/observation/{best['id']}",
        "indicator": f"/indicator/{best['indicator']}",
        "place": f"/place/{best['place']}",
    }


def test_words_are_found_without_their_marks(client):
    plain, marked = (get(client, f"/?q={words}").to("/observation/") for words in ("benh+vien", "bệnh+viện"))
    assert plain
    assert plain == marked


def test_every_row_opens_its_evidence(client):
    page = get(client, "/?q=benh+vien")
    for address in page.to("/observation/")[:10]:
        evidence = get(client, address)
        assert "<mark" in evidence.html
        assert any(tag == "blockquote" and given["lang"] and given["dir"] in ("ltr", "rtl") for tag, given in evidence.elements)


def test_evidence_is_the_sentence_with_the_fact_in_it(opened):
    """Whatever the article's language, `before + exact + after` is what the extractor took for the sentence."""
    facts = opened.rows(
        "SELECT id, observation_id, exact, sentence FROM facts WHERE observation_id IS NOT NULL AND length(sentence) < 600 ORDER BY id"
    )
    seen = 0
    for identity in sorted({fact["observation_id"] for fact in facts})[:150]:
        sentences = {fact["id"]: fact for fact in facts if fact["observation_id"] == identity}
        for one in proof(opened, identity).evidence:
            if one.fact in sentences:
                assert one.exact == sentences[one.fact]["exact"]
                assert one.sentence == sentences[one.fact]["sentence"]
                seen += 1
    assert seen > 100


def test_evidence_links_to_its_words_in_the_article(client, things):
    links = [link["href"] for link in get(client, things["observation"]).links if link.get("href", "").startswith("https://")]
    assert links
    assert all("#:~:text=" in link for link in links)


def test_an_arabic_article_is_read_from_the_right(client, things):
    page = get(client, things["article"])
    assert ("article", {"class": "text", "lang": "ar", "dir": "rtl"}) in page.elements
    assert sum(tag == "mark" for tag, _ in page.elements) > 20
    assert '<html lang="en" dir="ltr"' in page.html


def test_an_article_is_shown_whole(client, opened, things):
    html = get(client, things["article"]).html
    body = re.search(r'<article class="text".*?</article>', html, re.S).group()
    without_tips = re.sub(r'<span class="tip".*?</span></span></mark>', "</mark>", body, flags=re.S)
    words = unescape(re.sub(r"<[^>]+>", "", without_tips))
    text = opened.rows("SELECT text FROM articles WHERE id = ?", (things["article"].rpartition("/")[2],))[0]["text"]
    assert "".join(words.split()) == "".join(text.split())


def test_a_facet_narrows_and_its_address_holds_the_whole_query(client):
    page = get(client, "/?q=benh&kind=metric")
    facets = [link["href"] for link in page.links if link.get("id", "").startswith(("indicator-", "place-", "period-"))]
    assert facets
    for address in facets[:3]:
        asked = parse_qs(urlsplit(address).query)
        assert asked["q"] == ["benh"]
        assert asked["kind"] == ["metric"]
        assert get(client, address).to("/observation/") == get(client, address).to("/observation/")
        narrowed = int(re.search(r'data-said="(?:more than )?([\d,]+)', get(client, address).html).group(1).replace(",", ""))
        everything = int(re.search(r'data-said="(?:more than )?([\d,]+)', page.html).group(1).replace(",", ""))
        assert 0 < narrowed <= everything


def test_pages_of_a_list_go_on_and_end(client):
    seen: list[str] = []
    address = "/?q=benh&limit=20"
    for _ in range(100):
        page = get(client, address)
        seen += page.to("/observation/")
        onward = [link["href"] for link in page.links if link.get("rel") == "next"]
        if not onward:
            break
        address = onward[0]
    assert not onward
    assert len(seen) == len(set(seen)) > 20


def test_every_page_says_its_language_and_holds_no_code(client, things):
    for address in (*PAGES, *things.values()):
        for language in languages():
            page = get(client, f"{address}{'&' if '?' in address else '?'}lang={language}")
            assert f'<html lang="{language}"' in page.html, address
            assert not [name for _, given in page.elements for name in given if name.startswith("on") or name == "style"], address
            assert all(given.get("src") for tag, given in page.elements if tag == "script"), address
            assert sum(tag == "h1" for tag, _ in page.elements) == 1, address
            loaded = [given.get("src") or given.get("srcset") for tag, given in page.elements if tag in ("script", "img", "source")]
            assert all(source.startswith("/") for source in loaded), address


def test_the_language_is_the_browsers_unless_chosen_and_then_stays(client):
    assert "Tìm kiếm" in get(client, "/", **{"accept-language": "vi-VN,en;q=0.5"}).html
    page = get(client, "/browse?lang=vi")
    assert all("lang=vi" in address for address in page.to("/indicator/"))
    assert "lang=" not in get(client, "/browse").to("/indicator/")[0]
    assert chosen_language(None, "x" * 100_000 + ";q=NaN, vi;q=nan, en;q=-1") == "en"


def test_indicators_have_tables_and_ways_of_measuring(client, things):
    page = get(client, things["indicator"])
    assert "<table" in page.html
    for address in [link["href"] for link in page.links if "measured=" in link.get("href", "") and link["href"].startswith("/indicator/")][:3]:
        get(client, address)


@pytest.mark.parametrize(
    "path",
    [
        "/place/XX",
        "/place/%3Cscript%3E",
        "/document/0",
        "/article/nothing",
        "/observation/%00",
        "/indicator/none",
        "/no/page",
    ],
)
def test_what_is_not_there_is_a_page_that_says_so(client, path):
    page = get(client, path, 404)
    assert "<script>" not in page.html
    assert "Traceback" not in page.html


@pytest.mark.parametrize(
    ("address", "parameter"),
    [("/?nonsense=1", "nonsense"), ("/?period=2025-02-30", "period"), ("/news?since=yesterday", "since"), ("/checks?kind=x", "kind"),
     ("/article/0?beside=-", "beside"), ("/?limit=100000", "limit"), ("/indicator/hospital_beds?since=2025-99", "since")],
)  # fmt: skip
def test_an_impossible_question_is_told_by_its_parameter(client, address, parameter):
    assert f"<code>{parameter}</code>" in get(client, address, 422).html


def test_a_way_of_measuring_that_there_is_not_is_not_found(client, things):
    get(client, f"{things['indicator']}?measured=parsecs", 404)


def test_the_feed_is_atom_and_has_what_is_new(client):
    response = client.get("/news.atom?since=2025-03")
    assert response.headers["content-type"].startswith("application/atom+xml")
    space = {"a": "http://www.w3.org/2005/Atom"}
    feed = ElementTree.fromstring(response.content)
    entries = feed.findall("a:entry", space)
    assert entries
    assert all(entry.findtext("a:updated", "", space) >= "2025-03" for entry in entries)
    ids = [entry.findtext("a:id", "", space) for entry in entries]
    assert len(ids) == len(set(ids))
    link = entries[0].find("a:link", space).get("href")
    assert client.get(link.removeprefix("http://127.0.0.1")).status_code == 200
    assert client.get("/news.atom?since=2999").status_code == 200


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,<script>", "//evil.example", "https:evil", "http://",
     "https://a.vn/\n", "https://a.vn/ x",
     "https://user:pass@bank.vn/", "vbscript:x", "file:///etc/passwd", "https://a.vn/\"onclick", " https://a.vn", "https://[", "", None],
)  # fmt: skip
def test_only_addresses_of_the_web_become_links(url):
    assert web_address(url) is None


@given(st.text(max_size=300))
def test_a_text_fragment_names_the_words(words):
    address = address_of_words("https://a.vn/1", words)
    assert address.isascii()
    fragment = address.partition("#:~:text=")[2]
    text = " ".join(words.split())
    for part in fragment.split(",") if fragment else []:
        assert "-" not in part.replace("%2D", "")
        assert unquote(part) in text.encode("utf-8", "replace").decode()


_FACT = FactRow(*["x", "metric", 0, 0, "", 0.5, *[None] * 2, None, (), *[None] * 11])


@given(st.text(alphabet="ab \n\r\u2028é", max_size=60), st.lists(st.tuples(st.integers(0, 60), st.integers(1, 20)), max_size=8))
def test_highlighting_loses_no_word_and_marks_each_fact(text, spans):
    from dataclasses import replace

    facts = [replace(_FACT, id=str(number), start=start, end=start + length) for number, (start, length) in enumerate(spans)]
    paragraphs = paragraphs_of(text, facts)
    assert "".join("".join(piece.text for paragraph in paragraphs for piece in paragraph.pieces).split()) == "".join(text.split())
    marked = {fact.id: "".join(p.text for paragraph in paragraphs for p in paragraph.pieces if fact in p.facts) for fact in facts}
    for fact in facts:
        words = text[fact.start : fact.end] if fact.end <= len(text) else ""
        assert "".join(marked[fact.id].split()) == "".join(words.split())


@given(st.text())
def test_whatever_is_shown_can_be_written(text):
    shown(text).encode("utf-8")
    ElementTree.fromstring(f"<a>{shown(text).replace('&', '').replace('<', '').replace(']]>', '')}</a>")


def catalogue_template():
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        import make_messages
    finally:
        sys.path.pop(0)
    return make_messages


def test_the_template_of_messages_is_what_pages_say():
    assert (ROOT / "extractor/web/catalogues/messages.pot").read_bytes() == catalogue_template().template(), "run docs/make_messages.py"


def test_vietnamese_is_complete_and_keeps_every_placeholder():
    file = ROOT / "extractor/web/catalogues/vi/LC_MESSAGES/messages.po"
    with file.open("rb") as stream:
        catalogue = read_po(stream, locale="vi")
    placeholder = re.compile(r"%\(\w+\)[sd]|\{\w*\}|%%")
    for message in catalogue_template().messages():
        found = catalogue.get(message)
        assert found is not None, message
        said = found.string if isinstance(found.string, str) else found.string[0]
        assert said, message
        source = message if isinstance(message, str) else message[0]
        assert sorted(placeholder.findall(said)) == sorted(placeholder.findall(source)), message
    assert len(catalogue) == len(catalogue_template().messages())


def test_values_are_written_as_the_reader_writes_them():
    beds = Figure(1645.5, None, None, "~", "1", 10000.0, "population", "level")
    assert names_in("en").value(beds) == "≈ 1,645.5 per 10,000 population"
    assert names_in("vi").value(beds) == "≈ 1.645,5 trên 10.000 dân"
    assert names_in("en").value(Figure(41.0, None, 43.0, "=", "1", None, None, "level")) == "41 of 43"
    assert names_in("en").value(Figure(35.0, 45.0, None, "=", "%", None, None, "level")) == "35–45 %"
    assert catalogue_of("vi").gettext("Search") == "Tìm kiếm"

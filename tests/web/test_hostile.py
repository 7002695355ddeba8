"""Articles that attack the reader: every field that an article can fill holds every payload, and no page runs, loads or breaks."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from urllib.parse import quote

import pytest

from extractor.dataset import build
from web.browser import watched
from web.conftest import serving
from web.made import article, write
from web.payloads import PAYLOADS

_EVERY = 24
"""Of so many payloads one page of each kind is opened for good, with scripts running; the others are parsed by the browser."""


def hostile(number: int, payload: str) -> str:
    """An article that has a payload in each of its fields."""
    value = 1000.5 + 7 * number
    per = {"count": 10, "of": payload}
    figure = {"kind": "metric", "value": value, "unit": "1", "comparator": "=", "measure": "level", "label": payload, "exact": f"{value}"}
    # Of one line: a sentence is a line of the text.
    flat = " ".join(payload.split("\n"))
    facts = [
        {**figure, "indicator": "hospital_beds", "place": "VN-02", "period": "2024", "facility": payload, "sentence": f"{flat} {value} {flat}"},
        {**figure, "indicator": "doctors", "place": "VN-02", "period": "2023", "sentence": f"Doctors of {flat}: {value}"},
        {**figure, "indicator": payload, "place": payload, "period": "2024", "unit": payload, "per": per, "exact": flat},
        {**figure, "indicator": "nurses", "place": "VN-HN", "period": payload, "dimensions": {"age": payload, "disease": payload}},
        {**figure, "kind": "target", "indicator": payload, "place": "VN-04", "period": payload, "unit": payload, "exact": flat},
        {**dict.fromkeys(("number", "issuer", "jurisdiction", "label", "date"), payload), "kind": "resolution", "type": "law", "exact": flat},
        {"kind": "date", "value": payload, "role": "event", "exact": flat},
    ]  # fmt: skip
    return article(
        facts, title=payload, url=payload, publisher=payload, published=payload, source=payload, language=("en", "ar", payload)[number % 3]
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("hostile")
    build([write(out / "facts.jsonl", (hostile(number, payload) for number, payload in enumerate(PAYLOADS)))], out / "dataset")
    return out / "dataset"


@pytest.fixture(scope="module")
def home(folder):
    with serving(folder) as address:
        yield address


@pytest.fixture(scope="module")
def pages(folder):
    """Kind of page → addresses of all pages of that kind."""
    with closing(sqlite3.connect(folder / "dataset.sqlite")) as database:

        def column(sql: str) -> list[str]:
            return [value for (value,) in database.execute(sql)]

        found = {
            "article": column("SELECT id FROM articles ORDER BY id"),
            "document": column("SELECT id FROM documents ORDER BY id"),
            "observation": column("SELECT id FROM observations ORDER BY id"),
            "indicator": column("SELECT DISTINCT indicator FROM observations ORDER BY 1"),
            "place": column("SELECT DISTINCT place FROM observations ORDER BY 1"),
        }
    return {kind: [f"/{kind}/{quote(identity, safe='')}" for identity in identities] for kind, identities in found.items()}


def test_there_are_two_hundred_payloads_and_all_of_them_are_in_the_dataset(folder, pages):
    assert len(PAYLOADS) >= 200
    assert len(pages["article"]) == len(PAYLOADS)
    with closing(sqlite3.connect(folder / "dataset.sqlite")) as database:
        for table, column in (("articles", "title"), ("articles", "url"), ("facts", "label"), ("facts", "facility"), ("observations", "place")):
            stored = {value for (value,) in database.execute(f"SELECT {column} FROM {table}")}
            assert set(PAYLOADS) <= stored, f"{table}.{column}"


@pytest.mark.parametrize(
    "address",
    ["/", "/?limit=500", "/?q=doctors&limit=200", "/browse", "/checks", "/news", "/?lang=vi&limit=500", "/place/VN-02", "/indicator/doctors"],
)
def test_lists_of_hostile_articles_run_nothing(chromium, home, address):
    with watched(chromium, home) as seen:
        assert seen.open(address).status == 200
        seen.page.mouse.move(300, 300)
        for _ in range(15):
            seen.page.keyboard.press("Tab")
        assert seen.injected() == []
        assert seen.wrong == []


@pytest.mark.parametrize("kind", ["article", "document", "observation", "indicator", "place"])
def test_pages_of_hostile_articles_run_nothing(chromium, home, pages, kind):
    addresses = pages[kind]
    with watched(chromium, home) as seen:
        for address in addresses[::_EVERY]:
            answer = seen.open(address)
            assert answer.status < 500, address
            seen.page.mouse.move(200, 200)
            seen.page.keyboard.press("Tab")
            assert seen.injected() == [], address
        # A page that there is not (`/place/..`), an address that is too long: the browser notes the answer.
        assert [one for one in seen.wrong if "status of 4" not in one] == []


@pytest.mark.parametrize("kind", ["article", "document", "observation", "indicator", "place"])
def test_no_page_has_an_element_that_is_not_ours(chromium, home, pages, kind):
    addresses = pages[kind][:: 3 if kind == "observation" else 1]
    with watched(chromium, home) as seen:
        seen.open("/browse")
        parsed = seen.parse(addresses)
        assert [(address, status) for address, status, _, _ in parsed if status >= 500] == []
        assert [(address, injected) for address, _, injected, _ in parsed if injected] == []


def test_a_payload_is_shown_as_the_words_that_it_is(chromium, home, folder):
    shown = [payload for payload in PAYLOADS if payload.isprintable() and payload == " ".join(payload.split())]
    assert len(shown) > 150
    with closing(sqlite3.connect(folder / "dataset.sqlite")) as database:
        identities = dict(database.execute("SELECT title, id FROM articles"))
    with watched(chromium, home) as seen:
        seen.open("/browse")
        for address, _, _, heading in seen.parse([f"/article/{identities[payload]}" for payload in shown]):
            assert identities[heading] == address.rpartition("/")[2]


def test_payloads_in_an_address_are_answered_without_running(chromium, home):
    keys = ("q", "place", "publisher", "cursor", "period", "lang", "no_such_key")
    asked = [f"/?{keys[number % len(keys)]}={quote(payload[:300], safe='')}" for number, payload in enumerate(PAYLOADS)]
    asked += [f"/?q={quote(payload[:300], safe='')}" for payload in PAYLOADS]
    with watched(chromium, home) as seen:
        seen.open("/browse")
        parsed = seen.parse(asked)
        assert [(address, status) for address, status, _, _ in parsed if status not in (200, 400, 422)] == []
        assert [(address, injected) for address, _, injected, _ in parsed if injected] == []
        for address in asked[:: 3 * _EVERY]:
            seen.open(address)
            assert seen.injected() == []
        assert [one for one in seen.wrong if "status of 4" not in one] == []


def test_pictures_of_hostile_data_are_pictures(chromium, home, pages):
    with watched(chromium, home) as seen:
        for address in [*pages["indicator"][:: 3 * _EVERY], "/indicator/nurses"]:
            answer = seen.open(address.replace("/indicator/", "/charts/") + ".svg")
            assert answer.status in (200, 404)
            assert seen.injected() == []
        assert [one for one in seen.wrong if "status of 4" not in one] == []


def test_the_feed_is_whole_and_links_to_this_server_only(chromium, home):
    with watched(chromium, home) as seen:
        seen.open("/browse")
        links = seen.page.evaluate(
            """async () => {
                const text = await (await fetch('/news.atom')).text();
                const feed = new DOMParser().parseFromString(text, 'application/xml');
                if (feed.querySelector('parsererror')) return [feed.querySelector('parsererror').textContent];
                return [...feed.querySelectorAll('link')].map(link => link.getAttribute('href'));
            }"""
        )
        assert links
        assert [link for link in links if not link.startswith(home + "/")] == []

"""What is found by words, by what hits can be narrowed to, and by both: the same by the index as by looking at every hit."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from itertools import product

import pytest

from extractor.dataset import build
from extractor.dataset.hit_rows import mark
from extractor.dataset.hits import id_after
from extractor.web.asking import Asking
from extractor.web.dataset import Dataset
from extractor.web.finding import facets, find
from web.made import article, beds, newsroom, write


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    out = tmp_path_factory.mktemp("finding")
    reported = [
        article([beds(38.5, "VN-02", "2024"), beds(40, "VN-02", "2025", kind="target")], title=f"Reprint {number}", language=language,
                publisher=f"news{number}.example.org", published=f"2025-0{number}-02")
        for number, language in enumerate(("en", "vi", "en", "fr"), 1)
    ]  # fmt: skip
    build([write(out / "facts.jsonl", [*newsroom(), *reported])], out / "dataset")
    return out / "dataset"


@pytest.fixture(scope="module")
def opened(folder):
    return Dataset(folder)


@pytest.fixture(scope="module")
def hits(folder):
    """Every hit, with its words."""
    with closing(sqlite3.connect(folder / "dataset.sqlite")) as database:
        database.row_factory = sqlite3.Row
        return [dict(row) for row in database.execute("SELECT * FROM hits JOIN hit_words USING (id) ORDER BY id")]


ASKED = {
    "q": (None, "beds", "giuong", "72-NQ/TW"),
    "kind": (None, "target", "resolution"),
    "place": (None, "VN", "VN-02", "VN-04"),
    "period": (None, "2024"),
    "language": (None, "vi", "ar"),
    "publisher": (None, "example.org", "news2.example.org", "org"),
    "min_sources": (None, 2),
    "since": (None, "2025-04"),
}


def has(hit, asking):
    """Whether a hit is what is asked for, as docs/web.md says it."""
    kind = "document" if asking.kind == "resolution" else asking.kind
    return all(
        (
            asking.q is None or asking.q.lower() in hit["words"],
            kind is None or hit["kind"] == kind,
            asking.place is None or hit["country" if len(asking.place) == 2 else "place"] == asking.place,
            asking.period is None or hit["year"] == asking.period,
            asking.language is None or asking.language in hit["languages"].split(),
            asking.publisher is None or asking.publisher in hit["publishers"].split(),
            asking.min_sources is None or hit["sources"] >= asking.min_sources,
            asking.since is None or (hit["last_published"] or "") >= asking.since,
        )
    )


def test_every_way_of_narrowing_finds_what_it_says(opened, hits):
    """Each pair of filters, in the order of the hits, and counted."""
    some = 0
    for (one, firsts), (other, seconds) in product(ASKED.items(), repeat=2):
        for first, second in product(firsts, seconds):
            asking = Asking.model_validate({other: second, one: first})
            expected = [hit["id"] for hit in hits if has(hit, asking)]
            assert [hit["id"] for hit in find(opened, asking).hits] == expected, asking.to_query()
            assert facets(opened, asking).count == len(expected), asking.to_query()
            some += bool(expected)
    assert some > 100


def test_every_facet_leads_to_so_many(opened):
    for name, values in facets(opened, Asking()).values.items():
        for value in values:
            wanted = "resolution" if value.value == "document" else value.value
            assert facets(opened, Asking.model_validate({name: wanted})).count == value.count, (name, value)


@pytest.mark.parametrize("sort", ["newest", "period", "value", "place"])
def test_other_orders_go_on_where_they_ended(opened, sort):
    whole = [hit["id"] for hit in find(opened, Asking(sort=sort)).hits]
    seen, cursor = [], None
    while True:
        found = find(opened, Asking(sort=sort, limit=3, cursor=cursor))
        seen += [hit["id"] for hit in found.hits]
        cursor = found.next
        if cursor is None:
            break
    assert seen == whole
    assert len(set(seen)) == len(whole) > 10


def test_hits_of_more_sources_have_smaller_numbers(hits):
    assert {hit["sources"] for hit in hits} >= {1, 2}
    for hit in hits:
        assert id_after(hit["sources"] + 1) <= hit["id"] < id_after(hit["sources"])


def test_marks_are_three_characters_that_no_word_is_made_of(hits):
    assert all(len(mark("publisher", publisher)) == 3 for hit in hits for publisher in hit["publishers"].split())
    assert mark("place", "VN-02") != mark("place", "VN-04") != mark("country", "VN")

"""Datasette opens a dataset as `build` leaves it, with its descriptions and facets."""

from __future__ import annotations

import asyncio
import json
import re
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

import pytest
from test_dataset_stores import FIRST, lines

from extractor.dataset import build
from extractor.dataset.tables import TABLES

datasette_app = pytest.importorskip("datasette.app")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("served")
    (folder / "run.jsonl").write_text(lines(*FIRST), encoding="utf-8")
    build([folder / "run.jsonl"], folder / "dataset")
    return folder / "dataset"


@pytest.fixture
def get(dataset):
    """The answer to one path of the site, as `datasette dataset.sqlite -m metadata.json` would give it."""

    def get(path):
        async def ask():
            metadata = json.loads((dataset / "metadata.json").read_text(encoding="utf-8"))
            site = datasette_app.Datasette([str(dataset / "dataset.sqlite")], metadata=metadata)
            await site.invoke_startup()
            return await site.client.get(path, follow_redirects=True)

        # In a thread of its own: a browser test in the same process may have a running loop.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, ask()).result()

    return get


def test_front_page_has_the_title(get):
    answer = get("/dataset")
    assert answer.status_code == 200
    assert "Health figures in the news" in get("/").text


@pytest.mark.parametrize("table", TABLES)
def test_page_of_each_table(get, dataset, table):
    answer = get(f"/dataset/{table}")
    assert answer.status_code == 200
    described = json.loads((dataset / "metadata.json").read_text(encoding="utf-8"))["databases"]["dataset"]["tables"][table]
    assert described["description"]
    assert re.sub(r"\W+", "", described["description"]) in re.sub(r"\W+", "", re.sub("<[^>]+>|&#\\d+;", "", answer.text))
    facets = get(f"/dataset/{table}.json?_shape=objects&_extra=facet_results").json().get("facet_results", {})
    assert set(described["facets"]) <= set(facets.get("results", facets))


def test_page_of_a_row_and_a_query_in_sql(get):
    rows = get("/dataset/facts.json?_shape=array").json()
    assert len(rows) == len(FIRST)
    assert get(f"/dataset/facts/{rows[0]['id']}").status_code == 200
    answer = get(f"/dataset.json?_shape=array&sql={quote('SELECT max(value) AS most FROM observations')}")
    if answer.status_code == 404:  # from 1.0 on
        answer = get(f"/dataset/-/query.json?_shape=array&sql={quote('SELECT max(value) AS most FROM observations')}")
    assert answer.json() == [{"most": 2862.0}]

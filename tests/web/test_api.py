"""The API: lists, records, cursors, streams, ETags, extraction, and schemathesis over its description."""

from __future__ import annotations

import gzip
import json
import re
import sqlite3
import subprocess
import sys
import urllib.error
import urllib.request
from pathlib import Path

import pandas as pd
import pytest
from conftest import ROOT

from extractor.dataset import build, query
from extractor.dataset.selection import Filters
from extractor.web import Settings, create_app
from web.conftest import lines, serving

NDJSON = {"Accept": "application/x-ndjson"}
LISTS = ("articles", "facts", "observations", "documents")


def all_parts(client, path, **parameters):
    """Rows of a list, part by part."""
    rows, cursor = [], None
    while True:
        answer = client.get(path, params={**parameters, **({"cursor": cursor} if cursor else {})})
        assert answer.status_code == 200, answer.text
        rows += answer.json()["data"]
        cursor = answer.json()["next"]
        if cursor is None:
            return rows


@pytest.mark.parametrize("name", LISTS)
def test_parts_are_the_whole_table(client, dataset, name):
    rows = all_parts(client, f"/api/v1/{name}", limit=7 if name != "facts" else 100)
    with sqlite3.connect(dataset / "dataset.sqlite") as database:
        stored = {row[0] for row in database.execute(f"SELECT id FROM {name}")}
    assert len(rows) == len(stored)
    assert {row["id"] for row in rows} == stored


@pytest.mark.parametrize("name", LISTS)
def test_a_stream_has_every_row(client, name):
    answer = client.get(f"/api/v1/{name}", headers=NDJSON)
    assert answer.headers["content-type"].startswith("application/x-ndjson")
    assert [row["id"] for row in lines(answer.text)] == [row["id"] for row in all_parts(client, f"/api/v1/{name}", limit=50)]


def test_a_stream_keeps_a_limit(client):
    assert len(lines(client.get("/api/v1/facts?limit=3", headers=NDJSON).text)) == 3


@pytest.mark.parametrize("sort", ["best", "newest", "period", "value", "place"])
def test_each_order_goes_through_all(client, sort):
    rows = all_parts(client, "/api/v1/observations", limit=9, sort=sort)
    assert len({row["id"] for row in rows}) == len(rows) == len(all_parts(client, "/api/v1/observations", limit=500))
    if sort in ("period", "value"):
        values = [row[sort] for row in rows]
        assert values == sorted(values, reverse=True)


@pytest.mark.parametrize(
    ("parameters", "filters"),
    [
        ({"kind": "target"}, Filters(kind="target", limit=10_000)),
        ({"place": "VN"}, Filters(place="VN", limit=10_000)),
        ({"period": "2025"}, Filters(period="2025", limit=10_000)),
        ({"indicator": "hospital_beds", "min_confidence": 0.5}, Filters(indicator="hospital_beds", min_confidence=0.5, limit=10_000)),
        ({"min_sources": 2}, Filters(min_sources=2, limit=10_000)),
    ],
)
def test_filters_are_those_of_the_query_command(client, dataset, parameters, filters):
    found = {row["id"] for row in all_parts(client, "/api/v1/observations", limit=100, **parameters)}
    assert found == {row["id"] for row in query(dataset, "observations", filters)}


def test_words_are_found_without_their_marks(client):
    plain = all_parts(client, "/api/v1/observations", q="giuong benh")
    assert plain
    assert plain == all_parts(client, "/api/v1/observations", q="GIƯỜNG BỆNH")
    for row in plain:
        evidence = client.get(f"/api/v1/observations/{row['id']}").json()["evidence"]
        assert evidence


@pytest.mark.parametrize("words", ["床位", "医院", "مستشفى", "bệnh viện", "sante", '"hospital beds"'])
def test_every_script_is_found(client, words):
    assert all_parts(client, "/api/v1/observations", q=words)


def test_what_is_nowhere_is_not_found(client):
    assert client.get("/api/v1/observations?q=zzqqxxw").json() == {"data": [], "next": None}


def test_fields(client):
    (row,) = client.get("/api/v1/observations?fields=value,id&limit=1").json()["data"]
    assert list(row) == ["value", "id"]
    wrong = client.get("/api/v1/observations?fields=value,nope")
    assert wrong.status_code == 422
    assert "nope" in wrong.json()["detail"]


def test_records_hang_together(client):
    (observation,) = client.get("/api/v1/observations?limit=1").json()["data"]
    fact = client.get(f"/api/v1/observations/{observation['id']}").json()["evidence"][0]
    article = client.get(f"/api/v1/articles/{fact['article_id']}").json()
    assert article["text"][fact["start"] : fact["end"]] == fact["exact"]
    assert fact["id"] in [one["id"] for one in article["facts"]]
    assert client.get(f"/api/v1/facts/{fact['id']}").json() == fact


def test_series_are_the_observations_of_an_indicator(client):
    listed = client.get("/api/v1/series?indicator=hospital_beds&limit=500").json()["data"]
    points = {point["id"] for series in listed for point in series["points"]}
    assert points == {row["id"] for row in all_parts(client, "/api/v1/observations", indicator="hospital_beds", limit=500)}


def test_counts_of_indicators_and_places(client):
    observations = all_parts(client, "/api/v1/observations", limit=500)
    for name, column in (("indicators", "indicator"), ("places", "place")):
        counted = {row["id"]: row["observations"] for row in client.get(f"/api/v1/{name}").json()["data"]}
        assert counted == pd.Series([row[column] for row in observations]).value_counts().to_dict()


def test_unchanged_is_not_sent_again(client):
    first = client.get("/api/v1/observations")
    tag = {"If-None-Match": first.headers["etag"]}
    again = client.get("/api/v1/observations", headers=tag)
    assert (again.status_code, again.content) == (304, b"")
    assert client.get("/api/v1/observations?limit=3", headers=tag).status_code == 200
    assert client.get("/api/v1/observations", headers={**tag, **NDJSON}).status_code == 200


def test_what_is_kept_is_what_was_answered(dataset, monkeypatch):
    """The second answer comes without a question to the dataset, to the letter, for each encoding and language its own."""
    from fastapi.testclient import TestClient

    app = create_app(dataset)
    with TestClient(app, base_url="http://127.0.0.1") as client:
        ways = [{"Accept-Encoding": "gzip"}, {"Accept-Encoding": "identity"}, {"Accept-Language": "vi"}]
        first = [client.get("/?q=giuong+benh", headers=way) for way in ways]
        monkeypatch.setattr(app.state.dataset, "reading", None)
        again = [client.get("/?q=giuong+benh", headers=way) for way in ways]
    assert [(answer.text, answer.headers) for answer in again] == [(answer.text, answer.headers) for answer in first]
    assert first[0].headers["content-encoding"] == "gzip"
    assert "content-encoding" not in first[1].headers
    assert first[2].text != first[0].text


def test_a_new_build_is_seen_at_once(extractions, tmp_path):
    from fastapi.testclient import TestClient

    folder = tmp_path / "dataset"
    lines_of_run = extractions.read_text(encoding="utf-8").splitlines(keepends=True)
    (tmp_path / "few.jsonl").write_text("".join(lines_of_run[:2]), encoding="utf-8")
    build([tmp_path / "few.jsonl"], folder)
    with TestClient(create_app(folder), base_url="http://127.0.0.1") as client:
        first = client.get("/api/v1/articles")
        assert len(first.json()["data"]) == 2
        build([extractions], folder)
        client.app.state.dataset._looked = 0.0
        again = client.get("/api/v1/articles", headers={"If-None-Match": first.headers["etag"]})
        assert again.status_code == 200
        assert len(again.json()["data"]) == len(lines_of_run)


def test_large_answers_are_compressed(client):
    assert client.get("/api/v1/facts?limit=100", headers={"Accept-Encoding": "gzip"}).headers["content-encoding"] == "gzip"


def test_extract(client, engine):
    text = "In 2024 the province had 2,862 hospital beds."
    answer = client.post("/api/v1/extract", json={"text": text, "language": "en"})
    assert answer.status_code == 200
    facts = answer.json()["facts"]
    assert [fact["exact"] for fact in facts] == [fact.exact for fact in engine.extract(text).facts]
    assert any(fact.get("indicator") == "hospital_beds" and fact["value"] == 2862 for fact in facts)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"text": ""}, 422),
        ({}, 422),
        ({"text": "x", "nope": 1}, 422),
        ({"text": "x", "language": "Vietnamese"}, 422),
        ({"text": "x" * 150_000}, 422),
        ({"text": "x" * 300_000}, 413),
    ],
)
def test_bad_texts(client, body, status):
    answer = client.post("/api/v1/extract", json=body)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == status


@pytest.mark.parametrize("extension", ["csv", "json", "xlsx"])
def test_downloads_open_in_pandas(client, extension, tmp_path):
    answer = client.get(f"/download.{extension}?kind=target")
    assert answer.status_code == 200
    assert answer.headers["content-disposition"] == f'attachment; filename="health-figures.{extension}"'
    file = tmp_path / f"file.{extension}"
    file.write_bytes(answer.content)
    frame = {"csv": pd.read_csv, "json": pd.read_json, "xlsx": pd.read_excel}[extension](file)
    targets = all_parts(client, "/api/v1/observations", kind="target", limit=500)
    assert list(frame["id"].astype(str)) == [row["id"] for row in targets]
    assert list(frame["value"]) == pytest.approx([row["value"] for row in targets])
    assert frame["evidence"].notna().all()


@pytest.fixture
def known(client, tmp_path):
    """schemathesis.toml with an id of each kind of record, so that it gets at more than 404."""
    ids = {name: client.get(f"/api/v1/{name}?limit=1&fields=id").json()["data"][0]["id"] for name in LISTS}
    told = [
        f'[[operations]]\ninclude-name = "GET /api/v1/{name}/{{identity}}"\nparameters = {{ identity = "{identity}" }}\n'
        for name, identity in ids.items()
    ]
    file = tmp_path / "schemathesis.toml"
    file.write_text("\n".join((Path(__file__).with_name("schemathesis.toml").read_text(encoding="utf-8"), *told)), encoding="utf-8")
    return file


def test_schemathesis_finds_nothing(server, known):
    program = Path(sys.executable).with_name("schemathesis")
    command = [
        program,
        "--config-file",
        known,
        "run",
        f"{server}/openapi.json",
        "--checks",
        "all",
        "--max-examples",
        "8",
        "--seed",
        "1",
        "--request-timeout",
        "60",
        "--no-color",
    ]
    done = subprocess.run([*map(str, command)], cwd=known.parent, capture_output=True, text=True, timeout=550, check=False)
    assert done.returncode == 0, done.stdout[-5000:]
    assert "Tested: 13" in done.stdout


DOCS = (ROOT / "docs" / "web.md").read_text(encoding="utf-8")


def blocks(language):
    """Code of the page about the API."""
    return re.findall(rf"```{language}\n(.*?)```", DOCS, re.DOTALL)


def test_the_pandas_example(server, capsys):
    (code,) = blocks("python")
    exec(code.replace("http://127.0.0.1:8765", server), {})
    assert "target" in capsys.readouterr().out
    frame = pd.read_csv(f"{server}/download.csv?q=giuong+benh&kind=target")
    assert len(frame)


def test_the_vega_lite_example(server):
    """In a process of its own: vl-convert lets no other thread of its process run, such as this server's, while it waits for the data."""
    (spec,) = blocks("json")
    code = "import sys, vl_convert; print(vl_convert.vegalite_to_svg(sys.stdin.read(), allowed_base_urls=[sys.argv[1]]))"
    spec = spec.replace("http://127.0.0.1:8765", server)
    drawn = subprocess.run([sys.executable, "-c", code, server + "/"], input=spec, capture_output=True, text=True, timeout=120, check=True)
    assert drawn.stdout.count('aria-roledescription="point"') > 3


def test_the_curl_examples(server):
    for line in blocks("")[1].splitlines():
        asked = subprocess.run(
            line.replace("http://127.0.0.1:8765", server).replace(" > targets.jsonl", ""), shell=True, capture_output=True, check=True
        )
        assert b"hospital_beds" in asked.stdout or b'"value"' in asked.stdout


def as_infinity_asks(address, **headers):
    """The rows that Grafana's Infinity data source makes of an answer, as the page's table tells it: its request, the root, the columns.

    https://grafana.com/docs/plugins/yesoreyeram-infinity-datasource/latest/references/url/: a Go client, and a content type even of a GET.
    """
    told = {"User-Agent": "Go-http-client/1.1", "Content-Type": "application/json", "Accept-Encoding": "gzip", **headers}
    with urllib.request.urlopen(urllib.request.Request(address, headers=told)) as answer:
        body = answer.read()
        body = gzip.decompress(body) if answer.headers["Content-Encoding"] == "gzip" else body
        assert answer.headers["Content-Type"].startswith("application/json")
    root = re.search(r"\| Rows/Root \| `(\w+)`", DOCS)[1]
    columns = re.findall(r"`(\w+)` as (\w+)", DOCS)
    return [{name: {"String": str, "Number": float}[kind](row[name]) for name, kind in columns} for row in json.loads(body)[root]]


def grafana_address():
    return re.search(r"\| URL \| `http://127.0.0.1:8765(.*?)`", DOCS)[1]


def test_what_grafana_is_told(server, client):
    rows = as_infinity_asks(server + grafana_address())
    expected = client.get(grafana_address()).json()["data"]
    assert rows
    assert rows == [{"period": row["period"], "value": row["value"], "kind": row["kind"]} for row in expected]


def test_grafana_gets_in_with_its_token(dataset):
    with serving(dataset, Settings(token="a-token-of-many-letters")) as address:
        assert as_infinity_asks(address + grafana_address(), Authorization="Bearer a-token-of-many-letters")
        with pytest.raises(urllib.error.HTTPError, match="401"):
            as_infinity_asks(address + grafana_address())

"""What the server refuses, and that no answer has a traceback, a path of the server, or anything for a browser to run."""

from __future__ import annotations

import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request

import postgres_server
import pytest
from fastapi.testclient import TestClient

from extractor.dataset import QueryError, build
from extractor.web import Settings, create_app
from extractor.web.dataset import Dataset
from extractor.web.security import HEADERS
from extractor.web.settings import SettingsError
from web.conftest import serving

TOKEN = "a-token-of-many-letters"
PAGES = ("/", "/checks", "/news", "/news.atom", "/download.csv", "/api/v1", "/api/v1/observations", "/openapi.json", "/nowhere", "/?period=2025-13")


@pytest.mark.parametrize("path", [*PAGES, "/static/pages.css"])
def test_headers(client, path):
    answer = client.get(path)
    for name, value in HEADERS.items():
        assert answer.headers[name] == value
    assert "unsafe" not in answer.headers["content-security-policy"]
    assert answer.headers["server"] == "extractor"
    assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/?nope=1", 422),
        ("/?period=2025-13", 422),
        ("/?period=2025-02-30", 422),
        ("/?period=yesterday", 422),
        ("/?since=0000-00-00", 422),
        ("/?place=Atlantis", 422),
        ("/?min_confidence=2", 422),
        ("/?min_confidence=nan", 422),
        ("/?limit=100000", 422),
        ("/?limit=-1", 422),
        ("/?cursor=AAAA", 400),
        ("/?q=%FF%FE", 400),
        ("/%C3%28", 400),
        ("/?q=" + "x" * 600, 422),
        ("/?q=" + "x" * 20_000, 414),
        ("/?" + "&".join(f"facet{n}=1" for n in range(500)), 422),
        ("/?" + "&".join(f"facet{n}=1" for n in range(1_500)), 414),
        ("/?kind=target&kind=metric", 200),
        ("/indicator/nowhere", 404),
        ("/place/ZZ-99", 404),
        ("/document/0000000000000000", 404),
        ("/article/0000000000000000", 404),
        ("/article/..%2f..%2fetc%2fpasswd", 404),
        ("/static/..%2f..%2fapp.py", 404),
        ("/static/%2e%2e/app.py", 404),
    ],
)
@pytest.mark.parametrize("prefix", ["", "/api/v1/observations"])
def test_bad_addresses(client, dataset, address, status, prefix):
    if prefix and not address.startswith("/?"):
        pytest.skip("a page's address")
    if "cursor" in address and not prefix:
        status = 400
    answer = client.get(prefix + address.removeprefix("/") if prefix else address)
    assert answer.status_code == status, answer.text[:500]
    if prefix and status != 200:
        assert answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"]
    assert_discreet(answer.text, dataset)


def assert_discreet(text, dataset):
    """No traceback, and none of the server's folders."""
    for told in ("Traceback", 'File "', str(dataset), str(dataset.parent), "/tests/", "site-packages", "sqlite"):
        assert told not in text


def test_the_root_of_the_api_has_no_parameters(client):
    assert client.get("/api/v1").status_code == 200
    assert client.get("/api/v1?nope=1").json()["errors"] == [{"parameter": "nope", "detail": "there is no such parameter"}]


def test_past_the_end_is_an_empty_part(client):
    from extractor.web.cursors import Cursor

    answer = client.get("/api/v1/observations", params={"cursor": str(Cursor("best", None, str(2**63 - 1)))})
    assert answer.json() == {"data": [], "next": None}


def test_no_answer_names_a_folder(client, dataset):
    article = client.get("/api/v1/articles?limit=1").json()["data"][0]
    assert "/" not in article["source"]
    for path in (*PAGES, f"/api/v1/articles/{article['id']}", f"/article/{article['id']}"):
        assert_discreet(client.get(path).text, dataset)


def test_cost_is_limited(dataset):
    served = Dataset(dataset, most_seconds=0.2)
    begun = time.monotonic()
    with pytest.raises(QueryError, match="too long"):
        served.rows("SELECT count(*) FROM facts a, facts b, facts c, facts d")
    assert time.monotonic() - begun < 5
    assert served.rows("SELECT count(*) AS n FROM articles")[0]["n"]


def test_a_question_that_takes_too_long_is_told(dataset, monkeypatch):
    from extractor.web.api import rows

    monkeypatch.setattr(rows, "facts", lambda dataset, *_: dataset.rows("SELECT count(*) FROM facts a, facts b, facts c, facts d"))
    with TestClient(create_app(dataset, Settings(most_seconds=0.2)), base_url="http://127.0.0.1") as client:
        answer = client.get("/api/v1/facts")
    assert answer.status_code == 503
    assert "ask for less" in answer.json()["detail"]


def test_busy(dataset, monkeypatch):
    from extractor.web import dataset as module

    monkeypatch.setattr(module, "_WAITS", 0.05)
    app = create_app(dataset, Settings(connections=1))
    with TestClient(app, base_url="http://127.0.0.1") as client, app.state.dataset.reading():
        answer = client.get("/api/v1/facts")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]


def test_the_database_can_only_be_read(dataset, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    served = create_app(dataset).state.dataset
    for statement in ("DELETE FROM facts", "CREATE TABLE x (y)", "PRAGMA query_only = OFF; DELETE FROM facts", "ATTACH 'x.db' AS x"):
        with pytest.raises(QueryError):
            served.rows(statement)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        ({"Authorization": "Bearer wrong"}, 401),
        ({"Authorization": "Basic !!!"}, 401),
        ({"Authorization": "Basic /////w=="}, 401),
        ({"Authorization": f"Bearer {TOKEN}"}, 200),
    ],
)
@pytest.mark.parametrize("path", ["/", "/api/v1/observations", "/static/pages.css", "/download.csv", "/openapi.json"])
def test_token(dataset, headers, status, path):
    with TestClient(create_app(dataset, Settings(host="0.0.0.0", token=TOKEN)), base_url="http://example.org") as client:
        answer = client.get(path, headers=headers)
        assert answer.status_code == status
        assert ("www-authenticate" in answer.headers) is (status == 401)
        assert client.get(path, auth=("anyone", TOKEN)).status_code == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.1", "news.example.org"])
def test_others_need_a_token(host):
    with pytest.raises(SettingsError, match="token"):
        Settings(host=host)


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", "127.3.4.5"])
def test_loopback_needs_none(host):
    assert Settings(host=host).is_loopback


def test_other_names_are_refused(dataset):
    """A page elsewhere whose name is made to point here (DNS rebinding) gets nothing."""
    with TestClient(create_app(dataset, Settings(hosts=("news.example.org",))), base_url="http://127.0.0.1") as client:
        assert client.get("/api/v1", headers={"Host": "evil.example.org"}).status_code == 421
        assert client.get("/api/v1", headers={"Host": "127.0.0.1.evil.example.org"}).status_code == 421
        assert client.get("/api/v1", headers={"Host": "news.example.org"}).status_code == 200
        assert client.get("/api/v1", headers={"Host": "localhost:8765"}).status_code == 200
        assert client.get("/api/v1", headers={"Host": "[::1]:8765"}).status_code == 200


def test_cors_only_where_named(dataset):
    origin = "https://dash.example.org"
    with TestClient(create_app(dataset, Settings(origins=(origin,))), base_url="http://127.0.0.1") as client:
        answer = client.get("/api/v1", headers={"Origin": origin})
        assert answer.headers["access-control-allow-origin"] == origin
        assert answer.headers["cross-origin-resource-policy"] == "cross-origin"
        assert "access-control-allow-origin" not in client.get("/api/v1", headers={"Origin": "https://evil.example.org"}).headers


@pytest.mark.parametrize("origin", ["*", "dash.example.org", "https://dash.example.org/path"])
def test_origins_are_whole(origin):
    with pytest.raises(SettingsError):
        Settings(origins=(origin,))


def test_bodies_without_a_length_are_measured(server):
    """Chunked: nothing tells before how long it is."""
    host, port = server.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(
            b"POST /api/v1/extract HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n"
        )
        for _ in range(300):
            connection.sendall(b"400\r\n" + b"x" * 1024 + b"\r\n")
        connection.sendall(b"0\r\n\r\n")
        assert connection.recv(100).startswith(b"HTTP/1.1 413")


@pytest.mark.parametrize("query", ["q=" + "x" * 1_000_000, "&".join(f"facet{n}=1" for n in range(10_000))])
def test_a_million_characters_get_an_answer(server, query):
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(f"{server}/?{query}", timeout=30)
    assert refused.value.code == 414


def test_head_is_get_without_its_body(server):
    answer = urllib.request.urlopen(urllib.request.Request(f"{server}/api/v1/observations", method="HEAD"), timeout=30)
    assert (answer.status, answer.read()) == (200, b"")
    assert answer.headers["etag"]


def refused(*arguments):
    """What `extractor serve` says, where it does not start."""
    command = [sys.executable, "-c", "from extractor.cli import main; main()", "serve", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 2, done
    assert done.stderr.startswith("error: ")
    assert "Traceback" not in done.stderr
    return done.stderr


def test_no_dataset(tmp_path):
    assert "extractor build" in refused(tmp_path / "nowhere")
    assert "extractor build" in refused(tmp_path)


def test_half_a_dataset(dataset, tmp_path):
    shutil.copytree(dataset, tmp_path / "half")
    whole = (tmp_path / "half" / "dataset.sqlite").read_bytes()
    (tmp_path / "half" / "dataset.sqlite").write_bytes(whole[: len(whole) // 3])
    assert "dataset" in refused(tmp_path / "half")
    (tmp_path / "half" / "dataset.sqlite").write_bytes(b"")
    assert "is no dataset" in refused(tmp_path / "half")


def test_a_dataset_of_another_version(dataset, tmp_path):
    shutil.copytree(dataset, tmp_path / "old")
    with sqlite3.connect(tmp_path / "old" / "dataset.sqlite") as database:
        database.execute("UPDATE about SET value = '1' WHERE key = 'format'")
    assert "build it again" in refused(tmp_path / "old")


def test_a_port_in_use(dataset):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        assert "--port" in refused(dataset, "--port", taken.getsockname()[1])


def test_an_open_address_without_a_token(dataset):
    assert "EXTRACTOR_TOKEN" in refused(dataset, "--host", "0.0.0.0")
    assert "16" in refused(dataset, "--host", "0.0.0.0", "--token", "short")


def test_serve_says_where_and_ends_quietly(dataset):
    command = [sys.executable, "-c", "from extractor.cli import main; main()", "serve", str(dataset), "--port", "0"]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env={**os.environ, "NO_COLOR": "1"}) as running:
        said = running.stderr.readline()
        address = re.match(r"(http://127\.0\.0\.1:\d+/)", said)
        assert address, said
        end = time.monotonic() + 30
        while True:
            try:
                assert urllib.request.urlopen(f"{address[1]}api/v1", timeout=10).status == 200
                break
            except urllib.error.URLError:
                assert time.monotonic() < end
                time.sleep(0.1)
        running.send_signal(signal.SIGINT)
        assert running.wait(timeout=30) in (0, -signal.SIGINT, 130)
        assert "Traceback" not in running.stderr.read()


def test_a_dataset_that_goes_away(extractions, tmp_path):
    folder = tmp_path / "dataset"
    build([extractions], folder)
    with serving(folder) as address:
        shutil.rmtree(folder)
        time.sleep(0.6)
        with pytest.raises(urllib.error.HTTPError) as failed:
            urllib.request.urlopen(f"{address}/api/v1/facts", timeout=30)
    assert failed.value.code == 503
    assert_discreet(failed.value.read().decode(), folder)


@pytest.fixture(scope="module")
def postgres(extractions):
    if postgres_server.programs() is None:
        assert not os.environ.get("EXTRACTOR_NEEDS_POSTGRES"), "PostgreSQL is not installed"
        pytest.skip("PostgreSQL is not installed")
    with postgres_server.server() as address:
        build([extractions], None, address)
        yield address


SAME = (
    "/api/v1/observations?limit=500",
    "/api/v1/observations?q=giuong+benh&limit=500",
    "/api/v1/observations?q=%E5%BA%8A%E4%BD%8D&sort=newest",
    "/api/v1/observations?sort=value&kind=metric&place=VN",
    "/api/v1/documents?limit=500",
    "/api/v1/facts?limit=200&kind=target",
    "/api/v1/articles",
    "/api/v1/indicators",
    "/api/v1/places",
    "/api/v1/series?indicator=hospital_beds",
    "/download.json",
    "/",
    "/?q=benh+vien",
    "/checks",
    "/news",
    "/news.atom",
    "/indicator/hospital_beds",
    "/place/VN",
)


@pytest.mark.parametrize("path", SAME)
def test_postgresql_answers_the_same(client, postgres, path):
    with TestClient(create_app(postgres), base_url="http://127.0.0.1") as other:
        answer, same = other.get(path), client.get(path)
    assert (answer.status_code, same.status_code) == (200, 200)
    assert answer.text == same.text


@pytest.fixture(scope="module")
def parquet(dataset, tmp_path_factory):
    folder = tmp_path_factory.mktemp("parquet")
    for file in dataset.glob("*.parquet"):
        shutil.copy(file, folder)
    return folder


@pytest.mark.parametrize("path", SAME)
def test_parquet_alone_answers_the_same(client, parquet, path):
    with TestClient(create_app(parquet), base_url="http://127.0.0.1") as other:
        answer, same = other.get(path), client.get(path)
    assert (answer.status_code, same.status_code) == (200, 200)
    assert answer.text == same.text


def test_postgresql_shows_what_is_written_since(postgres, extractions, tmp_path):
    with TestClient(create_app(postgres), base_url="http://127.0.0.1") as client:
        before = client.get("/api/v1/articles?limit=500")
        few = tmp_path / "few.jsonl"
        few.write_text("".join(extractions.read_text(encoding="utf-8").splitlines(keepends=True)[:3]), encoding="utf-8")
        build([few], None, postgres)
        end = time.monotonic() + 15
        while (after := client.get("/api/v1/articles?limit=500", headers={"If-None-Match": before.headers["etag"]})).status_code == 304:
            assert time.monotonic() < end
            time.sleep(0.2)
        assert len(after.json()["data"]) == 3
        assert len(before.json()["data"]) > 3
        build([extractions], None, postgres)

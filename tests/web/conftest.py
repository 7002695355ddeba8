"""What the tests of the server share: a small dataset of the corpus, the app over it, and a server in a thread on a free port."""

from __future__ import annotations

import json
import os
import shutil
import socket
import threading
import time
from contextlib import contextmanager

import pytest
import uvicorn
from conftest import CORPUS
from fastapi.testclient import TestClient

from extractor.article import Article
from extractor.dataset import build
from extractor.web import Settings, create_app
from web.browser import FLAGS, MILLISECONDS

ARTICLES = (
    "ar/ar-ae-health-services-report-2024", "ar/ar-annual-review-quang-binh", "ar/ar-dengue-bulletin-ben-tre",
    "de/de-at-health-fund-deficit-vacancies", "de/de-at-primary-care-interview-styria", "de/de-at-substitution-carinthia",
    "en/en-au-tasmania-hospital-budget", "en/en-bd-dengue-two-die-short", "en/en-ca-manitoba-surgical-wait",
    "fr/fr-be-grippe-court", "fr/fr-bf-meningite-districts", "fr/fr-ca-quebec-health-network",
    "vi/vi-benh-vien-san-nhi-long-an", "vi/vi-benh-vien-yhct-ha-nam-tong-ket", "vi/vi-chuong-trinh-hanh-dong-72-quang-ngai",
    "zh/zh-cn-chengdu-livelihood-plan-2026", "zh/zh-cn-county-hospital-interview-henan", "zh/zh-cn-dengue-weekly-guangdong",
)  # fmt: skip
"""By name, so that the tests stay what they are when articles join the corpus."""


@pytest.fixture(scope="session")
def extractions(engine, tmp_path_factory):
    """Articles of six languages, as a run gives them, each with an address."""
    files = [CORPUS / f"{name}.txt" for name in ARTICLES]
    out = tmp_path_factory.mktemp("runs") / "facts.jsonl"
    with out.open("w", encoding="utf-8") as stream:
        for number, file in enumerate(files):
            text = file.read_text(encoding="utf-8")
            article = Article(
                text, source=str(file), url=f"https://news{number % 5}.example.org/{file.stem}", published=f"2025-{1 + number % 12:02}-10"
            )
            stream.write(engine.extract(article).model_dump_json() + "\n")
    return out


@pytest.fixture(scope="session")
def dataset(extractions, tmp_path_factory):
    """The folder of the dataset of `extractions`."""
    folder = tmp_path_factory.mktemp("dataset") / "dataset"
    build([extractions], folder)
    return folder


@pytest.fixture(scope="session")
def client(dataset):
    """Asks the app without a server."""
    with TestClient(create_app(dataset), base_url="http://127.0.0.1", raise_server_exceptions=True) as asking:
        yield asking


@pytest.fixture(scope="session")
def server(dataset):
    """The address of a server of the dataset."""
    with serving(dataset) as address:
        yield address


@contextmanager
def serving(dataset, settings=None):
    """Serve a dataset in a thread, on a port that is free."""
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    config = uvicorn.Config(create_app(dataset, settings or Settings()), http="h11", h11_max_incomplete_event_size=4 * 1024 * 1024, log_level="error")
    running = uvicorn.Server(config)
    thread = threading.Thread(target=running.run, args=([listener],), daemon=True)
    thread.start()
    end = time.monotonic() + 60
    while not running.started and time.monotonic() < end:
        time.sleep(0.02)
    assert running.started
    try:
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    finally:
        running.should_exit = True
        thread.join(timeout=10)


def lines(text):
    """Objects of NDJSON."""
    return [json.loads(line) for line in text.splitlines()]


@pytest.fixture(scope="session")
def chromium():
    """The one browser of a test process. Where there is none tests are skipped, unless EXTRACTOR_NEEDS_BROWSER says that there has to be one.

    It stands here because a fixture that modules import is set up once for each of them, and Playwright starts only once.
    """
    path = shutil.which("chromium") or shutil.which("chromium-browser")
    if path is None:
        if os.environ.get("EXTRACTOR_NEEDS_BROWSER"):
            pytest.fail("no Chromium: apt-get install chromium")
        pytest.skip("no Chromium: apt-get install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(FLAGS), timeout=MILLISECONDS)
        yield browser
        browser.close()

"""What the tests of the server share: a small dataset of the corpus, the app over it, and a server in a thread on a free port."""

from __future__ import annotations

import json
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

LANGUAGES = ("ar", "de", "en", "fr", "vi", "zh")
PER_LANGUAGE = 3


@pytest.fixture(scope="session")
def extractions(engine, tmp_path_factory):
    """The first articles of some languages, as a run gives them, each with an address."""
    files = [file for language in LANGUAGES for file in sorted((CORPUS / language).glob("*.txt"))[:PER_LANGUAGE]]
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

"""Whatever bytes come in: no crash, no hang, and every fact where it says. `make fuzz` runs many more."""

from __future__ import annotations

import bz2
import gzip
import io
import json
import lzma
import os
import re
import tarfile
import zipfile
from functools import cache

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from conftest import CORPUS
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.article import Article
from extractor.pipeline import Extractor, load
from extractor.readers import Problem, read_articles
from extractor.schema import Extraction

INPUTS = int(os.environ.get("FUZZ_INPUTS", "5000"))
"""In all: mostly for the readers, which are fast and whose input is the strangest."""
CHECKS = (HealthCheck.function_scoped_fixture, HealthCheck.too_slow)


def share(part: float):
    """Settings for a part of all inputs: the same ones each time, but new ones where more than the usual number is asked for."""
    return settings(max_examples=max(1, int(INPUTS * part)), deadline=None, derandomize=INPUTS <= 5000, suppress_health_check=CHECKS)


TEXT = "In 2024 the province had 2,862 hospital beds (target: 40 per 10,000 people); Resolution 72-NQ/TW, 30/6/2025."
RECORDS = [{"text": TEXT, "url": "https://a.example/1", "date": "2024-05-06"}, {"maintext": TEXT, "title": "Beds"}, {"text": ""}, {"text": 5}]
PAGE = f"<html><head><title>Beds</title></head><body><article><p>{TEXT}</p><p>{TEXT}</p></article></body></html>".encode()


def table() -> bytes:
    out = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT, None], "title": ["Beds", "x"]}), out)
    return out.getvalue()


def zipped(data: bytes, name: str = "a.jsonl") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
        archive.writestr("../b.txt", TEXT)
    return out.getvalue()


def tarred(data: bytes, name: str = "a.jsonl") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for member_name, content in ((name, data), ("ü" * 120 + ".txt", TEXT.encode())):
            member = tarfile.TarInfo(member_name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    return out.getvalue()


def warc() -> bytes:
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGE
    records = ((b"response", body, b"application/http; msgtype=response"), (b"conversion", TEXT.encode(), b"text/plain"))
    return b"".join(
        b"WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: https://a.example/1\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s\r\n\r\n"
        % (kind, content, len(data), data)
        for kind, data, content in records
    )


LINES = "\n".join(map(json.dumps, RECORDS)).encode()
FILES = {
    "a.txt": TEXT.encode(),
    "a16.txt": TEXT.encode("utf-16"),
    "a.html": PAGE,
    "a.jsonl": LINES,
    "a.json": json.dumps(RECORDS, indent=1).encode(),
    "a.csv": f'text,url\n"{TEXT}",https://a.example/1\n"a ""b""",\n'.encode(),
    "a.parquet": table(),
    "a.warc": warc(),
    "a.zip": zipped(LINES),
    "a.tar": tarred(LINES),
}
PACKERS = (lambda data: data, gzip.compress, bz2.compress, lzma.compress, lambda data: pa.compress(data, "zstd", asbytes=True), zipped, tarred)


@st.composite
def damaged_files(draw):
    """A name and what is in it: a file of some kind, packed in some way, with some bytes changed, left out or put in, before and after packing."""
    name = draw(st.sampled_from(sorted(FILES)))
    packed = draw(st.sampled_from(PACKERS))(damaged(draw, FILES[name]))
    return draw(st.sampled_from([name, "a", "a.jsonl", "a.json", "a.gz", "a.zip", "a.tar"])), damaged(draw, packed)


def damaged(draw, data: bytes) -> bytes:
    for _ in range(draw(st.integers(0, 2))):
        at = draw(st.integers(0, len(data)))
        data = data[:at] + draw(st.binary(max_size=6)) + data[at + draw(st.sampled_from([0, 1, 4, 1000])) :]
    return data


def read(tmp_path, name: str, data: bytes) -> None:
    """Each item is an article with something in it or a problem that says what is wrong, and they come to an end."""
    file = tmp_path / name
    file.write_bytes(data)
    for item in read_articles([str(file)]):
        assert item.source.startswith(str(file))
        assert item.reason if isinstance(item, Problem) else item.text.strip()


@share(0.5)
@given(damaged_files())
def test_damaged_files(tmp_path, file):
    pytest.importorskip("trafilatura")
    pytest.importorskip("warcio")
    read(tmp_path, *file)


@share(0.2)
@given(
    st.sampled_from(["a", "a.txt", "a.jsonl", "a.json", "a.csv", "a.html", "a.tar", "a.zip"]),
    st.sampled_from([b"", b"{", b"[", b"\x1f\x8b", b"BZh9", b"PK\x03\x04", b"PK\x05\x06", b"\xff\xfe", b"WARC/1.0\r\n", b"text,url\n"]),
    st.binary(max_size=200),
)
def test_any_bytes(tmp_path, name, start, rest):
    pytest.importorskip("trafilatura")
    read(tmp_path, name, start + rest)


JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["text", "body", "url", "date", "sections", "paragraphs"]), inner),
    max_leaves=8,
)


@share(0.15)
@given(st.sampled_from(["a.json", "a.jsonl", "a"]), st.lists(JSON, max_size=4), st.sampled_from([None, 1]), st.booleans())
def test_any_json(tmp_path, name, values, indent, as_list):
    text = json.dumps(values, indent=indent) if as_list else "\n".join(json.dumps(value, indent=indent) for value in values)
    read(tmp_path, name, text.encode())


ARTICLES = sorted(file for language in ("ar", "en", "ja", "ru", "th", "vi") for file in (CORPUS / language).glob("*.txt"))
"""Of six scripts."""
PIECES = [
    "%",
    "(",
    ")",
    "–",
    "/",
    "٫",
    "½",
    "\u200f",
    "\u0301",
    "\xa0",
    "万",
    "\n\n",
    "1.234.567",
    "72-NQ/TW",
    "30/6/2025",
    "per 10,000",
    "\x00",
    "9" * 40,
]


@st.composite
def damaged_articles(draw):
    """A few lines out of the corpus with pieces of others put between their characters."""
    text = ARTICLES[draw(st.integers(0, len(ARTICLES) - 1))].read_text(encoding="utf-8")
    begin = draw(st.integers(0, max(0, len(text) - 200)))
    text = text[begin : begin + draw(st.integers(20, 200))]
    for _ in range(draw(st.integers(0, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.sampled_from(PIECES) | st.text(max_size=3)) + text[at + draw(st.integers(0, 3)) :]
    return text


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return load()


SENTENCES = re.compile(r"[^.!?。！？؟\n]*(?:[.!?。！？؟\n]+|$)")


@cache
def sentences(language: str) -> list[str]:
    """All sentences of a language's articles."""
    texts = [file.read_text(encoding="utf-8") for file in sorted((CORPUS / language).glob("*.txt"))]
    return [sentence for text in texts for sentence in SENTENCES.findall(text) if sentence.strip()]


@st.composite
def recombined_articles(draw):
    """Sentences of different articles of one language: dates, places and figures that no writer would put together."""
    language = draw(st.sampled_from(sorted(folder.name for folder in CORPUS.iterdir() if folder.is_dir())))
    pool = sentences(language)
    return "".join(pool[draw(st.integers(0, len(pool) - 1))] for _ in range(draw(st.integers(2, 8))))


@share(0.05)
@given(recombined_articles())
def test_facts_of_recombined_articles(extractor, text):
    extraction = extractor.extract(Article(text))
    assert all(text[fact.start : fact.end] == fact.exact for fact in extraction.facts)


@share(0.1)
@given(damaged_articles())
def test_facts_of_damaged_articles(extractor, text):
    extraction = extractor.extract(Article(text))
    assert all(text[fact.start : fact.end] == fact.exact for fact in extraction.facts)
    assert Extraction.model_validate_json(extraction.model_dump_json(by_alias=True)).facts == extraction.facts

"""Articles out of every kind of file, whole, packed, damaged or hostile."""

from __future__ import annotations

import bz2
import functools
import gzip
import http.server
import io
import json
import lzma
import os
import struct
import tarfile
import threading
import tracemalloc
import zipfile
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from extractor.article import Article
from extractor.readers import FieldError, Problem, assign, read_articles

TEXT = "In 2024 the province had 2,862 hospital beds."
LINES = b"".join(json.dumps({"text": f"{TEXT} Part {i}."}).encode() + b"\n" for i in range(3))
PAGE = f"""<html><head><title>Beds</title><meta property="article:published_time" content="2024-05-06T07:00:00Z"></head>
<body><nav>Home</nav><article><h1>Beds</h1><p>{TEXT * 3}</p><p>{TEXT * 3}</p></article></body></html>""".encode()


def read(*paths, **fields):
    return list(read_articles([str(path) for path in paths], **fields))


def articles(found) -> list[Article]:
    return [item for item in found if isinstance(item, Article)]


def problems(found) -> list[Problem]:
    return [item for item in found if isinstance(item, Problem)]


def zstd(data: bytes) -> bytes:
    return pa.compress(data, "zstd", asbytes=True)


PACKERS = {".gz": gzip.compress, ".bz2": bz2.compress, ".xz": lzma.compress, ".zst": zstd}


@pytest.mark.parametrize("suffix", PACKERS)
def test_packed_lines(tmp_path, suffix):
    """Two streams one after the other are one file, as crawlers write them."""
    file = tmp_path / f"articles.jsonl{suffix}"
    file.write_bytes(PACKERS[suffix](LINES) + PACKERS[suffix](LINES))
    found = read(file)
    assert [article.source for article in found] == [f"{file}#{number}" for number in range(1, 7)]
    assert found[4].text == f"{TEXT} Part 1."


@pytest.mark.parametrize("suffix", PACKERS)
def test_packed_text_is_told_by_its_content(tmp_path, suffix):
    file = tmp_path / "article.txt"
    file.write_bytes(PACKERS[suffix](TEXT.encode()))
    assert [article.text for article in read(file)] == [TEXT]


@pytest.mark.parametrize("suffix", PACKERS)
def test_cut_off(tmp_path, suffix):
    """What stands before the cut is read; the cut is told."""
    lines = [json.dumps({"text": f"{TEXT} {os.urandom(3000).hex()}"}).encode() + b"\n" for _ in range(500)]
    packed = PACKERS[suffix](b"".join(lines))
    file = tmp_path / f"articles.jsonl{suffix}"
    file.write_bytes(packed[: len(packed) * 2 // 3])
    found = read(file)
    assert len(articles(found)) > (0 if suffix == ".bz2" else 100)
    assert "is cut off or damaged" in problems(found)[-1].reason


def test_what_unpacks_without_end(tmp_path):
    file = tmp_path / "bomb.jsonl.gz"
    with gzip.open(file, "wb") as stream:
        for _ in range(400):
            stream.write(b"0" * 1_000_000)
    tracemalloc.start()
    found = read(file)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "unpacks to more than" in problems(found)[-1].reason
    assert peak < 100_000_000


def test_zip(tmp_path):
    """Names in an archive lead nowhere: nothing is unpacked to disk."""
    file = tmp_path / "dump.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../escape.txt", TEXT)
        archive.writestr("in/lines.jsonl.gz", gzip.compress(LINES))
        archive.writestr("picture.png", b"\x89PNG")
        archive.writestr("inner.zip", b"PK\x03\x04")
    found = read(file)
    assert [article.source for article in articles(found)] == [f"{file}/../../escape.txt"] + [f"{file}/in/lines.jsonl.gz#{n}" for n in (1, 2, 3)]
    assert [(problem.source, problem.reason) for problem in problems(found)] == [
        (f"{file}/inner.zip", "is a damaged zip archive: File is not a zip file")
    ]
    assert sorted(tmp_path.parent.rglob("escape.txt")) == []


TABLE = io.BytesIO()
pq.write_table(pa.table({"text": [TEXT]}), TABLE)


def zipped(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, data)
    return packed.getvalue()


def tarred(name: str, data: bytes) -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w") as archive:
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    return packed.getvalue()


@pytest.mark.parametrize("suffix", [*PACKERS, ".zip", ".tar"])
@pytest.mark.parametrize(
    ("name", "data"), [("a.parquet", TABLE.getvalue()), ("a.zip", zipped("a.txt", TEXT.encode())), ("a.tar", tarred("a.txt", TEXT.encode()))]
)
def test_what_is_read_from_its_end_may_be_packed(tmp_path, cli, name, data, suffix):
    """Parquet, and archives in archives; from standard input too."""
    pack = {".zip": functools.partial(zipped, name), ".tar": functools.partial(tarred, name)} | PACKERS
    file = tmp_path / f"{name}{suffix}"
    file.write_bytes(pack[suffix](data))
    assert [item.text for item in read(file)] == [TEXT]
    assert len(cli("run", "-", stdin=file.read_bytes()).stdout.splitlines()) == 1


def test_archive_without_articles(tmp_path):
    """As a spreadsheet is: it is told, not passed over."""
    file = tmp_path / "table.xlsx"
    file.write_bytes(zipped("xl/workbook.xml", b"<x/>"))
    (problem,) = read(file)
    assert "without any file that can be read" in problem.reason


def test_archives_without_end(tmp_path):
    """Packed in itself over and over, many large members, one member listed a thousand times: each with a clear line and bounded cost."""
    deep = TEXT.encode()
    for level in range(8):
        deep = zipped(f"{level}.zip", deep) if level else zipped("a.txt", deep)
    wide = io.BytesIO()
    with zipfile.ZipFile(wide, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6):
            archive.writestr(f"{number}.jsonl", b"0" * 60_000_000)
    repeated = bytearray(zipped("a.jsonl", b"0" * 60_000_000))
    begin, end = repeated.index(b"PK\x01\x02"), repeated.index(b"PK\x05\x06")
    entry = bytes(repeated[begin:end])
    repeated[begin:] = entry * 1000 + struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1000, 1000, len(entry) * 1000, begin, 0)
    for name, data, reason in (
        ("deep", deep, "packed more than 4 times"),
        ("wide", wide.getvalue(), "300 times"),
        ("again", bytes(repeated), "300 times"),
    ):
        file = tmp_path / f"{name}.zip"
        file.write_bytes(data)
        found = read(file)
        assert len(found) < 10
        assert reason in found[-1].reason


def test_tar_that_claims_too_much(tmp_path):
    """A name of a gigabyte, which would be held whole, and a member of a terabyte that is not there."""
    name = tarfile.TarInfo("././@LongLink")
    name.type, name.size = tarfile.GNUTYPE_LONGNAME, 1 << 30
    member = tarfile.TarInfo("a.txt")
    member.size = 1 << 40
    for head in (name, member):
        (tmp_path / "a.tar").write_bytes(tarred("b.txt", TEXT.encode())[:1024] + head.tobuf() + b"x" * 2000)
        found = read(tmp_path / "a.tar")
        assert [article.text for article in articles(found)] == [TEXT]
        assert problems(found)


def test_tar_with_a_damaged_head_in_the_middle(tmp_path):
    data = tarred("a.txt", TEXT.encode())[:1024] + b"\x01" * 512 + tarred("b.txt", TEXT.encode())
    (tmp_path / "a.tar").write_bytes(data)
    article, problem = read(tmp_path / "a.tar")
    assert article.text == TEXT
    assert "cut off or damaged" in problem.reason


def test_zip_with_one_damaged_member(tmp_path):
    """The others are read."""
    file = tmp_path / "a.zip"
    with zipfile.ZipFile(file, "w") as archive:
        for name in ("a.txt", "b.txt", "c.txt"):
            archive.writestr(name, f"{TEXT} In {name}.")
    file.write_bytes(file.read_bytes().replace(b"In b.txt", b"In B.txt"))
    found = read(file)
    assert len(articles(found)) >= 2
    (problem,) = problems(found)
    assert problem.source == f"{file}/b.txt"


def test_damaged_zip(tmp_path):
    file = tmp_path / "dump.zip"
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("a.txt", TEXT)
    file.write_bytes(file.read_bytes()[:60])
    (problem,) = read(file)
    assert "damaged zip" in problem.reason


def test_tar(tmp_path):
    file = tmp_path / "dump.tar.gz"
    with tarfile.open(file, "w:gz") as archive:
        for name, data in (("/etc/a.txt", TEXT.encode()), ("b.jsonl", LINES), ("c.bin", b"\x00")):
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
        link = tarfile.TarInfo("link.txt")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
    assert len(articles(read(file))) == 4
    file.write_bytes(file.read_bytes()[:-40])
    assert "cut off or damaged" in problems(read(file))[-1].reason


def test_csv(tmp_path):
    file = tmp_path / "table.csv"
    file.write_bytes('id;body;date;link\n1;"Bốn ""giường""\nbệnh";2024-05-06;https://a.example.vn/1\n2;;;\n'.encode())
    article, problem = read(file)
    assert (article.text, article.published, article.url) == ('Bốn "giường"\nbệnh', "2024-05-06", "https://a.example.vn/1")
    assert article.source == f"{file}#1"
    assert (problem.line, problem.reason.split(" ")[0]) == (2, "has")


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_tsv_in_another_encoding(tmp_path, encoding):
    file = tmp_path / "table.tsv"
    file.write_text("text\theadline\nTỉnh có 250 giường\tGiường, bệnh\n", encoding=encoding)
    (article,) = read(file)
    assert (article.text, article.title) == ("Tỉnh có 250 giường", "Giường, bệnh")


def test_csv_with_a_quotation_that_never_ends(tmp_path):
    file = tmp_path / "table.csv"
    file.write_text('text\n"' + "x" * 3_000_000, encoding="utf-8")
    assert all(isinstance(item, Problem) for item in read(file))


def test_parquet(tmp_path):
    file = tmp_path / "table.parquet"
    pq.write_table(pa.table({"text": [TEXT, None], "date": [datetime(2024, 5, 6, tzinfo=UTC)] * 2, "junk": [1, 2]}), file)
    article, problem = read(file)
    assert (article.text, article.published, article.source) == (TEXT, "2024-05-06", f"{file}#1")
    assert problem.line == 2
    file.write_bytes(b"PAR1" + b"x" * 50)
    (problem,) = read(file)
    assert "is no Parquet" in problem.reason


CRAWLERS = {
    "news-please": {"maintext": TEXT, "title": "Beds", "url": "https://a.example/1", "date_publish": "2024-05-06 07:00:00"},
    "trafilatura": {"text": TEXT, "title": "Beds", "source": "https://a.example/1", "date": "2024-05-06", "raw_text": "x"},
    "fundus": {
        "body": {"summary": [], "sections": [{"headline": [], "paragraphs": [TEXT]}]}, "title": "Beds",
        "url": "https://a.example/1", "publishing_date": "2024-05-06 07:00:00+00:00",
    },
}  # fmt: skip
CRAWLS = {
    "FineWeb-2": {"text": TEXT, "url": "https://a.example/1", "date": "2020-01-01T00:00:00Z", "dump": "CC-MAIN", "file_path": "s3://x"},
    "CulturaX": {"text": TEXT, "timestamp": "2020-01-01T00:00:00Z", "url": "https://a.example/1", "source": "mC4"},
    "mC4": {"text": TEXT, "timestamp": "2020-01-01T00:00:00Z", "url": "https://a.example/1"},
}


@pytest.mark.parametrize("name", CRAWLERS)
def test_fields_of_crawlers(tmp_path, name):
    file = tmp_path / "a.json"
    file.write_text(json.dumps(CRAWLERS[name]), encoding="utf-8")
    assert read(file) == [Article(TEXT, str(file), "Beds", "https://a.example/1", "2024-05-06")]


@pytest.mark.parametrize("name", CRAWLS)
def test_day_of_a_crawl_is_no_day_of_publication(tmp_path, name):
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps(CRAWLS[name]), encoding="utf-8")
    assert read(file) == [Article(TEXT, f"{file}#1", None, "https://a.example/1", None)]


def test_assigned_fields(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": "not this", "story": TEXT, "day": "2024-05-06"}), encoding="utf-8")
    assert read(file, fields=assign(["text=story", "published=day"])) == [Article(TEXT, f"{file}#1", published="2024-05-06")]
    for wrong in ("story", "text=", "colour=red"):
        with pytest.raises(FieldError, match="write PART=NAME"):
            assign([wrong])


def test_list_in_json(tmp_path):
    file = tmp_path / "a.json"
    file.write_text(json.dumps([{"text": TEXT}, {"x": 1}, 5]), encoding="utf-8")
    found = read(file)
    assert [article.source for article in articles(found)] == [f"{file}#1"]
    assert [problem.line for problem in problems(found)] == [2, 3]


@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a"])
def test_json_is_told_by_its_content(tmp_path, name):
    """JSON Lines under the name of JSON, as mC4 has them; a list, or an object over several lines, under the name of JSON Lines."""
    file = tmp_path / name
    records = [{"text": f"{TEXT} {number}"} for number in range(3)]
    lines = "\n".join(map(json.dumps, records))
    indented = "\n".join(json.dumps(record, indent=2) for record in records)
    for content in (lines, f"{lines}\n", json.dumps(records), json.dumps(records, indent=1), indented):
        file.write_text(content, encoding="utf-8")
        assert [(a.text, a.source) for a in read(file)] == [(f"{TEXT} {n}", f"{file}#{n + 1}") for n in range(3)], content
    file.write_text(json.dumps(records[0], indent=2), encoding="utf-8")
    assert [article.source for article in read(file)] == [str(file)]


@pytest.mark.parametrize(
    ("content", "count", "reason"),
    [
        ('[{"text": "250 beds"}, {"text": "9 be', 1, "is no JSON: Unterminated string"),
        ('[{"text": "250 beds"}, {"text": "9 beds"}', 2, "is cut off"),
        ('[{"text": "250 beds"}] {"text": "9 beds"}', 1, "goes on behind its list"),
        ('[{"text": "250 beds"}, ' + "[" * 100_000, 1, "nested too deep"),
        ('{\n"text": "250 beds"}\nnonsense', 1, "is no JSON"),
        ('[{"text": "250 beds"}, "\xff"]', 1, "not an object"),
    ],
)
def test_json_that_breaks_off(tmp_path, content, count, reason):
    """What stands before the fault is read."""
    file = tmp_path / "a.json"
    file.write_text(content, encoding="utf-8")
    found = read(file)
    assert len(articles(found)) == count
    (problem,) = problems(found)
    assert reason in problem.reason


def test_a_list_of_any_size_is_read_in_constant_memory(tmp_path):
    file = tmp_path / "a.json"
    record = json.dumps({"text": f"{TEXT} {'x' * 3000}"})
    with file.open("w") as stream:
        stream.write("[" + f"{record},\n" * 30_000 + record + " " * 20_000_000 + "]")
    tracemalloc.start()
    count = sum(isinstance(item, Article) for item in read_articles([str(file)]))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 30_001
    assert peak < 50_000_000


def test_standard_input_is_told_by_its_content(cli):
    for content in (TEXT.encode(), PAGE, json.dumps([{"text": TEXT}]).encode(), json.dumps({"text": TEXT}, indent=1).encode(), b"no json\n" + LINES):
        result = cli("run", "-", stdin=content)
        assert b"2,862 hospital beds" in result.stdout, content


@pytest.mark.parametrize("name", ["-", "table", "table.csv.gz"])
@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_tables_without_a_name(cli, tmp_path, name, sign):
    """As they come by standard input: told by the header, which names the text."""
    rows = f'id{sign}body{sign}link\r\n1{sign}"{TEXT}"{sign}https://a.example/1\r\n2{sign}{sign}\r\n'.encode()
    result = by_name(cli, tmp_path, name, rows)
    (found,) = map(json.loads, result.stdout.splitlines())
    assert found["article"]["text"] == TEXT
    assert found["article"]["url"] == "https://a.example/1"
    assert result.returncode == 3
    assert b"has an empty text field" in result.stderr or b"has none of the text fields" in result.stderr


def test_parquet_with_bytes_that_are_no_text_loses_their_row_alone(tmp_path):
    """Text columns hold whatever bytes their writer put into them."""
    texts = [TEXT.encode(), b"\x80 beds", b"250 beds"]
    offsets = struct.pack("<4i", *(sum(map(len, texts[:count])) for count in range(4)))
    column = pa.Array.from_buffers(pa.string(), 3, [None, pa.py_buffer(offsets), pa.py_buffer(b"".join(texts))])
    pq.write_table(pa.table({"text": column}), tmp_path / "table.parquet")
    read = list(read_articles([str(tmp_path / "table.parquet")]))
    assert [item.text for item in read if isinstance(item, Article)] == [TEXT, "250 beds"]
    assert [(item.line, item.reason) for item in read if isinstance(item, Problem)] == [
        (2, "can't be read: 'utf-8' codec can't decode byte 0x80 in position 0: invalid start byte")
    ]


@pytest.mark.parametrize("name", ["-", "table"])
def test_parquet_without_a_name(cli, tmp_path, name):
    out = io.BytesIO()
    pq.write_table(pa.table({"text": [TEXT], "url": ["https://a.example/1"]}), out)
    (found,) = map(json.loads, by_name(cli, tmp_path, name, out.getvalue()).stdout.splitlines())
    assert found["article"]["text"] == TEXT


def by_name(cli, folder, name: str, content: bytes):
    """A run over standard input (-) or a file of some name."""
    (folder / name).write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return cli("run", name, stdin=content, cwd=folder)


def test_the_field_that_was_named_makes_a_table(cli):
    table = f"day,story\n2024-05-06,{TEXT.replace(',', '')}\n".encode()
    (found,) = map(json.loads, cli("run", "-", "--field", "text=story", "--field", "published=day", stdin=table).stdout.splitlines())
    assert found["article"]["published"] == "2024-05-06"
    (found,) = map(json.loads, cli("run", "-", stdin=table).stdout.splitlines())
    assert found["article"]["text"] == table.decode()


def test_prose_is_no_table(cli):
    """Words that are also names of fields, with commas between them."""
    prose = f"The text, the title and the content were agreed.\n{TEXT}".encode()
    (found,) = map(json.loads, cli("run", "-", stdin=prose).stdout.splitlines())
    assert found["article"]["text"] == prose.decode()


def test_address_that_is_none(tmp_path):
    file = tmp_path / "a.jsonl"
    file.write_text(json.dumps({"text": TEXT, "url": "javascript:alert(1)"}), encoding="utf-8")
    assert read(file)[0].url is None


def test_web_page(tmp_path):
    pytest.importorskip("trafilatura")
    file = tmp_path / "page.html"
    file.write_bytes(PAGE)
    (article,) = read(file)
    assert TEXT in article.text
    assert "Home" not in article.text
    assert (article.title, article.published) == ("Beds", "2024-05-06")


def warc(kind: str, body: bytes, content: str) -> bytes:
    head = f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://a.example/1\r\nWARC-Record-ID: <urn:uuid:1>\r\nContent-Type: {content}\r\n"
    return head.encode() + b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(body), body)


def test_common_crawl(tmp_path):
    pytest.importorskip("warcio")
    page = warc("response", b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + PAGE, "application/http; msgtype=response")
    image = warc("response", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx", "application/http; msgtype=response")
    text = warc("conversion", TEXT.encode(), "text/plain")
    file = tmp_path / "crawl.warc.gz"
    file.write_bytes(b"".join(map(gzip.compress, (text, image, page))))
    found = read(file)
    assert [(article.source, article.url) for article in found] == [(f"{file}#{n}", "https://a.example/1") for n in (1, 2)]
    assert found[0].text == TEXT
    assert TEXT in found[1].text
    file.write_bytes(file.read_bytes()[:-100])
    assert "cut off or damaged" in problems(read(file))[-1].reason


def test_pattern_and_folder(tmp_path):
    """Files come by name; annotations, pictures and links in a circle are passed over."""
    for name in ("b/2.txt", "b/1.txt", "a.md", "c.png", "b/1.gold.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(TEXT, encoding="utf-8")
    (tmp_path / "b" / "circle").symlink_to(tmp_path)
    assert [os.path.relpath(a.source, tmp_path) for a in read(tmp_path)] == ["a.md", "b/1.txt", "b/2.txt"]
    assert [os.path.relpath(a.source, tmp_path) for a in read(tmp_path / "**" / "*.txt")] == ["b/1.txt", "b/2.txt"]
    (problem,) = read(tmp_path / "*.xyz")
    assert problem.reason == "no file fits this pattern"


def test_errors_are_read_again(tmp_path, cli):
    """What was skipped for want of a field is read under its own name when that is said."""
    file, errors = tmp_path / "a.jsonl", tmp_path / "errors.jsonl"
    file.write_bytes(json.dumps({"text": TEXT}).encode() + b"\n" + json.dumps({"story": TEXT}).encode() + b"\n")
    assert cli("run", file, "--errors", errors).returncode == 3
    result = cli("run", errors, "--field", "text=story")
    assert result.returncode == 0, result.stderr
    (line,) = result.stdout.decode().splitlines()
    assert json.loads(line)["article"]["source"] == f"{file}#2"
    assert cli("run", errors).returncode == 3


def test_wrong_field(cli, tmp_path):
    result = cli("run", tmp_path, "--field", "nonsense")
    assert result.returncode == 2
    assert b"write PART=NAME" in result.stderr


def test_packed_standard_input(cli):
    result = cli("run", "-", stdin=gzip.compress(LINES))
    assert len(result.stdout.splitlines()) == 3


@pytest.fixture
def server(tmp_path):
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(tmp_path))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as running:
        threading.Thread(target=running.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{running.server_port}"
        running.shutdown()


def test_remote_address(tmp_path, server):
    pytest.importorskip("aiohttp")
    (tmp_path / "a.jsonl.gz").write_bytes(gzip.compress(LINES))
    (tmp_path / "long.csv").write_text("text\n" + "\n".join(f"{TEXT} {number}" for number in range(200_000)))
    assert len(read(f"{server}/a.jsonl.gz?signature=a*b")) == 3
    assert sum(isinstance(item, Article) for item in read_articles([f"{server}/long.csv?x"])) == 200_000
    found = read(f"{server}/a.jsonl.gz", f"{server}/missing.jsonl", "nowhere://x/y.jsonl")
    assert [article.source for article in articles(found)] == [f"{server}/a.jsonl.gz#{n}" for n in (1, 2, 3)]
    assert [problem.source for problem in problems(found)] == [f"{server}/missing.jsonl", "nowhere://x/y.jsonl"]

"""Each kind of bad input: one clear line naming file (and line), the run goes on, the exit status tells."""

from __future__ import annotations

import io
import json
import os
import random
import subprocess
import sys
import time
import unicodedata

import pytest

from extractor.readers.problem import LONGEST_TEXT

GOOD = "In 2024 the province had 2,862 hospital beds."
VIETNAMESE = "Năm 2024, bệnh viện có 250 giường bệnh và 1.500 lượt khám. " * 12
ARABIC = "في عام 2024 بلغ عدد أسرة المستشفى 250 سريرا في المحافظة. " * 12
HUNGARIAN = "Az egészségügyi miniszter bejelentette, hogy a kórházban 2500 ágy és őrült sok tűző orvos van. " * 12
POLISH = "Minister zdrowia ogłosił, że w szpitalu jest 2500 łóżek, a liczba lekarzy wzrosła w województwie śląskim. " * 12
FRENCH = "En 2024, l'hôpital a reçu 2500 malades âgés ; le ministère de la Santé a annoncé un nouveau système. " * 12
SPANISH = "En 2024, el hospital recibió a 2500 niños y el ministerio anunció un nuevo sistema según la región. " * 12
RUSSIAN = "В 2024 году в больницах области было 2500 коек, министерство здравоохранения объявило о новом плане. " * 12
JAPANESE = "2024年、県内の病院には2500床のベッドがあり、医師は1200人である。新しい計画が発表されました。" * 12
CHINESE = "2024年，全省医院共有2500张病床，卫生部门发布了新的计划，提高医疗保险覆盖率。" * 12
KOREAN = "2024년 도내 병원에는 2500개의 병상이 있으며 의사는 1200명이다. 보건복지부가 새로운 계획을 발표했다. " * 12
THAI = "ในปี 2567 โรงพยาบาลมีเตียง 2500 เตียง กระทรวงสาธารณสุขประกาศแผนใหม่ของจังหวัด " * 12

ENCODINGS = [
    *((GOOD, encoding) for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32")),
    *((VIETNAMESE, encoding) for encoding in ("utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")),
    *((ARABIC, encoding) for encoding in ("windows-1256", "iso-8859-6", "utf-16-le")),
    *((HUNGARIAN, encoding) for encoding in ("iso-8859-2", "windows-1250")),
    *((POLISH, encoding) for encoding in ("iso-8859-2", "windows-1250")),
    *((FRENCH, encoding) for encoding in ("iso-8859-1", "windows-1252")),
    (SPANISH, "windows-1252"),
    *((RUSSIAN, encoding) for encoding in ("koi8-r", "windows-1251", "iso-8859-5", "utf-16-be")),
    *((JAPANESE, encoding) for encoding in ("shift_jis", "euc-jp", "utf-16", "utf-16-le", "utf-16-be")),
    *((CHINESE, encoding) for encoding in ("gb18030", "utf-16-le", "utf-16-be")),
    *((KOREAN, encoding) for encoding in ("euc-kr", "utf-16-le")),
    *((THAI, encoding) for encoding in ("tis-620", "utf-16-le")),
]

SKIPPED_FILES = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\t \n", "is empty"),
    "control.txt": (b"\x01\x02\x03\x0b", "is empty"),
    "nul.txt": (b"\x00" * 64, "NUL|binary|empty"),
    "binary.txt": (bytes(range(256)) * 16, "binary"),
    "broken-utf16.txt": (b"\xff\xfe" + "beds".encode("utf-16-le") + b"\x41", "breaks off"),
    "stray-nul.txt": (b"The hospital\x00 has 250 beds.", "binary"),
    "noise.txt": (random.Random(0).randbytes(5_000), "binary"),
    "too-long.txt": (b"250 beds " * (LONGEST_TEXT // 9 + 1), "is too long: an article may have 1,000,000 characters"),
}
SKIPPED_LINES = {
    "broken": (b'{"text": "In 2024', "is no JSON"),
    "no-text": (b'{"title": "x"}', "text fields"),
    "empty-text": (b'{"text": "  "}', "empty text"),
    "list": (b"[1, 2]", "not an object"),
    "number": (b"7", "not an object"),
    "latin": (b'{"text": "caf\xe9 2024"}', "UTF-8"),
    "deep": (b"[" * 200_000, "nested too deep"),
    "text-is-a-number": (b'{"text": 5}', "text fields"),
    "too-long": (b'{"text": "%s"}' % (b"a " * LONGEST_TEXT), "is too long: an article may have 1,000,000 characters"),
}


def lines_of(data: bytes) -> list[dict]:
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


def skipped(result) -> list[str]:
    return [line for line in result.stderr.decode().splitlines() if line.startswith("skipped ")]


@pytest.fixture
def good(tmp_path):
    file = tmp_path / "good.txt"
    file.write_text(GOOD, encoding="utf-8")
    return file


@pytest.mark.parametrize("name", SKIPPED_FILES)
def test_bad_file(cli, tmp_path, good, name):
    data, reason = SKIPPED_FILES[name]
    bad = tmp_path / name
    bad.write_bytes(data)
    result = cli("run", bad, good, "--errors", tmp_path / "errors.jsonl")
    (line,) = skipped(result)
    assert str(bad) in line
    assert any(part in line for part in reason.split("|"))
    assert result.returncode == 3
    assert [record["article"]["source"] for record in lines_of(result.stdout)] == [str(good)]
    (error,) = lines_of((tmp_path / "errors.jsonl").read_bytes())
    assert error["source"] == str(bad)
    assert "Traceback" not in result.stderr.decode()


@pytest.mark.parametrize("name", SKIPPED_LINES)
def test_bad_line(cli, tmp_path, name):
    data, reason = SKIPPED_LINES[name]
    file = tmp_path / "articles.jsonl"
    file.write_bytes(b'{"text": "%s"}\n%s\n{"text": "%s"}\n' % (GOOD.encode(), data, GOOD.encode()))
    result = cli("run", file, "--errors", tmp_path / "errors.jsonl")
    (line,) = skipped(result)
    assert f"{file}:2: " in line
    assert reason in line
    assert result.returncode == 3
    assert [record["article"]["source"] for record in lines_of(result.stdout)] == [f"{file}#1", f"{file}#3"]
    (error,) = lines_of((tmp_path / "errors.jsonl").read_bytes())
    assert error["line"] == 2


def test_missing_path(cli, tmp_path, good):
    result = cli("run", tmp_path / "nowhere.txt", good)
    assert skipped(result) == [f"skipped {tmp_path / 'nowhere.txt'}: no such file or folder"]
    assert result.returncode == 3


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_unreadable_file(cli, tmp_path, good):
    locked = tmp_path / "locked.txt"
    locked.write_text(GOOD, encoding="utf-8")
    locked.chmod(0)
    result = cli("run", locked, good)
    assert "can't be read" in skipped(result)[0]
    assert result.returncode == 3


def test_file_that_cannot_be_opened(cli, tmp_path, good):
    """A link to itself can't be opened by anyone, nor can a name be longer than the file system allows."""
    loop = tmp_path / "loop.txt"
    loop.symlink_to(loop)
    endless = tmp_path / f"{'a' * 300}.txt"
    result = cli("run", loop, endless, good, "--errors", tmp_path / "errors.jsonl")
    assert [line.partition(": can't be read: ")[0] for line in skipped(result)] == [f"skipped {loop}", f"skipped {endless}"]
    assert result.returncode == 3
    assert [error["source"] for error in lines_of((tmp_path / "errors.jsonl").read_bytes())] == [str(loop), str(endless)]
    assert len(lines_of(result.stdout)) == 1


def test_folder_without_articles(cli, tmp_path):
    result = cli("run", tmp_path)
    assert "holds no" in skipped(result)[0]
    assert result.returncode == 3


@pytest.mark.parametrize(("text", "encoding"), ENCODINGS, ids=[f"{number}-{encoding}" for number, (_, encoding) in enumerate(ENCODINGS)])
def test_encoding_is_read(cli, tmp_path, text, encoding):
    file = tmp_path / "article.txt"
    file.write_bytes(text.encode(encoding))
    result = cli("run", file)
    assert result.returncode == 0, result.stderr.decode()
    assert lines_of(result.stdout)[0]["article"]["text"] == text


def test_windows_1258_is_read(cli, tmp_path):
    """Its letters carry tone marks of their own: `ệ` is `ê` and a dot below. The facts are those of the usual letters."""
    file = tmp_path / "article.txt"
    file.write_bytes(b"".join(_windows_1258(letter) for letter in VIETNAMESE))
    (record,) = lines_of(cli("run", file).stdout)
    assert unicodedata.normalize("NFC", record["article"]["text"]) == VIETNAMESE
    assert record["article"]["language"] == "vi"
    assert {250, 1500} <= {fact["value"] for fact in record["facts"] if fact["kind"] == "metric"}


def _windows_1258(letter: str) -> bytes:
    """The letter's own byte, or that of the letter without its tone and that of the tone."""
    try:
        return letter.encode("windows-1258")
    except UnicodeEncodeError:
        marks = unicodedata.normalize("NFD", letter)
        tone = next(mark for mark in marks if mark in "\u0300\u0301\u0303\u0309\u0323")
        return (unicodedata.normalize("NFC", marks.replace(tone, "")) + tone).encode("windows-1258")


def test_lone_surrogate_keeps_offsets(cli, tmp_path):
    file = tmp_path / "articles.jsonl"
    file.write_text('{"text": "\\ud83d bad \\udc00. In 2024 the province had 2,862 hospital beds."}\n', encoding="utf-8")
    result = cli("run", file)
    assert result.returncode == 0
    (record,) = lines_of(result.stdout)
    assert record["article"]["text"].startswith("\ufffd bad \ufffd. In")
    assert any(fact["exact"].startswith("2,862") for fact in record["facts"])


def test_nul_inside_json_is_kept(cli, tmp_path):
    file = tmp_path / "articles.jsonl"
    file.write_text('{"text": "The\\u0000 hospital has 2,862\\u0007 beds."}\n', encoding="utf-8")
    (record,) = lines_of(cli("run", file).stdout)
    assert "\x00" in record["article"]["text"]
    assert all(record["article"]["text"][f["start"] : f["end"]] == f["exact"] for f in record["facts"])


def test_long_single_line(cli, tmp_path):
    """A fifth of a megabyte here, for time; time grows with length and not faster."""
    file = tmp_path / "long.txt"
    file.write_text("The hospital has 250 beds and many doctors work there. " * 4_000, encoding="utf-8")
    result = cli("run", file, "-o", tmp_path / "out.jsonl")
    assert result.returncode == 0


MEASURED = """
import sys
from pathlib import Path
from extractor.cli import main
try:
    main()
finally:
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    print(status["VmHWM"].split()[0], file=sys.stderr)
"""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="peak memory is read from /proc")
@pytest.mark.parametrize("name", ["long.txt", "long.jsonl"])
def test_fifty_megabytes_in_one_line(tmp_path, good, name):
    """Refused before it is read: in seconds, with no more memory than any run takes; what follows is read."""
    long = tmp_path / name
    start, end = (b'{"text": "', b'"}\n{"text": "%s"}\n' % GOOD.encode()) if name.endswith(".jsonl") else (b"", b"")
    long.write_bytes(start + b"The hospital has 250 beds. " * 2_000_000 + end)
    command = [sys.executable, "-c", MEASURED, "run", long, good, "-q"]
    before = time.monotonic()
    result = subprocess.run(command, capture_output=True, timeout=120, check=False)
    assert time.monotonic() - before < 60
    where = f"{long}:1" if end else str(long)
    told, kilobytes = result.stderr.decode().splitlines()
    assert told == f"skipped {where}: is too long: an article may have 1,000,000 characters"
    assert int(kilobytes) < 400_000
    assert result.returncode == 3
    assert len(lines_of(result.stdout)) == (2 if end else 1)


def test_fifty_megabytes_from_standard_input(cli):
    line = b'{"text": "%s"}\n' % (b"x" * 50_000_000)
    result = cli("run", "-", stdin=line + json.dumps({"text": GOOD}).encode())
    assert skipped(result) == ["skipped -:1: is too long: an article may have 1,000,000 characters"]
    assert [record["article"]["source"] for record in lines_of(result.stdout)] == ["-#2"]


def test_longest_line_that_is_read(monkeypatch):
    """The limit counts the line's own bytes; what follows a line that is too long keeps its number."""
    from extractor.readers import lines

    monkeypatch.setattr(lines, "LONGEST_LINE", 8)
    read = list(lines.bounded_lines(io.BytesIO(b"1234567\n123456789\n12345678901234567890\n1\n123456789012345678")))
    assert read == [b"1234567\n", None, None, b"1\n", None]


def test_standard_input(cli):
    result = cli("run", "-", stdin=json.dumps({"text": GOOD, "url": "https://a.example.vn/1", "date": "2024-05-06T07:08:09Z"}).encode())
    (record,) = lines_of(result.stdout)
    assert record["article"]["published"] == "2024-05-06"
    assert record["article"]["source"] == "-#1"


@pytest.mark.parametrize(
    "arguments",
    [
        ["run"],
        ["run", "x.txt", "-o", "out.xlsx"],
        ["nonsense"],
        ["run", "x.txt", "--nonsense"],
        ["run", "x.txt", "--language", "../vi"],
        ["evaluate", "nowhere"],
    ],
    ids=["no-path", "suffix", "command", "option", "language", "no-gold"],
)
def test_wrong_usage(cli, arguments, tmp_path):
    result = cli(*arguments, cwd=tmp_path)
    assert result.returncode == 2
    assert "Traceback" not in result.stderr.decode()
    assert result.stderr.strip() or result.stdout.strip()


def test_output_that_cannot_be_written(cli, tmp_path, good):
    (tmp_path / "file").write_text("x", encoding="utf-8")
    result = cli("run", good, "-o", tmp_path / "file" / "out.jsonl")
    assert result.returncode == 2
    assert "can't be written" in result.stderr.decode()


def test_output_that_is_a_folder(cli, tmp_path, good):
    out = tmp_path / "out.jsonl"
    out.mkdir()
    result = cli("run", good, "-o", out)
    assert result.returncode == 2
    assert result.stderr.decode().startswith(f"error: {out}: can't be written: ")
    assert list(tmp_path.glob(".out*")) == []


def test_folders_of_the_output_are_made(cli, tmp_path, good):
    out, errors = tmp_path / "new" / "folder" / "out.jsonl", tmp_path / "other" / "errors.jsonl"
    assert cli("run", good, "-o", out, "--errors", errors).returncode == 0
    assert len(lines_of(out.read_bytes())) == 1
    assert errors.read_bytes() == b""


def test_errors_that_cannot_be_written(cli, tmp_path, good):
    result = cli("run", good, "--errors", tmp_path)
    assert result.returncode == 2
    assert f"error: {tmp_path}: can't be written: " in result.stderr.decode()


def test_language_without_a_pack(cli, tmp_path):
    """The fallback pack reads its numbers; nothing is skipped."""
    file = tmp_path / "article.txt"
    file.write_text("Mwaka 2024 hospitali ya mkoa ilikuwa na vitanda 2,862 na madaktari wengi walifanya kazi huko. " * 3, encoding="utf-8")
    result = cli("run", file)
    (record,) = lines_of(result.stdout)
    assert result.returncode == 0
    assert skipped(result) == []
    assert record["article"]["language"] == "sw"
    assert 2862 in [fact["value"] for fact in record["facts"] if fact["kind"] == "metric"]


def test_language_is_given(cli, good):
    (record,) = lines_of(cli("run", good, "--language", "fr").stdout)
    assert record["article"]["language"] == "fr"


def test_summary_lists_what_was_skipped(cli, tmp_path, good):
    result = cli("run", good, tmp_path / "nowhere.txt", "-o", tmp_path / "out.jsonl")
    rows = [line.split("│") for line in result.stderr.decode().splitlines() if line.count("│") == 3]
    assert ["skipped", "1"] in [[cell.strip() for cell in row[1:3]] for row in rows]

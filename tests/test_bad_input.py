"""Each kind of bad input: one clear line naming file (and line), the run goes on, the exit status tells."""

from __future__ import annotations

import json
import os

import pytest

GOOD = "In 2024 the province had 2,862 hospital beds."
VIETNAMESE = "Năm 2024, bệnh viện có 250 giường bệnh và 1.500 lượt khám. " * 12
ARABIC = "في عام 2024 بلغ عدد أسرة المستشفى 250 سريرا في المحافظة. " * 12
ROMANIAN = "Ministerul Sănătății a anunțat că în județ sunt 2500 de paturi și mulți medici lângă oraș. " * 12
HUNGARIAN = "Az egészségügyi miniszter bejelentette, hogy a kórházban 2500 ágy és őrült sok tűző orvos van. " * 12

SKIPPED_FILES = {
    "empty.txt": (b"", "is empty"),
    "blank.txt": (b" \n\t \n", "is empty"),
    "control.txt": (b"\x01\x02\x03\x0b", "is empty"),
    "nul.txt": (b"\x00" * 64, "NUL|binary|empty"),
    "binary.txt": (bytes(range(256)) * 16, "binary"),
    "broken-utf16.txt": (b"\xff\xfe" + "beds".encode("utf-16-le") + b"\x41", "breaks off"),
}
SKIPPED_LINES = {
    "broken": (b'{"text": "In 2024', "is no JSON"),
    "no-text": (b'{"title": "x"}', "text fields"),
    "empty-text": (b'{"text": "  "}', "empty text"),
    "list": (b"[1, 2]", "not an object"),
    "number": (b"7", "not an object"),
    "latin": (b'{"text": "caf\xe9 2024"}', "UTF-8"),
    "deep": (b"[" * 200_000, "nested too deep"),
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


def test_folder_without_articles(cli, tmp_path):
    result = cli("run", tmp_path)
    assert "holds no" in skipped(result)[0]
    assert result.returncode == 3


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (VIETNAMESE, "utf-8-sig"),
        (VIETNAMESE, "utf-16"),
        (VIETNAMESE, "utf-16-le"),
        (VIETNAMESE, "utf-16-be"),
        (ARABIC, "windows-1256"),
        (ARABIC, "utf-16-le"),
        (HUNGARIAN, "iso-8859-2"),
        (GOOD, "utf-8"),
    ],
)
def test_encoding_is_read(cli, tmp_path, text, encoding):
    file = tmp_path / "article.txt"
    file.write_bytes(text.encode(encoding))
    result = cli("run", file)
    assert result.returncode == 0, result.stderr.decode()
    assert lines_of(result.stdout)[0]["article"]["text"] == text


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


def test_standard_input(cli):
    result = cli("run", "-", stdin=json.dumps({"text": GOOD, "url": "https://a.example.vn/1", "date": "2024-05-06T07:08:09Z"}).encode())
    (record,) = lines_of(result.stdout)
    assert record["article"]["published"] == "2024-05-06"
    assert record["article"]["source"] == "-#1"


@pytest.mark.parametrize(
    "arguments",
    [["run"], ["run", "x.txt", "-o", "out.xlsx"], ["nonsense"], ["run", "x.txt", "--nonsense"], ["evaluate", "nowhere"]],
    ids=["no-path", "suffix", "command", "option", "no-gold"],
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


def test_language_is_given(cli, good):
    (record,) = lines_of(cli("run", good, "--language", "fr").stdout)
    assert record["article"]["language"] == "fr"


def test_summary_lists_what_was_skipped(cli, tmp_path, good):
    result = cli("run", good, tmp_path / "nowhere.txt", "-o", tmp_path / "out.jsonl")
    rows = [line.split("│") for line in result.stderr.decode().splitlines() if line.count("│") == 3]
    assert ["skipped", "1"] in [[cell.strip() for cell in row[1:3]] for row in rows]

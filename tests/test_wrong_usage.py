"""A command that is asked for what can't be says so in one line, with exit status 2, before it begins to work."""

from __future__ import annotations

import pytest

ASKING = ("query", "nowhere"), ("export", "nowhere", "-f", "json", "-o", "out"), ("plot", "nowhere", "-o", "x.svg")
BEDS_IN_VIETNAM = ("--indicator", "hospital_beds", "--place", "VN")


def told(cli, tmp_path, *arguments: object) -> str:
    """What is said of a wrong command; the last line of it where the usage stands above."""
    result = cli(*arguments, cwd=tmp_path)
    assert result.returncode == 2, result.stderr.decode()
    *usage, line = result.stderr.decode().strip().splitlines()
    assert not usage or usage[0].startswith("Usage:")
    return line


@pytest.fixture
def good(tmp_path):
    (tmp_path / "good.jsonl").write_text('{"text": "In 2024 the province had 2,862 hospital beds."}\n', encoding="utf-8")
    return tmp_path / "good.jsonl"


@pytest.mark.parametrize("command", ASKING, ids=lambda command: command[0])
@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--indicator", "hospital_bed", "did you mean hospital_beds?"),
        ("--place", "Hanoi", "no ISO 3166 code, such as VN or VN-02"),
        ("--place", "vn", "no ISO 3166 code"),
        ("--period", "May", "no year, month or day"),
        ("--period", "2025-13", "no year, month or day"),
    ],
)
def test_filters_that_no_row_can_have(cli, tmp_path, command, option, value, reason):
    line = told(cli, tmp_path, *command, *BEDS_IN_VIETNAM, option, value)
    assert value in line
    assert reason in line


@pytest.mark.parametrize(("command", "kind"), [("query", "metrics"), ("export", "date")])
def test_kinds_that_a_table_has_no_rows_of(cli, tmp_path, command, kind):
    arguments = next(asking for asking in ASKING if asking[0] == command)
    assert f"'{kind}' is none of metric, target" in told(cli, tmp_path, *arguments, "--kind", kind)


@pytest.mark.parametrize("address", ["mysql://host/name", "https://example.org/dataset"])
def test_databases_that_are_not_postgresql(cli, tmp_path, address, good):
    reason = f"error: {address}: is no address of a PostgreSQL database: write postgresql://user:password@host/name"
    assert told(cli, tmp_path, "query", address) == reason
    assert told(cli, tmp_path, "build", good, "--store", address) == reason


@pytest.mark.parametrize("run", ["nowhere", "nowhere.jsonl"])
def test_runs_that_are_not_there(cli, tmp_path, run):
    assert told(cli, tmp_path, "build", run, "-o", "dataset") == f"error: {run}: no such file or folder"


def test_output_that_the_run_reads(cli, tmp_path, good):
    before = good.read_bytes()
    assert "is read by this run too" in told(cli, tmp_path, "run", good, "-o", "good.jsonl")
    assert good.read_bytes() == before


def test_output_without_a_name(cli, tmp_path, good):
    assert told(cli, tmp_path, "run", good, "-o", "") == "error: -o: is empty: name a file, a folder, or - for standard output"


def test_select_with_filters(cli, tmp_path):
    line = told(cli, tmp_path, "query", "nowhere", "--sql", "SELECT 1", "--place", "VN")
    assert line == "error: --sql: takes no filters: write them into the SELECT"


def test_facts_and_errors_in_one_file(cli, tmp_path, good):
    assert (
        told(cli, tmp_path, "run", good, "-o", "out.jsonl", "--errors", tmp_path / "out.jsonl") == "error: out.jsonl: can't be both -o and --errors"
    )


@pytest.fixture
def corpus(tmp_path):
    (tmp_path / "en-beds.txt").write_text("The province had beds.", encoding="utf-8")
    (tmp_path / "en-beds.gold.json").write_text('{"language": "en", "facts": []}', encoding="utf-8")
    (tmp_path / "other.json").write_text('{"figures": 3}', encoding="utf-8")
    (tmp_path / "cut.json").write_text("{", encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--update-floors"], "name it with --floors"),
        (["--lower-floors", "a harder corpus"], "name it with --floors"),
        (["--floors", "nowhere.json"], "nowhere.json: no such file; --update-floors makes it"),
        (["--floors", "other.json"], "other.json: holds no floors"),
        (["--floors", "cut.json", "--update-floors"], "cut.json: is no JSON"),
        (["--floors", "."], ".: can't be read"),
        (["--top", "-5"], "greater than or equal to -1"),
    ],
    ids=["update", "lower", "missing", "other", "cut", "folder", "top"],
)
def test_floors_that_cannot_be_held(cli, corpus, arguments, reason):
    assert reason in told(cli, corpus, "evaluate", corpus, *arguments)


def test_floors_that_cannot_be_written(cli, corpus):
    result = cli("evaluate", corpus, "--floors", corpus / "nowhere" / "floors.json", "--update-floors")
    assert result.returncode == 2
    assert "floors.json: can't be written: " in result.stderr.decode()

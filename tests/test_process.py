"""The command as users start it: a process of its own."""

from __future__ import annotations

import subprocess
import sys

import pytest
from conftest import CORPUS, ROOT


def test_two_runs_same_bytes(process, tmp_path):
    first, second = tmp_path / "a.jsonl", tmp_path / "b.jsonl"
    articles = sorted(CORPUS.rglob("*.txt"))[::4]
    assert process("run", *articles, "-o", first, "-q").returncode == 0
    assert process("run", *articles, "-o", second, "-q").returncode == 0
    assert first.read_bytes() == second.read_bytes()


def test_reader_that_goes_away():
    command = f"{sys.executable} -c 'from extractor.cli import main; main()' run {CORPUS} 2>&1 >&3 | head -c 0"
    result = subprocess.run(["bash", "-c", f"({command}) 3>&1 | head -c 1"], capture_output=True, timeout=120, check=False)
    assert b"Traceback" not in result.stdout + result.stderr


def test_import_is_light():
    code = "import sys, extractor; print([m for m in ('spacy', 'pandas', 'pydantic') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, check=True).stdout.strip() == b"[]"


@pytest.mark.parametrize("suffix", [".csv", ".parquet"])
def test_tables(cli, tmp_path, suffix):
    import pandas as pd

    file = tmp_path / "article.txt"
    file.write_text("In 2024 the province had 2,862 hospital beds.", encoding="utf-8")
    out = tmp_path / f"out{suffix}"
    assert cli("run", file, "-o", out, "-q").returncode == 0
    frame = pd.read_csv(out) if suffix == ".csv" else pd.read_parquet(out)
    assert 2862 in set(frame["value"])


def test_formula_is_no_formula(tmp_path):
    from extractor.writers.files import safe_cell

    assert safe_cell("=1+1") == "'=1+1"
    assert safe_cell(-1.5) == -1.5


@pytest.mark.parametrize("command", ["show", "explain"])
def test_shows(cli, tmp_path, command):
    file = tmp_path / "article.txt"
    file.write_text("In 2024 the province had 2,862 hospital beds.", encoding="utf-8")
    result = cli(command, file)
    assert result.returncode == 0
    assert "2,862 hospital beds" in result.stdout.decode()


def test_languages(cli):
    printed = cli("languages").stdout.decode()
    assert all(name in printed for name in ("Vietnamese", "English", "Arabic"))


def test_reference_is_today(cli):
    """docs/reference.md is what `python docs/make_reference.py` writes."""
    sys.path.insert(0, str(ROOT / "docs"))
    try:
        from make_reference import reference
    finally:
        sys.path.pop(0)
    assert (ROOT / "docs" / "reference.md").read_text(encoding="utf-8") == reference()

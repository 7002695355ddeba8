"""What a run tells while it goes on."""

from __future__ import annotations

import io
import re
import time
from collections import Counter

import pytest
from rich.console import Console

from extractor import progress
from extractor.engine import Totals
from extractor.progress import Report
from extractor.readers import Meter, read_paths, total_size


@pytest.fixture
def folder(tmp_path):
    for number in range(50):
        (tmp_path / f"{number}.txt").write_text("The hospital has 250 beds.")
    (tmp_path / "picture.png").write_bytes(b"x" * 1000)
    return tmp_path


def test_how_much_there_is_and_was_read(folder):
    """Of folders, patterns and files alike; nobody knows the size of standard input."""
    meter = Meter()
    found = read_paths([str(folder)], meter=meter)
    next(found)
    assert meter.read == 26
    assert len(list(found)) == 49
    assert meter.read == 50 * 26
    assert total_size([str(folder), str(folder / "1*.txt"), str(folder / "1.txt"), "nowhere.txt"]) == (50 + 11 + 1) * 26
    assert total_size([str(folder), "-"]) is None
    assert total_size(["https://a.example/a.txt"]) is None


class Half(Meter):
    """A run of which some is read."""

    total = 1000
    read = 0


def told(console: Console, meter: Meter) -> str:
    report = Report(console, meter, quiet=False)
    with report.shown():
        for step in (100, 300, 500):
            meter.read = step
            time.sleep(0.05)
            report.advance(Totals(articles=step, skipped=2, kinds=Counter(metric=7, date=3)))
    return re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", console.file.getvalue())


def test_on_a_terminal(monkeypatch):
    meter = Half()
    meter.total = 1_000_000
    assert re.search(
        r"articles \([\d.]+/s\), 2 skipped, 0:\d\d:\d\d left: 3 dates, 7 metrics",
        told(Console(file=io.StringIO(), force_terminal=True, width=150), meter),
    )


def test_in_a_file(monkeypatch):
    """A line now and then, and nothing that only a terminal understands."""
    monkeypatch.setattr(progress, "_PAUSE", 0.01)
    meter = Half()
    meter.total = 1_000_000
    lines = told(Console(file=io.StringIO(), soft_wrap=True), meter).splitlines()
    assert len(lines) == 3
    assert re.fullmatch(r"500 articles \([\d.]+/s\), 2 skipped, 0:\d\d:\d\d left: 3 dates, 7 metrics", lines[-1])


def test_quiet(monkeypatch):
    monkeypatch.setattr(progress, "_PAUSE", 0.0)
    console = Console(file=io.StringIO())
    Report(console, Meter(), quiet=True).advance(Totals(articles=1))
    assert console.file.getvalue() == ""

"""`extractor plot`: an indicator of a place with its targets, as a picture."""

from __future__ import annotations

import re

import pytest
from test_dataset_update import article

from extractor.dataset import build

pytest.importorskip("matplotlib")


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    figures = [
        ("metric", "hospital_beds", 2700.0, "VN-06", "2022", "="), ("metric", "hospital_beds", 2862.0, "VN-06", "2024", "="),
        ("target", "hospital_beds", 3100.0, "VN-06", "2025", ">="), ("metric", "doctors", 900.0, "VN-06", "2024", "="),
    ]  # fmt: skip
    folder = tmp_path_factory.mktemp("plotted")
    (folder / "run.jsonl").write_text(article(1, figures).replace('"unit": "1"', '"unit": "%"', 1) + article(2, figures[1:]), encoding="utf-8")
    build([folder / "run.jsonl"], folder / "dataset")
    return folder / "dataset"


def test_picture_has_metrics_and_targets(cli, dataset, tmp_path):
    arguments = ("plot", dataset, "--indicator", "hospital_beds", "--place", "VN-06", "-o")
    result = cli(*arguments, tmp_path / "beds.svg")
    assert result.returncode == 0, result.stderr
    assert result.stderr.decode() == "2 observations; 1 of other units or groups are left out\n"
    picture = (tmp_path / "beds.svg").read_text(encoding="utf-8")
    texts = re.findall(r">([^<>\n]+)</text>", picture)
    assert "VN-06" in texts
    assert "VN-06: target" in texts
    assert any(text.startswith("Hospital beds") and text.endswith("Yên Bái") for text in texts)
    cli(*arguments, tmp_path / "again.svg")
    assert (tmp_path / "again.svg").read_bytes() == (tmp_path / "beds.svg").read_bytes()
    assert cli(*arguments, tmp_path / "beds.png").returncode == 0
    assert (tmp_path / "beds.png").read_bytes().startswith(b"\x89PNG")


def test_unit_can_be_chosen(cli, dataset, tmp_path):
    result = cli("plot", dataset, "--indicator", "hospital_beds", "--place", "VN-06", "--unit", "%", "-o", tmp_path / "beds.svg")
    assert result.stderr.decode().startswith("1 observations; 2 of other units")


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("--indicator", "hospital_beds", "--place", "VN-06", "-o", "beds.jpg"), ".png and .svg"),
        (("--indicator", "nurses", "--place", "VN-06", "-o", "x.svg"), "nothing to draw"),
        (("--indicator", "hospital_beds", "--place", "VN-06", "--unit", "km", "-o", "x.svg"), "in km"),
        (("--indicator", "hospital_beds", "--place", "VN-06", "-o", "/dev/null/x.svg"), "can't be written"),
    ],
)
def test_picture_that_cannot_be_drawn(cli, dataset, tmp_path, monkeypatch, arguments, told):
    monkeypatch.chdir(tmp_path)
    result = cli("plot", dataset, *arguments)
    assert result.returncode == 2
    assert told in result.stderr.decode()
    assert list(tmp_path.iterdir()) == []

"""Confidence is calibrated, and facts can be asked for by it."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from conftest import CORPUS

from extractor.binding.ranker import Calibration, load_calibration


def test_more_said_is_never_less_confident():
    calibration = load_calibration()
    curve = [calibration.of_quantity(said / 50) for said in range(51)]
    assert all(0 <= low <= high <= 1 for low, high in pairwise(curve))
    assert curve[-1] > curve[0]


def test_lines_between_knots():
    calibration = Calibration(((0.2, 0.1), (0.6, 0.5)))
    assert [calibration.of_quantity(said) for said in (0.0, 0.2, 0.9)] == pytest.approx([0.1, 0.1, 0.5])
    assert calibration.of_quantity(0.4) == pytest.approx(0.3)


def test_least_confidence(cli, tmp_path):
    article = next(CORPUS.glob("en/*.txt"))

    def facts(least):
        result = cli("run", article, "-o", tmp_path / "out.jsonl", "--min-confidence", least, "-q")
        assert result.returncode == 0
        return json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))["facts"]

    everything, sure = facts(0), facts(0.6)
    assert [fact for fact in everything if fact["confidence"] >= 0.6] == sure
    assert 0 < len(sure) < len(everything)


def test_confidence_out_of_range(cli):
    result = cli("run", CORPUS / "en", "--min-confidence", "2")
    assert result.returncode == 2
    assert b"--min-confidence" in result.stderr
    assert b"less than or equal to 1" in result.stderr

"""How numbers are counted against a peer: found, wrong, false."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from conftest import ROOT

from extractor.article import Article
from extractor.evaluation import GoldArticle

sys.path.insert(0, str(ROOT / "benchmarks"))

from bench_numbers import Numbers, Unsupported, count

TEXT = "41/43 targets; up 5 to 7 %; half of 12 beds; No. 9"
FACTS = [
    {"kind": "metric", "exact": "41/43", "value": 41, "out_of": 43, "start": 0, "end": 5},
    {"kind": "metric", "exact": "5 to 7 %", "value": 5, "value_max": 7, "start": 18, "end": 26},
    {"kind": {"any": ["metric", "target"]}, "exact": "12 beds", "value": {"any": [12, 6]}, "start": 36, "end": 43},
]
GOLD = GoldArticle(Path("en-a.gold.json"), Article(TEXT), "en", FACTS)


@pytest.mark.parametrize(
    ("numbers", "counts"),
    [
        ([], Numbers(3, 0, 0, 0)),
        ([(0, 2, 41.0), (18, 19, 5.0), (36, 38, 12.0)], Numbers(3, 3, 0, 0)),
        ([(0, 5, 41 / 43), (18, 24, 7.0), (36, 38, 6.0)], Numbers(3, 3, 0, 0)),
        ([(0, 2, 4.0), (18, 19, -5.0), (49, 50, 9.0)], Numbers(3, 1, 1, 1)),
    ],
    ids=["nothing", "values", "other readings", "wrong and false"],
)
def test_numbers_are_counted(numbers, counts):
    found = Numbers()
    found.add(GOLD, numbers)
    assert found == counts


def test_a_language_that_the_peer_does_not_know_is_named():
    def find(article):
        raise Unsupported(article.language)

    assert count([GOLD], find) == ({}, {"en"})

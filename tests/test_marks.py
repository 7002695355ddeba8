"""The punctuation between two offsets."""

from __future__ import annotations

import pytest

from extractor.binding.marks import Marks


@pytest.mark.parametrize(
    ("between", "name"),
    [("", "none"), (" beds ", "none"), (", and ", "comma"), (" (new), ", "open"), (": (", "colon"), ("؛ 2,", "semi"), ("?\n", "line")],
)
def test_the_strongest_mark_counts(between: str, name: str) -> None:
    assert Marks.of(f"12{between}13").between(2, 2 + len(between)) == name


def test_nothing_stands_between_words_in_the_wrong_order() -> None:
    assert Marks.of("12, 13, 14").between(6, 2) == "none"

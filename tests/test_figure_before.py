"""What the figure before says of the next one: its place, which way it moved, and whether it is a target."""

from __future__ import annotations

import pytest

from extractor.binding.decided import Decided
from extractor.binding.kind import Leanings, kind_candidates
from extractor.binding.measure import RISE, measure_candidates
from extractor.binding.place import place_candidates
from extractor.binding.ranker import Choice

NO_MAIN = Choice[str | None](None, 1.0, (), ())
STATES = "Cases rose in many states: Johor 130% (1,458 cases), Sarawak 34% (240 cases)."


def told_of(context, at: int, place: str | None) -> dict[str | None, set[str]]:
    """What is told of each place of a figure whose predecessor has a place; `own` says whether either has a word for an area of its own."""
    before, quantity = context.quantities[at - 1 : at + 1]
    told: dict[str | None, set[str]] = {}
    for value, features, _ in place_candidates(context, Decided(quantity), Decided(before, place=place), NO_MAIN):
        told.setdefault(value, set()).update(feature for feature in features if feature.startswith("before:"))
    return told


def test_a_figure_in_a_bracket_is_of_the_place_of_the_figure_before(recognize):
    told = told_of(recognize("en", STATES), 1, "MY-01")
    assert told["MY-01"] == {"before:same:0", "before:same:open:0", "before:same:own:none"}
    assert told["MY-13"] == {"before:other:0", "before:other:open:0", "before:other:own:none"}


def test_a_place_since_the_figure_before(recognize):
    assert told_of(recognize("en", STATES), 2, "MY-01")["MY-13"] == {"before:other:1", "before:other:close:1", "before:other:own:none"}


def test_the_figure_of_another_sentence_says_nothing(recognize):
    context = recognize("en", "Johor has 300 beds. Sarawak has 200 doctors.")
    assert told_of(context, 1, "MY-01")["MY-13"] == set()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Cases rose by 300 or 12%.", "previous:gap:none:close:rise:count>percent"),
        ("Cases rose by 300 (12%).", "previous:gap:open:close:rise:count>percent"),
        ("Cases rose by 300 to a level of about 1,200.", "previous:gap:none:far:rise:count>count"),
    ],
)
def test_how_far_the_figure_before_is(recognize, text, told):
    context = recognize("en", text)
    before, quantity = context.quantities[:2]
    decided = [Decided(before, measure="change", rising=True)]
    rise = next(features for value, features, _ in measure_candidates(context, 1, decided, Decided(quantity)) if value == RISE)
    assert f"change|{told}" in rise


def test_rows_of_goals_go_on_as_they_began(recognize):
    context = recognize("en", "Strive for 35 beds; 97% of people insured; 70% of the elderly examined.")
    decided = [Decided(context.quantities[0], kind="target"), Decided(context.quantities[1], kind="metric")]
    leanings = Leanings.of(context, [0.5] * len(context.quantities))
    target = kind_candidates(context, 2, decided, Decided(context.quantities[2]), leanings)[1]
    assert {"first:target:metric:row", "so far:2:row", "previous:metric:semi:near:percent>percent"} <= set(target.features)

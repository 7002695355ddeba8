"""`models/keep_right.py`: what new weights unlearned comes right again, and nothing else is moved."""

from __future__ import annotations

import importlib
import sys
from pathlib import Path

import pytest

MODELS = Path(__file__).parents[1] / "models"


@pytest.fixture
def tools(monkeypatch):
    monkeypatch.syspath_prepend(str(MODELS))
    yield importlib.import_module("keep_right"), importlib.import_module("train").Instance
    for name in ("keep_right", "train"):
        sys.modules.pop(name, None)


def _decision(instance, right, wrong):
    return instance("a.txt", "kind", [right, wrong], ["metric", "target"], [True, False])


def test_what_the_former_weights_knew_comes_right_again(tools):
    keep_right, instance = tools
    unlearned, learned = _decision(instance, ("said", "past"), ("plan",)), _decision(instance, ("said",), ("plan", "open"))
    former, new = {"said": 1.0, "plan": 0.5, "open": 2.0}, {"said": 1.0, "plan": 1.2, "open": -2.0, "far": 3.0}
    moved = keep_right.kept_right(new, former, [unlearned, learned])
    assert moved["said"] + moved.get("past", 0.0) >= moved["plan"] + keep_right.MARGIN - 0.01
    assert moved["said"] > moved["plan"] + moved["open"], "what the new weights have right is kept"
    assert moved["far"] == 3.0, "a weight that no decision hangs on is not moved"


def test_weights_that_unlearned_nothing_stay_as_they_are(tools):
    keep_right, instance = tools
    weights = {"said": 1.0, "plan": 0.5}
    assert keep_right.kept_right(weights, {"said": 2.0}, [_decision(instance, ("said",), ("plan",))]) == weights


def test_what_both_have_wrong_is_mended_where_it_is_named(tools):
    keep_right, instance = tools
    wrong = [_decision(instance, ("said",), ("plan",))]
    weights = {"said": 0.1, "plan": 0.5}
    assert keep_right.kept_right(weights, weights, wrong) == weights
    moved = keep_right.kept_right(weights, weights, wrong, ["a.txt"])
    assert moved["said"] > moved["plan"]

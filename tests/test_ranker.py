"""The ranker: what features count alone and together."""

from __future__ import annotations

import math

from extractor.binding.ranker import Candidate, Ranker

RANKER = Ranker({"place": {"named": 1.0, "nation": 0.5, "named & nation": -2.0}, "kind": {"named": 1.0, "nation": 0.5}})
NEAR, FAR = Candidate("VN-02", ("nation", "named")), Candidate("VN", ("nation",))


def test_a_pair_counts_beside_its_features_in_any_order():
    choice = RANKER.choose("place", 0, [NEAR, FAR])
    assert [score for score, _ in choice.ranking] == [-0.5, 0.5]
    assert choice.value == "VN"
    assert math.isclose(choice.probability, math.e / (1 + math.e))


def test_a_decision_without_pairs_adds_up_features():
    assert RANKER.choose("kind", 0, [NEAR, FAR]).value == "VN-02"


def test_reasons_name_the_pair():
    assert RANKER.reasons("place", NEAR.features) == [("named & nation", -2.0), ("named", 1.0), ("nation", 0.5)]
    assert RANKER.reasons("kind", NEAR.features) == [("named", 1.0), ("nation", 0.5)]

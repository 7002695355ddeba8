"""Fit confidence to how often facts were right: `python models/calibrate.py corpus PREDICTIONS` writes models/calibration.json.

PREDICTIONS come from `python models/train.py corpus --folds K --predictions PREDICTIONS`, so that no fact was predicted by
weights that saw its article. Quantities by isotonic regression; dates and documents by the share of right ones.
The expected calibration error is measured on the half of the articles that the curve was not fitted on.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import isotonic_regression

from extractor.binding.ranker import Calibration
from extractor.evaluation import GoldArticle, judged, load_gold

_BINS = 10
_KNOTS = 12
"""Points of the curve, at most."""

Judged = tuple[str, float, bool]
"""Kind of fact, what was said of it, whether it was right."""


def read(folder: Path, predictions: Path) -> list[list[Judged]]:
    """The judged facts of each article."""
    found = {Path(record["article"]["source"]).name: record["facts"] for record in map(json.loads, predictions.open(encoding="utf-8"))}
    return [list(_judge(gold, found[gold.path.name.replace(".gold.json", ".txt")])) for gold in load_gold(folder)]


def _judge(gold: GoldArticle, facts: Sequence[dict[str, Any]]) -> Iterator[Judged]:
    for fact, right in judged(gold, facts):
        if fact["kind"] in ("metric", "target"):
            yield "quantity", fact["confidence"], right
        elif fact["kind"] == "date":
            yield "stated" if fact["confidence"] == Calibration().date["stated"] else "year assumed", 0.0, right
        else:
            yield "numbered" if fact["number"] else "named", 0.0, right


def fit(facts: Sequence[Judged]) -> list[tuple[float, float]]:
    """Knots of an increasing curve from said to right, ends included."""
    pairs = sorted((said, right) for kind, said, right in facts if kind == "quantity")
    said = np.array([s for s, _ in pairs])
    curve = isotonic_regression(np.array([float(r) for _, r in pairs])).x
    cuts = np.array_split(np.arange(len(said)), _KNOTS)
    knots = [(round(float(said[cut].mean()), 4), round(float(curve[cut].mean()), 4)) for cut in cuts if len(cut)]
    return sorted(dict(knots).items())


def confidences(facts: Sequence[Judged], calibration: Calibration) -> list[tuple[float, bool]]:
    """Of each quantity: its confidence, and whether it was right."""
    return [(calibration.of_quantity(said), right) for kind, said, right in facts if kind == "quantity"]


def cross_fitted(articles: Sequence[Sequence[Judged]]) -> list[list[tuple[float, bool]]]:
    """Confidences of each half of the articles, by a curve that was fitted on the other."""
    halves = [[fact for article in articles[start::2] for fact in article] for start in (0, 1)]
    return [confidences(measured, Calibration(tuple(fit(fitted)))) for fitted, measured in (halves, halves[::-1])]


def bins(pairs: Sequence[tuple[float, bool]]) -> list[tuple[float, float, int]]:
    """For each tenth of the scale: mean confidence, share right, number of facts."""
    rows = []
    for low in range(_BINS):
        inside = [(c, r) for c, r in pairs if low / _BINS <= c < (low + 1) / _BINS or (low == _BINS - 1 and c == 1.0)]
        if inside:
            rows.append((float(np.mean([c for c, _ in inside])), float(np.mean([r for _, r in inside])), len(inside)))
    return rows


def expected_error(rows: Sequence[tuple[float, float, int]]) -> float:
    """Expected calibration error: how far confidence is from the share right, on average over the facts."""
    return sum(n * abs(c - r) for c, r, n in rows) / sum(n for _, _, n in rows)


def share(facts: Sequence[Judged], kind: str) -> float:
    """Share of right facts of a kind."""
    rights = [right for name, _, right in facts if name == kind]
    return round(sum(rights) / len(rights), 3) if rights else 0.5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("calibration.json"))
    arguments = parser.parse_args()
    articles = read(arguments.folder, arguments.predictions)
    for pairs in cross_fitted(articles):
        rows = bins(pairs)
        print(f"expected calibration error on the other half: {expected_error(rows):.3f}")
        for confidence, right, number in rows:
            print(f"  said {confidence:.2f}  right {right:.2f}  ({number} facts)")
    everything = [fact for article in articles for fact in article]
    stored = {
        "quantity": fit(everything),
        "date": {kind: share(everything, kind) for kind in ("stated", "year assumed")},
        "resolution": {kind: share(everything, kind) for kind in ("numbered", "named")},
    }
    arguments.output.write_text(json.dumps(stored, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

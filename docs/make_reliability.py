"""Draws docs/reliability.png from held-out predictions: `python docs/make_reliability.py PREDICTIONS`.

PREDICTIONS come from `python models/train.py corpus --folds K --predictions PREDICTIONS`. Each half of the articles has its
confidence from a curve that was fitted on the other, so that what is drawn is what unseen articles get.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from extractor.binding.ranker import Calibration

sys.path.insert(0, str(Path(__file__).parents[1] / "models"))

from calibrate import bins, confidences, cross_fitted, expected_error, read

Halves = Sequence[Sequence[tuple[float, bool]]]
"""For each half of the articles: a fact's confidence, and whether it was right."""


def draw(said: Halves, calibrated: Halves, output: Path) -> None:
    """The share of right facts over their confidence; beneath it, how many facts have that confidence."""
    figure = Figure(figsize=(5.5, 6.5), layout="constrained")
    upper, lower = figure.subplots(2, 1, height_ratios=(4, 1), sharex=True)
    upper.plot((0, 1), (0, 1), color="0.7", linewidth=1, label="as sure as right")
    _curve(upper, said, "what the model says", color="tab:orange", marker="s")
    _curve(upper, calibrated, "confidence", color="tab:blue", marker="o")
    upper.set(ylabel="share of facts with all fields right", xlim=(0, 1), ylim=(0, 1))
    upper.set_title("Metrics and targets of articles that the weights never saw", fontsize=10)
    upper.legend(loc="upper left", frameon=False)
    lower.hist([confidence for half in calibrated for confidence, _ in half], bins=20, range=(0, 1), color="tab:blue")
    lower.set(xlabel="confidence", ylabel="facts")
    figure.savefig(output, dpi=120, metadata={"Software": None})


def _curve(axes: Axes, halves: Halves, name: str, *, color: str, marker: str) -> None:
    """One curve over both halves; the error is measured on each alone, so that they can't make up for each other."""
    rows = bins([pair for half in halves for pair in half])
    error = expected_error([row for half in halves for row in bins(half)])
    label = f"{name}: expected calibration error {error:.3f}"
    axes.plot([c for c, _, _ in rows], [right for _, right, _ in rows], color=color, marker=marker, label=label)


def main() -> None:
    """Read, draw, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("predictions", type=Path)
    parser.add_argument("--corpus", type=Path, default=Path("corpus"))
    parser.add_argument("--output", type=Path, default=Path(__file__).with_name("reliability.png"))
    arguments = parser.parse_args()
    articles = read(arguments.corpus, arguments.predictions)
    said = [confidences([fact for article in articles[start::2] for fact in article], Calibration()) for start in (1, 0)]
    draw(said, cross_fitted(articles), arguments.output)


if __name__ == "__main__":
    main()

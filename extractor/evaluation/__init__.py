"""Evaluation against gold: align, judge, count, compare with an earlier run, and print."""

from extractor.evaluation.comparison import Comparison, compare, load_baseline
from extractor.evaluation.gold import GoldArticle, InputError, load_gold, uncovered
from extractor.evaluation.judgements import judged
from extractor.evaluation.predictions import load_predictions
from extractor.evaluation.scoring import MEASURES, Report, evaluate

__all__ = [
    "MEASURES",
    "Comparison",
    "GoldArticle",
    "InputError",
    "Report",
    "compare",
    "evaluate",
    "judged",
    "load_baseline",
    "load_gold",
    "load_predictions",
    "uncovered",
]

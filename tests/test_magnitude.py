"""How large and how round a figure is, and what that tells of it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from extractor import load
from extractor.binding.magnitude import divided, roundness, size
from extractor.mentions import PerMention, QuantityMention, Span


def quantity(value, unit="1", **more):
    return QuantityMention(0, 1, Span(0, 1), Decimal(value), unit=unit, **more)


@pytest.mark.parametrize(
    ("value", "unit", "step"),
    [("97", "%", "9"), ("95", "%", "9"), ("94.9", "%", "8"), ("3", "%", "1"), ("0", "1", "below 1"), ("2862", "1", "6"), ("28620", "1", "8")],
)
def test_size_goes_by_steps(value, unit, step):
    assert size(quantity(value, unit)) == step


@pytest.mark.parametrize(
    ("value", "told"),
    [
        ("30000", "five:1"),
        ("95", "five:2"),
        ("98", "whole:2"),
        ("93.42", "decimals:2"),
        ("12.50", "decimals:1"),
        ("1E+6", "five:1"),
        ("2862", "whole:4"),
    ],
)
def test_roundness(value, told):
    assert roundness(quantity(value)) == told


def test_denominator_is_what_a_rate_is_of():
    assert divided(quantity("38.5", per=PerMention(0, 1, 10000, "population"))) == "10000:population"
    assert divided(quantity("38.5")) == "none"


def test_rates_go_to_the_indicators_that_are_divided_so():
    text = "Maternal mortality and infant mortality in 2024: 12.1 per 1,000 live births and 38 per 100,000 live births."
    facts = [fact for fact in load().extract(text).facts if fact.kind == "metric"]
    assert [fact.indicator for fact in facts] == ["infant_mortality", "maternal_mortality"]

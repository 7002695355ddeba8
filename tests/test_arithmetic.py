"""Figures that are told twice, and parts that add up to their whole."""

from __future__ import annotations

import pytest

from extractor.binding.arithmetic import twin_of, whole_of

TWINS = {
    "Of 1,350,000 elderly people 207,997 had a check-up, or 15.4%.": {15.4: (207997, "part", "precise")},
    "Of 1,730 cases 20% (346) were children.": {346: (20, "part", "round")},
    "There were 41/43 targets met, or 95.3%.": {95.3: (41, "part", "precise")},
    "Cases rose from 1,200 to 1,290, up 7.5%.": {7.5: (1290, "change", "precise")},
    "The province has 30 hospitals and 4,000 beds; coverage is 93.4%.": {},
}
WHOLES = {
    "There are 5,504 health workers, of whom 5,072 in medicine and 432 in pharmacy; 12 left.": {5072: (5504, 2), 432: (5504, 2)},
    "The 46 deaths (2.1%) were 24 children and 22 adults.": {24: (46, 2), 22: (46, 2)},
    "Of 46 deaths 24 were children and 20 adults.": {},
    "Two visits: one in May, one in June.": {},
}


@pytest.mark.parametrize("text", TWINS)
def test_a_share_is_the_twin_of_the_figure_it_is_worked_out_from(recognize, text):
    context = recognize("en", text)
    found = [(figure, twin_of(context, figure)) for figure in context.quantities]
    told = {float(figure.value): (float(context.quantities[twin.at].value), twin.how, twin.precise) for figure, twin in found if twin.at is not None}
    assert told == TWINS[text]


@pytest.mark.parametrize("text", WHOLES)
def test_parts_add_up_to_their_whole(recognize, text):
    context = recognize("en", text)
    found = [(figure, whole_of(context, figure)) for figure in context.quantities]
    told = {float(figure.value): (float(context.quantities[whole.at].value), whole.parts) for figure, whole in found if whole.at is not None}
    assert told == WHOLES[text]

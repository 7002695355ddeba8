"""Each language's own cases: `cases.jsonl` beside its pack, one short sentence a line with all of its facts."""

from __future__ import annotations

import json

import pytest

from extractor.article import Article
from extractor.packs import languages_folder, pack_codes
from extractor.schema import DateFact, Metric, Resolution, Target

CASES = [
    pytest.param(folder.name, json.loads(line), id=f"{folder.name}-{number}")
    for folder in sorted(languages_folder().iterdir())
    if (folder / "cases.jsonl").is_file()
    for number, line in enumerate((folder / "cases.jsonl").read_text(encoding="utf-8").splitlines(), 1)
]
FIELDS = {name for model in (Metric, Target, DateFact, Resolution) for name in model.model_fields}


@pytest.mark.parametrize(("code", "case"), CASES)
def test_case(engine, code, case):
    """Each fact overlaps one found that has all of its fields; nothing else is found."""
    found = engine.extract(Article(case["text"], language=code)).to_dict()["facts"]
    for wanted in case["facts"]:
        assert any(_fits(wanted, fact, case["text"]) for fact in found), (wanted, found)
    assert len(found) == len(case["facts"]), found


@pytest.mark.parametrize(("code", "case"), CASES)
def test_case_is_well_formed(code, case):
    assert set(case) <= {"text", "facts", "note"}
    for fact in case["facts"]:
        assert {"kind", "exact"} <= set(fact) <= FIELDS
        assert case["text"].count(fact["exact"]) == 1, "the words must stand in the text once"


@pytest.mark.parametrize("code", pack_codes())
def test_every_language_has_cases(code):
    """Numbers, dates and documents, and a sentence that holds nothing."""
    cases = [param.values[1] for param in CASES if param.values[0] == code]
    kinds = {fact["kind"] for case in cases for fact in case["facts"]}
    assert len(cases) >= 8
    assert {"metric", "date"} <= kinds
    assert any(case["facts"] == [] for case in cases)


def _fits(wanted, found, text):
    start = text.index(wanted["exact"])
    overlaps = found["start"] < start + len(wanted["exact"]) and start < found["end"]
    return overlaps and all(found.get(key) == value for key, value in wanted.items() if key != "exact")

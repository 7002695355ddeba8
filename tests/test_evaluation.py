"""Figures against the gold of one article, worked out by hand; floors."""

from __future__ import annotations

import json

import pytest
from conftest import CORPUS

from extractor.article import Article
from extractor.evaluation import MEASURES, GoldArticle, InputError, evaluate, load_gold
from extractor.evaluation.judgements import same
from extractor.floors import below, load_floors, write_floors

TEXT = "In 2024 the province had 2,862 hospital beds under Resolution 72-NQ/TW."


def fact(exact, **fields):
    start = TEXT.index(exact)
    return {"exact": exact, "start": start, "end": start + len(exact), **fields}


@pytest.fixture
def scored(engine, tmp_path):
    def score(*facts, language="en"):
        article = Article(TEXT, language="en")
        return evaluate([(GoldArticle(tmp_path / "a.gold.json", article, language, facts), engine.extract(article))])

    return score


def test_all_right(scored):
    report = scored(
        fact("2024", kind="date", value="2024"),
        fact("2,862 hospital beds", kind="metric", value=2862, unit="1"),
        fact("Resolution 72-NQ/TW", kind="resolution", number="72-NQ/TW", type="resolution"),
    )
    assert set(report.f1()["all"].values()) == {1.0}
    assert report.errors == []


def test_wrong_value_is_an_error(scored):
    report = scored(fact("2,862 hospital beds", kind="metric", value=2.862))
    tally = report.tallies["en"]["number"]
    assert (tally.right, tally.gold, tally.found) == (0, 1, 1)
    assert any("value should be 2.862, is 2862" in error for error in report.errors)


def test_field_left_out_is_not_checked_and_any_allows_each(scored):
    report = scored(fact("2,862 hospital beds", kind={"any": ["metric", "target"]}, value={"any": [1, 2862]}))
    assert report.tallies["all"]["fact"].right == 1


def test_wrong_indicator_is_a_right_number_and_a_wrong_fact(scored):
    report = scored(fact("2,862 hospital beds", kind="metric", value=2862, indicator="doctors"))
    assert report.tallies["all"]["number"].right == 1
    assert report.tallies["all"]["fact"].right == 0


def test_optional_counts_neither_way(scored):
    tally = scored(fact("2,862 hospital beds", kind="metric", value=1, optional=True)).tallies["all"]["number"]
    assert (tally.right, tally.gold, tally.found) == (0, 0, 0)


def test_missed_and_spurious(scored):
    report = scored(fact("province", kind="date", value="2023"))
    assert any("'province': missed" in error for error in report.errors)
    assert any("spurious date '2024'" in error for error in report.errors)


def test_numbers_are_compared_by_value():
    assert same(28, 28.0)
    assert not same(28, "28")
    assert same({"any": [None, {"count": 1000, "of": "population"}]}, {"count": 1000.0, "of": "population"})


def test_words_not_in_the_text(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    gold = {"language": "en", "facts": [{"kind": "date", "exact": "2025", "value": "2025"}]}
    (tmp_path / "a.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    with pytest.raises(InputError, match=r"a\.gold\.json.*2025"):
        load_gold(tmp_path)


@pytest.mark.parametrize(
    ("field", "value", "problem"),
    [
        ("indicator", "hospital_bedz", "unknown indicator 'hospital_bedz'"),
        ("dimensions", {"any": [{}, {"disease": "mazelen"}]}, "unknown disease 'mazelen'"),
        ("dimensions", {"gender": "female"}, "unknown dimension 'gender'"),
        ("measure", "decrease", "unknown measure 'decrease'"),
        ("perod", "2025", "unknown field 'perod'"),
    ],
)
def test_gold_that_no_fact_can_be(tmp_path, field, value, problem):
    """A slip in the gold is told, and not counted as an error of the extractor."""
    (tmp_path / "a.txt").write_text("The ward has 640 beds.", encoding="utf-8")
    facts = [{"kind": "metric", "exact": "640 beds", field: value}]
    (tmp_path / "a.gold.json").write_text(json.dumps({"language": "en", "facts": facts}), encoding="utf-8")
    with pytest.raises(InputError, match=rf"a\.gold\.json: '640 beds': {problem}"):
        load_gold(tmp_path)


def test_unseen_articles():
    """Their gold is sound, and nothing is fitted on them: none is of the corpus, from which the weights are learned."""
    unseen, corpus = load_gold(CORPUS.parent / "tests" / "unseen"), {article.article.id for article in load_gold(CORPUS)}
    assert len({article.language for article in unseen}) >= 10
    assert corpus.isdisjoint(article.article.id for article in unseen)


def test_kinds(scored):
    """A metric where a target is wanted lowers the precision of the one and the recall of the other."""
    tallies = scored(fact("2,862 hospital beds", kind="target", value=2862)).tallies["all"]
    assert (tallies["target"].gold, tallies["target"].found) == (1, 0)
    assert (tallies["metric"].gold, tallies["metric"].found) == (0, 1)
    assert tallies["fact"].right == 0


def test_fields_are_counted_one_by_one(scored):
    fields = scored(fact("2,862 hospital beds", kind="metric", value=2862, indicator="doctors", measure="level")).fields["en"]
    assert {name: (tally.right, tally.gold) for name, tally in fields.items()} == {"kind": (1, 1), "indicator": (0, 1), "measure": (1, 1)}


def test_confusions_and_kinds_of_error(scored):
    per = {"count": 10000, "of": "population"}
    report = scored(
        fact("2,862 hospital beds", kind="metric", value=2862, indicator={"any": ["doctors", "nurses"]}, period=None, place="VN", per=per),
        fact("province", kind="metric", value=1),
    )
    assert report.confusions() == [("doctors", "hospital_beds", 1)]
    kinds = {name: count.total() for name, count in report.error_kinds()}
    assert kinds == {
        "date spurious": 1,
        "metric missed": 1,
        "quantity indicator another": 1,
        "quantity period where there is none": 1,
        "quantity per left out": 1,
        "resolution spurious": 1,
    }


def test_floors_rise_and_fall_only_with_a_reason(tmp_path):
    file = tmp_path / "floors.json"
    write_floors(file, {"en": {"fact": 0.8}}, tmp_path)
    write_floors(file, {"en": {"fact": 0.7}}, tmp_path)
    assert load_floors(file).figures == {"en": {"fact": 0.8}}
    assert below({"en": {"fact": 0.7}}, load_floors(file).figures) == ["en fact: F1 0.7000 is under its floor 0.8000"]
    write_floors(file, {"en": {"fact": 0.7}}, tmp_path, lower="harder corpus")
    assert load_floors(file).figures == {"en": {"fact": 0.7}}
    write_floors(file, {"en": {"fact": 0.75}}, tmp_path)
    assert load_floors(file).lowered_because == "harder corpus"


def test_a_language_keeps_its_floors_where_it_is_not_measured(tmp_path):
    file = tmp_path / "floors.json"
    write_floors(file, {"all": {"fact": 0.8}, "fr": {"fact": 0.9}}, tmp_path)
    write_floors(file, {"all": {"fact": 0.9}}, tmp_path)
    assert load_floors(file).figures == {"all": {"fact": 0.9}, "fr": {"fact": 0.9}}


def test_a_language_that_joins_sets_the_figure_of_all_anew(tmp_path):
    """It is a mean over other languages then; each of the old ones is still held by its own floor."""
    file = tmp_path / "floors.json"
    write_floors(file, {"all": {"fact": 0.9}, "fr": {"fact": 0.9}}, tmp_path)
    write_floors(file, {"all": {"fact": 0.6}, "sw": {"fact": 0.6}}, tmp_path)
    assert load_floors(file).figures["all"] == {"fact": 0.9}, "measured without the others"
    write_floors(file, {"all": {"fact": 0.8}, "fr": {"fact": 0.85}, "sw": {"fact": 0.6}, "nl": {"fact": 0.7}}, tmp_path)
    assert load_floors(file).figures == {"all": {"fact": 0.8}, "fr": {"fact": 0.9}, "sw": {"fact": 0.6}, "nl": {"fact": 0.7}}


def test_a_language_falls_alone_and_a_new_one_needs_floors():
    floors = {"all": {"fact": 0.8}, "fr": {"fact": 0.9}}
    figures = {"all": {"fact": 0.8}, "fr": {"fact": 0.85}, "sw": {"fact": 0.9}}
    assert below(figures, floors) == [
        "fr fact: F1 0.8500 is under its floor 0.9000",
        "sw: has no floors yet (--update-floors sets them)",
    ]


def test_every_language_of_the_corpus_has_floors():
    languages = {file.parent.name for file in CORPUS.glob("*/*.gold.json")}
    floors = load_floors(CORPUS / "floors.json").figures
    assert set(floors) == {"all", *languages}
    assert all(set(measures) == set(MEASURES) for measures in floors.values())

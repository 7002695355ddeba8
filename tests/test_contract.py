"""What holds of every extraction, whatever the article."""

from __future__ import annotations

import json

import pytest
from conftest import CORPUS, ROOT

import extractor
from extractor.article import Article
from extractor.schema import Extraction, json_schema

ARTICLES = sorted(CORPUS.rglob("*.txt"))
SHORT = "In 2024 the province had 2,862 hospital beds, 12.5% more than in 2023, under Resolution 72-NQ/TW."


@pytest.fixture(params=ARTICLES, ids=lambda file: file.stem)
def article(request):
    return Article(request.param.read_bytes().decode("utf-8"), source=request.param.name)


def test_corpus_is_there():
    assert ARTICLES


def test_facts_prove_themselves(article, engine):
    extraction = engine.extract(article)
    text = extraction.article.text
    assert text == article.text
    for fact in extraction.facts:
        assert text[fact.start : fact.end] == fact.exact
        assert 0 <= fact.start < fact.end <= len(text)
        assert fact.exact == fact.exact.strip()
        assert 0 <= fact.sentence[0] <= fact.start
        assert fact.sentence[1] <= len(text)


def test_facts_are_sorted_and_named_apart(article, engine):
    facts = engine.extract(article).facts
    order = [(fact.start, fact.end, fact.kind) for fact in facts]
    assert order == sorted(order)
    assert len({fact.id for fact in facts}) == len(facts)


def test_record_survives_json(article, engine):
    record = engine.extract(article).to_dict()
    again = Extraction.model_validate_json(json.dumps(record))
    assert again.to_dict() == record


def test_same_article_same_facts(article, engine):
    assert engine.extract(article) == engine.extract(article)


def test_facts_do_not_depend_on_order(engine):
    articles = [Article(file.read_bytes().decode("utf-8"), source=file.name) for file in ARTICLES]
    forward = {e.article.source: e for e in engine.pipe(articles)}
    backward = {e.article.source: e for e in engine.pipe(reversed(articles))}
    assert forward == backward


def test_whole_numbers_are_integers(engine):
    record = engine.extract(Article(SHORT, language="en")).to_dict()
    beds = next(fact for fact in record["facts"] if fact.get("value") == 2862)
    assert isinstance(beds["value"], int)
    assert beds["dimensions"] == {}


def test_unknown_field_is_an_error():
    with pytest.raises(ValueError, match="surprise"):
        Extraction.model_validate({"article": {}, "facts": [], "surprise": 1})


def test_fact_that_points_elsewhere_is_an_error(engine):
    record = engine.extract(Article(SHORT, language="en")).to_dict()
    record["facts"][0]["start"] += 1
    with pytest.raises(ValueError, match="exact is not text"):
        Extraction.model_validate_json(json.dumps(record))


def test_committed_schema_is_the_models(cli):
    printed = cli("schema").stdout.decode()
    assert json.loads(printed) == json_schema()
    assert (ROOT / "docs" / "schema.json").read_text(encoding="utf-8") == printed


def test_language_without_a_pack_still_gets_numbers(engine):
    extraction = engine.extract(Article("Vuonna 2024 sairaalassa oli 2862 vuodepaikkaa.", language="fi"))
    assert extraction.article.language == "fi"
    assert 2862 in [getattr(fact, "value", None) for fact in extraction.facts]


def test_table_has_one_row_a_fact(engine):
    extraction = engine.extract(Article(SHORT, language="en"))
    frame = engine.to_frame([extraction])
    assert list(frame["exact"]) == [fact.exact for fact in extraction.facts]
    assert frame["start"].dtype == "Int64"


def test_import_is_light(cli):
    assert set(extractor.__all__) == {"Article", "Extraction", "Extractor", "__version__", "load"}


def test_malay_with_words_of_both_shores(engine):
    """`tahun`, `campak` and `vaksinasi` are Indonesian as well; `taska`, `pusingan` and `kempen` are not."""
    text = "Kempen vaksinasi campak tahun 2014: pusingan pertama untuk taska dan tadika, pusingan kedua pada tahun 2015 di setiap daerah dan bandar."
    assert engine.extract(Article(text)).article.language == "ms"


def test_traditional_characters_alone_are_chinese(engine):
    """langdetect takes them for Korean, which has letters of its own."""
    assert engine.extract(Article("衛生局今天公布，全市登革熱病例累計1,234例，較上週增加56例。")).article.language == "zh"
    assert engine.extract(Article("보건당국은 오늘 병상 1,234개를 새로 발표했다고 밝혔다.")).article.language == "ko"

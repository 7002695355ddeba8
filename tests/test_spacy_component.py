"""The pipe for strangers' spaCy pipelines."""

from __future__ import annotations

import spacy

from extractor.article import Article


def test_facts_over_another_tokenizer():
    nlp = spacy.blank("fr")
    nlp.add_pipe("health_facts")
    doc = nlp("La province compte 2 862 lits d'hôpital en 2024.")
    (beds,) = [span for span in doc.spans["facts"] if span._.fact.value == 2862]
    assert beds.text.startswith("2 862 lits")
    assert beds.label_ == beds._.fact.kind


def test_plain_statement_is_a_metric(engine):
    (beds,) = [
        fact for fact in engine.extract(Article("La province compte 2 862 lits d'hôpital en 2024.", language="fr")).facts if fact.kind != "date"
    ]
    assert beds.kind == "metric"


def test_language_is_detected_when_asked():
    nlp = spacy.blank("xx")
    nlp.add_pipe("health_facts", config={"language": "auto"})
    doc = nlp("In 2024 the province had 2,862 hospital beds and many doctors worked there.")
    assert 2862 in [getattr(span._.fact, "value", None) for span in doc.spans["facts"]]


def test_empty_doc():
    nlp = spacy.blank("en")
    nlp.add_pipe("health_facts")
    assert list(nlp("").spans["facts"]) == []

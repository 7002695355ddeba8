"""A spaCy pipeline that names persons and bodies: it fills in what the packs leave open, and is a part of a run's settings."""

from __future__ import annotations

import json

import pytest
import spacy

from extractor import Article, load
from extractor.components.entities import NamedEntities, NerError

TEXT = "Yesterday Zola chaired the meeting. Zola, who has worked in the ward since 2019, said it had 250 beds."


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory):
    """A pipeline that knows one name, as a folder."""
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "PERSON", "pattern": "Zola"}])
    folder = tmp_path_factory.mktemp("ner") / "en_toy"
    nlp.to_disk(folder)
    return folder


def names(extractor, text, language="en"):
    facts = extractor.extract(Article(text, language=language)).facts
    return [fact.reported_by and fact.reported_by.name for fact in facts if fact.kind in ("metric", "target")]


def test_a_name_that_the_rules_leave_open(pipeline):
    assert names(load(), TEXT) == [None]
    assert names(load(ner=str(pipeline)), TEXT) == ["Zola"]


def test_other_languages_are_left_alone(pipeline):
    entities = NamedEntities.load(str(pipeline))
    assert entities.recognize(TEXT, "fr") == []
    assert [TEXT[entity.start : entity.end] for entity in entities.recognize(TEXT, "en")] == ["Zola", "Zola"]


def test_the_digest_is_that_of_the_files(pipeline, tmp_path):
    first = NamedEntities.load(str(pipeline)).digest
    nlp = spacy.load(pipeline)
    nlp.get_pipe("entity_ruler").add_patterns([{"label": "ORG", "pattern": "WHO"}])
    nlp.to_disk(tmp_path / "other")
    assert NamedEntities.load(str(pipeline)).digest == first
    assert NamedEntities.load(str(tmp_path / "other")).digest != first


def without_names(folder):
    spacy.blank("en").to_disk(folder)


def with_other_names(folder):
    nlp = spacy.blank("en")
    nlp.add_pipe("entity_ruler").add_patterns([{"label": "DRUG", "pattern": "aspirin"}])
    nlp.to_disk(folder)


def empty(folder):
    folder.mkdir()


def damaged(folder):
    without_names(folder)
    (folder / "config.cfg").write_text("[nlp\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("make", "message"),
    [
        (lambda folder: None, "no spaCy pipeline of this name is installed, and no folder is there"),
        (without_names, r"has no component that names entities \(ner\)"),
        (with_other_names, "names neither persons nor organisations, but DRUG"),
        (empty, "is no folder of a spaCy pipeline"),
        (damaged, "can't be loaded by spaCy"),
    ],
    ids=["missing", "without-names", "other-names", "empty", "damaged"],
)
def test_one_that_cannot_be_used(tmp_path, make, message):
    folder = tmp_path / "ner"
    make(folder)
    with pytest.raises(NerError, match=message):
        NamedEntities.load(str(folder))


def test_a_run_says_so_before_it_begins(cli, tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    done = cli("run", "a.txt", "-o", "out.jsonl", "--ner", "no_such_pipeline", cwd=tmp_path)
    assert done.returncode == 2
    assert "error: --ner: no_such_pipeline: no spaCy pipeline of this name" in done.stderr.decode()
    assert not (tmp_path / "out.jsonl").exists()


def test_a_folder_goes_on_with_the_same_pipeline_only(cli, tmp_path, pipeline):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")

    def run(*options):
        cli("run", "a.txt", "-o", "out", "--language", "en", *options, cwd=tmp_path)
        (part,) = (tmp_path / "out" / "parts").iterdir()
        facts = json.loads(part.read_text(encoding="utf-8"))["facts"]
        return part.name, [fact["reported_by"] for fact in facts if fact["kind"] == "metric"]

    plain, nobody = run()
    named, somebody = run("--ner", str(pipeline), "--workers", "1")
    assert named != plain
    assert (nobody, somebody[0]["name"]) == ([None], "Zola")
    assert run("--ner", str(pipeline)) == (named, somebody)

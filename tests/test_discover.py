"""`extractor discover`: what runs counted but could not name."""

from __future__ import annotations

import json
import tomllib

import pytest

from extractor.discovery import Grams, find_clusters, labels_of
from extractor.discovery.clustering import grams
from extractor.discovery.labels import Label
from extractor.schema import ArticleInfo, Extraction, Metric

SENTENCES = {
    "en-1": ("en", "The province bought 12 ambulances in March.", "12 ambulances"),
    "en-2": ("en", "It now owns 40 ambulances.", "40 ambulances"),
    "fr-1": ("fr", "La province a acheté 7 ambulances.", "7 ambulances"),
    "it-1": ("it", "La regione ha 15 ambulanze.", "15 ambulanze"),
    "fr-2": ("fr", "Le ministère a livré 300 kits scolaires.", "300 kits scolaires"),
    "vi-1": ("vi", "Toàn tỉnh có 25 xe cứu thương.", "25 xe cứu thương"),
    "zh-1": ("zh", "全省新增救护车 25 辆。", "25 辆"),
}


def _extraction(name):
    language, text, exact = SENTENCES[name]
    start = text.index(exact)
    fact = Metric(id=name, start=start, end=start + len(exact), exact=exact, sentence=(0, len(text)), confidence=0.5, value=1.0)
    article = ArticleInfo(id=name, source=f"{name}.txt", language=language, language_confidence=1.0, text=text)
    return Extraction(article=article, facts=(fact,))


@pytest.fixture
def run(tmp_path):
    file = tmp_path / "facts.jsonl"
    file.write_text("".join(json.dumps(_extraction(name).to_dict(), ensure_ascii=False) + "\n" for name in SENTENCES), encoding="utf-8")
    return file


@pytest.mark.parametrize(("name", "words"), [("en-1", "ambulances"), ("fr-2", "kits scolaires"), ("it-1", "ambulanze"), ("zh-1", "救护车")])
def test_words_of_a_quantity(name, words):
    (label,) = labels_of(_extraction(name))
    assert label.words == words
    assert label.language == name[:2]


def test_a_quantity_with_an_indicator_has_no_label(engine):
    extraction = engine.extract("In 2024 the province had 2,862 hospital beds.")
    assert list(labels_of(extraction)) == []


def test_languages_come_together_where_they_share_words(run, tmp_path, cli):
    result = cli("discover", run, "-o", tmp_path / "found.toml")
    assert result.returncode == 0, result.stderr
    (cluster,) = tomllib.loads((tmp_path / "found.toml").read_text(encoding="utf-8"))["cluster"]
    assert (cluster["count"], cluster["articles"]) == (4, 4)
    assert cluster["languages"] == {"en": 2, "fr": 1, "it": 1}
    rows = {row["language"]: row["row"] for row in cluster["rows"]}
    assert rows["en"].endswith('= ["ambulances"]')
    assert rows["it"].endswith('= ["ambulanze"]')
    assert {example["source"] for example in cluster["examples"]} == {"en-1.txt", "fr-1.txt", "it-1.txt"}
    assert b"ambulances" in result.stdout


def test_a_row_can_be_put_into_a_pack(run, tmp_path, cli):
    cli("discover", run, "-o", tmp_path / "found.toml", "--min-count", 1)
    for cluster in tomllib.loads((tmp_path / "found.toml").read_text(encoding="utf-8"))["cluster"]:
        for row in cluster["rows"]:
            ((_, phrases),) = tomllib.loads(row["row"]).items()
            assert phrases
            assert all(phrase.strip() for phrase in phrases)


def test_words_of_a_known_indicator_are_proposed(tmp_path, cli):
    text = "Il y a 12 pharmacie."
    article = ArticleInfo(id="a", source="a.txt", language="fr", language_confidence=1.0, text=text)
    fact = Metric(id="f", start=7, end=19, exact="12 pharmacie", sentence=(0, len(text)), confidence=0.5, value=12.0)
    (tmp_path / "facts.jsonl").write_text(json.dumps(Extraction(article=article, facts=(fact,)).to_dict()))
    cli("discover", tmp_path / "facts.jsonl", "-o", tmp_path / "found.toml", "--min-count", 1)
    (cluster,) = tomllib.loads((tmp_path / "found.toml").read_text(encoding="utf-8"))["cluster"]
    assert cluster["nearest"][0] == {"indicator": "pharmacies", "similarity": 1.0, "phrase": "pharmacie"}
    assert cluster["rows"] == [{"language": "fr", "row": 'pharmacies = ["pharmacie"]'}]


def test_nothing_depends_on_the_order(run):
    labels = [label for name in SENTENCES for label in labels_of(_extraction(name))]
    likeness = Grams({label.forms for label in labels})
    there, back = (
        [(cluster.count, [label.article for label in cluster.labels]) for cluster in find_clusters(some, likeness)] for some in (labels, labels[::-1])
    )
    assert there == back


def test_the_same_article_twice_counts_once(run, cli, tmp_path):
    once, twice = (cli("discover", *[run] * times, "-o", tmp_path / "found.toml").stdout for times in (1, 2))
    assert once == twice


def test_unlike_words_stay_apart():
    labels = [Label("en", words, (words,), words, "", "", words) for words in ("ambulances", "helicopters")]
    assert len(find_clusters(labels, Grams([label.forms for label in labels]))) == 2


def test_grams_of_scripts_without_spaces():
    assert "^救护" in grams(["救", "护", "车"])


@pytest.mark.parametrize(
    ("content", "said"), [(None, "can't be read"), ("{", "is no extraction"), ('{"article": {}}', "is no extraction of this version")]
)
def test_what_is_no_run_is_named(tmp_path, cli, content, said):
    file = tmp_path / "facts.jsonl"
    if content is not None:
        file.write_text(content)
    result = cli("discover", file)
    assert result.returncode == 2
    assert said in result.stderr.decode().replace("\n", " ")
    assert "facts.jsonl" in result.stderr.decode().replace("\n", "")


def test_a_folder_that_is_no_run(tmp_path, cli):
    assert b"holds no manifest.jsonl" in cli("discover", tmp_path).stderr


def test_a_file_that_cannot_be_written(run, tmp_path, cli):
    result = cli("discover", run, "-o", tmp_path)
    assert result.returncode == 2
    assert b"can't be written" in result.stderr


def test_a_run_without_anything_unnamed(tmp_path, cli):
    (tmp_path / "facts.jsonl").write_text("")
    result = cli("discover", tmp_path / "facts.jsonl", "-o", tmp_path / "found.toml")
    assert (result.returncode, result.stdout.strip()) == (0, b"no rows")
    assert tomllib.loads((tmp_path / "found.toml").read_text()) == {}


def test_translations_come_together_by_meaning(run, e5, tmp_path, cli):
    result = cli("discover", run, "--semantic", e5, "-o", tmp_path / "found.toml")
    assert result.returncode == 0, result.stderr
    latin, eastern = tomllib.loads((tmp_path / "found.toml").read_text(encoding="utf-8"))["cluster"]
    assert latin["languages"] == {"en": 2, "fr": 1, "it": 1}
    assert eastern["languages"] == {"vi": 1, "zh": 1}, "no letter is shared"
    assert all(near["similarity"] < 0.9 for cluster in (latin, eastern) for near in cluster["nearest"])


def test_an_encoder_that_is_none(run, tmp_path, cli):
    result = cli("discover", run, "--semantic", tmp_path)
    assert result.returncode == 2
    assert b"holds no config.json" in result.stderr

"""A dataset of runs: built whole or not at all, and asked by filters or SQL."""

from __future__ import annotations

import csv
import io
import json
import sqlite3

import pyarrow.parquet as pq
import pytest

ENGLISH = """Yen Bai reviews its year

In 2024 the province of Yen Bai had 2,862 hospital beds, or 34.5 beds per 10,000 people (target 33.6).
In 2024, 95.3% of the people of Yen Bai had health insurance, and 41 of 43 (95.3%) health targets were met.
Hospitals in Yen Bai treated 631,480 outpatients and 74,452 inpatients in 2024 under Resolution 72-NQ/TW of 9 September 2025.
"""
FRENCH = """Yên Bái fait le bilan de l'année

En 2024, la province de Yên Bái comptait 2 862 lits d'hôpital, soit 34,5 lits pour 10 000 habitants (objectif : 33,6).
En 2024, 95,3 % des habitants de Yên Bái avaient une assurance maladie et 41 des 43 objectifs de santé ont été atteints.
Les hôpitaux de Yên Bái ont soigné 631 480 patients externes et 74 452 patients hospitalisés en 2024, selon la résolution n° 72-NQ/TW.
"""
OTHER = """Yen Bai has fewer beds than said

In 2024 the province of Yen Bai had 2,790 hospital beds. Resolution 72-NQ/TW asks for more doctors. In 2024 Lang Son had 1,204 doctors.
Lang Son has 23 hospitals, of which 20 are public hospitals and 3 are private hospitals.
"""


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    return made(tmp_path_factory.mktemp("data"), {"en.txt": ENGLISH, "fr.txt": FRENCH, "other.txt": OTHER})


def made(folder, articles):
    """A dataset of some articles, by the command line as a user would."""
    import subprocess
    import sys

    (folder / "in").mkdir()
    for name, text in articles.items():
        (folder / "in" / name).write_text(text, encoding="utf-8")
    for arguments in (["run", folder / "in", "-o", folder / "facts", "-q"], ["build", folder / "facts", "-o", folder / "dataset"]):
        subprocess.run([sys.executable, "-m", "extractor", *map(str, arguments)], check=True, capture_output=True)
    return folder / "dataset"


@pytest.fixture
def ask(dataset, cli):
    def ask(*arguments: object) -> list[dict]:
        result = cli("query", dataset, *arguments, "-f", "json")
        assert result.returncode == 0, result.stderr
        return json.loads(result.stdout)

    return ask


def test_one_observation_for_what_two_articles_report(ask):
    """The translation adds mentions but no source."""
    (beds,) = [row for row in ask("--indicator", "hospital_beds", "--kind", "metric", "--place", "VN-06") if row["value"] == 2862]
    assert (beds["mentions"], beds["articles"], beds["sources"]) == (2, 2, 1)
    assert beds["period"] == "2024"
    assert beds["rivals"] == 1


def test_translation_is_told(ask):
    (row,) = ask("clusters")
    articles = {article["id"]: article["language"] for article in ask("articles")}
    assert {articles[row["article_id"]], articles[row["like_article"]]} == {"en", "fr"}
    assert "figures in common" in row["reason"]


def test_sources_that_contradict_each_other(ask):
    (row,) = [row for row in ask("checks") if row["kind"] == "contradiction"]
    assert row["detail"].endswith("2790 against 2862")
    assert len(json.loads(row["facts"])) >= 2


def test_share_is_checked(ask):
    (row,) = [row for row in ask("checks") if row["kind"] == "share"]
    assert row["holds"] == 1


def test_sum_is_checked(ask):
    (row,) = [row for row in ask("checks") if row["kind"] == "sum"]
    assert row["holds"] == 1
    assert row["detail"].startswith("23 hospitals = 20")


def test_target_meets_outcome(ask):
    rows = ask(
        "--sql", "SELECT t.value AS target, m.value AS metric, difference, reached FROM pairs"
        " JOIN observations t ON t.id = target JOIN observations m ON m.id = metric",
    )  # fmt: skip
    assert {"target": 33.6, "metric": 34.5, "difference": 0.9, "reached": 1} in rows


def test_document_is_there_once(ask):
    """To cite it makes no translation."""
    (row,) = [row for row in ask("documents") if row["number"] == "72-NQ/TW"]
    assert (row["articles"], row["sources"]) == (3, 2)
    assert set(json.loads(row["names"])) == {"en", "fr"}


@pytest.mark.parametrize("words", ["hospital beds", "lits d'hôpital", "631 480"])
def test_search(ask, words):
    rows = ask("facts", "--search", words)
    assert rows
    assert all(words.casefold() in (row["exact"] + row["sentence"]).casefold() for row in rows)


def test_same_rows_in_parquet_and_csv(dataset, ask):
    rows = ask("observations", "--limit", "100000")
    table = pq.read_table(dataset / "observations.parquet").to_pylist()
    assert sorted(table, key=lambda row: row["id"]) == sorted(rows, key=lambda row: row["id"])
    written = list(csv.DictReader(io.StringIO((dataset / "observations.csv").read_text(encoding="utf-8"))))
    assert [float(row["value"]) for row in written] == [row["value"] for row in table]
    package = json.loads((dataset / "datapackage.json").read_text())
    assert [field["name"] for field in package["resources"][0]["schema"]["fields"]] == list(written[0])


def test_every_fact_proves_itself(dataset):
    with sqlite3.connect(dataset / "dataset.sqlite") as database:
        rows = database.execute('SELECT text, start, "end", exact FROM facts JOIN articles ON articles.id = article_id').fetchall()
    assert rows
    assert all(text[start:end] == exact for text, start, end, exact in rows)


def test_building_again_gives_the_same(cli, dataset, tmp_path):
    facts = dataset.parent / "facts"
    for name in ("one", "two", "two"):
        assert cli("build", facts, "-o", tmp_path / name).returncode == 0
    one, two = [{file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} for name in ("one", "two")]
    assert one == two
    assert sorted(file.name for file in tmp_path.iterdir()) == ["one", "two"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--sql", "DELETE FROM facts"], "readonly|not authorized|read"),
        (["--sql", "SELECT colour FROM facts"], "no such column"),
        (["--sql", "SELECT 1; DROP TABLE facts"], "one statement"),
        (["nonsense"], "no table"),
        (["documents", "--period", "2024"], "have no period"),
        (["hits", "--place", "VN"], "hits have no area"),
        (["pairs", "--search", "beds"], "can't be searched"),
        (["--search", "ab"], "three letters"),
        (["-f", "xml"], "none of"),
    ],
)
def test_question_that_cannot_be_answered(cli, dataset, arguments, told):
    result = cli("query", dataset, *arguments)
    assert result.returncode == 2
    assert any(part in result.stderr.decode() for part in told.split("|"))


def test_endless_query_is_stopped(dataset, monkeypatch):
    from extractor.dataset import QueryError, query_sql

    monkeypatch.setattr("extractor.dataset.sources.MOST_SECONDS", 0.3)
    with pytest.raises(QueryError, match="takes too long"):
        query_sql(dataset, "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n")


def test_damaged_run_leaves_the_dataset_as_it_was(cli, dataset, tmp_path):
    facts = dataset.parent / "facts"
    out = tmp_path / "dataset"
    cli("build", facts, "-o", out)
    before = (out / "dataset.sqlite").read_bytes()
    (part,) = (facts / "parts").iterdir()
    damaged = tmp_path / "damaged.jsonl"
    damaged.write_bytes(part.read_bytes()[:-50])
    foreign = tmp_path / "foreign.jsonl"
    foreign.write_text('{"article": {"id": "1"}, "facts": []}\n')
    for wrong, told in ((damaged, "damaged.jsonl:3: is no extraction"), (foreign, "foreign.jsonl:1: is no extraction of this version")):
        result = cli("build", wrong, "-o", out)
        assert result.returncode == 2
        assert told in result.stderr.decode()
        assert (out / "dataset.sqlite").read_bytes() == before
    assert sorted(file.name for file in tmp_path.iterdir()) == ["damaged.jsonl", "dataset", "foreign.jsonl"]


def test_folder_that_is_no_dataset(cli, dataset, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("x")
    result = cli("build", dataset.parent / "facts", "-o", tmp_path / "mine")
    assert result.returncode == 2
    assert "is not empty" in result.stderr.decode()
    for wrong in (tmp_path / "mine", tmp_path / "nowhere"):
        assert cli("query", wrong).returncode == 2
        assert cli("build", wrong, "-o", tmp_path / "new").returncode == 2


def test_formulas_and_sql_in_articles(cli, tmp_path):
    hostile = "In 2024 Yen Bai had 2,862 hospital beds under Resolution 72-NQ/TW'); DROP TABLE facts; --\n=cmd|' /C calc'!A0 had 12 doctors in 2024."
    out = made(tmp_path, {"a.txt": hostile})
    written = cli("query", out, "facts", "-f", "csv").stdout.decode()
    sentences = [row["sentence"] for row in csv.DictReader(io.StringIO(written))]
    assert any("DROP TABLE" in sentence for sentence in sentences)
    assert any(sentence.startswith("'=cmd|") for sentence in sentences)
    assert not any(sentence.startswith("=") for sentence in sentences)


def test_csv_files_are_as_their_csvw_metadata_says(dataset):
    """Checked by csvw, CLLD's implementation of the standard: names, types, keys and references of every row."""
    csvw = pytest.importorskip("csvw")
    group = csvw.TableGroup.from_file(dataset / "csv-metadata.json")
    rows = group.read()
    assert set(rows) == {file.name for file in dataset.glob("*.csv")}
    assert rows["observations.csv"]
    assert rows["pairs.csv"]
    assert all(table.check_primary_key() for table in group.tables)
    group.validate_schema(strict=True)
    assert group.check_referential_integrity()
    described = json.loads((dataset / "csv-metadata.json").read_text(encoding="utf-8"))
    (observations,) = [table for table in described["tables"] if table["url"] == "observations.csv"]
    comments = {column["name"]: column.get("dc:description", "") for column in observations["tableSchema"]["columns"]}
    assert comments["sources"].startswith("independent ones")
    (pairs,) = [table for table in described["tables"] if table["url"] == "pairs.csv"]
    assert [key["columnReference"] for key in pairs["tableSchema"]["foreignKeys"]] == [["metric"], ["target"]]


def with_wrong_value(dataset, folder, description):
    """A copy of the tables and of a file that describes them, with a word where a figure should be."""
    for file in (*dataset.glob("*.csv"), dataset / description):
        (folder / file.name).write_bytes(file.read_bytes())
    text = (folder / "observations.csv").read_text(encoding="utf-8")
    (folder / "observations.csv").write_text(text.replace(",2862,", ",many,", 1), encoding="utf-8")
    return folder / description


def test_wrong_value_is_not_as_the_csvw_metadata_says(dataset, tmp_path):
    csvw = pytest.importorskip("csvw")
    metadata = with_wrong_value(dataset, tmp_path, "csv-metadata.json")
    with pytest.raises(ValueError, match="many"):
        csvw.TableGroup.from_file(metadata).read()


def test_data_package_validates(dataset):
    """Checked by frictionless, the reference implementation of the standard: the descriptor, and every cell of every file that it names."""
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(dataset / "datapackage.json"))
    assert report.valid, report.flatten(["name", "type", "fieldName", "rowNumber", "note"])
    assert {task.place for task in report.tasks} == {file.name for file in dataset.glob("*.csv")}


def test_wrong_value_is_not_as_the_data_package_says(dataset, tmp_path):
    frictionless = pytest.importorskip("frictionless")
    report = frictionless.validate(str(with_wrong_value(dataset, tmp_path, "datapackage.json")))
    assert [(kind, field) for kind, field in report.flatten(["type", "fieldName"])] == [("type-error", "value")]

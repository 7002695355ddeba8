"""What `extractor evaluate` prints: tables that fit, saved reports, saved predictions, what moved between two."""

from __future__ import annotations

import json

import pytest

TEXT = "In 2024 the province had 2,862 hospital beds and 1,204 doctors under Resolution 72-NQ/TW."
BEDS = {"kind": "metric", "exact": "2,862 hospital beds", "value": 2862, "indicator": "hospital_beds"}
DOCTORS = {"kind": "metric", "exact": "1,204 doctors", "value": 1204, "indicator": "doctors"}
YEAR = {"kind": "date", "exact": "2024", "value": "2024"}


@pytest.fixture
def folder(tmp_path):
    """A corpus of one English article."""
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "en-beds.txt").write_text(TEXT, encoding="utf-8")
    write_gold(folder, BEDS, DOCTORS, YEAR)
    return folder


def write_gold(folder, *facts):
    (folder / "en-beds.gold.json").write_text(json.dumps({"language": "en", "facts": facts}), encoding="utf-8")


def saved(cli, folder, *arguments):
    return json.loads(cli("evaluate", folder, "--json", *arguments).stdout)


def test_tables_fit_into_eighty_columns(cli, folder):
    write_gold(folder, {**BEDS, "indicator": "communes_meeting_health_criteria"}, {**DOCTORS, "place": "VN-02"})
    for arguments in ([], ["--precision"]):
        lines = cli("evaluate", folder, *arguments).stdout.decode().splitlines()
        assert max(map(len, lines)) <= 80
        assert not any("…" in line for line in lines)
        header = next(line for line in lines if "metric" in line)
        assert header.split() == ["language", "number", "fact", "metric", "target", "date", "resolution"]
        fields = next(line for line in lines if "comparator" in line)
        assert fields.split() == ["kind", "indicator", "per", "comparator", "measure", "dimensions", "place", "period"]


def test_figures_that_the_gold_passes_over(cli, folder):
    """All but those of its facts, whole (`1,204`, not its parts); those in names are listed too, to be looked at."""
    write_gold(folder, BEDS)
    listed = cli("evaluate", folder, "--uncovered").stdout.decode().splitlines()
    assert listed == [
        "en-beds: In [2024] the province had 2,862 hospit",
        "en-beds: e had 2,862 hospital beds and [1,204] doctors under Resolution 72-N",
        "en-beds: ,204 doctors under Resolution [72]-NQ/TW.",
    ]


def test_confusions_and_errors_are_listed(cli, folder):
    write_gold(folder, {**BEDS, "indicator": "nurses"}, DOCTORS)
    rows = [line.split() for line in cli("evaluate", folder).stdout.decode().splitlines()]
    assert ["nurses", "hospital_beds", "1"] in rows
    assert ["date", "spurious", "1", "en", "1"] in rows
    assert ["nurses", "hospital_beds", "1"] not in [line.split() for line in cli("evaluate", folder, "--top", "0").stdout.decode().splitlines()]


def test_json_holds_figures_and_facts(cli, folder):
    report = saved(cli, folder)
    assert report["figures"]["en"]["date"] == {"f1": 1.0, "precision": 1.0, "recall": 1.0, "gold": 1, "found": 1}
    assert report["fields"]["all"]["indicator"] == 1.0
    outcomes = {fact["exact"]: fact["outcome"] for fact in report["facts"]}
    assert outcomes["2,862 hospital beds"] == "right"
    assert outcomes["Resolution 72-NQ/TW"] == "spurious"


def test_saved_predictions_score_as_a_run_does(cli, folder, tmp_path):
    predictions = tmp_path / "found.jsonl"
    assert cli("run", folder / "en-beds.txt", "-o", predictions).returncode == 0
    assert saved(cli, folder, "--predictions", predictions) == saved(cli, folder)


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("{}", "found.jsonl:2: is no extraction: article: Field required"),
        ("{", "found.jsonl:2: is no extraction"),
        ("", "holds nothing for en-beds.gold.json"),
        (None, "found.jsonl: can't be read: No such file"),
    ],
    ids=["not-an-extraction", "no-json", "missing-article", "missing-file"],
)
def test_predictions_that_cannot_be_used(cli, folder, tmp_path, line, reason):
    file = tmp_path / "found.jsonl"
    if line is not None:
        file.write_text(f"\n{line}\n", encoding="utf-8")
    result = cli("evaluate", folder, "--predictions", file)
    assert result.returncode == 2
    assert reason in result.stderr.decode()


def test_baseline_shows_what_moved(cli, folder, tmp_path):
    """Of two facts one becomes right and one wrong, as the gold is mended and spoilt; a third is no longer spurious."""
    write_gold(folder, {**BEDS, "indicator": "nurses"}, DOCTORS)
    before = tmp_path / "before.json"
    before.write_bytes(cli("evaluate", folder, "--json").stdout)
    write_gold(folder, BEDS, {**DOCTORS, "value": 1205}, YEAR)
    printed = cli("evaluate", folder, "--baseline", before).stdout.decode()
    rows = [line.split() for line in printed[printed.index("F1 moved") :].splitlines()]
    assert ["newly", "right", "1", "en", "1"] in rows
    assert ["newly", "wrong", "1", "en", "1"] in rows
    assert ["no", "longer", "spurious", "1", "en", "1"] in rows
    assert ["en-beds", "metric", "2,862", "hospital", "beds", "indicator"] in rows
    assert ["en-beds", "metric", "1,204", "doctors", "value"] in rows


def test_the_same_report_moves_nothing(cli, folder, tmp_path):
    before = tmp_path / "before.json"
    before.write_bytes(cli("evaluate", folder, "--json").stdout)
    printed = cli("evaluate", folder, "--baseline", before).stdout.decode()
    assert not any(sign in printed[printed.index("F1 moved") :] for sign in ("+0.", "-0.", "new "))


@pytest.mark.parametrize(
    ("content", "reason"),
    [(None, "can't be read"), ("{", "is no JSON"), ("{}", "is no report of `extractor evaluate --json`")],
    ids=["missing", "no-json", "other-json"],
)
def test_baseline_that_cannot_be_used(cli, folder, tmp_path, content, reason):
    file = tmp_path / "before.json"
    if content is not None:
        file.write_text(content, encoding="utf-8")
    result = cli("evaluate", folder, "--baseline", file)
    assert result.returncode == 2
    assert reason in result.stderr.decode()


def test_json_and_baseline_exclude_each_other(cli, folder, tmp_path):
    assert cli("evaluate", folder, "--json", "--baseline", tmp_path / "before.json").returncode == 2


def test_floors_by_language(cli, folder, tmp_path):
    """A floor is set, held, broken by a language, noted where the corpus is another, and lowered with a reason."""
    floors = tmp_path / "floors.json"
    assert cli("evaluate", folder, "--floors", floors, "--update-floors").returncode == 0
    assert cli("evaluate", folder, "--floors", floors).returncode == 0
    write_gold(folder, BEDS, {**DOCTORS, "value": 1205}, YEAR)
    result = cli("evaluate", folder, "--floors", floors)
    assert result.returncode == 1
    assert "en number: F1 0.5000 is under its floor 1.0000" in result.stderr.decode()
    assert "the corpus is not the one" in result.stderr.decode()
    assert cli("evaluate", folder, "--floors", floors, "--lower-floors", "a wrong gold, for the test").returncode == 0
    assert json.loads(floors.read_text(encoding="utf-8"))["lowered_because"] == "a wrong gold, for the test"
    assert cli("evaluate", folder, "--floors", floors).returncode == 0


def test_dataset_is_scored_where_there_is_gold_for_it(cli, folder):
    """From gold facts, in which the resolution is missing, and from the run's, in which it is found."""
    write_gold(folder, BEDS, DOCTORS, {**YEAR, "role": "period"})
    assert "F1 of a dataset" not in cli("evaluate", folder).stdout.decode()
    document = {"number": "72-NQ/TW", "type": "resolution", "jurisdiction": "VN", "year": None, "cited_by": ["en-beds"]}
    gold = {"unread": [], "clusters": [], "documents": [document], "pairs": [], "checks": []}
    (folder / "dataset.gold.json").write_text(json.dumps({**gold, "facts": [], "language": "und"}), encoding="utf-8")
    printed = cli("evaluate", folder).stdout.decode()
    rows = [line.split() for line in printed[printed.index("F1 of a dataset") :].splitlines()]
    assert ["clusters", "documents", "pairs", "checks"] in rows
    assert ["gold", "facts", "0.000"] in rows
    assert ["a", "run's", "facts", "1.000"] in rows
    figures = saved(cli, folder)["dataset"]
    assert figures["a run's facts"]["documents"] == {"f1": 1.0, "precision": 1.0, "recall": 1.0, "gold": 1, "found": 1}
    assert figures["gold facts"]["documents"]["found"] == 0


def test_gold_of_a_dataset_that_cannot_be_used(cli, folder):
    (folder / "dataset.gold.json").write_text("{", encoding="utf-8")
    result = cli("evaluate", folder)
    assert result.returncode == 2
    assert "dataset.gold.json: is no gold of a dataset" in result.stderr.decode()
    gold = {"unread": [], "clusters": [], "documents": [], "pairs": [], "checks": []}
    (folder / "dataset.gold.json").write_text(json.dumps(gold), encoding="utf-8")
    result = cli("evaluate", folder)
    assert result.returncode == 2
    assert "en-beds.gold.json: '2024': role" in result.stderr.decode()

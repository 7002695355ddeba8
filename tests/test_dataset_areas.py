"""A province before and after July 2025: two areas, linked."""

from __future__ import annotations

import json

import pytest
from test_dataset_update import article

from extractor.dataset import Filters, build, query, query_sql


def beds(value, place, period="2025", kind="metric"):
    return (kind, "hospital_beds", value, place, period, "=")


BEFORE, AFTER = "2025-03-01", "2025-12-01"
LINES = (
    article(1, [beds(2862.0, "VN-02")], published=BEFORE),
    article(2, [beds(1790.0, "VN-06")], published=BEFORE),
    article(3, [beds(4652.0, "VN-02")], published=AFTER),
    article(4, [beds(1790.0, "VN-06", "2024")], published=AFTER),
    article(5, [beds(980.0, "VN-HN")], published=AFTER),
    article(6, [beds(4700.0, "VN-02", "2025-10")]),
    article(7, [beds(3000.0, "VN-02", "2024"), beds(5000.0, "VN-02", "2030", "target")]),
)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("areas")
    (folder / "run.jsonl").write_text("".join(LINES), encoding="utf-8")
    build([folder / "run.jsonl"], folder / "dataset")
    return folder / "dataset"


@pytest.fixture
def values(dataset, cli):
    def ask(*arguments):
        result = cli("query", dataset, *arguments, "-f", "json")
        assert result.returncode == 0, result.stderr
        return sorted(row["value"] for row in json.loads(result.stdout))

    return ask


def test_areas_by_the_time_of_the_article(dataset):
    """By its publication; else by what it tells as past, of which a target of 2030 is none."""
    rows = query_sql(dataset, "SELECT value, place, area FROM observations")
    assert {row["value"]: row["area"] for row in rows} == {
        2862: "VN-02", 1790: "VN-06", 4652: "VN-02@2025", 980: "VN-HN", 4700: "VN-02@2025", 3000: "VN-02", 5000: "VN-02",
    }  # fmt: skip
    assert {row["place"] for row in rows} == {"VN-02", "VN-06", "VN-HN"}


def test_two_areas_do_not_contradict_each_other(dataset):
    """2,862 beds of the old province and 4,652 of the new one, both in 2025."""
    assert query(dataset, "checks", Filters()) == []
    assert {row["rivals"] for row in query(dataset, "observations", Filters())} == {0}


def test_places_are_linked(dataset):
    rows = {row["id"]: row for row in query(dataset, "places", Filters(limit=10_000))}
    old, new, merged = rows["VN-02"], rows["VN-02@2025"], rows["VN-06"]
    assert (old["name"], old["valid_until"], old["successor"]) == ("Lào Cai", "2025-06-30", "VN-02@2025")
    assert (new["name"], new["valid_from"], new["successor"], new["code"]) == ("Lào Cai", "2025-07-01", None, "VN-02")
    assert (merged["name"], json.loads(merged["names"]), merged["successor"]) == ("Yên Bái", ["Yen Bai"], "VN-02@2025")
    assert (rows["VN-HN"]["valid_until"], rows["VN-HN"]["successor"]) == (None, None)
    assert rows["FR"]["name"] == "France"
    vietnamese = [row for row in rows.values() if row["code"].startswith("VN-")]
    assert len([row for row in vietnamese if row["valid_until"] is None]) == 34
    assert {row["successor"] for row in rows.values()} - {None} <= set(rows)


def test_place_with_its_predecessors(values):
    assert values("--place", "VN-02") == [2862, 3000, 4652, 4700, 5000]
    assert values("--place", "VN-02@2025") == [4652, 4700]
    assert values("--place", "VN-02@2025", "--with-predecessors") == values("--place", "VN-02", "--with-predecessors")
    assert values("--place", "VN-02", "--with-predecessors") == [1790, 1790, 2862, 3000, 4652, 4700, 5000]
    assert values("--place", "VN-06", "--with-predecessors") == [1790, 1790]
    assert values("facts", "--place", "VN-02@2025") == [4652, 4700]


def test_predecessors_need_a_place(cli, dataset):
    result = cli("query", dataset, "--with-predecessors")
    assert result.returncode == 2
    assert "which place" in result.stderr.decode()

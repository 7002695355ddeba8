"""One dataset in SQLite, PostgreSQL and Parquet: the same question, the same rows; and what a build leaves in PostgreSQL."""

from __future__ import annotations

import json
import os
import shutil

import pandas as pd
import pytest
from postgres_server import programs, server

import extractor.dataset
from extractor.dataset import Filters, QueryError, build, query, query_sql
from extractor.dataset.tables import FORMAT, TABLES

TEXT = "In 2024 Yen Bai had 2,862 hospital beds (target 2,790) under Resolution 72-NQ/TW. 100%_sure."


def lines(*values: tuple[str, str, str, float, str]) -> str:
    """Extractions, made by hand so that no engine is needed: (place, kind, period, value, text after it)."""
    articles = []
    for number, (place, kind, period, value, tail) in enumerate(values):
        text = f"{value:g} hospital beds {tail}"
        fact = {
            "kind": kind, "id": f"{number:016x}", "start": 0, "end": text.index(" "), "exact": text.split(" ")[0], "sentence": [0, len(text)],
            "confidence": 0.5 + number / 100, "indicator": "hospital_beds", "value": value, "unit": "1", "place": place, "period": period,
        }  # fmt: skip
        article = {"id": f"a{number:015x}", "source": f"{number}.txt", "language": "en", "language_confidence": 1.0, "text": text, "title": TEXT}
        articles.append(json.dumps({"article": article, "facts": [fact]}))
    return "\n".join(articles) + "\n"


FIRST = (
    ("VN-06", "metric", "2024", 2862.0, "in Yen Bai"),
    ("VN-06", "target", "2024", 2790.0, "planned, 100%_sure\0"),
    ("VN-09", "metric", "2024-06", 1645.0, "越南医院 50% of it"),
    ("TH-41", "metric", "2024", 980.0, "โรงพยาบาล"),
)
MORE = (*FIRST, ("VN-06", "metric", "2024", 2900.0, "says another"))


@pytest.fixture(scope="module")
def postgres():
    if programs() is None:
        # .ci/run installs it and asks for it, so that these tests can't be left out there unseen.
        assert not os.environ.get("EXTRACTOR_NEEDS_POSTGRES"), "PostgreSQL is not installed"
        pytest.skip("PostgreSQL is not installed")
    with server() as url:
        yield url


@pytest.fixture(scope="module")
def run(tmp_path_factory):
    file = tmp_path_factory.mktemp("run") / "run.jsonl"
    file.write_text(lines(*MORE), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def folder(run, tmp_path_factory):
    folder = tmp_path_factory.mktemp("dataset") / "dataset"
    build([run], folder)
    return folder


@pytest.fixture(params=["sqlite", "postgresql", "parquet", "pandas"])
def ask(request, run, folder, tmp_path):
    """Rows of a table by filters, as lists of dictionaries."""
    if request.param == "postgresql":
        url = request.getfixturevalue("postgres")
        build([run], None, url)
        return lambda table, **filters: query(url, table, Filters(**filters))
    if request.param == "parquet":
        pytest.importorskip("duckdb")
        for file in folder.glob("*.parquet"):
            shutil.copy(file, tmp_path)
        return lambda table, **filters: query(tmp_path, table, Filters(**filters))
    if request.param == "pandas":
        dataset = extractor.dataset.open(folder)
        return lambda table, **filters: rows_of(dataset.table(table, **filters))
    return lambda table, **filters: query(folder, table, Filters(**filters))


def rows_of(frame: pd.DataFrame) -> list[dict]:
    return frame.astype(object).where(frame.notna(), None).to_dict("records")


@pytest.mark.parametrize(
    ("table", "filters"),
    [
        ("observations", {"indicator": "hospital_beds", "place": "VN"}),
        ("observations", {"place": "VN-06", "kind": "metric", "period": "2024"}),
        ("observations", {"min_confidence": 0.51, "limit": 2}),
        ("facts", {"search": "100%_sure"}),
        ("facts", {"search": "医院 50%"}),
        ("observations", {"search": "HOSPITAL BEDS"}),
        ("articles", {}),
        ("sources", {}),
        ("pairs", {}),
        ("checks", {}),
        ("documents", {}),
        ("clusters", {}),
        ("hits", {"indicator": "hospital_beds", "period": "2024"}),
        ("hit_words", {}),
    ],
)
def test_same_rows_everywhere(ask, folder, table, filters):
    wanted = query(folder, table, Filters(**filters))
    assert [without_nul(row) for row in ask(table, **filters)] == [without_nul(row) for row in wanted]
    assert wanted or table in ("documents", "clusters")


def without_nul(row: dict) -> dict:
    """PostgreSQL can't hold NUL: it is U+FFFD there."""
    return {name: value.replace("\0", "\ufffd") if isinstance(value, str) else value for name, value in row.items()}


def test_pandas_reads_the_parquet_files(folder):
    frame = pd.read_parquet(folder / "observations.parquet")
    wanted = extractor.dataset.open(folder).observations(place="VN-06", kind="metric")
    chosen = frame[(frame.place == "VN-06") & (frame.kind == "metric")].sort_values(["confidence", "id"], ascending=[False, True])
    assert rows_of(chosen) == rows_of(wanted)


def test_frames_of_a_select(folder):
    frame = extractor.dataset.open(folder).sql("SELECT place, max(value) AS most FROM observations GROUP BY place ORDER BY place")
    assert frame.to_dict("records") == [
        {"place": "TH-41", "most": 980.0}, {"place": "VN-06", "most": 2900.0}, {"place": "VN-09", "most": 1645.0},
    ]  # fmt: skip


@pytest.fixture
def database(postgres):
    """An empty database of the server."""
    import psycopg

    with psycopg.connect(postgres, autocommit=True) as connection:
        connection.execute("DROP DATABASE IF EXISTS fresh")
        connection.execute("CREATE DATABASE fresh")
    return postgres.replace("/postgres?", "/fresh?")


def test_only_what_changed_is_written(database, cli, tmp_path):
    few, more = tmp_path / "few.jsonl", tmp_path / "more.jsonl"
    few.write_text(lines(*FIRST), encoding="utf-8")
    more.write_text(lines(*MORE), encoding="utf-8")
    first = build([few], None, database).changes
    assert first.written["facts"] == len(FIRST)
    again = build([few], None, database).changes
    assert set(again.written.values()) == set(again.removed.values()) == {0}
    grown = build([more], None, database).changes
    assert (grown.written["articles"], grown.written["facts"], grown.removed["facts"]) == (1, 1, 0)
    assert grown.written["observations"] == 2, "the new one, and the one that now has a rival"
    assert (grown.written["hits"], grown.written["hit_words"]) == (2, 1), "that one is flagged now, and its words are the same"
    back = build([few], None, database).changes
    assert (back.removed["articles"], back.written["articles"]) == (1, 0)
    result = cli("build", few, "--store", database)
    assert result.returncode == 0, result.stderr


def test_failed_build_leaves_the_database_as_it_was(database, tmp_path, monkeypatch):
    few, more = tmp_path / "few.jsonl", tmp_path / "more.jsonl"
    few.write_text(lines(*FIRST), encoding="utf-8")
    more.write_text(lines(*MORE), encoding="utf-8")
    build([few], None, database)
    import psycopg

    with psycopg.connect(database) as connection:  # the last table can't take what the first ones could
        connection.execute("ALTER TABLE checks ADD CONSTRAINT none CHECK (kind = 'share')")
    with pytest.raises(extractor.dataset.BuildError, match="what was there is as it was"):
        build([more], tmp_path / "out", database)
    assert query_sql(database, "SELECT count(*) AS n FROM articles") == [{"n": len(FIRST)}]
    assert not (tmp_path / "out").exists()


def test_other_tables_are_left_alone(database, tmp_path):
    import psycopg

    few = tmp_path / "few.jsonl"
    few.write_text(lines(*FIRST), encoding="utf-8")
    with pytest.raises(QueryError, match="holds no dataset"):
        query(database, "facts", Filters())
    with psycopg.connect(database) as connection:
        connection.execute("CREATE TABLE articles (title text)")
    with pytest.raises(extractor.dataset.BuildError, match="no dataset's"):
        build([few], None, database)
    with psycopg.connect(database) as connection:
        connection.execute("DROP TABLE articles")
    build([few], None, database)
    with psycopg.connect(database) as connection:
        connection.execute("UPDATE about SET value = '0' WHERE key = 'format'")
    with pytest.raises(extractor.dataset.BuildError, match=f"is of format 0, this version writes {FORMAT}"):
        build([few], None, database)
    with pytest.raises(QueryError, match="another format"):
        query(database, "facts", Filters())


@pytest.mark.parametrize(
    ("sql", "told"),
    [
        ("DELETE FROM facts", "read-only"),
        ("SELECT 1; DROP TABLE facts", "multiple commands"),
        ("SELECT colour FROM facts", "colour"),
        ("SELECT '%' AS sign", None),
    ],
)
def test_questions_in_sql_can_only_read(postgres, run, sql, told):
    build([run], None, postgres)
    if told is None:
        assert query_sql(postgres, sql) == [{"sign": "%"}]
        return
    with pytest.raises(QueryError, match=told):
        query_sql(postgres, sql)
    assert len(query(postgres, "facts", Filters())) == len(MORE)


@pytest.mark.parametrize("url", ["postgresql://editor:secret@127.0.0.1:9/health", "postgresql://["])
def test_database_that_cannot_be_reached(cli, run, url):
    pytest.importorskip("sqlalchemy")
    for arguments in (("build", run, "--store", url), ("query", url)):
        result = cli(*arguments)
        assert result.returncode == 2
        assert b"secret" not in result.stderr
        assert result.stderr.startswith(b"error: ")


def test_build_wants_a_place(cli, run):
    result = cli("build", run)
    assert result.returncode == 2
    assert b"-o FOLDER" in result.stderr


def test_every_table_has_its_key(folder):
    for table, key in TABLES.items():
        rows = query_sql(folder, f"SELECT count(*) AS n, count(DISTINCT {' || '.join(key)}) AS keys FROM {table}")
        assert rows[0]["n"] == rows[0]["keys"]

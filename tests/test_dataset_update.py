"""A dataset that is brought up to date is the one that would be built of the same runs anew, and costs little where little is new."""

from __future__ import annotations

import csv
import json
import os
import random
import sqlite3
import sys
import time
from contextlib import closing
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.dataset import BuildError, build
from extractor.dataset.copying import begin_copy
from extractor.dataset.hit_rows import hit_of, telling
from extractor.dataset.second import Second
from extractor.dataset.tables import DATABASE, SORTED, STATE

PLACES = ("VN-02", "VN-06")
TEXT = """the hospital in the province reported that its new wing for mothers and children opened after long years of work and that nurses were
trained by doctors from the capital who will stay until the end of the season"""
WORDS = TEXT.split()


def article(number, figures, *, document=None, url=None, published=None, words=0, source="run.txt", **known):
    """A line of a run by hand: figures are (kind, indicator, value, place, period, comparator)."""
    text, facts = f"article {number}\n{' '.join(WORDS[words:] + WORDS[:words])}\n", []

    def add(exact, **fields):
        nonlocal text
        start = len(text)
        text += f"{exact}. "
        facts.append({"id": f"{number:08x}{len(facts):08x}", "start": start, "end": start + len(exact), "exact": exact,
                      "sentence": [start, start + len(exact) + 1], "confidence": (1.0, 0.6, 0.7, 0.8, 1.0)[number % 5], **fields})  # fmt: skip

    for kind, indicator, value, place, period, comparator in figures:
        add(f"{value:g}", kind=kind, indicator=indicator, value=value, unit="1", place=place, period=period, comparator=comparator)
    if document:
        add(document, kind="resolution", number=document, type="resolution", jurisdiction="VN", label=document, date=published)
    known = {"language": "en", "language_confidence": 1.0, "url": url, "published": published, **known}
    return json.dumps({"article": {"id": f"{number:016x}", "source": source, "text": text, **known}, "facts": facts}) + "\n"


def bundle(first):
    """Six figures that tell a translation."""
    return [("metric", "nurses", first + number + 0.5, "VN", str(2010 + number), "=") for number in range(6)]


EXTRAS = st.lists(
    st.tuples(
        st.sampled_from(["metric", "target"]), st.just("hospital_beds"), st.sampled_from([11.0, 12.5, 1000.0, 1100.0]),
        st.sampled_from(PLACES), st.sampled_from(["2025", "2025", "2025-09"]), st.sampled_from(["=", ">="]),
    ),
    max_size=4, unique_by=lambda figure: figure[:5],
)  # fmt: skip
FIGURES = st.builds(lambda shared, extras: shared + extras, st.sampled_from([[], bundle(100), bundle(200), bundle(100) + bundle(200)]), EXTRAS)
ARTICLES = st.builds(
    article, st.integers(0, 7), FIGURES, document=st.sampled_from([None, "72-NQ/TW", "5/2024/NQ-HDND"]),
    url=st.sampled_from([None, None, "https://example.org/1"]), published=st.sampled_from([None, "2024-05-01", "2025-09-02"]),
    words=st.sampled_from([0, 9]), source=st.sampled_from(["a.txt", "b.txt"]), language=st.sampled_from(["en", "vi"]),
    title=st.sampled_from([None, "Giường bệnh", "Beds"]), publisher=st.sampled_from([None, "example.org"]),
)  # fmt: skip
RUNS = st.lists(st.lists(ARTICLES, max_size=5), min_size=1, max_size=3)


def contents(folder):
    """Rows of every table in its order, and the bytes of every other file that is made for users."""
    with closing(sqlite3.connect(folder / DATABASE)) as database:
        rows = {table: database.execute(f"SELECT * FROM {table} ORDER BY {', '.join(order)}").fetchall() for table, order in SORTED.items()}
        rows["search"] = sorted(database.execute("SELECT fact_id, exact, sentence, label, title FROM search"), key=str)
        database.execute("INSERT INTO search (search) VALUES ('integrity-check')")
        database.execute("INSERT INTO hit_search (hit_search, rank) VALUES ('integrity-check', 1)")
    return rows, {file.name: file.read_bytes() for file in sorted(folder.iterdir()) if file.name not in (DATABASE, STATE)}


def write(folder, runs):
    files = []
    for number, lines in enumerate(runs):
        files.append(folder / f"run{number}.jsonl")
        files[-1].write_text("".join(lines), encoding="utf-8")
    return files


@pytest.mark.parametrize(
    ("hash_bits", "group", "many"),
    [(40, 10_000, 100), (1, 3, 100), (40, 3, 1)],
    ids=["as it is", "hits crowded, row groups small", "two facts are many"],
)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture])
@given(steps=st.lists(RUNS, min_size=2, max_size=3))
def test_brought_up_to_date_is_built_anew(steps, hash_bits, group, many, tmp_path_factory, monkeypatch):
    """Whatever was given before: articles that come, change, go, and come again; in whatever order; also where many hits want one number, where
    what is other begins and ends within row groups of the files, and where what many articles say is added to."""
    monkeypatch.setattr("extractor.dataset.hits._HASH_BITS", hash_bits)
    for module in ("parquet", "merging"):
        monkeypatch.setattr(f"extractor.dataset.{module}.ROWS", group)
    for module in ("documents", "hits", "observations"):
        monkeypatch.setattr(f"extractor.dataset.{module}.MANY", many)
    folder = tmp_path_factory.mktemp("update")
    for runs in steps:
        build(write(folder, runs), folder / "dataset")
    build(write(folder, steps[-1][::-1]), folder / "anew")
    assert contents(folder / "dataset") == contents(folder / "anew")


def test_article_that_makes_two_others_one_and_goes_again(tmp_path):
    """Neither of the two is touched, and what they both report has one source less, then one more."""
    beds = ("metric", "hospital_beds", 2862.0, "VN-06", "2024", "=")
    cites = {"document": "72-NQ/TW"}
    apart = [article(1, [beds], url="https://example.org/1", **cites), article(2, [beds, *bundle(100)], words=5, **cites)]
    between = article(3, bundle(100), url="https://example.org/1", words=9)
    sources = []
    for runs in ([apart], [apart, [between]], [apart]):
        build(write(tmp_path, runs), tmp_path / "dataset")
        build(write(tmp_path, runs), tmp_path / "anew", fresh=True)
        assert contents(tmp_path / "dataset") == contents(tmp_path / "anew")
        with closing(sqlite3.connect(tmp_path / "dataset" / DATABASE)) as database:
            sources += database.execute("SELECT o.sources, d.sources FROM observations o, documents d WHERE value = 2862").fetchall()
    assert sources == [(2, 2), (1, 1), (2, 2)]


def test_what_many_articles_say_is_added_to(tmp_path, monkeypatch):
    """By one that is a reprint of an article that says it, and by one of another cluster, which is the first published, surer and says `at least`."""
    for module in ("documents", "hits", "observations"):
        monkeypatch.setattr(f"extractor.dataset.{module}.MANY", 1)
    beds = ("metric", "hospital_beds", 2862.0, "VN-06", "2024", "=")
    said = {"document": "72-NQ/TW", "published": "2025-02-01"}
    before = [article(number, [beds], url=f"https://example.org/{number}", language=language, **said) for number, language in ((10, "vi"), (6, "en"))]
    reprint = article(7, [beds], url="https://example.org/6", publisher="b.vn", **said)
    surer = article(5, [(*beds[:-1], ">=")], document="72-NQ/TW", published="2025-01-01", words=5)
    rows = []
    for runs in ([before], [before, [reprint]], [before, [reprint], [surer]], [before, [surer]]):
        build(write(tmp_path, runs), tmp_path / "dataset")
        build(write(tmp_path, runs), tmp_path / "anew", fresh=True)
        assert contents(tmp_path / "dataset") == contents(tmp_path / "anew")
        with closing(sqlite3.connect(tmp_path / "dataset" / DATABASE)) as database:
            told = "mentions, articles, sources, comparator, first_published"
            rows += database.execute(f"SELECT {told} FROM observations WHERE value = 2862").fetchall()
    assert rows == [
        (2, 2, 2, "=", "2025-02-01"), (3, 3, 2, "=", "2025-02-01"), (4, 4, 3, ">=", "2025-01-01"), (3, 3, 3, ">=", "2025-01-01"),
    ]  # fmt: skip


def test_texts_that_a_spreadsheet_would_run_are_marked_in_csv_files(tmp_path):
    """In a column that has others before it, and in one that has none; when they are built and when they are gone on with."""
    numbers = ["72-NQ/TW", "=1+1", "@sum", "+84", "="]
    lines = [article(number, [("metric", "nurses", 12.0, "VN", "2024", "=")], document=document) for number, document in enumerate(numbers)]
    for count in (1, 3, 5):
        build(write(tmp_path, [lines[:count]]), tmp_path / "dataset")
        with (tmp_path / "dataset" / "documents.csv").open(encoding="utf-8", newline="") as stream:
            assert {row["number"] for row in csv.DictReader(stream)} == set(["72-NQ/TW", "'=1+1", "'@sum", "'+84", "="][:count])


def test_target_that_goes_takes_its_pair_with_another_article_along(tmp_path):
    target = article(1, [("target", "hospital_beds", 2900.0, "VN-06", "2024", ">=")])
    metric = article(2, [("metric", "hospital_beds", 2862.0, "VN-06", "2024", "=")])
    pairs = []
    for lines in ([target, metric], [metric], [target], [metric, target]):
        build(write(tmp_path, [lines]), tmp_path / "dataset")
        pairs.append(len(contents(tmp_path / "dataset")[0]["pairs"]))
    assert pairs == [1, 0, 0, 1]


@pytest.fixture
def run(tmp_path):
    (tmp_path / "run").mkdir()
    return write(tmp_path / "run", [[article(1, [("metric", "hospital_beds", 2862.0, "VN-06", "2024", "=")])]])


def test_nothing_new_leaves_every_file_as_it_is(cli, run, tmp_path):
    assert cli("build", *run, "-o", tmp_path / "dataset").returncode == 0
    before = {file.name: file.stat().st_mtime_ns for file in (tmp_path / "dataset").iterdir()}
    again = cli("build", *run, "-o", tmp_path / "dataset")
    assert again.returncode == 0
    assert "nothing is new" in again.stderr.decode()
    assert {file.name: file.stat().st_mtime_ns for file in (tmp_path / "dataset").iterdir()} == before
    assert "nothing is new" not in cli("build", *run, "-o", tmp_path / "dataset", "--fresh").stderr.decode()
    assert {file.name: file.stat().st_mtime_ns for file in (tmp_path / "dataset").iterdir()} != before


def test_only_what_is_new_is_read(run, tmp_path, monkeypatch):
    """An article that is there is not even parsed again."""
    import extractor.dataset.update as updating

    build(run, tmp_path / "dataset")
    more = write(tmp_path, [[article(2, [("target", "hospital_beds", 2900.0, "VN-06", "2024", ">=")])]])
    parsed = []
    real = updating.read_rows
    monkeypatch.setattr(updating, "read_rows", lambda line: parsed.append(line.where) or real(line))
    build([*run, *more], tmp_path / "dataset")
    assert parsed == [f"{more[0]}:1"]
    assert len(contents(tmp_path / "dataset")[0]["pairs"]) == 1


def test_only_hits_that_are_touched_are_worked_out(run, tmp_path, monkeypatch):
    """Also where another hit that is not touched is flagged for what is new."""
    import extractor.dataset.hit_rows as hits

    build(run, tmp_path / "dataset")
    figures = [("metric", "hospital_beds", 2900.0, "VN-06", "2024", "="), ("metric", "nurses", 12.0, "VN-06", "2024", "=")]
    more = write(tmp_path, [[article(2, figures)]])
    worked_out = []
    real = hits._words
    monkeypatch.setattr(hits, "_words", lambda owner, *rest: worked_out.append(owner.indicator) or real(owner, *rest))
    build([*run, *more], tmp_path / "dataset")
    assert sorted(worked_out) == ["hospital_beds", "nurses"]
    assert sorted(row[-3:-2] for row in contents(tmp_path / "dataset")[0]["hits"]) == [(0,), (1,), (1,)]


@pytest.mark.parametrize("lost", [STATE, "facts.parquet", "observations.csv"])
def test_dataset_without_some_of_its_files_is_built_anew(run, tmp_path, lost):
    build(run, tmp_path / "dataset")
    (tmp_path / "dataset" / lost).unlink()
    assert build(run, tmp_path / "dataset").changed
    build(run, tmp_path / "anew")
    assert contents(tmp_path / "dataset") == contents(tmp_path / "anew")


@pytest.mark.parametrize("change", ["UPDATE about SET value = 'older' WHERE key = 'program'", "DELETE FROM observations", "DELETE FROM articles"])
def test_dataset_of_another_program_or_that_another_one_wrote_in_is_built_anew(run, tmp_path, change):
    build(run, tmp_path / "dataset")
    with closing(sqlite3.connect(tmp_path / "dataset" / DATABASE)) as database, database:
        database.execute(change)
    assert build(run, tmp_path / "dataset").changed
    build(run, tmp_path / "anew")
    assert contents(tmp_path / "dataset") == contents(tmp_path / "anew")


def test_damaged_dataset_is_named_and_left(cli, run, tmp_path):
    build(run, tmp_path / "dataset")
    damaged = tmp_path / "dataset" / "facts.parquet"
    damaged.write_bytes(b"no such file" * 100)
    more = write(tmp_path, [[article(2, [("metric", "doctors", 12.0, "VN-06", "2024", "=")])]])
    result = cli("build", *run, *more, "-o", tmp_path / "dataset")
    assert result.returncode == 2
    assert "the dataset there is damaged" in result.stderr.decode()
    assert "--fresh" in result.stderr.decode()
    assert damaged.read_bytes() == b"no such file" * 100
    assert cli("build", *run, *more, "-o", tmp_path / "dataset", "--fresh").returncode == 0


def test_two_articles_with_one_fact_are_refused(cli, tmp_path):
    """Nothing is dropped unseen."""
    one, other = (json.loads(article(number, [("metric", "hospital_beds", 2862.0, "VN-06", "2024", "=")])) for number in (1, 2))
    other["facts"][0]["id"] = one["facts"][0]["id"]
    runs = write(tmp_path, [[json.dumps(one) + "\n", json.dumps(other) + "\n"]])
    result = cli("build", *runs, "-o", tmp_path / "dataset")
    assert result.returncode == 2
    assert "run0.jsonl:2" in result.stderr.decode()
    assert "fact with the id of another" in result.stderr.decode()
    assert not (tmp_path / "dataset").exists()


def test_second_process_makes_no_difference(tmp_path, monkeypatch):
    """Neither to what is built, nor to the line that is named where one is damaged."""
    lines = [article(number, [("metric", "hospital_beds", 100.0 + number, "VN-06", "2024", "="), *bundle(number)]) for number in range(250)]
    runs = write(tmp_path, [lines[:200], lines[200:], ["{}\n"]])
    folders = []
    for much in (0, 1 << 40):
        monkeypatch.setattr(sys.modules["extractor.dataset.build"], "_MUCH", much)
        folders.append(tmp_path / f"dataset {much}")
        build(runs[:1], folders[-1])
        build(runs[:2], folders[-1])
        with pytest.raises(BuildError, match=r"run2\.jsonl:1: is no extraction of this version"):
            build(runs, folders[-1])
    assert contents(folders[0]) == contents(folders[1])


def _here_alone(process, number):
    """Ends any other process that tries."""
    if os.getpid() != process:
        os._exit(1)
    return number


def test_what_the_second_process_has_not_come_to_is_done_here():
    """The last of several works, while it waits in the first one."""
    with Second(worth=True) as second:
        waiting = [second.begin(time.sleep, 1) for _ in range(4)]
        assert second.begin(os.getpid)() == os.getpid()
        assert [finish() for finish in reversed(waiting)] == [None] * 4


@pytest.mark.parametrize("shares", [True, False], ids=["in the kernel", "where it can't"])
@pytest.mark.parametrize("size", [0, 1, 4095, 4096, 10_000])
def test_file_is_copied_in_parts(size, shares, tmp_path, monkeypatch):
    if not shares:
        monkeypatch.delattr(os, "copy_file_range", raising=False)
    for name, number in (("_PART", 4096), ("_AT_ONCE", 1000)):
        monkeypatch.setattr(f"extractor.dataset.copying.{name}", number)
    (tmp_path / "before").write_bytes(random.Random(size).randbytes(size))
    with Second(worth=False) as second:
        begin_copy(tmp_path / "before", tmp_path / "copy", second)()
    assert (tmp_path / "copy").read_bytes() == (tmp_path / "before").read_bytes()


MENTIONS = st.lists(
    st.tuples(
        st.sampled_from(["en", "vi"]), st.sampled_from([None, "a.vn", "b.vn", "c.vn"]), st.sampled_from([None, "2024", "2025-01", "2025-02"]),
        st.sampled_from([0.5, 0.9]), st.sampled_from([None, "Beds"]), st.none(), st.sampled_from(["2,862", "2 862", "2.862"]), st.just("2,862 beds"),
    ),
    min_size=1, max_size=30,
)  # fmt: skip


@given(MENTIONS, st.integers(0, 30), st.randoms())
def test_hit_is_the_same_of_the_mentions_that_tell(mentions, first, chance):
    """In whatever order they come, and whichever came first."""
    owner = (1, "0" * 16, "metric", "hospital_beds", "VN-02", None, "2024", 3, 0.9, None)
    rows = [(f"{number:04x}", *mention) for number, mention in enumerate(mentions)]
    shuffled = chance.sample(rows, len(rows))
    assert hit_of((owner, telling(shuffled))) == hit_of((owner, rows))
    assert hit_of((owner, telling([*telling(shuffled[:first]), *shuffled[first:]]))) == hit_of((owner, rows))


def test_few_of_many_mentions_tell():
    """The surest three of each language, and the surest of each publisher."""
    rows = [(f"{number:04x}", "vi", f"{number % 5}.vn", None, 0.9, None, None, "2,862", "2,862 beds") for number in range(1000)]
    assert [fact for fact, *_ in telling(rows)] == ["0000", "0001", "0002", "0003", "0004"]


def test_what_a_second_process_that_was_ended_leaves_is_done_here():
    with Second(worth=True) as second:
        assert list(second.map(partial(_here_alone, os.getpid()), range(20), 3)) == list(range(20))

"""A run into a folder: the same bytes with any number of workers, after any interruption, and nothing lost."""

from __future__ import annotations

import json
import multiprocessing
import os
import random
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from conftest import CORPUS

from extractor.article import Article
from extractor.engine import LocalEngine, Settings
from extractor.engine.chunks import Duplicate, cut, without_duplicates
from extractor.engine.workers import Workers
from extractor.readers import Problem, WebPage
from extractor.schema import Extraction

EXTRACTOR = [sys.executable, "-m", "extractor"]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


def records(folder: Path) -> list[dict]:
    """Extractions of a run in the order of its input."""
    names = [json.loads(line)["name"] for line in (folder / "manifest.jsonl").read_text().splitlines()]
    return [json.loads(line) for name in names for line in (folder / "parts" / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def lines_file(path: Path, count: int, *, extra: tuple[str, ...] = ()) -> Path:
    lines = [json.dumps({"text": f"In 2024 district {number} had {number + 7} hospital beds."}) for number in range(count)]
    path.write_text("\n".join((*lines, *extra)) + "\n", encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def dump(tmp_path_factory):
    """Six hundred short articles, one of them twice, and a line that is none."""
    path = tmp_path_factory.mktemp("dump") / "dump.jsonl"
    return lines_file(path, 600, extra=(json.dumps({"text": "In 2024 district 5 had 12 hospital beds."}), "no json"))


@pytest.fixture(scope="module")
def undisturbed(dump, tmp_path_factory):
    out = tmp_path_factory.mktemp("undisturbed") / "out"
    result = subprocess.run([*EXTRACTOR, "run", dump, "-o", out, "--workers", "1"], capture_output=True, check=False)
    assert result.returncode == 3, result.stderr
    return out


def test_nothing_is_lost(dump, undisturbed):
    """Articles in are extractions out, duplicates, and what was skipped."""
    found = records(undisturbed)
    errors = [json.loads(line) for line in (undisturbed / "errors.jsonl").read_text().splitlines()]
    duplicates = [json.loads(line) for line in (undisturbed / "duplicates.jsonl").read_text().splitlines()]
    assert [record["article"]["source"] for record in found] == [f"{dump}#{number}" for number in range(1, 601)]
    assert [(error["line"], error["raw"]) for error in errors] == [(602, "no json")]
    assert duplicates == [{"source": f"{dump}#601", "of": f"{dump}#6", "url": None}]
    assert len(list((undisturbed / "parts").iterdir())) > 1


def test_two_workers_write_the_same(cli, dump, undisturbed, tmp_path):
    cli("run", dump, "-o", tmp_path / "out", "--workers", "2")
    assert contents(tmp_path / "out") == contents(undisturbed)


@pytest.mark.parametrize("suffix", [".jsonl", ".csv"])
def test_a_file_is_the_same_with_and_without_workers(cli, tmp_path, suffix):
    articles = sorted(CORPUS.rglob("en-*.txt"))[:4]
    outputs = [tmp_path / f"{name}{suffix}" for name in ("none", "one", "two")]
    cli("run", *articles, "-o", outputs[0])
    cli("run", *articles, "-o", outputs[1], "--workers", "1")
    cli("run", *articles, "-o", outputs[2], "--workers", "2")
    first, *others = [output.read_bytes() for output in outputs]
    assert first
    assert others == [first, first]


def test_killed_twenty_times(dump, undisturbed, tmp_path):
    """Killed at random moments, it goes on each time and ends with the bytes of a run that was let alone."""
    out = tmp_path / "out"
    command = [*EXTRACTOR, "run", dump, "-o", out, "--workers", "2", "-q"]
    moment = random.Random(4)
    for _ in range(20):
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(moment.uniform(0.3, 6.0))
        running.send_signal(signal.SIGKILL)
        running.wait()
    result = subprocess.run(command, capture_output=True, check=False)
    assert result.returncode == 3, result.stderr
    assert contents(out) == contents(undisturbed)


def test_goes_on_after_the_disk_was_full(dump, undisturbed, tmp_path):
    out = tmp_path / "out"
    command = [*EXTRACTOR, "run", dump, "-o", out, "--workers", "1"]
    largest = max(file.stat().st_size for file in (undisturbed / "parts").iterdir()) - 1

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    result = subprocess.run(command, capture_output=True, preexec_fn=little_room, check=False)
    assert result.returncode == 2
    assert "can't be written" in result.stderr.decode()
    assert "run again to go on" in result.stderr.decode()
    assert "Traceback" not in result.stderr.decode()
    assert subprocess.run(command, capture_output=True, check=False).returncode == 3
    assert contents(out) == contents(undisturbed)


def in_a_small_disk(script: str, out: Path) -> subprocess.CompletedProcess[bytes]:
    """Run a script of bash where `$DISK` is a small disk of its own, then copy `$DISK/out` to a folder. Skips where no disk can be made."""
    disk = out.with_name("disk")
    disk.mkdir()
    mount = f"export DISK={disk}; mount -t tmpfs -o size=128k none $DISK || exit 77\n"
    command = ["unshare", "--user", "--map-root-user", "--mount", "bash", "-c", f"{mount}{script}\ncp -r $DISK/out {out}"]
    try:
        result = subprocess.run(command, capture_output=True, check=False)
    except FileNotFoundError:
        pytest.skip("no unshare")
    if result.returncode == 77 or b"unshare" in result.stderr:
        pytest.skip("no disk can be made here")
    return result


@pytest.mark.parametrize(
    ("trouble", "relief", "reason"),
    [
        ("true", "mount -o remount,size=64m $DISK", b"No space left on device"),
        ("mkdir $DISK/out; mount -o remount,ro $DISK", "mount -o remount,rw,size=64m $DISK", b"Read-only file system"),
    ],
    ids=["full", "read-only"],
)
def test_goes_on_after_trouble_with_the_disk(dump, undisturbed, tmp_path, trouble, relief, reason):
    run = f"{' '.join(EXTRACTOR)} run {dump} -o $DISK/out --workers 1"
    result = in_a_small_disk(f"{trouble}; {run}; echo status $?; {relief}; {run}; echo status $?", tmp_path / "out")
    assert result.stdout.split(b"\n")[:2] == [b"status 2", b"status 3"], result.stderr
    assert b"can't be written: " + reason + b"; what is there is whole, run again to go on" in b" ".join(result.stderr.split())
    assert b"Traceback" not in result.stderr
    assert contents(tmp_path / "out") == contents(undisturbed)


def test_file_on_a_full_disk(dump, tmp_path):
    """What stood there before stays."""
    run = f"echo old > $DISK/out; {' '.join(EXTRACTOR)} run {dump} -o $DISK/out.jsonl --workers 1; echo status $?; ls -A $DISK"
    result = in_a_small_disk(run, tmp_path / "out")
    assert result.stdout.split() == [b"status", b"2", b"out"], result.stderr
    assert b"can't be written: No space left on device" in b" ".join(result.stderr.split())


@pytest.mark.skipif(not hasattr(signal, "SIGTERM"), reason="no such signal")
def test_told_to_end_by_a_batch_system(dump, undisturbed, tmp_path):
    command = [*EXTRACTOR, "run", dump, "-o", tmp_path / "out", "--workers", "1"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE)
    while not (tmp_path / "out" / "manifest.jsonl").exists():
        time.sleep(0.05)
    running.send_signal(signal.SIGTERM)
    told = running.communicate(timeout=60)[1].decode()
    assert running.returncode == 128 + signal.SIGTERM
    assert "run again to go on" in told
    assert "Traceback" not in told


def test_folder_that_cannot_be_written(cli, dump, tmp_path):
    (tmp_path / "file").write_text("x")
    result = cli("run", dump, "-o", tmp_path / "file" / "out")
    assert result.returncode == 2
    assert "can't be written" in result.stderr.decode()


def _heed_interrupts():
    """As in a terminal: the jobs that a shell puts into the background ignore them, and so do their children."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def test_interrupted_from_the_keyboard(dump, undisturbed, tmp_path):
    command = [*EXTRACTOR, "run", dump, "-o", tmp_path / "out", "--workers", "2"]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, preexec_fn=_heed_interrupts)
    while not (tmp_path / "out" / ".lock").exists():
        time.sleep(0.05)
    running.send_signal(signal.SIGINT)
    told = running.communicate(timeout=60)[1].decode()
    assert running.returncode == 130
    assert "run again to go on" in told
    assert "Traceback" not in told
    subprocess.run(command, capture_output=True, check=False)
    assert contents(tmp_path / "out") == contents(undisturbed)


def test_only_what_changed_is_done_again(cli, tmp_path):
    """An article more at the head moves no part but the first."""
    folder, out = tmp_path / "articles", tmp_path / "out"
    folder.mkdir()
    for number in range(400):
        (folder / f"{number:04}.txt").write_text(f"In 2024 district {number} had {number + 7} hospital beds.")
    cli("run", folder, "-o", out)
    before = {file.name: file.stat().st_mtime_ns for file in (out / "parts").iterdir()}
    (folder / "0000a.txt").write_text("In 2023 the province had 99 doctors.")
    result = cli("run", folder, "-o", out)
    after = {file.name: file.stat().st_mtime_ns for file in (out / "parts").iterdir()}
    assert result.returncode == 0
    assert len(records(out)) == 401
    assert before.items() & after.items()
    assert len(after.keys() - before.keys()) < len(after)


def test_a_damaged_part_is_done_again(cli, dump, undisturbed, tmp_path):
    out = tmp_path / "out"
    cli("run", dump, "-o", out)
    part = min((out / "parts").iterdir())
    part.write_bytes(part.read_bytes()[:-10])
    (out / "parts" / "stale.jsonl").write_text("{}")
    with (out / "manifest.jsonl").open("a") as manifest:
        manifest.write('{"name": "half a li')
    cli("run", dump, "-o", out)
    assert contents(out) == contents(undisturbed)


def test_other_settings_are_another_run(cli, tmp_path):
    dump, out = lines_file(tmp_path / "dump.jsonl", 20), tmp_path / "out"
    cli("run", dump, "-o", out)
    cli("run", dump, "-o", out, "--min-confidence", "0.99")
    assert all(fact["confidence"] >= 0.99 for record in records(out) for fact in record["facts"])
    cli("run", dump, "-o", out, "--fresh")
    assert any(fact["confidence"] < 0.99 for record in records(out) for fact in record["facts"])


def test_two_runs_in_one_folder(cli, dump, tmp_path):
    out = tmp_path / "out"
    first = subprocess.Popen([*EXTRACTOR, "run", dump, "-o", out, "--workers", "1", "-q"], stderr=subprocess.DEVNULL)
    while not (out / ".lock").exists():
        time.sleep(0.05)
    time.sleep(0.2)
    first.send_signal(signal.SIGSTOP)
    result = cli("run", dump, "-o", out)
    first.kill()
    first.wait()
    assert result.returncode == 2
    assert "another run is writing here" in result.stderr.decode()


def test_a_lock_that_nobody_holds(cli, tmp_path):
    """As a killed run leaves it: the next one takes it, and takes it away."""
    dump, out = lines_file(tmp_path / "dump.jsonl", 3), tmp_path / "out"
    out.mkdir()
    (out / ".lock").write_text("4711")
    assert cli("run", dump, "-o", out).returncode == 0
    assert not (out / ".lock").exists()


LONG = "The hospital has 250 beds and 20 doctors in 2024. " * 15_000


def test_an_article_that_takes_too_long():
    """Set aside with its record; the articles around it come through, in order."""
    articles = [
        Article("The hospital has 250 beds.", source="a.jsonl#1"),
        Article(LONG, source="a.jsonl#2"),
        Article("It has 9 beds.", source="a.jsonl#3"),
    ]
    first, slow, last = LocalEngine(Settings(workers=1, time_limit=5.0)).extract_all(articles)
    assert isinstance(slow, Problem)
    assert (slow.source, slow.line, slow.reason) == ("a.jsonl", 2, "took longer than 5 seconds")
    assert json.loads(slow.raw) == {"text": LONG}
    assert [first.article.source, last.article.source] == ["a.jsonl#1", "a.jsonl#3"]


def test_a_worker_that_has_to_wait():
    """Only the time that it works counts against its article: on a busy machine it may stand still for long."""
    with Workers(1, Settings(time_limit=3.0)) as workers:
        workers.take(workers.give(Article("It has 9 beds.", source="a.jsonl#1")))
        (worker,) = multiprocessing.active_children()
        job = workers.give(Article(LONG[: len(LONG) // 60], source="a.jsonl#2"))
        time.sleep(0.2)
        os.kill(worker.pid, signal.SIGSTOP)
        time.sleep(4)
        os.kill(worker.pid, signal.SIGCONT)
        result = workers.take(job)
    assert isinstance(result, Extraction)


def test_a_page_that_takes_too_long(cli, tmp_path):
    """Its main text is found where the time limit holds; it is kept whole, and can be read again."""
    pytest.importorskip("trafilatura")
    file, out = tmp_path / "page.html", tmp_path / "out"
    words = "<p>In 2024 the province had 2,862 <b>hospital beds</b>.</p>"
    file.write_text(f"<html><body><article>{words * 50_000}</article></body></html>")
    result = cli("run", file, "-o", out, "--time-limit", "1")
    (error,) = [json.loads(line) for line in (out / "errors.jsonl").read_text().splitlines()]
    assert result.returncode == 3
    assert (error["source"], error["reason"]) == (str(file), "took longer than 1 seconds")
    assert json.loads(error["raw"])["html"] == file.read_text()
    again = tmp_path / "again.jsonl"
    again.write_text(json.dumps({**error, "raw": json.dumps({"html": f"<p>{words * 3}</p>", "url": "https://a.example/1"})}))
    (found,) = map(json.loads, cli("run", again).stdout.splitlines())
    assert (found["article"]["source"], found["article"]["url"]) == (str(file), "https://a.example/1")
    assert found["facts"]


def test_pages_with_any_number_of_workers(cli, tmp_path):
    """Those with a text, with none, and with none that can be decoded, between other articles."""
    pytest.importorskip("trafilatura")
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(6):
        (folder / f"{number}a.html").write_text(f"<html><body><p>{'In 2024 there were 9 beds. ' * (number + 5)}</p></body></html>")
        (folder / f"{number}b.txt").write_text(f"In 2024 there were {number} beds.")
    (folder / "6.html").write_text("<html><body></body></html>")
    (folder / "7.html").write_bytes(b"<html>\x00\x01")
    for workers in ("1", "2"):
        assert cli("run", folder, "-o", tmp_path / workers, "--workers", workers).returncode == 3
    assert contents(tmp_path / "1") == contents(tmp_path / "2")
    assert len(records(tmp_path / "1")) == 12
    errors = [json.loads(line) for line in (tmp_path / "1" / "errors.jsonl").read_text().splitlines()]
    assert [Path(error["source"]).name for error in errors] == ["6.html", "7.html"]


IN_PROC = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="workers are found in /proc")


@IN_PROC
def test_an_article_that_kills_its_workers():
    """It is tried once more, then set aside with its record; the articles around it come through, in order."""
    articles = [Article("The hospital has 250 beds.", source="1"), Article(LONG, source="2"), Article("It has 9 beds.", source="3")]
    with killing(2, busy=3.0) as killed:
        first, dead, last = LocalEngine(Settings(workers=1)).extract_all(articles)
    assert len(killed) == 2
    assert isinstance(dead, Problem)
    assert "ended its worker process" in dead.reason
    assert json.loads(dead.raw) == {"text": LONG}
    assert [first.article.source, last.article.source] == ["1", "3"]


@IN_PROC
@pytest.mark.parametrize("workers", [1, 2])
def test_workers_that_die_as_they_start(workers):
    """As where the system wants memory: others take their place, and nothing is lost."""
    articles = [Article(f"The hospital has {number + 9} beds.", source=str(number)) for number in range(20)]
    with killing(workers, busy=0.0) as killed:
        found = list(LocalEngine(Settings(workers=workers)).extract_all(articles))
    assert len(killed) == workers
    assert [item.article.source for item in found] == [str(number) for number in range(20)]


@contextmanager
def killing(count: int, *, busy: float) -> Iterator[list[int]]:
    """The first workers of this process that have used more than some seconds, each killed as soon as it has."""
    killed: list[int] = []

    def kill() -> None:
        while len(killed) < count:
            for pid in sorted(set(_workers(busy)) - set(killed))[: count - len(killed)]:
                os.kill(pid, signal.SIGKILL)
                killed.append(pid)
            time.sleep(0.02)

    killer = threading.Thread(target=kill, daemon=True)
    killer.start()
    yield killed
    killer.join(timeout=10)


def _workers(busy: float) -> list[int]:
    """Children of this process's fork server that have used more than some seconds."""
    parents, used = {}, {}
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rpartition(") ")[2].split()
        except OSError:
            continue
        parents[int(stat.parent.name)] = int(fields[1])
        used[int(stat.parent.name)] = (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return [child for child, parent in parents.items() if parents.get(parent) == os.getpid() and used[child] >= busy]


def test_duplicates_and_chunks():
    items = [Article("one", "a"), Article("two", "b"), Article("one", "c"), Article("one", "d", published="2024-05-06")]
    assert list(without_duplicates(items)) == [items[0], items[1], Duplicate("c", "a", None), items[3]]
    pages = [WebPage(b"<p>one", "e"), WebPage(b"<p>two", "f"), WebPage(b"<p>one", "g", 1, "https://a.example/1")]
    assert list(without_duplicates(pages)) == [*pages[:2], Duplicate("g", "e", "https://a.example/1")]
    chunks = list(cut(items, "settings"))
    assert [chunk.items for chunk in chunks] == [items]
    assert chunks[0].name != next(cut(items, "others")).name

"""Throughput, memory and accuracy on a dump: `python benchmarks/bench_scale.py 1000 10000:2`, or `make bench-scale SIZES="1000 10000:2"`.

For each size and for one and two workers, or for as many only as stand behind its colon: articles a second, processor time, memory, counts in and
out, bytes out, and the share of the dump's known figures that came out with their value. langdetect alone and trafilatura's extraction alone go over
the same articles in the same run.

Writes docs/scale.md and docs/scale-memory.png. Ratios are of processor time, which a busy machine changes less than the clock.
"""

from __future__ import annotations

import html
import json
import os
import platform
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import psutil
from make_dump import write_dump

from extractor.engine import read_run
from extractor.evaluation import load_gold

DOCS = Path(__file__).parents[1] / "docs"
_PAUSE = 0.5
_WORKERS = (1, 2)
_CHROME = ("<nav>" + '<a href="/">Home</a>' * 20 + "</nav>", "<footer>" + '<a href="/about">About</a>' * 20 + "</footer>")
"""What stands around the text of a page."""


_BUSY = "- The machine was busy with other work: the line above does not say what a second worker brings on one that is not."


@dataclass(frozen=True)
class Sample:
    """Resident megabytes at a moment: of the main process, and of the largest other."""

    seconds: float
    main: float
    worker: float


@dataclass
class Measured:
    """One run of the command line: seconds by the clock and of all its processes' work, and its memory meanwhile."""

    seconds: float = 0.0
    work: float = 0.0
    samples: list[Sample] = field(default_factory=list)

    @property
    def most(self) -> tuple[float, float]:
        return max(sample.main for sample in self.samples), max(sample.worker for sample in self.samples)


@dataclass(frozen=True)
class Counts:
    """What came of a dump: articles out, duplicates, skipped; the share of its figures that are right; megabytes."""

    articles: int
    duplicates: int
    skipped: int
    right: float
    megabytes: float


@dataclass(frozen=True)
class Row:
    """A size and a number of workers, and what was measured."""

    size: int
    workers: int
    measured: Measured
    counts: Counts
    langdetect: float
    trafilatura: float


def main() -> None:
    sizes = [_size(argument) for argument in sys.argv[1:]] or [(1000, _WORKERS)]
    gold = load_gold(Path("corpus"))
    rows: list[Row] = []
    load = [os.getloadavg()[0]]
    with tempfile.TemporaryDirectory() as folder:
        single = Path(folder) / "single.jsonl"
        write_dump(1, single, gold)
        start_up = _run(single, Path(folder) / "single", 1)
        for size, numbers in sizes:
            dump = Path(folder) / f"dump{size}.jsonl"
            write_dump(size, dump, gold)
            langdetect, trafilatura = _langdetect(dump), _trafilatura(dump)
            for workers in numbers:
                out = Path(folder) / f"out{size}-{workers}"
                measured = _run(dump, out, workers)
                rows.append(Row(size, workers, measured, _counts(out, dump.with_suffix(".truth.jsonl"), size), langdetect, trafilatura))
                load.append(os.getloadavg()[0])
                print(_line(rows[-1]), flush=True)
    (DOCS / "scale.md").write_text(_page(rows, start_up, load), encoding="utf-8")
    _plot(rows)


def _size(argument: str) -> tuple[int, tuple[int, ...]]:
    """How many articles, and with how many workers each time: `10000`, or `10000:2` for two workers only."""
    size, _, workers = argument.partition(":")
    return int(size), (int(workers),) if workers else _WORKERS


def _run(dump: Path, out: Path, workers: int) -> Measured:
    """Run the command line on a dump and watch its processes."""
    command = [sys.executable, "-m", "extractor", "run", str(dump), "-o", str(out), "--workers", str(workers), "-q"]
    measured, work = Measured(), {}
    start = time.perf_counter()
    running = psutil.Popen(command)

    def watch() -> None:
        while running.is_running() and running.status() != psutil.STATUS_ZOMBIE:
            try:
                others = [child for child in running.children(recursive=True) if child.status() != psutil.STATUS_ZOMBIE]
                for process in (running, *others):
                    work[process.pid] = sum(process.cpu_times()[:2])
                worker = max((child.memory_info().rss / 1e6 for child in others), default=0.0)
                measured.samples.append(Sample(time.perf_counter() - start, running.memory_info().rss / 1e6, worker))
            except psutil.NoSuchProcess:
                continue
            time.sleep(_PAUSE)

    watching = threading.Thread(target=watch, daemon=True)
    watching.start()
    if running.wait() != 0:
        raise subprocess.CalledProcessError(running.returncode, command)
    watching.join()
    measured.seconds, measured.work = time.perf_counter() - start, sum(work.values())
    return measured


def _counts(out: Path, truth: Path, size: int) -> Counts:
    """What came out; a figure is right where a fact at its place has its value. Stops where anything is lost."""
    known = {record["line"]: record["figures"] for record in map(json.loads, truth.open(encoding="utf-8"))}
    count = right = total = 0
    for record in _records(out):
        count += 1
        values = [(fact["start"], fact["end"], abs(fact["value"])) for fact in record["facts"] if fact["kind"] in ("metric", "target")]
        for figure in known[int(record["article"]["source"].rpartition("#")[2])]:
            total += 1
            right += any(
                start < figure["end"] and figure["start"] < end and abs(value - figure["value"]) <= 1e-9 * figure["value"]
                for start, end, value in values
            )
    duplicates, skipped = (len((out / name).read_text(encoding="utf-8").splitlines()) for name in ("duplicates.jsonl", "errors.jsonl"))
    if count + duplicates + skipped != size:
        raise SystemExit(f"{size} articles went in, {count} came out, {duplicates} are duplicates, {skipped} were skipped")
    return Counts(count, duplicates, skipped, right / total, sum(file.stat().st_size for file in out.rglob("*") if file.is_file()) / 1e6)


def _records(out: Path) -> Iterator[dict]:
    for part in read_run(out):
        with part.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _langdetect(dump: Path) -> float:
    """Seconds of work that langdetect alone takes for the same articles."""
    from langdetect import DetectorFactory, detect_langs

    DetectorFactory.seed = 0
    return _work(dump, detect_langs)


def _trafilatura(dump: Path) -> float:
    """Seconds of work that trafilatura takes to find the same articles in web pages."""
    from trafilatura import extract

    return _work(dump, lambda text: extract(_page_of(text)))


def _work(dump: Path, of: Callable[[str], object]) -> float:
    with dump.open(encoding="utf-8") as lines:
        texts = [json.loads(line)["text"] for line in lines]
    of(texts[0])  # what it loads is not counted
    start = time.process_time()
    for text in texts:
        of(text)
    return time.process_time() - start


def _page_of(text: str) -> str:
    """The article in the page that a paper would make of it."""
    head, *paragraphs = [html.escape(line) for line in text.splitlines() if line.strip()]
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return f"<html><head><title>{head}</title></head><body>{_CHROME[0]}<article><h1>{head}</h1>{body}</article>{_CHROME[1]}</body></html>"


def _line(row: Row) -> str:
    measured, counts = row.measured, row.counts
    main, worker = measured.most
    return (
        f"| {row.size:,} | {row.workers} | {row.size / measured.seconds:.1f} | {row.size / measured.work:.1f} | {main:.0f} | {worker:.0f}"
        f" | {counts.articles:,} + {counts.duplicates:,} + {counts.skipped:,} | {counts.megabytes:.1f} | {counts.right:.3f}"
        f" | {measured.work / row.langdetect:.1f} | {measured.work / row.trafilatura:.1f} |"
    )


def _page(rows: list[Row], start_up: Measured, load: list[float]) -> str:
    """docs/scale.md."""
    memory = psutil.virtual_memory().total / 2**30
    lines = [
        "# At scale",
        "",
        "Written by `make bench-scale`, on dumps that `benchmarks/make_dump.py` makes of the corpus with other figures in it.",
        "",
        f"Machine: {os.cpu_count()} processors ({platform.machine()}), {memory:.0f} GB, Python {platform.python_version()}. Its load average"
        f" was {min(load):.0f} to {max(load):.0f} meanwhile: where that is more than its processors, others were at work, and articles a second by",
        "the clock say more about them than about this. Articles for each second of processor time, of all processes together, are what to compare.",
        "",
        "| articles | workers | articles/s | articles per processor second | most MB, main | most MB, worker | out + duplicates + skipped | MB out"
        " | figures right | times langdetect | times trafilatura |",
        "| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
        *map(_line, rows),
        "",
        *_efficiency(rows),
        *([_BUSY] if max(load) > (os.cpu_count() or 1) else []),
        f"- Start-up: a dump of one article takes {start_up.work:.1f} s of processor time ({start_up.seconds:.1f} s by the clock), once.",
        "- Times langdetect, times trafilatura: the processor time of the whole run against that of the other alone for the same articles, which for",
        "  trafilatura are wrapped into web pages.",
        "- Figures right: of the figures put into the dump, how many came out with their value at their place.",
        "",
        "![Memory over time](scale-memory.png)",
        "",
        "Each step is a language whose first article has come: its words stay in the worker's memory. The dump has all of the corpus.",
    ]
    return "\n".join(lines) + "\n"


def _efficiency(rows: list[Row]) -> Iterator[str]:
    """Two workers against one, by the clock and by the work that they take."""
    for one, two in pairwise(rows):
        if one.size != two.size:
            continue
        faster, more = one.measured.seconds / two.measured.seconds, two.measured.work / one.measured.work
        yield f"- {one.size:,} articles: two workers are {faster:.2f} times as fast as one by the clock, for {more:.2f} times its processor time."


def _plot(rows: list[Row]) -> None:
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(8, 4), layout="constrained")
    for row in rows:
        share = [sample.seconds / row.measured.seconds for sample in row.measured.samples]
        (line,) = axes.plot(
            share, [sample.worker for sample in row.measured.samples], label=f"{row.size:,} articles, {row.workers} workers: largest worker"
        )
        axes.plot(share, [sample.main for sample in row.measured.samples], color=line.get_color(), linestyle=":", label="its main process")
    axes.set(xlabel="share of the run", ylabel="resident MB", ylim=(0, None))
    axes.legend(fontsize="small")
    figure.savefig(DOCS / "scale-memory.png", dpi=100, metadata={"Software": None})


if __name__ == "__main__":
    main()

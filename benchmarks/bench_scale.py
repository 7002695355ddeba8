"""Throughput, memory and accuracy on a dump: `python benchmarks/bench_scale.py 1000 10000`, or `make bench-scale SIZES="1000 10000"`.

For each size and for one and two workers: articles a second, the most memory of the main process and of a worker, counts in and out, bytes out, and
the share of the dump's known figures that came out with their value. langdetect alone reads the same dump in the same run, for a ratio.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil
from make_dump import write_dump

from extractor.engine import read_run
from extractor.evaluation import load_gold

_PAUSE = 0.5


@dataclass(frozen=True)
class Measured:
    """One run: seconds, most resident megabytes of the main process and of any worker."""

    seconds: float
    main: float
    worker: float


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [1000]
    gold = load_gold(Path("corpus"))
    print("| articles | workers | articles/s | main MB | worker MB | out | MB out | figures right | langdetect alone |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            dump = Path(folder) / "dump.jsonl"
            write_dump(size, dump, gold)
            peer = _langdetect(dump)
            for workers in (1, 2):
                out = Path(folder) / f"out{workers}"
                measured = _run(dump, out, workers)
                count, right = _accuracy(out, dump.with_suffix(".truth.jsonl"))
                written = sum(file.stat().st_size for file in out.rglob("*") if file.is_file()) / 1e6
                print(
                    f"| {size:,} | {workers} | {size / measured.seconds:.1f} | {measured.main:.0f} | {measured.worker:.0f} | {count:,}"
                    f" | {written:.1f} | {right:.3f} | {measured.seconds / peer:.1f} times its time |",
                    flush=True,
                )


def _run(dump: Path, out: Path, workers: int) -> Measured:
    """Run the command line on a dump and watch its processes."""
    start = time.perf_counter()
    command = [sys.executable, "-m", "extractor", "run", str(dump), "-o", str(out), "--workers", str(workers), "-q"]
    running = psutil.Popen(command)
    most = {"main": 0.0, "worker": 0.0}

    def watch() -> None:
        while running.is_running() and running.status() != psutil.STATUS_ZOMBIE:
            try:
                most["main"] = max(most["main"], running.memory_info().rss / 1e6)
                most["worker"] = max([most["worker"], *(child.memory_info().rss / 1e6 for child in running.children(recursive=True))])
            except psutil.NoSuchProcess:
                return
            time.sleep(_PAUSE)

    threading.Thread(target=watch, daemon=True).start()
    if running.wait() != 0:
        raise subprocess.CalledProcessError(running.returncode, command)
    return Measured(time.perf_counter() - start, most["main"], most["worker"])


def _accuracy(out: Path, truth: Path) -> tuple[int, float]:
    """Articles that came out, and the share of known figures that a fact at their place gives the value of."""
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
    return count, right / total


def _records(out: Path) -> Iterator[dict]:
    for part in read_run(out):
        with part.open(encoding="utf-8") as lines:
            yield from map(json.loads, lines)


def _langdetect(dump: Path) -> float:
    """Seconds that langdetect alone takes for the same articles."""
    from langdetect import DetectorFactory, detect_langs

    DetectorFactory.seed = 0
    start = time.perf_counter()
    with dump.open(encoding="utf-8") as lines:
        for line in lines:
            detect_langs(json.loads(line)["text"])
    return time.perf_counter() - start


if __name__ == "__main__":
    main()

"""Twenty readers at once on a dataset of many articles: `python benchmarks/bench_serve.py 100000`.

The articles are those of the corpus with other digits (make_dump.py), their facts the gold with the values that these digits make, and with places
and years drawn anew: no extraction is run, and every figure stands in its text. `extractor serve` and Datasette serve the same SQLite file, one after
the other, each in a process of its own; the readers are threads of a third process, each of which asks, thinks for a moment and asks the next.
Printed for both: the middle and the slowest twentieth of the answers by view, the most memory, and the ratio of the two.

The dataset is kept in `out/bench-serve/ARTICLES` for the next run.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import random
import re
import socket
import sqlite3
import subprocess
import sys
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Any
from urllib.parse import quote, urlencode

import pycountry
from make_dump import changed

from extractor.evaluation import GoldArticle, load_gold
from extractor.evaluation.dataset_gold import gold_extraction

_WORDS = (
    "hospital beds",
    "giuong benh",
    "bao hiem y te",
    "doctors",
    "病床",
    "医院",
    "مستشفى",
    "tempat tidur",
    "lits",
    "Krankenhaus",
    "72-NQ/TW",
    "dengue",
)
_COUNTRIES = ("VN", "TH", "ID", "FR", "IT", "MX")
_YEARS = range(2015, 2031)
_REST = 300.0
"""Seconds that a server may take to start."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("articles", type=int, nargs="?", default=10_000)
    parser.add_argument("--dataset", type=Path, help="one that there is, instead of one that is made")
    parser.add_argument("--users", type=int, default=20)
    parser.add_argument("--seconds", type=float, default=60.0, help="of load, for each server")
    parser.add_argument("--think", type=float, default=1.0, help="mean of the seconds between an answer and the next question; 0 for none")
    parser.add_argument("--load", metavar="NAME PORT", nargs=2, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    folder = arguments.dataset or Path("out/bench-serve") / str(arguments.articles) / "dataset"
    if arguments.load:
        print(json.dumps(Load(folder, *arguments.load, arguments).run()))
        return
    if not (folder / "dataset.sqlite").is_file():
        make(arguments.articles, folder)
    measured = {name: measure(name, folder, sys.argv[1:]) for name in SERVERS}
    print(f"{_count(folder):,} articles, {arguments.users} readers, {arguments.think:g} s of thought, {arguments.seconds:g} s for each server")
    show(measured)


def make(articles: int, folder: Path) -> None:
    """Extractions of so many articles, and their dataset."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    runs = folder.with_name("facts.jsonl")
    start = time.perf_counter()
    with runs.open("w", encoding="utf-8") as stream:
        stream.writelines(planted(articles, load_gold(Path("corpus"))))
    print(f"{runs.stat().st_size / 1e6:,.0f} MB of extractions in {time.perf_counter() - start:.0f} s", flush=True)
    start = time.perf_counter()
    subprocess.run([sys.executable, "-m", "extractor", "build", str(runs), "-o", str(folder)], check=True, stdout=subprocess.DEVNULL)
    size = (folder / "dataset.sqlite").stat().st_size
    print(f"built in {time.perf_counter() - start:.0f} s, {size / 1e6:,.0f} MB", flush=True)


def planted(count: int, gold: Sequence[GoldArticle], seed: int = 0) -> Iterator[str]:
    """Lines of a run's output."""
    chance = random.Random(seed)
    places = sorted(area.code for country in _COUNTRIES for area in pycountry.subdivisions.get(country_code=country))
    models = [gold_extraction(article).to_dict() for article in gold]
    for number in range(count):
        article, model = gold[number % len(gold)], models[number % len(gold)]
        text, figures = changed(article, chance)
        values = {(figure["start"], figure["end"]): figure["value"] for figure in figures}
        place, year = chance.choice(places), chance.choice(_YEARS)
        facts = [_drawn(fact, text, values, place, year, number) for fact in model["facts"]]
        text += f"\n{number}\n"
        about = {
            "id": hashlib.sha256(text.encode()).hexdigest()[:16],
            "source": f"dump.jsonl#{number}",
            "text": text,
            "url": f"https://news{number % 300}.example.org/{number}",
            "publisher": f"news{number % 300}.example.org",
            "published": f"{chance.choice(_YEARS)}-{chance.randint(1, 12):02}-{chance.randint(1, 28):02}",
            "title": text.strip().partition("\n")[0][:200],
        }
        yield json.dumps({"article": {**model["article"], **about}, "facts": facts}, ensure_ascii=False) + "\n"


def _drawn(fact: dict[str, Any], text: str, values: dict[tuple[int, int], float], place: str, year: int, number: int) -> dict[str, Any]:
    """The fact as the changed article has it."""
    start, end = fact["start"], fact["end"]
    drawn = {**fact, "id": hashlib.sha256(f"{number} {fact['kind']} {start} {end}".encode()).hexdigest()[:16], "exact": text[start:end]}
    if fact["kind"] in ("metric", "target"):
        drawn["value"] = values.get((start, end), fact["value"])
        if fact.get("place"):
            drawn["place"] = place
        if fact.get("period"):
            drawn["period"] = str(year)
    return drawn


@dataclass(frozen=True)
class Server:
    """How one is started, and what its readers ask."""

    command: tuple[str, ...]
    """`{folder}` and `{port}` are filled in."""
    first: str

    def start(self, folder: Path, port: int) -> subprocess.Popen[bytes]:
        command = [part.format(folder=folder, port=port) for part in self.command]
        return subprocess.Popen([sys.executable, *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


SERVERS = {
    "extractor": Server(("-m", "extractor", "serve", "{folder}", "--port", "{port}"), "/"),
    "datasette": Server(("-m", "datasette", "{folder}/dataset.sqlite", "-m", "{folder}/metadata.json", "--port", "{port}"), "/dataset/observations"),
}


def questions(name: str, folder: Path) -> dict[str, list[str]]:
    """View → addresses of it. Each server is asked for the same."""
    known = _known(folder)
    if name == "extractor":
        return {
            "search": [f"/?q={quote(word)}" for word in _WORDS],
            "facets": [f"/?{urlencode({'indicator': one, 'place': place[:2]})}" for one, place in known["series"]],
            "indicator": [f"/indicator/{one}" for one, _ in known["series"]],
            "article": [f"/article/{one}" for one in known["articles"]],
            "document": [f"/document/{one}" for one in known["documents"]],
            "api": [f"/api/v1/observations?{urlencode({'indicator': one, 'place': place})}" for one, place in known["series"]],
        }
    facets = "&_facet=kind&_facet=place&_facet=period&_facet=sources"
    # What a page of ours shows: the facts that have the words, whose table has no index of its own there.
    found = "SELECT f.* FROM search s JOIN facts f ON f.id = s.fact_id WHERE search MATCH :words LIMIT 50"
    return {
        "search": [f"/dataset.json?{urlencode({'sql': found, 'words': chr(34) + word + chr(34)})}" for word in _WORDS],
        "facets": [f"/dataset/observations?indicator={one}&place__startswith={place[:2]}{facets}" for one, place in known["series"]],
        "indicator": [f"/dataset/observations?indicator={one}" for one, _ in known["series"]],
        "article": [f"/dataset/articles/{one}" for one in known["articles"]],
        "document": [f"/dataset/documents/{quote(one, safe='')}" for one in known["documents"]],
        "api": [f"/dataset/observations.json?indicator={one}&place={place}" for one, place in known["series"]],
    }


def _known(folder: Path) -> dict[str, Any]:
    """Some of what the dataset has, the same for both servers."""
    chance = random.Random(1)
    with closing(sqlite3.connect(folder / "dataset.sqlite")) as database:
        series = database.execute("SELECT DISTINCT indicator, place FROM observations ORDER BY 1, 2").fetchall()
        articles = [one for (one,) in database.execute("SELECT id FROM articles ORDER BY id LIMIT 2000")]
        documents = [one for (one,) in database.execute("SELECT id FROM documents ORDER BY articles DESC, id LIMIT 100")]
    return {
        "series": chance.sample(series, min(300, len(series))),
        "articles": chance.sample(articles, min(300, len(articles))),
        "documents": documents,
    }


def _count(folder: Path) -> int:
    with closing(sqlite3.connect(folder / "dataset.sqlite")) as database:
        count: int = database.execute("SELECT count(*) FROM articles").fetchone()[0]
        return count


def measure(name: str, folder: Path, arguments: Sequence[str]) -> dict[str, Any]:
    """A server under load."""
    port = _free_port()
    with _running(SERVERS[name].start(folder, port)) as process:
        _wait(process, port)
        start = time.perf_counter()
        _ask(port, SERVERS[name].first)
        first = time.perf_counter() - start
        load = subprocess.run([sys.executable, __file__, *arguments, "--load", name, str(port)], check=True, capture_output=True, text=True)
        return {"first page": first, "memory": _most_memory(process.pid), "views": json.loads(load.stdout)}


class Load:
    """The readers."""

    def __init__(self, folder: Path, name: str, port: str, arguments: argparse.Namespace) -> None:
        self._questions = questions(name, folder)
        self._port, self._users, self._think = int(port), arguments.users, arguments.think
        self._end = time.monotonic() + arguments.seconds
        self._seconds: dict[str, list[float]] = defaultdict(list)
        self._failed: dict[str, int] = defaultdict(int)
        self._lock = threading.Lock()

    def run(self) -> dict[str, Any]:
        """View → its seconds, and how many answers were none."""
        readers = [threading.Thread(target=self._read, args=(number,)) for number in range(self._users)]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        return {view: {"seconds": self._seconds[view], "failed": self._failed[view]} for view in self._questions}

    def _read(self, number: int) -> None:
        chance = random.Random(number)
        # Not all at the same moment.
        time.sleep(chance.uniform(0, self._think))
        while time.monotonic() < self._end:
            view = chance.choice(list(self._questions))
            start = time.perf_counter()
            status = _ask(self._port, chance.choice(self._questions[view]))
            taken = time.perf_counter() - start
            with self._lock:
                self._seconds[view].append(taken)
                self._failed[view] += status != 200
            if self._think:
                time.sleep(min(chance.expovariate(1 / self._think), 5 * self._think))


def show(measured: dict[str, dict[str, Any]]) -> None:
    """A table of both."""
    ours, theirs = measured["extractor"], measured["datasette"]
    columns = f"{'answers':>8} {'failed':>7} {'p50 ms':>8} {'p95 ms':>8}"
    print(f"{'view':<10} {columns} | {columns} | p95 to Datasette's")
    for view in ours["views"]:
        cells, slow = [], []
        for one in (ours, theirs):
            seconds, failed = one["views"][view]["seconds"], one["views"][view]["failed"]
            cuts = quantiles(seconds, n=20) if len(seconds) > 1 else [float("nan")] * 19
            slow.append(cuts[18])
            cells.append(f"{len(seconds):>8,} {failed:>7,} {cuts[9] * 1000:>8.0f} {cuts[18] * 1000:>8.0f}")
        print(f"{view:<10} {cells[0]} | {cells[1]} | {slow[0] / slow[1]:.2f}")
    for name, one in measured.items():
        print(f"{name}: first page after {one['first page'] * 1000:.0f} ms, at most {one['memory'] / 1000:.0f} MB")


def _ask(port: int, address: str) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request("GET", address, headers={"Accept-Encoding": "gzip"})
        answer = connection.getresponse()
        answer.read()
        return answer.status
    finally:
        connection.close()


@contextmanager
def _running(process: subprocess.Popen[bytes]) -> Iterator[subprocess.Popen[bytes]]:
    try:
        yield process
    finally:
        process.terminate()
        process.wait(timeout=30)


def _wait(process: subprocess.Popen[bytes], port: int) -> None:
    end = time.monotonic() + _REST
    while time.monotonic() < end and process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise SystemExit(f"{process.args!r} does not answer")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _most_memory(process: int) -> int:
    """Kilobytes, of the process and of those that it started, each at its most."""
    children = Path(f"/proc/{process}/task/{process}/children").read_text().split()
    own = re.search(r"VmHWM:\s+(\d+)", Path(f"/proc/{process}/status").read_text())
    return int(own[1] if own else 0) + sum(_most_memory(int(child)) for child in children)


if __name__ == "__main__":
    main()

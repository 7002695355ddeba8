"""A run on a Ray cluster of several nodes: the bytes of a run on one machine, also when a node is lost."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from functools import partial
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from conftest import CORPUS

from extractor.engine import Settings, WorkersError
from extractor.engine.on_ray import extract_batch

EXTRACTOR = [sys.executable, "-m", "extractor", "run"]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def dump(tmp_path_factory) -> Path:
    """Eight hundred articles in one language, which both nodes have to learn, one of them twice, and a line that is none."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(CORPUS.rglob("en-*.txt"))]
    lines = [json.dumps({"text": f"{texts[number % len(texts)]}\n\nEdition {number % 800}."}) for number in range(801)]
    path = tmp_path_factory.mktemp("dump") / "dump.jsonl"
    path.write_text("\n".join((*lines, "no json")) + "\n", encoding="utf-8")
    return path


class LostError(Exception):
    """What Ray raises when a task can't be done."""


def ray_alone(**changed) -> ModuleType:
    """Ray's face, by which each task is done at once in this process: what the engine makes of it can be tested without Ray."""
    ray = ModuleType("ray")
    ray.remote = lambda **_: lambda function: SimpleNamespace(remote=partial(partial, function))
    ray.get = lambda promise: promise()
    ray.cluster_resources = lambda: {"CPU": 1.0}
    ray.is_initialized = lambda: False
    ray.init = ray.shutdown = lambda **_: None
    ray.exceptions = SimpleNamespace(RayError=LostError)
    vars(ray).update(changed)
    return ray


def raising(error: Exception):
    def fail(*_, **__):
        raise error

    return fail


def test_batches_keep_the_order(cli, monkeypatch, tmp_path):
    """More than one batch, with duplicates and problems between."""
    monkeypatch.setitem(sys.modules, "ray", ray_alone())
    lines = [json.dumps({"text": f"In 2024 district {number % 90} had {number % 90 + 7} hospital beds."}) for number in range(100)]
    dump = tmp_path / "dump.jsonl"
    dump.write_text("\n".join((*lines[:40], "no json", *lines[40:])))
    assert cli("run", dump, "-o", tmp_path / "ray", "--engine", "ray").returncode == 3
    assert cli("run", dump, "-o", tmp_path / "local", "--workers", "1").returncode == 3
    assert contents(tmp_path / "ray") == contents(tmp_path / "local")
    for name in ("ray.jsonl", "local.jsonl"):
        cli("run", dump, "-o", tmp_path / name, "--engine", name.partition(".")[0])
    assert (tmp_path / "ray.jsonl").read_bytes() == (tmp_path / "local.jsonl").read_bytes()


@pytest.mark.parametrize(
    ("ray", "arguments", "said"),
    [
        (None, ("--engine", "ray"), "pip install 'health-news-extractor[ray]'"),
        (ray_alone(), ("--address", "a:1"), "add --engine ray"),
        (ray_alone(), ("--engine", "ray", "--address", "a:1", "--workers", "2"), "leave it out"),
        (ray_alone(init=raising(ConnectionError("nobody there"))), ("--engine", "ray", "--address", "auto"), "no Ray cluster at auto: nobody there"),
        (ray_alone(), ("--engine", "ray", "--address", "127.0.0.1:1"), "no Ray cluster at 127.0.0.1:1"),
        (
            ray_alone(get=raising(LostError("died\nagain"))),
            ("--engine", "ray"),
            "the cluster can't do its work: died; what is there is whole, run again",
        ),
    ],
    ids=["not installed", "address alone", "workers of a cluster", "no cluster here", "no cluster there", "nodes lost too often"],
)
def test_what_is_wrong_is_said(cli, monkeypatch, tmp_path, ray, arguments, said):
    monkeypatch.delenv("RAY_ADDRESS", raising=False)
    monkeypatch.setitem(sys.modules, "ray", ray)
    (tmp_path / "article.txt").write_text("In 2024 the province had 9 hospital beds.")
    result = cli("run", tmp_path / "article.txt", "-o", tmp_path / "out", *arguments)
    assert result.returncode == 2
    assert said in " ".join(result.stderr.decode().split())


def test_a_node_with_another_version():
    with pytest.raises(WorkersError, match="another version"):
        extract_batch([], Settings(), ("0.0.1", "", ""))


PATIENCE = {
    "RAY_worker_niceness": "0",  # else its workers wait for everyone else's
    "RAY_raylet_start_wait_time_s": "120",
    "RAY_agent_register_timeout_ms": "120000",
    "RAY_USAGE_STATS_ENABLED": "0",
}
"""For a busy machine, where Ray's own processes start slowly."""


def agent_ports() -> dict[str, int]:
    """Ports for the agents of a node: Ray waits fifteen seconds for those that agents choose themselves, and no longer."""
    names = ("metrics_agent_port", "metrics_export_port", "dashboard_agent_listen_port", "runtime_env_agent_port")
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in names]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return {name: one.getsockname()[1] for name, one in zip(names, sockets, strict=True)}


@pytest.fixture
def cluster(monkeypatch) -> Iterator[object]:
    """A head that extracts nothing, on which nodes can be started."""
    for name, value in PATIENCE.items():
        monkeypatch.setenv(name, value)
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False, **agent_ports()})
    yield cluster
    cluster.shutdown()


def at_work(node) -> bool:
    """Whether a node's process has a batch in hand: Ray names processes by what they do."""
    pids = [process.process.pid for processes in node.all_processes.values() for process in processes]
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            parent = int(stat.read_text().rpartition(") ")[2].split()[1])
            if parent in pids and b"extract_batch" in (stat.parent / "cmdline").read_bytes():
                return True
        except OSError:
            continue
    return False


@pytest.mark.cluster
def test_a_node_is_lost(cluster, dump, tmp_path):
    """One of two nodes, after some parts were written and while both have work. The head is there first, so that the run belongs to none of them."""
    on_ray, local = tmp_path / "ray", tmp_path / "local"
    command = [*EXTRACTOR, "-", "-o", on_ray, "--engine", "ray", "--address", cluster.address]
    running = subprocess.Popen(command, stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    feeding = Feeding(running, dump.read_bytes())
    assert feeding.begun.wait(timeout=100)
    nodes = [cluster.add_node(num_cpus=1, **agent_ports()) for _ in range(2)]
    while running.poll() is None and not ((on_ray / "manifest.jsonl").exists() and all(map(at_work, nodes))):
        time.sleep(0.02)
    assert running.poll() is None
    cluster.remove_node(nodes[0], allow_graceful=False)
    told = running.stderr.read().decode()
    assert running.wait() == 3, told
    with dump.open("rb") as stdin:
        assert subprocess.run([*EXTRACTOR, "-", "-o", local], stdin=stdin, capture_output=True, check=False).returncode == 3
    assert contents(on_ray) == contents(local)


class Feeding(threading.Thread):
    """Writes to a run's standard input. Where it has begun to read more than a pipe holds, it is connected."""

    def __init__(self, running: subprocess.Popen[bytes], data: bytes) -> None:
        super().__init__(daemon=True)
        self.begun = threading.Event()
        self._stream, self._data = running.stdin, data
        self.start()

    def run(self) -> None:
        with suppress(BrokenPipeError), self._stream:
            self._stream.write(self._data[: 1 << 18])
            self.begun.set()
            self._stream.write(self._data[1 << 18 :])

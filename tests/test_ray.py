"""A run on a Ray cluster of several nodes: the bytes of a run on one machine, also when a node is lost."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from conftest import CORPUS

EXTRACTOR = [sys.executable, "-m", "extractor", "run"]


def contents(folder: Path) -> dict[str, bytes]:
    return {str(file.relative_to(folder)): file.read_bytes() for file in folder.rglob("*") if file.is_file()}


@pytest.fixture(scope="module")
def dump(tmp_path_factory) -> Path:
    """Each article of the corpus, one of them twice, and a line that is none."""
    texts = [file.read_text(encoding="utf-8") for file in sorted(CORPUS.rglob("*.txt"))]
    lines = [json.dumps({"text": text}) for text in (*texts, texts[0])]
    path = tmp_path_factory.mktemp("dump") / "dump.jsonl"
    path.write_text("\n".join((*lines, "no json")) + "\n", encoding="utf-8")
    return path


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
    nodes = [cluster.add_node(num_cpus=1, **agent_ports()) for _ in range(2)]
    on_ray, local = tmp_path / "ray", tmp_path / "local"
    running = subprocess.Popen([*EXTRACTOR, dump, "-o", on_ray, "--engine", "ray", "--address", cluster.address], stderr=subprocess.PIPE)
    while running.poll() is None and not ((on_ray / "manifest.jsonl").exists() and all(map(at_work, nodes))):
        time.sleep(0.02)
    assert running.poll() is None
    cluster.remove_node(nodes[0], allow_graceful=False)
    told = running.communicate(timeout=100)[1].decode()
    assert running.returncode == 3, told
    assert subprocess.run([*EXTRACTOR, dump, "-o", local], capture_output=True, check=False).returncode == 3
    assert contents(on_ray) == contents(local)

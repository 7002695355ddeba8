"""Articles extracted on the nodes of a Ray cluster: batches go out and come back in order; what a lost node had, another does."""

from __future__ import annotations

import os
import signal
import socket
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import Any, Generic, TypeVar

from extractor.article import Article
from extractor.components.entities import NamedEntities, NerError
from extractor.engine.chunks import Input
from extractor.engine.installation import installation
from extractor.engine.settings import Settings
from extractor.engine.workers import Workers, WorkersError
from extractor.packs import PackError
from extractor.readers import MissingPackageError, Problem
from extractor.schema import Extraction
from extractor.semantic import ModelError, require_extra

_MOST_ITEMS = 32
_LARGEST = 200_000
"""Characters: a batch takes a second or so, against a few milliseconds on its way."""
_AHEAD = 4
"""Batches for each processor that may be under way or wait for an earlier one; those that wait also tell a cluster to grow."""
_MOST_LOSSES = 10
"""So often may the node of one batch be lost."""
_PATIENCE = 10.0
"""Seconds until a cluster's head has to answer."""
_LOOK = 10.0
"""Seconds until the processors are counted again: nodes come and go."""
T = TypeVar("T")


class ClusterError(Exception):
    """No cluster is there; says where it was looked for."""


@dataclass(eq=False, slots=True)
class _Batch(Generic[T]):
    """Consecutive items of the input, and the promise of what comes of its articles."""

    items: list[Input | T]
    promise: Any


class RayEngine:
    """The processors of a cluster, each with a worker process like those of one machine. Nodes need the same version of the extractor."""

    def __init__(self, settings: Settings, address: str | None = None) -> None:
        """`address` of the cluster's head: `10.0.0.1:6379`, or `auto` for the one that this machine belongs to.

        Without one, and without RAY_ADDRESS, a cluster of this machine alone is started. Raises MissingPackageError without Ray.
        """
        os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")  # nobody agreed to being counted
        try:
            import ray
        except ImportError as error:
            raise MissingPackageError("--engine ray needs Ray: pip install 'health-news-extractor[ray]', here and on every node") from error
        self.settings = settings
        self._ray: Any = ray
        self._address = address or os.environ.get("RAY_ADDRESS") or "local"

    @property
    def is_own(self) -> bool:
        """Whether the cluster is started for this run, on this machine alone."""
        return self._address == "local"

    def extract_all(self, items: Iterable[Input | T]) -> Iterator[Extraction | Problem | T]:
        """See Engine. Raises ClusterError besides."""
        with self._cluster():
            task = self._ray.remote(num_cpus=1, max_retries=_MOST_LOSSES)(extract_batch)
            waiting: deque[_Batch[T]] = deque()
            room = _Room(self._ray)
            for batch in _batches(items):
                inputs = [item for item in batch if isinstance(item, Input)]
                waiting.append(_Batch(batch, task.remote(inputs, self.settings, installation()) if inputs else None))
                if len(waiting) >= room.batches():
                    yield from self._settled(waiting.popleft())
            while waiting:
                yield from self._settled(waiting.popleft())

    def _settled(self, batch: _Batch[T]) -> Iterator[Extraction | Problem | T]:
        found = iter(self._kept(batch.promise) if batch.promise else ())
        for item in batch.items:
            yield next(found) if isinstance(item, Input) else item

    def _kept(self, promise: Any) -> list[Extraction | Problem]:
        try:
            result: list[Extraction | Problem] = self._ray.get(promise)
        except self._ray.exceptions.RayError as error:
            cause = getattr(error, "cause", None)
            if isinstance(cause, WorkersError | PackError):
                raise cause from None
            raise WorkersError(f"the cluster can't do its work: {_first_line(cause or error)}") from error
        return result

    @contextmanager
    def _cluster(self) -> Iterator[None]:
        """Connected for a while, or as long as whoever calls has connected already."""
        if self._ray.is_initialized():
            yield
            return
        mine = {"num_cpus": self.settings.workers, "include_dashboard": False} if self.is_own else {}
        try:
            _knock(self._address)
            with _signals_kept():
                self._ray.init(address=self._address, log_to_driver=False, logging_level="ERROR", **mine)
        except (ConnectionError, RuntimeError, ValueError, OSError) as error:
            raise ClusterError(f"no Ray cluster at {self._address}: {_first_line(error)}; is it started, with `ray start --head`?") from error
        try:
            yield
        finally:
            self._ray.shutdown()


class _Room:
    """How many batches may be under way: more as a cluster grows."""

    def __init__(self, ray: Any) -> None:
        self._ray, self._batches, self._looked = ray, 0, 0.0

    def batches(self) -> int:
        now = time.monotonic()
        if not self._batches or now - self._looked >= _LOOK:
            self._batches, self._looked = _AHEAD * max(1, int(self._ray.cluster_resources().get("CPU", 1))), now
        return self._batches


def _batches(items: Iterable[Input | T]) -> Iterator[list[Input | T]]:
    batch: list[Input | T] = []
    size = 0
    for item in items:
        batch.append(item)
        if isinstance(item, Input):
            size += len(item.text if isinstance(item, Article) else item.content)
        if len(batch) >= _MOST_ITEMS or size >= _LARGEST:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def extract_batch(inputs: list[Input], settings: Settings, wanted: tuple[str, ...]) -> list[Extraction | Problem]:
    """On a node: what comes of some articles, by a process that is replaced when one hangs or kills it. Raises WorkersError, PackError."""
    if installation() != wanted:
        raise WorkersError(f"node {os.uname().nodename} has another version of the extractor or of its data ({installation()[0]}): install the same")
    _require_ner(settings)
    _require_model(settings)
    workers = _node_workers(settings)
    try:
        jobs = [workers.give(item) for item in inputs]
        return [workers.take(job) for job in jobs]
    except BaseException as error:
        _node_workers.cache_clear()
        workers.__exit__(type(error))
        raise


@cache
def _require_ner(settings: Settings) -> None:
    """The node has the pipeline of the run. Raises WorkersError."""
    if settings.ner is None:
        return
    try:
        digest = NamedEntities.load(settings.ner).digest
    except NerError as error:
        raise WorkersError(f"node {os.uname().nodename}: --ner: {error}") from None
    if digest != settings.ner_digest:
        raise WorkersError(f"node {os.uname().nodename} has another pipeline {settings.ner}: install the same")


@cache
def _require_model(settings: Settings) -> None:
    """The node has the encoder and the adapter of the run. Raises WorkersError."""
    if settings.semantic is None:
        return
    try:
        require_extra()
        from extractor.semantic.number_types import load_typer

        digest = load_typer(settings.semantic, settings.adapter).digest
    except ModelError as error:
        raise WorkersError(f"node {os.uname().nodename}: --semantic: {error}") from None
    if digest != settings.semantic_digest:
        raise WorkersError(f"node {os.uname().nodename} has another encoder or adapter: copy the same to {settings.semantic}")


@cache
def _node_workers(settings: Settings) -> Workers:
    """Started with the first batch that Ray's process gets, and kept for the next."""
    return Workers(1, settings)


def _knock(address: str) -> None:
    """Whether anyone is at HOST:PORT, which Ray would go on asking for minutes. Raises OSError."""
    host, _, port = address.rpartition(":")
    if host and "/" not in host and port.isdigit():
        socket.create_connection((host.strip("[]"), int(port)), timeout=_PATIENCE).close()


@contextmanager
def _signals_kept() -> Iterator[None]:
    """Ray takes SIGTERM for itself, with which a batch system stops a run in good order."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.getsignal(signal.SIGTERM)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before or signal.SIG_DFL)


def _first_line(error: BaseException) -> str:
    return next(iter(str(error).strip().splitlines()), "") or type(error).__name__

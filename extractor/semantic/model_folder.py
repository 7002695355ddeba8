"""A folder that holds an encoder as Hugging Face lays it out: `config.json`, `model.safetensors`, `tokenizer.json`. Nothing in it is ever run."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from safetensors import SafetensorError, safe_open
from tokenizers import Tokenizer

from extractor.semantic.packed import Sizes
from extractor.semantic.problem import ModelError

CONFIG, WEIGHTS, TOKENIZER, ORIGIN = "config.json", "model.safetensors", "tokenizer.json", "origin.json"
_PICKLES = (".bin", ".pt", ".pth", ".pkl", ".ckpt", ".h5", ".msgpack")
_MOST_JSON = 64 << 20
_BUILD = "make one with `extractor models build DIR`"
_WANTED = {"model_type": "bert", "hidden_act": "gelu"}
_USUAL = {"position_embedding_type": "absolute"}


@dataclass(frozen=True)
class Architecture(Sizes):
    """A BERT encoder: its sizes, and how its file names the tensors."""

    layer_norm_eps: float
    prefix: str = ""
    """What stands before the names of tensors."""

    def tensor(self, name: str) -> str:
        """A tensor's name in the file."""
        return self.prefix + name

    def shapes(self) -> dict[str, tuple[int, ...]]:
        """Every tensor that the encoder needs, by its name in `BertModel`."""
        hidden, inner = self.hidden, self.inner
        shapes: dict[str, tuple[int, ...]] = {
            "embeddings.word_embeddings.weight": (self.vocabulary, hidden),
            "embeddings.position_embeddings.weight": (self.positions, hidden),
            "embeddings.token_type_embeddings.weight": (self.types, hidden),
            "embeddings.LayerNorm.weight": (hidden,),
            "embeddings.LayerNorm.bias": (hidden,),
        }
        dense = {"attention.self.query": (hidden, hidden), "attention.self.key": (hidden, hidden), "attention.self.value": (hidden, hidden),
                 "attention.output.dense": (hidden, hidden), "intermediate.dense": (inner, hidden), "output.dense": (hidden, inner)}  # fmt: skip
        for layer in range(self.layers):
            for name, shape in dense.items():
                shapes[f"encoder.layer.{layer}.{name}.weight"] = shape
                shapes[f"encoder.layer.{layer}.{name}.bias"] = shape[:1]
            for name in ("attention.output.LayerNorm", "output.LayerNorm"):
                shapes[f"encoder.layer.{layer}.{name}.weight"] = shapes[f"encoder.layer.{layer}.{name}.bias"] = (hidden,)
        return shapes


def read_architecture(folder: Path) -> Architecture:
    """Sizes of the encoder in a folder, after a look at all that can be seen without reading the weights. Raises ModelError."""
    if not folder.is_dir():
        raise ModelError(f"{folder}: is no folder; {_BUILD}")
    if not (folder / CONFIG).is_file():
        raise ModelError(f"{folder}: holds no {CONFIG}, so it is no model; {_BUILD}")
    if not (folder / WEIGHTS).is_file():
        pickles = sorted(file.name for file in folder.iterdir() if file.suffix in _PICKLES)
        if pickles:
            raise ModelError(f"{folder}: holds its weights in {pickles[0]} only, which can run code and is not read: convert it to safetensors")
        raise ModelError(f"{folder}: holds no {WEIGHTS}; {_BUILD}")
    if not (folder / TOKENIZER).is_file():
        raise ModelError(f"{folder}: holds no {TOKENIZER}: its tokenizer has no fast version; save one with `save_pretrained` of a fast tokenizer")
    config = read_json(folder / CONFIG)
    for name in (CONFIG, "tokenizer_config.json"):
        if (folder / name).is_file() and "auto_map" in read_json(folder / name):
            raise ModelError(f"{folder / name}: asks to run code of its own (auto_map), which is never done; use a model without")
    return _with_prefix(_architecture(config, folder / CONFIG), folder / WEIGHTS)


def read_json(file: Path) -> Mapping[str, Any]:
    """An object out of a JSON file. Raises ModelError."""
    try:
        if file.stat().st_size > _MOST_JSON:
            raise ModelError(f"{file}: is larger than {_MOST_JSON} bytes, which no such file is")
        value = json.loads(file.read_bytes())
    except OSError as error:
        raise ModelError(f"{file}: can't be read: {error.strerror}") from error
    except (ValueError, RecursionError) as error:
        raise ModelError(f"{file}: is no JSON: {error}") from error
    if not isinstance(value, dict):
        raise ModelError(f"{file}: holds no JSON object")
    return value


def _architecture(config: Mapping[str, Any], file: Path) -> Architecture:
    for key, wanted in _WANTED.items():
        if config.get(key) != wanted:
            raise ModelError(f"{file}: {key} is {config.get(key)!r}; only encoders with {wanted!r} can be used, such as multilingual-e5-small")
    for key, usual in _USUAL.items():
        if config.get(key, usual) != usual:
            raise ModelError(f"{file}: {key} is {config[key]!r}; only {usual!r} can be used")

    def size(key: str) -> int:
        value = config.get(key)
        if not isinstance(value, int) or isinstance(value, bool) or value <= 0:
            raise ModelError(f"{file}: {key} is {value!r}, no size")
        return value

    eps = config.get("layer_norm_eps")
    if not isinstance(eps, float) or not 0 < eps < 1:
        raise ModelError(f"{file}: layer_norm_eps is {eps!r}")
    architecture = Architecture(
        size("hidden_size"), size("num_hidden_layers"), size("num_attention_heads"), size("intermediate_size"), size("vocab_size"),
        size("max_position_embeddings"), size("type_vocab_size"), eps,
    )  # fmt: skip
    if architecture.hidden % architecture.heads:
        raise ModelError(f"{file}: {architecture.heads} heads do not divide {architecture.hidden}")
    return architecture


def _with_prefix(architecture: Architecture, file: Path) -> Architecture:
    """The architecture, where the weights' header says that every tensor is there in its shape."""
    try:
        with safe_open(str(file), framework="np") as weights:
            names = set(weights.keys())
            prefix = "" if "embeddings.LayerNorm.weight" in names else "bert."
            found = Architecture(**{**architecture.__dict__, "prefix": prefix})
            for name, shape in found.shapes().items():
                if prefix + name not in names:
                    raise ModelError(f"{file}: lacks the tensor {name}: it is a model of another kind, or damaged")
                stored = tuple(weights.get_slice(prefix + name).get_shape())
                if stored != shape:
                    raise ModelError(f"{file}: tensor {name} has the shape {stored} in place of {shape}")
                if (kind := weights.get_slice(prefix + name).get_dtype()) not in ("F32", "F16"):
                    raise ModelError(f"{file}: tensor {name} is of type {kind}; only F32 and F16 can be read")
    except SafetensorError as error:
        raise ModelError(f"{file}: is cut short or damaged: {error}") from error
    except OSError as error:
        raise ModelError(f"{file}: can't be read: {error.strerror or error}") from error
    return found


def read_tokenizer(folder: Path, architecture: Architecture) -> Tokenizer:
    """The tokenizer of a folder. Raises ModelError where it can't be read or does not go with the weights."""
    file = folder / TOKENIZER
    read_json(file)
    try:
        tokenizer = Tokenizer.from_file(str(file))
    except Exception as error:  # tokenizers raises nothing narrower
        raise ModelError(f"{file}: is no tokenizer: {error}") from error
    largest = max(tokenizer.get_vocab().values(), default=-1)
    if not 0 <= largest < architecture.vocabulary:
        raise ModelError(f"{file}: names token {largest}, but the weights know {architecture.vocabulary}: they are of two models")
    return tokenizer


def digest(file: Path) -> str:
    """SHA-256 of a file. Raises ModelError where it can't be read."""
    try:
        with file.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise ModelError(f"{file}: can't be read: {error.strerror}") from error


def check_files(folder: Path) -> dict[str, str]:
    """SHA-256 of each file that is used; compared with what `origin.json` says where the folder was built here. Raises ModelError."""
    found = {name: digest(folder / name) for name in (CONFIG, WEIGHTS, TOKENIZER)}
    if (folder / ORIGIN).is_file():
        files = read_json(folder / ORIGIN).get("files")
        for name, told in (files if isinstance(files, dict) else {}).items():
            if found.get(name) != told:
                raise ModelError(f"{folder / name}: is not what was built: its SHA-256 is {found.get(name)}; {_BUILD}")
    return found

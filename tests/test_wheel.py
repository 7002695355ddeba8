"""The wheel as it is installed: packs, knowledge and weights are inside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile

import pytest
from conftest import ROOT


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    (file,) = out.glob("*.whl")
    return file


def test_data_is_inside(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for name in (
        "languages/vi/pack.toml",
        "languages/und/pack.toml",
        "knowledge/indicators.csv",
        "knowledge/places/vn-provinces.csv",
        "weights/binding.json",
        "weights/calibration.json",
        "weights/adapter/adapter.json",
        "weights/adapter/adapter.safetensors",
        "knowledge/currencies.toml",
        "knowledge/places/vn-tiles.csv",
        "dataset/schema.sql",
        "dataset/indexes.sql",
        "web/templates/search.html",
        "web/templates/chart.html",
        "web/static/pages.css",
        "web/static/htmx.min.js",
        "web/static/htmx.LICENSE.txt",
        "web/catalogues/vi/LC_MESSAGES/messages.po",
    ):
        assert f"extractor/{name}" in names
    assert not [name for name in names if name.startswith(("tests/", "corpus/", "models/"))]


def test_extracts_outside_the_checkout(wheel, tmp_path):
    bare = tmp_path / "site"
    zipfile.ZipFile(wheel).extractall(bare)
    code = (
        "import json, extractor; from extractor.article import Article;"
        "e = extractor.load().extract(Article('In 2024 the province had 2,862 hospital beds.', language='en'));"
        "print(json.dumps([extractor.__file__, [f.exact for f in e.facts]]))"
    )
    # The libraries come from the tests' environment, the package only from the wheel.
    script = f"import sys; sys.path = [p for p in sys.path if p != {str(ROOT)!r}]; sys.path.insert(0, {str(bare)!r}); {code}"
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join((str(bare), sysconfig.get_paths()["purelib"]))}
    printed = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, cwd=tmp_path, env=environment, timeout=60).stdout
    home, exact = json.loads(printed)
    assert home.startswith(str(bare))
    assert "2,862 hospital beds" in exact

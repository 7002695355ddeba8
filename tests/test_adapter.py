"""Numbers typed by an encoder with an adapter, in languages without a pack: the same answer each time, and what is wrong with an adapter is said."""

from __future__ import annotations

import json
import pickle
from pathlib import Path

import numpy as np
import pytest
from conftest import CORPUS, TINY
from safetensors.numpy import load_file, save_file

import extractor
from extractor import Article
from extractor.binding.typed import TYPES, is_quantity
from extractor.mentions import Span
from extractor.pipeline import Extractor
from extractor.semantic import ModelError, adapter, require_extra
from extractor.semantic.adapter import read_adapter, shapes, shipped_adapter, write_adapter
from extractor.semantic.model_folder import digest
from extractor.semantic.number_types import NumberTyper
from extractor.semantic.windows import AFTER, BEFORE, OWN, Windows

RANK, FIRST_LAYER = 2, 1
SETTINGS = {"base": "tiny", "hidden": TINY.hidden, "layers": TINY.layers, "rank": RANK, "scale": 2.0, "first_layer": FIRST_LAYER}
TEXT = "Szpital ma 45 query, plan query 60 query."
"""Of Polish, which has no pack."""


@pytest.fixture
def small(tmp_path):
    """A random adapter for the tiny model."""
    numbers = np.random.default_rng(8)
    tensors = {name: numbers.normal(0, 0.3, shape).astype(np.float32) for name, shape in shapes(32, 2, RANK, FIRST_LAYER).items()}
    write_adapter(tmp_path / "adapter", tensors, SETTINGS)
    return tmp_path / "adapter"


def told(name, rest=0.02):
    """Types of which one is likely."""
    return {other: rest if other != name else 1 - rest * (len(TYPES) - 1) for other in TYPES}


class Stub:
    """Stands in for a typer: says of each number what it is told."""

    def __init__(self, types):
        self.of = types

    def types(self, text, numbers):
        return [told(self.of.get(text[number.start : number.end], "metric")) for number in numbers]


def facts(text, types, language="pl"):
    return [fact for fact in Extractor(typer=Stub(types)).extract(Article(text, language=language)).facts if fact.kind in ("metric", "target")]


def test_kind_and_change_come_from_the_types():
    text = "W 2024 było 45 łóżek, cel 60, o 12% więcej i o 7% mniej, uchwała 33."
    found = facts(text, {"60": "target", "12": "rise", "7": "fall", "33": "document"})
    assert [(fact.kind, fact.value, fact.measure) for fact in found] == [
        ("metric", 45, "level"),
        ("target", 60, "level"),
        ("metric", 12, "change"),
        ("metric", -7, "change"),
    ]


def test_a_pack_knows_better():
    plain = extractor.load().extract(Article("The hospital has 45 beds.", language="en")).facts
    assert facts("The hospital has 45 beds.", {"45": "target"}, "en") == list(plain)


def test_a_number_is_left_out_where_it_is_likelier_none():
    assert is_quantity(told("metric"))
    assert not is_quantity(told("date"))


def test_of_a_hostile_article_only_the_first_numbers_are_typed():
    asked = []
    stub = Stub({})
    stub.types = lambda text, numbers: asked.append(len(numbers)) or [told("target")] * len(numbers)
    found = Extractor(typer=stub).extract(Article("wiersz 45 lekarzy\n" * 1_200, language="pl")).facts
    assert set(asked) == {1_000}
    assert (found[0].kind, len(found)) == ("target", 1_200)


def test_the_surer_type_gives_the_surer_fact():
    unsure, sure = ({**told("metric"), "metric": share, "target": 0.9 - share} for share in (0.5, 0.89))
    confidences = []
    for types in (unsure, sure):
        stub = Stub({})
        stub.types = lambda text, numbers, types=types: [types] * len(numbers)
        confidences.append(Extractor(typer=stub).extract(Article("Szpital ma 45 lekarzy.", language="pl")).facts[0].confidence)
    assert confidences[0] < confidences[1]


def test_types_are_the_same_in_any_company(tiny, small):
    typer = NumberTyper(tiny, small)
    numbers = [Span(TEXT.index(word), TEXT.index(word) + 2) for word in ("45", "60")]
    together = typer.types(TEXT, numbers)
    assert [sorted(types) for types in together] == [sorted(TYPES)] * 2
    assert all(abs(sum(types.values()) - 1) < 1e-3 for types in together)
    assert NumberTyper(tiny, small).types(TEXT, numbers[::-1]) == together[::-1]
    assert together[0] != together[1]


def test_the_mark_tells_numbers_of_one_window_apart(tiny, small):
    text = "query query query"
    first, last = NumberTyper(tiny, small).types(text, [Span(0, 5), Span(12, 17)])
    assert first != last


def test_an_adapter_that_adds_nothing_leaves_the_encoder(tiny, small):
    tensors = load_file(small / "adapter.safetensors")
    tensors.update({name: np.zeros_like(tensor) for name, tensor in tensors.items() if name.endswith(".up")})
    write_adapter(small, tensors, SETTINGS)
    assert not any(change.any() for change in read_adapter(small).changes.values())


def test_a_window_of_a_text_without_an_end(tiny, small):
    text = "query " * 200_000 + "7" * 1_000_000 + " query" * 200_000
    number = Span(1_200_000, 2_200_000)
    typer = NumberTyper(tiny, small)
    window = typer._windows.around(text, number)
    assert len(window.ids) <= min(TINY.positions, BEFORE + OWN + AFTER + 2)
    assert sum(typer.types(text, [number])[0].values()) == pytest.approx(1, abs=1e-3)


def test_a_window_shows_lines_apart(e5):
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(str(e5 / "tokenizer.json"))
    window = Windows(tokenizer).around("Goals:\n45 beds", Span(7, 9))
    tokens = [tokenizer.id_to_token(token) for token in window.ids]
    assert tokens[window.first : window.last] == ["▁45"]
    assert (tokens[0], tokens[-1]) == ("<s>", "</s>")
    assert "|" in tokens[: window.first]


def change(folder, **values):
    file = folder / "adapter.json"
    file.write_text(json.dumps({**json.loads(file.read_text()), **values}))


def altered(folder, alter):
    """Other tensors, with the digest that goes with them."""
    tensors = load_file(folder / "adapter.safetensors")
    alter(tensors)
    save_file(tensors, folder / "adapter.safetensors")
    change(folder, sha256=digest(folder / "adapter.safetensors"))


def other_bytes(folder):
    file = folder / "adapter.safetensors"
    data = bytearray(file.read_bytes())
    data[-5] ^= 1
    file.write_bytes(data)


def pickled(folder):
    (folder / "adapter.safetensors").write_bytes(pickle.dumps([1]))
    change(folder, sha256=digest(folder / "adapter.safetensors"))


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "adapter.json").write_text("{"), "is no JSON"),
        (lambda folder: (folder / "adapter.json").write_text("[]"), "holds no JSON object"),
        (lambda folder: change(folder, format=2), "format is 2; this version reads 1"),
        (lambda folder: change(folder, types=["metric"]), "types are ['metric'] in place of"),
        (lambda folder: change(folder, rank="8"), "rank is '8', no size"),
        (lambda folder: change(folder, rank=100_000), "rank is 100000, more than"),
        (lambda folder: change(folder, layers=10**9), "layers is 1000000000, more than"),
        (lambda folder: change(folder, first_layer=2), "first_layer is 2, none of 2 layers"),
        (lambda folder: change(folder, scale=float("nan")), "scale is nan"),
        (lambda folder: (folder / "adapter.safetensors").unlink(), "can't be read"),
        (lambda folder: (folder / "adapter.safetensors").write_bytes((folder / "adapter.safetensors").read_bytes()[:-9]), "is cut short or altered"),
        (other_bytes, "is cut short or altered"),
        (pickled, "is no safetensors, or damaged"),
        (lambda folder: altered(folder, lambda tensors: tensors.pop("mark")), "lacks the tensor mark"),
        (lambda folder: altered(folder, lambda tensors: tensors.update(mark=np.zeros(3, np.float32))), "has the shape (3,) in place of (32,)"),
        (lambda folder: altered(folder, lambda tensors: tensors.update(mark=np.zeros(32, np.float64))), "is of type float64"),
        (lambda folder: altered(folder, lambda tensors: tensors.update(mark=np.full(32, np.nan, np.float32))), "holds what is no number"),
    ],
)
def test_what_is_wrong_with_an_adapter_is_said(small, cli, damage, said):
    damage(small)
    result = cli("models", "check", small)
    assert result.returncode == 2
    message = result.stderr.decode().replace("\n", "")
    assert said in message
    assert str(small) in message


def test_a_whole_adapter_is_told(small, cli):
    result = cli("models", "check", small)
    assert result.returncode == 0, result.stderr
    assert b"an adapter for tiny" in result.stdout
    assert digest(small / "adapter.safetensors").encode() in result.stdout


def test_an_adapter_of_another_encoder(tiny, small):
    change(small, hidden=64)
    with pytest.raises(ModelError, match="was trained on an encoder of 2 layers and width 64; this one has 2 and 32"):
        NumberTyper(tiny, small)


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--adapter", "small"], "--adapter: belongs to an encoder: add --semantic DIR"),
        (["--semantic", "nowhere"], "nowhere: is no folder; make one with `extractor models build DIR`"),
        (["--semantic", "tiny", "--adapter", "nowhere"], "nowhere: holds no adapter.json, so it is no adapter"),
        (["--semantic", "tiny", "--adapter", "adapter"], "does not encode as multilingual-e5-small does"),
    ],
)
def test_a_run_says_so_before_it_begins(tmp_path, tiny, small, cli, options, said):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = cli("run", "a.txt", "-o", "out.jsonl", *options, cwd=tmp_path)
    assert result.returncode == 2
    assert said in result.stderr.decode().replace("\n", "")
    assert not (tmp_path / "out.jsonl").exists()


def test_without_the_extra_it_says_what_to_install(monkeypatch, cli, tmp_path):
    monkeypatch.setattr("extractor.semantic.find_spec", lambda name: None)
    with pytest.raises(ModelError, match="pip install"):
        require_extra()
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    result = cli("run", "a.txt", "--semantic", tmp_path, cwd=tmp_path)
    assert result.returncode == 2
    assert b"pip install 'health-news-extractor[semantic]'" in result.stderr.replace(b"\n", b"")


def test_in_python(tiny, small):
    first, again = (extractor.load(semantic=tiny, adapter=small).extract(Article(TEXT, language="pl")) for _ in range(2))
    assert first == again


def test_the_adapter_that_ships_is_whole():
    shipped = shipped_adapter()
    assert read_adapter(shipped).weight.shape == (len(TYPES), 768)
    assert sum(file.stat().st_size for file in shipped.iterdir()) < 4_000_000
    assert (Path(adapter.__file__).parents[2] / "models" / "adapter" / "README.md").is_file()


def kinds(engine, files):
    """Share of gold quantities with one kind whose number is found with that kind, in texts whose language nobody knows."""
    right = total = 0
    for file in files:
        text = file.with_name(file.name.replace(".gold.json", ".txt")).read_bytes().decode("utf-8")
        found = [fact for fact in engine.extract(Article(text, language="xx")).facts if fact.kind in ("metric", "target")]
        for gold in json.loads(file.read_text(encoding="utf-8"))["facts"]:
            if gold["kind"] in ("metric", "target") and "occurrence" not in gold:
                start = text.index(gold["exact"])
                same = [fact.kind for fact in found if start <= fact.start < start + len(gold["exact"]) and fact.value == gold["value"]]
                total += bool(same)
                right += gold["kind"] in same
    return right / total


def test_the_model_itself_on_languages_that_were_held_out(e5, engine):
    held_out = json.loads((shipped_adapter() / "adapter.json").read_text())["held_out"]
    files = [file for language in held_out for file in sorted((CORPUS / language).glob("*.gold.json"))[:3]]
    with_adapter = kinds(extractor.load(semantic=e5), files)
    assert with_adapter >= 0.85
    assert with_adapter > kinds(engine, files)


def test_a_folder_goes_on_with_the_same_adapter_only(cli, tmp_path, e5):
    (tmp_path / "a.txt").write_text("Do 2030 r. województwo ma osiągnąć 45 łóżek.", encoding="utf-8")

    def run(*options):
        done = cli("run", "a.txt", "-o", "out", "--language", "pl", *options, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        (part,) = (tmp_path / "out" / "parts").iterdir()
        return part.name, part.read_bytes()

    plain = run()
    typed = run("--semantic", e5)
    assert typed[0] != plain[0]
    assert run("--semantic", e5, "--workers", "1", "--fresh") == typed

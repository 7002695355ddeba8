"""`extractor models check`: whether a folder holds an encoder that semantic linking can be trusted to."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from extractor.semantic.encoder import Encoder
from extractor.semantic.model_folder import ORIGIN, check_files, read_architecture, read_json, read_tokenizer
from extractor.semantic.problem import ModelError

_PROBES = (
    ("hospital beds", "giường bệnh", 0.862),
    ("hospital beds", "تغطية التأمين الصحي", 0.801),
    ("nombre de médecins", "医生人数", 0.900),
    ("rainfall in millimetres", "жителей охвачено медицинским страхованием", 0.759),
)
"""Pairs of phrases with their cosine by multilingual-e5-small: reference vectors and gate were fitted on that model, and mean nothing to another."""
_APART = 0.03
"""Rounding to four bits moves a cosine by less."""


@dataclass(frozen=True)
class Checked:
    """A model that passed."""

    origin: str
    files: dict[str, str]
    """SHA-256 of each file that is used."""
    notes: list[str] = field(default_factory=list)


def check(folder: Path) -> Checked:
    """Read everything that linking will read, and try it. Raises ModelError."""
    architecture = read_architecture(folder)
    read_tokenizer(folder, architecture)
    files = check_files(folder)
    try:
        _probe(Encoder(folder), folder)
    except MemoryError as error:
        raise ModelError(f"{folder}: there is not enough memory to load the model") from error
    built = (folder / ORIGIN).is_file()
    origin = str(read_json(folder / ORIGIN).get("package")) if built else "unknown; the files are not compared with any digest"
    unread = sorted(file.name for file in folder.iterdir() if file.suffix in (".bin", ".pt", ".pth", ".pkl", ".ckpt"))
    return Checked(origin, files, [f"{name} can run code and is never read" for name in unread])


def _probe(encoder: Encoder, folder: Path) -> None:
    for left, right, wanted in _PROBES:
        one, other = encoder.encode((left, right))
        found = float(one @ other)
        if not abs(found - wanted) <= _APART:  # NaN is no number near
            raise ModelError(
                f"{folder}: does not encode as multilingual-e5-small does ({left!r} and {right!r}: cosine {found:.3f} in place of {wanted:.3f}): "
                "it is another model, or its weights or its tokenizer are damaged"
            )

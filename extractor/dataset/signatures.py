"""What articles are told to be alike by: their figures, their wording, and the numbers in their text."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from extractor.schema import Extraction, Metric, Target
from extractor.tokenizer import UNSPACED

if TYPE_CHECKING:
    from datasketch import MinHash

PERMUTATIONS = 64
_SHINGLE = 4
"""Words in a run of them."""
_FEWEST_SHINGLES = 20
"""A text of fewer has no signature: captions and headings are alike by chance."""
_WORD = re.compile(rf"[{UNSPACED}]|[^\W\d_{UNSPACED}]+")
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True)
class Signature:
    """Sorted arrays of hashes; `wording` is a MinHash of 64 values, or empty."""

    figures: NDArray[np.uint64]
    wording: NDArray[np.uint32]
    numbers: NDArray[np.uint64]


def signature_of(extraction: Extraction) -> Signature:
    """The same for the same line, on every machine."""
    figures = {
        name for fact in extraction.facts if isinstance(fact, Metric | Target) and (name := figure_name(fact.value, fact.value_max, fact.unit))
    }
    text = extraction.article.text
    places = {f"place {fact.place}" for fact in extraction.facts if isinstance(fact, Metric | Target) and fact.place}
    return Signature(_hashes(figures), _wording(text), _hashes({*_NUMBER.findall(text), *places}))


def figure_name(value: float, value_max: float | None, unit: str) -> str | None:
    """A figure as it is compared, in any language; None for small whole numbers, which any two articles share.

    >>> figure_name(95.3, None, "%"), figure_name(-2862, None, "1"), figure_name(3, 4, "1")
    ('95.3 %', '2862', None)
    """
    if abs(value) < 10 and value == round(value):
        return None
    most = f"-{round(abs(value_max), 6):.9g}" if value_max is not None else ""
    return f"{round(abs(value), 6):.9g}{most}{'' if unit == '1' else f' {unit}'}"


def _wording(text: str) -> NDArray[np.uint32]:
    """MinHash of the runs of four words, whatever their case and without the numbers among them."""
    words = _WORD.findall(text.casefold())
    shingles = {" ".join(words[at : at + _SHINGLE]) for at in range(len(words) - _SHINGLE + 1)}
    if len(shingles) < _FEWEST_SHINGLES:
        return np.empty(0, np.uint32)
    minhash = _empty().copy()
    minhash.update_batch(shingle.encode("utf-8", "replace") for shingle in shingles)
    return np.asarray(minhash.hashvalues, np.uint32)


@cache
def _empty() -> MinHash:
    from datasketch import MinHash

    return MinHash(num_perm=PERMUTATIONS, seed=1, scheme="affine32")


def _hashes(names: Iterable[str]) -> NDArray[np.uint64]:
    hashed = [int.from_bytes(hashlib.blake2b(name.encode("utf-8", "replace"), digest_size=8).digest(), "little") for name in names]
    return np.unique(np.array(hashed, np.uint64))

"""One tokenizer for all languages: runs of digits, runs of letters, single characters of scripts
written without spaces (and of Hangul, whose particles stick to the noun), and punctuation.

Offsets are exact, and a lexicon written in dictionary forms is found inside unspaced text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

# Scripts in which each character is a token: Thai, Lao, Burmese, Khmer, kana, han, Hangul.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
# Marks that live inside words of spaced scripts: Latin and Cyrillic, Hebrew, Arabic, Indic.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983\u09bc-\u09cd\u0a01-\u0d7f"  # noqa: E501
_TOKEN = re.compile(rf"(?:\d+|[{UNSPACED}]|[^\W\d_{UNSPACED}](?:[^\W\d_{UNSPACED}]|[{_MARKS}])*|\s|.) {{0,2}}", re.DOTALL)
"""With the space behind it, if there is one, or the two of justified lines; more of them part columns."""


@dataclass(frozen=True, slots=True)
class Compounds:
    """Splits a compound before its head: `Masernfälle` → `Masern` + `fälle`, for heads from the pack."""

    heads: frozenset[str] = frozenset()
    _pattern: re.Pattern[str] | None = field(default=None)

    @classmethod
    def of(cls, heads: Iterable[str]) -> Compounds:
        known = frozenset(heads)
        longest_first = sorted(known, key=lambda head: (-len(head), head))
        pattern = re.compile(rf"(?<=\w\w\w)(?:{'|'.join(map(re.escape, longest_first))}) {{0,2}}$", re.IGNORECASE)
        return cls(known, pattern if known else None)

    def split(self, word: str) -> list[str]:
        """The word's parts, with a space behind it or without; a word that is no compound is its own single part."""
        if self._pattern is None or len(word.rstrip()) < 6:
            return [word]
        head = self._pattern.search(word)
        return [word[: head.start()], word[head.start() :]] if head else [word]


class Tokenizer:
    """Cuts a text into its words."""

    def __init__(self, compounds: Compounds | None = None) -> None:
        self._compounds = compounds or Compounds()

    def words(self, text: str) -> tuple[list[str], list[int]]:
        """The words of a text, and where each starts; of white space between two words the first two spaces are none.

        >>> Tokenizer().words("12 Betten,   3")
        (['12', 'Betten', ',', ' ', '3'], [0, 3, 9, 12, 13])
        """
        tokens = _TOKEN.findall(text)
        if self._compounds.heads:
            split = self._compounds.split
            tokens = [part for token in tokens for part in split(token)]
        starts = list(accumulate(map(len, tokens), initial=0))[:-1]
        return [token.rstrip(" ") or " " if token[-1] == " " else token for token in tokens], starts

"""One tokenizer for all languages: runs of digits, runs of letters, single characters of scripts
written without spaces (and of Hangul, whose particles stick to the noun), and punctuation.

Offsets are exact, and a lexicon written in dictionary forms is found inside unspaced text.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from spacy.tokens import Doc
from spacy.vocab import Vocab

# Scripts in which each character is a token: Thai, Lao, Burmese, Khmer, kana, han, Hangul.
UNSPACED = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
# Marks that live inside words of spaced scripts: Latin and Cyrillic, Hebrew, Arabic, Indic.
_MARKS = "\u0300-\u036f\u0483-\u0489\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963\u0980-\u0983\u09bc-\u09cd\u0a01-\u0d7f"  # noqa: E501
_TOKEN = re.compile(rf"\d+|[{UNSPACED}]|[^\W\d_{UNSPACED}](?:[^\W\d_{UNSPACED}]|[{_MARKS}])*|\s|.", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Compounds:
    """Splits a compound before its head: `Masernfälle` → `Masern` + `fälle`, for heads from the pack."""

    heads: frozenset[str] = frozenset()
    _pattern: re.Pattern[str] | None = field(default=None)

    @classmethod
    def of(cls, heads: Iterable[str]) -> Compounds:
        known = frozenset(heads)
        longest_first = sorted(known, key=lambda head: (-len(head), head))
        pattern = re.compile(rf"(?<=\w\w\w)(?:{'|'.join(map(re.escape, longest_first))})$", re.IGNORECASE)
        return cls(known, pattern if known else None)

    def split(self, word: str) -> list[str]:
        """The word's parts; a word that is no compound is its own single part."""
        if self._pattern is None or len(word) < 6:
            return [word]
        head = self._pattern.search(word)
        return [word[: head.start()], word[head.start() :]] if head else [word]


class Tokenizer:
    """A spaCy tokenizer: text in, `Doc` out, with `doc.text == text`."""

    def __init__(self, vocab: Vocab, compounds: Compounds | None = None) -> None:
        self.vocab = vocab
        self.compounds = compounds or Compounds()

    def words(self, text: str) -> list[str]:
        """All tokens, white space included: joined they are the text."""
        words = _TOKEN.findall(text)
        if not self.compounds.heads:
            return words
        split = self.compounds.split
        return [part for word in words for part in split(word)]

    def words_and_spaces(self, text: str) -> tuple[list[str], list[bool]]:
        """The tokens of a Doc, and whether a space belongs to each: the first behind a token is no token of its own."""
        words: list[str] = []
        spaces: list[bool] = []
        for word in self.words(text):
            if word == " " and words and not spaces[-1]:
                spaces[-1] = True
            else:
                words.append(word)
                spaces.append(False)
        return words, spaces

    def __call__(self, text: str) -> Doc:
        words, spaces = self.words_and_spaces(text)
        return Doc(self.vocab, words=words, spaces=spaces)

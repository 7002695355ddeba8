"""The window of text around a number, as the tokens that an encoder reads."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tokenizers import Tokenizer

from extractor.mentions import Span

BEFORE, OWN, AFTER = 36, 10, 16
"""Tokens of the text before a number, of the number itself and of the text behind it, at most: with the two at the ends, 64."""
_CHARACTERS = 8
"""Of a token at most, for how much text is cut into tokens: hardly any is longer on average."""
_OPENING, _CLOSING = "<s>", "</s>"
_LINE_END = re.compile(r"\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_PARAGRAPH = " | "
"""In place of the end of a line, which the tokenizer takes for a space."""


@dataclass(frozen=True, slots=True)
class Window:
    """Token ids, and which of them are the number's: from `first`, before `last`."""

    ids: tuple[int, ...]
    first: int
    last: int


class Windows:
    """Cuts windows out of texts for one tokenizer. A window hangs on its own text alone."""

    def __init__(self, tokenizer: Tokenizer, positions: int = 512) -> None:
        """`positions` is how many tokens the encoder can read; with fewer than a window has, each part of it is shorter."""
        self._tokenizer = tokenizer
        room = min(positions - 2, BEFORE + OWN + AFTER)
        self._before, self._own, self._after = (part * room // (BEFORE + OWN + AFTER) for part in (BEFORE, OWN, AFTER))
        tokenizer.no_padding()
        tokenizer.no_truncation()
        opening, closing = tokenizer.token_to_id(_OPENING), tokenizer.token_to_id(_CLOSING)
        self._opening = [] if opening is None else [opening]
        self._closing = [] if closing is None else [closing]

    def around(self, text: str, number: Span) -> Window:
        """The window of a number that stands at a span of a text."""
        before = self._ids(text[max(0, number.start - BEFORE * _CHARACTERS) : number.start])[-self._before :]
        own = self._ids(text[number.start : min(number.end, number.start + OWN * _CHARACTERS)])[: self._own]
        after = self._ids(text[number.end : number.end + AFTER * _CHARACTERS])[: self._after]
        first = len(self._opening) + len(before)
        return Window((*self._opening, *before, *own, *after, *self._closing), first, first + len(own))

    def _ids(self, text: str) -> list[int]:
        return list(self._tokenizer.encode(_LINE_END.sub(_PARAGRAPH, text), add_special_tokens=False).ids)

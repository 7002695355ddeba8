"""The values of a JSON list, or of objects one after another, decoded one at a time: a dump may be one list of any size."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from extractor.readers.problem import LONGEST_LINE

_PIECE = 1 << 16
_SPACE = re.compile(r"\s*")
_BETWEEN = re.compile(r"[\s,]*")


class ValueFault(Exception):
    """From here on the values can't be told apart; says why."""


@dataclass(frozen=True, slots=True)
class Value:
    """A value and its own words, as an element of a list or not."""

    content: Any
    words: str
    in_list: bool


class Values:
    """Iterates over the values. Raises ValueFault at the first that is none.

    It holds no more than the longest line that is read: a streaming parser of a library would hold a string of any length.
    """

    def __init__(self, begun: bytes, stream: BinaryIO) -> None:
        """What was already read of the stream, and its rest."""
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder("utf-8-sig")()
        self._text, self._at, self._ended = "", 0, False
        self._add(begun)
        self._is_list = self._skip(_SPACE) == "["
        self._at += self._is_list

    def __iter__(self) -> Iterator[Value]:
        decode = json.JSONDecoder().raw_decode
        while first := self._skip(_BETWEEN):
            if self._is_list and first == "]":
                self._at += 1
                if self._skip(_SPACE):
                    raise ValueFault("goes on behind its list, which is not read")
                return
            value, end = self._decoded(decode)
            words, self._at = self._text[self._at : end], end
            yield Value(value, words, self._is_list)
        if self._is_list:
            raise ValueFault("is cut off; what stands before that was read")

    def _decoded(self, decode: Any) -> tuple[Any, int]:
        """The value that begins here and where it ends, reading on until it is whole."""
        while True:
            try:
                value, end = decode(self._text, self._at)
                fault = "is cut off"
                if end < len(self._text) or self._ended:
                    return value, end
            except RecursionError:
                raise ValueFault("is JSON nested too deep to read") from None
            except ValueError as error:
                fault = f"is no JSON: {getattr(error, 'msg', error)}"
            if self._ended or len(self._text) - self._at > LONGEST_LINE:
                raise ValueFault(fault)
            self._add(self._stream.read(max(_PIECE, len(self._text) - self._at)))

    def _skip(self, space: re.Pattern[str]) -> str:
        """The next character behind some space, however much of it there is; none at the end."""
        while True:
            match = space.match(self._text, self._at)
            self._at = match.end() if match else self._at
            if self._at < len(self._text) or self._ended:
                return self._text[self._at : self._at + 1]
            self._add(self._stream.read(_PIECE))

    def _add(self, data: bytes) -> None:
        self._ended = not data
        try:
            self._text = self._text[self._at :] + self._decoder.decode(data, final=self._ended)
        except UnicodeDecodeError:
            raise ValueFault("is not UTF-8, as JSON must be") from None
        self._at = 0

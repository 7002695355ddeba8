"""Where a list goes on: the last row's place in its order, as a word that fits into an address."""

from __future__ import annotations

import base64
import json
from typing import NamedTuple

from extractor.web.problems import Problem


class Cursor(NamedTuple):
    """The order, and the value and key of the last row."""

    order: str
    value: str | float | None
    key: str

    def __str__(self) -> str:
        """The word.

        >>> Cursor.read(str(Cursor("best", None, "42")), "best").key
        '42'
        """
        return base64.urlsafe_b64encode(json.dumps(self, ensure_ascii=False, separators=(",", ":")).encode()).decode().rstrip("=")

    @classmethod
    def read(cls, word: str, order: str) -> Cursor:
        """Raises Problem (400) where it is none of a list in this order."""
        try:
            told = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
            cursor = cls(*told)
            fits = cursor.order == order and isinstance(cursor.key, str) and isinstance(cursor.value, str | float | int | None)
        except (ValueError, TypeError, RecursionError):
            fits = False
        if not fits:
            raise Problem(400, "cursor: is none of this list: take `next` of an answer as it is, or start without one.")
        return cursor

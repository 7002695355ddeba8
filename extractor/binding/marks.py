"""The punctuation of one article: it stands in for syntax."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass

_NAMES = ("line", "stop", "semi", "colon", "open", "close", "comma")
"""From the strongest to the weakest."""
_SIGNS = ("\n", "。؟?!", ";؛；", ":：", "(（[", ")）]", ",،，、")
_RANKS = {sign: rank for rank, signs in enumerate(_SIGNS) for sign in signs}
_MARK = re.compile(f"[{re.escape(''.join(_SIGNS))}]")


@dataclass(frozen=True, slots=True)
class Marks:
    """Where marks stand, in order, and how strong each is."""

    starts: list[int]
    ranks: list[int]

    @classmethod
    def of(cls, folded: str) -> Marks:
        found = [(match.start(), _RANKS[match.group()]) for match in _MARK.finditer(folded)]
        return cls([start for start, _ in found], [rank for _, rank in found])

    def between(self, left: int, right: int) -> str:
        """The strongest mark between two offsets: line, stop, semi, colon, open, close, comma; or none."""
        first = bisect_left(self.starts, left)
        behind = bisect_left(self.starts, right, first)
        return _NAMES[min(self.ranks[first:behind])] if first < behind else "none"

    def next(self, left: int, right: int) -> int:
        """Where the first mark between two offsets stands; the second where there is none."""
        index = bisect_left(self.starts, left)
        return min(right, self.starts[index]) if index < len(self.starts) else right

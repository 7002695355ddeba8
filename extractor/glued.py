"""Words that a page has lost the space between: `décèsconfirmés`, `porcada`, `denguefever`.

Old pages of agencies have them by the dozen, at what were the ends of lines. A word that the pack does not know, and that two of its words make,
may be one of its own too (`partout`): so words are cut only in a text that has many such words.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache

_SHORTEST, _WORD = 6, 4
"""Letters of two words written together, and of one that any phrase may have; a shorter one stands in many (`de`, `por`)."""
_COMMON = 25
"""Phrases that a short word stands in, at least."""
_FEWEST, _ONE_IN = 5, 50
"""Different words written together that a text has at least, and for how many different words one."""

_REMEMBERED = 1 << 12
"""Words of each language, so that memory stays flat."""

Form = Callable[[str], str]


class Glued:
    """Cuts the words of one language; `scales` are its words for powers of ten, `fold` and `stem` the forms by which its pack looks a word up."""

    def __init__(self, phrases: Iterable[Iterable[str]], scales: Iterable[str], fold: Form, stem: Form) -> None:
        counts = Counter(word for phrase in phrases for word in set(phrase))
        self._phrases: Counter[str] = Counter()
        for word, count in counts.items():
            self._phrases[fold(word)] += count
        for scale in scales:
            self._phrases[fold(scale)] += _COMMON
        self._stems = frozenset(map(stem, counts))
        self._fold, self._stem = fold, stem
        self._place = lru_cache(maxsize=_REMEMBERED)(self._find_place)

    def cut(self, words: Sequence[str], starts: Sequence[int]) -> tuple[list[str], list[int]]:
        """The words of a text and where each starts, those written together cut in two where the text has many."""
        different = set(words)
        places = {word: at for word in different if (at := self._place(word))}
        if len(places) < _FEWEST or len(places) * _ONE_IN < len(different):
            return list(words), list(starts)
        cut, begins = [], []
        for word, start in zip(words, starts, strict=True):
            at = places.get(word, 0)
            cut += [word[:at], word[at:]] if at else [word]
            begins += [start, start + at] if at else [start]
        return cut, begins

    def _find_place(self, word: str) -> int:
        """Where one word ends and the next begins, 0 in a word of its own."""
        if len(word) < _SHORTEST or not (word.isalpha() and word.islower()) or self._knows(word) or self._stem(word) in self._stems:
            return 0
        places = (at for at in range(2, len(word) - 1) if max(at, len(word) - at) >= _WORD and self._knows(word[:at]) and self._knows(word[at:]))
        return min(places, key=lambda at: max(at, len(word) - at), default=0)

    def _knows(self, word: str) -> bool:
        return self._phrases[self._fold(word)] >= (1 if len(word) >= _WORD else _COMMON)

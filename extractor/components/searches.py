"""Patterns that a text is searched by only where it has the signs that all their matches have: most texts have none, and to see that is cheap."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Search:
    """A pattern, and the signs of which every match has one; without signs all texts are searched."""

    pattern: re.Pattern[str]
    signs: Sequence[str] = ()

    def matches(self, text: str) -> Iterator[re.Match[str]]:
        """All matches in a text, in order.

        >>> [match.group() for match in Search(re.compile(r"week \\d+/20"), ("/20",)).matches("in week 12/2024")]
        ['week 12/20']
        """
        return self.pattern.finditer(text) if not self.signs or any(sign in text for sign in self.signs) else iter(())

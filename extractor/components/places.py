"""Places of the lexicon in the text: names only, never common words that look like them."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.mentions import PlaceMention
from extractor.page import Page


class Places:
    """Finds places; in scripts with capitals a name has one: `Cher`, `le Cher`, never `cher`."""

    def recognize(self, page: Page, home_country: str | None) -> list[PlaceMention]:
        """Places in order; of two readings of one name that in the article's country wins."""
        text = page.reading.text
        found: dict[tuple[int, int], list[str]] = {}
        for term in page.of_kind("place"):
            name = text[term.start : term.end]
            if name != name.upper() and name == name.lower():
                continue
            found.setdefault((term.start, term.end), []).append(term.value)
        mentions = [PlaceMention(start, end, _choose(codes, home_country), "place") for (start, end), codes in found.items()]
        return sorted(mentions, key=lambda p: (p.start, p.end))


def _choose(codes: Sequence[str], home_country: str | None) -> str:
    at_home = [code for code in codes if home_country and code.startswith(home_country)]
    return (at_home or list(codes))[0]

"""Words that an article gives as somebody's own: between quotation marks, or a paragraph that opens with a dash."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extractor.mentions import Span

# Each mark with its partner; „ closes with “, ” or ". Nothing runs over a line's end, where a mark was forgotten.
_QUOTED = re.compile('“[^”\n]*”|«[^»\n]*»|„[^“”"\n]*[“”"]|"[^"\n]*"|「[^」\n]*」|『[^』\n]*』')
# `– The ward is full, – said the head nurse. – Come tomorrow.`
_SPOKEN = re.compile(r"^[–—-] ?[^\n]*[,.!?…] ?[–—-] [^\n]*$", re.MULTILINE)
_FEWEST = 12
"""Characters of a quotation; a shorter one is a name or a word held at arm's length: "zero-dose"."""


def quotations(text: str) -> list[Span]:
    """Passages between quotation marks, marks included, in order."""
    return [Span(match.start(), match.end()) for match in _QUOTED.finditer(text) if match.end() - match.start() >= _FEWEST]


def spoken(text: str) -> Sequence[Span]:
    """Paragraphs that are speech set off by dashes, with the words that say whose."""
    return [Span(match.start(), match.end()) for match in _SPOKEN.finditer(text)]

"""How countries write the numbers of documents: forms of the packs as patterns, and the canonical number of what they find."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.packs import DocumentForm
from extractor.page import Page
from extractor.reading import fold

_YEAR = r"(?:1[3-9]|2[0-6])\d\d"
_SLOTS = {
    "n": r"\(?(?P<n>\d{1,3}(?:[. ]\d{3})+|\d{1,6})(?!\d)\)?",
    "y": rf"(?P<y>{_YEAR})(?!\d)",
    "yy": r"(?P<yy>\d\d)(?!\d)",
    "sy": r"(?P<sy>\d\d)(?!\d)",
    "longdate": r"\d{1,2}°? [a-z]+ (?P<y>(?:19|20)\d\d)",
    "serial": r"(?P<serial>\d{7,12})(?!\d)",
    "dotted": r"(?P<dotted>\d{1,3}(?:\.\d{3})+|\d{1,6})(?!\d)",
    "code": r"(?P<code>[\w./()\[\]〔〕-]*[\w)\]])",
    "letter": r"(?P<letter>\d{1,5}[^\W\d_]?)(?![\w-])",
    "points": r"(?P<points>\d{3}(?:\.\d+)*)(?!\d)",
    "short": r"(?<!\d)\d{1,2}(?!\d)(?!年)",
    "anyyear": _YEAR,
    "erayear": r"(?P<erayear>[\u3400-\u9fff]{2} ?(?:\d{1,2}|元) ?年)",
    "cjk": r"(?P<cjk>[\u3400-\u9fff]{1,12})",
}
_LAST_SHORT_YEAR = 39
"""Up to it the two digits of a year are of this century: law 833/78 is of 1978."""
_TERM = re.compile(r"(?:19|20)\d\d-20\d\d")
_TEMPLATE_PART = re.compile(r"\{\w+\}|\[[^\]]*\]|\((?:[^)\\]|\\.)*\)|(?:\\.|[^\[\]{}()\\])+")
_ESCAPED = re.compile(r"\\(.)")


@dataclass(frozen=True, slots=True)
class Form:
    """A document form, compiled on folded text."""

    rule: DocumentForm
    pattern: re.Pattern[str]


def form_pattern(shape: str, *, fold_marks: bool) -> str:
    """A form as a regular expression over folded text."""
    parts: list[str] = []
    for part in _TEMPLATE_PART.findall(shape):
        if part.startswith("{"):
            parts.append(_SLOTS[part[1:-1]])
        elif part.startswith(("[", "(")):
            inner = "|".join(form_pattern(option, fold_marks=fold_marks) for option in part[1:-1].split("|"))
            parts.append(f"(?:{inner}){'?' if part.startswith('[') else ''}")
        else:
            parts.append(r" {0,2}".join(re.escape(p) for p in re.split(r"\s+", fold(_ESCAPED.sub(r"\1", part), fold_marks=fold_marks))))
    return "".join(parts)


def canonical_number(rule: DocumentForm, match: re.Match[str], page: Page) -> str:
    """The canonical number; separators in thousands go, letters stay as written."""
    slots = {name: page.reading.text[match.start(name) : match.end(name)] for name, value in match.groupdict().items() if value is not None}
    if "n" in slots:
        slots["n"] = re.sub(r"[. ]", "", fold(slots["n"], fold_marks=False))
    for name in ("y", "yy"):
        if name in slots:
            slots[name] = fold(slots[name], fold_marks=False)
    if "sy" in slots:
        slots["y"] = f"{19 if int(slots['sy']) > _LAST_SHORT_YEAR else 20}{slots['sy']}"
    whole = page.reading.text[match.start() : match.end()].strip()
    return rule.number.format_map({"all": whole, "n": "", "y": "", "yy": "", "code": "", "cjk": "", **slots})


def cut(folded: str, match: re.Match[str]) -> bool:
    """A match that begins or ends inside a longer number or word, or that is a term of years: `mandato 2025-2030`."""
    if _TERM.fullmatch(match.group().strip()):
        return True
    after = folded[match.end() : match.end() + 2]
    if after[:1].isdigit() and folded[match.end() - 1].isdigit():
        return True
    if after[:1] in ".,/-" and after[1:2].isdigit():
        return True
    before = folded[max(0, match.start() - 2) : match.start()]
    return folded[match.start()].isdigit() and (before[-1:].isdigit() or (before[-1:] in ("/", "-", ".") and before[:1].isdigit()))

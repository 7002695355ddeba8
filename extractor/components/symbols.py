"""Vietnamese document symbols in any language's text: `72-NQ/TW`, `201/QD-TTg`, `15/2023/QH15`; several that share one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import accumulate

from extractor.components.date_templates import UNSPACED
from extractor.components.written_marks import number_ahead_of_symbol, number_behind_symbol, number_counter
from extractor.knowledge_base import Knowledge
from extractor.mentions import DocumentMention, TermMention

_THOUSANDS = re.compile(r"(\d{1,2})[.,](\d{3})")
"""A number as a translation may write it: `1.246/QD-TTg`."""
_WORD, _SHORT_WORD = 8, 3
_REACH = 24
"""Characters in which a number that shares a symbol is looked for."""


@cache
def _symbols() -> tuple[re.Pattern[str], ...]:
    """In folded text; the barred d may be lost, and a translation may leave the symbol behind its words: 第54`号计划`/KH-UBND.
    Of the last the slash was lost: `2764 UBND-KGVX`."""
    before, behind = r"(?<![a-z0-9đ/-])(?<!\d\.)", r"(?![a-z0-9đ/])"  # No.12/2023/NQ-HDND; no 246 of 1.246/QD-TTg
    words = rf"(?: ?{number_counter()}[\u4e00-\u9fff\uac00-\ud7a3]{{0,4}})?"
    thousands, point = r"\d{1,2}[.,]\d{3}", r"(?:\.\d)?"
    issuer = r"(?P<i>[a-zđư]+\d{0,2}(?:-[a-zđư]+)*)"
    body = rf"(?P<qh>qh\d{{1,2}}|ubtvqh\d{{1,2}}|(?P<t>[a-zđ]{{1,5}}) ?- ?{issuer})"
    return (
        re.compile(rf"{before}(?P<n>{thousands}|\d{{1,5}}{point}){words} ?/ ?(?P<y>(?:19|20)\d\d){words} ?/ ?{body}{behind}"),
        re.compile(rf"{before}(?P<n>{thousands}|\d{{1,5}}[a-z]?{point}){words} ?/ ?(?P<t>[a-zđ]{{1,6}}) ?- ?{issuer}{behind}"),
        re.compile(rf"{before}(?P<n>\d{{1,4}}){words} ?- ?(?P<t>[a-zđ]{{2,5}}) ?/ ?(?P<i>[a-zđư]{{2,6}}){behind}"),
        re.compile(r"(?<![a-z0-9đ/.,-])(?P<n>\d{1,5}) (?P<t>[a-zđ]{1,6})-(?P<i>[a-zđư]{2,}(?:-[a-zđư]+)*)(?![a-z0-9đ/-])"),
    )


def symbols(folded: str, text: str, knowledge: Knowledge) -> Iterator[DocumentMention]:
    """All whole symbols of a text, of which `folded` is the reading without marks."""
    if "/" not in folded and "-" not in folded:
        return
    for pattern in _symbols():
        for match in pattern.finditer(folded):
            document = _vietnamese(match, text, knowledge)
            if document is not None:
                yield document


def sharing(folded: str, whole: Sequence[DocumentMention], types: Sequence[TermMention], number_word: re.Pattern[str]) -> Iterator[DocumentMention]:
    """Numbers that share the symbol of the whole one beside them; ahead of it only right behind a type word or a word for number."""
    ends = {word.end for word in types}
    for document in whole:
        own = re.match(r"\d+", document.number or "")
        if own is None:
            continue
        ahead = number_ahead_of_symbol().search(folded, max(0, document.start - _REACH), document.start)
        if (
            ahead is not None
            and _parts_numbers(folded[ahead.end("n") : document.start])
            and (_opened(folded, ahead.start(), ends) or _ends_with(number_word, folded, ahead.start()))
        ):
            yield _with_number(document, own, ahead.start("n"), ahead.end("n"), ahead["n"])
        behind = number_behind_symbol().match(folded, document.end)
        if behind is not None and _ends_with(number_word, folded, behind.start("n")):
            yield _with_number(document, own, behind.start("n"), behind.end("n"), behind["n"])


def _parts_numbers(between: str) -> bool:
    """Whether one number and the next may share a symbol: where words are not written apart, a comma, a word for number or a short one
    parts them, while in 第17`回会議で決議第`14/2023 a meeting stands between."""
    return len(between) <= _SHORT_WORD or UNSPACED.search(between) is None or re.match(rf" ?(?:[,、，・]|{number_counter()})", between) is not None


def _ends_with(number_word: re.Pattern[str], folded: str, at: int) -> bool:
    """A word for number stands right before an offset, perhaps with a clitic on it: `No. `, `第`, و`رقم`."""
    before = folded[max(0, at - _REACH) : at].rstrip()
    word = re.split(r"\s", before)[-1]
    return any(number_word.fullmatch(word, cut) or number_word.fullmatch(word[cut:]) for cut in range(len(word)) if len(word) - cut <= _WORD)


def _opened(folded: str, at: int, ends: set[int]) -> bool:
    return at in ends or (folded[at - 1 : at] == " " and at - 1 in ends)


def _with_number(document: DocumentMention, own: re.Match[str], start: int, end: int, number: str) -> DocumentMention:
    return replace(document, start=start, end=end, number=number + (document.number or "")[own.end() :], rule="shared symbol")


def _vietnamese(match: re.Match[str], text: str, knowledge: Knowledge) -> DocumentMention | None:
    groups = match.groupdict()
    number = _THOUSANDS.sub(r"\1\2", match["n"])
    year = f"/{match['y']}" if groups.get("y") else ""
    if groups.get("qh") and not groups.get("t"):
        symbol = match["qh"].upper()
        kind = "law" if symbol.startswith("QH") else "ordinance"
        issuer = "national_assembly"
        return DocumentMention(match.start(), match.end(), f"{number}{year}/{symbol}", kind, issuer, "VN", None, "QH")
    type_ = knowledge.symbols.types.get(_plain(match["t"]))
    parts = match["i"].split("-")
    ends = [*accumulate((len(part) + 1 for part in parts), initial=match.start("i"))]  # in the text any dash may part them: QĐ–UBND
    issuers = [_issuer(text[at : at + len(part)], part, knowledge.symbols.issuers) for part, at in zip(parts, ends, strict=False)]
    spelled = [issuer[0] if issuer else text[at : at + len(part)].upper() for issuer, part, at in zip(issuers, parts, ends, strict=False)]
    if type_ is None:
        own = knowledge.symbols.issuers.get(_plain(match["t"]))
        if own is None or (not all(issuers) and "/" not in match.group() and not text[match.start() : match.end()].isupper()):
            return None
        letter = "-".join([own[0], *spelled])
        return DocumentMention(match.start(), match.end(), f"{number}{year}/{letter}", "official_letter", own[1], "VN", None, "letter")
    assembly = re.fullmatch(r"(?:ubtv)?qh\d{1,2}", parts[0])
    if issuers[0] is None and assembly is None and (len(parts[0]) > 8 or "/" not in match.group()):
        return None
    tail = "-".join(spelled)
    issuer_id = "national_assembly" if assembly else issuers[0][1] if issuers[0] else None
    party = "-" in match.group()[: match.start("i") - match.start()] and match.group().rstrip().rfind("/") > match.group().find("-")
    written = f"{number}-{type_[0]}/{tail}" if party else f"{number}{year}/{type_[0]}-{tail}"
    return DocumentMention(match.start(), match.end(), written, type_[1], issuer_id, "VN", None, "symbol")


def _issuer(written: str, folded: str, issuers: Mapping[str, tuple[str, str]]) -> tuple[str, str] | None:
    """The issuer by its letters as they are written, else without their marks."""
    return issuers.get(written.lower()) or issuers.get(_plain(folded))


def _plain(symbol: str) -> str:
    return symbol.replace("đ", "d").replace(" ", "")

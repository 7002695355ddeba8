"""A text as the recognisers read it: composed, cleaned and folded, with the way back to the source.

>>> reading = read("Bệnh\\u200b viện", fold_marks=False)
>>> reading.text, reading.source[slice(*reading.to_source(0, 9))]
('Bệnh viện', 'Bệnh\\u200b viện')
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

# Invisible characters that never carry meaning: soft hyphen, Arabic tatweel, zero-width space and
# joiners, bidirectional marks, embeddings and isolates, word joiner, byte order mark; Arabic vowel signs.
_INVISIBLE = "\u00ad\u0640\u064b-\u0652\u0670\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff"
_APART = "\u0e4d(?P<tone>[\u0e48-\u0e4b]?)\u0e32|\u0e40\u0e40"
"""Thai vowels typed in two parts: ํา for ำ, a tone mark between them or not, and เเ for แ."""
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹ"
_PINYIN = f"(?<=[\u3400-\u9fff])\\((?=[a-z]{{0,3}}[{_TONED}])[a-zü{_TONED}]{{1,6}}\\)"
"""How a Chinese character is said, in brackets behind it, as pages that were turned into traditional characters have it: 7萬`(wàn)`例."""
_NOT_READ_AS_IS = re.compile(f"[{_INVISIBLE}\u0300-\u036f\ud800-\udfff\x00-\x08\x0b\x0e-\x1f\x7f]|{_APART}|{_PINYIN}")
_INVISIBLE_RUN = re.compile(f"[{_INVISIBLE}]+")
_SAID = re.compile(f"{_PINYIN}$")
_UNREADABLE = re.compile("[\ud800-\udfff\x00-\x08\x0b\x0e-\x1f\x7f]")
# A base character with the combining marks that NFC may join to it.
_COMPOSABLE = re.compile("[^\u0300-\u036f][\u0300-\u036f]+")

_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d"
_APOSTROPHES = "\u2018\u2019\u02bc\u00b4\u0060\uff07"
# Letters that Unicode does not decompose, or that a language writes in two ways.
_LETTERS = {
    "đ": "d", "ð": "d", "ø": "o", "ł": "l", "ı": "i", "ħ": "h", "ŧ": "t", "ß": "s",
    "أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ة": "ه", "ک": "ك", "ؤ": "و", "ئ": "ي",
}  # fmt: skip
_PUNCTUATION = {
    "٪": "%",
    "٫": "٫",
    "٬": "٬",
    "／": "/",
    "⁄": "/",
    "∕": "/",
    "：": ":",
    "．": ".",
    "，": ",",
    "、": "、",
    "∼": "~",
    "〜": "~",
    "˜": "~",
}
_NARROWEST, _WIDEST, _FEWEST_WRAPS = 50, 100, 5
_ITEM = re.compile(r"\s*(?:[-*•·–—] |\d{1,2}[.)] )")
"""What opens a line of a list."""
_TORN = re.compile(r"[^\W_][,)]?$")
"""What ends a line within a sentence."""
_LONG_LINE = 30
"""Characters of a line that goes on in the next, at least, where the lines have no width."""


@dataclass(frozen=True, slots=True)
class Reading:
    """`text` and `folded` have one length; offsets of both are offsets of mentions."""

    source: str
    text: str
    folded: str
    offsets: tuple[int, ...] | None
    """Source offset of each character of `text`, and of its end; None where they are the same."""

    def to_source(self, start: int, end: int) -> tuple[int, int]:
        """Offsets into the source of the span [start, end) of the reading."""
        if self.offsets is None:
            return start, end
        return self.offsets[start], self.offsets[end - 1] + self._width(end - 1)

    def from_source(self, offset: int) -> int:
        """Offset into the reading of the character that holds a source offset."""
        if self.offsets is None:
            return offset
        return max(0, bisect_right(self.offsets, offset) - 1)

    def _width(self, at: int) -> int:
        """Source characters that became one: a base and its marks, without invisible ones after it."""
        assert self.offsets is not None
        first = self.offsets[at]
        # A digit and a mark that don't compose stay two characters of one source offset: the next other one ends them.
        raw = self.source[first : self.offsets[bisect_right(self.offsets, first, at)]]
        while raw and _INVISIBLE_RUN.fullmatch(raw[-1]):
            raw = raw[:-1]
        return max(1, len(_SAID.sub("", raw)))


class _FoldTable(dict[int, int]):
    """Code point → folded code point, filled as characters are met."""

    def __init__(self, *, fold_marks: bool) -> None:
        super().__init__()
        self._fold_marks = fold_marks

    def __missing__(self, code: int) -> int:
        folded = ord(_fold_character(chr(code), fold_marks=self._fold_marks))
        self[code] = folded
        return folded


@cache
def _fold_table(fold_marks: bool) -> _FoldTable:
    return _FoldTable(fold_marks=fold_marks)


def _one_of(characters: str, character: str) -> bool:
    return re.match(f"[{characters}]", character) is not None


def _fold_character(character: str, *, fold_marks: bool) -> str:
    """One character for one: lower case, one kind of digit, space, dash, apostrophe; marks off if asked."""
    if _one_of(_SPACES, character):
        return " "
    if _one_of(_DASHES, character):
        return "-"
    if _one_of(_APOSTROPHES, character):
        return "'"
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    if "\uff01" <= character <= "\uff5e":
        character = chr(ord(character) - 0xFEE0)
    elif "\U0001d400" <= character <= "\U0001d6a3":  # 𝒄𝒂𝒔, 𝐜𝐚𝐬: mathematical letters, written for slanted and bold ones
        character = unicodedata.normalize("NFKC", character)
    character = _PUNCTUATION.get(character, character)
    lower = character.lower()
    if len(lower) != 1:  # İ becomes i and a combining dot
        lower = lower[0]
    if not fold_marks:
        return lower
    if lower in _LETTERS:
        return _LETTERS[lower]
    return _base_letter(lower)


def _base_letter(letter: str) -> str:
    """é → e, й → и; only for alphabets in which a mark is an ornament, never for Indic vowels or Hangul."""
    if not ("\u00c0" <= letter <= "\u04ff" or "\u1e00" <= letter <= "\u1fff"):
        return letter
    base, *marks = list(unicodedata.normalize("NFD", letter))
    return base if marks and all(unicodedata.combining(mark) for mark in marks) else letter


def fold(text: str, *, fold_marks: bool) -> str:
    """Fold a text character by character; the length stays the same."""
    return text.translate(_fold_table(fold_marks))


def read(source: str, *, fold_marks: bool) -> Reading:
    """Prepare a text for recognition. Clean, composed text is read as it is, lines that were broken at a width as one."""
    text, offsets = (source, None) if _NOT_READ_AS_IS.search(source) is None else _compose(source)
    text = _unwrap(text)
    return Reading(source, text, fold(text, fold_marks=fold_marks), offsets)


def _unwrap(text: str) -> str:
    """Spaces for the line breaks of a text that was broken at a width, as agencies and mails do; of any other text nothing is changed."""
    lines = text.split("\n")
    if len(lines) <= _FEWEST_WRAPS:
        return text
    width = max(map(len, lines))
    pairs = [(at, first, second) for at, (first, second) in enumerate(pairwise(lines)) if first.strip() and second.strip()]
    wrapped: set[int] = set()
    if _NARROWEST <= width <= _WIDEST:
        wrapped = {at for at, first, second in pairs if len(first) + 1 + len(second.split()[0]) > width and not _ITEM.match(second)}
    else:  # the lines of each paragraph as its source broke them, the first mostly longer: small letters go on
        wrapped = {at for at, first, second in pairs if len(first) >= _LONG_LINE and second[0].islower() and _TORN.search(first)}
    if len(wrapped) < max(_FEWEST_WRAPS, len(pairs) / 2):
        return text
    return "".join(line + (" " if at in wrapped else "\n") for at, line in enumerate(lines))[:-1]


def clean(phrase: str) -> str:
    """The text that recognisers would read, not folded: of a phrase of a lexicon."""
    return phrase if _NOT_READ_AS_IS.search(phrase) is None else _compose(phrase)[0]


def _compose(source: str) -> tuple[str, tuple[int, ...]]:
    """Drop invisible characters, compose letters with their marks, keep each one's source offset."""
    kept: list[str] = []
    offsets: list[int] = []
    at = 0
    for gap in _NOT_READ_AS_IS.finditer(source):
        if gap.start() < at:
            continue
        run = _COMPOSABLE.match(source, gap.start() - 1) if gap.start() > at else None
        upto = gap.start() - 1 if run else gap.start()
        kept.append(source[at:upto])
        offsets.extend(range(at, upto))
        if run:
            composed = unicodedata.normalize("NFC", run.group())
            kept.append(composed)
            offsets.extend([upto] * len(composed))
            at = run.end()
            continue
        at = gap.end()
        if gap["tone"] is not None or gap.group() == "\u0e40\u0e40":
            vowel = f"{gap['tone']}\u0e33" if gap["tone"] is not None else "\u0e41"
            kept.append(vowel)
            offsets.extend([gap.start()] * len(vowel))
            continue
        if _UNREADABLE.match(gap.group()):
            kept.append(" " if gap.group() < "\x80" else "\ufffd")
            offsets.append(gap.start())
    kept.append(source[at:])
    offsets.extend(range(at, len(source) + 1))
    return "".join(kept), tuple(offsets)

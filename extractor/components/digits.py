"""Numbers in digits: what their separators mean, by the language's and the text's own conventions.

A separator followed by exactly three digits could group or be decimal (`1.645`). The text's own
unambiguous numbers decide; where they are silent, three digits after one separator are a group,
which in health news is right far more often than a third decimal.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from extractor.components.written_marks import picture_height

# One number in digits, in folded text: digits with separators between them.
# 64・70人 is a decimal in Japanese papers, 8・9月 are two months; 13・8日 and 0・7日 cannot be two days in order.
DIGITS = re.compile(r"(?<!\d)(?:0|\d\d)・\d(?=日)|\d+(?:[.,'٫٬]\d+)*(?:・\d+(?![\d・月日年号]))?(?: \d{3}(?!\d)(?:[.,٫]\d+)?)*")
_DECIMALS_IN_A_ROW = re.compile(r"\d{1,3}\.\d{1,2}(?:,\d{1,3}\.\d{1,2})+")
"""Decimals that no space parts: `149.24,134.52,130.20`."""
SPACE_GROUPS = re.compile(r"\d{1,3}(?: \d{3})+(?:[.,٫]\d+)?")
_GROUPS_OF_THREE = re.compile(r"\d{1,3}(?:[.,'٬ ]\d{3})+")
_THREE_AT_END = re.compile(r"[.,]\d{3}$")
_LAKH_GROUPS = re.compile(r"\d{1,2}(?:,\d{2})+,\d{3}")
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_CLITIC = re.compile("[\u0620-\u064a]")
"""Arabic conjunctions and prepositions are written onto the number: و66."""
_MINUS = "-△▲"
_LISTED = re.compile(r"[^\W\d] - \d")
_LIST_REACH = 150
"""`Arad - 517, Sibiu -170`: beside such dashes one written without its space is no minus; so many characters are looked at either side."""
_BEFORE_DASH, _DASH_REACH = re.compile(r"(?<![^\W_])([0-9]+(?:[.,][0-9]+)*) -$"), 16
_DIGIT_GROUPS, _OF_THREE = re.compile("[0-9]+"), 3
TEMPERATURES = re.compile(r"[+-]\d{1,2}(?:\.{2,3}|…)[+-]?\d{1,2}(?!\d)")
"""A forecast: `+5...+6`."""
_CODE, _CODE_REACH = re.compile(r"(?<![^\W\d])(?!c?m[23]/)[a-zа-я]{1,4}\d{1,4}/$"), 9
"""What makes of the number behind it a part of a name: `ME2/23`; no unit: `m2/10.000`."""
_LOST_SPACE, _LOST_REACH = re.compile(r"[^\W\d_]{4}$"), 4
"""Letters of a word that is written onto a number with groups of three: no name has such a figure."""
_WORD_END, _SHARE_SIGNS = re.compile(r"[^\W\d_]{2}$"), ("%", "٪", "‰")
"""Letters before and a sign of shares behind: no name has both, and not one digit alone (CO2%)."""
_BULLET = re.compile("(?:^|[\\s,:;：]) ?([△▲]) ?[^\\W\\d_]")
"""A triangle before a word opens an item of a list, and then before a number too."""
TYPED_RATE = re.compile(r"%(0{1,3}|[oо]{1,3})(?!\w)")
"""Per mille and beyond as typed without the sign: `0,5%0`, `12,3 %o`, `45,6%ooo` per 100,000."""
_RATE_REACH = 4
_RATE = re.compile("[\u3400-\u9fff]{3}-[0-9]+(?:[.][0-9]|[%‰])")
"""A word for a rate, no number in it, and what it is, below zero."""
_HIRAGANA = re.compile("[\u3041-\u309f]")
"""The letters of particles, onto which a figure is written: 自然増減数は-8288人."""


@dataclass(frozen=True, slots=True)
class Convention:
    """What `.` and `,` mean in one text."""

    decimals: frozenset[str]
    """Signs seen as decimal where nothing else was possible."""
    groups: frozenset[str]
    """Signs seen grouping where nothing else was possible."""
    decimal: str
    """The language's decimal sign."""
    mixed: str = ""
    """Where both signs are seen as decimal, the one that is so more often."""
    before_nouns: frozenset[str] = frozenset()
    """Signs before three digits of numbers without a scale word: beside 1.500 beds, 4.860 billion is four thousand."""

    rounds: frozenset[str] = frozenset()
    """Signs before three digits that end in zeros, which are no decimals: nobody writes 54.000 billion for 54, or 1.250 for 1.25."""

    def reads_as_decimal(self, sign: str, *, before_scale: bool) -> bool:
        """Whether one `sign` before exactly three digits is decimal: `1,234 milliard` yes, `1,645` no."""
        if sign in self.rounds:
            return False
        if self.mixed:  # 75.2 years and 82,6 %: three digits group, but before a scale word where the sign is mostly decimal
            return before_scale and sign == self.mixed == self.decimal
        if sign in self.groups or (self.decimals and sign not in self.decimals):
            return False
        if before_scale and sign == self.decimal:
            return sign in self.decimals or sign not in self.before_nouns
        return sign in self.decimals and sign == self.decimal and bool(self.groups - {sign})


def infer_convention(folded: str, decimal: str, scales: tuple[str, ...]) -> Convention:
    """Read the unambiguous numbers of a text: `33.6` and `2.124.682` say what the dot means."""
    decimals: Counter[str] = Counter()
    groups = set()
    before_nouns = set()
    rounds = set()
    scaled: dict[str, set[bool]] = {}
    for match in DIGITS.finditer(folded):
        number = match.group()
        signs = [c for c in number if c in ".,"]
        if len(signs) == 1 and _THREE_AT_END.search(number) and not number.startswith("0"):
            if number.endswith("00"):
                rounds.add(signs[0])
            elif scale_follows(folded, match.end(), scales):
                scaled.setdefault(signs[0], set()).add(number.endswith("0"))
        if not signs:
            if " " in number:
                groups.add(" ")
            continue
        last = signs[-1]
        fraction = number.rpartition(last)[2]
        if len(set(signs)) == 2 and signs.count(last) == 1:
            decimals[last] += 1
            groups.update(set(signs) - {last})
        elif len(signs) > 1 and _GROUPS_OF_THREE.fullmatch(number):
            groups.add(last)
        elif len(signs) == 1 and len(fraction) != 3:
            decimals[last] += 1
        elif len(signs) == 1 and not scale_follows(folded, match.end(), scales):
            before_nouns.add(last)
    rounds |= {sign for sign, round_ones in scaled.items() if round_ones == {True}}
    mixed = max(decimals, key=lambda sign: (decimals[sign], sign == decimal)) if len(decimals) > 1 else ""
    return Convention(frozenset(decimals.keys() - groups), frozenset(groups), decimal, mixed, frozenset(before_nouns), frozenset(rounds))


def read_digits(number: str, convention: Convention, *, before_scale: bool) -> tuple[Decimal, bool] | None:
    """Value of a number in digits, and whether its separators could be read in one way only."""
    number = number.replace(" ", "").replace("'", "").replace("٬", "").replace("٫", "\x00").replace("・", "\x00")
    signs = [c for c in number if c in ".,"]
    if not signs:
        return Decimal(number.replace("\x00", ".")), True
    last = signs[-1]
    if "\x00" in number:
        return Decimal(re.sub("[.,]", "", number).replace("\x00", ".")), True
    head, _, tail = number.rpartition(last)
    if len(set(signs)) == 2:
        other = re.sub(f"[{re.escape(last)}]", "", "".join(sorted(set(signs))))
        if signs.count(last) > 1 or not (_GROUPS_OF_THREE.fullmatch(head) or _LAKH_GROUPS.fullmatch(head)):
            return None
        return Decimal(f"{head.replace(other, '')}.{tail}"), True
    if len(signs) > 1:
        if _GROUPS_OF_THREE.fullmatch(number) or _LAKH_GROUPS.fullmatch(number):
            return Decimal(number.replace(last, "")), True
        return None
    if len(tail) == 3 and 0 < len(head) <= 3 and not head.startswith("0"):
        decimal = convention.reads_as_decimal(last, before_scale=before_scale)
        certain = last in convention.groups or last != convention.decimal
        return Decimal(f"{head}.{tail}" if decimal else head + tail), certain
    return Decimal(f"{head}.{tail}"), True


def in_a_row(folded: str, start: int, end: int) -> list[tuple[int, int]]:
    """The spans of the decimals in a run that a comma parts and no space, each with its point; else the run itself."""
    if _DECIMALS_IN_A_ROW.fullmatch(folded, start, end) is None:
        return [(start, end)]
    commas = [at for at in range(start, end) if folded[at] == ","]
    return list(zip([start, *(comma + 1 for comma in commas)], [*commas, end], strict=True))


def scale_follows(folded: str, end: int, scales: tuple[str, ...]) -> bool:
    """A scale word or percent sign right after a number: `1,234 milliard`."""
    rest = folded[end : end + 14].lstrip(" ")
    return rest.startswith(("%", *scales))


def bullets(folded: str) -> frozenset[str]:
    """The triangles that a text opens items of lists with: `▲사망 12명 ▲1~18세 30명`."""
    return frozenset(match[1] for match in _BULLET.finditer(folded))


def has_minus(folded: str, start: int, end: int, no_minus: Collection[str] = ()) -> bool:
    """A minus sign that is no hyphen, dash of a range or bullet: ` -5`, `(-5`, `△5`, `增长率-0.99‰`."""
    if start == 0 or folded[start - 1] not in _MINUS or folded[start - 1] in no_minus:
        return False
    if folded[start - 1] != "-" or _RATE.match(folded, max(0, start - _RATE_REACH), end + 1):
        return True
    if start >= 2 and _HIRAGANA.match(folded, start - 2):
        return True
    if start < 2 or folded[start - 2] not in " (:：（":
        return False
    if _ends_a_range(folded, start, end):
        return False
    listed = folded[start - 3 : start - 2].isalpha() and _LISTED.search(folded, max(0, start - _LIST_REACH), end + _LIST_REACH)
    return not listed


def _ends_a_range(folded: str, start: int, end: int) -> bool:
    """A dash with a space before it alone, between two figures of which the second is larger: 15 -49 years."""
    lower = _BEFORE_DASH.search(folded, max(0, start - _DASH_REACH), start)
    return lower is not None and _magnitude(lower[1]) < _magnitude(folded[start:end])


def _magnitude(number: str) -> float:
    """What a figure is, as far as it orders two that are written alike: groups of three digits are thousands."""
    parts = _DIGIT_GROUPS.findall(number)
    return float("".join(parts)) if all(len(part) == _OF_THREE for part in parts[1:]) else float(".".join(parts[:2]))


def is_glued(folded: str, start: int, end: int) -> bool:
    """Digits that are part of a name or sign: COVID-19, H5N1, B12, 1st-A, the week S17/2024, 0,5%0."""
    before = folded[start - 1] if start else " "
    if before == "%" and TYPED_RATE.fullmatch(folded, start - 1, end):
        return True
    if _LOST_SPACE.search(folded, max(0, start - _LOST_REACH), start) and _GROUPS_OF_THREE.fullmatch(folded, start, end):
        return False  # recensé9.011
    if end - start > 1 and folded[end : end + 1] in _SHARE_SIGNS and _WORD_END.search(folded, max(0, start - 2), start):
        return False  # BCG98,1%
    if before.isalpha() and not UNSPACED.match(before) and not _CLITIC.match(before):
        return True
    if before in "_#@" or (before in ".," and start >= 2 and folded[start - 2].isdigit()):
        return True
    if before == "/" and _CODE.search(folded, max(0, start - _CODE_REACH), start):
        return True
    if before == "-" and start >= 2 and folded[start - 2].isalpha() and not UNSPACED.match(folded[start - 2]):
        return True
    after = folded[end : end + 1]
    return after in ("_", "@") or (after in ("x", "х", "×") and picture_height().match(folded, end) is not None)

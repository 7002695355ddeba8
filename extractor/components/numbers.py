"""Numbers in digits and words, put together from their parts: 2,5 million, three hundred and five thousand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property
from math import prod

from extractor.components.digits import (
    DIGITS,
    SPACE_GROUPS,
    TEMPERATURES,
    UNSPACED,
    Convention,
    bullets,
    has_minus,
    in_a_row,
    infer_convention,
    is_glued,
    read_digits,
    scale_follows,
)
from extractor.mentions import NumberMention, Span, Spans, TermMention
from extractor.packs import NumberRules
from extractor.reading import Reading, fold

_GLUED_WORD = len("over")
_PER_WORD = len("per")
_POWER_OF_TEN = re.compile(r"1(?:0{2,6}|0{0,2}[.,]000)(?![\d.,]?\d)")
_MAX_DIGITS = 30
_LONGEST_MINUS = 16
"""Characters of a word for a figure below nought, at most."""
_HAN = re.compile("[\u3400-\u9fff]")
_HANGUL = re.compile("[\uac00-\ud7af]{2}")
_POWERS = ("scale", "multiplier", "bare_scale", "bare_multiplier")
_THOUSAND, _MILLION = 1000, 1000000
_HALF = Decimal("0.5")
_NINE = 9
_ROLES = frozenset(("number", "multiplier", "scale", "one", "dual"))
_COUNTED = frozenset(("indicator", "counted", "concept"))
_FIGURE = re.compile(r"\d[\d.,]*$")
_DECIMALS = re.compile(r"\d{1,3}[.,]\d{1,2}")
_LONGEST = 16
"""Parts of one number, at most."""


@dataclass(frozen=True, slots=True)
class _Atom:
    """A part of a number: digits, or a word with its role."""

    start: int
    end: int
    role: str
    """digits, number, multiplier, scale, one, dual, bare_scale, half_before, half_after"""
    value: Decimal
    certain: bool = True
    high: Decimal | None = None
    """The upper of two figures named side by side: 两三, 七八."""


@dataclass(slots=True)
class _Sum:
    """The running value of a number in words: three hundred and five thousand two hundred."""

    total: Decimal = Decimal(0)
    hundreds: Decimal = Decimal(0)
    units: Decimal | None = None
    room: Decimal = Decimal("Infinity")
    """The next unit has to be below this."""
    last_scale: Decimal = Decimal("Infinity")
    after_scale: bool = False

    @property
    def group(self) -> Decimal:
        return self.hundreds + (self.units or 0)

    @property
    def value(self) -> Decimal:
        return self.total + self.group


@dataclass(frozen=True)
class Numbers:
    """Finds numbers of one language."""

    rules: NumberRules
    decimal: str
    """The language's decimal sign."""

    def recognize(self, reading: Reading, terms: Sequence[TermMention]) -> list[NumberMention]:
        """All numbers of a text, names with digits in them left out (COVID-19, H5N1)."""
        atoms = [*self._digit_atoms(reading, terms), *self._word_atoms(reading, terms), *_letter_scales(reading.folded, terms)]
        atoms = sorted([*atoms, *_halves(reading.folded, atoms, terms)], key=lambda a: (a.start, -a.end))
        connectors = {term.start: term.end for term in terms if term.entry.kind == "connector"}
        return list(self._compose(reading, _side_by_side(_without_overlaps(atoms)), connectors))

    @cached_property
    def _scales(self) -> tuple[str, ...]:
        return tuple(scale.lower() for scale in self.rules.scales)

    @cached_property
    def _minus(self) -> re.Pattern[str]:
        words = {fold(word, fold_marks=marks) for word in self.rules.minus_words for marks in (True, False)}
        whole = (re.escape(word) if UNSPACED.match(word) else rf"(?<![^\W\d_]){re.escape(word)}" for word in sorted(words))
        return re.compile(rf"(?:{'|'.join(whole)}) ?$" if words else r"(?!)")

    def _digit_atoms(self, reading: Reading, terms: Sequence[TermMention]) -> Iterator[_Atom]:
        folded = reading.folded
        convention = infer_convention(folded, self.decimal, self._scales)
        signs = {term.end for term in terms if _may_be_glued(folded, term)}
        forecasts = Spans(Span(*match.span()) for match in TEMPERATURES.finditer(folded))
        no_minus = bullets(folded)
        named = {term.end for term in terms if term.kind == "disease" and folded[term.end - 1].isdigit()}
        for match in DIGITS.finditer(folded):
            if forecasts.cover(Span(*match.span())):
                continue
            for start, end in self._split_spaces(reading, match.start(), match.end(), named):
                for first, behind in in_a_row(folded, start, end):
                    if behind - first <= _MAX_DIGITS and (first in signs or first > start or not is_glued(folded, first, behind)):
                        yield from self._digit_atom(folded, first, behind, convention, no_minus)

    def _digit_atom(self, folded: str, start: int, end: int, convention: Convention, no_minus: Collection[str]) -> Iterator[_Atom]:
        before_scale = scale_follows(folded, end, self._scales)
        read = read_digits(folded[start:end], convention, before_scale=before_scale)
        if read is None:  # a date or a version: 12.3.2024
            return
        value, certain = read
        if has_minus(folded, start, end, no_minus):
            yield _Atom(start - 1, end, "digits", -value, certain)
        elif self._minus.search(folded, max(0, start - _LONGEST_MINUS), start):
            yield _Atom(start, end, "digits", -value, certain)
        else:
            yield _Atom(start, end, "digits", value, certain)

    def _split_spaces(self, reading: Reading, start: int, end: int, named: Collection[int]) -> Iterator[tuple[int, int]]:
        """Spans of the numbers in a run of digits and spaces: one where the spaces group, else several; `named` are ends of names: COVID-19 120건."""
        name, _, behind = reading.folded[start:end].partition(" ")
        if behind and start + len(name) in named:
            yield start, start + len(name)
            start += len(name) + 1
        run = reading.folded[start:end]
        if " " not in run:
            yield start, end
            return
        if SPACE_GROUPS.fullmatch(run) and not run.startswith("0"):
            yield start, end
            return
        at = start
        for part in run.split(" "):
            yield at, at + len(part)
            at += len(part) + 1

    def _word_atoms(self, reading: Reading, terms: Sequence[TermMention]) -> Iterator[_Atom]:
        bare_scales = {term.start for term in terms if term.entry.kind == "bare_scales"}
        compared = {term.end for term in terms if term.entry.kind == "comparator_before" and _is_unspaced(reading.text, term.start)}
        bare_scales |= compared  # เฉียด`หมื่น`คน, 超`万`人
        ends = {term.end for term in terms if term.entry.kind in _ROLES}
        percents = Spans(term for term in terms if term.entry.kind == "percent")
        scales = {term.start for term in terms if term.entry.kind == "scale"}
        for term in terms:
            if term.entry.kind not in _ROLES or percents.cover(term):  # noventa por `ciento`, soixante pour `cent`
                continue
            if term.start not in ends and _HANGUL.match(reading.folded, max(0, term.start - 1), term.start + 1):
                continue  # 모두 병원 is all, and no two: Hangul is written in words
            if not _is_whole_word(reading.folded, term.start, term.end) and not _is_torn_scale(reading.folded, term):
                continue
            role = "bare_scale" if term.kind in ("scale", "multiplier") and term.start in bare_scales else term.kind
            value, _, high = ("1.0" if role == "one" else term.value).partition(" ")  # 두세: two or three
            name = role if role != "bare_scale" else f"bare_{term.kind}"
            if value == "10.0" and term.end in scales and reading.folded[max(0, term.start - 1) : term.start].isdigit():
                name = "multiplier"  # 1.250十亿: tens of 亿
            yield _Atom(term.start, term.end, name, Decimal(value), high=Decimal(high) if high else None)

    def _compose(self, reading: Reading, atoms: list[_Atom], connectors: dict[int, int]) -> Iterator[NumberMention]:
        at = 0
        last = -1
        while at < len(atoms):
            taken, mention = self._longest_from(reading, atoms, at, connectors)
            behind = last >= 0 and not reading.folded[last : atoms[at].start].strip()
            counted = atoms[at].role == "dual" and behind and atoms[at - 1].role != "dual"  # طبيبين وسريرين are two of each
            if mention is not None and not counted:  # خمسة ممرضين: behind a number the dual's form is a plural's
                yield mention
                last = mention.end
            at += max(taken, 1)

    def _longest_from(self, reading: Reading, atoms: list[_Atom], at: int, connectors: dict[int, int]) -> tuple[int, NumberMention | None]:
        """Number of atoms of the longest number that begins at an atom, and the number."""
        first = atoms[at]
        if first.role == "digits" and first.value < 0:
            parts = [replace(first, value=-first.value), *atoms[at + 1 : at + _LONGEST]]
            taken, mention = self._longest_from(reading, parts, 0, connectors)
            return taken, replace(mention, value=-mention.value) if mention is not None else None
        if first.role in ("scale", "multiplier", "half_after"):
            return 1, None
        positional = _positional_run(atoms, at)
        if positional is not None:
            return positional
        running, taken = _Sum(), 0
        while at + taken < len(atoms):
            atom = atoms[at + taken]
            if taken and not _adjacent(reading.folded, atoms[at + taken - 1], atom, connectors):
                break
            following = atoms[at + taken + 1] if at + taken + 1 < len(atoms) else None
            if following is not None and not _adjacent(reading.folded, atom, following, connectors):
                following = None
            linked = taken > 0 and reading.folded[atoms[at + taken - 1].end : atom.start].strip(" -") != ""
            if not _add(running, atom, following, first=taken == 0, unspaced=_is_unspaced(reading.text, atom.start), linked=linked):
                break
            taken += 1
        if not taken:
            return 1, None
        return taken, self._mention(atoms[at : at + taken], running.value)

    def _highest(self, parts: Sequence[_Atom]) -> Decimal | None:
        """The value of a number of two figures side by side with the upper one: 800 of 七八百."""
        if all(part.high is None for part in parts):
            return None
        running = _Sum()
        for index, part in enumerate(parts):
            following = parts[index + 1] if index + 1 < len(parts) else None
            _add(running, replace(part, value=part.high or part.value), following, first=index == 0, unspaced=True, linked=True)
        return running.value

    def _mention(self, parts: list[_Atom], value: Decimal) -> NumberMention | None:
        roles = {part.role for part in parts}
        digits = "digits" in roles
        scaled = bool(roles & {"scale", "bare_scale", "multiplier", "bare_multiplier"})
        one = roles == {"one"}
        high = self._highest(parts)
        if not digits and not one and value < 2 and high is None:
            return None
        scale = _scale(parts)
        if _written_out(parts):
            value, scaled, scale = parts[0].value, False, None
        return NumberMention(
            parts[0].start,
            parts[-1].end,
            value,
            digits=digits,
            one=one,
            bare=not digits and not scaled,
            scaled=scaled,
            scale=scale,
            certain=all(part.certain for part in parts),
            high=high,
        )


def _letter_scales(folded: str, terms: Sequence[TermMention]) -> Iterator[_Atom]:
    """`$3.2m`, `1.3m residents`: a letter written onto a figure behind a currency or before what is counted; `7.7m`, where no unit begins with it."""
    letters = [term for term in terms if term.entry.kind == "letter_scale" and folded[term.start - 1 : term.start].isdigit()]
    if not letters:
        return
    money = {term.end for term in terms if term.entry.kind == "currency"}
    counted = {term.start for term in terms if term.entry.kind in _COUNTED}
    units = {term.start for term in terms if term.entry.kind == "unit"}
    alone = {term.start for term in terms if term.entry.kind == "letters_after_decimals"} - units
    for letter in letters:
        figure = _FIGURE.search(folded, max(0, letter.start - _MAX_DIGITS), letter.start)
        behind_money = figure is not None and bool({figure.start(), figure.start() - 1} & money)
        behind_decimals = letter.start in alone and figure is not None and _DECIMALS.fullmatch(figure.group()) is not None
        if letter.end + 1 in counted or behind_money or behind_decimals:
            yield _Atom(letter.start, letter.end, "scale", Decimal(letter.value))


def _may_be_glued(folded: str, term: TermMention) -> bool:
    """Currencies stand right before a number, and words of comparison where a page has lost its spaces: `more than200`; not N in H5N1.

    So do words for a denominator before a power of ten: `per1000` births.
    """
    kind = term.entry.kind
    if kind == "per_before":
        return (
            term.end - term.start >= _PER_WORD
            and _POWER_OF_TEN.match(folded, term.end) is not None
            and not folded[term.start - 1 : term.start].isalnum()
        )
    if kind != "currency" and (kind != "comparator_before" or term.end - term.start < _GLUED_WORD):
        return False
    before = folded[term.start - 1 : term.start]
    return not (before.isascii() and before.isalnum())


def _is_torn_scale(folded: str, term: TermMention) -> bool:
    """A scale word behind a figure, where a page has lost the space behind it: 10 `mil`personas."""
    return term.kind == "scale" and folded[max(0, term.start - 2) : term.start - 1].isdigit() and folded[term.end : term.end + 1].isalpha()


def _written_out(parts: Sequence[_Atom]) -> bool:
    """Millions to the cent, with a scale word for the reader: `R$ 52.318.940,27 milhões` are 52 million."""
    figure, powers = parts[0], parts[1:]
    to_the_cent = figure.role == "digits" and figure.value >= _MILLION and figure.value.as_tuple().exponent == -len("27")
    return to_the_cent and [power.value for power in powers] == [_MILLION]


def _scale(parts: Sequence[_Atom]) -> Decimal | None:
    """What the scale words behind the one figure of a number make of it: 10000 in 25万."""
    figure, powers = parts[0], parts[1:]
    if not powers or figure.role not in ("digits", "number") or any(part.role not in _POWERS for part in powers):
        return None
    return prod((part.value for part in powers), start=Decimal(1))


def _add(running: _Sum, atom: _Atom, following: _Atom | None, *, first: bool, unspaced: bool, linked: bool) -> bool:
    """Add an atom to a running number; False where it belongs to another number."""
    if atom.role == "one" and not first and not unspaced and not linked:  # 170 million `a` year; but 一百零一, mil `e um`
        return False
    if atom.role in ("digits", "number", "one", "dual"):
        return _add_unit(running, atom, following, first=first, unspaced=unspaced, linked=linked)
    if atom.role.startswith("half"):
        return _add_half(running, atom, following, first=first)
    if atom.role.endswith("multiplier"):
        if running.units is None and running.hundreds:
            return False
        running.hundreds += (running.units if running.units is not None else 1) * atom.value
        running.units, running.room, running.after_scale = None, atom.value, False
        return True
    return _add_scale(running, atom, first=first)


def _add_unit(running: _Sum, atom: _Atom, following: _Atom | None, *, first: bool, unspaced: bool, linked: bool) -> bool:
    if first:
        running.units, running.room = atom.value, _room_after(atom)
        return True
    if atom.role == "number" and atom.value == 0:  # 两千零五十
        return running.units is None
    inside = running.after_scale or (atom.role == "one" and 1 < running.room < _THOUSAND * _THOUSAND)  # 三千一百, one hundred and one
    if atom.role in ("dual", "one") and not inside:
        return False
    before_scale = following is not None and following.role in _POWERS and following.value < running.last_scale
    if atom.role == "digits":
        again = following is not None and following.role in _POWERS and following.value == _THOUSAND  # 250 ألفا و300 ألف are two
        short = atom.end - atom.start <= len("999")
        rest = running.last_scale == _THOUSAND and short and not again  # tres mil 172 is written 3 mil 172
        whole = running.units if running.room >= _THOUSAND and not running.after_scale and not running.total else None
        if linked and whole is not None and short and not (again and running.room == _THOUSAND):  # ألفين و145, مليونين و200 ألف: one word
            running.total, running.units, running.last_scale, running.room = whole, atom.value, running.room, Decimal(0)
            return True
        below = unspaced and running.units is None and running.hundreds > 0 and atom.value < running.room  # 5만5천976
        if not below and (not running.after_scale or atom.value >= running.last_scale or not (before_scale or unspaced or rest)):
            return False
    elif atom.value >= running.room:
        return False
    elif not running.after_scale and _THOUSAND < running.room <= (running.units or 0):  # مليونين وثلاثمائة ألف: two millions in one word
        running.total, running.units, running.last_scale = running.units or Decimal(0), None, running.room
    running.units = (running.units or Decimal(0)) + atom.value
    running.room, running.after_scale = _room_after(atom), False
    return True


def _add_half(running: _Sum, atom: _Atom, following: _Atom | None, *, first: bool) -> bool:
    """Half a million; a million and a half; two and a half (million)."""
    if first:
        running.units = atom.value
    elif running.after_scale and not (following is not None and following.role in _POWERS):
        running.total += running.last_scale * atom.value
    elif running.units is not None:
        running.units += atom.value
    else:
        return False
    running.room, running.after_scale = Decimal(0), False
    return True


def _add_scale(running: _Sum, atom: _Atom, *, first: bool) -> bool:
    if first:
        running.units = Decimal(1)
    if running.after_scale:  # thousand billion
        running.total *= atom.value
        running.last_scale = min(running.last_scale, atom.value)
        return True
    if running.last_scale == _THOUSAND and atom.value > _THOUSAND and running.group:  # dos mil 870 millones
        running.total, running.hundreds, running.units = running.value * atom.value, Decimal(0), None
        running.room, running.last_scale, running.after_scale = atom.value, atom.value, True
        return True
    if atom.value >= running.last_scale or not running.group:
        return False
    running.total += running.group * atom.value
    running.hundreds, running.units = Decimal(0), None
    running.room, running.last_scale, running.after_scale = atom.value, atom.value, True
    return True


def _room_after(atom: _Atom) -> Decimal:
    """After twenty there is room for one to nine, after a unit for nothing."""
    if atom.role == "digits" or atom.value < 10:
        return Decimal(0)
    value = atom.value
    return Decimal(10) ** (len(str(int(value))) - len(str(int(value)).rstrip("0"))) if value % 10 == 0 else Decimal(0)


def _positional_run(atoms: list[_Atom], at: int) -> tuple[int, NumberMention | None] | None:
    """二〇二五: digits written as characters side by side, two or more."""
    run = [atoms[at]]
    while at + len(run) < len(atoms):
        after = atoms[at + len(run)]
        if after.start != run[-1].end or not (after.role == run[-1].role == "number") or after.value > 9 or run[-1].value > 9:
            break
        run.append(after)
    if len(run) < 2 or any(atom.end - atom.start != 1 for atom in run):
        return None
    value = Decimal("".join(str(int(atom.value)) for atom in run))
    return len(run), NumberMention(run[0].start, run[-1].end, value, digits=True)


def _halves(folded: str, atoms: Sequence[_Atom], terms: Sequence[TermMention]) -> Iterator[_Atom]:
    """Words for half right before a scale word, and those for `and a half` right behind a number or scale word."""
    scales = {atom.start for atom in atoms if atom.role in _POWERS}
    ends = {atom.end: atom.role for atom in atoms}
    for term in terms:
        if term.entry.kind not in ("halves_before", "halves_after") or not _is_whole_word(folded, term.start, term.end):
            continue
        scaled = term.end + folded.startswith((" ", "-"), term.end) in scales
        left = ends.get(term.start - folded.startswith(" ", max(0, term.start - 1)))
        if term.kind == "halves_before" and scaled:
            yield _Atom(term.start, term.end, "half_before", _HALF)
        elif term.kind == "halves_after" and left is not None and (scaled or left != "digits"):  # no half behind a year: in 2020 half of
            yield _Atom(term.start, term.end, "half_after", _HALF)


def _side_by_side(atoms: list[_Atom]) -> list[_Atom]:
    """Two figures named side by side as one that lies between them: 两三, 十四五, 七八(百); three or more are digits: 二〇二五."""
    joined: list[_Atom] = []
    for index, atom in enumerate(atoms):
        left = joined[-1] if joined else None
        following = atoms[index + 1] if index + 1 < len(atoms) else None
        if left is not None and _goes_on(left, atom) and not (following is not None and _is_figure(following) and following.start == atom.end):
            before = joined[-2] if len(joined) > 1 else None
            if before is None or before.end != left.start or not _is_figure(before):
                joined[-1] = replace(left, end=atom.end, role="number", high=left.value + 1)
                continue
        joined.append(atom)
    return joined


def _is_figure(atom: _Atom) -> bool:
    """One to nine in one character of a script without spaces."""
    return atom.role in ("number", "one") and atom.value <= _NINE and atom.end - atom.start == 1


def _goes_on(left: _Atom, right: _Atom) -> bool:
    """Whether a figure is the next one after that which ends right before it."""
    if left.role not in ("number", "one") or left.high is not None or not _is_figure(right) or left.end != right.start:
        return False
    return left.value % 10 == right.value - 1 and left.value % 10 > 0


def _without_overlaps(atoms: list[_Atom]) -> list[_Atom]:
    kept: list[_Atom] = []
    for atom in atoms:
        if kept and atom.start < kept[-1].end:
            continue
        kept.append(atom)
    return kept


def _adjacent(folded: str, left: _Atom, right: _Atom, connectors: dict[int, int]) -> bool:
    """Nothing, a space, a hyphen or a connector word between two parts of one number."""
    gap = folded[left.end : right.start]
    if len(gap) > 8:
        return False
    if not gap.strip(" -"):
        if gap and _HAN.match(folded, left.end - 1) and _HAN.match(folded, right.start):
            return False
        return len(gap) <= 1 or (not gap.strip() and "\n" not in gap)
    if gap.strip() == ")":  # (45) ألف
        return left.role == "digits" and folded[left.start - 1 : left.start] == "(" and right.role in _POWERS
    at = left.end + (len(gap) - len(gap.lstrip(" ")))
    end = connectors.get(at)
    linked = end is not None and not folded[end : right.start].strip(" ")
    return linked and (left.role != "digits" or right.role in _POWERS)


def _is_whole_word(folded: str, start: int, end: int) -> bool:
    if UNSPACED.match(folded[start]):
        return True
    before = folded[start - 1] if start else " "
    after = folded[end : end + 1] or " "
    left = before.isalnum() and not UNSPACED.match(before) and not folded[start].isdigit()
    right = after.isalnum() and not UNSPACED.match(after) and not folded[end - 1].isdigit()
    return (not left and not right) or (before.isdigit() and not right)


def _is_unspaced(text: str, at: int) -> bool:
    """Right behind a character of an unspaced script, with a space between at most: 9만 3천."""
    before = text[max(0, at - 2) : at].rstrip()
    return bool(before) and UNSPACED.match(before[-1]) is not None

"""The templates of a language's dates, expanded into their variants once and looked up by the token that begins them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from itertools import chain, product

from extractor.components.date_values import HAN, Values
from extractor.components.weekdays import weekday_names
from extractor.components.written_marks import linked_year
from extractor.packs import LanguagePack
from extractor.reading import fold

_DAY_BEHIND_MONTH = re.compile(r"\{M2?\}[^{]{0,6}\{d\}")
_NO_RATE = r"(?!\w{1,2}\d)"
"""A figure behind a day alone makes it a rate: `1日に3回` is three times a day."""
_FIGURE = "{n}"
"""In words that stand behind a date, the beginning of a figure."""
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_HAN_LETTER = re.compile("[\u3400-\u9fff]")
_TEMPLATE_PART = re.compile(r"\{\w+\}|\[[^\]]*\]|\((?:[^)\\]|\\.)*\)|(?:\\.|[^\[\]{}()\\])+")
_ESCAPED = re.compile(r"\\(.)")
r"""A bracket that is meant as one: `今\({d}\)日`."""
_FIRST_TOKEN = re.compile(rf"\d+|{UNSPACED.pattern}|[^\W\d_]+|.")
_NAMED_GROUP = re.compile(r"\(\?P<\w+>")
_DIGIT_KEYS = {1: "#2", 2: "#2", 3: "#3", 4: "#4"}
"""Keys of numbers in digits by their length."""
_SLOTS = {
    "d": r"(?P<{s}>3[01]|[12]\d|0?[1-9]{han})(?!\d)",
    "m": r"(?P<{s}>1[0-2]|0?[1-9]{han})(?!\d)",
    "y": r"(?P<{s}>(?:1[3-9]|2[0-7])\d\d{han})(?!\d)",
    "e": r"(?P<{s}>\d{{1,3}}{han})(?!\d)",
    "roc": r"(?P<{s}>1[0-3]\d)(?!\d)",
    "yy": r"(?P<{s}>\d\d)(?!\d)",
    "sy": r"(?P<{s}>\d\d)(?!\d)",
    "decade": r"(?P<{s}>(?:19|20)\d0)",
}
_HAN_SLOTS = {
    "d": "|[二三]?十[一二三四五六七八九]?|[一二三四五六七八九]",
    "m": "|十[一二]?|[一二三四五六七八九]",
    "y": "|[〇○零一二三四五六七八九]{4}",
    "e": "|[一二三四五六七八九十]{1,3}",
}
"""What they may be beside digits in a language that writes its dates in Han letters; in the thousands of patterns of others it would be a burden."""


_REMEMBERED_TOKENS = 1 << 12
_HEAD_PARTS = 3
"""So many parts of a variant tell mostly whether it can match: `{d} {M}`, `{d}/{m}`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """One variant of a template, to be matched at a token."""

    template: str
    family: str
    """date, first_months, last_months, months_to, half, quarter, third, decade, fiscal, fiscal_months, fiscal_half, fiscal_quarter, day …"""
    parts: tuple[str, ...]
    """Patterns of its parts, which it shares with other rules: all month names stand in most of them."""
    head: str
    """Pattern of its first parts, without groups: where it does not match, the rule does not."""

    @property
    def pattern(self) -> re.Pattern[str]:
        """Joined and compiled on first use: a language has thousands of rules, and an article begins few of them."""
        return _compiled(self.parts)


@lru_cache(maxsize=1 << 13)
def _compiled(parts: tuple[str, ...]) -> re.Pattern[str]:
    """Bounded, so that memory stays flat however many rules of how many languages a dump begins."""
    return re.compile("".join(parts))


class Beginning:
    """The rules that can begin with one kind of token."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self._rules = rules

    def possible(self, folded: str, at: int) -> list[Rule]:
        """The rules whose first parts match, in order: one match in place of a hundred tells that there is none."""
        if self._any.match(folded, at) is None:
            return []
        places = [place for pattern, headed in self._heads if pattern.match(folded, at) for place in headed]
        return [self._rules[place] for place in sorted(places)]

    @cached_property
    def _any(self) -> re.Pattern[str]:
        """All heads in one, what they begin with in common written once: `{d}(?: {M}|/{m})`."""
        tree: _Tree = {}
        for rule in self._rules:
            branch = tree
            for part in rule.parts[:_HEAD_PARTS]:
                branch = branch.setdefault(part, {})
            branch[_HEAD_ENDS] = {}
        return re.compile(_NAMED_GROUP.sub("(?:", _joined(tree)))

    @cached_property
    def _heads(self) -> list[tuple[re.Pattern[str], list[int]]]:
        """Each head with the places of its rules."""
        headed: dict[str, list[int]] = defaultdict(list)
        for place, rule in enumerate(self._rules):
            headed[rule.head].append(place)
        return [(re.compile(head), places) for head, places in headed.items()]


_Tree = dict[str, "_Tree"]
"""Patterns of first parts → those that follow."""
_HEAD_ENDS = _WORD_ENDS = ""


def _joined(tree: _Tree) -> str:
    if _HEAD_ENDS in tree:  # this head matches, whatever longer ones ask for
        return ""
    branches = [f"{part}{_joined(following)}" for part, following in tree.items()]
    return branches[0] if len(branches) == 1 else f"(?:{'|'.join(branches)})"


class Templates:
    """The templates of one language, by family."""

    def __init__(self, pack: LanguagePack, values: Values, families: Mapping[str, Sequence[str]]) -> None:
        self._rules = pack.pack.dates
        self._fold_marks = pack.pack.fold_marks
        self._values = values
        self._prefixes = tuple(fold(p, fold_marks=self._fold_marks) for p in pack.pack.prefixes)
        self._ordinal_after = [self._fold(s) for s in pack.pack.numbers.ordinal_after]
        self._weekdays = alternatives(weekday_names(pack))
        self._far = before_figure(self._rules.far_year_followers, self._fold)
        self._short_fiscal = tuple(template for template in self._rules.fiscal_years if template.startswith("{sy}"))
        self._month_first = {_first(name) for name in values.months}
        self._no_more = _no_year() + (_no_day() if any("{y}" not in t and _DAY_BEHIND_MONTH.search(t) for t in self._rules.templates) else "")
        self._in_han = any(_HAN_LETTER.search(template) for template in chain.from_iterable(families.values()))
        self._slot, self._literal, self._head = cache(self._slot_pattern), cache(self._literal_pattern), cache(_head)
        self._index = self._build_index(families)
        self._beginnings: dict[tuple[str, ...], Beginning | None] = {}
        self.starting = lru_cache(maxsize=_REMEMBERED_TOKENS)(self._starting)
        """What can begin at a token, and how far in."""

    def rules(self) -> Iterator[Rule]:
        """All rules, also those that no article has begun yet."""
        for rules in self._index.values():
            yield from rules

    def _starting(self, token: str) -> tuple[tuple[int, Beginning], ...]:
        return tuple(self._beginnings_of(token))

    def _beginnings_of(self, token: str) -> Iterator[tuple[int, Beginning]]:
        """What can begin at a token, also after a clitic written onto it."""
        keys = self._keys(token)
        if keys:
            yield from self._beginning(0, keys)
        elif not token.isdigit():
            for prefix in self._prefixes:
                rest = token[len(prefix) :]
                if token.startswith(prefix) and (rest in self._index or rest in self._month_first):
                    yield from self._beginning(len(prefix), (rest, "M") if rest in self._month_first else (rest,))

    def _keys(self, token: str) -> tuple[str, ...]:
        """Keys of the index that a token has; none where nothing begins with it."""
        if token.isdigit():
            return (_DIGIT_KEYS[len(token)],) if len(token) in _DIGIT_KEYS else ()
        keys = (token,) if token in self._index else ()
        if token in self._month_first:
            keys = (*keys, "M")
        return (*keys, "han") if token in HAN or token == "十" else keys

    def _beginning(self, offset: int, keys: tuple[str, ...]) -> Iterator[tuple[int, Beginning]]:
        if keys not in self._beginnings:
            rules = [rule for key in keys for rule in self._index.get(key, ())]
            self._beginnings[keys] = Beginning(rules) if rules else None
        beginning = self._beginnings[keys]
        if beginning is not None:
            yield offset, beginning

    def _fold(self, text: str) -> str:
        return fold(text, fold_marks=self._fold_marks)

    def _build_index(self, families: Mapping[str, Sequence[str]]) -> dict[str, list[Rule]]:
        """First token (or `#4`, `#2` for digits, `M` for a month name) → the rules that can begin with it."""
        index: dict[str, list[Rule]] = defaultdict(list)
        for family, templates in families.items():
            for template in templates:
                for keys, variant in self._keyed(template):
                    parts = self._parts(variant)
                    rule = Rule(template, family, parts, self._head(parts[:_HEAD_PARTS]))
                    for key in keys:
                        index[key].append(rule)
        return dict(index)

    def _keyed(self, template: str) -> Iterator[tuple[Sequence[str], Variant]]:
        """The variants of a template, the words that they may begin with sorted by the token that these begin with."""
        for variant in _variants(template):
            first, *others = variant
            if isinstance(first, str):
                yield self._keys_of_slot(first), variant
                continue
            by_key: dict[str, list[str]] = defaultdict(list)
            for words in first:
                by_key[_first(self._unescaped(words).lstrip())].append(words)
            for key, choices in by_key.items():
                yield [key], (tuple(choices), *others)

    def _parts(self, variant: Variant) -> tuple[str, ...]:
        """Patterns of a variant's parts, in order."""
        parts = [self._slot(part[1:-1]) if isinstance(part, str) else self._any_words(part) for part in variant]
        if variant[-1] in ("{M}", "{M2}") and not {"{y}", "{d}"}.intersection(slot for slot in variant if isinstance(slot, str)):
            parts.append(self._no_more)
        followers = self._followers(_spelled(variant))
        if followers:
            near = f"(?= ?(?:{alternatives([self._fold(word) for word in followers if _FIGURE not in word])})){_NO_RATE}"
            counted = [word for word in followers if _FIGURE in word]
            near = f"(?:{near}|{before_figure(counted, self._fold)})" if counted else near
            suffix = re.escape(self._fold(_spelled(variant).removeprefix("{sy}")))
            parts.append(f"(?:{near}|{self._far}|(?:{_in_bracket(suffix)}))" if self._far and variant[0] == "{sy}" else near)
        return tuple(parts)

    def _any_words(self, choices: Words) -> str:
        patterns = dict.fromkeys(self._literal(words) for words in sorted(choices, key=len, reverse=True))
        return f"(?:{'|'.join(patterns)})" if len(patterns) > 1 else next(iter(patterns))

    def _followers(self, variant: str) -> Sequence[str]:
        """The words of which one has to stand behind a date that could be a duration; none where it could not."""
        if variant in self._rules.days and variant.startswith("{d}"):
            return self._rules.day_followers
        is_bare = variant.startswith("{sy}") and variant.removeprefix("{sy}") in self._rules.year_suffixes
        return self._rules.short_year_followers if is_bare and not variant.startswith(self._short_fiscal) else ()

    def _literal_pattern(self, text: str) -> str:
        """White space stretches, and may be absent beside an unspaced script, and on either side of a dash: `13 –19 mai`."""
        if text == " - ":
            return " {0,3}- {0,3}"
        pieces = re.split(r"\s+", self._unescaped(text))
        return r" {0,3}\n?".join(re.escape(p) for p in pieces) if UNSPACED.search(text) else " {1,3}".join(re.escape(p) for p in pieces)

    def _slot_pattern(self, slot: str) -> str:
        kind = slot.rstrip("2")
        if kind == "M":
            return f"(?P<{slot}>{alternatives(self._values.months)})"
        if kind == "w":
            return f"(?:{self._weekdays})" if self._weekdays else "(?!)"
        if kind in ("n", "q", "h"):
            digits = {"n": r"\d{1,2}(?!\d)", "q": r"[1-4](?!\d)|iv|i{1,3}", "h": r"[12](?!\d)|ii?"}[kind]
            words = alternatives(self._values.numbers)
            counted = f"{digits}|[一二三四五六七八九十]{{1,2}}" if self._in_han else digits
            return f"(?P<{slot}>{words}|{counted})" if words else f"(?P<{slot}>{digits})"
        if kind == "era":
            return f"(?P<era>{alternatives(self._values.eras)})"
        if kind == "ey":
            words = alternatives(self._values.era_years)
            number = r"\d{1,4}|[一二三四五六七八九十]{1,3}" if self._in_han else r"\d{1,4}"
            return f"(?P<ey>{words}|{number})" if words else f"(?P<ey>{number})"
        pattern = _SLOTS[kind].format(s=slot, han=_HAN_SLOTS.get(kind, "") if self._in_han else "")
        if kind == "d" and self._ordinal_after:
            pattern += f"(?:{alternatives(self._ordinal_after)})?"
        if kind == "d" and self._values.first_days:
            pattern = pattern.replace(">", f">{alternatives(sorted(self._values.first_days))}|", 1)
        return pattern

    def _unescaped(self, text: str) -> str:
        return self._fold(_ESCAPED.sub(r"\1", text))

    def _keys_of_slot(self, part: str) -> Sequence[str]:
        slot = part[1:-1].rstrip("2")
        if slot in ("y", "decade"):
            return ["#4", "han"]
        if slot == "M":
            return ["M"]
        if slot == "roc":
            return ["#3"]
        if slot == "era":
            return sorted({_first(era) for era in self._values.eras})
        named = self._values.numbers if slot in ("n", "q", "h") else self._values.first_days if slot == "d" else ()
        words = sorted({_first(word) for word in named})
        return ["#2", "han", *words, *(["i", "ii", "iii", "iv"] if slot in ("q", "h") else [])]


def _head(parts: tuple[str, ...]) -> str:
    return _NAMED_GROUP.sub("(?:", "".join(parts))


Words = tuple[str, ...]
"""What may stand between two slots of a template: `[of ]` with and without, `(to|until)` each."""
Variant = tuple[str | Words, ...]
"""Slots, such as `{d}`, and the words around them."""


def _variants(template: str) -> Iterator[Variant]:
    """The variants of a template. Only what decides where a match begins and ends, and choices that hold slots, are written out; other words
    stay together: written out too, they would be ten times as many.

    >>> list(_variants("{d} [of ]{M}[ last]"))
    [('{d}', (' ', ' of '), '{M}'), ('{d}', (' ', ' of '), '{M}', (' last',))]
    """
    options = [_options(part) for part in _TEMPLATE_PART.findall(template)]
    written_out: list[Sequence[str | list[str]]] = [choices if any("{" in choice for choice in choices) else [choices] for choices in options]
    variants = chain.from_iterable(_ended(_joined_words(chosen)) for chosen in product(*written_out))
    yield from dict.fromkeys(variants)


def _options(part: str) -> list[str]:
    if part.startswith("["):
        return ["", *part[1:-1].split("|")]
    return part[1:-1].split("|") if part.startswith("(") else [part]


def _joined_words(chosen: Sequence[str | list[str]]) -> list[str | list[str]]:
    """Slots, and all that may stand between two of them."""
    joined: list[str | list[str]] = []
    for choice in chosen:
        for part in _TEMPLATE_PART.findall(choice) if isinstance(choice, str) else [choice]:
            if isinstance(part, str) and part.startswith("{"):
                joined.append(part)
                continue
            words = [part] if isinstance(part, str) else part
            if joined and isinstance(joined[-1], list):
                joined[-1] = [before + word for before in joined[-1] for word in words]
            else:
                joined.append(words)
    return joined


def _ended(parts: Sequence[str | list[str]]) -> Iterator[Variant]:
    """A variant for each way in which it may end, and one without the words before its first slot where these may be absent."""
    *before, last = parts
    if not before:
        yield from [(last,)] if isinstance(last, str) else [((words.strip(),),) for words in last if words.strip()]
        return
    ends: list[Variant] = [(last,)] if isinstance(last, str) else [((words.rstrip(),),) if words.strip() else () for words in last]
    begins: list[Variant] = [tuple(part if isinstance(part, str) else tuple(part) for part in before)]
    if not isinstance(before[0], str):
        words = tuple(words.lstrip() for words in before[0] if words.strip())
        begins = [(words, *begins[0][1:]), *([begins[0][1:]] if len(words) < len(before[0]) else [])]
    yield from (begin + end for begin, end in product(begins, ends))


def _spelled(variant: Variant) -> str:
    """The variant as a template where it leaves no choice, else nothing."""
    written = [part if isinstance(part, str) else part[0] for part in variant if isinstance(part, str) or len(part) == 1]
    return "".join(written) if len(written) == len(variant) else ""


def _in_bracket(suffix: str) -> str:
    """Behind two digits that open brackets or follow an arrow, a figure right ahead: (11年4,875人)."""
    return "|".join(rf"(?<=[(→]{space}\d\d{suffix})(?= ?\d)" for space in ("", " "))


def before_figure(followers: Sequence[str], folded: Callable[[str], str]) -> str:
    """What stands behind a date, figures by their first digit; nothing where the language has no such words."""
    words = (re.escape(folded(word.replace(_FIGURE, "0"))).replace("0", r"\d") for word in followers)
    return f"(?= ?(?:{'|'.join(words)}))" if followers else ""


def alternatives(words: Mapping[str, object] | Sequence[str]) -> str:
    """A pattern of words, the longest first. What words begin with in common stands in it once: names of months stand in thousands of patterns."""
    tree: _Tree = {}
    for word in sorted(set(words)):
        branch = tree
        for letter in word:
            branch = branch.setdefault(letter, {})
        branch[_WORD_ENDS] = {}
    return "|".join(_alternative(letter, following) for letter, following in tree.items())


def _alternative(letter: str, following: _Tree) -> str:
    """A letter and what may follow it; where a word ends there, the longer ones are tried before."""
    run = letter
    while len(following) == 1 and _WORD_ENDS not in following:
        ((letter, following),) = following.items()
        run += letter
    branches = [_alternative(*branch) for branch in following.items() if branch[0] != _WORD_ENDS]
    if not branches:
        return re.escape(run)
    rest = f"(?:{'|'.join(branches)})"
    return f"{re.escape(run)}{rest}?" if _WORD_ENDS in following else f"{re.escape(run)}{rest}"


def _no_year() -> str:
    """No year follows a month that stands alone."""
    return rf"(?!\.? ?,? ?{linked_year()}[12]\d{{3}}(?!\d|[.,]\d))"


def _no_day() -> str:
    """No day either, where the language may write one behind its month; where it never does, `im Januar 12 Betten` is a month and its beds."""
    return rf"(?!\.? ?{linked_year()}\d{{1,2}}(?!\d|[.,/]\d| ?%))"


def _first(text: str) -> str:
    match = _FIRST_TOKEN.match(text)
    return match.group() if match else text

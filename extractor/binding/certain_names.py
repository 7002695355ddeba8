"""What a figure counts for certain, or cannot count, whatever the weights say: candidates that are ruled out."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from extractor.binding.arithmetic import whole_of
from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.binding.features import noun_indicator
from extractor.binding.ranker import Candidate
from extractor.mentions import Span

Candidates = list[Candidate[str | None]]

_COUNTS = ("count", "fraction")
_THEMSELVES = frozenset(("commune", "district", "province", "newborn", "project", "vehicle", "department"))
"""Nouns of what is only ever counted as itself: 15 districts are no patients, though the sentence is of patients."""
_CLASSES = {"communes": "commune", "villages": "commune"}
"""Concepts that are such nouns too."""
_PARTS = 4
"""So many figures that add up to one are its parts for certain."""
_LINKS = ("classifier", "links")
"""What may stand between a figure and its noun: a measure word or a link."""
_BESIDE = 1
"""Tokens between a name and the word before it or the figure behind it, at most."""
_NEAR = 4
"""Characters between a noun and a name right behind it, at most."""
_LAST = 12
"""So many names of the paragraph before a figure are looked at."""


def certain_names(context: Context, at: int, decided: Sequence[Decided], candidates: Candidates) -> Candidates:
    """The candidates that are left where a rule tells for certain; all of them where none does."""
    for rule in _RULES:
        left = rule(context, at, decided, candidates)
        if left:
            candidates = left
    return candidates


def _by_divisor(context: Context, at: int, decided: Sequence[Decided], candidates: Candidates) -> Candidates:
    """What only one indicator is divided by names it: `118.2 boys per 100 girls`."""
    per = context.quantities[at].per
    indicator = context.knowledge.own_divisors.get(per.of) if per is not None and per.named and per.count > 1 else None
    if indicator is None:
        return []
    return [candidate for candidate in candidates if candidate.value == indicator] or [Candidate(indicator, ("divisor",))]


def _as_itself(context: Context, at: int, decided: Sequence[Decided], candidates: Candidates) -> Candidates:
    """`In 180 communes of 15 districts children were vaccinated`: neither figure is of children."""
    quantity = context.quantities[at]
    noun = quantity.noun
    if noun is None or quantity.unit_class not in _COUNTS or noun.start < quantity.number.end:
        return []
    if not _touches(context, quantity.number, noun):
        return []
    counted = noun.value if noun.kind == "counted" else _CLASSES.get(noun.value, "")
    if counted not in _THEMSELVES or noun.end > quantity.end or _goes_on(context, noun):
        return []
    traits = context.knowledge.indicators.traits
    return [candidate for candidate in candidates if candidate.value is None or counted in traits[candidate.value].counts]


def _touches(context: Context, number: Span, noun: Span) -> bool:
    """Whether nothing but a measure word or a link stands between a figure and its noun: 33`の`診療科."""
    gap = len(context.between(number.end, noun.start).strip())
    links = (term for kind in _LINKS for term in context.terms_between(kind, number.end, noun.start))
    return not gap or any(term.end - term.start == gap for term in links)


def _goes_on(context: Context, noun: Span) -> bool:
    """Whether a name stands right behind a noun, which only says of what kind that is: 45개 `면` 보건소."""
    following = context.indicators_between(noun.start + 1, noun.end + _NEAR)
    return any(context.between(noun.end, name.start).strip() == "" for name in following)


def _of_which(context: Context, at: int, decided: Sequence[Decided], candidates: Candidates) -> Candidates:
    """`1,070,785 establishments, of which hospitals 38,355`: the part has a name of its own; patients of a disease may be out-patients still."""
    quantity = context.quantities[at]
    if quantity.noun is not None or quantity.unit_class not in _COUNTS or at == 0:
        return []
    before = context.quantities[at - 1].end
    cue = context.cue_before("of_which", quantity.start, before)
    if cue is None or context.marks.between(cue.end, quantity.start) not in ("none", "colon"):
        return []
    if context.terms_between("disease", cue.end, quantity.start):
        return []
    names = [name for name in context.indicators_between(cue.end, quantity.start) if context.tokens(name.end, quantity.start) <= _BESIDE]
    spans = {(name.start, name.end) for name in names if context.tokens(cue.end, name.start) <= _BESIDE}
    return [candidate for candidate in candidates if candidate.found in spans]


def _in_brackets(context: Context, at: int, decided: Sequence[Decided], candidates: Candidates) -> Candidates:
    """`Deaths fell by 34.2 % (75 cases)`: what stands alone in the brackets behind a change is that change once more."""
    if not at or decided[at - 1].measure != "change" or decided[at - 1].indicator is None:
        return []
    quantity, other = context.quantities[at], decided[at - 1]
    bracket = context.bracket_around(quantity.number.start)
    if bracket is None or other.quantity.unit_class != "percent" or quantity.unit_class != "count" or noun_indicator(quantity) is not None:
        return []
    alone = context.tokens(other.quantity.end, bracket.start) == 0 and context.numbers_between(bracket.start, bracket.end) == 1
    if not alone or context.tokens(bracket.start, quantity.start) > _BESIDE or context.tokens(quantity.end, bracket.end) > _BESIDE:
        return []
    return [candidate for candidate in candidates if candidate.value == other.indicator]


def _adding_up(context: Context, at: int, decided: Sequence[Decided], candidates: Candidates) -> Candidates:
    """Many figures that add up to one count what that does, or what each is called: `85 communes: the first district 6, the second 7 …`."""
    quantity = context.quantities[at]
    whole = whole_of(context, quantity)
    if whole.at is None or whole.parts < _PARTS or noun_indicator(quantity) is not None:
        return []
    indicator, before = decided[whole.at].indicator, context.quantities[at - 1].end
    if indicator is None:
        return []
    return [candidate for candidate in candidates if candidate.value == indicator or (candidate.found is not None and candidate.found[0] >= before)]


def _narrowed(context: Context, at: int, decided: Sequence[Decided], candidates: Candidates) -> Candidates:
    """Where a paragraph is of poisoned food and names no disease, its cases are of that; treatment, of methadone, likewise.

    Not where the treatment says itself of which disease it is: antiviral treatment.
    """
    narrower = context.knowledge.indicators.narrower
    if narrower.keys().isdisjoint(candidate.value for candidate in candidates):
        return []
    quantity = context.quantities[at]
    start, window = context.paragraph_start(quantity.start), context.window(quantity)
    if context.terms_between("disease", start, window.end) or context.cues_between("antiviral", window.start, window.end):
        return []
    named = [mention.indicator for mention in context.indicators_between(start, quantity.start)[-_LAST:]]
    meant = {broad: next(name for name in reversed(named) if name in narrow) for broad, narrow in narrower.items() if not narrow.isdisjoint(named)}
    return [candidate._replace(value=meant.get(candidate.value or "", candidate.value)) for candidate in candidates] if meant else []


_RULES: tuple[Callable[[Context, int, Sequence[Decided], Candidates], Candidates], ...] = (
    _by_divisor, _as_itself, _of_which, _in_brackets, _adding_up, _narrowed,
)  # fmt: skip
"""Each gives the candidates that are left, none where it tells nothing."""

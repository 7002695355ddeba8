"""The words that restrict a quantity: sector, care, age, sex, residence, disease."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.binding.features import ABOVE, NOTHING, bucket, pull, relation, side_of
from extractor.binding.ranker import Candidate
from extractor.knowledge_base import OTHER_DISEASE
from extractor.mentions import QuantityMention, Span, TermMention

_DIMENSION_KEYS = {
    "public": ("sector", "public"), "private": ("sector", "private"), "inpatient": ("care", "inpatient"), "outpatient": ("care", "outpatient"),
    "insurance": ("payer", "insurance"), "female": ("sex", "female"), "male": ("sex", "male"), "urban": ("residence", "urban"), "rural": ("residence", "rural"),  # noqa: E501
}  # fmt: skip

Mention = tuple[Span, str, str]
"""A word that may restrict a quantity: where it stands, key, value."""
_MOST = 20
"""So many words of a kind on either side may restrict a quantity."""
_NAME, _JOINED = 40, 1
"""Characters and tokens between the name of an indicator and a disease that belongs to it, at most."""
_BESIDE = 3
"""Words so near each other name both: public and private hospitals."""


def dimension_mentions(context: Context, quantity: QuantityMention, of_something: bool = True) -> Iterator[Mention]:
    """Words of the sentence that may restrict a quantity, which counts a known indicator (`of_something`) or none: span, key, value."""
    sentence = context.window(quantity)
    for term in _nearest(context.terms_between("dimension", sentence.start, sentence.end), quantity):
        key, value = _DIMENSION_KEYS[term.value]
        yield term, key, value
    for bracket in context.brackets_between(sentence.start, sentence.end):
        if bracket.age is not None:
            yield bracket, "age", bracket.age
    for term in _nearest(context.terms_between("disease", sentence.start, sentence.end), quantity):
        if of_something or not _is_in_a_name(context, quantity, term):
            yield term, "disease", term.value


def _is_in_a_name(context: Context, quantity: QuantityMention, disease: Span) -> bool:
    """Whether a disease belongs to the name of what is counted elsewhere: `vaccination against measles in 15 districts`."""
    if side_of(quantity, disease) == "inside":
        return False
    named = context.indicators_between(disease.start - _NAME, disease.end + _NAME)
    return any(context.tokens(min(name.end, disease.end), max(name.start, disease.start)) <= _JOINED for name in named)


def _nearest(terms: Sequence[TermMention], quantity: QuantityMention) -> Sequence[TermMention]:
    """Each word is compared with each other: of a list without end those nearest to the quantity are looked at."""
    if len(terms) <= _MOST:
        return terms
    index = bisect_left(terms, quantity.start, key=lambda term: term.start)
    return terms[max(0, index - _MOST) : index + _MOST]


def dimension_candidates(
    context: Context, at: int, mention: Mention, mentions: Sequence[Mention], current: Decided, decided: list[Decided]
) -> list[Candidate[bool]]:
    """Whether one word restricts a quantity."""
    quantity = context.quantities[at]
    span, key, _ = mention
    features = [f"{key}:{current.indicator}", f"{key}:bias"]
    side = side_of(quantity, span)
    if side == "inside":
        features.append(f"{key}:inside")
    else:
        left, right = (span, quantity) if side == "before" else (quantity, span)
        between = relation(context, left, right)
        features += [f"{key}:{side}:{bucket(context.tokens(left.end, right.start))}", f"{side}:{between}", f"{key}:{side}:{between}"]
    if current.label and current.label[0] <= span.start and span.end <= current.label[1]:
        features.append(f"{key}:within_name")
    owner = context.owner(span)
    if owner is not None and owner is not quantity:
        features.append(f"{key}:owned")
    features += _rivals(context, at, mention, mentions, side)
    features += _continued(context, mention, current, decided, side)
    if current.label is not None:
        near = context.tokens(min(current.label[1], span.start), max(current.label[0], span.start))
        features.append(f"{key}:label:{bucket(near)}")
    return [Candidate(False, ()), Candidate(True, tuple(features))]


def _rivals(context: Context, at: int, mention: Mention, mentions: Sequence[Mention], side: str) -> Iterator[str]:
    """Which word goes with which number where there are several of both: `80.6 for men, 86.4 for women`, `malaria 19 cases; measles 6`."""
    span, key, value = mention
    quantity = context.quantities[at]
    kin = [other for other, other_key, other_value in mentions if other_key == key and other_value != value]
    own = pull(context, span, quantity)
    word = min(2, sum(1 for other in kin if pull(context, other, quantity) < own))
    near = [*context.quantities[max(0, at - 2) : at], *context.quantities[at + 1 : at + 3]]
    number = any(pull(context, span, other) < own for other in near)
    alone = "rivals" if kin else "alone"
    yield f"{key}:pair:{side}:{word}:{int(number)}:{alone}"
    yield f"pair:{side}:{word}:{int(number)}:{alone}"
    if kin:
        first = min(other.start for other, other_key, _ in mentions if other_key == key)
        opens = "word" if context.numbers_between(context.window(quantity).start, first) == 0 else "number"
        between = context.numbers_between(*((span.end, quantity.number.start) if side == "before" else (quantity.number.end, span.start)))
        yield f"order:{opens}:{side}:{min(between, 2)}"
        if any(_beside(context, span, other) and not (side == "inside" and _parted(context, span, other)) for other in kin):
            yield f"{key}:beside"


def _beside(context: Context, one: Span, other: Span) -> bool:
    """Public and private hospitals."""
    return context.tokens(min(one.end, other.end), max(one.start, other.start)) <= _BESIDE


def _parted(context: Context, one: Span, other: Span) -> bool:
    """20 public units and 3 private ones: each word is of its own figure."""
    return context.numbers_between(min(one.end, other.end), max(one.start, other.start)) > 0


def _continued(context: Context, mention: Mention, current: Decided, decided: list[Decided], side: str) -> Iterator[str]:
    """What the quantity before took of the same key, and on which side of it that stood: lists go on as they began."""
    span, key, value = mention
    if not decided or key not in decided[-1].dimensions:
        return
    previous = decided[-1]
    same = "repeats" if previous.indicator == current.indicator else "new"
    held = "same" if previous.dimensions[key] == value else "other"
    gap = context.marks.between(previous.quantity.end, current.quantity.start)
    yield f"{key}:previous:{same}:{held}"
    yield f"previous:{held}:{gap}:{same}"
    yield f"previous:{held}:{side_of(previous.quantity, span)}:{side}"


def topic_candidates(context: Context, current: Decided, decided: list[Decided]) -> list[Candidate[str | None]]:
    """The disease of a quantity that no word of its sentence restricts: of the text before, the heading, the quantity before, or the article's."""
    quantity = current.quantity
    window = context.window(quantity)
    here = context.terms_between("disease", window.start, window.end)
    named = "other" if any(term.value == OTHER_DISEASE for term in here) else "named" if here else "unnamed"
    previous = _previous(context, quantity, decided)
    candidates: list[Candidate[str | None]] = [Candidate(None, (NOTHING, f"nothing:{current.indicator}", f"nothing:{named}", f"nothing:{previous}"))]
    for where, disease, features in (
        *_above(context, quantity, named),
        *_of_article(context, named),
        *_of_previous(current, decided, previous, named),
    ):
        about = (where, *features, f"{where}:{current.indicator}", f"{where}:{previous}:{named}")
        candidates.append(Candidate(disease if disease != OTHER_DISEASE else None, about))
    return candidates


Proposed = tuple[str, str, tuple[str, ...]]
"""Where a disease was found, which one, and the features of that."""


def _previous(context: Context, quantity: QuantityMention, decided: list[Decided]) -> str:
    """Whether the quantity before has a disease, and whether it stands in the same sentence or paragraph."""
    if not decided:
        return "first"
    start = decided[-1].quantity.start
    if context.layout.sentence_index(start) == context.layout.sentence_index(quantity.start):
        where = "sentence"
    else:
        where = "paragraph" if start >= context.paragraph_start(quantity.start) else "far"
    return f"{'ill' if 'disease' in decided[-1].dimensions else 'well'}:{where}"


def _above(context: Context, quantity: QuantityMention, named: str) -> Iterator[Proposed]:
    """The last disease of the paragraph, of what heads the list, of the heading, of the paragraphs before."""
    start = context.paragraph_start(quantity.start)
    before = context.terms_between("disease", start, quantity.start)
    if before:
        last = before[-1]
        distance = context.layout.sentence_index(quantity.start) - context.layout.sentence_index(last.start)
        where = "earlier" if last.value != OTHER_DISEASE else "earlier other"
        kinds = "all" if len({term.value for term in before}) == 1 else "some"
        yield where, last.value, (f"{where}:{min(distance, 3)}:{named}", f"{where}:{kinds}")
        return
    heads = (context.terms_between("disease", head.start, head.end) for head in context.list_heads(quantity.start))
    heading = context.heading_before(quantity.start)
    for where, terms in (("head", next(filter(None, heads), ())), ("heading", context.terms_between("disease", heading.start, heading.end))):
        if terms:
            kinds = "all" if len({term.value for term in terms}) == 1 else "some"
            yield where, terms[-1].value, (f"{where}:{kinds}:{named}",)
    terms = context.terms_between("disease", max(heading.end, start - ABOVE), start)
    if terms:
        far = context.layout.sentence_index(start) - context.layout.sentence_index(terms[-1].start)
        yield "above", terms[-1].value, (f"above:{bucket(far)}", f"above:{named}")


def _of_article(context: Context, named: str) -> Iterator[Proposed]:
    """The disease that the article is mostly about: how much so, and whether its opening says it."""
    if context.topic_disease:
        share = f"{round(4 * context.topic_share)}:{'title' if context.topic_in_title else 'body'}"
        count = min(5, len(context.page.by_kind.get("disease", ())))
        yield (
            "topic",
            context.topic_disease,
            (
                f"topic:{share}",
                f"topic:{share}:{named}",
                f"topic:{round(4 * context.topic_share)}:{count}",
                f"topic:{context.topic_opens}",
                f"topic:{context.topic_opens}:{named}",
            ),
        )


def _of_previous(current: Decided, decided: list[Decided], previous: str, named: str) -> Iterator[Proposed]:
    if decided and "disease" in decided[-1].dimensions:
        same = "repeats" if decided[-1].indicator == current.indicator else "new"
        yield "previous", decided[-1].dimensions["disease"], (f"previous:{named}", f"previous:{same}:{previous}")

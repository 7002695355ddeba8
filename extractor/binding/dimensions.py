"""The words that restrict a quantity: sector, care, age, sex, residence, disease."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.binding.context import Context, Decided
from extractor.binding.features import NOTHING, bucket, marks, relation
from extractor.binding.ranker import Candidate
from extractor.mentions import QuantityMention, Span

_DIMENSION_KEYS = {
    "public": ("sector", "public"), "private": ("sector", "private"), "inpatient": ("care", "inpatient"), "outpatient": ("care", "outpatient"),
    "insurance": ("payer", "insurance"), "female": ("sex", "female"), "male": ("sex", "male"), "urban": ("residence", "urban"), "rural": ("residence", "rural"),  # noqa: E501
}  # fmt: skip
OTHER_DISEASE = "other"
"""A disease that has no id: it is no dimension, but keeps another disease from being taken for it."""


Mention = tuple[Span, str, str]
"""A word that may restrict a quantity: where it stands, key, value."""
_BESIDE = 3
"""Words so near each other name both: public and private hospitals."""
_MARK_WIDTH = {"none": 0, "open": 2, "close": 4, "colon": 2, "comma": 4, "semi": 12, "stop": 20, "line": 20}
"""As many words a mark of punctuation keeps apart."""


def dimension_mentions(context: Context, quantity: QuantityMention) -> Iterator[Mention]:
    """Words of the sentence that may restrict a quantity: span, key, value."""
    sentence = context.window(quantity)
    for term in context.terms_between("dimension", sentence.start, sentence.end):
        key, value = _DIMENSION_KEYS[term.value]
        yield term, key, value
    for bracket in context.brackets_between(sentence.start, sentence.end):
        if bracket.age is not None:
            yield bracket, "age", bracket.age
    for term in context.terms_between("disease", sentence.start, sentence.end):
        yield term, "disease", term.value


def dimension_candidates(
    context: Context, at: int, mention: Mention, mentions: Sequence[Mention], current: Decided, decided: list[Decided]
) -> list[Candidate[bool]]:
    """Whether one word restricts a quantity."""
    quantity = context.quantities[at]
    span, key, value = mention
    features = [f"{key}:{current.indicator}", f"{key}:bias"]
    side = _side(quantity, span)
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


def _side(quantity: QuantityMention, span: Span) -> str:
    if span.start >= quantity.start and span.end <= quantity.end:
        return "inside"
    return "after" if span.start >= quantity.number.end else "before"


def _rivals(context: Context, at: int, mention: Mention, mentions: Sequence[Mention], side: str) -> Iterator[str]:
    """Which word goes with which number where there are several of both: `80.6 for men, 86.4 for women`, `malaria 19 cases; measles 6`."""
    span, key, value = mention
    quantity = context.quantities[at]
    kin = [other for other, other_key, other_value in mentions if other_key == key and other_value != value]
    own = _pull(context, span, quantity)
    word = min(2, sum(1 for other in kin if _pull(context, other, quantity) < own))
    near = context.quantities[max(0, at - 2) : at] + context.quantities[at + 1 : at + 3]
    number = any(_pull(context, span, other) < own for other in near)
    alone = "rivals" if kin else "alone"
    yield f"{key}:pair:{side}:{word}:{int(number)}:{alone}"
    yield f"pair:{side}:{word}:{int(number)}:{alone}"
    if kin:
        first = min(other.start for other, other_key, _ in mentions if other_key == key)
        opens = "word" if context.numbers_between(context.window(quantity).start, first) == 0 else "number"
        between = context.numbers_between(*((span.end, quantity.number.start) if side == "before" else (quantity.number.end, span.start)))
        yield f"order:{opens}:{side}:{min(between, 2)}"
        beside = any(context.tokens(min(span.end, other.end), max(span.start, other.start)) <= _BESIDE for other in kin)
        if beside:
            yield f"{key}:beside"


def _pull(context: Context, span: Span, quantity: QuantityMention) -> int:
    """How far a word is from a number, punctuation counted as words."""
    if span.start >= quantity.start and span.end <= quantity.end:
        return 0
    left, right = (span.end, quantity.start) if span.end <= quantity.number.start else (quantity.end, span.start)
    return context.tokens(left, right) + _MARK_WIDTH[marks(context.between(left, right))]


def _continued(context: Context, mention: Mention, current: Decided, decided: list[Decided], side: str) -> Iterator[str]:
    """What the quantity before took of the same key, and on which side of it that stood: lists go on as they began."""
    span, key, value = mention
    if not decided or key not in decided[-1].dimensions:
        return
    previous = decided[-1]
    same = "repeats" if previous.indicator == current.indicator else "new"
    held = "same" if previous.dimensions[key] == value else "other"
    gap = marks(context.between(previous.quantity.end, current.quantity.start))
    yield f"{key}:previous:{same}:{held}"
    yield f"previous:{held}:{gap}:{same}"
    yield f"previous:{held}:{_side(previous.quantity, span)}:{side}"


def topic_candidates(context: Context, current: Decided, decided: list[Decided]) -> list[Candidate[str | None]]:
    """The disease of a quantity whose sentence names none: that of the text before, of the quantity before, or the article's."""
    quantity = current.quantity
    sentence = context.window(quantity)
    named = "named" if context.terms_between("disease", sentence.start, sentence.end) else "unnamed"
    candidates: list[Candidate[str | None]] = [Candidate(None, (NOTHING, f"nothing:{current.indicator}", f"nothing:{named}"))]
    before = context.terms_between("disease", context.paragraph_start(quantity.start), quantity.start)
    if before:
        last = before[-1]
        distance = context.layout.sentence_index(quantity.start) - context.layout.sentence_index(last.start)
        where = "earlier" if last.value != OTHER_DISEASE else "earlier other"
        candidates.append(
            _topic(
                last.value,
                current,
                (where, f"{where}:{min(distance, 3)}:{named}", f"{where}:{'all' if len({t.value for t in before}) == 1 else 'some'}"),
            )
        )
    if context.topic_disease:
        share = f"topic:{round(4 * context.topic_share)}"
        candidates.append(
            _topic(
                context.topic_disease, current, ("topic", share, f"{share}:{named}", f"topic:{'title' if context.topic_in_title else 'body'}:{named}")
            )
        )
    if decided and decided[-1].dimensions.get("disease"):
        previous = decided[-1]
        same = "same" if context.layout.sentence_index(previous.quantity.start) == context.layout.sentence_index(quantity.start) else "before"
        candidates.append(
            _topic(
                previous.dimensions["disease"],
                current,
                ("previous", f"previous:{same}:{named}", f"previous:{'repeats' if previous.indicator == current.indicator else 'new'}"),
            )
        )
    return candidates


def _topic(disease: str, current: Decided, features: tuple[str, ...]) -> Candidate[str | None]:
    return Candidate(disease if disease != OTHER_DISEASE else None, (*features, f"{features[0]}:{current.indicator}"))

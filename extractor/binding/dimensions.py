"""The words that restrict a quantity: sector, care, age, sex, residence, disease."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.binding.context import Context, Decided
from extractor.binding.features import NOTHING, bucket, relation
from extractor.binding.ranker import Candidate
from extractor.mentions import QuantityMention, Span

_DIMENSION_KEYS = {
    "public": ("sector", "public"), "private": ("sector", "private"), "inpatient": ("care", "inpatient"), "outpatient": ("care", "outpatient"),
    "insurance": ("payer", "insurance"), "female": ("sex", "female"), "male": ("sex", "male"), "urban": ("residence", "urban"), "rural": ("residence", "rural"),  # noqa: E501
}  # fmt: skip
OTHER_DISEASE = "other"
"""A disease that has no id: it is no dimension, but keeps another disease from being taken for it."""


def dimension_mentions(context: Context, quantity: QuantityMention) -> Iterator[tuple[Span, str, str]]:
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


def dimension_candidates(context: Context, at: int, mention: Span, key: str, current: Decided, decided: list[Decided]) -> list[Candidate[bool]]:
    """Whether one word restricts a quantity."""
    quantity = context.quantities[at]
    features = [f"{key}:{current.indicator}", f"{key}:bias"]
    if mention.start >= quantity.start and mention.end <= quantity.end:
        features.append(f"{key}:inside")
    elif mention.start >= quantity.number.end:
        features.append(f"{key}:after:{bucket(context.tokens(quantity.end, mention.start))}")
        features.append(f"after:{relation(context, quantity, mention)}")
        features.append(f"{key}:after:{relation(context, quantity, mention)}")
    else:
        features.append(f"{key}:before:{bucket(context.tokens(mention.end, quantity.start))}")
        features.append(f"before:{relation(context, mention, quantity)}")
        features.append(f"{key}:before:{relation(context, mention, quantity)}")
    if current.label and current.label[0] <= mention.start and mention.end <= current.label[1]:
        features.append(f"{key}:within_name")
    if key == "disease":
        left, right = (mention, quantity) if mention.end <= quantity.start else (quantity, mention)
        nearer = context.terms_between("disease", left.end, right.start)
        features.append(f"disease:nearer:{min(len(nearer), 2)}:{'before' if left is mention else 'after'}")
    owner = context.owner(mention)
    if owner is not None and owner is not quantity:
        features.append(f"{key}:owned")
    if decided and decided[-1].dimensions.get(key):
        same = "repeats" if decided[-1].indicator == current.indicator else "new"
        features.append(f"{key}:previous:{same}")
    if current.label is not None:
        near = context.tokens(min(current.label[1], mention.start), max(current.label[0], mention.start))
        features.append(f"{key}:label:{bucket(near)}")
    return [Candidate(False, ()), Candidate(True, tuple(features))]


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

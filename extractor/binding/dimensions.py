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


def topic_candidates(context: Context, current: Decided, diseases: list[str]) -> list[Candidate[str | None]]:
    """The disease of a quantity whose sentence names none: that of the text before, or the article's."""
    candidates: list[Candidate[str | None]] = [Candidate(None, (NOTHING, f"nothing:{current.indicator}"))]
    for where, disease in zip(("earlier", "topic", "previous"), diseases, strict=False):
        if disease:
            candidates.append(Candidate(disease, (where, f"{where}:{current.indicator}")))
    return candidates

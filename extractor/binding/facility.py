"""The one hospital or other body that a quantity is about, by its name in the article; none where it is about an area."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.binding.features import NOTHING, bucket, relation
from extractor.binding.ranker import Candidate, Choice, merged
from extractor.mentions import FacilityMention, QuantityMention, Span

Site = Candidate[str | None]
_SURE = 0.6
"""Held out, names given with at least this probability were right nine times in ten."""
_OPENING = 4
"""A name within the first words of its sentence or paragraph speaks for all of it."""
_FAR = 3
_LOOKED_AT = 3_000
"""Characters above the paragraph that are looked at for areas, so that time stays linear."""


def told_facility(choice: Choice[str | None]) -> tuple[int, int] | None:
    """Where the chosen name stands; None also where it is not sure enough: rather nothing than a guess."""
    return choice.found if choice.value is not None and choice.probability >= _SURE else None


def facility_candidates(context: Context, current: Decided) -> list[Site]:
    """No facility; those of the sentence; the last one above; and the one that the article names most."""
    if not context.sites.named:
        return []
    quantity = current.quantity
    sentence = context.window(quantity)
    proposed = [*_here(context, quantity, sentence), *_above(context, quantity, sentence), *_main(context, current, sentence)]
    return [Candidate(None, tuple(_none(context, current, sentence))), *merged(proposed)]


def _candidate(context: Context, mention: FacilityMention, features: Iterator[str]) -> Site:
    assert mention.name is not None
    name = context.page.reading.text[mention.name.start : mention.name.end]
    return Candidate(name, tuple(features), (mention.name.start, mention.name.end))


def _here(context: Context, quantity: QuantityMention, sentence: Span) -> Iterator[Site]:
    """Facilities of the sentence, and the one that a head alone (`the hospital`) points back to."""
    for mention in context.sites.between(sentence.start, sentence.end):
        if mention.named:
            yield _candidate(context, mention, _named_here(context, quantity, sentence, mention))
        elif (antecedent := context.sites.named_before(mention.start)) is not None:
            yield _candidate(context, antecedent, _pointed_here(context, quantity, mention, antecedent))


def _named_here(context: Context, quantity: QuantityMention, sentence: Span, mention: FacilityMention) -> Iterator[str]:
    side, left, right = ("before", mention, quantity) if mention.end <= quantity.number.start else ("after", quantity, mention)
    yield f"here:{mention.rank}"
    yield f"here:{side}:{bucket(context.tokens(left.end, right.start))}"
    yield f"here:{side}:{relation(context, left, right)}"
    yield f"here:{side}:nearer:{min(2, len(context.sites.named_between(left.end, right.start)))}"
    yield f"here:{side}:{'opens' if context.tokens(sentence.start, mention.start) <= _OPENING else 'inside'}"
    yield f"here:{side}:places:{_places(context, left.end, right.start)}"
    yield f"here:{side}:scope:{_area(context, left.end, right.start)}"


def _pointed_here(context: Context, quantity: QuantityMention, mention: FacilityMention, antecedent: FacilityMention) -> Iterator[str]:
    side, left, right = ("before", mention, quantity) if mention.end <= quantity.number.start else ("after", quantity, mention)
    yield "back"
    yield f"back:{side}:{bucket(context.tokens(left.end, right.start))}"
    yield f"back:{side}:{relation(context, left, right)}"
    yield f"back:{antecedent.rank}:{min(_FAR, context.layout.paragraph(mention.start) - context.layout.paragraph(antecedent.start))}"
    yield f"back:scope:{_area(context, antecedent.end, mention.start)}"


def _above(context: Context, quantity: QuantityMention, sentence: Span) -> Iterator[Site]:
    """The last facility named before the sentence: of the paragraph, or of those above."""
    mention = context.sites.named_before(sentence.start)
    if mention is None:
        return
    start = context.paragraph_start(sentence.start)
    if mention.start >= start:
        yield _candidate(context, mention, _earlier(context, quantity, sentence, mention, start))
    else:
        yield _candidate(context, mention, _higher(context, quantity, sentence, mention, start))


def _earlier(context: Context, quantity: QuantityMention, sentence: Span, mention: FacilityMention, start: int) -> Iterator[str]:
    sentences = context.layout.sentence_index(sentence.start) - context.layout.sentence_index(mention.start)
    yield f"earlier:{mention.rank}"
    yield f"earlier:{min(_FAR, sentences)}"
    yield f"earlier:scope:{_area(context, mention.end, quantity.start)}"
    yield f"earlier:places:{_places(context, mention.end, quantity.start)}"
    yield f"earlier:heads:{min(2, len(context.sites.between(mention.end, sentence.end)))}"
    yield f"earlier:{'opens' if context.tokens(start, mention.start) <= _OPENING else 'inside'}:{_area(context, sentence.start, sentence.end)}"


def _higher(context: Context, quantity: QuantityMention, sentence: Span, mention: FacilityMention, start: int) -> Iterator[str]:
    paragraphs = min(_FAR, context.layout.paragraph(sentence.start) - context.layout.paragraph(mention.start))
    yield f"above:{mention.rank}:{'title' if mention.end <= context.title_end else paragraphs}"
    yield f"above:scope:{_area(context, start, quantity.start)}"
    yield f"above:since:{_area(context, max(mention.end, start - _LOOKED_AT), start)}"
    yield f"above:places:{_places(context, start, sentence.end)}"


def _main(context: Context, current: Decided, sentence: Span) -> Iterator[Site]:
    """The facility that the article names most, the title first."""
    mention = context.sites.main
    if mention is not None:
        yield _candidate(context, mention, _main_features(context, current, sentence, mention))


def _main_features(context: Context, current: Decided, sentence: Span, mention: FacilityMention) -> Iterator[str]:
    about = context.sites.about
    start = context.paragraph_start(sentence.start)
    yield "main"
    yield f"main:{about}"
    yield f"main:{mention.rank}"
    yield from (f"main:{part}" for part in about.split(":"))
    yield f"main:{mention.rank}:{about[-1]}"
    yield f"main:{about}:scope:{_area(context, start, sentence.end)}"
    yield f"main:{about}:places:{_places(context, sentence.start, sentence.end)}"
    yield f"main:{about}:heads:{min(1, len(context.sites.between(start, sentence.end)))}"
    yield f"main:{about}:{current.quantity.unit_class}"
    yield f"main:indicator:{current.indicator}"
    yield f"main:{current.kind}"


def _none(context: Context, current: Decided, sentence: Span) -> Iterator[str]:
    start = context.paragraph_start(sentence.start)
    yield NOTHING
    yield f"nothing:{context.sites.about}"
    yield f"nothing:scope:{_area(context, sentence.start, sentence.end)}"
    yield f"nothing:paragraph:{_area(context, start, sentence.start)}"
    yield f"nothing:places:{_places(context, sentence.start, sentence.end)}"
    yield f"nothing:heads:{min(2, len(context.sites.between(start, sentence.end)))}"
    yield f"nothing:indicator:{current.indicator}"
    yield f"nothing:{current.quantity.unit_class}"


def _area(context: Context, left: int, right: int) -> str:
    """nation, province, place or none: what the words between two offsets speak of, names of facilities aside."""
    terms = {term.value for term in context.terms_between("area", left, right)}
    places = [place for place in context.places_between(left, right) if not context.sites.hold(place)]
    if "nation" in terms or any(place.code == context.country for place in places):
        return "nation"
    return "province" if "province" in terms else "place" if places else "none"


def _places(context: Context, left: int, right: int) -> int:
    """How many places are named, up to two, those in names of facilities aside."""
    return min(2, sum(not context.sites.hold(place) for place in context.places_between(left, right)))

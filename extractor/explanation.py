"""Why a fact is what it is: the rule that found it, and for each decision the candidates that lost."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from extractor.article import Article, find_parts
from extractor.binding.binder import bind
from extractor.binding.ranker import Candidate, Choice, Ranker, load_ranker
from extractor.binding.sayer import sayers
from extractor.language import detect_language
from extractor.mentions import QuantityMention, Sayer
from extractor.page import Page
from extractor.pipeline import Extractor

T = TypeVar("T")
_SHOWN_CANDIDATES = 4
_SHOWN_FEATURES = 5


@dataclass
class _Witness:
    """Decides as the ranker does, and remembers how."""

    ranker: Ranker
    seen: dict[int, list[tuple[str, Choice[object]]]] = field(default_factory=dict)

    def choose(self, task: str, at: int, candidates: Sequence[Candidate[T]], *, about: str = "") -> Choice[T]:
        choice = self.ranker.choose(task, at, candidates, about=about)
        self.seen.setdefault(at, []).append((f"{task} {about}".strip(), choice))  # type: ignore[arg-type]
        return choice


def explain_article(extractor: Extractor, article: Article) -> Iterator[str]:
    """Lines of text: dates and documents with their rule, names of facilities, who says so, quantities with every decision."""
    language = article.language or detect_language(article.text).language
    context, _ = extractor.recognize(article, language, find_parts(article.text))
    ranker = load_ranker()
    witness = _Witness(ranker)
    bind(context, extractor.decider(context, language, witness))
    text = context.page.reading.text
    yield f"language {language}"
    for date in context.dates:
        yield f"date {text[date.start : date.end]!r} = {date.value} ({date.role}) by template {date.rule!r}"
    for document in context.documents:
        yield f"resolution {text[document.start : document.end]!r} = {document.number} ({document.type}) by {document.rule!r}"
    for facility in context.facilities:
        if facility.named:
            yield f"facility {text[facility.start : facility.end]!r} ({facility.rank})"
    attributions = extractor.attributions(context, language)
    said_by = sayers(context.page, context.layout, context.quantities, attributions)
    for attribution in attributions:
        yield f"attribution by {text[attribution.cue.start : attribution.cue.end]!r}: {_sayer(text, attribution.sayer, back=attribution.back)}"
    for at, quantity in enumerate(context.quantities):
        yield f"quantity {text[quantity.start : quantity.end]!r} = {quantity.value} {quantity.unit}"
        yield from _words(context.page, quantity)
        if (sayer := said_by[at]) is not None:
            yield f"    reported_by: {_sayer(text, sayer)}"
        for task, choice in witness.seen.get(at, ()):
            yield from _decision(ranker, task, choice)


def _sayer(text: str, sayer: Sayer | None, *, back: bool = False) -> str:
    """Name and role in the article's words."""
    if sayer is None:
        return "the last one" if back else "nobody"
    return ", ".join(text[span.start : span.end] for span in (sayer.name, sayer.role) if span is not None)


def _words(page: Page, quantity: QuantityMention) -> Iterator[str]:
    """The lexicon lines whose phrases stand in the quantity's words."""
    for term in page.terms:
        if quantity.start <= term.start and term.end <= quantity.end:
            yield f"    word {page.reading.text[term.start : term.end]!r}: [{term.kind}] {term.value} = {term.entry.phrase!r}"


def _decision(ranker: Ranker, task: str, choice: Choice[object]) -> Iterator[str]:
    yield f"    {task}: {choice.value!r} (probability {choice.probability:.2f})"
    for score, candidate in sorted(choice.ranking, key=lambda ranked: -ranked[0])[:_SHOWN_CANDIDATES]:
        strongest = ranker.reasons(task.partition(" ")[0], candidate.features)[:_SHOWN_FEATURES]
        reasons = ", ".join(f"{feature} {weight:+.2f}" for feature, weight in strongest)
        yield f"        {score:+.2f} {candidate.value!r}: {reasons}"

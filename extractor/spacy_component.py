"""`nlp.add_pipe("health_facts")` for any spaCy pipeline, with any tokenizer.

>>> import spacy
>>> nlp = spacy.blank("fr")
>>> _ = nlp.add_pipe("health_facts")
>>> doc = nlp("La province compte 2 862 lits.")
>>> [(span.text, span._.fact.value) for span in doc.spans["facts"]]
[('2 862 lits', 2862.0)]
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from spacy.language import Language
from spacy.tokens import Doc, Span

from extractor.article import Article

if TYPE_CHECKING:
    from extractor.pipeline import Extractor

FACTORY = "health_facts"
DETECT = "auto"


@Language.factory(FACTORY, default_config={"language": None})
def create_health_facts(nlp: Language, name: str, language: str | None) -> HealthFacts:
    """The component; `language` is a BCP-47 code, `auto` to detect it, or None for the pipeline's own."""
    return HealthFacts(nlp.lang if language is None else language)


class HealthFacts:
    """Runs the extractor on a Doc's text and lays the facts over its tokens, whole tokens at least."""

    def __init__(self, language: str | None) -> None:
        self._language = None if language == DETECT else language
        self._extractor: Extractor | None = None
        if not Span.has_extension("fact"):
            Span.set_extension("fact", default=None)

    def __call__(self, doc: Doc) -> Doc:
        if self._extractor is None:
            from extractor.pipeline import load

            self._extractor = load()
        extraction = self._extractor.extract(Article(doc.text, language=self._language))
        spans = []
        for fact in extraction.facts:
            span = doc.char_span(fact.start, fact.end, label=fact.kind, alignment_mode="expand")
            if span is not None:
                span._.fact = fact
                spans.append(span)
        doc.spans["facts"] = spans
        return doc

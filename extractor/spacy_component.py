"""`nlp.add_pipe("health_facts")` for any spaCy pipeline, with any tokenizer.

>>> import spacy
>>> nlp = spacy.blank("fr")
>>> _ = nlp.add_pipe("health_facts")
>>> doc = nlp("La province compte 2 862 lits.")
>>> [(span.text, span._.fact.value) for span in doc.spans["facts"]]
[('2 862 lits', 2862.0)]

What was extracted is kept in the Doc's user data as plain JSON values, so that it goes wherever a Doc goes: between processes, into a
DocBin (`store_user_data=True`) and out of it. `import extractor.spacy_component` is all that a reader of such a DocBin needs.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from pydantic import TypeAdapter
from spacy.language import Language
from spacy.strings import get_string_id
from spacy.tokens import Doc, Span
from spacy.util import get_minor_version_range, split_requirement

from extractor import __version__
from extractor.article import Article
from extractor.schema import AnyFact, ArticleInfo, Extraction

FACTORY = "health_facts"
DETECT = "auto"
_MANY_LANGUAGES = "xx"
"""What spaCy calls a pipeline for any language: each text's own is detected."""
_DISTRIBUTION = "health-news-extractor"
_KEPT = "health_facts"
"""Key of the user data: `{"article": {…}, "facts": {hash of the fact's id: {…}}}`, in the order of the text."""
_FACT: TypeAdapter[AnyFact] = TypeAdapter(AnyFact)


@Language.factory(
    FACTORY,
    default_config={"language": None, "spans_key": "facts", "min_confidence": 0.0},
    assigns=["doc.spans", "doc._.article", "doc._.extraction", "span._.fact"],
)
def create_health_facts(nlp: Language, name: str, language: str | None, spans_key: str, min_confidence: float) -> HealthFacts:
    """The component.

    `language` is a BCP-47 code, `auto` to detect it, or None for the pipeline's own; `spans_key` names the span group; facts of less than
    `min_confidence` (0 to 1) are left out. Raises ValueError for a setting that can't be.
    """
    _require_this_package(nlp)
    return HealthFacts(
        _language(str(nlp.lang) if language is None else language, name),
        spans_key=_spans_key(spans_key, name),
        min_confidence=_share(min_confidence, name),
    )


def _require_this_package(nlp: Language) -> None:
    """What `spacy package` makes of the pipeline has to name us; it looks for a file that only setuptools writes."""
    requirements = nlp.meta.setdefault("requirements", [])
    if not any(split_requirement(requirement)[0] == _DISTRIBUTION for requirement in requirements):
        requirements.append(f"{_DISTRIBUTION}{get_minor_version_range(__version__)}")


def _language(code: str, name: str) -> str | None:
    """The language of all texts; None to detect that of each."""
    if code in (DETECT, _MANY_LANGUAGES):
        return None
    if not re.fullmatch("[a-z]{2,3}", code):
        raise ValueError(f"{name}: language: {code!r} is no BCP-47 primary subtag such as 'vi', nor {DETECT!r} to detect it")
    return code


def _spans_key(key: str, name: str) -> str:
    if not key:
        raise ValueError(f"{name}: spans_key: is empty; give the name of a span group, such as 'facts'")
    return key


def _share(share: float, name: str) -> float:
    if not 0 <= share <= 1:
        raise ValueError(f"{name}: min_confidence: {share!r} is not between 0 and 1")
    return share


class HealthFacts:
    """Runs the extractor on a Doc's text and lays the facts over its tokens, whole tokens at least."""

    def __init__(self, language: str | None, *, spans_key: str = "facts", min_confidence: float = 0.0) -> None:
        self._language, self._spans_key, self._min_confidence = language, spans_key, min_confidence

    def __call__(self, doc: Doc) -> Doc:
        from extractor.pipeline import load

        extraction = load().extract(Article(doc.text, language=self._language)).sure_of(self._min_confidence)
        doc.user_data[_KEPT] = _kept(extraction)
        spans = (doc.char_span(f.start, f.end, label=f.kind, span_id=f.id, alignment_mode="expand") for f in extraction.facts)
        doc.spans[self._spans_key] = [span for span in spans if span is not None]
        return doc


def _kept(extraction: Extraction) -> dict[str, Any]:
    """An extraction as JSON values, without the text that its Doc holds. Facts are named by what a span keeps of its id in any vocabulary."""
    facts = {str(get_string_id(fact.id)): fact.model_dump(mode="json") for fact in extraction.facts}
    return {"article": extraction.article.model_dump(mode="json", exclude={"text"}), "facts": facts}


def _extraction_of(doc: Doc) -> Extraction | None:
    """`doc._.extraction`: everything that was extracted; None for a Doc that the component never saw."""
    article = _article_of(doc)
    return Extraction(article=article, facts=tuple(map(_FACT.validate_python, doc.user_data[_KEPT]["facts"].values()))) if article else None


def _article_of(doc: Doc) -> ArticleInfo | None:
    """`doc._.article`: what is known of the article."""
    kept = doc.user_data.get(_KEPT)
    return ArticleInfo(**kept["article"], text=doc.text) if kept else None


def _fact_of(span: Span) -> AnyFact | None:
    """`span._.fact`: the fact of a span of the group; None for any other span."""
    kept = span.doc.user_data.get(_KEPT)
    fact = kept["facts"].get(str(span.id)) if kept else None
    return _FACT.validate_python(fact) if fact else None


def _extend(owner: type[Doc] | type[Span], name: str, getter: Callable[[Any], Any]) -> None:
    """Raises ValueError rather than take another package's extension away."""
    if owner.has_extension(name):
        theirs = owner.get_extension(name)[2]
        if getattr(theirs, "__module__", None) != __name__:
            raise ValueError(f"health_facts: {owner.__name__}._.{name} is taken by another extension; remove or rename that one")
    owner.set_extension(name, getter=getter, force=True)


_extend(Doc, "article", _article_of)
_extend(Doc, "extraction", _extraction_of)
_extend(Span, "fact", _fact_of)

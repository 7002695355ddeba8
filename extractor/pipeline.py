"""The way of one article: text in, facts out. `Extractor` reads like the design's table of contents."""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import repeat
from typing import TYPE_CHECKING, Any

from babel import Locale, UnknownLocaleError

from extractor.article import Article, Parts, find_parts, publisher_of
from extractor.binding.binder import ARTICLE, bind
from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.binding.own_year import own_year_candidates
from extractor.binding.ranker import Calibration, Decider, load_calibration, load_ranker
from extractor.binding.sayer import sayers
from extractor.binding.typed import TypedDecider, Types, is_quantity
from extractor.collection import paused
from extractor.components.brackets import Brackets
from extractor.components.dates import Dates
from extractor.components.documents import Documents
from extractor.components.entities import NamedEntities
from extractor.components.facilities import Facilities
from extractor.components.facility_names import resolve
from extractor.components.names import in_a_name
from extractor.components.numbers import Numbers
from extractor.components.places import Places
from extractor.components.quantities import Quantities
from extractor.components.speakers import Speakers
from extractor.components.years import NO_YEAR
from extractor.gazetteer import area_codes, lands_of_money, shared_names
from extractor.knowledge_base import check_ids, load_knowledge
from extractor.language import Detection, detect_language
from extractor.lexicon import Lexicon
from extractor.mentions import (
    AttributionMention,
    DateMention,
    DocumentMention,
    NumberMention,
    PlaceMention,
    QuantityMention,
    Sayer,
    Span,
    Spans,
    Surroundings,
    TermMention,
)
from extractor.packs import FALLBACK, LanguagePack, load_pack
from extractor.page import Page, open_page
from extractor.press import press_area
from extractor.reading import Reading, fold, read
from extractor.schema import AnyFact, ArticleInfo, DateFact, Dimensions, Extraction, Metric, Per, ReportedBy, Resolution, Target
from extractor.sentences import lay_out

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from extractor.semantic.number_types import NumberTyper

_DATE_OF_ISSUE = 60
"""A document's date stands at most so many characters behind its number."""
_RIGHT_BEFORE = 10
"""Characters from a date to the document that it dates, where languages put it first, its issuer between or not: `2025年9月9日付の政治局決議`."""
_DATED_ADDRESS = re.compile(r"/(20[0-4]\d)[/-]?(?:0[1-9]|1[0-2])(?:[/-]|(?:[0-2]\d|3[01])[/-])")
_CITED_FOR_DECADES = ("law", "ordinance")
"""Documents whose year says nothing of when an article was written that names them."""
_MOST_TYPED = 1_000
"""Numbers of an article whose types are asked for: each takes 65 ms, and a hostile megabyte has 200,000."""
_UNCERTAIN_NUMBER = 0.8
"""A separator that could be read in two ways was read rightly about so often."""


@dataclass(frozen=True)
class _Recognisers:
    """Everything built once for a language."""

    pack: LanguagePack
    lexicon: Lexicon
    numbers: Numbers
    dates: Dates
    documents: Documents
    places: Places
    facilities: Facilities
    brackets: Brackets
    quantities: Quantities
    speakers: Speakers


@cache
def recognisers(code: str) -> _Recognisers:
    """The recognisers of a language, built on first use."""
    with paused():
        return _build(code)


def _build(code: str) -> _Recognisers:
    pack = load_pack(code)
    check_ids(pack)
    return _Recognisers(
        pack,
        Lexicon(pack),
        Numbers(pack.pack.numbers, pack.pack.numbers.decimal or _decimal_sign(pack)),
        Dates(pack),
        Documents(pack),
        Places(
            area_codes(pack),
            *(
                [fold(name, fold_marks=pack.pack.fold_marks) for name in names]
                for names in (shared_names(pack), pack.pack.district_forms, pack.pack.commune_forms)
            ),
        ),
        Facilities(pack.facilities),
        Brackets(pack.pack.brackets, pack.pack.prefixes, fold_marks=pack.pack.fold_marks),
        Quantities(
            pack.pack.numbers,
            spaced=pack.pack.spaced,
            each=(fold(word, fold_marks=pack.pack.fold_marks) for word in pack.terms.cues.each),
        ),
        Speakers(pack),
    )


def _decimal_sign(pack: LanguagePack) -> str:
    """CLDR's decimal sign for the language, in Western digits."""
    try:
        symbols = Locale.parse(pack.pack.locale or pack.code).number_symbols
    except (UnknownLocaleError, ValueError):
        return "."
    return str(symbols.get("latn", symbols).get("decimal", "."))


class Extractor:
    """Extracts facts from articles. Keeps nothing between articles but what it knows of languages."""

    def __init__(self, decider: Decider | None = None, *, ner: NamedEntities | None = None, typer: NumberTyper | None = None) -> None:
        """With a decider of your own, confidences are what it says, not calibrated. `ner` names persons and bodies for `reported_by`,
        `typer` tells what numbers are in languages without a pack."""
        self._ner = ner
        self._typer = typer
        self._decider = decider or load_ranker()
        self._calibration = Calibration() if decider else load_calibration()

    def extract(self, article: Article | str) -> Extraction:
        """All facts of one article.

        >>> extraction = load().extract("Lào Cai has 2,862 hospital beds.")
        >>> [(fact.exact, fact.indicator, fact.value) for fact in extraction.facts]
        [('2,862 hospital beds', 'hospital_beds', 2862.0)]
        """
        if isinstance(article, str):
            article = Article(article)
        detected = Detection(article.language, 1.0) if article.language else detect_language(article.text)
        parts = find_parts(article.text)
        analysis = self.analyse(article, detected.language, parts)
        return Extraction(article=_article_info(article, detected, parts, analysis), facts=tuple(_facts(article, analysis, self._calibration)))

    def pipe(self, articles: Iterable[Article | str]) -> Iterator[Extraction]:
        """Facts of many articles, in order; memory stays flat however many there are."""
        yield from map(self.extract, articles)

    def to_frame(self, extractions: Iterable[Extraction]) -> pd.DataFrame:
        """One row a fact, with the article's id, source, language and url beside it."""
        from extractor.tables import to_frame

        return to_frame(extractions)

    def analyse(self, article: Article, language: str, parts: Parts) -> Analysis:
        """Run every recogniser and bind what they find."""
        context, published = self.recognize(article, language, parts)
        decided = bind(context, self.decider(context, language, self._decider))
        attributions = self.attributions(context, language)
        said_by = sayers(context.page, context.layout, [one.quantity for one in decided], attributions)
        return Analysis(context, decided, published, attributions, said_by)

    def decider(self, context: Context, language: str, other: Decider) -> Decider:
        """Another decider, led by what the numbers are in a language without a pack."""
        types = self._types(context.page.reading, language, context.quantities)
        return other if types is None else TypedDecider(other, types)

    def _types(self, reading: Reading, language: str, quantities: Sequence[QuantityMention]) -> Sequence[Types | None] | None:
        """What numbers are; None where the pack tells, or nothing."""
        if self._typer is None or recognisers(language).pack.pack.language != FALLBACK:
            return None
        asked = quantities[:_MOST_TYPED]
        return [*self._typer.types(reading.text, [quantity.number for quantity in asked]), *repeat(None, len(quantities) - len(asked))]

    def attributions(self, context: Context, language: str) -> list[AttributionMention]:
        """Where the article says who says so."""
        return recognisers(language).speakers.recognize(
            context.page,
            context.layout,
            Surroundings(context.places, context.dates, context.documents, context.facilities, context.quantities),
            entities=lambda: self._ner.recognize(context.page.reading.text, language) if self._ner else (),
        )

    def recognize(self, article: Article, language: str, parts: Parts) -> tuple[Context, list[DateMention]]:
        """All mentions of an article, and the dates in its publication line."""
        known = recognisers(language)
        reading = read(article.text, fold_marks=known.pack.pack.fold_marks)
        page = open_page(reading, known.lexicon)
        masked = [*(_into(reading, span) for span in (*parts.boilerplate, *parts.addresses)), *known.dates.lunar(page)]
        hidden = Spans(masked)
        url = article.url or parts.url
        home = _home(url or parts.site)
        title_end = _into(reading, parts.title).end if parts.title else 0
        everywhere = known.places.recognize(page, home, title_end)
        places = [p for p in everywhere if not hidden.touch(p)]
        named = Spans(places)  # Ben Tre holds the Italian word for three
        numbers = [
            n
            for n in known.numbers.recognize(reading, page.terms)
            if not hidden.touch(n) and (n.digits or not (named.cover(n) or (n.start >= title_end and in_a_name(reading.text, n.start, n.end))))
        ]
        stamped = [_into(reading, span) for span in parts.published]
        found = known.dates.find(page)
        dated = Spans(found)
        places = [p for p in places if not dated.touch(p)]  # 10月13日本土: no 日本
        stamp = next((d.value for d in found if d.value[:4].isdigit() and any(stamp.contains(d) for stamp in stamped)), None)
        told = article.published or _year_in_address(url) or stamp
        own_year = self._own_year(page, [d for d in found if not hidden.touch(d)])
        if told:
            own_year = int(told[:4])
        seen = [d for d in found if not hidden.touch(d) or any(stamp.contains(d) for stamp in stamped)]
        dates = known.dates.complete(page, seen, own_year, told)
        published = [d for d in dates if any(stamp.contains(d) for stamp in stamped)]
        dates = [d for d in dates if not hidden.touch(d)]
        named_most = _main_countries(places)
        country = (named_most[0] if len(named_most) == 1 else None) or home or _country_of_bodies(page, hidden)
        if country is None and named_most:  # a country compared with its neighbours, each named once
            country = _own_nation(page, known.pack) or named_most[0]
        sources = Spans(_into(reading, line) for line in parts.sources)
        press = press_area(reading.text, url or parts.site, [p.code for p in everywhere if sources.touch(p)])
        if press is not None and country not in (None, press.partition("-")[0]):
            press = None
        documents = [d for d in known.documents.recognize(page, dates, country=country) if not hidden.touch(d)]
        outside = _outside_names(found, documents)
        if not told and len(outside) < len(found):  # the Act of 1988 tells nothing of when the article was written
            own_year = self._own_year(page, [d for d in outside if not hidden.touch(d)])
            dates = [d for d in known.dates.complete(page, _outside_names(seen, documents), own_year, told) if not hidden.touch(d)]
        country = country or _unnamed_country(documents, page, numbers, known.pack)
        dates = _settle_dates(dates, documents)
        brackets = known.brackets.recognize(page, numbers, load_knowledge().durations)
        selected = Spans(brackets)
        dates = [d for d in dates if not ("/" in d.value and selected.cover(d))]  # amamentadas exclusivamente nos primeiros 6 meses
        taken = [*masked, *dates, *_vague(found, dates), *known.dates.hours(page, dates), *documents, *brackets]
        quantities = known.quantities.recognize(page, numbers, taken, country=country)
        types = self._types(reading, language, quantities)
        if types is not None:
            quantities = [quantity for quantity, told in zip(quantities, types, strict=True) if told is None or is_quantity(told)]
        facilities = resolve(page, [f for f in known.facilities.recognize(page, places, quantities) if not hidden.touch(f)])
        day = article.published or (published[0].value if published else None)
        moments = known.dates.moments(page, dates, own_year)
        return Context(
            page, lay_out(reading.text, known.pack.pack.abbreviations), load_knowledge(), quantities, dates, moments, documents, places, facilities,
            brackets, country, day, str(own_year) if own_year else None, title_end, press,
        ), published  # fmt: skip

    def _own_year(self, page: Page, dates: Sequence[DateMention]) -> int | None:
        """The year in which an article was written, told by the years that it names."""
        candidates = own_year_candidates(page, dates)
        return self._decider.choose("own_year", ARTICLE, candidates).value if candidates else None


@dataclass(frozen=True)
class Analysis:
    """All mentions of one article and what was decided of its quantities."""

    context: Context
    decided: list[Decided]
    published: list[DateMention]
    attributions: list[AttributionMention]
    said_by: list[Sayer | None]
    """Who says each quantity, in the order of `decided`."""


def _into(reading: Reading, span: Span) -> Span:
    """A span of the source as a span of the reading."""
    return span if reading.offsets is None else Span(reading.from_source(span.start), reading.from_source(span.end))


def _vague(found: Sequence[DateMention], dates: Sequence[DateMention]) -> list[DateMention]:
    """What is a date and stays without its year or month, so that it is left out: its figures count nothing."""
    told = {date.start for date in dates}
    return [date for date in found if date.value.startswith(NO_YEAR) and date.start not in told]


def _outside_names(dates: Sequence[DateMention], documents: Sequence[DocumentMention]) -> list[DateMention]:
    """The dates without the years that are a part of a law's name: `Akta Pencegahan dan Pengawalan Penyakit Berjangkit` 1988."""
    laws = Spans([document for document in documents if document.type in _CITED_FOR_DECADES])
    return [date for date in dates if len(date.value) != len("1988") or not laws.cover(date)]


def _settle_dates(dates: Sequence[DateMention], documents: Sequence[DocumentMention]) -> list[DateMention]:
    """Years inside a document's number are no dates; a document's date of issue has the role document."""
    settled = []
    starts = [document.start for document in documents]
    for date in dates:
        index = bisect_right(starts, date.start) - 1
        document = documents[index] if index >= 0 else None
        following = documents[index + 1] if index + 1 < len(documents) else None
        if following is not None and following.date == date.value and following.start - date.end <= _RIGHT_BEFORE:
            date = replace(date, role="document")
        if document is None:
            settled.append(date)
            continue
        inside = date.start < document.end
        if inside and (len(date.value) in (len("2024"), len("2024-02")) or f"{date.value[:4]}-{date.value[7:]}" in (document.number or "")):
            continue
        near = document.date is not None and date.start - document.end <= _DATE_OF_ISSUE
        if near and date.whole_year and document.date is not None and document.date[4:] == date.value[4:]:
            date = replace(date, value=document.date, whole_year=False)
        settled.append(replace(date, role="document") if near and document.date == date.value else date)
    return settled


def _year_in_address(url: str | None) -> str | None:
    """The year that many papers write into an article's address: /2025/01/, /202501/."""
    match = _DATED_ADDRESS.search(url) if url else None
    return match.group(1) if match else None


def _home(url: str | None) -> str | None:
    """Country of the article's address: .vn is Viet Nam's."""
    domain = publisher_of(url)
    suffix = domain.rpartition(".")[2].upper() if domain else ""
    return {"UK": "GB"}.get(suffix, suffix) if len(suffix) == 2 else None


def _main_countries(places: Sequence[PlaceMention]) -> list[str]:
    """The country that an article names most, or those that it names as often."""
    counts = Counter(place.code.partition("-")[0] for place in places)
    most = max(counts.values(), default=0)
    return [code for code, count in counts.items() if count == most]


def _unnamed_country(documents: Sequence[DocumentMention], page: Page, numbers: Sequence[NumberMention], pack: LanguagePack) -> str | None:
    """The country of an article that names no place: that of its documents, else of its money, else the language's only one where it
    speaks of the nation."""
    lands = {document.jurisdiction.partition("-")[0] for document in documents if document.jurisdiction} - {"INT", "EU"}
    if not lands:
        lands = {lands_of_money()[term.value] for term in _money(page, numbers, documents) if term.value in lands_of_money()}
    if lands:
        return lands.pop() if len(lands) == 1 else None
    return _own_nation(page, pack)


def _money(page: Page, numbers: Sequence[NumberMention], documents: Sequence[DocumentMention]) -> Iterator[TermMention]:
    """Names of money beside a figure, and codes anywhere: `동` is a piece of many words, `VND` is none, `Lei` nº 52 is a law."""
    named = Spans(documents)
    ends, starts = {number.end for number in numbers}, {number.start for number in numbers}
    for term in page.of_kind("currency"):
        in_word = page.reading.folded[max(0, term.start - 1) : term.start].isalpha() and term.start not in ends  # 병원 is no 원
        if named.touch(term) or (in_word and len(term.entry.phrase) == 1):
            continue
        if term.entry.phrase.isupper() or not ends.isdisjoint((term.start, term.start - 1)) or not starts.isdisjoint((term.end, term.end + 1)):
            yield term


def _own_nation(page: Page, pack: LanguagePack) -> str | None:
    """The language's only country, where the article speaks of the nation, and not of the bodies of another one alone."""
    own = pack.pack.countries or pack.pack.towns
    homes = {term.value for term in page.of_kind("home")}
    return own[0] if len(own) == 1 and (not homes or own[0] in homes) and any(term.value == "nation" for term in page.of_kind("area")) else None


def _country_of_bodies(page: Page, hidden: Spans) -> str | None:
    """The country whose own bodies and institutions an article names most, else that of the site at its head or foot.

    None where it speaks of one of its provinces, without a name, rather than of the nation.
    """
    areas = Counter(term.value for term in page.of_kind("area"))
    if areas["province"] > max(1, areas["nation"]):
        return None
    bodies = [*page.of_kind("home")]
    counts = Counter(term.value for term in bodies if not hidden.touch(term)) or Counter(term.value for term in bodies)
    return max(counts, key=lambda code: counts[code], default=None)


def _article_info(article: Article, detected: Detection, parts: Parts, analysis: Analysis) -> ArticleInfo:
    url = article.url or parts.url
    title = article.title or (article.text[parts.title.start : parts.title.end] if parts.title else None)
    published = article.published or next((d.value for d in analysis.published), None)
    return ArticleInfo(
        id=article.id, source=article.source, language=detected.language, language_confidence=detected.confidence,
        title=title, url=url, publisher=publisher_of(url), published=published, text=article.text,
    )  # fmt: skip


def _facts(article: Article, analysis: Analysis, calibration: Calibration) -> list[AnyFact]:
    """Mentions as facts with source offsets, in the order of the text."""
    context = analysis.context
    facts: list[AnyFact] = [
        _quantity_fact(article, context, decided, sayer, calibration) for decided, sayer in zip(analysis.decided, analysis.said_by, strict=True)
    ]
    facts += [_date_fact(article, context, date, calibration) for date in context.dates]
    facts += [_date_fact(article, context, replace(date, role="published"), calibration) for date in analysis.published]
    facts += [_resolution_fact(article, context, document, calibration) for document in context.documents]
    return sorted(facts, key=lambda fact: (fact.start, fact.end, fact.kind))


def _anchor(article: Article, context: Context, kind: str, span: Span) -> dict[str, Any]:
    """The fields that every fact has."""
    reading = context.page.reading
    start, end = reading.to_source(span.start, span.end)
    sentence = context.layout.sentence(span.start)
    digest = hashlib.sha256(f"{article.id} {kind} {start} {end}".encode()).hexdigest()[:16]
    return {
        "id": digest, "start": start, "end": end, "exact": article.text[start:end],
        "sentence": reading.to_source(sentence.start, max(sentence.end, sentence.start + 1)),
    }  # fmt: skip


def _quantity_fact(article: Article, context: Context, decided: Decided, sayer: Sayer | None, calibration: Calibration) -> Metric | Target:
    quantity = decided.quantity
    sign = -1 if decided.measure == "change" and decided.rising is False and quantity.value > 0 else 1
    low, high = quantity.value * sign, quantity.value_max * sign if quantity.value_max is not None else None
    if high is not None and low > high:
        low, high = high, low
    dimensions = dict(decided.dimensions)
    model = Target if decided.kind == "target" else Metric
    return model(
        **_anchor(article, context, decided.kind, quantity),
        confidence=round(calibration.of_quantity(_said(decided)), 4),
        indicator=decided.indicator,
        label=_words(article, context, decided.label),
        value=float(low),
        value_max=float(high) if high is not None else None,
        out_of=float(quantity.out_of) if quantity.out_of is not None else None,
        unit=decided.unit,
        per=Per(count=decided.per[0], of=decided.per[1]) if decided.per else None,
        comparator=quantity.comparator,  # type: ignore[arg-type]
        measure=decided.measure,  # type: ignore[arg-type]
        baseline=decided.baseline,
        dimensions=Dimensions(**dimensions),  # type: ignore[arg-type]
        place=decided.place,
        facility=_words(article, context, decided.facility),
        period=decided.period if decided.period != NO_YEAR else None,
        reported_by=_reported_by(article, context, sayer) if sayer else None,
    )


def _reported_by(article: Article, context: Context, sayer: Sayer) -> ReportedBy:
    to_source = context.page.reading.to_source
    name, role = (article.text[slice(*to_source(span.start, span.end))] if span else None for span in (sayer.name, sayer.role))
    anchor = sayer.name or sayer.role
    assert anchor is not None
    start, end = to_source(anchor.start, anchor.end)
    return ReportedBy(name=name, role=role, start=start, end=end)


def _words(article: Article, context: Context, span: tuple[int, int] | None) -> str | None:
    """The article's own words over a span of the reading."""
    return article.text[slice(*context.page.reading.to_source(*span))] if span else None


def _said(decided: Decided) -> float:
    """Product of the decisions' probabilities: what the model says of a fact as a whole."""
    product = 1.0
    for probability in decided.probabilities.values():
        product *= probability
    return product * (1.0 if decided.quantity.certain else _UNCERTAIN_NUMBER)


def _date_fact(article: Article, context: Context, date: DateMention, calibration: Calibration) -> DateFact:
    confidence = calibration.date["year assumed" if date.whole_year else "stated"]
    return DateFact(**_anchor(article, context, "date", date), confidence=confidence, value=date.value, role=date.role)  # type: ignore[arg-type]


def _resolution_fact(article: Article, context: Context, document: DocumentMention, calibration: Calibration) -> Resolution:
    anchor = _anchor(article, context, "resolution", document)
    jurisdiction = document.jurisdiction
    if document.issuer is not None and document.issuer.startswith("provincial_") and context.province:
        jurisdiction = context.province
    return Resolution(
        **anchor, confidence=calibration.resolution["numbered" if document.number else "named"], number=document.number, type=document.type,  # type: ignore[arg-type]
        issuer=document.issuer, jurisdiction=jurisdiction, date=document.date, label=anchor["exact"],
    )  # fmt: skip


def load(*, ner: str | NamedEntities | None = None, semantic: str | Path | None = None, adapter: str | Path | None = None) -> Extractor:
    """An extractor with the weights that ship with the package.

    `ner`: the name or path of a spaCy pipeline whose persons and bodies tell better who says so. Raises NerError where it can't be used.
    `semantic`: the folder of an encoder (`extractor models build`), which tells what numbers are in languages without a pack; `adapter`: the
    folder of another adapter than the one that ships. Raises ModelError where they can't be used.
    """
    return Extractor(ner=NamedEntities.load(ner) if isinstance(ner, str) else ner, typer=_typer(semantic, adapter) if semantic else None)


def _typer(semantic: str | Path, adapter: str | Path | None) -> NumberTyper:
    from extractor.semantic import require_extra

    require_extra()
    from extractor.semantic.number_types import load_typer

    return load_typer(semantic, adapter)

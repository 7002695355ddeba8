"""Legal and policy documents: by their symbols (`72-NQ/TW`), by a country's way of numbering behind a type word
(`Peraturan … Nomor 24 Tahun 2022`), or by name (`Law on Health Insurance`).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from extractor.components.document_dates import IssueDates, numbered_by_date, share_dates
from extractor.components.document_forms import Form, canonical_number, cut, form_pattern
from extractor.components.document_issuers import issuer_ahead, issuer_end, issuer_in, issuer_right_ahead
from extractor.components.document_names import Names
from extractor.components.searches import Search
from extractor.components.symbols import sharing, symbols
from extractor.components.written_marks import bare_number, number_ahead, number_counter, running_number
from extractor.knowledge_base import CompletedNumber, load_knowledge
from extractor.mentions import DateMention, DocumentMention, Span, Spans, TermMention
from extractor.packs import FALLBACK, LanguagePack, load_pack
from extractor.page import Page
from extractor.reading import fold

_TERM = re.compile(r"(?:19|20)\d\d[-/–](?:19|20)\d\d")
"""The years that a plan is for: `Plan Nacional de Salud 2021-2030` has no number."""
_SENTENCE_BREAK = re.compile(r"[\n;。；]|[.!?] ")
_SENTENCE_END = re.compile(r"[\n;。；!?]|[^\W\d_]{3}[.] ")
"""No full stop of a short word: TP. Cam Ranh."""
_DAY_OR_DIGITS = re.compile(r"\d+|\d{1,2}([./-])\d{1,2}\1\d{4}")
_OF_YEAR = re.compile(r"\d{1,4}/(?:19|20)\d\d")
"""A number with its year and nothing else: Circular `15/2023`."""
_YEAR = re.compile(r"(?:19|20)\d\d")
_CODE = r"(?:\(?[^\W\d_]{1,4}/\d{1,4}\)?|(?:[a-z]{2,8}[./-])?\d[\da-z]*(?:[./-][\da-z]+)+|\d+)(?![\w/])"
"""Letters and digits with at least one separator, or digits alone."""
_CLAUSE_END = re.compile(r"[\n。；，,;、]")
_COMMAS = (",", "、", "，", "،")
_ISSUER_BEHIND = 45
"""Characters behind a number in which its issuer may stand."""
_DATE_REACH = 12
"""Characters between a number and its date, before which the issuer may not stand: มติเลขที่ 20 `ลงวัน`ที่ 25/10/2017 ของ …"""
_STANDING = "UBTV"
"""The mark of its standing committee, which passes ordinances too."""
_COUNTER = 1
"""Letters of a word for number that stands behind it: 号, 호."""
_NO_LAWS = frozenset(("resolution", "decision", "decree"))
"""What languages call a resolution of Viet Nam's National Assembly, which passes laws otherwise: القرار, Постановление."""
_WINDOW = 140
_GAP_TOKENS = 10
_LONGEST_ORDINAL = 12
"""Characters of what makes an ordinal of a word for a number, at most."""
_CLOSING = ("》", "」", "』", "”", '"')
"""Behind the name of a document."""


class Documents:
    """Finds the documents that articles of one language name."""

    def __init__(self, pack: LanguagePack) -> None:
        self._rules = pack.terms.documents
        self._spaced = pack.pack.spaced
        self._knowledge = load_knowledge()
        shared = load_pack(FALLBACK).terms.documents.forms if pack.code != FALLBACK else []
        fold_marks = pack.pack.fold_marks
        self._forms = [Form(form, re.compile(form_pattern(form.shape, fold_marks=fold_marks))) for form in [*self._rules.forms, *shared]]
        self._issued = IssueDates(pack)
        self._names = Names(pack, self._issued)
        numbered = "|".join(re.escape(fold(w, fold_marks=fold_marks)) for w in sorted(self._rules.number_words, key=len, reverse=True))
        guard = r"(?<![^\W\d_])" if self._spaced else ""
        self._number_word = re.compile(rf"{guard}(?:{numbered})" if numbered else r"(?!)")
        self._ordinal = _ordinals(pack)
        self._as_written = re.compile(rf"[ ,]{{0,2}}{guard}(?:{numbered})[ :]{{0,2}}(?P<code>{_CODE})" if numbered else r"(?!)")
        self._self_naming = [(rule, Search(re.compile(rule.pattern), rule.signs)) for rule in self._knowledge.symbols.self_naming]
        self._chosen_types = {rule.name: rule.types for rule in self._knowledge.symbols.self_naming}
        self._chosen_types |= {form.rule.shape: tuple(form.rule.types) for form in self._forms}

    def recognize(self, page: Page, dates: Sequence[DateMention], *, country: str | None) -> list[DocumentMention]:
        """All documents of a text, in order; `country` is the one the article is about."""
        types = [word for word in page.of_kind("document_type") if not _in_code(page.reading.folded, word)]
        found = [*symbols(page.reading.folded, page.reading.text, self._knowledge)]
        dated = Spans(dates)
        found += [d for d in sharing(page.reading.folded, found, types, self._number_word) if not dated.touch(d)]
        found += [*self._self_named(page), *self._standing_alone(page)]
        starts = [word.start for word in types]
        before = [bisect_left(starts, document.start) for document in found]
        found = [_named_behind(page, document, types[index : index + 1]) for document, index in zip(found, before, strict=True)]
        found = [self._with_type_word(page, document, types[max(0, index - 2) : index]) for document, index in zip(found, before, strict=True)]
        found += self._shortened(page, types, found)
        found += self._completed(page, types, found, dates, country)
        found += self._numbered(page, types, found, dates, country)
        found += self._number_ahead(page, types, found, dates, country)
        found += self._names.named(page, types, found, dates)
        found += self._names.quoted(page, found)
        found = _joined_in_brackets(page, _without_overlaps(found), self._chosen_types)
        following = [*(document.start for document in found), len(page.reading.folded)][1:]
        last = [0, *(document.end for document in found)][:-1]
        around = zip(found, last, following, strict=True)
        found = [self._issued.dated(page, document, dates, begin, end) for document, begin, end in around]
        if self._rules.year_from_date and country is not None and not country.startswith("VN"):
            found = [numbered_by_date(document) for document in found]
        return share_dates(found, country)

    def _self_named(self, page: Page) -> Iterator[DocumentMention]:
        for rule, search in self._self_naming:
            for match in search.matches(page.reading.folded):
                if rule.capital and not page.reading.text[match.start()].isupper():
                    continue
                number = rule.number.format(n=match["n"].upper())
                yield DocumentMention(match.start(), match.end(), number, rule.type, rule.issuer, rule.jurisdiction, None, rule.name)

    def _standing_alone(self, page: Page) -> Iterator[DocumentMention]:
        for form in self._forms:
            if form.rule.alone and form.rule.type is not None:
                for match in form.pattern.finditer(page.reading.folded):
                    number = canonical_number(form.rule, match, page)
                    start = match.start() + self._words_before_code(number)
                    number = number[start - match.start() :] if form.rule.number == "{all}" else number
                    yield DocumentMention(start, match.end(), number, form.rule.type, None, form.rule.jurisdiction, None, form.rule.shape)

    def _words_before_code(self, number: str) -> int:
        """Length of the words that run into a code that is written without spaces: `根据`国卫医发〔2024〕5号."""
        return max((end for word in self._rules.words_before_code if (end := number.rfind(word) + len(word)) >= len(word)), default=0)

    def _with_type_word(self, page: Page, document: DocumentMention, types: Sequence[TermMention]) -> DocumentMention:
        """Take the type word before a symbol into the span: `Keputusan Perdana Menteri No. 201/QĐ-TTg`."""
        before = [t for t in types if t.end <= document.start and document.start - t.start <= 80]
        if not before:
            return document
        word = before[-1]
        gap = page.reading.folded[word.end : document.start]
        if (
            _SENTENCE_BREAK.search(self._number_word.sub("", gap))
            or gap.lstrip()[:1] in _COMMAS
            or gap.count(" ") > 8
            or any(c.isdigit() for c in gap)
            or self._is_of_another(gap)
        ):
            return document
        document = replace(document, start=word.start)
        if word.value in self._chosen_types.get(document.rule, ()):
            document = replace(document, type=word.value)
        if document.rule == "QH" and word.value in _NO_LAWS and (word.value == "resolution" or _STANDING not in (document.number or "")):
            document = replace(document, type="resolution")
        issuer = issuer_in(page, word.end, document.end)
        return replace(document, issuer=issuer) if issuer and (document.issuer in (None, "politburo")) else document

    def _is_of_another(self, gap: str) -> bool:
        """《医师法》`和`国办发〔2023〕4号: words behind the name in which the type word ends lead to the next document."""
        _, closed, behind = self._number_word.sub("", gap).partition("》")
        return closed != "" and behind[:1].isalpha()

    def _numbered(
        self, page: Page, types: Sequence[TermMention], known: Sequence[Span], dates: Sequence[DateMention], country: str | None
    ) -> Iterator[DocumentMention]:
        """A type word and, close behind it, a number in one of the forms."""
        folded = page.reading.folded
        taken, dated = Spans(known), Spans(dates)
        for index, word in enumerate(types):
            if taken.touch(word):
                continue
            limit = word.end + _WINDOW
            following = next((later for later in islice(types, index + 1, None) if later.start > word.start), None)
            if following is not None:
                limit = min(limit, max(following.start, word.end + 1))
            match = self._first_form(folded, word, limit)
            if match is not None and _in_longer_date(dates, match[1]):
                match = None
            written = self._written(page, word, limit)
            if written is not None and dated.touch(Span(written.end - 1, written.end)) and _DAY_OR_DIGITS.fullmatch(written.number or ""):
                written = None
            if (
                written is not None
                and not taken.touch(written)
                and (match is None or match[1].end() < written.end or written.end <= match[1].start())
            ):
                yield written
                continue
            if match is None or taken.touch(Span(match[1].start(), match[1].end())):
                continue
            form, hit = match
            kind, number = form.rule.type or word.value, canonical_number(form.rule, hit, page)
            if kind in ("plan", "programme") and _TERM.fullmatch(number):
                continue
            issuer = issuer_in(page, word.end, self._issuer_limit(page, hit.end(), types))
            document = DocumentMention(word.start, hit.end(), number, kind, issuer, form.rule.jurisdiction, None, form.rule.shape)
            rule = self._completing(word, issuer, with_year=True) if _OF_YEAR.fullmatch(number) and (country or "").startswith("VN") else None
            yield replace(document, number=rule.number.format(n=number), jurisdiction="VN", rule="completed number") if rule else document

    def _issuer_limit(self, page: Page, end: int, types: Sequence[TermMention]) -> int:
        """How far behind a number its issuer may stand: not beyond the next document or sentence."""
        limit = min(end + _ISSUER_BEHIND, len(page.reading.folded))
        following = bisect_left(types, end, key=lambda word: word.start)
        limit = min(limit, types[following].start) if following < len(types) else limit
        stop = (_SENTENCE_BREAK if self._spaced else _CLAUSE_END).search(page.reading.folded, end, limit)
        return stop.start() if stop else limit

    def _written(self, page: Page, word: TermMention, limit: int) -> DocumentMention | None:
        """A number of no known form, kept as written, behind a word for number: `Circular No. 2024-0037`; it may end the type word: มติ`เลขที่` 45."""
        hit = self._as_written.search(page.reading.folded, word.start, min(limit, len(page.reading.folded)))
        if hit is None or not self._close(page.reading.folded, word.end, hit.start()) or self._is_ordinal(page.reading.folded, hit):
            return None
        issuer = issuer_in(page, word.end, self._issuer_limit(page, hit.end(), page.by_kind.get("document_type", [])))
        number = page.reading.text[hit.start("code") : hit.end("code")].strip("()")
        return DocumentMention(word.start, hit.end(), number, word.value, issuer, None, None, "number as written")

    def _is_ordinal(self, folded: str, match: re.Match[str]) -> bool:
        """`ครั้งที่ 14`, the 14th: what is mostly the word for a number may end one for times."""
        at = match.start() + len(match.group()) - len(match.group().lstrip(" ,"))
        return self._ordinal.search(folded, max(0, at - _LONGEST_ORDINAL), at) is not None

    def _first_form(self, folded: str, word: TermMention, limit: int) -> tuple[Form, re.Match[str]] | None:
        best: tuple[Form, re.Match[str]] | None = None
        for form in self._forms:
            if form.rule.alone or (form.rule.type is not None and form.rule.type != word.value):
                continue
            end = word.end + form.rule.reach if form.rule.reach else limit
            match = form.pattern.search(folded, word.end, min(end, len(folded)))
            if match is None or cut(folded, match) or not self._close(folded, word.end, match.start(), form.rule.reach):
                continue
            if self._is_ordinal(folded, match):
                continue
            if match.group().strip().isdigit() and match.start() - word.end > 1:  # Akta 342; but no Act on … 1988
                continue
            if best is None or (match.start(), -match.end()) < (best[1].start(), -best[1].end()):
                best = form, match
        return best

    def _close(self, folded: str, left: int, right: int, reach: int = 0) -> bool:
        gap = folded[left:right]
        if re.search(r"[\n;。；]", gap):
            return False
        return len(gap) <= reach if reach else gap.count(" ") <= _GAP_TOKENS and (self._spaced or len(gap) <= 30)

    def _completed(
        self, page: Page, types: Sequence[TermMention], found: Sequence[Span], dates: Sequence[DateMention], country: str | None
    ) -> Iterator[DocumentMention]:
        """`Resolution 57 of the Politburo`, `Politburo Resolution 57`, 정치국의 9월 9일자 결의 57: type, number and issuer make a Vietnamese
        number whole."""
        if country is not None and not country.startswith("VN"):
            return
        folded = page.reading.folded
        taken = Spans([*found, *dates])
        dated = {date.end: date.start for date in dates}
        dated_behind = {date.start: date.end for date in dates}
        for word in types:
            number = None if taken.touch(word) else bare_number().match(folded, word.end)
            if number is None or taken.touch(Span(number.start("n"), number.end())) or _counts(page, number.end()):
                continue
            behind = next((dated_behind[at] for at in range(number.end(), number.end() + _DATE_REACH) if at in dated_behind), number.end())
            limit = self._issuer_limit(page, behind, types)
            day = dated.get(word.start, dated.get(word.start - 1, word.start))
            issuer = issuer_right_ahead(page, word.start) or issuer_in(page, word.end, limit) or issuer_ahead(page, word.start)
            issuer = issuer or issuer_ahead(page, day) or _issuer_of_title(page, word)
            if issuer is None and running_number().match(folded, word.end) and not _YEAR.fullmatch(number["n"]):
                issuer = _issuer_before(page, word, _SENTENCE_END)
            rule = self._completing(word, issuer)
            if rule is not None:
                end = max(number.end(), issuer_end(page, word.end, limit, issuer) or 0)
                yield DocumentMention(word.start, end, rule.number.format(n=number["n"]), rule.type, issuer, "VN", None, "completed number")

    def _number_ahead(
        self, page: Page, types: Sequence[TermMention], known: Sequence[Span], dates: Sequence[DateMention], country: str | None
    ) -> Iterator[DocumentMention]:
        """`第45号决定`, `第57号政治局决议`: the number before the type word, its issuer before it or between them."""
        folded = page.reading.folded
        taken = Spans(known)
        dated = {date.end: date.start for date in dates}
        issuers = {term.end: term for term in reversed(page.by_kind.get("issuer", []))}
        for word in types:
            between = issuers.get(word.start)
            at = word.start if between is None else between.start
            number = number_ahead().search(folded, max(0, at - len("第 1234 号《")), at)
            if number is None or taken.touch(Span(number.start(), word.end)):
                continue
            day = dated.get(number.start(), dated.get(number.start() - 1, number.start()))
            issuer = between.value if between is not None else issuer_ahead(page, number.start()) or issuer_ahead(page, day)
            end = word.end + (number["quote"] != "" and folded.startswith(_CLOSING, word.end))
            form = DocumentMention(number.start(), end, number["n"], word.value, issuer, None, None, "number ahead")
            rule = self._completing(word, issuer)
            if rule is not None and (country is None or country.startswith("VN")):
                form = replace(form, number=rule.number.format(n=number["n"]), jurisdiction="VN", rule="completed number")
            yield form

    def _completing(self, word: TermMention, issuer: str | None, *, with_year: bool = False) -> CompletedNumber | None:
        """How a number is completed, by its type word and issuer."""
        meant = self._meant(word)
        rules = (rule for rule in self._knowledge.symbols.completed if rule.with_year == with_year and issuer in rule.issuer)
        return next((rule for rule in rules if rule.type in meant or word.value in rule.called), None)

    def _meant(self, word: TermMention) -> tuple[str, ...]:
        """The types that a word may mean: القرار is a decision, and a resolution too."""
        also = self._rules.also_means.get(word.value)  # type: ignore[call-overload]
        return (word.value, also) if also else (word.value,)

    def _shortened(self, page: Page, types: Sequence[TermMention], known: Sequence[DocumentMention]) -> Iterator[DocumentMention]:
        """`Resolution 72` in an article that elsewhere writes `72-NQ/TW`: the same document, by type and running number."""
        full: dict[tuple[str, str], DocumentMention] = {}
        for document in known:
            if document.number is not None and document.rule in ("symbol", "QH"):
                full.setdefault((document.type, re.split(r"[-/]", document.number)[0]), document)
        taken = Spans(known)
        folded = page.reading.folded
        for word in types if full else ():
            behind = running_number().match(folded, word.end)
            ahead = number_ahead().search(folded, max(0, word.start - 8), word.start)
            hit = behind or ahead
            same = next((full[kind, hit["n"]] for kind in self._meant(word) if (kind, hit["n"]) in full), None) if hit else None
            if hit is None or same is None:
                continue
            span = Span(min(word.start, hit.start()), max(word.end, hit.end()))
            if not taken.touch(span):
                yield replace(same, start=span.start, end=span.end, date=None, rule="number in full elsewhere")


def _ordinals(pack: LanguagePack) -> re.Pattern[str]:
    """What makes an ordinal of a word for a number: ครั้ง, times, before ที่."""
    numbered, ordinals = pack.terms.documents.number_words, pack.pack.numbers.ordinal_before
    pairs = ((ordinal, word) for ordinal in ordinals if ordinal not in numbered for word in numbered if ordinal.endswith(word))
    stems = (fold(ordinal.removesuffix(word), fold_marks=pack.pack.fold_marks) for ordinal, word in pairs)
    return re.compile(rf"(?:{'|'.join(stem)})$" if (stem := sorted(set(map(re.escape, stems)))) else r"(?!)")


def _named_behind(page: Page, document: DocumentMention, types: Sequence[TermMention]) -> DocumentMention:
    """A symbol of the assembly that a law may have too, told by the word right behind it: 第262/2025/QH15号`决议`."""
    near = [word for word in types if 0 <= word.start - document.end <= _COUNTER and word.value == "resolution"]
    if document.rule != "QH" or not near or not page.reading.folded[document.end : near[0].start].isalpha():
        return document
    return replace(document, type="resolution")


def _counts(page: Page, end: int) -> bool:
    """Whether what a number counts stands right behind it: the Politburo's resolution sets `32 beds`."""
    if not page.reading.folded.startswith(" ", end):
        return False
    kinds = (page.by_kind.get(kind, []) for kind in ("indicator", "concept", "counted", "unit", "currency", "scale"))
    return any(at < len(terms) and terms[at].start == end + 1 for terms in kinds for at in [bisect_left(terms, end + 1, key=lambda t: t.start)])


def _in_code(folded: str, word: TermMention) -> bool:
    """Letters inside a number, no type word: HK.02.01/`MENKES`/2143/2024, 201/`QĐ`-TTg."""
    return folded[word.start - 1 : word.start] in ("/", "-") and folded[word.end : word.end + 1] in ("/", "-")


def _in_longer_date(dates: Sequence[DateMention], match: re.Match[str]) -> bool:
    """The number is the day of a date that goes on: `มติเมื่อวันที่ ๑๗ มิถุนายน ๒๕๖๘`."""
    index = bisect_left(dates, match.end(), key=lambda date: date.start) - 1
    return index >= 0 and dates[index].start < match.end() < dates[index].end


def _without_overlaps(documents: Sequence[DocumentMention]) -> list[DocumentMention]:
    """Numbered before unnamed, then longer before shorter."""
    numbered = _drop_overlaps([d for d in documents if d.number is not None])
    taken = Spans(numbered)
    named = _drop_overlaps([d for d in documents if d.number is None and not taken.touch(d)])
    return sorted([*numbered, *named], key=lambda d: d.start)


_OPENING = re.compile(r"[ 」』》”\"]*[(（\[〔][ ]*(?:[^\W\d_]{2,12}, )?")
"""Between a name and its number: a bracket, and perhaps an abbreviation: `(KVV, SR 832.102)`."""


def _issuer_before(page: Page, word: TermMention, end: re.Pattern[str]) -> str | None:
    """The last issuer before a type word, with no `end` between: the `People's Committee` of the town has just issued Plan 1108."""
    begin = max(0, word.start - _WINDOW)
    begin = max((stop.end() for stop in end.finditer(page.reading.folded, begin, word.start)), default=begin)
    issuers = page.by_kind.get("issuer", [])
    first, behind = (bisect_left(issuers, at, key=lambda term: term.start) for at in (begin, word.start))
    return next((term.value for term in reversed(issuers[first:behind]) if term.end <= word.start), None)


def _issuer_of_title(page: Page, word: TermMention) -> str | None:
    """The issuer in a title, the number in brackets behind it: `政治局`关于健康的决议（第72号决议）, `Politburo's` resolution … (Resolution 72)."""
    folded = page.reading.folded
    if _OPENING.match(folded, word.end) is None and folded[word.start - 1 : word.start] not in ("(", "（"):
        return None
    return _issuer_before(page, word, _SENTENCE_BREAK)


@cache
def _in_full() -> re.Pattern[str]:
    """Between a number in short and the bracket with it in full, which need not close: `호(`."""
    return re.compile(rf" ?(?:{number_counter()})?{_OPENING.pattern}")


def _joined_in_brackets(page: Page, documents: Sequence[DocumentMention], chosen: Mapping[str, tuple[str, ...]]) -> list[DocumentMention]:
    """A name and, in brackets behind it, the number: `Akta … 1988 (Akta 342)`, 「…법」(법률 제20415호) are one document.

    So are a number in short and in full: `결의안 72호(72-NQ/TW)`.
    """
    joined: list[DocumentMention] = []
    for document in documents:
        name = joined[-1] if joined else None
        if name is not None and name.number == document.number is not None and _in_full().fullmatch(page.reading.folded, name.end, document.start):
            joined[-1] = replace(document, start=name.start, issuer=document.issuer or name.issuer, date=document.date or name.date)
            continue
        unnumbered = name if name is not None and name.number is None and document.number is not None else None
        if unnumbered is not None and _OPENING.fullmatch(page.reading.folded, unnumbered.end, document.start):
            issuer, date = document.issuer or unnumbered.issuer, document.date or unnumbered.date
            kind = unnumbered.type if unnumbered.type in chosen.get(document.rule, ()) else document.type
            joined[-1] = replace(document, start=unnumbered.start, type=kind, issuer=issuer, date=date)
            continue
        joined.append(document)
    return joined


def _drop_overlaps(documents: Sequence[DocumentMention]) -> list[DocumentMention]:
    kept: list[DocumentMention] = []
    for document in sorted(documents, key=lambda d: (d.start, -d.end)):
        if not kept or document.start >= kept[-1].end:
            kept.append(document)
    return kept

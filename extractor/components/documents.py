"""Legal and policy documents: by their symbols (`72-NQ/TW`), by a country's way of numbering behind a type word
(`Peraturan … Nomor 24 Tahun 2022`), or by name (`Law on Health Insurance`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from extractor.components.symbols import sharing, symbols
from extractor.knowledge_base import load_knowledge
from extractor.mentions import DateMention, DocumentMention, Span, Spans, TermMention
from extractor.packs import FALLBACK, DocumentForm, LanguagePack, load_pack
from extractor.page import Page
from extractor.reading import fold

_YEAR = r"(?:1[3-9]|2[0-6])\d\d"
_SLOTS = {
    "n": r"\(?(?P<n>\d{1,3}(?:[. ]\d{3})+|\d{1,6})(?!\d)\)?",
    "y": rf"(?P<y>{_YEAR})(?!\d)",
    "yy": r"(?P<yy>\d\d)(?!\d)",
    "longdate": r"\d{1,2}°? [a-z]+ (?P<y>(?:19|20)\d\d)",
    "dotted": r"(?P<dotted>\d{1,3}(?:\.\d{3})+|\d{1,6})(?!\d)",
    "code": r"(?P<code>[\w./()\[\]〔〕-]*[\w)\]])",
    "letter": r"(?P<letter>\d{1,5}[^\W\d_]?)(?![\w-])",
    "points": r"(?P<points>\d{3}(?:\.\d+)*)(?!\d)",
    "short": r"(?<!\d)\d{1,2}(?!\d)(?!年)",
    "anyyear": _YEAR,
    "erayear": r"(?P<erayear>[\u3400-\u9fff]{2} ?(?:\d{1,2}|元) ?年)",
    "cjk": r"(?P<cjk>[\u3400-\u9fff]{1,12})",
}
_TEMPLATE_PART = re.compile(r"\{\w+\}|\[[^\]]*\]|\((?:[^)\\]|\\.)*\)|(?:\\.|[^\[\]{}()\\])+")
_ESCAPED = re.compile(r"\\(.)")
_SENTENCE_BREAK = re.compile(r"[\n;。；]|[.!?] ")
_TITLE_END = re.compile(r"[.,;:()\[\]\n\"”»“«。，；：（）、،؛!?]")
_QUOTES = re.compile(r"[《「『“\"«]([^《「『“\"«》」』”»\n]{2,60})[》」』”\"»]")
_CODE = r"(?:\(?[^\W\d_]{1,4}/\d{1,4}\)?|(?:[a-z]{2,8}[./-])?\d[\da-z]*(?:[./-][\da-z]+)+|\d+)(?![\w/])"
"""Letters and digits with at least one separator, or digits alone."""
_BARE_NUMBER = re.compile(r"[^\d\n;.]{0,40}?(?:no\.?|nr\.?|so)? ?(?<![\d.,])(\d{1,4})(?![\d.,/-]*\d)(?! ?%)")
_YEAR_OF_NAME = re.compile(r",? ?\(?(?:of |de |del |di |tahun |لسنة |لعام |von |vom jahr |năm )?(?:19|20)\d\d(?!\d)\)?")
_RUNNING_NUMBER = re.compile(r" ?(?:(?:no\.?|nr\.?|n\.?[oº°]?|№|số|nomor|رقم|第|제|ที่) ?)?(?P<n>\d{1,4})(?![\d./-]*\d)")
_NUMBER_AHEAD = re.compile(r"(?:第|제) ?(?P<n>\d{1,4}) ?(?:号|號|호)$")
_OWN_YEAR = re.compile(r"(?<=[/-])(?:19|20)\d\d(?!\d)|^(?:19|20)\d\d(?=[/-]\d)")
_CLAUSE_END = re.compile(r"[\n。；，,;、]")
_COMMAS = (",", "、", "，", "،")
_DAY = len("2024-02-27")
_DATE_BEHIND, _DATE_AHEAD, _DATE_BEFORE_SUBJECT = 60, 40, 100
_OTHER_YEAR = re.compile(r"(?<!\d)1[34]\d\d(?!\d)")
"""A Hijri year: the number of a document takes no Gregorian one from it."""
_IN_OTHER_CALENDAR = "dated in another calendar"
"""Characters between a document and its date of issue, at most."""
_ISSUER_WORDS, _SMALL_WORDS = 9, 3
_ISSUER_AHEAD, _ISSUER_BEHIND = 4, 45
_OTHER_CALENDAR = 400
_ISSUER_GAP, _ISSUED_GAP = 12, 14
"""Characters between a type word and its issuer, and between either and the date of issue, at most."""
_CAPITALS_AND_YEAR = re.compile(r"(?: \(?[^\W\d_a-z][\w-]*\)?(?: (?:[a-z]{2,6} )?(?=\(?[^\W\d_a-z]))?){0,14}? (?:19|20)\d\d(?!\d)")
_WINDOW = 140
_ISSUER_REACH = 60
_GAP_TOKENS = 10
_TITLE_TOKENS = 14


@dataclass(frozen=True, slots=True)
class _Form:
    """A document form, compiled on folded text."""

    rule: DocumentForm
    pattern: re.Pattern[str]


class Documents:
    """Finds the documents that articles of one language name."""

    def __init__(self, pack: LanguagePack) -> None:
        self._rules = pack.terms.documents
        self._fold_marks = pack.pack.fold_marks
        self._spaced = pack.pack.spaced
        self._knowledge = load_knowledge()
        shared = load_pack(FALLBACK).terms.documents.forms if pack.code != FALLBACK else []
        self._forms = [_Form(form, re.compile(self._pattern(form.shape))) for form in [*self._rules.forms, *shared]]
        numbered = "|".join(re.escape(fold(w, fold_marks=pack.pack.fold_marks)) for w in sorted(self._rules.number_words, key=len, reverse=True))
        guard = r"(?<![^\W\d_])" if self._spaced else ""
        self._number_word = re.compile(rf"{guard}(?:{numbered})" if numbered else r"(?!)")
        self._as_written = re.compile(rf"[ ,]{{0,2}}{guard}(?:{numbered})[ :]{{0,2}}(?P<code>{_CODE})" if numbered else r"(?!)")
        issue_words = "|".join(re.escape(fold(w, fold_marks=self._fold_marks)) for w in self._rules.issue_words)
        self._issue_word = re.compile(rf" ?(?:(?:{issue_words})\b|(?=\d))" if issue_words else r"(?!)")
        self._date_words = frozenset(fold(word, fold_marks=self._fold_marks) for word in (*self._rules.date_words, *self._rules.issue_words))
        in_force = "|".join(re.escape(fold(w, fold_marks=self._fold_marks)) for w in self._rules.in_force)
        self._in_force = re.compile(in_force or r"(?!)")
        self._self_naming = [(rule, re.compile(rule.pattern)) for rule in self._knowledge.symbols.self_naming]
        self._chosen_types = {rule.name: rule.types for rule in self._knowledge.symbols.self_naming}
        self._chosen_types |= {form.rule.shape: tuple(form.rule.types) for form in self._forms}
        self._suffixes = {fold(s, fold_marks=self._fold_marks): t for s, t in self._rules.name_suffixes.items()}

    def recognize(self, page: Page, dates: Sequence[DateMention], *, country: str | None) -> list[DocumentMention]:
        """All documents of a text, in order; `country` is the one the article is about."""
        types = [word for word in page.of_kind("document_type") if not _in_code(page.reading.folded, word)]
        found = [*symbols(page.reading.folded, self._knowledge)]
        dated = Spans(dates)
        found += [d for d in sharing(page.reading.folded, found, types, self._number_word) if not dated.touch(d)]
        found += [*self._self_named(page), *self._standing_alone(page)]
        starts = [word.start for word in types]
        found = [self._with_type_word(page, document, types[: bisect_left(starts, document.start)][-2:]) for document in found]
        found += self._shortened(page, types, found)
        found += self._completed(page, types, [*found, *dates], country)
        found += self._numbered(page, types, found, dates)
        found += self._named(page, types, found, dates)
        found += self._quoted(page, found)
        found = _joined_in_brackets(page, _without_overlaps(found), self._chosen_types)
        found = [self._with_date(page, document, dates) for document in found]
        if self._rules.year_from_date and country is not None and not country.startswith("VN"):
            found = [_numbered_by_date(document) for document in found]
        return _share_dates(found, country)

    def _pattern(self, shape: str) -> str:
        parts: list[str] = []
        for part in _TEMPLATE_PART.findall(shape):
            if part.startswith("{"):
                parts.append(_SLOTS[part[1:-1]])
            elif part.startswith(("[", "(")):
                inner = "|".join(self._pattern(option) for option in part[1:-1].split("|"))
                parts.append(f"(?:{inner}){'?' if part.startswith('[') else ''}")
            else:
                parts.append(r" {0,2}".join(re.escape(p) for p in re.split(r"\s+", fold(_ESCAPED.sub(r"\1", part), fold_marks=self._fold_marks))))
        return "".join(parts)

    def _self_named(self, page: Page) -> Iterator[DocumentMention]:
        for rule, pattern in self._self_naming:
            for match in pattern.finditer(page.reading.folded):
                number = rule.number.format(n=match["n"].upper())
                yield DocumentMention(match.start(), match.end(), number, rule.type, rule.issuer, rule.jurisdiction, None, rule.name)

    def _standing_alone(self, page: Page) -> Iterator[DocumentMention]:
        for form in self._forms:
            if form.rule.alone and form.rule.type is not None:
                for match in form.pattern.finditer(page.reading.folded):
                    number = _number(form.rule, match, page)
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
        ):
            return document
        document = replace(document, start=word.start)
        if word.value in self._chosen_types.get(document.rule, ()):
            document = replace(document, type=word.value)
        if document.rule == "QH" and word.value == "resolution":
            document = replace(document, type="resolution")
        issuer = _issuer_in(page, word.end, document.end)
        return replace(document, issuer=issuer) if issuer and (document.issuer in (None, "politburo")) else document

    def _numbered(self, page: Page, types: Sequence[TermMention], known: Sequence[Span], dates: Sequence[DateMention]) -> Iterator[DocumentMention]:
        """A type word and, close behind it, a number in one of the forms."""
        folded = page.reading.folded
        taken, dated = Spans(known), Spans(dates)
        for index, word in enumerate(types):
            if taken.touch(word):
                continue
            limit = word.end + _WINDOW
            if index + 1 < len(types) and types[index + 1].start > word.start:
                limit = min(limit, max(types[index + 1].start, word.end + 1))
            match = self._first_form(folded, word, limit)
            if match is not None and _in_longer_date(dates, match[1]):
                match = None
            written = self._written(page, word, limit)
            if written is not None and dated.touch(Span(written.end - 1, written.end)) and (written.number or "").isdigit():
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
            issuer = _issuer_in(page, word.end, self._issuer_limit(page, hit.end(), types))
            kind = form.rule.type or word.value
            yield DocumentMention(word.start, hit.end(), _number(form.rule, hit, page), kind, issuer, form.rule.jurisdiction, None, form.rule.shape)

    def _issuer_limit(self, page: Page, end: int, types: Sequence[TermMention]) -> int:
        """How far behind a number its issuer may stand: not beyond the next document or sentence."""
        limit = min(end + _ISSUER_BEHIND, len(page.reading.folded))
        following = bisect_left(types, end, key=lambda word: word.start)
        limit = min(limit, types[following].start) if following < len(types) else limit
        stop = (_SENTENCE_BREAK if self._spaced else _CLAUSE_END).search(page.reading.folded, end, limit)
        return stop.start() if stop else limit

    def _written(self, page: Page, word: TermMention, limit: int) -> DocumentMention | None:
        """A number of no known form, kept as written, behind a word for number: `Circular No. 2024-0037`."""
        hit = self._as_written.search(page.reading.folded, word.end, min(limit, len(page.reading.folded)))
        if hit is None or not self._close(page.reading.folded, word.end, hit.start()):
            return None
        issuer = _issuer_in(page, word.end, self._issuer_limit(page, hit.end(), page.by_kind.get("document_type", [])))
        number = page.reading.text[hit.start("code") : hit.end("code")].strip("()")
        return DocumentMention(word.start, hit.end(), number, word.value, issuer, None, None, "number as written")

    def _first_form(self, folded: str, word: TermMention, limit: int) -> tuple[_Form, re.Match[str]] | None:
        best: tuple[_Form, re.Match[str]] | None = None
        for form in self._forms:
            if form.rule.alone or (form.rule.type is not None and form.rule.type != word.value):
                continue
            end = word.end + form.rule.reach if form.rule.reach else limit
            match = form.pattern.search(folded, word.end, min(end, len(folded)))
            if match is None or _cut(folded, match) or not self._close(folded, word.end, match.start(), form.rule.reach):
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

    def _completed(self, page: Page, types: Sequence[TermMention], known: Sequence[Span], country: str | None) -> Iterator[DocumentMention]:
        """`Resolution 57 of the Politburo`, `Politburo Resolution 57`: type, number and issuer make a Vietnamese number whole."""
        if country is not None and not country.startswith("VN"):
            return
        folded = page.reading.folded
        taken = Spans(known)
        for word in types:
            number = None if taken.touch(word) else _BARE_NUMBER.match(folded, word.end)
            if number is None or taken.touch(Span(number.start(1), number.end())):
                continue
            limit = self._issuer_limit(page, number.end(), types)
            issuer = _issuer_in(page, word.end, limit) or _issuer_ahead(page, word.start)
            rule = next((r for r in self._knowledge.symbols.completed if r.type in self._meant(word) and issuer in r.issuer), None)
            if rule is not None:
                end = max(number.end(), _issuer_end(page, word.end, limit, issuer) or 0)
                yield DocumentMention(word.start, end, rule.number.format(n=number.group(1)), rule.type, issuer, "VN", None, "completed number")

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
            behind = _RUNNING_NUMBER.match(folded, word.end)
            ahead = _NUMBER_AHEAD.search(folded, max(0, word.start - 8), word.start)
            hit = behind or ahead
            same = next((full[kind, hit["n"]] for kind in self._meant(word) if (kind, hit["n"]) in full), None) if hit else None
            if hit is None or same is None:
                continue
            span = Span(min(word.start, hit.start()), max(word.end, hit.end()))
            if not taken.touch(span):
                yield replace(same, start=span.start, end=span.end, date=None, rule="number in full elsewhere")

    def _named(
        self, page: Page, types: Sequence[TermMention], known: Sequence[DocumentMention], dates: Sequence[DateMention]
    ) -> Iterator[DocumentMention]:
        """Documents without a number but with a name: `Law on Health Insurance`, the congress's resolution, `arrêté du 3 juin 2024`."""
        taken, reached = Spans(known), 0
        starts = sorted(document.start for document in known)
        for word in types:
            if word.start < reached or taken.touch(word):
                continue
            document = self._of_congress(page, word) or self._with_title_and_year(page, word) or self._by_title(page, word, dates)
            document = document or self._by_date(page, word, dates)
            if document is None:
                continue
            following = bisect_left(starts, word.end)
            if following < len(starts) and starts[following] < document.end:
                document = replace(document, end=_name_end(page, word.end, starts[following]))
            if document.end - document.start > word.end - word.start:
                reached = document.end
                yield document
        for term in page.of_kind("document_name"):
            yield DocumentMention(term.start, _with_year(page, term.end), None, term.value, _lawmaker(term.value), None, None, "named")

    def _with_title_and_year(self, page: Page, word: TermMention) -> DocumentMention | None:
        """`Perintah Eksais 2006`, `Ordinan Kesihatan Awam (Pindaan) 2025`: a title in capitals that a year closes."""
        text = page.reading.text
        if word.value not in self._rules.titled_with_year or not text[word.start].isupper():
            return None
        title = _CAPITALS_AND_YEAR.match(text, word.end)
        return DocumentMention(word.start, title.end(), None, word.value, _lawmaker(word.value), None, None, "title and year") if title else None

    def _by_date(self, page: Page, word: TermMention, dates: Sequence[DateMention]) -> DocumentMention | None:
        """`arrêté du 3 juin 2024`, `circolare del Ministero della Salute del 18 luglio 2025`: named by its day of issue."""
        if word.value not in self._rules.named_by_date:
            return None
        issuer = next(_terms_from(page, "issuer", word.end), None)
        issued = issuer is not None and issuer.start - word.end <= _ISSUER_GAP
        date = self._issued_on(page, word.end, dates) or (self._issued_on(page, issuer.end, dates) if issuer and issued else None)
        if date is None:
            return None
        named = issuer.value if issuer is not None and issued and issuer.end <= date.start else None
        return DocumentMention(word.start, date.end, None, word.value, named, None, date.value, "named by date")

    def _issued_on(self, page: Page, at: int, dates: Sequence[DateMention]) -> DateMention | None:
        """The full date right behind an offset, after a word such as `du` or `vom` that may be a part of the date's span."""
        index = bisect_left(dates, at, key=lambda date: date.start)
        date = dates[index] if index < len(dates) else None
        if date is None or len(date.value) != _DAY or date.whole_year or date.start - at > _ISSUED_GAP:
            return None
        return date if self._issue_word.match(page.reading.folded, at) and page.reading.folded[at : date.start].count(" ") <= 2 else None

    def _of_congress(self, page: Page, word: TermMention) -> DocumentMention | None:
        if word.value != "resolution":
            return None
        for term in _terms_from(page, "issuer", word.end):
            if term.start - word.end > _ISSUER_REACH:
                break
            if term.value.endswith("_congress"):
                gap = page.reading.folded[word.end : term.start]
                if not _SENTENCE_BREAK.search(gap) and "," not in gap:
                    return DocumentMention(word.start, term.end, None, "resolution", term.value, None, None, "congress")
        return None

    def _by_title(self, page: Page, word: TermMention, dates: Sequence[DateMention]) -> DocumentMention | None:
        """`Law on Health Insurance`, `Ley de Salud`, `Universal Health Care Act`, `Verordnung vom 27. Juni 1995 über …`."""
        if word.value not in ("law", "ordinance", "decree") or not self._spaced:
            return None
        text = page.reading.text
        issued = self._issued_on(page, word.end, dates)
        begin = issued.end if issued else word.end
        about = next((t for t in _terms_from(page, "document_about", begin) if t.start - begin <= 1), None)
        begin = about.end if about else begin
        following = text[begin : begin + 2].strip()
        capital = text[word.start].isupper() or not text[word.start].isalpha() or text[word.start].lower() == text[word.start].upper()
        titled = about is not None or (word.value in ("law", "ordinance") and issued is None and following[:1].isupper())
        if capital and titled and following:
            end, lawmaker = _with_year(page, _title_end(page, begin)), _lawmaker(word.value)
            return DocumentMention(word.start, end, None, word.value, lawmaker, None, issued.value if issued else None, "title")
        if self._rules.name_before and text[word.start].isupper():
            start = _capitals_before(page, word.start)
            if start < word.start:
                return DocumentMention(start, _with_year(page, word.end), None, word.value, _lawmaker(word.value), None, None, "name before")
        return None

    def _quoted(self, page: Page, known: Sequence[Span]) -> Iterator[DocumentMention]:
        """《传染病防治法》: a quoted name with a law's ending."""
        taken = Spans(known)
        for match in _QUOTES.finditer(page.reading.folded):
            name = match.group(1)
            kind = next((t for suffix, t in self._suffixes.items() if name.endswith(suffix) and name != suffix), None)
            if kind is not None and not taken.touch(Span(match.start(), match.end())):
                yield DocumentMention(match.start(1), match.end(1), None, kind, _lawmaker(kind), None, None, "quoted name")

    def _with_date(self, page: Page, document: DocumentMention, dates: Sequence[DateMention]) -> DocumentMention:
        """The full date of issue inside or right behind the document's number; in languages that put it first, before it.

        Where the pack says so, a number without a year takes that of the date.
        """
        if document.number is None:
            return document
        own_year = _OWN_YEAR.search(document.number)
        for date in islice(dates, bisect_left(dates, document.start, key=lambda d: d.start), None):
            if date.start > document.end + _DATE_BEHIND:
                break
            if len(date.value) == _DAY and (date.start < document.end or self._leads_to_date(page, document.end, date)):
                value = _in_year(date, own_year)
                if value is not None:
                    other = _OTHER_YEAR.search(page.reading.folded, date.start, date.end)
                    return replace(document, date=value, rule=_IN_OTHER_CALENDAR if other else document.rule)
        value = None if self._spaced else self._date_before(page, document, dates, own_year)
        return replace(document, date=value) if value else document

    def _date_before(self, page: Page, document: DocumentMention, dates: Sequence[DateMention], own_year: re.Match[str] | None) -> str | None:
        """`2025年9月9日第72-NQ/TW号决议`; further off where the subject stands between: `2025年9月9日关于…的第72-NQ/TW号决议`."""
        before = bisect_left(dates, document.start, key=lambda d: d.start) - 1
        date = dates[before] if before >= 0 else None
        if date is None or len(date.value) != _DAY:
            return None
        gap = page.reading.folded[date.end : document.start]
        about = next((t for t in _terms_from(page, "document_about", date.end) if t.start == date.end), None)
        if len(gap) > (_DATE_BEFORE_SUBJECT if about else _DATE_AHEAD) or any(c.isdigit() for c in gap):
            return None
        if self._in_force.search(gap) or (_SENTENCE_BREAK if about else _CLAUSE_END).search(gap):
            return None
        return _in_year(date, own_year)

    def _leads_to_date(self, page: Page, left: int, date: DateMention) -> bool:
        """Nothing but an issuer and small words between a number and its date; a comma only before them or around the issuer."""
        gap = page.reading.folded[left : date.start]
        if re.search(r"[\n;.]", gap) or any(c.isdigit() for c in gap) or self._in_force.search(gap):
            return False
        if date.whole_year and gap.strip(" ,") and gap.strip(" ,") not in self._date_words:
            return False  # a day of the article's own: Decreto 780 de 2016 y marcharán el 19 de marzo
        issuer = next((term for term in islice(_terms_from(page, "issuer", left), 1) if term.start < date.start), None)
        behind = page.reading.folded[issuer.end : date.start] if issuer else gap
        if "," in (behind.strip(" ,") if issuer is None or behind.count(" ") > _SMALL_WORDS else behind.replace(",", "", 1)):
            return False
        if issuer is not None and "," in page.reading.folded[left : issuer.start].strip(" ,"):
            return False
        return gap.count(" ") <= (_ISSUER_WORDS if issuer else _SMALL_WORDS)


def _numbered_by_date(document: DocumentMention) -> DocumentMention:
    """A bare running number with the year of issue: Resolución 2717 del 30 de diciembre de 2024 is 2717/2024."""
    bare = document.number is not None and document.number.isdigit() and document.rule != _IN_OTHER_CALENDAR
    return replace(document, number=f"{document.number}/{document.date[:4]}") if bare and document.date else document


def _in_code(folded: str, word: TermMention) -> bool:
    """Letters inside a number, no type word: HK.02.01/`MENKES`/2143/2024, 201/`QĐ`-TTg."""
    return folded[word.start - 1 : word.start] in ("/", "-") and folded[word.end : word.end + 1] in ("/", "-")


def _in_longer_date(dates: Sequence[DateMention], match: re.Match[str]) -> bool:
    """The number is the day of a date that goes on: `มติเมื่อวันที่ ๑๗ มิถุนายน ๒๕๖๘`."""
    index = bisect_left(dates, match.end(), key=lambda date: date.start) - 1
    return index >= 0 and dates[index].start < match.end() < dates[index].end


def _name_end(page: Page, begin: int, limit: int) -> int:
    """End of a title that another document follows: behind its last capitalised word."""
    index = bisect_left(page.starts, limit) - 1
    while index >= 0 and page.starts[index] > begin and not page.reading.text[page.starts[index]].isupper():
        index -= 1
    return page.ends[index] if index >= 0 and page.starts[index] > begin else begin


def _in_year(date: DateMention, own_year: re.Match[str] | None) -> str | None:
    """The date of issue; a day without a year has that of the document's number, another year is another date."""
    if own_year is None:
        return None if date.whole_year else date.value
    if date.whole_year:
        return own_year.group() + date.value[4:]
    return date.value if date.value[:4] == own_year.group() or abs(int(date.value[:4]) - int(own_year.group())) > _OTHER_CALENDAR else None


def _number(rule: DocumentForm, match: re.Match[str], page: Page) -> str:
    """The canonical number; separators in thousands go, letters stay as written."""
    slots = {name: page.reading.text[match.start(name) : match.end(name)] for name, value in match.groupdict().items() if value is not None}
    if "n" in slots:
        slots["n"] = re.sub(r"[. ]", "", fold(slots["n"], fold_marks=False))
    for name in ("y", "yy"):
        if name in slots:
            slots[name] = fold(slots[name], fold_marks=False)
    whole = page.reading.text[match.start() : match.end()].strip()
    return rule.number.format_map({"all": whole, "n": "", "y": "", "yy": "", "code": "", "cjk": "", **slots})


def _cut(folded: str, match: re.Match[str]) -> bool:
    """A match that begins or ends inside a longer number or word."""
    after = folded[match.end() : match.end() + 2]
    if after[:1].isdigit() and folded[match.end() - 1].isdigit():
        return True
    if after[:1] in ".,/-" and after[1:2].isdigit():
        return True
    before = folded[max(0, match.start() - 2) : match.start()]
    return folded[match.start()].isdigit() and (before[-1:].isdigit() or (before[-1:] in ("/", "-", ".") and before[:1].isdigit()))


def _terms_from(page: Page, kind: str, at: int) -> Iterator[TermMention]:
    """Terms of a kind that begin at or after an offset, in order."""
    terms = page.by_kind.get(kind, [])
    return islice(terms, bisect_left(terms, at, key=lambda term: term.start), None)


def _issuer_in(page: Page, left: int, right: int) -> str | None:
    """The first issuer between two offsets."""
    term = next(_terms_from(page, "issuer", left), None)
    return term.value if term is not None and term.end <= right else None


def _issuer_ahead(page: Page, at: int) -> str | None:
    """The issuer right before a type word: `Politburo's` Resolution 57, 정치국의 결의."""
    terms = page.by_kind.get("issuer", [])
    near = islice(terms, max(0, bisect_left(terms, at, key=lambda term: term.start) - 3), bisect_left(terms, at, key=lambda term: term.start))
    return next((term.value for term in near if 0 <= at - term.end <= _ISSUER_AHEAD), None)


def _issuer_end(page: Page, left: int, right: int, issuer: str | None) -> int | None:
    for term in _terms_from(page, "issuer", left):
        if term.end > right:
            return None
        if term.value == issuer:
            return term.end
    return None


def _lawmaker(kind: str) -> str | None:
    return {"law": "national_assembly", "decree": "government"}.get(kind)


def _title_end(page: Page, begin: int) -> int:
    """End of a title: before punctuation, or after some words."""
    stop = _TITLE_END.search(page.reading.folded, begin + 1)
    limit = stop.start() if stop else len(page.reading.folded)
    last = bisect_left(page.starts, begin) + _TITLE_TOKENS
    index = min(last, bisect_right(page.starts, limit - 1)) - 1
    return min(limit, page.ends[index]) if 0 <= index < len(page.ends) and page.ends[index] > begin else limit


def _with_year(page: Page, end: int) -> int:
    """End of a name with the year that belongs to it: `National Health Act 2014`."""
    year = _YEAR_OF_NAME.match(page.reading.folded, end)
    return year.end() if year else end


def _capitals_before(page: Page, at: int) -> int:
    """Start of the run of capitalised words before an offset: `Universal Health Care` Act."""
    text = page.reading.text
    index = bisect_left(page.starts, at) - 1
    start = at
    while index >= 0 and (text[page.starts[index]].isupper() or page.tokens[index] in ("of", "and", "the", "for")):
        if "\n" in text[page.ends[index] : start] or _TITLE_END.search(text, page.ends[index], start):
            break
        if page.tokens[index] == "the" and (index == 0 or page.tokens[index - 1] not in ("of", "and", "for")):
            break
        if text[page.starts[index]].isupper():
            start = page.starts[index]
        index -= 1
    return start


def _without_overlaps(documents: Sequence[DocumentMention]) -> list[DocumentMention]:
    """Numbered before unnamed, then longer before shorter."""
    numbered = _drop_overlaps([d for d in documents if d.number is not None])
    taken = Spans(numbered)
    named = _drop_overlaps([d for d in documents if d.number is None and not taken.touch(d)])
    return sorted([*numbered, *named], key=lambda d: d.start)


_OPENING = re.compile(r"[ 」』》”\"]*[(（\[〔][ ]*(?:[^\W\d_]{2,12}, )?")
"""Between a name and its number: a bracket, and perhaps an abbreviation: `(KVV, SR 832.102)`."""


def _joined_in_brackets(page: Page, documents: Sequence[DocumentMention], chosen: Mapping[str, tuple[str, ...]]) -> list[DocumentMention]:
    """A name and, in brackets behind it, the number: `Akta … 1988 (Akta 342)`, 「…법」(법률 제20415호) are one document."""
    joined: list[DocumentMention] = []
    for document in documents:
        name = joined[-1] if joined else None
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


def _share_dates(documents: Sequence[DocumentMention], country: str | None) -> list[DocumentMention]:
    """A document named again carries the date that the article gave elsewhere."""
    dates = {document.number: document.date for document in documents if document.number and document.date}
    home = country.partition("-")[0] if country else None
    return [
        replace(
            document,
            date=document.date or dates.get(document.number or ""),
            jurisdiction=document.jurisdiction or home,
        )
        for document in documents
    ]

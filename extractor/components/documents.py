"""Legal and policy documents: by their symbols (`72-NQ/TW`), by a country's way of numbering behind a type word
(`Peraturan … Nomor 24 Tahun 2022`), or by name (`Law on Health Insurance`).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice

from extractor.knowledge_base import Knowledge, load_knowledge
from extractor.mentions import DateMention, DocumentMention, Span, Spans, TermMention
from extractor.packs import FALLBACK, DocumentForm, LanguagePack, load_pack
from extractor.page import Page
from extractor.reading import fold

_YEAR = r"(?:1[3-9]|2[0-6])\d\d"
# Vietnamese symbols in folded text; the barred d may be lost.
_SYMBOLS = (
    re.compile(
        r"(?<![a-z0-9đ/.-])(?P<n>\d{1,5}(?:\.\d)?) ?/ ?(?P<y>(?:19|20)\d\d) ?/ ?(?P<qh>qh\d{1,2}|ubtvqh\d{1,2}|(?P<t>[a-zđ]{1,5}) ?- ?(?P<i>[a-zđ]+\d{0,2}(?:-[a-zđ]+)*))(?![a-z0-9đ/])"  # noqa: E501
    ),
    re.compile(r"(?<![a-z0-9đ/.-])(?P<n>\d{1,5}[a-z]?(?:\.\d)?) ?/ ?(?P<t>[a-zđ]{1,6}) ?- ?(?P<i>[a-zđ]+\d{0,2}(?:-[a-zđ]+)*)(?![a-z0-9đ/])"),
    re.compile(r"(?<![a-z0-9đ/.-])(?P<n>\d{1,4}) ?- ?(?P<t>[a-zđ]{2,5}) ?/ ?(?P<i>[a-zđ]{2,6})(?![a-z0-9đ/])"),
)
_SLOTS = {
    "n": r"\(?(?P<n>\d{1,3}(?:[. ]\d{3})+|\d{1,6})(?!\d)\)?",
    "y": rf"(?P<y>{_YEAR})(?!\d)",
    "yy": r"(?P<yy>\d\d)(?!\d)",
    "longdate": r"\d{1,2}°? [a-z]+ (?P<y>(?:19|20)\d\d)",
    "dotted": r"(?P<dotted>\d{1,3}(?:\.\d{3})+|\d{1,6})(?!\d)",
    "code": r"(?P<code>[\w./()\[\]〔〕-]*[\w)\]])",
    "erayear": r"(?P<erayear>[\u3400-\u9fff]{2} ?(?:\d{1,2}|元) ?年)",
    "cjk": r"(?P<cjk>[\u3400-\u9fff]{1,12})",
}
_TEMPLATE_PART = re.compile(r"\{\w+\}|\[[^\]]*\]|\([^)]*\)|[^\[\]{}()]+")
_SENTENCE_BREAK = re.compile(r"[\n;。；]|[.!?] ")
_TITLE_END = re.compile(r"[.,;:()\n\"”»“«。，；：（）、،؛!?]")
_QUOTES = re.compile(r"[《「『“\"«]([^《「『“\"«》」』”»\n]{2,60})[》」』”\"»]")
_CODE = r"(?:\(?[a-z]{1,4}/\d{1,4}\)?|(?:[a-z]{2,8}[./-])?\d[\da-z]*(?:[./-][\da-z]+)+|\d+)(?![\w/])"
"""Letters and digits with at least one separator, or digits alone."""
_BARE_NUMBER = re.compile(r"[^\d\n;.]{0,40}?(?:no\.?|nr\.?|so)? ?(?<![\d.,])(\d{1,4})(?![\d.,/-]*\d)(?! ?%)")
_YEAR_OF_NAME = re.compile(r",? ?\(?(?:of |de |del |di |tahun |لسنة |لعام |von |vom jahr |năm )?(?:19|20)\d\d(?!\d)\)?")
_RUNNING_NUMBER = re.compile(r" ?(?:(?:no\.?|nr\.?|n\.?[oº°]?|№|số|nomor|رقم|第|제|ที่) ?)?(?P<n>\d{1,4})(?![\d./-]*\d)")
_NUMBER_AHEAD = re.compile(r"(?:第|제) ?(?P<n>\d{1,4}) ?(?:号|號|호)$")
_OWN_YEAR = re.compile(r"(?<=[/-])(?:19|20)\d\d(?!\d)|^(?:19|20)\d\d(?=[/-]\d)")
_CLAUSE_END = re.compile(r"[\n。；，,;、]")
_DAY = len("2024-02-27")
_DATE_BEHIND, _DATE_AHEAD = 60, 40
"""Characters between a document and its date of issue, at most."""
_ISSUER_WORDS, _SMALL_WORDS = 9, 3
_ISSUER_AHEAD = 4
_OTHER_CALENDAR = 400
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
        self._number_word = re.compile(rf"(?<![^\W\d_])(?:{numbered})" if numbered else r"(?!)")
        self._as_written = re.compile(rf"[ ,]{{0,2}}(?:{numbered})[ :]{{0,2}}(?P<code>{_CODE})" if numbered else r"(?!)")
        self._self_naming = [(rule, re.compile(rule.pattern)) for rule in self._knowledge.symbols.self_naming]
        self._suffixes = {fold(s, fold_marks=self._fold_marks): t for s, t in self._rules.name_suffixes.items()}

    def recognize(self, page: Page, dates: Sequence[DateMention], *, country: str | None) -> list[DocumentMention]:
        """All documents of a text, in order; `country` is the one the article is about."""
        found = [*self._symbols(page), *self._self_named(page), *self._standing_alone(page)]
        types = list(page.of_kind("document_type"))
        starts = [word.start for word in types]
        found = [self._with_type_word(page, document, types[: bisect_left(starts, document.start)][-2:]) for document in found]
        found += self._shortened(page, types, found)
        found += self._completed(page, types, found, country)
        found += self._numbered(page, types, found, dates)
        found += self._named(page, types, found)
        found += self._quoted(page, found)
        found = _joined_in_brackets(page, _without_overlaps(found))
        dated = (self._with_date(page, document, dates) for document in found)
        if self._rules.year_from_date and country is not None and not country.startswith("VN"):
            dated = (replace(d, number=f"{d.number}/{d.date[:4]}") if d.number and d.date and d.number.isdigit() else d for d in dated)
        return _share_dates(list(dated), country)

    def _pattern(self, shape: str) -> str:
        parts: list[str] = []
        for part in _TEMPLATE_PART.findall(shape):
            if part.startswith("{"):
                parts.append(_SLOTS[part[1:-1]])
            elif part.startswith(("[", "(")):
                inner = "|".join(self._pattern(option) for option in part[1:-1].split("|"))
                parts.append(f"(?:{inner}){'?' if part.startswith('[') else ''}")
            else:
                parts.append(r" {0,2}".join(re.escape(p) for p in re.split(r"\s+", fold(part, fold_marks=self._fold_marks))))
        return "".join(parts)

    def _symbols(self, page: Page) -> Iterator[DocumentMention]:
        for pattern in _SYMBOLS:
            for match in pattern.finditer(page.reading.folded):
                document = _vietnamese(match, self._knowledge)
                if document is not None:
                    yield document

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
                    yield DocumentMention(match.start(), match.end(), number, form.rule.type, None, form.rule.jurisdiction, None, form.rule.shape)

    def _with_type_word(self, page: Page, document: DocumentMention, types: Sequence[TermMention]) -> DocumentMention:
        """Take the type word before a symbol into the span: `Keputusan Perdana Menteri No. 201/QĐ-TTg`."""
        before = [t for t in types if t.end <= document.start and document.start - t.start <= 80]
        if not before:
            return document
        word = before[-1]
        gap = page.reading.folded[word.end : document.start]
        if _SENTENCE_BREAK.search(self._number_word.sub("", gap)) or gap.count(" ") > 8 or any(c.isdigit() for c in gap):
            return document
        document = replace(document, start=word.start)
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
            written = self._written(page, word, limit)
            if written is not None and dated.touch(Span(written.end - 1, written.end)) and (written.number or "").isdigit():
                written = None
            if written is not None and not taken.touch(written) and (match is None or match[1].end() < written.end):
                yield written
                continue
            if match is None or taken.touch(Span(match[1].start(), match[1].end())):
                continue
            form, hit = match
            issuer = _issuer_in(page, word.end, min(hit.end() + 40, len(folded)))
            kind = form.rule.type or word.value
            yield DocumentMention(word.start, hit.end(), _number(form.rule, hit, page), kind, issuer, form.rule.jurisdiction, None, form.rule.shape)

    def _written(self, page: Page, word: TermMention, limit: int) -> DocumentMention | None:
        """A number of no known form, kept as written, behind a word for number: `Circular No. 2024-0037`."""
        hit = self._as_written.search(page.reading.folded, word.end, min(limit, len(page.reading.folded)))
        if hit is None or not self._close(page.reading.folded, word.end, hit.start()):
            return None
        issuer = _issuer_in(page, word.end, min(hit.end() + 40, len(page.reading.folded)))
        number = page.reading.text[hit.start("code") : hit.end("code")].strip("()")
        return DocumentMention(word.start, hit.end(), number, word.value, issuer, None, None, "number as written")

    def _first_form(self, folded: str, word: TermMention, limit: int) -> tuple[_Form, re.Match[str]] | None:
        best: tuple[_Form, re.Match[str]] | None = None
        for form in self._forms:
            if form.rule.alone or (form.rule.type is not None and form.rule.type != word.value):
                continue
            match = form.pattern.search(folded, word.end, min(limit, len(folded)))
            if match is None or _cut(folded, match) or not self._close(folded, word.end, match.start()):
                continue
            if match.group().strip().isdigit() and match.start() - word.end > 1:  # Akta 342; but no Act on … 1988
                continue
            if best is None or (match.start(), -match.end()) < (best[1].start(), -best[1].end()):
                best = form, match
        return best

    def _close(self, folded: str, left: int, right: int) -> bool:
        gap = folded[left:right]
        return not re.search(r"[\n;。；]", gap) and gap.count(" ") <= _GAP_TOKENS and (self._spaced or len(gap) <= 30)

    def _completed(self, page: Page, types: Sequence[TermMention], known: Sequence[Span], country: str | None) -> Iterator[DocumentMention]:
        """`Resolution 57 of the Politburo`: type, number and issuer make a Vietnamese number whole."""
        if country is not None and not country.startswith("VN"):
            return
        folded = page.reading.folded
        taken = Spans(known)
        for word in types:
            if taken.touch(word):
                continue
            number = _BARE_NUMBER.match(folded, word.end)
            if number is None:
                continue
            issuer = _issuer_in(page, word.end, min(number.end() + 45, len(folded)))
            if issuer is None and not self._spaced:
                ahead = [t for t in page.by_kind.get("issuer", ()) if 0 <= word.start - t.end <= _ISSUER_AHEAD]
                issuer = ahead[-1].value if ahead else None
            rule = next((r for r in self._knowledge.symbols.completed if r.type == word.value and issuer in r.issuer), None)
            if rule is not None:
                end = max(number.end(), _issuer_end(page, word.end, number.end() + 45, issuer) or 0)
                yield DocumentMention(word.start, end, rule.number.format(n=number.group(1)), word.value, issuer, "VN", None, "completed number")

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
            same = full.get((word.value, hit["n"])) if hit else None
            if hit is None or same is None:
                continue
            span = Span(min(word.start, hit.start()), max(word.end, hit.end()))
            if not taken.touch(span):
                yield replace(same, start=span.start, end=span.end, date=None, rule="number in full elsewhere")

    def _named(self, page: Page, types: Sequence[TermMention], known: Sequence[Span]) -> Iterator[DocumentMention]:
        """Documents without a number but with a name: `Law on Health Insurance`, the congress's resolution."""
        taken, reached = Spans(known), 0
        for word in types:
            if word.start < reached or taken.touch(word):
                continue
            document = self._of_congress(page, word) or self._by_title(page, word)
            if document is not None:
                reached = document.end
                yield document
        for term in page.of_kind("document_name"):
            yield DocumentMention(term.start, term.end, None, term.value, _lawmaker(term.value), None, None, "named")

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

    def _by_title(self, page: Page, word: TermMention) -> DocumentMention | None:
        if word.value not in ("law", "ordinance", "decree"):
            return None
        if not self._spaced:
            return None
        text = page.reading.text
        about = next((t for t in _terms_from(page, "document_about", word.end) if t.start - word.end <= 1), None)
        begin = about.end if about else word.end
        following = text[begin : begin + 2].strip()
        capital = text[word.start].isupper() or not text[word.start].isalpha() or text[word.start].lower() == text[word.start].upper()
        if about is not None and capital and following:
            return DocumentMention(
                word.start, _with_year(page, _title_end(page, begin)), None, word.value, _lawmaker(word.value), None, None, "title"
            )
        if word.value == "law" and capital and following[:1].isupper():
            return DocumentMention(
                word.start, _with_year(page, _title_end(page, begin)), None, word.value, _lawmaker(word.value), None, None, "title"
            )
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
            kind = next((t for suffix, t in self._suffixes.items() if name.endswith(suffix)), None)
            if kind is not None and not taken.touch(Span(match.start(), match.end())):
                yield DocumentMention(match.start(1), match.end(1), None, kind, _lawmaker(kind), None, None, "quoted name")

    def _with_date(self, page: Page, document: DocumentMention, dates: Sequence[DateMention]) -> DocumentMention:
        """The full date of issue inside or right behind the document's number; in languages that put it first, before it."""
        if document.number is None:
            return document
        own_year = _OWN_YEAR.search(document.number)
        for date in islice(dates, bisect_left(dates, document.start, key=lambda d: d.start), None):
            if date.start > document.end + _DATE_BEHIND:
                break
            if len(date.value) == _DAY and (date.start < document.end or self._leads_to_date(page, document.end, date)):
                value = _in_year(date, own_year)
                if value is not None:
                    return replace(document, date=value)
        if not self._spaced:
            before = bisect_left(dates, document.start, key=lambda d: d.start) - 1
            ahead = dates[before] if before >= 0 else None
            if ahead is not None and len(ahead.value) == _DAY and document.start - ahead.end <= _DATE_AHEAD:
                gap = page.reading.folded[ahead.end : document.start]
                if not _CLAUSE_END.search(gap) and _in_year(ahead, own_year) is not None:
                    return replace(document, date=ahead.value)
        return document

    def _leads_to_date(self, page: Page, left: int, date: DateMention) -> bool:
        """Nothing but an issuer and small words between a number and its date."""
        gap = page.reading.folded[left : date.start]
        if re.search(r"[\n;.]", gap) or "," in gap.strip(" ,") or any(c.isdigit() for c in gap):
            return False
        issued = any(term.start < date.start for term in islice(_terms_from(page, "issuer", left), 1))
        return gap.count(" ") <= (_ISSUER_WORDS if issued else _SMALL_WORDS)


def _in_year(date: DateMention, own_year: re.Match[str] | None) -> str | None:
    """The date of issue; a day without a year has that of the document's number, another year is another date."""
    if own_year is None:
        return None if date.whole_year else date.value
    if date.whole_year:
        return own_year.group() + date.value[4:]
    return date.value if date.value[:4] == own_year.group() or abs(int(date.value[:4]) - int(own_year.group())) > _OTHER_CALENDAR else None


def _vietnamese(match: re.Match[str], knowledge: Knowledge) -> DocumentMention | None:
    groups = match.groupdict()
    number = match["n"]
    year = f"/{match['y']}" if groups.get("y") else ""
    if groups.get("qh") and not groups.get("t"):
        symbol = match["qh"].upper()
        kind = "law" if symbol.startswith("QH") else "ordinance"
        issuer = "national_assembly"
        return DocumentMention(match.start(), match.end(), f"{number}{year}/{symbol}", kind, issuer, "VN", None, "QH")
    type_ = knowledge.symbols.types.get(_plain(match["t"]))
    parts = match["i"].split("-")
    issuers = [knowledge.symbols.issuers.get(_plain(part)) for part in parts]
    if type_ is None:
        own = knowledge.symbols.issuers.get(_plain(match["t"]))
        if own is None or (not all(issuers) and "/" not in match.group()):
            return None
        spelled = "-".join([own[0], *(issuer[0] if issuer else part.upper() for issuer, part in zip(issuers, parts, strict=True))])
        return DocumentMention(match.start(), match.end(), f"{number}{year}/{spelled}", "official_letter", own[1], "VN", None, "letter")
    assembly = re.fullmatch(r"(?:ubtv)?qh\d{1,2}", parts[0])
    if issuers[0] is None and assembly is None and len(parts[0]) > 8:
        return None
    tail = "-".join(issuer[0] if issuer else part.upper() for issuer, part in zip(issuers, parts, strict=True))
    issuer_id = "national_assembly" if assembly else issuers[0][1] if issuers[0] else None
    party = "-" in match.group()[: match.start("i") - match.start()] and match.group().rstrip().rfind("/") > match.group().find("-")
    written = f"{number}-{type_[0]}/{tail}" if party else f"{number}{year}/{type_[0]}-{tail}"
    return DocumentMention(match.start(), match.end(), written, type_[1], issuer_id, "VN", None, "symbol")


def _plain(symbol: str) -> str:
    return symbol.replace("đ", "d").replace(" ", "")


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
    return match.start() > 0 and folded[match.start()].isdigit() and folded[match.start() - 1].isdigit()


def _terms_from(page: Page, kind: str, at: int) -> Iterator[TermMention]:
    """Terms of a kind that begin at or after an offset, in order."""
    terms = page.by_kind.get(kind, [])
    return islice(terms, bisect_left(terms, at, key=lambda term: term.start), None)


def _issuer_in(page: Page, left: int, right: int) -> str | None:
    """The first issuer between two offsets."""
    term = next(_terms_from(page, "issuer", left), None)
    return term.value if term is not None and term.end <= right else None


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
        if text[page.starts[index]].isupper() and page.tokens[index] != "the":
            start = page.starts[index]
        index -= 1
    return start


def _without_overlaps(documents: Sequence[DocumentMention]) -> list[DocumentMention]:
    """Numbered before unnamed, then longer before shorter."""
    numbered = _drop_overlaps([d for d in documents if d.number is not None])
    taken = Spans(numbered)
    named = _drop_overlaps([d for d in documents if d.number is None and not taken.touch(d)])
    return sorted([*numbered, *named], key=lambda d: d.start)


def _joined_in_brackets(page: Page, documents: Sequence[DocumentMention]) -> list[DocumentMention]:
    """A name and, in brackets behind it, the number: `Akta … 1988 (Akta 342)`, 「…법」(법률 제20415호) are one document."""
    joined: list[DocumentMention] = []
    for document in documents:
        name = joined[-1] if joined else None
        if name is not None and name.number is None and document.number is not None:
            gap = page.reading.folded[name.end : document.start].strip(' 」』》”"')
            if gap in ("(", "（") and "\n" not in gap:
                joined[-1] = replace(document, start=name.start)
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

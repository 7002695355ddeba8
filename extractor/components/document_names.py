"""Documents that have no number but a name: `Law on Health Insurance`, the congress's resolution, `arrêté du 3 juin 2024`."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from operator import attrgetter

from extractor.components.document_dates import IssueDates
from extractor.components.document_issuers import lawmaker
from extractor.components.written_marks import year_of_title
from extractor.mentions import DateMention, DocumentMention, Span, Spans, TermMention
from extractor.packs import LanguagePack
from extractor.page import Page
from extractor.reading import fold

_SENTENCE_BREAK = re.compile(r"[\n;。；]|[.!?] ")
_TITLE_END = re.compile(r"[.,;:()\[\]\n\"”»“«。，；：（）、،؛!?]")
_ORDINAL = re.compile(r"(?<!\w)(?:\d{1,2}|[ivxl]{1,5})\.(?= )")
"""An ordinal with its full stop, which ends no sentence: the resolution `des 20. Provinzparteitags`."""
_QUOTES = re.compile(r"《(?P<title>[^《》\n]{2,80})》|[「『“\"«](?P<name>[^《「『“\"«》」』”»\n]{2,60})[」』”\"»]")
"""A title, in whose marks quotation marks may stand: 《“健康中国2030”规划纲要》, or a name in quotation marks."""
_TERM_OF_TITLE = re.compile(r"[(（][^()（）]{4,16}[)）]$")
"""The years of a plan that close its title: 实施方案`(2023—2027)`."""
_CAPITALS_AND_YEAR = re.compile(r"(?: \(?[^\W\d_a-z][\w-]*\)?(?: (?:[a-z]{2,6} )?(?=\(?[^\W\d_a-z]))?){0,14}? (?:19|20)\d\d(?!\d)")
_ISSUER_REACH = 60
_TITLE_TOKENS = 14
_LONGEST_TITLE = 50
"""Characters of what a document is about, at most, where it stands before the type word."""
_LONGEST_ISSUER = 30
_ABOUT_BEFORE = frozenset(("resolution", "decision", "opinion", "circular", "notice", "directive", "conclusion", "regulation"))
_ISSUER_GAP = 12
"""Characters between a type word and its issuer, at most."""


class Names:
    """Finds named documents of one language."""

    def __init__(self, pack: LanguagePack, issued: IssueDates) -> None:
        self._rules = pack.terms.documents
        self._spaced = pack.pack.spaced
        self._issued = issued
        in_force = (re.escape(fold(word, fold_marks=pack.pack.fold_marks)) for word in self._rules.in_force)
        self._in_force = re.compile("|".join(rf" {word}(?!\w)" for word in in_force) or r"(?!)")
        self._suffixes = {fold(s, fold_marks=pack.pack.fold_marks): t for s, t in self._rules.name_suffixes.items()}

    def named(
        self, page: Page, types: Sequence[TermMention], known: Sequence[DocumentMention], dates: Sequence[DateMention]
    ) -> Iterator[DocumentMention]:
        """Documents without a number but with a name: `Law on Health Insurance`, the congress's resolution, `arrêté du 3 juin 2024`."""
        taken, reached = Spans(known), 0
        starts = sorted(document.start for document in known)
        for word in types:
            if word.start < reached or taken.touch(word):
                continue
            document = self._of_congress(page, word) or self._with_title_and_year(page, word) or self._by_title(page, word, dates)
            document = document or self._about_before(page, word) or self._about_behind(page, word, known)
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
            yield DocumentMention(term.start, _with_year(page, term.end), None, term.value, lawmaker(term.value), None, None, "named")

    def _with_title_and_year(self, page: Page, word: TermMention) -> DocumentMention | None:
        """`Perintah Eksais 2006`, `Ordinan Kesihatan Awam (Pindaan) 2025`: a title in capitals that a year closes."""
        text = page.reading.text
        if word.value not in self._rules.titled_with_year or not text[word.start].isupper():
            return None
        title = _CAPITALS_AND_YEAR.match(text, word.end)
        return DocumentMention(word.start, title.end(), None, word.value, lawmaker(word.value), None, None, "title and year") if title else None

    def _by_date(self, page: Page, word: TermMention, dates: Sequence[DateMention]) -> DocumentMention | None:
        """`arrêté du 3 juin 2024`, `circolare del Ministero della Salute del 18 luglio 2025`: named by its day of issue."""
        if word.value not in self._rules.named_by_date:
            return None
        issuer = next(page.terms_from("issuer", word.end), None)
        issued = issuer is not None and issuer.start - word.end <= _ISSUER_GAP
        date = self._issued.right_behind(page, word.end, dates) or (self._issued.right_behind(page, issuer.end, dates) if issuer and issued else None)
        if date is None:
            return None
        named = issuer.value if issuer is not None and issued and issuer.end <= date.start else None
        return DocumentMention(word.start, date.end, None, word.value, named, None, date.value, "named by date")

    def _of_congress(self, page: Page, word: TermMention) -> DocumentMention | None:
        if word.value != "resolution":
            return None
        if not self._spaced and (ahead := self._congress_ahead(page, word)) is not None:
            return ahead
        for term in page.terms_from("issuer", word.end):
            if term.start - word.end > _ISSUER_REACH:
                break
            if term.value.endswith("_congress"):
                gap = _ORDINAL.sub("", page.reading.folded[word.end : term.start])
                if not _SENTENCE_BREAK.search(gap) and "," not in gap:
                    return DocumentMention(word.start, term.end, None, "resolution", term.value, None, None, "congress")
        return None

    def _congress_ahead(self, page: Page, word: TermMention) -> DocumentMention | None:
        """`省第二十次党代会决议`: the congress right before the type word, begun by the first of the words that name it."""
        folded = page.reading.folded
        terms = _between(page.by_kind.get("issuer", []), word.start - _LONGEST_ISSUER, word.start)
        named = [t for t in terms if t.value.endswith("_congress") and not _TITLE_END.search(folded, t.start, word.start)]
        if not any(t.end == word.start or folded[t.end : word.start] in self._rules.of_issuer for t in named):
            return None
        return DocumentMention(named[0].start, word.end, None, "resolution", named[0].value, None, None, "congress")

    def _about_before(self, page: Page, word: TermMention) -> DocumentMention | None:
        """`国务院关于加强老年健康服务的意见`: issuer, what it is about, and the type word last."""
        if self._spaced or word.value not in _ABOUT_BEFORE or page.reading.folded[word.start - 1 : word.start] not in self._rules.of_issuer:
            return None
        abouts = _between(page.by_kind.get("document_about", []), word.start - _LONGEST_TITLE, word.start)
        for about in (term for term in abouts if not _TITLE_END.search(page.reading.folded, term.end, word.start)):
            issuers = _between(page.by_kind.get("issuer", []), about.start - _LONGEST_ISSUER, about.start)
            issuer = next((term for term in issuers if term.end == about.start), None)
            if issuer is not None:
                return DocumentMention(issuer.start, word.end, None, word.value, issuer.value, None, None, "about before")
        return None

    def _about_behind(self, page: Page, word: TermMention, known: Sequence[DocumentMention]) -> DocumentMention | None:
        """`Resolución de la Asamblea Nacional sobre el Programa …`: its issuer, and what it is about; none of those with a number."""
        if not self._spaced or word.value != "resolution":
            return None
        issuer = next(page.terms_from("issuer", word.start), None)
        if issuer is None or issuer.start - word.end > _ISSUER_GAP or _TITLE_END.search(page.reading.folded, word.start, issuer.start):
            return None
        if any((document.type, document.issuer) == (word.value, issuer.value) for document in known):
            return None
        if not any(term.start - issuer.end <= 1 for term in islice(page.terms_from("document_about", issuer.end), 1)):
            return None
        return DocumentMention(word.start, issuer.end, None, word.value, issuer.value, None, None, "about behind")

    def _by_title(self, page: Page, word: TermMention, dates: Sequence[DateMention]) -> DocumentMention | None:
        """`Law on Health Insurance`, `Ley de Salud`, `Universal Health Care Act`, `Verordnung vom 27. Juni 1995 über …`."""
        if word.value not in ("law", "ordinance", "decree") or not self._spaced:
            return None
        text = page.reading.text
        issued = self._issued.right_behind(page, word.end, dates)
        begin = issued.end if issued else word.end
        about = next((t for t in page.terms_from("document_about", begin) if t.start - begin <= 1), None)
        begin = about.end if about else begin
        following = text[begin : begin + 2].strip()
        capital = text[word.start].isupper() or not text[word.start].isalpha() or text[word.start].lower() == text[word.start].upper()
        titled = about is not None or (word.value in ("law", "ordinance") and issued is None and following[:1].isupper())
        if capital and titled and following:
            end, issuer = self._title_end(page, begin), lawmaker(word.value)
            return DocumentMention(word.start, end, None, word.value, issuer, None, issued.value if issued else None, "title")
        if self._rules.name_before and text[word.start].isupper():
            start = _capitals_before(page, word.start)
            if start < word.start:
                return DocumentMention(start, _with_year(page, word.end), None, word.value, lawmaker(word.value), None, None, "name before")
        return None

    def _title_end(self, page: Page, begin: int) -> int:
        """End of a title with its year; before words that say since when it holds: `Undang-Undang Asuransi Kesehatan mulai berlaku 1 Juli`."""
        end = _with_year(page, _title_end(page, begin))
        in_force = self._in_force.search(page.reading.folded, begin, end)
        return in_force.start() if in_force else end

    def quoted(self, page: Page, known: Sequence[Span]) -> Iterator[DocumentMention]:
        """《传染病防治法》: a quoted name with a law's ending, or a plan's, with its years behind or without."""
        taken = Spans(known)
        for match in _QUOTES.finditer(page.reading.folded):
            group = match.lastgroup or "name"
            name = _TERM_OF_TITLE.sub("", match[group])
            kind = next((t for suffix, t in self._suffixes.items() if name.endswith(suffix) and name != suffix), None)
            if kind is not None and not taken.touch(Span(match.start(), match.end())):
                start = match.start(group)
                yield DocumentMention(start, start + len(name), None, kind, lawmaker(kind), None, None, "quoted name")


def _name_end(page: Page, begin: int, limit: int) -> int:
    """End of a title that another document follows: behind its last capitalised word."""
    index = bisect_left(page.starts, limit) - 1
    while index >= 0 and page.starts[index] > begin and not page.reading.text[page.starts[index]].isupper():
        index -= 1
    return page.ends[index] if index >= 0 and page.starts[index] > begin else begin


def _title_end(page: Page, begin: int) -> int:
    """End of a title: before punctuation, or after some words."""
    stop = _TITLE_END.search(page.reading.folded, begin + 1)
    limit = stop.start() if stop else len(page.reading.folded)
    last = bisect_left(page.starts, begin) + _TITLE_TOKENS
    index = min(last, bisect_right(page.starts, limit - 1)) - 1
    return min(limit, page.ends[index]) if 0 <= index < len(page.ends) and page.ends[index] > begin else limit


def _with_year(page: Page, end: int) -> int:
    """End of a name with the year that belongs to it: `National Health Act 2014`."""
    year = year_of_title().match(page.reading.folded, end)
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


def _between(terms: Sequence[TermMention], left: int, right: int) -> Sequence[TermMention]:
    """Those of terms in order that begin between two offsets."""
    start = attrgetter("start")
    return terms[bisect_left(terms, left, key=start) : bisect_left(terms, right, key=start)]

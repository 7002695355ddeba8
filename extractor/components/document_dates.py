"""The date of issue of a document: inside or behind its number, in some languages before it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from extractor.components.written_marks import day_to_document
from extractor.mentions import DateMention, DocumentMention
from extractor.packs import LanguagePack
from extractor.page import Page
from extractor.reading import fold

_OWN_YEAR = re.compile(r"(?<=[/-])(?:19|20)\d\d(?!\d)|^(?:19|20)\d\d(?=[/-]\d)")
_SENTENCE_BREAK = re.compile(r"[\n;。；]|[.!?] ")
_CLAUSE_END = re.compile(r"[\n。；，,;、]")
_DAY = len("2024-02-27")
_DATE_BEHIND, _DATE_AHEAD, _DATE_BEFORE_SUBJECT = 60, 40, 100
"""Characters between a document and its date of issue, at most."""
_ACT_REACH, _OPENING_REACH, _ENACTED_REACH = 40, 120, 240
_SENTENCE_OPENING = re.compile(r"(?:^|\n|[.!?)] |[-–] )(?:[^\n.!?;,\d]{1,90}, )?[^\n.!?;,\d]{0,16}$")
"""Nothing but a word such as `on`, and a clause without figures (`In view of this, on`), stands between the beginning of a sentence, or the sign of
a paper, and its first day."""
_BESIDE = 2
"""Characters between a day and the number that it dates, where nothing but a particle stands between: `1月15日付の計画第18号`."""
_HEAD_CELL = re.compile(r"[ \n]*\|[ \n]*[^\W\d_][^\d|,;.\n]{1,30},\s(?:[^\W\d_]{1,5} )?")
"""Between the number and the day in the head of a document: `No: 2356/KH-UBND | Kon Tum, ngày` 18 tháng 9 năm 2014."""
_STRAY_STOP = re.compile(r"\. ?([^\W\d_])")
"""A full stop behind the number, and a small letter, which begins no sentence: `Плана № 81. от 22 марта`."""
_NAMED_BEHIND = re.compile(r"[^\W\d_]{1,8}[,，] ?([^\W\d_]+)[:：]?")
"""The rest of a name that has the number before it, and the word for its day: 第244/KH-UBND`号计划,日期`28/11/2025."""
_OTHER_YEAR = re.compile(r"(?<!\d)1[34]\d\d(?!\d)")
"""A Hijri year: the number of a document takes no Gregorian one from it."""
_IN_OTHER_CALENDAR = "dated in another calendar"
_ISSUER_WORDS, _SMALL_WORDS = 9, 3
_ARTICLE = re.compile(r"(?:[^\W\d_]{1,5} )?")
_PLACE_OF_BODY = re.compile(r"(?: [^\W\d_]+){1,5} ?")
"""Between a body and the document that it issues, where both stand behind the verb: the Council of the province `of Quang Tri the`."""
_OTHER_CALENDAR = 400
_ISSUER_GAP, _ISSUED_GAP = 12, 14
"""Characters between a type word and its issuer, and between either and the date of issue, at most."""


class IssueDates:
    """Finds dates of issue in one language."""

    def __init__(self, pack: LanguagePack) -> None:
        rules, self._fold_marks = pack.terms.documents, pack.pack.fold_marks
        self._spaced = pack.pack.spaced
        issue_words = "|".join(map(self._literal, rules.issue_words))
        self._issue_word = re.compile(rf" ?(?:(?:{issue_words})\b|(?=\d))" if issue_words else r"(?!)")
        self._date_words = frozenset(fold(word, fold_marks=self._fold_marks) for word in (*rules.date_words, *rules.issue_words))
        self._dated = tuple(f"{word} " for word in self._date_words)
        enacting = "|".join(map(self._literal, sorted(rules.enacting, key=len, reverse=True)))
        self._enacting = re.compile(rf"(?<!\w)(?:{enacting})(?: [^\W\d_]+){{0,3}} ?$" if enacting else r"(?!)")
        self._enacts = re.compile(rf" ?(?:{enacting}) " if enacting else r"(?!)")
        enacted = "|".join(map(self._literal, sorted(rules.enacted, key=len, reverse=True)))
        self._enacted = re.compile(rf"(?<!\w)(?:{enacted})(?!\w)" if enacted else r"(?!)")
        self._in_force = re.compile("|".join(map(self._literal, rules.in_force)) or r"(?!)")

    def _literal(self, word: str) -> str:
        return re.escape(fold(word, fold_marks=self._fold_marks))

    def dated(self, page: Page, document: DocumentMention, dates: Sequence[DateMention], begin: int, end: int) -> DocumentMention:
        """The full date of issue inside or right behind the document's number, before `end`, where the next one begins; in languages that
        put it first, before it, behind `begin`, where the last one ended, if there is one.

        Where the pack says so, a number without a year takes that of the date.
        """
        if document.number is None:
            return document
        own_year = _OWN_YEAR.search(document.number)
        for date in islice(dates, bisect_left(dates, document.start, key=lambda d: d.start), None):
            if date.start > document.end + _DATE_BEHIND or date.start >= end:
                break
            if not self._spaced and date.end <= end < len(page.reading.folded) and day_to_document().fullmatch(page.reading.folded, date.end, end):
                break  # 第06/CT-TTg号指示和2024年9月20日省委第456-TB/TU号通知: the next one's
            if len(date.value) == _DAY and "/" not in date.value and (date.start < document.end or self._leads_to_date(page, document.end, date)):
                value = _in_year(date, own_year, worded=self._worded(page, document.end, date))
                if value is not None:
                    other = _OTHER_YEAR.search(page.reading.folded, date.start, date.end)
                    return replace(document, date=value, rule=_IN_OTHER_CALENDAR if other else document.rule)
        unspaced = not self._spaced
        value = self._date_before(page, document, dates, own_year, begin) if unspaced else self._date_of_act(page, document, dates, own_year)
        value = value or self._date_when_enacted(page, document, dates, own_year, end)
        return replace(document, date=value) if value else document

    def _date_before(
        self, page: Page, document: DocumentMention, dates: Sequence[DateMention], own_year: re.Match[str] | None, begin: int
    ) -> str | None:
        """`2025年9月9日第72-NQ/TW号决议`; further off where the subject stands between: `2025年9月9日关于…的第72-NQ/TW号决议`."""
        before = bisect_left(dates, document.start, key=lambda d: d.start) - 1
        date = dates[before] if before >= 0 else None
        if date is None or len(date.value) != _DAY:
            return None
        if 0 < begin <= date.start and self._is_of(page.reading.folded[begin : date.start]):
            return None
        gap = page.reading.folded[date.end : document.start]
        about = next((t for t in page.terms_from("document_about", date.end) if t.start == date.end), None)
        if len(gap) > (_DATE_BEFORE_SUBJECT if about else _DATE_AHEAD) or any(c.isdigit() or c in ")）" for c in gap):
            return None  # a day in brackets is that of what stands before them
        if self._in_force.search(gap) or (_SENTENCE_BREAK if about else _CLAUSE_END).search(gap):
            return None
        return _in_year(date, own_year, worded=len(gap) <= _BESIDE)

    def _is_of(self, gap: str) -> bool:
        """Whether what stands between a document and a day ends in a word such as dated: the day is that document's."""
        near = 0 < len(gap) <= _DATE_AHEAD and _CLAUSE_END.search(gap) is None and not any(map(str.isdigit, gap))
        return near and gap.rstrip().endswith(tuple(self._date_words))

    def _date_of_act(self, page: Page, document: DocumentMention, dates: Sequence[DateMention], own_year: re.Match[str] | None) -> str | None:
        """The day that opens the sentence in which a body issues the document: `On 17 November 2025, the committee issued Plan 15-KH/TU`."""
        folded = page.reading.folded
        index = bisect_left(dates, document.start, key=lambda d: d.start) - 1
        if index < 0 or len(dates[index].value) != _DAY or dates[index].whole_year:
            return None
        date = dates[index]
        act = self._enacting.search(folded, max(0, document.start - _ACT_REACH), document.start) or self._act_of_body(page, date.end, document.start)
        if act is None:
            return None
        subject = folded[date.end : act.start()]
        opening = _SENTENCE_OPENING.search(folded, max(0, date.start - _OPENING_REACH), date.start)
        if opening is None or len(subject) > _DATE_BEFORE_SUBJECT or any(c.isdigit() for c in subject) or _SENTENCE_BREAK.search(subject):
            return None
        return _in_year(date, own_year, worded=False)

    def _act_of_body(self, page: Page, left: int, right: int) -> re.Match[str] | None:
        """The verb right behind the day, then the body that issues the document and its place: `erließ der Volksrat der Provinz Quang Tri die`."""
        folded = page.reading.folded
        act = self._enacts.match(folded, left, right)
        body = next(page.terms_from("issuer", act.end()), None) if act else None
        if act is None or body is None or not _ARTICLE.fullmatch(folded, act.end(), body.start):
            return None
        words = (next(page.terms_from(kind, body.end), None) for kind in ("document_type", "document_about"))
        if any(word is not None and word.start < right for word in words):
            return None  # erließ das Ministerium eine Anleitung zur: guidance on what was issued before
        return act if _PLACE_OF_BODY.fullmatch(folded, body.end, right) else None

    def _date_when_enacted(
        self, page: Page, document: DocumentMention, dates: Sequence[DateMention], own_year: re.Match[str] | None, end: int
    ) -> str | None:
        """The day behind words such as `was issued by the government`, which stand in the document's sentence, behind what it is about."""
        folded = page.reading.folded
        stop = min(end, document.end + _ENACTED_REACH)
        broken = _SENTENCE_BREAK.search(folded, document.end, stop)
        act = self._enacted.search(folded, document.end, broken.start() if broken else stop)
        if act is None:
            return None
        index = bisect_left(dates, act.end(), key=lambda d: d.start)
        date = dates[index] if index < len(dates) else None
        if date is None or len(date.value) != _DAY or "/" in date.value or date.whole_year or not self._leads_to_date(page, act.end(), date):
            return None
        return _in_year(date, own_year, worded=False)

    def _worded(self, page: Page, left: int, date: DateMention) -> bool:
        """A word such as `dated` stands between a number and its day, or begins the day's own words."""
        gap = page.reading.folded[left : date.start].strip(" ,")
        return gap in self._date_words or page.reading.folded.startswith(self._dated, date.start, date.end)

    def _leads_to_date(self, page: Page, left: int, date: DateMention) -> bool:
        """Nothing but an issuer and small words between a number and its date; a comma only before them or around the issuer."""
        gap = page.reading.folded[left : date.start]
        if _HEAD_CELL.fullmatch(gap):
            return True
        stop = _STRAY_STOP.match(page.reading.text, left, date.start)
        if stop is not None and stop[1].islower() and gap.strip(" .") in self._date_words:
            return True
        if re.search(r"[\n;.]", gap) or any(c.isdigit() for c in gap) or self._in_force.search(gap):
            return False
        named = _NAMED_BEHIND.fullmatch(gap)
        if gap.strip(" ,") in self._date_words or (named is not None and named[1] in self._date_words):
            return True
        if date.role == "deadline":
            return False  # Plan 215/KH-SYT, by 31 December 2025
        if date.whole_year and gap.strip(" ,"):
            return False  # a day of the article's own: Decreto 780 de 2016 y marcharán el 19 de marzo
        issuer = next((term for term in islice(page.terms_from("issuer", left), 1) if term.start < date.start), None)
        behind = page.reading.folded[issuer.end : date.start] if issuer else gap
        if "," in (behind.strip(" ,") if issuer is None or behind.count(" ") > _SMALL_WORDS else behind.replace(",", "", 1)):
            return False
        if issuer is not None and "," in page.reading.folded[left : issuer.start].strip(" ,"):
            return False
        return gap.count(" ") <= (_ISSUER_WORDS if issuer else _SMALL_WORDS)

    def right_behind(self, page: Page, at: int, dates: Sequence[DateMention]) -> DateMention | None:
        """The full date right behind an offset, after a word such as `du` or `vom` that may be a part of the date's span."""
        index = bisect_left(dates, at, key=lambda date: date.start)
        date = dates[index] if index < len(dates) else None
        if date is None or len(date.value) != _DAY or date.whole_year or date.start - at > _ISSUED_GAP:
            return None
        return date if self._issue_word.match(page.reading.folded, at) and page.reading.folded[at : date.start].count(" ") <= 2 else None


def numbered_by_date(document: DocumentMention) -> DocumentMention:
    """A bare running number with the year of issue: Resolución 2717 del 30 de diciembre de 2024 is 2717/2024."""
    bare = document.number is not None and document.number.isdigit() and document.rule != _IN_OTHER_CALENDAR
    return replace(document, number=f"{document.number}/{document.date[:4]}") if bare and document.date else document


def _in_year(date: DateMention, own_year: re.Match[str] | None, *, worded: bool) -> str | None:
    """The date of issue; a day without a year has that of the document's number, another year is another date.

    Where the number has none either, the day is the document's only if the words say so: `Plan No. 14/KH-UBND dated 21 January`.
    """
    if own_year is None:
        return date.value if not date.whole_year or (worded and date.value[:4].isdigit()) else None
    if date.whole_year:
        return own_year.group() + date.value[4:]
    return date.value if date.value[:4] == own_year.group() or abs(int(date.value[:4]) - int(own_year.group())) > _OTHER_CALENDAR else None


def share_dates(documents: Sequence[DocumentMention], country: str | None) -> list[DocumentMention]:
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

"""A person or a body out of a few words: `Dr Hauwa Lawan`, `director of the Department of Health`, `卫生厅副厅长黄国强`."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from extractor.mentions import EntityMention, Sayer, Span, Spans, Surroundings, TermMention
from extractor.packs import SpeakerRules
from extractor.page import Page

_LONGEST_NAME = 40
"""Characters of a name that no capitals mark: Thai, Arabic and Japanese spellings of foreign names are long ones."""
_LONGEST_BEHIND = 14
"""Characters of a name behind its role, where no title marks it: 局长`黎氏河`, 副院長`レ・ティ・ホア`."""
_SHORTEST_BODY = 3
"""Characters: 세종시; a 市 or 同省 names none."""
_BEHIND_BODY = 8
"""So many characters may stand between a body and the cue: 保健省`の報告`によると."""
_OWN_NAME = (2, 4)
"""Characters of a name that begins with one of the pack's surnames."""
# A foreign name in kana before its role, its parts divided by dots: `ファム・ティ・ニュン`支局長.
_FOREIGN = re.compile("[\u30a1-\u30fa\u30fc]+(?:・[\u30a1-\u30fa\u30fc]+)+$")
_SHORT_WORDS = re.compile("(?<![\uac00-\ud7af])(?:[\uac00-\ud7af]{1,3} ){2,5}$")
_JOINTS = "-.'’·・"
_FEW = 4
_TRIMMED = " ,.،、-–—:;·\n"
_ACRONYM = 2


class Phrases:
    """Reads segments of one page: what is a title, a role, a body and a name in them."""

    def __init__(self, rules: SpeakerRules, page: Page, around: Surroundings, entities: Sequence[EntityMention]) -> None:
        self._rules, self._page, self._text = rules, page, page.reading.text
        self._links, self._ends, self._papers = frozenset(rules.links), frozenset(rules.ends), frozenset(rules.papers)
        kinds = page.by_kind
        self._joins = frozenset(rules.joins)
        self._titles = _Found(kinds.get("speaker_titles", ()))
        self._behind = _Found(kinds.get("speaker_titles_after", ()))
        self._roles = _Found(kinds.get("speaker_roles", ()))
        named = (facility for facility in around.facilities if facility.named)
        self._bodies = _Found([*kinds.get("speaker_bodies", ()), *kinds.get("issuer", ()), *named])
        self._places, self._cuts = _Found(around.places), _Found([*around.dates, *around.quantities])
        self._entities = _Found(entities)

    def read(self, segment: Span, *, beside: bool = False) -> Sayer | None:
        """The sayer of a segment without commas; `beside`: it borders on the cue, where a single capital word is a name."""
        segment = self._trimmed(segment)
        if segment.end <= segment.start:
            return None
        roles, bodies = self._told_apart(segment)
        name = self._name(segment, roles, bodies, beside=beside)
        if roles:
            return Sayer(name, self._role(segment, roles, name))
        if name is None and bodies:
            name = self._body(segment, bodies)
        return Sayer(name, None) if name is not None else None

    def _told_apart(self, segment: Span) -> tuple[list[Span], list[Span]]:
        """Roles and bodies: what begins first is what it is, of two that begin at one place the longer (general secretary, secretariat)."""
        roles, bodies = self._roles.within(segment), self._bodies.within(segment)
        kept = [role for role in roles if not any(self._swallows(body, role) for body in bodies)]
        return kept, [body for body in bodies if not any(role.contains(body) for role in kept)]

    def _swallows(self, body: Span, role: Span) -> bool:
        if body.start != role.start:
            return body.start < role.start and role.end <= body.end
        return body.end > role.end or (body.end == role.end and self._is_spelt(body) and not self._is_spelt(role))

    def _is_spelt(self, term: Span) -> bool:
        """Letter by letter as the pack has it: secretaría is no secretaria."""
        return not isinstance(term, TermMention) or self._text[term.start : term.end].lower() == term.entry.phrase.lower()

    def _trimmed(self, segment: Span) -> Span:
        """Without what belongs to nobody at either end, and cut where a date or a quantity begins behind other words."""
        page = self._page
        first, behind = bisect_left(page.starts, segment.start), bisect_left(page.starts, segment.end)
        while first < behind and (self._is_idle(first) or page.tokens[first] in self._links):
            first += 1
        for cut in self._cuts.within(segment):
            at = bisect_left(page.starts, cut.start)
            if first < at < behind and not self._is_in_brackets(segment, cut):
                behind = at
                break
            if at == first:
                first = min(behind, bisect_left(page.starts, cut.end))
        while first < behind and (self._is_idle(first) or page.tokens[first] in self._links):
            first += 1
        while behind > first and (self._is_idle(behind - 1) or self._text[page.starts[behind - 1] : page.ends[behind - 1]] in self._links):
            behind -= 1
        return Span(page.starts[first], page.ends[behind - 1]) if first < behind else Span(segment.start, segment.start)

    def _is_in_brackets(self, segment: Span, date: Span) -> bool:
        return any(sign in self._text[segment.start : date.start] for sign in "(（")

    def _is_idle(self, index: int) -> bool:
        token = self._page.tokens[index]
        if token in self._ends:
            return not self._text[self._page.starts[index] : self._page.ends[index]].isupper() or len(token) == 1  # WHO is not who
        return not (token[0].isalnum() or token[0] in ")）" or _is_vowel_sign(token[0]))

    def _name(self, segment: Span, roles: Sequence[Span], bodies: Sequence[Span], *, beside: bool) -> Span | None:
        if self._rules.capitals:
            found = self._capital_name(segment, roles, bodies, beside=beside)
        else:
            found = self._marked_name(segment, roles) or self._bordering_name(segment, roles, bodies)
        return found or self._entity(segment, roles, bodies)

    def _entity(self, segment: Span, roles: Sequence[Span], bodies: Sequence[Span]) -> Span | None:
        """What a model names where the pack's rules find no name: the last person, else where nobody has a role the first body."""
        entities = self._entities.within(segment)
        for entity in reversed(entities):
            if isinstance(entity, EntityMention) and entity.person and not any(role.overlaps(entity) for role in roles):
                return None if self._places.touch(entity) else Span(entity.start, entity.end)
        return Span(entities[0].start, entities[0].end) if entities and not roles and not bodies else None

    def _titles_of(self, segment: Span, roles: Sequence[Span]) -> list[Span]:
        """Titles that are no part of a role: นายแพทย์, not นายแพทย์สาธารณสุขจังหวัด."""
        return [title for title in self._titles.within(segment) if not any(role.overlaps(title) for role in roles)]

    # Scripts with capitals

    def _capital_name(self, segment: Span, roles: Sequence[Span], bodies: Sequence[Span], *, beside: bool) -> Span | None:
        """The run of capitals behind a title, else behind a role, else the only one there is."""
        titles = self._titles_of(segment, roles)
        whole = [self._body_around(segment, body) for body in bodies] if self._rules.modifiers == "around" else list(bodies)
        runs = self._runs(segment, Spans([*titles, *roles, *whole]))
        for run in runs:
            if any(self._borders(title, run) for title in titles):
                return run
        if roles:
            ends = [span.end for span in (*roles, *whole, *self._places.within(segment))]
            people = [run for run in runs if not self._text[run.start : run.end].isupper()]  # фонд ОСМС
            behind = [
                run for run in people if run.start > roles[0].start and any(self._text[end : run.start].isspace() for end in ends if end <= run.start)
            ]
            ahead = [run for run in runs if run.end <= roles[0].start and run.start == segment.start and self._tokens(run) > 1]
            return next(iter(behind), None) or next(iter(ahead), None)
        if bodies:
            ahead = [run for run in runs if run.start == segment.start and run.end < whole[0].start and self._tokens(run) > 1]
            return ahead[0] if ahead and self._page.tokens[bisect_left(self._page.starts, ahead[0].end)] in self._links else None
        if self._is_paper(segment):
            return None
        long = [run for run in runs if self._is_telling(run, segment, beside=beside)]
        return long[-1] if long else None

    def _is_paper(self, segment: Span) -> bool:
        """Demographic and Health Survey."""
        tokens = self._page.tokens[bisect_left(self._page.starts, segment.start) : bisect_left(self._page.starts, segment.end)]
        return not self._papers.isdisjoint(tokens)

    def _is_telling(self, run: Span, segment: Span, *, beside: bool) -> bool:
        """Two capital words or an acronym; one word where it borders on the cue and opens no sentence."""
        words = self._text[run.start : run.end]
        if any(place.contains(run) for place in self._places.within(segment)):
            return False
        if words.isupper() and len(words) >= _ACRONYM:
            return True
        if self._rules.nouns_capital:
            return False
        return self._tokens(run) > 1 or (beside and not self._opens_sentence(run) and run.start == segment.start)

    def _opens_sentence(self, run: Span) -> bool:
        before = self._text[: run.start].rstrip(" ") if run.start < _FEW else self._text[run.start - _FEW : run.start].rstrip(" ")
        return not before or before[-1] in '.!?…\n"“«„'

    def _runs(self, segment: Span, taken: Spans) -> list[Span]:
        """Capital words side by side, with marks and small words between them; a place that opens one is left out."""
        page, runs, start, end = self._page, list[Span](), -1, -1
        for index in range(bisect_left(page.starts, segment.start), bisect_left(page.starts, segment.end)):
            span = Span(page.starts[index], page.ends[index])
            opening = start < 0
            if opening and self._is_idle(index):
                continue
            if taken.touch(span) or (opening and self._places.cover(span)):
                start, end = _closed(runs, start, end)
            elif self._text[span.start].isupper():
                start, end = (span.start if opening else start), span.end
            elif not opening and not self._goes_on(index):
                start, end = _closed(runs, start, end)
        _closed(runs, start, end)
        return runs

    def _goes_on(self, index: int) -> bool:
        """Whether a token that has no capital stands inside a name: `de`, a hyphen."""
        page = self._page
        if page.tokens[index] in _JOINTS or page.tokens[index - 1] in "-'’":
            return True
        return page.tokens[index] in self._links and "\n" not in self._text[page.ends[index - 1] : page.starts[index]]

    def _body_around(self, segment: Span, body: Span) -> Span:
        """A body with the capital words on both sides of it, small ones between them: `National Primary Health Care` Agency."""
        page = self._page
        first, last = bisect_left(page.starts, body.start), bisect_left(page.starts, body.end) - 1
        left, right = first - 1, last + 1
        while left >= 0 and page.starts[left] >= segment.start and (self._is_capital(left) or page.tokens[left] in self._joins):
            first = left if self._is_capital(left) else first
            left -= 1
        while right < len(page.starts) and page.ends[right] <= segment.end and (self._is_capital(right) or page.tokens[right] in self._links):
            last = right if self._is_capital(right) else last
            right += 1
        return Span(page.starts[first], page.ends[last])

    def _is_capital(self, index: int) -> bool:
        span = Span(self._page.starts[index], self._page.ends[index])
        return self._text[span.start].isupper() and not self._titles.cover(span)

    def _borders(self, one: Span, other: Span) -> bool:
        """Whether nothing but white space and a stop stands between two spans."""
        return one.end <= other.start and not self._text[one.end : other.start].strip(" .")

    def _tokens(self, span: Span) -> int:
        """Words of a span, marks left out."""
        page = self._page
        return sum(page.tokens[index][0].isalnum() for index in range(bisect_left(page.starts, span.start), bisect_left(page.starts, span.end)))

    # Scripts without capitals

    def _marked_name(self, segment: Span, roles: Sequence[Span]) -> Span | None:
        """A name behind a title, or before one such as さん."""
        titles = self._titles_of(segment, roles)
        if titles:
            start = max(title.end for title in titles if title.start == titles[0].start or self._borders(titles[0], title))
            end = min([segment.end, *(span.start for span in (*roles, *titles) if span.start >= start)])
            return self._fitting(start, end)
        after = self._behind.within(segment)
        if after:
            start = max([segment.start, *(role.end for role in roles if role.end <= after[0].start)])
            return self._fitting(start, after[0].start)
        return None

    def _bordering_name(self, segment: Span, roles: Sequence[Span], bodies: Sequence[Span]) -> Span | None:
        """A name right behind the role, or one with a surname of the pack right before it."""
        if not roles or self._rules.modifiers != "before":
            return None
        role = roles[-1]
        behind = self._fitting(role.end, segment.end)
        if behind is not None and _length(behind) <= _LONGEST_BEHIND and not any(body.overlaps(behind) for body in bodies):
            return behind if _length(behind) > 1 else None
        foreign = _FOREIGN.search(self._text, segment.start, role.start)
        if foreign is not None:
            return Span(foreign.start(), foreign.end())
        words = self._text[segment.start : role.start].split()
        several = self._short_words(segment.start, role.start, bodies)
        if several is not None:
            return several
        own = words[0] if words else ""
        low, high = _OWN_NAME
        if low <= len(own) <= high and own.startswith(tuple(self._rules.surnames)) and not self._names_none(segment.start, len(own), bodies):
            return Span(segment.start, segment.start + len(own))
        return None

    def _short_words(self, start: int, end: int, bodies: Sequence[Span]) -> Span | None:
        """A foreign name in several short words before its role: `부이 티 하` 부국장."""
        found = _SHORT_WORDS.search(self._text, start, end)
        if found is None or self._names_none(found.start(), found.end() - found.start(), bodies):
            return None
        return Span(found.start(), found.start() + len(found.group().rstrip()))

    def _names_none(self, start: int, length: int, bodies: Sequence[Span]) -> bool:
        """Whether the characters before a role are a place's or a body's: 광주 시장."""
        span = Span(start, start + length)
        return self._places.touch(span) or any(body.overlaps(span) for body in bodies)

    def _fitting(self, start: int, end: int) -> Span | None:
        words = self._text[start:end]
        start += len(words) - len(words.lstrip(_TRIMMED))
        end -= len(words) - len(words.rstrip(_TRIMMED))
        return Span(start, end) if 0 < end - start <= _LONGEST_NAME else None

    # Roles and bodies

    def _role(self, segment: Span, roles: Sequence[Span], name: Span | None) -> Span:
        first, last = roles[0], roles[-1]
        if self._rules.modifiers == "before":
            start = name.end if name is not None and name.end <= last.start else segment.start
            closing = max(self._text.rfind(sign, start, first.start) for sign in ")）")
            if closing >= 0 and not any(sign in self._text[start:closing] for sign in "(（"):  # （莎亚南19日讯）
                start = closing + 1
            return self._stripped(Span(start, last.end))
        titles = [title.start for title in self._titles.within(segment) if title.start >= first.end]
        later = [name.start] if name is not None and name.start >= first.end else []
        start = self._reach_left(segment, first, name) if self._rules.modifiers == "around" else first.start
        return self._stripped(self._cut(Span(start, min([segment.end, *titles, *later])), first.end))

    def _reach_left(self, segment: Span, role: Span, name: Span | None) -> int:
        """Where a role begins whose words stand before it: `Tasmanian Health` Minister."""
        page = self._page
        index = bisect_left(page.starts, role.start) - 1
        start = role.start
        floor = name.end if name is not None and name.end <= role.start else segment.start
        while index >= 0 and page.starts[index] >= floor and self._is_capital(index):
            start = page.starts[index]
            index -= 1
        return start

    def _body(self, segment: Span, bodies: Sequence[Span]) -> Span | None:
        if self._rules.modifiers == "before":
            last = bodies[0]
            for body in bodies[1:]:
                if self._cut(Span(last.start, body.end), last.end).end == body.end:  # 卫生部`在`国会拨款委员会
                    last = body
            body = self._stripped(Span(segment.start, last.end))
            fits = _SHORTEST_BODY <= _length(body) <= _LONGEST_NAME and segment.end - last.end <= _BEHIND_BODY
            return body if fits else None
        first = bodies[0]
        if self._rules.modifiers == "around":
            body = self._body_around(segment, first)
            return body if self._tells(body, words=0) else None
        body = self._stripped(self._cut(Span(first.start, segment.end), first.end))
        return body if not self._rules.capitals or self._tells(body, words=2) else None

    def _tells(self, body: Span, *, words: int) -> bool:
        """Whether a body's name tells which one: it has a capital, or so many words; `the ministry` tells nothing."""
        name = self._text[body.start : body.end]
        return name.lower() != name or (words > 0 and len(name.split()) >= words)

    def _cut(self, span: Span, behind: int) -> Span:
        """Up to the first word that belongs to no name."""
        page = self._page
        for index in range(bisect_left(page.starts, behind), bisect_left(page.starts, span.end)):
            if page.tokens[index] in self._ends or page.tokens[index] in "(（[":
                return Span(span.start, page.ends[index - 1])
        return span

    def _stripped(self, span: Span) -> Span:
        words = self._text[span.start : span.end]
        return Span(span.start + len(words) - len(words.lstrip(_TRIMMED)), span.end - len(words) + len(words.rstrip(_TRIMMED)))


class _Found:
    """Spans in order, asked for by segment."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans, key=lambda span: (span.start, -span.end))
        self._starts = [span.start for span in self._spans]
        self._all = Spans(self._spans)
        self.cover, self.touch = self._all.cover, self._all.touch

    def within(self, segment: Span) -> list[Span]:
        """Those inside a segment, without those inside another one of them."""
        kept: list[Span] = []
        for span in self._spans[bisect_left(self._starts, segment.start) : bisect_left(self._starts, segment.end)]:
            if span.end <= segment.end and not (kept and kept[-1].contains(span)):
                kept.append(span)
        return kept


def _closed(runs: list[Span], start: int, end: int) -> tuple[int, int]:
    """Keeps a run that has begun."""
    if start >= 0:
        runs.append(Span(start, end))
    return -1, -1


def _length(span: Span) -> int:
    return span.end - span.start


def _is_vowel_sign(character: str) -> bool:
    """A mark of a script in which vowels are characters of their own: no letter, and no punctuation either."""
    return "\u0e00" <= character <= "\u0eff"

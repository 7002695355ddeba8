"""The area that a quantity is about."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from extractor.binding.context import Context, Decided
from extractor.binding.features import ABOVE, NOTHING, bucket, certainty, relation, unit_class
from extractor.binding.ranker import Candidate, Choice
from extractor.mentions import PlaceMention, QuantityMention, Span

_HOME = "VN"
"""News of Viet Nam is mostly of one province, that of other countries mostly of the country."""
_MOST_DIGITS = 14
_OPENING = 4
"""A place within the first tokens of its paragraph speaks for all of it."""


Place = Candidate[str | None]
_BESIDE = 3
"""So many figures before and after one speak for its place too."""


class Votes:
    """How likely each place is for each quantity if that stood alone, and what that says of the article and of the figures beside it."""

    def __init__(self, context: Context, alone: Sequence[Choice[str | None]]) -> None:
        self.alone = [_shares(choice) for choice in alone]
        self.paragraphs = [context.layout.paragraph(quantity.start) for quantity in context.quantities]
        self.article: dict[str, float] = defaultdict(float)
        self._paragraph: dict[int, dict[str | None, float]] = defaultdict(lambda: defaultdict(float))
        self._sizes = Counter(self.paragraphs)
        for paragraph, shares in zip(self.paragraphs, self.alone, strict=True):
            for code, share in shares.items():
                self._paragraph[paragraph][code] += share
                if code is not None:
                    self.article[code] += share / len(self.alone)
        self.first = max(self.article, key=lambda code: self.article[code], default=None)

    def of(self, at: int, code: str | None) -> list[str]:
        """What speaks for a place of a quantity: itself, its neighbours, its paragraph, its article."""
        paragraph = self.paragraphs[at]
        rest = self._sizes[paragraph] - 1
        own = self.alone[at].get(code, 0.0)
        beside = "alone" if not rest else str(round(4 * max(0.0, self._paragraph[paragraph][code] - own) / rest))
        before = _mean([shares.get(code, 0.0) for shares in self.alone[max(0, at - _BESIDE) : at]])
        after = _mean([shares.get(code, 0.0) for shares in self.alone[at + 1 : at + 1 + _BESIDE]])
        return [
            f"votes:own:{round(5 * own)}",
            f"votes:paragraph:{beside}",
            f"votes:before:{before}",
            f"votes:after:{after}",
            *self.in_article(code),
        ]

    def in_article(self, code: str | None) -> list[str]:
        return [f"votes:{'first' if code == self.first else 'other'}", f"votes:share:{round(5 * self.article.get(code or '', 0.0))}"]


def _mean(shares: list[float]) -> str:
    return str(round(4 * sum(shares) / len(shares))) if shares else "end"


def _shares(choice: Choice[str | None]) -> dict[str | None, float]:
    """Value → its probability among the candidates."""
    top = max(score for score, _ in choice.ranking)
    masses: dict[str | None, float] = defaultdict(float)
    for score, candidate in choice.ranking:
        masses[candidate.value] += math.exp(score - top)
    total = sum(masses.values())
    return {value: mass / total for value, mass in masses.items()}


def main_place_candidates(context: Context, votes: Votes) -> list[Place]:
    """Places that most of an article's figures may be about."""
    named = Counter(place.code for place in context.places)
    datelines = {place.code for place in context.datelines}
    candidates: list[Place] = [Candidate(None, (NOTHING,))]
    for code in dict.fromkeys((*named, *filter(None, (context.country, context.province)))):
        level = "country" if "-" not in code else "sub"
        own = "own" if code in (context.country, context.province) else "home" if context.country and code.startswith(context.country) else "abroad"
        who = f"{level}:{own}"
        land = "home" if context.country == _HOME else "elsewhere"
        where = "dateline" if code in datelines else "text"
        features = [who, f"{who}:{land}", f"{who}:{context.focus}", f"{who}:{where}", f"{who}:named:{min(5, named[code])}"]
        features.append(f"{who}:nation:{context.nation_share}")
        features.append(f"{who}:opening:{context.opening_scope}")
        features.append(f"{who}:subs:{min(6, sum('-' in other for other in named))}")
        features += [f"{who}:{feature}" for feature in votes.in_article(code)]
        candidates.append(Candidate(code, tuple(features)))
    return candidates


def place_candidates(
    context: Context, at: int, decided: list[Decided], surroundings: list[Place], main: Choice[str | None], votes: Votes
) -> list[Place]:
    """What the surroundings offer, the place decided before, and the article's main place.

    `decided` are all quantities of the article; the places before `at` are known.
    """
    quantity = context.quantities[at]
    current = decided[at]
    candidates = list(surroundings)
    if main.value is not None:
        candidates.append(_main(context, quantity, main))
    if at and decided[at - 1].place is not None:
        candidates.append(_previous(context, decided[at - 1], current))
    return [Candidate(c.value, (*c.features, *votes.of(at, c.value)), c.found) for c in candidates]


def _main(context: Context, quantity: QuantityMention, main: Choice[str | None]) -> Place:
    """The article's main place, and how sure it is."""
    sentence = context.window(quantity)
    level = "sub" if "-" in (main.value or "") else "country"
    sure = certainty(main.probability)
    here = "near" if context.places_between(sentence.start, sentence.end) else "silent"
    scope = context.scope_between(sentence.start, quantity.start)
    return Candidate(main.value, ("whole", f"whole:{level}:{sure}", f"whole:{level}:{here}", f"whole:{level}:{scope}:{sure}"))


def _previous(context: Context, before: Decided, current: Decided) -> Place:
    quantity = current.quantity
    start = context.paragraph_start(context.window(quantity).start)
    same = context.layout.sentence_index(before.quantity.start) == context.layout.sentence_index(quantity.start)
    between = context.places_between(before.quantity.end, quantity.start)
    sure = certainty(before.probabilities.get("place", 1.0))
    level = "sub" if "-" in (before.place or "") else "country"
    step = "sentence" if same else "paragraph" if before.quantity.start >= start else "text"
    scope = context.scope_between(before.quantity.end, quantity.start)
    features = [
        f"previous:{'same' if same else 'other'}:{'moved' if between else 'stays'}",
        f"previous:sure:{sure}",
        f"previous:{level}:{step}:{scope}:{context.focus.partition(':')[0]}",
        f"previous:{before.kind}>{current.kind}:{step}",
    ]
    return Candidate(before.place, tuple(features))


def surrounding_places(context: Context, at: int, current: Decided) -> list[Place]:
    """Places of the sentence, of the sentences before, the article's own area, and none."""
    quantity = context.quantities[at]
    sentence = context.window(quantity)
    candidates: list[Candidate[str | None]] = [Candidate(None, _nowhere(context))]
    for place in context.places_between(sentence.start, sentence.end):
        if place in context.datelines:
            continue
        side = "before" if place.end <= quantity.start else "after"
        gap = context.tokens(place.end, quantity.start) if side == "before" else context.tokens(quantity.end, place.start)
        link = relation(context, place, quantity) if side == "before" else relation(context, quantity, place)
        nearer = context.places_between(place.end, quantity.start) if side == "before" else context.places_between(quantity.end, place.start)
        features = [
            f"place:{side}:{bucket(gap)}",
            f"place:{side}:{link}",
            f"place:{side}:nearer:{min(len(nearer), 2)}",
            *_standing(context, place.code, f"place:{side}"),
        ]
        candidates.append(Candidate(place.code, tuple(features), (place.start, place.end)))
    start = context.paragraph_start(sentence.start)
    earlier = context.places_between(start, sentence.start)
    if earlier:
        candidates.append(
            Candidate(earlier[-1].code, ("earlier", *_standing(context, earlier[-1].code, "earlier")), (earlier[-1].start, earlier[-1].end))
        )
    else:
        above = context.places_between(max(0, start - ABOVE), start)
        if above:
            candidates.append(Candidate(above[-1].code, ("above", *_standing(context, above[-1].code, "above"))))
    for name, code in (("province", context.province), ("country", context.country)):
        if code is not None:
            candidates.append(Candidate(code, tuple(_area_features(context, quantity, sentence, name, current.kind))))
    candidates += _leading(context, quantity, sentence, earlier)
    dateline = context.dateline_before(quantity.start)
    if dateline is not None:
        country = dateline.code.partition("-")[0]
        known = "own" if country == context.country else "other"
        candidates.append(Candidate(dateline.code, (f"dateline:{known}", f"dateline:{known}:{context.focus}")))
        land = "home" if context.country == _HOME else "elsewhere"
        local = "local" if dateline.code == context.province else "other"
        level = "sub" if "-" in dateline.code else "country"
        step = f"{known}:{local}:{land}:{level}"
        candidates.append(Candidate(country, (f"dateline country:{step}", f"dateline country:{step}:{context.focus}")))
    return candidates


def _leading(context: Context, quantity: QuantityMention, sentence: Span, earlier: Sequence[PlaceMention]) -> Iterator[Place]:
    """The place that the heading names, and the one at the very head of the paragraph: `SULAWESI SELATAN. …`."""
    heading = context.heading_before(sentence.start).place
    if heading is not None:
        moved = "moved" if context.places_between(heading.end, quantity.start) else "stays"
        yield Candidate(heading.code, ("heading", *_standing(context, heading.code, "heading"), f"heading:{moved}"), (heading.start, heading.end))
    opener = earlier[0] if earlier else None
    if opener is not None and context.tokens(context.paragraph_start(sentence.start), opener.start) <= _OPENING:
        moved = "last" if opener is earlier[-1] else "moved"
        yield Candidate(opener.code, ("opener", *_standing(context, opener.code, "opener"), f"opener:{moved}"), (opener.start, opener.end))


def _nowhere(context: Context) -> tuple[str, ...]:
    return (NOTHING, f"nothing:{'placed' if context.country else 'nowhere'}", f"nothing:{context.focus}")


def _standing(context: Context, code: str, where: str) -> list[str]:
    """How the place relates to the article's main area."""
    level = "sub" if "-" in code else "country"
    main = "main" if code in (context.province, context.country) else "home" if context.country and code.startswith(context.country) else "abroad"
    return [f"{where}:{level}:{main}", f"{where}:{level}:{main}:{context.focus}"]


def _area_features(context: Context, quantity: QuantityMention, sentence: Span, name: str, kind: str) -> list[str]:
    land = "home" if context.country == _HOME else "elsewhere"
    features = [f"main:{name}", f"main:{name}:{context.focus}", f"main:{name}:{land}", f"main:{name}:{land}:{context.focus}"]
    if context.title_end and quantity.start <= context.title_end:
        features.append(f"main:{name}:intitle")
    in_sentence = context.terms_between("area", sentence.start, sentence.end)
    near = min(in_sentence, key=lambda a: abs(a.start - quantity.start), default=None)
    if near is not None:
        features.append(f"main:{name}:says:{near.value}")
        features.append(
            f"main:{name}:says:{near.value}:{'before' if near.start < quantity.start else 'after'}:{bucket(context.tokens(min(near.end, quantity.start), max(near.end, quantity.start)))}"  # noqa: E501
        )
    else:
        earlier = context.terms_between("area", context.paragraph_start(sentence.start), sentence.start)
        if earlier:
            features.append(f"main:{name}:said:{earlier[-1].value}")
    features.append(f"main:{name}:{'near' if context.places_between(sentence.start, sentence.end) else 'silent'}")
    start = context.paragraph_start(sentence.start)
    paragraph = context.scope_between(start, sentence.end)
    features.append(f"main:{name}:scope:{context.scope_between(sentence.start, quantity.start)}")
    features.append(f"main:{name}:scope:paragraph:{paragraph}")
    features.append(f"main:{name}:scope:clause:{_clause_scope(context, quantity, sentence)}")
    features.append(f"main:{name}:opening:{land}:{context.opening_scope}:{'early' if start <= context.title_end + 1 else 'later'}")
    carried = context.scope_before(start)
    features.append(f"main:{name}:scope:{paragraph}<{carried}")
    level, stands = context.last_scope(quantity.start)
    reach = "here" if stands >= sentence.start else "paragraph" if stands >= start else "above"
    features.append(f"main:{name}:{land}:last:{level}:{reach}")
    features.append(f"main:{name}:{land}:last:{level}:share:{context.nation_share}")
    if context.country == _HOME:
        features.append(f"main:{name}:last:{level}:{'both' if context.has_nation_figures else 'one'}:{kind}")
        features.append(f"main:{name}:size:{_size(quantity)}")
    features.append(f"main:{name}:document:{context.document_level(quantity.start)}:{kind}")
    head = context.list_head(quantity.start)
    if head is not None:
        features.append(f"main:{name}:head:{context.scope_between(head.start, head.end)}:{kind}")
    named = {place.code for place in context.places_between(start, sentence.end)}
    features.append(f"main:{name}:paragraph:{'own' if context.province in named else 'other' if named else 'silent'}")
    return features


def _clause_scope(context: Context, quantity: QuantityMention, sentence: Span) -> str:
    """What the words between the figure before and this one speak of, and those right behind it: `above the national average of 26`."""
    index = bisect_left(context.number_starts, quantity.number.start) - 1
    left = max(sentence.start, context.quantities[index].end if index >= 0 else 0)
    after = index + 2
    right = min(sentence.end, context.quantities[after].start if after < len(context.quantities) else sentence.end)
    return f"{context.scope_between(left, quantity.start)}:{context.scope_between(quantity.end, right)}"


def _size(quantity: QuantityMention) -> str:
    """How many digits a count or a sum of money has: no province counts its patients by the hundred million."""
    digits = len(str(int(abs(quantity.value))))
    return f"{unit_class(quantity)}:{min(digits, _MOST_DIGITS)}"

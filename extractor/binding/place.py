"""The area that a quantity is about."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator

from extractor.binding.alternating import places_behind
from extractor.binding.beside import stands_beside
from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.binding.features import ABOVE, NOTHING, bucket, certainty, pull, relation
from extractor.binding.main_place import HOME, Place, who
from extractor.binding.ranker import Candidate, Choice
from extractor.gazetteer import capitals, counts_of_areas
from extractor.mentions import PlaceMention, QuantityMention, Span

_MOST_DIGITS = 14
_LEADING = 3
"""A place within the first tokens of its sentence leads it."""
_SETTLED = ("nation:before:level", "nation:none")
"""A word for the nation right before the figure, or before it in its clause with no mark, figure or name between."""
_BELOW = 2
"""Paragraphs below a place's name that are told of it, at most."""
_TO_AREAS = 3
"""Figures of which the last counts the provinces, at most."""
_OPENING = 4
"""A place within the first tokens of its paragraph speaks for all of it."""


def _main(context: Context, current: Decided, main: Choice[str | None]) -> Place:
    """The article's main place, and how sure it is."""
    quantity = current.quantity
    sentence = context.window(quantity)
    level = "sub" if "-" in (main.value or "") else "country"
    sure = certainty(main.probability)
    here = "near" if context.places_between(sentence.start, sentence.end) else "silent"
    scope = context.scopes.between(sentence.start, quantity.start)
    beside = stands_beside(context, quantity, None)
    told = (
        sure,
        here,
        f"{scope}:{sure}",
        f"beside:{beside}",
        f"led:{_led(context, quantity, None)}",
        f"own:{_own(context, current)}",
    )
    return Candidate(main.value, ("whole", *[f"whole:{level}:{feature}" for feature in told]))


def place_candidates(context: Context, current: Decided, before: Decided | None, main: Choice[str | None]) -> list[Place]:
    """Places of the sentence, of the text above, the article's own area, and none; and whether each is that of the figure before."""
    candidates = _settled(context, current, _candidates(context, current, main))
    since = _since(context, before.quantity, current) if before is not None else ()
    if before is None or not since:
        return candidates
    same, other = [tuple(f"before:{which}:{told}" for told in since) for which in ("same", "other")]
    return [Candidate(value, (*features, *(same if value == before.place else other)), found) for value, features, found in candidates]


def _settled(context: Context, current: Decided, candidates: list[Place]) -> list[Place]:
    """A word for the nation before a figure settles it: national average: `14`. Of 196 such figures in the corpus 173 were the nation's,
    and most of the others stood behind the name of a thing (`national system`) or were compared (`1.5 points above`), which is told apart.
    """
    behind = places_behind(context).get(bisect_left(context.number_starts, current.quantity.number.start))
    if behind is not None:
        return [candidate for candidate in candidates if candidate.value == behind] or candidates
    if _counts_all_areas(context, current.quantity):
        return [candidate for candidate in candidates if candidate.value == context.country] or candidates
    if _own(context, current) not in _SETTLED:
        told = _headed(context, current.quantity) or _led_by_another(context, current.quantity)
        return [candidate for candidate in candidates if told is not None and candidate.value == told] or candidates
    return [candidate for candidate in candidates if candidate.value == context.country] or candidates


def _counts_all_areas(context: Context, quantity: QuantityMention) -> bool:
    """Whether a figure is the number of all provinces that the country has, or goes on to it: `330 clinics in all 63 provinces`."""
    if context.country is None:
        return False
    sentence, at = context.window(quantity), bisect_left(context.number_starts, quantity.number.start)
    for other in context.quantities[at : at + _TO_AREAS]:
        if (
            other.end > sentence.end
            or context.marks.between(quantity.end, other.start) != "none"
            or context.places_between(quantity.end, other.start)
        ):
            return False
        if other.noun is not None and other.noun.value == "province" and other.out_of is None and other.value in counts_of_areas(context.country):
            return True
    return False


def _headed(context: Context, quantity: QuantityMention) -> str | None:
    """The place whose name stands alone on the line above, while nothing speaks of another: `● Nagano` over its figures."""
    sentence = context.window(quantity)
    heading = context.heading_before(sentence.start)
    if heading.place is None or not heading.alone or context.layout.paragraph(quantity.start) - context.layout.paragraph(heading.start) > _BELOW:
        return None
    others = context.places_between(heading.end, sentence.end) or context.area_words.between(heading.end, sentence.end)
    return None if others else heading.place.code


def _led_by_another(context: Context, quantity: QuantityMention) -> str | None:
    """The one place of its sentence, that opens it and is not the article's own: `South Korea has the lowest rate in the world, 0.8`.

    Of 200 such figures 190 were its own, and the others' were told of no candidate.
    """
    sentence = context.window(quantity)
    places = [place for place in context.places_between(sentence.start, sentence.end) if not context.is_dateline(place)]
    codes = {place.code for place in places}
    if len(codes) != 1 or codes & {context.province, context.country} or context.area_words.between(sentence.start, sentence.end):
        return None
    opens = context.tokens(sentence.start, places[0].start) < _LEADING and places[0].end <= quantity.start
    within = places[0].code.partition("-")[0] == context.country
    return places[0].code if opens and (within or "-" not in places[0].code) else None


def _since(context: Context, before: QuantityMention, current: Decided) -> tuple[str, ...]:
    """The mark and how many places stand since the figure before in the sentence: `Johor 130 % (1,458 cases), Sarawak 34 % (240)`.

    In 295 real articles .962 to .969 of the places right, on two folds of the corpus .953 to .958. With the figure before it in the sentence above,
    or with its place as a candidate of its own, no more.
    """
    quantity = current.quantity
    if context.layout.sentence_index(before.start) != context.layout.sentence_index(quantity.start):
        return ()
    named = min(2, len(context.places_between(before.start, quantity.start)))
    return str(named), f"{context.marks.between(before.end, quantity.start)}:{named}", f"own:{_own(context, current)}"


def _candidates(context: Context, current: Decided, main: Choice[str | None]) -> list[Place]:
    quantity = current.quantity
    sentence = context.window(quantity)
    candidates: list[Place] = [Candidate(None, _nowhere(context))]
    if main.value is not None:
        candidates.append(_main(context, current, main))
    candidates += (
        _in_sentence(context, current, place) for place in context.places_between(sentence.start, sentence.end) if not context.is_dateline(place)
    )
    areas = [(name, code) for name, code in (("province", context.province), ("country", context.country)) if code is not None]
    told = _area_features(context, current, sentence) if areas else []
    candidates += (Candidate(code, tuple([f"main:{name}{feature}" for feature in told])) for name, code in areas)
    candidates += _from_above(context, current, sentence)
    dateline = context.dateline_before(quantity.start)
    if dateline is not None:
        candidates += _from_dateline(context, dateline)
    return candidates


def _in_sentence(context: Context, current: Decided, place: PlaceMention) -> Place:
    """How far a place of the sentence is, and what stands between."""
    quantity = current.quantity
    side, left, right = ("before", place, quantity) if place.end <= quantity.start else ("after", quantity, place)
    features = (
        f"place:{side}:{bucket(context.tokens(left.end, right.start))}",
        f"place:{side}:{relation(context, left, right)}",
        f"place:{side}:nearer:{min(len(context.places_between(left.end, right.start)), 2)}",
        f"place:{side}:{who(context, place.code)}",
        *_listed(context, quantity, place, side),
        f"place:{side}:led:{_led(context, quantity, place)}",
        f"place:{side}:beside:{stands_beside(context, quantity, place)}",
        f"place:{side}:own:{_own(context, current)}",
    )
    return Candidate(place.code, features, (place.start, place.end))


def _listed(context: Context, quantity: QuantityMention, place: PlaceMention, side: str) -> Iterator[str]:
    """Whether a place or a figure opens the sentence, and whether another figure is nearer to the place: `Arad 517, Sibiu 170`, but `52 in Arad,
    15 in Sibiu`. On two folds of the corpus .9488 to .9491 right, in 66 real articles .915 to .926. And whether it has the same rank
    among the places as the figure among the figures: .9518 to .9521, in 238 real ones .9645 to .9664.
    """
    sentence = context.window(quantity)
    places = context.places_between(sentence.start, sentence.end)
    opens = "place" if context.numbers_between(sentence.start, places[0].start) == 0 else "figure"
    left, right = sorted((place, quantity), key=lambda span: span.start)
    between = min(context.numbers_between(left.end, right.start), 2)
    at = bisect_left(context.number_starts, quantity.number.start)
    own = pull(context, place, quantity)
    beside = [*context.quantities[max(0, at - 1) : at], *context.quantities[at + 1 : at + 2]]
    nearer = sum(pull(context, place, other) < own for other in beside)
    figures = context.numbers_between(sentence.start, sentence.end)
    ahead = len(context.places_between(sentence.start, place.start)) - context.numbers_between(sentence.start, quantity.number.start)
    even = "none" if figures < 2 or len(places) < 2 else "even" if figures == len(places) else "more" if figures > len(places) else "less"
    yield f"place:{side}:rank:{opens}:{even}:{max(-2, min(2, ahead))}"
    yield f"place:{side}:opens:{opens}:{between}"
    yield f"place:{side}:figures nearer:{nearer}"
    yield f"place:{side}:opens:{opens}:{between}:{nearer}"


def _from_above(context: Context, current: Decided, sentence: Span) -> Iterator[Place]:
    """The last place of the paragraph and the one that opens it, else the last above; and that of the heading."""
    quantity, own = current.quantity, _own(context, current)
    start = context.paragraph_start(sentence.start)
    earlier = context.places_between(start, sentence.start)
    if earlier:
        last, opener = earlier[-1], earlier[0]
        yield Candidate(last.code, ("earlier", f"earlier:{who(context, last.code)}", f"earlier:own:{own}"), (last.start, last.end))
        if context.tokens(start, opener.start) <= _OPENING:
            moved = "last" if opener is last else "moved"
            features = ("opener", f"opener:{who(context, opener.code)}", f"opener:{moved}", f"opener:own:{own}")
            yield Candidate(opener.code, features, (opener.start, opener.end))
    else:
        above = context.places_between(max(0, start - ABOVE), start)
        place = next((place for place in reversed(above) if not context.is_dateline(place)), None)
        if place is not None:
            yield _above(context, place, start, own)
    heading = context.heading_before(sentence.start).place
    if heading is not None:
        moved = "moved" if context.places_between(heading.end, quantity.start) else "stays"
        standing = who(context, heading.code)
        features = ("heading", f"heading:{standing}", f"heading:{moved}", f"heading:own:{own}")
        yield Candidate(heading.code, features, (heading.start, heading.end))


def _from_dateline(context: Context, dateline: PlaceMention) -> Iterator[Place]:
    """The town where the text was written, and its country: `АСТАНА. 22 июля` opens news of all Kazakhstan."""
    country = dateline.code.partition("-")[0]
    known = "own" if country == context.country else "other"
    yield Candidate(dateline.code, (f"dateline:{known}", f"dateline:{known}:{context.focus}"))
    land = "home" if context.country == HOME else "elsewhere"
    local = "local" if dateline.code == context.province else "other"
    level = "sub" if "-" in dateline.code else "country"
    step = f"{known}:{local}:{land}:{level}"
    yield Candidate(country, (f"dateline country:{step}", f"dateline country:{step}:{context.focus}"))


def _above(context: Context, place: PlaceMention, start: int, own: str) -> Place:
    """How many paragraphs above it stands, and what was spoken of since."""
    paragraphs = min(3, context.layout.paragraph(start) - context.layout.paragraph(place.start))
    since = context.scopes.between(place.end, start)
    where = f"above:{'title' if place.end <= context.title_end else paragraphs}"
    standing = who(context, place.code)
    features = ("above", f"above:{standing}", f"{where}:{standing}", f"above:since:{since}:{standing}", f"above:own:{own}")
    return Candidate(place.code, features)


def _nowhere(context: Context) -> tuple[str, ...]:
    return (NOTHING, f"nothing:{'placed' if context.country else 'nowhere'}", f"nothing:{context.focus}")


def _area_features(context: Context, current: Decided, sentence: Span) -> list[str]:
    """What speaks for the article's own area, province or country, or against it."""
    quantity, kind = current.quantity, current.kind
    start = context.paragraph_start(sentence.start)
    features = ["", f":{context.focus}"]
    if context.title_end and quantity.start <= context.title_end:
        features.append(":intitle")
    features += _said_of_area(context, quantity, sentence, start)
    features.append(f":{'near' if context.places_between(sentence.start, sentence.end) else 'silent'}")
    paragraph = context.scopes.between(start, sentence.end)
    features.append(f":scope:{context.scopes.between(sentence.start, quantity.start)}")
    features.append(f":scope:paragraph:{paragraph}")
    features.append(f":led:{_led(context, quantity, None)}")
    features.append(f":scope:clause:{_clause_scope(context, quantity, sentence)}")
    features.append(f":own:{_own(context, current)}")
    features.append(f":opening:{context.opening_scope}:{'early' if start <= context.title_end + 1 else 'later'}")
    features.append(f":scope:{paragraph}<{context.scopes.before(start)}")
    level, stands = context.scopes.last(quantity.start)
    reach = "here" if stands >= sentence.start else "paragraph" if stands >= start else "above"
    features.append(f":last:{level}:{reach}")
    features.append(f":last:{level}:share:{context.scopes.nation_share}")
    if context.country == HOME:
        features.append(f":last:{level}:{'both' if context.has_nation_figures else 'one'}:{kind}")
        features.append(f":size:{_size(quantity)}")
    if context.province in capitals():
        features += [":capital", f":capital:{context.focus}", f":capital:scope:{paragraph}"]
    features.append(f":document:{context.document_level(quantity.start)}:{kind}")
    head = context.list_head(quantity.start)
    if head is not None:
        features.append(f":head:{context.scopes.between(head.start, head.end)}:{kind}")
    named = {place.code for place in context.places_between(start, sentence.end)}
    features.append(f":beside:{stands_beside(context, quantity, None)}")
    features.append(f":paragraph:{'own' if context.province in named else 'other' if named else 'silent'}")
    return features


def _said_of_area(context: Context, quantity: QuantityMention, sentence: Span, start: int) -> Iterator[str]:
    """The word for an area that stands nearest in the sentence, else the last one of the paragraph."""
    in_sentence = context.area_words.for_all(sentence.start, sentence.end, quantity)
    near = min(in_sentence, key=lambda a: abs(a.start - quantity.start), default=None)
    if near is not None:
        distance = context.tokens(min(near.end, quantity.start), max(near.end, quantity.start))
        yield f":says:{near.value}"
        yield f":says:{near.value}:{'before' if near.start < quantity.start else 'after'}:{bucket(distance)}"
    else:
        earlier = context.area_words.for_all(start, sentence.start, quantity)
        if earlier:
            yield f":said:{earlier[-1].value}"


def _clause_scope(context: Context, quantity: QuantityMention, sentence: Span) -> str:
    """What the words between the figure before and this one speak of, and those right behind it: `above the national average of 26`."""
    index = bisect_left(context.number_starts, quantity.number.start) - 1
    left = max(sentence.start, context.quantities[index].end if index >= 0 else 0)
    after = index + 2
    right = min(sentence.end, context.quantities[after].start if after < len(context.quantities) else sentence.end)
    others = (word for word in context.area_words.between(quantity.number.end, right) if word.owner != quantity.number.start)
    right = next((word.start for word in others if word.side == "before"), right)
    return f"{context.scopes.between(left, quantity.start)}:{context.scopes.between(quantity.end, right)}"


def _led(context: Context, quantity: QuantityMention, asked: PlaceMention | None) -> str:
    """Whether a place opens the sentence, this one or another, and what stands between: `In Arad, the number reached 126`.

    In 238 real articles .9594 to .9631 right, on the corpus no change.
    """
    sentence = context.window(quantity)
    first = next(iter(context.places_between(sentence.start, sentence.end)), None)
    if first is None or context.is_dateline(first) or context.tokens(sentence.start, first.start) > _LEADING or first.end > quantity.start:
        return "none"
    others = len({place.code for place in context.places_between(first.end, quantity.start)} - {first.code})
    which = who(context, first.code) if asked is None else "this" if asked == first else "other"
    return f"{which}:{min(1, others)}"


def _own(context: Context, current: Decided) -> str:
    """The word for an area right beside the figure, else the last one before it in its clause; of a multiple (`twice the national average`) and
    of a change it says less."""
    quantity = current.quantity
    own = context.area_words.own(quantity)
    if own is not None:
        return f"{own.value}:{own.side}:{'times' if quantity.multiple else current.measure}"
    sentence, number = context.window(quantity), quantity.number
    word = next(iter(context.area_words.for_all(sentence.start, number.start, quantity)[-1:]), None)
    if word is None or word.owner is not None or context.numbers_between(word.end, number.start) or context.places_between(word.end, number.start):
        return "none"
    return f"{word.value}:{context.marks.between(word.end, number.start)}"


def _size(quantity: QuantityMention) -> str:
    """How many digits a count or a sum of money has: no province counts its patients by the hundred million."""
    digits = len(str(int(abs(quantity.value))))
    return f"{quantity.unit_class}:{min(digits, _MOST_DIGITS)}"

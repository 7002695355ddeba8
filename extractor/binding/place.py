"""The area that a quantity is about."""

from __future__ import annotations

from bisect import bisect_left

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


def main_place_candidates(context: Context) -> list[Place]:
    """Places that most of an article's figures may be about, by how often and where it names them."""
    datelines = {place.code for place in context.datelines}
    named = context.named
    home = [code for code in named if context.country and code.startswith(f"{context.country}-")]
    balance = f"{_some(named[context.province or ''])}:{_some(named[context.country or ''])}"
    share = round(4 * named[context.province or ""] / max(1, sum(named[code] for code in home)))
    lead = context.layout.sentence(context.title_end + 1)
    in_lead = {place.code for place in context.places_between(context.title_end, lead.end) if place not in context.datelines}
    land = "home" if context.country == _HOME else "elsewhere"
    candidates: list[Place] = [Candidate(None, (NOTHING,))]
    for code in dict.fromkeys((*named, *datelines, *filter(None, (context.country, context.province)))):
        who = _who(context, code)
        features = (
            who,
            f"{who}:{context.focus}",
            f"{who}:balance:{balance}",
            f"{who}:kin:{min(5, len(home))}",
            f"{who}:share:{share}:{min(3, len(home))}",
            f"{who}:lead:{code in in_lead}:{context.scope_between(context.title_end, lead.end)}",
            f"{who}:nation:{context.nation_share}",
            f"{who}:nation:{context.nation_share}:{land}",
            f"{who}:dateline:{'none' if not datelines else 'own' if code in datelines else 'other'}",
            f"{who}:named:{_some(named[code])}",
        )
        candidates.append(Candidate(code, features))
    return candidates


def _some(count: int) -> int:
    """0 1 2 3, 4 to 6, more."""
    return count if count <= 3 else 4 if count <= 6 else 5


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


def place_candidates(context: Context, at: int, decided: list[Decided], main: Choice[str | None]) -> list[Place]:
    """Places of the sentence, of the sentences before, the article's own area, and none."""
    quantity, current = context.quantities[at], decided[at]
    sentence = context.window(quantity)
    candidates: list[Candidate[str | None]] = [Candidate(None, _nowhere(context))]
    if main.value is not None:
        candidates.append(_main(context, quantity, main))
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
        above = _last_above(context, start)
        if above is not None:
            candidates.append(_above(context, above, start))
    for name, code in (("province", context.province), ("country", context.country)):
        if code is not None:
            candidates.append(Candidate(code, tuple(_area_features(context, quantity, sentence, name, current.kind))))
    heading = context.heading_before(sentence.start).place
    if heading is not None:
        features = (
            "heading",
            *_standing(context, heading.code, "heading"),
            f"heading:{'moved' if context.places_between(heading.end, quantity.start) else 'stays'}",
        )
        candidates.append(Candidate(heading.code, features, (heading.start, heading.end)))
    opener = earlier[0] if earlier else None
    if opener is not None and context.tokens(start, opener.start) <= _OPENING:
        features = ("opener", *_standing(context, opener.code, "opener"), f"opener:{'last' if opener is earlier[-1] else 'moved'}")
        candidates.append(Candidate(opener.code, features, (opener.start, opener.end)))
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
    if at and decided[at - 1].place is not None:
        candidates.append(_previous(context, decided[at - 1], current))
    return candidates


def _last_above(context: Context, start: int) -> PlaceMention | None:
    """The last place above a paragraph that is no dateline."""
    datelines = context.datelines
    return next((place for place in reversed(context.places_between(max(0, start - ABOVE), start)) if place not in datelines), None)


def _above(context: Context, place: PlaceMention, start: int) -> Place:
    """How many paragraphs above it stands, and what was spoken of since."""
    paragraphs = min(3, context.layout.paragraph(start) - context.layout.paragraph(place.start))
    since = context.scope_between(place.end, start)
    where = f"above:{'title' if place.end <= context.title_end else paragraphs}"
    features = ["above", *_standing(context, place.code, "above"), *_standing(context, place.code, where)[:1], *_standing(context, place.code, f"above:since:{since}")[:1]]
    return Candidate(place.code, tuple(features))


def _nowhere(context: Context) -> tuple[str, ...]:
    return (NOTHING, f"nothing:{'placed' if context.country else 'nowhere'}", f"nothing:{context.focus}")


def _standing(context: Context, code: str, where: str) -> list[str]:
    """How the place relates to the article's main area."""
    return [f"{where}:{_who(context, code)}", f"{where}:{_who(context, code)}:{context.focus}"]


def _who(context: Context, code: str) -> str:
    """Whether a place is a country or a part of one, and the article's main one, another of its country, or abroad."""
    level = "sub" if "-" in code else "country"
    main = "main" if code in (context.province, context.country) else "home" if context.country and code.startswith(context.country) else "abroad"
    return f"{level}:{main}"


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

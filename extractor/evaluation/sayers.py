"""Whether quantities have the sayer that the gold gives them, and the sayer the role."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from extractor.components.facility_names import name_words
from extractor.evaluation.gold import choices
from extractor.evaluation.judgements import Judgement

_FIELD = "reported_by"


class SayerOutcome(NamedTuple):
    """Of one quantity."""

    language: str
    wanted: bool
    found: bool
    right: bool
    """The right person or body."""
    role_wanted: bool = False
    """Both the gold and the one found have a name; the gold has a role."""
    role_found: bool = False
    role_right: bool = False


def same_words(wanted: str | None, found: str | None) -> bool:
    """Whether two wordings, or none, are of one person, body or role: endings apart, and one may be a part of the other.

    >>> same_words("Hauwa Lawan", "Lawan"), same_words("Hauwa Lawan", "Koffi"), same_words("副院長", "フンヴオン総合病院の副院長")
    (True, False, True)
    """
    if wanted is None or found is None:
        return wanted is found
    one, other = name_words(wanted), name_words(found)
    return one <= other or other <= one or _bare(wanted) in _bare(found)


def _bare(words: str) -> str:
    return "".join(re.findall(r"\w", words.lower()))


def sayer_outcomes(judgements: Sequence[Judgement]) -> Iterator[SayerOutcome]:
    """Of found quantities in articles whose gold says who says so; in such an article a quantity without the field has nobody."""
    articles: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.group == "quantity" and judgement.wanted is not None and judgement.found is not None:
            articles[judgement.article].append(judgement)
    for judged in articles.values():
        if any(_FIELD in judgement.fact for judgement in judged):
            yield from map(_outcome, judged)


def _outcome(judgement: Judgement) -> SayerOutcome:
    assert judgement.found is not None
    allowed, found = choices(judgement.fact.get(_FIELD)), judgement.found.get(_FIELD)
    owed = None not in allowed
    if found is None:
        return SayerOutcome(judgement.language, owed, found=False, right=False)
    same = [sayer for sayer in allowed if sayer is not None and _same(sayer, found)]
    named = [sayer for sayer in same if sayer["name"] is not None and found["name"] is not None]
    roles = [sayer.get("role") for sayer in named]
    right = any(role is not None and found["role"] is not None and same_words(role, found["role"]) for role in roles)
    role_wanted = bool(roles) and None not in roles
    return SayerOutcome(
        judgement.language,
        owed or bool(same),
        found=True,
        right=bool(same),
        role_wanted=role_wanted,
        role_found=role_wanted and found["role"] is not None,
        role_right=role_wanted and right,
    )


def _same(wanted: Mapping[str, Any], found: Mapping[str, Any]) -> bool:
    """By the name; where one of them has none, by the role."""
    if wanted["name"] is not None and found["name"] is not None:
        return same_words(wanted["name"], found["name"])
    role = wanted.get("role")
    return role is not None and found["role"] is not None and same_words(role, found["role"])

"""Whether quantities have the facility that the gold gives them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from extractor.components.facility_names import name_words
from extractor.evaluation.gold import choices
from extractor.evaluation.judgements import Judgement

_TELLING = 2
"""Words that a shorter form of a name has at least."""


def same_facility(wanted: str | None, found: str | None) -> bool:
    """Whether two names, or none, are of one facility: endings and articles apart, and one may be a part of the other.

    >>> same_facility("l'Hôpital général provincial", "Hôpital général provincial de Phu Tho"), same_facility("CHU de Nantes", "CHU d'Agadir")
    (True, False)
    """
    if wanted is None or found is None:
        return wanted is found
    shorter, longer = sorted((name_words(wanted), name_words(found)), key=len)
    return shorter == longer or (len(shorter) >= _TELLING and shorter <= longer)


def facility_outcomes(judgements: Sequence[Judgement]) -> Iterator[tuple[str, bool, bool, bool]]:
    """Language, whether one is wanted, whether one was found, and whether it is right; of found quantities in articles that give any.

    In such an article a quantity without the field has none.
    """
    articles: dict[str, list[Judgement]] = defaultdict(list)
    for judgement in judgements:
        if judgement.group == "quantity" and judgement.wanted is not None and judgement.found is not None:
            articles[judgement.article].append(judgement)
    for judged in articles.values():
        if any("facility" in judgement.fact for judgement in judged):
            yield from map(_outcome, judged)


def _outcome(judgement: Judgement) -> tuple[str, bool, bool, bool]:
    assert judgement.found is not None
    allowed, found = choices(judgement.fact.get("facility")), judgement.found.get("facility")
    right = found is not None and any(same_facility(name, found) for name in allowed)
    return judgement.language, None not in allowed or right, found is not None, right

"""What the quantities of an article, each judged by its own surroundings, say of each other's period."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.binding.made_once import made_once

Belief = Mapping[str | None, float]
"""Period → probability."""
_STEPS = (0.02, 0.1, 0.3, 0.6, 0.85)


def step(share: float) -> int:
    """A probability in six steps."""
    return bisect_right(_STEPS, share)


@dataclass(frozen=True)
class Beliefs:
    """Beliefs of each quantity, of those beside it in its sentence, of its paragraph and of the article's metrics."""

    own: Sequence[Belief]
    beside: Sequence[Belief]
    paragraph: Sequence[Belief]
    votes: Mapping[str, float]
    """Share of the metrics that would have a period if each were alone."""

    @classmethod
    def of(cls, context: Context, decided: Sequence[Decided], own: Sequence[Belief]) -> Beliefs:
        sentences: dict[tuple[int, str], list[int]] = defaultdict(list)
        paragraphs: dict[tuple[int, str], list[int]] = defaultdict(list)
        for at, current in enumerate(decided):
            start = current.quantity.start
            sentences[context.layout.sentence_index(start), current.kind].append(at)
            paragraphs[context.layout.paragraph(start), current.kind].append(at)
        beside: list[Belief] = [{} for _ in own]
        paragraph: list[Belief] = [{} for _ in own]
        for group in sentences.values():
            for place, at in enumerate(group):
                beside[at] = _mean(own[other] for other in (*group[max(0, place - 1) : place], *group[place + 1 : place + 2]))
        for group in paragraphs.values():
            whole = _mean(own[at] for at in group)
            for at in group:
                paragraph[at] = _without(whole, own[at], len(group))
        told = [own[at] for at, current in enumerate(decided) if current.kind == "metric"]
        votes: dict[str, float] = defaultdict(float)
        for belief in told:
            value = max(belief, key=lambda period: belief[period])
            if value is not None:
                votes[value] += belief[value]
        total = sum(votes.values())
        return cls(own, beside, paragraph, {period: weight / total for period, weight in votes.items()})

    def features(self, at: int, value: str | None) -> tuple[str, ...]:
        """How likely a period is for the quantity alone, for those beside it, for its paragraph and for the article."""
        own, beside = step(self.own[at].get(value, 0.0)), step(self.beside[at].get(value, 0.0)) if self.beside[at] else "none"
        paragraph = step(self.paragraph[at].get(value, 0.0)) if self.paragraph[at] else "none"
        return _features(own, beside, paragraph, None if value is None else step(self.votes.get(value, 0.0)))

    def around(self, at: int) -> list[str | None]:
        """Periods that others of the sentence and the paragraph believe in, likeliest first."""
        merged = {
            value: max(self.beside[at].get(value, 0.0), self.paragraph[at].get(value, 0.0)) for value in (*self.beside[at], *self.paragraph[at])
        }
        return [value for value in sorted(merged, key=lambda value: -merged[value]) if merged[value] >= _WORTH][:_MOST]


@made_once(1 << 12)
def _features(own: int, beside: int | str, paragraph: int | str, votes: int | None) -> tuple[str, ...]:
    """All in steps; no votes where there is no period."""
    known = "null" if votes is None else "period"
    features = (
        f"own:{known}:{own}",
        f"own:{known}:{own}:beside:{beside}",
        f"own:{known}:{own}:paragraph:{paragraph}",
        f"beside:{known}:{beside}:paragraph:{paragraph}",
    )
    return features if votes is None else (*features, f"votes:{votes}", f"votes:{votes}:own:{own}", f"votes:{votes}:paragraph:{paragraph}")


_WORTH, _MOST = 0.15, 2
"""A period that others believe in as much is a candidate; so many of them."""


def _mean(beliefs: Iterable[Belief]) -> dict[str | None, float]:
    total: dict[str | None, float] = defaultdict(float)
    count = 0
    for belief in beliefs:
        count += 1
        for value, probability in belief.items():
            total[value] += probability
    return {value: mass / count for value, mass in total.items()}


def _without(whole: Belief, own: Belief, count: int) -> Belief:
    """The mean of a group without one of its members."""
    if count == 1:
        return {}
    return {value: (mass * count - own.get(value, 0.0)) / (count - 1) for value, mass in whole.items()}

"""Of what kind the figures are that stand beside a date: a year that only goals stand beside is none in which something was measured."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from extractor.binding.context import Context
from extractor.binding.decided import Decided
from extractor.mentions import DateMention

_KEPT = 2
"""So many figures of each kind are kept for a date: whether one is there that is not the figure in question."""


@dataclass(frozen=True)
class Company:
    """Period → kind → indexes of the figures that are the nearest to a mention of it in its sentence."""

    figures: Mapping[str, Mapping[str, Sequence[int]]]

    @classmethod
    def of(cls, context: Context, decided: Sequence[Decided]) -> Company:
        figures: dict[str, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
        for moment in context.moments:
            at = _nearest(context, moment)
            if at is not None:
                kept = figures[moment.value][decided[at].kind]
                if len(kept) < _KEPT and at not in kept:
                    kept.append(at)
        return cls(figures)

    def kinds(self, value: str, at: int) -> str:
        """metric, target, both or none: what stands beside a date, the figure in question left out."""
        beside = [kind for kind, figures in self.figures.get(value, {}).items() if any(figure != at for figure in figures)]
        return "both" if len(beside) > 1 else next(iter(beside), "none")


def _nearest(context: Context, moment: DateMention) -> int | None:
    """Index of the figure of the same sentence that is the fewest words away."""
    behind = bisect_left(context.number_starts, moment.end)
    sentence = context.layout.sentence(moment.start)
    near = []
    for at in (behind - 1, behind):
        if 0 <= at < len(context.quantities) and sentence.start <= context.quantities[at].number.start < sentence.end:
            figure = context.quantities[at]
            apart = context.tokens(figure.end, moment.start) if at < behind else context.tokens(moment.end, figure.start)
            near.append((apart, at))
    return min(near)[1] if near else None

"""Metric or target."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, groupby

from extractor.binding.ages import age, era
from extractor.binding.beliefs import step
from extractor.binding.comparisons import leads_to
from extractor.binding.context import Context, Heading
from extractor.binding.decided import Decided
from extractor.binding.features import apart, bucket, noun_indicator, relation
from extractor.binding.magnitude import roundness, size
from extractor.binding.ranker import Candidate
from extractor.binding.told import told_once
from extractor.binding.turns import course
from extractor.mentions import QuantityMention, Span, TermMention

_CUES = ("target", "actual", "forecast")
_HEADING = (*_CUES, "agenda", "review")
"""What the words of a title, of what introduces a list or of a heading may be."""
_BESIDE = (
    "shortage", "attainment", "increase", "decrease", "now", "previous", "compared", "agenda", "review",
    "target_label", "year_before", "change_to",
)  # fmt: skip
"""Other words of the sentence that tell a goal from what is so."""
_COLONS = (":", "：")
_JOINTS = ("", " ", "-", "–")
_UNIT = re.compile(r"[ -]?(?:[%％‰]|[^\W\d_]+)[ -]?")
"""What may stand between a figure with its unit and the word for the goal that it is, and between its digits and such a word."""
_BEHIND = 2
"""Characters behind a figure in which such a word begins."""
_LINE_END, _HEAD = 6, 400
"""Characters at the end of a line in which its last mark stands, and of a title or of what introduces a list that are looked at."""
_OPENING = 4
"""A date within the first tokens of its paragraph speaks for all of it."""

_LONGEST = 12
"""Figures before it in its sentence that are looked at, at most."""


def lone_kind_candidates(context: Context, at: int) -> list[Candidate[str]]:
    """Metric or target, by the words around alone; the features speak for target."""
    target = Candidate("target", ("bias", *_of_the_words(context, context.quantities[at])))
    return [target] if _is_named_goal(context, context.quantities[at]) else [Candidate("metric", ()), target]


def kind_candidates(context: Context, at: int, decided: list[Decided], current: Decided, leanings: Leanings) -> list[Candidate[str]]:
    """The same, with what is counted, what was decided before, and how those around lean."""
    quantity = context.quantities[at]
    features = [*_of_the_words(context, quantity)]
    features.append(f"turns:{'+'.join(course(context, quantity))}:{decided[-1].kind if decided else 'none'}")
    if decided:
        previous = decided[-1]
        same = context.layout.sentence_index(previous.quantity.start) == context.layout.sentence_index(quantity.start)
        mark = context.marks.between(previous.quantity.end, quantity.start)
        features.append(f"previous:{previous.kind}:{'same' if same else 'before'}:{mark}")
        listed = context.list_head(quantity.start)
        if listed is not None and context.list_head(previous.quantity.start) == listed:
            features.append(f"previous:{previous.kind}:list")
        features += _in_sentence(context, at, decided, current)
    if decided and decided[-1].indicator == (decided[-1].indicator and noun_indicator(quantity)):
        features.append("previous:repeats")
    features += [f"of:{current.indicator}", f"of:{current.indicator}:{quantity.unit_class}:{size(quantity)}"]
    features += leanings.features(at)
    candidates = [Candidate("metric", ()), Candidate("target", ("bias", *features))]
    if decided and decided[-1].measure == "change" and leads_to(context, decided[-1].quantity, quantity):  # to reach 1,540: one with what it rose by
        return [candidate for candidate in candidates if candidate.value == decided[-1].kind]
    return candidates[1:] if _is_named_goal(context, quantity) else candidates


def _is_named_goal(context: Context, quantity: QuantityMention) -> bool:
    """`Below the 95% target`: a word for the goal that the figure is stands right behind it, or is what it counts."""
    goal = context.cue_after("goals_behind", quantity.number.end, quantity.end + _BEHIND)
    if goal is None or quantity.unit == "1":  # 11 targets are so many
        return False
    if goal.start >= quantity.end:
        return context.between(quantity.end, goal.start) in _JOINTS
    return _UNIT.fullmatch(context.between(quantity.number.end, goal.start)) is not None


def _in_sentence(context: Context, at: int, decided: list[Decided], current: Decided) -> list[str]:
    """What the figures before it in the sentence are: the first, the last and how many, and how far the last one is.

    Rows of goals go on as they began.
    In 295 real articles .967 to .970 right, on two folds of the corpus .968 to .969.
    """
    quantity = context.quantities[at]
    first = bisect_left(context.number_starts, context.window(quantity).start)
    if first == at:
        return []
    previous, opening = decided[-1], decided[first]
    mark = context.marks.between(previous.quantity.end, quantity.start)
    row = "row" if mark == "semi" else "other"
    told = [other.kind for other in decided[max(first, at - _LONGEST) : at]]
    near = apart(context, previous.quantity, quantity)
    same = "same" if previous.indicator == current.indicator else "new"
    return [
        f"first:{opening.kind}:{previous.kind}:{row}",
        f"so far:{round(4 * told.count('target') / len(told))}:{row}",
        f"previous:{previous.kind}:{mark}:{near}:{previous.quantity.unit_class}>{quantity.unit_class}",
        f"previous:{previous.kind}:{mark}:{same}:{course(context, quantity)[0]}",
    ]


@dataclass(frozen=True)
class Leanings:
    """How far each quantity, judged alone, leans to being a target; of the next one, of its sentence and of its paragraph."""

    own: Sequence[float]
    sums: Sequence[float]
    """Sum of the first n, so that a long sentence is not added up again for each of its figures."""
    sentences: Sequence[int]
    paragraphs: Sequence[int]
    lists: Sequence[int]
    """Of each its list, or its run of paragraphs in none."""

    @classmethod
    def of(cls, context: Context, own: Sequence[float]) -> Leanings:
        starts = [quantity.start for quantity in context.quantities]
        sums = list(accumulate(own, initial=0.0))
        heads = [context.list_head(start) for start in starts]
        return cls(
            own,
            sums,
            [context.layout.sentence_index(start) for start in starts],
            [context.layout.paragraph(start) for start in starts],
            [number for number, group in enumerate(groupby(heads)) for _ in group[1]],
        )

    def features(self, at: int) -> list[str]:
        own = step(self.own[at])
        following = at + 1 if at + 1 < len(self.own) and self.sentences[at + 1] == self.sentences[at] else None
        after = "none" if following is None else str(step(self.own[following]))
        return [
            f"leans:{own}",
            f"leans:{own}:next:{after}",
            f"leans:{own}:sentence:{self._others(at, self.sentences)}",
            f"leans:{own}:paragraph:{self._others(at, self.paragraphs)}",
            f"leans:{own}:list:{self._others(at, self.lists)}",
            f"leans:{own}:article:{step((self.sums[-1] - self.own[at]) / max(1, len(self.own) - 1))}",
            f"leans:{own}:beside:{self._beside(at)}",
        ]

    def _beside(self, at: int) -> str:
        """The steps of the one before and the one behind, whatever stands between."""
        before = str(step(self.own[at - 1])) if at else "none"
        behind = str(step(self.own[at + 1])) if at + 1 < len(self.own) else "none"
        return f"{before}:{behind}"

    def _others(self, at: int, groups: Sequence[int]) -> str:
        """The mean of the others of its group, in steps; groups are runs of neighbours."""
        first, last = bisect_left(groups, groups[at]), bisect_right(groups, groups[at])
        if last - first == 1:
            return "none"
        return str(step((self.sums[last] - self.sums[first] - self.own[at]) / (last - first - 1)))


@told_once
def _of_the_words(context: Context, quantity: QuantityMention) -> tuple[str, ...]:
    """Asked for twice: for the quantity alone, and among its neighbours."""
    sentence = context.window(quantity)
    unit = quantity.unit_class
    features = [f"unit:{unit}", f"comparator:{quantity.comparator}", f"round:{unit}:{roundness(quantity)}"]
    last: dict[str, TermMention] = {}
    for cue in _CUES:
        before = context.cue_before(cue, quantity.start, sentence.start)
        if before is not None:
            last[cue] = before
            features.append(f"{cue}:before:{bucket(context.tokens(before.end, quantity.start))}")
            features.append(f"{cue}:before:{relation(context, before, quantity)}")
        after = context.cue_after(cue, quantity.end, sentence.end)
        if after is not None:
            features.append(f"{cue}:after:{bucket(context.tokens(quantity.end, after.start))}:{context.marks.between(quantity.end, after.start)}")
    nearest = max(last, key=lambda cue: last[cue].end, default="no")
    features.append(f"nearest:{nearest}")
    features += [told for turn in course(context, quantity) for told in (f"turn:{turn}", f"turn:{turn}:{nearest}")]
    features += _beside_cues(context, quantity, sentence)
    features += _documents(context, quantity, sentence, nearest)
    features += _after_colon(context, quantity)
    features += _cue_order(context, quantity, sentence)
    label = context.cue_before("target_label", quantity.start, max(sentence.start, quantity.start - 40))
    if label is not None:
        gap = context.between(label.end, quantity.start)
        if context.tokens(label.end, quantity.start) <= 3 and not any(c.isdigit() for c in gap):
            opened = _opened(context, label)
            features.append(f"label:{opened}")
            features.append(f"label:{opened}:{bucket(context.tokens(label.end, quantity.start))}:{context.marks.between(label.end, quantity.start)}")
            features.append(f"label:{opened}:{unit}")
    features += _date_features(context, quantity, sentence)
    features += _under_heading(context, context.heading_before(sentence.start))
    bracket = _in_bracket(context, quantity)
    if bracket is not None:
        inside = context.cue_after("target", bracket, quantity.start) or context.cue_after("target_label", bracket, quantity.start)
        features.append(f"bracket:{'target' if inside else 'plain'}")
    if context.cue_before("target", sentence.start, context.paragraph_start(sentence.start)):
        features.append("paragraph:target")
    titled = _said(context, 0, min(context.title_end, _HEAD))
    features += [f"title:{titled}", f"title:{titled}:nearest:{nearest}"]
    return tuple(features)


def _documents(context: Context, quantity: QuantityMention, sentence: Span, nearest: str) -> Iterator[str]:
    """A law or plan named before it in its sentence: what a document is quoted with it mostly asks for."""
    document = context.document_between(sentence.start, quantity.start)
    if document is not None:
        yield f"document:{document.type}"
        yield f"document:{nearest}:{min(context.numbers_between(document.end, quantity.start), 2)}"


def _after_colon(context: Context, quantity: QuantityMention) -> Iterator[str]:
    """Whether the paragraph above ends with a colon, and what its words say: points without a sign of their own."""
    above = context.paragraph_above(quantity.start)
    if above is not None and context.page.reading.folded[max(above.start, above.end - _LINE_END) : above.end].rstrip().endswith(_COLONS):
        yield f"colon:{_said(context, max(above.start, above.end - _HEAD), above.end)}"


def _said(context: Context, left: int, right: int) -> str:
    """Which words of a heading stand between two offsets."""
    return "+".join(name for name in _HEADING if context.cues_between(name, left, right)) or "none"


def _beside_cues(context: Context, quantity: QuantityMention, sentence: Span) -> Iterator[str]:
    """Words of a lack, of a rise, of attainment or of what is so now on either side: what is lacking is seldom a goal."""
    for cue in _BESIDE:
        before = context.cue_before(cue, quantity.start, sentence.start)
        if before is not None:
            yield f"{cue}:before:{relation(context, before, quantity)}"
        after = context.cue_after(cue, quantity.end, sentence.end)
        if after is not None and context.numbers_between(quantity.end, after.start) == 0:
            yield f"{cue}:after:{context.marks.between(quantity.end, after.start)}"


def _cue_order(context: Context, quantity: QuantityMention, sentence: Span) -> list[str]:
    """The cues before the number in their order: `strive to reach 98 %` is a target, though `reach` stands nearest; and what heads its list."""
    found = sorted((cue.start, name) for name in _CUES for cue in context.cues_between(name, sentence.start, quantity.start))
    order = ">".join(name for _, name in found[-3:])
    features = [f"order:{order or 'none'}"]
    if found:
        features.append(f"opens:{found[0][1]}")
    head = context.list_head(quantity.start)
    if head is not None:
        features += _introduced(context, head, bool(found))
    return features


def _introduced(context: Context, head: Span, some: bool) -> list[str]:
    """What the words that introduce a list say: `Some targets that the province strives to achieve:`."""
    last = context.layout.sentence(max(head.start, head.end - 2))
    heading = sorted((cue.start, name) for name in _HEADING for cue in context.cues_between(name, max(head.start, last.start), head.end))
    alone = "some" if some else "alone"
    names = "+".join(sorted({name for _, name in heading})) or "none"
    return [f"head:{names}:{alone}", f"head opens:{heading[0][1] if heading else 'none'}:{alone}"]


def _under_heading(context: Context, heading: Heading) -> list[str]:
    """The date of the heading above and what its words say: under `Goals for 2025` stand goals, under `Statistics of 2025` none."""
    if heading.date is None:
        return []
    said = "+".join(name for name in (*_CUES, "agenda") if any(True for _ in context.cues_between(name, heading.start, heading.end))) or "nothing"
    dated = f"heading:{age(heading.date.value, context.own_date)}:{heading.date.role}"
    return [dated, f"{dated}:{said}"]


def _opened(context: Context, label: TermMention) -> str:
    before = context.between(max(0, label.start - 2), label.start).strip()
    return "bracket" if before.endswith(("(", "（", "[")) else "open"


def _in_bracket(context: Context, quantity: QuantityMention) -> int | None:
    """Start of the bracket that holds the number, if any."""
    folded = context.page.reading.folded
    window = folded[max(0, quantity.start - 120) : quantity.start]
    opened = max(window.rfind("("), window.rfind("（"))
    closed = max(window.rfind(")"), window.rfind("）"))
    return max(0, quantity.start - 120) + opened if opened > closed else None


def _date_features(context: Context, quantity: QuantityMention, sentence: Span) -> list[str]:
    features = []
    before = context.dates_between(sentence.start, quantity.start)
    after = context.dates_between(quantity.end, sentence.end)
    for where, date in (("before", before[-1] if before else None), ("after", after[0] if after else None)):
        if date is None:
            continue
        features.append(f"date:{where}:{date.role}")
        features.append(f"date:{where}:age:{age(date.value, context.own_date)}")
        features.append(f"date:{where}:age:{age(date.value, context.own_date)}:{len(date.value)}:{date.role}")
        if context.usual_year is not None and date.value[:4].isdigit():
            last = date.value.rpartition("/")[2][:4]
            year = int(last) if last.isdigit() else int(date.value[:4])
            features.append(f"date:{where}:{era(year - int(context.usual_year))}")
    if not before and not after:
        features += _paragraph_date(context, sentence)
    return features


def _paragraph_date(context: Context, sentence: Span) -> list[str]:
    """The last date of the sentences above, and whether it opens the paragraph: `Vision 2050: … Strive for 45 beds`."""
    start = context.paragraph_start(sentence.start)
    earlier = context.dates_between(start, sentence.start)
    if not earlier:
        return ["earlier:none"]
    told = age(earlier[-1].value, context.own_date)
    opens = "opens" if context.tokens(start, earlier[-1].start) <= _OPENING else "inner"
    return [f"earlier:{told}:{earlier[-1].role}", f"earlier:{told}:{opens}"]

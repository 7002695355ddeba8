"""The words that prove a figure: the sentence in the original, and where in it the fact stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from extractor.dataset.sources import Rows
from extractor.web.dataset import Dataset
from extractor.web.problems import NotFound
from extractor.web.views.records import LISTED, Listed, Observation, any_of

_MOST = 100
"""Mentions that are shown of one observation or document."""
_LONGEST = 600
"""Characters that are shown before and behind a fact: a table without full stops is one sentence."""


@dataclass(frozen=True)
class Evidence:
    """A fact in its sentence: `before + exact + after` is the sentence, or as much of it as can be shown."""

    fact: str
    kind: str
    before: str
    exact: str
    after: str
    confidence: float
    article: Listed

    @property
    def sentence(self) -> str:
        return self.before + self.exact + self.after


@dataclass(frozen=True)
class Proof:
    """An observation with all that is behind it."""

    observation: Observation
    evidence: tuple[Evidence, ...]
    more: int
    """Mentions that are not shown."""
    rivals: tuple[Observation, ...]
    """Other values of the same series and period."""


_SELECT = f"""
SELECT f.id AS fact, f.kind, f.exact, f.sentence, f.start AS first, f.confidence, {LISTED},
       substr(a.text, CASE WHEN f.start > length(f.sentence) THEN f.start + 1 - length(f.sentence) ELSE 1 END, 2 * length(f.sentence)) AS around
FROM facts f JOIN articles a ON a.id = f.article_id WHERE
"""


def proof(dataset: Dataset, identity: str) -> Proof:
    """Everything behind an observation. Raises NotFound."""
    with dataset.reading() as source:
        found = source.rows("SELECT * FROM observations WHERE id = ?", (identity,))
        if not found:
            raise NotFound("observation", identity)
        observation = Observation.of(found[0])
        told = _told(source.rows(f"{_SELECT} f.observation_id = ? ORDER BY f.confidence DESC, f.id LIMIT {_MOST}", (identity,)))
        rivals = source.rows(
            "SELECT * FROM observations WHERE series = ? AND period = ? AND kind = ? AND id != ? ORDER BY sources DESC, confidence DESC, id LIMIT 20",
            (observation.series, observation.period, observation.kind, identity),
        )
    return Proof(observation, told, max(0, int(found[0]["mentions"]) - len(told)), tuple(map(Observation.of, rivals)))


def evidence_of_facts(dataset: Dataset, facts: Sequence[str]) -> dict[str, Evidence]:
    """Fact's id → its evidence, for those that the dataset has."""
    return {one.fact: one for one in _told(dataset.rows(f"{_SELECT} {any_of('f.id', facts)}", facts))} if facts else {}


def evidence_of_document(dataset: Dataset, identity: str) -> tuple[Evidence, ...]:
    """Where a document is cited: the earliest article first, and those without a date at the end."""
    order = "ORDER BY a.published IS NULL, a.published, a.id, f.start"
    # Their texts are read once they are chosen: some documents are cited by half of all articles.
    first = f"SELECT f.id FROM facts f JOIN articles a ON a.id = f.article_id WHERE f.document_id = ? {order} LIMIT {_MOST}"
    return _told(dataset.rows(f"{_SELECT} f.id IN ({first}) {order}", (identity,)))


def _told(rows: Rows) -> tuple[Evidence, ...]:
    return tuple(map(_one, rows))


def _one(row: Mapping[str, Any]) -> Evidence:
    sentence, exact, around, first = row["sentence"], row["exact"], row["around"], row["first"]
    at = first - max(0, first - len(sentence))
    """Where the fact begins in the words around it."""
    begin = around.rfind(sentence, 0, at + len(sentence))
    before, after = (around[begin:at], around[at + len(exact) : begin + len(sentence)]) if 0 <= begin <= at else _by_words(sentence, exact)
    return Evidence(row["fact"], row["kind"], _cut_before(before), exact, _cut_after(after), row["confidence"], Listed.of(row))


def _by_words(sentence: str, exact: str) -> tuple[str, str]:
    """Around the first place where the words stand, when the text is not as it was."""
    before, _, after = sentence.partition(exact)
    return before, after


def _cut_before(words: str) -> str:
    return words if len(words) <= _LONGEST else "… " + words[-_LONGEST:]


def _cut_after(words: str) -> str:
    return words if len(words) <= _LONGEST else words[:_LONGEST] + " …"

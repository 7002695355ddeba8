"""Checks: the arithmetic that articles state, impossible values, and sources that contradict each other."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, groupby
from operator import itemgetter
from typing import NamedTuple

_NEAR = 60
"""A share stands at most so many characters behind the fraction that it is of."""
_MISCALCULATED = 1.0
"""Percentage points by which a stated share may be wrong and still be meant for its fraction."""

_MOST_PARTS = 6
"""Parts that a whole is looked for in, at most."""
_LEAST_WHOLE = 10
"""Smaller wholes are made up by chance."""


class _Check(NamedTuple):
    kind: str
    holds: bool
    detail: str
    facts: tuple[str, ...]


def find_checks(database: sqlite3.Connection) -> None:
    """Fill `checks`. Nothing is taken out of the dataset for failing one."""
    for check in (*_shares(database), *_sums(database), *_ranges(database), *_contradictions(database)):
        identity = hashlib.sha256(json.dumps([check.kind, check.facts]).encode()).hexdigest()[:16]
        database.execute(
            "INSERT OR IGNORE INTO checks VALUES (?, ?, ?, ?, ?)", (identity, check.kind, check.holds, check.detail, json.dumps(check.facts))
        )


def _shares(database: sqlite3.Connection) -> Iterator[_Check]:
    """`41/43 (95.3 %)`: a fraction and the next percentage in its sentence, where the one could be meant as the other."""
    rows = database.execute(
        """
        SELECT f.id, f.value, f.out_of, f.exact, p.id, p.value, p.exact, f.indicator IS p.indicator FROM facts f
        JOIN facts p ON p.article_id = f.article_id AND p.unit = '%' AND p.sentence = f.sentence AND p.start BETWEEN f."end" AND f."end" + ?
        WHERE f.out_of > 0 AND f.unit = '1' AND p.measure IN ('level', 'attainment') AND p.value_max IS NULL
        ORDER BY f.rowid, p.start
        """,
        (_NEAR,),
    )
    for _, following in groupby(rows, key=itemgetter(0)):
        fraction, value, out_of, words, share, percent, share_words, same = next(following)
        true = 100 * value / out_of
        if _rounds_to(true, percent) or (same and abs(true - percent) <= _MISCALCULATED):
            yield _Check("share", _rounds_to(true, percent), f"{words} is {true:.4g} %, stated as {share_words}", (fraction, share))


def _sums(database: sqlite3.Connection) -> Iterator[_Check]:
    """`23 hospitals: 20 public and 3 private`, `23/23 hospitals (20 public …)`: counts that add up to the one right before or after them."""
    rows = database.execute(
        "SELECT article_id, sentence, id, value, exact FROM facts WHERE unit = '1' AND per_of IS NULL AND measure = 'level'"
        " AND value_max IS NULL AND (out_of IS NULL OR out_of = value) AND comparator = '=' ORDER BY article_id, start"
    )
    for _, group in groupby(rows, key=itemgetter(0, 1)):
        counts = [(fact, value, words) for _, _, fact, value, words in group]
        for at, (whole, total, words) in enumerate(counts):
            following, before = counts[at + 1 : at + 1 + _MOST_PARTS], counts[max(0, at - _MOST_PARTS) : at][::-1]
            parts = (_adding_up(total, following) or _adding_up(total, before)) if total >= _LEAST_WHOLE else ()
            if parts:
                told = " + ".join(part[2] for part in sorted(parts, key=counts.index))
                yield _Check("sum", True, f"{words} = {told}", (whole, *(part[0] for part in parts)))


def _adding_up(total: float, counts: Sequence[tuple[str, float, str]]) -> Sequence[tuple[str, float, str]]:
    """The first counts, two at least, that make the total; none where they don't."""
    running = 0.0
    for number, (_, value, _) in enumerate(counts, 1):
        running += value
        if value <= 0 or running > total:
            break
        if running == total and number > 1:
            return counts[:number]
    return ()


def _rounds_to(true: float, stated: float) -> bool:
    """Whether a value was rounded, or cut off, to what is stated."""
    decimals = len(f"{stated:.9g}".partition(".")[2])
    return abs(true - stated) < 10.0**-decimals


def _ranges(database: sqlite3.Connection) -> Iterator[_Check]:
    """Levels that can't be: shares of more than everything, more than there are, counts below nothing."""
    for fact, words in database.execute(
        "SELECT id, exact FROM facts WHERE unit = '%' AND measure = 'level' AND value > 100"
        " AND indicator IS NOT NULL AND indicator != 'bed_occupancy' ORDER BY rowid"
    ):
        yield _Check("range", False, f"a share of more than 100 %: {words}", (fact,))
    for fact, words in database.execute("SELECT id, exact FROM facts WHERE out_of < value AND out_of > 0 ORDER BY rowid"):
        yield _Check("range", False, f"more than there are: {words}", (fact,))
    for fact, words in database.execute("SELECT id, exact FROM facts WHERE measure = 'level' AND value < 0 ORDER BY rowid"):
        yield _Check("range", False, f"less than nothing: {words}", (fact,))


def _contradictions(database: sqlite3.Connection) -> Iterator[_Check]:
    """Different values of one series and period; only from articles that give it one value alone, else it is likely misread there."""
    rows = database.execute(
        """
        WITH single AS (
          SELECT kind, series, period, article_id, min(value) AS value, min(id) AS fact FROM facts
          WHERE observation_id IS NOT NULL AND comparator IN ('=', '~') AND value_max IS NULL
          GROUP BY kind, series, period, article_id HAVING count(DISTINCT value) = 1
        )
        SELECT kind || ' ' || series || ' ' || period, s.value, s.fact, a.cluster FROM single s JOIN articles a ON a.id = s.article_id
        WHERE (SELECT count(DISTINCT value) FROM single o WHERE o.series = s.series AND o.period = s.period AND o.kind = s.kind) > 1
        ORDER BY 1, 2, 3
        """
    )
    groups: dict[str, list[tuple[float, str, str]]] = defaultdict(list)
    for series, value, fact, cluster in rows:
        groups[series].append((value, fact, cluster))
    for series, said in groups.items():
        yield from _conflicts(series, said)


def _conflicts(series: str, said: Sequence[tuple[float, str, str]]) -> Iterator[_Check]:
    apart = [(a, b) for a, b in combinations(said, 2) if not (_rounds_to(a[0], b[0]) or _rounds_to(b[0], a[0]))]
    for kind, chosen in (
        ("contradiction", [(a, b) for a, b in apart if a[2] != b[2]]),
        ("translation", [(a, b) for a, b in apart if a[2] == b[2]]),
    ):
        if chosen:
            values = sorted({value for pair in chosen for value, _, _ in pair})
            facts = tuple(sorted({fact for pair in chosen for _, fact, _ in pair}))
            yield _Check(kind, False, f"{series}: {' against '.join(f'{value:.9g}' for value in values)}", facts)

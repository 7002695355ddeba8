"""Checks: the arithmetic that articles state, impossible values, and sources that contradict each other."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, groupby, islice
from operator import itemgetter
from typing import NamedTuple

from extractor.dataset.ranges import ranges

_NEAR = 120
"""A share stands at most so many characters behind the fraction that it is of."""
_BRACKET = len(" (")
"""Right behind it, in brackets, a share is that of the fraction, whatever it was read as."""
_BEFORE = 40
"""Or so many before it: `83.3 %, five of the six hospitals`."""
_MISCALCULATED = 1.0
"""Percentage points by which a stated share may be wrong and still be meant for its fraction."""
_ROUND_FRACTION = 10
"""A fraction of fewer is a round figure (`one in five`, 20.4 %) and no miscalculation."""

_MOST_PARTS = 6
"""Parts that a whole is looked for in, at most."""
_NEAR_PARTS = 24
"""Counts behind a whole or before it among which those of the same are looked for."""
_LEAST_WHOLE = 10
"""Smaller wholes are made up by chance."""
_LARGE_WHOLE = 100
"""Wholes from here on are hardly ever made up by chance from two counts, whatever these count."""
_CLOSE = 60
"""Characters between a small whole and its parts, where these are of another indicator."""
_SAME_THING = 3.0
"""Values of one series that are more times apart count different things, parts of it perhaps, and contradict nothing."""


_DOUBTS = """
INSERT INTO state.doubts SELECT DISTINCT f.observation_id, c.id FROM checks c, json_each(c.facts) named CROSS JOIN facts f ON f.id = named.value
WHERE c.rowid > ? AND NOT c.holds AND f.observation_id IS NOT NULL ORDER BY 1, 2
"""
"""Of the checks that are new."""


class _Check(NamedTuple):
    kind: str
    holds: bool
    detail: str
    facts: tuple[str, ...]
    article: str | None = None
    series: str | None = None
    period: str | None = None


def find_checks(database: sqlite3.Connection) -> None:
    """Bring the `checks` of touched articles and series to what they say. Nothing is taken out of the dataset for failing one."""
    disputed = "INSERT OR IGNORE INTO disputed_series SELECT c.series, c.period FROM"
    database.execute(f"{disputed} touched_series t CROSS JOIN checks c ON c.series = t.series AND c.period = t.period")
    database.execute("DELETE FROM checks WHERE (series, period) IN (SELECT series, period FROM disputed_series)")
    database.execute("DELETE FROM state.doubts WHERE NOT EXISTS (SELECT 1 FROM checks WHERE id = check_id)")
    ((last,),) = database.execute("SELECT coalesce(max(rowid), 0) FROM checks").fetchall()
    for check in (*_shares(database), *_sums(database), *_ranges(database), *_contradictions(database)):
        identity = hashlib.sha256(json.dumps([check.kind, check.facts]).encode()).hexdigest()[:16]
        database.execute(
            "INSERT OR IGNORE INTO checks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (identity, check.kind, check.holds, check.detail, json.dumps(check.facts), check.article, check.series, check.period),
        )
    database.execute(f"{disputed} checks c WHERE c.rowid > ? AND c.series IS NOT NULL", (last,))
    database.execute(_DOUBTS, (last,))


def _shares(database: sqlite3.Connection) -> Iterator[_Check]:
    """`41/43 (95.3 %)`: a fraction and the next percentage in its sentence, or the one right before it, where the one could be meant as the other,
    which counts nothing else.
    """
    rows = database.execute(
        """
        SELECT f.id, f.value, f.out_of, f.exact, p.id, p.value, p.exact, f.indicator IS p.indicator,
               f.indicator IS NOT NULL AND p.indicator IS NOT NULL AND f.indicator <> p.indicator
               AND p.start NOT BETWEEN f."end" AND f."end" + ?, p.start > f.start, f.article_id
        FROM touched_articles t CROSS JOIN facts f ON f.article_id = t.id
        CROSS JOIN facts p INDEXED BY facts_article ON p.article_id = f.article_id AND p.unit = '%' AND p.sentence = f.sentence
             AND (p.start BETWEEN f."end" AND f."end" + ? OR p."end" BETWEEN f.start - ? AND f.start)
        WHERE f.out_of > 0 AND f.unit = '1' AND p.measure IN ('level', 'attainment') AND p.value_max IS NULL
        ORDER BY f.article_id, f.start, f.id, p.start < f.start, p.start, p.id
        """,
        (_BRACKET, _NEAR, _BEFORE),
    )
    for _, beside in groupby(rows, key=itemgetter(0)):
        fraction, value, out_of, words, share, percent, share_words, same, other, behind, article = next(beside)
        true = 100 * value / out_of
        holds = _rounds_to(true, percent)
        miscalculated = behind and same and out_of > _ROUND_FRACTION and abs(true - percent) <= _MISCALCULATED
        if other:  # `170 of 177 communes …, a doctor works in 96 % of the stations`
            continue
        if (holds and (behind or (same and out_of > 2 and value < out_of))) or miscalculated:
            yield _Check("share", holds, f"{words} is {true:.4g} %, stated as {share_words}", (fraction, share), article)


class _Count(NamedTuple):
    """A number of people or things, and where it stands."""

    fact: str
    value: float
    out_of: float | None
    words: str
    indicator: str | None
    start: int
    end: int
    sentence: str
    measure: str
    kind: str
    period: str | None


def _sums(database: sqlite3.Connection) -> Iterator[_Check]:
    """`23 hospitals: 20 public and 3 private`, `4,938 inspected. Of these, 4,401 … and 537 …`: counts that add up to the next.

    The whole may be aimed at: `27 stations to be rebuilt: 11 are done, 9 under way, 7 not begun`.
    """
    rows = database.execute(
        'SELECT article_id, f.id, value, out_of, exact, indicator, start, "end", sentence, measure, kind, period'
        " FROM touched_articles t CROSS JOIN facts f ON f.article_id = t.id WHERE unit = '1' AND per_of IS NULL"
        " AND measure IN ('level', 'shortage') AND kind IN ('metric', 'target') AND value_max IS NULL AND comparator = '='"
        " ORDER BY article_id, start, f.id"
    )
    for article, group in groupby(rows, key=itemgetter(0)):
        counts = [_Count(*row[1:]) for row in group]
        metrics = [at for at, count in enumerate(counts) if count.kind == "metric"]
        for at, whole in enumerate(counts):
            if whole.value < _LEAST_WHOLE or whole.measure != "level":
                continue
            behind = bisect_right(metrics, at)
            ahead = bisect_left(metrics, at)
            following = [counts[place] for place in metrics[behind : behind + _MOST_PARTS]]
            before = [counts[place] for place in metrics[max(0, ahead - _MOST_PARTS) : ahead][::-1]]
            parts = (
                _adding_up(whole, following)
                or _adding_up(whole, before)
                or _adding_up_of_one(whole, counts[at + 1 : at + 1 + _NEAR_PARTS])
                or _adding_up_of_one(whole, counts[max(0, at - _NEAR_PARTS) : at][::-1])
            )
            if parts:
                told = " + ".join(part.words for part in sorted(parts, key=counts.index))
                yield _Check("sum", True, f"{whole.words} = {told}", (whole.fact, *(part.fact for part in parts)), article)


def _adding_up(whole: _Count, counts: Sequence[_Count]) -> Sequence[_Count]:
    """The first counts, two at least, that make the whole and may be its parts; none where they don't.

    What is lacking may be one of them: 1,104 posts, 937 staff, 167 short.
    """
    running = 0.0
    for number, part in enumerate(counts, 1):
        running += part.value
        if part.value <= 0 or part.out_of not in (None, part.value, whole.value) or running > whole.value:
            break
        if running == whole.value and number > 1:
            return counts[:number] if _may_be_parts(whole, counts[:number]) else ()
    return ()


def _adding_up_of_one(whole: _Count, near: Sequence[_Count]) -> Sequence[_Count]:
    """The same where counts of something else stand between: `132 hospitals with 20,412 beds: 118 general ones, 14 psychiatric ones`."""
    same = whole.indicator, whole.kind, whole.period
    alike = (count for count in near if (count.indicator, count.kind, count.period) == same)
    parts = _adding_up(whole, [*islice(alike, _MOST_PARTS)]) if whole.indicator is not None else ()
    return parts if whole.value >= _LARGE_WHOLE or len({whole.sentence, *(part.sentence for part in parts)}) == 1 else ()


def _may_be_parts(whole: _Count, parts: Sequence[_Count]) -> bool:
    alike = whole.indicator is not None and all(part.indicator == whole.indicator for part in parts)
    unlike = any(None not in (part.indicator, whole.indicator) and part.indicator != whole.indicator for part in parts)
    if all(part.sentence == whole.sentence for part in parts):
        gap = min(abs(part.start - whole.end) for part in parts)
        return whole.value >= _LARGE_WHOLE or not unlike or gap <= _CLOSE
    if parts[0].start < whole.start:
        return False
    return alike if whole.value < _LARGE_WHOLE else alike or len(parts) == 2


def _rounds_to(true: float, stated: float) -> bool:
    """Whether a value was rounded, or cut off, to what is stated."""
    last_digit = 10.0 ** -len(f"{stated:.9g}".partition(".")[2])
    return abs(true - stated) <= last_digit / 2 + 1e-9 or 0 <= true - stated < last_digit


def _ranges(database: sqlite3.Connection) -> Iterator[_Check]:
    """Levels that can't be: shares of more than everything, more than there are, and what `knowledge/ranges.csv` has for an indicator."""
    rows = database.execute(
        "SELECT f.id, exact, f.article_id FROM touched_articles t CROSS JOIN facts f ON f.article_id = t.id"
        " WHERE out_of < value AND out_of > 0 ORDER BY f.id"
    )
    for fact, words, article in rows:
        yield _Check("range", False, f"more than there are: {words}", (fact,), article)
    database.execute("CREATE TEMP TABLE ranges (indicator TEXT, unit TEXT, per TEXT, least REAL, most REAL, PRIMARY KEY (indicator, unit, per))")
    database.executemany("INSERT INTO ranges VALUES (?, ?, ?, ?, ?)", ((*measured, *allowed) for measured, allowed in ranges().items()))
    rows = database.execute(
        """
        SELECT id, exact, least, most, article_id FROM (
          SELECT f.id, f.article_id, f.exact, f.value, coalesce(f.value_max, f.value) AS top,
                 coalesce(r.least, 0) AS least, coalesce(r.most, CASE f.unit WHEN '%' THEN 100 END) AS most
          FROM touched_articles t CROSS JOIN facts f ON f.article_id = t.id LEFT JOIN ranges r ON r.indicator = f.indicator AND r.unit = f.unit
               AND r.per = CASE WHEN f.per_of IS NULL THEN '' ELSE printf('%s %d', f.per_of, f.per_count) END
          WHERE f.measure = 'level' AND f.indicator IS NOT NULL AND f.unit IN ('1', '%', 'a', 'd')
        ) WHERE value < least OR top > most ORDER BY id
        """
    )
    for fact, words, least, most, article in rows:
        bounds = f"from {least:g}" if most is None else f"from {least:g} to {most:g}"
        yield _Check("range", False, f"can only be {bounds}: {words}", (fact,), article)
    database.execute("DROP TABLE ranges")


def _contradictions(database: sqlite3.Connection) -> Iterator[_Check]:
    """Different values of one series and period; only from articles that give it one value alone, else it is likely misread there.

    Facts are read only where two observations disagree: some figures of the nation are in most articles.
    """
    database.create_function("disagree", 2, _disagree, deterministic=True)
    rows = database.execute(
        """
        WITH several AS MATERIALIZED (
          SELECT DISTINCT o.series, o.period FROM touched_series t CROSS JOIN observations o USING (series, period)
          WHERE o.rivals > 0 AND EXISTS (
            SELECT 1 FROM observations r WHERE r.series = o.series AND r.period = o.period AND r.kind = o.kind AND disagree(r.value, o.value)
          )
        ), single AS MATERIALIZED (
          SELECT kind, series, period, coalesce(baseline, '') AS baseline, article_id, min(value) AS value, min(id) AS fact
          FROM several CROSS JOIN facts f USING (series, period)
          WHERE observation_id IS NOT NULL AND comparator IN ('=', '~') AND value_max IS NULL
          GROUP BY kind, series, period, 4, article_id HAVING count(DISTINCT value) = 1
        ), disputed AS (SELECT kind, series, period, baseline FROM single GROUP BY 1, 2, 3, 4 HAVING count(DISTINCT value) > 1)
        SELECT kind, series, period, baseline, s.value, s.fact, a.cluster
        FROM single s JOIN disputed USING (kind, series, period, baseline) JOIN articles a ON a.id = s.article_id ORDER BY 1, 2, 3, 4, 5, 6
        """
    )
    for (kind, series, period, _), group in groupby(rows, key=itemgetter(0, 1, 2, 3)):
        yield from _conflicts(_Series(kind, series, period), [row[4:] for row in group])


class _Series(NamedTuple):
    kind: str
    series: str
    period: str


def _conflicts(disputed: _Series, said: Iterable[tuple[float, str, str]]) -> Iterator[_Check]:
    """Values that disagree, between sources and within one; `said` is value, fact and cluster of each article."""
    facts: dict[float, dict[str, str]] = defaultdict(dict)
    for value, fact, cluster in said:
        facts[value].setdefault(cluster, fact)
    chosen: dict[str, set[float]] = {"contradiction": set(), "translation": set()}
    for one, other in combinations(sorted(facts), 2):
        if _disagree(one, other):
            if len(facts[one].keys() | facts[other].keys()) > 1:
                chosen["contradiction"] |= {one, other}
            if facts[one].keys() & facts[other].keys():
                chosen["translation"] |= {one, other}
    for kind, values in chosen.items():
        if values:
            shown = tuple(sorted(fact for value in values for fact in facts[value].values()))
            told = f"{' '.join(disputed)}: {' against '.join(f'{value:.9g}' for value in sorted(values))}"
            yield _Check(kind, False, told, shown, None, disputed.series, disputed.period)


def _disagree(one: float, other: float) -> bool:
    """Whether two values of a series can't both be right and are of the same thing."""
    small, large = sorted((abs(one), abs(other)))
    return large <= _SAME_THING * small and not (_rounds_to(one, other) or _rounds_to(other, one))

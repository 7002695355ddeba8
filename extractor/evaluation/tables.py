"""Reports and comparisons as tables that fit into eighty columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from rich import box
from rich.markup import escape
from rich.table import Table

from extractor.evaluation.comparison import Comparison, Fact, Move, Moves
from extractor.evaluation.dataset_gold import PARTS as DATASET_PARTS
from extractor.evaluation.judgements import FACT_FIELDS
from extractor.evaluation.scoring import ALL, KINDS, MEASURES, Report, Tallies, Tally

_Row = TypeVar("_Row")
_FIGURES = (*MEASURES[:3], *KINDS, *MEASURES[3:])
"""`metric` and `target` stand beside `fact`, which they make up."""
_LANGUAGES_SHOWN = 4
_LONGEST_WORDS = 40


def report_tables(report: Report, *, rates: bool, top: int) -> Iterator[Table]:
    """Figures by language and kind, fields, confusions of indicators, kinds of error; `rates` shows precision/recall in place of F1."""
    title, cell = ("Precision/recall, percent", _rates) if rates else ("F1 by language and kind of fact", _f1)
    yield _figures(title, report.tallies, _FIGURES, cell)
    yield _figures("Share of found quantities with the field right", report.fields, FACT_FIELDS, _share)
    if report.facilities:
        yield _facilities(report.facilities)
    if report.sayers:
        yield _figures("Who says so (precision/recall), where the gold gives it", report.sayers, ("sayer", "role"), _rates)
    if report.dataset:
        yield _figures("Precision/recall of a dataset, percent" if rates else "F1 of a dataset", report.dataset, DATASET_PARTS, cell)
    confusions = _table("Indicators confused", "wanted", "got", ">facts")
    for wanted, got, count in _first(report.confusions(), top):
        confusions.add_row(wanted, got, str(count))
    errors = _table("Kinds of error", "error", ">facts", "most in")
    for name, languages in _first(report.error_kinds(), top):
        errors.add_row(name, str(languages.total()), _most(languages))
    yield from (table for table in (confusions, errors) if table.row_count)


def comparison_tables(comparison: Comparison, *, top: int) -> Iterator[Table]:
    """Figures that moved, and the facts that are newly right, wrong or spurious, counted by language and listed."""
    yield _moves("F1 moved", comparison.figures, _FIGURES)
    yield _moves("Fields moved", comparison.fields, FACT_FIELDS)
    listed = {
        "newly right": comparison.newly_right,
        "newly wrong": comparison.newly_wrong,
        "newly spurious": comparison.newly_spurious,
        "no longer spurious": comparison.no_longer_spurious,
    }
    yield _moved_facts(listed)
    for name, facts in listed.items():
        if facts and top:
            yield _facts(name.capitalize(), _first(facts, top))


def _table(title: str, *columns: str) -> Table:
    """A table without sides; a column whose name begins with `>` is set to the right. Nothing is cut off: long words fold."""
    table = Table(title=title, title_justify="left", title_style="bold", box=box.SIMPLE_HEAD, show_edge=False, pad_edge=False, collapse_padding=True)
    for name in columns:
        table.add_column(name.lstrip(">"), justify="right" if name.startswith(">") else "left", overflow="fold")
    return table


def _figures(title: str, tallies: Tallies, names: Sequence[str], cell: Callable[[Tally], str]) -> Table:
    table = _table(title, "", *(f">{name}" for name in names))
    for scope, by_name in tallies.items():
        table.add_row(scope, *("" if by_name.get(name, Tally()).empty else cell(by_name[name]) for name in names))
    return table


def _facilities(tallies: Mapping[str, Tally]) -> Table:
    """Of the quantities found in articles whose gold names facilities."""
    table = _table("Facility of found quantities, where the gold gives it", "", ">precision", ">recall", ">F1", ">gold", ">found")
    for scope, tally in tallies.items():
        table.add_row(scope, f"{tally.precision:.3f}", f"{tally.recall:.3f}", _f1(tally), str(tally.gold), str(tally.found))
    return table


def _f1(tally: Tally) -> str:
    return f"{tally.f1:.3f}"


def _rates(tally: Tally) -> str:
    return f"{tally.precision:.0%}/{tally.recall:.0%}".replace("%", "")


def _share(tally: Tally) -> str:
    return f"{tally.recall:.3f}"


def _moves(title: str, moves: Moves, names: Sequence[str]) -> Table:
    """A row for each language in which something moved: what the figure is now is in the report, here stands by how much."""
    table = _table(title, "", *(f">{name}" for name in names))
    for scope, by_name in moves.items():
        cells = [_move(by_name.get(name)) for name in names]
        if scope == ALL or any(cells):
            table.add_row(scope, *cells)
    return table


def _move(move: Move | None) -> str:
    """`+0.012`, `new` or nothing."""
    if move is None:
        return ""
    if move.before is None:
        return "new"
    return f"{move.change:+.3f}" if move.change else ""


def _moved_facts(listed: dict[str, list[Fact]]) -> Table:
    table = _table("Facts moved", "", ">facts", "in")
    for name, facts in listed.items():
        table.add_row(name, str(len(facts)), _languages(Counter(fact["language"] for fact in facts)))
    return table


def _facts(title: str, facts: Iterable[Fact]) -> Table:
    table = _table(title, "article", "kind", "words", "wrong")
    for fact in facts:
        words = " ".join(fact["exact"].split())
        short = words if len(words) <= _LONGEST_WORDS else f"{words[: _LONGEST_WORDS - 1]}…"
        table.add_row(fact["article"], fact["kind"], escape(short), ", ".join(fact["differences"]) or fact["outcome"])
    return table


def _most(languages: Counter[str]) -> str:
    """The languages with most of something."""
    return _languages(Counter(dict(languages.most_common(_LANGUAGES_SHOWN))))


def _languages(counts: Counter[str]) -> str:
    return " ".join(f"{code} {count}" for code, count in sorted(counts.items(), key=lambda item: (-item[1], item[0])))


def _first(rows: Sequence[_Row], top: int) -> Sequence[_Row]:
    """The first so many; all for -1."""
    return rows if top < 0 else rows[:top]

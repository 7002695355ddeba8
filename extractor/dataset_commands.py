"""`extractor build`, `query`, `export` and `plot`: the command line over datasets."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.markup import escape
from rich.table import Table

from extractor.printing import FORMS, fail, stderr

_KINDS = ("metric", "target", "date", "resolution")
_MEASURED = _KINDS[:2]
"""Kinds that observations are of."""


def _kind(kind: str | None) -> str | None:
    return _one_of(kind, _KINDS)


def _measured_kind(kind: str | None) -> str | None:
    return _one_of(kind, _MEASURED)


def _one_of(kind: str | None, kinds: Sequence[str]) -> str | None:
    if kind is not None and kind not in kinds:
        raise typer.BadParameter(f"{kind!r} is none of {', '.join(kinds)}")
    return kind


def _indicator(indicator: str | None) -> str | None:
    """Refuses what no dataset has: a mistyped filter would say that there is nothing."""
    from extractor.knowledge_base import load_knowledge, nearest_id

    known = load_knowledge().indicator_ids
    if indicator is not None and indicator not in known:
        raise typer.BadParameter(f"{indicator!r} is no indicator{nearest_id(indicator, known)} (`extractor languages --ids`)")
    return indicator


def _area(area: str | None) -> str | None:
    from extractor.dataset.areas import is_area

    if area is not None and not is_area(area.partition("@")[0]):
        raise typer.BadParameter(f"{area!r} is no ISO 3166 code, such as VN or VN-02")
    return area


def _period(period: str | None) -> str | None:
    from extractor.dataset.periods import days_of

    if period is not None and days_of(period) is None:
        raise typer.BadParameter(f"{period!r} is no year, month or day, such as 2025, 2025-06 or 2025-06-30")
    return period


_PLACE_HELP = "ISO 3166 code of a place: VN-02, or VN with all in it; VN-02@2025 for the province since it was merged."
_INDICATOR_HELP = "Id of an indicator, such as hospital_beds."
Indicator = Annotated[str | None, typer.Option(callback=_indicator, help=_INDICATOR_HELP)]
Area = Annotated[str | None, typer.Option("--place", callback=_area, help=_PLACE_HELP)]
WithPredecessors = Annotated[bool, typer.Option("--with-predecessors", help="Also the areas that were merged into the place.")]
Period = Annotated[str | None, typer.Option(callback=_period, help="2025-06, or 2025 with all in it.")]


def build(
    runs: Annotated[list[Path], typer.Argument(help="Output folders or .jsonl files of `extractor run`.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder of the dataset; one that is there is gone on with and replaced when all is whole.")
    ] = None,
    store: Annotated[str | None, typer.Option(help="PostgreSQL database to bring to the same tables: postgresql://user:password@host/name.")] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help="Work everything out anew instead of going on with the dataset that is there.")] = False,
) -> None:
    """Make a dataset of runs: SQLite, Parquet and CSV with observations, documents, translations, targets met, and checks.

    Example: extractor run articles/ -o facts/; extractor build facts/ -o dataset/

    Example: extractor build facts/ --store postgresql://editor@db.example.org/health

    Name all runs each time: what is new or other is put in, what is no longer given is taken out, and the dataset is the one that would be built of
    them anew. With few new articles that takes a small part of the time.

    In PostgreSQL only rows that changed are written, in one transaction. Needs the extra `postgres`.
    """
    from extractor.dataset import BuildError
    from extractor.dataset import build as build_dataset

    if output is None and store is None:
        fail("say where to build it: -o FOLDER, or --store postgresql://…")
    try:
        built = build_dataset(runs, output, store, fresh=fresh)
    except BuildError as error:
        fail(str(error))
    table = Table("table", "rows", *(("written", "removed") if built.changes else ()))
    for name, count in built.rows.items():
        table.add_row(name, str(count), *((str(built.changes.written[name]), str(built.changes.removed[name])) if built.changes else ()))
    stderr.print(table)
    if output is not None and not built.changed:
        stderr.print(f"{escape(str(output))}: nothing is new; it is as it was")


def query(
    place: Annotated[str, typer.Argument(metavar="DATASET", help="Folder of a dataset, or postgresql://… that `build --store` filled.")],
    table: Annotated[
        str, typer.Argument(help="observations, facts, documents, articles, pairs, checks, clusters, sources or places.")
    ] = "observations",
    kind: Annotated[str | None, typer.Option(callback=_kind, help="metric, target, date or resolution.")] = None,
    indicator: Indicator = None,
    area: Area = None,
    with_predecessors: WithPredecessors = False,
    period: Period = None,
    min_confidence: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Rows of at least this confidence.")] = None,
    min_sources: Annotated[int | None, typer.Option(min=1, help="Rows of at least so many independent sources.")] = None,
    search: Annotated[str | None, typer.Option(help="Words in the evidence, in any script.")] = None,
    sql: Annotated[str | None, typer.Option(help="A SELECT of your own in place of table and filters.")] = None,
    limit: Annotated[int, typer.Option(min=1, help="Rows at most.")] = 100,
    form: Annotated[str, typer.Option("--format", "-f", help="table, csv, json or jsonl.")] = "table",
) -> None:
    """Ask a dataset.

    Example: extractor query dataset/ --indicator hospital_beds --place VN --period 2025 -f csv

    Viet Nam's provinces since July 2025 are other areas than those of the same name before: `places` has both, `area` says which one a row is of.
    """
    from extractor.dataset import Filters, QueryError, query_sql
    from extractor.dataset import query as query_dataset

    if form not in FORMS:
        fail(f"--format: {form!r} is none of {', '.join(FORMS)}")
    filters = Filters(kind, indicator, area, period, min_confidence, min_sources, search, limit, with_predecessors)
    if sql is not None and filters != Filters(limit=limit):
        fail("--sql: takes no filters: write them into the SELECT")
    try:
        rows = query_sql(place, sql, limit) if sql is not None else query_dataset(place, table, filters)
    except QueryError as error:
        fail(str(error))
    FORMS[form](rows)


def export(
    place: Annotated[str, typer.Argument(metavar="DATASET", help="Folder of a dataset, or postgresql://… that `build --store` filled.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write into, new or empty.")],
    form: Annotated[str, typer.Option("--format", "-f", help="sdmx, datacommons, geo, excel or json.")],
    kind: Annotated[str | None, typer.Option(callback=_measured_kind, help="metric or target.")] = None,
    indicator: Indicator = None,
    area: Area = None,
    with_predecessors: WithPredecessors = False,
    period: Period = None,
    min_confidence: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Observations of at least this confidence.")] = None,
    min_sources: Annotated[int | None, typer.Option(min=1, help="Observations of at least so many independent sources.")] = None,
) -> None:
    """Write observations for other tools: SDMX-CSV with its structure, Data Commons MCF, TMCF and CSV, a table for maps, Excel, JSON.

    Example: extractor export dataset/ --format excel -o for-the-desk/ --place VN --min-confidence 0.8
    """
    from extractor.dataset import Filters, QueryError
    from extractor.dataset.publishing import ExportError, publish

    filters = Filters(kind, indicator, area, period, min_confidence, min_sources, with_predecessors=with_predecessors)
    try:
        published = publish(place, form, output, filters)
    except (ExportError, QueryError) as error:
        fail(str(error))
    left_out = f"; {published.left_out:,} that the format has no place for are left out" if published.left_out else ""
    stderr.print(f"{published.written:,} observations{left_out}")


def plot(
    place: Annotated[str, typer.Argument(metavar="DATASET", help="Folder of a dataset, or postgresql://… that `build --store` filled.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="File to write: .png or .svg.")],
    indicator: Annotated[str, typer.Option(callback=_indicator, help=_INDICATOR_HELP)],
    area: Annotated[str, typer.Option("--place", callback=_area, help=_PLACE_HELP)],
    with_predecessors: WithPredecessors = False,
    unit: Annotated[str | None, typer.Option(help="Unit of the figures, such as 1 or %; that of most of them unless said.")] = None,
    period: Period = None,
    min_confidence: Annotated[float | None, typer.Option(min=0.0, max=1.0, help="Observations of at least this confidence.")] = None,
    min_sources: Annotated[int | None, typer.Option(min=1, help="Observations of at least so many independent sources.")] = None,
) -> None:
    """Draw an indicator of a place over time, with its targets. Needs the extra `plot`.

    Example: extractor plot dataset/ --indicator hospital_beds --place VN-02 -o beds.svg

    A point is an observation, the paler the less sure, at the end of its period; a line goes through the surest of each day; a diamond is a target.
    """
    from extractor.dataset import Filters, QueryError
    from extractor.dataset.publishing import ExportError
    from extractor.dataset.publishing import plot as plot_series

    filters = Filters(None, indicator, area, period, min_confidence, min_sources, with_predecessors=with_predecessors)
    try:
        plotted = plot_series(place, output, filters, unit=unit)
    except (ExportError, QueryError) as error:
        fail(str(error))
    left_out = f"; {plotted.left_out:,} of other units or groups are left out" if plotted.left_out else ""
    stderr.print(f"{plotted.drawn:,} observations{left_out}")

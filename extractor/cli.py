"""The command line: `run`, `show`, `explain`, `build`, `query`, `export`, `plot`, `serve`, `discover`, `evaluate`, `models` and more."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from extractor import __version__
from extractor.article import Article
from extractor.dataset_commands import build, export, plot, query
from extractor.floors import Figures, below, corpus_hash, load_floors, write_floors
from extractor.model_commands import models
from extractor.printing import print_rows
from extractor.readers import FieldError, Meter, MissingPackageError, Problem, assign, read_articles, read_paths, total_size
from extractor.web.commands import serve
from extractor.web.site_commands import site

if TYPE_CHECKING:
    from extractor.engine import Engine, Settings

EXIT_SKIPPED = 3
EXIT_USAGE = 2


class EngineName(StrEnum):
    """Engines, by the names that `--engine` takes."""

    local = "local"
    ray = "ray"


app = typer.Typer(add_completion=False, no_args_is_help=True, help=__doc__, rich_markup_mode=None, pretty_exceptions_enable=False)
app.add_typer(models, name="models")
_stderr = Console(stderr=True, soft_wrap=True, highlight=False)


def _primary_subtag(language: str | None) -> str | None:
    if language is not None and not re.fullmatch("[a-z]{2,3}", language):
        raise typer.BadParameter(f"{language!r} is no BCP-47 primary subtag, such as vi")
    return language


Language = Annotated[str | None, typer.Option(callback=_primary_subtag, help="Language of the articles (BCP-47) instead of detecting it.")]


@app.callback(invoke_without_command=True)
def _version(version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False) -> None:
    if version:
        print(__version__)
        raise typer.Exit


@app.command()
def run(
    paths: Annotated[list[str], typer.Argument(help="Files, folders, patterns, web addresses, or - for standard input.")],
    output: Annotated[
        str, typer.Option("-o", "--output", help="File to write (.jsonl, .csv, .parquet), folder to write parts into, - for standard output.")
    ] = "-",
    errors: Annotated[Path | None, typer.Option(help="Write what was skipped to this file, as JSON Lines.")] = None,
    field: Annotated[list[str], typer.Option(help="Which field of a record is what: text=story, title=…, url=…, published=…")] = [],  # noqa: B006
    language: Language = None,
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out facts of which fewer than this share are right.")] = 0.0,
    engine: Annotated[
        EngineName, typer.Option(help="Where to extract: processes of this machine, or a Ray cluster (needs [ray]).")
    ] = EngineName.local,
    address: Annotated[
        str | None, typer.Option(help="Head of the Ray cluster, 10.0.0.1:6379, or auto; one of this machine alone unless said.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes to extract with; as many as processors unless said.")] = None,
    time_limit: Annotated[float, typer.Option(min=0.1, help="Seconds that a worker may take for one article.")] = 600.0,
    fresh: Annotated[bool, typer.Option("--fresh", help="Start over in an output folder instead of going on.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")] = False,
) -> None:
    """Extract the facts of articles.

    Example: extractor run articles/ -o facts.jsonl --errors skipped.jsonl

    Example: extractor run 'dump/*.jsonl.gz' -o facts/

    Reads text, Markdown, HTML, JSON, JSON Lines, CSV, TSV, Parquet, WARC and WET, plain or in gz, bz2, xz, zst, zip and tar, from files,
    the web and standard input. The errors of one run can be read by the next.

    An output name without a suffix is a folder: the run can be stopped at any time and goes on where it stopped when it is started again.

    What can't be read is named on standard error and skipped; the rest goes on. Exit status: 0 all read, 3 some skipped, 2 wrong usage or
    output that can't be written.
    """
    from extractor.engine import Settings
    from extractor.progress import Report
    from extractor.running import NobodyReads, RunError, Stopped, run_to_file, run_to_folder

    try:
        fields = assign(field)
    except FieldError as error:
        _fail(str(error))
    to_folder = output != "-" and not Path(output).suffix
    if to_folder and errors is not None:
        _fail(f"--errors: a folder has its own list: see {output}/errors.jsonl")
    chosen_engine = _engine(engine, Settings(language, min_confidence, workers, time_limit), address)
    meter = Meter()
    report = Report(_stderr, meter, quiet=quiet or output == "-")
    if not quiet:
        meter.measure(lambda: total_size(paths))
    found = read_paths(paths, fields, meter)
    try:
        if to_folder:
            totals = run_to_folder(found, Path(output), chosen_engine, report, fresh=fresh)
        else:
            totals = run_to_file(found, output, errors, chosen_engine, report)
    except RunError as error:
        _fail(str(error))
    except Stopped as stopped:
        _stderr.print(escape(str(stopped)))
        raise typer.Exit(stopped.status) from None
    except NobodyReads:
        raise typer.Exit(0) from None
    if not quiet:
        report.summary(totals)
    raise typer.Exit(EXIT_SKIPPED if totals.skipped else 0)


def _engine(name: EngineName, settings: Settings, address: str | None) -> Engine:
    from extractor.engine import LocalEngine, RayEngine

    if name is EngineName.local:
        if address is not None:
            _fail("--address: is a Ray cluster's: add --engine ray")
        return LocalEngine(settings)
    try:
        cluster = RayEngine(settings, address)
    except MissingPackageError as error:
        _fail(str(error))
    if settings.workers is not None and not cluster.is_own:
        _fail("--workers: a running cluster has as many as processors: leave it out")
    return cluster


def _tell(problem: Problem) -> None:
    _stderr.print(f"skipped {escape(str(problem))}")


def _articles(file: str, skipped: list[Problem], language: str | None) -> Iterator[Article]:
    """Readable articles; each problem is told at once."""
    for item in read_articles([file]):
        if isinstance(item, Problem):
            skipped.append(item)
            _tell(item)
        else:
            yield replace(item, language=language) if language else item


def _fail(message: str) -> NoReturn:
    _stderr.print(f"error: {escape(message)}")
    raise typer.Exit(EXIT_USAGE)


@app.command()
def show(
    file: Annotated[str, typer.Argument(help="A text file, or JSON Lines.")],
    language: Language = None,
    min_confidence: Annotated[float, typer.Option(min=0.0, max=1.0, help="Leave out facts of which fewer than this share are right.")] = 0.0,
) -> None:
    """Print an article with its facts coloured, and a table of them.

    Example: extractor show article.txt
    """
    from extractor.display import print_extraction
    from extractor.pipeline import load

    skipped: list[Problem] = []
    extractor = load()
    for article in _articles(file, skipped, language):
        print_extraction(Console(), extractor.extract(article).sure_of(min_confidence))
    raise typer.Exit(EXIT_SKIPPED if skipped else 0)


@app.command()
def explain(
    file: Annotated[str, typer.Argument(help="A text file, or JSON Lines.")],
    language: Language = None,
) -> None:
    """For each fact: which rule found it, which words of the pack, and which candidates lost and why.

    Example: extractor explain article.txt
    """
    from extractor.explanation import explain_article
    from extractor.pipeline import load

    skipped: list[Problem] = []
    extractor = load()
    for article in _articles(file, skipped, language):
        for line in explain_article(extractor, article):
            print(line)
    raise typer.Exit(EXIT_SKIPPED if skipped else 0)


@app.command()
def evaluate(
    folder: Annotated[Path, typer.Argument(help="Folder of NAME.txt with NAME.gold.json beside it.")],
    predictions: Annotated[Path | None, typer.Option(help="Score these saved extractions (.jsonl) and run nothing.")] = None,
    baseline: Annotated[Path | None, typer.Option(help="Show what moved since a report that --json saved.")] = None,
    precision: Annotated[bool, typer.Option("--precision", help="Show precision/recall in place of F1.")] = False,
    top: Annotated[int, typer.Option(help="Rows of each listing: confusions, kinds of error, facts that moved; -1 for all.")] = 10,
    errors: Annotated[int, typer.Option(help="Print so many errors; -1 for all.")] = 0,
    as_json: Annotated[bool, typer.Option("--json", help="Print figures and facts as JSON, to be a baseline later.")] = False,
    floors: Annotated[Path | None, typer.Option(help="File of lowest figures allowed; exit status 1 where one is lower.")] = None,
    update_floors: Annotated[bool, typer.Option("--update-floors", help="Raise the floors to these figures.")] = False,
    lower_floors: Annotated[str | None, typer.Option(metavar="REASON", help="Set the floors to these figures even where they fall.")] = None,
    list_uncovered: Annotated[bool, typer.Option("--uncovered", help="List the figures that the gold passes over, and run nothing.")] = False,
) -> None:
    """Score the extractor against gold: by language, kind and field, with what is confused and what goes wrong most.

    Where the folder has a dataset.gold.json, also what `build` puts together: clusters, documents, pairs and checks.

    Example: extractor evaluate corpus --json > before.json; extractor evaluate corpus --baseline before.json
    """
    from extractor.dataset import BuildError
    from extractor.evaluation import InputError, compare, load_baseline, load_gold, load_predictions, uncovered
    from extractor.evaluation import evaluate as evaluate_facts
    from extractor.evaluation.dataset_gold import evaluate_dataset
    from extractor.evaluation.gold import DATASET_GOLD
    from extractor.evaluation.tables import comparison_tables, report_tables
    from extractor.pipeline import load

    if as_json and baseline:
        _fail("--json and --baseline exclude each other")
    try:
        if list_uncovered:
            for line in (line for article in load_gold(folder) for line in uncovered(article)):
                print(line)
            return
        before = load_baseline(baseline) if baseline else None
        gold = load_gold(folder)
        found = load_predictions(predictions, gold) if predictions else list(load().pipe(article.article for article in gold))
        report = evaluate_facts(zip(gold, found, strict=True))
        report.dataset = evaluate_dataset(folder / DATASET_GOLD, gold, found)
    except (InputError, BuildError) as error:
        _fail(str(error))
    if as_json:
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=1))
    else:
        _print_tables(report_tables(report, rates=precision, top=top))
    if before:
        _print_tables(comparison_tables(compare(before, report), top=top))
    for line in report.errors[: errors if errors >= 0 else None]:
        print(line)
    if floors and (update_floors or lower_floors):
        write_floors(floors, report.f1(), folder, lower=lower_floors)
    elif floors:
        _hold_floors(floors, report.f1(), folder)


def _print_tables(tables: Iterable[Table]) -> None:
    console = Console(highlight=False)
    for table in tables:
        console.print(table)
        console.print()


def _hold_floors(file: Path, figures: Figures, folder: Path) -> None:
    """Say which figures are under their floors; exit status 1 where any is."""
    floors = load_floors(file)
    if floors.corpus != corpus_hash(folder):
        _stderr.print(f"note: the corpus is not the one that {escape(str(file))} was measured on")
    failures = below(figures, floors.figures)
    for failure in failures:
        _stderr.print(failure)
    raise typer.Exit(1 if failures else 0)


for command in (build, query, export, plot, serve, site):
    app.command()(command)


@app.command()
def discover(
    runs: Annotated[list[Path], typer.Argument(help="Output folders or .jsonl files of `extractor run`.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Write the clusters to this file, as TOML.")] = None,
    min_count: Annotated[int, typer.Option(min=1, help="Quantities that a cluster has at least.")] = 2,
    top: Annotated[int, typer.Option(min=1, help="Clusters at most.")] = 50,
    semantic: Annotated[Path | None, typer.Option(help="Compare by meaning, with the encoder in this folder: see `extractor models build`.")] = None,
) -> None:
    """What runs counted but could not name: the words of quantities without an indicator, brought together, with a row for the pack.

    Example: extractor discover facts/ -o found.toml

    Without --semantic words are compared by their spelling: character n-grams of what the lexicon looks up, stems where the pack has a stemmer.
    Related languages come together where they share words; translations come together with --semantic only.
    """
    from extractor.discovery import DiscoverError, to_toml
    from extractor.discovery import discover as discover_labels
    from extractor.semantic import ModelError
    from extractor.writers.files import whole_file

    try:
        findings = discover_labels(runs, min_count=min_count, top=top, semantic=semantic)
    except (DiscoverError, ModelError) as error:
        _fail(str(error))
    if output is not None:
        try:
            with whole_file(output) as unfinished:
                Path(unfinished).write_text(to_toml(findings), encoding="utf-8")
        except OSError as error:
            _fail(f"{output}: can't be written: {error.strerror or error}")
    print_rows(
        [
            {
                "count": finding.cluster.count,
                "articles": finding.cluster.articles,
                "languages": " ".join(finding.cluster.languages),
                "words": ", ".join(word for code in finding.cluster.languages for word in list(finding.cluster.phrases(code))[:2]),
                "nearest": f"{near.indicator} {near.similarity:.2f}" if (near := next(iter(finding.nearest), None)) else None,
                "example": finding.cluster.labels[0].sentence,
            }
            for finding in findings
        ]
    )


@app.command()
def schema() -> None:
    """Print the JSON Schema of one line of output.

    Example: extractor schema > schema.json
    """
    from extractor.schema import json_schema

    print(json.dumps(json_schema(), indent=2, ensure_ascii=False))


@app.command()
def languages(
    *,
    ids: Annotated[bool, typer.Option("--ids", help="List instead what a pack's terms.toml may file words under.")] = False,
) -> None:
    """List the languages that have a pack, and check the packs.

    Example: extractor languages
    """
    from extractor.knowledge_base import check_ids, known_ids
    from extractor.lexicon import found_in_small_words
    from extractor.packs import load_pack, pack_codes

    if ids:
        for section, known in known_ids().items():
            print(f"[{section}]", *sorted(known), sep="\n  ")
        return

    table = Table("code", "language", "stemmer", "phrases")
    for code in pack_codes():
        pack = load_pack(code)
        check_ids(pack)
        phrases = sum(len(p) for section in (pack.terms.indicators, pack.terms.concepts, pack.terms.counted) for p in section.values())
        table.add_row(code, pack.pack.name, pack.pack.stemmer or "none", str(phrases))
        for phrase, word in found_in_small_words(pack):
            _stderr.print(f"warning: languages/{code}: {phrase!r} has the stem of {word!r}, and is found wherever that stands; write '={phrase}'")
    Console(soft_wrap=True).print(table)


def main() -> None:
    """Console script: errors of usage and of language packs are one line, never a traceback."""
    from extractor.packs import PackError

    try:
        app()
    except PackError as error:
        _stderr.print(f"error: {escape(str(error))}")
        sys.exit(EXIT_USAGE)

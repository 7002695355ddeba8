"""The command line: `run`, `show`, `explain`, `build`, `query`, `export`, `plot`, `serve`, `discover`, `evaluate`, `models` and more."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from extractor import __version__
from extractor.article import Article
from extractor.dataset_commands import build, export, plot, query
from extractor.floors import Figures, Floors, FloorsError, below, corpus_hash, load_floors, write_floors
from extractor.model_commands import models
from extractor.printing import EXIT_USAGE, fail, print_rows, stderr
from extractor.readers import FieldError, Meter, MissingPackageError, Problem, assign, read_articles, read_paths, total_size
from extractor.web.commands import serve
from extractor.web.site_commands import site

if TYPE_CHECKING:
    from extractor.discovery.report import Finding
    from extractor.engine import Engine, Settings
    from extractor.evaluation import GoldArticle, Report

EXIT_SKIPPED = 3


class EngineName(StrEnum):
    """Engines, by the names that `--engine` takes."""

    local = "local"
    ray = "ray"


_HELP = """Facts out of health news: metrics, targets, dates and legal documents, each with the words that prove it.

Begin with `extractor show article.txt`; `run` reads many articles, `build` makes a dataset of a run, `query` and `serve` ask it.
"""
app = typer.Typer(add_completion=False, no_args_is_help=True, help=_HELP, rich_markup_mode=None, pretty_exceptions_enable=False)
app.add_typer(models, name="models")


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
    ner: Annotated[
        str | None,
        typer.Option(metavar="MODEL_OR_PATH", help="spaCy pipeline whose names of persons and bodies tell better who says so (reported_by)."),
    ] = None,
    semantic: Annotated[
        Path | None,
        typer.Option(help="In languages without a pack, tell metrics from targets by the encoder in this folder: see `extractor models build`."),
    ] = None,
    adapter: Annotated[Path | None, typer.Option(help="Folder of another adapter for --semantic than the one that ships.")] = None,
    engine: Annotated[
        EngineName, typer.Option(help="Where to extract: processes of this machine, or a Ray cluster (needs [ray]).")
    ] = EngineName.local,
    address: Annotated[
        str | None, typer.Option(help="Head of the Ray cluster, 10.0.0.1:6379, or auto; one of this machine alone unless said.")
    ] = None,
    workers: Annotated[int | None, typer.Option(min=1, help="Processes to extract with; as many as processors unless said.")] = None,
    time_limit: Annotated[
        float, typer.Option(min=0.1, help="Seconds of processor time that a worker may take for one article; by the clock five times as many.")
    ] = 600.0,
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
        fail(str(error))
    if not output:
        fail("-o: is empty: name a file, a folder, or - for standard output")
    ner_digest = _ner_digest(ner) if ner else None
    semantic_digest = _semantic_digest(semantic, adapter)
    to_folder = output != "-" and not Path(output).suffix
    if to_folder and errors is not None:
        fail(f"--errors: a folder has its own list: see {output}/errors.jsonl")
    _refuse_overwriting(paths, output, errors)
    settings = Settings(
        language, min_confidence, workers, time_limit, ner, ner_digest,
        semantic=str(semantic.resolve()) if semantic else None, adapter=str(adapter.resolve()) if adapter else None, semantic_digest=semantic_digest,
    )  # fmt: skip
    chosen_engine = _engine(engine, settings, address)
    meter = Meter()
    report = Report(stderr, meter, quiet=quiet or output == "-")
    if not quiet:
        meter.measure(lambda: total_size(paths))
    found = read_paths(paths, fields, meter)
    try:
        if to_folder:
            totals = run_to_folder(found, Path(output), chosen_engine, report, fresh=fresh)
        else:
            totals = run_to_file(found, output, errors, chosen_engine, report)
    except RunError as error:
        fail(str(error))
    except Stopped as stopped:
        stderr.print(escape(str(stopped)))
        raise typer.Exit(stopped.status) from None
    except NobodyReads:
        raise typer.Exit(0) from None
    if not quiet:
        report.summary(totals)
    raise typer.Exit(EXIT_SKIPPED if totals.skipped else 0)


def _refuse_overwriting(paths: Sequence[str], output: str, errors: Path | None) -> None:
    """The facts take the place of no file that the same command reads or writes."""
    if output == "-":
        return
    place = os.path.realpath(output)
    if errors is not None and os.path.realpath(errors) == place:
        fail(f"{output}: can't be both -o and --errors")
    if os.path.isfile(place) and any(path != "-" and os.path.realpath(path) == place for path in paths):
        fail(f"{output}: is read by this run too: choose another name for -o")


def _ner_digest(ner: str) -> str:
    """Loads a pipeline once, so that one that can't be used ends the run before it begins."""
    from extractor.components.entities import NamedEntities, NerError

    try:
        return NamedEntities.load(ner).digest
    except NerError as error:
        fail(f"--ner: {error}")


def _semantic_digest(semantic: Path | None, adapter: Path | None) -> str | None:
    """Loads an encoder and its adapter once, so that what can't be used ends the run before it begins."""
    from extractor.semantic import ModelError, require_extra

    if semantic is None:
        if adapter is not None:
            fail("--adapter: belongs to an encoder: add --semantic DIR; `extractor models build DIR` makes one")
        return None
    try:
        require_extra()
        from extractor.semantic.check import check
        from extractor.semantic.number_types import load_typer

        digest = load_typer(semantic, adapter).digest
        check(semantic)
    except ModelError as error:
        fail(f"--semantic: {error}")
    return digest


def _engine(name: EngineName, settings: Settings, address: str | None) -> Engine:
    from extractor.engine import LocalEngine, RayEngine

    if name is EngineName.local:
        if address is not None:
            fail("--address: is a Ray cluster's: add --engine ray")
        return LocalEngine(settings)
    try:
        cluster = RayEngine(settings, address)
    except MissingPackageError as error:
        fail(str(error))
    if settings.workers is not None and not cluster.is_own:
        fail("--workers: a running cluster has as many as processors: leave it out")
    return cluster


def _tell(problem: Problem) -> None:
    stderr.print(f"skipped {escape(str(problem))}")


def _articles(file: str, skipped: list[Problem], language: str | None) -> Iterator[Article]:
    """Readable articles; each problem is told at once."""
    for item in read_articles([file]):
        if isinstance(item, Problem):
            skipped.append(item)
            _tell(item)
        else:
            yield replace(item, language=language) if language else item


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
    top: Annotated[int, typer.Option(min=-1, help="Rows of each listing: confusions, kinds of error, facts that moved; -1 for all.")] = 10,
    errors: Annotated[int, typer.Option(min=-1, help="Print so many errors; -1 for all.")] = 0,
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
    from extractor.evaluation import InputError, compare, load_baseline, load_gold, uncovered
    from extractor.evaluation.tables import comparison_tables, report_tables

    if as_json and baseline:
        fail("--json and --baseline exclude each other")
    if (update_floors or lower_floors) and floors is None:
        fail("--update-floors and --lower-floors change a file: name it with --floors")
    if floors and not (floors.exists() or update_floors or lower_floors):
        fail(f"{floors}: no such file; --update-floors makes it")
    try:
        gold = load_gold(folder)
        if list_uncovered:
            for line in (line for article in gold for line in uncovered(article)):
                print(line)
            return
        before = load_baseline(baseline) if baseline else None
        allowed = load_floors(floors) if floors else Floors()
        report = _score(folder, gold, predictions)
    except (InputError, BuildError, FloorsError) as error:
        fail(str(error))
    if as_json:
        print(json.dumps(report.to_dict(), ensure_ascii=False, indent=1))
    else:
        _print_tables(report_tables(report, rates=precision, top=top))
    if before:
        _print_tables(comparison_tables(compare(before, report), top=top))
    for line in report.errors[: errors if errors >= 0 else None]:
        print(line)
    if floors and (update_floors or lower_floors):
        _change_floors(floors, report.f1(), folder, lower_floors)
    elif floors:
        _hold_floors(floors, allowed, report.f1(), folder)


def _score(folder: Path, gold: Sequence[GoldArticle], predictions: Path | None) -> Report:
    """Figures of saved extractions, or of what is found now. Raises InputError, BuildError."""
    from extractor.evaluation import evaluate as evaluate_facts
    from extractor.evaluation import load_predictions
    from extractor.evaluation.dataset_gold import evaluate_dataset
    from extractor.evaluation.gold import DATASET_GOLD
    from extractor.pipeline import load

    found = load_predictions(predictions, gold) if predictions else list(load().pipe(article.article for article in gold))
    report = evaluate_facts(zip(gold, found, strict=True))
    report.dataset = evaluate_dataset(folder / DATASET_GOLD, gold, found)
    return report


def _print_tables(tables: Iterable[Table]) -> None:
    console = Console(highlight=False)
    for table in tables:
        console.print(table)
        console.print()


def _change_floors(file: Path, figures: Figures, folder: Path, reason: str | None) -> None:
    try:
        write_floors(file, figures, folder, lower=reason)
    except FloorsError as error:
        fail(str(error))


def _hold_floors(file: Path, floors: Floors, figures: Figures, folder: Path) -> None:
    """Say which figures are under their floors; exit status 1 where any is."""
    if floors.corpus != corpus_hash(folder):
        stderr.print(f"note: the corpus is not the one that {escape(str(file))} was measured on")
    failures = below(figures, floors.figures)
    for failure in failures:
        stderr.print(failure)
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
        fail(str(error))
    if output is not None:
        try:
            with whole_file(output) as unfinished:
                Path(unfinished).write_text(to_toml(findings), encoding="utf-8")
        except OSError as error:
            fail(f"{output}: can't be written: {error.strerror or error}")
    print_rows([_discovered(finding) for finding in findings])


def _discovered(finding: Finding) -> dict[str, object]:
    """A cluster as a row of the listing."""
    cluster = finding.cluster
    near = next(iter(finding.nearest), None)
    return {
        "count": cluster.count,
        "articles": cluster.articles,
        "languages": " ".join(cluster.languages),
        "words": ", ".join(word for code in cluster.languages for word in list(cluster.phrases(code))[:2]),
        "nearest": f"{near.indicator} {near.similarity:.2f}" if near else None,
        "example": cluster.labels[0].sentence,
    }


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
            stderr.print(f"warning: languages/{code}: {phrase!r} has the stem of {word!r}, and is found wherever that stands; write '={phrase}'")
    Console(soft_wrap=True).print(table)


def main() -> None:
    """Console script: errors of usage and of language packs are one line, never a traceback."""
    from extractor.packs import PackError

    try:
        app()
    except PackError as error:
        stderr.print(f"error: {escape(str(error))}")
        sys.exit(EXIT_USAGE)

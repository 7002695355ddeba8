"""A dataset as files for any web host: the same pages, every one that a page links to, the charts, the feed, and the figures as JSON and CSV."""

from __future__ import annotations

import csv
import json
import os
import shutil
import tempfile
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from extractor import __version__
from extractor.dataset.publishing import dashboards
from extractor.web.asking import Viewing
from extractor.web.charts import charts_of
from extractor.web.charts.drawing import draw
from extractor.web.charts.routes import written as chart_csv
from extractor.web.charts.themes import Size, Theme
from extractor.web.dataset import Dataset
from extractor.web.downloads import COLUMNS, download_rows
from extractor.web.messages import languages
from extractor.web.naming import names_in
from extractor.web.pages import compose
from extractor.web.pages.addresses import FileAddresses, Wanted
from extractor.web.pages.feed import atom
from extractor.web.pages.parameters import Checking, Measuring
from extractor.web.pages.rendering import Screen
from extractor.web.problems import Problem
from extractor.web.views.indicator import indicator_view
from extractor.web.views.news import news_view
from extractor.writers.files import safe_cell

_MARK = "site.json"
"""Tells a folder that was written by this from any other."""


class SiteError(Exception):
    """The site can't be written; says what is wrong and where."""


@dataclass(frozen=True)
class Written:
    """How many files of which kind a site has: pages by kind, `charts`, `data`."""

    files: dict[str, int]


def write_site(
    dataset: Dataset,
    folder: Path,
    *,
    wanted_languages: Sequence[str] = ("en",),
    base_url: str = "",
    progress: Callable[[int, int], None] | None = None,
) -> Written:
    """Write a site, whole or not at all: beside its place first, then moved there. The first language is at the root, others in a folder each.

    `base_url` is where the site will be, for the addresses in its feed. `progress` is told files written and known of.
    Raises SiteError, and QueryError where the dataset can't be read.
    """
    unknown = [language for language in wanted_languages if language not in languages()]
    if unknown or not wanted_languages:
        raise SiteError(f"no catalogue of {', '.join(unknown) or 'no language'}: there are {', '.join(languages())}")
    folder = Path(os.path.abspath(folder))
    try:
        if folder.exists() and (not folder.is_dir() or (any(folder.iterdir()) and not (folder / _MARK).is_file())):
            raise SiteError(f"{folder}: is not empty and holds no {_MARK}: choose another folder")
        folder.parent.mkdir(parents=True, exist_ok=True)
        unfinished = Path(tempfile.mkdtemp(prefix=f".{folder.name}.", dir=folder.parent))
    except OSError as error:
        raise SiteError(f"{folder}: can't be written: {error.strerror or error}") from error
    try:
        files = _Site(dataset, unfinished, tuple(dict.fromkeys(wanted_languages)), base_url.rstrip("/")).write(progress)
        unfinished.chmod(0o755)
        _replace(folder, unfinished)
    except OSError as error:
        raise SiteError(f"{folder}: can't be written: {error.strerror or error}; what was there is as it was") from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return Written(files)


class _Site:
    """Begins at the front page and writes everything that is linked, so that no link leads nowhere."""

    def __init__(self, dataset: Dataset, folder: Path, wanted_languages: tuple[str, ...], base_url: str) -> None:
        self._dataset = dataset
        self._folder = folder
        self._languages = wanted_languages
        self._base_url = base_url
        self._waiting: deque[tuple[str, Wanted]] = deque()
        self._known: set[tuple[str, Wanted]] = set()
        self._files: dict[str, int] = {}

    def write(self, progress: Callable[[int, int], None] | None) -> dict[str, int]:
        """Numbers of files by kind. Raises OSError."""
        shutil.copytree(str(resources.files("extractor.web") / "static"), self._folder / "static", ignore=shutil.ignore_patterns("htmx*", ".*"))
        self._write_data()
        for language in self._languages:
            self._note(language, Wanted("index"))
        done = 0
        while self._waiting:
            language, wanted = self._waiting.popleft()
            self._put(language, wanted.file, self._made(language, wanted))
            self._files[wanted.kind] = self._files.get(wanted.kind, 0) + 1
            done += 1
            if progress is not None:
                progress(done, len(self._known))
        about = {"generator": "health-news-extractor", "version": __version__, "languages": list(self._languages), "files": self._files}
        self._put(self._languages[0], _MARK, json.dumps(about, indent=1) + "\n")
        return self._files

    def _note(self, language: str, wanted: Wanted) -> None:
        if (language, wanted) not in self._known:
            self._known.add((language, wanted))
            self._waiting.append((language, wanted))

    def _made(self, language: str, wanted: Wanted) -> str | bytes:
        parameters = dict(wanted.parameters)
        if wanted.kind == "charts":
            return self._chart(language, wanted.identity, parameters)
        url = FileAddresses(wanted, language, self._languages[0], self._note)
        screen = Screen(language, url, self._languages)
        if wanted.kind == "news" and "extension" in parameters:
            return self._feed(language, url)
        makers: dict[str, Callable[[], str]] = {
            "index": lambda: compose.browse_page(self._dataset, screen),
            "indicator": lambda: compose.indicator_page(self._dataset, wanted.identity, screen, Measuring.model_validate(parameters)),
            "place": lambda: compose.place_page(self._dataset, wanted.identity, screen),
            "document": lambda: compose.document_page(self._dataset, wanted.identity, screen),
            "article": lambda: compose.article_page(self._dataset, wanted.identity, screen, parameters.get("beside")),
            "observation": lambda: compose.observation_page(self._dataset, wanted.identity, screen),
            "checks": lambda: compose.checks_page(self._dataset, screen, Checking.model_validate(parameters)),
            "news": lambda: compose.news_page(self._dataset, screen),
        }
        try:
            return makers[wanted.kind]()
        except Problem as problem:
            # A place that is named but has no figures: the page says so.
            return compose.problem_page(problem, screen)

    def _chart(self, language: str, identity: str, parameters: dict[str, str]) -> str | bytes:
        extension = parameters.pop("extension")
        kind, theme, size = parameters.pop("chart"), Theme(parameters.pop("theme", "light")), Size(parameters.pop("size", "desk"))
        asked = Measuring.model_validate(parameters)
        view = indicator_view(self._dataset, identity, measured=asked.measured, asking=asked)
        if extension == "csv":
            return chart_csv(view)
        chart = next(chart for chart in charts_of(view, names_in(language), asked) if chart.kind == kind)
        specification = chart.specification(theme, size)
        return json.dumps(specification, ensure_ascii=False) if extension == "json" else draw(specification, extension)

    def _feed(self, language: str, url: FileAddresses) -> bytes:
        root = self._base_url + ("" if language == self._languages[0] else f"/{language}")
        prefix = f"{root}/" if self._base_url else ""
        return atom(
            news_view(self._dataset, None),
            names=names_in(language),
            address_of=lambda identity: prefix + url.observation(identity),
            self_address=prefix + "news.atom",
            page_address=prefix + url.news(),
        )

    def _write_data(self) -> None:
        """`data/INDICATOR/PLACE.json` with `data/index.json` for dashboards, and all figures in one file of CSV and of JSON."""
        data = self._folder / "data"
        data.mkdir()
        dashboards.write(self._dataset.rows("SELECT * FROM observations"), data)
        with (data / "figures.csv").open("w", encoding="utf-8", newline="", errors="replace") as stream:
            writer = csv.writer(stream)
            writer.writerow(COLUMNS)
            writer.writerows([safe_cell(row[name]) for name in COLUMNS] for row in self._rows())
        with (data / "figures.json").open("w", encoding="utf-8", errors="replace") as stream:
            for number, row in enumerate(self._rows()):
                stream.write(("[\n" if number == 0 else ",\n") + json.dumps(row, ensure_ascii=False))
            stream.write("\n]\n" if self._has_rows() else "[]\n")
        self._files["data"] = sum(1 for file in data.rglob("*") if file.is_file())

    def _rows(self) -> Iterator[dict[str, object]]:
        return download_rows(self._dataset, Viewing())

    def _has_rows(self) -> bool:
        return next(iter(self._rows()), None) is not None

    def _put(self, language: str, file: str, content: str | bytes) -> None:
        path = self._folder / ("" if language == self._languages[0] else language) / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "replace"))


def _replace(folder: Path, unfinished: Path) -> None:
    """The old site makes way for the new one, and comes back if that can't be put there. Raises OSError."""
    old = Path(tempfile.mkdtemp(prefix=f".{folder.name}.old.", dir=folder.parent))
    try:
        if folder.exists():
            os.replace(folder, old / "site")
        try:
            os.replace(unfinished, folder)
        except OSError:
            if (old / "site").exists():
                os.replace(old / "site", folder)
            raise
    finally:
        shutil.rmtree(old, ignore_errors=True)

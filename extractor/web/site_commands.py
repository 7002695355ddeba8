"""`extractor site`: the command line over the static site."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.printing import fail, stderr

_NEEDS = "a site needs packages: pip install 'health-news-extractor[serve]'"
_EVERY = 500
_SECONDS = 60.0
"""That one query may take: nobody waits for a page."""


def site(
    dataset: Annotated[str, typer.Argument(metavar="DATASET", help="Folder of a dataset, or postgresql://… that `build --store` filled.")],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder of the site: a new or empty one, or one that this command wrote.")],
    lang: Annotated[list[str], typer.Option(help="Language of the pages; the first is at the root, others in a folder each.")] = ["en"],  # noqa: B006
    base_url: Annotated[str, typer.Option(help="Where the site will be: the addresses in its feed begin so.")] = "",
) -> None:
    """Write a dataset as files for any web host: pages, charts, feed, and figures as JSON and CSV.

    Example: extractor site dataset/ -o public/

    Example: extractor site dataset/ -o public/ --lang en --lang vi --base-url https://news.example.org/health/

    Needs the extra `serve`. The same pages as those of `extractor serve`, but for the search: links are relative, so that the site works in any
    folder. data/index.json lists a JSON file for each indicator and place. There is a page for every figure and article, and charts take a second
    each: a site is for thousands of articles, `serve` for more. Written whole or not at all.
    """
    try:
        from extractor.web.dataset import Dataset
        from extractor.web.site import SiteError, write_site
    except ImportError as error:
        if (error.name or "").startswith("extractor"):
            raise
        fail(f"{_NEEDS} ({error.name} is missing)")
    from extractor.dataset import QueryError

    if base_url and not base_url.startswith(("http://", "https://")):
        fail(f"--base-url: {base_url!r} is no address, such as https://news.example.org/health/")

    def told(done: int, known: int) -> None:
        if done % _EVERY == 0:
            stderr.print(f"{done:,} of {known:,} files so far")

    try:
        written = write_site(Dataset(dataset, most_seconds=_SECONDS), output, wanted_languages=lang, base_url=base_url, progress=told)
    except (SiteError, QueryError) as error:
        fail(str(error))
    pages = sum(count for kind, count in written.files.items() if kind not in ("charts", "data"))
    stderr.print(f"{output}: {pages:,} pages, {written.files.get('charts', 0):,} files of charts, {written.files['data']:,} of data")

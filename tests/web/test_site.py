"""The static site: the same pages as files, every link of which leads somewhere, in whatever folder it stands."""

from __future__ import annotations

import csv
import json
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit
from xml.etree import ElementTree

import pytest
from typer.testing import CliRunner

from extractor.cli import app
from extractor.dataset import build
from extractor.web.dataset import Dataset
from extractor.web.pages.addresses import Wanted, file_name
from extractor.web.site import SiteError, write_site


class Links(HTMLParser):
    """Everything that a page points to, and the inline code that it may not have."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.ids: set[str] = set()
        self.inline: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        self.found += [given[name] for name in ("href", "src", "srcset", "action", "hx-get") if given.get(name)]
        self.inline += [name for name in given if name.startswith("on") or name == "style"]
        if given.get("id"):
            self.ids.add(given["id"])


@pytest.fixture(scope="module")
def few(extractions, tmp_path_factory):
    """A dataset of three articles: a site has a page for each of its figures."""
    folder = tmp_path_factory.mktemp("few")
    lines = extractions.read_text(encoding="utf-8").splitlines(keepends=True)
    (folder / "facts.jsonl").write_text("".join(lines[:: len(lines) // 3][:3]), encoding="utf-8")
    build([folder / "facts.jsonl"], folder / "dataset")
    return folder / "dataset"


@pytest.fixture(scope="module")
def site(few, tmp_path_factory):
    """The site in English and Vietnamese. Charts are as tested elsewhere; here none is drawn."""
    folder = tmp_path_factory.mktemp("site") / "deep" / "public"
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(
            "extractor.web.site.draw",
            lambda specification, extension: f"{extension} of {specification.get('mark', '')}".encode(),
        )
        write_site(Dataset(few), folder, wanted_languages=("en", "vi"), base_url="https://news.example.org/health/")
    return folder


def pages(site: Path) -> list[Path]:
    return sorted(site.rglob("*.html"))


def test_every_link_is_relative_and_leads_to_a_file_of_the_site(site):
    assert len(pages(site)) > 20
    for page in pages(site):
        for link in Links(page.read_text(encoding="utf-8")).found:
            parts = urlsplit(link)
            if parts.scheme in ("http", "https") or link.startswith("#"):
                continue
            assert not parts.scheme, f"{page}: {link}"
            assert not link.startswith("/"), f"{page}: {link}"
            assert (page.parent / unquote(parts.path)).resolve().is_file(), f"{page}: {link}"
            assert site.resolve() in (page.parent / unquote(parts.path)).resolve().parents, f"{page}: {link}"


def test_no_page_needs_a_server_or_has_code_in_it(site):
    for page in pages(site):
        html = page.read_text(encoding="utf-8")
        links = Links(html)
        assert not links.inline, page
        assert "hx-get" not in html, page
        assert "<form" not in html, page
        assert "Content-Security-Policy" in html, page


def test_all_kinds_of_pages_are_there_in_both_languages(site):
    for root in (site, site / "vi"):
        kinds = {path.relative_to(root).parts[0] for path in root.rglob("*.html")} - {"vi"}
        assert {"index.html", "news.html", "checks.html", "indicator", "place", "article", "observation"} <= kinds
        language = "vi" if root.name == "vi" else "en"
        assert f'<html lang="{language}"' in (root / "index.html").read_text(encoding="utf-8")
    assert "Chỉ số" in (site / "vi" / "index.html").read_text(encoding="utf-8")


def test_figures_are_there_for_dashboards(site, few):
    index = json.loads((site / "data" / "index.json").read_text(encoding="utf-8"))
    assert sum(one["observations"] for one in index) == Dataset(few).rows("SELECT count(*) AS count FROM observations")[0]["count"]
    assert all((site / "data" / one["file"]).is_file() for one in index)
    figures = json.loads((site / "data" / "figures.json").read_text(encoding="utf-8"))
    with (site / "data" / "figures.csv").open(encoding="utf-8", newline="") as stream:
        assert [row["id"] for row in csv.DictReader(stream)] == [row["id"] for row in figures]


def test_the_feed_names_the_place_of_the_site(site):
    feed = ElementTree.parse(site / "news.atom").getroot()
    links = [link.get("href") for link in feed.iter("{http://www.w3.org/2005/Atom}link")]
    assert len(links) > 2
    assert all(link.startswith("https://news.example.org/health/") for link in links)


def test_the_same_dataset_gives_the_same_site_in_place_of_the_old_one(site, few, tmp_path, monkeypatch):
    monkeypatch.setattr("extractor.web.site.draw", lambda specification, extension: b"")
    monkeypatch.setattr("extractor.web.site.charts_of", lambda view, names, asked: ())
    monkeypatch.setattr("extractor.web.pages.compose.charts_of", lambda view, names, asked: ())
    contents = []
    for _ in range(2):
        write_site(Dataset(few), tmp_path / "public")
        contents.append({path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()})
    assert contents[0] == contents[1]
    assert not [path for path in tmp_path.iterdir() if path.name != "public"]


def test_a_folder_of_something_else_is_left_alone(few, tmp_path):
    (tmp_path / "thesis.txt").write_text("mine", encoding="utf-8")
    result = CliRunner().invoke(app, ["site", str(few), "-o", str(tmp_path)])
    assert result.exit_code == 2
    assert "is not empty" in result.output
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_bad_input_is_told(few, tmp_path):
    with pytest.raises(SiteError, match="no catalogue of xx"):
        write_site(Dataset(few), tmp_path / "public", wanted_languages=("xx",))
    for arguments, told in (
        (["site", str(tmp_path / "none"), "-o", str(tmp_path / "public")], "extractor build"),
        (["site", str(few), "-o", str(tmp_path / "public"), "--lang", "xx"], "no catalogue"),
    ):
        result = CliRunner().invoke(app, arguments)
        assert result.exit_code == 2, result.output
        assert told in result.output
    assert not (tmp_path / "public").exists()


def test_files_are_named_on_every_system():
    assert file_name("VN-02") == "VN-02"
    odd = [file_name(name) for name in ("../x", "a/b", "a_b", "con<script>", "x" * 500, "Ω", "\ud800")]
    assert len(set(odd)) == len(odd)
    assert all(name.isascii() and len(name) < 100 and "/" not in name and "." not in name for name in odd)
    assert Wanted("place", "VN-02").file == "place/VN-02.html"

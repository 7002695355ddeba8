"""Charts: what is drawn, that it is the data and nothing else, and that the same is there as a table."""

from __future__ import annotations

import csv
import io
import json
import re
import xml.etree.ElementTree as ElementTree

import pytest
from fastapi.testclient import TestClient

from extractor.dataset import build
from extractor.web import create_app
from extractor.web.asking import Asking
from extractor.web.charts.chart import Kind, charts_of
from extractor.web.charts.drawing import drawn_here
from extractor.web.charts.points import GOAL, MISSED, REACHED, REPORTED, points_of
from extractor.web.charts.specifications import class_breaks, class_of, wrapped
from extractor.web.charts.themes import PALETTES, Size, Theme
from extractor.web.charts.tiles import BEFORE, SINCE, provinces_of, tiles
from extractor.web.dataset import Dataset
from extractor.web.naming import names_in
from extractor.web.views.indicator import indicator_view
from web.made import article, beds, write

SVG = "{http://www.w3.org/2000/svg}"
PLACES = {"VN-02": 38.5, "VN-04": 33.0, "VN-HN": 41.2, "VN-22": 30.1}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    lines = [
        article(
            [beds(value - 2, place, "2023"), beds(value, place, "2024"), beds(40, place, "2024", kind="target")], url=f"https://a.example/{place}"
        )
        for place, value in PLACES.items()
    ]
    lines.append(article([beds(34, "VN", "2024"), beds(36, "VN", "2030", kind="target"), beds(3, "VN-02", "2024", facility="One <b>hospital</b>")]))
    out = tmp_path_factory.mktemp("charts")
    build([write(out / "facts.jsonl", lines)], out / "dataset")
    return out / "dataset"


@pytest.fixture(scope="module")
def view(folder):
    return indicator_view(Dataset(folder), "hospital_beds")


@pytest.fixture(scope="module")
def charts(view):
    return {chart.kind: chart for chart in charts_of(view, names_in("en"))}


@pytest.fixture(scope="module")
def asking(folder):
    with TestClient(create_app(folder), base_url="http://127.0.0.1") as client:
        yield client


@pytest.mark.parametrize("provinces", [BEFORE, SINCE])
def test_the_tile_map_has_every_province_once_and_no_two_in_one_tile(provinces):
    with open("extractor/knowledge/places/vn-provinces.csv", encoding="utf-8") as table:
        rows = list(csv.DictReader(table))
    wanted = {row["name_before" if provinces == BEFORE else "name_since_2025-07-01"] for row in rows}
    laid = tiles(provinces)
    names = [("Huế" if tile.name == "Huế" else tile.name) for tile in laid]
    assert sorted(names) == sorted(wanted)
    assert len({tile.place for tile in laid}) == len({(tile.column, tile.row) for tile in laid}) == provinces


@pytest.mark.parametrize("provinces", [BEFORE, SINCE])
def test_the_tile_map_is_one_piece_with_north_above_south(provinces):
    laid = {(tile.column, tile.row): tile for tile in tiles(provinces)}
    reached, ahead = set(), [next(iter(laid))]
    while ahead:
        column, row = ahead.pop()
        if (column, row) in laid and (column, row) not in reached:
            reached.add((column, row))
            ahead += [(column + across, row + down) for across, down in ((1, 0), (-1, 0), (0, 1), (0, -1))]
    assert reached == set(laid)
    row = {tile.place: tile.row for tile in laid.values()}
    from_north = ["VN-04", "VN-HN", "VN-21", "VN-22", "VN-23", "VN-25", "VN-26", "VN-DN", "VN-29", "VN-34", "VN-SG", "VN-59"]
    assert [row[place] for place in from_north] == sorted(row[place] for place in from_north)


def test_a_map_of_34_provinces_where_none_was_merged_away():
    assert provinces_of(["VN-02", "VN-HN"]) == SINCE
    assert provinces_of(["VN-02", "VN-06"]) == BEFORE


def test_points_are_the_observations_with_what_became_of_goals(view):
    points = points_of(view)
    assert {(point.observation.place, point.what) for point in points if point.observation.kind == "target"} == {
        ("VN-02", MISSED),
        ("VN-04", MISSED),
        ("VN-22", MISSED),
        ("VN-HN", REACHED),
        ("VN", GOAL),
    }
    assert all(point.observation.facility is None for point in points), "a hospital's beds are not its province's"
    assert {point.year for point in points if point.what == REPORTED} == {2023.0, 2024.0}


def test_there_is_each_kind_of_chart(charts):
    assert list(charts) == [Kind.series, Kind.multiples, Kind.ranking, Kind.map]


def test_a_chart_draws_the_values_of_its_table(charts):
    ranking = charts[Kind.ranking]
    assert [row[:3] for row in ranking.rows] == [
        ("1", "Hà Nội", "41.2 per 10,000 population"),
        ("2", "Lào Cai", "38.5 per 10,000 population"),
        ("3", "Cao Bằng", "33 per 10,000 population"),
        ("4", "Nghệ An", "30.1 per 10,000 population"),
    ]
    drawn = ranking.specification()["data"]["values"]
    assert [(row["place"], row["value"], row["goal"]) for row in drawn] == [
        ("Hà Nội", 41.2, 40.0),
        ("Lào Cai", 38.5, 40.0),
        ("Cao Bằng", 33.0, 40.0),
        ("Nghệ An", 30.1, 40.0),
    ]


def test_the_map_leaves_provinces_without_a_figure_without_a_value(charts):
    rows = charts[Kind.map].specification()["data"]["values"]
    assert len(rows) == SINCE
    assert sorted(row["value"] for row in rows if "value" in row) == sorted(PLACES.values())


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("form", ["svg", "png"])
def test_a_chart_is_drawn(asking, kind, form):
    answer = asking.get(f"/charts/hospital_beds.{form}", params={"chart": kind, "theme": "dark", "size": "phone"})
    assert answer.status_code == 200, answer.text
    if form == "png":
        assert answer.headers["content-type"] == "image/png"
        assert answer.content.startswith(b"\x89PNG")
        return
    assert answer.headers["content-type"] == "image/svg+xml"
    root = ElementTree.fromstring(answer.text)
    assert root.tag == f"{SVG}svg"
    assert root.get("role") == "img"
    assert "Hospital beds, per 10,000 population" in root.findtext(f"{SVG}title")
    assert root.findtext(f"{SVG}desc")
    words = " ".join(root.itertext())
    assert "Hà Nội" in words or "Hà" in words


@pytest.mark.parametrize("years", [(2022, 2024), (2022, 2023), (2016, 2024)])
def test_no_year_is_written_twice_on_an_axis(tmp_path, years):
    lines = [article([beds(30 + year - 2010, "VN-02", str(year))], title=str(year), published=f"{year}-12-01") for year in years]
    build([write(tmp_path / "facts.jsonl", lines)], tmp_path / "dataset")
    drawn = indicator_view(Dataset(tmp_path / "dataset"), "hospital_beds")
    (chart, *_) = charts_of(drawn, names_in("en"))
    written = re.findall(r">(20\d\d)<", drawn_here(json.dumps(chart.specification()), "svg").decode())
    assert len(written) == len(set(written)) >= 2


def test_a_picture_has_no_script_no_link_and_loads_nothing(asking):
    answer = asking.get("/charts/hospital_beds.svg", params={"chart": "multiples"})
    for element in ElementTree.fromstring(answer.text).iter():
        assert element.tag.removeprefix(SVG) in {"svg", "title", "desc", "g", "path", "rect", "text", "tspan", "line", "defs", "clipPath"}
        assert not [name for name in element.attrib if name.lower().startswith("on") or name.endswith(("href", "src"))]


def test_the_same_chart_speaks_vietnamese_with_its_decimal_comma(view):
    chart = next(one for one in charts_of(view, names_in("vi")) if one.kind is Kind.ranking)
    assert "Giường bệnh" in chart.title
    assert any("41,2" in cell for row in chart.rows for cell in row)
    assert chart.specification()["config"]["locale"]["number"]["decimal"] == ","


def test_the_address_of_a_chart_asks_what_its_view_was_asked(folder, asking):
    filters = Asking(place="VN", period="2024", min_sources=1)
    chart = charts_of(indicator_view(Dataset(folder), "hospital_beds", asking=filters), names_in("en"), filters)[0]
    answer = asking.get("/charts/hospital_beds.json", params=chart.parameters)
    assert answer.json()["data"] == json.loads(json.dumps(chart.specification()["data"]))
    assert {row["period"] for row in answer.json()["data"]["values"]} == {"2024"}


def test_the_data_of_a_chart_as_csv(asking):
    answer = asking.get("/charts/hospital_beds.csv", params={"period": "2024", "kind": "metric"})
    rows = list(csv.DictReader(io.StringIO(answer.text)))
    assert {row["place"]: float(row["value"]) for row in rows} == {**PLACES, "VN": 34.0}


@pytest.mark.parametrize(
    ("address", "status"),
    [
        ("/charts/no_such_thing.svg", 404),
        ("/charts/hospital_beds.svg?measured=nonsense", 404),
        ("/charts/hospital_beds.svg?chart=pie", 422),
        ("/charts/hospital_beds.svg?theme=neon", 422),
        ("/charts/hospital_beds.svg?place=TH&chart=map", 404),
        ("/charts/hospital_beds.svg?period=2025-13", 422),
        ("/charts/hospital_beds.gif", 404),
        ("/charts/%2e%2e%2fdataset.svg", 404),
    ],
)
def test_what_can_not_be_drawn_is_said(asking, address, status):
    answer = asking.get(address)
    assert answer.status_code == status
    assert "Traceback" not in answer.text


def test_classes_of_a_map_have_as_many_values_each():
    values = [float(number) for number in range(1, 51)]
    breaks = class_breaks(values, 5)
    sizes = [sum(class_of(value, breaks) == number for value in values) for number in range(5)]
    assert sizes == [10, 10, 10, 10, 10]
    assert class_breaks([0.0, -3.5, 2e9], 5)[0] == -3.5
    assert all(class_of(value, class_breaks([0.029, 0.291, 7e8], 5)) >= 0 for value in (0.029, 0.291, 7e8))


def test_long_words_stay_whole_in_a_title():
    assert wrapped("a " + "x" * 50, 20) == ["a", "x" * 50]


@pytest.mark.parametrize("theme", Theme)
def test_colours_have_contrast(theme):
    palette = PALETTES[theme]
    assert _contrast(palette.ink, palette.ground) > 7
    assert _contrast(palette.faint_ink, palette.ground) > 4.5
    assert _contrast(palette.faint_ink, palette.empty) > 4.5
    assert min(_contrast(colour, palette.ground) for colour in (*palette.places, palette.bars)) > 3
    assert min(_contrast(word, colour) for word, colour in zip(palette.words_on, palette.classes, strict=True)) > 4.5


def test_a_phone_gets_a_narrower_chart(charts):
    for kind in (Kind.series, Kind.ranking, Kind.map):
        widths = [charts[kind].specification(Theme.light, size)["width"] for size in (Size.phone, Size.desk)]
        assert widths[0] < min(widths[1], 360)


def _contrast(one: str, other: str) -> float:
    """WCAG 2.2."""
    high, low = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

"""Observations in the formats of others, by `extractor export`."""

from __future__ import annotations

import csv
import json
import re
from xml.etree import ElementTree

import pytest

from extractor.dataset import build


def fact(number, exact, **fields):
    """A fact of the article that `ARTICLE` is, whose words are its figures alone."""
    shared = {"id": f"{number:016x}", "exact": exact, "confidence": 0.9, "unit": "1", "kind": "metric", "place": "VN-02", "period": "2024"}
    return {**shared, **fields}


FACTS = [
    fact(1, "2,862", indicator="hospital_beds", value=2862),
    fact(2, "3.4", indicator="hospital_beds", value=3.4, per={"count": 1000, "of": "population"}),
    fact(3, "3.3", indicator="hospital_beds", value=3.3, per={"count": 1000, "of": "population"}, kind="target", comparator=">="),
    fact(4, "101.3", indicator="population", value=101.3e6, place="VN"),
    fact(5, "95", indicator="health_insurance_coverage", value=95, unit="%", period="2025-01/2025-06", dimensions={"age": "<5"}),
    fact(6, "1,204", indicator="doctors", value=1204, facility="=cmd|' /C calc'!A0"),
    fact(7, "2,900", indicator="hospital_beds", value=2900, confidence=0.6),
]
TEXT = " | ".join(f["exact"] for f in FACTS)


@pytest.fixture(scope="module")
def dataset(tmp_path_factory):
    folder = tmp_path_factory.mktemp("exported")
    facts = [{**f, "start": TEXT.index(f["exact"]), "end": TEXT.index(f["exact"]) + len(f["exact"]), "sentence": [0, len(TEXT)]} for f in FACTS]
    article = {"id": "a" * 16, "source": "a.txt", "language": "en", "language_confidence": 1.0, "text": TEXT, "title": "=1+1"}
    (folder / "run.jsonl").write_text(json.dumps({"article": article, "facts": facts}) + "\n", encoding="utf-8")
    build([folder / "run.jsonl"], folder / "dataset")
    return folder / "dataset"


@pytest.fixture
def exported(cli, dataset, tmp_path):
    def exported(form, *options):
        result = cli("export", dataset, "--format", form, "-o", tmp_path / form, *options)
        assert result.returncode == 0, result.stderr
        return tmp_path / form, result.stderr.decode()

    return exported


def rows_of(file):
    with file.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_sdmx_rows_fit_their_structure(exported):
    folder, told = exported("sdmx")
    rows = rows_of(folder / "observations.csv")
    assert "7 observations" in told
    assert len(rows) == 7
    tree = ElementTree.parse(folder / "structure.xml")
    structure = "{http://www.sdmx.org/resources/sdmxml/schemas/v2_1/structure}"
    dimensions = [node.get("id") for node in tree.iter() if node.tag in (f"{structure}Dimension", f"{structure}TimeDimension")]
    others = [node.get("id") for node in tree.iter() if node.tag in (f"{structure}Attribute", f"{structure}PrimaryMeasure") and node.get("id")]
    concepts = {node.get("id") for node in tree.iter(f"{structure}Concept")}
    assert list(rows[0]) == ["STRUCTURE", "STRUCTURE_ID", "ACTION", *dimensions, "OBS_VALUE", *(name for name in others if name != "OBS_VALUE")]
    assert concepts == {*dimensions, *others}
    keys = [tuple(row[name] for name in dimensions) for row in rows]
    assert len(set(keys)) == len(keys)
    assert all(value for key in keys for value in key)
    (half_year,) = [row for row in rows if row["INDICATOR"] == "health_insurance_coverage"]
    assert (half_year["TIME_PERIOD"], half_year["EDTF"], half_year["AGE"]) == ("2025-01-01/P6M", "2025-01/2025-06", "<5")
    beds = {row["VARIANT"]: row["OBS_VALUE"] for row in rows if row["INDICATOR"] == "hospital_beds" and row["PER"] == "_Z"}
    assert beds == {"1": "2862.0", "2": "2900.0"}
    assert {row["COMPARATOR"] for row in rows} == {"=", ">="}


def test_data_commons(exported):
    folder, told = exported("datacommons")
    rows = rows_of(folder / "observations.csv")
    assert "3 observations; 4 that the format has no place for" in told
    population = {"variable": "dcid:Count_Person", "place_dcid": "country/VNM", "place_iso": "", "date": "2024", "value": "101300000.0", "unit": ""}
    assert population in rows
    variables = (folder / "variables.mcf").read_text(encoding="utf-8")
    local = {row["variable"] for row in rows} - {"dcid:Count_Person"}
    assert set(re.findall("^Node: (.*)$", variables, re.MULTILINE)) == local
    template = (folder / "observations.tmcf").read_text(encoding="utf-8")
    assert set(re.findall(r"C:observations->(\w+)", template)) == set(rows[0])
    assert {row["value"] for row in rows if row["variable"] == "dcid:HealthNews_hospital_beds_level"} == {"2862.0"}


def test_table_for_maps(exported):
    rows = rows_of(exported("geo", "--indicator", "hospital_beds")[0] / "observations.csv")
    assert {(row["iso_3166"], row["iso_3166_1_alpha_3"], row["place_name"]) for row in rows} == {("VN-02", "VNM", "Lào Cai")}
    assert [row["codes"] for row in rows if row["per_count"] and row["kind"] == "metric"] == ["gho:WHS6_102=34"]
    assert {row["comparator"] for row in rows} == {"=", ">="}


def test_excel_has_no_formulas(exported):
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(exported("excel")[0] / "dataset.xlsx")
    assert book.sheetnames == ["observations", "targets met", "documents", "checks"]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type == "f"]
    assert any(str(cell.value).startswith("'=cmd") for cell in cells)
    heading, pair = book["targets met"].iter_rows(values_only=True)
    row = dict(zip(heading, pair, strict=True))
    assert (row["target"], row["metric"], row["reached"], row["place_name"]) == (3.3, 3.4, "yes", "Lào Cai")


def test_json_for_dashboards(exported):
    folder, _ = exported("json")
    index = json.loads((folder / "index.json").read_text(encoding="utf-8"))
    assert {(entry["indicator"], entry["place"]) for entry in index} == {(f["indicator"], f["place"]) for f in FACTS}
    assert {folder / entry["file"] for entry in index} == set(folder.glob("*/*.json"))
    beds = json.loads((folder / "hospital_beds" / "VN-02.json").read_text(encoding="utf-8"))
    assert (beds["name"], len(beds["series"])) == ("Lào Cai", 3)
    assert sum(len(series["points"]) for series in beds["series"]) == 4
    codes = [code for series in beds["series"] for point in series["points"] for code in point.get("codes", [])]
    assert codes == [{"scheme": "gho", "code": "WHS6_102", "value": 34.0}]


def test_same_export_twice(cli, dataset, tmp_path):
    for name in ("one", "two"):
        for form in ("sdmx", "datacommons", "geo", "json"):
            assert cli("export", dataset, "-f", form, "-o", tmp_path / name / form).returncode == 0
    one, two = [{file.relative_to(tmp_path / name): file.read_bytes() for file in (tmp_path / name).rglob("*.*")} for name in ("one", "two")]
    assert one == two


def test_export_that_cannot_be_made(cli, dataset, tmp_path):
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("x")
    for arguments, told in (
        ((dataset, "-f", "stata", "-o", tmp_path / "new"), "no format 'stata'"),
        ((dataset, "-f", "json", "-o", tmp_path / "mine"), "is there already"),
        ((tmp_path / "nowhere", "-f", "json", "-o", tmp_path / "new"), "holds no dataset"),
    ):
        result = cli("export", *arguments)
        assert result.returncode == 2
        assert told in result.stderr.decode()
    assert [file.name for file in tmp_path.iterdir()] == ["mine"]

"""`dataset.xlsx` for journalists: a sheet each for observations, targets met, documents and checks. No cell is a formula."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from extractor.dataset.publishing.errors import ExportError
from extractor.dataset.publishing.places import place_of
from extractor.dataset.sources import Rows
from extractor.writers.files import safe_cell

_MOST_ROWS = 1_048_575
"""Of a sheet, under its heading."""
_LONGEST = 32_767
"""Characters of a cell."""
_OBSERVATIONS = (
    "indicator", "kind", "place", "place_name", "area", "period", "comparator", "value", "value_max", "out_of", "unit", "per_count", "per_of",
    "measure", "sector", "care", "payer", "age", "sex", "residence", "disease", "facility", "sources", "articles", "confidence", "rivals", "id",
)  # fmt: skip
_PAIRS = ("indicator", "place", "place_name", "target_period", "target", "metric_period", "metric", "difference", "reached", "interim")


def write(tables: Mapping[str, Rows], folder: Path) -> int:
    """Observations written. Raises ExportError where openpyxl is missing or a sheet would be too long, OSError."""
    try:
        from openpyxl import Workbook
    except ImportError as error:
        raise ExportError("an Excel file needs openpyxl: pip install 'health-news-extractor[excel]'") from error
    book = Workbook(write_only=True)
    observations = tables["observations"]
    _add_sheet(book, "observations", _OBSERVATIONS, map(_named, observations))
    _add_sheet(book, "targets met", _PAIRS, _pairs(tables["pairs"], observations))
    for name in ("documents", "checks"):
        _add_sheet(book, name, tuple(tables[name][0]) if tables[name] else ("none",), tables[name])
    book.save(folder / "dataset.xlsx")
    return len(observations)


def _add_sheet(book: Any, title: str, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Font

    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    heading = [WriteOnlyCell(sheet, value=name) for name in columns]
    for cell in heading:
        cell.font = Font(bold=True)
    sheet.append(heading)
    for number, row in enumerate(rows, 1):
        if number > _MOST_ROWS:
            raise ExportError(f"{title}: more than {_MOST_ROWS:,} rows, which is all that a sheet holds: export a part, with --indicator or --place")
        sheet.append([_cell(row.get(name)) for name in columns])


def _cell(value: Any) -> Any:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return safe_cell(ILLEGAL_CHARACTERS_RE.sub("\ufffd", value))[:_LONGEST] if isinstance(value, str) else value


def _named(observation: Mapping[str, Any]) -> dict[str, Any]:
    return {**observation, "place_name": place_of(observation["place"]).name}


def _pairs(pairs: Rows, observations: Rows) -> Iterable[dict[str, Any]]:
    """Pairs of which both were asked for, with what they are of."""
    by_id = {observation["id"]: observation for observation in observations}
    for pair in pairs:
        target, metric = by_id.get(pair["target"]), by_id.get(pair["metric"])
        if target and metric:
            yield {
                **_named(target),
                "target_period": target["period"], "target": target["value"], "metric_period": metric["period"], "metric": metric["value"],
                "difference": pair["difference"], "reached": {1: "yes", 0: "no"}.get(pair["reached"]), "interim": "yes" if pair["interim"] else "no",
            }  # fmt: skip

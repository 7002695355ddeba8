"""A view's rows as files: CSV, JSON and Excel, each with the surest sentence that says it."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from itertools import islice
from typing import Annotated, Any

from fastapi import APIRouter, Query
from fastapi.responses import Response, StreamingResponse

from extractor.dataset.hit_rows import indicator_names
from extractor.dataset.publishing.places import place_of
from extractor.dataset.rows import DIMENSIONS
from extractor.dataset.sources import Rows, Source
from extractor.web.asking import Viewing
from extractor.web.dataset import Dataset, TheDataset
from extractor.web.finding import find
from extractor.web.problems import Problem
from extractor.writers.files import safe_cell

router = APIRouter(include_in_schema=False)

COLUMNS = (
    "id", "kind", "indicator", "indicator_name", "comparator", "value", "value_max", "out_of", "unit", "per_count", "per_of", "measure", *DIMENSIONS,
    "place", "place_name", "facility", "period", "number", "type", "issuer", "sources", "articles", "confidence", "flagged", "first_published",
    "last_published", "evidence", "language", "title", "url",
)  # fmt: skip
"""Of an observation, or of a document with number, type and issuer; `evidence` and what follows are of its surest fact."""
_BATCH = 500
_MOST_ROWS = 100_000
_MOST_CELLS_ROWS = 10_000
"""Rows of an Excel file, which is made whole before it is sent."""
_UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BYTE_ORDER = "\ufeff"
"""Without it Excel takes UTF-8 for something else."""

Asked = Annotated[Viewing, Query()]


def _named(extension: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="health-figures.{extension}"'}


@router.get("/download.csv")
def as_csv(dataset: TheDataset, asked: Asked) -> Response:
    """All rows of a search, up to 100,000."""
    return StreamingResponse(_csv_lines(download_rows(dataset, asked)), media_type="text/csv; charset=utf-8", headers=_named("csv"))


@router.get("/download.json")
def as_json(dataset: TheDataset, asked: Asked) -> Response:
    """A list of objects, for pandas and for scripts."""
    return StreamingResponse(_json_lines(download_rows(dataset, asked)), media_type="application/json", headers=_named("json"))


@router.get("/download.xlsx")
def as_xlsx(dataset: TheDataset, asked: Asked) -> Response:
    """One sheet. Refused where there are too many rows: they are not cut off unseen."""
    rows = list(islice(download_rows(dataset, asked), _MOST_CELLS_ROWS + 1))
    if len(rows) > _MOST_CELLS_ROWS:
        raise Problem(
            422, "These are more than {most} rows, too many for Excel here: narrow the search, or take CSV.", values={"most": _MOST_CELLS_ROWS}
        )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return Response(workbook(COLUMNS, rows), media_type=kind, headers=_named("xlsx"))


def download_rows(dataset: Dataset, asked: Viewing) -> Iterator[dict[str, Any]]:
    """Rows of COLUMNS, from the first one on, whatever part of the list is shown. The first batch is read at once: what is wrong is told before."""
    first = find(dataset, asked.model_copy(update={"cursor": None, "limit": _BATCH}))
    return islice(_all_rows(dataset, asked, first.hits, first.next), _MOST_ROWS)


def _all_rows(dataset: Dataset, asked: Viewing, hits: Rows, cursor: str | None) -> Iterator[dict[str, Any]]:
    while True:
        with dataset.reading() as source:
            batch = list(_told(source, hits))
        yield from batch
        if cursor is None:
            return
        found = find(dataset, asked.model_copy(update={"cursor": cursor, "limit": _BATCH}))
        hits, cursor = found.hits, found.next


def _told(source: Source, hits: Rows) -> Iterator[dict[str, Any]]:
    records = {**_by_id(source, "observations", hits, "observation_id"), **_by_id(source, "documents", hits, "document_id")}
    surest = {**_surest(source, hits, "observation_id"), **_surest(source, hits, "document_id")}
    names = indicator_names()
    for hit in hits:
        identity = hit["observation_id"] or hit["document_id"]
        row = {**records.get(identity, {}), **hit, **surest.get(identity, {}), "id": identity, "flagged": bool(hit["flagged"])}
        row["indicator_name"] = names.get(hit["indicator"] or "")
        row["place_name"] = place_of(hit["place"]).name if hit["place"] else None
        yield {name: row.get(name) for name in COLUMNS}


def _by_id(source: Source, table: str, hits: Rows, key: str) -> dict[str, dict[str, Any]]:
    ids = [hit[key] for hit in hits if hit[key]]
    rows = source.rows(f"SELECT * FROM {table} WHERE id IN ({', '.join('?' * len(ids))})", ids) if ids else []
    return {row["id"]: row for row in rows}


def _surest(source: Source, hits: Rows, key: str) -> dict[str, dict[str, Any]]:
    ids = [hit[key] for hit in hits if hit[key]]
    if not ids:
        return {}
    rows = source.rows(
        f"SELECT f.{key} AS owner, f.sentence AS evidence, a.language, a.title, a.url FROM facts f JOIN articles a ON a.id = f.article_id"
        f" WHERE f.{key} IN ({', '.join('?' * len(ids))}) ORDER BY f.confidence, f.id DESC",
        ids,
    )
    return {row.pop("owner"): row for row in rows}


def _csv_lines(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    yield _BYTE_ORDER + _csv_line(COLUMNS)
    for row in rows:
        yield _csv_line([safe_cell(value) for value in row.values()])


def _csv_line(cells: Any) -> str:
    line = io.StringIO()
    csv.writer(line).writerow([_UNPRINTABLE.sub("\ufffd", cell) if isinstance(cell, str) else cell for cell in cells])
    return line.getvalue()


def _json_lines(rows: Iterator[dict[str, Any]]) -> Iterator[str]:
    before = "[\n"
    for row in rows:
        yield before + json.dumps(row)
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def workbook(columns: tuple[str, ...], rows: list[dict[str, Any]]) -> bytes:
    """An Excel file of one sheet; no cell is a formula."""
    from openpyxl import Workbook

    book = Workbook(write_only=True)
    sheet = book.create_sheet("figures")
    sheet.freeze_panes = "A2"
    sheet.append(list(columns))
    for row in rows:
        sheet.append([_UNPRINTABLE.sub("\ufffd", safe_cell(value)) if isinstance(value, str) else value for value in row.values()])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

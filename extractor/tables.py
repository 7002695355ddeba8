"""Facts as a table: one row a fact, the same columns in the same order always."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from extractor.schema import Extraction

ARTICLE_COLUMNS = ("article_id", "source", "language", "url", "publisher", "published")
FACT_COLUMNS = (
    "id", "kind", "start", "end", "exact", "confidence", "indicator", "label", "value", "value_max", "out_of", "unit",
    "per_count", "per_of", "comparator", "measure", "baseline", "place", "facility", "period",
    "reported_by_name", "reported_by_role",
    "sector", "care", "payer", "age", "sex", "residence", "disease",
    "date_value", "role", "number", "type", "issuer", "jurisdiction", "date",
)  # fmt: skip
COLUMNS = (*ARTICLE_COLUMNS, *FACT_COLUMNS)
NUMERIC = frozenset(("confidence", "value", "value_max", "out_of", "per_count"))
INTEGER = frozenset(("start", "end"))


def rows(extraction: Extraction) -> Iterator[dict[str, Any]]:
    """One flat record a fact; what a kind of fact does not have is None."""
    article = extraction.article
    shared = {"article_id": article.id, **{name: getattr(article, name) for name in ARTICLE_COLUMNS[1:]}}
    for fact in extraction.facts:
        record = fact.model_dump(mode="json")
        per, dimensions = record.pop("per", None) or {}, record.pop("dimensions", None) or {}
        record |= {"per_count": per.get("count"), "per_of": per.get("of"), **dimensions}
        sayer = record.pop("reported_by", None) or {}
        record |= {"reported_by_name": sayer.get("name"), "reported_by_role": sayer.get("role")}
        if record["kind"] == "date":
            record["date_value"] = record.pop("value")
        yield {name: shared[name] if name in shared else record.get(name) for name in COLUMNS}


def to_frame(extractions: Iterable[Extraction]) -> pd.DataFrame:
    """A pandas table of all facts: numbers as float64, offsets as Int64, the rest as strings."""
    import pandas as pd

    frame = pd.DataFrame((row for extraction in extractions for row in rows(extraction)), columns=list(COLUMNS))
    types = {name: "float64" if name in NUMERIC else "Int64" if name in INTEGER else "string" for name in COLUMNS}
    return frame.astype(types)

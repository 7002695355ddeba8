"""A dataset as pandas frames."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.dataset.selection import ALL_ROWS, Filters, query, query_sql

if TYPE_CHECKING:
    import pandas as pd


def open(place: str | Path) -> Dataset:
    """A dataset by its folder, or by the address of a PostgreSQL database. It is read when it is asked."""
    return Dataset(place)


@dataclass(frozen=True)
class Dataset:
    """Tables of a dataset, each as a frame with a row for each row. All methods raise QueryError where they can't be answered."""

    place: str | Path

    def table(self, name: str, **filters: Any) -> pd.DataFrame:
        """Rows of any table; filters are those of `Filters`: kind, indicator, place, period, min_confidence, min_sources, search, limit."""
        import pandas as pd

        return pd.DataFrame(query(self.place, name, Filters(**{"limit": ALL_ROWS, **filters})))

    def observations(self, **filters: Any) -> pd.DataFrame:
        return self.table("observations", **filters)

    def facts(self, **filters: Any) -> pd.DataFrame:
        return self.table("facts", **filters)

    def documents(self, **filters: Any) -> pd.DataFrame:
        return self.table("documents", **filters)

    def sql(self, select: str) -> pd.DataFrame:
        """Rows of a SELECT of your own."""
        import pandas as pd

        return pd.DataFrame(query_sql(self.place, select, None))
